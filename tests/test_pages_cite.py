"""Citations, permanent addresses, what search engines are told, and the pages that every council's site must have."""

from __future__ import annotations

import hashlib
import importlib.util
import re
import struct
import zlib
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import ModuleType
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree as ET

import html5lib
import pytest
import yaml
from pydantic import ValidationError

from archives import NOTICE, ROOT, copy_tiny, edit, plan_archive
from plan_archive import Library, read_library
from plan_archive.facts import Authority
from plan_archive.pages import Page, engine_files, files, pages, tracing
from plan_archive.pages.cite import citation, file_address
from plan_archive.record import Record

BASE = "https://plans.littleshire.example/archive-of-plans/"
STYLES = ROOT / "mkdocs_plugins/plan_archive/pages/assets/styles"
FORGE = "https://forge.littleshire.example/plans/edit/main/{file}"
STATEMENT = """
accessibility:
  standard: Web Content Accessibility Guidelines version 2.2 AA standard
  status: partly
  tested: 2026-03-02
  tested_by: The web team tested twenty pages.
  known_faults:
    - {what: "Old maps have no words.", rule: "1.1.1", instead: "Ask for the list.", by: 2026-12-31}
    - {what: "Old films have no signing.", reason: burden}
  prepared: 2026-03-05
  answer_days: 7
  enforcement: {body: The Commission, advice: The Service, address: "https://service.example/"}
"""


@pytest.fixture(scope="module")
def example() -> Library:
    """The example archive."""
    return _read(ROOT)


