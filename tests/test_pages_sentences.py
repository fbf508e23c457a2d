"""What the site says of a plan, an edition and a duty, word for word."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from nouns import COUNCIL, edition, library, plan, succession
from plan_archive import Plan
from plan_archive.facts import About, Unknown
from plan_archive.language import say_day
from plan_archive.pages.sentences import LABELS, SHAPES, edition_standing, on_when, plan_standing, say_when, text_of
from plan_archive.status import Status

REPLACED = {"from": "2004-04-01", "to": "2006-03-31", "ended_by": "superseded"}
NEW = plan(
    edition("2006", {"from": "2006-04-01"}, COUNCIL | {"date": "2006-03-30", "minute": "88"}),
    plan_id="new",
    title="New Plan",
    supersedes=[succession("old", "2006-04-01")],
)


def _said(old: Plan, day: str) -> tuple[str, list[str]]:
    """The label and the sentences at the top of the plan's page on a day."""
    standing = plan_standing(library(date.fromisoformat(day), NEW, old), old)
    return standing.label, [text_of(sentence) for sentence in standing.sentences]


def _old(*spans: dict[str, Any], **more: Any) -> Plan:
    return plan(*(edition(f"{number}", span) for number, span in enumerate(spans, start=2004)), **more)


def test_a_replaced_plan_whose_duty_had_ended_before_says_both() -> None:
    """The end of the plan and the end of its duty are told apart, each with its day and its authority."""
    duty = {"from": "1998-01-01", "ended": "2005-03-01", "by": ["act-2004"], "status": "repealed"}
    old = _old(
        REPLACED, statutory="yes", legal_basis=["act-1996"], duty=duty, superseded_by=[succession("new", "2006-04-01")]
    )
    assert _said(old, "2006-12-01") == (
        "Replaced on 1 April 2006",
        [
            "Replaced by the New Plan on 1 April 2006 (Full council, 11 March 2004, minute 34).",
            "The duty to make it had ended on 1 March 2005 (Children Act 2004, s 64); "
            "until 31 March 2006 the council kept this plan without a duty.",
        ],
    )
    assert _said(old, "2005-06-01") == (
        "In effect on 1 June 2005",
        [
            "The edition in effect is Edition 2004, since 1 April 2004.",
            "The duty to make it had ended on 1 March 2005 (Children Act 2004, s 64); "
            "from then on the council kept this plan without a duty.",
        ],
    )
    assert _said(old, "2004-06-01") == (
        "In effect on 1 June 2004",
        [
            "The edition in effect is Edition 2004, since 1 April 2004.",
            "The duty to make it was in force on 1 June 2004 (Education Act 1996, s 1).",
            "The duty ended later, on 1 March 2005 (Children Act 2004, s 64).",
        ],
    )


def test_a_duty_that_outlived_its_plan_is_said_to_have_ended() -> None:
    """A duty that ended after the plan had is told without a plan kept on."""
    duty = {"from": "1998-01-01", "ended": "2007-03-01", "by": ["act-2004"], "status": "repealed"}
    old = _old(REPLACED, statutory="yes", duty=duty, superseded_by=[succession("new", "2006-04-01")])
    assert _said(old, "2007-12-01")[1][-1] == ("The duty to make it ended on 1 March 2007 (Children Act 2004, s 64).")


def test_a_plan_without_a_duty_says_so() -> None:
    """A plan that no law required says that there was no duty."""
    assert _said(_old(REPLACED, superseded_by=[succession("new", "2006-04-01")]), "2006-12-01")[1][-1] == (
        "There was no legal duty to make this plan."
    )


def test_a_plan_that_lapsed_about_a_month_says_about_when() -> None:
    """A plan that lapsed in a month whose day is not known has no day invented, and nothing replaced it."""
    label, said = _said(_old({"from": "2001-04-01", "to": {"about": "2004-03"}, "ended_by": "lapsed"}), "2005-01-01")
    assert label == "Lapsed about March 2004"
    assert said == [
        "It lapsed; its last day was about March 2004. Nothing replaced it.",
        "This edition was in effect from 1 April 2001 to about March 2004.",
        "There was no legal duty to make this plan.",
    ]


def test_within_the_month_in_which_it_lapsed_nothing_is_certain() -> None:
    """On a day of the month in which a plan lapsed it is not known whether it was in effect."""
    label, said = _said(_old({"from": "2001-04-01", "to": {"about": "2004-03"}, "ended_by": "lapsed"}), "2004-03-15")
    assert label == "Not known whether in effect on 15 March 2004"
    assert said[:2] == ["First day in effect: 1 April 2001.", "Last day: about March 2004."]


