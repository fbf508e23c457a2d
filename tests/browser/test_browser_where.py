"""Where did it go, in a real browser: from an old text to the present one by mouse, by keyboard, without a script."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest

from browsing import FITS, OPEN, watched

pytestmark = pytest.mark.browser

OLD = "/plans/behaviour-support-plan/2004/"
DESTINATIONS = f"{OLD}destinations/"
PAGES = ["/where/", "/coverage/", DESTINATIONS, "/plans/cypp/2006/origins/", OLD]
SHOWN = "() => [...document.querySelectorAll('[data-part]')].filter(line => line.checkVisibility()).length"
FOCUSED = """() => {
  const here = document.activeElement, box = here.getBoundingClientRect();
  return {id: here.id, href: here.getAttribute('href'), part: Boolean(here.closest('[data-part]')),
          outline: getComputedStyle(here).outlineStyle, seen: box.top >= 0 && box.bottom <= innerHeight};
}"""


@pytest.fixture(params=[True, False], ids=["script", "no script"])
def reader(request: pytest.FixtureRequest, browser: Any, server: str) -> Iterator[Any]:
    """A page with JavaScript on, then one with it off."""
    context = browser.new_context(
        base_url=server, viewport={"width": 1280, "height": 900}, java_script_enabled=request.param
    )
    yield context.new_page()
    context.close()


def _arrived(page: Any, address: str) -> None:
    """The page stands at an address, and the part that it names is in sight."""
    here = urlsplit(page.url)
    assert f"{here.path}#{here.fragment}" == address
    page.wait_for_load_state()
    assert 0 <= page.locator(f"[id='{here.fragment}']").bounding_box()["y"] < 900


@pytest.mark.parametrize("section", ["exclusions", "reinstatement", "resources", "looked-after-pupils"])
def test_one_click_leads_from_an_old_section_to_its_present_text(reader: Any, section: str) -> None:
    """Below an old section's heading stands where it is, and one click leads to that very part of today's plan."""
    reader.goto(f"{OLD}#{section}")
    now = reader.locator(f"[id='{section}'] ~ .pa-now").first
    assert now.is_visible()
    heading, box = reader.locator(f"[id='{section}']").bounding_box(), now.bounding_box()
    assert 0 <= box["y"] - heading["y"] < 250
    link = now.get_by_role("link").first
    target = link.get_attribute("href")
    assert target.startswith("../../cypp/2009/#")
    link.click()
    _arrived(reader, f"/plans/cypp/2009/{target[target.index('#') :]}")


def test_one_click_leads_from_where_did_it_go_to_the_present_text(reader: Any) -> None:
    """On `/where/` each old part has its present text beside it, one click away."""
    reader.goto("/where/")
    line = reader.locator("[data-part]", has=reader.locator(f"a[href='..{OLD}#exclusions']"))
    assert line.count() == 1
    reader.locator("[data-plan]", has=line).locator("summary").click()
    link = line.locator(".pa-way a").first
    target = link.get_attribute("href")
    link.click()
    _arrived(reader, target.removeprefix(".."))


def test_three_clicks_from_home(reader: Any) -> None:
    """Home leads to what became of a plan that was replaced, and on to its present text, in three clicks."""
    reader.goto("/")
    reader.get_by_role("link", name="Behaviour Support Plan", exact=True).first.click()
    there = reader.locator("a[href='2004/destinations/']").first
    there.click()
    assert urlsplit(reader.url).path == DESTINATIONS
    reader.locator("table .pa-way a").first.click()
    assert urlsplit(reader.url).path == "/plans/cypp/2009/"


def test_by_keyboard_alone(page: Any) -> None:
    """The tab key reaches the box, typing narrows the list and says how many are left, and Enter goes to a text."""
    page.goto("/where/")
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate(FOCUSED)["id"] == "find-part":
            break
    focus = page.evaluate(FOCUSED)
    assert focus["id"] == "find-part"
    assert focus["outline"] != "none"
    told = page.locator("[data-told]")
    assert (told.get_attribute("role"), told.inner_text()) == ("status", "")
    page.keyboard.type("behaviour support exclusions")
    shown = page.evaluate(SHOWN)
    assert 1 <= shown <= 4
    assert told.inner_text() == ("1 part found" if shown == 1 else f"{shown} parts found")
    for _ in range(12):
        page.keyboard.press("Tab")
        focus = page.evaluate(FOCUSED)
        assert focus["outline"] != "none"
        assert focus["seen"]
        if focus["part"]:
            break
    assert focus["part"]
    page.keyboard.press("Tab")
    target = page.evaluate(FOCUSED)["href"]
    assert target.startswith("../plans/cypp/2009/#")
    page.keyboard.press("Enter")
    page.wait_for_url("**/plans/cypp/2009/**")
    _arrived(page, target.removeprefix(".."))


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("", ""),
        ("   ", ""),
        ("zebra", "Nothing found: try fewer words, or search all texts"),
        ("EXCLUSIONS", None),
        ("exclusions  behaviour", None),
        ("B3 behaviour support", "1 part found"),
    ],
)
def test_what_is_typed_is_told(page: Any, typed: str, told: str | None) -> None:
    """The count in words agrees with what is shown; capitals, spaces and the order of words do not matter."""
    page.goto("/where/")
    plans = page.locator("[data-plan]:visible").count()
    assert page.evaluate(SHOWN) == 0
    page.get_by_role("textbox", name="Type a plan").fill(typed)
    shown, words = page.evaluate(SHOWN), page.locator("[data-told]").inner_text()
    assert (shown == 0) is (not typed.strip() or typed == "zebra")
    assert words == (told if told is not None else f"{shown} parts found")
    wanted = typed.lower().split()
    if told is None:
        texts = page.evaluate(
            """() => [...document.querySelectorAll('[data-part]')].map(line =>
              [line.checkVisibility(), line.closest('[data-plan]').dataset.names + ' '
               + line.querySelector('a').textContent])"""
        )
        assert [seen for seen, _ in texts] == [all(word in text.lower() for word in wanted) for _, text in texts]
    page.get_by_role("textbox", name="Type a plan").fill("")
    assert (page.locator("[data-plan]:visible").count(), page.evaluate(SHOWN)) == (plans, 0)
    assert page.locator("[data-plans]").is_visible()


@pytest.mark.parametrize(
    "typed", ["the behaviour plan", "Behaviour Support", "BSP", "pupil behaviour plan", "behaviour support plan 2001"]
)
def test_a_plan_is_found_by_what_one_remembers_of_its_name(page: Any, typed: str) -> None:
    """Small words do not count, and any of a plan's names will do; it stays folded, with all its parts inside."""
    page.goto("/where/")
    page.get_by_role("textbox", name="Type a plan").fill(typed)
    assert page.locator("[data-told]").inner_text().startswith("1 plan")
    plan = page.locator("[data-plan]", has=page.locator("#plan-behaviour-support-plan"))
    assert plan.is_visible()
    plan.locator("summary").click()
    assert plan.locator("[data-part]:visible").count() == 40


