"""Citing, the page for what is not found, the pages every site must have, and paper, in a real browser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from browsing import FITS, SIGHTS, faults

pytestmark = pytest.mark.browser

HOST = "https://plans.exampleshire.example"
CYPP = "/plans/cypp/2009/"
PAGES = [
    "/about/accessibility/",
    "/about/privacy/",
    "/about/contact/",
    "/about/freedom-of-information/",
    "/about/citing/",
    CYPP,
    "/education/behaviour-suport/",
]
LOST = {
    "/education/Behaviour_Support_Plan_2004.pdf": "Behaviour Support Plan",
    "/plans/behaviour-suport-plan/": "Behaviour Support Plan",
    "/lea/BSP/index.html": "Behaviour Support Plan",
    "/council/EducationDevelopmentPlan.doc": "Education Development Plan",
    "/children/youth-services/": "Youth Service Plan",
    "/a/b/c/d/e/f/adoption.html": "Adoption Services Plan",
    "/plans/cypp/1999/": "Children and Young People's Plan",
    "/teenage_pregnancy/": "Teenage Pregnancy Strategy",
}
"""Addresses that people may type or old sites may link to, and the plan that is meant."""


@pytest.fixture
def page(browser: Any, server: str) -> Iterator[Any]:
    """A page that may use the clipboard."""
    context = browser.new_context(base_url=server, viewport={"width": 1280, "height": 900})
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    yield context.new_page()
    context.close()


@pytest.fixture
def plain(browser: Any, server: str) -> Iterator[Any]:
    """A page with JavaScript off."""
    context = browser.new_context(base_url=server, java_script_enabled=False)
    yield context.new_page()
    context.close()


def test_a_sign_offers_the_citation_of_its_section(page: Any) -> None:
    """The sign beside a heading leads to the section and offers its citation, that of a paragraph, and to copy both."""
    page.goto(CYPP)
    fold = page.locator(".pa-cite")
    before, after = fold.get_attribute("data-before"), fold.get_attribute("data-after")
    page.locator("#healthy-lives .pa-anchor").click()
    assert page.url.endswith(f"{CYPP}#healthy-lives")
    box = page.get_by_role("group", name="Cite this section: Healthy lives")
    whole = f"{before} s \u2018Healthy lives\u2019{after}, <{HOST}{CYPP}#healthy-lives>"
    assert box.locator(".pa-cite__words").inner_text() == whole
    box.get_by_role("button", name="Copy the citation").click()
    assert page.evaluate("navigator.clipboard.readText()") == whole
    box.get_by_role("spinbutton").fill("2")
    part = f"{before} s \u2018Healthy lives\u2019, para 2{after}, <{HOST}{CYPP}#healthy-lives-p2>"
    assert box.locator(".pa-cite__words").inner_text() == part
    assert page.locator(".pa-cited").get_attribute("id") == "healthy-lives-p2"
    box.get_by_role("button", name="Copy the address").click()
    assert page.evaluate("navigator.clipboard.readText()") == f"{HOST}{CYPP}#healthy-lives-p2"
    box.get_by_role("spinbutton").fill("999")
    assert box.locator(".pa-cite__words").inner_text() == whole
    box.get_by_role("button", name="Close").click()
    assert box.count() == 0
    assert page.evaluate("document.activeElement.closest('h2, h3').id") == "healthy-lives"


def test_the_sign_works_by_keyboard_and_leaves_the_headings_words(page: Any) -> None:
    """Enter on the sign opens the box below its heading; the tab key leads from the sign into it."""
    page.goto(CYPP)
    page.locator("#stay-safe .pa-anchor").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")  # the sign again: following a link begins anew at the heading
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.pa-cite__box') !== null")
    assert page.locator("#stay-safe + .pa-cite__box").count() == 1
    assert page.locator("[role=status]").first.inner_text().startswith("The citation of this section")


@pytest.mark.parametrize(("place", "pin"), [("bh1", "row BH1"), ("stay-safe", "")])
def test_whoever_comes_by_an_address_finds_its_citation(page: Any, place: str, pin: str) -> None:
    """The fold has the citation of the row or section in the address, and none for a place that is not in the text."""
    anchor = f"ref-{place}" if pin else place
    page.goto(f"{CYPP}#{anchor}")
    said = page.locator(".pa-cite__here .pa-cite__words").text_content()
    assert said.endswith(f"<{HOST}{CYPP}#{anchor}>")
    assert (f"\u2019, {pin}, as at" if pin else "s \u2018Stay safe\u2019, as at") in said
    page.goto(f"{CYPP}#-who-was-asked")
    page.reload()
    assert page.locator(".pa-cite__here > *").count() == 0


def test_without_javascript_the_fold_says_how_to_cite(plain: Any) -> None:
    """The citation, the permanent address and the rule for sections and paragraphs can be read; no dead button."""
    plain.goto(CYPP)
    plain.locator(".pa-cite > summary").click()
    said = plain.locator(".pa-cite").inner_text()
    assert f"Permanent address: {HOST}{CYPP}" in said
    assert "s \u2018Foreword\u2019, as at 1 December 2009, sha256 " in said
    assert "-p3 after the id" in said
    assert plain.locator(".pa-cite button").count() == 0


@pytest.mark.parametrize(("path", "plan"), LOST.items())
def test_a_lost_reader_is_offered_the_plan(page: Any, path: str, plan: str) -> None:
    """From the words of an address that is not there, at any depth, the plan that is meant comes first."""
    page.goto(path)
    first = page.locator("[data-lost] li a").first
    first.wait_for()
    assert first.inner_text() == plan
    first.click()
    assert page.locator("h1").inner_text().startswith(plan)


def test_a_lost_reader_is_led_to_the_edition_and_to_where_its_parts_went(page: Any) -> None:
    """A year in the address is an edition's, the words stand in the box, and what was replaced leads on."""
    page.goto("/old/behaviour-support-plan-2001.pdf")
    offered = page.locator("[data-lost] li").first
    offered.wait_for()
    assert page.get_by_label("A plan, an old name of one").input_value() == "behaviour support"
    offered.get_by_role("link", name="Behaviour Support Plan 2001 to 2004").click()
    page.wait_for_url("**/plans/behaviour-support-plan/2001/")
    page.go_back()
    page.locator("[data-lost]").get_by_role("link", name="Where did it go?").first.click()
    page.wait_for_url("**/where/#plan-behaviour-support-plan")


