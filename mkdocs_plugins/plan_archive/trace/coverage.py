"""Coverage: which parts of the superseded plans have a recorded destination, and how well each record stands.

What is shown is that every section and numbered row has a recorded destination, and no more: that a destination is
right is for people to judge, so here stand the signs that help them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from ..facts import DestinationRow, Outside, Unknown
from ..model import DestinationTable, Edition, Library, Plan
from .parts import Part, by_place, counted, shared_words

State = Literal["reviewed", "suspect", "unreviewed"]
DISPOSITIONS = ("carried", "reworded", "merged", "split", "moved", "spent", "dropped")
FEW = 0.15
"""A destination that has less than this share of the old part's words is worth a second look."""
HEAVY = 12
"""A target with this many old parts or more, and more than its share of the old words, is worth a second look."""
HEAVY_RATIO = 6.0
"""How many times its own words the old texts of a heavy target have, at least."""


@dataclass(frozen=True)
class Traced:
    """One row of a table of destinations with both its ends."""

    table: DestinationTable
    row: DestinationRow
    line: int
    old: Part | None
    new: tuple[Part | None, ...]
    """The receiving parts, in the order of `to`; None for an outside text or one that does not exist."""
    state: State
    shared: int = 0
    """Words that mean something and that both sides have."""
    old_words: int = 0
    """Words that mean something in the old part."""

    @property
    def name(self) -> str:
        """The old part's whole name."""
        return f"{self.table.old}{self.row.from_}"

    @property
    def broken(self) -> bool:
        """Whether an end of the row does not exist in the archive."""
        ends = zip(self.row.to, self.new, strict=True)
        return self.old is None or any(part is None and isinstance(target, str) for target, part in ends)

    @property
    def few(self) -> bool:
        """Whether its texts share few words, where both are in the archive and the text is said to live on."""
        known = any(target is not None for target in self.new)
        return known and self.old_words >= 5 and self.shared < FEW * self.old_words

    @property
    def by_writer(self) -> bool:
        """Whether whoever reviewed the row also answers for one of the texts."""
        return self.row.reviewed is not None and self.row.reviewed.by.casefold() in self.writers

    writers: frozenset[str] = frozenset()
    """Who answers for the two editions, in lower case."""


@dataclass(frozen=True)
class Heavy:
    """A part of the new plan that is said to take up very much."""

    part: Part
    rows: int
    old_words: int
    new_words: int


@dataclass(frozen=True)
class PlanCoverage:
    """What is recorded of one superseded edition."""

    plan: Plan
    edition: Edition
    tables: tuple[DestinationTable, ...]
    counted: tuple[Part, ...]
    missing: tuple[Part, ...]
    rows: tuple[Traced, ...]

    @property
    def sections(self) -> tuple[int, int]:
        """Sections recorded, and all that count."""
        return self._share(rows=False)

    @property
    def refs(self) -> tuple[int, int]:
        """Numbered rows recorded, and all."""
        return self._share(rows=True)

    def _share(self, *, rows: bool) -> tuple[int, int]:
        total = sum(1 for p in self.counted if (p.row is not None) is rows)
        return total - sum(1 for p in self.missing if (p.row is not None) is rows), total

    def count(self, state: State) -> int:
        """How many rows are in a state."""
        return sum(1 for row in self.rows if row.state == state)

    @property
    def dispositions(self) -> dict[str, int]:
        """How many rows have each disposition."""
        found = Counter[str](traced.row.disposition for traced in self.rows)
        return {name: found[name] for name in DISPOSITIONS}


@dataclass(frozen=True)
class Coverage:
    """What is recorded of every superseded plan."""

    plans: tuple[PlanCoverage, ...]
    heavy: tuple[Heavy, ...]
    new: tuple[Part, ...]
    """Sections of the plans that took over to which no old part leads."""

    @property
    def rows(self) -> tuple[Traced, ...]:
        """Every row of every table."""
        return tuple(row for plan in self.plans for row in plan.rows)

    @property
    def missing(self) -> tuple[Part, ...]:
        """Every part without a row."""
        return tuple(part for plan in self.plans for part in plan.missing)

    @property
    def broken(self) -> tuple[Traced, ...]:
        """Every row of which an end does not exist, so that it records nothing."""
        return tuple(row for row in self.rows if row.broken)

    @property
    def complete(self) -> bool:
        """Whether every section and numbered row has a recorded destination, and every destination exists."""
        return not self.missing and not self.broken


def coverage(library: Library) -> Coverage:
    """What is recorded of every superseded plan of a library, by plan."""
    plans = tuple(_plan_coverage(library, plan, edition) for plan, edition in superseded(library))
    rows = [row for plan in plans for row in plan.rows]
    return Coverage(plans, tuple(_heavy(rows)), tuple(_new(library, rows)))


def superseded(library: Library) -> Iterator[tuple[Plan, Edition]]:
    """Every plan that gave way to another of the archive, or has a table, with its last edition that took effect."""
    tabled = {table.plan for table in library.destinations}
    for plan in library.plans:
        last = last_adopted(plan)
        gone = any(_has_text(library, succession.plan) for succession in plan.facts.superseded_by)
        if last is not None and (gone or plan.id in tabled):
            yield plan, last


