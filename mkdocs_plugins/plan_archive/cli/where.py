"""`plan-archive where`: what became of a plan, a section or a row, up to the archive's day."""

from __future__ import annotations

import json
from pathlib import Path

import click

from ..errors import PlanArchiveError
from ..facts import Outside
from ..language import say_day
from ..model import Library
from ..pages.catalogue import noticed
from ..pages.sentences import on_when
from ..pages.ways import ended
from ..status import last_edition
from ..trace import Follower, Part, Stop, by_place
from ..trace.data import said, where_data
from .options import format_option
from .texts import REFERENCE, library_of


@click.command()
@click.argument("ref")
@format_option(("text", "json"), "text for people, json for programs.")
@click.pass_obj
def where(root: Path, *, ref: str, form: str) -> None:
    """Follow REF through later editions and tables of destinations to where it is on the archive's day.

    REF is PLAN, PLAN@EDITION, PLAN@EDITION#SECTION or PLAN@EDITION:REF. Exit codes: 0 told, 1 unknown, 2 wrong usage.
    """
    library = library_of(root)
    follower = Follower(library)
    ways = [follower.where(part) for part in _named(library, ref)]
    if form == "json":
        click.echo(json.dumps(noticed(library, where_data(library, ways)), indent=1, ensure_ascii=False))
        return
    for number, way in enumerate(ways):
        if number:
            click.echo()
        _told(library, way, 0)


def _named(library: Library, ref: str) -> list[Part]:
    """The parts that a reference names: one, or all those of an edition that say something."""
    match = REFERENCE.match(ref)
    if match is None:
        raise PlanArchiveError(f"`{ref}` is no reference: write PLAN, PLAN@EDITION, PLAN@EDITION#SECTION or :REF")
    plan = library.plan(match["plan"])
    if plan is None:
        known = ", ".join(each.id for each in library.plans) or "none"
        raise PlanArchiveError(f"there is no plan `{match['plan']}` in the archive (plans: {known})")
    edition = plan.edition(match["edition"]) if match["edition"] else last_edition(plan, library.as_at)
    if edition is None:
        known = ", ".join(each.id for each in plan.editions) or "none"
        raise PlanArchiveError(f"the plan `{plan.id}` has no edition `{match['edition'] or ''}` (editions: {known})")
    places = by_place(edition)
    if match["place"] is None:
        return [part for part in places.values() if part.row is not None or part.section.says_something]
    if match["place"] not in places:
        raise PlanArchiveError(f"{plan.id}@{edition.id} has no section or row `{match['place']}`")
    return [places[match["place"]]]


def _told(library: Library, stop: Stop, depth: int) -> None:
    indent = "  " * depth
    # An end that has no part of its own stands where the part would, beside the other branches.
    apart = stop.end is not None and stop.how == "destination" and stop.end.kind in ("outside", "spent", "dropped")
    if not apart:
        click.echo(f"{indent}{_how(library, stop)}{stop.part.name}  {stop.part.title}")
    for line in _end(library, stop):
        click.echo(f"{indent}{'' if apart else '  '}{line}")
    for onward in stop.onward:
        _told(library, onward, depth + 1)


def _how(library: Library, stop: Stop) -> str:
    edition = library.edition(stop.part.plan, stop.part.edition)
    start = edition.facts.in_effect.from_ if edition and edition.facts else None
    begun = f" {on_when(start)}" if start is not None else ""
    if stop.how == "destination" and stop.row is not None:
        return f"{stop.row.disposition}{begun}, {stop.state}: "
    return {
        "start": "",
        "same": f"kept{begun}: ",
        "renamed": f"renamed{begun}: ",
        "split": f"split{begun}: ",
        "merged": f"merged{begun}: ",
        "matched": f"matched by text{begun}, not reviewed: ",
        "inside": "inside it: ",
    }.get(stop.how, "")


def _end(library: Library, stop: Stop) -> list[str]:
    end = stop.end
    if end is None:
        return []
    day = say_day(library.as_at)
    decision = f" ({end.decision})" if end.decision else ""
    why = f": {end.reason.rstrip('.')}" if end.reason else ""
    if end.kind == "in-effect":
        return [f"in effect on {day}: /{stop.part.address}"]
    if end.kind == "outside" and end.outside is not None:
        return [f"moved to {_outside(end.outside)}, which is not in this archive{why}{decision}"]
    if stop.row is not None and stop.row.decision is not None and not end.decision:
        decision = f" ({said(stop.row.decision)})"
    how = ended(library, stop)
    return [f"{how[0].lower()}{how[1:]}{why}{decision}"]


def _outside(target: Outside) -> str:
    return ", ".join(part for part in (target.outside, target.citation, target.address) if part)
