"""A checked page of HTML -> sections and blocks, with an anchor for each."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass, field, replace

import lxml.html

from ..errors import Problem
from ..facts import REF
from ..model import Block, BlockKind, Section
from .lines import Lines
from .safety import HEADINGS

Element = lxml.html.HtmlElement
_CONTAINERS = frozenset(["div", "blockquote", "ul", "ol", "dl", "li", "dd", "thead", "tbody", "table", "section"])
_REF = re.compile(REF)


@dataclass
class Chapter:
    """One file's page while it is taken apart; `stem` is "" for a text of one file and for an index."""

    file: str
    stem: str
    html: str
    lines: Lines
    deeper: int = 0
    """How many levels its headings are drawn below where they are written."""
    refused: bool = False
    """Whether it holds what is not allowed, so that not all of its words may be left."""
    problems: list[Problem] = field(default_factory=list)

    def fault(self, line: int, what: str, remedy: str) -> None:
        """Note a problem at a line of this file."""
        self.problems.append(Problem(self.file, line, what, remedy))


def slug(text: str) -> str:
    """A heading's text as an id: lower case letters, digits and hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-") or "section"


def plain(element: Element) -> str:
    """An element's own words joined by one space, without footnote marks."""
    return " ".join("".join(_strings(element, top=True)).split())


def _strings(element: Element, *, top: bool = False) -> Iterator[str]:
    if not top and (not isinstance(element.tag, str) or "footnote-ref" in (element.get("class") or "")):
        yield element.tail or ""
        return
    if not top and "footnote-backref" in (element.get("class") or ""):
        yield element.tail or ""
        return
    if element.tag in ("br", "p", "div", "li"):
        yield " "
    yield element.text or ""
    for child in element:
        if child.tag not in ("ul", "ol", "dl", "table", "pre", "blockquote") or element.tag not in ("li", "dd"):
            yield from _strings(child)
        else:
            yield " " + (child.tail or "")
    if not top:
        yield element.tail or ""


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
        _prefix_notes(root, chapter)
        first = not sections
        parts = _parts(root, chapter, title if first and not chapter.stem else None)
        sections.extend(_section(part, chapter, taken, refs, tables) for part in parts)
        _place_notes(root, chapter, sections)
    return _with_paths(sections)


def _prefix_notes(root: Element, chapter: Chapter) -> None:
    """Footnote ids are unique on the page: those of a chapter carry its name."""
    if not chapter.stem:
        return
    for element in root.iterdescendants():
        for name in ("id", "href"):
            value = element.get(name) or ""
            match = re.match(r"^(#?fn(?:ref\d*)?:)(.*)$", value)
            if match:
                element.set(name, f"{match.group(1)}{chapter.stem}-{match.group(2)}")


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
    blocks: list[Block] = [
        Block("heading", section_id, part.title, _inner(heading) if heading is not None else part.title, line)
    ]
    anchor = _anchors(section_id)
    shown = deepcopy([element for element in part.content if not _is_notes(element)])
    for element in part.content:
        blocks.extend(_blocks(element, chapter, anchor, refs, tables))
    if not chapter.refused and _letters(shown) != Counter("".join("".join(block.text.split()) for block in blocks[1:])):
        what = f"words in the section '{part.title}' stand in no paragraph, list or table"
        chapter.fault(line, what, "write them in Markdown, without HTML")
    html = "".join(lxml.html.tostring(e, encoding="unicode") for e in part.content if not _is_notes(e))
    return Section(section_id, part.title, part.level, (), chapter.stem, line, tuple(blocks), html.strip(), explicit)


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


def _is_notes(element: Element) -> bool:
    return element.tag == "div" and "footnote" in (element.get("class") or "").split()


def _blocks(
    element: Element,
    chapter: Chapter,
    anchor: Callable[[], str],
    refs: dict[str, str],
    tables: list[int],
    depth: int = 0,
) -> Iterator[Block]:
    """The blocks of an element in reading order; each gets its anchor as id."""
    tag = element.tag
    if _is_notes(element) or tag == "hr" or not isinstance(tag, str):
        return
    if tag in HEADINGS:
        line = chapter.lines.find(plain(element))
        chapter.fault(line, f"the heading '{plain(element)}' stands inside a list or a quotation", "move it out")
    elif tag == "table":
        yield from _rows(element, chapter, anchor, refs, tables)
    elif tag in ("ul", "ol", "dl"):
        for child in element:
            yield from _blocks(child, chapter, anchor, refs, tables, depth + 1)
    elif tag in ("li", "dd"):
        if _own_words(element):
            yield _leaf("item", element, chapter, anchor, depth)
        for child in element:
            if child.tag in _CONTAINERS or child.tag in ("p", "pre", *HEADINGS):
                yield from _blocks(child, chapter, anchor, refs, tables, depth)
    elif tag in ("div", "blockquote"):
        for child in element:
            yield from _blocks(child, chapter, anchor, refs, tables, depth)
    else:
        kinds: dict[str, BlockKind] = {"p": "paragraph", "dt": "item", "pre": "code"}
        kind = "item" if depth and tag == "p" else kinds.get(tag, "other")
        yield _leaf(kind, element, chapter, anchor, depth)


