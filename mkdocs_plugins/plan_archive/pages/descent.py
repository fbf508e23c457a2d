"""The line of descent: the plans, their years and what took them up, as a picture, as a table and as data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from ..addresses import edition_address, plan_address, relative
from ..facts import About, Succession, Unknown, When
from ..insight.descent import Descent, Line, Span, descent
from ..language import say_day
from ..model import Library, Plan
from .catalogue import EXAMPLE_NOTICE, noticed, to_json
from .cells import csv_text
from .descent_picture import NARROW, WIDE, Drawn, Row, picture
from .drawing import draw
from .nouns import Page, SiteFile
from .sentences import Link, on_when, plan_standing, say_decision, say_when, the

ADDRESS = "descent/"
COLUMNS = (
    *("plan", "title", "status", "edition", "from", "to", "ended_by"),
    *("taken_up_by", "taken_up_on", "extent", "duty_from", "duty_ended"),
)
ENDS = {
    "superseded": "Replaced",
    "lapsed": "Lapsed",
    "withdrawn": "Withdrawn",
    "never-adopted": "Never adopted",
}


@dataclass(frozen=True)
class TableRow:
    """One plan in the table below the picture: the same facts in words."""

    plan: Plan
    spans: tuple[tuple[Link, str], ...]
    """Each edition and the time it was in effect."""
    ended: str
    taken: tuple[tuple[Link, str], ...]
    """What took it up, and when, by whose decision, whole or in part."""
    duty: str


@dataclass(frozen=True)
class Shown:
    """A picture in two layouts, for wide and narrow screens, and its table."""

    wide: Markup
    narrow: Markup
    rows: tuple[TableRow, ...]
    says: str


def shown(library: Library, here: str, of: Plan | None = None) -> Shown | None:
    """The line of descent of all plans or of one, for the page at `here`; None where nothing can be placed in time."""
    found = descent(library, of)
    if not found.dated:
        return None
    rows = [Row(line, relative(here, plan_address(line.plan.id)), said(library, line)) for line in found.lines]
    title = f"Line of descent of {the(of.facts.title)}" if of else "Line of descent of the plans"
    says = summary(library, found)
    note = EXAMPLE_NOTICE if library.authority.example else ""
    wide, narrow = (
        picture(
            Drawn(rows, found.day, say_day(found.day), layout, f"descent-{layout.name}", title, says, note),
        )
        for layout in (WIDE, NARROW)
    )
    return Shown(wide, narrow, tuple(table_row(library, line) for line in found.lines), says)


def said(library: Library, line: Line) -> str:
    """All that the picture shows of one plan, in words."""
    parts = [f"edition {span.edition.id} {_time(span)}" for span in line.spans]
    parts = parts or ["no edition, so no place in time"]
    if line.ended_by:
        parts.append(ENDS[line.ended_by].lower())
    parts += [f"{_extent(s)} taken up by {the(_title(library, s.plan))} {on_when(s.on)}" for s in line.successions]
    if line.duty_ended:
        parts.append(f"the duty to make it ended {on_when(line.duty_ended)}")
    return "; ".join(parts)


def summary(library: Library, found: Descent) -> str:
    """What a picture shows as a whole, counted."""
    lines = found.lines
    told = [f"{len(lines)} plans by the years in which they were in effect." if len(lines) > 1 else ""]
    by = Counter((s.plan, s.extent) for line in lines for s in line.successions)
    for (plan, extent), count in sorted(by.items(), key=lambda pair: (-pair[1], pair[0])):
        many = "1 plan was" if count == 1 else f"{count} plans were"
        told.append(f"{many} taken up {'in part ' if extent == 'part' else ''}by {the(_title(library, plan))}.")
    for line in lines:
        if line.lapsed and line.spans:
            day = "on a day that is not known" if line.ended is None else on_when(line.ended)
            how = "was withdrawn" if line.ended_by == "withdrawn" else "lapsed"
            told.append(f"The {line.plan.facts.title} {how} {day}; nothing took it up.")
    without = sum(not line.spans for line in lines)
    if without:
        told.append(f"{without} {'plan has' if without == 1 else 'plans have'} no edition here and no place in time.")
    return " ".join(told).strip() + " The dates stand in the table below."


def table_row(library: Library, line: Line) -> TableRow:
    """One plan of the picture, in words."""
    plan = line.plan
    spans = tuple(
        (Link(span.edition.title, edition_address(plan.id, span.edition.id)), _time(span)) for span in line.spans
    )
    taken = tuple(
        (Link(_title(library, s.plan), plan_address(s.plan)), f"{on_when(s.on)}, {_extent(s)} ({_by(s)})")
        for s in line.successions
    )
    return TableRow(plan, spans, _ended(library, line), taken, _duty(line))


def _by(succession: Succession) -> str:
    return say_decision(succession.authority)


def _ended(library: Library, line: Line) -> str:
    """How a plan ended, apart from its duty."""
    if line.ended_by is None:
        return plan_standing(library, line.plan).label
    if line.ended_by == "never-adopted":
        return ENDS["never-adopted"]
    day = "its last day is not known" if _unknown(line.ended) else f"its last day was {say_when(line.ended)}"
    return f"{ENDS[line.ended_by]}; {day}"


def _duty(line: Line) -> str:
    """When the duty to make a plan began and ended, apart from the plan."""
    if line.plan.facts.duty.status == "none":
        return "None"
    begun = "not known" if _unknown(line.duty_from) else say_when(line.duty_from)
    told = f"From {begun}" if begun != "not known" else "First day not known"
    if line.duty_ended is None:
        return told
    return f"{told}; " + ("end not known" if _unknown(line.duty_ended) else f"ended {on_when(line.duty_ended)}")


def _unknown(when: When | None) -> bool:
    return when is None or isinstance(when, Unknown)


def _time(span: Span) -> str:
    """From 1 April 2001 to 31 March 2004."""
    begins = "from a day that is not known" if _unknown(span.begins) else f"from {say_when(span.begins)}"
    if span.ends is None:
        return f"{begins} on"
    return f"{begins} to " + ("a day that is not known" if _unknown(span.ends) else say_when(span.ends))


def _extent(succession: Succession) -> str:
    return "in part" if succession.extent == "part" else "whole"


def _title(library: Library, plan_id: str) -> str:
    plan = library.plan(plan_id)
    return plan.facts.title if plan else plan_id


def descent_pages(library: Library) -> Iterator[Page]:
    """The page of the line of descent, where any plan can be placed in time."""
    found = shown(library, ADDRESS)
    if found is None:
        return
    html = draw("descent.html", ADDRESS, library=library, descent=found)
    description = "When each plan was in effect, when its duty ended, and which plan took it up."
    yield Page(ADDRESS, "Line of descent", description, html, trail=(Link("Home", ""),))


def descent_files(library: Library) -> Iterator[SiteFile]:
    """The line of descent as JSON and as CSV."""
    found = descent(library)
    if not found.dated:
        return
    value = {
        "schema": "plan-archive/descent/1",
        "as_at": found.day.isoformat(),
        "plans": [_data(line) for line in found.lines],
    }
    yield SiteFile("data/descent.json", to_json(noticed(library, value)).encode())
    rows = (row for line in found.lines for row in _rows(line))
    yield SiteFile("data/descent.csv", csv_text(library, COLUMNS, rows).encode())


def _data(line: Line) -> dict[str, Any]:
    return {
        "plan": line.plan.id,
        "title": line.plan.facts.title,
        "status": line.status.value,
        "editions": [
            {"edition": span.edition.id, "from": _stated(span.begins), "to": _stated(span.ends)} for span in line.spans
        ],
        "ended": _stated(line.ended),
        "ended_by": line.ended_by,
        "taken_up_by": [{"plan": s.plan, "on": _stated(s.on), "extent": s.extent} for s in line.successions],
        "duty": {
            "status": line.plan.facts.duty.status,
            "from": _stated(line.duty_from),
            "ended": _stated(line.duty_ended),
        },
    }


def _stated(when: When | None) -> str | None:
    """A date as data: 2006-04-01, about 2004-03, not known; None where there is none to state."""
    if isinstance(when, About):
        return f"about {when.about}"
    return "not known" if isinstance(when, Unknown) else when.isoformat() if when else None


def _rows(line: Line) -> Iterator[tuple[str, ...]]:
    """One line for each edition and each plan that took it up; one at least for every plan."""
    duty = _stated(line.duty_from) or "", _stated(line.duty_ended) or ""
    for span in line.spans or (None,):
        edition = (span.edition.id, _stated(span.begins) or "", _stated(span.ends) or "") if span else ("", "", "")
        for s in line.successions or (None,):
            taken = (s.plan, _stated(s.on) or "", s.extent) if s else ("", "", "")
            name = line.plan.id, line.plan.facts.title, line.status.value
            yield (*name, *edition, line.ended_by or "", *taken, *duty)
