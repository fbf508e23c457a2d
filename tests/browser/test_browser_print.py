"""Pages on paper, in a real browser: everything fits the sheet, and each sheet says what it is a part of."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pypdf
import pytest

pytestmark = pytest.mark.browser

NOTICE = "Fictional example. Not a real council or record."
SHEET = {"width": 673, "height": 983}
"""What is left of A4 within the margins, in pixels of 96 to the inch."""
TEN_POINTS = 10 * 96 / 72
PAGES = [
    "/",
    "/plans/",
    "/plans/behaviour-support-plan/",
    "/plans/cypp/2009/",
    "/plans/behaviour-support-plan/2004/",
    "/plans/cypp/changes/2008-to-2009/",
    "/plans/cypp/changes/2008-to-2009/columns/",
    "/plans/cypp/measures/",
    "/plans/behaviour-support-plan/measures/",
    "/plans/behaviour-support-plan/2004/destinations/",
    "/plans/cypp/2006/origins/",
    "/where/",
    "/coverage/",
    "/partners/",
    "/needs/",
    "/requirements/",
    "/agreements/",
    "/descent/",
    "/log/",
]
NEEDED = "() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]"
LETTERS = """() => [...document.querySelectorAll(':is(article, .pa-section) > p:not([class]), .pa-change')]
  .filter(each => each.getClientRects().length)
  .map(each => parseFloat(getComputedStyle(each).fontSize))"""
TRIANGLES = """() => [...document.querySelectorAll('summary')]
  .filter(each => each.getClientRects().length && getComputedStyle(each).listStyleType !== 'none').length"""


def test_no_table_makes_a_printed_page_smaller(browser: Any, server: str) -> None:
    """On A4 nothing is wider than the sheet, so nothing is shrunk: running text is at least ten points high."""
    context = browser.new_context(base_url=server, viewport=SHEET)
    page, wrong = context.new_page(), []
    page.emulate_media(media="print")
    for path in PAGES:
        page.goto(path)
        needed, given = page.evaluate(NEEDED)
        if needed > given:
            wrong.append(f"{path} needs {needed} of {given}")
        if min(page.evaluate(LETTERS), default=TEN_POINTS) < TEN_POINTS - 0.01:
            wrong.append(f"{path} has smaller text")
        if page.evaluate(TRIANGLES):
            wrong.append(f"{path} shows how to unfold")
    context.close()
    assert wrong == []


@pytest.mark.parametrize(
    ("path", "first"),
    [
        ("/descent/", "No edition held"),
        ("/plans/behaviour-support-plan/measures/", "Measures: Behaviour Support Plan"),
        ("/plans/behaviour-support-plan/2004/destinations/", "Where each part went"),
        ("/plans/behaviour-support-plan/2004/", "Replaced on 1 April 2006"),
    ],
)
def test_each_printed_sheet_says_that_it_is_an_example(page: Any, path: str, first: str) -> None:
    """The notice stands at the head of every sheet; the first holds what the page is about, a picture too."""
    page.goto(path)
    sheets = pypdf.PdfReader(BytesIO(page.pdf(format="A4"))).pages
    texts = [" ".join(sheet.extract_text().split()) for sheet in sheets]
    assert [text for text in texts if NOTICE not in text] == []
    assert first in texts[0]
    assert "as at 1 December 2009" in texts[-1]
