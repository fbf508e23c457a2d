"""Exact operations -> the fragments that a reader sees: a rewritten sentence is one replacement, not confetti.

Equal words between two changes are drawn as changed where they are few and say little; never a figure, a date or a
word that decides what is promised. The data stays exact: this is for the eye only.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ..model import Op

ISLAND = 2
"""Equal words that may be drawn into the changes around them."""
LONG = 4
"""Words that come or go, from which a little word between two such runs is drawn into them."""
LITTLE_KEPT = 0.3
"""Share of words kept under which a run is drawn as one replacement."""
_TELLING = re.compile(
    r"\d|^\W*(?:not|no|nor|never|none|cannot|\w+n['\u2019]t|must|may|might|shall|will|should|only|all|every|without|unless"
    r"|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen|half|hundred|thousand|million|billion"
    r"|january|february|march|april|june|july|august|september|october|november|december"
    r"|monday|tuesday|wednesday|thursday|friday|saturday|sunday)\W*$",
    re.IGNORECASE,
)
"""Figures, dates, and words that decide what is promised."""
_SMALL = frozenset(
    ["a", "an", "the", "of", "for", "in", "on", "to", "and", "or", "by", "with", "at", "we", "is", "are", "have"]
)
"""Words that say little by themselves."""


@dataclass(frozen=True, slots=True)
class Fragment:
    """A run of words as drawn: those that go and those that come, or the same on both sides."""

    same: bool
    old: tuple[str, ...]
    new: tuple[str, ...]


def fragments(ops: Sequence[Op]) -> tuple[Fragment, ...]:
    """The fragments of one paragraph, or of one cell, in reading order."""
    runs = _runs(ops)
    total = sum(max(len(run.old), len(run.new)) for run in runs)
    kept = sum(len(run.new) for run in runs if run.same)
    if len(runs) > 3 and kept < LITTLE_KEPT * total and not any(map(_telling, runs)):
        return (_together(runs),)
    return tuple(_without_islands(runs))


def _runs(ops: Sequence[Op]) -> list[Fragment]:
    """Equal and changed runs in turn."""
    runs: list[Fragment] = []
    for tag, text in ops:
        words = tuple(text.split())
        if not words:
            continue
        old, new = (words if tag != "+" else ()), (words if tag != "-" else ())
        if runs and tag != "=" and not runs[-1].same:
            runs[-1] = replace(runs[-1], old=runs[-1].old + old, new=runs[-1].new + new)
        else:
            runs.append(Fragment(tag == "=", old, new))
    return runs


def _telling(run: Fragment) -> bool:
    """Whether an equal run holds a word that a reader must see unchanged."""
    return run.same and any(_TELLING.search(word) for word in run.new)


def _without_islands(runs: list[Fragment]) -> list[Fragment]:
    drawn: list[Fragment] = []
    for place, run in enumerate(runs):
        after = runs[place + 1] if place + 1 < len(runs) else None
        if (drawn and after is not None and _island(drawn[-1], run, after)) or (
            drawn and not drawn[-1].same and not run.same
        ):
            drawn[-1] = _together([drawn[-1], run])
        else:
            drawn.append(run)
    return drawn


def _island(before: Fragment, run: Fragment, after: Fragment) -> bool:
    """Whether an equal run only happens to stand in a passage that was rewritten.

    Two single words that were each put in place of another are two edits, with whatever stands between them.
    """
    if not run.same or len(run.new) > ISLAND or before.same or _telling(run):
        return False
    if any(word.endswith((".", "!", "?")) for word in run.new):
        return False
    first, second = (max(len(change.old), len(change.new)) for change in (before, after))
    rewritten = [bool(change.old and change.new) for change in (before, after)]
    little = len(run.new) == 1 and run.new[0].lower() in _SMALL
    if all(rewritten):
        return len(run.new) <= min(first, second) and (min(first, second) > 1 or (little and first + second > 2))
    if any(rewritten):
        return len(run.new) == 1 and min(first, second) > 1
    return little and min(first, second) >= LONG


def _together(runs: Sequence[Fragment]) -> Fragment:
    old = tuple(word for run in runs for word in run.old)
    new = tuple(word for run in runs for word in run.new)
    return Fragment(False, old, new)


def cells_of(ops: Sequence[Op]) -> list[list[Op]]:
    """The operations of a row, one list a cell; a cell that stands on one side only holds that side's alone."""
    cells: list[list[Op]] = [[]]
    for tag, text in ops:
        for place, part in enumerate(text.split("\n")):
            if place:
                cells.append([])
            if part:
                cells[-1].append((tag, part))
    return cells
