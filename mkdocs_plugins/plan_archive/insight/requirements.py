"""Where each edition meets what the law asks it to contain, and the steps of joint planning; and whether in time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from ..facts import Due, EditionFacts, Requirement, Term
from ..model import Edition, Library, Plan, Section
from ..status import first_day, last_day
from .applying import applies, bound, day_of, held, in_order
from .names import names_of
from .tables import KeyedRow, actions, key_of

Verdict = Literal["on-time", "late", "exempt", "not-known", "not-published"]


@dataclass(frozen=True)
class Item:
    """One thing that a plan must contain, and the sections that hold it."""

    key: str
    requirement: Requirement
    sections: tuple[Section, ...]


@dataclass(frozen=True)
class Step:
    """One step of joint planning, with the sections and actions that take it."""

    key: str
    step: Term
    sections: tuple[Section, ...]
    actions: tuple[KeyedRow, ...]

    @property
    def taken(self) -> bool:
        """Whether the edition takes it anywhere."""
        return bool(self.sections or self.actions)


@dataclass(frozen=True)
class Timing:
    """Whether an edition was published by the day on which the law asked for it."""

    due: Due
    verdict: Verdict
    days: int
    """How many days after the last day allowed, where it was late."""


@dataclass(frozen=True)
class EditionRequirements:
    """What one edition meets."""

    plan: Plan
    edition: Edition
    day: date
    """Its day of publication."""
    items: tuple[Item, ...]
    """What the law asked for on that day; nothing where no law of the register applied."""
    steps: tuple[Step, ...]
    """Every step of the register."""
    timing: Timing | None

    @property
    def facts(self) -> EditionFacts | None:
        """The dated facts about it."""
        return self.edition.facts

    @property
    def unmet(self) -> tuple[Item, ...]:
        """What no section is recorded to hold."""
        return tuple(item for item in self.items if not item.sections)

    @property
    def untaken(self) -> tuple[Step, ...]:
        """Steps that neither a section nor an action takes."""
        return tuple(step for step in self.steps if not step.taken)


@dataclass(frozen=True)
class MissingYear:
    """A year in which the law asked for an edition and the archive holds none."""

    year: int
    over: bool
    """Whether the year had ended on the archive's day."""


@dataclass(frozen=True)
class PlanRequirements:
    """A plan with a legal duty, edition by edition."""

    plan: Plan
    listed: bool
    """Whether the register of required contents holds the law under which it was made."""
    editions: tuple[EditionRequirements, ...]
    missing: tuple[MissingYear, ...]

    @property
    def items(self) -> tuple[str, ...]:
        """Everything asked for of some edition, by key, in the register's order."""
        return tuple(dict.fromkeys(item.key for edition in self.editions for item in edition.items))


def requirements_of(library: Library) -> tuple[PlanRequirements, ...]:
    """Every plan that there was a duty to make, those whose required contents are in the register first."""
    found = []
    for plan in in_order(library):
        if plan.facts.duty.status == "none":
            continue
        listed = held(plan, library.registers.required_contents)
        editions = tuple(edition_requirements(library, plan, edition) for edition in plan.editions)
        found.append(PlanRequirements(plan, listed, editions, missing_years(library, plan)))
    return tuple(sorted(found, key=lambda row: not row.listed))


def steps_elsewhere(library: Library) -> tuple[EditionRequirements, ...]:
    """The editions of the other plans, where one takes a step: those that no list of required contents holds for."""
    contents = library.registers.required_contents
    told = [
        edition_requirements(library, plan, edition)
        for plan in in_order(library)
        if not held(plan, contents)
        for edition in plan.editions
    ]
    return tuple(edition for edition in told if any(step.taken for step in edition.steps))


def edition_requirements(library: Library, plan: Plan, edition: Edition) -> EditionRequirements:
    """What one edition of a plan meets."""
    day = day_of(library, edition)
    facts = edition.text.front.sections
    sections = [(section, facts[section.id]) for section in edition.text.sections if section.id in facts]
    asked = library.registers.required_contents if edition.text.front.kind != "review" else {}
    items = tuple(
        Item(key, row, tuple(section for section, stated in sections if key in stated.requirement))
        for key, row in asked.items()
        if applies(plan, row, day)
    )
    known = names_of(library.registers.steps)
    rows = [(row, {known.get(key_of(name)) for name in row.named("step")}) for row in actions(edition)]
    steps = tuple(
        Step(
            key,
            step,
            tuple(section for section, stated in sections if key in stated.step),
            tuple(row for row, named in rows if key in named),
        )
        for key, step in library.registers.steps.items()
    )
    return EditionRequirements(plan, edition, day, items, steps, _timing(edition))


def missing_years(library: Library, plan: Plan) -> tuple[MissingYear, ...]:
    """The years, from the first that an edition was due, in which the duty stood all year and no edition came."""
    due = [first_day(e.facts.due.on) for e in plan.editions if e.facts and e.facts.due]
    known = [day.year for day in due if day is not None]
    if not known:
        return ()
    there = {*known, *(day_of(library, edition).year for edition in plan.editions if not edition.draft)}
    return tuple(
        MissingYear(year, year < library.as_at.year)
        for year in range(min(known), library.as_at.year + 1)
        if year not in there and bound(plan, date(year, 12, 31)) and bound(plan, date(year, 1, 1))
    )


def _timing(edition: Edition) -> Timing | None:
    if edition.facts is None or edition.facts.due is None:
        return None
    due = edition.facts.due
    published, latest = edition.facts.publication.website, last_day(due.on)
    if due.exempt is not None:
        return Timing(due, "exempt", 0)
    if published is None:
        return Timing(due, "not-published", 0)
    first, last = first_day(published), last_day(published)
    if latest is None or first is None or last is None:
        return Timing(due, "not-known", 0)
    if first > latest:
        return Timing(due, "late", (first - latest).days)
    return Timing(due, "on-time" if last <= latest else "not-known", 0)
