"""Which section of the new text is which of the old: by id, by content, by title and number, by neighbours.

Everything here treats both sides alike. A pair that rests on little evidence is made only where it also stands in
its place: telling a reader that something moved when it did not costs more trust than silence.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from rapidfuzz.distance import Indel

from .document import Document, Node
from .similar import Vector, likenesses, share, vectors

ENOUGH = 0.30
"""Likeness from which two sections are taken for one another wherever they stand."""
WITH_TITLE = 0.12
"""The same where their titles are equal and stand once on each side."""
TAKEN_UP = 0.55
"""Share of a section's weight that another must hold for a split or a merger."""
FEW = 8
"""Words under which a section's content says little."""


@dataclass
class Pairing:
    """Pairs of sections while they are being found, and the groups that splits and mergers make of them."""

    old: Document
    new: Document
    forward: dict[int, int] = field(default_factory=dict)
    back: dict[int, int] = field(default_factory=dict)
    split: dict[int, int] = field(default_factory=dict)
    """A new section without forerunner -> the old one whose part it is."""
    merged: dict[int, int] = field(default_factory=dict)
    """An old section without successor -> the new one that took it up."""

    def pair(self, here: int, there: int) -> None:
        """Take two sections for one another."""
        self.forward[here] = there
        self.back[there] = here

    def free_old(self) -> list[int]:
        """Old sections without successor."""
        return [node.index for node in self.old.nodes if node.index not in self.forward]

    def free_new(self) -> list[int]:
        """New sections without forerunner."""
        return [node.index for node in self.new.nodes if node.index not in self.back]


def align(old: Document, new: Document) -> Pairing:
    """Pair the sections of two texts."""
    pairing = Pairing(old, new)
    if old.nodes and new.nodes and old.nodes[0].section.id == "" and new.nodes[0].section.id == "":
        pairing.pair(0, 0)
    _by_id(pairing)
    _by_exact_text(pairing)
    if not pairing.free_old() and not pairing.free_new():
        return pairing
    here, there = vectors(old, new)
    _by_likeness(pairing, here, there)
    _by_title(pairing, here, there)
    _by_children(pairing)
    _by_title(pairing, here, there)
    _by_place(pairing, here, there)
    _parts(pairing, here, there)
    return pairing


def _by_id(pairing: Pairing) -> None:
    """Ids that editors wrote are the editors' own word for it."""
    theirs = {n.section.id: n.index for n in pairing.new.nodes if n.section.explicit and n.section.id}
    for node in pairing.old.nodes:
        there = theirs.get(node.section.id)
        if node.section.explicit and there is not None:
            pairing.pair(node.index, there)


def _by_exact_text(pairing: Pairing) -> None:
    """Bodies that stand once on each side, to the letter."""
    once_old = _once(pairing.old, pairing.free_old())
    once_new = _once(pairing.new, pairing.free_new())
    for text, here in once_old.items():
        if text in once_new:
            pairing.pair(here, once_new[text])


def _once(document: Document, free: list[int]) -> dict[tuple[int, ...], int]:
    texts = {index: tuple(document.nodes[index].own) for index in free}
    counts = Counter(texts.values())
    return {text: index for index, text in texts.items() if len(text) >= FEW and counts[text] == 1}


def _by_likeness(pairing: Pairing, here: list[Vector], there: list[Vector]) -> None:
    """The best first, each once; titles, numbers and neighbours break ties."""
    free_old, free_new = pairing.free_old(), pairing.free_new()
    alike = likenesses(here, there, free_old, free_new)
    places_old, places_new = len(pairing.old.nodes), len(pairing.new.nodes)
    scored = []
    for (o, n), likeness in alike.items():
        one, other = pairing.old.nodes[o], pairing.new.nodes[n]
        if likeness < WITH_TITLE or min(len(one.own), len(other.own)) < FEW:
            continue
        title = title_likeness(one, other)
        near = 1 - abs(o / places_old - n / places_new)
        if likeness >= ENOUGH or (likeness >= 0.2 and title >= 0.8) or (likeness >= WITH_TITLE and title == 1):
            scored.append((0.80 * likeness + 0.15 * title + 0.05 * near, -o, -n))
    for _, o, n in sorted(scored, reverse=True):
        if -o not in pairing.forward and -n not in pairing.back:
            pairing.pair(-o, -n)


def title_likeness(one: Node, other: Node) -> float:
    """How alike two headings are without their numbers, 0 to 1."""
    if not one.title or not other.title:
        return 0.0
    if one.title == other.title:
        return 1.0
    return Indel.normalized_similarity(one.title.split(), other.title.split())


def _same_parent(pairing: Pairing, one: Node, other: Node) -> bool:
    if one.parent < 0 or other.parent < 0:
        return one.parent == other.parent
    return pairing.forward.get(one.parent) == other.parent


