"""Which rules applied to an edition: by the plan's law, its duty, and the edition's day of publication."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Literal

from ..facts import Consultee, Partner, Requirement, When
from ..model import Edition, Library, Plan
from ..status import DutyStatus, Status, duty_status, first_day, last_day, plan_status

DutyOn = Literal["yes", "no", "unknown"]
"""Whether a partner had a duty to co-operate on a day."""


def day_of(library: Library, edition: Edition) -> date:
    """The day by which rules apply to an edition: that of its publication; of a draft, the archive's day."""
    return edition.versions[0].front.published or library.as_at


def in_span(start: When | None, end: When | None, day: date) -> bool:
    """Whether a rule with these first and last days may have applied on a day; a day in doubt counts."""
    first, last = first_day(start), last_day(end)
    return (first is None or first <= day) and (last is None or day <= last)


def duty_on(partner: Partner, day: date) -> DutyOn:
    """Whether a partner had a duty to co-operate on a day."""
    duty = partner.duty
    if duty is None:
        return "no"
    surely, begun = last_day(duty.from_), first_day(duty.from_)
    if begun is not None and day < begun:
        return "no"
    if surely is None or day < surely:
        return "unknown"
    if duty.ended is None:
        return "yes"
    first, last = first_day(duty.ended), last_day(duty.ended)
    if first is None or last is None:
        return "unknown"
    return "yes" if day < first else "no" if day >= last else "unknown"


def held(plan: Plan, rows: Mapping[str, Requirement] | Mapping[str, Consultee]) -> bool:
    """Whether a register of rules holds any of the law under which a plan was made."""
    basis = plan.facts.legal_basis
    return isinstance(basis, tuple) and any(row.law in basis for row in rows.values())


def bound(plan: Plan, day: date) -> bool:
    """Whether the duty to make a plan was in force on a day, or may have been."""
    return duty_status(plan.facts.duty, day) in (DutyStatus.IN_FORCE, DutyStatus.UNKNOWN)


def applies(plan: Plan, row: Requirement | Consultee, day: date) -> bool:
    """Whether a rule held for an edition of a plan published on a day."""
    basis = plan.facts.legal_basis
    return isinstance(basis, tuple) and row.law in basis and in_span(row.from_, row.to, day) and bound(plan, day)


def in_order(library: Library) -> tuple[Plan, ...]:
    """The plans with editions: those in effect on the archive's day first, then the others by title."""
    held_ = [plan for plan in library.plans if plan.editions]
    return tuple(sorted(held_, key=lambda plan: (not in_effect(library, plan), plan.facts.title.casefold(), plan.id)))


def in_effect(library: Library, plan: Plan) -> bool:
    """Whether a plan is in effect on the archive's day, or is a draft of one to come."""
    return plan_status(plan, library.as_at) in (Status.IN_EFFECT, Status.APPROVED, Status.DRAFT)
