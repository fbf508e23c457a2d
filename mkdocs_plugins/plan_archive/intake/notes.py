"""Footnotes: unique on the page, and each a block of the section that first cites it."""

from __future__ import annotations

import re
from copy import deepcopy
from dataclasses import replace

import lxml.html

from ..model import Block, Section
from .blocks import Chapter, Element, is_notes


def prefix_notes(root: Element, chapter: Chapter) -> None:
    """Footnote ids are unique on the page: those of a chapter carry its name."""
    if not chapter.stem:
        return
    for element in root.iterdescendants():
        for name in ("id", "href"):
            value = element.get(name) or ""
            match = re.match(r"^(#?fn(?:ref\d*)?:)(.*)$", value)
            if match:
                element.set(name, f"{match.group(1)}{chapter.stem}-{match.group(2)}")


def place_notes(root: Element, chapter: Chapter, sections: list[Section]) -> None:
    """Each footnote's text becomes a block of the section that first cites it; the list stays at the end."""
    notes = [child for child in root if is_notes(child)]
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
