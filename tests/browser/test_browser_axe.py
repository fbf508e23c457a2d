"""No page breaks the rules of accessibility that a program can check, in any width, scheme or contrast."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from browsing import SIGHTS, faults

pytestmark = pytest.mark.browser

PAGES = [
    "/",
    "/plans/",
    "/plans/behaviour-support-plan/",
    "/plans/cypp/",
    "/plans/cypp/2007/",
    "/plans/cypp/changes/",
    "/plans/education-development-plan/2002/",
    "/plans/behaviour-support-plan/2004/",
    "/plans/behaviour-support-plan/2004/destinations/",
    "/plans/cypp/2006/origins/",
    "/where/",
    "/coverage/",
    "/data/",
    "/about/",
    "/about/example/",
    "/about/words/",
    "/nowhere/",
]
WIDTHS = {"desktop": (1280, 900), "phone": (390, 844)}


FIRST = [("desktop", "light"), ("phone", "dark")]
"""The views of every run; the others are for the audit."""
VIEWS = [
    pytest.param((width, sight), id=f"{width}-{sight}", marks=() if (width, sight) in FIRST else pytest.mark.audit)
    for width in WIDTHS
    for sight in SIGHTS
]


@pytest.fixture(scope="module", params=VIEWS)
def reader(request: pytest.FixtureRequest, browser: Any, server: str) -> Iterator[Any]:
    """A page as one reader has it: wide or narrow, light, dark or in colours of their own."""
    width, sight = request.param
    wide, high = WIDTHS[width]
    context = browser.new_context(base_url=server, viewport={"width": wide, "height": high}, **SIGHTS[sight])
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("path", PAGES)
def test_no_page_breaks_a_rule(reader: Any, path: str) -> None:
    """On every kind of page axe finds no violation of WCAG 2.2 at level AA, nor of its own good practice."""
    reader.goto(path, wait_until="load")
    assert faults(reader) == []


def test_axe_does_find_faults(browser: Any) -> None:
    """The check can fail: on a page without a language, a title or words for its picture axe finds all three."""
    page = browser.new_page()
    page.set_content("<html><body><main><h1>x</h1><img src='data:,'></main></body></html>")
    found = {one.partition(":")[0] for one in faults(page)}
    page.close()
    assert {"html-has-lang", "document-title", "image-alt"} <= found
