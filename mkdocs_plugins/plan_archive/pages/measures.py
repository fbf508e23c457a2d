"""The pages of measures: for each plan every measure over its editions, with what was changed afterwards."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from ..addresses import edition_address, measures_address, plan_address
from ..compare.measures import is_set
from ..insight.figures import Figure
from ..insight.measures import Count, Edit, Measure, PlanMeasures, Told, plan_measures, results
from ..language import tr, tr_as, tr_later, tr_many
from ..model import Library, MeasureChange, Plan
from .changes import FIELD_WORDS, in_words
from .charts import INVENTED, Chart, chart
from .drawing import draw
from .nouns import Contents, Page
from .pairs import Pair
from .sentences import Link, plan_standing
from .text import right

KINDS = {"baseline": tr_later("Baseline"), "target": tr_later("Target"), "actual": tr_later("Result")}
COUNTED: dict[str, Callable[[int], str]] = {
    "made_easier": lambda n: tr_many("{count} target made easier", "{count} targets made easier", n),
    "set": lambda n: tr_many("{count} target set where there was none", "{count} targets set where there was none", n),
    "made_harder": lambda n: tr_many("{count} target made harder", "{count} targets made harder", n),
    "direction_unknown": lambda n: tr_many(
        "{count} target changed, which way not known", "{count} targets changed, which way not known", n
    ),
    "baseline_changed": lambda n: tr_many(
        "{count} baseline or its year changed", "{count} baselines or their years changed", n
    ),
    "unit_changed": lambda n: tr_many("{count} unit changed", "{count} units changed", n),
    "definition_changed": lambda n: tr_many(
        "{count} measure worded differently", "{count} measures worded differently", n
    ),
    "past_actual_changed": lambda n: tr_many(
        "{count} result of an earlier year changed", "{count} results of earlier years changed", n
    ),
}
"""The sorts of edits, as they are counted in words."""
CHANGED = {
    "actual": tr_later("result changed"),
    "baseline": tr_later("baseline changed"),
    "baseline year": tr_later("year of the baseline changed"),
    "unit": tr_later("unit changed"),
    "definition": tr_later("what is measured changed"),
    "better": tr_later("which way is better changed"),
}
"""A change of anything but a target, in a few words."""


@dataclass(frozen=True)
class Cell:
    """What one edition says in one row of a measure's table."""

    value: str
    side: str
    """The class of a cell that stands with the figures; "" where nothing is said."""
    flag: str
    """In a word how it was changed: "easier", "harder", "set", "changed"; or ""."""


@dataclass(frozen=True)
class Row:
    """One row of a measure's table: the target for 2009, for instance, edition by edition."""

    head: str
    note: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Drawn:
    """A measure as long as it is counted alike: its picture and its table."""

    count: Count
    chart: Chart | None
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class EditRow:
    """One edit with what a reader wants to know of it."""

    measure: Measure
    edit: Edit
    what: str
    said: str
    notes: tuple[str, ...]
    address: str
    """The comparison that shows it."""

    @property
    def short(self) -> str:
        """It in a few words: "target for 2009 made easier", "baseline changed"."""
        change = self.edit.change
        if change.field == "actual" and change.year:
            return tr("result {year} changed", year=change.year)
        if change.field != "target":
            return tr(CHANGED[change.field])
        if change.year:
            return tr("target for {year} {change}", year=change.year, change=self.said)
        return tr("target {change}", change=self.said)


def measures_of(library: Library, pairs: Sequence[Pair]) -> tuple[PlanMeasures, ...]:
    """The measures of every plan that has some."""
    found = []
    for plan in library.plans:
        own = [pair for pair in pairs if pair.plan.id == plan.id and pair.neighbours]
        compared = [(pair.old.id, pair.new.id, pair.comparison.measures) for pair in own]
        found.append(plan_measures(library, plan, compared))
    return tuple(one for one in found if one is not None)


def measure_pages(library: Library, pairs: Sequence[Pair]) -> Iterator[Page]:
    """For each plan that has measures, a page of them."""
    for found in measures_of(library, pairs):
        yield _page(library, found, comparisons(pairs, found.plan))


def comparisons(pairs: Sequence[Pair], plan: Plan) -> dict[str, str]:
    """The comparison of each edition of a plan with the one before: its address by the new edition's id."""
    return {pair.new.id: pair.address for pair in pairs if pair.plan.id == plan.id and pair.neighbours}


def _page(library: Library, found: PlanMeasures, compared: dict[str, str]) -> Page:
    plan, address = found.plan, measures_address(found.plan.id)
    example = library.authority.example
    edits = [edit_row(measure, edit, compared) for measure, edit in found.edits]
    drawn = {measure.ref: tuple(drawn_counts(measure, example=example)) for measure in found.measures}
    latest = found.editions[-1]
    html = draw(
        "measures.html",
        address,
        library=library,
        plan=plan,
        found=found,
        first=found.editions[0],
        latest=latest,
        latest_address=edition_address(plan.id, latest.id),
        standing=plan_standing(library, plan),
        groups=_groups(edits),
        by_measure={measure.ref: _together(edits, measure) for measure in found.measures},
        told=counted_in_words([row.edit for row in edits]),
        results=[row for row in results(found.measures) if row.first[1] or row.last[1]],
        came=[(edit, compared.get(edit.new, "")) for edit in found.came],
        drawn=drawn,
        compares=any(row.note for counts in drawn.values() for one in counts for row in one.rows),
        agreements=library.registers.agreements,
    )
    title = tr("Measures: {plan}", plan=plan.facts.title)
    description = tr(
        "What each edition of {plan} promised, what was reached, and what was changed afterwards.",
        plan=plan.facts.title,
    )
    contents = [Contents(ident, words, 2) for ident, words in _headings(found, html)]
    contents += [Contents(f"ref-{m.ref.lower()}", f"{m.ref} {m.title}", 3) for m in found.measures]
    trail = (Link(tr("Home"), ""), Link(tr("All plans"), "plans/"), Link(plan.facts.title, plan_address(plan.id)))
    return Page(address, title, description, html, tuple(contents), trail)


