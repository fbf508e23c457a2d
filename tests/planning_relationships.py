"""A survey of planning relationships of the size that is known, made up from a seed; it is never published.

A survey of 48 authorities told of 2,986 relationships. Its rows were not found, so that these serve to test counting
at its size and say nothing about any authority.
"""

from __future__ import annotations

import random
from collections.abc import Iterator

AUTHORITIES, TOTAL = 48, 2986
GROUPS = (
    *("family-support", "disabilities", "mental-health", "under-eights", "looked-after"),
    *("conflict-with-the-law", "leaving-care", "young-carers", "young-runaways", "adoption"),
)
PARTNERS = {
    "Health authority": 24,
    "Education": 22,
    "Police": 10,
    "Probation": 8,
    "Housing": 8,
    "Voluntary organisations": 6,
    "Leisure": 4,
    "Careers service": 3,
    "Young people": 1,
    "Parents": 1,
}
"""Each with how often it is drawn: health and education most, users hardly ever."""
STRUCTURES = (None, None, "Joint planning group", "Area child protection committee", "Youth justice forum")


def survey(seed: int = 1998) -> Iterator[dict[str, str]]:
    """The relationships, one by one: authority, needs group, partner and mostly a structure."""
    chance = random.Random(seed)  # noqa: S311  made up, not secret
    silent = {(f"Authority {number:02}", chance.choice(GROUPS)) for number in range(1, AUTHORITIES + 1, 6)}
    pairs = [(f"Authority {n:02}", g) for n in range(1, AUTHORITIES + 1) for g in GROUPS]
    pairs = [pair for pair in pairs if pair not in silent]
    drawn = [*pairs, *(chance.choice(pairs) for _ in range(TOTAL - len(pairs)))]
    for authority, group in drawn:
        (partner,) = chance.choices(list(PARTNERS), list(PARTNERS.values()))
        row = {"authority": authority, "needs-group": group, "partner": partner}
        structure = chance.choice(STRUCTURES)
        yield row | {"structure": structure} if structure else row
