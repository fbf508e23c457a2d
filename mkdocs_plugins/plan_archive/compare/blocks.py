"""Which paragraph, list item or note of the new text is which of the old: in place, moved, split in two, or joined."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from rapidfuzz.distance import Indel, LCSseq

from .document import Leaf
from .words import equal_runs, heaviest_rising

ALIKE = 0.36
"""Likeness from which two blocks in the same gap are versions of one."""
MOVED_ALIKE = 0.75
"""The same for blocks that are not in their place."""
MOVED_WORDS = 5
POOR = 0.65
"""Share of the best likeness of either block under which two blocks of a gap are no pair."""
KEPT = 0.35
"""Share of the shorter block's words that stand in phrases of the other, from which two left over are one."""
PHRASE = 3
"""Words in a row that make a phrase."""
TELLING = 8
"""Words that a block known by its phrases alone must have."""
LONGEST = 3_000
"""Words above which two blocks are weighed by the phrases they share instead of word by word."""
LARGEST_GAP = 40_000
"""Blocks times blocks that are weighed all against all."""


@dataclass
class Matching:
    """Which leaf is which, by index over the whole text."""

    pairs: dict[int, int] = field(default_factory=dict)
    back: dict[int, int] = field(default_factory=dict)
    moved: set[int] = field(default_factory=set)
    """Old leaves that stand elsewhere now."""
    splits: dict[int, list[int]] = field(default_factory=dict)
    """Old leaf -> the new ones it was split into, in order."""
    joins: dict[int, list[int]] = field(default_factory=dict)
    """New leaf -> the old ones that were joined into it, in order."""

    def pair(self, old: Leaf, new: Leaf, *, moved: bool = False) -> None:
        """Take two leaves for one another."""
        self.pairs[old.index] = new.index
        self.back[new.index] = old.index
        if moved:
            self.moved.add(old.index)

    def free(self, olds: Sequence[Leaf], news: Sequence[Leaf]) -> tuple[list[Leaf], list[Leaf]]:
        """What is not taken yet."""
        return (
            [leaf for leaf in olds if leaf.index not in self.pairs],
            [leaf for leaf in news if leaf.index not in self.back],
        )


def likeness(old: Leaf, new: Leaf) -> float:
    """How alike two blocks are, 0 to 1; code and prose never are, other kinds a little less than equal ones."""
    if old.key == new.key:
        return 1.0
    if (old.block.kind == "code") != (new.block.kind == "code") or _two_refs(old, new):
        return 0.0
    short, long = sorted((len(old.words), len(new.words)))
    if not short or 2 * short < ALIKE * (short + long):
        return 0.0
    if long > LONGEST:
        return phrases_shared(old.words, new.words)
    found = Indel.normalized_similarity(old.words, new.words, score_cutoff=ALIKE)
    return found if old.block.kind == new.block.kind else 0.8 * found


def _two_refs(old: Leaf, new: Leaf) -> bool:
    """Whether two rows have Refs that differ: a Ref means one thing in every edition, so they are two rows."""
    return bool(old.block.ref and new.block.ref) and old.block.ref != new.block.ref


def phrases_shared(old: Sequence[int], new: Sequence[int]) -> float:
    """How many of two long blocks' runs of four words are the same, 0 to 1."""
    one, other = (Counter(zip(w, w[1:], w[2:], w[3:], strict=False)) for w in (old, new))
    return 2 * sum((one & other).values()) / (len(old) + len(new) - 6)


def match(matching: Matching, olds: Sequence[Leaf], news: Sequence[Leaf]) -> None:
    """Pair the leaves of one section, or of the sections that it was split into or merged from."""
    anchors = _anchors(olds, news)
    rising = heaviest_rising([n for _, n in anchors], [len(olds[o].words) + 1.0 for o, _ in anchors])
    kept = [anchors[index] for index in rising]
    for o, n in kept:
        matching.pair(olds[o], news[n])
    a = c = 0
    for b, d in [*kept, (len(olds), len(news))]:
        _gap(matching, olds[a:b], news[c:d])
        a, c = b + 1, d + 1
    for o, n in anchors:
        if olds[o].index not in matching.pairs and news[n].index not in matching.back and olds[o].words:
            matching.pair(olds[o], news[n], moved=True)
    _splits(matching, olds, news)
    _elsewhere(matching, *matching.free(olds, news), least=4)
    _by_phrases(matching, olds, news)


