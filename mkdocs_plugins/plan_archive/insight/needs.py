"""What each needs group has: sections, actions and measures, over the editions and in the plans that were replaced."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..facts import REF, Term
from ..model import Edition, Library, Plan, Section
from .applying import in_effect, in_order
from .names import names_of
from .tables import KeyedRow, actions, key_of, keyed_rows

_REF = re.compile(REF.strip("^$"))


@dataclass(frozen=True)
class EditionNeeds:
    """What one edition has for one needs group."""

    plan: Plan
    edition: Edition
    sections: tuple[Section, ...]
    """Those that the front matter gives to the group."""
    actions: tuple[KeyedRow, ...]
    """Those whose `Needs` cell names it."""
    measures: tuple[KeyedRow, ...]
    """Those by which these actions are measured, and those that stand in its sections or name it."""

    @property
    def nothing(self) -> bool:
        """Whether the edition has nothing for the group."""
        return not (self.sections or self.actions or self.measures)


@dataclass(frozen=True)
class GroupNeeds:
    """One needs group."""

    key: str
    group: Term
    current: tuple[EditionNeeds, ...]
    """Every edition of the plans in effect, those with nothing too."""
    replaced: tuple[EditionNeeds, ...]
    """The editions of the other plans that have something for it."""


@dataclass(frozen=True)
class Unregistered:
    """A name in a `Needs` cell that no needs group goes by."""

    words: str
    row: KeyedRow


def needs_of(library: Library) -> tuple[GroupNeeds, ...]:
    """Every needs group of the register, in its order."""
    known = names_of(library.registers.needs_groups)
    found = []
    for key, group in library.registers.needs_groups.items():
        current, replaced = [], []
        for plan in in_order(library):
            for edition in plan.editions:
                has = _has(plan, edition, key, known)
                if in_effect(library, plan):
                    current.append(has)
                elif not has.nothing:
                    replaced.append(has)
        found.append(GroupNeeds(key, group, tuple(current), tuple(replaced)))
    return tuple(found)


def unregistered(library: Library) -> tuple[Unregistered, ...]:
    """The names in `Needs` cells that no needs group goes by."""
    known = names_of(library.registers.needs_groups)
    return tuple(
        Unregistered(words, row)
        for plan in in_order(library)
        for edition in plan.editions
        for row in keyed_rows(edition)
        for words in row.named("needs")
        if key_of(words) not in known
    )


def _has(plan: Plan, edition: Edition, key: str, known: dict[str, str]) -> EditionNeeds:
    facts = edition.text.front.sections
    sections = tuple(s for s in edition.text.sections if s.id in facts and key in facts[s.id].needs)

    def names(row: KeyedRow) -> bool:
        return any(known.get(key_of(words)) == key for words in row.named("needs"))

    done = tuple(row for row in actions(edition) if names(row))
    cited = {ref for row in done for ref in _REF.findall(row.get("measure"))}
    inside = {section.id for section in sections}
    measures = tuple(
        row
        for row in keyed_rows(edition)
        if "lead" not in row.cells and (row.ref in cited or row.section.id in inside or names(row))
    )
    return EditionNeeds(plan, edition, sections, done, measures)
