"""Comparison pages: every section with its marks, each change numbered, what moved linked both ways."""

from __future__ import annotations

import html as entities
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from ..language import tr, tr_many
from ..model import BlockChange, Comparison, Section, SectionChange
from .compared_tables import drawn_table
from .inline import Lead, as_written
from .marks import Sides, marked, one_side
from .remarks import is_changed, kind_of, labels, remarks

BEGINNING = 6
"""Words by which a paragraph that moved away is named."""
PART, SIZES = 40, (1, 2, 3, 4, 6, 9, 13, 19)
"""A section's length is told to the browser in so many words at a time, in these steps; see `pa-part` in the styles."""
_NONE = Markup("")


@dataclass(frozen=True)
class DrawnBlock:
    """One block as drawn, a table, or a run of unchanged blocks."""

    kind: str
    """paragraph, item, code, other, table, or same: unchanged, folded."""
    change: str
    html: Markup
    old: Markup
    """The old text alone, for two columns."""
    new: Markup
    number: int
    """The number of the change, from 1; 0 where nothing changed, and for tables, whose rows are numbered."""
    depth: int = 0
    note: Markup = _NONE
    """What is said beside it: where it moved from, where a link leads now."""


@dataclass(frozen=True)
class DrawnSection:
    """One section as drawn."""

    id: str
    title: str
    heading: Markup
    level: int
    labels: tuple[str, ...]
    note: Markup
    number: int
    blocks: tuple[DrawnBlock, ...]
    unchanged: bool
    gone: tuple[Markup, ...]
    """What stood here and moved elsewhere, each with a link to it."""

    @property
    def size(self) -> int:
        """About how long it is as it opens, as the first step that is not too short; what is folded does not count."""
        shown = [block.html for block in self.blocks if block.kind != "same"]
        words = sum(len(html.striptags().split()) for html in (self.heading, *shown, *self.gone))
        return next((step for step in SIZES if words <= step * PART), SIZES[-1])


