"""Measures: what was promised of each, what was reached, and what was changed without being said.

A measure is a row of a keyed table with targets, baselines or results. Which way is better is what the table says in
its column "Better"; where it does not say, that is not guessed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..model import MeasureChange, Section

_FIGURE = re.compile(
    r"((?:(?<![\w.,%])[-\u2212+])?(?:\u00a3\s?)?(?<!per )(?<![\d.,])\d(?:,?\d)*(?:\.\d+)?)"
    r"(?:\s?(k|m|bn|thousand|million|billion)\b)?",
    re.IGNORECASE,
)
_SCALES = {"k": 3, "thousand": 3, "m": 6, "million": 6, "bn": 9, "billion": 9}
_YEAR = r"\(?(\d{4}(?:[-/\u2013]\d{2,4})?)\)?"
_YEARLY = re.compile(rf"^(target|actual)(?:\s+(?:for|in))?\s+{_YEAR}$")
_YEAR_FIRST = re.compile(rf"^{_YEAR}\s+(target|actual)$")
_BASELINE = re.compile(rf"^baseline(?:\s+{_YEAR})?$")
_NAMES = ("measure", "indicator", "target")
"""Columns that hold what is measured, the first that a table has."""
_NOTHING = frozenset(
    [
        "",
        "-",
        "\u2013",
        "\u2014",
        "n/a",
        "none",
        "no target set",
        "not set",
        "not yet collected",
        "not collected",
        "tbc",
        "not known",
    ]
)


Column = tuple[str, str | None]
"""What a column of a table of measures holds, and for which year: ("target", "2007"), ("unit", None)."""


@dataclass(frozen=True)
class Row:
    """One measure in one text: its cells by what they hold."""

    ref: str
    cells: dict[Column, str]

    def get(self, field: str, year: str | None = None) -> str | None:
        """A cell, or None where the table has no such column."""
        return self.cells.get((field, year))

    @property
    def better(self) -> str:
        """higher, lower or none; "" where the table does not say."""
        return (self.get("better") or "").strip().lower()


def measure_rows(sections: tuple[Section, ...]) -> dict[str, Row]:
    """The measures of a text, by Ref."""
    rows: dict[str, Row] = {}
    heads: dict[int, list[Column]] = {}
    for section in sections:
        for block in section.blocks:
            if block.kind != "row" or block.table is None:
                continue
            if block.header:
                heads[block.table] = _columns([" ".join(cell.lower().split()) for cell in block.cells])
                continue
            head = heads.get(block.table, [])
            if block.ref and any(field in ("better", "target", "actual", "baseline") for field, _ in head):
                rows.setdefault(block.ref, Row(block.ref, dict(zip(head, block.cells, strict=False))))
    return rows


def _columns(names: list[str]) -> list[Column]:
    """What the columns of a table hold; the one that says what is measured holds its definition."""
    definition = next((name for name in _NAMES if name in names), None)
    columns: list[Column] = []
    for name in names:
        yearly, first, baseline = _YEARLY.match(name), _YEAR_FIRST.match(name), _BASELINE.match(name)
        if name == definition:
            columns.append(("definition", None))
        elif yearly:
            columns.append((yearly[1], _year(yearly[2])))
        elif first:
            columns.append((first[2], _year(first[1])))
        else:
            columns.append(("baseline" if baseline else name, None))
    return columns


def _year(text: str) -> str:
    return re.sub(r"[/\u2013]", "-", text)


def measure_changes(old: tuple[Section, ...], new: tuple[Section, ...]) -> tuple[MeasureChange, ...]:
    """What changed about each measure, in the new text's order, those dropped last."""
    before, after = measure_rows(old), measure_rows(new)
    changes: list[MeasureChange] = []
    for ref, row in after.items():
        if ref in before:
            changes += _changes(before[ref], row)
        else:
            name = row.get("definition")
            changes.append(MeasureChange(ref, "measure", None, None, name, row.better, "added"))
    for ref, row in before.items():
        if ref not in after:
            name = row.get("definition")
            changes.append(MeasureChange(ref, "measure", None, name, None, row.better, "dropped"))
    return tuple(changes)


