"""What follows for a day from the dated facts: whether an edition, a plan, a duty stood then.

A status is never written down and never a default. "In force" is said of law and duties only; a plan is "in effect".
"""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from enum import StrEnum

from .facts import About, DecisionMade, Duty, EditionFacts, InEffect, When
from .model import Edition, Plan


class Status(StrEnum):
    """How an edition or a plan stood on a day."""

    DRAFT = "draft"
    NOT_YET_APPROVED = "not-yet-approved"
    APPROVED = "approved"
    IN_EFFECT = "in-effect"
    SUPERSEDED = "superseded"
    LAPSED = "lapsed"
    WITHDRAWN = "withdrawn"
    NEVER_ADOPTED = "never-adopted"
    UNKNOWN = "unknown"


class DutyStatus(StrEnum):
    """How a legal duty stood on a day."""

    NONE = "none"
    PROSPECTIVE = "prospective"
    IN_FORCE = "in-force"
    ENDED = "ended"
    NEVER_COMMENCED = "never-commenced"
    UNKNOWN = "unknown"


def first_day(when: When | None) -> date | None:
    """The earliest day that a stated date allows; None where it is not known."""
    if isinstance(when, About):
        year, _, month = when.about.partition("-")
        return date(int(year), int(month or 1), 1)
    return when if isinstance(when, date) else None


def last_day(when: When | None) -> date | None:
    """The latest day that a stated date allows; None where it is not known."""
    if isinstance(when, About):
        year, _, month = when.about.partition("-")
        number = int(month or 12)
        return date(int(year), number, calendar.monthrange(int(year), number)[1])
    return when if isinstance(when, date) else None


def day_after(when: When | None) -> date | None:
    """The day after a stated last day; None where the day is not known exactly."""
    return when + timedelta(days=1) if isinstance(when, date) else None


def edition_status(edition: Edition, day: date) -> Status:
    """How an edition stood on a day."""
    if edition.draft or edition.facts is None:
        return Status.DRAFT
    return facts_status(edition.facts, day)


def facts_status(facts: EditionFacts, day: date) -> Status:
    """How the edition with these facts stood on a day."""
    span = facts.in_effect
    end = last_day(span.to)
    if span.ended_by is not None and end is not None and day > end:
        return Status(span.ended_by)
    start = first_day(span.from_)
    if span.ended_by == "never-adopted":
        return Status.UNKNOWN if end is None else Status.NOT_YET_APPROVED
    if start is None:
        return Status.UNKNOWN
    if day < start:
        decided = facts.decision.date if isinstance(facts.decision, DecisionMade) else None
        if decided is None:
            return Status.UNKNOWN
        return Status.APPROVED if decided <= day else Status.NOT_YET_APPROVED
    return Status.UNKNOWN if _in_doubt(span, day) else Status.IN_EFFECT


def _in_doubt(span: InEffect, day: date) -> bool:
    """Whether a day lies where the first or last day, known to its month or year only or not at all, leaves it open."""
    begun, over = last_day(span.from_), first_day(span.to)
    if begun is not None and day < begun:
        return True
    return span.to is not None and (over is None or day > over)


def plan_status(plan: Plan, day: date) -> Status:
    """How a plan stood on a day: as its edition in effect, or else as the last that had ended, or the next."""
    published = [edition for edition in plan.editions if not edition.draft and edition.facts]
    statuses = [edition_status(edition, day) for edition in published]
    if Status.IN_EFFECT in statuses:
        return Status.IN_EFFECT
    if not published:
        return _without_text(plan, day)
    if Status.APPROVED in statuses:
        return Status.APPROVED
    begun = [status for status in statuses if status not in (Status.NOT_YET_APPROVED, Status.NEVER_ADOPTED)]
    return begun[-1] if begun else statuses[-1]


def _without_text(plan: Plan, day: date) -> Status:
    """A plan of which the archive holds no edition: what its succession alone tells."""
    if plan.editions:
        return Status.DRAFT
    ended = [last_day(succession.on) for succession in plan.facts.superseded_by]
    if ended and all(on is not None and day >= on for on in ended):
        return Status.SUPERSEDED
    return Status(plan.facts.ended_by) if plan.facts.ended_by else Status.UNKNOWN


def edition_on(plan: Plan, day: date) -> Edition | None:
    """The edition of a plan that was in effect on a day."""
    return next((e for e in plan.editions if edition_status(e, day) is Status.IN_EFFECT), None)


def last_edition(plan: Plan, day: date) -> Edition | None:
    """The edition in effect on a day or, where there is none, the last that had been."""
    current = edition_on(plan, day)
    if current:
        return current
    begun = [e for e in plan.editions if e.facts and (first_day(e.facts.in_effect.from_) or date.max) <= day]
    if begun:
        return begun[-1]
    return plan.editions[-1] if plan.editions else None


def duty_status(duty: Duty, day: date) -> DutyStatus:
    """How the duty to make a plan stood on a day."""
    if duty.status in ("none", "never-commenced"):
        return DutyStatus(duty.status)
    if duty.status == "prospective" and duty.from_ is None:
        return DutyStatus.PROSPECTIVE
    over = last_day(duty.ended)
    if over is not None and day >= over:
        return DutyStatus.ENDED
    start = first_day(duty.from_)
    if start is None or (duty.ended is not None and over is None):
        return DutyStatus.UNKNOWN
    return DutyStatus.PROSPECTIVE if day < start else DutyStatus.IN_FORCE