def _by_title(pairing: Pairing, here: list[Vector], there: list[Vector]) -> None:
    """Equal titles under paired parents, or that stand once on each side; little text, or text that is alike."""
    free_new = pairing.free_new()
    by_title: dict[str, list[int]] = defaultdict(list)
    for n in free_new:
        by_title[pairing.new.nodes[n].title].append(n)
    titles_old = Counter(pairing.old.nodes[o].title for o in pairing.free_old())
    for o in pairing.free_old():
        one = pairing.old.nodes[o]
        rivals = [n for n in by_title.get(one.title, ()) if n not in pairing.back]
        inside = [n for n in rivals if _same_parent(pairing, one, pairing.new.nodes[n])]
        alone = rivals if len(rivals) == 1 and titles_old[one.title] == 1 else []
        for n in inside[:1] or alone:
            other = pairing.new.nodes[n]
            likeness = _cosine(here[o], there[n])
            short = min(len(one.own), len(other.own)) < FEW
            if one.title and (short or likeness >= (0.05 if inside else WITH_TITLE)):
                pairing.pair(o, n)


def _cosine(one: Vector, other: Vector) -> float:
    small, large = (one, other) if len(one) <= len(other) else (other, one)
    return sum(weight * large.get(feature, 0.0) for feature, weight in small.items())


def _by_children(pairing: Pairing) -> None:
    """A heading whose children have mostly one new parent is that parent, whatever it is called now."""
    for o in reversed(pairing.free_old()):
        node = pairing.old.nodes[o]
        votes: Counter[int] = Counter()
        for child in node.children:
            if child in pairing.forward:
                parent = pairing.new.nodes[pairing.forward[child]].parent
                votes[parent] += pairing.old.nodes[child].weight
        for n, weight in votes.most_common(1):
            cast = sum(votes.values())
            if n >= 0 and n not in pairing.back and 2 * weight > cast and _mostly_from(pairing, n, o):
                pairing.pair(o, n)


def _mostly_from(pairing: Pairing, n: int, o: int) -> bool:
    votes: Counter[int] = Counter()
    for child in pairing.new.nodes[n].children:
        if child in pairing.back:
            votes[pairing.old.nodes[pairing.back[child]].parent] += pairing.new.nodes[child].weight
    return 2 * votes[o] > sum(votes.values())


def _by_place(pairing: Pairing, here: list[Vector], there: list[Vector]) -> None:
    """What is left between the same neighbours, as many on each side, of the same level and not wholly unlike."""
    for o in pairing.free_old():
        if o in pairing.forward:
            continue
        before = o - 1
        if before < 0 or before not in pairing.forward:
            continue
        n = pairing.forward[before] + 1
        run_old, run_new = _free_run(pairing.old, o, pairing.forward), _free_run(pairing.new, n, pairing.back)
        if not run_old or len(run_old) != len(run_new):
            continue
        after_old, after_new = run_old[-1] + 1, run_new[-1] + 1
        closed = pairing.forward.get(after_old, len(pairing.new.nodes)) == after_new
        for i, j in zip(run_old, run_new, strict=True):
            one, other = pairing.old.nodes[i], pairing.new.nodes[j]
            likeness = _cosine(here[i], there[j])
            hint = likeness >= 0.15 or (title_likeness(one, other) >= 0.5 and (likeness >= 0.04 or _short(one, other)))
            if closed and hint and one.section.level == other.section.level:
                pairing.pair(i, j)


def _short(one: Node, other: Node) -> bool:
    return min(len(one.own), len(other.own)) < FEW


def _free_run(document: Document, start: int, taken: dict[int, int]) -> list[int]:
    run = []
    while start < len(document.nodes) and start not in taken:
        run.append(start)
        start += 1
    return run


def _parts(pairing: Pairing, here: list[Vector], there: list[Vector]) -> None:
    """Sections left over whose text another pair holds: the second half of a split, the first half of a merger."""
    for n, o in _taken_up(pairing.free_new(), there, here, pairing.back, pairing.new, pairing.old):
        pairing.split[n] = o
    for o, n in _taken_up(pairing.free_old(), here, there, pairing.forward, pairing.old, pairing.new):
        pairing.merged[o] = n


def _taken_up(
    free: list[int],
    parts: list[Vector],
    wholes: list[Vector],
    taken: dict[int, int],
    side: Document,
    other_side: Document,
) -> list[tuple[int, int]]:
    """(part, whole) where a paired section of the other side holds what its own partner does not."""
    partner = {whole: part for part, whole in taken.items()}
    alike = likenesses(parts, wholes, free, partner)
    best: dict[int, list[tuple[float, int]]] = defaultdict(list)
    for (part, whole), likeness in alike.items():
        best[part].append((likeness, whole))
    found = []
    for part in free:
        if len(side.nodes[part].own) < FEW:
            continue
        for _, whole in sorted(best[part], reverse=True)[:3]:
            rest = {f: w for f, w in parts[part].items() if f not in parts[partner[whole]]}
            held = share(parts[part], wholes[whole])
            telling = share(rest, wholes[whole]) if rest else 0.0
            if held >= TAKEN_UP and telling >= TAKEN_UP and _longer(side, other_side, part, whole, partner[whole]):
                found.append((part, whole))
                break
    return found


def _longer(side: Document, other_side: Document, part: int, whole: int, partner: int) -> bool:
    """Whether the whole is long enough to hold its partner and a good part of the other."""
    length = len(other_side.nodes[whole].own)
    return length >= 0.6 * len(side.nodes[part].own) and length >= 0.9 * len(side.nodes[partner].own)
