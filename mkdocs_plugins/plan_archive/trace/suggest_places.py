"""What places say beside words: sections move in groups, and go where the heading above them goes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .suggest_pieces import Piece
from .suggest_words import Likeness, Scores

_SURE, _MIDDLE = 10.0, 0.4
"""How quickly a best score turns from chance into a counterpart, and where."""
_PEAK = 8.0
"""How much more a better score is trusted than the next."""
_HOLDER_ITSELF, _UNDER_HOLDER, _SIBLINGS, _NEIGHBOURS, _TAKEN = 0.1, 0.03, 0.15, 0.04, 0.02
_NUMBERS = 0.1
_ROUNDS = 2
_NEAR = 12
"""How far apart two pieces under one heading may stand to vouch for each other."""


@dataclass(frozen=True, slots=True)
class Placed:
    """Every pair's score with what its surroundings say, and what they said."""

    scores: Scores
    holder: Scores
    """How likely what holds the old piece became the new piece itself."""
    under: Scores
    """How likely what holds the old piece became what holds the new one."""
    siblings: Scores
    """Which share of the pieces under the same heading goes to the new piece too."""
    neighbours: Scores
    """How likely the pieces before and after are again before and after."""
    numbers: float
    """How far equal numbers, or Refs, can be trusted in these texts, 0 to 1."""


def placed(old: list[Piece], new: list[Piece], alike: Likeness, holders: Scores | None = None) -> Placed:
    """Weigh the scores by their surroundings; for rows, `holders` says where the sections that hold them go."""
    words = alike.mixed
    best = words.max(axis=1, keepdims=True, initial=1e-9)
    gate = np.clip(words / best, 0, 1) ** 2
    equal = _equal_numbers(old, new)
    scores = words
    for _ in range(_ROUNDS):
        likely = chances(scores)
        above = _of_holders(likely if holders is None else holders, old)
        holder = above if not _are_rows(new) else np.zeros_like(words)
        under = _under(above, new)
        siblings = _siblings(likely * (1 - alike.filled), old)
        neighbours = _neighbours(likely)
        trust = _trust(likely, equal, old, new)
        vouched = _HOLDER_ITSELF * holder + _UNDER_HOLDER * under + _SIBLINGS * siblings + _NEIGHBOURS * neighbours
        vouched += _NUMBERS * trust * equal
        scores = words + gate * vouched - _TAKEN * _taken(likely * alike.filled, old)
    return Placed(scores, holder, under, siblings, neighbours, trust)


def chances(scores: Scores) -> Scores:
    """How likely each new piece is the counterpart; a row adds up to less than 1 where nothing fits well."""
    best = scores.max(axis=1, keepdims=True, initial=0)
    raised = np.exp(_PEAK * (scores - best))
    shares: Scores = raised / np.maximum(raised.sum(axis=1, keepdims=True), 1)
    likely: Scores = shares / (1 + np.exp(-_SURE * (best - _MIDDLE)))
    return likely


def _are_rows(pieces: list[Piece]) -> bool:
    return bool(pieces) and pieces[0].block is not None


def _of_holders(likely: Scores, pieces: list[Piece]) -> Scores:
    """For each old piece, where the section that holds it goes."""
    held = np.array([piece.holder for piece in pieces], dtype=np.intp)
    found: Scores = np.where(held[:, None] >= 0, likely[np.maximum(held, 0)], 0.0)
    return found


def _under(above: Scores, new: list[Piece]) -> Scores:
    """For each pair, how likely the old holder goes to the new piece's holder."""
    held = np.array([piece.holder for piece in new], dtype=np.intp)
    found: Scores = np.where(held[None, :] >= 0, above[:, np.maximum(held, 0)], 0.0)
    return found


def _siblings(likely: Scores, pieces: list[Piece]) -> Scores:
    """Where the pieces under the same heading go, the nearer ones counting more."""
    found = np.zeros_like(likely)
    total = np.zeros(len(pieces))
    held = np.array([piece.holder for piece in pieces], dtype=np.intp)
    for apart in range(1, min(_NEAR, len(pieces) - 1) + 1):
        weight = np.where((held[apart:] == held[:-apart]) & (held[apart:] >= 0), apart**-0.5, 0.0)
        found[apart:] += weight[:, None] * likely[:-apart]
        found[:-apart] += weight[:, None] * likely[apart:]
        total[apart:] += weight
        total[:-apart] += weight
    result: Scores = found / np.maximum(total, 1e-9)[:, None]
    return result


def _neighbours(likely: Scores) -> Scores:
    """How likely the piece before went to the one before, and the piece after to the one after; both add up."""
    found = np.zeros_like(likely)
    found[1:, 1:] += likely[:-1, :-1]
    found[:-1, :-1] += likely[1:, 1:]
    return found


def _taken(claims: Scores, old: list[Piece]) -> Scores:
    """How much of a new piece another old one fills; a piece may always join the section that held it."""
    if len(old) < 2:
        return np.zeros_like(claims)
    ordered = np.sort(claims, axis=0)
    first, second = ordered[-1], ordered[-2]
    rival: Scores = np.where(claims >= first, second, first)
    if _are_rows(old):
        return rival
    result: Scores = np.where(_of_holders(claims, old) >= rival, 0.0, rival)
    return result


def _equal_numbers(old: list[Piece], new: list[Piece]) -> Scores:
    before = np.array([piece.number for piece in old], dtype=object)
    after = np.array([piece.number for piece in new], dtype=object)
    equal: Scores = ((before[:, None] == after[None, :]) & (before[:, None] != "")).astype(np.float64)
    return equal


def _trust(likely: Scores, equal: Scores, old: list[Piece], new: list[Piece]) -> float:
    """How often numbers agree where words leave no doubt; renumbered texts, and texts with few numbers, earn none."""
    if not likely.size:
        return 0.0
    best = likely.argmax(axis=1)
    back = likely.argmax(axis=0)
    sure = [o for o, n in enumerate(best) if likely[o, n] > 0.5 and back[n] == o and old[o].number and new[n].number]
    agreeing = sum(equal[o, best[o]] for o in sure)
    return max(0.0, 2 * float(agreeing) / (len(sure) + 4) - 1)
