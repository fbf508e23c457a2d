"""A block's words with the markup that each stands in, so that single words can be drawn again with their links."""

from __future__ import annotations

import html as entities
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

import lxml.html

_KEPT = {"a": ("href", "title"), "abbr": ("title",), "em": (), "strong": (), "code": (), "sub": (), "sup": (), "s": ()}
_SKIPPED = ("footnote-ref", "footnote-backref")


class Piece(NamedTuple):
    """A part of a word, with the tags that are open around it, outermost first."""

    text: str
    tags: tuple[str, ...]


Word = tuple[Piece, ...]
Lead = Callable[[str], str]
"""Where a link of a text leads from the page that it is drawn on."""


def as_written(href: str) -> str:
    """A link as its editor wrote it, for a page that draws none."""
    return href


def inline_words(html: str, text: str, lead: Lead = as_written) -> list[Word]:
    """The words of a block in order; where its markup does not give exactly the words of `text`, these as they are."""
    plain: list[Word] = [(Piece(word, ()),) for word in text.split()]
    if "<" not in html and "&" not in html:
        return plain
    root = lxml.html.fragment_fromstring(html, create_parent="span")
    words: list[list[Piece]] = [[]]
    for piece, tags in _texts(root, (), lead):
        for place, part in enumerate(_split(piece)):
            if place and words[-1]:
                words.append([])
            if part:
                words[-1].append(Piece(part, tags))
    found: list[Word] = [tuple(word) for word in words if word]
    return found if ["".join(p.text for p in word) for word in found] == text.split() else plain


def _split(text: str) -> list[str]:
    """A text's words, with an empty one where it begins or ends with a space."""
    words = text.split()
    if not words:
        return ["", ""] if text else []
    return ([""] if text[0].isspace() else []) + words + ([""] if text[-1].isspace() else [])


def _texts(element: lxml.html.HtmlElement, tags: tuple[str, ...], lead: Lead) -> Iterator[tuple[str, tuple[str, ...]]]:
    yield element.text or "", tags
    for child in element:
        if isinstance(child.tag, str) and not set(_SKIPPED) & set((child.get("class") or "").split()):
            if child.tag in ("br", "p", "div", "li"):
                yield " ", tags
            if child.tag not in ("ul", "ol", "dl", "table", "pre", "blockquote"):
                yield from _texts(child, (*tags, *_tag(child, lead)), lead)
        yield child.tail or "", tags


def _tag(element: lxml.html.HtmlElement, lead: Lead) -> tuple[str, ...]:
    names = _KEPT.get(str(element.tag))
    if names is None:
        return ()
    given = {name: element.get(name) or "" for name in names if element.get(name)}
    if "href" in given:
        # As on an edition's own page: the other page gets no hold of ours, and no search engine is led there.
        outside = given["href"].startswith(("http:", "https:"))
        given |= {"href": lead(given["href"])} | ({"rel": "noopener nofollow ugc"} if outside else {})
    attributes = "".join(f' {name}="{entities.escape(value, quote=True)}"' for name, value in given.items())
    return (f"<{element.tag!s}{attributes}>",)


def draw(words: Sequence[Word]) -> str:
    """Words as HTML: tags are opened and closed only where they change."""
    out: list[str] = []
    stack: tuple[str, ...] = ()
    for place, word in enumerate(words):
        for number, piece in enumerate(word):
            shared = 0
            while shared < min(len(stack), len(piece.tags)) and stack[shared] == piece.tags[shared]:
                shared += 1
            out += [_end(tag) for tag in reversed(stack[shared:])]
            if place and not number:
                out.append(" ")
            out += piece.tags[shared:]
            stack = piece.tags
            out.append(entities.escape(piece.text, quote=False))
    return "".join(out) + "".join(_end(tag) for tag in reversed(stack))


def _end(tag: str) -> str:
    return f"</{tag[1:].split(maxsplit=1)[0].rstrip('>')}>"
