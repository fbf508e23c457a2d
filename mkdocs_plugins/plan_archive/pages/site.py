"""The library -> every page and file of the site, as plain data; the engine only wraps and writes them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markupsafe import Markup

from ..addresses import (
    alias_address,
    edition_address,
    measures_address,
    plan_address,
    relative,
)
from ..errors import Problem
from ..language import tr
from ..model import Library, Plan
from ..record import Record
from .a_to_z import a_to_z_pages
from .about import about_pages
from .agreements import agreement_files, agreement_pages
from .as_at import as_at_files, as_at_pages, own_days
from .audit import audit_files, audit_pages
from .catalogue import notice
from .changes import change_files, change_pages, change_styles
from .cite import any_style, print_style, whole_address
from .consultation import consultation_files, consultation_pages
from .descent import descent_files, descent_pages
from .drawing import draw
from .editions import edition_page, more_about, texts_of
from .engines import headers
from .exports import catalogue_files, schema_files
from .feeds import feed_files
from .home import home_page
from .lessons import lessons_pages
from .log import log_files, log_pages
from .measures import measure_pages
from .measures_data import measure_files
from .more import more_pages
from .needs import needs_files, needs_pages
from .nouns import HalfPage, Page, SiteFile
from .pairs import Pair
from .partners import partners_files, partners_pages
from .plans import plan_page, register_page
from .requirements import requirements_files, requirements_pages
from .search import search_pages
from .traced import traced_files, traced_pages
from .ways import Tracing
from .years import years_pages

NO_RECORD = Record()
"""What is kept of an archive without git and without a log."""


def pages(
    library: Library,
    pairs: Sequence[Pair],
    tracing: Tracing,
    help_pages: frozenset[str] = frozenset(),
    record: Record = NO_RECORD,
) -> Iterator[Page]:
    """Every page that is made from the library and its comparisons, home first; `help_pages` may be linked to."""
    inner = list(_inner_pages(library, pairs, tracing, help_pages, record))
    there = {page.address for page in inner} | help_pages
    yield home_page(library, pairs, there, more_pages(there))
    yield from inner


def _inner_pages(
    library: Library, pairs: Sequence[Pair], tracing: Tracing, help_pages: frozenset[str], record: Record
) -> Iterator[Page]:
    """Every page but home."""
    insight = [
        *partners_pages(library),
        *needs_pages(library),
        *consultation_pages(library),
        *requirements_pages(library),
        *lessons_pages(library),
        *measure_pages(library, pairs),
        *agreement_pages(library, pairs),
    ]
    there = {page.address: page.html for page in insight}
    yield register_page(library, help_pages)
    for plan in library.plans:
        measured = measures_address(plan.id) if measures_address(plan.id) in there else ""
        yield plan_page(library, plan, pairs, tracing, record, help_pages, measured)
        for edition in plan.editions:
            for address, text in texts_of(plan, edition):
                more = more_about(edition, there)
                yield edition_page(library, plan, edition, text, address, pairs, tracing, record, help_pages, more)
    yield from change_pages(library, pairs, help_pages)
    yield from traced_pages(library, tracing)
    yield from log_pages(library, record, pairs)
    yield from audit_pages(library, record, traced=bool(tracing.coverage.plans))
    yield from descent_pages(library)
    yield from insight
    yield from search_pages(library, help_pages)
    yield from a_to_z_pages(library)
    yield from years_pages(library)
    yield from as_at_pages(library)
    yield from about_pages(library, help_pages, record.address)


def files(library: Library, pairs: Sequence[Pair], record: Record = NO_RECORD) -> Iterator[SiteFile]:
    """Every file beside the pages that speaks their language or none: feeds, print styles, attachments, redirects."""
    yield SiteFile("_headers", headers(library).encode())
    yield SiteFile("print.css", any_style(library).encode())
    yield from change_styles(library, pairs)
    yield from own_days(library)
    yield from feed_files(library, record, pairs)
    yield from audit_files()
    for plan in library.plans:
        for edition in plan.editions:
            for attachment in edition.attachments:
                address = edition_address(plan.id, edition.id) + attachment.name
                yield SiteFile(address, attachment.content)
            for address, text in texts_of(plan, edition):
                yield SiteFile(f"{address}print.css", print_style(library, edition, text).encode())
        for alias in plan.facts.aliases:
            yield _redirect(library, plan, alias, record.address)


def data_files(
    library: Library, pairs: Sequence[Pair], tracing: Tracing, record: Record = NO_RECORD
) -> Iterator[SiteFile]:
    """Everything below `/data/`: a contract with programs, and so in English whatever the pages speak."""
    yield from change_files(library, pairs)
    yield from traced_files(library, tracing)
    yield from log_files(library, record)
    yield from descent_files(library)
    yield from partners_files(library)
    yield from needs_files(library)
    yield from consultation_files(library)
    yield from requirements_files(library)
    yield from measure_files(library, pairs)
    yield from agreement_files(library, pairs)
    yield from as_at_files(library)
    yield from catalogue_files(library)
    yield from schema_files()


def preview_pages(halves: tuple[HalfPage, ...], problems: tuple[Problem, ...]) -> Iterator[Page]:
    """What `serve` shows beside the pages that are well: texts with problems on top, and all problems on one page."""
    for half in halves:
        address = edition_address(half.plan, half.edition)
        lines = half.source.split("\n")
        marked = {problem.line for problem in half.problems if problem.file == half.file}
        html = draw("half.html", address, half=half, lines=lines, marked=marked, body=Markup(half.html))  # noqa: S704
        yield Page(address, tr("Problems in {file}", file=half.file), "", html)
    if problems:
        html = draw("problems.html", "problems/", problems=problems)
        yield Page("problems/", tr("Problems"), "", html)


def _redirect(library: Library, plan: Plan, alias: str, base: str) -> SiteFile:
    address, _ = alias_address(alias)
    there = relative(address, plan_address(plan.id))
    said, listed = notice(library), library.authority.listed
    whole = whole_address(base, plan_address(plan.id)) if base else ""
    html = draw("redirect.html", address, there=there, plan=plan, alias=alias, notice=said, listed=listed, whole=whole)
    file = address + "index.html" if address.endswith("/") else address
    return SiteFile(file, html.encode())
