"""Small made-up editions, plans and libraries, for tests of what follows from dated facts."""

from __future__ import annotations

from datetime import date
from typing import Any

from plan_archive import Edition, Library, Plan, Text
from plan_archive.facts import Authority, Duty, EditionFacts, FrontMatter, PlanFacts, Registers

COUNCIL = {"body": "Full council", "date": "2004-03-11", "minute": "34"}
NO_RECORD = {"unknown": "No record was found in the minutes."}
LAW = {
    "act-1996": {
        "citation": "Education Act 1996, s 1",
        "in_force": "1996-11-01",
        "extent": "England",
        "status": "in-force",
        "certainty": "certain",
        "source": "The Act as passed",
        "checked": "2026-11-01",
    },
    "act-2004": {
        "citation": "Children Act 2004, s 64",
        "in_force": "2005-03-01",
        "extent": "England",
        "status": "in-force",
        "certainty": "certain",
        "source": "The Act as passed",
        "checked": "2026-11-01",
    },
}


def facts(in_effect: dict[str, Any], decision: Any = COUNCIL) -> EditionFacts:
    """The facts of an edition with these days."""
    return EditionFacts.model_validate({"in_effect": in_effect, "decision": decision})


def edition(
    edition_id: str, in_effect: dict[str, Any] | None, decision: Any = COUNCIL, *, draft: bool = False
) -> Edition:
    """An edition without a text of its own."""
    front = FrontMatter.model_validate(
        {
            "title": f"Edition {edition_id}",
            "kind": "plan",
            "period": {"from": "2001-04-01", "to": "2009-03-31"},
            "owner": "Education",
            **({"draft": "yes"} if draft else {"published": "2001-04-01"}),
        }
    )
    stated = facts(in_effect, decision) if in_effect is not None else None
    return Edition("old", edition_id, stated, (Text(f"plans/old/{edition_id}.md", front, (), ""),))


def plan_facts(**more: Any) -> PlanFacts:
    """The facts of a plan without a duty, with more or other facts."""
    return PlanFacts.model_validate(
        {
            "title": "Old Plan",
            "summary": "What the plan was for.",
            "statutory": "no",
            "owner": "Education",
            "approver": "Cabinet",
            "cycle": "Yearly",
            "legal_basis": [],
            "duty": {"status": "none"},
            "evidence": [],
            "no_editions": "None was found.",
            **more,
        }
    )


def plan(*editions: Edition, plan_id: str = "old", **more: Any) -> Plan:
    """A plan with these editions."""
    stated = {e.id: e.facts for e in editions if e.facts}
    held = {"editions": stated, "no_editions": None} if stated else {}
    return Plan(plan_id, plan_facts(**held, **more), editions, f"plans/{plan_id}/plan.yml")


def succession(plan_id: str, on: Any, extent: str = "whole") -> dict[str, Any]:
    """One plan taking the place of another."""
    return {"plan": plan_id, "on": on, "authority": COUNCIL, "extent": extent}


def duty(**stated: Any) -> Duty:
    """A duty with these facts; `from_` is `from`."""
    return Duty.model_validate({name.rstrip("_"): value for name, value in stated.items()})


def library(day: date, *plans: Plan) -> Library:
    """A library of these plans that speaks for a day."""
    authority = Authority.model_validate(
        {
            "name": "Littleshire Council",
            "kind": "Unitary authority",
            "example": "yes",
            "as_at": day.isoformat(),
            "contact": {"postal": "1 Example Street", "email": "plans@littleshire.example"},
            "licence": "CC0 1.0",
        }
    )
    return Library(authority, day, Registers.model_validate({"law": LAW}), plans)
