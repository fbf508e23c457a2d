"""Tables, the line above a long text, the list beside it and two texts side by side, in a real browser."""

from __future__ import annotations

from typing import Any

import pytest

from browsing import SIGHTS, faults

pytestmark = pytest.mark.browser

CYPP = "/plans/cypp/2009/"
DESTINATIONS = "/plans/behaviour-support-plan/2004/destinations/"
TOO_WIDE = """() => [...document.querySelectorAll('.pa-table')]
  .filter(box => box.scrollWidth > box.clientWidth).map(box => box.getAttribute('aria-label'))"""
UNDER = """() => { const box = document.activeElement.getBoundingClientRect(),
  line = document.querySelector('.pa-here').getBoundingClientRect();
  return document.activeElement.closest('.pa-text') && box.bottom <= line.bottom + 1
    ? document.activeElement.outerHTML : ''; }"""
ASKEW = """() => [...document.querySelectorAll('.pa-text table')].flatMap(table => {
  const heads = [...table.tHead.rows[0].cells].map(cell => getComputedStyle(cell).textAlign);
  return [...table.tBodies[0].rows].flatMap(row => [...row.cells].filter((cell, at) =>
    getComputedStyle(cell).textAlign !== heads[at]).map(cell => cell.textContent)); })"""
EDGES = """() => [...document.querySelectorAll('article > :is(p, .pa-standing, .pa-note, .pa-table), .pa-section > p')]
  .filter(each => each.getClientRects().length && !each.matches('.pa-hidden'))
  .map(each => each.getBoundingClientRect().right)"""


def _at(browser: Any, server: str, path: str, width: int, height: int, **more: Any) -> Any:
    page = browser.new_context(base_url=server, viewport={"width": width, "height": height}, **more).new_page()
    page.goto(path)
    return page


@pytest.mark.parametrize("plan", ["cypp", "behaviour-support-plan"])
def test_no_table_of_measures_is_wider_than_a_desktop(page: Any, plan: str) -> None:
    """What changed fits its box, reasons and all: figures stand to the right, sentences to the left."""
    page.goto(f"/plans/{plan}/measures/")
    assert page.evaluate(TOO_WIDE) == []
    cells = page.locator(".pa-figures td[data-label=Before], .pa-figures td[data-label=After]").all()
    seen = set()
    for cell in cells:
        words, side = cell.inner_text(), cell.evaluate("e => getComputedStyle(e).textAlign")
        if len(words) > 30 or words.replace(".", "").replace(",", "").isdigit():
            assert side == ("left" if len(words) > 30 else "right"), words
            seen.add(side)
    assert seen == {"left", "right"}


@pytest.mark.parametrize("sight", SIGHTS.values(), ids=SIGHTS)
def test_a_row_of_a_table_is_a_card_on_a_phone(browser: Any, server: str, sight: dict[str, Any]) -> None:
    """The link to a row leads to its Ref, and below it to every figure with the name of its column, all in sight."""
    page = _at(browser, server, f"{CYPP}#ref-ea3", 390, 844, **sight)
    row = page.locator("#ref-ea3")
    cells = row.locator("td").all()
    heads = page.locator("table:has(#ref-ea3) th").all_text_contents()
    assert cells[0].inner_text() == "EA3"
    assert [cell.get_attribute("data-label") for cell in cells[1:]] == heads[1:]
    tops = [cell.bounding_box()["y"] for cell in cells]
    assert tops == sorted(set(tops))
    assert 0 < tops[0] < tops[-1] < 844
    said = "e => getComputedStyle(e, '::before').content"
    assert "Target 2009" in cells[heads.index("Target 2009")].evaluate(said)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert faults(page) == []
    page.context.close()


def test_columns_of_figures_stand_to_the_right_with_their_heads(page: Any) -> None:
    """In every table of an edition each cell stands as its head does, "-" and "Not yet collected" too."""
    page.goto(CYPP)
    assert page.evaluate(ASKEW) == []
    assert (
        page.get_by_role("cell", name="Not yet collected").first.evaluate("e => getComputedStyle(e).textAlign")
        == "right"
    )


def test_the_ref_stays_while_its_row_is_moved(page: Any) -> None:
    """Where a table is wider than its box, the Ref stays at the left, and nothing shows through it."""
    page.goto(f"{CYPP}#ref-ea3")
    box, ref = page.locator(".pa-table:has(#ref-ea3)"), page.locator("#ref-ea3 td").first
    before = ref.bounding_box()["x"]
    assert box.evaluate("e => { e.scrollLeft = 9999; return e.scrollLeft; }") > 50
    assert ref.bounding_box()["x"] == before
    for cell in (ref, page.locator("tr:has(+ #ref-ea3) td").first):
        drawn = cell.evaluate("e => getComputedStyle(e).backgroundColor")
        assert "rgba" not in drawn
        assert "/" not in drawn


