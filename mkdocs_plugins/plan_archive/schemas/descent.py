"""The shapes of the line of descent, and of what was in effect when."""

from __future__ import annotations

from .words import NOTICE, Schema, a_field, a_list, an_object, maybe, one_of, shape

_STATUSES = "draft not-yet-approved approved in-effect superseded lapsed withdrawn never-adopted unknown"
_DUTIES = "in-force prospective repealed revoked substituted disapplied lapsed never-commenced none"
_DAY = "a date, `about 2004-03`, or `not known`; null where there is none to state."

DESCENT: Schema = {
    **an_object(
        "When each plan was in effect, how it ended, what took it up, and its duty.",
        notice=NOTICE,
        schema={"const": "plan-archive/descent/1", "description": "The name and version of this shape."},
        as_at=a_field("string", "The day for which every status holds.", pattern="^\\d{4}-\\d{2}-\\d{2}$"),
        plans=a_list(shape("Descended"), "In the order of their time, those that took others up after them."),
    ),
    "$defs": {
        "Descended": an_object(
            "One plan.",
            plan=a_field("string", "The plan's id."),
            title=a_field("string", "Its name."),
            status=one_of(_STATUSES, "How it stood on `as_at`."),
            editions=a_list(shape("Spell"), "Its adopted editions, the earliest first; empty where none is held."),
            ended=maybe("string", f"Its last day: {_DAY}"),
            ended_by={
                "anyOf": [one_of("superseded lapsed withdrawn never-adopted", "How."), {"type": "null"}],
                "description": "How it ended; null while it lasts, or where that is not known.",
            },
            taken_up_by=a_list(shape("TakenUp"), "The plans that took its place; empty where none did."),
            duty=shape("Duty", "Its duty in law, apart from the plan."),
        ),
        "Spell": an_object(
            "One edition's time in effect.",
            edition=a_field("string", "The edition's id."),
            **{"from": maybe("string", f"The first day: {_DAY}")},
            to=maybe("string", f"The last day: {_DAY} Null while it lasts."),
        ),
        "TakenUp": an_object(
            "A plan that took its place.",
            plan=a_field("string", "Its id."),
            on=maybe("string", f"The first day on which it stood in the old one's place: {_DAY}"),
            extent=one_of("whole part", "Whether all of the old plan was replaced, or a part."),
        ),
        "Duty": an_object(
            "The legal duty to make the plan, which is a fact apart from the plan.",
            status=one_of(_DUTIES, "How it stands once every date given has passed."),
            **{"from": maybe("string", f"The day it came into force: {_DAY}")},
            ended=maybe("string", f"The day it ended: {_DAY}"),
        ),
    },
}
"""`/data/descent.json`."""

AS_AT: Schema = {
    **an_object(
        "The days on which each edition was in effect and each duty in force: any day can be worked out from them.",
        notice=NOTICE,
        schema={"const": "plan-archive/as-at/1", "description": "The name and version of this shape."},
        as_at=a_field("string", "The archive's own day.", format="date"),
        editions=a_list(shape("HeldFor"), "Every adopted edition, by plan."),
        duties=a_list(shape("HeldFor"), "Every duty to make a plan that was ever in force."),
    ),
    "$defs": {
        "HeldFor": an_object(
            "Something that held from one day to another.",
            plan=a_field("string", "The plan's id."),
            title=a_field("string", "The edition's title, or the duty in words."),
            address=a_field("string", "Its permanent address from the site's root."),
            **{"from": maybe("string", "The earliest day on which it may have begun; null: unknown.", format="date")},
            to=maybe("string", "The latest day on which it may have held; null: it lasts, or unknown.", format="date"),
            days=a_field("string", "Its days in words, as the files state them."),
            exact=a_field("boolean", "Whether both days are known to the day."),
        ),
    },
}
"""`/data/as-at.json`."""
