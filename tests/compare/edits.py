"""Edits to words, sentences, list items, rows and paragraphs, planned so that two of them seldom touch."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from compare.growth import Gardener
from compare.tree import Bullets, Node, Paragraph, Row, Run, Table, Word, words

_ODDS = {
    "word swapped": 22,
    "word in another form": 13,
    "words put in": 10,
    "words taken out": 10,
    "sentence put in": 6,
    "sentence taken out": 6,
    "sentence rewritten": 12,
    "figure in a cell": 8,
    "row added": 2,
    "row deleted": 2,
    "row moved": 2,
    "item added": 2,
    "item deleted": 2,
    "items swapped": 2,
    "paragraph moved": 1,
}
REWRITING = {**_ODDS, "sentence rewritten": 120}
WITHOUT_WORDS = frozenset(["row moved", "items swapped", "paragraph moved", "section moved"])


class Editor:
    """Changes what stands in the sections; what was done is in `edits`, kind by kind in order."""

    def __init__(self, nodes: list[Node], rng: Random, gardener: Gardener) -> None:
        self.rng, self.gardener, self.speaker = rng, gardener, gardener.speaker
        self.nodes = nodes
        parts = [part for node in nodes for part in node.parts]
        self.paragraphs = [part for part in parts if isinstance(part, Paragraph)]
        self.lists = [part for part in parts if isinstance(part, Bullets)]
        self.tables = [part for part in parts if isinstance(part, Table)]
        self.numeric = [table for table in self.tables if table.numeric]
        self.touched: set[Word] = set()
        self.edits: list[str] = []
        self._ways: dict[str, Callable[[], bool]] = {
            "word swapped": self._swap,
            "word in another form": self._morph,
            "words put in": self._put_in,
            "words taken out": self._take_out,
            "sentence put in": self._sentence_in,
            "sentence taken out": self._sentence_out,
            "sentence rewritten": self._rewrite,
            "figure in a cell": self._figure,
            "row added": self._row_added,
            "row deleted": self._row_deleted,
            "row moved": self._row_moved,
            "item added": self._item_added,
            "item deleted": self._item_deleted,
            "items swapped": self._items_swapped,
            "paragraph moved": self._paragraph_moved,
        }

    def edit(self, count: int, odds: dict[str, int] | None = None) -> None:
        """Make so many edits, each of a kind drawn by its odds; an edit that finds no room is drawn again."""
        odds = odds or _ODDS
        kinds, weights = list(odds), list(odds.values())
        for _ in range(count):
            for _ in range(60):
                kind = self.rng.choices(kinds, weights)[0]
                if self._ways[kind]():
                    self.edits.append(kind)
                    break

    def _run(self) -> Run:
        draw = self.rng.random()
        if draw < 0.8:
            return self.rng.choice(self.rng.choice(self.paragraphs).sentences)
        if draw < 0.92 or not self.tables:
            return self.rng.choice(self.rng.choice(self.lists).items).run
        table = self.rng.choice(self.tables)
        column = self.rng.choice([n for n in range(len(table.head.cells)) if n not in table.numeric])
        return self.rng.choice(table.rows).cells[column]

    def _replace(self, run: Run, start: int, stop: int, texts: list[str]) -> bool:
        """Put words in place of others, unless an earlier edit touches them or their neighbours."""
        if start < 1 or stop >= len(run) or not self.touched.isdisjoint(run[start - 1 : stop + 1]):
            return False
        fresh = words(texts)
        run[start:stop] = fresh
        self.touched.update(fresh)
        if not fresh:
            self.touched.update(run[start - 1 : start + 1])
        return True

    def _swap(self) -> bool:
        run = self._run()
        place = self.rng.randrange(len(run))
        return self._replace(run, place, place + 1, [self.speaker.other(run[place].text)])

    def _morph(self) -> bool:
        run = self._run()
        place = self.rng.randrange(len(run))
        text = self.speaker.morph(run[place].text)
        return text is not None and self._replace(run, place, place + 1, [text])

    def _put_in(self) -> bool:
        run = self._run()
        place = self.rng.randrange(len(run))
        return self._replace(run, place, place, self.speaker.phrase(self.rng.randint(1, 4)))

    def _take_out(self) -> bool:
        run = self._run()
        place, length = self.rng.randrange(len(run)), self.rng.randint(1, 3)
        return len(run) > 6 and self._replace(run, place, place + length, [])

    def _rewrite(self) -> bool:
        run = self.rng.choice(self.rng.choice(self.paragraphs).sentences)
        length = round(len(run) * self.rng.uniform(0.3, 0.6))
        place = self.rng.randint(1, max(1, len(run) - length - 1))
        fresh = max(2, length + self.rng.randint(-2, 3))
        return length > 2 and self._replace(run, place, place + length, self.speaker.phrase(fresh))

    def _sentence_in(self) -> bool:
        sentences = self.rng.choice(self.paragraphs).sentences
        place = self.rng.randint(0, len(sentences))
        around = [run[at] for run, at in zip(sentences[max(0, place - 1) : place + 1], (-1, 0), strict=False)]
        if not self.touched.isdisjoint(around):
            return False
        sentence = words(self.speaker.sentence())
        sentences.insert(place, sentence)
        self.touched.update(sentence)
        return True

    def _sentence_out(self) -> bool:
        sentences = self.rng.choice(self.paragraphs).sentences
        place = self.rng.randrange(len(sentences))
        if len(sentences) < 3 or not self.touched.isdisjoint(sentences[place]):
            return False
        del sentences[place]
        self.touched.update(run[at] for run, at in zip(sentences[max(0, place - 1) : place + 1], (-1, 0), strict=False))
        return True

    def _figure(self) -> bool:
        table = self.rng.choice(self.numeric)
        row, column = self.rng.choice(table.rows), self.rng.choice(list(table.numeric))
        was = row.cells[column][0]
        if was in self.touched:
            return False
        text = was.text
        while text == was.text:
            text = self.speaker.figure(table.numeric[column])
        row.cells[column][:] = words([text])
        self.touched.update(row.cells[column])
        return True

    def _clean(self, row: Row) -> bool:
        return all(self.touched.isdisjoint(cell) for cell in row.cells)

    def _row_added(self) -> bool:
        table = self.rng.choice(self.tables)
        row = self.gardener.row(table)
        table.rows.insert(self.rng.randint(0, len(table.rows)), row)
        self.touched.update(word for cell in row.cells for word in cell)
        return True

    def _row_deleted(self) -> bool:
        table = self.rng.choice(self.tables)
        row = self.rng.choice(table.rows)
        if len(table.rows) < 4 or not self._clean(row):
            return False
        table.rows.remove(row)
        return True

    def _row_moved(self) -> bool:
        table = self.rng.choice(self.tables)
        was = self.rng.randrange(len(table.rows))
        now = self.rng.randrange(len(table.rows))
        if abs(was - now) < 2 or not self._clean(table.rows[was]):
            return False
        table.rows.insert(now, table.rows.pop(was))
        return True

    def _leaf(self) -> tuple[Bullets, int]:
        """A list and the place of an item that has no items under it."""
        bullets = self.rng.choice(self.lists)
        items = bullets.items
        places = [n for n in range(len(items)) if n + 1 == len(items) or items[n + 1].depth <= items[n].depth]
        return bullets, self.rng.choice(places)

    def _item_added(self) -> bool:
        bullets, place = self._leaf()
        item = self.gardener.item(bullets.items[place].depth)
        bullets.items.insert(place + 1, item)
        self.touched.update(item.run)
        return True

    def _item_deleted(self) -> bool:
        bullets, place = self._leaf()
        if len(bullets.items) < 4 or not self.touched.isdisjoint(bullets.items[place].run):
            return False
        del bullets.items[place]
        return True

    def _items_swapped(self) -> bool:
        bullets, place = self._leaf()
        items = bullets.items
        if place == 0 or items[place - 1].depth != items[place].depth:
            return False
        items[place - 1], items[place] = items[place], items[place - 1]
        return True

    def _paragraph_moved(self) -> bool:
        node = self.rng.choice(self.nodes)
        was, now = self.rng.randrange(len(node.parts)), self.rng.randrange(len(node.parts))
        if was == now or not isinstance(node.parts[was], Paragraph):
            return False
        node.parts.insert(now, node.parts.pop(was))
        return True
