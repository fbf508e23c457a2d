"""Why a new piece is suggested for an old one, in words that a plan's editor knows."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass

from .suggest_pieces import Piece, Stems
from .suggest_places import Placed
from .suggest_words import Likeness

_MOST_WORDS = 3
_ENOUGH_VOUCHED = 0.3
_NUMBERS_HOLD = 0.4


@dataclass(frozen=True, slots=True)
class Grounds:
    """All that was found out about two lists of pieces."""

    old: list[Piece]
    new: list[Piece]
    alike: Likeness
    found: Placed
    stems: Stems

    def why(self, o: int, n: int) -> tuple[str, ...]:
        """The reasons for one pair, the weightiest first; at least one."""
        by_words = self._by_words(self.old[o], self.new[n])
        reasons = [*self._by_heading(o, n), *self._by_text(o, n), *by_words, *self._by_place(o, n)]
        return tuple(reasons) or ("has a little in common",)

    def _by_heading(self, o: int, n: int) -> list[str]:
        one, other = self.old[o], self.new[n]
        what = "heading" if other.block is None else "name"
        reasons = []
        if one.name and one.name == other.name:
            reasons.append(f"same {what}")
        elif self.alike.headings[o, n] >= 0.5:
            reasons.append(f"similar {what}")
        if one.number and one.number == other.number and (one.block is None) == (other.block is None):
            kind = "Ref" if one.block is not None else "number"
            if self.found.numbers >= _NUMBERS_HOLD:
                reasons.append(f"same {kind}, as elsewhere in these texts")
        return reasons

    def _by_text(self, o: int, n: int) -> list[str]:
        here, there = self.alike.taken_up[o, n], self.alike.filled[o, n]
        if here >= 0.98 and there >= 0.98:
            return ["same words throughout"]
        if here >= 0.5 and there < 0.3:
            return ["holds most of it, within a longer text"]
        if here >= 0.5:
            return ["says most of the same"]
        if there >= 0.6 and here < 0.35:
            return ["holds a part of it"]
        return []

    def _by_words(self, one: Piece, other: Piece) -> list[str]:
        shared = Counter((*one.heading, *one.words)) & Counter((*other.heading, *other.words))
        weights = {
            stem: self.alike.words.rarity(stem) * math.sqrt(often)
            for stem, often in shared.items()
            if len(stem) > 2 and stem.isalpha()
        }
        telling = sorted(weights, key=lambda stem: (-weights[stem], stem))[:_MOST_WORDS]
        return [f"shares the words: {', '.join(map(self.stems.word, telling))}"] if telling else []

    def _by_place(self, o: int, n: int) -> list[str]:
        found = self.found
        reasons = []
        if found.holder[o, n] >= _ENOUGH_VOUCHED:
            reasons.append("the heading above it goes there")
        elif found.under[o, n] >= _ENOUGH_VOUCHED:
            reasons.append("the heading above it goes to the heading above this")
        if found.siblings[o, n] >= _ENOUGH_VOUCHED:
            reasons.append("its neighbours go there too")
        elif found.neighbours[o, n] >= 2 * _ENOUGH_VOUCHED:
            reasons.append("its neighbours go next to it")
        return reasons
