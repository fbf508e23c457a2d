"""What follows for a day from dated facts: editions, plans and duties, case by case."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from nouns import COUNCIL, NO_RECORD, duty, edition, facts, plan, succession
from plan_archive import DutyStatus, Status, duty_status, edition_status, plan_status
from plan_archive.status import day_after, edition_on, facts_status, first_day, last_day, last_edition

NOT_FOUND = {"unknown": "The minutes were searched."}
OPEN = {"from": "2004-04-01"}
REPLACED = {"from": "2004-04-01", "to": "2006-03-31", "ended_by": "superseded"}
LAPSED = {"from": "2004-04-01", "to": {"about": "2006-03"}, "ended_by": "lapsed"}
LAPSED_IN_A_YEAR = {"from": "2004-04-01", "to": {"about": "2006"}, "ended_by": "lapsed"}
WITHDRAWN = {"from": {"about": "2004-04"}, "to": "2006-03-31", "ended_by": "withdrawn"}
NEVER = {"to": "2004-06-30", "ended_by": "never-adopted"}
NEVER_UNKNOWN = {"to": NOT_FOUND, "ended_by": "never-adopted"}
END_UNKNOWN = {"from": "2004-04-01", "to": NOT_FOUND, "ended_by": "superseded"}
START_UNKNOWN = {"from": NOT_FOUND, "to": "2006-03-31", "ended_by": "superseded"}


@pytest.mark.parametrize(
    ("span", "day", "expected"),
    [
        (OPEN, "2004-03-10", Status.NOT_YET_APPROVED),
        (OPEN, "2004-03-11", Status.APPROVED),
        (OPEN, "2004-03-31", Status.APPROVED),
        (OPEN, "2004-04-01", Status.IN_EFFECT),
        (OPEN, "2090-01-01", Status.IN_EFFECT),
        (REPLACED, "2004-03-10", Status.NOT_YET_APPROVED),
        (REPLACED, "2004-03-31", Status.APPROVED),
        (REPLACED, "2004-04-01", Status.IN_EFFECT),
        (REPLACED, "2006-03-31", Status.IN_EFFECT),
        (REPLACED, "2006-04-01", Status.SUPERSEDED),
        (LAPSED, "2006-02-28", Status.IN_EFFECT),
        (LAPSED, "2006-03-01", Status.IN_EFFECT),
        (LAPSED, "2006-03-02", Status.UNKNOWN),
        (LAPSED, "2006-03-31", Status.UNKNOWN),
        (LAPSED, "2006-04-01", Status.LAPSED),
        (LAPSED_IN_A_YEAR, "2005-12-31", Status.IN_EFFECT),
        (LAPSED_IN_A_YEAR, "2006-12-31", Status.UNKNOWN),
        (LAPSED_IN_A_YEAR, "2007-01-01", Status.LAPSED),
        (WITHDRAWN, "2004-03-31", Status.APPROVED),
        (WITHDRAWN, "2004-04-01", Status.UNKNOWN),
        (WITHDRAWN, "2004-04-29", Status.UNKNOWN),
        (WITHDRAWN, "2004-04-30", Status.IN_EFFECT),
        (WITHDRAWN, "2006-03-31", Status.IN_EFFECT),
        (WITHDRAWN, "2006-04-01", Status.WITHDRAWN),
        (NEVER, "2004-06-30", Status.NOT_YET_APPROVED),
        (NEVER, "2004-07-01", Status.NEVER_ADOPTED),
        (NEVER_UNKNOWN, "2004-07-01", Status.UNKNOWN),
        (END_UNKNOWN, "2004-03-10", Status.NOT_YET_APPROVED),
        (END_UNKNOWN, "2004-04-01", Status.UNKNOWN),
        (END_UNKNOWN, "2090-01-01", Status.UNKNOWN),
        (START_UNKNOWN, "2001-01-01", Status.UNKNOWN),
        (START_UNKNOWN, "2006-03-31", Status.UNKNOWN),
        (START_UNKNOWN, "2006-04-01", Status.SUPERSEDED),
    ],
)
def test_an_edition_stands_as_its_dates_say(span: dict[str, Any], day: str, expected: Status) -> None:
    """An edition's status on a day follows from its dates, and is not known where they leave it open."""
    assert facts_status(facts(span), date.fromisoformat(day)) is expected


