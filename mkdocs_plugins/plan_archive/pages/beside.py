"""Two texts of different documents beside each other: what the second took over stays plain, the rest is marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from ..compare import compare
from ..model import Block, BlockKind, Section
from ..trace import Part
from .compared import sides
from .marks import one_side

LEAST_KEPT = 0.25
"""Share of the shorter text's words that must stand on both sides, or marking single words helps nobody."""


Shown = tuple[BlockKind, Markup]
"""A block's kind and its words as drawn."""


@dataclass(frozen=True)
class Beside:
    """Both texts as drawn, block by block."""

    old: tuple[Shown, ...]
    new: tuple[Shown, ...]
    marked: bool
    """Whether what differs is marked; False where hardly anything is shared."""


def beside(old: Part, new: Sequence[Part]) -> Beside:
    """An old part and the parts that took it up, with their differences marked."""
    before = _blocks(old)
    after = tuple(block for part in new for block in _blocks(part))
    left, right = _section(before), _section(after)
    changes = [block for section in compare((left,), (right,)).sections for block in section.blocks]
    kept = sum(len(text.split()) for block in changes for tag, text in block.ops if tag == "=")
    shorter = min(_words(before), _words(after))
    if kept < LEAST_KEPT * shorter:
        return Beside(tuple(_plain(block) for block in before), tuple(_plain(block) for block in after), marked=False)
    both = sides((left,), (right,))
    olds = sorted((b for b in changes if b.old_index is not None), key=lambda b: b.old_index or 0)
    news = sorted((b for b in changes if b.new_index is not None), key=lambda b: b.new_index or 0)
    return Beside(
        tuple((block.kind, Markup(one_side(block, both, "-"))) for block in olds),  # noqa: S704  escaped in marks
        tuple((block.kind, Markup(one_side(block, both, "+"))) for block in news),  # noqa: S704  escaped in marks
        marked=True,
    )


def _blocks(part: Part) -> tuple[Block, ...]:
    if part.row is not None:
        return (part.row,)
    return tuple(block for block in part.section.own_blocks if block.ref is None)


def _section(blocks: tuple[Block, ...]) -> Section:
    return Section("part", "", 2, (), "", 1, blocks, "")


def _words(blocks: Sequence[Block]) -> int:
    return sum(len(block.text.split()) for block in blocks)


def _plain(block: Block) -> Shown:
    return block.kind, escape(block.text.replace("\t", " | "))
