"""A comparison told in a few sentences, as a councillor would want to hear it; nothing that is not in the data.

What an auditor looks for stands first: what was changed with no reason given. Then the sections, then the rest.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from ..facts import ChangeNote
from ..language import tr, tr_as, tr_many
from ..model import Comparison, MeasureChange, Section, SectionChange
from .briefly import BRIEFLY, UNEXPLAINED
from .measures import is_set, measure_rows
from .sentences import EXPLAINED, FIGURES, FIRST, GAINS, REFS, THEN, Say

MEASURES = (
    *("made_easier", "direction_unknown", "baseline_changed", "better", "unit_changed", "definition_changed"),
    *("past_actual_changed", "dropped"),
)
"""Changes to measures for which a reason is asked, what an auditor looks for first."""
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
    ended: bool = False
    """Whether the edition says that what it named has ended, because it was done or goes on elsewhere."""


@dataclass(frozen=True)
class Finding:
    """One sentence of a comparison."""

    text: str
    short: str = ""
    """The same without Refs and figures; "" where it has none."""
    silent: bool = False
    """Whether it tells of changes that ask for a reason and have none."""

    @property
    def brief(self) -> str:
        """It as short as it can be told."""
        return self.short or self.text


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
    ended = {note.ref for note in notes if note.change == "ended"}
    added = [RowChange(r, text, "added", reasons.get(r), act) for r, (text, act) in after.items() if r not in before]
    gone = [
        RowChange(r, text, "dropped", reasons.get(r), act, r in ended)
        for r, (text, act) in before.items()
        if r not in after
    ]
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
    return tuple(finding.text for finding in findings(comparison, rows))


def findings(comparison: Comparison, rows: Sequence[RowChange] = ()) -> tuple[Finding, ...]:
    """The summary, sentence by sentence; never empty."""
    measures = comparison.measures
    names = measure_names(comparison)
    dropped = [row for row in rows if row.change == "dropped"]
    told = [
        *(_silent(kind, _of(measures, kind), names) for kind in MEASURES),
        _rows(REFS, [row for row in dropped if not row.reason], silent=True),
        _easier(_of(measures, "made_easier"), names),
        *map(Finding, _sections(comparison.sections)),
        *(_listed(EXPLAINED, kind, [m for m in _of(measures, kind) if m.reason]) for kind in MEASURES[1:]),
        _rows(EXPLAINED, [row for row in dropped if row.reason and not row.ended]),
        _rows(EXPLAINED, [row for row in dropped if row.reason and row.ended]),
        *_gains(measures),
        _rows(GAINS, [row for row in rows if row.change == "added"]),
    ]
    return tuple(filter(None, told)) or (Finding(tr("Nothing changed.")),)


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
    kinds = [kind for kind in FIRST if counts[kind]]
    parts = [_begun(FIRST[kind], counts[kind]) for kind in kinds[:1]]
    parts += [THEN[kind](counts[kind], number=number(counts[kind])) for kind in kinds[1:]]
    if len(parts) > 1:
        yield tr("{list} and {last}.", list=", ".join(parts[:-1]), last=parts[-1])
    elif parts:
        yield f"{parts[0]}."
    yield from map(_retitled, title)


def _retitled(change: SectionChange) -> str:
    """What became of the title of the whole text."""
    if not (change.old and change.old[0].title):
        return tr("The title is new: the old text had none.")
    return tr("The title changed.") if change.new and change.new[0].title else tr("The title was taken away.")


def _of(measures: Sequence[MeasureChange], kind: str) -> list[MeasureChange]:
    """The changes of a kind; a baseline whose figure and year both changed is one."""
    if kind in ("better", "definition_changed"):
        these = [measure for measure in measures if measure.change == "definition_changed"]
        return [measure for measure in these if (measure.field == "better") == (kind == "better")]
    these = [measure for measure in measures if measure.change == kind]
    return list({m.ref: m for m in reversed(these)}.values())[::-1] if kind == "baseline_changed" else these


def _silent(kind: str, measures: Sequence[MeasureChange], names: Mapping[str, str]) -> Finding | None:
    """The changes of a kind for which no reason is given: few of them with their names and figures."""
    these = [measure for measure in measures if not measure.reason]
    if not these:
        return None
    short = _begun(UNEXPLAINED[kind], len(these))
    if len(these) > FEW or kind not in FIGURES:
        refs = ", ".join(dict.fromkeys(row.ref for row in these))
        return Finding(_begun(REFS[kind], len(these), refs=refs), short, silent=True)
    return Finding(_begun(FIGURES[kind], len(these), figures=_named(these, names)), short, silent=True)


def _easier(measures: Sequence[MeasureChange], names: Mapping[str, str]) -> Finding | None:
    """The targets that were made easier with a reason: few of them with their figures, which readers ask for."""
    these = [measure for measure in measures if measure.reason]
    if not these or len(these) > FEW:
        return _listed(EXPLAINED, "made_easier", these)
    said = tr_many(
        "{number} target was made easier, with a reason given: {figures}.",
        "{number} targets were made easier, with a reason given: {figures}.",
        len(these),
        number=_capital(len(these)),
        figures=_named(these, names),
    )
    short = tr_many(
        "{number} target was made easier, with a reason given.",
        "{number} targets were made easier, with a reason given.",
        len(these),
        number=_capital(len(these)),
    )
    return Finding(said, short)


def _named(these: Sequence[MeasureChange], names: Mapping[str, str]) -> str:
    """Changes with their figures, each measure's name behind its last one."""
    last = {measure.ref: measure for measure in these}
    return "; ".join(_figures(m, names.get(m.ref, "") if last[m.ref] is m else "") for m in these)


