"""A comparison as one HTML file that needs nothing beside it; a PDF is made from the same file."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from ..compare.telling import RowChange, measure_names
from ..language import spoken, tr
from ..model import Comparison, Section
from .changes import FIELD_WORDS, asked_first, in_words
from .compared import DrawnSection, drawn_sections
from .drawing import template

WIDE = 8
"""Columns up to which a table is read on an upright sheet."""
_LINK = re.compile(r"<a\b(?P<inside>[^>]*)>(?P<words>.*?)</a>", re.DOTALL)
_TARGET = re.compile(r'href="#([^"]*)"')
_NOWHERE = {"plan": {"id": ""}, "old": {"id": ""}, "new": {"id": ""}}


@dataclass(frozen=True)
class Imprint:
    """What a file that stands alone says of itself; nothing is known of two loose files but their hashes."""

    notice: str = ""
    """That it is an example; "" where it is none."""
    body: str = ""
    """Whose texts they are."""
    title: str = ""
    """By default, the titles of both texts."""
    facts: tuple[tuple[str, str], ...] = ()
    """What stands under its title: the name of each fact, and the fact."""
    foot: str = ""
    """What stands at the foot of each sheet of the PDF."""
    sheets: str = ""
    """A style that puts the like on each sheet that a browser prints."""


@dataclass(frozen=True)
class Entry:
    """One line of the list of contents, with those below it."""

    anchor: str
    title: str
    said: str
    """What became of the section."""
    below: tuple[Entry, ...]


def as_html(
    comparison: Comparison,
    texts: tuple[Sequence[Section], Sequence[Section]],
    titles: tuple[str, str],
    told: Sequence[str],
    rows: Sequence[RowChange] = (),
    imprint: Imprint = Imprint(),
) -> str:
    """The comparison as one HTML file: in short, the figures that changed, and the whole text with its marks."""
    sections, count = drawn_sections(comparison, *texts)
    html = template("compared_alone.html").render(
        sections=sections,
        contents=contents(sections),
        count=count,
        told=told,
        title=imprint.title or tr("What changed from {old} to {new}", old=titles[0], new=titles[1]),
        language=spoken(),
        imprint=imprint,
        sheets=Markup(imprint.sheets),  # noqa: S704  a style of ours, whose strings are escaped where it is made
        measures=sorted((m for m in comparison.measures if m.change != "actual_added"), key=asked_first),
        rows=sorted(rows, key=lambda row: (row.change != "dropped", row.reason is not None)),
        names=measure_names(comparison),
        words=in_words,
        fields=FIELD_WORDS,
        nowhere=_NOWHERE,
        link=lambda _: "",
        wide=_wide(sections),
    )
    return _led_within(html)


def contents(sections: Sequence[DrawnSection]) -> tuple[Entry, ...]:
    """The sections that have a heading, those of a deeper level below the one before them."""
    headed = [section for section in sections if section.heading]
    found: list[Entry] = []
    while headed:
        first, *others = headed
        end = next((n for n, section in enumerate(others) if _level(section) <= _level(first)), len(others))
        anchor, below = first.id or f"-c{first.number}", contents(others[:end])
        found.append(Entry(anchor, first.title or tr("Beginning"), ", ".join(first.labels), below))
        headed = others[end:]
    return tuple(found)


def _level(section: DrawnSection) -> int:
    """A section's level in the list; a text's title stands beside its chapters."""
    return max(section.level, 2)


def _wide(sections: Sequence[DrawnSection]) -> list[bool]:
    """Which sections need sheets that lie on their side: those with a wide table, and what leads up to them."""
    found: list[bool] = []
    for place in reversed(range(len(sections))):
        tables = "".join(block.html for block in sections[place].blocks).split("<table")
        leads = bool(found) and found[-1] and sections[place].level < sections[place + 1].level
        found.append(leads or any(table.count('scope="col"') > WIDE for table in tables))
    return found[::-1]


def _led_within(html: str) -> str:
    """Our own markup with the links that lead to a place in the same file, and no other."""
    places = set(re.findall(r'\bid="([^"]+)"', html))

    def kept(link: re.Match[str]) -> str:
        target = _TARGET.search(link["inside"])
        leads = target is not None and target[1] in places and "pa-change__link" not in link["inside"]
        return link[0] if leads else link["words"]

    return _LINK.sub(kept, html)
