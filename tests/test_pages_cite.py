"""How editions are cited, suggested to, asked for in other forms, and named on paper."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
import yaml
from pydantic import ValidationError

from archives import NOTICE, ROOT
from council import BASE, FORGE, drawn, read, tree_of, words_of
from plan_archive import Library
from plan_archive.facts import Authority
from plan_archive.pages import Page, files
from plan_archive.pages.cite import citation, file_address


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
    html = drawn(example)["plans/cypp/2006/"].html
    ids = {one.attrib["id"] for one in tree_of(html).iter() if "id" in one.attrib}
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
    for address, page in drawn(example, frozenset({"about/citing/"}), base).items():
        if not re.fullmatch(r"plans/[^/]+/\d{4}/", address):
            continue
        fold = next(e for e in tree_of(page.html).iter("details") if "pa-cite" in e.attrib.get("class", ""))
        words = words_of(fold)
        assert f"<{base}{address}>" in words
        assert f"Permanent address: {base}{address}" in words
        assert re.search(r"\) s \u2018.+?\u2019, as at ", words)
        assert [a.attrib["href"] for a in fold.iter("a")] == ["../../../about/citing/"]
        assert fold.attrib["data-address"] == base + address


def test_a_corrected_edition_is_cited_by_its_version(council_archive: Path) -> None:
    """Each version has its own citation, digest and address, so that a later correction makes none of them wrong."""
    library = read(council_archive)
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
        digest = hashlib.sha256((council_archive / "archive/alpha" / name).read_bytes()).hexdigest()
        assert cited.after.endswith(f"sha256 {digest[:16]}...")
    assert "fictional" not in first.of()


def test_a_suggestion_leads_to_the_file(council_archive: Path, example: Library) -> None:
    """An edition leads to its text and its facts on the forge; an old version does not, nor does a site without one."""
    library = read(council_archive)
    made = drawn(library)
    wanted = [f"{FORGE.removesuffix('{file}')}{file}" for file in ("plans/alpha/2007.md", "plans/alpha/plan.yml")]
    assert _forged(made["plans/alpha/2007/"]) == wanted
    assert _forged(made["plans/alpha/2006/"])[0].endswith("/archive/alpha/2006.v2.md")
    assert _forged(made["plans/alpha/2006/v1/"]) == []
    without = replace(library, authority=library.authority.model_copy(update={"forge": None}))
    assert [address for address, page in drawn(without).items() if "pa-suggest" in page.html] == []
    for plan in example.plans:
        for edition in plan.editions:
            there = file_address(example.authority, edition.text.file)
            assert (ROOT / unquote(urlsplit(there).path).partition("/edit/main/")[2]).is_file()


def _forged(page: Page) -> list[str]:
    return [a.attrib["href"] for a in tree_of(page.html).iter("a") if "forge." in a.attrib.get("href", "")]


def test_a_file_with_odd_letters_is_quoted(council_archive: Path) -> None:
    """What could end the address or begin a question is written by its number."""
    authority = read(council_archive).authority
    assert file_address(authority, "docs/a b?#\u00e9.md").endswith("/main/docs/a%20b%3F%23%C3%A9.md")


@pytest.mark.site
def test_help_pages_lead_to_their_files(council_site: Path) -> None:
    """A help page, the body's own contact page too, leads to its Markdown."""
    for name in ("about", "about/contact"):
        tree = tree_of((council_site / name / "index.html").read_text(encoding="utf-8"))
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
    made = drawn(example, base=base)
    seen = 0
    for plan in example.plans:
        for edition in plan.editions:
            tree = tree_of(made[f"plans/{plan.id}/{edition.id}/"].html)
            line = next(p for p in tree.iter("p") if p.attrib.get("class") == "pa-forms")
            letter = urlsplit(line.findall("a")[-1].attrib["href"])
            assert (letter.scheme, letter.path) == ("mailto", "plans@exampleshire.example")
            assert f"subject=Another format: {edition.title}&body=" in unquote(letter.query)
            assert f"({edition.id} edition)\n{base}plans/{plan.id}/{edition.id}/\n" in unquote(letter.query)
            companions = edition.facts.companions if edition.facts else ()
            assert all(companion.title in words_of(line) for companion in companions)
            seen += len(companions)
    text = "".join(file.read_text(encoding="utf-8") for file in ROOT.glob("*/*/plan.yml"))
    assert seen == len(re.findall(r"- \{title: \"[^\"]+\", (?:note|address): ", text)) > 5


def test_every_sheet_of_paper_says_what_it_is_part_of(council_archive: Path, example: Library) -> None:
    """A print style puts title, digest and day on each sheet, and an example's notice; no title can end its string.

    What is no text of a plan has one style for all, with the body's name and the day.
    """
    library = read(council_archive)
    styles = {f.address: f.content.decode() for f in files(library, ()) if f.address.endswith(".css")}
    assert set(styles) == {"print.css"} | {
        f"plans/{p}/print.css" for p in ("alpha/2006", "alpha/2006/v1", "alpha/2006/v2", "alpha/2007", "beta/2004")
    }
    digest = hashlib.sha256((council_archive / "archive/alpha/2006.md").read_bytes()).hexdigest()
    said = _unescaped(styles["plans/alpha/2006/v1/print.css"])
    assert said == [
        f"Alpha Plan 2006 to 2009 (2006 edition, version 1)\nsha256 {digest[:16]}... \u00b7 as at 1 December 2007"
    ]
    assert _unescaped(styles["print.css"]) == [f"{library.authority.name}: as at 1 December 2007"]
    for file in files(example, ()):
        if file.address.endswith("print.css"):
            assert _unescaped(file.content.decode())[0] == NOTICE
            assert file.content.decode().count("{") == file.content.decode().count("}") == 4


def _unescaped(style: str) -> list[str]:
    return [
        re.sub(r"\\([0-9a-f]+) ", lambda match: chr(int(match[1], 16)), said)
        for said in re.findall(r'content: "([^"]*)"', style)
    ]
