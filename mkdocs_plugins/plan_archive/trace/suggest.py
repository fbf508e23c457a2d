"""Where each section and keyed row of an old text may have gone in a new one, best first, and how likely nowhere.

Nothing here knows any document, and nothing is learnt from one: what counts as alike is measured against what the
sections of these two texts reach.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..model import Block, Section
from .suggest_none import none_likely
from .suggest_pieces import Piece, Stems, row_pieces, section_pieces
from .suggest_places import chances, placed
from .suggest_reasons import Grounds
from .suggest_words import Scores, likeness

MOST = 10
"""Candidates for one section or row."""
_MOST_ROWS, _FEW_ROWS = 7, 2
"""Of these, rows: many where one of them is likely, few where it may be a section."""
_FAINT = 0.03
SCHEMA = "plan-archive/suggestions/1"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A section or row of the new text that may take up one of the old."""

    section: Section
    row: Block | None
    score: float
    """How alike, 0 to 1, by words and places. It orders candidates and is no probability."""
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What is suggested for one section, or one keyed row, of the old text."""

    section: Section
    row: Block | None
    candidates: tuple[Candidate, ...]
    """Best first. For a row, rows before sections."""
    none: float
    """The probability that nothing in the new text takes it up."""


def suggest(old: tuple[Section, ...], new: tuple[Section, ...]) -> tuple[Suggestion, ...]:
    """Suggestions for each section with text of its own and each keyed row, in the old text's reading order."""
    stems = Stems()
    sections, targets = section_pieces(old, stems), section_pieces(new, stems)
    rows, target_rows = row_pieces(sections, stems), row_pieces(targets, stems)
    by_section = _asked(sections, targets, stems)
    found = {}
    for place, piece in enumerate(sections):
        if piece.says_something:
            found[place, -1] = _suggestion(piece, by_section.best(place, MOST), by_section.none[place])
    if rows:
        holders = chances(by_section.grounds.found.scores)
        to_sections = _asked(rows, targets, stems, holders)
        to_rows = _asked(rows, target_rows, stems, holders) if target_rows else None
        for place, piece in enumerate(rows):
            first: tuple[Candidate, ...] = ()
            none = to_sections.none[place]
            if to_rows is not None:
                first = to_rows.best(place, _MOST_ROWS if to_rows.none[place] < 0.5 else _FEW_ROWS)
                none = to_rows.none[place] * (1 + none) / 2
            best = (*first, *to_sections.best(place, MOST - len(first)))
            found[piece.holder, place] = _suggestion(piece, best, none)
    return tuple(suggestion for _, suggestion in sorted(found.items(), key=lambda item: item[0]))


@dataclass(frozen=True, slots=True)
class _Asked:
    """The answers for some pieces among some targets."""

    grounds: Grounds
    none: NDArray[np.float64]

    def best(self, place: int, most: int) -> tuple[Candidate, ...]:
        """The best targets of a piece; those with next to nothing in common are left out."""
        scores = self.grounds.found.scores[place]
        order = [n for n in np.argsort(-scores, kind="stable")[:most] if scores[n] > _FAINT]
        targets = self.grounds.new
        return tuple(
            Candidate(targets[n].section, targets[n].block, _shown(scores[n]), self.grounds.why(place, n))
            for n in map(int, order)
        )


def _asked(old: list[Piece], new: list[Piece], stems: Stems, holders: Scores | None = None) -> _Asked:
    alike = likeness(old, new)
    found = placed(old, new, alike, holders)
    return _Asked(Grounds(old, new, alike, found, stems), none_likely(alike, found))


def _suggestion(piece: Piece, candidates: tuple[Candidate, ...], none: float) -> Suggestion:
    return Suggestion(piece.section, piece.block, candidates, float(none) if candidates else 1.0)


def _shown(score: float) -> float:
    """A score without an upper end as a number below 1, in the same order."""
    return 1 - math.exp(-1.5 * float(score))


def to_json(suggestions: tuple[Suggestion, ...]) -> dict[str, object]:
    """Suggestions as data, as `plan-archive suggest --format json` gives them."""
    return {
        "schema": SCHEMA,
        "rows": [
            {
                "section": _named(suggestion.section),
                "ref": suggestion.row.ref if suggestion.row else None,
                "candidates": [
                    {
                        "to": _named(candidate.section),
                        "ref": candidate.row.ref if candidate.row else None,
                        "score": round(candidate.score, 3),
                        "why": list(candidate.why),
                    }
                    for candidate in suggestion.candidates
                ],
                "none": round(suggestion.none, 3),
            }
            for suggestion in suggestions
        ],
    }


def _named(section: Section) -> dict[str, str]:
    return {"chapter": section.chapter, "id": section.id, "title": section.title}
