"""A plan as a tree that can be edited, its Markdown, and what a reader meets: sections, blocks and words in order.

A `Word` is known by what it is, not by its letters: an edit puts new words in place of old ones and never changes one,
so that a word of the old text is kept exactly if the same object stands in the new text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass(eq=False, slots=True)
class Word:
    """One occurrence of a word."""

    text: str


Run = list[Word]


def words(texts: list[str]) -> Run:
    """New occurrences of these words."""
    return [Word(text) for text in texts]


def said(run: Run) -> str:
    """A run as it is read."""
    return " ".join(word.text for word in run)


@dataclass(eq=False)
class Paragraph:
    """A paragraph, sentence by sentence."""

    sentences: list[Run]

    @property
    def cells(self) -> list[Run]:
        """Its words, as one cell."""
        return [[word for sentence in self.sentences for word in sentence]]


@dataclass(eq=False)
class Item:
    """A list item; `depth` is 1, or 2 under another item."""

    run: Run
    depth: int = 1

    @property
    def cells(self) -> list[Run]:
        """Its words, as one cell."""
        return [self.run]


@dataclass(eq=False)
class Row:
    """A table's row."""

    cells: list[Run]
    ref: str | None = None


@dataclass(eq=False)
class Bullets:
    """A list."""

    items: list[Item]


@dataclass(eq=False)
class Table:
    """A table: its head and its rows; `numeric` says in which columns figures stand."""

    head: Row
    rows: list[Row]
    numeric: dict[int, str]


Part = Paragraph | Bullets | Table


@dataclass(eq=False)
class Heading:
    """The heading of a section; a number, where sections are numbered, stands before its title."""

    title: Run
    number: Word | None = None

    @property
    def cells(self) -> list[Run]:
        """Number and title, as one cell."""
        return [[self.number, *self.title] if self.number else self.title]


Leaf = Heading | Paragraph | Item | Row
KINDS = {Heading: "heading", Paragraph: "paragraph", Item: "item", Row: "row"}


@dataclass(eq=False)
class Node:
    """A section with what is under it."""

    heading: Heading
    name: str
    """Its explicit id, where ids are written."""
    parts: list[Part]
    children: list[Node] = field(default_factory=list)
    parent: Node | None = None
    origins: tuple[Node, ...] = ()
    """The nodes of the old text that it takes up: itself, several when merged, another when split off."""

    def own_leaves(self) -> Iterator[Leaf]:
        """Its heading and the blocks that belong to it directly."""
        yield self.heading
        for part in self.parts:
            if isinstance(part, Bullets):
                yield from part.items
            elif isinstance(part, Table):
                yield part.head
                yield from part.rows
            else:
                yield part

    def walk(self) -> Iterator[Node]:
        """The section and all under it, in reading order."""
        yield self
        for child in self.children:
            yield from child.walk()

    @property
    def depth(self) -> int:
        """1 for the title's section, 2 for a chapter."""
        return 1 if self.parent is None else self.parent.depth + 1

    def weight(self) -> int:
        """How many words it holds, with everything under it."""
        return sum(len(run) for node in self.walk() for leaf in node.own_leaves() for run in leaf.cells)


@dataclass(frozen=True)
class Shown:
    """One block as it stood when the text was written out."""

    leaf: Leaf
    section: int
    cells: tuple[tuple[Word, ...], ...]

    @property
    def kind(self) -> str:
        """The contract's word for what it is."""
        return KINDS[type(self.leaf)]


@dataclass(frozen=True)
class Snapshot:
    """A text at one moment: Markdown, sections in reading order with their ids and headings, and blocks."""

    markdown: str
    nodes: tuple[Node, ...]
    ids: tuple[str, ...]
    numbers: tuple[str, ...]
    titles: tuple[str, ...]
    blocks: tuple[Shown, ...]

    @property
    def words(self) -> list[Word]:
        """Every word occurrence in the order of the blocks."""
        return [word for block in self.blocks for cell in block.cells for word in cell]


def snapshot(root: Node, *, ids: bool, numbered: bool) -> Snapshot:
    """Number the sections if they are numbered, and write the text out."""
    if numbered:
        _number(root, "")
    nodes = tuple(root.walk())
    taken: set[str] = set()
    names = tuple("" if node is root else node.name if ids else _generated(node, taken) for node in nodes)
    blocks = tuple(
        Shown(leaf, place, tuple(tuple(run) for run in leaf.cells))
        for place, node in enumerate(nodes)
        for leaf in node.own_leaves()
    )
    text = "\n\n".join(_section(node, ids and node is not root) for node in nodes) + "\n"
    numbers = tuple(node.heading.number.text if node.heading.number else "" for node in nodes)
    return Snapshot(text, nodes, names, numbers, tuple(said(node.heading.title) for node in nodes), blocks)


def _number(node: Node, before: str) -> None:
    for place, child in enumerate(node.children, start=1):
        number = f"{before}{place}"
        if child.heading.number is None or child.heading.number.text != number:
            child.heading.number = Word(number)
        _number(child, f"{number}.")


def _generated(node: Node, taken: set[str]) -> str:
    """The id that a loose file's heading gets: `slug`, then `slug-2`."""
    wish = re.sub(r"[^a-z0-9]+", "-", said(node.heading.cells[0]).lower()).strip("-")
    name, count = wish, 1
    while name in taken:
        count += 1
        name = f"{wish}-{count}"
    taken.add(name)
    return name


def _section(node: Node, with_id: bool) -> str:
    mark = f" {{#{node.name}}}" if with_id else ""
    parts = [f"{'#' * node.depth} {said(node.heading.cells[0])}{mark}"]
    for part in node.parts:
        match part:
            case Paragraph():
                parts.append(said(part.cells[0]))
            case Bullets():
                parts.append("\n".join(f"{'    ' * (item.depth - 1)}- {said(item.run)}" for item in part.items))
            case Table():
                rule = "| " + " | ".join("---" for _ in part.head.cells) + " |"
                head, *rows = ("| " + " | ".join(map(said, row.cells)) + " |" for row in (part.head, *part.rows))
                parts.append("\n".join([head, rule, *rows]))
    return "\n\n".join(part for part in parts if part)
