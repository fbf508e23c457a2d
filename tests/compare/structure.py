"""Edits to the tree of sections: added, removed, split, merged, retitled, moved; each keeps the truth exact.

No section is both moved and split, merged or removed. A move is only made where it can be told from its mirror image
(the sections that it passed having moved the other way): to another parent, past several sections, or past clearly
more text than it holds.
"""

from __future__ import annotations

from random import Random

from compare.growth import Gardener
from compare.tree import Heading, Node, Run, said, words

_CLEARLY = 1.5


class Architect:
    """Changes the sections of a plan; what was done is in `edits` (kinds, in order) and `moved`."""

    def __init__(self, root: Node, rng: Random, gardener: Gardener) -> None:
        self.root, self.rng, self.gardener = root, rng, gardener
        self.busy: set[Node] = {root}
        self.added: set[Node] = set()
        self.moved: set[Node] = set()
        self.edits: list[str] = []
        self._before = {node: list(node.children) for node in root.walk()}

    def _free(self) -> list[Node]:
        return [node for node in self.root.walk() if node not in self.busy and not node.children]

    def add(self) -> None:
        """A new section somewhere; one in four is a chapter with two sections under it."""
        rng, gardener = self.rng, self.gardener
        if rng.random() < 0.25:
            parent = self.root
        else:
            parent = rng.choice([c for c in self.root.children if c.children and c not in self.added])
        node = gardener.node(gardener.speaker.say("T"), parent)
        if parent is self.root:
            node.children = [gardener.node(gardener.speaker.say("T"), node) for _ in range(2)]
        parent.children.insert(rng.randint(0, len(parent.children)), node)
        self.added.update(node.walk())
        self.busy.update(node.walk())
        self.edits.append("section added")

    def remove(self) -> None:
        """A section without others under it is taken out."""
        node = self.rng.choice([n for n in self._free() if n.parent is self.root or len(_parent(n).children) > 2])
        _parent(node).children.remove(node)
        self.busy.add(node)
        self.edits.append("section removed")

    def split(self) -> None:
        """A section's second half gets a heading of its own."""
        node = self.rng.choice([n for n in self._free() if len(n.parts) >= 4])
        cut = self.rng.randint(2, len(node.parts) - 2)
        title = words(self.gardener.speaker.say("T"))
        second = Node(Heading(title), f"{node.name}-b", node.parts[cut:], parent=node.parent, origins=(node,))
        del node.parts[cut:]
        siblings = _parent(node).children
        siblings.insert(siblings.index(node) + 1, second)
        self.busy.update((node, second))
        self.edits.append("section split")

    def merge(self) -> None:
        """A section loses its heading, and its text goes to the one before it."""
        free = set(self._free())
        pairs = [
            (first, second)
            for parent in self.root.walk()
            for first, second in zip(parent.children, parent.children[1:], strict=False)
            if first in free and second in free and len(parent.children) > 2
        ]
        first, second = self.rng.choice(pairs)
        first.parts += second.parts
        first.origins = (first, second)
        _parent(first).children.remove(second)
        self.busy.update((first, second))
        self.edits.append("sections merged")

    def retitle(self, count: int) -> None:
        """So many sections get another title: a word of it, some more words, or all of it."""
        old = [n for n in self.root.walk() if n is not self.root and n not in self.added and n.origins == (n,)]
        for node in self.rng.sample([n for n in old if n not in self.busy], count):
            was = said(node.heading.title)
            while said(node.heading.title) == was:
                self._other_title(node.heading.title)
            self.edits.append("section retitled")

    def _other_title(self, title: Run) -> None:
        speaker, how = self.gardener.speaker, self.rng.random()
        if how < 0.45:
            place = self.rng.randrange(1, len(title))
            title[place : place + 1] = words([speaker.other(title[place].text)])
        elif how < 0.65:
            title += words(["and", *speaker.phrase(2)])
        else:
            title[:] = words(speaker.say("T"))

    def move(self) -> None:
        """A section, with what is under it, goes to another parent or to another place under its own."""
        for _ in range(400):
            how = self.rng.random()
            if how < 0.2:
                done = self._within(self.root)
            elif how < 0.35:
                done = self._within(self.rng.choice(self.root.children))
            else:
                done = self._elsewhere()
            if done:
                self.edits.append("section moved")
                return
        msg = "the plan has no room for another move"
        raise ValueError(msg)

    def _within(self, parent: Node) -> bool:
        still = [n for n in parent.children if n not in self.busy]
        if len(parent.children) < 4 or not still:
            return False
        node = self.rng.choice(still)
        was = list(parent.children)
        parent.children.remove(node)
        parent.children.insert(self.rng.randint(0, len(parent.children)), node)
        if self._is_clear(parent, self.moved | {node}):
            self._note(node)
            return True
        parent.children[:] = was
        return False

    def _elsewhere(self) -> bool:
        node = self.rng.choice([n for n in self._free() if n.depth == 3])
        chapters = [c for c in self.root.children if c.children and c is not node.parent and c not in self.added]
        if len(_parent(node).children) < 3:
            return False
        source, target = _parent(node), self.rng.choice(chapters)
        was = list(source.children)
        source.children.remove(node)
        if not self._is_clear(source, self.moved):
            source.children[:] = was
            return False
        target.children.insert(self.rng.randint(0, len(target.children)), node)
        node.parent = target
        self._note(node)
        return True

    def _note(self, node: Node) -> None:
        self.moved.add(node)
        self.busy.add(node)

    def _is_clear(self, parent: Node, moved: set[Node]) -> bool:
        """Whether no other explanation of the new order has as few moves, or as few and nearly as little moved text."""
        before = self._before[parent]
        both = [n for n in parent.children if n in before]
        planned = moved & set(both)
        weights = {n: n.weight() * (_CLEARLY if n in planned else 1) for n in both}
        best: dict[Node, tuple[int, float, set[Node]]] = {}
        for place, last in enumerate(both):
            earlier = [best[n] for n in both[:place] if before.index(n) < before.index(last)]
            count, weight, kept = max(earlier, key=lambda found: found[:2], default=(0, 0.0, set()))
            best[last] = (count + 1, weight + weights[last], kept | {last})
        _, _, kept = max(best.values(), key=lambda found: found[:2], default=(0, 0.0, set()))
        return set(both) - kept == planned


def _parent(node: Node) -> Node:
    if node.parent is None:
        msg = "the title's section stands under nothing"
        raise ValueError(msg)
    return node.parent