@pytest.mark.parametrize("path", ["/nowhere/", "/wp-login.php", "/plans/index.html.bak/", "/%E0%A4%A", "/2004/"])
def test_nothing_is_offered_where_nothing_comes_near(page: Any, path: str) -> None:
    """An address that is like no plan's name offers none, and the lists are there; nothing fails."""
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.goto(path)
    page.wait_for_load_state("networkidle")
    assert page.locator("[data-lost] > *").count() == 0
    assert page.get_by_role("link", name="A to Z").count() == 1
    assert wrong == []


def test_without_javascript_a_lost_reader_has_a_box_and_lists(plain: Any) -> None:
    """The form leads to the search and each list to its page, from any depth."""
    plain.goto("/a/b/c/nowhere.html")
    for name in ("All plans", "A to Z", "Where did it go?", "Year by year"):
        link = plain.locator("article").get_by_role("link", name=name)
        assert link.get_attribute("href").startswith("/")
    plain.get_by_label("A plan, an old name of one").fill("exclusions")
    plain.locator("form.pa-lost button").click()
    assert plain.url.endswith("/search/?q=exclusions")


def test_what_was_in_effect_on_the_archives_day_is_told_without_javascript(plain: Any) -> None:
    """The page for a date answers for the archive's own day at once, plans and duties apart, and leads to each year."""
    plain.goto("/as-at/")
    said = plain.locator("[data-found]").inner_text()
    plans, _, duties = said.partition("Duties in force on 1 December 2009")
    assert plans.split("\n")[0] == "Plans in effect on 1 December 2009"
    assert "Children and Young People's Plan 2009 to 2012, from 1 April 2009" in plans
    assert "To make the Children and Young People's Plan, from 1 March 2005 to 31 March 2010" in duties
    assert not plain.locator("#asat-day").is_visible()
    plain.get_by_role("link", name="2005", exact=True).click()
    assert "Behaviour Support Plan 2004 to 2007" in plain.locator("main").inner_text()


