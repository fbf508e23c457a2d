"""A comparison's blocks as HTML with marks: inserted, removed, moved, each told by word and shape besides colour."""

from __future__ import annotations

import html as entities
from collections.abc import Sequence
from dataclasses import dataclass

import lxml.html

from ..compare.drawn import Fragment, fragments
from ..model import Block, BlockChange, Op
from .inline import Lead, Word, as_written, draw, inline_words


@dataclass(frozen=True)
class Sides:
    """The blocks of both texts, by index, and where the links of each lead."""

    old: tuple[Block, ...]
    new: tuple[Block, ...]
    lead_old: Lead = as_written
    lead_new: Lead = as_written

    def of(self, change: BlockChange) -> Block:
        """A block as it is now or, where it went, as it was."""
        return self.new[change.new_index] if change.new_index is not None else self.old[change.old_index or 0]


def removed(inner: str) -> str:
    """Words that went."""
    return f'<del><span class="pa-hidden">[removed: </span>{inner}<span class="pa-hidden"> end removed]</span></del>'


def inserted(inner: str) -> str:
    """Words that came."""
    return f'<ins><span class="pa-hidden">[added: </span>{inner}<span class="pa-hidden"> end added]</span></ins>'


def marked(change: BlockChange, sides: Sides) -> str:
    """A paragraph, item or heading with its marks."""
    old = _words(sides.old, change.old_index, sides.lead_old)
    new = _words(sides.new, change.new_index, sides.lead_new)
    return _marked(change.ops, old, new) if _fits(change.ops, old, new) else _plainly(change.ops)


def one_side(change: BlockChange, sides: Sides, tag: str) -> str:
    """Only the old words (`-`) or only the new (`+`), with what changed marked."""
    ops = [(kind, text) for kind, text in change.ops if kind in ("=", tag)]
    words = (
        _words(sides.old, change.old_index, sides.lead_old)
        if tag == "-"
        else _words(sides.new, change.new_index, sides.lead_new)
    )
    out, place = [], 0
    for kind, text in ops:
        count = len(text.split())
        part = words[place : place + count]
        # A part of a split paragraph does not begin with its first word: then the words are drawn without their markup.
        same = ["".join(piece.text for piece in word) for word in part] == text.split()
        inner = draw(part) if same else entities.escape(" ".join(text.split()), quote=False)
        place += count
        if count:
            out.append(inner if kind == "=" else removed(inner) if tag == "-" else inserted(inner))
    return " ".join(out)


def _words(blocks: tuple[Block, ...], index: int | None, lead: Lead) -> list[Word]:
    if index is None:
        return []
    block = blocks[index]
    return inline_words(block.html, block.text, lead)


def _fits(ops: Sequence[Op], old: list[Word], new: list[Word]) -> bool:
    """Whether the operations cover both blocks whole; a part of a split one covers the old only in part."""
    counts = {tag: sum(len(text.split()) for kind, text in ops if kind in ("=", tag)) for tag in "-+"}
    return counts["-"] == len(old) and counts["+"] == len(new)


def _marked(ops: Sequence[Op], old: list[Word], new: list[Word]) -> str:
    out: list[str] = []
    a = c = 0
    for fragment in fragments(ops):
        b, d = a + len(fragment.old), c + len(fragment.new)
        out.append(_fragment(fragment, old[a:b], new[c:d]))
        a, c = b, d
    return " ".join(out)


def _fragment(fragment: Fragment, old: Sequence[Word], new: Sequence[Word]) -> str:
    if fragment.same:
        return draw(new)
    return " ".join([*([removed(draw(old))] if old else []), *([inserted(draw(new))] if new else [])])


def _plainly(ops: Sequence[Op]) -> str:
    """Marks on plain words, where the block's own markup cannot be laid over them."""
    out = []
    for fragment in fragments(ops):
        old, new = (entities.escape(" ".join(words), quote=False) for words in (fragment.old, fragment.new))
        if fragment.same:
            out.append(new)
        else:
            out += [*([removed(old)] if old else []), *([inserted(new)] if new else [])]
    return " ".join(out)


def row_cells(change: BlockChange, sides: Sides, cells: Sequence[Sequence[Op]]) -> list[str]:
    """The cells of a row with their marks, given the operations of each."""
    markup = _cell_words(sides, change)
    drawn = []
    for ops in cells:
        text = " ".join("".join(text for _, text in ops).split())
        kept = bool(ops) and all(tag == "=" for tag, _ in ops)
        words = next((words for plain, words in markup if plain == text), None) if kept else None
        drawn.append(draw(words) if words is not None else _plainly(ops))
    return drawn


def _cell_words(sides: Sides, change: BlockChange) -> list[tuple[str, list[Word]]]:
    """The new row's cells: the text of each, and its words with their markup."""
    if change.new_index is None:
        return []
    block = sides.new[change.new_index]
    root = lxml.html.fragment_fromstring(f"<table><tr>{block.html}</tr></table>")
    cells = root.xpath(".//td|.//th")
    texts = block.cells
    if len(cells) != len(texts):
        return []
    return [
        (" ".join(text.split()), inline_words("".join(_inner(cell)), text, sides.lead_new))
        for cell, text in zip(cells, texts, strict=True)
    ]


def _inner(cell: lxml.html.HtmlElement) -> list[str]:
    head = entities.escape(cell.text or "", quote=False)
    return [head, *(lxml.html.tostring(child, encoding="unicode") for child in cell)]
