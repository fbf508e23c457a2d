"""The pages of destinations, origins, coverage and "Where did it go?", and their data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from ..addresses import destinations_address, edition_address, origins_address, plan_address
from ..language import say_day, tr, tr_later, tr_many
from ..model import Edition, Library, Plan
from ..trace import Part, PlanCoverage, Stop, Traced, counted
from ..trace.data import (
    CELLS,
    ORIGIN_CELLS,
    coverage_data,
    csv_rows,
    origins_csv,
    origins_data,
    row_data,
    text_data,
    where_data,
)
from .beside import Beside, beside
from .catalogue import noticed, to_json
from .cells import csv_text
from .drawing import draw
from .nouns import Contents, Page, SiteFile
from .sentences import Link, edition_standing, plan_standing
from .ways import COUNTED, MEANINGS, WORDS, Answer, Tracing, answers, heading_of, origin_links, outside, part_name

STATES = {"reviewed": tr_later("Reviewed"), "suspect": tr_later("Suspect"), "unreviewed": tr_later("Not reviewed")}
SHAPES = {"reviewed": "\u25cf", "suspect": "\u25b2", "unreviewed": "\u25cb"}


@dataclass(frozen=True)
class Line:
    """One old part, with where it is on the archive's day."""

    part: Part
    title: str
    answers: tuple[Answer, ...]
    counts: bool
    """Whether it must have a recorded destination."""
    row: int = 0
    """The number of its row on the page of destinations; 0 where both texts do not stand beside each other there."""


@dataclass(frozen=True)
class Row:
    """One row of a table of destinations, for the auditor."""

    traced: Traced
    title: str
    texts: Beside | None
    receivers: tuple[tuple[Link | None, str], ...]
    """Where it went: a link, or the words for a text that is not in the archive."""


def traced_pages(library: Library, tracing: Tracing) -> Iterator[Page]:
    """Every page about where parts went."""
    if tracing.coverage.plans:
        yield _where(library, tracing)
        yield _coverage(library, tracing)
    for plan in library.plans:
        for edition in plan.editions:
            if tracing.tabled(plan.id, edition.id):
                yield _destinations(library, tracing, plan, edition)
            if tracing.replacing(plan.id, edition.id):
                yield _origins(library, tracing, plan, edition)


def lines(library: Library, edition: Edition, ways: Mapping[str, Stop]) -> tuple[Line, ...]:
    """The parts of an edition, each with where it is."""
    must = {part.place for part in counted(edition)}
    return tuple(
        Line(way.part, heading_of(way.part), answers(library, way), place in must) for place, way in ways.items()
    )


def _trail(plan: Plan, edition: Edition) -> tuple[Link, ...]:
    return (
        Link(tr("Home"), ""),
        Link(tr("All plans"), "plans/"),
        Link(plan.facts.title, plan_address(plan.id)),
        Link(edition.title, edition_address(plan.id, edition.id)),
    )


def _where(library: Library, tracing: Tracing) -> Page:
    groups = []
    for covered in tracing.coverage.plans:
        ways = tracing.ways.get((covered.plan.id, covered.edition.id), {})
        numbers = {row.old.place: n for n, row in enumerate(covered.rows, start=1) if row.old and any(row.new)}
        told = [
            replace(line, row=numbers.get(line.part.place, 0))
            for line in lines(library, covered.edition, ways)
            if line.counts
        ]
        groups.append((covered, told, plan_standing(library, covered.plan), _shares(covered)))
    groups.sort(key=lambda group: group[0].plan.facts.title.casefold())
    earlier = {
        covered.plan.id: [e for e in covered.plan.editions if e is not covered.edition and tracing.tabled(e.plan, e.id)]
        for covered in tracing.coverage.plans
    }
    names = {covered.plan.id: _names(covered.plan) for covered, *_ in groups}
    html = draw(
        "where.html",
        "where/",
        library=library,
        groups=groups,
        earlier=earlier,
        names=names,
        meanings=_meanings(tracing),
    )
    description = tr(
        "Choose an old plan, or type a section's number or title, and see where each part of it is on {day}.",
        day=say_day(library.as_at),
    )
    contents = tuple(Contents(f"plan-{covered.plan.id}", covered.plan.facts.title, 2) for covered, *_ in groups)
    return Page(
        "where/", tr("Where did it go?"), description, html, contents, (Link(tr("Home"), ""),), script="assets/where.js"
    )


def _names(plan: Plan) -> str:
    """All names of a plan, for the box that narrows the list."""
    names = (plan.facts.title, plan.facts.abbreviation or "", *plan.facts.aliases)
    return " ".join(name for name in names if name and not name.startswith("/"))


def _meanings(tracing: Tracing) -> tuple[tuple[str, str], ...]:
    """The dispositions that the archive's tables use, each with what it means."""
    used = {row.row.disposition for row in tracing.coverage.rows}
    return tuple((_headed(tr(WORDS[name])), tr(meaning)) for name, meaning in MEANINGS.items() if name in used)


def _headed(words: str) -> str:
    """Words as they stand at the head of a line."""
    return words[:1].upper() + words[1:]


def _shares(covered: PlanCoverage) -> str:
    """How many parts became what, in words: "24 parts: 15 reworded, 4 merged, 2 dropped"."""
    total, shares = len(covered.counted), _counts(covered)
    if not shares:
        return tr_many("{count} part", "{count} parts", total)
    return tr_many("{count} part: {shares}", "{count} parts: {shares}", total, shares=shares)