class _Drawing:
    """A comparison being drawn: what its parts need to know of one another."""

    def __init__(self, comparison: Comparison, sides: Sides, old: Sequence[Section]) -> None:
        self.changes, self.sides = comparison.sections, sides
        self.numbers = _numbers(comparison)
        self.titles = {section.id: section.title for section in old}
        self.home = {s.id: place for place, change in enumerate(self.changes) for s in change.old}
        """Where in the comparison each old section stands."""
        self.sections = [section for section in old for _ in section.blocks]
        """The old section of each old block."""
        self.old = old
        self.moved = {change.old[0].id for change in self.changes if "moved" in change.change}
        self.places = {section.id: place for place, section in enumerate(old)}
        self.gone = self._all_gone()

    def anchor(self, change: SectionChange) -> str:
        """A section's id on the page; one that ended keeps its own behind `-was-`, the title has none."""
        name = (change.new or change.old)[0].id
        return name if change.new or not name else f"-was-{name}"

    def section(self, place: int) -> DrawnSection:
        """One section with its marks."""
        change = self.changes[place]
        lead = (change.new or change.old)[0]
        heading = next((block for block in change.blocks if block.kind == "heading"), None)
        return DrawnSection(
            self.anchor(change),
            lead.title or (change.old[0].title if change.old else ""),
            _markup(marked(heading, self.sides)) if heading is not None else Markup(""),
            lead.level,
            labels(change),
            self._section_note(change, heading),
            self.numbers.get(id(change), 0),
            tuple(self._runs([block for block in change.blocks if block is not heading], place)),
            not change.change and not any(map(is_changed, change.blocks)),
            tuple(self.gone.get(place, ())),
        )

    def _section_note(self, change: SectionChange, heading: BlockChange | None) -> Markup:
        """What the marks alone do not show: what it was split from or merged from, where it stood."""
        notes = []
        if "split" in change.change:
            notes.append(tr("Split into: {sections}", sections=_titles(change.new)))
        if "merged" in change.change:
            notes.append(tr("Merged from: {sections}", sections=_titles(change.old)))
        if "moved" in change.change:
            notes.append(self._moved_section(change))
        if heading is not None:
            notes += map(_escaped, remarks(heading))
        return _markup(". ".join(notes))

    def _moved_section(self, change: SectionChange) -> str:
        above, address = change.old[0].path, f"#-from-{self.numbers[id(change)]}"
        if not above:
            return tr('Moved <a href="{address}">from elsewhere in the text</a>', address=address)
        under = _escaped(self.titles[above[-1]])
        return tr('Moved <a href="{address}">from under “{section}”</a>', address=address, section=under)

    def _all_gone(self) -> dict[int, list[Markup]]:
        """What stood elsewhere in the old text, by the section where it stood: sections first, then blocks."""
        gone: dict[int, list[Markup]] = {}
        for change in (each for each in self.changes if "moved" in each.change):
            words = tr("The section “{section}” stood here.", section=change.old[0].title)
            stub = self._stub(id(change), words, f"#{self.anchor(change)}", tr("See where it stands in the new text"))
            gone.setdefault(self._stood_after(change), []).append(stub)
        for where, change in enumerate(self.changes):
            title = (change.new or change.old)[0].title or tr("the beginning")
            for block in change.blocks:
                home = self._home(block) if block.change == "moved" else where
                if home != where:
                    lead = tr("See it in “{section}”", section=title)
                    stub = self._stub(id(block), self._went(block), f"#-c{self.numbers[id(block)]}", lead)
                    gone.setdefault(home, []).append(stub)
        return gone

    def _home(self, block: BlockChange) -> int:
        """Where in the comparison the section stands that held a block before."""
        return self.home[self.sections[block.old_index or 0].id]

    def _stub(self, moved: int, words: str, target: str, lead: str) -> Markup:
        said = f'{_escaped(words)} <a href="{target}">{_escaped(lead)}</a>'
        return _markup(f'<span id="-from-{self.numbers[moved]}">{said}</span>')

    def _stood_after(self, change: SectionChange) -> int:
        """The section behind which a section that moved stood in the old text, of those that stayed."""
        before = reversed(self.old[: self.places[change.old[0].id]])
        stayed = (section for section in before if not self.moved & {section.id, *section.path})
        return self.home[next(stayed, self.old[0]).id]

    def _went(self, block: BlockChange) -> str:
        """That a block moved away: what it was, and how it begins."""
        old = self.sides.old[block.old_index or 0]
        if old.ref:
            return tr("The row {ref} moved from here.", ref=old.ref)
        words = old.text.split()
        begins = " ".join(words[:BEGINNING]) + ("…" if len(words) > BEGINNING else "")
        kind = kind_of(old.kind)
        return tr("{what}, “{beginning}”, moved from here.", what=f"{kind[:1].upper()}{kind[1:]}", beginning=begins)

    def _moved(self, block: BlockChange) -> str:
        """Where a block moved from, with a link to the place where that is still said."""
        was, address = self.sections[block.old_index or 0], f"#-from-{self.numbers[id(block)]}"
        if any(block is other for other in self.changes[self._home(block)].blocks):
            return tr("Moved within this section")
        if not was.title:
            return tr('Moved from <a href="{address}">the beginning</a>', address=address)
        return tr('Moved from <a href="{address}">“{section}”</a>', address=address, section=_escaped(was.title))

    def _runs(self, blocks: list[BlockChange], home: int) -> Iterator[DrawnBlock]:
        """Blocks in order: rows of one table together, neighbours without change folded together."""
        place = 0
        while place < len(blocks):
            block = blocks[place]
            run = [block]
            if block.kind == "row":
                table = self._table(block)
                while place + len(run) < len(blocks) and self._table(blocks[place + len(run)], table) == table:
                    run.append(blocks[place + len(run)])
                yield self._drawn_table(run, home)
            elif not is_changed(block):
                while place + len(run) < len(blocks) and _plain(blocks[place + len(run)]):
                    run.append(blocks[place + len(run)])
                yield _folded(run, self.sides)
            else:
                yield self._drawn(block)
            place += len(run)

    def _table(self, block: BlockChange, like: tuple[str, int] | None = None) -> tuple[str, int] | None:
        """Which table a row is drawn in: the new text's or, where it is gone, the one that it stood in."""
        if block.kind != "row":
            return None
        number = self.sides.of(block).table or 0
        return ("new", number) if block.new_index is not None else like or ("old", number)

    def _drawn_table(self, run: list[BlockChange], home: int) -> DrawnBlock:
        """A table's rows with their marks; a table without any change is folded like other text."""
        table = drawn_table(run, self.sides, self.numbers, self._moved)
        html = _markup(table.html)
        if not table.changed:
            lead = (self.changes[home].new or self.changes[home].old)[0]
            label = entities.escape(tr("Unchanged table in {section}", section=lead.title), quote=True)
            html = _markup(f'<div class="pa-table" role="group" tabindex="0" aria-label="{label}">{table.html}</div>')
            note = tr_many("Table with {count} row unchanged", "Table with {count} rows unchanged", table.same)
            return DrawnBlock("same", "equal", html, html, html, 0, note=_noted(note))
        note = tr_many("{count} row unchanged", "{count} rows unchanged", table.same) if table.same else ""
        return DrawnBlock("table", "changed", html, html, html, 0, note=_noted(note))

    def _drawn(self, block: BlockChange) -> DrawnBlock:
        notes = [*([self._moved(block)] if block.change == "moved" else []), *map(_escaped, remarks(block))]
        return DrawnBlock(
            block.kind,
            block.change,
            _markup(marked(block, self.sides)),
            _markup(one_side(block, self.sides, "-")),
            _markup(one_side(block, self.sides, "+")),
            self.numbers[id(block)],
            self.sides.of(block).depth,
            _markup("; ".join(notes)),
        )


