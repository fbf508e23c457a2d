"""Which editions are compared on the site, and what each section's history is over all of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import combinations, pairwise

from ..addresses import comparison_address, edition_address
from ..compare import compare
from ..compare.own import within
from ..compare.telling import Finding, RowChange, findings, row_changes, with_reasons
from ..language import tr
from ..model import Comparison, Edition, Library, Plan, SectionChange
from .remarks import labels

MOST = 12
"""Editions up to which any two of a plan are compared; neighbours always are."""


@dataclass(frozen=True)
class Pair:
    """Two editions of a plan and what changed between them."""

    plan: Plan
    old: Edition
    new: Edition
    comparison: Comparison
    rows: tuple[RowChange, ...]
    """Keyed rows that are no measures and came or went."""
    neighbours: bool

    @property
    def address(self) -> str:
        """Its page."""
        return comparison_address(self.plan.id, self.old.id, self.new.id)

    @property
    def title(self) -> str:
        """Its title."""
        return tr("{plan}: {old} to {new}", plan=self.plan.facts.title, old=self.old.id, new=self.new.id)

    @property
    def told(self) -> tuple[str, ...]:
        """It in a few sentences."""
        return tuple(finding.text for finding in self.findings)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The same, each with its short form and whether it is what an auditor looks for."""
        return findings(self.comparison, self.rows)


@dataclass(frozen=True)
class Step:
    """What became of a section in one edition."""

    edition: Edition
    said: str
    """unchanged, changed, moved ...; "first edition here" at the start."""
    address: str
    """The comparison, or the edition where there is none."""
    section: str
    """Its id there."""
    kept: bool = False
    """Whether nothing about it changed."""


def compared_pairs(library: Library) -> tuple[Pair, ...]:
    """Every comparison that the site shows."""
    pairs: list[Pair] = []
    for plan in library.plans:
        near = {(a.id, b.id) for a, b in pairwise(plan.editions)}
        chosen: Iterable[tuple[Edition, Edition]] = combinations(plan.editions, 2)
        if len(plan.editions) > MOST:
            chosen = pairwise(plan.editions)
        pairs += [compared(plan, old, new, neighbours=(old.id, new.id) in near) for old, new in chosen]
    return tuple(pairs)


def compared(plan: Plan, old: Edition, new: Edition, *, neighbours: bool) -> Pair:
    """Two editions compared, with the reasons that the new one gives."""
    before, after = old.text.sections, new.text.sections
    notes = new.text.front.changes
    found = compare(
        within(before, f"{plan.id}@{old.id}"),
        within(after, f"{plan.id}@{new.id}"),
        new.text.declared if plan.before(new) is old else (),
    )
    found = replace(found, measures=with_reasons(found.measures, notes))
    return Pair(plan, old, new, found, row_changes(before, after, notes), neighbours)


def histories(plan: Plan, pairs: Iterable[Pair], edition: Edition) -> dict[str, tuple[Step, ...]]:
    """For each section of an edition, what became of it in every edition up to this one, the latest first."""
    by_new = {pair.new.id: pair for pair in pairs if pair.plan.id == plan.id and pair.neighbours}
    return {section.id: tuple(_steps(by_new, edition, section.id)) for section in edition.text.sections if section.id}


def _steps(by_new: dict[str, Pair], edition: Edition, section_id: str) -> list[Step]:
    steps = []
    here, name = edition, section_id
    while True:
        pair = by_new.get(here.id)
        change = _change_of(pair, name) if pair else None
        if pair is None or change is None:
            steps.append(Step(here, tr("first edition here"), edition_address(here.plan, here.id) + f"#{name}", name))
            return steps
        said = ", ".join(labels(change)) or tr("unchanged")
        # Sections that were split stand on the comparison together, under the first.
        steps.append(Step(here, said, pair.address + f"#{change.new[0].id}", name, kept=not change.change))
        if not change.old:
            return steps
        here, name = pair.old, change.old[0].id


def _change_of(pair: Pair, section_id: str) -> SectionChange | None:
    return next((c for c in pair.comparison.sections if any(s.id == section_id for s in c.new)), None)
