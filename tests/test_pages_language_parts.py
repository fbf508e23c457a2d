"""What a page says in another language than its own is marked so, for those who listen: WCAG 2.2, 3.1.2.

In these archives each word shows where it comes from: one that an editor wrote in the main language has acute accents,
one of the other language's texts or catalogue has circumflexes, and one that the catalogue lacks is plain English.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from accented import accent, catalogue, lacking, speak
from archives import bytes_below, commit, copy_bilingual, copy_example, copy_tiny, plan_archive
from plan_archive.dye import ENGLISH, dye, undyed
from plan_archive.pages import with_languages, with_link_languages

ACUTE, ROOFED = "áéíóúýÁÉÍÓÚÝ", "âêîôûŷÂÊÎÔÛŶ"
ROOFS = str.maketrans("aeiouyAEIOUY" + ACUTE, ROOFED * 2)
NAMES = ("title", "desc", "option")
"""Elements that hold no others: where they speak two languages, they cannot say so."""
SVG = "{http://www.w3.org/2000/svg}"


def _bilingual(folder: Path) -> Path:
    copy_bilingual(folder)
    accent(folder)
    for file in folder.glob("**/*.cy.md"):
        _roof(file, r"[\s\S]*")
    for file in folder.glob("docs/cy/**/*.md"):
        _roof(file, r"[\s\S]*")
    for file in (*folder.glob("plans/*/plan.yml"), folder / "plans" / "authority.yml"):
        _roof(file, r"^  cy: .*$")
    return folder


def _roof(file: Path, words: str) -> None:
    text = file.read_text(encoding="utf-8")
    text = re.sub(
        words, lambda found: re.sub(f"[{ACUTE}]", lambda v: v[0].translate(ROOFS), found[0]), text, flags=re.MULTILINE
    )
    file.write_text(text, encoding="utf-8")


def _large(folder: Path) -> Path:
    copy_example(folder)
    accent(folder)
    return folder


@pytest.fixture(scope="module", params=["whole", "with gaps", "large"])
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the small archive, with a whole catalogue and with gaps, and of the example without Welsh texts."""
    folder = tmp_path_factory.mktemp("parts") / "archive"
    archive = _large(folder) if request.param == "large" else _bilingual(folder)
    missing = 0 if request.param == "whole" else 3
    speak(archive, ["en", "cy"], catalogue(lambda part: part.translate(ROOFS), missing))
    commit(archive)
    ran = plan_archive(archive, "build")
    assert ran.code == 0, ran.err
    return archive / "site"


def _texts(element: Element, language: str = "") -> Iterator[tuple[str, str, str]]:
    """Every text of a page, with the language that it is read in and the element that it stands in."""
    language = element.get("lang", language)
    name = element.tag.removeprefix(SVG) if isinstance(element.tag, str) else ""
    if name and name not in ("script", "style"):
        yield element.text or "", language, name
        for child in element:
            yield from _texts(child, language)
            yield child.tail or "", language, name


def _tree(file: Path) -> Element:
    return html5lib.parse(file.read_bytes(), namespaceHTMLElements=False)


def _language_of(word: str) -> str:
    return "en" if set(word) & set(ACUTE) else "cy" if set(word) & set(ROOFED) else ""


@pytest.mark.site
def test_every_word_is_read_in_the_language_that_it_was_written_in(site: Path) -> None:
    """On each page in Welsh: what editors wrote in English in English, and what was translated in Welsh.

    Left out are the postal address, and names of pages and pictures that speak both languages in one breath.
    """
    wrong, seen = [], {"en": 0, "cy": 0}
    for file in sorted((site / "cy").rglob("*.html")):
        for text, language, name in _texts(_tree(file)):
            postal = re.search(r"Pláns Téám, .*\(á fíctíónál áddréss\)", text)
            for word in re.findall(r"[^\W\d_]{2,}", text.replace(postal[0], "") if postal else text):
                wanted = _language_of(word)
                if wanted and not (name in NAMES and wanted != language and language == "cy"):
                    seen[wanted] += 1
                    wrong += [] if wanted == language else [f"{file.relative_to(site)}: {text.strip()} ({language})"]
    assert wrong == []
    assert min(seen.values()) > 100


