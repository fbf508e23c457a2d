"""Word labels: the script of a comparison, changed words held against the truth, fragments and confetti."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from rapidfuzz.distance import Indel

from compare.generator import Side, Truth

Script = list[tuple[str, str]]
"""Pairs of "=", "-" or "+" and one word, in the order in which a reader meets them."""


@dataclass(frozen=True)
class WordFigures:
    """How well the marked words are those that were changed."""

    f1: float
    """Deleted and inserted words together, against the fewest that the planned edits need."""
    planned_f1: float
    """Against every replaced word, though the new words happen to hold it too."""
    still_f1: float
    """Against the fewest, in sections that stayed where they were: all that an engine without moves can show."""
    ratio: float
    """Marked words for each word that was changed."""
    fragments: float
    """Unbroken runs of marked words for each planned edit that changes words."""
    islands: int
    """Unmarked runs of one or two words between marked ones."""


def judge(script: Script, old: Sequence[bool], new: Sequence[bool], truth: Truth) -> WordFigures:
    """Figures of the words of a script; `old` and `new` label every word of the two texts as marked or not."""
    found = [*_slid(old, truth.old), *_slid(new, truth.new)]
    fewest = [*_slid(truth.old.changed, truth.old), *_slid(truth.new.changed, truth.new)]
    planned = [*_slid(truth.old.planned, truth.old), *_slid(truth.new.planned, truth.new)]
    moved = [*truth.old.moved, *truth.new.moved]
    still = [(mark, due) for mark, due, away in zip(found, fewest, moved, strict=True) if not away]
    hunks, islands = fragments(script)
    return WordFigures(
        f1=f_measure(zip(found, fewest, strict=True)),
        planned_f1=f_measure(zip(found, planned, strict=True)),
        still_f1=f_measure(still),
        ratio=sum(found) / max(1, sum(fewest)),
        fragments=hunks / max(1, truth.worded),
        islands=islands,
    )


def f_measure(labels: Iterable[tuple[bool, bool]]) -> float:
    """F1 of pairs of a found and a true label; nothing to find and nothing found is perfect."""
    counted = Counter(labels)
    hits, misses = counted[True, True], counted[True, False] + counted[False, True]
    return 2 * hits / (2 * hits + misses) if hits + misses else 1.0


def _slid(labels: Sequence[bool], side: Side) -> list[bool]:
    """Labels with each run moved as far forward as says the same: "the old" in "the old the new" is "old the".

    A run may be told in several ways where it begins with the words that follow it; the truth and what is judged by it
    are both brought to the first of these, block by block.
    """
    words, slid = side.words, list(labels)
    start = 0
    for block in side.blocks:
        end = start + len(block)
        place = start
        while place < end:
            if not slid[place]:
                place += 1
                continue
            stop = place
            while stop < end and slid[stop]:
                stop += 1
            first, last = place, stop
            while first > start and not slid[first - 1] and words[first - 1] == words[last - 1]:
                first, last = first - 1, last - 1
                slid[first], slid[last] = True, False
            place = stop
        start = end
    return slid


def fragments(script: Script) -> tuple[int, int]:
    """How many unbroken runs of marked words a script has, and how many short unmarked ones stand between them."""
    runs = [(same, sum(1 for _ in run)) for same, run in groupby(script, key=lambda step: step[0] == "=")]
    hunks = sum(not same for same, _ in runs)
    islands = sum(same and length <= 2 for same, length in runs[1:-1])
    return hunks, islands


def of_script(script: Script) -> tuple[list[bool], list[bool]]:
    """The labels of both sides, for a script that keeps both orders."""
    old = [mark == "-" for mark, _ in script if mark != "+"]
    new = [mark == "+" for mark, _ in script if mark != "-"]
    return old, new


def rebuilds(script: Script, truth: Truth) -> bool:
    """Whether a script holds exactly the words of both texts."""
    old = [word for mark, word in script if mark != "+"]
    new = [word for mark, word in script if mark != "-"]
    return old == truth.old.words and new == truth.new.words


def fitted(found: Iterable[tuple[str, bool]], words: list[str]) -> list[bool]:
    """Labels for the true words from a list of words that may lack some or hold others."""
    given = list(found)
    labels = [False] * len(words)
    for code in Indel.opcodes([word for word, _ in given], words):
        if code.tag == "equal":
            for offset in range(code.src_end - code.src_start):
                labels[code.dest_start + offset] = given[code.src_start + offset][1]
    return labels


def from_opcodes(
    codes: Iterable[tuple[str, int, int, int, int]], old: list[str], new: list[str]
) -> Iterator[tuple[str, str]]:
    """The script of opcodes as difflib and rapidfuzz give them."""
    for tag, old_start, old_end, new_start, new_end in codes:
        if tag == "equal":
            yield from (("=", word) for word in old[old_start:old_end])
        else:
            yield from (("-", word) for word in old[old_start:old_end])
            yield from (("+", word) for word in new[new_start:new_end])