@pytest.mark.parametrize("typed", ["behavior suport plan", "BEHAVIUOR SUPPORT"])
def test_a_misspelt_name_is_understood_and_said_so(page: Any, typed: str) -> None:
    """Where nothing has the words, those near them are tried, and what was taken for what is told."""
    page.goto("/where/")
    page.get_by_role("textbox", name="Type a plan").fill(typed)
    told = page.locator("[data-told]")
    told.get_by_text("For \u201cbehaviour support\u201d: 1 plan").wait_for()
    assert told.inner_text().startswith("Nothing found for")
    assert page.locator("#plan-behaviour-support-plan").is_visible()


def test_a_part_leads_to_both_texts_beside_each_other(page: Any) -> None:
    """While the list is narrowed the parts stand right below the box, each with a link to its row of destinations."""
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/where/")
    page.get_by_role("textbox", name="Type a plan").fill("2 Exclusions behaviour")
    part = page.locator("[data-part]:visible").first
    assert part.bounding_box()["y"] < 844
    assert not page.get_by_text("What the words mean").is_visible()
    part.get_by_role("link", name="Compare the texts").click()
    page.wait_for_url("**/plans/behaviour-support-plan/2004/destinations/#-row-*")
    row = page.locator("section", has=page.locator(f"[id='{urlsplit(page.url).fragment}']"))
    assert row.locator("h3").inner_text() == "2 Exclusions"


