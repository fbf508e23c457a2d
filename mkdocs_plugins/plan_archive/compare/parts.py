"""Sections left over whose text another pair holds: the second half of a split, the first half of a merger."""

from __future__ import annotations

from collections import defaultdict

from .document import Document
from .sections import FEW, SOME, Pairing
from .similar import Vector, likenesses, share

NEAREST = 6
"""Sections of the other text that are looked at for each one left over."""
TAKEN_UP = 0.55
"""Share of a section's weight that another must hold for a split or a merger, wherever it stands."""
OUTSTANDING = 0.35
"""The same where the section is like no other by half."""
BESIDE = 0.20
"""The same where it also stands beside its other half."""


def find_parts(pairing: Pairing) -> None:
    """Note which sections left over were split off, and which were taken in."""
    if not pairing.free_new() and not pairing.free_old():
        return
    here, there = pairing.vectors
    for n, o in _taken_up(pairing.free_new(), there, here, pairing.back, pairing.new, pairing.old):
        pairing.split[n] = o
    for o, n in _taken_up(pairing.free_old(), here, there, pairing.forward, pairing.old, pairing.new):
        pairing.merged[o] = n
    _by_heading(pairing)


def _by_heading(pairing: Pairing) -> None:
    """Of several sections that are one on the other side, the one that kept its heading is its forerunner."""
    for o, n in sorted(pairing.merged.items()):
        if _kept_heading(pairing, o, n):
            first = pairing.back[n]
            del pairing.forward[first], pairing.merged[o]
            pairing.merged[first] = n
            pairing.pair(o, n)
    for n, o in sorted(pairing.split.items()):
        if _kept_heading(pairing, o, n):
            first = pairing.forward[o]
            del pairing.back[first], pairing.split[n]
            pairing.split[first] = o
            pairing.pair(o, n)


def _kept_heading(pairing: Pairing, o: int, n: int) -> bool:
    """Whether two sections have the same title, and neither has the same as the one it was paired with."""
    first_new, first_old = pairing.forward.get(o), pairing.back.get(n)
    others = [(o, first_new)] if first_new is not None else [(first_old, n)] if first_old is not None else []
    if not others or o in pairing.declared or first_old in pairing.declared:
        return False
    title = pairing.old.nodes[o].title
    same = bool(title) and title == pairing.new.nodes[n].title
    return same and all(pairing.old.nodes[a].title != pairing.new.nodes[b].title for a, b in others)


def _taken_up(
    free: list[int],
    parts: list[Vector],
    wholes: list[Vector],
    taken: dict[int, int],
    side: Document,
    other_side: Document,
) -> list[tuple[int, int]]:
    """(part, whole) where a paired section of the other side holds what its own partner does not."""
    if not free:
        return []
    partner = {whole: part for part, whole in taken.items()}
    best: dict[int, list[tuple[float, int]]] = defaultdict(list)
    for (part, whole), likeness in likenesses(parts, wholes, free, sorted(partner)).items():
        best[part].append((likeness, -whole))
    found: list[tuple[int, int]] = []
    group: dict[int, list[int]] = {}
    for part in free:
        if len(side.nodes[part].own) < FEW:
            continue
        ranked = [(likeness, -negative) for likeness, negative in sorted(best[part], reverse=True)[:NEAREST]]
        held = {
            whole: min(share(parts[part], wholes[whole], parts[partner[whole]]), share(parts[part], wholes[whole]))
            for _, whole in ranked
        }
        known = [(likeness, whole) for likeness, whole in ranked if held[whole] >= BESIDE]
        for likeness, whole in known:
            halves = group.get(whole, [partner[whole]])
            rival = max((other for other, another in known if another != whole), default=0.0)
            beside = _beside(side, part, halves)
            if len(side.nodes[part].own) < SOME and not beside:
                continue
            least = TAKEN_UP if likeness < 2 * rival else BESIDE if beside else OUTSTANDING
            if held[whole] >= least and _longer(side, other_side, part, whole, partner[whole]):
                found.append((part, whole))
                group[whole] = [*halves, part]
                break
    return found


def _beside(side: Document, part: int, halves: list[int]) -> bool:
    """Whether a section stands under the same heading as one of the others, at most one between them, or under it."""
    for half in halves:
        first, second = sorted((part, half))
        if side.nodes[second].parent == first:
            return True
        above = side.nodes[first].parent
        between = [at for at in range(first + 1, second) if side.nodes[at].parent == above]
        if side.nodes[second].parent == above and len(between) <= 1:
            return True
    return False


def _longer(side: Document, other_side: Document, part: int, whole: int, partner: int) -> bool:
    """Whether the whole is long enough to hold its partner and a good part of the other."""
    length = len(other_side.nodes[whole].own)
    return length >= 0.6 * len(side.nodes[part].own) and length >= 0.9 * len(side.nodes[partner].own)
