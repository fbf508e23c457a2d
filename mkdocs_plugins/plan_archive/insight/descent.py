"""The line of descent: when each plan was in effect, how it ended, and what took it up.

The end of a plan and the end of the duty to make it are two facts and stay two. A plan of which the archive holds no
edition has no place in time, whatever is known about its duty.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from ..facts import Succession, When
from ..model import Edition, Library, Plan
from ..status import Status, first_day, last_day, plan_status


@dataclass(frozen=True)
class Span:
    """One edition's time in effect."""

    edition: Edition
    begins: When | None
    ends: When | None
    """The last day; None while it lasts."""


@dataclass(frozen=True)
class Line:
    """One plan on the line of descent."""

    plan: Plan
    status: Status
    """On the archive's day."""
    spans: tuple[Span, ...]
    """Of every edition that was adopted; none where the archive holds no such edition."""
    ended: When | None
    """The last day of its last edition."""
    ended_by: str | None
    """superseded, lapsed, withdrawn or never-adopted; None while it lasts, or where nobody knows."""
    duty_from: When | None
    duty_ended: When | None
    successions: tuple[Succession, ...]
    """What took it up, whole or in part."""

    @property
    def lapsed(self) -> bool:
        """Whether it ended and nothing took its place."""
        return self.ended_by is not None and not self.successions


@dataclass(frozen=True)
class Descent:
    """Plans in the order of their time, those that took others up after them."""

    lines: tuple[Line, ...]
    day: date
    """The day for which the archive speaks."""

    @property
    def dated(self) -> bool:
        """Whether there is anything to place in time."""
        return any(line.spans for line in self.lines)


def descent(library: Library, of: Plan | None = None) -> Descent:
    """The line of descent of all plans, or of one plan with what it took up and what took it up."""
    chosen = library.plans if of is None else tuple(_family(library, of))
    levels = _levels(library, chosen)
    lines = [_line(plan, library.as_at) for plan in chosen]
    ordered = sorted(lines, key=lambda line: (levels[line.plan.id], _first(line), line.plan.id))
    return Descent(tuple(ordered), library.as_at)


def _line(plan: Plan, day: date) -> Line:
    facts = plan.facts
    adopted = [(e, e.facts.in_effect) for e in plan.editions if e.adopted and e.facts]
    last = adopted[-1][1] if adopted else None
    if last is not None:
        ended_by = last.ended_by
    else:
        given_up = any(e.facts and e.facts.in_effect.ended_by == "never-adopted" for e in plan.editions)
        ended_by = "superseded" if facts.superseded_by else "never-adopted" if given_up else facts.ended_by
    return Line(
        plan,
        plan_status(plan, day),
        tuple(Span(edition, effect.from_, effect.to) for edition, effect in adopted),
        last.to if last else None,
        ended_by,
        facts.duty.from_,
        facts.duty.ended,
        facts.superseded_by,
    )


def _first(line: Line) -> date:
    """By what a plan is placed among others: its first edition's first day or, without one, its duty's."""
    begins = line.spans[0].begins if line.spans else line.duty_from
    ends = last_day(line.spans[0].ends) if line.spans else None
    return first_day(begins) or ends or date.max


def _family(library: Library, plan: Plan) -> Iterator[Plan]:
    """A plan, all that led to it and all that it led to, each once."""
    yield plan
    for before in (True, False):
        seen, waiting = {plan.id}, [plan]
        while waiting:
            here = waiting.pop(0)
            for succession in here.facts.supersedes if before else here.facts.superseded_by:
                other = library.plan(succession.plan)
                if other is not None and other.id not in seen:
                    seen.add(other.id)
                    waiting.append(other)
                    yield other


def _levels(library: Library, plans: Sequence[Plan]) -> dict[str, int]:
    """How many steps of succession lie before each plan; a plan always stands below those that it took up."""
    here = {plan.id for plan in plans}
    levels = dict.fromkeys(sorted(here), 0)
    for _ in levels:  # a chain is never longer than the plans are many, and a ring ends here too
        for plan in plans:
            for succession in plan.facts.superseded_by:
                if succession.plan in here and library.plan(succession.plan) is not None:
                    levels[succession.plan] = min(max(levels[succession.plan], levels[plan.id] + 1), len(levels))
    return levels


@dataclass(frozen=True)
class Stretch:
    """A span on a scale of days: from its first possible day to the day after its last."""

    begin: date | None
    """None where nothing is known about it."""
    end: date | None
    begin_exact: bool
    end_exact: bool
    lasts: bool
    """Whether it has no end yet."""


def stretch(span: Span, day: date) -> Stretch:
    """Where an edition's time lies; one that lasts is followed to the archive's day."""
    begin = first_day(span.begins)
    end: date | None
    if span.ends is None:
        reached = day + timedelta(days=1)
        end = reached if begin is None or begin < reached else begin + timedelta(days=1)
    else:
        last = last_day(span.ends)
        end = last + timedelta(days=1) if last else None
    return Stretch(begin, end, isinstance(span.begins, date), isinstance(span.ends, date), span.ends is None)
