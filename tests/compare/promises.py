"""What every comparison promises, whatever the texts: each promise yields its breaches as sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain, pairwise
from typing import Any

from compare.score import MIRRORED
from plan_archive.compare import compare, to_json
from plan_archive.model import Block, Section

Json = dict[str, Any]


def compared(old: Sequence[Section], new: Sequence[Section]) -> Json:
    """Two texts compared, as data."""
    return to_json(compare(tuple(old), tuple(new)), "old", "", "new", "")


def breaches(old: Sequence[Section], new: Sequence[Section], told: Json | None = None) -> list[str]:
    """Every promise that the comparison of two texts breaks, in both directions; `told` where it was made already."""
    there, back = told or compared(old, new), compared(new, old)
    return [
        *chain.from_iterable(_side(there, text, *names) for text, *names in ((old, "old", "-"), (new, "new", "+"))),
        *chain.from_iterable(_side(back, text, *names) for text, *names in ((new, "old", "-"), (old, "new", "+"))),
        *_sections(there, old, new),
        *_sections(back, new, old),
        *_homes(there, new),
        *_homes(back, old),
        *_kinds(there),
        *_mirrored(there, back),
        *_summary(there),
    ]


def blocks_of(text: Sequence[Section]) -> list[Block]:
    """The blocks of a text as indices count them."""
    return [block for section in text for block in section.blocks]


def told_blocks(comparison: Json) -> Iterator[Json]:
    """Every block of a comparison in the order it is told."""
    for section in comparison["sections"]:
        yield from section["blocks"]


def marked(comparison: Json) -> tuple[int, int]:
    """How many words go and come."""
    words = comparison["summary"]["words"]
    return words["deleted"], words["inserted"]


def _side(comparison: Json, text: Sequence[Section], name: str, mark: str) -> Iterator[str]:
    """One side can be rebuilt word by word, block by block and cell by cell, and no block is missing or told twice."""
    entries: dict[int, list[Json]] = {}
    for block in told_blocks(comparison):
        if block[f"{name}_index"] is not None:
            entries.setdefault(block[f"{name}_index"], []).append(block)
    blocks = blocks_of(text)
    if sorted(entries) != list(range(len(blocks))):
        yield f"the {name} text has {len(blocks)} blocks, told are {sorted(entries)}"
        return
    other = "new_index" if name == "old" else "old_index"
    for index, block in enumerate(blocks):
        parts = sorted(entries[index], key=lambda part: -1 if part[other] is None else part[other])
        if len({part[other] for part in parts}) < len(parts):
            yield f"block {index} of the {name} text is told twice: {parts}"
        tight = [_text(part, mark, "") for part in parts]
        loose = [_text(part, mark, " ") for part in parts]
        words = block.text.split()
        if " ".join(tight).split() != words or " ".join(loose).split() != words:
            yield f"block {index} of the {name} text is {block.text!r}, told as {[part['ops'] for part in parts]}"
        cells = [" ".join(cell.split()) for cell in tight[0].split("\n")]
        if block.kind == "row" and len(parts) == 1 and cells != [" ".join(c.split()) for c in block.cells]:
            yield f"row {index} of the {name} text has the cells {block.cells}, told as {parts[0]['ops']}"


def _text(block: Json, mark: str, joint: str) -> str:
    return joint.join(text for tag, text in block["ops"] if tag in ("=", mark))


def _sections(comparison: Json, old: Sequence[Section], new: Sequence[Section]) -> Iterator[str]:
    """Each section is told once, in the new text's order, a removed one behind what held its old predecessor."""
    entries = comparison["sections"]
    for text, side in ((old, "old"), (new, "new")):
        told = [_name(section) for entry in entries for section in entry[side]]
        if Counter(told) != Counter((s.chapter, s.id, s.title) for s in text):
            yield f"the {side} text's sections are told as {told}"
    order = {(section.chapter, section.id): place for place, section in enumerate(new)}
    places = [order[section["chapter"], section["id"]] for entry in entries for section in entry["new"][:1]]
    if places != sorted(places):
        yield f"sections are not in the new text's order: {places}"
    before = {(s.chapter, s.id): (b.chapter, b.id) for b, s in pairwise(old)}
    for place, entry in enumerate(entries):
        if not entry["new"]:
            wanted = before.get((entry["old"][0]["chapter"], entry["old"][0]["id"]))
            above = place - 1
            while above >= 0 and not entries[above]["new"] and wanted not in _held(entries[above]):
                above -= 1
            held = _held(entries[above]) if above >= 0 else {None}
            if wanted not in held:
                yield f"the removed section {entry['old'][0]['id']} stands behind {held} and not behind {wanted}"


def _held(entry: Json) -> set[tuple[str, str] | None]:
    return {(section["chapter"], section["id"]) for section in entry["old"]}


def _name(section: Json) -> tuple[str, str, str]:
    return section["chapter"], section["id"], section["title"]


