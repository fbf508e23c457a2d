"""An archive in two languages: its pages in each, how they lead to one another, and what each says."""

from __future__ import annotations

import json
import posixpath
import re
from pathlib import Path

import html5lib
import pytest

from archives import bytes_below, commit, copy_bilingual, plan_archive

pytestmark = pytest.mark.site
WELSH = "Mae gan bob plentyn yn Sir Fach yr hawl i fod yn ddiogel"
ENGLISH = "Every child in Littleshire has the right to be safe"


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bilingual archive, with one commit."""
    folder = copy_bilingual(tmp_path_factory.mktemp("bilingual") / "archive")
    commit(folder)
    return folder


@pytest.fixture(scope="module")
def site(archive: Path) -> Path:
    """Its site, as the real command builds it."""
    ran = plan_archive(archive, "build")
    assert ran.code == 0, ran.err
    return archive / "site"


def _page(site: Path, address: str) -> str:
    return (site / address / "index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("edition", ["2006", "2007"])
def test_each_text_stands_in_its_own_language(site: Path, edition: str) -> None:
    """The page says its language in its markup, and has the one text and not the other."""
    main, other = _page(site, f"plans/alpha/{edition}"), _page(site, f"cy/plans/alpha/{edition}")
    assert '<html lang="en"' in main
    assert '<html lang="cy"' in other
    assert ENGLISH in main
    assert WELSH not in main
    assert WELSH in other
    assert ENGLISH not in other


def test_each_page_leads_to_the_same_page_in_the_other_language(site: Path) -> None:
    """By a link in words of that language, and for programs by `hreflang`; there and back."""
    both = [file.parent.relative_to(site / "cy").as_posix() for file in (site / "cy").rglob("index.html")]
    assert len(both) > 15
    for address in both:
        main = posixpath.normpath(address)
        for here, there, code, name in (
            (main, f"cy/{main}", "cy", "Cymraeg"),
            (f"cy/{main}", main, "en", "English"),
        ):
            html = _page(site, here)
            found = re.search(rf'<link rel="alternate" hreflang="{code}" href="([^"]+)">', html)
            assert found, here
            assert posixpath.normpath(posixpath.join(here, found[1])) == posixpath.normpath(there), here
            assert re.search(rf'<a href="[^"]+" lang="{code}" hreflang="{code}">{name}</a>', html), here


def test_a_page_without_its_like_leads_to_the_other_languages_first_page(site: Path) -> None:
    """The log is in the main language alone: its link leads to the first page in Welsh, and no program is told."""
    html = _page(site, "plans/beta/2004")
    assert 'hreflang="cy" href=' not in html
    assert '<a href="../../../cy/" lang="cy" hreflang="cy">Cymraeg</a>' in html


def test_an_edition_without_a_text_in_the_language_is_read_in_the_main_one(site: Path) -> None:
    """The plan's page in Welsh leads to the English text, and there is no empty page."""
    assert not (site / "cy/plans/beta/2004").exists()
    assert 'href="../../../plans/beta/2004/"' in _page(site, "cy/plans/beta")


def test_every_link_of_every_page_leads_somewhere(site: Path) -> None:
    """Pages in another language lead to their own kind where there is one, and never to nothing."""
    dead = []
    for file in sorted(site.rglob("*.html")):
        if file.name == "404.html":
            continue  # its links hold for wherever it is shown
        tree = html5lib.parse(file.read_bytes(), namespaceHTMLElements=False)
        for element in tree.iter():
            for name in ("href", "src"):
                link = element.attrib.get(name, "")
                path = link.partition("#")[0].partition("?")[0]
                if not path or ":" in path:
                    continue
                there = site / posixpath.normpath(posixpath.join(file.parent.relative_to(site).as_posix(), path))
                if not (there.is_file() or (there / "index.html").is_file()):
                    dead.append(f"{file.relative_to(site)}: {link}")
    assert dead == []


@pytest.mark.parametrize(("prefix", "language"), [("", "en"), ("cy/", "cy")])
def test_an_edition_tells_programs_its_language(site: Path, prefix: str, language: str) -> None:
    """The JSON-LD of each text has the language that the text is in."""
    assert f'"inLanguage":"{language}"' in _page(site, f"{prefix}plans/alpha/2007")


def test_the_words_of_the_page_are_those_of_the_catalogue(site: Path) -> None:
    """What is translated is said in Welsh, with Welsh dates; what is not stands in English."""
    html = _page(site, "cy/plans/alpha/2007")
    assert "Mewn effaith ar 1 Rhagfyr 2007" in html
    assert ">Chwilio</button>" in html
    assert "Enghraifft ffuglennol. Nid cyngor na chofnod go iawn." in html
    assert "Cyngor Sir Fach" in html
    assert "In effect on 1 December 2007" in _page(site, "plans/alpha/2007")


def test_a_comparison_is_of_two_texts_in_the_language(site: Path) -> None:
    """Welsh words are marked; what became of the measures is found as in the main texts, with the Welsh reason."""
    html = _page(site, "cy/plans/alpha/changes/2006-to-2007")
    assert "ffordd rhyngddynt" in html
    assert "on the way between them" not in html
    assert "gostyngiad wedi arafu" in html
    assert "The fall has slowed" not in html


def test_each_language_searches_its_own_texts(site: Path) -> None:
    """The Welsh index has the plans, and the sections of Welsh texts; the English one has no Welsh."""
    words = json.loads((site / "cy/search/words.json").read_text(encoding="utf-8"))
    assert words["language"] == "cy"
    entry = json.loads((site / "cy/search/current/pagefind-entry.json").read_text(encoding="utf-8"))
    assert list(entry["languages"]) == ["cy"]
    main = json.loads((site / "search/current/pagefind-entry.json").read_text(encoding="utf-8"))
    assert list(main["languages"]) == ["en"]


def test_the_catalogue_for_programs_lists_both_texts(site: Path) -> None:
    """Each text with its address and its hash."""
    data = json.loads((site / "data/catalogue.json").read_text(encoding="utf-8"))
    alpha = next(plan for plan in data["plans"] if plan["id"] == "alpha")
    assert [text["url"] for edition in alpha["editions"] for text in edition["others"]] == [
        "/cy/plans/alpha/2006/",
        "/cy/plans/alpha/2007/",
    ]


def test_two_builds_are_equal(archive: Path, site: Path, tmp_path: Path) -> None:
    """The same archive gives the same bytes, whatever the hash seed."""
    ran = plan_archive(archive, "build", "--site-dir", str(tmp_path / "again"), PYTHONHASHSEED="77")
    assert ran.code == 0, ran.err
    assert bytes_below(tmp_path / "again") == bytes_below(site)
