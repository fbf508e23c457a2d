"""Grows a plan of some sixty sections and twenty thousand words from a seed."""

from __future__ import annotations

from random import Random

from compare.grammar import MONTHS, REPEATED_TITLES, Speaker
from compare.tree import Bullets, Heading, Item, Node, Paragraph, Part, Row, Table, words

SECTIONS = 60
_HEADS = [
    (["Measure", "Unit", "Better", "Baseline", "Target 2007", "Target 2008"], {3: "RATE", 4: "RATE", 5: "RATE"}),
    (["Action", "Lead", "By when", "Cost"], {3: "MONEY"}),
    (["Group", "2004", "2005", "2006"], {1: "NUM", 2: "NUM", 3: "NUM"}),
    (["Budget head", "Amount", "Share"], {1: "MONEY", 2: "PCT"}),
    (["Step", "Who", "Month"], {}),
]


class Gardener:
    """Makes sections, paragraphs, lists and tables; Refs and explicit ids are never used twice."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self.speaker = Speaker(rng)
        self._rows = 0
        self._nodes = 0

    def plan(self, sections: int = SECTIONS) -> Node:
        """A whole plan of so many sections: its title, chapters, and sections under them."""
        root = self.node(self.speaker.say("T"), None)
        count = 1
        while count < sections:
            chapter = self.node(self.speaker.say("T"), root)
            root.children.append(chapter)
            count += 1
            under = 0 if self.rng.random() < 0.2 else min(self.rng.randint(3, 6), sections - count)
            titles = self._titles(under)
            chapter.children = [self.node(title, chapter) for title in titles]
            count += under
        for node in root.walk():
            node.origins = (node,)
        return root

    def _titles(self, count: int) -> list[list[str]]:
        repeated = self.rng.sample(REPEATED_TITLES, min(count, self.rng.randint(2, 3)))
        titles = [title.split() for title in repeated]
        titles += [self.speaker.say("T") for _ in range(count - len(titles))]
        self.rng.shuffle(titles)
        return titles

    def node(self, title: list[str], parent: Node | None) -> Node:
        """A new section with parts of its own; the title's section has a short preamble."""
        self._nodes += 1
        rng = self.rng
        parts: list[Part] = [self.paragraph() for _ in range(rng.randint(2, 4))]
        if parent is not None:
            if rng.random() < 0.6:
                parts.insert(rng.randint(1, len(parts)), self.bullets())
            if rng.random() < 0.5:
                parts.insert(rng.randint(1, len(parts)), self.table())
        return Node(Heading(words(title)), f"s{self._nodes}", parts, parent=parent)

    def paragraph(self) -> Paragraph:
        """Three to seven sentences."""
        return Paragraph([words(self.speaker.sentence()) for _ in range(self.rng.randint(3, 7))])

    def bullets(self) -> Bullets:
        """A list of four to seven items; some have items under them."""
        under = (self.rng.random() < 0.25 for _ in range(self.rng.randint(3, 6)))
        return Bullets([self.item(1), *(self.item(1 + deeper) for deeper in under)])

    def item(self, depth: int) -> Item:
        """A list item."""
        return Item(words(self.speaker.say("I")), depth)

    def table(self) -> Table:
        """A table of four to nine rows; the first two kinds are keyed with `Ref`."""
        kind = self.rng.randrange(len(_HEADS))
        names, numeric = _HEADS[kind]
        keyed = kind < 2
        head = Row([words(name.split()) for name in ([*(["Ref"] if keyed else []), *names])])
        table = Table(head, [], {column + keyed: figure for column, figure in numeric.items()})
        table.rows = [self.row(table) for _ in range(self.rng.randint(4, 9))]
        return table

    def row(self, table: Table) -> Row:
        """A new row for a table, cell by cell as its head says."""
        self._rows += 1
        ref = f"{'ABCDEFGH'[self._rows % 8]}{self._rows}" if table.head.cells[0][0].text == "Ref" else None
        cells = []
        for column, name in enumerate(table.head.cells):
            if column in table.numeric:
                cells.append([self.speaker.figure(table.numeric[column])])
            else:
                cells.append([ref] if ref and column == 0 else self._label(" ".join(w.text for w in name)))
        return Row([words(cell) for cell in cells], ref)

    def _label(self, column: str) -> list[str]:
        speaker, rng = self.speaker, self.rng
        match column:
            case "Unit":
                return [rng.choice(["percentage", "number", "rate"])]
            case "Better":
                return [rng.choice(["higher", "lower"])]
            case "Month" | "By when":
                return [rng.choice(MONTHS), speaker.figure("YEAR")]
            case "Action" | "Step":
                return speaker.say("I")
            case _:
                return speaker.say("L")
