"""Markdown of every kind that an editor may write, for trying comparisons on it: pieces, edits of them, layouts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from html import unescape
from random import Random

from hypothesis import strategies as st

_WORDS = [
    "we",
    "will",
    "ask",
    "every",
    "child",
    "and",
    "family",
    "about",
    "schools.",
    "The",
    "council",
    "shall",
    "not",
    "close",
    "12%",
    "of",
    "places,",
    "£1,200.50",
    "or",
    "3.5",
    "a",
    "year;",
    "(see",
    "2006-07)",
    "naïve",
    "Übung",
    "Żółć",
    "дети",
    "школы",
    "子どもたちの",
    "計画",
    "مدارس",
    "παιδιά",
    "don't",
    "co-operate",
    "end.",
    "No!",
    "Why?",
    "&amp;",
    "&pound;40",
    "R&amp;D",
    "5&nbsp;000",
    "a/b",
    "x_y",
    "1.2.3",
    "A4",
    "-7",
    "it",
]
_WRAPPED = (
    "**{}**",
    "*{}*",
    "`{}`",
    "[{}](https://example.org/a)",
    "[{}](https://example.org/b?c=1&amp;d=2)",
    "<b>{}</b>",
    "<u>{}</u>",
    '<span class="note">{}</span>',
    "<sup>{}</sup>",
    "{}<br>",
    "***{}***",
    '{} ![a picture](map.png "Map")',
    "<script>{}</script> it",
)
Line = tuple[str, ...]
"""Words of one paragraph, item or cell, markup included."""


@dataclass(frozen=True)
class Piece:
    """One part of a text: its kind, its lines of words, and for items how deep each is nested."""

    kind: str
    lines: tuple[Line, ...]
    depths: tuple[int, ...] = ()
    level: int = 2
    columns: int = 0
    keyed: bool = False


def _word() -> st.SearchStrategy[str]:
    plain = st.sampled_from(_WORDS)
    return st.one_of(plain, plain, plain, plain, st.builds(str.format, st.sampled_from(_WRAPPED), plain))


def _line(least: int = 1, most: int = 14) -> st.SearchStrategy[Line]:
    return st.lists(_word(), min_size=least, max_size=most).map(tuple)


@st.composite
def _piece(draw: st.DrawFn) -> Piece:
    kinds = ["paragraph", "paragraph", "heading", "list", "numbers", "table", "quote", "code", "terms", "note", "html"]
    kind = draw(st.sampled_from(kinds))
    if kind == "heading":
        return Piece(kind, (draw(_line(1, 4)),), level=draw(st.integers(1, 5)))
    if kind == "table":
        columns = draw(st.integers(1, 4))
        rows = draw(st.lists(_line(0, 4 * columns), min_size=1, max_size=5))
        return Piece(kind, tuple(rows), columns=columns, keyed=draw(st.booleans()))
    lines = draw(st.lists(_line(), min_size=1, max_size=5 if kind in ("list", "numbers") else 2))
    depths: list[int] = []
    for _ in lines:
        depths.append(draw(st.integers(0, min(3, depths[-1] + 1))) if depths else 0)
    return Piece(kind, tuple(lines), tuple(depths))


def pieces() -> st.SearchStrategy[list[Piece]]:
    """The pieces of a text; it may have no heading at all, or several of the first level."""
    return st.lists(_piece(), min_size=0, max_size=10)


def edited(written: list[Piece], rng: Random) -> list[Piece]:
    """The pieces after some edits: words, lines and whole pieces put in, taken out, swapped and moved."""
    done = list(written)
    edits: list[Callable[[list[Piece], Random], None]] = [_words, _words, _lines, _gone, _moved, _levels, _columns]
    for _ in range(rng.randint(0, 6)):
        if done:
            rng.choice(edits)(done, rng)
    return done


def _words(done: list[Piece], rng: Random) -> None:
    place = rng.randrange(len(done))
    lines = [list(line) for line in done[place].lines]
    line = rng.choice(lines)
    for _ in range(rng.randint(1, 4)):
        at = rng.randint(0, len(line))
        line[at : at + rng.randint(0, 2)] = rng.sample(_WORDS, rng.randint(0, 2))
    done[place] = replace(done[place], lines=tuple(tuple(line) or ("it",) for line in lines))


def _lines(done: list[Piece], rng: Random) -> None:
    place = rng.randrange(len(done))
    lines, depths = list(done[place].lines), list(done[place].depths)
    rng.shuffle(lines)
    if len(lines) > 1 and rng.random() < 0.5:
        lines.pop()
    done[place] = replace(done[place], lines=tuple(lines), depths=tuple(depths[: len(lines)]))


def _gone(done: list[Piece], rng: Random) -> None:
    done.pop(rng.randrange(len(done)))


def _moved(done: list[Piece], rng: Random) -> None:
    done.insert(rng.randint(0, len(done) - 1), done.pop(rng.randrange(len(done))))


def _levels(done: list[Piece], rng: Random) -> None:
    place = rng.randrange(len(done))
    done[place] = replace(done[place], level=rng.randint(1, 5), kind=rng.choice([done[place].kind, "paragraph"]))


def _columns(done: list[Piece], rng: Random) -> None:
    tables = [place for place, piece in enumerate(done) if piece.kind == "table"]
    for place in tables[:1]:
        done[place] = replace(done[place], columns=rng.randint(1, 4), keyed=rng.random() < 0.5)


def markdown_of(written: list[Piece], *, width: int = 9, space: str = "") -> str:
    """The pieces as Markdown, prose wrapped after so many words, cells padded."""
    refs = iter(range(1, 10_000))
    parts = []
    for number, piece in enumerate(written):
        draw = _DRAWN.get(piece.kind, _paragraphs)
        parts.append(_table(piece, refs, space) if piece.kind == "table" else draw(piece, number, width))
    return "\n\n".join(parts) + "\n"


def _wrapped(line: Line, width: int, indent: str = "") -> str:
    rows = [" ".join(line[at : at + width]) for at in range(0, len(line), width)]
    return f"\n{indent}".join(rows)


def _paragraphs(piece: Piece, _number: int, width: int) -> str:
    return "\n\n".join("The " + _wrapped(line, width) for line in piece.lines)


def _heading(piece: Piece, _number: int, _width: int) -> str:
    return f"{'#' * piece.level} {' '.join(piece.lines[0])}"


def _items(piece: Piece, _number: int, width: int) -> str:
    sign = "-" if piece.kind == "list" else "1."
    drawn = []
    for line, depth in zip(piece.lines, piece.depths or (0,) * len(piece.lines), strict=False):
        indent = "    " * depth
        drawn.append(f"{indent}{sign} It " + _wrapped(line, width, indent + "    "))
    return "\n".join(drawn)


def _quote(piece: Piece, _number: int, width: int) -> str:
    return "\n>\n".join("> So " + _wrapped(line, width, "> ") for line in piece.lines)


def _code(piece: Piece, _number: int, _width: int) -> str:
    return "\n".join(["```", *(" ".join(line) for line in piece.lines), "```"])


def _terms(piece: Piece, _number: int, width: int) -> str:
    return "\n\n".join(
        f"Term {place}\n:   It is " + _wrapped(line, width, "    ") for place, line in enumerate(piece.lines)
    )


def _note(piece: Piece, number: int, width: int) -> str:
    cited = "".join(f"[^{number}-{place}]" for place in range(len(piece.lines)))
    notes = [f"[^{number}-{place}]: Note " + _wrapped(line, width, "    ") for place, line in enumerate(piece.lines)]
    return f"It is so{cited} there.\n\n" + "\n".join(notes)


def _html(piece: Piece, _number: int, _width: int) -> str:
    return "\n\n".join(f'<div markdown="1">\n\nHere {" ".join(line)}\n\n</div>' for line in piece.lines)


_DRAWN: dict[str, Callable[[Piece, int, int], str]] = {
    "heading": _heading,
    "list": _items,
    "numbers": _items,
    "quote": _quote,
    "code": _code,
    "terms": _terms,
    "note": _note,
    "html": _html,
}


def _table(piece: Piece, refs: Iterator[int], space: str) -> str:
    names = (["Ref"] if piece.keyed else []) + [f"Column {place}" for place in range(piece.columns)]
    rows = [names, ["---"] * len(names)]
    for line in piece.lines:
        cells = [" ".join(line[at :: piece.columns]) for at in range(piece.columns)]
        rows.append(([f"K{next(refs)}"] if piece.keyed else []) + cells)
    return "\n".join("| " + " | ".join(f"{cell}{space}" for cell in row) + " |" for row in rows)


def letters_of(written: list[Piece]) -> Counter[str]:
    """The letters and figures that a reader of the pieces sees, told from the pieces themselves."""
    refs = iter(range(1, 10_000))
    seen: list[str] = []
    for piece in written:
        for place, line in enumerate(piece.lines):
            seen.append("It is so there" if piece.kind == "note" and not place else "")
            seen.append(_BEFORE.get(piece.kind, "").format(place))
            seen += line if piece.kind == "code" else [_plain(word) for word in line]
            seen += [f"K{next(refs)}"] if piece.keyed and piece.kind == "table" else []
        if piece.kind == "table":
            seen += [*(f"Column {place}" for place in range(piece.columns)), "Ref" if piece.keyed else ""]
    return letters("".join(seen))


def letters(text: str) -> Counter[str]:
    """How often each letter and figure stands in a text."""
    return Counter(character for character in text if character.isalnum())


def _plain(word: str) -> str:
    if word.startswith("`"):
        return word
    bare = re.sub(r"<script>.*?</script>|<[^>]*>|!\[.*\)|\]\([^)]*\)", "", word)
    return unescape(bare)


_BEFORE = {
    "paragraph": "The",
    "list": "It",
    "numbers": "It",
    "quote": "So",
    "terms": "Term {} It is",
    "note": "Note",
    "html": "Here",
}
