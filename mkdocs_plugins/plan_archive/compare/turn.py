"""A comparison seen from the other side: what came went, what was split was merged."""

from __future__ import annotations

from collections.abc import Sequence

from ..model import BlockChange, Op, Section, SectionChange


def mirrored(ops: list[Op] | tuple[Op, ...]) -> list[Op]:
    """Operations the other way round, what goes still before what comes."""
    turned: list[Op] = []
    run: list[Op] = []
    for tag, text in [*ops, ("=", "")]:
        if tag != "=":
            run.append(("+" if tag == "-" else "-", text))
            continue
        turned += sorted(run, key=lambda op: op[0] == "+")
        run = []
        if text:
            turned.append((tag, text))
    return turned


def all_turned(changes: Sequence[SectionChange], new: Sequence[Section]) -> list[SectionChange]:
    """Every section's change seen from the other side, a block that went to another section under its new one."""
    homes = [id(section) for section in new for _ in section.blocks]
    kept: dict[int, list[BlockChange]] = {}
    for place, change in enumerate(changes):
        for block in map(_turned_block, change.blocks):
            kept.setdefault(place if block.new_index is None else homes[block.new_index], []).append(block)
    return [
        _turned(change, [*kept.get(place, []), *(b for section in change.old for b in kept.get(id(section), []))])
        for place, change in enumerate(changes)
    ]


def _turned(change: SectionChange, blocks: list[BlockChange]) -> SectionChange:
    names = {"added": "removed", "removed": "added", "split": "merged", "merged": "split"}
    kinds = tuple(names.get(kind, kind) for kind in change.change)
    order = ("added", "removed", "changed", "moved", "retitled", "renumbered", "split", "merged")
    return SectionChange(tuple(sorted(kinds, key=order.index)), change.new, change.old, _reordered(blocks))


def _turned_block(block: BlockChange) -> BlockChange:
    names = {"inserted": "deleted", "deleted": "inserted"}
    markup = tuple(_turned_markup(text) for text in block.markup)
    return BlockChange(
        block.kind,
        names.get(block.change, block.change),  # type: ignore[arg-type]
        block.new_index,
        block.old_index,
        tuple(mirrored(block.ops)),
        markup,
        block.fallback,
    )


def _turned_markup(text: str) -> str:
    what, _, rest = text.partition(": ")
    before, _, after = rest.partition(" -> ")
    return f"{what}: {after} -> {before}"


def _reordered(blocks: list[BlockChange]) -> tuple[BlockChange, ...]:
    """Blocks in the new order, each that went behind its old forerunner."""
    keyed: list[tuple[tuple[int, int, int], BlockChange]] = []
    last = -1
    in_old_order = sorted((b for b in blocks if b.old_index is not None), key=lambda b: (b.old_index, b.new_index or 0))
    after: dict[int, int] = {}
    for block in in_old_order:
        if block.new_index is None:
            after[block.old_index or 0] = last
        elif block.change != "moved":
            last = max(last, block.new_index)
    for block in blocks:
        if block.new_index is None:
            place = block.old_index or 0
            keyed.append(((after[place], 1, place), block))
        else:
            keyed.append(((block.new_index, 0, block.old_index if block.old_index is not None else -1), block))
    return tuple(block for _, block in sorted(keyed, key=lambda row: row[0]))
