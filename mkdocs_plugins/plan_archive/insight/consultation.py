"""Who was asked about each edition, how, when and what changed; and which of those whom the law names were not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ..facts import Consulted, Consultee
from ..model import Edition, Library, Plan
from .applying import applies, bound, day_of, held, in_order
from .names import users_in, was_asked


@dataclass(frozen=True)
class Named:
    """One of those whom the law names, and the lines about them."""

    key: str
    consultee: Consultee
    entries: tuple[Consulted, ...]

    @property
    def asked(self) -> bool:
        """Whether a line says that they were asked."""
        return any(was_asked(entry.how, entry.when) for entry in self.entries)


@dataclass(frozen=True)
class EditionConsultation:
    """The consultation about one edition."""

    plan: Plan
    edition: Edition
    day: date
    """Its day of publication."""
    named: tuple[Named, ...]
    """Those whom the law named on that day, children and families first; none where no law of the register applied."""
    others: tuple[Consulted, ...]
    """Lines about anyone else."""

    @property
    def new_plan(self) -> bool:
        """Whether the edition is a new plan, on which the whole list had to be asked; not a yearly refresh."""
        return self.edition.text.front.kind == "plan"

    @property
    def missing(self) -> tuple[Named, ...]:
        """Those of the list about whom nothing is recorded, or that they were not asked."""
        return tuple(row for row in self.named if not row.asked)


@dataclass(frozen=True)
class PlanConsultation:
    """The consultation about a plan, edition by edition."""

    plan: Plan
    listed: bool
    """Whether the register of consultees holds the law under which it was made."""
    editions: tuple[EditionConsultation, ...]

    @property
    def consultees(self) -> tuple[str, ...]:
        """Everyone whom the law named for some edition, by key, in the order of the latest."""
        keys = [row.key for edition in reversed(self.editions) for row in edition.named]
        return tuple(dict.fromkeys(keys))


def consultation_of(library: Library) -> tuple[PlanConsultation, ...]:
    """Every plan of which an edition says whom it asked, or had to ask someone; those with a list of law first."""
    found = []
    for plan in in_order(library):
        editions = tuple(_edition(library, plan, edition) for edition in plan.editions)
        told = tuple(each for each in editions if each.named or each.others)
        if told:
            found.append(PlanConsultation(plan, held(plan, library.registers.consultees), told))
    return tuple(sorted(found, key=lambda row: not row.listed))


def _edition(library: Library, plan: Plan, edition: Edition) -> EditionConsultation:
    day = day_of(library, edition)
    rows = library.registers.consultees
    due = [key for key, row in rows.items() if applies(plan, row, day)] if bound(plan, day) else []
    due.sort(key=lambda key: not users_in(rows[key].title))
    lines = edition.text.front.consultation
    named = tuple(Named(key, rows[key], tuple(line for line in lines if line.consultee == key)) for key in due)
    return EditionConsultation(plan, edition, day, named, tuple(line for line in lines if line.consultee not in due))
