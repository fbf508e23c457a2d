"""What a reader of the site's other language does in a real browser: search, follow, cite, choose a day."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from archives import commit, copy_bilingual, plan_archive
from browsing import FITS, faults, watched
from serving import serving

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("languages")]


@pytest.fixture(scope="module")
def bilingual(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server over the site of an archive in English and Welsh."""
    folder = copy_bilingual(tmp_path_factory.mktemp("bilingual") / "archive")
    commit(folder)
    ran = plan_archive(folder, "build")
    assert ran.code == 0, ran.err
    with serving(folder / "site") as address:
        yield address


@pytest.fixture
def reader(browser: Any, bilingual: str) -> Iterator[Any]:
    """A page that must stay on the site and log nothing: no fault, no missing file, no policy broken."""
    context = browser.new_context(base_url=bilingual, viewport={"width": 1280, "height": 900})
    page, asked, wrong = watched(context)
    yield page
    context.close()
    assert wrong == []
    assert [address for address in asked if not address.startswith(f"{bilingual}/")] == []


def _search(page: Any, address: str, question: str) -> Any:
    """Ask on a search page, and wait for the answer, in whichever language it comes."""
    page.goto(f"{address}?q={question}")
    told = page.locator("[data-told]")
    told.filter(has_text=question).wait_for()
    return told


def _hits(page: Any) -> list[str]:
    return [hit.get_attribute("data-hit") for hit in page.locator(".pa-hit").all()]


def test_a_welsh_question_leads_to_the_welsh_section(reader: Any) -> None:
    """It is found, its link leads to the Welsh page, the words are marked there, and the page says so in Welsh."""
    _search(reader, "/cy/search/", "ymddygiad")
    assert _hits(reader)[0] == "plans/alpha/2007/#good-behaviour"
    link = reader.locator(".pa-hit__title a").first
    assert link.inner_text() == "Ymddygiad da"
    link.click()
    reader.wait_for_url("**/cy/plans/alpha/2007/**")
    assert urlsplit(reader.url).fragment == "good-behaviour"
    assert "Ymddygiad" in [mark.inner_text() for mark in reader.locator("#good-behaviour mark, h2 mark").all()]
    assert "Wedi'u marcio isod, fel y chwiliwyd: ymddygiad." in reader.locator(".pa-marked").inner_text()
    reader.get_by_role("link", name="Dangos y dudalen heb farciau").click()
    reader.locator("mark").first.wait_for(state="detached")
    assert urlsplit(reader.url).path == "/cy/plans/alpha/2007/"


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("ymddygiad", "“ymddygiad”: 1 adran."),
        ("Beta", "“Beta”: 2 adran."),
        ("Beta Plan", "“Beta Plan”: 3 adran."),
        ("ôl", "“ôl”: 1 adran."),
        ("ol", "“ol”: 1 adran."),
    ],
)
def test_the_answer_is_told_in_welsh_with_its_forms_of_the_plural(reader: Any, question: str, told: str) -> None:
    """Each number takes its own form; letters are found with their roofs and without."""
    assert _search(reader, "/cy/search/", question).inner_text() == told


def test_results_say_in_welsh_what_they_are(reader: Any) -> None:
    """The label, the editions and the notice of a result; an old plan's result has the words around its link."""
    _search(reader, "/cy/search/", "ymddygiad")
    first = reader.locator(".pa-hit").first.inner_text()
    assert "Mewn effaith ar 1 Rhagfyr 2007" in first
    assert "Yr adran hon yn: 2007; 2006 (fel \u201cYmddygiad\u201d)" in first
    assert "Enghraifft ffuglennol." in first
    _search(reader, "/cy/search/", "Beta Plan")
    old = reader.locator(".pa-hit", has_text="Daeth Cynllun Alffa yn ei le")
    assert old.locator(".pa-hit__now a").get_attribute("href").endswith("/cy/plans/alpha/")