def sides(old: Sequence[Section], new: Sequence[Section], leads: tuple[Lead, Lead] = (as_written, as_written)) -> Sides:
    """The blocks of both texts in order; `leads` say where each text's links lead."""
    return Sides(
        tuple(block for section in old for block in section.blocks),
        tuple(block for section in new for block in section.blocks),
        *leads,
    )


def drawn_sections(
    comparison: Comparison,
    old: Sequence[Section],
    new: Sequence[Section],
    leads: tuple[Lead, Lead] = (as_written, as_written),
) -> tuple[tuple[DrawnSection, ...], int]:
    """Every section with its marks, and how many changes there are."""
    drawing = _Drawing(comparison, sides(old, new, leads), old)
    return tuple(drawing.section(place) for place in range(len(comparison.sections))), len(drawing.numbers)


def _numbers(comparison: Comparison) -> dict[int, int]:
    """The changes numbered from 1 in reading order, by identity: sections that did more than change, and blocks."""
    found: list[int] = []
    for change in comparison.sections:
        heading = next((block for block in change.blocks if block.kind == "heading"), None)
        if set(change.change) - {"changed"} or (heading is not None and is_changed(heading)):
            found.append(id(change))
        found += [id(block) for block in change.blocks if block is not heading and is_changed(block)]
    return {name: number for number, name in enumerate(found, start=1)}


def _plain(block: BlockChange) -> bool:
    return block.kind != "row" and not is_changed(block)


def _folded(run: list[BlockChange], sides: Sides) -> DrawnBlock:
    """Unchanged blocks, neighbouring points of a list in one list."""
    parts: list[str] = []
    for place, block in enumerate(run):
        inner = marked(block, sides)
        if block.kind != "item":
            tag = "pre" if block.kind == "code" else "p"
            parts.append(f"<{tag}>{inner}</{tag}>")
            continue
        depth = sides.of(block).depth
        first = not place or run[place - 1].kind != "item"
        last = place == len(run) - 1 or run[place + 1].kind != "item"
        nested = f' class="pa-depth-{depth}"' if depth > 1 else ""
        parts.append(f"{'<ul>' if first else ''}<li{nested}>{inner}</li>{'</ul>' if last else ''}")
    html = _markup("".join(parts))
    return DrawnBlock("same", "equal", html, html, html, 0, note=_noted(_same({block.kind for block in run}, len(run))))


def _same(kinds: set[str], count: int) -> str:
    """How much is as it was."""
    if kinds == {"paragraph"}:
        return tr_many("{count} paragraph unchanged", "{count} paragraphs unchanged", count)
    if kinds == {"item"}:
        return tr_many("{count} point unchanged", "{count} points unchanged", count)
    return tr_many("{count} part unchanged", "{count} parts unchanged", count)


def _titles(sections: Sequence[Section]) -> str:
    return "; ".join(_escaped(section.title) for section in sections)


def _noted(text: str) -> Markup:
    return _markup(_escaped(text))


def _escaped(text: str) -> str:
    return entities.escape(text, quote=False)


def _markup(html: str) -> Markup:
    """Markup whose words were escaped where they were put in."""
    return Markup(html)  # noqa: S704
