"""What was found about earlier planning, by kind, and for the plans that it is about."""

from __future__ import annotations

from dataclasses import dataclass

from ..facts import Lesson, Term
from ..language import tr_later
from ..model import Library
from .names import names_of
from .tables import key_of

KINDS = {
    "why-plans-failed": tr_later("Why earlier plans failed"),
    "driver": tr_later("What set joint planning going"),
    "barrier": tr_later("What stood in its way"),
    "structure": tr_later("How planning was organised"),
    "survey": tr_later("What the survey counted"),
    "step": tr_later("Steps for partners"),
    "sampling-sector": tr_later("The sectors of the sampling visits"),
}
"""The kinds of findings, in the order in which they are told."""


@dataclass(frozen=True)
class Sector:
    """One sector of the sampling visits, beside the needs group that goes by the same name."""

    key: str
    lesson: Lesson
    group: str | None
    """A key of the register of needs groups; None where the sector is no needs group of its own."""


def by_kind(library: Library, plan: str | None = None) -> tuple[tuple[str, tuple[tuple[str, Lesson], ...]], ...]:
    """The findings of each kind that has any, by key; of one plan only where it is named."""
    found = []
    for kind in KINDS:
        rows = tuple(
            (key, row)
            for key, row in library.registers.lessons.items()
            if row.kind == kind and (plan is None or plan in row.plans)
        )
        if rows:
            found.append((kind, rows))
    return tuple(found)


def sectors(library: Library) -> tuple[Sector, ...]:
    """The sectors of the sampling visits: a second scheme beside the needs groups."""
    groups = library.registers.needs_groups
    known = names_of(groups)
    rows = [(key, row) for key, row in library.registers.lessons.items() if row.kind == "sampling-sector"]
    return tuple(
        Sector(key, row, known.get(key_of(row.title)) or known.get(key.removeprefix("sector-"))) for key, row in rows
    )


def not_sampled(library: Library) -> dict[str, Term]:
    """The needs groups that were no sector of the sampling visits, by key."""
    seen = {sector.group for sector in sectors(library)}
    return {key: group for key, group in library.registers.needs_groups.items() if key not in seen}
