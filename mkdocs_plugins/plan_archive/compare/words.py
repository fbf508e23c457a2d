"""Two runs of words -> what stays, goes and comes, exact and within caps on size.

The longest common subsequence is RapidFuzz's (Indel), whose memory grows with the product of the two lengths. Runs
whose product is too large are first cut at phrases that stand once on each side; what is still too large is told as
replaced. Nothing depends on the clock.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence, Set

from rapidfuzz.distance import Indel

LARGEST = 600_000_000
"""Words times words in one call: 75 MB."""
PHRASE = 6
"""Words in a phrase at which long runs are cut."""

Span = tuple[int, int, int, int]
"""The ends of an equal run: old from and to, new from and to."""


def equal_runs(old: Sequence[int], new: Sequence[int]) -> tuple[list[Span], bool]:
    """The runs that two texts share in order, and whether some part was too large to be compared."""
    head = 0
    while head < min(len(old), len(new)) and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < min(len(old), len(new)) - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    inner_old, inner_new = old[head : len(old) - tail], new[head : len(new) - tail]
    runs, capped = _middle(inner_old, inner_new)
    shifted = [(a + head, b + head, c + head, d + head) for a, b, c, d in runs]
    if head:
        shifted.insert(0, (0, head, 0, head))
    if tail:
        shifted.append((len(old) - tail, len(old), len(new) - tail, len(new)))
    return _joined(shifted), capped


def _middle(old: Sequence[int], new: Sequence[int]) -> tuple[list[Span], bool]:
    if not old or not new:
        return [], False
    if len(old) * len(new) <= LARGEST:
        found = Indel.opcodes(old, new)
        return [(o.src_start, o.src_end, o.dest_start, o.dest_end) for o in found if o.tag == "equal"], False
    anchors = _anchors(old, new)
    if not anchors:
        return [], True
    runs: list[Span] = []
    capped = False
    a = c = 0
    for b, d in [*anchors, (len(old), len(new))]:
        if a < b and c < d:
            inner, over = ([], True) if (b - a) * (d - c) > LARGEST else _middle(old[a:b], new[c:d])
            runs += [(a + i, a + j, c + k, c + m) for i, j, k, m in inner]
            capped = capped or over
        if b < len(old) and d < len(new):
            runs.append((b, b + 1, d, d + 1))
        a, c = b + 1, d + 1
    return _joined(runs), capped


def _anchors(old: Sequence[int], new: Sequence[int]) -> list[tuple[int, int]]:
    """Places of phrases that stand once on each side, in an order that both sides share."""
    once_old, once_new = _once(old), _once(new)
    shared = sorted((place, once_new[phrase]) for phrase, place in once_old.items() if phrase in once_new)
    kept = longest_rising([there for _, there in shared])
    return [shared[index] for index in kept]


def _once(words: Sequence[int]) -> dict[tuple[int, ...], int]:
    phrases = list(zip(*(words[start:] for start in range(PHRASE)), strict=False))
    counts = Counter(phrases)
    return {phrase: place for place, phrase in enumerate(phrases) if counts[phrase] == 1}


def longest_rising(values: Sequence[int]) -> list[int]:
    """The indices of a longest rising subsequence."""
    tails: list[int] = []
    tail_indices: list[int] = []
    before: list[int] = []
    for index, value in enumerate(values):
        place = bisect_left(tails, value)
        before.append(tail_indices[place - 1] if place else -1)
        if place == len(tails):
            tails.append(value)
            tail_indices.append(index)
        else:
            tails[place] = value
            tail_indices[place] = index
    kept = []
    here = tail_indices[-1] if tail_indices else -1
    while here >= 0:
        kept.append(here)
        here = before[here]
    return kept[::-1]


def heaviest_rising(values: Sequence[int], weights: Sequence[float]) -> list[int]:
    """The indices of a rising subsequence with the greatest weight (values distinct; a Fenwick tree of maxima)."""
    ranks = {value: rank for rank, value in enumerate(sorted(values), start=1)}
    best: list[tuple[float, int]] = [(0.0, -1)] * (len(values) + 1)
    before: list[int] = []
    totals: list[float] = []
    for index, value in enumerate(values):
        rank = ranks[value]
        place, top = rank - 1, (0.0, -1)
        while place > 0:
            top = max(top, best[place])
            place -= place & -place
        before.append(top[1])
        totals.append(top[0] + weights[index])
        place = rank
        while place < len(best):
            best[place] = max(best[place], (totals[index], index))
            place += place & -place
    kept = []
    here = max(range(len(values)), key=lambda index: (totals[index], -index)) if values else -1
    while here >= 0:
        kept.append(here)
        here = before[here]
    return kept[::-1]


def _joined(runs: list[Span]) -> list[Span]:
    """Runs that touch on both sides made one."""
    joined: list[Span] = []
    for run in runs:
        if run[0] == run[1]:
            continue
        if joined and joined[-1][1] == run[0] and joined[-1][3] == run[2]:
            joined[-1] = (joined[-1][0], run[1], joined[-1][2], run[3])
        else:
            joined.append(run)
    return joined


def settled(runs: list[Span], old: Sequence[int], new: Sequence[int], ends: Set[int]) -> list[Span]:
    """The same runs with pure insertions and deletions slid to where a sentence begins, where they may slide.

    "We will. We will ask." may be told as an insertion at three places; a reader expects a whole sentence. `ends` are
    the words that end a sentence. The number of equal words stays the same.
    """
    result = list(runs)
    for index in range(len(result) - 1):
        left, right = result[index], result[index + 1]
        if left[1] == right[0] and left[3] != right[2]:
            shift = _best_shift(new, left[3], right[2], left[3] - left[2], right[3] - right[2], ends)
        elif left[3] == right[2] and left[1] != right[0]:
            shift = _best_shift(old, left[1], right[0], left[1] - left[0], right[1] - right[0], ends)
        else:
            continue
        result[index] = (left[0], left[1] + shift, left[2], left[3] + shift)
        result[index + 1] = (right[0] + shift, right[1], right[2] + shift, right[3])
    return [run for run in result if run[0] < run[1]]


def _best_shift(words: Sequence[int], start: int, end: int, room_left: int, room_right: int, ends: Set[int]) -> int:
    """How far to slide the run words[start:end], left (negative) or right, so that it follows a sentence's end."""
    low = 0
    while -low < room_left and words[start + low - 1] == words[end + low - 1]:
        low -= 1
    high = 0
    while high < room_right and end + high < len(words) and words[start + high] == words[end + high]:
        high += 1
    for shift in sorted(range(low, high + 1), key=abs):
        before = start + shift - 1
        if before < 0 or words[before] in ends:
            return shift
    return 0


def pieces(runs: list[Span], old: int, new: int) -> Iterator[tuple[str, int, int]]:
    """The runs as `=` (old places), `-` (old places) and `+` (new places), a deletion before an insertion."""
    a = c = 0
    for start, end, there, beyond in [*runs, (old, old, new, new)]:
        if start > a:
            yield "-", a, start
        if there > c:
            yield "+", c, there
        if end > start:
            yield "=", start, end
        a, c = end, beyond
