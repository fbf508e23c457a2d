"""A comparison outside the site: lines for a terminal, and Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..compare.drawn import Fragment, fragments
from ..model import BlockChange, Comparison, Op, SectionChange
from .compared_tables import in_columns
from .remarks import is_changed, labels, remarks

Part = tuple[str, str]
"""A run of text with what it is: = same, + came, - went, # a heading, ~ a remark."""
_INERT = {mark: f"\\{mark}" for mark in "\\`*_{}[]()+-.!|~"} | {mark: f"&#{ord(mark)};" for mark in "<>&:"}
_INERT |= {mark: f"&#{ord(mark)};<!-- -->" for mark in "@#"}
"""A forge reads mentions and numbers of issues after Markdown: only a comment parts the sign from what follows.
See https://github.com/github/cmark-gfm/issues/181."""
CONTEXT = 8
"""Words shown on each side of a change in a terminal."""


def as_text(comparison: Comparison, told: Sequence[str]) -> Iterator[list[Part]]:
    """The summary, then each change with a few words around it; what goes stands in [-...-], what comes in {+...+}."""
    for sentence in told:
        yield [("=", sentence)]
    for change in comparison.sections:
        shown = _shown(change)
        if change.change or shown:
            yield []
            yield [("#", _name(change)), ("~", f"  {', '.join(labels(change))}")]
        for block in shown:
            remark = _remark(block)
            parts = _row_parts(block.ops) if block.kind == "row" else _parts(block.ops)
            yield [("=", "  "), *([("~", f"({remark}) ")] if remark else []), *parts]


def _shown(change: SectionChange) -> list[BlockChange]:
    """The blocks of a section that are not as they were; its heading where only its level or a link changed."""
    return [b for b in change.blocks if is_changed(b) and (b.kind != "heading" or (b.markup and not change.change))]


def _remark(block: BlockChange) -> str:
    return "; ".join([*(["moved"] if block.change == "moved" else []), *remarks(block)])


def _name(change: SectionChange) -> str:
    """A section's title; a title that was taken away is still the name of what it stood over."""
    sections = change.new or change.old
    if len(sections) == 1 and not sections[0].title and change.old:
        sections = change.old
    return " / ".join(section.title or "(beginning)" for section in sections)


def _row_parts(ops: Sequence[Op]) -> list[Part]:
    parts: list[Part] = []
    for place, cell in enumerate(in_columns(ops)):
        if place:
            parts.append(("~", " | "))
        parts += _parts(cell)
    return parts


def _parts(ops: Sequence[Op]) -> list[Part]:
    """Fragments as text, long equal runs cut to a few words beside the changes."""
    drawn = fragments(ops)
    parts: list[Part] = []
    for place, fragment in enumerate(drawn):
        if parts:
            parts.append(("=", " "))
        if fragment.same:
            parts.append(("=", _cut(fragment, first=not place, last=place == len(drawn) - 1)))
            continue
        if fragment.old:
            parts.append(("-", "[-" + " ".join(fragment.old) + "-]"))
        if fragment.old and fragment.new:
            parts.append(("=", " "))
        if fragment.new:
            parts.append(("+", "{+" + " ".join(fragment.new) + "+}"))
    return parts


def _cut(fragment: Fragment, *, first: bool, last: bool) -> str:
    words = fragment.new
    if len(words) <= 2 * CONTEXT or (first and last):
        return " ".join(words if len(words) <= 2 * CONTEXT else (*words[:CONTEXT], "..."))
    head = () if first else words[:CONTEXT]
    tail = () if last else words[-CONTEXT:]
    return " ".join((*head, "...", *tail))


def as_markdown(comparison: Comparison, told: Sequence[str], titles: tuple[str, str]) -> str:
    """The comparison as Markdown that no forge takes for more than text."""
    lines = [f"# {inert(titles[0])} to {inert(titles[1])}", ""]
    lines += [f"- {inert(sentence)}" for sentence in told]
    for change in comparison.sections:
        shown = _shown(change)
        if not change.change and not shown:
            continue
        kinds = ", ".join(labels(change))
        lines += ["", f"## {inert(_name(change))}" + (f" ({kinds})" if kinds else ""), ""]
        lines += [f"- {_markdown(block)}" for block in shown]
    return "\n".join(lines) + "\n"


def _markdown(block: BlockChange) -> str:
    cells = in_columns(block.ops) if block.kind == "row" else [list(block.ops)]
    drawn = " \\| ".join(" ".join(_marked_down(fragment) for fragment in fragments(cell)) for cell in cells)
    remark = _remark(block)
    return (f"({inert(remark)}) " if remark else "") + drawn


def _marked_down(fragment: Fragment) -> str:
    if fragment.same:
        return inert(_cut(fragment, first=False, last=False))
    gone = f"~~{inert(' '.join(fragment.old))}~~" if fragment.old else ""
    come = f"**{inert(' '.join(fragment.new))}**" if fragment.new else ""
    return " ".join(filter(None, [gone, come]))


def inert(text: str) -> str:
    """Text in which nothing is markup, a mention or a link."""
    return "".join(_INERT.get(character, character) for character in text)
