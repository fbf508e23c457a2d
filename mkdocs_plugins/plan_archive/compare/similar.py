"""How alike two sections are: their words weighed by rarity, found through an index instead of all against all."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import chain
from operator import add, mul

from .document import Document

COMMON = 0.25
"""A word pair that stands in more than this share of all sections says nothing about which is which."""
MANY = 16
"""The same as a number: with it, the work grows with the length of the texts and not with its square."""
MOST_ALIKE = 4
"""Sections of the other text that are remembered as rivals of a pair."""
FAINT = 0.03
"""Likenesses under this are as good as none."""
_PAIR = 1 << 24
"""A pair of words is one number: the first, counted from 1, times this, and the second."""

Likenesses = dict[tuple[int, int], float]


@dataclass(frozen=True)
class Vector:
    """A section's words and pairs of words with their weights."""

    weights: dict[int, float]
    """Of what other sections hold too."""
    lone: float
    """The squares of the weights of what no other section holds."""
    length: float
    """The root of the squares of all weights."""


def vectors(old: Document, new: Document) -> tuple[list[Vector], list[Vector]]:
    """Each section's words and pairs of words, weighed by how few sections hold them; equal texts are weighed once."""
    texts = [[leaf.words for leaf in node.body] for document in (old, new) for node in document.nodes]
    keys = [tuple(map(tuple, text)) for text in texts]
    held = Counter(keys)
    most = max((word for text in texts for words in text for word in words), default=0)
    firsts = range(_PAIR, (most + 2) * _PAIR, _PAIR)
    counts = {key: _features(key, firsts) for key in held}
    spread: Counter[int] = Counter()
    for key, features in counts.items():
        for _ in range(held[key]):
            spread.update(features.keys())
    rarity = [math.log(1 + len(texts) / max(1, among)) for among in range(len(texts) + 1)]
    weighed = {key: _weighed(features, spread, rarity) for key, features in counts.items()}
    found = [weighed[key] for key in keys]
    return found[: len(old.nodes)], found[len(old.nodes) :]


def _features(text: tuple[tuple[int, ...], ...], firsts: range) -> Counter[int]:
    """The words and the pairs of words of a section, counted; `firsts` holds what each word is as a pair's first."""
    pairs = (map(add, map(firsts.__getitem__, words), words[1:]) for words in text)
    return Counter(chain(chain.from_iterable(text), chain.from_iterable(pairs)))


def _weighed(features: Counter[int], spread: Counter[int], rarity: list[float]) -> Vector:
    weights = {
        feature: rarity[held] if count == 1 else (1 + math.log(count)) * rarity[held]
        for feature, count in features.items()
        if (held := spread[feature]) > 1
    }
    repeated = [count for feature, count in features.items() if count > 1 and feature not in weights]
    once = len(features) - len(weights) - len(repeated)
    lone = rarity[1] ** 2 * (once + sum((1 + math.log(count)) ** 2 for count in repeated)) if once or repeated else 0.0
    total = lone + sum(map(mul, weights.values(), weights.values()))
    return Vector(weights, lone, math.sqrt(total) or 1.0)


def likenesses(old: list[Vector], new: list[Vector], olds: Iterable[int], news: Iterable[int]) -> Likenesses:
    """The cosine of every pair of the given sections, by what is telling in them; faint ones are left out."""
    given, wanted = list(olds), list(news)
    sought = set(chain.from_iterable(old[here].weights for here in given))
    index: dict[int, list[int]] = defaultdict(list)
    for there in wanted:
        for feature in new[there].weights.keys() & sought:
            index[feature].append(there)
    most = max(12, min(int(COMMON * len(wanted)), MANY))
    telling = {feature: holders for feature, holders in index.items() if len(holders) <= most}
    found: Likenesses = {}
    for here in given:
        row: dict[int, float] = defaultdict(float)
        for feature, weight in old[here].weights.items():
            for there in telling.get(feature, ()):
                row[there] += weight * new[there].weights[feature]
        for there, product in row.items():
            likeness = product / (old[here].length * new[there].length)
            if likeness >= FAINT:
                found[here, there] = likeness
    return found


def cosine(one: Vector, other: Vector) -> float:
    """How alike two sections are, 0 to 1; in whatever order they are given."""
    shared = one.weights.keys() & other.weights.keys()
    return math.fsum(one.weights[feature] * other.weights[feature] for feature in shared) / (one.length * other.length)


def share(part: Vector, whole: Vector, beside: Vector | None = None) -> float:
    """How much of a section's weight another one holds too, 0 to 1; what stands in a third one does not count."""
    known = beside.weights if beside else {}
    rest = {feature: weight * weight for feature, weight in part.weights.items() if feature not in known}
    weight = part.lone + math.fsum(rest.values())
    return math.fsum(square for feature, square in rest.items() if feature in whole.weights) / weight if weight else 0.0


class Rivals:
    """For every section the few of the other text that are most like it."""

    def __init__(self, alike: Likenesses) -> None:
        """Keep the best of every row and column."""
        self._rows: dict[int, list[tuple[float, int]]] = defaultdict(list)
        self._columns: dict[int, list[tuple[float, int]]] = defaultdict(list)
        for (o, n), likeness in alike.items():
            self._rows[o].append((likeness, -n))
            self._columns[n].append((likeness, -o))
        for best in chain(self._rows.values(), self._columns.values()):
            best.sort(reverse=True)
            del best[MOST_ALIKE:]

    def of(self, o: int, n: int, olds: Collection[int] = (), news: Collection[int] = ()) -> float:
        """The greatest likeness that either section of a pair has to another one, those given left out."""
        row = (likeness for likeness, there in self._rows.get(o, ()) if -there != n and -there not in news)
        column = (likeness for likeness, here in self._columns.get(n, ()) if -here != o and -here not in olds)
        return max(next(row, 0.0), next(column, 0.0))
