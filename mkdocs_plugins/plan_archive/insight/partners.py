"""Who leads and supports what, edition by edition; which actions rest on a partner with no duty to co-operate."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from ..model import Edition, Library, Plan, Section
from .applying import DutyOn, day_of, duty_on, in_effect, in_order
from .names import Users, names_of, users_in, was_asked
from .tables import KeyedRow, actions, key_of, nobody


@dataclass(frozen=True)
class Name:
    """A name in a cell, with what the register of partners knows of it."""

    words: str
    """As the plan writes it."""
    partner: str | None
    """Its key in the register; None where it is not in it."""
    duty: DutyOn
    """Whether it had a duty to co-operate on the edition's day of publication."""


@dataclass(frozen=True)
class Action:
    """One action, with who leads it, who supports it and for whom it is."""

    row: KeyedRow
    lead: tuple[Name, ...]
    support: tuple[Name, ...]
    needs: tuple[str, ...]
    """Keys of the register of needs groups."""

    @property
    def partners(self) -> frozenset[str]:
        """Keys of the partners that lead or support it."""
        return frozenset(name.partner for name in (*self.lead, *self.support) if name.partner)

    @property
    def without_duty(self) -> tuple[Name, ...]:
        """Partners that it rests on and that had no duty to co-operate; each once."""
        found = {name.partner: name for name in (*self.lead, *self.support) if name.partner and name.duty == "no"}
        return tuple(found.values())


@dataclass(frozen=True)
class Tagged:
    """One section, with the partners and needs groups that the front matter gives it."""

    section: Section
    partners: tuple[str, ...]
    needs: tuple[str, ...]


@dataclass(frozen=True)
class Share:
    """What one partner has in one edition."""

    partner: str
    leads: tuple[Action, ...]
    supports: tuple[Action, ...]
    sections: tuple[Tagged, ...]

    @property
    def actions(self) -> tuple[Action, ...]:
        """The actions that it leads or supports, each once."""
        led = {action.row.ref for action in self.leads}
        return (*self.leads, *(action for action in self.supports if action.row.ref not in led))


@dataclass(frozen=True)
class Involved:
    """How users had a part in one edition."""

    actions: tuple[Action, ...]
    """Those that name them as a partner."""
    asked: tuple[tuple[str, Users], ...]
    """Lines of its consultation that are about them, each with which users; one line may be about both."""
    not_asked: tuple[str, ...]
    """Lines that say they were not asked."""

    def who(self, users: Users) -> tuple[str, ...]:
        """The lines about children, or about parents."""
        return tuple(words for words, kind in self.asked if kind == users)


@dataclass(frozen=True)
class EditionPartners:
    """The partners of one edition."""

    plan: Plan
    edition: Edition
    day: date
    """Its day of publication."""
    actions: tuple[Action, ...]
    sections: tuple[Tagged, ...]
    """Those with a partner."""
    users: Involved

    @cached_property
    def shares(self) -> dict[str, Share]:
        """What each partner of the register has in it, by key."""
        found = {name for action in self.actions for name in action.partners}
        found |= {name for tagged in self.sections for name in tagged.partners}
        return {
            key: Share(
                key,
                tuple(a for a in self.actions if any(name.partner == key for name in a.lead)),
                tuple(a for a in self.actions if any(name.partner == key for name in a.support)),
                tuple(tagged for tagged in self.sections if key in tagged.partners),
            )
            for key in sorted(found)
        }

    @cached_property
    def resting(self) -> tuple[Action, ...]:
        """Actions that rest on a partner with no duty to co-operate."""
        return tuple(action for action in self.actions if action.without_duty)

    @cached_property
    def alone(self) -> tuple[Action, ...]:
        """Actions that name no partner, in tables that have a column for partners."""
        return tuple(a for a in self.actions if not a.support and "partners" in a.row.cells)

    @cached_property
    def no_column(self) -> tuple[Action, ...]:
        """Actions in tables that have no column for partners."""
        return tuple(action for action in self.actions if "partners" not in action.row.cells)

    @cached_property
    def leads(self) -> tuple[tuple[Name, tuple[Action, ...]], ...]:
        """Who leads, as the plan writes it, with what; who leads most first."""
        found: dict[str, tuple[Name, list[Action]]] = {}
        for action in self.actions:
            for name in action.lead:
                found.setdefault(name.words.casefold(), (name, []))[1].append(action)
        rows = sorted(found.values(), key=lambda row: (-len(row[1]), row[0].words.casefold()))
        return tuple((name, tuple(led)) for name, led in rows)

    @cached_property
    def unregistered(self) -> tuple[tuple[str, tuple[Action, ...]], ...]:
        """Partners' names that are not in the register, with where they stand."""
        found: dict[str, tuple[str, list[Action]]] = {}
        for action in self.actions:
            for name in action.support:
                if name.partner is None:
                    found.setdefault(name.words.casefold(), (name.words, []))[1].append(action)
        return tuple((words, tuple(stood)) for words, stood in found.values())

    def meeting(self, needs: str, partner: str) -> tuple[tuple[Action, ...], tuple[Tagged, ...]]:
        """The actions and sections in which a partner meets a needs group."""
        met = tuple(a for a in self.actions if needs in a.needs and partner in a.partners)
        return met, tuple(t for t in self.sections if needs in t.needs and partner in t.partners)