def test_what_is_not_found_here_is_looked_for_in_the_texts(page: Any) -> None:
    """Where nothing is found, a link takes the same words to the search of all texts."""
    page.goto("/where/")
    page.get_by_role("textbox", name="Type a plan").fill("zebra crossing")
    page.locator("[data-told] a").click()
    assert (urlsplit(page.url).path, urlsplit(page.url).query) == ("/search/", "q=zebra%20crossing")


def test_enter_in_the_box_leaves_the_page_as_it_is(page: Any) -> None:
    """Enter in the box sends nothing away."""
    page.goto("/where/")
    page.get_by_role("textbox", name="Type a plan").fill("exclusions")
    shown = page.evaluate(SHOWN)
    page.keyboard.press("Enter")
    assert urlsplit(page.url).query == ""
    assert page.evaluate(SHOWN) == shown


def test_without_a_script_the_whole_list_is_there(browser: Any, server: str) -> None:
    """With JavaScript off there is no box that does nothing, and every plan is chosen by a link."""
    context = browser.new_context(base_url=server, java_script_enabled=False)
    page = context.new_page()
    page.goto("/where/")
    assert not page.locator("[data-find]").is_visible()
    choice = page.locator("[data-plans] a", has_text="Youth Service Plan")
    target = choice.get_attribute("href")
    choice.click()
    _arrived(page, f"/where/{target}")
    assert page.locator("[data-part]").count() > 500
    for summary in page.locator("[data-fold] > summary").all():
        summary.click()
    assert all(line.is_visible() for line in page.locator("[data-part]").all()[::50])
    context.close()


def test_rows_are_filtered_by_keyboard_without_a_script(reader: Any) -> None:
    """On a page of destinations the arrow keys choose what became of the parts, and only those rows are shown."""
    reader.goto(DESTINATIONS)
    rows = reader.locator(".pa-dest")
    everything = rows.count()
    assert everything > 30
    reader.locator("#show-all").focus()
    for _ in range(12):
        reader.keyboard.press("ArrowDown")
        chosen = reader.locator("input[name=state]:checked").get_attribute("id").removeprefix("show-")
        shown = [row.get_attribute("class").split() for row in rows.all() if row.is_visible()]
        if chosen == "all":
            break
        assert 0 < len(shown) <= everything
        assert all(f"pa-dest--{chosen}" in names for names in shown)
        assert len(shown) == reader.locator(f".pa-dest--{chosen}").count()
    assert len(shown) == everything


def test_both_texts_open_by_keyboard(reader: Any) -> None:
    """The two texts of a row unfold by keyboard, with or without a script."""
    reader.goto(DESTINATIONS)
    fold = reader.locator(".pa-both").first
    assert not fold.locator(".pa-side__old").is_visible()
    fold.locator("summary").focus()
    reader.keyboard.press("Enter")
    assert fold.locator(".pa-side__old").is_visible()
    assert fold.locator(".pa-side__new").is_visible()


@pytest.mark.parametrize("width", [390, *(pytest.param(width, marks=pytest.mark.audit) for width in (320, 1280))])
@pytest.mark.parametrize("path", PAGES)
def test_a_page_fits_its_window(browser: Any, server: str, path: str, width: int) -> None:
    """No page of tracing scrolls sideways, folded or open; none asks another host, and none logs a fault."""
    context = browser.new_context(base_url=server, viewport={"width": width, "height": 844})
    page, asked, wrong = watched(context)
    page.goto(path, wait_until="load")
    folded = page.evaluate(FITS)
    page.evaluate(OPEN)
    opened = page.evaluate(FITS)
    context.close()
    assert (folded, opened) == (True, True)
    assert wrong == []
    assert {urlsplit(url).netloc for url in asked if not re.match("data:", url)} == {urlsplit(server).netloc}
