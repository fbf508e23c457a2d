"""The pages that every council's site must have, and what the site says to search engines."""

from __future__ import annotations

import importlib.util
import re
import struct
import zlib
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import pytest
import yaml
from pydantic import ValidationError

from archives import NOTICE, ROOT
from council import BASE, STATEMENT, drawn, meta, read, tree_of, words_of
from plan_archive import Library
from plan_archive.facts import Authority
from plan_archive.pages import engine_files, files

STYLES = ROOT / "mkdocs_plugins/plan_archive/pages/assets/styles"


def _canonical(file: Path) -> str:
    tree = tree_of(file.read_text(encoding="utf-8"))
    return next((one.attrib["href"] for one in tree.iter("link") if one.attrib.get("rel") == "canonical"), "")


@pytest.mark.site
def test_versions_and_old_names_stand_for_the_page_that_readers_want(council_site: Path) -> None:
    """An edition names itself whether in effect or not, a version its edition, an old name the plan."""
    alpha = f"{BASE}plans/alpha/"
    assert _canonical(council_site / "plans/alpha/2006/index.html") == f"{alpha}2006/"
    assert _canonical(council_site / "plans/alpha/2007/index.html") == f"{alpha}2007/"
    assert _canonical(council_site / "plans/alpha/2006/v1/index.html") == f"{alpha}2006/"
    assert _canonical(council_site / "plans/alpha/2006/v2/index.html") == f"{alpha}2006/"
    for alias in ("plans/first-plan/index.html", "children/alpha.html"):
        assert _canonical(council_site / alias) == alpha
        assert meta(tree_of((council_site / alias).read_text(encoding="utf-8")), "robots") == []


@pytest.mark.site
def test_the_sitemap_gives_only_honest_days(council_site: Path) -> None:
    """Every page that stands for itself is listed once; only texts have a day, and it is the file's own."""
    space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    listed = {
        url.findtext(f"{space}loc"): url.findtext(f"{space}lastmod")
        for url in ET.parse(council_site / "sitemap.xml").getroot().iter(f"{space}url")  # noqa: S314  our own file
    }
    assert {where: day for where, day in listed.items() if day} == {
        f"{BASE}plans/alpha/2006/": "2006-03-31",
        f"{BASE}plans/alpha/2007/": "2007-03-30",
        f"{BASE}plans/beta/2004/": "2004-03-31",
    }
    built = {
        BASE + file.parent.relative_to(council_site).as_posix().removeprefix(".") + "/" * (file.parent != council_site)
        for file in council_site.rglob("index.html")
        if 'http-equiv="refresh"' not in file.read_text(encoding="utf-8") and not re.fullmatch(r"v\d", file.parent.name)
    }
    assert set(listed) == built
    assert not (council_site / "sitemap.xml.gz").exists()


@pytest.mark.site
def test_a_listed_site_says_so_and_an_example_never_is(council_site: Path, council_archive: Path) -> None:
    """`index` is the default; `noindex` and an example are said on pages and in the server's headers."""
    assert (council_site / "robots.txt").read_text(encoding="utf-8") == (
        f"User-agent: *\nDisallow:\n\nSitemap: {BASE}sitemap.xml\n"
    )
    assert "X-Robots-Tag" not in (council_site / "_headers").read_text(encoding="utf-8")
    for name, wanted in (("index.html", []), ("plans/alpha/2006/index.html", []), ("404.html", ["noindex"])):
        assert meta(tree_of((council_site / name).read_text(encoding="utf-8")), "robots") == wanted
    library = read(council_archive)
    for change in ({"robots": "noindex"}, {"example": True}):
        hidden = replace(library, authority=library.authority.model_copy(update=change))
        made = {file.address: file.content.decode() for file in engine_files(hidden, (), (), BASE)}
        assert "Sitemap" not in made["robots.txt"]
        assert made["robots.txt"].endswith("User-agent: *\nDisallow:\n")
        assert made["robots.txt"].startswith(f"# {NOTICE}\n") == ("example" in change)
        headers = next(f.content.decode() for f in files(hidden, ()) if f.address == "_headers")
        assert headers.endswith("\n  X-Robots-Tag: noindex\n")
    assert [file.address for file in engine_files(library, (), ())] == ["robots.txt"]


