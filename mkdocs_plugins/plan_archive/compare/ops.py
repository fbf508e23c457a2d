"""The words of a pair of blocks -> operations: exact, never inside a word, the cells of a row each by itself."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..model import Op
from .document import Leaf, Lexicon
from .words import equal_runs, longest_rising, pieces, settled

_TAG = re.compile(r"<(a|img|em|strong|b|i|s|u|del|ins|code|sub|sup|abbr|mark)\b([^>]*)>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r'\b(href|src)="([^"]*)"')


def word_ops(old: Sequence[int], new: Sequence[int], lexicon: Lexicon) -> tuple[list[Op], bool]:
    """Two runs of words as operations, and whether they were too long to be told word by word."""
    if old == new:
        return ([("=", " ".join(map(lexicon.words.__getitem__, old)))] if old else []), False
    runs, capped = equal_runs(old, new)
    runs = settled(runs, old, new, lexicon.ends)
    ops: list[Op] = []
    for tag, start, end in pieces(runs, len(old), len(new)):
        side = new if tag == "+" else old
        ops.append((tag, " ".join(lexicon.words[word] for word in side[start:end])))  # type: ignore[arg-type]
    return _spaced(ops), capped


def _spaced(ops: list[Op]) -> list[Op]:
    """Each text with a space behind it where more words of its side follow."""
    spaced: list[Op] = []
    later_old = later_new = False
    for tag, text in reversed(ops):
        more = (later_old and tag != "+") or (later_new and tag != "-")
        spaced.append((tag, f"{text} " if more else text))
        later_old, later_new = later_old or tag != "+", later_new or tag != "-"
    return spaced[::-1]


def row_ops(old: Leaf, new: Leaf, forward: dict[int, int], lexicon: Lexicon) -> tuple[list[Op], bool]:
    """Two rows as operations, cell by cell; a column that came or went is a cell that came or went."""
    paired = [(o, forward[o]) for o in range(len(old.cells)) if forward.get(o, len(new.cells)) < len(new.cells)]
    in_order = [paired[index] for index in longest_rising([n for _, n in paired])]
    ops: list[Op] = []
    capped = False
    a = c = 0
    for o, n in [*in_order, (len(old.cells), len(new.cells))]:
        ops += [_whole("-", old, place, lexicon, first=not place) for place in range(a, o)]
        ops += [_whole("+", new, place, lexicon, first=not place) for place in range(c, n)]
        if o < len(old.cells) and n < len(new.cells):
            if o and n:
                ops.append(("=", "\n"))
            elif o or n:
                ops.append(("-" if o else "+", "\n"))
            inner, over = word_ops(old.cells[o], new.cells[n], lexicon)
            ops += inner
            capped = capped or over
        a, c = o + 1, n + 1
    return joined(ops), capped


def _whole(tag: str, leaf: Leaf, place: int, lexicon: Lexicon, *, first: bool) -> Op:
    text = " ".join(lexicon.words[word] for word in leaf.cells[place])
    return (tag, text if first else f"\n{text}")  # type: ignore[return-value]


def joined(ops: list[Op]) -> list[Op]:
    """Neighbours of one kind made one; within a run of changes what goes comes before what comes."""
    ordered: list[Op] = []
    run: list[Op] = []
    for op in [*ops, ("=", "")]:
        if op[0] != "=":
            run.append(op)
            continue
        for tag in ("-", "+"):
            text = "".join(text for kind, text in run if kind == tag)
            if text:
                ordered.append((tag, text))
        run = []
        if ordered and ordered[-1][0] == "=":
            ordered[-1] = ("=", ordered[-1][1] + op[1])
        elif op[1]:
            ordered.append(("=", op[1]))
    return ordered


def whole(tag: str, leaf: Leaf) -> tuple[Op, ...]:
    """A block that came or went as a whole."""
    text = leaf.block.text.replace("\t", "\n")
    return ((tag, text),) if text else ()  # type: ignore[return-value]


def markup_changes(old: str, new: str) -> tuple[str, ...]:
    """What changed in two blocks' markup beside their words: links, pictures, emphasis."""
    if old == new:
        return ()
    before, after = _marks(old), _marks(new)
    changes = []
    for name, what in (("href", "link"), ("src", "picture"), ("tag", "emphasis")):
        gone = [value for kind, value in before if kind == name]
        come = [value for kind, value in after if kind == name]
        if gone != come:
            changes.append(f"{what}: {' '.join(gone) or 'none'} -> {' '.join(come) or 'none'}")
    return tuple(changes)


def _marks(html: str) -> list[tuple[str, str]]:
    marks = []
    for tag, attributes in _TAG.findall(html):
        found = [(name, value) for name, value in _ATTRIBUTE.findall(attributes) if not value.startswith("#fn")]
        marks += found
        if not found and tag.lower() not in ("a", "sup", "abbr"):
            marks.append(("tag", tag.lower()))
    return marks
