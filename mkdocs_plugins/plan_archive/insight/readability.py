"""How plainly sections are written: reading ease, reading age, length of sentences and of sections. Advice only.

The formulas are Flesch's reading ease and Flesch and Kincaid's school grade, to which five years are added for an age.
They count syllables and words. Whether a text is true, or kind, they do not know.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

import syllapy  # a list of words with their syllables, and rules for the rest; it holds no clock and asks no network

from ..facts import Limits
from ..model import Block, Edition, Library, Section

Limit = Literal["reading_age", "sentence_words", "section_words"]

ENOUGH = 50
"""Words below which neither an age nor an average is given: a few long words would settle them."""
MOST = 5
"""Sections that advice is given on in one run; more would drown what must be mended."""
BEGINNING = 8
"""Words by which a long sentence is known again."""
_END = re.compile(r"(?<=[.!?])[\"'\u2019\u201d)\]]*\s+(?=[\"'\u2018\u201c(\[]*[A-Z0-9\u00a3])")
_SHORTENED = re.compile(r"(?:\b(?:Mrs?|Ms|Dr|St|Nos?|[A-Z]|vs|e\.g|i\.e|para|paras|reg|sch)\.)$")
"""What ends in a stop and ends no sentence."""
_APART = re.compile(r"[\s/\u2013\u2014]+")
_SPOKEN = re.compile(r"[^\W_]")
_NO_LETTER = re.compile(r"[^\w'-]")


@dataclass(frozen=True)
class Sentence:
    """One sentence: how long it is, where its paragraph begins and its first words."""

    words: int
    line: int
    begins: str


@dataclass(frozen=True)
class SectionReading:
    """What was counted in one section: its paragraphs and lists, without headings and tables."""

    edition: str
    """The edition, as a reference."""
    draft: bool
    file: str
    section: Section
    words: int
    sentences: int
    longest: Sentence | None
    """None where the section has no words of its own."""
    sentence_words: float | None
    """The average, to one place; None below fifty words."""
    ease: float | None
    """From 0, very hard, to about 100; None below fifty words and for texts that are not in English."""
    age: int | None
    """In years; None where there is no ease."""

    def value(self, limit: Limit) -> float | None:
        """What is held against one limit."""
        return {"reading_age": self.age, "sentence_words": self.sentence_words, "section_words": self.words}[limit]


@dataclass(frozen=True)
class Beyond:
    """A section that is beyond the body's own limits, with each limit that it is beyond."""

    reading: SectionReading
    limits: tuple[tuple[Limit, int], ...]

    @property
    def share(self) -> float:
        """How far beyond the limit that it is furthest beyond: 1.2 for a fifth more."""
        return max((self.reading.value(name) or 0) / limit for name, limit in self.limits)


@dataclass(frozen=True)
class Advice:
    """One hint to an editor: where, what was found and what may help."""

    file: str
    line: int
    what: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: advice: {self.what}; {self.remedy}"


def readings(library: Library) -> tuple[SectionReading, ...]:
    """What was counted in each section of drafts and of the editions in `plans/`, in reading order.

    Archived texts are left out: nobody may change them.
    """
    english = library.authority.languages[:1] == ("en",)
    return tuple(
        section_reading(edition, section, english=english)
        for plan in library.plans
        for edition in plan.editions
        if edition.draft or edition.text.file.startswith("plans/")
        for section in edition.text.sections
    )


def section_reading(edition: Edition, section: Section, *, english: bool = True) -> SectionReading:
    """What is counted in one section."""
    told = [one for block in section.own_blocks if block.kind in ("paragraph", "item") for one in _sentences(block)]
    said = [word for _, words in told for word in words]
    count = len(said)
    average = ease = age = None
    if count >= ENOUGH:
        mean = count / len(told)
        average = round(mean, 1)
        if english:
            syllables = sum(_syllables(word) for word in said) / count
            ease = round(206.835 - 1.015 * mean - 84.6 * syllables, 1)
            age = max(5, round(0.39 * mean + 11.8 * syllables - 15.59 + 5))
    longest = max((sentence for sentence, _ in told), key=lambda sentence: sentence.words, default=None)
    reference = f"{edition.plan}@{edition.id}"
    file = _file(edition, section)
    return SectionReading(reference, edition.draft, file, section, count, len(told), longest, average, ease, age)


def _file(edition: Edition, section: Section) -> str:
    """The file in which a section stands: its chapter, where the text is a folder of them."""
    file = edition.text.file
    return f"{file.removesuffix('index.md')}{section.chapter}.md" if file.endswith("/index.md") else file


def _sentences(block: Block) -> Iterator[tuple[Sentence, list[str]]]:
    """The sentences of a paragraph or of an item, whose end ends a sentence too."""
    pieces: list[str] = []
    for piece in _END.split(block.text):
        if pieces and _SHORTENED.search(pieces[-1]):
            pieces[-1] += f" {piece}"
        else:
            pieces.append(piece)
    for piece in pieces:
        words = [word for word in _APART.split(piece) if _SPOKEN.search(word)]
        if words:
            yield Sentence(len(words), block.line, " ".join(piece.split()[:BEGINNING])), words


def _syllables(word: str) -> int:
    """How many syllables a word has; a figure counts as one, since nobody spells it out while reading."""
    counted: int = syllapy.count(_NO_LETTER.sub("", word.replace("\u2019", "'")))
    return max(1, counted)


def beyond(found: Iterable[SectionReading], limits: Limits) -> tuple[Beyond, ...]:
    """The sections that are beyond a body's limits: drafts first, since they can still be changed; then the worst."""
    every = (Beyond(reading, tuple(passed(reading, limits))) for reading in found)
    return tuple(sorted((one for one in every if one.limits), key=lambda one: (not one.reading.draft, -one.share)))


def passed(reading: SectionReading, limits: Limits) -> Iterator[tuple[Limit, int]]:
    """Each limit that a section is beyond."""
    names: tuple[Limit, ...] = ("reading_age", "sentence_words", "section_words")
    for name in names:
        limit, value = getattr(limits, name), reading.value(name)
        if limit is not None and value is not None and value > limit > 0:
            yield name, limit


def advise(one: Beyond) -> Advice:
    """What to tell the editor of a section that is beyond the limits."""
    reading = one.reading
    names = dict(one.limits)
    said = []
    if "reading_age" in names:
        said.append(f"asks for a reading age of {reading.age} (your limit: {names['reading_age']})")
    if "sentence_words" in names:
        most = names["sentence_words"]
        said.append(f"has {reading.sentence_words} words in a sentence on average (your limit: {most})")
    if "section_words" in names:
        said.append(f"has {reading.words} words (your limit: {names['section_words']})")
    title = reading.section.title or "the beginning"
    what = f"'{title}' " + (", ".join(said[:-1]) + " and " if len(said) > 1 else "") + said[-1]
    return Advice(reading.file, reading.section.line, what, _remedy(reading, names))


def _remedy(reading: SectionReading, names: dict[Limit, int]) -> str:
    longest = reading.longest
    if names.keys() == {"section_words"} or longest is None:
        return "leave something out, or divide it by headings"
    where = f"line {longest.line}" if longest.line != reading.section.line else "that line"
    known = f"its longest sentence, of {longest.words} words, is in the paragraph at {where}: '{longest.begins} ...'"
    return f"{'write shorter sentences' if 'sentence_words' in names else 'take shorter words or sentences'}; {known}"
