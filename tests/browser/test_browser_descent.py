"""The line of descent, home, the register and plan pages in a real browser: read, followed, filtered, printed."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import pytest

from browsing import SIGHTS, faults

pytestmark = pytest.mark.browser

PAGES = [
    "/",
    "/descent/",
    "/plans/",
    "/plans/behaviour-support-plan/",
    "/plans/quality-protects-action-plan/",
    "/plans/single-education-plan/",
    "/plans/child-protection-committee-plan/",
    "/plans/cypp/",
]
SMALL = """() => [...document.querySelectorAll('.pa-descent text')].filter(text => text.getClientRects().length)
  .map(text => parseFloat(text.getAttribute('font-size')) * text.getScreenCTM().a)"""
CUT = """() => [...document.querySelectorAll('.pa-descent text')].filter(text => text.getClientRects().length)
  .filter(text => { const box = text.getBoundingClientRect(), all = text.ownerSVGElement.getBoundingClientRect();
    return box.left < all.left - 1 || box.right > all.right + 1 || box.bottom > all.bottom + 1; })
  .map(text => text.textContent)"""
OVERLAPS = """() => { const boxes = [...document.querySelectorAll('.pa-descent text')]
  .filter(text => text.getClientRects().length).map(text => [text.textContent, text.getBoundingClientRect()]);
  return boxes.flatMap(([one, a], at) => boxes.slice(at + 1).filter(([, b]) =>
    a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 4 && b.top < a.bottom - 4)
    .map(([other]) => `${one} / ${other}`)); }"""
SIDEWAYS = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.mark.parametrize("width", [390, *(pytest.param(width, marks=pytest.mark.audit) for width in (320, 768, 1280))])
def test_the_picture_is_legible_at_every_width(browser: Any, server: str, width: int) -> None:
    """One layout is shown; no letter is under 12 pixels, cut off or under another; nothing goes sideways."""
    context = browser.new_context(base_url=server, viewport={"width": width, "height": 900})
    page = context.new_page()
    for path in PAGES:
        page.goto(path)
        assert page.evaluate(SIDEWAYS) <= 0, path
        shown = [svg for svg in page.locator(".pa-descent").all() if svg.is_visible()]
        assert len(shown) == (0 if path in ("/plans/", "/plans/single-education-plan/") else 1), path
        sizes = page.evaluate(SMALL)
        assert all(size >= 11.99 for size in sizes), (path, min(sizes))
        assert page.evaluate(CUT) == [], path
        assert page.evaluate(OVERLAPS) == [], path
    context.close()


@pytest.mark.audit
@pytest.mark.parametrize("path", PAGES)
def test_no_page_breaks_a_rule(browser: Any, server: str, path: str) -> None:
    """On a phone and a desktop, light, dark and in the reader's own colours, axe finds no violation."""
    for width in (390, 1280):
        for sight in SIGHTS.values():
            context = browser.new_context(
                base_url=server, viewport={"width": width, "height": 900}, bypass_csp=True, **sight
            )
            page = context.new_page()
            page.goto(path)
            assert faults(page) == [], (width, sight)
            context.close()


@pytest.mark.parametrize("width", [390, 1280])
def test_a_plan_in_the_picture_leads_to_its_page(browser: Any, server: str, width: int) -> None:
    """A click on a bar, or the enter key on a name, goes to the plan; the name in focus can be seen to be."""
    context = browser.new_context(base_url=server, viewport={"width": width, "height": 900})
    page = context.new_page()
    page.goto("/descent/")
    link = page.locator(".pa-descent a[aria-label='School Organisation Plan']").locator("visible=true")
    box = link.bounding_box()
    page.mouse.click(box["x"] + box["width"] * 0.55, box["y"] + box["height"] * 0.7)
    page.wait_for_url("**/plans/school-organisation-plan/")
    page.goto("/descent/")
    link.focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    stroke = "e => getComputedStyle(e.querySelector('.pa-descent__hit')).stroke"
    assert link.evaluate(stroke) != "none"
    page.keyboard.press("Enter")
    page.wait_for_url("**/plans/school-organisation-plan/")
    context.close()


def test_the_register_filters_by_how_sure_we_are(plain: Any) -> None:
    """With JavaScript off, each word leaves the plans that it is said of; together they are all of them."""
    plain.goto("/plans/")
    rows = plain.locator("#register tbody tr").all()
    left = 0
    for name in ("certain", "named", "probable", "suggested", "not-counted"):
        plain.locator(f"#sure-{name}").check()
        seen = [row for row in rows if row.is_visible()]
        left += len(seen)
        said = {row.locator("td[data-label='One of the nineteen']").inner_text() for row in seen}
        word = "No" if name == "not-counted" else name.capitalize()
        assert {text.split()[-1] for text in said} == {word}
    assert left == len(rows)
    plain.get_by_role("link", name="The nineteen plans").click()
    assert urlsplit(plain.url).path == "/about/nineteen/"


def test_the_register_is_cards_on_a_phone(browser: Any, server: str) -> None:
    """At 390 pixels each plan is a card: its cells stand below each other and carry their headings."""
    context = browser.new_context(base_url=server, viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto("/plans/")
    cells = page.locator("#register tbody tr").first.locator("td").all()
    tops = [cell.bounding_box()["y"] for cell in cells]
    assert tops == sorted(set(tops))
    assert not page.locator("#register thead").is_visible()
    context.close()


def test_print_holds_the_picture_and_its_table(browser: Any, server: str) -> None:
    """On paper the wide picture is shown, its letters at least 8 points high, and the table with it."""
    context = browser.new_context(base_url=server, viewport={"width": 673, "height": 983})
    page = context.new_page()
    page.emulate_media(media="print")
    for path in ("/", "/descent/", "/plans/cypp/"):
        page.goto(path)
        assert page.locator(".pa-descent--wide").is_visible()
        assert not page.locator(".pa-descent--narrow").is_visible()
        assert min(page.evaluate(SMALL)) >= 8 * 96 / 72
        assert page.locator(".pa-as-cards tbody tr").last.is_visible()
    context.close()
