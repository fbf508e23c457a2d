"""What a reader does with the search in a real browser, on the index of the example as it is published."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote_plus, urlsplit

import pytest
import yaml

from browsing import FITS, faults

pytestmark = pytest.mark.browser

HERE = Path(__file__).parent
ASK = """async (questions) => {
  const engine = await import(new URL('/assets/search-find.js', location.origin));
  const words = await (await fetch('/search/words.json')).json();
  const finder = await engine.open(new URL('/', location.origin), words, await import('/search/pagefind.js'));
  const told = [];
  for (const question of questions) {
    const found = await finder.find(question);
    const first = await Promise.all(found.results.slice(0, 3).map((row) => row.result.data()));
    told.push(first.map((data) => JSON.parse(data.meta.card).address));
  }
  return told;
}"""
QUESTIONS = yaml.safe_load((HERE.parent / "search" / "questions.yml").read_text(encoding="utf-8"))


@pytest.fixture
def page(browser: Any, server: str) -> Iterator[Any]:
    """A page at the width of a desktop that must log no fault."""
    context = browser.new_context(base_url=server, viewport={"width": 1280, "height": 900})
    made = context.new_page()
    faults: list[str] = []
    made.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    made.on("pageerror", lambda error: faults.append(str(error)))
    yield made
    context.close()
    assert faults == []


def _search(page: Any, query: str) -> Any:
    """Open the address of a question and wait until the search has told what it found."""
    page.goto(f"/search/?{query}")
    return _told(page)


def _told(page: Any) -> Any:
    told = page.locator("[data-told]")
    told.filter(has_text=re.compile(r"found|No result|does not")).wait_for()
    return told


def _hits(page: Any) -> list[str]:
    return [hit.get_attribute("data-hit") for hit in page.locator(".pa-hit").all()]


def _address(reference: str) -> str:
    plan, _, rest = reference.partition("@")
    edition, _, section = rest.partition("#")
    return f"plans/{plan}/" + (f"{edition}/" if edition else "") + (f"#{section}" if section else "")


def test_what_the_public_asks_is_answered_first(page: Any) -> None:
    """Of the questions the wanted page comes first for at least 85 in 100, and among three for at least 95."""
    rows = [row for group, rows in QUESTIONS.items() if group != "helpful" for row in rows]
    assert len(rows) >= 70
    page.goto("/plans/")
    answers = page.evaluate(ASK, [row["ask"] for row in rows])
    wanted = [{_address(one) for one in row["want"]} for row in rows]
    first = [row["ask"] for row, want, got in zip(rows, wanted, answers, strict=True) if want & set(got[:1])]
    three = [row["ask"] for row, want, got in zip(rows, wanted, answers, strict=True) if want & set(got)]
    assert len(first) / len(rows) >= 0.85, [row["ask"] for row in rows if row["ask"] not in first]
    assert len(three) / len(rows) >= 0.95, [row["ask"] for row in rows if row["ask"] not in three]


@pytest.mark.parametrize("question", [row["ask"] for row in QUESTIONS["helpful"]])
def test_no_question_leads_into_a_dead_end(page: Any, question: str) -> None:
    """A question in Welsh, or one that no plan answers, is given results or the lists of everything."""
    page.goto("/search/")
    page.locator("#search-words").fill(question)
    page.keyboard.press("Enter")
    _told(page)
    if not _hits(page):
        assert f"Nothing was found for \u201c{question}\u201d" in page.locator("[data-told]").inner_text()
        assert page.locator("[data-browse]").is_visible()
        assert page.locator("[data-results]").get_by_role("link", name="A to Z").is_visible()
        plan = {"role": "link", "name": "Behaviour Support Plan", "exact": True}
        assert page.locator("[data-browse]").get_by_role(**plan).is_visible()
        assert page.locator("[data-results]").get_by_role(**plan).count() == 0


def test_results_say_what_they_are(page: Any) -> None:
    """In effect first; a replaced section says where it went; the words searched besides are told."""
    told = _search(page, "q=excluded+pupils")
    assert re.fullmatch(r"\d+ sections found for \u201cexcluded pupils\u201d\. Showing 20\.", told.inner_text())
    first = page.locator(".pa-hit").first
    assert first.get_attribute("data-hit") == "plans/cypp/2009/#exclusions"
    assert "In effect on 1 December 2009" in first.inner_text()
    assert "Fictional example." in first.inner_text()
    assert "expelled" in page.get_by_text("Also searched").inner_text()
    assert first.locator("mark").count() > 0
    assert [link.inner_text() for link in first.locator(".pa-hit__editions a").all()] == [
        "2009",
        "2008",
        "2007",
        "2006",
    ]
    old = page.locator(".pa-hit--superseded").first
    assert "Replaced on" in old.inner_text()
    assert old.locator(".pa-hit__now a").first.get_attribute("href")
    assert not page.locator("[data-browse]").is_visible()


def test_an_old_plans_name_comes_before_what_is_in_effect(page: Any) -> None:
    """Who names an old plan, or a section of it, is led to it and told what replaced it."""
    _search(page, "q=Pupil+Behaviour+Plan")
    assert _hits(page)[0] == "plans/behaviour-support-plan/"
    assert "Replaced by the Children and Young People's Plan" in page.locator(".pa-hit").first.inner_text()
    _search(page, "q=BSP+section+2")
    assert _hits(page)[0] == "plans/behaviour-support-plan/2004/#exclusions"


@pytest.mark.parametrize(
    ("query", "first", "year"),
    [
        ("q=CYPP+2008+exclusions", "plans/cypp/2009/#exclusions", "2008"),
        ("q=behaviour+support+plan+2001+bullying", "plans/behaviour-support-plan/2004/#bullying", "2001"),
        ("q=bullying&year=2007", "plans/cypp/2009/#behaviour-and-bullying", "2007"),
        ("q=CYPP+2008", "plans/cypp/", "2008"),
    ],
)
def test_a_result_leads_to_what_its_label_and_excerpt_are_of(page: Any, query: str, first: str, year: str) -> None:
    """A title leads to the edition that is shown; one of a year that was asked for has a way and a label of its own."""
    _search(page, query)
    assert _hits(page)[0] == first
    for hit in page.locator(".pa-hit").all():
        there = urlsplit(hit.locator(".pa-hit__title a").get_attribute("href"))
        assert f"{there.path}#{there.fragment}".strip("/#") == f"/{hit.get_attribute('data-hit')}".strip("/#")
    asked = page.locator(".pa-hit").first.locator(".pa-hit__asked")
    assert re.fullmatch(
        rf"You asked for {year}: this (section|plan) in {year}\. Replaced on 1 April 200[489]\.", asked.inner_text()
    )
    assert f"/{year}/" in asked.locator("a").get_attribute("href")
    _search(page, "q=bullying")
    assert page.locator(".pa-hit__asked").count() == 0


@pytest.mark.parametrize(
    "words",
    ["looked after children", "CAMHS", "connexions", "adopt", "childcare", "education out of school", "2 Exclusions"],
)
def test_what_is_in_effect_is_among_the_first_for_a_common_word(page: Any, words: str) -> None:
    """Where an old plan answers best, what is in effect stands first or right behind it."""
    _search(page, f"q={quote_plus(words)}")
    first = [hit.get_attribute("class") for hit in page.locator(".pa-hit").all()[:2]]
    assert any("in-effect" in status for status in first)


def test_a_number_before_a_word_is_a_sections(page: Any) -> None:
    """ "2 Exclusions" is a heading: no table of figures comes for its 2."""
    _search(page, "q=2+Exclusions")
    assert "plans/behaviour-support-plan/2004/#exclusions" in _hits(page)[:2]
    assert "measures" not in " ".join(_hits(page)[:3])
    assert "2" not in page.locator(".pa-hit mark").all_inner_texts()


def test_excerpts_are_sentences_and_not_figures(page: Any) -> None:
    """Of a table's rows the Ref and the name are shown; an excerpt begins with a sentence; none is without words."""
    _search(page, "q=PC6")
    text = page.locator(".pa-hit__text").first.inner_text()
    assert text.startswith("PC6 Permanently excluded pupils who are taught full time by the sixth school day")
    assert not re.search(r"\b(44|61|75)\b", text)
    _search(page, "q=CYPP")
    assert page.locator(".pa-hit").count() == 20
    said = page.locator(".pa-hit__text").all_inner_texts()
    assert len(said) == 20
    assert all(len(text) > 20 for text in said)
    _search(page, "q=young+carers")
    begun = [text for text in page.locator(".pa-hit__text").all_inner_texts() if re.match(r"[A-Z0-9]", text)]
    assert len(begun) >= 15


