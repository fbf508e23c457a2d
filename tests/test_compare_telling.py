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
        self.notes = {note["ref"] for note in self.front.get("changes", []) if "ref" in note}
        self.rows = {row["Ref"]: row for row in _rows(self.body)}
        self.measures = {ref: row for ref, row in self.rows.items() if "Better" in row}
        self.others = {ref: row for ref, row in self.rows.items() if "Better" not in row}
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
    return float(cell.replace(",", "")) if re.fullmatch(r"-?[\d,]+(\.\d+)?", cell) else None


def _pairs(old: Written, new: Written) -> Iterator[tuple[Row, Row]]:
    return ((old.measures[ref], row) for ref, row in new.measures.items() if ref in old.measures)


def _targets(old: Written, new: Written) -> Iterator[tuple[str, str]]:
    """Every target that is not what it was, by Ref, and how it changed."""
    for before, after in _pairs(old, new):
        for name in (name for name in after if name.startswith("Target ") and before.get(name) != after[name]):
            one, other = _figure(before[name]), _figure(after[name])
            if before["Unit"] != after["Unit"] or (one is None and other is None):
                yield after["Ref"], "changed"
            elif one is None or other is None:
                yield after["Ref"], "made harder" if one is None else "made easier"
            else:
                yield after["Ref"], "made harder" if (other > one) == (after["Better"] == "higher") else "made easier"


def _results(old: Written, new: Written) -> int:
    """How many figures of results the new text gives that the old one could not."""
    told = 0
    for before, after in _pairs(old, new):
        names = [name for name in after if name.startswith("Actual ")]
        told += sum(_figure(after[name]) is not None and _figure(before.get(name, "")) is None for name in names)
    return told


def _said(refs: list[str], one: str, many: str, given: set[str]) -> list[str]:
    """A sentence with a count, its Refs, and which of them came without a reason."""
    if not refs:
        return []
    count = NUMBERS[len(refs)] if len(refs) < len(NUMBERS) else str(len(refs))
    named = list(dict.fromkeys(refs))
    without = [ref for ref in named if ref not in given]
    said = f"{count.capitalize()} {one if len(refs) == 1 else many} ({', '.join(named)})"
    if not without:
        return [f"{said}, with a reason given."]
    if without == named:
        return [f"{said}, with no reason given."]
    return [f"{said}; no reason is given for {', '.join(without)}."]


def counted(old: Written, new: Written) -> list[str]:
    """The sentences on measures and actions as counting gives them."""
    given, targets = new.notes, list(_targets(old, new))

    def differing(*names: str) -> list[str]:
        return [b["Ref"] for a, b in _pairs(old, new) for name in names if a[name] != b[name]]

    told: list[str] = []
    for how in ("made easier", "made harder", "changed"):
        refs = [ref for ref, change in targets if change == how]
        told += _said(refs, f"target was {how}", f"targets were {how}", given)
    told += _said(differing("Baseline", "Baseline year"), "baseline was changed", "baselines were changed", given)
    told += _said(differing("Unit"), "unit was changed", "units were changed", given)
    added = [ref for ref in new.measures if ref not in old.measures]
    dropped = [ref for ref in old.measures if ref not in new.measures]
    told += _said(added, "measure was added", "measures were added", given)
    told += _said(dropped, "measure was dropped", "measures were dropped", given)
    if results := _results(old, new):
        told.append(f"{NUMBERS[results].capitalize() if results < len(NUMBERS) else results} results were reported.")
    for verb, here, there in (("dropped", old, new), ("added", new, old)):
        refs = [ref for ref in here.others if ref not in there.others]
        told += _said(refs, f"action or other row was {verb}", f"actions or other rows were {verb}", given)
    return told


def sections_counted(old: Written, new: Written) -> dict[str, int]:
    """How many sections became what, by the ids and the `was` that the editors wrote; the title's section is one."""
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
        "retitled": sum(a.title != b.title for a, b in first.values()) + (old.front["title"] != new.front["title"]),
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


@pytest.mark.parametrize("case", CASES, ids=[case["new"] for case in CASES])
def test_measures_and_actions_are_counted_right(case: dict[str, Any]) -> None:
    """Counting rows in the Markdown gives the same sentences on measures and actions."""
    assert counted(Written(case["old"]), Written(case["new"])) == case["sentences"][1:]


@pytest.mark.parametrize("case", CASES, ids=[case["new"] for case in CASES])
def test_sections_are_counted_right(case: dict[str, Any]) -> None:
    """Comparing headings by their ids gives the same number of changed, split, new and ended sections."""
    told = {}
    for part in re.split(r", | and ", case["sentences"][0].rstrip(".").replace(" sections", "")):
        count, kind = part.split(" ")
        told[kind] = NUMBERS.index(count) if count in NUMBERS else int(count)
    counts = sections_counted(Written(case["old"]), Written(case["new"]))
    assert {kind: counts[kind] for kind in counts if counts[kind] and kind != "pairs"} == {
        kind: count for kind, count in told.items() if kind != "moved"
    }
