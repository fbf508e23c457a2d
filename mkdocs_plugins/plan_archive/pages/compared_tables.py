"""A table of a comparison: its rows with their marks, each change numbered, and what no mark shows in words."""

from __future__ import annotations

import html as entities
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from ..language import tr, tr_later
from ..model import BlockChange, Op
from .marks import Sides, row_cells
from .remarks import is_changed, remarks
from .text import FIGURE, holds_figures, right

ROWS = {"inserted": tr_later("New row"), "deleted": tr_later("Row removed"), "moved": tr_later("Row moved")}


Column = tuple[int | None, int | None]
"""A column as drawn: its place in the old table and in the new; None where it is not there."""


@dataclass(frozen=True)
class DrawnTable:
    """A table's markup, and how many of its rows are as they were."""

    html: str
    same: int
    changed: bool


def drawn_table(
    run: Sequence[BlockChange],
    sides: Sides,
    numbers: dict[int, int],
    moved: Callable[[BlockChange], str],
) -> DrawnTable:
    """A table's rows in order; `moved` says, as markup, where a row moved from."""
    columns = _columns(run, sides)
    drawn = [(block, in_columns(block.ops, columns)) for block in run]
    figures = _figures([cells for block, cells in drawn if not sides.of(block).header])
    numbered = any(is_changed(block) for block in run)
    heads = next((ops for block, ops in drawn if sides.of(block).header), [])
    told = {place for place, (column, ops) in enumerate(zip(columns, heads, strict=False)) if None in column and ops}
    head, rows, same = "", [], 0
    for block, ops in drawn:
        header, changed = sides.of(block).header, is_changed(block)
        cells = row_cells(block, sides, ops, () if header else told)
        beside = _beside(block, numbers, moved)
        tag = 'th scope="col"' if header else "td"
        named = _hint(tr("Change")) if header else ""
        first = f"<{tag}>{named} {beside}</{tag[:2]}>" if numbered else ""
        kinds = {place: "pa-right" if header else _right(ops[place]) for place in figures if place < len(ops)}
        sided = [tag + (f' class="{kinds[place]}"' if place in kinds else "") for place in range(len(cells))]
        inner = "".join(f"<{open_}>{cell}</{tag[:2]}>" for open_, cell in zip(sided, cells, strict=True))
        if header:
            head = f"<thead><tr{_anchor(block, numbers)}>{first}{inner}</tr></thead>"
            continue
        same += not changed
        kind = f"pa-is-{block.change}" if changed else "pa-same-row"
        known = f' class="{kind}"' if numbered else ""
        rows.append(f"<tr{known}{_anchor(block, numbers)}>{first}{inner}</tr>")
    return DrawnTable(f"<table>{head}<tbody>{''.join(rows)}</tbody></table>", same, numbered)


def _anchor(block: BlockChange, numbers: dict[int, int]) -> str:
    number = numbers.get(id(block))
    return f' id="-c{number}" data-change="{number}"' if number else ""


def _beside(block: BlockChange, numbers: dict[int, int], moved: Callable[[BlockChange], str]) -> str:
    """A change's number as a link to it, and what became of the row."""
    number = numbers.get(id(block))
    if not number:
        return ""
    said = [_hint(tr(ROWS[block.change]))] if block.change in ROWS else []
    notes = [entities.escape(remark, quote=False) for remark in remarks(block)]
    if block.change == "moved":
        notes.insert(0, moved(block))
    said += [f'<span class="pa-compared__note">{"; ".join(notes)}</span>'] if notes else []
    label = entities.escape(tr("Link to change {number}", number=number), quote=True)
    link = f'<a class="pa-change__link" href="#-c{number}" aria-label="{label}">{number}</a>'
    return " ".join([link, *said])


def _hint(words: str) -> str:
    return f'<span class="pa-rowlabel">{entities.escape(words, quote=False)}</span>'


def in_columns(ops: Sequence[Op], columns: Sequence[Column] = ()) -> list[list[Op]]:
    """A row's operations, one list a column; without columns, those that the row itself shows.

    Operations tell what goes before what comes, over the ends of cells. So the cells of each side are counted.
    """
    pieces: list[tuple[Op, int, int]] = []
    old = new = 0
    for tag, text in ops:
        for place, part in enumerate(text.split("\n")):
            if place:
                old, new = old + (tag != "+"), new + (tag != "-")
            if part.strip():
                pieces.append(((tag, part), old, new))
    return [
        [op for op, o, n in pieces if (op[0] != "+" and o == column[0]) or (op[0] != "-" and n == column[1])]
        for column in columns or columns_of(ops)
    ]


def _together(columns: list[list[int | None]], old: int, new: int) -> None:
    """Words that stay show which old and which new cell are one column's."""
    one = next(column for column in columns if column[0] == old)
    other = next(column for column in columns if column[1] == new)
    if one is not other:
        one[1], other[1] = new, None
        if other == [None, None]:
            columns.remove(other)


def _columns(run: Sequence[BlockChange], sides: Sides) -> list[Column]:
    """The columns of a table as its head shows them; none where it has no head, or is on one side only."""
    head = next((b for b in run if sides.of(b).header and b.old_index is not None and b.new_index is not None), None)
    if head is None:
        return []
    olds, news = len(sides.old[head.old_index or 0].cells), len(sides.new[head.new_index or 0].cells)
    found = columns_of(head.ops)
    whole = {o for o, _ in found} - {None} == set(range(olds)) and {n for _, n in found} - {None} == set(range(news))
    return found if whole else []


def columns_of(ops: Sequence[Op]) -> list[Column]:
    """The columns that a row itself shows."""
    found: list[list[int | None]] = [[0, 0]]
    old = new = 0
    for tag, text in ops:
        for place, part in enumerate(text.split("\n")):
            if place:
                old, new = old + (tag != "+"), new + (tag != "-")
                found.append([old if tag != "+" else None, new if tag != "-" else None])
            if tag == "=" and part.strip():
                _together(found, old, new)
    return [(o, n) for o, n in found]


def _figures(rows: Sequence[list[list[Op]]]) -> set[int]:
    """The columns that hold figures and, here and there, words that no figure is there: they stand to the right."""
    columns = zip_longest(*rows, fillvalue=[])
    texts = ([text for ops in cells for text in _texts(ops)] for cells in columns)
    return {place for place, said in enumerate(texts) if holds_figures(said)}


def _right(ops: Sequence[Op]) -> str:
    return right(next(filter(FIGURE.match, _texts(ops)), ""))


def _texts(ops: Sequence[Op]) -> list[str]:
    sides = (" ".join("".join(text for tag, text in ops if tag in ("=", side)).split()) for side in "-+")
    return [text for text in sides if text]
