"""Which sections moved: judged with everything under them, among what stands beside them under the same heading.

As few as possible are said to have moved: one that passed three others moved, and not the three. Of two that changed
places the shorter moved.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict

from .document import Node
from .sections import Pairing, title_likeness
from .words import heaviest_rising

CERTAIN = 0.5
"""Likeness from which a section that stands elsewhere is surely the same."""
OUTSTANDING = 0.2
"""The same where neither text has another section that is like it by half."""
NO_TWIN = 1.1
"""How many times as like as any other a section must be that moved: of several much alike nobody can tell which did."""
DOUBTFUL = 0.5
"""What such a pair counts beside a sure one where the fewest are sought that moved."""
TELLING = 30
"""Words that a section of such little likeness must have."""


def undo_doubtful_moves(pairing: Pairing) -> None:
    """Undo the pairs of sections that would have moved on little evidence, until every move is believable."""
    while doubtful := [o for o in sorted(moved_sections(pairing)) if not _sure(pairing, o)]:
        for o in doubtful:
            del pairing.back[pairing.forward.pop(o)]


def believable_moves(pairing: Pairing) -> set[int]:
    """The sections, by index in the old text, that surely moved."""
    return {o for o in moved_sections(pairing) if _sure(pairing, o)}


def _sure(pairing: Pairing, o: int) -> bool:
    """Whether enough speaks for a section having gone elsewhere, and not for one gone and another come."""
    n = pairing.forward[o]
    one, other = pairing.old.nodes[o], pairing.new.nodes[n]
    if o in pairing.declared or (one.section.explicit and one.section.id and one.section.id == other.section.id):
        return True
    same_title = title_likeness(one, other) == 1
    if (one.own == other.own and len(one.own) >= 8) or (same_title and one.children and other.children):
        return True
    likeness, rival = pairing.likeness(o, n), pairing.rivals.of(o, n)
    if likeness < NO_TWIN * pairing.rivals.of(o, n, *_beside(pairing, o, n)):
        return False
    if likeness >= (0.25 if same_title else CERTAIN):
        return True
    telling = min(len(one.own), len(other.own)) >= TELLING
    return telling and likeness >= OUTSTANDING and likeness >= 2 * rival


def _beside(pairing: Pairing, o: int, n: int) -> tuple[list[int], list[int]]:
    """What stands next to each of a pair under its heading, where the second half of a split or a merger stands."""
    return _next_to(pairing.old.nodes, o), _next_to(pairing.new.nodes, n)


def _next_to(nodes: list[Node], index: int) -> list[int]:
    above = nodes[index].parent
    siblings = nodes[above].children if above >= 0 else []
    place = siblings.index(index) if siblings else 0
    return siblings[max(0, place - 1) : place + 2]


def moved_sections(pairing: Pairing) -> set[int]:
    """The old sections, by index, that stand elsewhere now; what lies under a moved section has not moved itself."""
    above_old = {o: _above(pairing, o, old=True) for o in pairing.forward}
    above_new = {o: _above(pairing, n, old=False) for o, n in pairing.forward.items()}
    beside: dict[int, list[int]] = defaultdict(list)
    for o in sorted(pairing.forward):
        if o and above_old[o] == above_new[o]:
            beside[above_old[o]].append(o)
    parts = _parts(pairing)
    moved: set[int] = set()
    for group in beside.values():
        places = [pairing.forward[o] for o in group]
        if places == sorted(places):
            continue
        words = [_words(pairing, o, parts[o]) for o in group]
        counts = [len(parts[o]) + (1.0 if _sure(pairing, o) else DOUBTFUL) for o in group]
        total = sum(words) + 1
        kept = set(heaviest_rising(places, [one + many / total for one, many in zip(counts, words, strict=True)]))
        moved |= {o for index, o in enumerate(group) if index not in kept}
    elsewhere = {o for o in pairing.forward if above_old[o] != above_new[o]}
    return moved | _crossing(pairing, elsewhere, moved, above_old, above_new)


def _parts(pairing: Pairing) -> dict[int, list[Node]]:
    """By old section, what was split off its partner and what was taken in beside it."""
    parts: dict[int, list[Node]] = defaultdict(list)
    for n, o in pairing.split.items():
        parts[o].append(pairing.new.nodes[n])
    for o, n in pairing.merged.items():
        if n in pairing.back:
            parts[pairing.back[n]].append(pairing.old.nodes[o])
    return parts


def _words(pairing: Pairing, o: int, parts: list[Node]) -> int:
    """The words of a section and its partner, with everything under them and with their parts."""
    pair = pairing.old.nodes[o], pairing.new.nodes[pairing.forward[o]]
    return sum(node.weight for node in (*pair, *parts))


def _above(pairing: Pairing, index: int, *, old: bool) -> int:
    """The nearest section above that has a partner, as its old index; -1 for none. The title holds everything."""
    nodes = pairing.old.nodes if old else pairing.new.nodes
    here = nodes[index].parent
    while here >= 0:
        if old:
            taken = pairing.merged.get(here)
            known = here if here in pairing.forward else pairing.back.get(taken) if taken is not None else None
        else:
            known = pairing.back.get(here, pairing.split.get(here))
        if known is not None:
            return known
        here = nodes[here].parent
    return -1


def _crossing(
    pairing: Pairing, elsewhere: set[int], moved: set[int], above: dict[int, int], above_new: dict[int, int]
) -> set[int]:
    """Sections with another heading above them that also passed something that stayed: promoted ones have not moved."""
    fixed = [o for o in sorted(pairing.forward) if o not in elsewhere and not _under(o, moved | elsewhere, above)]
    places = [pairing.forward[o] for o in fixed]
    crossing: set[int] = set()
    for o in sorted(elsewhere):
        if _under(above[o], elsewhere, above) and above[o] in elsewhere:
            continue
        if _left_behind(above_new[o], above[o], moved | crossing, above):
            crossing.add(o)
            continue
        before = bisect_left(fixed, o)
        n = pairing.forward[o]
        if (before and places[before - 1] > n) or (before < len(places) and places[before] < n):
            crossing.add(o)
    return crossing


def _left_behind(now: int, once: int, moved: set[int], above: dict[int, int]) -> bool:
    """Whether a section that was under one heading is under another, of which one moved away from the other."""
    if now <= 0 or once <= 0 or _under(now, {once}, above) or _under(once, {now}, above):
        return False
    return _under(now, moved, above) != _under(once, moved, above)


def _under(o: int, moved: set[int], above: dict[int, int]) -> bool:
    while o >= 0:
        if o in moved:
            return True
        o = above.get(o, -1)
    return False