def test_editions_with_other_headings_are_told_apart(page: Any) -> None:
    """Each edition stands once, with the other headings that it had the section under."""
    _search(page, "q=bullying")
    told = page.locator(".pa-hit").first.locator(".pa-hit__editions")
    assert re.match(r"This section in: 2009; 2008 \(as \u201c[^;]+\u201d\); 2007 \(as \u201c", told.inner_text())
    years = [text for text in told.locator("a").all_inner_texts() if text.isdigit()]
    assert years == ["2009", "2008", "2007", "2006"]


def test_a_measures_number_lands_on_its_row(page: Any) -> None:
    """BH1 leads to the row of that measure in the edition in effect."""
    _search(page, "q=BH1")
    page.locator(".pa-hit__title a").first.click()
    page.wait_for_url("**/plans/cypp/2009/**")
    assert urlsplit(page.url).fragment == "ref-bh1"
    assert page.locator("#ref-bh1").is_visible()


def test_a_misspelling_is_told_and_mended(page: Any) -> None:
    """The nearest word is searched where nothing has the one that was typed, and the page says so."""
    _search(page, "q=exlusions")
    assert _hits(page)[0] == "plans/cypp/2009/#exclusions"
    assert "Did you mean exclusions?" in page.locator("[data-results]").inner_text()


