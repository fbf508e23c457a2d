"""The years: which plans and editions were in effect during each of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from ..facts import InEffect
from ..language import tr
from ..model import Edition, Library, Plan
from ..status import first_day, last_day
from .drawing import draw
from .nouns import Contents, Page
from .sentences import Link, say_when


@dataclass(frozen=True)
class Held:
    """An edition in one year."""

    plan: Plan
    edition: Edition
    when: str
    """"all year", or from and to which day."""


def years_pages(library: Library) -> Iterator[Page]:
    """The page `/years/`, where any edition's days are known."""
    years = years_of(library)
    if not years:
        return
    rows = [(year, tuple(held_in(library, year))) for year in reversed(years)]
    unknown = [(plan, edition) for plan, edition, days in _spans(library) if days is None]
    html = draw("years.html", "years/", library=library, rows=rows, unknown=unknown)
    contents = tuple(Contents(f"year-{year}", str(year), 2) for year, _ in rows)
    description = tr("For each year, the plans and editions in effect during it.")
    yield Page("years/", tr("Year by year"), description, html, contents, (Link(tr("Home"), ""),))


def years_of(library: Library) -> tuple[int, ...]:
    """The years in which any edition was in effect, up to the archive's day."""
    days = [found for *_, found in _spans(library) if found is not None]
    return tuple(range(min(d[0] for d in days).year, max(d[1] for d in days).year + 1)) if days else ()


def held_in(library: Library, year: int) -> Iterator[Held]:
    """The editions in effect at some time during a year, by the titles of their plans."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    rows = [(plan, edition, days) for plan, edition, days in _spans(library) if days is not None]
    for plan, edition, (start, end) in sorted(rows, key=lambda row: (row[0].facts.title.casefold(), row[2])):
        if start <= last and end >= first and edition.facts is not None:
            span = edition.facts.in_effect
            lasts = span.to is None and year == library.as_at.year
            yield Held(plan, edition, _within(span, begun=start > first, over=end < last, lasts=lasts))


def _within(span: InEffect, *, begun: bool, over: bool, lasts: bool) -> str:
    """When in a year an edition was in effect, which may have begun in it, or ended, or last still."""
    first, last = say_when(span.from_), say_when(span.to)
    if begun and over and span.to is not None:
        return tr("from {first} to {last}", first=first, last=last)
    if begun:
        return tr("from {first}", first=first)
    if over and span.to is not None:
        return tr("to {last}", last=last)
    return tr("since it began") if lasts else tr("all year")


def _spans(library: Library) -> Iterator[tuple[Plan, Edition, tuple[date, date] | None]]:
    """Every edition that took effect by the archive's day, with its first and last day; None where not known."""
    for plan in library.plans:
        for edition in plan.editions:
            if not edition.adopted or edition.facts is None:
                continue
            span = edition.facts.in_effect
            start, end = first_day(span.from_), last_day(span.to) if span.to is not None else library.as_at
            if start is None or end is None:
                yield plan, edition, None
            elif start <= library.as_at:
                yield plan, edition, (start, min(end, library.as_at))
