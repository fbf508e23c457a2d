"""As at a date: what was in effect on a day and, apart from that, which duties were in force.

A page for each year needs no script; with one, any day can be chosen. Both are made from the same dated facts.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from ..addresses import edition_address, plan_address
from ..facts import When
from ..language import say_day, spoken, tr
from ..model import Edition, Library, Plan
from ..status import first_day, last_day
from .catalogue import noticed, to_json
from .drawing import draw
from .nouns import Page, SiteFile
from .places import on_site
from .sentences import Link, say_when, the


@dataclass(frozen=True)
class Span:
    """Something that held from one day to another."""

    plan: Plan
    title: str
    address: str
    begun: When | None
    ended: When | None

    @property
    def first(self) -> date | None:
        """The earliest day on which it may have begun."""
        return first_day(self.begun)

    @property
    def last(self) -> date | None:
        """The latest day on which it may have held; None while it lasts, or where that is not known."""
        return last_day(self.ended)

    @property
    def said(self) -> str:
        """Its days in words."""
        first = say_when(self.begun) if self.begun is not None else tr("a day that is not known")
        if self.ended is None:
            return tr("from {first}", first=first)
        return tr("from {first} to {last}", first=first, last=say_when(self.ended))

    @property
    def told(self) -> str:
        """Its days in words, and whether one of them is not known."""
        return self.said if self.exact else tr("{days} (not known to the day)", days=self.said)

    @property
    def exact(self) -> bool:
        """Whether its days are known to the day."""
        return isinstance(self.begun, date) and (self.ended is None or isinstance(self.ended, date))

    def between(self, first: date, last: date) -> bool:
        """Whether it may have held on some day of these."""
        begins = self.first is not None and self.first <= last
        return begins and not (self.last is not None and self.last < first)

    def in_year(self, year: int) -> bool:
        """Whether it may have held on some day of a year."""
        return self.between(date(year, 1, 1), date(year, 12, 31))

    def on(self, day: date) -> bool:
        """Whether it may have held on a day."""
        return self.between(day, day)


def as_at_pages(library: Library) -> Iterator[Page]:
    """The page on which a day is chosen, and one for each year."""
    editions, duties = edition_spans(library), duty_spans(library)
    years = _years(library, (*editions, *duties))
    if not years:
        return
    trail = (Link(tr("Home"), ""),)
    name, description = tr("As at a date"), tr("Which plans were in effect on any day.")
    day = say_day(library.as_at)
    html = draw(
        "as_at.html",
        "as-at/",
        library=library,
        years=years,
        first=f"{years[0]}-01-01",
        source=_source(library),
        held=(
            (tr("Plans in effect on {day}", day=day), [span for span in editions if span.on(library.as_at)]),
            (tr("Duties in force on {day}", day=day), [span for span in duties if span.on(library.as_at)]),
        ),
    )
    yield Page("as-at/", name, description, html, trail=trail, script="assets/as-at.js")
    for year in years:
        address = f"as-at/{year}/"
        html = draw(
            "as_at_year.html",
            address,
            library=library,
            year=year,
            editions=[span for span in editions if span.in_year(year)],
            duties=[span for span in duties if span.in_year(year)],
            before=year - 1 if year - 1 in years else None,
            after=year + 1 if year + 1 in years else None,
        )
        title = tr("Plans in effect in {year}", year=year)
        description = tr(
            "Every plan that was in effect on some day of {year}, and the duties that were in force.", year=year
        )
        yield Page(address, title, description, html, trail=(*trail, Link(name, "as-at/")))


DATA, OWN = "data/as-at.json", "as-at/days.json"


def _source(library: Library) -> str:
    """Where the data lie from which the page works out a day: they hold words, so it may need its own."""
    return DATA if spoken() == "en" and not library.language else OWN


def own_days(library: Library) -> Iterator[SiteFile]:
    """The same data in the language that is spoken, for its page; nothing where that is the data's own."""
    if _source(library) == OWN:
        yield SiteFile(OWN, _days(library))


def as_at_files(library: Library) -> Iterator[SiteFile]:
    """The dated facts as data, from which any day can be worked out."""
    yield SiteFile(DATA, _days(library))


def _days(library: Library) -> bytes:

    def spans(found: tuple[Span, ...]) -> list[dict[str, Any]]:
        return [
            {
                "plan": span.plan.id,
                "title": span.title,
                "address": f"/{on_site(span.address)}",
                "from": span.first.isoformat() if span.first else None,
                "to": span.last.isoformat() if span.last else None,
                "days": span.said,
                "exact": span.exact,
            }
            for span in found
        ]

    data = {
        "schema": "plan-archive/as-at/1",
        "as_at": library.as_at.isoformat(),
        "editions": spans(edition_spans(library)),
        "duties": spans(duty_spans(library)),
    }
    return to_json(noticed(library, data)).encode()


def edition_spans(library: Library) -> tuple[Span, ...]:
    """The days on which each edition was in effect, by plan."""
    return tuple(
        Span(plan, edition.title, edition_address(plan.id, edition.id), *_in_effect(edition))
        for plan in library.plans
        for edition in plan.editions
        if edition.adopted
    )


def _in_effect(edition: Edition) -> tuple[When | None, When | None]:
    span = edition.facts.in_effect if edition.facts else None
    return (span.from_, span.to) if span else (None, None)


def duty_spans(library: Library) -> tuple[Span, ...]:
    """The days on which each duty to make a plan was in force; its last day is the day before it ended."""
    found = []
    for plan in library.plans:
        duty = plan.facts.duty
        if duty.status not in ("none", "never-commenced", "prospective"):
            ended = duty.ended
            over = date.fromordinal(ended.toordinal() - 1) if isinstance(ended, date) else ended
            found.append(
                Span(plan, tr("To make {plan}", plan=the(plan.facts.title)), plan_address(plan.id), duty.from_, over)
            )
    return tuple(found)


def _years(library: Library, spans: tuple[Span, ...]) -> list[int]:
    """The years from the first that is known to the archive's own."""
    starts = [span.first.year for span in spans if span.first]
    return list(range(min(starts), library.as_at.year + 1)) if starts else []
