"""The comparison pages of the site and their data: for each pair of editions, inline, in two columns, JSON and CSV."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence

from ..addresses import changes_address, plan_address
from ..compare import to_json as comparison_json
from ..model import Library, Plan
from .catalogue import EXAMPLE_NOTICE
from .catalogue import to_json as as_json
from .compared import drawn_sections
from .drawing import draw
from .nouns import Contents, Page, SiteFile
from .pairs import Pair
from .sentences import Link
from .text import resolved

MEASURE_WORDS = {
    "made_easier": "made easier",
    "made_harder": "made harder",
    "direction_unknown": "changed, direction not known",
    "baseline_changed": "baseline changed",
    "unit_changed": "unit changed",
    "definition_changed": "definition changed",
    "past_actual_changed": "past result changed",
    "actual_added": "result reported",
    "added": "added",
    "dropped": "dropped",
}


def change_pages(library: Library, pairs: Sequence[Pair], help_pages: frozenset[str]) -> Iterator[Page]:
    """Every comparison page, and each plan's table to choose from."""
    for plan in library.plans:
        own = [pair for pair in pairs if pair.plan.id == plan.id]
        if own:
            yield _chooser(plan, own)
        for pair in own:
            yield from _pair_pages(pair, help_pages)


def _trail(plan: Plan) -> tuple[Link, ...]:
    return Link("Home", ""), Link("All plans", "plans/"), Link(plan.facts.title, plan_address(plan.id))


def _chooser(plan: Plan, pairs: Sequence[Pair]) -> Page:
    address = changes_address(plan.id)
    html = draw("changes.html", address, plan=plan, pairs=pairs)
    title = f"What changed: {plan.facts.title}"
    return Page(
        address, title, f"What changed between the editions of the {plan.facts.title}.", html, trail=_trail(plan)
    )


def _pair_pages(pair: Pair, help_pages: frozenset[str]) -> Iterator[Page]:
    sections, count = drawn_sections(pair.comparison, pair.old.text.sections, pair.new.text.sections)
    measures = [m for m in pair.comparison.measures if m.change != "actual_added"]
    shared = {"pair": pair, "sections": sections, "count": count, "measures": measures, "words": MEASURE_WORDS}
    shared["help_pages"] = help_pages
    contents = tuple(
        Contents(s.id, s.title + (f" ({', '.join(s.labels)})" if s.labels else ""), s.level) for s in sections if s.id
    )
    trail = (*_trail(pair.plan), Link("What changed", changes_address(pair.plan.id)))
    description = f"{pair.title}. " + " ".join(pair.told)
    html = _linked(draw("comparison.html", pair.address, **shared), pair, pair.address)
    yield Page(pair.address, pair.title, description, html, contents, trail, script="assets/compare.js")
    address = pair.address + "columns/"
    html = _linked(draw("columns.html", address, **shared), pair, address)
    title = f"{pair.title}, side by side"
    yield Page(address, title, description, html, contents, (*trail, Link(pair.title, pair.address)))


def _linked(html: str, pair: Pair, here: str) -> str:
    """A page's HTML in which the links of both texts to plans and attachments lead there."""

    def lead(match: re.Match[str]) -> str:
        edition = pair.old if match[1].startswith(f"attachments/{pair.old.id}/") else pair.new
        return f'<a href="{resolved(match[1], edition, here)}"'

    return re.sub(r'<a href="((?:plan:|attachments/)[^"]*)"', lead, html)


def change_files(library: Library, pairs: Sequence[Pair]) -> Iterator[SiteFile]:
    """Each comparison as JSON, and one CSV of every change of a plan."""
    for pair in pairs:
        old, new = (f"{pair.plan.id}@{edition.id}" for edition in (pair.old, pair.new))
        data = comparison_json(pair.comparison, old, pair.old.text.sha256, new, pair.new.text.sha256)
        if library.authority.example:
            data = {"notice": EXAMPLE_NOTICE, **data}
        yield SiteFile(data_address(pair), as_json(data).encode())
    for plan in library.plans:
        own = [pair for pair in pairs if pair.plan.id == plan.id]
        if own:
            notice = EXAMPLE_NOTICE if library.authority.example else ""
            yield SiteFile(f"data/plans/{plan.id}/changes.csv", _csv(own, notice).encode())


def data_address(pair: Pair) -> str:
    """A comparison's JSON."""
    return f"data/plans/{pair.plan.id}/changes/{pair.old.id}-to-{pair.new.id}.json"


COLUMNS = ("old", "new", "section", "title", "section_change", "block", "change", "old_text", "new_text", "notice")


def _csv(pairs: Sequence[Pair], notice: str) -> str:
    """Every changed block of every pair of neighbouring editions, a line each."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for pair in pairs:
        for row in _rows(pair) if pair.neighbours else ():
            writer.writerow([safe_cell(value) for value in (*row, notice)])
    return out.getvalue()


def _rows(pair: Pair) -> Iterator[tuple[str, ...]]:
    for change in pair.comparison.sections:
        lead = (change.new or change.old)[0]
        for block in change.blocks:
            if block.change == "equal" and not block.markup:
                continue
            old = "".join(text for tag, text in block.ops if tag != "+")
            new = "".join(text for tag, text in block.ops if tag != "-")
            kinds = " ".join(change.change)
            yield pair.old.id, pair.new.id, lead.id, lead.title, kinds, block.kind, block.change, old, new


def safe_cell(value: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{value}" if value[:1] in ("=", "+", "-", "@", "\t", "\r", "\n") else value
