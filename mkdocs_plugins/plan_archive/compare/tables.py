"""Tables: which is which, which column and which row, and what changed inside each cell."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from rapidfuzz.distance import Indel, LCSseq

from .blocks import LARGEST_GAP, Matching, best_mutual
from .document import Leaf
from .words import heaviest_rising, longest_rising

KEYS = frozenset(["ref", "ref.", "reference", "id", "no", "no.", "number", "code", "key", "#"])
SAME_TABLE = 0.30
"""Likeness from which two tables of one section are one."""
TABLE_MOVED = 0.60
"""The same for tables of different sections, by their rows and the names of their columns."""
ROW_ALIKE = 0.45
LABEL_ALIKE = 0.55
"""Likeness of the first cells from which two rows between the same neighbours are one, whatever their figures."""
ROW_MOVED = 0.70


@dataclass
class Grid:
    """A table's rows, its head apart."""

    number: int
    head: list[Leaf]
    rows: list[Leaf]

    @property
    def names(self) -> list[str]:
        """Its columns' names in lower case."""
        return [cell.lower() for cell in self.head[0].block.cells] if self.head else []

    def bag(self, *, head: bool) -> Counter[int]:
        """Its words, counted, with or without those of its head."""
        return Counter(word for leaf in (*(self.head if head else ()), *self.rows) for word in leaf.words)


@dataclass
class Columns:
    """Which column of the new table is which of the old, by place."""

    forward: dict[int, int] = field(default_factory=dict)


def grids(leaves: Sequence[Leaf]) -> list[Grid]:
    """The tables among some blocks, in order."""
    found: dict[int, Grid] = {}
    for leaf in leaves:
        if leaf.block.kind == "row" and leaf.block.table is not None:
            grid = found.setdefault(leaf.block.table, Grid(leaf.block.table, [], []))
            (grid.head if leaf.block.header and not grid.rows and not grid.head else grid.rows).append(leaf)
    return list(found.values())


def pair_grids(olds: list[Grid], news: list[Grid], *, moved: bool = False) -> list[tuple[Grid, Grid]]:
    """Tables that are versions of one, the most alike first, each once; equal heads alone show no move."""
    bags_old, bags_new = ([(grid, grid.bag(head=not moved)) for grid in side] for side in (olds, news))
    scored = []
    for i, (old, bag_old) in enumerate(bags_old):
        for j, (new, bag_new) in enumerate(bags_new):
            words = bag_old.total() + bag_new.total()
            content = 2 * (bag_old & bag_new).total() / words if words else 1.0
            names = set(old.names) | set(new.names)
            heads = len(set(old.names) & set(new.names)) / len(names) if names else 0.5
            scored.append((0.7 * content + 0.25 * heads + 0.05 * (1 - abs(i - j) / (i + j + 1)), -i, -j))
    least = TABLE_MOVED if moved else SAME_TABLE
    taken_old: set[int] = set()
    taken_new: set[int] = set()
    pairs = []
    for score, i, j in sorted(scored, reverse=True):
        if score >= least and -i not in taken_old and -j not in taken_new:
            taken_old.add(-i)
            taken_new.add(-j)
            pairs.append((olds[-i], news[-j]))
    return pairs


def columns(old: Grid, new: Grid) -> Columns:
    """Columns by name; then, where one is left on each side in the same place, by place."""
    found = Columns()
    width_old = max((len(leaf.cells) for leaf in (*old.head, *old.rows)), default=0)
    width_new = max((len(leaf.cells) for leaf in (*new.head, *new.rows)), default=0)
    names_old, names_new = old.names, new.names
    for place, name in enumerate(names_old):
        if names_old.count(name) == 1 and names_new.count(name) == 1:
            found.forward[place] = names_new.index(name)
    free_old = [place for place in range(width_old) if place not in found.forward]
    free_new = [place for place in range(width_new) if place not in found.forward.values()]
    if len(free_old) == len(free_new):
        found.forward |= {
            o: n for o, n in zip(free_old, free_new, strict=True) if not names_old or _same_values(old, new, o, n)
        }
    else:
        for o in free_old:
            match = next((n for n in free_new if _same_values(old, new, o, n)), None)
            if match is not None:
                found.forward[o] = match
                free_new.remove(match)
    return found


def _same_values(old: Grid, new: Grid, o: int, n: int) -> bool:
    """Whether two columns hold mostly the same cells."""
    values_old = Counter(_cell(leaf, o) for leaf in old.rows)
    values_new = Counter(_cell(leaf, n) for leaf in new.rows)
    return 2 * sum((values_old & values_new).values()) >= max(len(old.rows), len(new.rows), 1)


def _cell(leaf: Leaf, place: int) -> str:
    cells = leaf.block.cells
    return cells[place] if place < len(cells) else ""


def match_rows(matching: Matching, old: Grid, new: Grid, cols: Columns) -> None:
    """Pair the rows of two tables: by key, to the letter, by their first cell, then by likeness."""
    for one, other in zip(old.head, new.head, strict=False):
        matching.pair(one, other)
    pairs: list[tuple[int, int]] = []
    free_old, free_new = set(range(len(old.rows))), set(range(len(new.rows)))

    def take(o: int, n: int) -> None:
        pairs.append((o, n))
        free_old.discard(o)
        free_new.discard(n)

    keys = _key_columns(old, new)
    if keys is not None:
        for o, n in _in_order(_values(old, free_old, keys[0]), _values(new, free_new, keys[1])):
            take(o, n)
        # A Ref means one thing in every edition: a row under another one is another row, however alike.
        free_old -= {place for place in free_old if old.rows[place].block.ref}
        free_new -= {place for place in free_new if new.rows[place].block.ref}
    for o, n in _once(_texts(old, free_old), _texts(new, free_new)):
        take(o, n)
    empty_old = [place for place in sorted(free_old) if not old.rows[place].words]
    empty_new = [place for place in sorted(free_new) if not new.rows[place].words]
    for o, n in zip(empty_old, empty_new, strict=False):
        take(o, n)
    first = next(((o, n) for o, n in sorted(cols.forward.items()) if keys is None or o != keys[0]), None)
    if first is not None:
        for o, n in _once(_values(old, free_old, first[0]), _values(new, free_new, first[1])):
            take(o, n)
    for o, n in _alike(old, new, sorted(free_old), sorted(free_new)):
        take(o, n)
    if first is not None and keys is None and len(free_old) * len(free_new) <= LARGEST_GAP:
        for o, n in _by_label(old, new, sorted(pairs), *first):
            take(o, n)
    _settle(matching, old, new, pairs)