def _has_text(library: Library, plan_id: str) -> bool:
    successor = library.plan(plan_id)
    return successor is not None and any(edition.adopted for edition in successor.editions)


def last_adopted(plan: Plan) -> Edition | None:
    """The last edition of a plan that took effect."""
    return next((edition for edition in reversed(plan.editions) if edition.adopted), None)


def _plan_coverage(library: Library, plan: Plan, edition: Edition) -> PlanCoverage:
    tables = tuple(t for t in library.destinations if t.plan == plan.id and t.edition == edition.id)
    rows = tuple(row for table in tables for row in traced(library, table))
    recorded = {row.row.from_ for row in rows}
    must = counted(edition)
    return PlanCoverage(plan, edition, tables, must, tuple(p for p in must if p.place not in recorded), rows)


def traced(library: Library, table: DestinationTable) -> Iterator[Traced]:
    """The rows of a table with both their ends."""
    shelf = Shelf(library)
    edition, successor = shelf.edition(table.plan, table.edition), shelf.edition(table.to_plan, table.to_edition)
    writers = frozenset(
        text.text.front.owner.casefold()
        for text in (edition, successor)
        if text is not None and not isinstance(text.text.front.owner, Unknown)
    )
    for row, line in zip(table.rows, table.lines, strict=True):
        old = shelf.part(table.plan, table.edition, row.from_)
        new = tuple(shelf.receiver(table, target) for target in row.to)
        found = Traced(table, row, line, old, new, _state(row, old, new), writers=writers)
        texts = [target.text for target in new if target is not None]
        if old is not None and texts:
            shared, words = shared_words(f"{old.title} {old.text}", " ".join(_whole(t) for t in new if t))
            found = replace(found, shared=shared, old_words=words)
        yield found


def _whole(target: Part) -> str:
    return f"{target.title} {target.text}"


class Shelf:
    """The parts of a library's editions, each edition looked through once."""

    def __init__(self, library: Library) -> None:
        """Take the library; nothing is looked through yet."""
        self._library = library
        self._parts: dict[tuple[str, str], dict[str, Part]] = {}

    def edition(self, plan: str, edition: str) -> Edition | None:
        """An edition, if there is one."""
        return self._library.edition(plan, edition)

    def part(self, plan: str, edition: str, place: str) -> Part | None:
        """The part of an edition at a place, if there is one."""
        key = (plan, edition)
        if key not in self._parts:
            found = self._library.edition(plan, edition)
            self._parts[key] = by_place(found) if found else {}
        return self._parts[key].get(place)

    def receiver(self, table: DestinationTable, target: str | Outside) -> Part | None:
        """The part that a row's target names; None for an outside text, or where there is none."""
        return None if isinstance(target, Outside) else self.part(*target_name(table, target))


def target_name(table: DestinationTable, target: str) -> tuple[str, str, str]:
    """A target as plan, edition and place; what names no edition means the one that the table leads to."""
    if target[0] in "#:":
        return table.to_plan, table.to_edition, target
    mark = min(at for at in (target.find("#"), target.find(":")) if at >= 0)
    plan, _, edition = target[:mark].partition("@")
    return plan, edition, target[mark:]


def _state(row: DestinationRow, old: Part | None, new: Iterable[Part | None]) -> State:
    if row.reviewed is None:
        return "unreviewed"
    now = tuple(target.fingerprint for target in new if target is not None)
    same = old is not None and row.reviewed.old == old.fingerprint and row.reviewed.new == now
    return "reviewed" if same else "suspect"


def _heavy(rows: Iterable[Traced]) -> Iterator[Heavy]:
    """Targets that take up very much for their own length, the heaviest first."""
    taken: dict[str, list[Traced]] = {}
    targets: dict[str, Part] = {}
    for row in rows:
        for target in row.new:
            if target is not None and row.old is not None:
                taken.setdefault(target.name, []).append(row)
                targets[target.name] = target
    found = []
    for name, all_rows in taken.items():
        old_words = sum(len(row.old.text.split()) for row in all_rows if row.old)
        new_words = len(targets[name].text.split())
        if targets[name].place != "#" and len(all_rows) >= HEAVY and old_words >= HEAVY_RATIO * max(new_words, 1):
            found.append(Heavy(targets[name], len(all_rows), old_words, new_words))
    yield from sorted(found, key=lambda heavy: (-heavy.rows, heavy.part.name))


def _new(library: Library, rows: Iterable[Traced]) -> Iterator[Part]:
    """Sections with text of their own of the editions that tables lead to, which no row leads to."""
    all_rows = list(rows)
    reached = {target.name for row in all_rows for target in row.new if target is not None}
    held = {f"{t.plan}@{t.edition}#{t.section.id}" for row in all_rows for t in row.new if t is not None and t.row}
    editions = dict.fromkeys((row.table.to_plan, row.table.to_edition) for row in all_rows)
    for plan, edition in editions:
        found = library.edition(plan, edition)
        for one in counted(found) if found else ():
            if one.row is None and one.name not in reached | held:
                yield one
