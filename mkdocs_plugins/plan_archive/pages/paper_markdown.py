"""A paper as Markdown that people go on writing in: only what would be read as markup is escaped."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..language import tr
from .paper import Blank, Entries, Heading, Listing, Paper, Paragraph, Part, Table, Words

_MARKS = re.compile(r"[\\`*_\[\]<>|~]|&(?=#?\w+;)")
_NAMED = {"&": "&amp;", "<": "&lt;", "~": "&#126;"}
"""What not every dialect lets a backslash stand before."""
_BEGINS = re.compile(r"^(\d*)(#(?=[# ]|$)|[+](?= |$)|-(?=[- ]|$)|=|(?<=\d)[.)](?= |$))")
"""What would begin a heading, a list or a line below a heading."""


def paper_markdown(paper: Paper) -> str:
    """The whole paper; the notice first."""
    parts = [f"**{_plain(paper.notice)}**"] if paper.notice else []
    parts.append(f"# {_plain(paper.title)}")
    parts += ["\n".join(_lines(part)) for part in paper.parts]
    return "\n\n".join(parts) + "\n"


def _lines(part: Part) -> Iterator[str]:
    if isinstance(part, Heading):
        yield f"{'#' * part.level} {_plain(part.text)}"
    elif isinstance(part, Paragraph):
        yield _drawn(part.words)
    elif isinstance(part, Entries):
        yield from (f"- **{_plain(name)}:** {_drawn(words)}" for name, words in part.rows)
    elif isinstance(part, Listing):
        for number, words in enumerate(part.items, start=1):
            yield f"{f'{number}.' if part.numbered else '-'} {_drawn(words)}"
    else:
        yield from _table(part)


def _table(table: Table) -> Iterator[str]:
    yield f"*{_plain(table.caption)}*"
    yield ""
    yield _row(table.head)
    yield "|" + "---|" * len(table.head)
    yield from (_row(row) for row in table.rows)


def _row(cells: tuple[str, ...]) -> str:
    return "| " + " | ".join(_plain(cell).strip() for cell in cells) + " |"


def _drawn(words: Words) -> str:
    text = "".join(_blank(run) if isinstance(run, Blank) else _plain(run) for run in words)
    return _BEGINS.sub(r"\1\\\2", text.strip())


def _blank(blank: Blank) -> str:
    left = tr("[To be written: {what}]", what=_plain(blank.what))
    return f"**{left}**"


def _plain(text: str) -> str:
    """Text in which nothing is markup, once it stands behind something."""
    return _MARKS.sub(lambda found: _NAMED.get(found[0], f"\\{found[0]}"), re.sub(r"\s+", " ", text))
