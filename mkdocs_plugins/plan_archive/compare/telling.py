"""A comparison told in a few sentences, as a councillor would want to hear it; nothing that is not in the data.

What an auditor looks for stands first: what was changed with no reason given. Then the sections, then the rest.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from ..facts import ChangeNote
from ..model import Comparison, MeasureChange, Section, SectionChange
from .measures import is_set, measure_rows

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
    ("direction_unknown", "target was changed", "targets were changed"),
    ("baseline_changed", "baseline was changed", "baselines were changed"),
    ("better", "measure had its better direction changed", "measures had their better direction changed"),
    ("unit_changed", "unit was changed", "units were changed"),
    ("definition_changed", "measure was worded differently", "measures were worded differently"),
    ("past_actual_changed", "result of an earlier year was changed", "results of earlier years were changed"),
    ("dropped", "measure was dropped", "measures were dropped"),
)
"""Changes to measures for which a reason is asked, what an auditor looks for first."""
UNJUDGED = "the table does not tell whether {} easier or harder"
FEW = 3
"""Changes that are told with their figures; more are told by Ref alone."""
MANY = 12
"""Refs that are listed where a reason is given or none is needed."""


@dataclass(frozen=True)
class RowChange:
    """A keyed row that is no measure, an action for instance, that came or went."""

    ref: str
    text: str
    change: str
    """added or dropped."""
    reason: str | None
    action: bool = False
    """Whether its table is one of actions."""


def with_reasons(measures: Sequence[MeasureChange], notes: Sequence[ChangeNote]) -> tuple[MeasureChange, ...]:
    """Each measure's change with the reason that the new edition gives for it."""
    return tuple(replace(measure, reason=_reason(measure, notes)) for measure in measures)


_NO_REASON_FOR = {
    "made_easier": ("raised",),
    "made_harder": ("lowered",),
    "past_actual_changed": ("raised", "lowered", "added"),
}


def _reason(measure: MeasureChange, notes: Sequence[ChangeNote]) -> str | None:
    """The reason given for this Ref, unless it is for the opposite of what happened; a new result needs none."""
    if measure.change == "actual_added":
        return None
    other = _NO_REASON_FOR.get(measure.change, ())
    return next((note.reason for note in notes if note.ref == measure.ref and note.change not in other), None)


def reasons_by_ref(notes: Sequence[ChangeNote]) -> dict[str, str]:
    """The reasons that an edition gives, by Ref."""
    return {note.ref: note.reason for note in notes if note.ref}


def row_changes(old: Sequence[Section], new: Sequence[Section], notes: Sequence[ChangeNote]) -> tuple[RowChange, ...]:
    """Keyed rows that are no measures and stand on one side only, with the reason given."""
    before, after = _other_rows(old), _other_rows(new)
    reasons = reasons_by_ref(notes)
    added = [RowChange(r, *row[:1], "added", reasons.get(r), row[1]) for r, row in after.items() if r not in before]
    gone = [RowChange(r, *row[:1], "dropped", reasons.get(r), row[1]) for r, row in before.items() if r not in after]
    return (*added, *gone)


def _other_rows(sections: Sequence[Section]) -> dict[str, tuple[str, bool]]:
    """What each keyed row says that is no measure, and whether it is an action."""
    measures = measure_rows(tuple(sections))
    blocks = [block for section in sections for block in section.blocks if block.kind == "row"]
    actions = {b.table for b in blocks if b.header and any(cell.strip().lower() == "action" for cell in b.cells)}
    rows = (b for b in blocks if b.ref and b.ref not in measures)
    return {block.ref or "": (_second(block.cells), block.table in actions) for block in rows}


def _second(cells: tuple[str, ...]) -> str:
    return cells[1] if len(cells) > 1 else cells[0] if cells else ""


def tell(comparison: Comparison, rows: Sequence[RowChange] = ()) -> tuple[str, ...]:
    """The summary: first what was changed with no reason given, then the sections, then the rest."""
    measures = comparison.measures
    names = measure_names(comparison)
    unexplained = [_silent(measures, names, *kind) for kind in MEASURES]
    explained = [_explained(measures, *kind) for kind in MEASURES]
    dropped = [row for row in rows if row.change == "dropped"]
    told = [
        *unexplained,
        _rows([row for row in dropped if not row.reason], "dropped", " with no reason given"),
        *_sections(comparison.sections),
        *explained,
        _rows([row for row in dropped if row.reason], "dropped", ", with a reason given"),
        *_gains(measures),
        _rows([row for row in rows if row.change == "added"], "added", ""),
    ]
    return tuple(filter(None, told)) or ("Nothing changed.",)


def measure_names(comparison: Comparison) -> dict[str, str]:
    """What each measure counts, by Ref, in the words of the new text or, where it is gone, of the old."""
    old = measure_rows(tuple(section for change in comparison.sections for section in change.old))
    new = measure_rows(tuple(section for change in comparison.sections for section in change.new))
    return {ref: row.get("definition") or "" for ref, row in {**old, **new}.items()}


def is_title(change: SectionChange) -> bool:
    """Whether this is the title of the whole text, with what stands before the first heading."""
    return all(section.level == 1 and not section.id for section in (*change.old, *change.new))


