"""Where is it now: a part of any edition, followed through later editions and tables of destinations.

From one edition to the next of a plan the council's own word counts: the same id, or `was`. Where it says nothing,
the texts are compared, and what is found so is marked as matched by text, since no one has reviewed it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Literal

from ..compare import compare
from ..facts import DestinationRow, Outside, Unknown
from ..language import tr_later
from ..model import DestinationTable, Edition, Library, Plan, Section
from ..status import Status, edition_on, edition_status, first_day, plan_status
from .coverage import Shelf, State, target_name, traced
from .parts import Part, by_place, parts

Kind = Literal["in-effect", "outside", "ended", "spent", "dropped", "lapsed", "unknown"]
How = Literal["start", "same", "renamed", "split", "merged", "destination", "matched", "inside"]


@dataclass(frozen=True)
class End:
    """Why a path goes no further."""

    kind: Kind
    reason: str = ""
    """In an editor's words or, where the way itself shows it, in ours."""
    decision: str = ""
    outside: Outside | None = None
    shown: str = ""
    """Our words for a reason that the way itself shows, with `{name}` where a name stands: to be translated."""
    name: str = ""


@dataclass(frozen=True)
class Stop:
    """A part of an edition on the way, how it was come by, and where the way goes on."""

    part: Part
    how: How
    onward: tuple[Stop, ...] = ()
    end: End | None = None
    """None where the way goes on."""
    row: DestinationRow | None = None
    """The row of a table of destinations that led here, or that says why it ended."""
    table: DestinationTable | None = None
    state: State | None = None

    def ends(self) -> Iterator[Stop]:
        """Every stop at which a path from here ends."""
        if self.end is not None:
            yield self
        for stop in self.onward:
            yield from stop.ends()

    def stops(self) -> Iterator[Stop]:
        """This stop and every one after it."""
        yield self
        for stop in self.onward:
            yield from stop.stops()

    @property
    def matched(self) -> bool:
        """Whether some step of the way from here was matched by text alone."""
        return any(stop.how == "matched" for stop in self.stops())


