"""Two texts -> what changed between them: sections, then blocks, then words.

The two are compared in an order that does not depend on which is old, and the result is turned round where needed, so
that swapping the sides swaps the result and nothing else.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from ..model import BlockChange, Comparison, Op, Section, SectionChange
from .blocks import Matching, elsewhere, match
from .document import Document, Leaf, Lexicon, document
from .measures import measure_changes
from .moves import believable_moves, undo_doubtful_moves
from .ops import markup_changes, row_ops, whole, word_ops
from .parts import find_parts
from .sections import Pairing, align
from .tables import Columns, Grid, columns, grids, match_rows, pair_grids
from .turn import all_turned, mirrored


def compare(old: tuple[Section, ...], new: tuple[Section, ...], declared: Sequence[tuple[str, str]] = ()) -> Comparison:
    """Tell what changed between two texts; `declared` holds what editors say of ids, old and new, "" for none."""
    swap = _signature(old) > _signature(new)
    first, second = (new, old) if swap else (old, new)
    lexicon = Lexicon()
    before, after = document(first, lexicon), document(second, lexicon)
    pairing = align(before, after, [(b, a) for a, b in declared] if swap else declared)
    undo_doubtful_moves(pairing)
    find_parts(pairing)
    moved = believable_moves(pairing)
    work = _Work(before, after, pairing, lexicon)
    for group in work.groups:
        work.match(group)
    work.match_elsewhere()
    changes = [work.told(group, moved) for group in work.groups]
    if swap:
        changes = all_turned(changes, new)
    places_old = {id(section): place for place, section in enumerate(old)}
    places_new = {id(section): place for place, section in enumerate(new)}
    return Comparison(_in_reading_order(changes, places_old, places_new), measure_changes(old, new))


def _signature(sections: tuple[Section, ...]) -> str:
    lines = (f"{s.level} {s.id} {s.title}\n{b.kind} {b.text}\n{b.html}" for s in sections for b in s.blocks)
    shapes = (f"{s.chapter} {b.depth} {b.table} {b.header}" for s in sections for b in s.blocks)
    return "".join(hashlib.sha256("\n".join(part).encode()).hexdigest() for part in (lines, shapes))


@dataclass
class _Group:
    """One section on each side, or more where it was split or merged; one side may be empty."""

    old: list[int]
    new: list[int]


class _Work:
    """A comparison under way: which leaf is which, and the columns of the tables that were paired."""

    def __init__(self, old: Document, new: Document, pairing: Pairing, lexicon: Lexicon) -> None:
        self.old, self.new, self.pairing, self.lexicon = old, new, pairing, lexicon
        self.groups = _groups(pairing)
        self.matching = Matching()
        self.columns: dict[tuple[int, int], Columns] = {}

    def match(self, group: _Group) -> None:
        """Pair what the sections of a group hold."""
        olds = [leaf for index in group.old for leaf in self.old.nodes[index].body]
        news = [leaf for index in group.new for leaf in self.new.nodes[index].body]
        heads_old = [h for index in group.old if (h := self.old.nodes[index].heading) is not None]
        heads_new = [h for index in group.new if (h := self.new.nodes[index].heading) is not None]
        if heads_old and heads_new:
            one, other = self._main_headings(group, heads_old, heads_new)
            self.matching.pair(one, other)
        if not olds or not news:
            return
        match(
            self.matching,
            [leaf for leaf in olds if leaf.block.kind != "row"],
            [leaf for leaf in news if leaf.block.kind != "row"],
        )
        self._tables(grids(olds), grids(news))

    def _main_headings(self, group: _Group, olds: list[Leaf], news: list[Leaf]) -> tuple[Leaf, Leaf]:
        """The headings of the two sections that are one, not of the parts that were split off or taken in."""
        main = next((o for o in group.old if o in self.pairing.forward), group.old[0])
        there = self.pairing.forward.get(main, group.new[0])
        one = next((leaf for leaf in olds if leaf.section == main), olds[0])
        return one, next((leaf for leaf in news if leaf.section == there), news[0])

    def _tables(self, olds: list[Grid], news: list[Grid], *, moved: bool = False) -> None:
        for old, new in pair_grids(olds, news, moved=moved):
            found = columns(old, new)
            self.columns[old.number, new.number] = found
            match_rows(self.matching, old, new, found)

    def match_elsewhere(self) -> None:
        """Pair what went from one section to another: tables, rows, then other blocks."""
        rows_old, rows_new = self.matching.free(self.old.leaves, self.new.leaves)
        whole_old = [g for g in grids(rows_old) if g.head and len(g.rows) > 1]
        whole_new = [g for g in grids(rows_new) if g.head and len(g.rows) > 1]
        before = set(self.matching.pairs)
        self._tables(whole_old, whole_new, moved=True)
        self.matching.moved |= set(self.matching.pairs) - before
        self._rows_by_ref()
        free_old, free_new = self.matching.free(self.old.leaves, self.new.leaves)
        elsewhere(
            self.matching,
            [leaf for leaf in free_old if leaf.block.kind != "heading" and not leaf.block.header],
            [leaf for leaf in free_new if leaf.block.kind != "heading" and not leaf.block.header],
        )

    def _rows_by_ref(self) -> None:
        """A keyed row means the same wherever it stands."""
        free_old, free_new = self.matching.free(self.old.leaves, self.new.leaves)
        there = {leaf.block.ref: leaf for leaf in free_new if leaf.block.ref}
        for leaf in free_old:
            if leaf.block.ref and leaf.block.ref in there:
                self.matching.pair(leaf, there[leaf.block.ref], moved=True)

    def told(self, group: _Group, moved: set[int]) -> SectionChange:
        """What became of a group's sections."""
        olds = [leaf for index in group.old for leaf in self.old.nodes[index].leaves]
        news = [leaf for index in group.new for leaf in self.new.nodes[index].leaves]
        blocks = self._blocks(olds, news)
        old = tuple(self.old.nodes[index].section for index in group.old)
        new = tuple(self.new.nodes[index].section for index in group.new)
        if not old or not new:
            return SectionChange(("added",) if new else ("removed",), old, new, blocks)
        return SectionChange(self._kinds(group, blocks, moved, olds), old, new, blocks)

    def _kinds(
        self, group: _Group, blocks: tuple[BlockChange, ...], moved: set[int], olds: list[Leaf]
    ) -> tuple[str, ...]:
        kinds = []
        gone = [leaf for leaf in olds if leaf.block.kind != "heading" and leaf.index in self.matching.moved]
        here = {block.old_index for block in blocks}
        left = any(leaf.index not in here for leaf in gone)
        if left or any(b.change != "equal" and b.kind != "heading" for b in blocks):
            kinds.append("changed")
        main = next(o for o in group.old if o in self.pairing.forward)
        one, other = self.old.nodes[main], self.new.nodes[self.pairing.forward[main]]
        if main in moved:
            kinds.append("moved")
        if one.title != other.title:
            kinds.append("retitled")
        if one.numbering != other.numbering:
            kinds.append("renumbered")
        elif one.title == other.title and one.section.title != other.section.title:
            kinds.append("retitled")
        if len(group.new) > 1:
            kinds.append("split")
        if len(group.old) > 1:
            kinds.append("merged")
        return tuple(kinds)

    def _blocks(self, olds: list[Leaf], news: list[Leaf]) -> tuple[BlockChange, ...]:
        """A group's blocks in the new order, each that went behind its old forerunner."""
        told: list[tuple[tuple[int, int, int], BlockChange]] = []
        matching = self.matching
        for leaf in news:
            o = matching.back.get(leaf.index)
            if o is None:
                change = BlockChange(leaf.block.kind, "inserted", None, leaf.index, whole("+", leaf))
                told.append(((leaf.index, 0, 0), change))
            elif leaf.index in matching.joins:
                told += [((leaf.index, 0, k), c) for k, c in enumerate(self._joined(leaf))]
            elif o in matching.splits:
                told.append(((leaf.index, 0, 0), self._split(o, leaf)))
            else:
                told.append(((leaf.index, 0, 0), self._pair(self.old.leaves[o], leaf)))
        here = {leaf.index for leaf in news}
        joined_in = {o for parts in matching.joins.values() for o in parts}
        last = -1
        for count, leaf in enumerate(olds):
            n = matching.pairs.get(leaf.index)
            if n is None and leaf.index not in joined_in:
                change = BlockChange(leaf.block.kind, "deleted", leaf.index, None, whole("-", leaf))
                told.append(((last, 1, count), change))
            elif n in here and leaf.index not in matching.moved:
                last = max(last, n if n is not None else -1)
        return tuple(change for _, change in sorted(told, key=lambda row: row[0]))

    def _pair(self, old: Leaf, new: Leaf) -> BlockChange:
        if old.block.kind == "row" and new.block.kind == "row":
            number = old.block.table or 0, new.block.table or 0
            found = self.columns.get(number) or self._columns(*number)
            ops, capped = row_ops(old, new, found.forward, self.lexicon)
        else:
            ops, capped = word_ops(old.words, new.words, self.lexicon)
        markup = markup_changes(old.block.html, new.block.html)
        if old.block.kind == new.block.kind == "heading":
            levels = (self.old.nodes[old.section].section.level, self.new.nodes[new.section].section.level)
            if levels[0] != levels[1]:
                markup = (*markup, f"heading level: {levels[0]} -> {levels[1]}")
        elif old.block.kind != new.block.kind:
            markup = (*markup, f"kind: {old.block.kind} -> {new.block.kind}")
        elif old.block.depth != new.block.depth:
            markup = (*markup, f"list depth: {old.block.depth} -> {new.block.depth}")
        changed = any(tag != "=" for tag, _ in ops) or bool(markup)
        change = "moved" if old.index in self.matching.moved else "changed" if changed else "equal"
        return BlockChange(new.block.kind, change, old.index, new.index, tuple(ops), markup, capped)  # type: ignore[arg-type]

    def _columns(self, old: int, new: int) -> Columns:
        """The columns of two tables of which only single rows were paired."""
        one, other = self._grids
        self.columns[old, new] = columns(one[old], other[new])
        return self.columns[old, new]

    @cached_property
    def _grids(self) -> tuple[dict[int, Grid], dict[int, Grid]]:
        """The tables of both texts by their numbers."""
        old, new = ({grid.number: grid for grid in grids(side.leaves)} for side in (self.old, self.new))
        return old, new

    def _split(self, o: int, part: Leaf) -> BlockChange:
        """One part of an old block that was split: its share of the operations of the whole."""
        whole_old = self.old.leaves[o]
        parts = [self.new.leaves[n] for n in self.matching.splits[o]]
        shares = self._shares(whole_old.words, [leaf.words for leaf in parts])
        place = [leaf.index for leaf in parts].index(part.index)
        return BlockChange(part.block.kind, "changed", o, part.index, tuple(shares[place]))

    def _joined(self, whole_new: Leaf) -> list[BlockChange]:
        """The old blocks that were joined into a new one: each its share of the operations, mirrored."""
        parts = [self.old.leaves[o] for o in self.matching.joins[whole_new.index]]
        shares = self._shares(whole_new.words, [leaf.words for leaf in parts])
        return [
            BlockChange(whole_new.block.kind, "changed", leaf.index, whole_new.index, tuple(mirrored(share)))
            for leaf, share in zip(parts, shares, strict=True)
        ]

    def _shares(self, words: list[int], parts: list[list[int]]) -> list[list[Op]]:
        """The operations from one run to several, cut where the parts meet; what goes at a cut goes with the first."""
        together = [word for part in parts for word in part]
        ops, _ = word_ops(words, together, self.lexicon)
        lengths = [len(part) for part in parts]
        shares: list[list[Op]] = [[] for _ in parts]
        here, room = 0, lengths[0]
        for tag, text in ops:
            given = text.split()
            if tag == "-":
                shares[here].append((tag, " ".join(given) + " "))
                continue
            while given:
                if room == 0 and here + 1 < len(parts):
                    here, room = here + 1, lengths[here + 1]
                now, given = given[:room], given[room:]
                shares[here].append((tag, " ".join(now) + " "))
                room -= len(now)
        return shares