def test_an_edition_whose_decision_is_not_known_has_no_status_before_its_first_day() -> None:
    """Whether an edition was approved before its first day is not known where the decision is not."""
    stated = facts(REPLACED, NO_RECORD)
    assert facts_status(stated, date(2004, 3, 31)) is Status.UNKNOWN
    assert facts_status(stated, date(2004, 4, 1)) is Status.IN_EFFECT


def test_a_draft_is_a_draft_on_every_day() -> None:
    """A text that calls itself a draft has no other status, whatever dates it has."""
    for made in (edition("2004", REPLACED, draft=True), edition("2004", None, draft=True)):
        assert {edition_status(made, date(year, 6, 1)) for year in range(2000, 2010)} == {Status.DRAFT}


FIRST = edition(
    "2001", {"from": "2001-04-01", "to": "2004-03-31", "ended_by": "superseded"}, COUNCIL | {"date": "2001-03-15"}
)
SECOND = edition("2004", REPLACED)
LATE = edition("2007", {"from": "2007-04-01"}, COUNCIL | {"date": "2007-01-10"})
GONE = edition(
    "2001", {"from": "2001-04-01", "to": "2004-03-31", "ended_by": "lapsed"}, COUNCIL | {"date": "2001-03-15"}
)


@pytest.mark.parametrize(
    ("editions", "day", "expected", "current", "last"),
    [
        ((FIRST, SECOND), "2001-01-01", Status.NOT_YET_APPROVED, None, "2004"),
        ((FIRST, SECOND), "2001-03-20", Status.APPROVED, None, "2004"),
        ((FIRST, SECOND), "2003-01-01", Status.IN_EFFECT, "2001", "2001"),
        ((FIRST, SECOND), "2004-03-31", Status.IN_EFFECT, "2001", "2001"),
        ((FIRST, SECOND), "2004-04-01", Status.IN_EFFECT, "2004", "2004"),
        ((FIRST, SECOND), "2006-04-01", Status.SUPERSEDED, None, "2004"),
        ((GONE, LATE), "2005-01-01", Status.LAPSED, None, "2001"),
        ((GONE, LATE), "2007-02-01", Status.APPROVED, None, "2001"),
        ((GONE, LATE), "2007-04-01", Status.IN_EFFECT, "2007", "2007"),
        ((edition("2004", LAPSED),), "2006-03-15", Status.UNKNOWN, None, "2004"),
        ((edition("2004", NEVER),), "2005-01-01", Status.NEVER_ADOPTED, None, "2004"),
        ((FIRST, edition("2004", NEVER)), "2005-01-01", Status.SUPERSEDED, None, "2001"),
        ((FIRST, edition("2005", None, draft=True)), "2005-01-01", Status.SUPERSEDED, None, "2001"),
    ],
)
def test_a_plan_stands_as_its_editions_do(
    editions: tuple[Any, ...], day: str, expected: Status, current: str | None, last: str
) -> None:
    """A plan stands as its edition in effect, or else as the last that had ended, or the next."""
    made, when = plan(*editions), date.fromisoformat(day)
    found, latest = edition_on(made, when), last_edition(made, when)
    assert plan_status(made, when) is expected
    assert (found.id if found else None) == current
    assert latest is not None
    assert latest.id == last


