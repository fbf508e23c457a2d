"""Holds a comparison, as `plan-archive compare --format json` gives it, against the truth of a generated case."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby, product
from typing import Any

from compare.generator import Kind, NumericChange, Side, Truth
from compare.labels import Script, WordFigures, judge

Json = dict[str, Any]
_ALONE = {"split", "merged", "added", "removed"}
MIRRORED = {
    "added": "removed",
    "removed": "added",
    "split": "merged",
    "merged": "split",
    "inserted": "deleted",
    "deleted": "inserted",
    "-": "+",
    "+": "-",
}
"""What each change and each sign is called from the other side."""


@dataclass(frozen=True)
class Score:
    """The figures of one comparison."""

    precision: float
    """Of the pairs of sections."""
    recall: float
    pairs_f1: float
    kinds_f1: float
    """Of what became of each pair: moved, retitled, split, added ..."""
    kinds_missed: tuple[Kind, ...]
    kinds_false: tuple[Kind, ...]
    false_moves: int
    """Sections called moved that nobody moved."""
    moves_recall: float
    words: WordFigures
    cut: int
    """Places where an op begins or ends inside a word or number; None of them is right."""
    cells: int
    """Figures of tables shown as changed in their own cell, and nothing else in it."""
    cells_due: int
    exact: bool
    """Whether both texts can be rebuilt, word by word."""


def score(comparison: Json, truth: Truth) -> Score:
    """Every figure of a comparison of the old with the new text."""
    found = set(_pairs(comparison, truth))
    hits = len(found & truth.pairs)
    kinds = set(_kinds(comparison, truth))
    moved = {(old, new) for old, new, kind in kinds if kind == "moved"}
    due = {(old, new) for old, new, kind in truth.kinds if kind == "moved"}
    old_words, old_labels, old_cut = _side(comparison, truth.old, "old_index", "-")
    new_words, new_labels, new_cut = _side(comparison, truth.new, "new_index", "+")
    return Score(
        precision=hits / max(1, len(found)),
        recall=hits / len(truth.pairs),
        pairs_f1=2 * hits / (len(found) + len(truth.pairs)),
        kinds_f1=2 * len(kinds & truth.kinds) / (len(kinds) + len(truth.kinds)),
        kinds_missed=tuple(sorted(truth.kinds - kinds, key=str)),
        kinds_false=tuple(sorted(kinds - truth.kinds, key=str)),
        false_moves=len(moved - due),
        moves_recall=len(moved & due) / len(due) if due else 1.0,
        words=judge(script(comparison), old_labels, new_labels, truth),
        cut=old_cut + new_cut,
        cells=sum(_shows(comparison, change) for change in truth.cells),
        cells_due=len(truth.cells),
        exact=old_words and new_words,
    )


def _places(sections: Iterable[Json], side: Side) -> list[int]:
    """Where sections stand in their text, by their ids."""
    return [side.ids.index(section["id"]) for section in sections]


def _pairs(comparison: Json, truth: Truth) -> Iterator[tuple[int, int]]:
    for entry in comparison["sections"]:
        yield from product(_places(entry["old"], truth.old), _places(entry["new"], truth.new))


def _kinds(comparison: Json, truth: Truth) -> Iterator[Kind]:
    """What became of each pair. Of split and merged sections only that is judged, and whether they are called moved."""
    for entry in comparison["sections"]:
        kinds = set(entry["change"])
        if kinds & _ALONE:
            kinds &= _ALONE | {"moved"}
        old: list[int | None] = list(_places(entry["old"], truth.old)) or [None]
        new: list[int | None] = list(_places(entry["new"], truth.new)) or [None]
        yield from product(old, new, sorted(kinds))


def _blocks(comparison: Json) -> Iterator[Json]:
    for entry in comparison["sections"]:
        yield from entry["blocks"]


def script(comparison: Json) -> Script:
    """Every word with its mark, in the order in which the comparison tells it."""
    return [(mark, word) for block in _blocks(comparison) for mark, text in block["ops"] for word in text.split()]


def _side(comparison: Json, side: Side, index: str, mark: str) -> tuple[bool, list[bool], int]:
    """Whether a text can be rebuilt from the ops, the label of each of its words, and how often a word is cut."""
    parts: defaultdict[int, list[Json]] = defaultdict(list)
    for block in _blocks(comparison):
        if block[index] is not None:
            parts[block[index]].append(block)
    exact, cut = not parts.keys() - set(range(len(side.blocks))), 0
    labels: list[bool] = []
    for place, block in enumerate(side.blocks):
        pieces = [
            (piece, op == mark)
            for part in parts[place]
            for op, text in part["ops"]
            if op in ("=", mark)
            for piece in text.split()
        ]
        exact = exact and [piece for piece, _ in pieces] == block
        marks, cuts = _fitted(pieces, block)
        labels += marks
        cut += cuts
    return exact, labels, cut


def _fitted(pieces: list[tuple[str, bool]], block: list[str]) -> tuple[list[bool], int]:
    """A label for each true word (marked if any of its letters is) and the number of cuts inside words."""
    letters = [label for piece, label in pieces for _ in piece]
    if "".join(piece for piece, _ in pieces) != "".join(block):
        return [True] * len(block), 0
    ends, true_ends = set(_ends(piece for piece, _ in pieces)), list(_ends(block))
    starts = [0, *true_ends]
    labels = [any(letters[start:end]) for start, end in zip(starts, true_ends, strict=False)]
    return labels, len(ends - set(true_ends))


def _ends(texts: Iterable[str]) -> Iterator[int]:
    total = 0
    for text in texts:
        total += len(text)
        yield total


def _shows(comparison: Json, change: NumericChange) -> bool:
    """Whether a figure's change stands in its own cell: the old one deleted, the new one inserted, nothing else."""
    for block in _blocks(comparison):
        if block["old_index"] == change.old_block and block["new_index"] == change.new_block:
            old, new = _cells(block["ops"])
            wanted = [("-", change.old)], [("+", change.new)]
            return (old[change.column], new[change.column]) == wanted
    return False