def test_a_question_is_not_turned_into_another(page: Any) -> None:
    """A word that no plan has is left out and told; a short one is never taken for another, nor is a son for SEN."""
    _search(page, f"q={quote_plus('my son was excluded; who decides and how long does it take')}")
    assert _hits(page)[0] == "plans/cypp/2009/#exclusions"
    assert "Did you mean" not in page.locator("[data-results]").inner_text()
    _search(page, "q=exclusions+dyslexia")
    assert _hits(page)[0] == "plans/cypp/2009/#exclusions"
    assert "Not in any plan, and left out: \u201cdyslexia\u201d." in page.locator("[data-results]").inner_text()
    near = """async (words) => {
      const { nearest } = await import(new URL('/assets/search-words.js', location.origin));
      return words.map(([word, sure]) => nearest(word, ['sen', 'pregnancy', 'adopted', 'bullying'], sure));
    }"""
    asked = [["son", False], ["ema", False], ["pregancy", True], ["adpotde", True], ["adpoted", False], ["bh12", False]]
    assert page.evaluate(near, asked) == [None, None, "pregnancy", None, "adopted", None]


def test_the_beginning_of_a_word_finds_the_word(page: Any) -> None:
    """What is typed half is searched whole: a word that the archive knows, or one that only a text has."""
    _search(page, "q=exclu")
    assert _hits(page)[0] == "plans/cypp/2009/#exclusions"
    assert "words that begin with \u201cexclu\u201d" in page.locator("[data-results]").inner_text()
    _search(page, "q=reinstat")
    assert _hits(page)[0] == "plans/behaviour-support-plan/2004/#reinstatement"
    assert page.locator(".pa-hit mark").count() > 0


@pytest.mark.parametrize("question", ["<b>exclusions</b>", '"exclusions"', "-exclusions"])
def test_signs_and_tags_are_not_searched(page: Any, question: str) -> None:
    """A tag that came along, quotation marks and a minus change nothing."""
    _search(page, "q=exclusions")
    plain = _hits(page)
    _search(page, f"q={quote_plus(question)}")
    assert _hits(page) == plain


def test_choices_that_leave_nothing_are_told_and_can_be_left(page: Any) -> None:
    """With nothing left the page says that it is the choices, and leads to the search without them and its count."""
    told = _search(page, "q=bullying&plan=youth-service-plan")
    assert told.inner_text() == "No result with these choices."
    page.get_by_role("link", name=re.compile(r"^Search without narrowing: \d+ sections$")).click()
    page.locator(".pa-hit").first.wait_for()
    assert re.fullmatch(r"\d+ sections found for \u201cbullying\u201d\.", _told(page).inner_text())


def test_a_long_question_is_cut_where_it_is_said_again(page: Any) -> None:
    """No box takes more than 200 letters, and no more than 80 are repeated."""
    told = _search(page, f"q={quote_plus('excluded pupils ' * 40)}")
    assert len(page.locator("#search-words").input_value()) == 200
    assert re.fullmatch(r"\d+ sections found for \u201c.{60,81}\u2026\u201d\.( Showing 20\.)?", told.inner_text())
    for address, box in (("/", "#home-words"), ("/plans/", "#pa-box"), ("/search/", "#search-words")):
        page.goto(address)
        assert page.locator(box).get_attribute("maxlength") == "200"


def test_the_page_leads_to_its_help(page: Any) -> None:
    """How to search is one click away."""
    page.goto("/search/")
    page.get_by_role("link", name="How to search").click()
    assert urlsplit(page.url).path == "/about/searching/"


