"""What a reader of the site's other language does in a real browser: search, follow, cite, choose a day."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from archives import commit, copy_bilingual, edit, plan_archive
from browsing import FITS, faults, watched
from serving import serving

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("languages")]
UNDERSTOOD = """async ([place, question]) => {
  const { lexicon, understand } = await import(new URL('/assets/search-words.js', location.origin));
  const words = await (await fetch(`${place}search/words.json`)).json();
  return understand(question, lexicon(words)).wanted.map((thing) => thing.number).filter(Boolean);
}"""


@pytest.fixture(scope="module")
def bilingual(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server over the site of an archive in English and Welsh."""
    folder = copy_bilingual(tmp_path_factory.mktemp("bilingual") / "archive")
    commit(folder)
    ran = plan_archive(folder, "build")
    assert ran.code == 0, ran.err
    with serving(folder / "site") as address:
        yield address


@pytest.fixture(scope="module")
def numbered(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The same with numbers before the headings, and a section that speaks of others by their numbers."""
    folder = copy_bilingual(tmp_path_factory.mktemp("numbered") / "archive")
    welsh, english = (folder / "plans" / "alpha" / name for name in ("2007.cy.md", "2007.md"))
    edit(welsh, "## Cadw'n ddiogel {", "## 1 Cadw'n ddiogel {")
    edit(welsh, "## Ymddygiad da {", "## 2 Ymddygiad da {")
    edit(
        welsh,
        "Gwneir dau beth yn gyntaf:",
        "Gweler adran 2, ym mhennod 2, bennod 2, y ran 2 ac atodiad a, atodiad a.",
    )
    edit(welsh, "yn parhau yma.", "yn parhau yma. Gweler adran 1, rhan 1.")
    for file, words in (
        (welsh, "Atodiad A: Geiriau {#words}\n\nMae hyn"),
        (english, "Annex A: Words {#words}\n\nThis"),
    ):
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace("\n[^1]:", f"\n## {words} 2007.\n\n[^1]:"), encoding="utf-8")
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
        ("ymddygiad", "Cafwyd hyd i 1 adran ar gyfer “ymddygiad”."),
        ("Beta", "Cafwyd hyd i 2 adran ar gyfer “Beta”."),
        ("Beta Plan", "Cafwyd hyd i 3 adran ar gyfer “Beta Plan”."),
        ("ôl", "Cafwyd hyd i 1 adran ar gyfer “ôl”."),
        ("ol", "Cafwyd hyd i 1 adran ar gyfer “ol”."),
    ],
)
def test_the_answer_is_told_in_welsh_with_its_forms_of_the_plural(reader: Any, question: str, told: str) -> None:
    """Each number takes its own form; letters are found with their roofs and without."""
    assert _search(reader, "/cy/search/", question).inner_text() == told


def test_many_are_told_in_their_own_form(reader: Any) -> None:
    """From four on a noun is in the plural, behind a word of its own."""
    reader.goto("/cy/search/?plan=alpha")
    reader.locator("[data-told]", has_text="Cafwyd hyd i 4 o adrannau.").wait_for()


def test_results_say_in_welsh_what_they_are(reader: Any) -> None:
    """The label, the editions and the notice of a result; an old plan's result has the words around its link."""
    _search(reader, "/cy/search/", "ymddygiad")
    first = reader.locator(".pa-hit").first.inner_text()
    assert "Mewn effaith ar 1 Rhagfyr 2007" in first
    assert "Yr adran hon yn: 2007; 2006 (fel “Ymddygiad”)" in first
    assert "Enghraifft ffuglennol." in first
    _search(reader, "/cy/search/", "Beta Plan")
    old = reader.locator(".pa-hit", has_text="Daeth Cynllun Alffa yn ei le")
    assert old.locator(".pa-hit__now a").get_attribute("href").endswith("/cy/plans/alpha/")


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("adran 1", "staying-safe"),
        ("adran 2", "good-behaviour"),
        ("yn adran 2", "good-behaviour"),
        ("beth sydd ym mhennod 2", "good-behaviour"),
        ("Pennod 2", "good-behaviour"),
        ("bennod 2", "good-behaviour"),
        ("rhan 1", "staying-safe"),
        ("y ran 2 o'r cynllun", "good-behaviour"),
        ("atodiad a", "words"),
        ("Cynllun Alffa atodiad A", "words"),
    ],
)
def test_a_section_is_found_by_its_number_in_welsh(browser: Any, numbered: str, question: str, first: str) -> None:
    """Before one that speaks of it, and in whichever form the word takes after another."""
    page = browser.new_page(base_url=numbered)
    _search(page, "/cy/search/", question)
    assert _hits(page)[0] == f"plans/alpha/2007/#{first}"
    page.close()


@pytest.mark.parametrize(
    ("place", "question", "number"),
    [
        ("/cy/", "rhan o gynllun y cyngor", []),
        ("/cy/", "atodiad a", ["annexa"]),
        ("/cy/", "atodiad c y cynllun", ["annexc"]),
        ("/cy/", "adran 12 o'r cynllun", ["section12"]),
        ("/", "section a of the plan", ["sectiona"]),
        ("/", "adran 2", []),
    ],
)
def test_a_letter_that_is_a_word_is_no_number(reader: Any, place: str, question: str, number: list[str]) -> None:
    """In Welsh "rhan o" is "part of": such a letter is a number only at the end of a question."""
    reader.goto(place)
    assert reader.evaluate(UNDERSTOOD, [place, question]) == number


def test_a_result_in_the_main_language_says_so(reader: Any) -> None:
    """A plan without a Welsh name: its name and summary are marked as English, and so is the link to its text."""
    _search(reader, "/cy/search/", "Beta Plan")
    plan = reader.locator('.pa-hit[data-hit="plans/beta/"]')
    assert plan.locator(".pa-hit__title a").get_attribute("lang") == "en"
    assert plan.locator(".pa-hit__title a").get_attribute("hreflang") is None
    assert plan.locator(".pa-hit__text").get_attribute("lang") == "en"
    assert plan.locator(".pa-hit__editions a").get_attribute("hreflang") == "en"
    _search(reader, "/cy/search/", "Cynllun Alffa")
    assert _hits(reader)[0] == "plans/alpha/"
    assert reader.locator(".pa-hit [lang], .pa-hit [hreflang]").count() == 0
    _search(reader, "/search/", "Beta Plan")
    assert reader.locator(".pa-hit [lang], .pa-hit [hreflang]").count() == 0


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
    reader.locator("[data-told]", has_text="found for").wait_for()
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
        assert reader.locator("[data-suggest]").count() == 1
        reader.locator("[data-suggest]").focus()
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
