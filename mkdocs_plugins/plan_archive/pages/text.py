"""A section's checked HTML -> what stands on the page: links resolved, tables that scroll, figures to the right."""

from __future__ import annotations

import html as entities
import re
from collections.abc import Sequence
from itertools import zip_longest

import lxml.html

from ..addresses import edition_address, plan_address
from ..language import tr
from ..model import Edition, Section
from .places import lead

_PLAN = re.compile(r"^plan:([a-z0-9-]+)(?:@([a-z0-9-]+))?(#.*)?$")
_BACK = re.compile(r"^Back to footnote (\d+) in the text$")
"""How the dialect names the way back from a footnote: words of the site, and none of the editor."""
_FILE = re.compile(r"^attachments/[a-z0-9-]+/(.+)$")
FIGURE = re.compile(r"^(?=.*\d)[£+\u2212-]?[\d., ]+(?:%|p|m|k)?$")
"""A cell that holds a figure, which stands to the right."""
FEW = 24
"""How many letters, at most, stand in the place of a figure: "Not yet collected"."""
LABELLED = 4
"""From how many columns on a row becomes a card on a phone, in which each cell says what column it is of."""


def page_text(section: Section, edition: Edition, here: str) -> str:
    """A section's HTML on the page at `here`: everything in it still counts, nothing is added but wrapping."""
    if not section.html:
        return ""
    root = lxml.html.fragment_fromstring(section.html, create_parent="div")
    for element in root.iterdescendants("a", "img"):
        _link(element, edition, here)
    for table in root.iterdescendants("table"):
        _table(table)
    text = entities.escape(root.text or "", quote=False)
    html = text + "".join(lxml.html.tostring(child, encoding="unicode") for child in root)
    return scrolling(html, section.title)


def resolved(target: str, edition: Edition, here: str) -> str:
    """Where a link of an edition's text leads from the page at `here`."""
    match = _PLAN.match(target)
    if match:
        plan, other, part = match.groups()
        return lead(here, (edition_address(plan, other) if other else plan_address(plan)) + (part or ""))
    match = _FILE.match(target)
    if match:
        return lead(here, edition_address(edition.plan, edition.id) + match.group(1))
    return target


def help_text(html: str, title: str, here: str) -> str:
    """A help page's HTML on the page at `here`: its links to plans resolved, its tables in boxes that scroll."""

    def resolve(match: re.Match[str]) -> str:
        return f'href="{lead(here, plan_address(match[1]))}"'

    return scrolling(re.sub(r'href="plan:([a-z0-9-]+)"', resolve, html), title)


def _link(element: lxml.html.HtmlElement, edition: Edition, here: str) -> None:
    name = "href" if element.tag == "a" else "src"
    target = element.get(name) or ""
    element.set(name, resolved(target, edition, here))
    back = _BACK.match(element.get("title") or "")
    if back and element.get("class") == "footnote-backref":
        element.set("title", tr("Back to footnote {number} in the text", number=back[1]))
    if target.startswith(("http:", "https:")) and element.tag == "a":
        element.set("rel", "noopener nofollow ugc")


def holds_figures(cells: Sequence[str]) -> bool:
    """Whether a column holds figures and, here and there, words that no figure is there: it stands to the right."""
    return any(map(FIGURE.match, cells)) and all(FIGURE.match(t) or not any(map(str.isdigit, t)) for t in cells)


def right(text: str) -> str:
    """The class of a cell that stands to the right: a figure is never broken, words are."""
    return "pa-right" if FIGURE.match(text) else "pa-right pa-words"


def beside_figures(text: str) -> str:
    """The class of a cell among figures and sentences: a figure, or a few words instead, to the right; else ""."""
    few = len(text) <= FEW and not any(map(str.isdigit, text))
    return right(text) if few or FIGURE.match(text) else ""


def _table(table: lxml.html.HtmlElement) -> None:
    """Heads that say what they head, alignment as a class, and in wide tables the name of its column at each cell."""
    rows = [list(row) for row in table.iter("tr")]
    for place, column in enumerate(zip_longest(*rows)):
        head, *cells = (cell for cell in column if cell is not None)
        head.set("scope", "col")
        sides = {cell: cell.attrib.pop("align", None) for cell in (head, *cells)}
        if not any(sides.values()) and holds_figures([_words(cell) for cell in cells]):
            sides = dict.fromkeys(sides, "right")
        for cell, side in sides.items():
            if side:
                cell.set("class", right(_words(cell)) if side == "right" and cell is not head else f"pa-{side}")
        if place and len(rows[0]) >= LABELLED and _words(head):
            for cell in cells:
                cell.set("data-label", _words(head))


def _words(cell: lxml.html.HtmlElement) -> str:
    return " ".join(cell.text_content().split())


def scrolling(html: str, title: str) -> str:
    """Each table in a box that scrolls by itself, reachable by keyboard, with a name of its own.

    Where its cells name their columns, a narrow screen draws its rows as cards; where its rows have a Ref, that stays
    in sight.
    """
    count = 0

    def wrap(match: re.Match[str]) -> str:
        nonlocal count
        count += 1
        name = entities.escape(tr("Table {number} in {title}", number=count, title=title), quote=True)
        kind = "pa-table" + " pa-rows" * (" data-label=" in match[0]) + " pa-refs" * (' id="ref-' in match[0])
        return f'<div class="{kind}" role="group" tabindex="0" aria-label="{name}">{match[0]}</div>'

    return re.sub(r"<table\b.*?</table>", wrap, html, flags=re.DOTALL)
