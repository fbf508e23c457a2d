"""What browser tests look at on any page: rules of accessibility, its width, what it asks for, what goes wrong."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

AXE = Path(__file__).parent / "browser" / "vendor" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SIGHTS: dict[str, dict[str, Any]] = {
    "light": {"color_scheme": "light"},
    "dark": {"color_scheme": "dark"},
    "forced colours": {"forced_colors": "active"},
}
"""How readers see a page: as it is drawn, or in colours of their own."""
LAY_OUT = "document.querySelectorAll('.pa-part').forEach(each => { each.style.contentVisibility = 'visible'; });"
"""Lay out what a browser leaves until the reader comes to it: where it is not laid out, nothing sticks out."""
FITS = f"() => {{ {LAY_OUT} return document.documentElement.scrollWidth <= document.documentElement.clientWidth; }}"
OPEN = f"() => {{ {LAY_OUT} document.querySelectorAll('details').forEach(each => {{ each.open = true; }}); }}"
_RUN = """async ([tags, contrast]) => {
  const found = await axe.run(document, {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations'],
    rules: {'color-contrast': {enabled: contrast}}});
  return found.violations.flatMap(rule => rule.nodes.map(node => `${rule.id}: ${node.target.join(' ')}`));
}"""


@cache
def _axe() -> str:
    return AXE.read_text(encoding="utf-8")


def faults(page: Any, *, contrast: bool = True) -> list[str]:
    """Where a page breaks a rule of WCAG 2.2 at level AA that axe knows, or of axe's own good practice."""
    page.evaluate(_axe())
    page.evaluate(f"() => {{ {LAY_OUT} }}")
    found: list[str] = page.evaluate(_RUN, [TAGS, contrast])
    return found


def watched(context: Any) -> tuple[Any, list[str], list[str]]:
    """A new page, with two lists that fill as it is read: the addresses it asks for, and whatever goes wrong."""
    asked: list[str] = []
    wrong: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    context.on("response", lambda response: wrong.append(response.url) if response.status >= 400 else None)
    page = context.new_page()
    page.on("console", lambda message: wrong.append(message.text))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    return page, asked, wrong
