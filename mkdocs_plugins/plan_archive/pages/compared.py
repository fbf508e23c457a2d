"""Comparison pages: the summary first, then what moved in tables, then the text with marks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from ..compare.drawn import cells_of
from ..model import Block, BlockChange, Comparison, Edition, Section, SectionChange
from .marks import Sides, marked, one_side, row_cells

LABELS = {
    "changed": "changed",
    "moved": "moved",
    "retitled": "retitled",
    "renumbered": "renumbered",
    "split": "split",
    "merged": "merged",
    "added": "new",
    "removed": "ended",
}


@dataclass(frozen=True)
class DrawnBlock:
    """One block as drawn, or the row of a table."""

    kind: str
    """paragraph, item, code, other, table, or same: a run of unchanged blocks, folded."""
    change: str
    html: Markup
    old: Markup
    """The old text alone, for two columns."""
    new: Markup
    number: int
    """The number of the change, from 1; 0 where nothing changed."""
    depth: int = 0
    note: str = ""
    """What is said beside it: where it moved from, what changed in its markup."""


@dataclass(frozen=True)
class DrawnSection:
    """One section as drawn."""

    id: str
    title: str
    heading: Markup
    level: int
    labels: tuple[str, ...]
    note: str
    number: int
    blocks: tuple[DrawnBlock, ...]
    unchanged: bool


class _Count:
    """Changes counted in reading order."""

    def __init__(self) -> None:
        self.last = 0

    def next(self) -> int:
        self.last += 1
        return self.last


def sides(old: Sequence[Section], new: Sequence[Section]) -> Sides:
    """The blocks of both texts in order."""
    return Sides(
        tuple(block for section in old for block in section.blocks),
        tuple(block for section in new for block in section.blocks),
    )


def drawn_sections(
    comparison: Comparison, old: Sequence[Section], new: Sequence[Section]
) -> tuple[tuple[DrawnSection, ...], int]:
    """Every section with its marks, and how many changes there are."""
    both = sides(old, new)
    homes = {b: s for s in old for b in range(_start(old, s), _start(old, s) + len(s.blocks))}
    count = _Count()
    titles = {section.id: section.title for section in old}
    drawn = tuple(_section(change, both, homes, count, titles) for change in comparison.sections)
    return drawn, count.last


def _start(sections: Sequence[Section], section: Section) -> int:
    total = 0
    for each in sections:
        if each is section:
            return total
        total += len(each.blocks)
    return total


def _section(
    change: SectionChange, both: Sides, homes: dict[int, Section], count: _Count, titles: dict[str, str]
) -> DrawnSection:
    lead = (change.new or change.old)[0]
    heading = next((b for b in change.blocks if b.kind == "heading"), None)
    own = bool(change.change) and change.change != ("changed",)
    number = count.next() if own else 0
    html = Markup(marked(heading, both)) if heading is not None else Markup("")  # noqa: S704  escaped in marks
    rest = [block for block in change.blocks if block is not heading]
    return DrawnSection(
        lead.id if change.new else f"-was-{lead.id}",
        lead.title,
        html,
        lead.level,
        tuple(LABELS[kind] for kind in change.change),
        _section_note(change, titles),
        number,
        tuple(_runs(rest, both, homes, lead, count)),
        not change.change and all(block.change == "equal" for block in change.blocks),
    )


def _section_note(change: SectionChange, titles: dict[str, str]) -> str:
    """What the marks alone do not show: what it was called, split from, merged from."""
    kinds = change.change
    if "split" in kinds:
        return "Split into: " + "; ".join(section.title for section in change.new)
    if "merged" in kinds:
        return "Merged from: " + "; ".join(section.title for section in change.old)
    if "moved" in kinds:
        above = change.old[0].path
        return "Moved" + (f" from under “{titles[above[-1]]}”" if above else "")
    return ""


def _runs(
    blocks: list[BlockChange], both: Sides, homes: dict[int, Section], home: Section, count: _Count
) -> Iterator[DrawnBlock]:
    """Blocks in order: rows of one table together, neighbours without change folded together."""
    place = 0
    while place < len(blocks):
        block = blocks[place]
        run = [block]
        if block.kind == "row":
            table = _table(block, both)
            while place + len(run) < len(blocks) and _table(blocks[place + len(run)], both, table) == table:
                run.append(blocks[place + len(run)])
            yield _drawn_table(run, both, count)
        elif block.change == "equal" and not block.markup:
            while place + len(run) < len(blocks) and _plain(blocks[place + len(run)]):
                run.append(blocks[place + len(run)])
            yield _folded(run, both)
        else:
            yield _drawn(block, both, homes, home, count)
        place += len(run)


def _plain(block: BlockChange) -> bool:
    return block.kind != "row" and block.change == "equal" and not block.markup


def _table(block: BlockChange, both: Sides, like: tuple[str, int] | None = None) -> tuple[str, int] | None:
    """Which table a row is drawn in: the new text's or, where it is gone, the one that it stood in."""
    if block.kind != "row":
        return None
    if block.new_index is not None:
        return "new", both.new[block.new_index].table or 0
    return like or ("old", both.old[block.old_index or 0].table or 0)