def _counts(covered: PlanCoverage) -> str:
    return ", ".join(COUNTED[name](count) for name, count in covered.dispositions.items() if count)


def _coverage(library: Library, tracing: Tracing) -> Page:
    found = tracing.coverage
    few = [row for row in found.rows if row.few]
    html = draw(
        "coverage.html",
        "coverage/",
        library=library,
        found=found,
        few=few,
        suspect=[row for row in found.rows if row.state == "suspect"],
        by_writer=[row for row in found.rows if row.by_writer],
        data=coverage_data(found),
        destinations=destinations_address,
        called=lambda part: part_name(library, part),
        words={name: tr(word) for name, word in WORDS.items()},
        counts=_counts,
        meanings=_meanings(tracing),
    )
    description = tr("For every plan that was replaced: how many of its sections and rows have a recorded destination.")
    return Page("coverage/", tr("Coverage"), description, html, trail=(Link(tr("Home"), ""),))


def _destinations(library: Library, tracing: Tracing, plan: Plan, edition: Edition) -> Page:
    address = destinations_address(plan.id, edition.id)
    covered = next((c for c in tracing.coverage.plans if c.plan is plan and c.edition is edition), None)
    rows = tuple(_row(library, row) for row in covered.rows) if covered else ()
    told = lines(library, edition, tracing.ways[plan.id, edition.id])
    html = draw(
        "destinations.html",
        address,
        library=library,
        plan=plan,
        edition=edition,
        covered=covered,
        rows=rows,
        lines=[line for line in told if line.counts],
        states={name: tr(label) for name, label in STATES.items()},
        shapes=SHAPES,
        words={name: tr(word) for name, word in WORDS.items()},
        headed=_headed,
        meanings=_meanings(tracing),
        standing=edition_standing(library, plan, edition),
        present=[name for name in WORDS if name in {row.traced.row.disposition for row in rows}],
        data=f"data/plans/{plan.id}/{edition.id}/destinations",
    )
    title = tr("Where each part went: {edition}", edition=edition.title)
    description = tr("Each section and numbered row of {edition}, and what took it up.", edition=edition.title)
    return Page(address, title, description, html, trail=_trail(plan, edition))


def _row(library: Library, row: Traced) -> Row:
    found = [part for part in row.new if part is not None]
    texts = beside(row.old, found) if row.old is not None and found else None
    receivers: list[tuple[Link | None, str]] = []
    for target, part in zip(row.row.to, row.new, strict=True):
        if part is not None:
            receivers.append((Link(part_name(library, part), part.address), ""))
        elif not isinstance(target, str):
            receivers.append((None, outside(target)))
        else:
            receivers.append((None, target))
    return Row(row, heading_of(row.old) if row.old else row.row.from_, texts, tuple(receivers))


def _origins(library: Library, tracing: Tracing, plan: Plan, edition: Edition) -> Page:
    address = origins_address(plan.id, edition.id)
    found = tracing.origins[plan.id, edition.id]
    told = [(part, heading_of(part), origin_links(library, found.get(part.place, ()))) for part in counted(edition)]
    html = draw(
        "origins.html",
        address,
        library=library,
        plan=plan,
        edition=edition,
        standing=edition_standing(library, plan, edition),
        lines=told,
        taken=sum(1 for _, _, links in told if links),
        data=f"data/plans/{plan.id}/{edition.id}/origins",
    )
    title = tr("What each part replaced: {edition}", edition=edition.title)
    description = tr(
        "Each section and numbered row of {edition}, and the parts of replaced plans that it took up.",
        edition=edition.title,
    )
    return Page(address, title, description, html, trail=_trail(plan, edition))


def traced_files(library: Library, tracing: Tracing) -> Iterator[SiteFile]:
    """The data about where parts went: for each edition, over all, and the texts as they are fingerprinted."""
    found = tracing.coverage

    def data(name: str, value: dict[str, Any]) -> SiteFile:
        return SiteFile(f"data/{name}.json", to_json(noticed(library, value)).encode())

    def table(name: str, head: tuple[str, ...], rows: Iterator[tuple[str, ...]]) -> SiteFile:
        return SiteFile(f"data/{name}.csv", csv_text(library, head, rows).encode())

    if found.plans:
        yield data("coverage", coverage_data(found))
        yield table("coverage", CELLS, csv_rows(found.rows))
        ways = [
            way
            for covered in found.plans
            for way in tracing.ways.get((covered.plan.id, covered.edition.id), {}).values()
        ]
        yield data("where", where_data(library, ways))
    for covered in found.plans:
        name = f"plans/{covered.plan.id}/{covered.edition.id}/destinations"
        listed = {
            "schema": "plan-archive/destinations/1",
            "edition": f"{covered.plan.id}@{covered.edition.id}",
            "destinations": [row_data(row) for row in covered.rows],
        }
        yield data(name, listed)
        yield table(name, CELLS, csv_rows(covered.rows))
    for (plan_id, edition_id), places in tracing.origins.items():
        edition = library.edition(plan_id, edition_id)
        if edition is not None:
            name = f"plans/{plan_id}/{edition_id}/origins"
            yield data(name, origins_data(edition, places))
            yield table(name, ORIGIN_CELLS, origins_csv(edition, places))
    for plan in library.plans:
        for edition in plan.editions:
            yield data(f"text/{plan.id}/{edition.id}", text_data(edition))
