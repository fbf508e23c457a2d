"""The figures of measures: what each cell of a table of measures says, as it was typed and as a number.

Real tables hold more than figures: "No target set", "71 of 112", several values in a cell, years of their own. What
is no single figure keeps its words and has no number; nothing is guessed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from ..addresses import edition_address
from ..compare.measures import figures_in, is_set
from ..model import Edition

Kind = Literal["baseline", "target", "actual", "comparator"]

_YEAR = r"\(?((?:19|20)\d\d(?:[-/\u2013]\d{2,4})?)\)?"
_WORDS = {
    "target": "target",
    "aim": "target",
    "limit": "target",
    "actual": "actual",
    "result": "actual",
    "outturn": "actual",
}
_WORD = "|".join(_WORDS)
_YEARLY = re.compile(rf"^({_WORD})(?:\s+(?:for|in))?\s+{_YEAR}$")
_YEAR_FIRST = re.compile(rf"^{_YEAR}\s+({_WORD})$")
_BASELINE = re.compile(rf"^baseline(?:\s+(?:for\s+|in\s+)?{_YEAR})?$")
_COMPARATOR = re.compile(rf"^([^\W\d].*?)(?:,|\s+in)?\s+{_YEAR}$")
_OURS = re.compile(rf"\b(?:{_WORD}|baseline)s?\b", re.IGNORECASE)
_NAMES = ("measure", "indicator", "kpi", "what is measured", "target")
"""Columns that hold what is measured, the first that a table has."""
_OWN_YEAR = re.compile(rf"\s*(?:\({_YEAR[3:-3]}\)|\b(?:in|for|by|at)\s+{_YEAR[3:-3]})\s*|^{_YEAR[3:-3]}\s*:\s*")
"""A year that a cell gives for a figure of its own: "45 (2005)", "45 in 2004-05", "2005: 45"."""

_MORE_OR_LESS = re.compile(r"\b(?:fewer|less|under|below|over|above|more than|between)\b", re.IGNORECASE)
"""Words with which a figure is a bound: it is kept as words, since the number itself was not said."""


@dataclass(frozen=True)
class Column:
    """What a column of a table of measures holds: a kind of figure and its year, or words about the measure."""

    holds: str
    """One of the kinds of figures; measure, unit, better, baseline year; "" where it is none of them."""
    year: str = ""
    name: str = ""
    """With whom it compares."""


@dataclass(frozen=True)
class Figure:
    """One figure of one measure in one edition."""

    plan: str
    edition: str
    ref: str
    measure: str
    unit: str
    better: str
    """higher, lower or none; "" where the table does not say."""
    kind: Kind
    name: str
    """For a comparator: whose figure it is."""
    year: str
    """As typed; "" where none is given."""
    value: str
    """As typed."""
    number: float | None
    """None where it is no single figure."""
    address: str
    """The row on the edition's page."""


def column_of(head: str) -> Column:
    """What a column holds, by its head; which one holds what is measured is the table's matter."""
    typed = " ".join(head.split())
    plain = typed.lower()
    if plain in ("unit", "better", "baseline year"):
        return Column(plain)
    if match := _YEARLY.match(plain):
        return Column(_WORDS[match[1]], _dashed(match[2]))
    if match := _YEAR_FIRST.match(plain):
        return Column(_WORDS[match[2]], _dashed(match[1]))
    if match := _BASELINE.match(plain):
        return Column("baseline", _dashed(match[1] or ""))
    match = _COMPARATOR.match(typed)
    if match and not _OURS.search(match[1]):
        return Column("comparator", _dashed(match[2]), match[1].rstrip(","))
    return Column(_WORDS.get(plain, ""))


def columns_of(heads: tuple[str, ...]) -> tuple[Column, ...]:
    """What the columns of a table hold; none of them anything where it is no table of measures."""
    plain = [" ".join(head.lower().split()) for head in heads]
    named = next((name for name in _NAMES if name in plain), None)
    columns = tuple(
        Column("measure") if name == named else column_of(head) for head, name in zip(heads, plain, strict=True)
    )
    held = {column.holds for column in columns}
    if "lead" in plain or not held & {"better", "baseline", "target", "actual"}:
        return ()
    return columns


def figures(edition: Edition) -> tuple[Figure, ...]:
    """Every figure of an edition's measures, in reading order; a cell that holds several gives several."""
    found: list[Figure] = []
    seen: set[str] = set()
    columns: dict[int, tuple[Column, ...]] = {}
    for section in edition.text.sections:
        for block in section.blocks:
            if block.kind != "row" or block.table is None:
                continue
            if block.header:
                columns[block.table] = columns_of(block.cells)
            elif block.ref and block.ref not in seen and columns.get(block.table):
                seen.add(block.ref)
                address = f"{edition_address(edition.plan, edition.id)}#{block.anchor}"
                cells = list(zip(columns[block.table], block.cells, strict=False))
                found += _of_row(edition, block.ref, cells, address)
    return tuple(found)


def _of_row(edition: Edition, ref: str, cells: list[tuple[Column, str]], address: str) -> list[Figure]:
    said = {column.holds: cell.strip() for column, cell in reversed(cells)}
    about = (said.get("measure", ""), said.get("unit", ""), said.get("better", "").lower())
    rows = []
    for column, cell in cells:
        if column.holds not in ("baseline", "target", "actual", "comparator") or not cell.strip():
            continue
        kind: Kind = column.holds  # type: ignore[assignment]  # one of the four, as the line above says
        year = said.get("baseline year", "") if kind == "baseline" and is_set(said.get("baseline year")) else ""
        for value, own, number in readings(cell):
            when = own or year or column.year
            rows.append(Figure(edition.plan, edition.id, ref, *about, kind, column.name, when, value, number, address))
    return rows


def readings(cell: str) -> list[tuple[str, str, float | None]]:
    """What a cell says: each value as typed, the year that it gives of its own, and its number if it is one figure."""
    typed = " ".join(cell.split())
    pieces = [piece.strip() for piece in re.split(r";|,\s", typed)]
    if len(pieces) < 2 or not all(_OWN_YEAR.search(piece) and figures_in(_yearless(piece)) for piece in pieces):
        pieces = [piece.strip() for piece in typed.split(";")]
    if len(pieces) < 2 or not all(figures_in(piece) for piece in pieces):
        pieces = [typed]
    return [_reading(piece) for piece in pieces]


def _reading(piece: str) -> tuple[str, str, float | None]:
    match = _OWN_YEAR.search(piece)
    rest = _yearless(piece)
    if match is None or not (figures_in(rest) or not is_set(rest)):
        rest = piece
        match = None
    found = figures_in(rest) if is_set(piece) else []
    number = found[0] if len(found) == 1 and not _MORE_OR_LESS.search(rest) else None
    year = _dashed(next(filter(None, match.groups()), "")) if match and found else ""
    return (rest if year else piece), year, number


def _yearless(piece: str) -> str:
    return " ".join(_OWN_YEAR.sub(" ", piece, count=1).split())


def _dashed(year: str) -> str:
    return re.sub(r"[/\u2013]", "-", year)


def year_place(year: str) -> float | None:
    """Where a year stands on a line of years: "2002-03" half a year after 2002; None where none is given."""
    match = re.search(r"\b((?:19|20)\d\d)([-/\u2013]\d{2,4})?", year)
    if match is None:
        return None
    return int(match[1]) + (0.5 if match[2] else 0)
