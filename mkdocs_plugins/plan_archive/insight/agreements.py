"""Agreements with government that share parts and targets of plans, and the resources that actions name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ..facts import Agreement
from ..model import Edition, Library, Section
from ..status import first_day, last_day
from .figures import Figure
from .measures import Measure, PlanMeasures
from .tables import KeyedRow, actions, nobody

_POOLED = re.compile(r"\bpool(?:ed|ing)\b", re.IGNORECASE)
_SENTENCE = re.compile(r"(?<=[.!?])\s+")


@dataclass(frozen=True)
class SharedMeasure:
    """A measure that an agreement shares, in one edition, with the targets that the edition gives."""

    measure: Measure
    edition: str
    address: str
    targets: tuple[Figure, ...]


@dataclass(frozen=True)
class Shared:
    """An agreement, or a block of one, and what of the plans belongs to it."""

    key: str
    facts: Agreement | None
    """None where the register does not hold it."""
    sections: tuple[tuple[Edition, tuple[Section, ...]], ...]
    """Edition by edition, the sections that say that they belong to it."""
    measures: tuple[SharedMeasure, ...]
    """Measure by measure and edition by edition, as long as the edition and the agreement both lasted."""

    @property
    def title(self) -> str:
        """Its name."""
        return self.facts.title if self.facts else self.key


@dataclass(frozen=True)
class Resources:
    """The resources of one edition's actions."""

    edition: Edition
    actions: tuple[KeyedRow, ...]
    """Those of tables that have a column for resources."""
    without_column: int
    """How many actions stand in tables without one."""
    none: tuple[KeyedRow, ...]
    """Actions that name none."""
    pooled: tuple[KeyedRow, ...]
    """Actions that are paid from money that partners pool."""
    sections: tuple[tuple[Section, tuple[str, ...]], ...]
    """Sections whose text speaks of pooled money, with the sentences that do."""


def shared(library: Library, measures: Sequence[PlanMeasures]) -> tuple[Shared, ...]:
    """Every agreement of the register, and every other that a section or a measure names, with what belongs to it."""
    editions = [edition for plan in library.plans for edition in plan.editions]
    named = [key for e in editions for facts in e.text.front.sections.values() for key in facts.agreement]
    named += [key for row in library.registers.measures.values() for key in row.agreement]
    keys = dict.fromkeys([*library.registers.agreements, *sorted(named)])
    return tuple(_shared(library, key, editions, measures) for key in keys)


def _shared(library: Library, key: str, editions: list[Edition], measures: Sequence[PlanMeasures]) -> Shared:
    facts = library.registers.agreements.get(key)
    sections = []
    for edition in editions:
        stated = edition.text.front.sections
        here = tuple(s for s in edition.text.sections if s.id in stated and key in stated[s.id].agreement)
        if here:
            sections.append((edition, here))
    rows = []
    for found in measures:
        both = {edition.id for edition in found.editions if facts is None or _overlap(edition, facts)}
        for measure in found.measures:
            if measure.facts and key in measure.facts.agreement:
                rows += [
                    SharedMeasure(measure, edition, address, targets_of(measure, edition))
                    for edition, address in measure.addresses
                    if edition in both
                ]
    return Shared(key, facts, tuple(sections), tuple(rows))


def targets_of(measure: Measure, edition: str) -> tuple[Figure, ...]:
    """The targets that one edition gives for a measure, by year."""
    return tuple(figure for told in measure.told if told.kind == "target" for figure in told.by(edition))


def _overlap(edition: Edition, agreement: Agreement) -> bool:
    """Whether an edition was in effect on some day of the agreement; where a day is not known, it may have been."""
    if edition.facts is None:
        return True
    span = edition.facts.in_effect
    begun = (first_day(span.from_) if span.from_ else None) or date.min
    over = (last_day(span.to) if span.to else None) or date.max
    first = first_day(agreement.from_) or date.min
    last = (last_day(agreement.to) if agreement.to else None) or date.max
    return begun <= last and first <= over


def resources(library: Library) -> tuple[Resources, ...]:
    """The resources of every edition that has actions or speaks of pooled money, plan by plan."""
    found = (_resources(edition) for plan in library.plans for edition in plan.editions)
    return tuple(one for one in found if one.actions or one.without_column or one.sections)


def _resources(edition: Edition) -> Resources:
    every = actions(edition)
    told = tuple(row for row in every if "resources" in row.cells)
    return Resources(
        edition,
        told,
        len(every) - len(told),
        tuple(row for row in told if nobody(row.get("resources"))),
        tuple(row for row in told if _POOLED.search(row.get("resources"))),
        tuple((section, said) for section in edition.text.sections if (said := tuple(_spoken(section)))),
    )


def _spoken(section: Section) -> list[str]:
    """The sentences of a section that speak of pooled money; under a heading that does, the items of its lists too.

    Numbered rows are left out: they are actions or measures of their own.
    """
    whole = _POOLED.search(section.title) is not None
    said = []
    for block in section.blocks:
        if block.ref is None and block.kind != "heading":
            words = block.text.replace("\t", ": ")
            parts = [words] if whole and block.kind == "item" else _SENTENCE.split(words)
            said += [part for part in parts if _POOLED.search(part) or (whole and block.kind == "item")]
    return said or ([section.title] if whole else [])