@pytest.mark.parametrize(
    ("duty", "expected"),
    [
        ({"status": "never-commenced"}, "The duty was repealed; we have not found that it was ever in force."),
        ({"status": "prospective"}, "The duty to make it was not yet in force on 1 December 2006."),
        (
            {"status": "in-force", "from": {"unknown": "The order was not found."}},
            "Whether the duty to make it was in force on 1 December 2006 is not known.",
        ),
        (
            {"status": "lapsed", "from": "1998-01-01", "ended": {"about": "2004-03"}},
            "The duty to make it had ended about March 2004; "
            "until 31 March 2006 the council kept this plan without a duty.",
        ),
    ],
)
def test_a_duty_is_told_as_far_as_it_is_known(duty: dict[str, Any], expected: str) -> None:
    """A duty that never was in force, is not yet, or whose days are not known is told as just that."""
    old = _old(REPLACED, statutory="yes", duty=duty, superseded_by=[succession("new", "2006-04-01")])
    assert _said(old, "2006-12-01")[1][-1] == expected


def test_an_approved_plan_is_not_yet_in_effect() -> None:
    """Between the decision and the first day a plan is approved and says from when it was to take effect."""
    assert _said(_old({"from": "2004-04-01"}), "2004-03-20") == (
        "Approved on 20 March 2004",
        [
            "It was approved (Full council, 11 March 2004, minute 34) and took effect from 1 April 2004.",
            "There was no legal duty to make this plan.",
        ],
    )


def test_a_plan_not_yet_approved_says_so() -> None:
    """Before the decision a plan is not yet approved."""
    assert _said(_old({"from": "2004-04-01"}), "2004-03-01") == (
        "Not yet approved on 1 March 2004",
        [
            "It was approved only later (Full council, 11 March 2004, minute 34) and took effect from 1 April 2004.",
            "There was no legal duty to make this plan.",
        ],
    )


def test_a_plan_of_which_a_part_was_taken_up_stays_in_effect() -> None:
    """A plan of which another took up a part is in effect, and says which part of it went, from that day on."""
    old = _old({"from": "2004-04-01"}, superseded_by=[succession("new", "2006-04-01", "part")])
    assert _said(old, "2006-12-01") == (
        "In effect on 1 December 2006",
        [
            "The edition in effect is Edition 2004, since 1 April 2004.",
            "A part of it was taken up by the New Plan on 1 April 2006 (Full council, 11 March 2004, minute 34).",
            "There was no legal duty to make this plan.",
        ],
    )
    assert len(_said(old, "2006-03-31")[1]) == 2


def test_an_edition_that_was_replaced_leads_to_the_one_that_applies() -> None:
    """A replaced edition says by what, when and by whose decision, when it was in effect, and what is on the day."""
    first = edition("2004", {"from": "2004-04-01", "to": "2005-03-31", "ended_by": "superseded"})
    second = edition("2005", {"from": "2005-04-01", "to": "2006-03-31", "ended_by": "superseded"})
    old = plan(first, second, superseded_by=[succession("new", "2006-04-01")])
    standing = edition_standing(library(date(2006, 12, 1), NEW, old), old, first)
    assert [text_of(sentence) for sentence in standing.sentences] == [
        "Replaced by Edition 2005 on 1 April 2005 (Full council, 11 March 2004, minute 34).",
        "This edition was in effect from 1 April 2004 to 31 March 2005.",
        "In effect on 1 December 2006: Edition 2006.",
    ]
    assert [part.address for sentence in standing.sentences for part in sentence if not isinstance(part, str)] == [
        "plans/old/2005/",
        "plans/new/2006/",
    ]


def test_an_edition_never_adopted_says_so() -> None:
    """An edition that was put forward and not adopted says who decided it."""
    made = edition("2004", {"to": "2004-06-30", "ended_by": "never-adopted"})
    old = plan(made)
    standing = edition_standing(library(date(2006, 12, 1), old), old, made)
    assert standing.label == "Never adopted"
    assert [text_of(sentence) for sentence in standing.sentences] == [
        "It was put forward but never adopted (Full council, 11 March 2004, minute 34)."
    ]


@pytest.mark.parametrize(
    ("when", "said", "after_a_verb"),
    [
        (date(2006, 4, 1), "1 April 2006", "on 1 April 2006"),
        (About(about="2004-03"), "about March 2004", "about March 2004"),
        (About(about="2004"), "about 2004", "about 2004"),
        (
            Unknown(unknown="The minutes were searched."),
            "not known (The minutes were searched)",
            "on a day that is not known",
        ),
    ],
)
def test_a_date_is_said_as_exactly_as_it_is_known(when: Any, said: str, after_a_verb: str) -> None:
    """A date is said to the day, the month or the year that is known, and no further."""
    assert (say_when(when), on_when(when)) == (said, after_a_verb)


def test_every_status_has_a_word_and_a_shape_and_none_says_now() -> None:
    """Every status has a word of its own and a shape beside it, and no sentence depends on the reader's day."""
    assert set(LABELS) == set(SHAPES) == set(Status)
    assert len(set(LABELS.values())) == len(Status)
    assert say_day(date(2009, 12, 1)) == "1 December 2009"
