"""Measures: what was promised of each, what was reached, and what was changed without being said.

A measure is a row of a keyed table that says which way is better. Which way is up is never guessed.
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
_YEARLY = re.compile(r"^(target|actual)\s+(\d{4}(?:[-/]\d{2,4})?)$", re.IGNORECASE)
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


@dataclass(frozen=True)
class Row:
    """One measure in one text: its cells by column name in lower case."""

    ref: str
    cells: dict[str, str]

    def get(self, name: str) -> str | None:
        """A cell, or None where the table has no such column."""
        return self.cells.get(name)


def measure_rows(sections: tuple[Section, ...]) -> dict[str, Row]:
    """The measures of a text, by Ref."""
    rows: dict[str, Row] = {}
    heads: dict[int, list[str]] = {}
    for section in sections:
        for block in section.blocks:
            if block.kind != "row" or block.table is None:
                continue
            if block.header:
                heads[block.table] = [cell.strip().lower() for cell in block.cells]
                continue
            head = heads.get(block.table, [])
            if block.ref and "better" in head:
                rows.setdefault(block.ref, Row(block.ref, dict(zip(head, block.cells, strict=False))))
    return rows


def measure_changes(old: tuple[Section, ...], new: tuple[Section, ...]) -> tuple[MeasureChange, ...]:
    """What changed about each measure, in the new text's order, those dropped last."""
    before, after = measure_rows(old), measure_rows(new)
    changes: list[MeasureChange] = []
    for ref, row in after.items():
        if ref in before:
            changes += _changes(before[ref], row)
        else:
            name = row.get("measure")
            changes.append(MeasureChange(ref, "measure", None, None, name, row.get("better") or "", "added"))
    for ref, row in before.items():
        if ref not in after:
            name = row.get("measure")
            changes.append(MeasureChange(ref, "measure", None, name, None, row.get("better") or "", "dropped"))
    return tuple(changes)


def _changes(old: Row, new: Row) -> list[MeasureChange]:
    better = (new.get("better") or "").lower()
    changes = []
    for name, field, kind in (
        ("unit", "unit", "unit_changed"),
        ("measure", "definition", "definition_changed"),
        ("better", "better", "definition_changed"),
        ("baseline", "baseline", "baseline_changed"),
        ("baseline year", "baseline year", "baseline_changed"),
    ):
        one, other = old.get(name), new.get(name)
        if one is not None and other is not None and not _same(one, other):
            changes.append(MeasureChange(new.ref, field, None, one, other, better, kind))
    comparable = old.get("unit") == new.get("unit") and old.get("better") == new.get("better")
    names = [*new.cells, *(name for name in old.cells if name not in new.cells)]
    for name in names:
        match = _YEARLY.match(name)
        if match is None:
            continue
        field, year = match.group(1).lower(), match.group(2)
        one, other = old.get(name), new.get(name)
        if _same(one, other) or (one is None and (field == "target" or _empty(other))):
            continue
        if field == "actual" and other is not None:
            kind = "actual_added" if one is None or _empty(one) else "past_actual_changed"
            changes.append(MeasureChange(new.ref, field, year, one, other, better, kind))
        elif field == "target" and one is not None and other is not None:
            kind = _direction(one, other, better) if comparable else "direction_unknown"
            kind = "made_easier" if _put_off(old, new, one, other, year) else kind
            changes.append(MeasureChange(new.ref, field, year, one, other, better, kind))
    return changes


def _empty(cell: str | None) -> bool:
    return cell is None or cell.strip().rstrip(".").lower() in _NOTHING


def _same(one: str | None, other: str | None) -> bool:
    """Whether two cells say the same, however the figures are written; a missing cell is only like itself."""
    if one is None or other is None:
        return one == other
    return (_empty(one) and _empty(other)) or (_figures(one), _words(one)) == (_figures(other), _words(other))


def _direction(old: str, new: str, better: str) -> str:
    """Whether a target became easier or harder; unknown where the figures or the direction are."""
    if better not in ("higher", "lower"):
        return "direction_unknown"
    if _empty(new) and not _empty(old):
        return "made_easier"
    if _empty(old) and not _empty(new):
        return "made_harder"
    one, other = _figures(old), _figures(new)
    if not one or len(one) != len(other) or _words(old) != _words(new):
        return "direction_unknown"
    steps = {(b > a) - (b < a) for a, b in zip(one, other, strict=True)} - {0}
    if len(steps) != 1:
        return "direction_unknown"
    harder = 1 if better == "higher" else -1
    return "made_harder" if steps == {harder} else "made_easier"


def _figures(cell: str) -> list[float]:
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


def _put_off(old: Row, new: Row, one: str, other: str, year: str) -> bool:
    """Whether the figure that was promised for this year is now promised for a later one only."""
    if _empty(one) or not _empty(other):
        return False
    later = [n for n in new.cells if (m := _YEARLY.match(n)) and m.group(1).lower() == "target" and m.group(2) > year]
    return any(new.get(name) == one and old.get(name) != one for name in later)
