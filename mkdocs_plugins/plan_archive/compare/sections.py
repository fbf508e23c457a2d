"""Which section of the new text is which of the old: by id, by content, by title and number, by neighbours.

Everything here treats both sides alike. A pair that rests on little evidence is made only where it also stands in
its place: telling a reader that something moved when it did not costs more trust than silence.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from rapidfuzz.distance import Indel

from .document import Document, Node
from .similar import Rivals, Vector, cosine, likenesses, vectors

LEAST = 0.07
"""Likeness under which nothing speaks for two sections being one."""
ENOUGH = 0.30
"""Likeness from which two sections are taken for one another wherever they stand."""
WITH_TITLE = 0.12
"""The same where their titles are equal and stand once on each side."""
OUTSTANDING = 0.15
"""The same where neither is half as like any other section."""
CLEAR = 1.5
"""How many times as like as any other section the two of a pair must be to be beyond doubt."""
AT_HOME = 0.15
"""What standing under the same heading counts for a pair: of several sections much alike, each stays where it was."""
FEW = 8
"""Words under which a section's content says little."""
SOME = 20
"""Words from which a section's content tells it from others even where little of it is kept."""


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
    declared: set[int] = field(default_factory=set)
    """Old sections whose successor the editors named."""
    ended: set[int] = field(default_factory=set)
    """Old sections that the editors say ended: whatever is like them is not taken for them."""
    begun: set[int] = field(default_factory=set)
    """New sections that the editors say are new."""
    rivals: Rivals = field(default_factory=lambda: Rivals({}))
    """What each section was most like when the pairs were chosen."""

    @cached_property
    def vectors(self) -> tuple[list[Vector], list[Vector]]:
        """The words of the sections of both sides, weighed."""
        return vectors(self.old, self.new)

    def likeness(self, here: int, there: int) -> float:
        """How alike an old and a new section are by their words, 0 to 1."""
        return cosine(self.vectors[0][here], self.vectors[1][there])

    def pair(self, here: int, there: int) -> None:
        """Take two sections for one another."""
        self.forward[here] = there
        self.back[there] = here

    def free_old(self) -> list[int]:
        """Old sections without successor."""
        taken = self.forward.keys() | self.merged.keys() | self.ended
        return [n.index for n in self.old.nodes if n.index not in taken]

    def free_new(self) -> list[int]:
        """New sections without forerunner."""
        taken = self.back.keys() | self.split.keys() | self.begun
        return [n.index for n in self.new.nodes if n.index not in taken]


def align(old: Document, new: Document, declared: Sequence[tuple[str, str]] = ()) -> Pairing:
    """Pair the sections of two texts; `declared` holds what editors say of ids, old and new, "" for none."""
    pairing = Pairing(old, new)
    if old.nodes and new.nodes and old.nodes[0].section.id == "" and new.nodes[0].section.id == "":
        pairing.pair(0, 0)
    _by_id(pairing)
    _by_word(pairing, declared)
    _by_exact_text(pairing)
    if not pairing.free_old() and not pairing.free_new():
        return pairing
    _by_likeness(pairing)
    _by_title(pairing)
    _by_number(pairing)
    _by_children(pairing)
    _by_title(pairing)
    _by_place(pairing)
    return pairing


def _by_id(pairing: Pairing) -> None:
    """Ids that editors wrote are the editors' own word for it."""
    theirs = {n.section.id: n.index for n in pairing.new.nodes if n.section.explicit and n.section.id}
    for node in pairing.old.nodes:
        there = theirs.get(node.section.id)
        if node.section.explicit and there is not None:
            pairing.pair(node.index, there)


def _by_word(pairing: Pairing, declared: Sequence[tuple[str, str]]) -> None:
    """What editors say a section was: renamed where it is one, split or merged where it is several."""
    olds = {node.section.id: node.index for node in pairing.old.nodes if node.section.id}
    news = {node.section.id: node.index for node in pairing.new.nodes if node.section.id}
    known = [(olds[old], news[new]) for old, new in declared if old in olds and new in news]
    for here, there in sorted(known, key=lambda pair: (-pairing.likeness(*pair), sum(pair), abs(pair[0] - pair[1]))):
        if here not in pairing.forward and there not in pairing.back:
            pairing.pair(here, there)
            pairing.declared.add(here)
        elif there not in pairing.back:
            pairing.split[there] = here
        elif here not in pairing.forward:
            pairing.merged[here] = there
    pairing.ended |= {olds[old] for old, new in declared if not new and old in olds} - pairing.forward.keys()
    pairing.begun |= {news[new] for old, new in declared if not old and new in news} - pairing.back.keys()


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


