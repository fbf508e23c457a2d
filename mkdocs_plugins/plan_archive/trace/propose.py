"""Suggestions as rows of a table of destinations, for an editor to read and correct."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..errors import PlanArchiveError
from ..model import DestinationTable, Edition, Library
from .coverage import target_name
from .parts import Part, by_place
from .stamp import quoted

if TYPE_CHECKING:
    from .suggest import Candidate, Suggestion

LIKELY_NONE = 0.5
"""From this probability on, a part is left for the editor: no one but a person can say that it was dropped."""


@dataclass(frozen=True)
class Proposal:
    """Rows to add to a table of destinations."""

    file: str
    """Path of the table's file from the archive's root."""
    rows: tuple[str, ...]
    """Each one line of YAML in braces, with its score in a comment."""
    left: tuple[tuple[str, str, float], ...]
    """Parts that probably went nowhere: place, title and the probability."""


def proposed(library: Library, old: str, new: str, found: Sequence[Suggestion]) -> Proposal:
    """The rows that a table from one edition to another still lacks; what it has stays as it is."""
    before, after = _edition(library, old), _edition(library, new)
    table = next((t for t in library.destinations if t.old == old and t.new == new), None)
    file = table.file if table else _file(library, before, after)
    there = {row.from_ for row in table.rows} if table else set()
    olds, news = by_place(before), by_place(after)
    chosen: list[tuple[Part, Part, Candidate]] = []
    left: list[tuple[str, str, float]] = []
    for suggestion in found:
        place = f":{suggestion.row.ref}" if suggestion.row is not None else f"#{suggestion.section.id}"
        part = olds.get(place)
        if part is None or place in there:
            continue
        best = suggestion.candidates[0] if suggestion.candidates else None
        target = news.get(_place(best)) if best is not None else None
        if best is None or target is None or suggestion.none >= LIKELY_NONE:
            left.append((place, part.title, suggestion.none))
        else:
            chosen.append((part, target, best))
    taken = Counter(target.name for _, target, _ in chosen) + Counter(_taken(library))
    rows = tuple(_row(part, target, best, taken) for part, target, best in chosen)
    return Proposal(file, rows, tuple(left))


def _edition(library: Library, reference: str) -> Edition:
    plan, _, edition = reference.partition("@")
    found = library.edition(plan, edition)
    if found is None:
        raise PlanArchiveError(f"there is no edition {reference}")
    return found


def _file(library: Library, before: Edition, after: Edition) -> str:
    plan = library.plan(before.plan)
    folder = plan.file.rpartition("/")[0] if plan else f"archive/{before.plan}"
    return f"{folder}/destinations/{before.id}-to-{after.plan}-{after.id}.yml"


def _place(candidate: Candidate) -> str:
    return f":{candidate.row.ref}" if candidate.row is not None else f"#{candidate.section.id}"


def _taken(library: Library) -> list[str]:
    """The whole names of every target that some row names already."""
    return [
        _name(table, target)
        for table in library.destinations
        for row in table.rows
        for target in row.to
        if isinstance(target, str)
    ]


def _name(table: DestinationTable, target: str) -> str:
    plan, edition, place = target_name(table, target)
    return f"{plan}@{edition}{place}"


def _row(part: Part, target: Part, best: Candidate, taken: Counter[str]) -> str:
    """One row as YAML; its disposition is what the two texts and the other rows allow to say."""
    same = part.text.split() == target.text.split() and bool(part.text)
    disposition = "carried" if same else "merged" if taken[target.name] > 1 else "reworded"
    comment = " ".join(f"suggested, {best.score:.2f}: {'; '.join(best.why)}".split())
    return f"{{from: {quoted(part.place)}, disposition: {disposition}, to: [{quoted(target.place)}]}}  # {comment}"