def _kinds(comparison: Json) -> Iterator[str]:
    """What is said of sections and blocks agrees with their indices and operations."""
    for entry in comparison["sections"]:
        change, olds, news = entry["change"], len(entry["old"]), len(entry["new"])
        alone = [kind for kind in ("added", "removed") if kind in change]
        if alone and len(change) > 1:
            yield f"{change} does not stand alone"
        if (("added" in change) != (not olds)) or (("removed" in change) != (not news)):
            yield f"{change} with {olds} old and {news} new sections"
        if (("split" in change) != (news > 1)) or (("merged" in change) != (olds > 1)):
            yield f"{change} with {olds} old and {news} new sections"
        if not change and any(block["change"] != "equal" and not _heading_restyled(block) for block in entry["blocks"]):
            yield f"the unchanged section {_name(entry['new'][0])} holds changes"
    for block in told_blocks(comparison):
        tags = {tag for tag, _ in block["ops"]}
        missing = (block["old_index"] is None, block["new_index"] is None)
        due = {"inserted": (True, False), "deleted": (False, True)}.get(block["change"], (False, False))
        if missing != due:
            yield f"{block['change']} with indices {block['old_index']} and {block['new_index']}"
        if block["change"] == "equal" and (tags - {"="} or block["markup"]):
            yield f"equal with {block['ops']} and {block['markup']}"
        if any(not text or tag not in "=-+" for tag, text in block["ops"]):
            yield f"an empty or strange operation in {block['ops']}"


def _homes(comparison: Json, new: Sequence[Section]) -> Iterator[str]:
    """A block is told under the section that holds it now, in the new order; one that went under the one it left."""
    homes = [(section.chapter, section.id) for section in new for _ in section.blocks]
    for entry in comparison["sections"]:
        held = {(section["chapter"], section["id"]) for section in entry["new"]}
        places = [block["new_index"] for block in entry["blocks"] if block["new_index"] is not None]
        if not {homes[place] for place in places} <= held:
            yield f"{held} tells of blocks {places} that stand elsewhere"
        if places != sorted(places):
            yield f"{held} tells of blocks in the order {places}"


def _heading_restyled(block: Json) -> bool:
    """A heading with the same words at another level, or with other markup, leaves its section's text as it was."""
    return block["kind"] == "heading" and bool(block["markup"]) and all(tag == "=" for tag, _ in block["ops"])


def _mirrored(there: Json, back: Json) -> Iterator[str]:
    """The sides swapped, the result is swapped and nothing else."""
    one, other = Counter(_seen(there, swap=False)), Counter(_seen(back, swap=True))
    yield from (f"told from the old side only: {entry}" for entry in one - other)
    yield from (f"told from the new side only: {entry}" for entry in other - one)


def _seen(comparison: Json, *, swap: bool) -> Iterator[str]:
    """Sections with their blocks, one text each, as seen from one side or the other."""

    def name(text: str) -> str:
        return MIRRORED.get(text, text) if swap else text

    for entry in comparison["sections"]:
        sides = [[_name(section) for section in entry[side]] for side in ("old", "new")]
        yield f"{sorted(map(name, entry['change']))} {sides[::-1] if swap else sides}"
        for block in entry["blocks"]:
            places = [block["old_index"], block["new_index"]]
            markup = [_turned(text) if swap else text for text in block["markup"]]
            ops = _ordered([(name(tag), text) for tag, text in block["ops"]])
            about = (name(block["change"]), block["fallback"], places[::-1] if swap else places, ops, markup)
            home = "" if block["change"] == "moved" else sides[::-1] if swap else sides
            yield f"{home} {block['kind'] if None in places else ''} {about}"


def _turned(markup: str) -> str:
    what, _, rest = markup.partition(": ")
    return f"{what}: {' -> '.join(rest.split(' -> ')[::-1])}"


def _ordered(ops: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Operations with those that go before those that come, between two that stay."""
    done: list[tuple[str, str]] = []
    run: list[tuple[str, str]] = []
    for op in [*ops, ("=", "")]:
        if op[0] == "=":
            done += [*sorted(run, key=lambda change: change[0] == "+"), op]
            run = []
        else:
            run.append(op)
    return done


def _summary(comparison: Json) -> Iterator[str]:
    """The figures of the summary are those of the data."""
    kinds = Counter(kind for entry in comparison["sections"] for kind in entry["change"] or ["unchanged"])
    if kinds != Counter({k: n for k, n in comparison["summary"]["sections"].items() if n}):
        yield f"sections are {dict(kinds)}, the summary says {comparison['summary']['sections']}"
    words: Counter[str] = Counter()
    for block in told_blocks(comparison):
        for tag, text in block["ops"]:
            words[tag] += len(text.split())
    if (words["-"], words["+"]) != marked(comparison):
        yield f"words are {dict(words)}, the summary says {marked(comparison)}"
