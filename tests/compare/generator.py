"""Labelled pairs of an old and a new plan: `make(seed, level)` edits a grown plan and says exactly what was done."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from random import Random

from rapidfuzz.distance import Indel

from compare.edits import REWRITING, WITHOUT_WORDS, Editor
from compare.growth import SECTIONS, Gardener
from compare.structure import Architect
from compare.tree import Heading, Leaf, Node, Row, Shown, Snapshot, Word, snapshot

_FIGURE = re.compile(r"£?[\d,.]+%?")
Kind = tuple[int | None, int | None, str]


@dataclass(frozen=True)
class Level:
    """How much is edited; `retitled` is left to what the others leave free."""

    texts: int
    moves: int
    splits: int
    merges: int
    added: int
    removed: int
    retitled: int
    odds: dict[str, int] | None = None

    def scaled(self, share: float) -> Level:
        """The level for a plan of that share of the usual sections."""
        counts = (self.texts, self.moves, self.splits, self.merges, self.added, self.removed, self.retitled)
        return self if share == 1 else Level(*(max(1, round(share * count)) for count in counts), self.odds)


LEVELS = {
    "light": Level(120, 3, 1, 1, 1, 1, 3),
    "medium": Level(410, 6, 2, 2, 2, 2, 6),
    "heavy": Level(1164, 10, 4, 4, 3, 3, 12),
    "rewrite": Level(1150, 15, 4, 4, 3, 3, 36, REWRITING),
}


@dataclass(frozen=True)
class NumericChange:
    """A figure of a table that changed; blocks as `old_index` and `new_index` count them, columns from 0."""

    ref: str | None
    old_block: int
    new_block: int
    column: int
    old: str
    new: str


@dataclass(frozen=True)
class Side:
    """One text's words in the order of its blocks, with what became of each."""

    ids: tuple[str, ...]
    """Of the sections, in reading order; that of the title's section is ""."""
    cells: tuple[tuple[tuple[str, ...], ...], ...]
    """The words of every block, headings included, by cells; what is no row is one cell."""
    block_kinds: tuple[str, ...]
    """What the contract calls every block."""
    sections: tuple[int, ...]
    """For every block, the place of its section."""
    changed: tuple[bool, ...]
    """For every word: deleted (old side) or inserted (new side), at the fewest that the planned edits need."""
    planned: tuple[bool, ...]
    """The same without the fewest: a replaced word counts though the new words happen to hold it too."""
    moved: tuple[bool, ...]
    """Whether the word stands in a section that was moved, or under one."""

    @property
    def blocks(self) -> list[list[str]]:
        """The words of every block."""
        return [[word for cell in block for word in cell] for block in self.cells]

    @property
    def words(self) -> list[str]:
        """Every word, block after block."""
        return [word for block in self.blocks for word in block]


@dataclass(frozen=True)
class Truth:
    """What was done to the old text."""

    old: Side
    new: Side
    pairs: frozenset[tuple[int, int]]
    """Places of sections of the old and of the new text that belong together."""
    kinds: frozenset[Kind]
    """What became of each pair; None at one side for added and removed. Split and merged pairs have only these."""
    blocks: frozenset[tuple[int, int]]
    """Places of blocks of the old and of the new text that are one block, edited or not."""
    cells: tuple[NumericChange, ...]
    edits: tuple[str, ...]
    """The planned edits; a heading that only got another number is one too."""

    @property
    def worded(self) -> int:
        """How many edits change words and not only their place."""
        return sum(edit not in WITHOUT_WORDS for edit in self.edits)


@dataclass(frozen=True)
class Case:
    """Two texts and what happened between them."""

    old_md: str
    new_md: str
    truth: Truth


def make(seed: int, level: str, *, ids: bool = False, numbered: bool | None = None, sections: int = SECTIONS) -> Case:
    """A pair of texts; sections carry numbers where the seed is even, unless `numbered` says otherwise.

    A plan of fewer sections than usual gets as many fewer edits.
    """
    rng = Random(f"{seed} {level}")  # noqa: S311  a made-up text is no secret
    numbered = seed % 2 == 0 if numbered is None else numbered
    gardener = Gardener(rng)
    root = gardener.plan(sections)
    old = snapshot(root, ids=ids, numbered=numbered)
    how = LEVELS[level].scaled(sections / SECTIONS)
    architect = Architect(root, rng, gardener)
    for act, count in (
        (architect.remove, how.removed),
        (architect.split, how.splits),
        (architect.merge, how.merges),
        (architect.add, how.added),
    ):
        for _ in range(count):
            act()
    for _ in range(how.moves):
        architect.move()
    architect.busy -= architect.moved
    architect.retitle(how.retitled)
    editor = Editor([node for node in root.walk() if node not in architect.added], rng, gardener)
    editor.edit(how.texts, how.odds)
    new = snapshot(root, ids=ids, numbered=numbered)
    truth = _truth(old, new, architect, editor)
    return Case(old.markdown, new.markdown, truth)


