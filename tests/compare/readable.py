"""A comparison as short lines that a person can check: what is told of sections, then of blocks and their words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from compare.promises import Json, told_blocks
from plan_archive.model import Block

_WORDS = {"inserted": "added", "deleted": "removed", "changed": "changed", "moved": "moved"}


def lines(comparison: Json, old: list[Block], new: list[Block]) -> list[str]:
    """Everything that is told, in order; what did not change is left out."""
    shared_old = Counter(b["old_index"] for b in told_blocks(comparison) if b["old_index"] is not None)
    shared_new = Counter(b["new_index"] for b in told_blocks(comparison) if b["new_index"] is not None)
    told: list[str] = []
    for entry in comparison["sections"]:
        if entry["change"]:
            told.append(f"{'+'.join(entry['change'])}: {_titles(entry)}")
        for block in entry["blocks"]:
            told += _block(block, old, new, shared_old, shared_new)
    return list(dict.fromkeys(told))


def _titles(entry: Json) -> str:
    before, after = ("; ".join(section["title"] for section in entry[side]) for side in ("old", "new"))
    return before if before == after or not after else f"{before} -> {after}" if before else after


def _block(
    block: Json, old: list[Block], new: list[Block], shared_old: Counter[int], shared_new: Counter[int]
) -> Iterator[str]:
    here, there = block["old_index"], block["new_index"]
    if block["kind"] == "heading" and here is not None and there is not None and not block["markup"]:
        return
    name = _name(new[there] if there is not None else old[here])
    if here is not None and shared_old[here] > 1:
        yield f"{block['kind']} split: {_name(old[here])}"
    elif there is not None and shared_new[there] > 1:
        yield f"{block['kind']} joined: {_name(new[there])}"
    elif block["change"] != "equal":
        yield f"{block['kind']} {_WORDS[block['change']]}: {name}"
    marks = [f"{tag} {text.strip()!r}" for tag, text in block["ops"] if tag != "="]
    if marks and here is not None and there is not None:
        yield "  " + ", ".join(marks)
    yield from (f"  {text}" for text in block["markup"])


def _name(block: Block) -> str:
    """A row's Ref, or the first words of anything."""
    return block.ref or " ".join(block.text.split()[:3])