def _gains(measures: Sequence[MeasureChange]) -> Iterator[Finding | None]:
    """What asks more of the council than before, or tells more."""
    harder = _of(measures, "made_harder")
    yield _listed(GAINS, "made_harder", [m for m in harder if is_set(m.old)])
    yield _listed(GAINS, "set", [m for m in harder if not is_set(m.old)])
    yield _listed(GAINS, "added", _of(measures, "added"))
    yield _listed(GAINS, "actual_added", _of(measures, "actual_added"))


def _rows(says: Mapping[str, Say], these: Sequence[RowChange], *, silent: bool = False) -> Finding | None:
    if not these:
        return None
    noun = "action" if all(row.action for row in these) else "row"
    became = "ended" if these[0].ended and not silent else these[0].change
    return _listed(says, f"{noun} {became}", these, silent=silent)


def _listed(
    says: Mapping[str, Say], kind: str, these: Sequence[MeasureChange] | Sequence[RowChange], *, silent: bool = False
) -> Finding | None:
    """What became of some measures or rows, with their Refs; nothing where there are none."""
    if not these:
        return None
    short = (UNEXPLAINED if silent else BRIEFLY).get(kind)
    text = _begun(says[kind], len(these), refs=_refs(these))
    return Finding(text, _begun(short, len(these)) if short else "", silent)


def _begun(say: Say, count: int, **values: str) -> str:
    """A sentence that begins with its count."""
    return say(count, number=_capital(count), **values)


def _capital(count: int) -> str:
    words = number(count)
    return words[:1].upper() + words[1:]


def _figures(measure: MeasureChange, name: str) -> str:
    """One change with its figures and what is measured."""
    told = measure.ref if measure.change == "dropped" else _from_to(measure)
    return f"{told} ({name})" if name else told


def _from_to(measure: MeasureChange) -> str:
    """A figure before and after: BH1 for 2007, from 12 to 14."""
    what = measure.ref
    if measure.year:
        what = tr("{ref} for {year}", ref=what, year=measure.year)
    if measure.field == "baseline year":
        what = tr("{ref}, the year", ref=what)
    return tr("{figure}, from {old} to {new}", figure=what, old=_said(measure.old), new=_said(measure.new))


def _said(cell: str | None) -> str:
    return cell.strip().rstrip(".") if is_set(cell) and cell is not None else tr_as("figure", "none")


def _refs(these: Sequence[MeasureChange] | Sequence[RowChange]) -> str:
    refs = list(dict.fromkeys(row.ref for row in these))
    if len(refs) <= MANY:
        return ", ".join(refs)
    shown, left = ", ".join(refs[: MANY - 2]), len(refs) - MANY + 2
    return tr_many("{refs} and {count} more", "{refs} and {count} more", left, refs=shown)


def number(count: int) -> str:
    """A number in words up to twelve."""
    words = (
        tr_as("number", "no"),
        tr_as("number", "one"),
        tr_as("number", "two"),
        tr_as("number", "three"),
        tr_as("number", "four"),
        tr_as("number", "five"),
        tr_as("number", "six"),
        tr_as("number", "seven"),
        tr_as("number", "eight"),
        tr_as("number", "nine"),
        tr_as("number", "ten"),
        tr_as("number", "eleven"),
        tr_as("number", "twelve"),
    )
    return words[count] if count < len(words) else str(count)