@dataclass
class Follower:
    """A library, and what was worked out of it on the way: nothing is compared or looked through twice."""

    library: Library
    shelf: Shelf = field(init=False)
    _rows: dict[tuple[str, str], dict[str, list[tuple[DestinationTable, DestinationRow, State]]]] = field(
        default_factory=dict
    )
    _pairs: dict[tuple[str, str, str], dict[str, list[str]]] = field(default_factory=dict)
    _within: dict[tuple[str, str], dict[str, list[Part]]] = field(default_factory=dict)
    _was: dict[tuple[str, str], dict[str, list[str]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Begin with nothing looked through."""
        self.shelf = Shelf(self.library)

    def where(self, part: Part) -> Stop:
        """The whole way of a part, as a tree where it splits."""
        return self._go_on(Stop(part, "start"), frozenset())

    def _go_on(self, here: Stop, seen: frozenset[str]) -> Stop:
        part = here.part
        plan = self.library.plan(part.plan)
        edition = plan.edition(part.edition) if plan else None
        if plan is None or edition is None or part.name in seen:
            return replace(here, end=_shown("unknown", tr_later("the way leads back to where it began")))
        seen |= {part.name}
        later = self._next_edition(plan, edition)
        if later is not None:
            return self._to_edition(here, plan, edition, later, seen)
        if edition_status(edition, self.library.as_at) in (Status.SUPERSEDED, Status.LAPSED, Status.WITHDRAWN):
            return self._to_successor(here, plan, edition, seen)
        if edition_status(edition, self.library.as_at) is Status.IN_EFFECT:
            return replace(here, end=End("in-effect"))
        return replace(here, end=_shown("unknown", tr_later("{name} was not in effect on that day"), edition.title))

    def _next_edition(self, plan: Plan, edition: Edition) -> Edition | None:
        """The next edition, if it had begun by the archive's day."""
        later = plan.after(edition)
        if later is None or later.facts is None:
            return None
        begun = first_day(later.facts.in_effect.from_)
        return later if begun is not None and begun <= self.library.as_at else None

    def _to_edition(self, here: Stop, plan: Plan, old: Edition, new: Edition, seen: frozenset[str]) -> Stop:
        place = here.part.place
        steps: list[tuple[Part, How]] = []
        same = self.shelf.part(plan.id, new.id, place)
        if same is not None:
            steps.append((same, "same"))
        if place[0] == "#":
            names = [name for name in self._renamed(new).get(place[1:], ()) if f"#{name}" != place]
            for name in names:
                found = self.shelf.part(plan.id, new.id, f"#{name}")
                several = len(new.text.front.sections[name].was) > 1
                how: How = "split" if len(names) + len(steps) > 1 else "merged" if several else "renamed"
                if found is not None:
                    steps.append((found, how))
        if not steps:
            note = _ended_by(new, place)
            if note is not None:
                return replace(here, end=note)
            if place[0] == "#":
                steps = [(found, "matched") for found in self.matched(plan, old, new, place[1:])]
        if not steps:
            no_row = tr_later("no row of {name} takes it up; no reason given")
            no_section = tr_later("no section of {name} takes it up; no reason given")
            return replace(here, end=_shown("ended", no_row if place[0] == ":" else no_section, new.title))
        return replace(here, onward=tuple(self._go_on(Stop(part, how), seen) for part, how in steps))

    def _renamed(self, new: Edition) -> dict[str, list[str]]:
        """The sections that an edition declares to have been others, by the old id."""
        key = (new.plan, new.id)
        if key not in self._was:
            self._was[key] = {}
            for old_id, new_id in new.text.declared:
                if old_id and new_id:
                    self._was[key].setdefault(old_id, []).append(new_id)
        return self._was[key]

    def matched(self, plan: Plan, old: Edition, new: Edition, section_id: str) -> list[Part]:
        """What the comparison pairs with a section that the council says nothing about."""
        key = (plan.id, old.id, new.id)
        if key not in self._pairs:
            found: dict[str, list[str]] = {}
            for change in compare(old.text.sections, new.text.sections, new.text.declared).sections:
                for section in change.old:
                    found.setdefault(section.id, []).extend(s.id for s in change.new)
            self._pairs[key] = found
        names = self._pairs[key].get(section_id, [])
        return [part for name in names if (part := self.shelf.part(plan.id, new.id, f"#{name}")) is not None]

    def _to_successor(self, here: Stop, plan: Plan, edition: Edition, seen: frozenset[str]) -> Stop:
        rows = self._recorded(plan, edition).get(here.part.place, [])
        if not rows:
            return self._inside(here, plan, edition, seen)
        onward: list[Stop] = []
        for table, row, state in rows:
            if not row.to:
                decision = row.decision
                if isinstance(decision, Unknown):
                    decision = f"decision not known: {decision.unknown.rstrip('.')}"
                kind: Literal["spent", "dropped"] = "spent" if row.disposition == "spent" else "dropped"
                end = End(kind, row.reason or "", f"{decision or ''}")
                onward.append(Stop(here.part, "destination", (), end, row, table, state))
            onward += [self._receive(here, table, row, state, target, seen) for target in row.to]
        return replace(here, onward=tuple(onward))

    def _receive(
        self,
        here: Stop,
        table: DestinationTable,
        row: DestinationRow,
        state: State,
        target: str | Outside,
        seen: frozenset[str],
    ) -> Stop:
        if isinstance(target, Outside):
            end = End("outside", row.reason or "", outside=target)
            return Stop(here.part, "destination", (), end, row, table, state)
        part = self.shelf.part(*target_name(table, target))
        if part is None:
            end = _shown("unknown", tr_later("{name} is not in the archive"), target)
            return Stop(here.part, "destination", (), end, row, table, state)
        return self._go_on(Stop(part, "destination", row=row, table=table, state=state), seen)

    def _recorded(
        self, plan: Plan, edition: Edition
    ) -> dict[str, list[tuple[DestinationTable, DestinationRow, State]]]:
        """The rows of an edition's tables, by the old part's place."""
        key = (plan.id, edition.id)
        if key not in self._rows:
            found: dict[str, list[tuple[DestinationTable, DestinationRow, State]]] = {}
            for table in self.library.destinations:
                if (table.plan, table.edition) == key:
                    for one in traced(self.library, table):
                        found.setdefault(one.row.from_, []).append((table, one.row, one.state))
            self._rows[key] = found
        return self._rows[key]

    def _inside(self, here: Stop, plan: Plan, edition: Edition, seen: frozenset[str]) -> Stop:
        """A part with no row of its own: where the parts inside it went or, with none, how the plan ended."""
        section = here.part.section
        within = [] if here.part.row or section.says_something else self._parts_of(edition).get(section.id, [])
        onward = [self._go_on(Stop(part, "inside"), seen) for part in within]
        if onward:
            return replace(here, onward=tuple(onward))
        status = plan_status(plan, self.library.as_at)
        if status is Status.LAPSED:
            return replace(here, end=_shown("lapsed", tr_later("the plan lapsed; nothing replaced it")))
        if status is Status.WITHDRAWN:
            return replace(here, end=_shown("lapsed", tr_later("the plan was withdrawn; nothing replaced it")))
        if not section.says_something and here.part.row is None:
            return replace(here, end=_shown("ended", tr_later("it held no text of its own")))
        return replace(here, end=_shown("unknown", tr_later("no destination is recorded")))

    def _parts_of(self, edition: Edition) -> dict[str, list[Part]]:
        """The numbered rows and sections that stand directly in each section of an edition."""
        key = (edition.plan, edition.id)
        if key not in self._within:
            self._within[key] = {}
            for part in parts(edition):
                holder = part.section.id if part.row is not None else "".join(part.section.path[-1:])
                if part.row is not None or holder:
                    self._within[key].setdefault(holder, []).append(part)
        return self._within[key]


def _shown(kind: Kind, words: str, name: str = "") -> End:
    """An end whose reason no editor wrote, since the way itself shows it."""
    return End(kind, words.replace("{name}", name), shown=words, name=name)


def _ended_by(new: Edition, place: str) -> End | None:
    """What an edition says of a section or row of the edition before that it does not have."""
    for note in new.text.front.changes:
        name = f"#{note.section}" if note.section else f":{note.ref}"
        if name == place and note.change in ("ended", "dropped"):
            kind: Literal["ended", "dropped"] = "ended" if note.change == "ended" else "dropped"
            return End(kind, note.reason, note.decision or "")
    return None


def followed(library: Library, edition: Edition, follower: Follower | None = None) -> dict[str, Stop]:
    """The way of every section and row of an edition, by its place."""
    follower = follower or Follower(library)
    return {place: follower.where(part) for place, part in by_place(edition).items()}


def undeclared(library: Library) -> Iterator[tuple[Edition, Edition, Section, tuple[Part, ...]]]:
    """Sections that the next edition neither keeps, renames nor ends, each with what is matched by text."""
    follower = Follower(library)
    for plan in library.plans:
        adopted = [edition for edition in plan.editions if edition.adopted]
        for old, new in pairwise(adopted):
            kept = {section.id for section in new.text.sections} | {was for was, here in new.text.declared if here}
            for section in old.text.sections:
                if section.id in kept or _ended_by(new, f"#{section.id}") is not None:
                    continue
                yield old, new, section, tuple(follower.matched(plan, old, new, section.id))


def edition_now(library: Library, plan: str) -> Edition | None:
    """The edition of a plan in effect on the archive's day."""
    found = library.plan(plan)
    return edition_on(found, library.as_at) if found else None
