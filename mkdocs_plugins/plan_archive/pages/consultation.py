"""The page of consultation and its data: who was asked about each edition, how, when, and what changed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..facts import Consulted
from ..insight.consultation import EditionConsultation, PlanConsultation, consultation_of
from ..insight.names import was_asked
from ..language import tr, tr_later
from ..model import Library
from ..schemas.tables import TABLES
from .catalogue import noticed, to_json
from .cells import csv_text
from .drawing import draw
from .nouns import Contents, Page, SiteFile
from .sentences import Link

ADDRESS = "consultation/"
COLUMNS = TABLES["consultation"].head
STATES = {
    "asked": tr_later("Asked"),
    "missing": tr_later("No record"),
    "not-asked": tr_later("Not asked"),
    "not-named": tr_later("Not on the list"),
}
SHAPES = {"asked": "\u25cf", "missing": "\u25b3", "not-asked": "\u25b3", "not-named": "\u2013"}


def consultation_pages(library: Library) -> Iterator[Page]:
    """The page of consultation, where any edition says whom it asked."""
    found = consultation_of(library)
    if not found:
        return
    listed = [plan for plan in found if plan.listed]
    html = draw(
        "consultation.html",
        ADDRESS,
        library=library,
        listed=[(plan, list(_grid(library, plan))) for plan in listed],
        others=[plan for plan in found if not plan.listed],
        consultees=library.registers.consultees,
        law=library.registers.law,
        was_asked=was_asked,
        states={state: tr(label) for state, label in STATES.items()},
        shapes=SHAPES,
    )
    contents = [Contents(f"plan-{plan.plan.id}", plan.plan.facts.title, 2) for plan in listed]
    if len(listed) < len(found):
        contents.append(Contents("other-plans", tr("Other plans"), 2))
    description = tr("Who was consulted about each edition, how, when and what changed; and who is missing.")
    yield Page(ADDRESS, tr("Consultation"), description, html, tuple(contents), (Link(tr("Home"), ""),))


def consultation_files(library: Library) -> Iterator[SiteFile]:
    """Who was asked about each edition, as JSON and as CSV."""
    found = consultation_of(library)
    if not found:
        return
    editions = [edition for plan in found for edition in plan.editions]
    value = {"schema": "plan-archive/consultation/1", "editions": [_data(edition) for edition in editions]}
    yield SiteFile("data/consultation.json", to_json(noticed(library, value)).encode())
    rows = (row for edition in editions for row in _rows(edition))
    yield SiteFile("data/consultation.csv", csv_text(library, COLUMNS, rows).encode())


def state(edition: EditionConsultation, key: str) -> str:
    """Whether one of those whom the law names was asked about an edition."""
    row = next((row for row in edition.named if row.key == key), None)
    if row is None:
        return "not-named"
    return "asked" if row.asked else "not-asked" if row.entries else "missing"


def _grid(library: Library, plan: PlanConsultation) -> Iterator[tuple[str, list[str]]]:
    """Each consultee, with how it stands in each edition."""
    for key in plan.consultees:
        yield library.registers.consultees[key].title, [state(edition, key) for edition in plan.editions]


def _entry(line: Consulted) -> dict[str, Any]:
    return {
        "who": line.who,
        "asked": was_asked(line.how, line.when),
        "how": line.how,
        "when": line.when,
        "changed": line.changed,
    }


def _data(edition: EditionConsultation) -> dict[str, Any]:
    return {
        "edition": f"{edition.edition.plan}@{edition.edition.id}",
        "published": edition.day.isoformat(),
        "kind": edition.edition.text.front.kind,
        "consultees": [
            {
                "consultee": row.key,
                "title": row.consultee.title,
                "law": row.consultee.law,
                "provision": row.consultee.provision,
                "state": state(edition, row.key),
                "entries": [_entry(line) for line in row.entries],
            }
            for row in edition.named
        ],
        "others": [_entry(line) for line in edition.others],
    }


def _rows(edition: EditionConsultation) -> Iterator[tuple[str, ...]]:
    stands = (
        f"{edition.edition.plan}@{edition.edition.id}",
        edition.day.isoformat(),
        edition.edition.text.front.kind,
    )
    for row in edition.named:
        for line in row.entries:
            told = state(edition, row.key), line.how, line.when, line.changed
            yield (*stands, row.key, line.who, *told, row.consultee.provision)
        if not row.entries:
            yield (*stands, row.key, row.consultee.title, "missing", "", "", "", row.consultee.provision)
    for line in edition.others:
        told = ("asked" if was_asked(line.how, line.when) else "not-asked"), line.how, line.when, line.changed
        yield (*stands, line.consultee or "", line.who, *told, "")
