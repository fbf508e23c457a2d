"""The line of descent: the plans, their years and what took them up, as a picture, as a table and as data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from ..addresses import edition_address, plan_address
from ..facts import Succession, Unknown, When
from ..insight.descent import Descent, Line, Span, descent
from ..language import say_day, tr, tr_as, tr_later, tr_many
from ..model import Library, Plan
from ..schemas.tables import TABLES
from .catalogue import notice, noticed, stated, to_json
from .cells import csv_text
from .descent_picture import NARROW, WIDE, Drawn, Row, picture
from .drawing import draw
from .nouns import Page, SiteFile
from .places import lead
from .sentences import Link, on_when, plan_standing, say_decision, say_when, the

ADDRESS = "descent/"
COLUMNS = TABLES["descent"].head
ENDS = {
    "superseded": tr_later("Replaced"),
    "lapsed": tr_later("Lapsed"),
    "withdrawn": tr_later("Withdrawn"),
    "never-adopted": tr_later("Never adopted"),
}
"""How a plan ended."""
ENDED = {
    "superseded": tr_later("replaced"),
    "lapsed": tr_later("lapsed"),
    "withdrawn": tr_later("withdrawn"),
    "never-adopted": tr_later("never adopted"),
}
"""The same within a sentence."""


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
    rows = [
        Row(line, lead(here, plan_address(line.plan.id)), said(library, line), _ended_word(line))
        for line in found.lines
    ]
    title = tr("Line of descent of the plans")
    if of:
        title = tr("Line of descent of {plan}", plan=the(of.facts.title))
    says = summary(library, found)
    note = notice(library)
    wide, narrow = (
        picture(
            Drawn(rows, found.day, say_day(found.day), layout, f"descent-{layout.name}", title, says, note),
        )
        for layout in (WIDE, NARROW)
    )
    return Shown(wide, narrow, tuple(table_row(library, line) for line in found.lines), says)


def said(library: Library, line: Line) -> str:
    """All that the picture shows of one plan, in words."""
    parts = [tr("edition {edition} {time}", edition=span.edition.id, time=_time(span)) for span in line.spans]
    parts = parts or [tr("no edition, so no place in time")]
    if line.ended_by:
        parts.append(_ended_word(line))
    parts += [_taken_up(library, succession) for succession in line.successions]
    if line.duty_ended:
        parts.append(tr("the duty to make it ended {on_day}", on_day=on_when(line.duty_ended)))
    return "; ".join(parts)


def _ended_word(line: Line) -> str:
    return tr(ENDED[line.ended_by]) if line.ended_by else ""


def _taken_up(library: Library, succession: Succession) -> str:
    plan, day = the(_title(library, succession.plan)), on_when(succession.on)
    if succession.extent == "part":
        return tr("in part taken up by {plan} {on_day}", plan=plan, on_day=day)
    return tr("whole taken up by {plan} {on_day}", plan=plan, on_day=day)


def summary(library: Library, found: Descent) -> str:
    """What a picture shows as a whole, counted."""
    lines = found.lines
    told = []
    if len(lines) > 1:
        told.append(
            tr_many(
                "{count} plan by the years in which it was in effect.",
                "{count} plans by the years in which they were in effect.",
                len(lines),
            )
        )
    by = Counter((s.plan, s.extent) for line in lines for s in line.successions)
    for (plan, extent), count in sorted(by.items(), key=lambda pair: (-pair[1], pair[0])):
        told.append(_counted(the(_title(library, plan)), extent, count))
    told += [_came_to_nothing(line) for line in lines if line.lapsed and line.spans]
    without = sum(not line.spans for line in lines)
    if without:
        told.append(
            tr_many(
                "{count} plan has no edition here and no place in time.",
                "{count} plans have no edition here and no place in time.",
                without,
            )
        )
    return " ".join([*told, tr("The dates stand in the table below.")])


def _counted(plan: str, extent: str, count: int) -> str:
    """How many plans one plan took up, whole or in part."""
    if extent == "part":
        return tr_many(
            "{count} plan was taken up in part by {plan}.",
            "{count} plans were taken up in part by {plan}.",
            count,
            plan=plan,
        )
    return tr_many("{count} plan was taken up by {plan}.", "{count} plans were taken up by {plan}.", count, plan=plan)


def _came_to_nothing(line: Line) -> str:
    """That a plan ended and nothing took its place."""
    title, day = line.plan.facts.title, tr("on a day that is not known") if line.ended is None else on_when(line.ended)
    if line.ended_by == "withdrawn":
        return tr("The {plan} was withdrawn {on_day}; nothing took it up.", plan=title, on_day=day)
    return tr("The {plan} lapsed {on_day}; nothing took it up.", plan=title, on_day=day)


def table_row(library: Library, line: Line) -> TableRow:
    """One plan of the picture, in words."""
    plan = line.plan
    spans = tuple(
        (Link(span.edition.title, edition_address(plan.id, span.edition.id)), _time(span)) for span in line.spans
    )
    taken = tuple((Link(_title(library, s.plan), plan_address(s.plan)), _how_taken(s)) for s in line.successions)
    return TableRow(plan, spans, _ended(library, line), taken, _duty(line))


def _how_taken(succession: Succession) -> str:
    """When a plan was taken up, whole or in part, and by whose decision."""
    day, decision = on_when(succession.on), say_decision(succession.authority)
    if succession.extent == "part":
        return tr("{on_day}, in part ({decision})", on_day=day, decision=decision)
    return tr("{on_day}, whole ({decision})", on_day=day, decision=decision)


def _ended(library: Library, line: Line) -> str:
    """How a plan ended, apart from its duty."""
    if line.ended_by is None:
        return plan_standing(library, line.plan).label
    how = tr(ENDS[line.ended_by])
    if line.ended_by == "never-adopted":
        return how
    if _unknown(line.ended):
        return tr("{status}; its last day is not known", status=how)
    return tr("{status}; its last day was {day}", status=how, day=say_when(line.ended))


def _duty(line: Line) -> str:
    """When the duty to make a plan began and ended, apart from the plan."""
    if line.plan.facts.duty.status == "none":
        return tr_as("duty", "None")
    begun = tr("First day not known")
    if not _unknown(line.duty_from):
        begun = tr("From {day}", day=say_when(line.duty_from))
    if line.duty_ended is None:
        return begun
    if _unknown(line.duty_ended):
        return tr("{begun}; end not known", begun=begun)
    return tr("{begun}; ended {on_day}", begun=begun, on_day=on_when(line.duty_ended))


def _unknown(when: When | None) -> bool:
    return when is None or isinstance(when, Unknown)


def _time(span: Span) -> str:
    """From 1 April 2001 to 31 March 2004."""
    first = tr("a day that is not known") if _unknown(span.begins) else say_when(span.begins)
    if span.ends is None:
        return tr("from {first} on", first=first)
    last = tr("a day that is not known") if _unknown(span.ends) else say_when(span.ends)
    return tr("from {first} to {last}", first=first, last=last)


def _title(library: Library, plan_id: str) -> str:
    plan = library.plan(plan_id)
    return plan.facts.title if plan else plan_id


def descent_pages(library: Library) -> Iterator[Page]:
    """The page of the line of descent, where any plan can be placed in time."""
    found = shown(library, ADDRESS)
    if found is None:
        return
    html = draw("descent.html", ADDRESS, library=library, descent=found)
    description = tr("When each plan was in effect, when its duty ended, and which plan took it up.")
    yield Page(ADDRESS, tr("Line of descent"), description, html, trail=(Link(tr("Home"), ""),))


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
            {"edition": span.edition.id, "from": stated(span.begins), "to": stated(span.ends)} for span in line.spans
        ],
        "ended": stated(line.ended),
        "ended_by": line.ended_by,
        "taken_up_by": [{"plan": s.plan, "on": stated(s.on), "extent": s.extent} for s in line.successions],
        "duty": {
            "status": line.plan.facts.duty.status,
            "from": stated(line.duty_from),
            "ended": stated(line.duty_ended),
        },
    }


def _rows(line: Line) -> Iterator[tuple[str, ...]]:
    """One line for each edition and each plan that took it up; one at least for every plan."""
    duty = stated(line.duty_from) or "", stated(line.duty_ended) or ""
    for span in line.spans or (None,):
        edition = (span.edition.id, stated(span.begins) or "", stated(span.ends) or "") if span else ("", "", "")
        for s in line.successions or (None,):
            taken = (s.plan, stated(s.on) or "", s.extent) if s else ("", "", "")
            name = line.plan.id, line.plan.facts.title, line.status.value
            yield (*name, *edition, line.ended_by or "", *taken, *duty)
