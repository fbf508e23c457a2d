"""Which sections moved: judged with everything under them, among what stands beside them under the same heading."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict

from .sections import Pairing
from .words import heaviest_rising


def moved_sections(pairing: Pairing) -> set[int]:
    """The old sections, by index, that stand elsewhere now; what lies under a moved section has not moved itself."""
    above_old = {o: _above(pairing, o, old=True) for o in pairing.forward}
    above_new = {o: _above(pairing, n, old=False) for o, n in pairing.forward.items()}
    beside: dict[int, list[int]] = defaultdict(list)
    for o in sorted(pairing.forward):
        if o and above_old[o] == above_new[o]:
            beside[above_old[o]].append(o)
    moved: set[int] = set()
    for group in beside.values():
        places = [pairing.forward[o] for o in group]
        weights = [float(pairing.old.nodes[o].weight + pairing.new.nodes[pairing.forward[o]].weight) for o in group]
        kept = set(heaviest_rising(places, weights))
        moved |= {o for index, o in enumerate(group) if index not in kept}
    elsewhere = {o for o in pairing.forward if above_old[o] != above_new[o]}
    return moved | _crossing(pairing, elsewhere, moved, above_old)


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


def _crossing(pairing: Pairing, elsewhere: set[int], moved: set[int], above: dict[int, int]) -> set[int]:
    """Sections with another heading above them that also passed something that stayed: promoted ones have not moved."""
    fixed = [o for o in sorted(pairing.forward) if o not in elsewhere and not _under(o, moved | elsewhere, above)]
    places = [pairing.forward[o] for o in fixed]
    crossing = set()
    for o in sorted(elsewhere):
        if _under(above[o], elsewhere, above) and above[o] in elsewhere:
            continue
        before = bisect_left(fixed, o)
        n = pairing.forward[o]
        if (before and places[before - 1] > n) or (before < len(places) and places[before] < n):
            crossing.add(o)
    return crossing


def _under(o: int, moved: set[int], above: dict[int, int]) -> bool:
    while o >= 0:
        if o in moved:
            return True
        o = above.get(o, -1)
    return False
