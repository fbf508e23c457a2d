"""Every figure of every measure and every edit as data: `/data/measures.json` and two tables as CSV."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from ..insight.figures import Figure, figures
from ..model import Library
from ..schemas.tables import TABLES
from .catalogue import noticed, to_json
from .cells import csv_text
from .measures import EditRow, comparisons, edit_row, is_recounted, measures_of
from .nouns import SiteFile
from .pairs import Pair

CELLS = TABLES["measures"].head
EDIT_CELLS = TABLES["measure-edits"].head


def figure_data(library: Library, figure: Figure) -> dict[str, Any]:
    """One figure, as data."""
    return {
        "plan": figure.plan,
        "edition": figure.edition,
        "ref": figure.ref,
        "measure": figure.measure,
        "unit": figure.unit or None,
        "better": figure.better or None,
        "kind": figure.kind,
        "name": figure.name or None,
        "year": figure.year or None,
        "value": figure.value,
        "figure": whole(figure.number),
        "invented": library.authority.example,
        "address": "/" + figure.address,
    }


def whole(number: float | None) -> float | int | None:
    """A number without a needless ".0"."""
    return int(number) if number is not None and number == int(number) else number


def edit_data(row: EditRow) -> dict[str, Any]:
    """One edit, as data."""
    change = row.edit.change
    return {
        "plan": row.measure.plan,
        "old": row.edit.old,
        "new": row.edit.new,
        "ref": change.ref,
        "measure": row.measure.title,
        "field": change.field,
        "year": change.year,
        "before": change.old,
        "after": change.new,
        "change": change.change,
        "recounted": is_recounted(row.measure, row.edit),
        "result_known": row.edit.known,
        "reason": change.reason,
        "address": "/" + row.address,
    }


def measure_files(library: Library, pairs: Sequence[Pair]) -> Iterator[SiteFile]:
    """Every figure and every edit of every measure, as JSON and CSV."""
    found = measures_of(library, pairs)
    if not found:
        return
    told = [figure_data(library, f) for one in found for edition in one.editions for f in figures(edition)]
    edits = []
    for one in found:
        compared = comparisons(pairs, one.plan)
        edits += [edit_data(edit_row(measure, edit, compared)) for measure, edit in one.edits]
    data = {"schema": "plan-archive/measures/1", "figures": told, "edits": edits}
    yield SiteFile("data/measures.json", to_json(noticed(library, data)).encode())
    yield SiteFile("data/measures.csv", csv_text(library, CELLS, (_texts(row, CELLS) for row in told)).encode())
    changed = csv_text(library, EDIT_CELLS, (_texts(row, EDIT_CELLS) for row in edits))
    yield SiteFile("data/measure-edits.csv", changed.encode())


def _texts(row: dict[str, Any], cells: Sequence[str]) -> tuple[str, ...]:
    return tuple(_text(row[cell]) for cell in cells)


def _text(value: str | float | bool | None) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)
