"""What tests of PDFs need: a PDF as a program hears it that reads its tags, in the order of the tags."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pypdf import PageObject, PdfReader
from pypdf.generic import ArrayObject, DictionaryObject


@dataclass(frozen=True)
class Element:
    """An element of the structure: its tag, and the text that it holds itself."""

    tag: str
    text: str
    raw: Any
    """As the file has it."""


class Tagged:
    """A PDF with its structure."""

    def __init__(self, content: bytes) -> None:
        self.reader = PdfReader(io.BytesIO(content), strict=True)
        self.pages = list(self.reader.pages)
        self.root: Any = self.reader.trailer["/Root"]
        numbers = {page.indirect_reference.idnum: n for n, page in enumerate(self.pages) if page.indirect_reference}
        self._number = lambda page: numbers[page.idnum]
        self.marked = [marked_text(page) for page in self.pages]
        """The text of each page by the number that the structure knows it by."""
        self.elements = list(self._below(self.root["/StructTreeRoot"]["/K"]))

    def _below(self, kids: Any) -> Iterator[Element]:
        for kid in kids if isinstance(kids, ArrayObject) else [kids]:
            held = kid.get_object()
            if not isinstance(held, DictionaryObject) or held.get("/Type") != "/StructElem":
                continue
            page = held.raw_get("/Pg") if "/Pg" in held else None
            own = [each for each in held["/K"] if isinstance(each, int)]
            text = "".join(self.marked[self._number(page)].get(number, "") for number in own)
            yield Element(str(held["/S"])[1:], text, held)
            yield from self._below(held["/K"])

    @property
    def heard(self) -> str:
        """All text in the order of the structure; each paragraph, heading and cell a line."""
        lines = [""]
        for element in self.elements:
            if element.tag in LINES:
                lines.append("")
            lines[-1] += element.text.replace("\n", " ")
        return "\n".join(" ".join(line.split()) for line in lines if line.strip())

    def tags(self, *wanted: str) -> list[str]:
        """The tags in order, of those that are asked for."""
        return [element.tag for element in self.elements if element.tag in wanted]

    def outline(self, entries: Any = None, depth: int = 1) -> Iterator[tuple[int, str]]:
        """The bookmarks with their levels."""
        for entry in self.reader.outline if entries is None else entries:
            if isinstance(entry, list):
                yield from self.outline(entry, depth + 1)
            else:
                yield depth, entry.title


LINES = {"Div", "Sect", "P", "H1", "H2", "H3", "H4", "H5", "H6", "TH", "TD", "LBody", "Lbl"}


def marked_text(page: PageObject) -> dict[int, str]:
    """The text of a page by the number of its marked content; text that is not marked has the number -1."""
    found: dict[int, str] = {}
    stack: list[int] = []

    def operator(name: bytes, given: list[Any], *_: Any) -> None:
        if name in (b"BDC", b"BMC"):
            properties = given[1] if name == b"BDC" else {}
            stack.append(int(properties.get("/MCID", -1)))
        elif name == b"EMC":
            stack.pop()

    def text(words: str, *_: Any) -> None:
        number = stack[-1] if stack else -1
        found[number] = found.get(number, "") + words

    page.extract_text(visitor_operand_before=operator, visitor_text=text)
    return found


def starts(page: PageObject) -> list[tuple[float, float, str]]:
    """Where each run of text begins on a page, in points from its lower left corner."""
    found: list[tuple[float, float, str]] = []

    def text(words: str, cm: list[float], tm: list[float], *_: Any) -> None:
        if words.strip():
            x, y = tm[4], tm[5]
            found.append((cm[0] * x + cm[2] * y + cm[4], cm[1] * x + cm[3] * y + cm[5], words.strip()))

    page.extract_text(visitor_text=text)
    return found
