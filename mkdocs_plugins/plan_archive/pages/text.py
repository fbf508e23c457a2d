"""A section's checked HTML -> what stands on the page: links resolved, tables that scroll, figures to the right."""

from __future__ import annotations

import html as entities
import re

from ..addresses import edition_address, plan_address, relative
from ..model import Edition, Section

_PLAN = re.compile(r'href="plan:([a-z0-9-]+)(?:@([a-z0-9-]+))?(#[^"]*)?"')
_FILE = re.compile(r'(href|src)="attachments/[a-z0-9-]+/([^"]+)"')
_FIGURE = re.compile(r"<td>(?=[^<]*\d)([£+\u2212-]?[\d., ]+(?:%|p|m|k)?)</td>")


def page_text(section: Section, edition: Edition, here: str) -> str:
    """A section's HTML on the page at `here`: everything in it still counts, nothing is added but wrapping."""
    html = _PLAN.sub(lambda m: _resolved(m, here), section.html)
    html = _FILE.sub(lambda m: f'{m[1]}="{relative(here, edition_address(edition.plan, edition.id) + m[2])}"', html)
    html = re.sub(r' align="(left|right|center)"', r' class="pa-\1"', html)
    html = html.replace("<th>", '<th scope="col">').replace("<th class", '<th scope="col" class')
    html = _FIGURE.sub(r'<td class="pa-right">\1</td>', html)
    html = re.sub(r'<a (?=[^>]*href="https?:)', '<a rel="noopener nofollow ugc" ', html)
    return scrolling(html, section.title)


def _resolved(match: re.Match[str], here: str) -> str:
    plan, edition, part = match.groups()
    there = edition_address(plan, edition) if edition else plan_address(plan)
    return f'href="{relative(here, there + (part or ""))}"'


def scrolling(html: str, title: str) -> str:
    """Each table in a box that scrolls by itself, reachable by keyboard, with a name of its own."""
    count = 0

    def wrap(match: re.Match[str]) -> str:
        nonlocal count
        count += 1
        name = entities.escape(f"Table {count} in {title}", quote=True)
        return f'<div class="pa-table" role="group" tabindex="0" aria-label="{name}">{match[0]}</div>'

    return re.sub(r"<table\b.*?</table>", wrap, html, flags=re.DOTALL)
