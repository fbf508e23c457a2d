"""An element of a checked page -> blocks, each with its anchor; a table's rows with their Refs."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass, field

import lxml.html

from ..errors import Problem
from ..facts import REF
from ..model import Block, BlockKind
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


def is_notes(element: Element) -> bool:
    """Whether this is the list of a file's footnotes."""
    return element.tag == "div" and "footnote" in (element.get("class") or "").split()


def blocks(
    element: Element,
    chapter: Chapter,
    anchor: Callable[[], str],
    refs: dict[str, str],
    tables: list[int],
    depth: int = 0,
) -> Iterator[Block]:
    """The blocks of an element in reading order; each gets its anchor as id."""
    tag = element.tag
    if is_notes(element) or tag == "hr" or not isinstance(tag, str):
        return
    if tag in HEADINGS:
        line = chapter.lines.find(plain(element))
        chapter.fault(line, f"the heading '{plain(element)}' stands inside a list or a quotation", "move it out")
    elif tag == "table":
        yield from _rows(element, chapter, anchor, refs, tables)
    elif tag in ("ul", "ol", "dl"):
        for child in element:
            yield from blocks(child, chapter, anchor, refs, tables, depth + 1)
    elif tag in ("li", "dd"):
        if _own_words(element):
            yield _leaf("item", element, chapter, anchor, depth)
        for child in element:
            if child.tag in _CONTAINERS or child.tag in ("p", "pre", *HEADINGS):
                yield from blocks(child, chapter, anchor, refs, tables, depth)
    elif tag in ("div", "blockquote"):
        for child in element:
            yield from blocks(child, chapter, anchor, refs, tables, depth)
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
    html = inner_markup(element)
    element.set("id", name)
    return Block(kind, name, text, html, line, depth)


def inner_markup(element: Element) -> str:
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
