"""A comparison's blocks as HTML with marks: inserted, removed, moved, each told by word and shape besides colour."""

from __future__ import annotations

import html as entities
from collections.abc import Container, Sequence
from dataclasses import dataclass

import lxml.html

from ..compare.drawn import fragments
from ..language import tr, tr_later
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


_MARKS = {"-": ("del", tr_later("removed")), "+": ("ins", tr_later("added"))}


def mark(tag: str, inner: str, *, goes_on: bool) -> str:
    """Words that went (`-`) or came (`+`), told in words too; their end is told where the text goes on behind them."""
    name, word = _MARKS[tag]
    begun, ended = (entities.escape(said, quote=False) for said in (tr(word), tr("(end of change)")))
    end = f'<span class="pa-hidden"> {ended}</span>' if goes_on else ""
    return f'<{name}><span class="pa-hidden">{begun}: </span>{inner}{end}</{name}>'


def _untold(tag: str, inner: str) -> str:
    """A cell of a row or column that came or went as a whole: the row or the head of the column says so once."""
    name, _ = _MARKS[tag]
    return f'<{name} class="pa-bare">{inner}</{name}>'


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
    last = max((number for number, (_, text) in enumerate(ops) if text.split()), default=0)
    for number, (kind, text) in enumerate(ops):
        count = len(text.split())
        part = words[place : place + count]
        # A part of a split paragraph does not begin with its first word: then the words are drawn without their markup.
        same = ["".join(piece.text for piece in word) for word in part] == text.split()
        inner = draw(part) if same else entities.escape(" ".join(text.split()), quote=False)
        place += count
        if count:
            out.append(inner if kind == "=" else mark(tag, inner, goes_on=number < last))
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
    found = fragments(ops)
    for number, fragment in enumerate(found, start=1):
        b, d = a + len(fragment.old), c + len(fragment.new)
        went, came = draw(old[a:b]), draw(new[c:d])
        out.append(came if fragment.same else _changed(went, came, goes_on=number < len(found)))
        a, c = b, d
    return " ".join(out)


def _changed(went: str, came: str, *, goes_on: bool) -> str:
    """What went, then what came in its place: the second mark ends the first."""
    marks = [mark("-", went, goes_on=goes_on and not came)] if went else []
    return " ".join([*marks, *([mark("+", came, goes_on=goes_on)] if came else [])])


def _plainly(ops: Sequence[Op]) -> str:
    """Marks on plain words, where the block's own markup cannot be laid over them."""
    out = []
    found = fragments(ops)
    for number, fragment in enumerate(found, start=1):
        old, new = (entities.escape(" ".join(words), quote=False) for words in (fragment.old, fragment.new))
        out.append(new if fragment.same else _changed(old, new, goes_on=number < len(found)))
    return " ".join(out)


def row_cells(change: BlockChange, sides: Sides, cells: Sequence[Sequence[Op]], told: Container[int] = ()) -> list[str]:
    """The cells of a row with their marks, given the operations of each; `told` are columns whose heads say it all."""
    markup = _cell_words(sides, change)
    drawn = []
    whole = change.change in ("inserted", "deleted") and not sides.of(change).header
    for place, ops in enumerate(cells):
        text = " ".join("".join(text for _, text in ops).split())
        tags = "".join({tag for tag, _ in ops})
        words = next((words for plain, words in markup if plain == text), None) if tags == "=" else None
        if words is not None:
            drawn.append(draw(words))
        elif (whole or place in told) and text and tags in _MARKS:
            drawn.append(_untold(tags, entities.escape(text, quote=False)))
        else:
            drawn.append(_plainly(ops))
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