def _by_likeness(pairing: Pairing) -> None:
    """The best first, each once: those beyond doubt, then the others, for which titles, numbers and headings count."""
    alike = likenesses(*pairing.vectors, pairing.free_old(), pairing.free_new())
    pairing.rivals = Rivals(alike)
    places_old, places_new = len(pairing.old.nodes), len(pairing.new.nodes)
    scored, clear = [], []
    for (o, n), likeness in alike.items():
        if likeness < LEAST:
            continue
        one, other = pairing.old.nodes[o], pairing.new.nodes[n]
        title, number = title_likeness(one, other), same_number(one, other)
        rival = pairing.rivals.of(o, n)
        if _acceptable(likeness, title, rival, min(len(one.own), len(other.own)), number=number):
            near = 1 - abs(o / places_old - n / places_new)
            score = 0.80 * likeness + 0.15 * title + 0.10 * number + 0.05 * near
            scored.append((score, -o, -n))
            if likeness >= CLEAR * rival:
                clear.append(scored[-1])
    _take(pairing, clear)
    above = _parents(pairing)
    _take(
        pairing,
        [
            (score + AT_HOME * (above.get(pairing.old.nodes[-o].parent) == pairing.new.nodes[-n].parent), o, n)
            for score, o, n in scored
        ],
    )


def _take(pairing: Pairing, scored: list[tuple[float, int, int]]) -> None:
    """Pair sections, the highest score first, each once; places are negative so that the first wins a tie."""
    for _, o, n in sorted(scored, reverse=True):
        if -o not in pairing.forward and -n not in pairing.back:
            pairing.pair(-o, -n)


def _parents(pairing: Pairing) -> dict[int, int]:
    """Which new section holds most of what each old one holds, as far as is known; itself where it is paired."""
    votes: dict[int, Counter[int]] = defaultdict(Counter)
    for o, n in pairing.forward.items():
        votes[pairing.old.nodes[o].parent][pairing.new.nodes[n].parent] += pairing.old.nodes[o].weight
    return {o: max(cast, key=lambda n: (cast[n], -n)) for o, cast in votes.items()} | pairing.forward | {-1: -1}


def _acceptable(likeness: float, title: float, rival: float, words: int, *, number: bool) -> bool:
    """Whether two sections may be one: the less their texts agree, the more must speak for it."""
    if words < FEW:
        return False
    if likeness >= ENOUGH or (likeness >= 0.2 and title >= 0.8) or (likeness >= WITH_TITLE and title == 1):
        return True
    if likeness >= OUTSTANDING and likeness >= 2 * rival and (words >= SOME or number):
        return True
    return likeness > rival and title >= 0.5 and words >= SOME and (number or likeness >= WITH_TITLE)


def same_number(one: Node, other: Node) -> bool:
    """Whether two headings carry the same number, whatever stands behind it."""
    number = one.numbering.rstrip(".):").lower()
    return bool(number) and number == other.numbering.rstrip(".):").lower()


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


def _by_title(pairing: Pairing) -> None:
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
            likeness = pairing.likeness(o, n)
            if one.title and (_short(one, other) or likeness >= (0.05 if inside else WITH_TITLE)):
                pairing.pair(o, n)


def _by_number(pairing: Pairing) -> None:
    """Equal numbers under paired parents where the headings are alike and the texts not wholly unlike."""
    by_number: dict[str, list[int]] = defaultdict(list)
    for n in pairing.free_new():
        by_number[pairing.new.nodes[n].numbering.rstrip(".):").lower()].append(n)
    for o in pairing.free_old():
        one = pairing.old.nodes[o]
        for n in by_number.get(one.numbering.rstrip(".):").lower(), ()) if one.numbering else ():
            other = pairing.new.nodes[n]
            inside = n not in pairing.back and _same_parent(pairing, one, other)
            if inside and title_likeness(one, other) >= 0.5 and (_short(one, other) or pairing.likeness(o, n) >= LEAST):
                pairing.pair(o, n)
                break


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


def _by_place(pairing: Pairing) -> None:
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
            likeness = pairing.likeness(i, j)
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
