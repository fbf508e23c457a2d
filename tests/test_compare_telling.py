"""What a reader is told first is true: each sentence is checked by counting in the Markdown, without the engine."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from archives import ROOT, plan_archive

CASES = yaml.safe_load((ROOT / "tests" / "cases" / "compare" / "told.yml").read_text(encoding="utf-8"))["cases"]
NUMBERS = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
HEADING = re.compile(r"^(#{2,6}) +(?:([\d.]+|Appendix \w|[A-Z]\.?)(?: |: ))?(.*?) +\{#([a-z0-9-]+)\}$", re.MULTILINE)
Row = dict[str, str]


@dataclass(frozen=True)
class Heading:
    """A section as its Markdown shows it."""

    number: str
    title: str
    text: str


class Written:
    """An edition's Markdown, taken apart by a few patterns."""

    def __init__(self, reference: str) -> None:
        plan, edition = reference.split("@")
        path = next(p for root in ("plans", "archive") if (p := ROOT / root / plan / f"{edition}.md").is_file())
        _, front, self.body = Path(path).read_text(encoding="utf-8").split("---\n", 2)
        self.front: dict[str, Any] = yaml.safe_load(front)
        self.notes = {note["ref"]: note["change"] for note in self.front.get("changes", []) if "ref" in note}
        self.rows = {row["Ref"]: row for row in _rows(self.body)}
        self.measures = {ref: row for ref, row in self.rows.items() if set(row) & {"Better", "Baseline"}}
        self.others = {ref: row for ref, row in self.rows.items() if ref not in self.measures}
        self.sections = dict(self._sections())

    def _sections(self) -> Iterator[tuple[str, Heading]]:
        found = list(HEADING.finditer(self.body))
        for place, match in enumerate(found):
            end = found[place + 1].start() if place + 1 < len(found) else len(self.body)
            paragraphs = re.split(r"\n\s*\n", self.body[match.end() : end].strip())
            text = "\n".join(" ".join(paragraph.split()) for paragraph in paragraphs)
            yield match[4], Heading(match[2] or "", match[3], text)


def _rows(body: str) -> Iterator[Row]:
    """The rows of every table that has a Ref column, cell by column name."""
    head: list[str] = []
    for line in body.split("\n"):
        if not line.startswith("|"):
            head = []
            continue
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if head and "Ref" in head and not set(line) <= set("|-: "):
            yield dict(zip(head, cells, strict=True))
        head = head or cells


def _figure(cell: str) -> float | None:
    found = re.fullmatch(r"(-?[\d,]+(?:\.\d+)?)%?", cell)
    return float(found[1].replace(",", "")) if found else None


def _set(cell: str) -> bool:
    """Whether a cell holds a figure at all."""
    return any(character.isdigit() for character in cell)


def _pairs(old: Written, new: Written) -> Iterator[tuple[Row, Row]]:
    return ((old.measures[ref], row) for ref, row in new.measures.items() if ref in old.measures)


@dataclass(frozen=True)
class Moved:
    """Something about a measure that is not what it was."""

    how: str
    ref: str
    told: str
    """It with its figures."""


def _name(row: Row) -> str:
    return re.sub(r" \[\^\w+\]", "", row.get("Measure") or row["Target"])


def _targets(old: Written, new: Written) -> Iterator[Moved]:
    """Every target that is not what it was, and how it changed; a target of a year that the old table lacks is none."""
    for before, after in _pairs(old, new):
        for name in (
            name for name in after if name.startswith("Target ") and before.get(name, after[name]) != after[name]
        ):
            one, other = before[name], after[name]
            figures = _figure(one), _figure(other)
            if not _set(other):
                how = "made easier"
            elif not _set(one):
                how = "set where there"
            elif before.get("Unit") != after.get("Unit") or "Better" not in after or None in figures:
                how = "changed"
            else:
                how = "made harder" if (figures[1] > figures[0]) == (after["Better"] == "higher") else "made easier"
            ref, year = after["Ref"], name.removeprefix("Target ")
            said = [cell if _set(cell) else "none" for cell in (one, other)]
            yield Moved(how, ref, f"{ref} for {year}, from {said[0]} to {said[1]} ({_name(after)})")


