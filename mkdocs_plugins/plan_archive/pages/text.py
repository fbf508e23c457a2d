"""A section's checked HTML -> what stands on the page: links resolved, tables that scroll, figures to the right."""

from __future__ import annotations

import html as entities
import re

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


def page_text(section: Section, edition: Edition, here: str) -> str:
    """A section's HTML on the page at `here`: everything in it still counts, nothing is added but wrapping."""
    if not section.html:
        return ""
    root = lxml.html.fragment_fromstring(section.html, create_parent="div")
    for element in root.iterdescendants("a", "img", "th", "td"):
        if element.tag in ("a", "img"):
            _link(element, edition, here)
        else:
            _cell(element)
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


def _cell(element: lxml.html.HtmlElement) -> None:
    """Alignment as a class, heads that say what they head, figures to the right."""
    side = element.attrib.pop("align", None)
    if side is None and element.tag == "td" and not len(element) and FIGURE.match(element.text or ""):
        side = "right"
    if side is not None:
        element.set("class", " ".join(filter(None, [element.get("class"), f"pa-{side}"])))
    if element.tag == "th":
        element.set("scope", "col")


def scrolling(html: str, title: str) -> str:
    """Each table in a box that scrolls by itself, reachable by keyboard, with a name of its own."""
    count = 0

    def wrap(match: re.Match[str]) -> str:
        nonlocal count
        count += 1
        name = entities.escape(tr("Table {number} in {title}", number=count, title=title), quote=True)
        return f'<div class="pa-table" role="group" tabindex="0" aria-label="{name}">{match[0]}</div>'

    return re.sub(r"<table\b.*?</table>", wrap, html, flags=re.DOTALL)
