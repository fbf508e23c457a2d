"""A comparison as data: the shape `plan-archive/comparison/1`."""

from __future__ import annotations

from collections import Counter
from typing import Any

from ..model import BlockChange, Comparison, MeasureChange, Section, SectionChange

SECTION_KINDS = ("unchanged", "changed", "added", "removed", "moved", "retitled", "renumbered", "split", "merged")
MEASURE_KINDS = (
    "made_easier",
    "made_harder",
    "direction_unknown",
    "baseline_changed",
    "unit_changed",
    "definition_changed",
    "past_actual_changed",
    "actual_added",
    "added",
    "dropped",
)
ROW_NAMES = {"changed": "changed", "inserted": "added", "deleted": "removed", "moved": "moved"}


def summary(comparison: Comparison) -> dict[str, dict[str, int]]:
    """How many of what changed."""
    sections: Counter[str] = Counter()
    words: Counter[str] = Counter()
    rows: Counter[str] = Counter()
    links = 0
    for section in comparison.sections:
        sections.update(section.change or ("unchanged",))
        for block in section.blocks:
            for tag, text in block.ops:
                words[tag] += len(text.split())
            if block.kind == "row" and block.change in ROW_NAMES:
                rows[ROW_NAMES[block.change]] += 1
            links += sum(1 for what in block.markup if what.startswith("link: "))
    measures = Counter(measure.change for measure in comparison.measures)
    return {
        "sections": {kind: sections[kind] for kind in SECTION_KINDS},
        "words": {"inserted": words["+"], "deleted": words["-"]},
        "rows": {name: rows[name] for name in ROW_NAMES.values()},
        "measures": {kind: measures[kind] for kind in MEASURE_KINDS},
        "links": {"changed": links},
    }


def to_json(comparison: Comparison, old_ref: str, old_sha: str, new_ref: str, new_sha: str) -> dict[str, Any]:
    """A comparison as plain data, ready for JSON."""
    return {
        "schema": "plan-archive/comparison/1",
        "old": {"ref": old_ref, "sha256": old_sha},
        "new": {"ref": new_ref, "sha256": new_sha},
        "summary": summary(comparison),
        "sections": [_section_change(change) for change in comparison.sections],
        "measures": [_measure(measure) for measure in comparison.measures],
    }


def _section_change(change: SectionChange) -> dict[str, Any]:
    return {
        "change": list(change.change),
        "old": [_section(section) for section in change.old],
        "new": [_section(section) for section in change.new],
        "blocks": [_block(block) for block in change.blocks],
    }


def _section(section: Section) -> dict[str, Any]:
    return {
        "chapter": section.chapter,
        "id": section.id,
        "title": section.title,
        "level": section.level,
        "path": list(section.path),
    }


def _block(block: BlockChange) -> dict[str, Any]:
    return {
        "kind": block.kind,
        "change": block.change,
        "fallback": block.fallback,
        "old_index": block.old_index,
        "new_index": block.new_index,
        "ops": [list(op) for op in block.ops],
        "markup": list(block.markup),
    }


def _measure(measure: MeasureChange) -> dict[str, Any]:
    return {
        "ref": measure.ref,
        "field": measure.field,
        "year": measure.year,
        "old": measure.old,
        "new": measure.new,
        "better": measure.better,
        "change": measure.change,
        "reason": measure.reason,
    }