@pytest.fixture(scope="module")
def corrected(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny archive of a real council below a path of its host, with one corrected edition and every fact."""
    folder = copy_tiny(tmp_path_factory.mktemp("corrected") / "archive")
    first = folder / "archive/alpha/2006.md"
    second = first.with_name("2006.v2.md")
    second.write_text(first.read_text(encoding="utf-8").replace("right to be safe", "right to be kept safe"), "utf-8")
    edit(second, "owner: Director", 'corrects: v1\nreason: "A word was missing."\nowner: Director')
    edit(folder / "plans/authority.yml", "example: yes", f'example: no\nforge: "{FORGE}"{STATEMENT.rstrip()}')
    edit(folder / "mkdocs.yml", "https://plans.littleshire.example/", BASE)
    (folder / "docs/about/contact.md").write_text("# Find us\n\nBy the river.\n", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def site(corrected: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of it, built by the real command."""
    where = tmp_path_factory.mktemp("site") / "site"
    ran = plan_archive(corrected, "build", "--site-dir", str(where))
    assert ran.code == 0, ran.err
    return where


def _read(folder: Path) -> Library:
    reading = read_library(folder, date(2026, 11, 23))
    assert reading.errors == ()
    assert reading.library is not None
    return reading.library


def _pages(library: Library, help_pages: frozenset[str] = frozenset(), base: str = "") -> dict[str, Page]:
    return {page.address: page for page in pages(library, (), tracing(library), help_pages, Record(address=base))}


def _tree(html: str) -> ET.Element:
    return html5lib.HTMLParser(namespaceHTMLElements=False).parse(html)


def _words(tree: ET.Element) -> str:
    return " ".join("".join(tree.itertext()).split())


def _meta(tree: ET.Element, name: str) -> list[str]:
    return [one.attrib["content"] for one in tree.iter("meta") if one.attrib.get("name") == name]


def _canonical(file: Path) -> str:
    tree = _tree(file.read_text(encoding="utf-8"))
    return next((one.attrib["href"] for one in tree.iter("link") if one.attrib.get("rel") == "canonical"), "")


def _plainly_cited(plan: str, edition: str, file: Path, about: str) -> str:
    """A citation by simple code: the front matter's lines, the bytes' digest, the day in words."""
    text = file.read_text(encoding="utf-8")
    front = yaml.load(text.split("---\n")[1], Loader=yaml.BaseLoader)  # noqa: S506  texts only
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    if file.name == "index.md":
        held = [f"{hashlib.sha256(one.read_bytes()).hexdigest()}  {one.name}\n" for one in file.parent.glob("*.md")]
        digest = hashlib.sha256("".join(sorted(held)).encode()).hexdigest()
    year, month, day = front["published"].split("-")
    said = date(int(year), int(month), int(day)).strftime("%B")
    return (
        f"Exampleshire Council (fictional example), {front['title']} ({edition} edition, {int(day)} {said} {year})"
        f", as at 1 December 2009, sha256 {digest[:16]}..., <https://plans.exampleshire.example/plans/{plan}/{about}/>"
    )


def test_every_edition_of_the_example_is_cited_as_its_file_says(example: Library) -> None:
    """Body, title, edition, day, digest and address of each citation are those of the Markdown file."""
    cited = 0
    for plan in example.plans:
        for edition in plan.editions:
            found = citation(example, edition, edition.text, "https://plans.exampleshire.example/")
            assert found is not None
            assert found.of() == _plainly_cited(plan.id, edition.id, ROOT / edition.text.file, edition.id)
            cited += 1
    assert cited == len([f for top in ("plans", "archive") for f in (ROOT / top).rglob("*.md") if _is_edition(f)]) > 25


def _is_edition(file: Path) -> bool:
    text = file.read_text(encoding="utf-8")
    return text.startswith("---\n") and "\nkind: " in text and "\ndraft: yes" not in text


def test_sections_and_paragraphs_are_cited_at_places_that_exist(example: Library) -> None:
    """The citation of each section, and of its first paragraph, ends in the address of an id on the page."""
    plan = example.plan("cypp")
    edition = example.edition("cypp", "2006")
    assert plan is not None
    assert edition is not None
    cited = citation(example, edition, edition.text)
    assert cited is not None
    html = _pages(example)["plans/cypp/2006/"].html
    ids = {one.attrib["id"] for one in _tree(html).iter() if "id" in one.attrib}
    sections = [section for section in edition.text.sections if section.id]
    for section in sections:
        whole = cited.of_section(section)
        assert f") s \u2018{section.title}\u2019, as at 1 December 2009, sha256 " in whole
        assert whole.endswith(f"</plans/cypp/2006/#{section.id}>")
        assert section.id in ids
        if any(block.anchor == f"{section.id}-p1" for block in section.blocks):
            part = cited.of_section(section, 1)
            assert "\u2019, para 1, as at " in part
            assert part.endswith(f"#{section.id}-p1>")
            assert f"{section.id}-p1" in ids
    assert len(sections) > 30


def test_the_page_shows_the_citation_the_address_and_a_section(example: Library) -> None:
    """Without a script an edition's page has its citation, its permanent address and the citation of a section."""
    base = "https://plans.exampleshire.example/"
    for address, page in _pages(example, frozenset({"about/citing/"}), base).items():
        if not re.fullmatch(r"plans/[^/]+/\d{4}/", address):
            continue
        fold = next(e for e in _tree(page.html).iter("details") if "pa-cite" in e.attrib.get("class", ""))
        words = _words(fold)
        assert f"<{base}{address}>" in words
        assert f"Permanent address: {base}{address}" in words
        assert re.search(r"\) s \u2018.+?\u2019, as at ", words)
        assert [a.attrib["href"] for a in fold.iter("a")] == ["../../../about/citing/"]
        assert fold.attrib["data-address"] == base + address


def test_a_corrected_edition_is_cited_by_its_version(corrected: Path) -> None:
    """Each version has its own citation, digest and address, so that a later correction makes none of them wrong."""
    library = _read(corrected)
    edition = library.edition("alpha", "2006")
    assert edition is not None
    first, second = (citation(library, edition, text, BASE) for text in edition.versions)
    assert first is not None
    assert second is not None
    assert "(2006 edition, version 1, 31 March 2006)" in first.before
    assert "(2006 edition, version 2, 31 March 2006)" in second.before
    assert first.address == f"{BASE}plans/alpha/2006/v1/"
    assert second.address == f"{BASE}plans/alpha/2006/v2/"
    for cited, name in ((first, "2006.md"), (second, "2006.v2.md")):
        digest = hashlib.sha256((corrected / "archive/alpha" / name).read_bytes()).hexdigest()
        assert cited.after.endswith(f"sha256 {digest[:16]}...")
    assert "fictional" not in first.of()


def test_a_suggestion_leads_to_the_file(corrected: Path, example: Library) -> None:
    """An edition leads to its text and its facts on the forge; an old version does not, nor does a site without one."""
    library = _read(corrected)
    made = _pages(library)
    wanted = [f"{FORGE.removesuffix('{file}')}{file}" for file in ("plans/alpha/2007.md", "plans/alpha/plan.yml")]
    assert _forged(made["plans/alpha/2007/"]) == wanted
    assert _forged(made["plans/alpha/2006/"])[0].endswith("/archive/alpha/2006.v2.md")
    assert _forged(made["plans/alpha/2006/v1/"]) == []
    without = replace(library, authority=library.authority.model_copy(update={"forge": None}))
    assert [address for address, page in _pages(without).items() if "pa-suggest" in page.html] == []
    for plan in example.plans:
        for edition in plan.editions:
            there = file_address(example.authority, edition.text.file)
            assert (ROOT / unquote(urlsplit(there).path).partition("/edit/main/")[2]).is_file()


def _forged(page: Page) -> list[str]:
    return [a.attrib["href"] for a in _tree(page.html).iter("a") if "forge." in a.attrib.get("href", "")]


def test_a_file_with_odd_letters_is_quoted(corrected: Path) -> None:
    """What could end the address or begin a question is written by its number."""
    authority = _read(corrected).authority
    assert file_address(authority, "docs/a b?#\u00e9.md").endswith("/main/docs/a%20b%3F%23%C3%A9.md")


@pytest.mark.site
def test_help_pages_lead_to_their_files(site: Path) -> None:
    """A help page, the body's own contact page too, leads to its Markdown."""
    for name in ("about", "about/contact"):
        tree = _tree((site / name / "index.html").read_text(encoding="utf-8"))
        links = [a.attrib["href"] for a in tree.iter("a") if "forge." in a.attrib.get("href", "")]
        file = "about/index.md" if name == "about" else "about/contact.md"
        assert links == [f"{FORGE.removesuffix('{file}')}docs/{file}"]


@pytest.mark.parametrize(
    "forge",
    [
        "https://forge.example/edit/",
        "https://forge.example/{file}/{file}",
        "ftp://x/{file}",
        "https://x/ {file}",
        "{file}",
    ],
)
def test_a_forge_without_one_place_for_the_file_is_refused(example: Library, forge: str) -> None:
    """The address must be one, and hold `{file}` once."""
    facts = example.authority.model_dump(mode="json") | {"example": "yes", "as_at": "2009-12-01", "forge": forge}
    with pytest.raises(ValidationError, match="forge"):
        Authority.model_validate(facts)


def test_other_forms_are_offered_with_a_letter(example: Library) -> None:
    """Each edition names its companions, and opens a letter to the body that names the edition and its address."""
    base = "https://plans.exampleshire.example/"
    made = _pages(example, base=base)
    seen = 0
    for plan in example.plans:
        for edition in plan.editions:
            tree = _tree(made[f"plans/{plan.id}/{edition.id}/"].html)
            line = next(p for p in tree.iter("p") if p.attrib.get("class") == "pa-forms")
            letter = urlsplit(line.findall("a")[-1].attrib["href"])
            assert (letter.scheme, letter.path) == ("mailto", "plans@exampleshire.example")
            assert f"subject=Another format: {edition.title}&body=" in unquote(letter.query)
            assert f"({edition.id} edition)\n{base}plans/{plan.id}/{edition.id}/\n" in unquote(letter.query)
            companions = edition.facts.companions if edition.facts else ()
            assert all(companion.title in _words(line) for companion in companions)
            seen += len(companions)
    text = "".join(file.read_text(encoding="utf-8") for file in ROOT.glob("*/*/plan.yml"))
    assert seen == len(re.findall(r"- \{title: \"[^\"]+\", (?:note|address): ", text)) > 5


@pytest.mark.site
def test_versions_and_old_names_stand_for_the_page_that_readers_want(site: Path) -> None:
    """An edition names itself whether in effect or not, a version its edition, an old name the plan."""
    alpha = f"{BASE}plans/alpha/"
    assert _canonical(site / "plans/alpha/2006/index.html") == f"{alpha}2006/"
    assert _canonical(site / "plans/alpha/2007/index.html") == f"{alpha}2007/"
    assert _canonical(site / "plans/alpha/2006/v1/index.html") == f"{alpha}2006/"
    assert _canonical(site / "plans/alpha/2006/v2/index.html") == f"{alpha}2006/"
    for alias in ("plans/first-plan/index.html", "children/alpha.html"):
        assert _canonical(site / alias) == alpha
        assert _meta(_tree((site / alias).read_text(encoding="utf-8")), "robots") == []


@pytest.mark.site
def test_the_sitemap_gives_only_honest_days(site: Path) -> None:
    """Every page that stands for itself is listed once; only texts have a day, and it is the file's own."""
    space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    listed = {
        url.findtext(f"{space}loc"): url.findtext(f"{space}lastmod")
        for url in ET.parse(site / "sitemap.xml").getroot().iter(f"{space}url")  # noqa: S314  our own file
    }
    assert {where: day for where, day in listed.items() if day} == {
        f"{BASE}plans/alpha/2006/": "2006-03-31",
        f"{BASE}plans/alpha/2007/": "2007-03-30",
        f"{BASE}plans/beta/2004/": "2004-03-31",
    }
    built = {
        BASE + file.parent.relative_to(site).as_posix().removeprefix(".") + "/" * (file.parent != site)
        for file in site.rglob("index.html")
        if 'http-equiv="refresh"' not in file.read_text(encoding="utf-8") and not re.fullmatch(r"v\d", file.parent.name)
    }
    assert set(listed) == built
    assert not (site / "sitemap.xml.gz").exists()


@pytest.mark.site
def test_a_listed_site_says_so_and_an_example_never_is(site: Path, corrected: Path) -> None:
    """`index` is the default; `noindex` and an example are said on pages and in the server's headers."""
    assert (site / "robots.txt").read_text(encoding="utf-8") == (
        f"User-agent: *\nDisallow:\n\nSitemap: {BASE}sitemap.xml\n"
    )
    assert "X-Robots-Tag" not in (site / "_headers").read_text(encoding="utf-8")
    for name, wanted in (("index.html", []), ("plans/alpha/2006/index.html", []), ("404.html", ["noindex"])):
        assert _meta(_tree((site / name).read_text(encoding="utf-8")), "robots") == wanted
    library = _read(corrected)
    for change in ({"robots": "noindex"}, {"example": True}):
        hidden = replace(library, authority=library.authority.model_copy(update=change))
        made = {file.address: file.content.decode() for file in engine_files(hidden, (), (), BASE)}
        assert "Sitemap" not in made["robots.txt"]
        assert made["robots.txt"].endswith("User-agent: *\nDisallow:\n")
        assert made["robots.txt"].startswith(f"# {NOTICE}\n") == ("example" in change)
        headers = next(f.content.decode() for f in files(hidden, (), tracing(hidden)) if f.address == "_headers")
        assert headers.endswith("\n  X-Robots-Tag: noindex\n")
    assert [file.address for file in engine_files(library, (), ())] == ["robots.txt"]


def test_every_sheet_of_paper_says_what_it_is_part_of(corrected: Path, example: Library) -> None:
    """A print style puts title, digest and day on each sheet, and an example's notice; no title can end its string."""
    library = _read(corrected)
    styles = {f.address: f.content.decode() for f in files(library, (), tracing(library)) if f.address.endswith(".css")}
    assert set(styles) == {
        f"plans/{p}/print.css" for p in ("alpha/2006", "alpha/2006/v1", "alpha/2006/v2", "alpha/2007", "beta/2004")
    }
    digest = hashlib.sha256((corrected / "archive/alpha/2006.md").read_bytes()).hexdigest()
    said = _unescaped(styles["plans/alpha/2006/v1/print.css"])
    assert said == [
        f"Alpha Plan 2006 to 2009 (2006 edition, version 1)\nsha256 {digest[:16]}... \u00b7 as at 1 December 2007"
    ]
    for file in files(example, (), tracing(example)):
        if file.address.endswith("print.css"):
            assert _unescaped(file.content.decode())[0] == NOTICE
            assert file.content.decode().count("{") == file.content.decode().count("}") == 4


def _unescaped(style: str) -> list[str]:
    return [
        re.sub(r"\\([0-9a-f]+) ", lambda match: chr(int(match[1], 16)), said)
        for said in re.findall(r'content: "([^"]*)"', style)
    ]


@pytest.mark.site
def test_the_statement_says_what_the_law_asks_and_what_the_file_says(site: Path) -> None:
    """Headings of the model in its order, the fixed sentences, each fault with its reason, and the facts."""
    tree = _tree((site / "about/accessibility/index.html").read_text(encoding="utf-8"))
    article = next(tree.iter("article"))
    assert [_words(e) for e in article.iter() if e.tag in ("h1", "h2", "h3")] == [
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
    words = _words(article)
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


@pytest.mark.site
def test_the_bodys_own_page_takes_the_place_of_the_one_that_is_made(site: Path, corrected: Path) -> None:
    """`docs/about/contact.md` stands in place of the page from the facts; the foot leads to what there is, no more."""
    assert "By the river." in (site / "about/contact/index.html").read_text(encoding="utf-8")
    library = _read(corrected)
    assert "about/contact/" in _pages(library)
    assert "about/contact/" not in _pages(library, frozenset({"about/contact/"}))
    less = library.authority.model_copy(update={"accessibility": None})
    assert "about/accessibility/" not in _pages(replace(library, authority=less))
    for file in (site / "index.html", site / "plans/alpha/2006/v1/index.html"):
        tree = _tree(file.read_text(encoding="utf-8"))
        foot = next(nav for nav in tree.iter("nav") if nav.attrib.get("class") == "pa-foot")
        assert [_words(a) for a in foot.iter("a")] == ["Accessibility", "Privacy", "Contact", "About this archive"]
        for link in foot.iter("a"):
            assert (file.parent / link.attrib["href"] / "index.html").is_file()


def test_the_publication_scheme_lists_every_edition_of_its_class(example: Library) -> None:
    """The page on freedom of information links each edition that names a class, and no other."""
    html = _pages(example)["about/freedom-of-information/"].html
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
def test_the_page_for_what_is_not_found_works_at_any_depth(site: Path) -> None:
    """All its addresses are whole paths below the site's own, and each leads to a file."""
    tree = _tree((site / "404.html").read_text(encoding="utf-8"))
    path = urlsplit(BASE).path
    held = [e.attrib[a] for e in tree.iter() for a in ("href", "src", "action") if a in e.attrib]
    inner = [one for one in held if not one.startswith(("mailto:", "#", "https:"))]
    assert [one for one in inner if not one.startswith(path)] == []
    for one in inner:
        where = site / one.removeprefix(path)
        assert (where / "index.html" if where.is_dir() else where).is_file(), one
    said = _words(next(tree.iter("article")))
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
def test_the_colours_of_the_window_are_those_of_the_page(site: Path) -> None:
    """`theme-color` is the paper's colour in light and in dark, as the style says it."""
    style = (STYLES / "10-base.css").read_text(encoding="utf-8")
    paper = re.findall(r"--pa-paper: (#[0-9a-f]{6});", style)[:2]
    tree = _tree((site / "index.html").read_text(encoding="utf-8"))
    assert _meta(tree, "theme-color") == paper
    icons = [one.attrib["href"] for one in tree.iter("link") if "icon" in one.attrib.get("rel", "")]
    assert icons == ["favicon.ico", "assets/icon.svg", "assets/icon-180.png"]
    assert all((site / one).is_file() for one in icons)
