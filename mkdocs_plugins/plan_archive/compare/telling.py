"""A comparison told in a few sentences, as a councillor would want to hear it; nothing that is not in the data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from ..facts import ChangeNote
from ..model import Comparison, MeasureChange, Section
from .measures import measure_rows

NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
"""Numbers that are written as words."""
SECTIONS = (
    ("changed", "changed"),
    ("moved", "moved"),
    ("split", "split"),
    ("merged", "merged"),
    ("retitled", "retitled"),
    ("renumbered", "renumbered"),
    ("added", "new"),
    ("removed", "ended"),
)
MEASURES = (
    ("made_easier", "target was made easier", "targets were made easier"),
    ("made_harder", "target was made harder", "targets were made harder"),
    ("direction_unknown", "target was changed", "targets were changed"),
    ("baseline_changed", "baseline was changed", "baselines were changed"),
    ("unit_changed", "unit was changed", "units were changed"),
    ("definition_changed", "definition was changed", "definitions were changed"),
    ("past_actual_changed", "past result was changed", "past results were changed"),
    ("added", "measure was added", "measures were added"),
    ("dropped", "measure was dropped", "measures were dropped"),
    ("actual_added", "result was reported", "results were reported"),
)


@dataclass(frozen=True)
class RowChange:
    """A keyed row that is no measure, an action for instance, that came or went."""

    ref: str
    text: str
    change: str
    """added or dropped."""
    reason: str | None


def with_reasons(measures: Sequence[MeasureChange], notes: Sequence[ChangeNote]) -> tuple[MeasureChange, ...]:
    """Each measure's change with the reason that the new edition gives for it."""
    return tuple(replace(measure, reason=_reason(measure, notes)) for measure in measures)


def _reason(measure: MeasureChange, notes: Sequence[ChangeNote]) -> str | None:
    """The reason given for this Ref, unless it is for the opposite of what happened."""
    opposite = {"made_easier": "raised", "made_harder": "lowered"}.get(measure.change)
    fitting = (note.reason for note in notes if note.ref == measure.ref and note.change != opposite)
    return next(fitting, None)


def reasons_by_ref(notes: Sequence[ChangeNote]) -> dict[str, str]:
    """The reasons that an edition gives, by Ref."""
    return {note.ref: note.reason for note in notes if note.ref}


def row_changes(old: Sequence[Section], new: Sequence[Section], notes: Sequence[ChangeNote]) -> tuple[RowChange, ...]:
    """Keyed rows that are no measures and stand on one side only, with the reason given."""
    before, after = _other_rows(old), _other_rows(new)
    reasons = reasons_by_ref(notes)
    added = [RowChange(r, text, "added", reasons.get(r)) for r, text in after.items() if r not in before]
    gone = [RowChange(r, text, "dropped", reasons.get(r)) for r, text in before.items() if r not in after]
    return (*added, *gone)


def _other_rows(sections: Sequence[Section]) -> dict[str, str]:
    measures = measure_rows(tuple(sections))
    rows = (b for s in sections for b in s.blocks if b.ref and b.ref not in measures)
    return {block.ref or "": _second(block.cells) for block in rows}


def _second(cells: tuple[str, ...]) -> str:
    return cells[1] if len(cells) > 1 else cells[0] if cells else ""


def tell(comparison: Comparison, rows: Sequence[RowChange] = ()) -> tuple[str, ...]:
    """The summary: one sentence on sections, one on each kind of change to measures and actions."""
    sections = Counter(kind for change in comparison.sections for kind in change.change)
    if not sections and not comparison.measures and not rows:
        return ("Nothing changed.",)
    parts = [f"{number(sections[kind])} {word}" for kind, word in SECTIONS if sections[kind]]
    told = []
    if parts:
        noun = "section" if sections[_first(sections)] == 1 else "sections"
        first, *others = parts
        count, _, word = first.partition(" ")
        told.append(_sentence([f"{count} {noun} {word}", *others]))
    told += [_measures(comparison.measures, *names) for names in MEASURES if _of(comparison.measures, names[0])]
    for change, verb in (("dropped", "dropped"), ("added", "added")):
        these = [row for row in rows if row.change == change]
        if these:
            told.append(_with_reasons(these, "action or other row was " + verb, "actions or other rows were " + verb))
    return tuple(told)


def _first(sections: Mapping[str, int]) -> str:
    return next(kind for kind, _ in SECTIONS if sections.get(kind))


def _of(measures: Sequence[MeasureChange], kind: str) -> list[MeasureChange]:
    return [measure for measure in measures if measure.change == kind]


def _measures(measures: Sequence[MeasureChange], kind: str, one: str, many: str) -> str:
    these = _of(measures, kind)
    if kind == "actual_added":
        return f"{number(len(these)).capitalize()} {one if len(these) == 1 else many}."
    return _with_reasons(these, one, many)


def _with_reasons(these: Sequence[MeasureChange] | Sequence[RowChange], one: str, many: str) -> str:
    """A count with its Refs, and how many came without a reason."""
    refs = list(dict.fromkeys(row.ref for row in these))
    without = list(dict.fromkeys(row.ref for row in these if not row.reason))
    said = f"{number(len(these)).capitalize()} {one if len(these) == 1 else many} ({', '.join(refs)})"
    if not without:
        return f"{said}, with a reason given."
    if len(without) == len(refs):
        return f"{said}, with no reason given."
    return f"{said}; no reason is given for {', '.join(without)}."


def number(count: int) -> str:
    """A number in words up to twelve."""
    return NUMBERS[count] if count < len(NUMBERS) else str(count)


def _sentence(parts: Sequence[str]) -> str:
    text = ", ".join(parts[:-1]) + (" and " if len(parts) > 1 else "") + parts[-1]
    return text[0].upper() + text[1:] + "."