@pytest.mark.site
def test_the_statement_says_what_the_law_asks_and_what_the_file_says(council_site: Path) -> None:
    """Headings of the model in its order, the fixed sentences, each fault with its reason, and the facts."""
    tree = tree_of((council_site / "about/accessibility/index.html").read_text(encoding="utf-8"))
    article = next(tree.iter("article"))
    assert [words_of(e) for e in article.iter() if e.tag in ("h1", "h2", "h3")] == [
        "Accessibility statement for the plans of Littleshire Council",
        "How accessible this website is",
        "Feedback and contact information",
        "Reporting accessibility problems with this website",
        "Enforcement procedure",
        "Technical information about this website's accessibility",
        "Compliance status",
        "Non-accessible content",
        "Non-compliance with the accessibility regulations",
        "Disproportionate burden",
        "What we're doing to improve accessibility",
        "Preparation of this accessibility statement",
    ]
    words = words_of(article)
    law = "Public Sector Bodies (Websites and Mobile Applications) (No. 2) Accessibility Regulations 2018"
    for sentence in (
        f"This accessibility statement applies to {BASE}",
        f"Littleshire Council is committed to making its website accessible, in accordance with the {law}.",
        "This website is partially compliant with the Web Content Accessibility Guidelines version 2.2 AA standard,"
        " due to the non-compliances listed below.",
        f"The Commission is responsible for enforcing the {law}",
        "Old maps have no words. This fails 1.1.1. In its place: Ask for the list.",
        "put it right by: 31 December 2026.",
        "You have an answer within 7 working days.",
        "This statement was prepared on 5 March 2026.",
        "This website was last tested on 2 March 2026 against the Web Content Accessibility Guidelines",
    ):
        assert sentence in words, sentence
    links = {a.attrib["href"].partition("?")[0] for a in article.iter("a")}
    assert {"https://service.example/", "mailto:plans@littleshire.example"} < links


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"status": "fully"}, "say partly"),
        ({"known_faults": []}, "no `known_faults`"),
        ({"reviewed": "2026-03-01"}, "before it was prepared"),
    ],
)
def test_a_statement_that_contradicts_itself_is_refused(change: dict[str, object], told: str) -> None:
    """A site cannot be fully compliant beside a fault, nor partly without one."""
    facts = yaml.load(STATEMENT, Loader=yaml.BaseLoader)["accessibility"]  # noqa: S506  texts only
    body = {"name": "X", "kind": "X", "example": "no", "as_at": "build", "licence": "X"}
    contact = {"postal": "X", "email": "x@x.example"}
    Authority.model_validate({**body, "contact": contact, "accessibility": facts})
    with pytest.raises(ValidationError, match=told):
        Authority.model_validate({**body, "contact": contact, "accessibility": facts | change})


def test_what_the_help_page_has_editors_write_is_understood() -> None:
    """Each example of `docs/editors/site-pages.md` is a part of an accepted `authority.yml`, or of the theme."""
    words = (ROOT / "docs/editors/site-pages.md").read_text(encoding="utf-8")
    examples = re.findall(r"^```yaml\n(.*?)^```$", words, re.MULTILINE | re.DOTALL)
    body = yaml.load((ROOT / "plans/authority.yml").read_text("utf-8"), Loader=yaml.BaseLoader)  # noqa: S506
    given = [yaml.load(example, Loader=yaml.BaseLoader) for example in examples]  # noqa: S506  texts only
    assert [list(one) for one in given] == [
        ["accessibility"],
        ["privacy"],
        ["freedom_of_information"],
        ["forge"],
        ["robots"],
        ["theme"],
    ]
    for one in given[:-1]:
        Authority.model_validate(body | one)


@pytest.mark.site
def test_the_bodys_own_page_takes_the_place_of_the_one_that_is_made(council_site: Path, council_archive: Path) -> None:
    """`docs/about/contact.md` stands in place of the page from the facts; the foot leads to what there is, no more."""
    assert "By the river." in (council_site / "about/contact/index.html").read_text(encoding="utf-8")
    library = read(council_archive)
    assert "about/contact/" in drawn(library)
    assert "about/contact/" not in drawn(library, frozenset({"about/contact/"}))
    less = library.authority.model_copy(update={"accessibility": None})
    assert "about/accessibility/" not in drawn(replace(library, authority=less))
    for file in (council_site / "index.html", council_site / "plans/alpha/2006/v1/index.html"):
        tree = tree_of(file.read_text(encoding="utf-8"))
        foot = next(nav for nav in tree.iter("nav") if nav.attrib.get("class") == "pa-foot")
        names = ["Accessibility", "Privacy", "Contact", "Data", "About this archive"]
        assert [words_of(a) for a in foot.iter("a")] == names
        for link in foot.iter("a"):
            assert (file.parent / link.attrib["href"] / "index.html").is_file()