def _cells(ops: list[list[str]]) -> tuple[dict[int, Script], dict[int, Script]]:
    """The words of a row's cells at both sides, each with its mark."""
    sides = {"-": defaultdict[int, Script](list), "+": defaultdict[int, Script](list)}
    column = {"-": 0, "+": 0}
    for mark, text in ops:
        for place, cell in enumerate(text.split("\n")):
            for side in "-+" if mark == "=" else mark:
                column[side] += place > 0
                sides[side][column[side]] += [(mark, word) for word in cell.split()]
    return sides["-"], sides["+"]


def mirrored(there: Json, back: Json) -> bool:
    """Whether the comparison of the new with the old text says the same as that of the old with the new."""
    return _told(there, swap=False) == _told(back, swap=True)


def _told(comparison: Json, *, swap: bool) -> Counter[tuple[Any, ...]]:
    """Sections and blocks without their order, seen from the other side if asked."""

    def seen(name: str) -> str:
        return MIRRORED.get(name, name) if swap else name

    told: Counter[tuple[Any, ...]] = Counter()
    for entry in comparison["sections"]:
        sides = [tuple(section["id"] for section in entry[side]) for side in ("old", "new")]
        about = (frozenset(map(seen, entry["change"])), *(sides[::-1] if swap else sides))
        told[about] += 1
        for block in entry["blocks"]:
            places = [block["old_index"], block["new_index"]]
            ops = tuple(_runs((seen(mark), text) for mark, text in block["ops"]))
            change = (block["kind"], seen(block["change"]), block["fallback"])
            told[about, change, *(places[::-1] if swap else places), ops] += 1
    return told


def _runs(ops: Iterable[tuple[str, str]]) -> Iterator[tuple[str, ...]]:
    """Ops with deletions before insertions between two equal ones."""
    for same, run in groupby(ops, key=lambda op: op[0] == "="):
        steps = list(run)
        texts = [" ".join(text for mark, text in steps if mark == wanted) for wanted in ("=" if same else "-+")]
        yield tuple(texts)
