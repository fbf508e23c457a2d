"""A checked page of HTML -> sections and blocks, with an anchor for each."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass, replace

import lxml.html

from ..model import Block, Section
from .blocks import Chapter, Element, blocks, inner_markup, is_notes, plain
from .notes import place_notes, prefix_notes
from .safety import HEADINGS


def slug(text: str) -> str:
    """A heading's text as an id: lower case letters, digits and hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-") or "section"


class _Taken:
    """Ids that are given in an edition, over all its chapters."""

    def __init__(self) -> None:
        self.ids: dict[str, str] = {}

    def generated(self, wish: str) -> str:
        number, name = 1, wish
        while name in self.ids:
            number += 1
            name = f"{wish}-{number}"
        return name


def read_sections(chapters: list[Chapter], title: str) -> tuple[Section, ...]:
    """Take an edition's files apart into sections, in reading order; problems are noted on the chapters."""
    taken = _Taken()
    refs: dict[str, str] = {}
    tables = [0]
    sections: list[Section] = []
    for chapter in chapters:
        root = lxml.html.fragment_fromstring(chapter.html, create_parent="div")
        prefix_notes(root, chapter)
        first = not sections
        parts = _parts(root, chapter, title if first and not chapter.stem else None)
        sections.extend(_section(part, chapter, taken, refs, tables) for part in parts)
        place_notes(root, chapter, sections)
    return _with_paths(sections)


@dataclass
class _Part:
    """A heading with what follows it, before ids and anchors are given."""

    heading: Element | None
    level: int
    title: str
    content: list[Element]


def _parts(root: Element, chapter: Chapter, title: str | None) -> Iterator[_Part]:
    children = list(root)
    part = None
    if title is not None:
        part = _Part(None, 1, title, [])
        if children and children[0].tag == "h1" and not chapter.deeper:
            heading = children.pop(0)
            line = chapter.lines.find(plain(heading))
            if plain(heading) != title:
                what = f"the heading '{plain(heading)}' is not the title '{title}'"
                chapter.fault(line, what, "make the front matter's `title` and the first heading equal")
        else:
            chapter.fault(chapter.lines.find(""), "the text has no `# Title`", f"begin it with `# {title}`")
    for child in children:
        if child.tag in HEADINGS:
            if part is not None:
                yield part
            level = int(child.tag[1]) + chapter.deeper
            if level == 1:
                remedy = "write `##`: the title is the only heading of the first level"
                chapter.fault(_line_of(chapter, child), f"a second title, '{plain(child)}'", remedy)
            part = _Part(child, min(max(level, 2), 6), plain(child), [])
        elif part is None:
            chapter.fault(
                chapter.lines.find(plain(child)), "the chapter has no heading", "begin it with `# Title {#id}`"
            )
            part = _Part(None, 2, "", [child])
        else:
            part.content.append(child)
    if part is not None:
        yield part


def _line_of(chapter: Chapter, element: Element) -> int:
    return chapter.lines.anywhere(plain(element)) or chapter.lines.find("")


def _section(part: _Part, chapter: Chapter, taken: _Taken, refs: dict[str, str], tables: list[int]) -> Section:
    heading = part.heading
    line = chapter.lines.find(part.title) if heading is not None else chapter.lines.find("")
    explicit = heading is None or heading.get("id") is not None
    if heading is None:
        section_id = "" if part.level == 1 else taken.generated(chapter.stem or "text")
    elif explicit:
        section_id = heading.get("id") or ""
    else:
        wish = f"{chapter.stem}--{slug(part.title)}" if chapter.stem else slug(part.title)
        section_id = taken.generated(wish)
    if section_id in taken.ids:
        what = f"the id `{section_id}` is used already at {taken.ids[section_id]}"
        chapter.fault(line, what, "give each section of an edition its own id")
    taken.ids[section_id] = f"{chapter.file}:{line}"
    if heading is not None and not part.title:
        chapter.fault(line, "a heading has no words", "write what the section is about")
    own: list[Block] = [
        Block("heading", section_id, part.title, inner_markup(heading) if heading is not None else part.title, line)
    ]
    anchor = _anchors(section_id)
    shown = deepcopy([element for element in part.content if not is_notes(element)])
    for element in part.content:
        own.extend(blocks(element, chapter, anchor, refs, tables))
    if not chapter.refused and _letters(shown) != Counter("".join("".join(block.text.split()) for block in own[1:])):
        what = f"words in the section '{part.title}' stand in no paragraph, list or table"
        chapter.fault(line, what, "write them in Markdown, without HTML")
    html = "".join(lxml.html.tostring(e, encoding="unicode") for e in part.content if not is_notes(e))
    return Section(section_id, part.title, part.level, (), chapter.stem, line, tuple(own), html.strip(), explicit)


def _letters(shown: list[Element]) -> Counter[str]:
    """Every letter that a section shows, footnote marks and misplaced headings apart: blocks must hold each once."""
    apart = " | ".join([".//a[contains(@class, 'footnote-ref')]", *(f".//{heading}" for heading in HEADINGS)])
    for element in shown:
        for part in element.xpath(apart):
            part.drop_tree()
    words = (text for element in shown for text in (element.text_content(), element.tail or ""))
    return Counter("".join("".join(text.split()) for text in words))


def _anchors(section_id: str) -> Callable[[], str]:
    count = 0

    def following() -> str:
        nonlocal count
        count += 1
        return f"{section_id}-p{count}"

    return following


def _with_paths(sections: list[Section]) -> tuple[Section, ...]:
    """Each section with the ids of those that hold it."""
    open_sections: list[Section] = []
    done = []
    for section in sections:
        while open_sections and open_sections[-1].level >= section.level:
            open_sections.pop()
        path = tuple(outer.id for outer in open_sections if outer.id)
        done.append(replace(section, path=path))
        open_sections.append(section)
    return tuple(done)
