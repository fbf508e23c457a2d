"""The comparison pages of the site and their data: for each pair of editions, inline, in two columns, JSON and CSV."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..addresses import changes_address, plan_address
from ..compare import to_json as comparison_json
from ..compare.measures import is_set
from ..compare.telling import MEASURES, measure_names
from ..language import tr, tr_later
from ..model import BlockChange, Edition, Library, MeasureChange, Plan
from ..schemas.tables import TABLES
from .catalogue import EXAMPLE_NOTICE
from .catalogue import to_json as as_json
from .cells import csv_text
from .cite import compared_style
from .compared import drawn_sections
from .drawing import draw
from .inline import Lead
from .nouns import Contents, Page, SiteFile
from .pairs import Pair
from .remarks import is_changed
from .sentences import Link, edition_standing
from .text import resolved

MEASURE_WORDS = {
    "made_easier": tr_later("made easier"),
    "made_harder": tr_later("made harder"),
    "direction_unknown": tr_later("changed, direction not known"),
    "baseline_changed": tr_later("baseline changed"),
    "unit_changed": tr_later("unit changed"),
    "definition_changed": tr_later("definition changed"),
    "past_actual_changed": tr_later("past result changed"),
    "actual_added": tr_later("result reported"),
    "added": tr_later("added"),
    "dropped": tr_later("dropped"),
}


FIELD_WORDS = {
    "target": tr_later("Target"),
    "actual": tr_later("Result"),
    "baseline": tr_later("Baseline"),
    "baseline year": tr_later("Year of the baseline"),
    "unit": tr_later("Unit"),
    "definition": tr_later("What is measured"),
    "better": tr_later("Which way is better"),
    "measure": tr_later("The whole measure"),
}


def change_pages(library: Library, pairs: Sequence[Pair], help_pages: frozenset[str]) -> Iterator[Page]:
    """Every comparison page, and each plan's table to choose from."""
    for plan in library.plans:
        own = [pair for pair in pairs if pair.plan.id == plan.id]
        if own:
            yield _chooser(plan, own)
        for pair in own:
            yield from _pair_pages(library, pair, help_pages)


def _trail(plan: Plan) -> tuple[Link, ...]:
    return Link(tr("Home"), ""), Link(tr("All plans"), "plans/"), Link(plan.facts.title, plan_address(plan.id))


def _chooser(plan: Plan, pairs: Sequence[Pair]) -> Page:
    address = changes_address(plan.id)
    html = draw("changes.html", address, plan=plan, pairs=pairs)
    title = tr("What changed: {plan}", plan=plan.facts.title)
    description = tr("What changed between the editions of the {plan}.", plan=plan.facts.title)
    return Page(address, title, description, html, trail=_trail(plan))


def _pair_pages(library: Library, pair: Pair, help_pages: frozenset[str]) -> Iterator[Page]:
    trail = (*_trail(pair.plan), Link(tr("What changed"), changes_address(pair.plan.id)))
    description = f"{pair.title}. " + " ".join(pair.told)
    shared = {
        "pair": pair,
        "standings": [(each, edition_standing(library, pair.plan, each)) for each in (pair.old, pair.new)],
        "measures": sorted((m for m in pair.comparison.measures if m.change != "actual_added"), key=asked_first),
        "rows": sorted(pair.rows, key=lambda row: (row.change != "dropped", row.reason is not None, row.ended)),
        "names": measure_names(pair.comparison),
        "words": in_words,
        "fields": FIELD_WORDS,
        "help_pages": help_pages,
    }
    for name, address, script in (
        ("comparison.html", pair.address, "assets/compare.js"),
        ("columns.html", pair.address + "columns/", ""),
    ):
        columns = name == "columns.html"
        sections, count = drawn_sections(
            pair.comparison,
            pair.old.text.sections,
            pair.new.text.sections,
            (_lead(pair.old, address), _lead(pair.new, address)),
        )
        contents = tuple(
            Contents(s.id, s.title + (f" ({', '.join(s.labels)})" if s.labels else ""), s.level)
            for s in sections
            if s.id
        )
        html = draw(name, address, sections=sections, count=count, **shared)
        title = tr("{title}, side by side", title=pair.title) if columns else pair.title
        above = (*trail, Link(pair.title, pair.address)) if columns else trail
        yield Page(
            address, title, description, html, contents, above, script=script, print_style=f"{pair.address}print.css"
        )


def in_words(measure: MeasureChange) -> str:
    """What became of a measure, in words."""
    said = tr(MEASURE_WORDS[measure.change])
    if measure.field != "target" or (is_set(measure.old) and is_set(measure.new)):
        return said
    if is_set(measure.old):
        return tr("{change}: taken away", change=said)
    return tr("{change}: set where there was none", change=said)


def asked_first(measure: MeasureChange) -> tuple[bool, int, bool]:
    """Changes for which a reason is asked stand first, the kinds that matter most before others, without one first."""
    asked = measure.change in MEASURES
    return not asked, MEASURES.index(measure.change) if asked else 0, measure.reason is not None


def _lead(edition: Edition, here: str) -> Lead:
    """Where the links of an edition's text lead from a comparison: a link within the text leads to its own page."""
    own = f"plan:{edition.plan}@{edition.id}"
    return lambda href: resolved(own + href if href.startswith("#") else href, edition, here)


def change_styles(library: Library, pairs: Sequence[Pair]) -> Iterator[SiteFile]:
    """What stands on every printed sheet of each comparison."""
    for pair in pairs:
        sheets = compared_style(library, pair.title, pair.old.text, pair.new.text)
        yield SiteFile(f"{pair.address}print.css", sheets.encode())


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
            rows = (row for pair in own if pair.neighbours for row in _rows(pair))
            yield SiteFile(f"data/plans/{plan.id}/changes.csv", csv_text(library, COLUMNS, rows).encode())


def data_address(pair: Pair) -> str:
    """A comparison's JSON."""
    return f"data/plans/{pair.plan.id}/changes/{pair.old.id}-to-{pair.new.id}.json"


COLUMNS = TABLES["changes"].head


def _rows(pair: Pair) -> Iterator[tuple[str, ...]]:
    olds = [block for section in pair.old.text.sections for block in section.blocks]
    news = [block for section in pair.new.text.sections for block in section.blocks]
    reasons = {row.ref: row.reason for row in pair.rows}
    for change in pair.comparison.sections:
        lead = (change.new or change.old)[0]
        place = pair.old.id, pair.new.id, lead.id, lead.title, " ".join(change.change)
        heading = next((block for block in change.blocks if block.kind == "heading"), None)
        for block in change.blocks:
            # A section that only moved has no other line that says so.
            moved = block is heading and "moved" in change.change
            if not is_changed(block) and not moved:
                continue
            ref = (news[block.new_index] if block.new_index is not None else olds[block.old_index or 0]).ref or ""
            told = [measure for measure in pair.comparison.measures if ref and measure.ref == ref]
            kinds = [f"{m.field} {m.year}: {m.change}" if m.year else f"{m.field}: {m.change}" for m in told]
            reason = next((m.reason for m in told if m.reason), None) or reasons.get(ref) or ""
            became = "moved" if moved else block.change
            yield *place, block.kind, ref, became, "; ".join(kinds), reason, _side(block, "-"), _side(block, "+")


def _side(block: BlockChange, tag: str) -> str:
    return "".join(text for kind, text in block.ops if kind in ("=", tag))