def _headings(found: PlanMeasures, html: str) -> Iterator[tuple[str, str]]:
    headings = {
        "edits": tr("Figures that were changed afterwards"),
        "results": tr("Results and their targets"),
        "came": tr("Measures that came or went"),
        "measures": tr("Every measure ({count})", count=len(found.measures)),
    }
    yield from ((ident, words) for ident, words in headings.items() if f'id="{ident}"' in html)


def _groups(edits: list[EditRow]) -> list[tuple[str, str, list[EditRow]]]:
    """The edits in two lists: those with no reason given stand first."""
    silent = [row for row in edits if not row.edit.change.reason]
    given = [row for row in edits if row.edit.change.reason]
    both = (("no-reason", tr("With no reason given"), silent), ("reason", tr("With a reason given"), given))
    return [(ident, words, rows) for ident, words, rows in both if rows]


def _together(edits: list[EditRow], measure: Measure) -> list[list[EditRow]]:
    """The edits of a measure; those of one edition with one reason are told together."""
    own = [row for row in edits if row.measure is measure]
    return [list(rows) for _, rows in groupby(own, key=lambda row: (row.edit.new, row.edit.change.reason))]


def edit_row(measure: Measure, edit: Edit, compared: dict[str, str]) -> EditRow:
    """An edit in words."""
    change = edit.change
    notes = []
    if change.field == "target" and is_recounted(measure, edit):
        notes.append(tr("What is counted changed in the same edition"))
    if edit.known:
        notes.append(tr("The same edition gives the result for that year"))
    return EditRow(measure, edit, _what(change), in_words(change), tuple(notes), compared.get(edit.new, ""))


def _what(change: MeasureChange) -> str:
    """What was changed: "Target for 2009", "Result 2007", "Unit"."""
    field = tr(FIELD_WORDS[change.field])
    if not change.year:
        return field
    if change.field == "target":
        return tr("{figure} for {year}", figure=field, year=change.year)
    return tr("{figure} {year}", figure=field, year=change.year)


def is_recounted(measure: Measure, edit: Edit) -> bool:
    """Whether the measure is counted in another way from that edition on."""
    return any(count.editions[0] == edit.new for count in measure.counts[1:])


def counted_in_words(edits: Sequence[Edit]) -> str:
    """How many edits of which sort: "3 targets made easier, 1 baseline changed"."""
    kinds = Counter(_sort(edit) for edit in edits)
    return ", ".join(counted(kinds[kind]) for kind, counted in COUNTED.items() if kinds[kind])


def _sort(edit: Edit) -> str:
    change = edit.change
    return "set" if change.change == "made_harder" and not is_set(change.old) else change.change


def drawn_counts(measure: Measure, *, example: bool) -> Iterator[Drawn]:
    """A measure's pictures and tables, one for each way of counting."""
    for place, count in enumerate(measure.counts):
        ident = f"chart-{measure.ref.lower()}" + (f"-{place + 1}" if place else "")
        title = tr("{measure}: figures by year", measure=f"{measure.ref} {count.measure}")
        shown = [told for told in count.told if told.kind != "comparator" or any(is_set(f.value) for f in told.said)]
        rows = tuple(_row(measure, count, told, example=example) for told in shown)
        yield Drawn(count, chart(count, ident, title, example=example), rows)


def _row(measure: Measure, count: Count, told: Told, *, example: bool) -> Row:
    kind = tr(KINDS[told.kind]) if told.kind in KINDS else told.name
    head = tr("{figure} {year}", figure=kind, year=told.year) if told.year else kind
    note = tr(INVENTED) if told.kind == "comparator" and example else ""
    cells = []
    before: tuple[Figure, ...] = ()
    for edition in count.editions:
        here = told.by(edition)
        value = "; ".join(f"{f.value} ({f.year})" if told.kind == "baseline" and f.year else f.value for f in here)
        flag = _flag(measure, told, edition)
        if told.kind == "comparator" and before and here and before[-1].value != here[-1].value:
            flag = _flagged("")
        before = here or before
        cells.append(Cell(value, right(here[0].value) if here else "", flag))
    return Row(head, note, tuple(cells))


def _flag(measure: Measure, told: Told, edition: str) -> str:
    """What an edition did to a figure of the edition before; nothing where the figure is counted in another way."""
    for edit in measure.edits:
        change = edit.change
        field = "baseline" if change.field == "baseline year" else change.field
        same = field == told.kind and (change.year or "") == told.year
        if edit.new == edition and same and not is_recounted(measure, edit):
            return _flagged(_sort(edit))
    return ""


def _flagged(sort: str) -> str:
    """How a changed figure is flagged in the table of its measure."""
    if sort == "made_easier":
        return tr_as("flag of a figure", "easier")
    if sort == "made_harder":
        return tr_as("flag of a figure", "harder")
    return tr_as("flag of a figure", "set") if sort == "set" else tr_as("flag of a figure", "changed")
