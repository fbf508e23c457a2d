"""Sections left over whose text another pair holds: the second half of a split, the first half of a merger."""

from __future__ import annotations

from collections import defaultdict

from .document import Document
from .sections import FEW, Pairing
from .similar import Vector, likenesses, share

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
        ranked = sorted(best[part], reverse=True)[:3]
        for place, (likeness, negative) in enumerate(ranked):
            whole = -negative
            halves = group.get(whole, [partner[whole]])
            rival = max((other for at, (other, _) in enumerate(ranked) if at != place), default=0.0)
            outstanding = likeness >= 2 * rival
            least = TAKEN_UP if not outstanding else BESIDE if _beside(side, part, halves) else OUTSTANDING
            telling = share(parts[part], wholes[whole], parts[partner[whole]])
            enough = telling >= least and share(parts[part], wholes[whole]) >= least
            if enough and _longer(side, other_side, part, whole, partner[whole]):
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