@pytest.mark.site
def test_a_sentence_that_the_catalogue_lacks_is_read_in_english(site: Path) -> None:
    """Each sentence without values that the catalogue leaves out, wherever a page says it; a Welsh day stays Welsh."""
    gaps = set(lacking(site.parent / "plans" / "languages" / "cy.po"))
    said = [row for file in sorted((site / "cy").rglob("*.html")) for row in _texts(_tree(file))]
    found = [(text.strip(), language) for text, language, name in said if text.strip() in gaps and name != "title"]
    assert {language for _, language in found} <= {"en"}
    assert not gaps or len({text for text, _ in found}) > 30
    assert {language for text, language, _ in said if "Rhagfyr" in text} == {"cy"}


@pytest.mark.site
def test_a_link_to_a_page_in_another_language_says_so(site: Path) -> None:
    """From each page in Welsh; a link that stays in the language says nothing, and none to a file that has none."""
    told = 0
    for file in sorted((site / "cy").rglob("index.html")):
        here = file.parent.relative_to(site).as_posix()
        for link in (element for element in _tree(file).iter("a") if element.get("href")):
            path = re.split(r"[?#]", link.get("href", ""), maxsplit=1)[0]
            there = posixpath.normpath(posixpath.join(here, path))
            page = bool(path) and ":" not in path and (site / there / "index.html").is_file()
            wanted = "en" if page and there.partition("/")[0] != "cy" else None
            assert link.get("hreflang") == wanted, (here, link.attrib)
            told += wanted is not None
    assert told > 50


@pytest.mark.site
def test_only_pages_in_another_language_are_marked(site: Path) -> None:
    """The main language's pages are as they were without the other: but for the links to it, no part has a language."""
    for file in site.rglob("*.html"):
        if file.relative_to(site).parts[0] != "cy":
            html = file.read_text(encoding="utf-8")
            assert set(re.findall(r'<(\w+)[^>]*\slang="', html)) <= {"html", "a"}, file
            assert 'lang="en"' not in html.replace('<html lang="en"', "", 1), file


@pytest.mark.site
def test_what_is_dyed_is_never_published(site: Path) -> None:
    """The second drawing is looked at and thrown away: no letter of its alphabets is in any file."""
    for name, content in bytes_below(site).items():
        if name.endswith((".html", ".json", ".js", ".xml", ".css", ".csv")):
            text = content.decode()
            assert undyed(text) == text, name


