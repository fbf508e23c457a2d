"""Measures over the editions of a plan: what each promised, what was reached, and what was changed afterwards.

A change to a target, a baseline, a unit, a definition or a past result is kept apart from new results. Figures that
are not counted alike are never set against each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ..compare.measures import is_set
from ..facts import MeasureFacts
from ..model import Edition, Library, MeasureChange, Plan
from .figures import Figure, Kind, figures, year_place

ORDER: tuple[Kind, ...] = ("baseline", "target", "actual", "comparator")
NO_EDITS = ("actual_added", "added", "dropped")
"""Changes that are no edits: new results, and measures that came or went."""


@dataclass(frozen=True)
class Edit:
    """Something that an edition changed about a measure of the edition before."""

    old: str
    new: str
    """The ids of the two editions."""
    change: MeasureChange
    known: bool
    """Whether the edition that changed a target also tells the result for its year."""


@dataclass(frozen=True)
class Told:
    """One thing that editions tell of a measure, the target for 2009 for instance, edition by edition."""

    kind: Kind
    name: str
    year: str
    """"" for baselines, whose years may differ."""
    said: tuple[Figure, ...]

    def by(self, edition: str) -> tuple[Figure, ...]:
        """What one edition tells."""
        return tuple(figure for figure in self.said if figure.edition == edition)

    @property
    def first(self) -> Figure | None:
        """The first that was a number."""
        return next((figure for figure in self.said if figure.number is not None), None)

    @property
    def last(self) -> Figure | None:
        """What the last edition that tells of it says, if that is one number."""
        if not self.said:
            return None
        latest = self.by(self.said[-1].edition)
        return latest[-1] if latest[-1].number is not None else None

    @property
    def before(self) -> tuple[Figure, ...]:
        """The numbers that were changed later, each once."""
        last = self.last
        found: list[Figure] = []
        for figure in self.said:
            same = [last, *found] if last else found
            if figure.number is not None and all(_point(figure) != _point(other) for other in same):
                found.append(figure)
        return tuple(found)


@dataclass(frozen=True)
class Count:
    """The editions in which a measure is counted alike, and what they tell."""

    unit: str
    measure: str
    """As the last of them words it."""
    editions: tuple[str, ...]
    told: tuple[Told, ...]
    """By year; in a year the baseline, the target, the result, and those it is compared with."""

    def of(self, kind: Kind) -> tuple[Told, ...]:
        """What is told of one kind."""
        return tuple(told for told in self.told if told.kind == kind)


@dataclass(frozen=True)
class Measure:
    """One measure of a plan over its editions."""

    plan: str
    ref: str
    title: str
    """As the last edition words it."""
    better: str
    """higher, lower or none, as the last edition says; "" where none does."""
    editions: tuple[str, ...]
    counts: tuple[Count, ...]
    edits: tuple[Edit, ...]
    facts: MeasureFacts | None
    """What the register says of it."""
    addresses: tuple[tuple[str, str], ...]
    """Its row in each edition: the edition's id and the address."""

    @property
    def told(self) -> tuple[Told, ...]:
        """Everything that is told of it, however it is counted, by year."""
        return tell([figure for count in self.counts for told in count.told for figure in told.said], self.editions)


@dataclass(frozen=True)
class PlanMeasures:
    """The measures of a plan."""

    plan: Plan
    editions: tuple[Edition, ...]
    """Those that have measures."""
    measures: tuple[Measure, ...]
    """In the order of the last edition that has them; those that were dropped last."""
    came: tuple[Edit, ...]
    """Measures that were added or dropped."""

    @property
    def edits(self) -> tuple[tuple[Measure, Edit], ...]:
        """Every edit of every measure, edition by edition."""
        order = [edition.id for edition in self.editions]
        found = [(measure, edit) for measure in self.measures for edit in measure.edits]
        return tuple(sorted(found, key=lambda one: order.index(one[1].new) if one[1].new in order else len(order)))


@dataclass(frozen=True)
class YearOfResults:
    """How many results of a year reached their targets, as first set and as last set."""

    year: str
    reported: int
    first: tuple[int, int]
    """How many reached it, of how many that have one."""
    last: tuple[int, int]


