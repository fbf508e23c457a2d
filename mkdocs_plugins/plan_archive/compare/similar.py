"""How alike two sections are: their words weighed by rarity, found through an index instead of all against all."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable

from .document import Document, Node

Vector = dict[tuple[int, ...], float]
COMMON = 0.25
"""A word pair that stands in more than this share of all sections says nothing about which is which."""


def vectors(old: Document, new: Document) -> tuple[list[Vector], list[Vector]]:
    """Each section's words and pairs of words, weighed by how few sections hold them, of length 1."""
    counts = [_features(node) for document in (old, new) for node in document.nodes]
    spread = Counter(feature for features in counts for feature in features)
    total = len(counts)
    weighed = [_weighed(features, spread, total) for features in counts]
    return weighed[: len(old.nodes)], weighed[len(old.nodes) :]


def _features(node: Node) -> Counter[tuple[int, ...]]:
    features: Counter[tuple[int, ...]] = Counter()
    for leaf in node.body:
        features.update((word,) for word in leaf.words)
        features.update(zip(leaf.words, leaf.words[1:], strict=False))
    return features


def _weighed(features: Counter[tuple[int, ...]], spread: Counter[tuple[int, ...]], total: int) -> Vector:
    weighed = {f: (1 + math.log(n)) * math.log(1 + total / spread[f]) for f, n in features.items()}
    length = math.sqrt(sum(weight * weight for weight in weighed.values())) or 1.0
    return {feature: weight / length for feature, weight in weighed.items()}


def likenesses(
    old: list[Vector], new: list[Vector], olds: Iterable[int], news: Iterable[int]
) -> dict[tuple[int, int], float]:
    """The cosine of every pair of the given sections that shares something telling."""
    wanted = list(news)
    index: dict[tuple[int, ...], list[tuple[int, float]]] = defaultdict(list)
    for there in wanted:
        for feature, weight in new[there].items():
            index[feature].append((there, weight))
    most = max(12, min(int(COMMON * len(wanted)), int(3 * math.sqrt(len(wanted)))))
    found: dict[tuple[int, int], float] = defaultdict(float)
    for here in olds:
        for feature, weight in old[here].items():
            holders = index.get(feature, ())
            if len(holders) <= most:
                for there, other in holders:
                    found[here, there] += weight * other
    return found


def share(part: Vector, whole: Vector) -> float:
    """How much of a section's weight another one holds too, 0 to 1."""
    weight = sum(value * value for value in part.values())
    return sum(value * value for feature, value in part.items() if feature in whole) / weight if weight else 0.0
