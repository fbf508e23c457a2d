"""How alike the pieces of two texts are by their words: several measures that err differently, added up."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import pairwise

import bm25s
import numpy as np
from numpy.typing import NDArray

from .suggest_pieces import Piece

Scores = NDArray[np.float64]
"""One row for each old piece, one column for each new one."""
_MEASURES = {
    "said": (2.0, 0.12),
    "placed": (1.5, 0.12),
    "pairs": (1.0, 0.03),
    "sentences": (1.0, 0.15),
    "whole": (1.0, 0.22),
    "headings": (1.0, 0.35),
}
"""How much each measure counts, and the least that a good one reaches in texts that have anything in common."""
_HOLDER = 1.5
"""How much the heading above counts where a section's own says nothing, as "What we do now" in each chapter."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike every old and every new piece are."""

    mixed: Scores
    """All measures together; 1 is what the best of these two texts reach."""
    taken_up: Scores
    """Which share of what the old piece says the new one says too, 0 to 1; rare words count more."""
    filled: Scores
    """Which share of what the new piece says the old one says too, 0 to 1."""
    headings: Scores
    """How alike the headings are, 0 to 1."""
    plain: Scores
    """The cosine of what the two say, 0 to 1, measured against nothing else."""
    words: Index
    """Every piece of both texts, to ask how rare a word is."""


def likeness(old: list[Piece], new: list[Piece]) -> Likeness:
    """Measure every old piece against every new one."""
    count = len(old)
    both = [*old, *new]
    said = [[*piece.heading, *piece.heading, *piece.words] for piece in both]
    placed = [[*words, *piece.path] for words, piece in zip(said, both, strict=True)]
    pairs = [_pairs(piece) for piece in both]
    index = Index(said[count:])
    found = {
        "said": index.scores(said[:count]),
        "placed": Index(placed[count:]).scores(placed[:count]),
        "pairs": Index(pairs[count:]).scores(pairs[:count]),
        "sentences": _by_sentence(index, old, len(new)),
        "whole": cosine([[*piece.heading, *words] for piece, words in zip(both, placed, strict=True)], count),
        "headings": cosine([[*piece.heading, *piece.heading, *piece.path] for piece in both], count),
    }
    telling = [place for place, piece in enumerate(old) if piece.says_something]
    scaled = {name: found[name] / _reach(found[name][telling], least) for name, (_, least) in _MEASURES.items()}
    mixed = np.zeros((count, len(new)))
    for name, (weight, _) in _MEASURES.items():
        mixed += weight * scaled[name]
    often = Counter(piece.name for piece in old)
    for place, piece in enumerate(old):
        if piece.block is None and piece.holder >= 0:
            mixed[place] += _HOLDER * (1 - 1 / often[piece.name]) * scaled["said"][piece.holder]
    return Likeness(
        mixed / sum(weight for weight, _ in _MEASURES.values()),
        index.shares(said[:count]),
        Index(said[:count]).shares(said[count:]).T,
        cosine([list(piece.heading) for piece in both], count, damped=False),
        cosine(said, count),
        Index(said),
    )


def _pairs(piece: Piece) -> list[str]:
    """Words that follow each other in the heading or in a sentence."""
    runs = (piece.heading, *piece.sentences)
    return [f"{word} {after}" for run in runs for word, after in pairwise(run)]


def _reach(scores: Scores, least: float) -> float:
    """What the best of most pieces come to; never so low that chance would look like likeness."""
    best = scores.max(axis=1) if scores.size else np.zeros(1)
    return max(least, float(np.percentile(best, 80)))


class Index:
    """Pieces as bags of words, to be asked how well each answers what another one says."""

    def __init__(self, pieces: list[list[str]]) -> None:
        """Count the words; BM25 does the weighing."""
        self._count = len(pieces)
        self._holders: defaultdict[str, list[int]] = defaultdict(list)
        for place, words in enumerate(pieces):
            for word in sorted(set(words)):
                self._holders[word].append(place)
        self._index = bm25s.BM25(k1=1.2, b=0.75, method="lucene", dtype="float64")
        if self._holders:
            self._index.index(pieces, show_progress=False)

    def rarity(self, word: str) -> float:
        """How much a word tells: the more, the fewer pieces hold it."""
        held = len(self._holders.get(word, ()))
        return math.log(1 + (self._count - held + 0.5) / (held + 0.5))

    def scores(self, queries: list[list[str]]) -> Scores:
        """How well each piece answers each query, against the most that its words could earn."""
        found = np.zeros((len(queries), self._count))
        for place, query in enumerate(queries):
            words = sorted(set(query))
            known = [word for word in words if word in self._holders]
            if known:
                found[place] = self._index.get_scores(known) / math.fsum(map(self.rarity, words))
        return found

    def shares(self, queries: list[list[str]]) -> Scores:
        """Which share of each query every piece holds, however long the piece is."""
        found = np.zeros((len(queries), self._count))
        for place, query in enumerate(queries):
            words = sorted(set(query))
            most = math.fsum(map(self.rarity, words))
            for word in words:
                if word in self._holders:
                    found[place, self._holders[word]] += self.rarity(word) / most
        return found


def _by_sentence(index: Index, old: list[Piece], count: int) -> Scores:
    """How well new pieces answer an old one sentence by sentence, so that a long neighbour does not drown a line."""
    found = np.zeros((len(old), count))
    for place, piece in enumerate(old):
        sentences = [list(sentence) for sentence in piece.sentences if len(sentence) > 1]
        if sentences:
            lengths = np.array([len(sentence) for sentence in sentences], dtype=np.float64)
            found[place] = lengths @ index.scores(sentences) / lengths.sum()
    return found


def cosine(pieces: list[list[str]], count: int, *, damped: bool = True) -> Scores:
    """The cosine of each of the first so many pieces with each of the others, their words weighed by rarity."""
    spread = Counter(word for words in pieces for word in set(words))
    old: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
    new: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
    for place, words in enumerate(pieces):
        weights = {
            word: (1 + math.log(often) if damped else often) * math.log((1 + len(pieces)) / (1 + spread[word]))
            for word, often in sorted(Counter(words).items())
        }
        length = math.sqrt(math.fsum(weight * weight for weight in weights.values()))
        for word, weight in weights.items():
            if weight > 0:
                (old if place < count else new)[word].append((place, weight / length))
    found = np.zeros((count, len(pieces) - count))
    for word in sorted(old.keys() & new.keys()):
        rows, here = zip(*old[word], strict=True)
        columns, there = zip(*new[word], strict=True)
        found[np.ix_(rows, [column - count for column in columns])] += np.outer(here, there)
    return found