def _by_label(old: Grid, new: Grid, pairs: list[tuple[int, int]], one: int, other: int) -> list[tuple[int, int]]:
    """Rows left over whose first cells are versions of one, whatever their figures; those in the same place first."""
    rising = longest_rising([n for _, n in pairs])
    kept_old, kept_new = ([pairs[index][side] for index in rising] for side in (0, 1))
    taken_old, taken_new = {o for o, _ in pairs}, {n for _, n in pairs}
    scored = []
    for o in (o for o in range(len(old.rows)) if o not in taken_old):
        for n in (n for n in range(len(new.rows)) if n not in taken_new):
            alike = _labels_alike(old.rows[o].cells, new.rows[n].cells, one, other)
            here = bisect_left(kept_old, o) == bisect_left(kept_new, n)
            if alike >= (LABEL_ALIKE if here else ROW_MOVED):
                scored.append((here, alike, -o, -n))
    found = []
    for *_, o, n in sorted(scored, reverse=True):
        if -o not in taken_old and -n not in taken_new:
            found.append((-o, -n))
            taken_old.add(-o)
            taken_new.add(-n)
    return found


def _labels_alike(old: list[list[int]], new: list[list[int]], o: int, n: int) -> float:
    """How alike two rows' first cells are; enough where one holds all words of the other."""
    if o >= len(old) or n >= len(new) or not old[o] or not new[n]:
        return 0.0
    shared = LCSseq.similarity(old[o], new[n])
    shorter = min(len(old[o]), len(new[n]))
    held = 0.0 if shared < shorter else LABEL_ALIKE if shorter == 1 else ROW_MOVED
    return max(2 * shared / (len(old[o]) + len(new[n])), held)


def _settle(matching: Matching, old: Grid, new: Grid, pairs: list[tuple[int, int]]) -> None:
    """Rows that keep their order are in place, the others moved; a poor likeness that also moved is no pair."""
    pairs.sort()
    weights = [1.0 + len(old.rows[o].words) + len(new.rows[n].words) for o, n in pairs]
    rising = set(heaviest_rising([n for _, n in pairs], weights))
    for index, (o, n) in enumerate(pairs):
        matching.pair(old.rows[o], new.rows[n], moved=index not in rising)


def _key_columns(old: Grid, new: Grid) -> tuple[int, int] | None:
    """The column whose cells name the rows, where both tables have one and its cells differ."""
    for name in old.names:
        if name in KEYS and name in new.names:
            o, n = old.names.index(name), new.names.index(name)
            if all(len({_cell(leaf, p) for leaf in g.rows}) >= 0.8 * len(g.rows) for g, p in ((old, o), (new, n))):
                return o, n
    return None


def _values(grid: Grid, free: set[int], column: int) -> dict[int, str]:
    return {place: _cell(grid.rows[place], column) for place in sorted(free)}


def _texts(grid: Grid, free: set[int]) -> dict[int, str]:
    return {place: grid.rows[place].block.text for place in sorted(free)}


def _in_order(olds: dict[int, str], news: dict[int, str]) -> list[tuple[int, int]]:
    """Places with equal values, repeated ones in order; an empty value names nothing."""
    waiting: dict[str, list[int]] = {}
    for place, value in news.items():
        waiting.setdefault(value, []).append(place)
    return [(place, waiting[value].pop(0)) for place, value in olds.items() if value and waiting.get(value)]


def _once(olds: dict[int, str], news: dict[int, str]) -> list[tuple[int, int]]:
    counts_old, counts_new = Counter(olds.values()), Counter(news.values())
    return [(o, n) for (o, n) in _in_order(olds, news) if counts_old[olds[o]] == 1 and counts_new[news[n]] == 1]


def _alike(old: Grid, new: Grid, free_old: list[int], free_new: list[int]) -> list[tuple[int, int]]:
    """The most alike rows, each once; of too many to weigh all against all, those that share rare words."""
    if len(free_old) * len(free_new) > LARGEST_GAP:
        found_by_words = best_mutual([old.rows[o] for o in free_old], [new.rows[n] for n in free_new], ROW_ALIKE)
        return [(free_old[o], free_new[n]) for o, n, _ in found_by_words]
    scored = []
    for o in free_old:
        for n in free_new:
            score = Indel.normalized_similarity(old.rows[o].words, new.rows[n].words)
            near = 1 - abs(o / len(old.rows) - n / len(new.rows))
            if score >= ROW_ALIKE:
                scored.append((score + 0.05 * near, -o, -n))
    found: dict[int, int] = {}
    for _, o, n in sorted(scored, reverse=True):
        if -o not in found and -n not in found.values():
            found[-o] = -n
    pairs = sorted(found.items())
    kept = set(longest_rising([n for _, n in pairs]))
    return [
        (o, n)
        for index, (o, n) in enumerate(pairs)
        if index in kept or Indel.normalized_similarity(old.rows[o].words, new.rows[n].words) >= ROW_MOVED
    ]
