"""The rows of keyed tables by their columns: what each action, measure or other numbered row says in each cell."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..addresses import edition_address, slug
from ..model import Block, Edition, Section

_NOBODY = frozenset(["", "-", "\u2013", "\u2014", "n/a", "none", "none named", "not known", "to be agreed", "tbc"])


@dataclass(frozen=True)
class KeyedRow:
    """One numbered row with its cells by the heads of their columns, in lower case."""

    plan: str
    edition: str
    section: Section
    block: Block
    cells: dict[str, str]

    @property
    def ref(self) -> str:
        """Its Ref."""
        return self.block.ref or ""

    @property
    def address(self) -> str:
        """Where it stands on the site."""
        return f"{edition_address(self.plan, self.edition)}#{self.block.anchor}"

    def get(self, *names: str) -> str:
        """The first cell under one of some heads; "" where the table has none of them."""
        return next((self.cells[name] for name in names if name in self.cells), "")

    def named(self, *names: str) -> tuple[str, ...]:
        """The names that a cell lists, without empty ones and words for nobody."""
        return listed(self.get(*names))


def keyed_rows(edition: Edition) -> tuple[KeyedRow, ...]:
    """Every numbered row of an edition, in reading order."""
    heads: dict[int, list[str]] = {}
    rows = []
    for section in edition.text.sections:
        for block in section.blocks:
            if block.kind != "row" or block.table is None:
                continue
            if block.header:
                heads[block.table] = [" ".join(cell.lower().split()) for cell in block.cells]
            elif block.ref:
                cells = dict(zip(heads.get(block.table, []), block.cells, strict=False))
                rows.append(KeyedRow(edition.plan, edition.id, section, block, cells))
    return tuple(rows)


def actions(edition: Edition) -> tuple[KeyedRow, ...]:
    """The rows that say what is to be done: those of tables with a column for who leads."""
    return tuple(row for row in keyed_rows(edition) if "lead" in row.cells)


def what(row: KeyedRow) -> str:
    """What an action is, whatever its column is called."""
    return row.get("action", "objective", "recommendation", "task") or next(
        (cell for head, cell in row.cells.items() if head != "ref"), ""
    )


def listed(cell: str) -> tuple[str, ...]:
    """The names in a cell, which editors part by commas, semicolons or line ends."""
    names = (re.sub(r"\s+", " ", name).strip(" .") for name in re.split(r"[;,\n]", cell))
    return tuple(name for name in names if not nobody(name))


def nobody(name: str) -> bool:
    """Whether a cell or a name says that there is none."""
    return name.strip().rstrip(".").lower() in _NOBODY


def key_of(name: str) -> str:
    """A name as the key under which a register may hold it."""
    return slug(name)