def _sections(changes: Sequence[SectionChange]) -> Iterator[str]:
    """One sentence on the sections, one on the title; a text's title is no section's."""
    title = [change for change in changes if is_title(change) and "retitled" in change.change]
    counts = Counter(k for c in changes for k in c.change if k not in ("retitled", "renumbered") or not is_title(c))
    parts = [f"{number(counts[kind])} {word}" for kind, word in SECTIONS if counts[kind]]
    if parts:
        noun = "section" if counts[_first(counts)] == 1 else "sections"
        count, _, word = parts[0].partition(" ")
        yield _sentence([f"{count} {noun} {word}", *parts[1:]])
    for change in title:
        yield f"The title {title_words(change)}."


def title_words(change: SectionChange) -> str:
    """What became of the title of the whole text."""
    if not (change.old and change.old[0].title):
        return "is new: the old text had none"
    return "changed" if change.new and change.new[0].title else "was taken away"


def _first(sections: Mapping[str, int]) -> str:
    return next(kind for kind, _ in SECTIONS if sections.get(kind))


def _of(measures: Sequence[MeasureChange], kind: str) -> list[MeasureChange]:
    """The changes of a kind; a baseline whose figure and year both changed is one."""
    if kind in ("better", "definition_changed"):
        these = [measure for measure in measures if measure.change == "definition_changed"]
        return [measure for measure in these if (measure.field == "better") == (kind == "better")]
    these = [measure for measure in measures if measure.change == kind]
    return list({m.ref: m for m in reversed(these)}.values())[::-1] if kind == "baseline_changed" else these


def _silent(measures: Sequence[MeasureChange], names: Mapping[str, str], kind: str, one: str, many: str) -> str:
    """The changes of a kind for which no reason is given: few of them with their names and figures."""
    these = [measure for measure in _of(measures, kind) if not measure.reason]
    if not these:
        return ""
    said = f"{_count(these, one, many)} with no reason given"
    if kind == "direction_unknown":
        said += f", and {UNJUDGED.format('it is' if len(these) == 1 else 'they are')}"
    if len(these) > FEW or kind == "definition_changed":
        return f"{said} ({', '.join(dict.fromkeys(row.ref for row in these))})."
    last = {measure.ref: measure for measure in these}
    told = [_figures(m, names.get(m.ref, "") if last[m.ref] is m else "") for m in these]
    return f"{said}: {'; '.join(told)}."


def _explained(measures: Sequence[MeasureChange], kind: str, one: str, many: str) -> str:
    these = [measure for measure in _of(measures, kind) if measure.reason]
    if not these:
        return ""
    said = f"{_count(these, one, many)} ({_refs(these)}), with a reason given"
    return (
        f"{said}; {UNJUDGED.format('it is' if len(these) == 1 else 'they are')}." if "unknown" in kind else f"{said}."
    )


def _gains(measures: Sequence[MeasureChange]) -> Iterator[str]:
    """What asks more of the council than before, or tells more."""
    harder = _of(measures, "made_harder")
    for these, one, many in (
        ([m for m in harder if is_set(m.old)], "target was made harder", "targets were made harder"),
        ([m for m in harder if not is_set(m.old)], "target was set where there was none", "targets were set where ..."),
        (_of(measures, "added"), "measure was added", "measures were added"),
    ):
        if these:
            yield f"{_count(these, one, many.replace('...', 'there were none'))} ({_refs(these)})."
    results = _of(measures, "actual_added")
    if results:
        yield f"{_count(results, 'result was', 'results were')} reported."


def _rows(these: Sequence[RowChange], verb: str, reason: str) -> str:
    if not these:
        return ""
    noun = "action" if all(row.action for row in these) else "numbered row"
    refs = f" ({_refs(these)})"
    said = _count(these, f"{noun} was {verb}", f"{noun}s were {verb}")
    return f"{said}{refs}{reason}." if reason.startswith(",") else f"{said}{reason}{refs}."


def _figures(measure: MeasureChange, name: str) -> str:
    """One change with its figures and what is measured."""
    named = f" ({name})" if name else ""
    if measure.change == "dropped":
        return measure.ref + named
    year = f" for {measure.year}" if measure.year else ""
    what = ", the year" if measure.field == "baseline year" else ""
    return f"{measure.ref}{year}{what}, from {_said(measure.old)} to {_said(measure.new)}{named}"


def _said(cell: str | None) -> str:
    return cell.strip().rstrip(".") if is_set(cell) and cell is not None else "none"


def _count(these: Sequence[object], one: str, many: str) -> str:
    return f"{number(len(these)).capitalize()} {one if len(these) == 1 else many}"


def _refs(these: Sequence[MeasureChange] | Sequence[RowChange]) -> str:
    refs = list(dict.fromkeys(row.ref for row in these))
    if len(refs) <= MANY:
        return ", ".join(refs)
    return f"{', '.join(refs[: MANY - 2])} and {len(refs) - MANY + 2} more"


def number(count: int) -> str:
    """A number in words up to twelve."""
    return NUMBERS[count] if count < len(NUMBERS) else str(count)


def _sentence(parts: Sequence[str]) -> str:
    text = ", ".join(parts[:-1]) + (" and " if len(parts) > 1 else "") + parts[-1]
    return text[0].upper() + text[1:] + "."