def _changes(old: Row, new: Row) -> list[MeasureChange]:
    # A table that no longer says which way is better does not make its targets harder to judge.
    better = new.better or old.better
    changes = []
    for field, kind in (
        ("unit", "unit_changed"),
        ("definition", "definition_changed"),
        ("better", "definition_changed"),
        ("baseline", "baseline_changed"),
        ("baseline year", "baseline_changed"),
    ):
        one, other = old.get(field), new.get(field)
        if one is not None and other is not None and not _same(one, other):
            changes.append(MeasureChange(new.ref, field, None, one, other, better, kind))
    comparable = old.get("unit") == new.get("unit") and (old.better or better) == better
    for field, year in [*new.cells, *(column for column in old.cells if column not in new.cells)]:
        one, other = old.get(field, year), new.get(field, year)
        kind = ""
        if field == "actual":
            kind = _of_result(one, other)
        elif field == "target":
            kind = _of_target(old, new, year, better if comparable else "")
        if kind:
            changes.append(MeasureChange(new.ref, field, year, one, other, better, kind))
    return changes


def _of_result(one: str | None, other: str | None) -> str:
    """What became of a result: first reported, changed later, or nothing; one left out is no change."""
    if other is None or _same(one, other) or (one is None and _empty(other)):
        return ""
    return "actual_added" if _empty(one) else "past_actual_changed"


def _of_target(old: Row, new: Row, year: str | None, better: str) -> str:
    """What became of a target; one that the old table had no column for is no change."""
    one, other = old.get("target", year), new.get("target", year)
    if one is None or _same(one, other):
        return ""
    if other is None:
        # Tables begin with later years as time goes on. A year that is left out after one that is still there is
        # another matter: what was promised for it is gone.
        return "made_easier" if not _empty(one) and any(y < (year or "") for y in _target_years(new)) else ""
    return "made_easier" if _put_off(old, new, one, other, year) else _direction(one, other, better)


def _target_years(row: Row) -> list[str]:
    return [year for field, year in row.cells if field == "target" and year]


def is_set(cell: str | None) -> bool:
    """Whether a cell holds a figure or words, and not only that there is nothing to tell."""
    return not _empty(cell)


def _empty(cell: str | None) -> bool:
    return cell is None or cell.strip().rstrip(".").lower() in _NOTHING


def _same(one: str | None, other: str | None) -> bool:
    """Whether two cells say the same, however the figures are written; a missing cell is only like itself."""
    if one is None or other is None:
        return one == other
    return (_empty(one) and _empty(other)) or (figures_in(one), _words(one)) == (figures_in(other), _words(other))


def _direction(old: str, new: str, better: str) -> str:
    """Whether a target became easier or harder; unknown where the figures or the direction are.

    One that was taken away is easier, and one that was set is harder than none, whichever way is better.
    """
    if _empty(new):
        return "made_easier"
    if _empty(old):
        return "made_harder"
    if better not in ("higher", "lower"):
        return "direction_unknown"
    one, other = figures_in(old), figures_in(new)
    if not one or len(one) != len(other) or _words(old) != _words(new):
        return "direction_unknown"
    steps = {(b > a) - (b < a) for a, b in zip(one, other, strict=True)} - {0}
    if len(steps) != 1:
        return "direction_unknown"
    harder = 1 if better == "higher" else -1
    return "made_harder" if steps == {harder} else "made_easier"


def figures_in(cell: str) -> list[float]:
    """The figures of a cell, in order; what a rate is counted for is no figure but part of its unit."""
    found = []
    for text, scale in _FIGURE.findall(cell):
        plain = re.sub(r"[\u00a3,\s]", "", text).replace("\u2212", "-")
        found.append(float(f"{plain}e{_SCALES.get(scale.lower(), 0)}"))
    return found


def _words(cell: str) -> str:
    """What stands around the figures of a cell: figures are only compared where this is the same."""
    around = _FIGURE.sub(lambda match: "\u00a3#" if "\u00a3" in match[1] else "#", cell.lower())
    return " ".join(re.sub(r"\s*\bper ?cent\b|\s*%", "%", around).replace("\u2013", "-").rstrip(" .").split())


def _put_off(old: Row, new: Row, one: str, other: str, year: str | None) -> bool:
    """Whether the figure that was promised for this year is now promised for a later one only."""
    if _empty(one) or not _empty(other) or year is None:
        return False
    later = [y for y in _target_years(new) if y > year]
    return any(new.get("target", y) == one and old.get("target", y) != one for y in later)
