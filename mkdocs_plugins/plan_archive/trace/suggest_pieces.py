"""What suggestions are made for: sections and keyed rows, taken apart into the stems of their words."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import snowballstemmer

from ..compare.document import split_title
from ..model import Block, Section

_WORD = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)?")
_SENTENCE_END = re.compile(r"(?<=[.;:!?])\s+|\t")
_BY_CHANCE = re.compile(r"^(\d{1,2}|(19|20)\d\d)$")
"""Small numbers and years, which rows share by chance."""
_LITTLE = (
    "a an and any are as at be been but by can do each for from had has have if in into is it its may more must no not"
    " of on or other our shall should so such than that the their them there these they this those to was we were what"
    " when where which who will with would you your"
)
_SAYING_LITTLE = frozenset(_LITTLE.split())
"""Words that stand everywhere. Their rarity would make them light anyway; leaving them out makes it quick."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A section or a keyed row, with the stems that likeness is counted in."""

    section: Section
    block: Block | None
    """The keyed row; None for a section."""
    number: str
    """Its heading's number, or its Ref."""
    name: str
    """In lower case: its heading without the number, or the first words of a row after the Ref."""
    heading: tuple[str, ...]
    """The stems of its name."""
    sentences: tuple[tuple[str, ...], ...]
    """What it says below its heading; keyed tables are left out of a section, as their rows have suggestions too."""
    path: tuple[str, ...]
    """The headings that it stands under, the nearest first; the text's title is left out."""
    holder: int
    """The section that holds it, by place; -1 where that is the text itself."""

    @property
    def words(self) -> list[str]:
        """Everything below its heading, in order."""
        return [stem for sentence in self.sentences for stem in sentence]

    @property
    def says_something(self) -> bool:
        """Whether a destination is asked for."""
        return self.block is not None or self.section.says_something


class Stems:
    """The stem of every word, so that "exclusions" and "exclusion" are one."""

    def __init__(self) -> None:
        """Begin with no word known."""
        self._stemmer = snowballstemmer.stemmer("english")
        self._known: dict[str, str] = {}
        self._forms: defaultdict[str, Counter[str]] = defaultdict(Counter)

    def of(self, text: str) -> tuple[str, ...]:
        """The stems of a text's telling words, in order."""
        words = (word.replace("\u2019", "'") for word in _WORD.findall(text.lower()))
        return tuple(self._stem(word) for word in words if word not in _SAYING_LITTLE)

    def word(self, stem: str) -> str:
        """The word that most often stood where a stem stands."""
        return min(self._forms[stem].items(), key=lambda form: (-form[1], form[0]))[0]

    def _stem(self, word: str) -> str:
        known = self._known.get(word)
        if known is None:
            known = self._known[word] = self._stemmer.stemWord(word)
        self._forms[known][word] += 1
        return known


def section_pieces(sections: tuple[Section, ...], stems: Stems) -> list[Piece]:
    """Every section of a text, in reading order."""
    pieces: list[Piece] = []
    holding: list[int] = []
    for place, section in enumerate(sections):
        while holding and sections[holding[-1]].level >= section.level:
            holding.pop()
        name, number = split_title(section.title)
        keyed = {block.table for block in section.blocks if block.ref is not None}
        said = _sentences((block.text for block in section.own_blocks if block.table not in keyed), stems)
        above = [holder for holder in reversed(holding) if sections[holder].level > 1]
        path = tuple(stem for holder in above for stem in pieces[holder].heading)
        pieces.append(Piece(section, None, number, name, stems.of(name), said, path, above[0] if above else -1))
        holding.append(place)
    return pieces


def row_pieces(sections: list[Piece], stems: Stems) -> list[Piece]:
    """Every keyed row of a text, in reading order."""
    pieces = []
    for place, holder in enumerate(sections):
        for block in holder.section.blocks:
            if block.ref is not None:
                cells = [cell for cell in block.cells if cell.strip() and cell.strip() != block.ref]
                name = cells[0] if cells else ""
                path = (*holder.heading, *holder.path)
                said = tuple(
                    tuple(stem for stem in sentence if not _BY_CHANCE.match(stem))
                    for sentence in _sentences(cells[1:], stems)
                )
                pieces.append(Piece(holder.section, block, block.ref, name.lower(), stems.of(name), said, path, place))
    return pieces


def _sentences(texts: Iterable[str], stems: Stems) -> tuple[tuple[str, ...], ...]:
    found = (stems.of(sentence) for text in texts for sentence in _SENTENCE_END.split(text))
    return tuple(sentence for sentence in found if sentence)
