"""What a reader sees of a comparison: its fragments as drawn, held against those that the plan of edits makes."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from compare.generator import Side, Truth
from compare.labels import Script, fragments
from plan_archive.compare.drawn import cells_of
from plan_archive.compare.drawn import fragments as drawn

Json = dict[str, Any]


@dataclass(frozen=True)
class DrawnFigures:
    """How a drawn comparison looks beside the plan of edits."""

    edits: float
    """Fragments for each planned edit that changes words."""
    planned: float
    """The same for the plan itself: two edits that touch are one fragment."""
    islands: int
    """Equal runs of one or two words between changes."""
    planned_islands: int
    """Those that the plan itself has: edits so near each other."""
    stray: int
    """Islands that hold a word which the plan replaced, and that only happen to be there again."""


def drawn_figures(comparison: Json, truth: Truth) -> DrawnFigures:
    """The figures of a comparison as it is drawn."""
    script = drawn_script(comparison)
    hunks, islands = fragments(script)
    due, due_islands = fragments(planned_script(truth))
    edits = max(1, truth.worded)
    return DrawnFigures(hunks / edits, due / edits, islands, due_islands, stray_islands(comparison, truth))


def drawn_script(comparison: Json) -> Script:
    """Every word with its mark as it is drawn, in the order in which the comparison tells it."""
    script: Script = []
    for entry in comparison["sections"]:
        for block in entry["blocks"]:
            for cell in cells_of([(mark, text) for mark, text in block["ops"]]):
                for fragment in drawn(cell):
                    script += [("=" if fragment.same else "-", word) for word in fragment.old]
                    script += [("+", word) for word in fragment.new if not fragment.same]
    return script


def planned_script(truth: Truth) -> Script:
    """The plan of edits as a script: every replaced word goes and comes, blocks that went behind their forerunners."""
    old, new = _labelled(truth.old), _labelled(truth.new)
    forward = dict(truth.blocks)
    back = {now: was for was, now in forward.items()}
    told: list[tuple[tuple[int, int, int], Script]] = []
    for place, words in enumerate(new):
        before = old[back[place]] if place in back else []
        told.append(((place, 0, 0), _merged(before, words)))
    last = -1
    for place, words in enumerate(old):
        last = forward.get(place, last)
        if place not in forward:
            told.append(((last, 1, place), _merged(words, [])))
    return [step for _, steps in sorted(told, key=lambda row: row[0]) for step in steps]


def _labelled(side: Side) -> list[list[tuple[str, bool]]]:
    labels = iter(side.planned)
    return [[(word, next(labels)) for word in block] for block in side.blocks]


def _merged(old: list[tuple[str, bool]], new: list[tuple[str, bool]]) -> Script:
    """One block's words: between two kept ones first those that go, then those that come."""
    script: Script = []
    come = iter(new)
    for word, gone in old:
        if gone:
            script.append(("-", word))
            continue
        for other, fresh in come:
            if not fresh:
                break
            script.append(("+", other))
        script.append(("=", word))
    return script + [("+", word) for word, _ in come]


def stray_islands(comparison: Json, truth: Truth) -> int:
    """Equal runs of one or two drawn words between changes of which the plan replaced at least one."""
    labels = [[fresh for _, fresh in block] for block in _labelled(truth.new)]
    reached: defaultdict[int, int] = defaultdict(int)
    stray = 0
    for entry in comparison["sections"]:
        for block in entry["blocks"]:
            place = block["new_index"]
            for cell in cells_of([(mark, text) for mark, text in block["ops"]]):
                shown = drawn(cell)
                for at, fragment in enumerate(shown):
                    start = reached[place]
                    inside = 0 < at < len(shown) - 1 and fragment.same and len(fragment.new) <= 2
                    stray += inside and any(labels[place][start : start + len(fragment.new)])
                    if place is not None:
                        reached[place] += len(fragment.new)
    return stray