@dataclass(frozen=True)
class PlanPartners:
    """The partners of a plan, edition by edition, the earliest first."""

    plan: Plan
    in_effect: bool
    editions: tuple[EditionPartners, ...]


def partners_of(library: Library) -> tuple[PlanPartners, ...]:
    """Every plan that names a partner or a lead, those in effect first."""
    found = []
    for plan in in_order(library):
        editions = tuple(_edition(library, plan, edition) for edition in plan.editions)
        named = tuple(edition for edition in editions if edition.actions or edition.sections)
        if named:
            found.append(PlanPartners(plan, in_effect(library, plan), named))
    return tuple(found)


def without_any(library: Library, edition: EditionPartners) -> tuple[str, ...]:
    """The needs groups for which an edition names no partner, by key."""
    return tuple(
        needs
        for needs in library.registers.needs_groups
        if not any(any(edition.meeting(needs, partner)) for partner in edition.shares)
    )


def unnamed(library: Library, editions: tuple[EditionPartners, ...]) -> tuple[str, ...]:
    """The partners of the register that none of some editions names, by key."""
    return tuple(key for key in library.registers.partners if not any(key in edition.shares for edition in editions))


def _edition(library: Library, plan: Plan, edition: Edition) -> EditionPartners:
    day = day_of(library, edition)
    partners = names_of(library.registers.partners)
    needs = names_of(library.registers.needs_groups)

    def name(words: str) -> Name:
        key = partners.get(key_of(words))
        return Name(words, key, duty_on(library.registers.partners[key], day) if key else "unknown")

    done = tuple(
        Action(
            row,
            tuple(name(words) for words in _leads(row)),
            tuple(name(words) for words in row.named("partners")),
            tuple(dict.fromkeys(needs[key_of(w)] for w in row.named("needs") if key_of(w) in needs)),
        )
        for row in actions(edition)
    )
    facts = edition.text.front.sections
    tagged = tuple(
        Tagged(section, facts[section.id].partners, facts[section.id].needs)
        for section in edition.text.sections
        if section.id in facts and facts[section.id].partners
    )
    return EditionPartners(plan, edition, day, done, tagged, _involved(edition, done))


def _leads(row: KeyedRow) -> Iterator[str]:
    """Who leads an action. A post may hold a comma, so leads are parted by semicolons only."""
    for part in row.get("lead").split(";"):
        words = " ".join(part.split()).strip(" .")
        if not nobody(words):
            yield words


def _involved(edition: Edition, done: tuple[Action, ...]) -> Involved:
    lines = [(line, users_in(line.who)) for line in edition.text.front.consultation]
    lines = [(line, users) for line, users in lines if users]
    return Involved(
        tuple(a for a in done if any(users_in(name.words) for name in a.support if name.partner is None)),
        tuple((line.who, kind) for line, users in lines if was_asked(line.how, line.when) for kind in users),
        tuple(line.who for line, _ in lines if not was_asked(line.how, line.when)),
    )