def _truth(old: Snapshot, new: Snapshot, architect: Architect, editor: Editor) -> Truth:
    were = {node: place for place, node in enumerate(old.nodes)}
    pairs = {(were[origin], place) for place, node in enumerate(new.nodes) for origin in node.origins}
    old_blocks, new_blocks = _by_leaf(old.blocks), _by_leaf(new.blocks)
    kept = set(old.words) & set(new.words)
    same_old, same_new = _agreeing(old_blocks, new_blocks, kept)
    kinds = set(_kinds(old, new, were, architect.moved))
    renumbered = sum(kind == "renumbered" for _, _, kind in kinds)
    carried = {under for node in architect.moved for under in node.walk()}
    return Truth(
        _side(old, kept, same_old, carried),
        _side(new, kept, same_new, carried),
        frozenset(pairs),
        frozenset(kinds),
        frozenset((old_blocks[leaf][0], new_blocks[leaf][0]) for leaf in old_blocks.keys() & new_blocks.keys()),
        tuple(_cells(old_blocks, new_blocks)),
        (*architect.edits, *editor.edits, *["heading renumbered"] * renumbered),
    )


def _by_leaf(blocks: Iterable[Shown]) -> dict[Leaf, tuple[int, Shown]]:
    return {block.leaf: (place, block) for place, block in enumerate(blocks)}


def _side(text: Snapshot, kept: set[Word], same: set[Word], carried: set[Node]) -> Side:
    return Side(
        text.ids,
        tuple(tuple(tuple(word.text for word in cell) for cell in block.cells) for block in text.blocks),
        tuple(block.kind for block in text.blocks),
        tuple(block.section for block in text.blocks),
        tuple(word not in kept and word not in same for word in text.words),
        tuple(word not in kept for word in text.words),
        tuple(text.nodes[block.section] in carried for block in text.blocks for cell in block.cells for _ in cell),
    )


def _agreeing(
    old: dict[Leaf, tuple[int, Shown]], new: dict[Leaf, tuple[int, Shown]], kept: set[Word]
) -> tuple[set[Word], set[Word]]:
    """Words that no edit kept, but that stand between the same kept words of the same block at both sides."""
    same_old: set[Word] = set()
    same_new: set[Word] = set()
    for leaf in old.keys() & new.keys():
        for before, after in zip(old[leaf][1].cells, new[leaf][1].cells, strict=True):
            for gone, come in zip(_gaps(before, kept), _gaps(after, kept), strict=True):
                codes = Indel.opcodes([word.text for word in gone], [word.text for word in come])
                for code in codes:
                    if code.tag == "equal":
                        same_old.update(gone[code.src_start : code.src_end])
                        same_new.update(come[code.dest_start : code.dest_end])
    return same_old, same_new


def _gaps(run: tuple[Word, ...], kept: set[Word]) -> list[list[Word]]:
    """What stands before, between and behind the kept words of a run."""
    gaps: list[list[Word]] = [[]]
    for word in run:
        if word in kept:
            gaps.append([])
        else:
            gaps[-1].append(word)
    return gaps


def _kinds(old: Snapshot, new: Snapshot, were: dict[Node, int], moved: set[Node]) -> Iterator[Kind]:
    now = [own for node in new.nodes for own in node.origins]
    for node, place in were.items():
        if node not in now:
            yield place, None, "removed"
    for place, node in enumerate(new.nodes):
        if not node.origins:
            yield None, place, "added"
        elif len(node.origins) > 1:
            yield from ((were[origin], place, "merged") for origin in node.origins)
        elif now.count(node.origins[0]) > 1:
            yield were[node.origins[0]], place, "split"
        else:
            yield from ((were[node], place, kind) for kind in _kinds_of_one(old, new, were[node], place, node in moved))


def _kinds_of_one(old: Snapshot, new: Snapshot, was: int, place: int, moved: bool) -> Iterator[str]:
    if moved:
        yield "moved"
    if old.titles[was] != new.titles[place]:
        yield "retitled"
    if old.numbers[was] != new.numbers[place]:
        yield "renumbered"
    if list(_own_texts(old, was)) != list(_own_texts(new, place)):
        yield "changed"


def _own_texts(text: Snapshot, section: int) -> Iterator[tuple[str, ...]]:
    for block in text.blocks:
        if block.section == section and not isinstance(block.leaf, Heading):
            yield tuple(" ".join(word.text for word in cell) for cell in block.cells)


def _cells(old: dict[Leaf, tuple[int, Shown]], new: dict[Leaf, tuple[int, Shown]]) -> Iterator[NumericChange]:
    for leaf, (was, before) in old.items():
        if not isinstance(leaf, Row) or leaf not in new:
            continue
        now, after = new[leaf]
        for column, (gone, come) in enumerate(zip(before.cells, after.cells, strict=True)):
            figures = (
                len(gone) == len(come) == 1 and _FIGURE.fullmatch(gone[0].text) and _FIGURE.fullmatch(come[0].text)
            )
            if figures and gone[0].text != come[0].text:
                yield NumericChange(leaf.ref, was, now, column, gone[0].text, come[0].text)
