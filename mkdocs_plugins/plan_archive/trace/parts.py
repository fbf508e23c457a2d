"""The parts of an edition that a table of destinations speaks of: its sections and its numbered rows."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from ..addresses import edition_address
from ..model import Block, Edition, Section

_WORD = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)*")
_COMMON_WORDS = (
    "a about after all also an and any are as at be been before but by can could each every for from had has"
    " have help how if in into is it its may more must no not of on one or other our out shall should so some"
    " such than that the their them then there these they this those to two under until up was we were what"
    " when where which who will with within would you your"
)
_COMMON = frozenset(_COMMON_WORDS.split())
"""Words that any two texts share and that say nothing about either."""


@dataclass(frozen=True)
class Part:
    """One section, or one row of a keyed table, of one edition."""

    plan: str
    edition: str
    section: Section
    row: Block | None = None

    @property
    def place(self) -> str:
        """Its name in its edition: `#exclusions` or `:B3`."""
        return f":{self.row.ref}" if self.row else f"#{self.section.id}"

    @property
    def name(self) -> str:
        """Its whole name: `behaviour-support-plan@2004#exclusions`."""
        return f"{self.plan}@{self.edition}{self.place}"

    @property
    def title(self) -> str:
        """What a reader knows it by: the heading, or the Ref with the words that follow it."""
        if self.row is None:
            return self.section.title
        words = next((cell for cell in self.row.cells if cell and cell != self.row.ref), "")
        return f"{self.row.ref} {words}".strip()

    @property
    def address(self) -> str:
        """Where it stands on the site."""
        anchor = self.row.anchor if self.row else self.section.id
        page = edition_address(self.plan, self.edition)
        return f"{page}#{anchor}" if anchor else page

    @property
    def text(self) -> str:
        """Its own text: what is compared and fingerprinted."""
        return self.row.text if self.row else self.section.own_text

    @property
    def fingerprint(self) -> str:
        """Sixteen hexadecimal digits that stand for its own text."""
        return fingerprint(self.text)


def fingerprint(text: str) -> str:
    """The first 16 hexadecimal digits of SHA-256 over a text in UTF-8, NFC.

    Words are joined by a space, cells by a tab, blocks by a newline; the heading and keyed rows are left out of a
    section's text. `/data/text/` holds every text as it goes in.
    """
    return hashlib.sha256(as_fingerprinted(text).encode()).hexdigest()[:16]


def as_fingerprinted(text: str) -> str:
    """A text as it goes into a fingerprint: letters with marks in one form, however an editor's keyboard made them."""
    return unicodedata.normalize("NFC", text)


def parts(edition: Edition) -> Iterator[Part]:
    """Every section of an edition, each followed by its numbered rows."""
    for section in edition.text.sections:
        yield Part(edition.plan, edition.id, section)
        for block in section.blocks:
            if block.ref is not None:
                yield Part(edition.plan, edition.id, section, block)


def counted(edition: Edition) -> tuple[Part, ...]:
    """The parts that must have a recorded destination: sections with text of their own, and numbered rows."""
    return tuple(part for part in parts(edition) if part.row is not None or part.section.says_something)


def by_place(edition: Edition) -> dict[str, Part]:
    """The parts of an edition by their place, `#id` or `:REF`."""
    return {part.place: part for part in parts(edition)}


def shared_words(old: str, new: str) -> tuple[int, int]:
    """How many words that mean something two texts share, and how many the old one has; each as often as it stands."""
    before, after = _meaning(old), _meaning(new)
    return (before & after).total(), before.total()


def _meaning(text: str) -> Counter[str]:
    return Counter(word for word in _WORD.findall(text.lower()) if word not in _COMMON)