def _by_phrases(matching: Matching, olds: Sequence[Leaf], news: Sequence[Leaf]) -> None:
    """Pair what is left over in one section and shares whole phrases: much shortened, rewritten or also moved."""
    free_old, free_new = ([leaf for leaf in side if len(leaf.words) >= TELLING] for side in matching.free(olds, news))
    if len(free_old) * len(free_new) > LARGEST_GAP:
        return
    scored = [
        (kept, -o, -n)
        for o, old in enumerate(free_old)
        for n, new in enumerate(free_new)
        if (kept := phrases_kept(old, new)) >= KEPT
    ]
    for _, o, n in sorted(scored, reverse=True):
        old, new = free_old[-o], free_new[-n]
        if old.index not in matching.pairs and new.index not in matching.back:
            matching.pair(old, new, moved=_passes(matching, old, new, olds))


def phrases_kept(old: Leaf, new: Leaf) -> float:
    """The share of the shorter of two blocks that stands in phrases which the other holds in the same order."""
    short, long = sorted((len(old.words), len(new.words)))
    if old.block.kind != new.block.kind or not short or long > LONGEST or _two_refs(old, new):
        return 0.0
    if len(set(old.words).intersection(new.words)) < PHRASE:
        return 0.0
    runs, _ = equal_runs(old.words, new.words)
    return sum(end - start for start, end, _, _ in runs if end - start >= PHRASE) / short


def _passes(matching: Matching, old: Leaf, new: Leaf, olds: Sequence[Leaf]) -> bool:
    """Whether a pair is out of order with the section's blocks that stayed in place."""
    still = ((leaf.index, matching.pairs[leaf.index]) for leaf in olds if leaf.index in matching.pairs)
    return any((o < old.index) != (n < new.index) for o, n in still if o not in matching.moved)


def _anchors(olds: Sequence[Leaf], news: Sequence[Leaf]) -> list[tuple[int, int]]:
    """Blocks that stand once on each side, to the letter."""
    counts_old, counts_new = Counter(leaf.key for leaf in olds), Counter(leaf.key for leaf in news)
    there = {leaf.key: place for place, leaf in enumerate(news) if counts_new[leaf.key] == 1}
    return [(p, there[leaf.key]) for p, leaf in enumerate(olds) if counts_old[leaf.key] == 1 and leaf.key in there]


def _gap(matching: Matching, olds: Sequence[Leaf], news: Sequence[Leaf]) -> None:
    """Pair what stands between two anchors so that as many words as possible stay."""
    if not olds or not news:
        return
    if len(olds) * len(news) > LARGEST_GAP:
        _large_gap(matching, olds, news)
        return
    worth = [[0.0] * (len(news) + 1) for _ in range(len(olds) + 1)]
    like = [[likeness(o, n) for n in news] for o in olds]
    _without_poor(like)
    for i in range(len(olds) - 1, -1, -1):
        for j in range(len(news) - 1, -1, -1):
            together = _worth(like[i][j], olds[i], news[j])
            best = max(worth[i + 1][j], worth[i][j + 1])
            worth[i][j] = max(best, together + worth[i + 1][j + 1]) if together else best
    i = j = 0
    while i < len(olds) and j < len(news):
        together = _worth(like[i][j], olds[i], news[j])
        if together and worth[i][j] == together + worth[i + 1][j + 1]:
            matching.pair(olds[i], news[j])
            i, j = i + 1, j + 1
        elif worth[i][j] == worth[i + 1][j]:
            i += 1
        else:
            j += 1


def _without_poor(like: list[list[float]]) -> None:
    """A pair is out of the question where one of the two has another block that is much more like it."""
    best_old = [max(row) for row in like]
    best_new = [max(column) for column in zip(*like, strict=True)]
    for row, best in zip(like, best_old, strict=True):
        for place, other in enumerate(best_new):
            if row[place] < POOR * max(best, other):
                row[place] = 0.0


def _worth(alike: float, old: Leaf, new: Leaf) -> float:
    """What pairing two blocks is worth: the words that stay; nothing where they are too unlike."""
    length = len(old.words) + len(new.words)
    if alike < (ALIKE if length > 8 else 0.5) and alike != 1.0:
        return 0.0
    return alike * (length or 1)


def _large_gap(matching: Matching, olds: Sequence[Leaf], news: Sequence[Leaf]) -> None:
    """The same for very many blocks: only those that share rare words are weighed, then kept in order."""
    found = best_mutual(olds, news, ALIKE)
    pairs = sorted((o, n) for o, n, _ in found)
    for index in heaviest_rising([n for _, n in pairs], [len(olds[o].words) + 1.0 for o, _ in pairs]):
        o, n = pairs[index]
        matching.pair(olds[o], news[n])