@pytest.mark.parametrize(
    ("successions", "day", "expected"),
    [
        ([], "2006-04-01", Status.UNKNOWN),
        ([succession("cypp", "2006-04-01")], "2006-03-31", Status.UNKNOWN),
        ([succession("cypp", "2006-04-01")], "2006-04-01", Status.SUPERSEDED),
        ([succession("cypp", {"about": "2006-04"})], "2006-04-29", Status.UNKNOWN),
        ([succession("cypp", {"about": "2006-04"})], "2006-04-30", Status.SUPERSEDED),
        ([succession("cypp", NOT_FOUND)], "2020-01-01", Status.UNKNOWN),
    ],
)
def test_a_plan_without_editions_stands_as_its_succession_says(
    successions: list[dict[str, Any]], day: str, expected: Status
) -> None:
    """Of a plan whose editions are lost the succession alone tells, and nothing is told where it is silent."""
    assert plan_status(plan(superseded_by=successions), date.fromisoformat(day)) is expected


def test_a_plan_that_has_only_drafts_is_a_draft() -> None:
    """A plan that was never published is a draft."""
    made = plan(edition("2005", None, draft=True))
    assert plan_status(made, date(2005, 1, 1)) is Status.DRAFT


@pytest.mark.parametrize(
    ("stated", "day", "expected"),
    [
        ({"status": "none"}, "2005-01-01", DutyStatus.NONE),
        ({"status": "never-commenced"}, "2005-01-01", DutyStatus.NEVER_COMMENCED),
        ({"status": "prospective"}, "2005-01-01", DutyStatus.PROSPECTIVE),
        ({"status": "prospective", "from_": "2005-03-01"}, "2005-02-28", DutyStatus.PROSPECTIVE),
        ({"status": "in-force", "from_": "2005-03-01"}, "2005-02-28", DutyStatus.PROSPECTIVE),
        ({"status": "in-force", "from_": "2005-03-01"}, "2005-03-01", DutyStatus.IN_FORCE),
        ({"status": "in-force", "from_": NOT_FOUND}, "2005-03-01", DutyStatus.UNKNOWN),
        ({"status": "repealed", "from_": "1998-01-01", "ended": "2005-03-01"}, "1997-12-31", DutyStatus.PROSPECTIVE),
        ({"status": "repealed", "from_": "1998-01-01", "ended": "2005-03-01"}, "2005-02-28", DutyStatus.IN_FORCE),
        ({"status": "repealed", "from_": "1998-01-01", "ended": "2005-03-01"}, "2005-03-01", DutyStatus.ENDED),
        ({"status": "repealed", "from_": NOT_FOUND, "ended": "2005-03-01"}, "2005-02-28", DutyStatus.UNKNOWN),
        ({"status": "repealed", "from_": NOT_FOUND, "ended": "2005-03-01"}, "2005-03-01", DutyStatus.ENDED),
        ({"status": "lapsed", "from_": "1998-01-01", "ended": NOT_FOUND}, "2020-01-01", DutyStatus.UNKNOWN),
        ({"status": "lapsed", "from_": "1998-01-01", "ended": {"about": "2004-03"}}, "2004-04-01", DutyStatus.ENDED),
    ],
)
def test_a_duty_stands_as_its_dates_say(stated: dict[str, Any], day: str, expected: DutyStatus) -> None:
    """A duty's status on a day follows from its own dates, whatever became of the plan."""
    assert duty_status(duty(**stated), date.fromisoformat(day)) is expected


@pytest.mark.parametrize(
    ("stated", "first", "last"),
    [
        ("2004-03-11", date(2004, 3, 11), date(2004, 3, 11)),
        ({"about": "2004-02"}, date(2004, 2, 1), date(2004, 2, 29)),
        ({"about": "2003-02"}, date(2003, 2, 1), date(2003, 2, 28)),
        ({"about": "2004"}, date(2004, 1, 1), date(2004, 12, 31)),
        (NOT_FOUND, None, None),
    ],
)
def test_a_stated_date_allows_a_first_and_a_last_day(stated: Any, first: date | None, last: date | None) -> None:
    """A date known to the month or the year allows all of its days, and one that is not known allows none."""
    when = duty(status="in-force", from_=stated).from_
    assert (first_day(when), last_day(when)) == (first, last)
    assert (day_after(when) is not None) == isinstance(when, date)