def _own_words(element: Element) -> bool:
    """Whether a list item holds words of its own and not only in paragraphs below it."""
    if (element.text or "").strip():
        return True
    inner = [child for child in element if child.tag not in _CONTAINERS and child.tag not in ("p", "pre")]
    return bool(inner) or any((child.tail or "").strip() for child in element)


def _leaf(kind: BlockKind, element: Element, chapter: Chapter, anchor: Callable[[], str], depth: int) -> Block:
    text = plain(element) if kind != "code" else " ".join(element.text_content().split())
    line = chapter.lines.find(text)
    name = anchor()
    html = _inner(element)
    element.set("id", name)
    return Block(kind, name, text, html, line, depth)


def _inner(element: Element) -> str:
    """An element's own markup: nested lists, tables and quotations are blocks of their own."""
    copy = deepcopy(element)
    copy.tail = None
    if copy.tag in ("li", "dd"):
        for child in list(copy):
            if child.tag in _CONTAINERS or child.tag == "pre":
                copy.remove(child)
    text = lxml.html.tostring(copy, encoding="unicode")
    return re.sub(r"^<[^>]*>|</[^>]*>$", "", text.strip()).strip()


def _rows(
    table: Element, chapter: Chapter, anchor: Callable[[], str], refs: dict[str, str], tables: list[int]
) -> Iterator[Block]:
    number = tables[0]
    tables[0] += 1
    head = [plain(cell) for cell in table.iterfind("thead/tr/th")]
    keyed = head.index("Ref") if "Ref" in head else None
    if len(set(head)) < len(head):
        again = next(name for name in head if head.count(name) > 1)
        line = chapter.lines.find(" ".join(head))
        chapter.fault(line, f"two columns are called '{again}'", "give each column its own name")
    for row in table.iterfind(".//tr"):
        cells = [plain(cell) for cell in row]
        text = "\t".join(cells)
        line = chapter.lines.find(" ".join(cells))
        header = row[0].tag == "th" if len(row) else False
        ref = None
        if keyed is not None and not header:
            ref = _ref(cells[keyed] if keyed < len(cells) else "", line, chapter, refs)
        name = f"ref-{ref.lower()}" if ref else anchor()
        html = "".join(lxml.html.tostring(cell, encoding="unicode").strip() for cell in row)
        row.set("id", name)
        yield Block("row", name, text, html, line, ref=ref, table=number, header=header)


def _ref(given: str, line: int, chapter: Chapter, refs: dict[str, str]) -> str | None:
    if not _REF.match(given):
        what = f"'{given}' is no Ref" if given else "the row has no Ref"
        chapter.fault(line, what, "write one to four capitals and a number, for example BH1")
        return None
    if given in refs:
        chapter.fault(line, f"the Ref {given} is used already at {refs[given]}", "give each row its own Ref")
        return None
    refs[given] = f"{chapter.file}:{line}"
    return given


def _place_notes(root: Element, chapter: Chapter, sections: list[Section]) -> None:
    """Each footnote's text becomes a block of the section that first cites it; the list stays at the end."""
    notes = [child for child in root if _is_notes(child)]
    if not notes or not sections:
        return
    for item in notes[0].iterfind("ol/li"):
        name = item.get("id") or ""
        mark = f'href="#{name}"'
        citing = next((n for n, s in enumerate(sections) if mark in s.html or mark in s.blocks[0].html), None)
        text, html = _note(item)
        line = chapter.lines.anywhere(text) or sections[-1].line
        if citing is None and mark not in lxml.html.tostring(notes[0], encoding="unicode"):
            chapter.fault(line, f"no text cites the footnote '{text[:60]}'", "cite it, or take it out")
        citing = len(sections) - 1 if citing is None else citing
        block = Block("other", name, text, html, line)
        sections[citing] = replace(sections[citing], blocks=(*sections[citing].blocks, block))
    notes[0].set("role", "doc-endnotes")
    last = sections[-1]
    html = last.html + "\n" + lxml.html.tostring(notes[0], encoding="unicode").strip()
    sections[-1] = replace(last, html=html)


def _note(item: Element) -> tuple[str, str]:
    """A footnote's words and its markup, lists and tables in it included, marks left out."""
    copy = deepcopy(item)
    for mark in copy.xpath(".//a[contains(@class, 'footnote-')]"):
        mark.drop_tree()
    html = (copy.text or "") + "".join(lxml.html.tostring(child, encoding="unicode") for child in copy)
    return " ".join(copy.text_content().split()), html.strip()


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
