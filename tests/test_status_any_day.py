"""What holds of statuses on any day, for any plan that the rules between files accept."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st

from nouns import COUNCIL, edition, library, plan
from plan_archive import Edition, Status, edition_status, plan_status
from plan_archive.facts import About, InEffect
from plan_archive.intake.rules import check_library
from plan_archive.status import edition_on, facts_status, first_day, last_day

DAYS = st.dates(date(1998, 1, 1), date(2012, 12, 31))
DECIDED = COUNCIL | {"date": "1997-06-01"}


def _months(day: date, form: str) -> Any:
    """The day itself, or only its month or its year."""
    return {"day": day.isoformat(), "month": {"about": f"{day:%Y-%m}"}, "year": {"about": f"{day:%Y}"}}[form]


@st.composite
def spans(draw: st.DrawFn, start: date, form: str) -> tuple[dict[str, Any], date]:
    """Days in effect that begin at `start`, with the last of them."""
    end = start + timedelta(days=draw(st.integers(0, 900)))
    how = draw(st.sampled_from(["superseded", "lapsed", "withdrawn"]))
    to = _months(end, draw(st.sampled_from(["day", "day", "month", "year"])))
    return {"from": _months(start, form), "to": to, "ended_by": how}, end


@st.composite
def chains(draw: st.DrawFn) -> tuple[Edition, ...]:
    """Editions one after another: some follow on, some leave a gap, some overlap; the rules sort them out."""
    start, made = draw(st.dates(date(1999, 1, 1), date(2002, 12, 31))), []
    for number in range(draw(st.integers(1, 4))):
        form = draw(st.sampled_from(["day", "day", "month", "year"]))
        if draw(st.integers(0, 5)) == 0:
            made.append(edition(f"{number}", {"to": start.isoformat(), "ended_by": "never-adopted"}, DECIDED))
            continue
        span, end = draw(spans(start, form))
        made.append(edition(f"{number}", span, DECIDED))
        start = end + timedelta(days=draw(st.sampled_from([-40, 1, 1, 1, 1, 90])))
    return tuple(made)


def _span(made: Edition) -> InEffect:
    assert made.facts is not None
    return made.facts.in_effect


def _overlaps_are_refused(editions: tuple[Edition, ...]) -> bool:
    """Whether the rules find no two editions of the plan that cannot both be as they say."""
    problems = check_library(library(date(2010, 1, 1), plan(*editions)), {}, frozenset())
    return not [problem for problem in problems if " was in effect until " in problem.what]


@given(chains(), DAYS)
def test_at_most_one_edition_of_a_plan_is_in_effect(editions: tuple[Edition, ...], day: date) -> None:
    """On any day at most one edition of a plan that the rules accept is in effect."""
    assume(_overlaps_are_refused(editions))
    current = [made for made in editions if edition_status(made, day) is Status.IN_EFFECT]
    assert len(current) <= 1
    assert edition_on(plan(*editions), day) is (current[0] if current else None)
    assert (plan_status(plan(*editions), day) is Status.IN_EFFECT) == bool(current)


@given(chains(), DAYS)
def test_an_edition_is_in_effect_on_every_day_that_its_dates_leave_no_doubt_of(
    editions: tuple[Edition, ...], day: date
) -> None:
    """Between the latest first day and the earliest last day an edition is in effect; outside all of them it is not."""
    for made in editions:
        span, status = _span(made), edition_status(made, day)
        latest_start, earliest_end = last_day(span.from_), first_day(span.to)
        assert earliest_end is not None
        if latest_start is not None and latest_start <= day <= earliest_end:
            assert status is Status.IN_EFFECT
        outside = last_day(span.to)
        assert outside is not None
        if day > outside:
            assert status.value == span.ended_by
        earliest = first_day(span.from_)
        if earliest is not None and day < earliest and day <= outside:
            assert status is Status.APPROVED


@given(chains(), DAYS)
def test_only_dates_that_are_not_exact_leave_a_status_open(editions: tuple[Edition, ...], day: date) -> None:
    """An edition whose dates are all exact has a known status on every day."""
    for made in editions:
        span = _span(made)
        if not isinstance(span.from_, About) and not isinstance(span.to, About):
            assert edition_status(made, day) is not Status.UNKNOWN


@given(chains(), DAYS, st.integers(1, 2000))
def test_what_has_ended_stays_ended(editions: tuple[Edition, ...], day: date, later: int) -> None:
    """Once an edition has ended, its status is the same on every later day."""
    for made in editions:
        status = edition_status(made, day)
        if status.value == _span(made).ended_by:
            assert made.facts is not None
            assert facts_status(made.facts, day + timedelta(days=later)) is status