def test_any_day_can_be_asked_and_gone_back_to(page: Any) -> None:
    """A day that is chosen stands in the address; going back shows the day before it."""
    page.goto("/as-at/")
    found = page.locator("[data-found]")
    page.locator("#asat-day").fill("2005-06-30")
    page.get_by_role("button", name="Show").click()
    found.get_by_text("Behaviour Support Plan 2004 to 2007").wait_for()
    assert "Duties in force on 30 June 2005" in found.inner_text()
    told = page.locator("[data-told]").inner_text()
    assert re.fullmatch(r"On 30 June 2005, \d+ plans were in effect and 1 duty was in force\.", told)
    assert "Behaviour Support Plan" not in found.inner_text().partition("Duties in force")[2]
    assert page.url.endswith("?day=2005-06-30")
    page.go_back()
    found.get_by_text("Plans in effect on 1 December 2009").wait_for()
    assert page.locator("#asat-day").input_value() == "2009-12-01"
    page.locator("#asat-day").evaluate("e => { e.value = '2031-01-01'; e.form.noValidate = true; }")
    page.get_by_role("button", name="Show").click()
    page.get_by_text("Choose a day from 1 January 1991 to 1 December 2009.").wait_for()
    assert found.inner_text() == ""
    assert page.url.endswith("/as-at/")


@pytest.mark.audit
@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("sight", SIGHTS.values(), ids=SIGHTS)
def test_the_pages_break_no_rule_and_fit(browser: Any, server: str, width: int, sight: dict[str, Any]) -> None:
    """With the box for citing open, axe finds nothing and nothing scrolls sideways."""
    context = browser.new_context(base_url=server, viewport={"width": width, "height": 900}, **sight)
    seen = context.new_page()
    for path in PAGES:
        seen.goto(path, wait_until="networkidle")
        if path == CYPP:
            seen.locator(".pa-cite > summary").click()
            seen.locator("#stay-safe .pa-anchor").click()
        assert faults(seen) == [], path
        assert seen.evaluate(FITS), path
    context.close()


def test_the_pages_store_nothing_and_ask_nobody_else(page: Any, server: str) -> None:
    """What the page on privacy says is true of every page here: no cookies, nothing stored, no other host."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for path in [*PAGES, "/", "/search/?q=exclusions"]:
        page.goto(path, wait_until="networkidle")
        assert page.evaluate("[document.cookie, localStorage.length, sessionStorage.length]") == ["", 0, 0]
    assert page.context.cookies() == []
    assert [url for url in asked if not url.startswith((server, "data:"))] == []


def test_paper_has_what_is_cited_and_no_buttons(page: Any) -> None:
    """In print the citation, the digest and the day stand open at the top; boxes, buttons and menus are gone."""
    page.goto(f"{CYPP}#stay-safe")
    page.locator("#stay-safe .pa-anchor").click()
    page.emulate_media(media="print")
    assert page.locator(".pa-cite > .pa-cite__words").first.is_visible()
    assert page.get_by_text(re.compile(r"^[0-9a-f]{64}$")).is_visible()
    gone = ".pa-cite__box, .pa-cite__buttons, .pa-cite__here, .pa-forms, .pa-suggest, .pa-foot, .pa-box"
    assert [one for one in page.locator(gone).all() if one.is_visible()] == []
    assert page.locator("link[media=print]").get_attribute("href") == "print.css"
    assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4"))) >= 10


def test_marks_of_a_comparison_survive_black_and_white(page: Any) -> None:
    """On paper, in one ink, what came is underlined with a + and what went struck through with a minus."""
    page.goto("/plans/cypp/changes/2008-to-2009/")
    page.emulate_media(media="print")
    for tag, line, sign in (("ins", "underline", "+"), ("del", "line-through", "\u2212")):
        drawn = page.locator(f"article {tag}:has(> .pa-hidden:first-child)").first.evaluate(
            """e => [getComputedStyle(e).textDecorationLine, getComputedStyle(e).color,
              getComputedStyle(e.firstElementChild, '::before').content]"""
        )
        assert drawn[:2] == [line, "rgb(0, 0, 0)"]
        assert sign in drawn[2]
