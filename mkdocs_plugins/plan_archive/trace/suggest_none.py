"""How likely it is that nothing in the new text takes an old piece up."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .suggest_places import Placed
from .suggest_words import Likeness

_AT_REST, _BEST, _LEAD, _TAKEN_UP, _HEADING, _PLAIN = 3.1, -3.0, -1.8, -1.3, -0.6, -2.2
"""Fitted to several pairs of texts, with and without sections taken out of the new one, each held to the others."""

_NEVER_CERTAIN = (0.005, 0.995)


def features(alike: Likeness, found: Placed) -> NDArray[np.float64]:
    """What tells a piece that went somewhere from one that did not; one row a piece.

    The best score against what these texts reach; its lead over the next five; the share of what it says; the
    heading's likeness; and the likeness that is measured against nothing, which stays low where all texts are strange.
    """
    scores = found.scores
    pieces = np.arange(len(scores))
    best = scores.argmax(axis=1)
    ordered = np.sort(scores, axis=1)
    top = ordered[:, -1]
    rest = ordered[:, -6:-1].mean(axis=1) if scores.shape[1] > 1 else np.zeros(len(scores))
    columns = (
        np.minimum(top, 1.5),
        np.minimum(top - rest, 1.5),
        alike.taken_up[pieces, best],
        alike.headings[pieces, best],
        alike.plain.max(axis=1),
    )
    return np.column_stack(columns)


def none_likely(alike: Likeness, found: Placed) -> NDArray[np.float64]:
    """For each old piece, the probability that nothing takes it up."""
    if not found.scores.size:
        return np.ones(len(found.scores))
    weighed = _AT_REST + features(alike, found) @ np.array([_BEST, _LEAD, _TAKEN_UP, _HEADING, _PLAIN])
    result: NDArray[np.float64] = np.clip(1 / (1 + np.exp(-weighed)), *_NEVER_CERTAIN)
    return result
