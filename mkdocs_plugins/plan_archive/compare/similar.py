"""How alike two sections are: their words weighed by rarity, found through an index instead of all against all."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain

from .document import Document, Node

COMMON = 0.25
"""A word pair that stands in more than this share of all sections says nothing about which is which."""
FAINT = 0.03
"""Likenesses under this are as good as none."""
_PAIR = 1 << 24
"""A pair of words is one number: the first, counted from 1, times this, and the second."""

Likenesses = dict[tuple[int, int], float]


@dataclass(frozen=True)
class Vector:
    """A section's words and pairs of words with their weights; the squares of all weights add up to 1."""

    weights: dict[int, float]
    """Of what other sections hold too."""
    lone: float
    """The squares of the weights of what no other section holds."""


def vectors(old: Document, new: Document) -> tuple[list[Vector], list[Vector]]:
    """Each section's words and pairs of words, weighed by how few sections hold them."""
    counts = [_features(node) for document in (old, new) for node in document.nodes]
    spread = Counter(chain.from_iterable(counts))
    rarity = [math.log(1 + len(counts) / max(1, held)) for held in range(len(counts) + 1)]
    weighed = [_weighed(features, spread, rarity) for features in counts]
    return weighed[: len(old.nodes)], weighed[len(old.nodes) :]


def _features(node: Node) -> Counter[int]:
    features: list[int] = []
    for leaf in node.body:
        features += leaf.words
        features += [(word + 1) * _PAIR + after for word, after in zip(leaf.words, leaf.words[1:], strict=False)]
    return Counter(features)


def _weighed(features: Counter[int], spread: Counter[int], rarity: list[float]) -> Vector:
    weights: dict[int, float] = {}
    lone = 0.0
    for feature, count in features.items():
        held = spread[feature]
        weight = rarity[held] if count == 1 else (1 + math.log(count)) * rarity[held]
        if held > 1:
            weights[feature] = weight
        else:
            lone += weight * weight
    total = lone + sum(weight * weight for weight in weights.values()) or 1.0
    length = math.sqrt(total)
    return Vector({feature: weight / length for feature, weight in weights.items()}, lone / total)


def likenesses(old: list[Vector], new: list[Vector], olds: Iterable[int], news: Iterable[int]) -> Likenesses:
    """The cosine of every pair of the given sections, by what is telling in them; faint ones are left out."""
    wanted = list(news)
    index: dict[int, list[tuple[int, float]]] = defaultdict(list)
    for there in wanted:
        for feature, weight in new[there].weights.items():
            index[feature].append((there, weight))
    most = max(12, min(int(COMMON * len(wanted)), int(3 * math.sqrt(len(wanted)))))
    found: Likenesses = {}
    for here in olds:
        row: dict[int, float] = defaultdict(float)
        for feature, weight in old[here].weights.items():
            holders = index.get(feature)
            if holders and len(holders) <= most:
                for there, other in holders:
                    row[there] += weight * other
        found.update(((here, there), likeness) for there, likeness in row.items() if likeness >= FAINT)
    return found


def cosine(one: Vector, other: Vector) -> float:
    """How alike two sections are, 0 to 1; in whatever order they are given."""
    shared = one.weights.keys() & other.weights.keys()
    return math.fsum(one.weights[feature] * other.weights[feature] for feature in shared)


def share(part: Vector, whole: Vector, beside: Vector | None = None) -> float:
    """How much of a section's weight another one holds too, 0 to 1; what stands in a third one does not count."""
    known = beside.weights if beside else {}
    rest = {feature: weight * weight for feature, weight in part.weights.items() if feature not in known}
    weight = part.lone + math.fsum(rest.values())
    return math.fsum(square for feature, square in rest.items() if feature in whole.weights) / weight if weight else 0.0


class Rivals:
    """For every section the two of the other text that are most like it."""

    def __init__(self, alike: Likenesses) -> None:
        """Keep the best two of every row and column."""
        self._rows: dict[int, list[tuple[float, int]]] = defaultdict(list)
        self._columns: dict[int, list[tuple[float, int]]] = defaultdict(list)
        for (o, n), likeness in alike.items():
            self._rows[o].append((likeness, -n))
            self._columns[n].append((likeness, -o))
        for best in chain(self._rows.values(), self._columns.values()):
            best.sort(reverse=True)
            del best[2:]

    def of(self, o: int, n: int) -> float:
        """The greatest likeness that either section of a pair has to another one."""
        row = [likeness for likeness, there in self._rows.get(o, ()) if there != -n]
        column = [likeness for likeness, here in self._columns.get(n, ()) if here != -o]
        return max([*row[:1], *column[:1]], default=0.0)