def _changed_results(old: Written, new: Written) -> Iterator[Moved]:
    """Every result that the old text gave and that is another one now."""
    for before, after in _pairs(old, new):
        for name in (name for name in after if name.startswith("Actual ") and _set(before.get(name, ""))):
            if before[name] != after[name]:
                ref, year = after["Ref"], name.removeprefix("Actual ")
                yield Moved("result", ref, f"{ref} for {year}, from {before[name]} to {after[name]} ({_name(after)})")


def _results(old: Written, new: Written) -> int:
    """How many figures of results the new text gives that the old one could not."""
    told = 0
    for before, after in _pairs(old, new):
        names = [name for name in after if name.startswith("Actual ")]
        told += sum(_figure(after[name]) is not None and _figure(before.get(name, "")) is None for name in names)
    return told


def _cells(old: Written, new: Written, how: str, *names: str) -> Iterator[Moved]:
    """The measures of which one of these cells is not what it was."""
    for before, after in _pairs(old, new):
        name = next((n for n in names if n in before and n in after and before[n] != after[n]), None)
        if name:
            one, other = (cell if _set(cell) or name == "Unit" else "none" for cell in (before[name], after[name]))
            yield Moved(how, after["Ref"], f"{after['Ref']}, from {one} to {other} ({_name(after)})")


KINDS = (
    ("made easier", "target was made easier", "targets were made easier"),
    ("changed", "target was changed", "targets were changed"),
    ("baseline", "baseline was changed", "baselines were changed"),
    ("unit", "unit was changed", "units were changed"),
    ("name", "measure was worded differently", "measures were worded differently"),
    ("result", "result of an earlier year was changed", "results of earlier years were changed"),
    ("dropped", "measure was dropped", "measures were dropped"),
)
"""What a reason is asked for, in the order in which it is told."""


def _counted(refs: list[str], one: str, many: str) -> str:
    count = NUMBERS[len(refs)] if len(refs) < len(NUMBERS) else str(len(refs))
    return f"{count.capitalize()} {one if len(refs) == 1 else many}"


def _listed(refs: list[str], most: int = 12) -> str:
    """Refs in brackets; of more than twelve the first ten, and how many are left."""
    found = list(dict.fromkeys(refs))
    if len(found) > most:
        found = [*found[: most - 3], f"{found[most - 3]} and {len(found) - most + 2} more"]
    return f" ({', '.join(found)})"


def counted(old: Written, new: Written) -> tuple[list[str], list[str]]:
    """The sentences on measures and actions as counting gives them: those before the sections', and those after."""
    moved = [
        *_targets(old, new),
        *_cells(old, new, "baseline", "Baseline", "Baseline year"),
        *_cells(old, new, "unit", "Unit"),
        *_changed_results(old, new),
        *_cells(old, new, "name", "Measure" if "Measure" in next(iter(new.measures.values())) else "Target"),
        *(Moved("dropped", ref, f"{ref} ({_name(row)})") for ref, row in old.measures.items() if ref not in new.rows),
    ]
    first: list[str] = []
    then: list[str] = []
    for how, one, many in KINDS:
        silent = [m for m in moved if m.how == how and m.ref not in new.notes]
        given = [m.ref for m in moved if m.how == how and m.ref in new.notes]
        unknown = ["", "it is", "they are"]
        if silent:
            refs = [m.ref for m in silent]
            said = _counted(refs, one, many) + " with no reason given"
            if how == "changed":
                said += f", and the table does not tell whether {unknown[min(len(refs), 2)]} easier or harder"
            short = len(silent) <= 3 and how != "name"
            first.append(f"{said}: {'; '.join(m.told for m in silent)}." if short else f"{said}{_listed(refs, 999)}.")
        if given and how != "made easier":
            said = _counted(given, one, many) + _listed(given) + ", with a reason given"
            if how == "changed":
                said += f"; the table does not tell whether {unknown[min(len(given), 2)]} easier or harder"
            then.append(f"{said}.")
    gone = [ref for ref in old.others if ref not in new.rows]
    ended = [ref for ref in gone if new.notes.get(ref) == "ended"]
    dropped = "action was dropped", "actions were dropped"
    for refs, words, said, told in (
        ([r for r in gone if r not in new.notes], dropped, " with no reason given{}.", first),
        ([r for r in gone if r in new.notes and r not in ended], dropped, "{}, with a reason given.", then),
        (ended, ("action has ended", "actions have ended"), "{}, with a reason given.", then),
    ):
        if refs:
            told.append(_counted(refs, *words) + said.format(_listed(refs)))
    first += _easier([m for m in moved if m.how == "made easier" and m.ref in new.notes])
    for refs, one, many in (
        ([m.ref for m in moved if m.how == "made harder"], "target was made harder", "targets were made harder"),
        (
            [m.ref for m in moved if m.how == "set where there"],
            "target was set where there was none",
            "targets were set where there were none",
        ),
        ([r for r in new.measures if r not in old.rows], "measure was added", "measures were added"),
    ):
        if refs:
            then.append(f"{_counted(refs, one, many)}{_listed(refs)}.")
    if results := _results(old, new):
        then.append(f"{NUMBERS[results].capitalize() if results < len(NUMBERS) else results} results were reported.")
    if added := [ref for ref in new.others if ref not in old.rows]:
        then.append(f"{_counted(added, 'action was added', 'actions were added')}{_listed(added)}.")
    return first, then