def test_an_english_question_finds_nothing_and_is_shown_to_the_english_search(reader: Any) -> None:
    """The Welsh index has no English text; the way to the other search carries the question."""
    told = _search(reader, "/cy/search/", "working")
    assert told.inner_text() == "Ni chanfuwyd dim ar gyfer “working”."
    assert _hits(reader) == []
    advice = reader.locator("[data-results]")
    assert "The texts are in Cymraeg." in advice.inner_text()
    other = advice.get_by_role("link", name="English")
    assert other.get_attribute("lang") == "en"
    other.click()
    reader.wait_for_url("**/search/**")
    assert (urlsplit(reader.url).path, parse_qs(urlsplit(reader.url).query)) == ("/search/", {"q": ["working"]})
    reader.locator("[data-told]", has_text="found").wait_for()
    assert _hits(reader) == ["plans/alpha/2007/#staying-safe"]


def test_a_welsh_question_in_the_english_search_is_shown_to_the_welsh_one(reader: Any) -> None:
    """And the other way round, in English."""
    _search(reader, "/search/", "ymddygiad")
    advice = reader.locator("[data-results]")
    assert "The texts are in English." in advice.inner_text()
    advice.get_by_role("link", name="Cymraeg").click()
    reader.wait_for_url("**/cy/search/**")
    reader.locator(".pa-hit").first.wait_for()
    assert _hits(reader)[0] == "plans/alpha/2007/#good-behaviour"


def test_the_box_of_every_welsh_page_offers_welsh_names(reader: Any) -> None:
    """On the first page, on a text and where one searches; and its form leads to the Welsh search."""
    for path in ("/cy/", "/cy/plans/alpha/2007/", "/cy/search/"):
        reader.goto(path)
        reader.locator("#pa-box").focus()
        reader.locator("#pa-names option").first.wait_for(state="attached")
        offered = reader.evaluate("() => [...document.querySelectorAll('#pa-names option')].map(o => o.value)")
        assert "Cynllun Alffa" in offered, path
        assert "Alpha Plan" not in offered, path
    reader.goto("/cy/plans/alpha/2007/")
    reader.locator("#pa-box").fill("ysgol")
    reader.keyboard.press("Enter")
    reader.wait_for_url("**/cy/search/?q=ysgol")


def test_a_day_is_worked_out_in_welsh(reader: Any) -> None:
    """The days and the titles are Welsh; what has a Welsh page leads there, and what has none to the English one."""
    reader.goto("/cy/as-at/")
    reader.locator("#asat-day").fill("2006-03-01")
    reader.keyboard.press("Enter")
    found = reader.locator("[data-found]")
    found.get_by_role("heading", name="Cynlluniau mewn effaith ar 1 Mawrth 2006").wait_for()
    assert (
        urlsplit(found.get_by_role("link", name="Beta Plan 2004").evaluate("a => a.href")).path == "/plans/beta/2004/"
    )
    reader.locator("#asat-day").fill("2007-12-01")
    reader.keyboard.press("Enter")
    link = found.get_by_role("link", name="Cynllun Alffa 2006 i 2009: adolygiad 2007")
    link.wait_for()
    assert urlsplit(link.evaluate("a => a.href")).path == "/cy/plans/alpha/2007/"
    assert "1 Ebrill 2007" in found.inner_text()
    reader.goto("/as-at/?day=2007-12-01")
    found.get_by_role("heading", name="Plans in effect on 1 December 2007").wait_for()


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize(
    "path", ["/cy/", "/cy/plans/alpha/2007/", "/cy/search/?q=ymddygiad", "/cy/search/?q=working", "/cy/as-at/"]
)
def test_no_welsh_page_breaks_a_rule_of_accessibility(browser: Any, bilingual: str, width: int, path: str) -> None:
    """With results and without any; and no page scrolls sideways."""
    context = browser.new_context(base_url=bilingual, viewport={"width": width, "height": 844})
    page = context.new_page()
    page.goto(path)
    if "?q=" in path:
        page.locator("[data-told]", has_text=re.compile(path.partition("=")[2])).wait_for()
    assert faults(page) == []
    assert page.evaluate(FITS)
    context.close()
