"""Small libraries with texts and tables of destinations, made in memory, and the example archive, read once."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

import nouns
from archives import ROOT
from plan_archive import Edition, Library, Plan, Problem, Text, read_library
from plan_archive.facts import DestinationRow, FrontMatter
from plan_archive.intake.loose import loose_text
from plan_archive.model import DestinationTable
from plan_archive.trace import Follower, Part, Stop, by_place, check_destinations, traced

DAY = date(2009, 12, 1)
BETA = {"from": "2004-04-01", "to": "2006-03-31", "ended_by": "superseded"}
ALPHA = {"from": "2006-04-01"}
REVIEWER = {"by": "Planning officer", "on": "2006-02-20"}


def text(plan: str, edition: str, markdown: str, **front: Any) -> Text:
    """A text from its Markdown, with this front matter."""
    stated = {
        "title": f"{plan.capitalize()} {edition}",
        "kind": "plan",
        "period": {"from": "2001-04-01", "to": "2009-03-31"},
        "owner": "Director",
        "published": f"{edition[:4]}-01-01",
        **front,
    }
    loose = loose_text(f"{edition}.md", {f"{edition}.md": markdown.encode()}, folder=False)
    file = f"archive/{plan}/{edition}.md"
    return Text(file, FrontMatter.model_validate(stated), loose.sections, loose.sha256)


def edition(plan: str, edition_id: str, in_effect: Mapping[str, Any], markdown: str, **front: Any) -> Edition:
    """An edition with a text of its own."""
    stated = nouns.facts(dict(in_effect))
    return Edition(plan, edition_id, stated, (text(plan, edition_id, markdown, **front),))


def plan(*editions: Edition, after: Iterable[str] = (), on: str = "2006-04-01") -> Plan:
    """A plan with these editions, superseded on a day by those named."""
    successions = [nouns.succession(name, on) for name in after]
    made = nouns.plan(*editions, plan_id=editions[0].plan, superseded_by=successions)
    return replace(made, file=f"archive/{made.id}/plan.yml")


def table(old: str, new: str, *rows: Mapping[str, Any], folder: str = "archive") -> DestinationTable:
    """A table of destinations as its file would hold it: a row on each line from the fourth on."""
    (plan_id, _, edition_id), (to_plan, _, to_edition) = old.partition("@"), new.partition("@")
    file = f"{folder}/{plan_id}/destinations/{edition_id}-to-{to_plan}-{to_edition}.yml"
    typed = tuple(DestinationRow.model_validate(copy.deepcopy(dict(row))) for row in rows)
    return DestinationTable(file, plan_id, edition_id, to_plan, to_edition, typed, tuple(range(4, 4 + len(typed))))


def library(*plans: Plan, tables: Iterable[DestinationTable] = (), day: date = DAY) -> Library:
    """A library of these plans and tables."""
    return replace(nouns.library(day, *plans), destinations=tuple(tables))


def pair(old: str, new: str, *rows: Mapping[str, Any], owner: str = "Director") -> Library:
    """The plan beta with one text, superseded by alpha with another, and a table between them."""
    beta = plan(edition("beta", "2004", BETA, old, owner=owner), after=["alpha"])
    alpha = plan(edition("alpha", "2006", ALPHA, new))
    return library(alpha, beta, tables=[table("beta@2004", "alpha@2006", *rows)])


def reviewed(found: Library) -> Library:
    """The same library with every row stamped as reviewed, over the texts as they are."""
    tables = []
    for one in found.destinations:
        rows = []
        for row in traced(found, one):
            stamp = {
                **REVIEWER,
                "old": row.old.fingerprint if row.old else "0" * 16,
                "new": [part.fingerprint for part in row.new if part is not None],
            }
            stated = row.row.model_dump(by_alias=True, mode="json", exclude_none=True) | {"reviewed": stamp}
            rows.append(DestinationRow.model_validate(stated))
        tables.append(replace(one, rows=tuple(rows)))
    return replace(found, destinations=tuple(tables))


def with_text(found: Library, plan_id: str, edition_id: str, changed: Text) -> Library:
    """The library in which an edition's text is another."""
    plans = []
    for one in found.plans:
        if one.id == plan_id:
            held = tuple(
                replace(e, versions=(*e.versions[:-1], changed)) if e.id == edition_id else e for e in one.editions
            )
            one = replace(one, editions=held)  # noqa: PLW2901  the one that is kept
        plans.append(one)
    return replace(found, plans=tuple(plans))


def part(found: Library, name: str) -> Part:
    """A part by its whole name: `beta@2004#exclusions`."""
    mark = min(at for at in (name.find("#"), name.find(":")) if at >= 0)
    plan_id, _, edition_id = name[:mark].partition("@")
    held = found.edition(plan_id, edition_id)
    assert held is not None, f"there is no {name[:mark]}"
    return by_place(held)[name[mark:]]


def where(found: Library, name: str) -> Stop:
    """The way of a part, by its whole name."""
    return Follower(found).where(part(found, name))


def ends(way: Stop) -> list[str]:
    """How a way ends: the part in effect, or the kind of end with its reason."""
    told = []
    for stop in way.ends():
        assert stop.end is not None
        place = stop.part.name if stop.end.kind == "in-effect" else stop.end.kind
        named = stop.end.outside.outside if stop.end.outside else ""
        told.append(": ".join(each for each in (place, named, stop.end.reason) if each))
    return told


def problems(found: Library) -> list[Problem]:
    """What `check` has to say of the tables of destinations, warnings left out."""
    return [problem for problem in check_destinations(found) if problem.level != "warning"]


@cache
def example() -> Library:
    """The example archive of this repository, read once."""
    reading = read_library(ROOT, datetime.now(UTC).date())
    assert reading.library is not None
    assert reading.errors == ()
    return reading.library


@cache
def example_reviewed() -> Library:
    """The example archive as if every row had been reviewed."""
    return reviewed(example())