def _groups(pairing: Pairing) -> list[_Group]:
    """Every section of both texts in exactly one group."""
    groups = []
    for o, n in pairing.forward.items():
        olds = [o, *(part for part, whole_new in pairing.merged.items() if whole_new == n)]
        news = [n, *(part for part, whole_old in pairing.split.items() if whole_old == o)]
        groups.append(_Group(sorted(olds), sorted(news)))
    groups += [_Group([o], []) for o in sorted({*pairing.free_old(), *pairing.ended})]
    groups += [_Group([], [n]) for n in sorted({*pairing.free_new(), *pairing.begun})]
    return groups


def _in_reading_order(
    changes: list[SectionChange], places_old: dict[int, int], places_new: dict[int, int]
) -> tuple[SectionChange, ...]:
    """The new text's order, a removed section after its old predecessor."""
    kept = sorted((c for c in changes if c.new), key=lambda c: places_new[id(c.new[0])])
    by_old = {places_old[id(section)]: change for change in changes for section in change.old}
    ordered = list(kept)
    for change in sorted((c for c in changes if not c.new), key=lambda c: places_old[id(c.old[0])]):
        before = by_old.get(places_old[id(change.old[0])] - 1)
        place = next((i for i, c in enumerate(ordered) if c is before), -1) + 1
        while place < len(ordered) and not ordered[place].new:
            place += 1
        ordered.insert(place, change)
    return tuple(ordered)
