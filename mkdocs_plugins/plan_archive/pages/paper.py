"""A paper as a tree: headings, paragraphs, lists, tables, and the blanks that a person must fill."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from ..language import parts, tr


@dataclass(frozen=True)
class Blank:
    """What the archive cannot know: a person must write it."""

    what: str

    def __str__(self) -> str:
        return tr("[To be written: {what}]", what=self.what)


Words = tuple[str | Blank, ...]
"""A run of words and blanks."""


def composed(text: str, /, **values: str | Blank) -> Words:
    """A sentence in the language that is spoken, with words and blanks in its `{places}`; `text` is translated."""
    runs = groupby(parts(text, values), key=lambda run: isinstance(run, Blank))
    return tuple(run for blank, found in runs for run in (found if blank else ["".join(map(str, found))]))


@dataclass(frozen=True)
class Heading:
    """A heading; the paper's title is the only one of level 1."""

    text: str
    level: int = 2


@dataclass(frozen=True)
class Paragraph:
    """A paragraph."""

    words: Words


@dataclass(frozen=True)
class Entries:
    """Short lines that begin with a name, such as To, From and Date."""

    rows: tuple[tuple[str, Words], ...]


@dataclass(frozen=True)
class Listing:
    """A list, numbered or not."""

    items: tuple[Words, ...]
    numbered: bool = False


@dataclass(frozen=True)
class Table:
    """A table with a caption and a head."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


Part = Heading | Paragraph | Entries | Listing | Table


@dataclass(frozen=True)
class Paper:
    """A whole paper."""

    title: str
    notice: str
    """Stands first; "" where there is nothing to warn of."""
    author: str
    """The body."""
    language: str
    day: date
    """The day that stands in the file's properties, so that the same archive gives the same file."""
    parts: tuple[Part, ...]

    @property
    def blanks(self) -> tuple[Blank, ...]:
        """Everything that is to be written, in reading order."""
        return tuple(run for part in self.parts for words in _words(part) for run in words if isinstance(run, Blank))


def _words(part: Part) -> Iterator[Words]:
    if isinstance(part, Paragraph):
        yield part.words
    elif isinstance(part, Entries):
        yield from (words for _, words in part.rows)
    elif isinstance(part, Listing):
        yield from part.items