def test_a_search_can_be_linked_and_goes_back_and_forth(page: Any) -> None:
    """Each search has an address; the browser's own buttons lead from one to the other."""
    page.goto("/search/")
    page.locator("#search-words").fill("young carers")
    page.keyboard.press("Enter")
    _told(page)
    assert parse_qs(urlsplit(page.url).query) == {"q": ["young carers"]}
    first = _hits(page)
    page.locator("#search-words").fill("bullying")
    page.keyboard.press("Enter")
    page.locator("[data-told]", has_text="bullying").wait_for()
    assert _hits(page) != first
    page.go_back()
    page.locator("[data-told]", has_text="young carers").wait_for()
    assert _hits(page) == first
    assert page.locator("#search-words").input_value() == "young carers"
    page.go_forward()
    page.locator("[data-told]", has_text="bullying").wait_for()


def test_choices_stand_in_the_address_and_their_data_comes_only_then(page: Any) -> None:
    """Facets are fetched when results are narrowed and not before; a link to narrowed results works by itself."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(urlsplit(request.url).path))
    _search(page, "q=bullying")
    everything = _hits(page)
    assert not [path for path in asked if path.endswith("facets.json")]
    page.locator("[data-narrow] summary").click()
    page.get_by_role("checkbox", name=re.compile("^Replaced")).check()
    page.wait_for_url("**status=superseded**")
    _told(page)
    page.locator(".pa-hit--in-effect").first.wait_for(state="detached")
    narrowed = _hits(page)
    assert narrowed
    assert len(narrowed) < len(everything)
    assert [path for path in asked if path.endswith("facets.json")]
    page.reload()
    _told(page)
    assert _hits(page) == narrowed
    assert page.get_by_role("checkbox", name=re.compile("^Replaced")).is_checked()
    page.get_by_label("Plan", exact=True).select_option("youth-service-plan")
    page.wait_for_url("**plan=youth-service-plan**")
    page.locator("[data-told]", has_text="No result").wait_for()
    page.get_by_role("button", name="Clear these choices").click()
    page.locator(".pa-hit--in-effect").first.wait_for()
    assert _hits(page) == everything


def test_a_group_can_be_browsed_without_words(page: Any) -> None:
    """A choice alone lists everything that has it, what is in effect first."""
    _search(page, "needs=young-carers")
    hits = _hits(page)
    assert "plans/cypp/2009/#young-carers" in hits[:5]
    statuses = [hit.get_attribute("class") for hit in page.locator(".pa-hit").all()]
    ended = [place for place, status in enumerate(statuses) if "in-effect" not in status]
    assert not ended or min(ended) >= len(statuses) - len(ended)


def test_more_results_come_by_a_button_and_the_focus_goes_to_them(page: Any) -> None:
    """Twenty at a time; the next twenty are told, and the keyboard stands on the first of them."""
    _search(page, "q=children")
    assert len(_hits(page)) == 20
    page.get_by_role("button", name="Show more").click()
    page.locator("[data-told]", has_text="Showing 40").wait_for()
    assert len(_hits(page)) == 40
    place = "() => [...document.querySelectorAll('.pa-hit')].indexOf(document.activeElement.closest('.pa-hit'))"
    assert page.evaluate(place) == 20


def test_everything_can_be_done_by_keyboard(page: Any) -> None:
    """From the box by tab to the first result, which enter opens; the one live region is polite."""
    page.goto("/search/")
    page.locator("#search-words").focus()
    page.keyboard.type("homeless")
    page.keyboard.press("Enter")
    _told(page)
    regions = page.locator("[role=status], [aria-live], [role=alert]")
    assert regions.count() == 1
    for _ in range(6):
        page.keyboard.press("Tab")
        if page.evaluate("() => document.activeElement.closest('.pa-hit') !== null"):
            break
    assert page.locator(":focus").evaluate("e => getComputedStyle(e).outlineStyle") != "none"
    page.keyboard.press("Enter")
    page.wait_for_url("**/plans/**")
    assert page.locator(".pa-text mark").count() > 0


def test_marks_stand_only_where_they_are_asked_for(page: Any) -> None:
    """An edition opened without a search has no mark; with one, a link shows it without."""
    page.goto("/plans/cypp/2009/")
    assert page.locator("mark").count() == 0
    page.goto("/plans/cypp/2009/?q=Apprentices#fourteen-to-nineteen")
    assert {mark.inner_text().lower() for mark in page.locator("mark").all()} == {"apprentices"}
    page.get_by_role("link", name="Show the page without marks").click()
    page.wait_for_url("**/plans/cypp/2009/#fourteen-to-nineteen")
    assert page.locator("mark").count() == 0
    page.goto("/plans/cypp/2009/?q=%3Cimg+src%3Dx+onerror%3Dalert(1)%3E")
    assert page.locator(".pa-marked img, .pa-text img[src=x]").count() == 0


def test_what_is_asked_is_text_and_never_markup(page: Any) -> None:
    """Markup in a question is shown as it was typed."""
    page.goto("/search/?q=%3Cimg+src%3Dx+onerror%3D%22document.title%3D'bad'%22%3Eexclusions")
    _told(page)
    assert page.locator("article img").count() == 0
    assert "<img" in page.locator("[data-told]").inner_text()
    assert "bad" not in page.title().split(" - ")[-1]


def test_without_javascript_the_page_leads_to_every_plan(browser: Any, server: str) -> None:
    """The header's box is a plain form; the page it opens has its lists, and hides none of them."""
    context = browser.new_context(base_url=server, java_script_enabled=False)
    plain = context.new_page()
    plain.goto("/plans/cypp/2006/")
    plain.locator("#pa-box").fill("bullying")
    plain.get_by_role("search", name="Whole site").get_by_role("button").click()
    assert urlsplit(plain.url).path == "/search/"
    assert parse_qs(urlsplit(plain.url).query) == {"q": ["bullying"]}
    assert plain.locator("[data-browse]").is_visible()
    assert plain.locator("[data-plain]").is_visible()
    assert not plain.locator("[data-narrow]").is_visible()
    plain.locator("[data-browse]").get_by_role("link", name="Behaviour Support Plan", exact=True).click()
    assert urlsplit(plain.url).path == "/plans/behaviour-support-plan/"
    context.close()