def _folded(run: list[BlockChange], both: Sides) -> DrawnBlock:
    parts = []
    for block in run:
        inner = marked(block, both)
        tag = {"item": "li", "code": "pre"}.get(block.kind, "p")
        parts.append(f"<ul><li>{inner}</li></ul>" if tag == "li" else f"<{tag}>{inner}</{tag}>")
    html = Markup("".join(parts))  # noqa: S704  escaped in marks
    noun = "paragraph" if len(run) == 1 else "paragraphs"
    return DrawnBlock("same", "equal", html, html, html, 0, note=f"{len(run)} {noun} unchanged")


def _drawn(block: BlockChange, both: Sides, homes: dict[int, Section], home: Section, count: _Count) -> DrawnBlock:
    note = list(block.markup)
    if block.fallback:
        note.append("too different to mark word by word")
    if block.change == "moved" and block.old_index is not None:
        was = homes[block.old_index]
        place = (
            "within this section" if was.id == home.id else f"from “{was.title}”" if was.title else "from the beginning"
        )
        note.append(f"moved {place}")
    return DrawnBlock(
        block.kind,
        block.change,
        Markup(marked(block, both)),  # noqa: S704  escaped in marks
        Markup(one_side(block, both, "-")),  # noqa: S704
        Markup(one_side(block, both, "+")),  # noqa: S704
        count.next(),
        _depth(block, both),
        "; ".join(note),
    )


def _depth(block: BlockChange, both: Sides) -> int:
    source: Block = both.new[block.new_index] if block.new_index is not None else both.old[block.old_index or 0]
    return source.depth


def _drawn_table(run: list[BlockChange], both: Sides, count: _Count) -> DrawnBlock:
    """A table's rows with their marks; rows without change are told by number and shown with the whole text."""
    template = _template(run, both)
    rows: list[str] = []
    same = 0
    number = 0
    for block in run:
        source = both.new[block.new_index] if block.new_index is not None else both.old[block.old_index or 0]
        cells = row_cells(block, both, 0)
        if block.old_index is None or block.new_index is None:
            cells = _placed(cells, template, "+" if block.old_index is None else "-")
        if source.header:
            head = "".join(f'<th scope="col">{cell}</th>' for cell in cells)
            rows.insert(0, f"<thead><tr>{head}</tr></thead><tbody>")
            continue
        changed = block.change != "equal" or bool(block.markup)
        same += not changed
        label = {"inserted": "New row", "deleted": "Row removed", "moved": "Row moved"}.get(block.change, "")
        anchor = ""
        if changed:
            step = count.next()
            number = number or step
            anchor = f' id="c{step}"'
        told = f'<span class="pa-rowlabel">{label}</span> ' if label else ""
        body = "".join(f"<td>{told if not place else ''}{cell}</td>" for place, cell in enumerate(cells))
        kind = f"pa-is-{block.change}" if changed else "pa-same-row"
        rows.append(f'<tr class="{kind}"{anchor}>{body}</tr>')
    if not rows or not rows[0].startswith("<thead"):
        rows.insert(0, "<tbody>")
    html = Markup("<table>" + "".join(rows) + "</tbody></table>")  # noqa: S704  escaped in marks
    note = "" if not same else f"{same} row{'s' if same != 1 else ''} unchanged"
    change = "changed" if number else "equal"
    return DrawnBlock("table", change, html, html, html, 0, note=note)


def _template(run: list[BlockChange], both: Sides) -> list[str]:
    """For each column as drawn: `=` on both sides, `-` in the old table only, `+` in the new only."""
    pairs = [b for b in run if b.old_index is not None and b.new_index is not None]
    if not pairs:
        return []
    head = next((b for b in pairs if both.new[b.new_index or 0].header), pairs[0])
    flags: list[str] = []
    for ops in cells_of(head.ops):
        tags = {tag for tag, _ in ops}
        flags.append(tags.pop() if len(tags) == 1 else "=")
    return flags


def _placed(cells: list[str], template: list[str], tag: str) -> list[str]:
    """A row of one side only, with empty cells in the other side's columns."""
    if not template:
        return cells
    given = iter(cells)
    placed = [next(given, "") if flag in ("=", tag) else "" for flag in template]
    return placed + list(given)


def title_of(old: Edition, new: Edition) -> str:
    """A comparison's title."""
    return f"{old.title} to {new.title}"
