"""The pages of agreements with government and of resources, and their data."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from ..addresses import edition_address, measures_address
from ..facts import When
from ..insight.agreements import Resources, Shared, SharedMeasure, resources, shared
from ..insight.figures import Figure
from ..insight.tables import KeyedRow, what
from ..language import tr, tr_later
from ..model import Edition, Library
from ..schemas.tables import TABLES
from ..status import Status, plan_status
from .catalogue import noticed, to_json
from .cells import csv_text
from .drawing import draw
from .measures import measures_of
from .nouns import Contents, Page, SiteFile
from .pairs import Pair
from .sentences import Link, say_when

KINDS = {
    "local-public-service-agreement": tr_later("Local public service agreement"),
    "local-area-agreement-block": tr_later("Block of the local area agreement"),
}
ADDRESS = "agreements/"
RESOURCES = "agreements/resources/"
CELLS = TABLES["agreements"].head
RESOURCE_CELLS = TABLES["resources"].head


def agreement_pages(library: Library, pairs: Sequence[Pair]) -> Iterator[Page]:
    """The page of agreements and the page of resources, where there is something to show."""
    found = shared(library, measures_of(library, pairs))
    told = in_order(library)
    if found:
        yield _agreements(library, found, bool(told))
    if told:
        yield _resources(library, told, bool(found))


def _agreements(library: Library, found: tuple[Shared, ...], resources_told: bool) -> Page:
    titles = {plan.id: plan.facts.title for plan in library.plans}
    html = draw(
        "agreements.html",
        ADDRESS,
        library=library,
        found=found,
        kinds={kind: tr(label) for kind, label in KINDS.items()},
        titles=titles,
        edited=edited,
        grouped=grouped,
        edition_address=edition_address,
        measures_address=measures_address,
        resources=RESOURCES if resources_told else "",
    )
    description = tr(
        "Which parts and targets of the plans belong to agreements with the government, edition by edition."
    )
    contents = tuple(Contents(one.key, one.title, 2) for one in found)
    return Page(ADDRESS, tr("Agreements with government"), description, html, contents, (Link(tr("Home"), ""),))


def grouped(one: Shared) -> list[list[SharedMeasure]]:
    """The measures of an agreement, each with its editions."""
    return [list(rows) for _, rows in groupby(one.measures, key=lambda row: (row.measure.plan, row.measure.ref))]


def edited(target: Figure, row: SharedMeasure) -> bool:
    """Whether an edition changed a target that the edition before gave."""
    return any(
        edit.new == row.edition and edit.change.field == "target" and edit.change.year == target.year
        for edit in row.measure.edits
    )


def in_order(library: Library) -> tuple[Resources, ...]:
    """The resources of editions: plans in effect first, then by title; the latest edition of a plan first."""
    plans = {plan.id: plan for plan in library.plans}

    def place(one: Resources) -> tuple[bool, str, int]:
        plan = plans[one.edition.plan]
        in_effect = plan_status(plan, library.as_at) is Status.IN_EFFECT
        return not in_effect, plan.facts.title.casefold(), -plan.editions.index(one.edition)

    return tuple(sorted(resources(library), key=place))


def _resources(library: Library, told: tuple[Resources, ...], agreements: bool) -> Page:
    html = draw(
        "resources.html",
        RESOURCES,
        library=library,
        told=told,
        what=what,
        edition_address=edition_address,
        agreements=ADDRESS if agreements else "",
    )
    description = tr("What the actions of the plans are paid from: actions that name no resources, and pooled budgets.")
    contents = (
        Contents("editions", tr("Edition by edition"), 2),
        Contents("none", tr("Actions with no resources named"), 2),
        Contents("pooled", tr("Pooled budgets"), 2),
    )
    trail = (Link(tr("Home"), ""), *([Link(tr("Agreements with government"), ADDRESS)] if agreements else []))
    return Page(RESOURCES, tr("Resources: what actions are paid from"), description, html, contents, trail)


def agreement_files(library: Library, pairs: Sequence[Pair]) -> Iterator[SiteFile]:
    """What belongs to agreements, and the resources of every action, as JSON and CSV."""
    found = shared(library, measures_of(library, pairs))
    told = [one for one in in_order(library) if one.actions]
    if found:
        data = [_agreement_data(one) for one in found]
        content = {"schema": "plan-archive/agreements/1", "agreements": data}
        yield SiteFile("data/agreements.json", to_json(noticed(library, content)).encode())
        lines = [_line(one, part) for one in data for part in one["parts"]]
        yield SiteFile("data/agreements.csv", csv_text(library, CELLS, lines).encode())
    if told:
        rows = [_action_data(one.edition, row, one) for one in told for row in one.actions]
        content = {"schema": "plan-archive/resources/1", "actions": rows}
        yield SiteFile("data/resources.json", to_json(noticed(library, content)).encode())
        cells = [tuple(row[cell] for cell in RESOURCE_CELLS) for row in rows]
        yield SiteFile("data/resources.csv", csv_text(library, RESOURCE_CELLS, cells).encode())


def _agreement_data(one: Shared) -> dict[str, Any]:
    parts: list[dict[str, Any]] = [
        {
            "plan": edition.plan,
            "edition": edition.id,
            "part": f"#{section.id}",
            "words": section.title,
            "targets": [],
            "address": f"/{edition_address(edition.plan, edition.id)}#{section.id}",
        }
        for edition, sections in one.sections
        for section in sections
    ]
    parts += [
        {
            "plan": row.measure.plan,
            "edition": row.edition,
            "part": f":{row.measure.ref}",
            "words": next((figure.measure for figure in row.targets), row.measure.title),
            "targets": [{"year": figure.year or None, "value": figure.value} for figure in row.targets],
            "address": f"/{row.address}",
        }
        for row in one.measures
    ]
    return {
        "agreement": one.key,
        "title": one.title,
        "kind": one.facts.kind if one.facts else None,
        "from": _day(one.facts.from_ if one.facts else None),
        "to": _day(one.facts.to if one.facts else None),
        "parts": parts,
    }


def _day(when: When | None) -> str | None:
    return say_when(when) if when is not None else None


def _line(one: dict[str, Any], part: dict[str, Any]) -> tuple[str, ...]:
    targets = "; ".join(f"{target['year'] or 'no year'}: {target['value']}" for target in part["targets"])
    row = {**one, **part, "kind": one["kind"] or "", "targets": targets}
    return tuple(str(row[cell]) for cell in CELLS)


def _action_data(edition: Edition, row: KeyedRow, one: Resources) -> dict[str, str]:
    return {
        "plan": edition.plan,
        "edition": edition.id,
        "ref": row.ref,
        "action": what(row),
        "resources": row.get("resources").strip(),
        "state": "none-named" if row in one.none else "pooled" if row in one.pooled else "named",
        "address": f"/{row.address}",
    }