def _easier(given: list[Moved]) -> Iterator[str]:
    """The sentence on targets made easier with a reason, which readers ask for next: three at most with figures."""
    refs = [m.ref for m in given]
    said = _counted(refs, "target was made easier", "targets were made easier")
    if len(given) > 3:
        yield f"{said}{_listed(refs)}, with a reason given."
    elif given:
        yield f"{said}, with a reason given: {'; '.join(m.told for m in given)}."


def sections_counted(old: Written, new: Written) -> dict[str, int]:
    """How many sections became what, by the ids and the `was` that the editors wrote; the title is told apart."""
    was = {name: facts["was"] for name, facts in new.front["sections"].items() if "was" in facts}
    origins = {name: was.get(name, [name] if name in old.sections else []) for name in new.sections}
    taken = [origin for name in origins for origin in origins[name]]
    pairs = [(old.sections[o[0]], new.sections[n]) for n, o in origins.items() if o]
    first: dict[str, tuple[Heading, Heading]] = {}
    for name, here in origins.items():
        if here:
            first.setdefault(here[0], (old.sections[here[0]], new.sections[name]))
    return {
        "changed": sum(before.text != after.text for before, after in first.values()),
        "split": sum(taken.count(name) > 1 for name in old.sections),
        "merged": sum(len(names) > 1 for names in origins.values()),
        "retitled": sum(a.title != b.title for a, b in first.values()),
        "renumbered": sum(a.number != b.number for a, b in first.values()),
        "new": sum(not names for names in origins.values()),
        "ended": sum(name not in taken for name in old.sections),
        "pairs": len(pairs),
    }


@pytest.mark.parametrize("case", CASES, ids=[case["new"] for case in CASES])
def test_sentences(case: dict[str, Any]) -> None:
    """The summary says exactly this, and nothing else comes before the text."""
    ran = plan_archive(ROOT, "compare", case["old"], case["new"])
    assert ran.out.split("\n\n")[0].split("\n") == case["sentences"]


def _at(case: dict[str, Any]) -> int:
    """Which sentence is the one on sections."""
    return next(place for place, told in enumerate(case["sentences"]) if re.match(r"\w+ sections? ", told))


@pytest.mark.parametrize("case", CASES, ids=[case["new"] for case in CASES])
def test_measures_and_actions_are_counted_right(case: dict[str, Any]) -> None:
    """Counting rows in the Markdown gives the same sentences: what has no reason first, the sections, the rest."""
    old, new = Written(case["old"]), Written(case["new"])
    place = _at(case)
    title = ["The title changed."] if old.front["title"] != new.front["title"] else []
    assert case["sentences"][place + 1 : place + 1 + len(title)] == title
    assert (case["sentences"][:place], case["sentences"][place + 1 + len(title) :]) == counted(old, new)


@pytest.mark.parametrize("case", CASES, ids=[case["new"] for case in CASES])
def test_sections_are_counted_right(case: dict[str, Any]) -> None:
    """Comparing headings by their ids gives the same number of changed, split, new and ended sections."""
    told = {}
    for part in re.split(r", | and ", case["sentences"][_at(case)].rstrip(".").replace(" sections", "")):
        count, kind = part.split(" ")
        told[kind] = NUMBERS.index(count.lower()) if count.lower() in NUMBERS else int(count)
    counts = sections_counted(Written(case["old"]), Written(case["new"]))
    assert {kind: counts[kind] for kind in counts if counts[kind] and kind != "pairs"} == {
        kind: count for kind, count in told.items() if kind != "moved"
    }