def plan_measures(
    library: Library, plan: Plan, compared: Sequence[tuple[str, str, tuple[MeasureChange, ...]]]
) -> PlanMeasures | None:
    """The measures of a plan; `compared` holds what changed between neighbouring editions. None where it has none."""
    by_edition = {edition.id: figures(edition) for edition in plan.editions}
    editions = tuple(edition for edition in plan.editions if by_edition[edition.id])
    if not editions:
        return None
    refs = dict.fromkeys(figure.ref for edition in reversed(editions) for figure in by_edition[edition.id])
    edits = [_edit(old, new, change, by_edition) for old, new, changes in compared for change in changes]
    facts = {row.ref: row for row in library.registers.measures.values() if row.plan == plan.id}
    measures = []
    for ref in refs:
        own = [figure for edition in editions for figure in by_edition[edition.id] if figure.ref == ref]
        about = tuple(edit for edit in edits if edit.change.ref == ref and edit.change.change not in NO_EDITS)
        measures.append(_measure(plan, ref, own, about, facts.get(ref)))
    came = tuple(edit for edit in edits if edit.change.change in ("added", "dropped"))
    return PlanMeasures(plan, editions, tuple(measures), came)


def _edit(old: str, new: str, change: MeasureChange, by_edition: dict[str, tuple[Figure, ...]]) -> Edit:
    known = change.field == "target" and any(
        figure.ref == change.ref and figure.kind == "actual" and figure.year == change.year and is_set(figure.value)
        for figure in by_edition.get(new, ())
    )
    return Edit(old, new, change, known)


def _measure(plan: Plan, ref: str, own: list[Figure], edits: tuple[Edit, ...], facts: MeasureFacts | None) -> Measure:
    editions = tuple(dict.fromkeys(figure.edition for figure in own))
    better = next((figure.better for figure in reversed(own) if figure.better), "")
    addresses = tuple({figure.edition: figure.address for figure in own}.items())
    counts = tuple(_counts(own, editions, edits))
    return Measure(plan.id, ref, own[-1].measure, better, editions, counts, edits, facts, addresses)


def _counts(own: list[Figure], editions: tuple[str, ...], edits: tuple[Edit, ...]) -> Iterable[Count]:
    """The runs of editions that count alike; another unit, or other words with another baseline, begins a new one."""
    runs: list[list[str]] = []
    for edition in editions:
        kinds = {edit.change.change for edit in edits if edit.new == edition and edit.change.field != "better"}
        anew = "unit_changed" in kinds or {"definition_changed", "baseline_changed"} <= kinds
        if anew or not runs:
            runs.append([])
        runs[-1].append(edition)
    for run in runs:
        here = [figure for figure in own if figure.edition in run]
        yield Count(here[-1].unit, here[-1].measure, tuple(run), tell(here, run))


def tell(own: Sequence[Figure], editions: Sequence[str]) -> tuple[Told, ...]:
    """What some editions tell of a measure, each thing with all that was said of it, by year."""
    keys: dict[tuple[Kind, str, str], list[Figure]] = {}
    for figure in own:
        year = "" if figure.kind == "baseline" else figure.year
        keys.setdefault((figure.kind, figure.name, year), []).append(figure)
    told = [Told(*key, tuple(sorted(said, key=lambda f: editions.index(f.edition)))) for key, said in keys.items()]
    return tuple(sorted(told, key=_place))


def _place(told: Told) -> tuple[int, float, int, str]:
    """Baselines first; then by year, what has none last."""
    year = year_place(told.year)
    first = 0 if told.kind == "baseline" else 1 if year is not None else 2
    return first, year or 0, ORDER.index(told.kind), told.name


def _point(figure: Figure) -> tuple[str, float | None]:
    return figure.year, figure.number


def results(measures: Sequence[Measure]) -> tuple[YearOfResults, ...]:
    """Year by year, how many results there are and how many reached their targets, as first and as last set.

    A result is judged only by a target that is counted alike, and where the table says which way is better.
    """
    years: dict[str, list[tuple[bool | None, bool | None]]] = {}
    for measure in measures:
        # Where two counts tell of one year, the later editions' is taken.
        found = {told.year: (told, count) for count in measure.counts for told in count.of("actual") if told.last}
        for year, (told, count) in found.items():
            target = next((each for each in count.of("target") if each.year == year), None)
            promised = (target.first, target.last) if target else (None, None)
            first, last = (reached(told.last, figure, measure.better) for figure in promised)
            years.setdefault(year, []).append((first, last))
    return tuple(
        YearOfResults(year, len(judged), _share(one for one, _ in judged), _share(other for _, other in judged))
        for year, judged in sorted(years.items(), key=lambda row: (year_place(row[0]) or 0, row[0]))
    )


def reached(result: Figure | None, target: Figure | None, better: str) -> bool | None:
    """Whether a result reached a target; None where that cannot be judged."""
    if result is None or target is None or result.number is None or target.number is None:
        return None
    if better == "higher":
        return result.number >= target.number
    return result.number <= target.number if better == "lower" else None


def _share(judged: Iterable[bool | None]) -> tuple[int, int]:
    known = [one for one in judged if one is not None]
    return sum(known), len(known)