@pytest.mark.parametrize("missing", ["**/wasm.*", "**/search/words.json", "**/pagefind.js", "**/search-find.js"])
def test_where_the_engine_cannot_run_the_lists_stay(browser: Any, server: str, missing: str) -> None:
    """Where WebAssembly or a file of the index does not come through, the page says so and keeps its lists."""
    context = browser.new_context(base_url=server)
    context.route(missing, lambda route: route.abort())
    page = context.new_page()
    page.goto("/search/?q=bullying")
    page.locator("[data-told]", has_text="does not work").wait_for(timeout=20_000)
    assert page.locator("[data-browse]").is_visible()
    assert page.locator("[data-plain]").is_visible()
    context.close()


def test_the_boxes_offer_names_once_they_are_entered(page: Any) -> None:
    """Nothing is fetched before a box has the focus; then plans by all their names are offered, and words."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(urlsplit(request.url).path))
    page.goto("/plans/")
    assert "/search/words.json" not in asked
    page.locator("#pa-box").focus()
    page.locator("#pa-names option").first.wait_for(state="attached")
    offered = set(page.evaluate("() => [...document.querySelectorAll('#pa-names option')].map(o => o.value)"))
    assert {"Behaviour Support Plan", "BSP", "Exclusions"} <= offered
    assert page.locator("#pa-box").get_attribute("list") == "pa-names"


def test_the_home_page_leads_to_searches_to_try(page: Any) -> None:
    """Each of the three leads to results."""
    page.goto("/")
    links = [link.get_attribute("href") for link in page.locator(".pa-search__try a").all()]
    assert len(links) == 3
    for link in links:
        page.goto(f"/{link}")
        _told(page)
        assert _hits(page)


@pytest.mark.parametrize("width", [390, pytest.param(1280, marks=pytest.mark.audit)])
@pytest.mark.parametrize(
    "path",
    ["", "?q=excluded+pupils", "?q=bullying&status=superseded", "?q=zzyzx", "?q=exlusions", "?q=CYPP+2008+bullying"],
)
def test_the_search_breaks_no_rule_of_accessibility(browser: Any, server: str, width: int, path: str) -> None:
    """Idle, with results, narrowed, with nothing found: axe finds no fault, and no page scrolls sideways."""
    context = browser.new_context(base_url=server, viewport={"width": width, "height": 844})
    page = context.new_page()
    page.goto(f"/search/{path}")
    if path:
        _told(page)
    assert faults(page) == []
    assert page.evaluate(FITS)
    context.close()


@pytest.mark.parametrize("path", ["/a-to-z/", "/years/"])
def test_the_lists_break_no_rule_of_accessibility(page: Any, path: str) -> None:
    """The A to Z and the years are clean too."""
    page.goto(path)
    assert faults(page) == []