@pytest.mark.parametrize(
    ("html", "dyed", "marked"),
    [
        ("<p>Beta Plan</p>", f"<p>{dye('Beta Plan')}</p>", '<p lang="en">Beta Plan</p>'),
        ("<p>Cynllun Beta</p>", "<p>Cynllun Beta</p>", "<p>Cynllun Beta</p>"),
        (
            "<p>Gweler Beta Plan 2004 yma</p>",
            f"<p>Gweler {dye('Beta Plan')} 2004 yma</p>",
            '<p>Gweler <span lang="en">Beta Plan</span> 2004 yma</p>',
        ),
        (
            "<p>In effect since 1 Ebrill 2007 (Cabinet, minute 61).</p>",
            f"<p>{dye('In effect since', ENGLISH)} 1 Ebrill 2007 ({dye('Cabinet')}, {dye('minute', ENGLISH)} 61).</p>",
            '<p><span lang="en">In effect since</span> 1 Ebrill 2007 (<span lang="en">Cabinet, minute 61).</span></p>',
        ),
        ("<p>Data</p><p>Data</p>", f"<p>Data</p><p>{dye('Data')}</p>", '<p>Data</p><p lang="en">Data</p>'),
        ("<p>Data</p>", f"<p>Data</p><p>{dye('Data')}</p>", "<p>Data</p>"),
        ("<p>A1</p><p>2004</p>", f"<p>{dye('A1')}</p><p>{dye('2004')}</p>", "<p>A1</p><p>2004</p>"),
        (
            '<a title="Cynllun">Plan</a>',
            f'<a title="Cynllun">{dye("Plan")}</a>',
            '<a title="Cynllun"><span lang="en">Plan</span></a>',
        ),
        ("<option>Plan</option>", f"<option>{dye('Plan')}</option>", '<option lang="en">Plan</option>'),
        ("<title>Plan - Cyngor</title>", f"<title>{dye('Plan')} - Cyngor</title>", "<title>Plan - Cyngor</title>"),
        ("<svg><text>Y plan</text></svg>", f"<svg><text>Y {dye('plan')}</text></svg>",
         '<svg><text>Y <tspan lang="en">plan</tspan></text></svg>'),
        ("<p>council&#39;s</p>", f"<p>{dye('council')}&#39;{dye('s')}</p>", '<p lang="en">council&#39;s</p>'),
        ("<script>plan</script>", f"<script>{dye('plan')}</script>", "<script>plan</script>"),
    ],
)  # fmt: skip
def test_parts_are_marked_on_the_nearest_element(html: str, dyed: str, marked: str) -> None:
    """A whole text marks its element, a run of words has one of its own; what belongs to no language is left alone."""
    assert with_languages(html, dyed, "cy", "en") == marked


def test_the_main_language_need_not_be_english() -> None:
    """Editors' words are in the main language; what the catalogue lacks is in English."""
    html, dyed = "<p>Contact: Bureau</p>", f"<p>{dye('Contact', ENGLISH)}: {dye('Bureau')}</p>"
    marked = '<p><span lang="en">Contact</span>: <span lang="fr">Bureau</span></p>'
    assert with_languages(html, dyed, "cy", "fr") == marked
    assert with_languages(html, dyed, "en", "fr") == '<p>Contact: <span lang="fr">Bureau</span></p>'


MARKUP = st.lists(st.sampled_from(["<p>", "</p>", "<b>", "</b>", "Data", " plan", " y 2004 ", "&amp;", ". "])).map(
    "".join
)


@given(MARKUP, MARKUP)
def test_marking_changes_nothing_that_is_read(html: str, dyed: str) -> None:
    """Whatever the second drawing says: without the marks the page is what it was, to the letter."""
    marked = with_languages(html, re.sub("[^<>]+(?=<|$)", lambda text: dye(text[0]), dyed), "cy", "en")
    assert re.sub(r'<span lang="en">(.*?)</span>', r"\1", marked).replace(' lang="en"', "") == html


def test_links_are_told_by_where_they_lead() -> None:
    """A page of the main language, one of a third, one of the same; a part of the page, a file, another site."""
    here = "cy/plans/"
    for href, code in {
        "../../plans/": "en",
        "../../": "en",
        "../../fr/plans/#a": "fr",
        "../": "",
        "./alpha/": "",
        "#a": "",
        "../../data/x.csv": "",
        "https://example.org/": "",
    }.items():
        marked = with_link_languages(f'<a class="b" href="{href}" rel="c">', here, "cy", ("en", "cy", "fr"))
        wanted = f' hreflang="{code}"' if code else ""
        assert marked == f'<a class="b" href="{href}" rel="c"{wanted}>', href


@pytest.mark.site
def test_a_site_in_one_language_has_no_marks(tmp_path: Path) -> None:
    """No part of any page says its language."""
    folder = copy_tiny(tmp_path / "archive")
    commit(folder)
    assert plan_archive(folder, "build").code == 0
    for file in (folder / "site").rglob("*.html"):
        html = file.read_text(encoding="utf-8")
        assert len(re.findall(r'\s(?:href)?lang="', html)) == html.count("<html lang="), file
