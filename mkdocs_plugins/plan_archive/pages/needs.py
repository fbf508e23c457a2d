"""The page of the needs groups and its data: what the plans have for each of them, and what replaced plans had."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..insight.needs import EditionNeeds, GroupNeeds, needs_of, unregistered
from ..insight.partners import partners_of
from ..insight.tables import what
from ..language import tr
from ..model import Library
from ..schemas.tables import TABLES
from .catalogue import noticed, to_json
from .cells import csv_text
from .drawing import draw
from .nouns import Contents, Page, SiteFile
from .sentences import Link

ADDRESS = "needs/"
COLUMNS = TABLES["needs"].head


def needs_pages(library: Library) -> Iterator[Page]:
    """The page of the needs groups, where the register has any and a plan has something for one of them."""
    groups = needs_of(library)
    if not something(groups):
        return
    editions = [has.edition for has in groups[0].current]
    html = draw(
        "needs.html",
        ADDRESS,
        library=library,
        groups=groups,
        editions=editions,
        unregistered=unregistered(library),
        what=what,
        partnered=bool(partners_of(library)),
    )
    contents = tuple(Contents(group.key, group.group.title, 2) for group in groups)
    description = tr(
        "For each needs group: the sections, actions and measures of every edition, and of the replaced plans."
    )
    yield Page(ADDRESS, tr("Needs groups"), description, html, contents, (Link(tr("Home"), ""),))


def needs_files(library: Library) -> Iterator[SiteFile]:
    """What each needs group has, as JSON and as CSV."""
    groups = needs_of(library)
    if not something(groups):
        return
    value = {
        "schema": "plan-archive/needs/1",
        "needs_groups": [
            {
                "key": group.key,
                "title": group.group.title,
                "plans_in_effect": [_data(has) for has in group.current],
                "other_plans": [_data(has) for has in group.replaced],
            }
            for group in groups
        ],
        "not_in_the_register": [
            {"name": found.words, "row": f"{found.row.plan}@{found.row.edition}:{found.row.ref}"}
            for found in unregistered(library)
        ],
    }
    yield SiteFile("data/needs.json", to_json(noticed(library, value)).encode())
    rows = (row for group in groups for row in _rows(group))
    yield SiteFile("data/needs.csv", csv_text(library, COLUMNS, rows).encode())


def something(groups: tuple[GroupNeeds, ...]) -> bool:
    """Whether any plan has anything for any needs group."""
    return any(group.replaced or any(not has.nothing for has in group.current) for group in groups)


def _data(has: EditionNeeds) -> dict[str, Any]:
    return {
        "edition": f"{has.edition.plan}@{has.edition.id}",
        "sections": [section.id for section in has.sections],
        "actions": [row.ref for row in has.actions],
        "measures": [row.ref for row in has.measures],
    }


def _rows(group: GroupNeeds) -> Iterator[tuple[str, ...]]:
    for found, current in ((group.current, "yes"), (group.replaced, "no")):
        for has in found:
            stands = (group.key, f"{has.edition.plan}@{has.edition.id}", current)
            for section in has.sections:
                yield (*stands, "section", f"#{section.id}", section.title)
            for row in has.actions:
                yield (*stands, "action", f":{row.ref}", what(row))
            for row in has.measures:
                yield (*stands, "measure", f":{row.ref}", what(row))