def best_mutual(olds: Sequence[Leaf], news: Sequence[Leaf], least: float) -> list[tuple[int, int, float]]:
    """Pairs of places in which each is the other's best, found by the rare words that they share."""
    index: dict[int, list[int]] = defaultdict(list)
    for place, leaf in enumerate(news):
        for word in set(leaf.words):
            index[word].append(place)
    best_old: dict[int, tuple[float, int]] = {}
    best_new: dict[int, tuple[float, int]] = {}
    for place, leaf in enumerate(olds):
        rare = sorted((w for w in set(leaf.words) if w in index), key=lambda w: (len(index[w]), w))[:8]
        rivals = Counter(there for word in rare if len(index[word]) <= 24 for there in index[word])
        for there, _ in rivals.most_common(6):
            alike = likeness(leaf, news[there])
            if alike >= least:
                best_old[place] = max(best_old.get(place, (0.0, 0)), (alike, -there))
                best_new[there] = max(best_new.get(there, (0.0, 0)), (alike, -place))
    return [(o, -n, alike) for o, (alike, n) in best_old.items() if -best_new[-n][1] == o]


def elsewhere(matching: Matching, olds: Sequence[Leaf], news: Sequence[Leaf]) -> None:
    """Blocks that left one section for another: to the letter first, then those very much alike."""
    free_old, free_new = matching.free(olds, news)
    for o, n in _anchors(free_old, free_new):
        if len(free_old[o].words) >= MOVED_WORDS:
            matching.pair(free_old[o], free_new[n], moved=True)
    _elsewhere(matching, *matching.free(olds, news), least=8)


def _elsewhere(matching: Matching, olds: Sequence[Leaf], news: Sequence[Leaf], least: int) -> None:
    long_old = [leaf for leaf in olds if len(leaf.words) >= least]
    long_new = [leaf for leaf in news if len(leaf.words) >= least]
    for o, n, _ in best_mutual(long_old, long_new, MOVED_ALIKE):
        matching.pair(long_old[o], long_new[n], moved=True)


def _splits(matching: Matching, olds: Sequence[Leaf], news: Sequence[Leaf]) -> None:
    """A pair whose old text goes on in the next new block was split; mirrored, joined."""
    places_old = {leaf.index: place for place, leaf in enumerate(olds)}
    places_new = {leaf.index: place for place, leaf in enumerate(news)}
    for o, n in list(matching.pairs.items()):
        if o in matching.moved or o not in places_old or n not in places_new:
            continue
        old, new = olds[places_old[o]], news[places_new[n]]
        if max(len(old.words), len(new.words)) > LONGEST or old.words == new.words:
            continue
        parts = _continued(old, new, news, places_new[n], matching.back)
        if len(parts) > 1:
            matching.splits[o] = [leaf.index for leaf in parts]
            for leaf in parts:
                matching.back[leaf.index] = o
            continue
        parts = _continued(new, old, olds, places_old[o], matching.pairs)
        if len(parts) > 1:
            matching.joins[n] = [leaf.index for leaf in parts]
            for leaf in parts:
                matching.pairs[leaf.index] = n


def _continued(whole: Leaf, part: Leaf, side: Sequence[Leaf], place: int, taken: dict[int, int]) -> list[Leaf]:
    """The run of free neighbours of `part` whose words `whole` holds too, `part` among them."""
    parts = [part]
    if not any(_goes_on(side, place + step, part, taken) for step in (1, -1)):
        return parts
    words = list(part.words)
    held = LCSseq.similarity(whole.words, words) if len(words) < len(whole.words) else len(whole.words)
    for step in (1, -1):
        here = place + step
        while held < len(whole.words) and _goes_on(side, here, part, taken):
            leaf = side[here]
            together = words + leaf.words if step > 0 else leaf.words + words
            reached = LCSseq.similarity(whole.words, together)
            if reached - held < 0.6 * len(leaf.words):
                break
            words, held = together, reached
            parts = [*parts, leaf] if step > 0 else [leaf, *parts]
            here += step
    return parts


def _goes_on(side: Sequence[Leaf], place: int, part: Leaf, taken: dict[int, int]) -> bool:
    """Whether a block that may be more of the same text stands at a place."""
    if not 0 <= place < len(side):
        return False
    leaf = side[place]
    return leaf.index not in taken and leaf.block.kind == part.block.kind and len(leaf.words) >= 3