def test_a_link_into_a_long_text_shows_the_plan_and_where_it_stands(browser: Any, server: str) -> None:
    """On a phone a line above says both and leads to the contents, which open; what was come to stands below it."""
    page = _at(browser, server, CYPP, 390, 844)
    page.goto(f"{CYPP}#ref-ea3")
    line = page.locator(".pa-here")
    assert line.inner_text().split("\n")[0].startswith("\u25cf In effect on 1 December 2009")
    assert "Children and Young People's Plan 2009 to 2012" in line.inner_text()
    drawn, come = line.bounding_box(), page.locator("#ref-ea3").bounding_box()
    assert drawn["y"] == 0
    assert drawn["height"] < 70
    assert drawn["height"] - 1 <= come["y"] < 100
    line.get_by_role("link", name="Contents").click()
    page.wait_for_url("**#-contents")
    assert page.locator("details.pa-contents nav").is_visible()
    page.set_viewport_size({"width": 844, "height": 390})
    assert line.evaluate("e => getComputedStyle(e).position") == "static"
    page.emulate_media(media="print")
    assert not line.is_visible()
    page.context.close()


def test_the_line_is_told_once_and_covers_no_focus(browser: Any, server: str) -> None:
    """Who hears the page is told the plan by its title alone; going back by keyboard, no stop lies below the line."""
    page = _at(browser, server, f"{CYPP}#stay-safe", 390, 844)
    assert page.locator(".pa-here > [aria-hidden=true]").count() == 1
    page.locator("#stay-safe .pa-anchor").focus()
    for _ in range(25):
        page.keyboard.press("Shift+Tab")
        assert page.evaluate(UNDER) == ""
    page.context.close()


def test_the_contents_without_javascript(plain: Any) -> None:
    """With JavaScript off the way back leads to the fold itself, which is then in sight."""
    plain.set_viewport_size({"width": 390, "height": 844})
    plain.goto(f"{CYPP}#stay-safe")
    plain.locator(".pa-here a").click()
    top = plain.locator("details.pa-contents > summary").bounding_box()["y"]
    assert 0 <= top < 844


def test_skipping_to_the_content_paints_nothing(page: Any) -> None:
    """The whole article is no part that was come to; a section is."""
    drawn = "e => getComputedStyle(e).backgroundColor"
    page.goto(f"{CYPP}#content")
    assert page.locator("#content").evaluate(drawn) == "rgba(0, 0, 0, 0)"
    page.goto(f"{CYPP}#stay-safe")
    page.reload()
    assert page.locator("#stay-safe").evaluate(drawn) != "rgba(0, 0, 0, 0)"


def test_the_contents_list_shows_where_the_reader_is(page: Any) -> None:
    """One line of the list is marked, the one of the heading that was last come to, and the list keeps it in sight."""
    page.goto(CYPP)
    current = page.locator(".pa-contents--wide a[aria-current]")
    for place in ("yearly-review", "stay-safe", "foreword"):
        page.evaluate("place => document.getElementById(place).scrollIntoView()", place)
        page.locator(f".pa-contents--wide a[aria-current][href='#{place}']").wait_for()
        assert current.count() == 1
        box = current.bounding_box()
        assert box["y"] >= 0
        assert box["y"] + box["height"] <= 900


def test_texts_side_by_side_are_named_and_keep_their_lists(page: Any) -> None:
    """On a desktop a head names both columns and stays in sight; points are points."""
    page.goto(DESTINATIONS)
    folds = page.locator("details.pa-both")
    folds.evaluate_all("all => all.forEach(each => { each.open = true; })")
    fold = page.locator("details.pa-both:has(li)").first
    head = fold.locator(".pa-sides__head")
    old, new = head.locator("span").all_inner_texts()
    assert old.startswith("Old: ")
    assert new.startswith("New: Children and Young People's Plan 2006 to 2009")
    assert fold.locator("li").first.evaluate("e => getComputedStyle(e).listStyleType") == "disc"
    fold.locator("li").last.evaluate("e => e.scrollIntoView({block: 'end'})")
    assert head.is_visible()
    assert not fold.locator(".pa-side__name").first.evaluate("e => e.offsetWidth > 2")
    assert faults(page) == []


@pytest.mark.parametrize("path", ["/plans/behaviour-support-plan/", CYPP, "/plans/cypp/measures/"])
def test_a_page_has_two_widths(page: Any, path: str) -> None:
    """What is read in lines, and its boxes, end at one edge; tables end at the other, that of the header."""
    page.goto(path)
    edges = {round(edge) for edge in page.evaluate(EDGES)}
    assert len(edges) <= 2, edges
