"""A text prepared for comparing: its words as numbers, its sections as a tree, its tables as grids."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property

from ..model import Block, Section

_NUMBER = re.compile(
    r"^(?!(?-i:[AaIi]\s+[a-z]))((?:(?:section|chapter|appendix|annex|part|priority|action|goal|objective|theme|article)\s+)?"
    r"(?:(?!(?:19|20)\d\d\s)\d+(?:\.\d+)*|[A-Z]{1,4}-?\d+(?:\.\d+)*|[A-Z]|[ivxlcIVXLC]+)[.):]?)\s+(?=\S)",
    re.IGNORECASE,
)
"""A year is no number of a heading, nor is the first word of "A plan for everyone"."""
_SENTENCE_END = re.compile(r"[.!?:;][\"')\]]*$")


class Lexicon(dict[str, int]):
    """Every word of both texts with its number, given at its first sight, so that runs of words compare quickly."""

    def __init__(self) -> None:
        """Begin empty."""
        super().__init__()
        self.words: list[str] = []
        self.ends: set[int] = set()

    def __missing__(self, word: str) -> int:
        """A word that was not met before."""
        self[word] = number = len(self.words)
        self.words.append(word)
        if _SENTENCE_END.search(word):
            self.ends.add(number)
        return number

    def numbers(self, text: str) -> list[int]:
        """The words of a text as numbers."""
        return list(map(self.__getitem__, text.split()))


@dataclass
class Leaf:
    """A block with its words; the cells of a row are runs of words of their own."""

    index: int
    """Its place among all blocks of its text."""
    section: int
    block: Block
    cells: list[list[int]]
    """One run for a paragraph, one a cell for a row."""
    words: list[int]

    @property
    def key(self) -> tuple[str, str]:
        """What makes two blocks the same to the letter."""
        return self.block.kind, self.block.text


@dataclass
class Node:
    """A section with its words, its place in the tree and the words of everything under it."""

    index: int
    section: Section
    leaves: list[Leaf]
    """Its blocks, the heading first where it has one."""
    parent: int
    """The index of the section that holds it; -1 at the top."""
    title: str
    """In lower case, without its number."""
    numbering: str
    children: list[int] = field(default_factory=list)
    weight: int = 0
    """Words of it and everything under it."""

    @property
    def heading(self) -> Leaf | None:
        """Its heading's block."""
        first = self.leaves[0] if self.leaves else None
        return first if first is not None and first.block.kind == "heading" else None

    @property
    def body(self) -> list[Leaf]:
        """Its blocks but the heading."""
        return self.leaves[1:] if self.heading is not None else self.leaves

    @cached_property
    def own(self) -> list[int]:
        """The words of its body."""
        return [word for leaf in self.body for word in leaf.words]


@dataclass
class Document:
    """One side of a comparison."""

    nodes: list[Node]
    leaves: list[Leaf]


def document(sections: tuple[Section, ...], lexicon: Lexicon) -> Document:
    """Prepare a text."""
    nodes: list[Node] = []
    leaves: list[Leaf] = []
    holding: list[int] = []
    for index, section in enumerate(sections):
        while holding and nodes[holding[-1]].section.level >= section.level:
            holding.pop()
        own = []
        for block in section.blocks:
            runs = list(map(lexicon.numbers, block.cells or (block.text,)))
            leaf = Leaf(len(leaves), index, block, runs, [word for run in runs for word in run])
            leaves.append(leaf)
            own.append(leaf)
        title, numbering = split_title(section.title)
        parent = holding[-1] if holding else -1
        node = Node(index, section, own, parent, title, numbering)
        nodes.append(node)
        if parent >= 0:
            nodes[parent].children.append(index)
        holding.append(index)
    for node in reversed(nodes):
        node.weight += sum(len(leaf.words) for leaf in node.leaves)
        if node.parent >= 0:
            nodes[node.parent].weight += node.weight
    return Document(nodes, leaves)


def split_title(title: str) -> tuple[str, str]:
    """A heading's words in lower case without its number, and the number."""
    match = _NUMBER.match(title)
    if match is None or (match.group(1).isalpha() and len(match.group(1)) > 1 and not match.group(1).isupper()):
        return " ".join(title.lower().split()), ""
    return " ".join(title[match.end() :].lower().split()), match.group(1)