def test_the_publication_scheme_lists_every_edition_of_its_class(example: Library) -> None:
    """The page on freedom of information links each edition that names a class, and no other."""
    html = drawn(example)["about/freedom-of-information/"].html
    linked = set(re.findall(r'href="\.\./\.\./(plans/[^/]+/[^/"]+/)"', html))
    wanted = set()
    for top in ("plans", "archive"):
        for file in (ROOT / top).rglob("*.md"):
            if "\nfoi_class: " in file.read_text(encoding="utf-8"):
                plan = file.relative_to(ROOT / top).parts[0]
                wanted.add(f"plans/{plan}/{file.parent.name if file.name == 'index.md' else file.stem}/")
    assert linked == wanted
    assert len(wanted) > 25


@pytest.mark.site
def test_the_page_for_what_is_not_found_works_at_any_depth(council_site: Path) -> None:
    """All its addresses are whole paths below the site's own, and each leads to a file."""
    tree = tree_of((council_site / "404.html").read_text(encoding="utf-8"))
    path = urlsplit(BASE).path
    held = [e.attrib[a] for e in tree.iter() for a in ("href", "src", "action") if a in e.attrib]
    inner = [one for one in held if not one.startswith(("mailto:", "#", "https:"))]
    assert [one for one in inner if not one.startswith(path)] == []
    for one in inner:
        where = council_site / one.removeprefix(path)
        assert (where / "index.html" if where.is_dir() else where).is_file(), one
    said = words_of(next(tree.iter("article")))
    assert all(words in said for words in ("Page not found", "All plans", "A to Z", "Where did it go?"))


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    """The module that draws the icons."""
    spec = importlib.util.spec_from_file_location("icons", ROOT / "tools" / "icons.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _pixels(picture: bytes) -> tuple[int, int, bytes]:
    wide, high = struct.unpack(">II", picture[16:24])
    size = struct.unpack(">I", picture[33:37])[0]
    return wide, high, zlib.decompress(picture[41 : 41 + size])


def test_the_icons_are_what_the_drawing_says(tool: ModuleType) -> None:
    """The pictures in the package show the drawing; each corner is its first colour, and the sheet is white."""
    for name, made in tool.icons().items():
        kept = (tool.ASSETS / name).read_bytes()
        pictures = [part for part in re.split(rb"(?=\x89PNG)", kept) if part.startswith(b"\x89PNG")]
        again = [part for part in re.split(rb"(?=\x89PNG)", made) if part.startswith(b"\x89PNG")]
        assert [_pixels(one) for one in pictures] == [_pixels(one) for one in again]
        for wide, high, rows in map(_pixels, pictures):
            assert wide == high
            assert rows[1:4] == b"\x0b\x4f\x8a"
            middle = (high * 10 // 32) * (3 * wide + 1) + 1 + 3 * (wide * 20 // 32)
            assert rows[middle : middle + 3] == b"\xff\xff\xff"


@pytest.mark.site
def test_the_colours_of_the_window_are_those_of_the_page(council_site: Path) -> None:
    """`theme-color` is the paper's colour in light and in dark, as the style says it."""
    style = (STYLES / "10-base.css").read_text(encoding="utf-8")
    paper = re.findall(r"--pa-paper: (#[0-9a-f]{6});", style)[:2]
    tree = tree_of((council_site / "index.html").read_text(encoding="utf-8"))
    assert meta(tree, "theme-color") == paper
    icons = [one.attrib["href"] for one in tree.iter("link") if "icon" in one.attrib.get("rel", "")]
    assert icons == ["favicon.ico", "assets/icon.svg", "assets/icon-180.png"]
    assert all((council_site / one).is_file() for one in icons)
