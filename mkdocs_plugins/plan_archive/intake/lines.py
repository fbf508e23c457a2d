"""Finding the line of a rendered block: Python-Markdown gives none.

The words of the blocks, in reading order, are walked in step with the words of the source's lines. A block whose words
are not found (a reference link's text far away, a footnote defined elsewhere) gets the line of what came before it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

_WORD = re.compile(r"\w+")
_LOOK = 6
"""How many of a block's first words must be found close together."""
_SPREAD = 24
"""How many source words these may be spread over: link targets and attributes stand between them."""


class Lines:
    """The words of a source with their lines, and the place up to which blocks have been found."""

    def __init__(self, body: str, first_line: int) -> None:
        """Take the words of `body`, whose first line is `first_line` of its file."""
        self._words: list[str] = []
        self._lines: list[int] = []
        for number, line in enumerate(body.split("\n"), start=first_line):
            for word in _WORD.findall(line):
                self._words.append(word)
                self._lines.append(number)
        self._places: dict[str, list[int]] = {}
        for place, word in enumerate(self._words):
            self._places.setdefault(word, []).append(place)
        self._here = 0
        self._line = first_line

    def find(self, text: str) -> int:
        """The line of the next block with this text, counted from 1; the last found line where there is none."""
        words = _WORD.findall(text)
        place = self._search(words, self._here)
        if place is None:
            return self._line
        self._line = self._lines[place]
        self._here = self._past(words, place)
        return self._line

    def anywhere(self, text: str) -> int | None:
        """The line of the place in the whole source where this text stands most closely together."""
        words = _WORD.findall(text)[:_LOOK]
        ends = ((self._end(words, place), place) for place in self._places.get(words[0], ())) if words else ()
        spans = [(end - place, place) for end, place in ends if end is not None]
        return self._lines[min(spans)[1]] if spans else None

    def _search(self, words: Sequence[str], start: int) -> int | None:
        if not words:
            return None
        places = self._places.get(words[0], [])
        ahead = range(bisect_left(places, start), len(places))
        return next((places[n] for n in ahead if self._end(words[:_LOOK], places[n]) is not None), None)

    def _end(self, words: Sequence[str], place: int) -> int | None:
        """Where these words end that begin at a place, in order and close together; None where they do not."""
        end = min(place + len(words) + _SPREAD, len(self._words))
        for word in words:
            while place < end and self._words[place] != word:
                place += 1
            if place >= end:
                return None
            place += 1
        return place

    def _past(self, words: Sequence[str], place: int) -> int:
        """The place after the block: as many of its words as stand in step."""
        for word in words:
            ahead = place
            limit = min(place + _SPREAD, len(self._words))
            while ahead < limit and self._words[ahead] != word:
                ahead += 1
            if ahead < limit:
                place = ahead + 1
        return place
