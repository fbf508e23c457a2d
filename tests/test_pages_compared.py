"""The comparison pages of the built example site: true to both texts, marked without colour, and with their data."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path
from xml.etree import ElementTree as ET

import html5lib
import pytest

from archives import plan_archive
from nouns import edition, library, plan
from plan_archive import Edition, Library, read_library
from plan_archive.pages.catalogue import EXAMPLE_NOTICE
from plan_archive.pages.changes import safe_cell
from plan_archive.pages.pairs import compared_pairs

pytestmark = pytest.mark.site

PAIRS = [("behaviour-support-plan", "2001", "2004"), ("cypp", "2006", "2007")]
HINTS = {
    *("pa-hidden", "pa-compared__labels", "pa-compared__note", "pa-change__link"),
    *("pa-rowlabel", "pa-side__name"),
}
"""What our pages say beside a text."""
LABELS = {"ins": ("[added: ", " end added]"), "del": ("[removed: ", " end removed]")}
HOLDERS = {"p", "li", "td", "th", "h1", "h2", "h3", "h4", "h5", "h6"}
LINES = HOLDERS | {"summary", "div", "section", "ul", "ol", "table", "tr", "pre", "details", "article"}


@pytest.fixture(scope="module")
def held(example_archive: Path) -> Library:
    """The example archive's library."""
    found = read_library(example_archive, date(2007, 12, 1)).library
    assert found is not None
    return found


@cache
def _parsed(file: Path) -> tuple[ET.Element, list[str]]:
    parser = html5lib.HTMLParser(strict=False, namespaceHTMLElements=False)
    tree = parser.parse(file.read_bytes(), transport_encoding="utf-8")
    return tree, [str(error) for error in parser.errors]


def _page(site: Path, pair: tuple[str, str, str], part: str = "") -> ET.Element:
    name, old, new = pair
    return _parsed(site / "plans" / name / "changes" / f"{old}-to-{new}" / part / "index.html")[0]


def _classes(element: ET.Element) -> set[str]:
    return set(element.attrib.get("class", "").split())


def _text_part(tree: ET.Element) -> ET.Element:
    """The part of a page that shows the two texts."""
    return next(e for e in tree.iter() if _classes(e) & {"pa-compared", "pa-sides"})


def _words(element: ET.Element, without: str, column: str) -> list[str]:
    """The words below an element in order, without one kind of mark, one column and everything that we say besides."""
    return _said(element, {without, "summary"}, HINTS | {column}).split()


def _said(element: ET.Element, tags: set[str], classes: set[str]) -> str:
    if element.tag in tags or _classes(element) & classes:
        return element.tail or ""
    inside = (element.text or "") + "".join(_said(child, tags, classes) for child in element)
    gap = " " if element.tag in LINES else ""
    return gap + inside + gap + (element.tail or "")


def _text_of(found: Edition) -> list[str]:
    return [word for section in found.text.sections for block in section.blocks for word in block.text.split()]


def _edition(held: Library, plan_id: str, edition_id: str) -> Edition:
    return next(e for p in held.plans if p.id == plan_id for e in p.editions if e.id == edition_id)


@pytest.mark.parametrize("part", ["", "columns"])
@pytest.mark.parametrize("pair", PAIRS, ids="-".join)
def test_a_page_without_its_marks_is_each_text(
    example_site: Path, held: Library, pair: tuple[str, str, str], part: str
) -> None:
    """Without what went, a page reads word for word as the new text; without what came, it has every old word once."""
    shown = _text_part(_page(example_site, pair, part))
    old, new = (_text_of(_edition(held, pair[0], each)) for each in pair[1:])
    assert _words(shown, "del", "pa-side__old") == new
    assert Counter(_words(shown, "ins", "pa-side__new")) == Counter(old)


def test_where_nothing_moved_the_old_text_stands_in_order(tmp_path: Path) -> None:
    """Where nothing moved, a page without what came reads word for word as the old text."""
    old = "# A plan\n\n## One {#one}\n\nThe first words stay. Then 12 of 40 schools.\n\n- a\n- b\n\n## Two\n\nMore.\n"
    new = old.replace("12 of 40", "15 of 41").replace("- b\n", "- b\n- c\n").replace("\nMore.", "\nMore is said here.")
    for name, text in (("old.md", old), ("new.md", new)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    ran = plan_archive(tmp_path, "compare", "old.md", "new.md", "--format", "html")
    sections = list(html5lib.parse(ran.out, namespaceHTMLElements=False).iter("section"))
    assert [w for s in sections for w in _words(s, "ins", "")] == re.sub(r"#one|[#{}-]", " ", old).split()
    assert [w for s in sections for w in _words(s, "del", "")] == re.sub(r"#one|[#{}-]", " ", new).split()


@pytest.mark.parametrize("part", ["", "columns"])
@pytest.mark.parametrize("pair", PAIRS, ids="-".join)
def test_every_mark_is_told_in_words(example_site: Path, pair: tuple[str, str, str], part: str) -> None:
    """Each mark begins and ends with its hidden words and stands within a paragraph, an item, a cell or a heading."""
    shown = _text_part(_page(example_site, pair, part))
    above = {child: parent for parent in shown.iter() for child in parent}
    marks = [element for element in shown.iter() if element.tag in LABELS]
    assert len(marks) > 200
    for mark in marks:
        first, *_, last = list(mark)
        assert (first.text, last.text) == LABELS[str(mark.tag)]
        assert "pa-hidden" in _classes(first) & _classes(last)
        assert _words(mark, "", ""), "a mark without a word"
        holder = above[mark]
        while holder.tag not in LINES:
            holder = above[holder]
        assert holder.tag in HOLDERS


@pytest.mark.parametrize("part", ["", "columns"])
@pytest.mark.parametrize("pair", PAIRS, ids="-".join)
def test_the_markup_is_sound(example_site: Path, pair: tuple[str, str, str], part: str) -> None:
    """A strict parser finds no error on a comparison page, and no id stands twice."""
    name, old, new = pair
    tree, errors = _parsed(example_site / "plans" / name / "changes" / f"{old}-to-{new}" / part / "index.html")
    assert errors == []
    ids = Counter(e.attrib["id"] for e in tree.iter() if "id" in e.attrib)
    assert [name for name, count in ids.items() if count > 1] == []


@pytest.mark.parametrize("part", ["", "columns"])
@pytest.mark.parametrize("pair", PAIRS, ids="-".join)
def test_a_page_links_to_what_it_compares(example_site: Path, pair: tuple[str, str, str], part: str) -> None:
    """A comparison leads to both editions, its other form and its data, says both hashes and links each section."""
    name, old, new = pair
    tree = _page(example_site, pair, part)
    up = "../" if part else ""
    links = {a.attrib["href"] for a in tree.iter("a")}
    assert {f"{up}../../{old}/", f"{up}../../{new}/", "../" if part else "columns/"} <= links
    data = json.loads((example_site / f"data/plans/{name}/changes/{old}-to-{new}.json").read_text(encoding="utf-8"))
    assert {f"{up}../../../../data/plans/{name}/changes{end}" for end in (".csv", f"/{old}-to-{new}.json")} <= links
    hashes = ["".join(code.itertext()) for code in tree.iter("code") if "pa-hash" in _classes(code)]
    assert hashes == [data["old"]["sha256"], data["new"]["sha256"]]
    contents = next(nav for nav in tree.iter("nav") if nav.attrib.get("aria-label") == "Contents")
    said = ["".join(a.itertext()) for a in contents.iter("a")]
    words = {"added": "new", "removed": "ended"}
    told = [
        ((s["new"] or s["old"])[0]["title"], [words.get(kind, kind) for kind in s["change"]])
        for s in data["sections"]
        if (s["new"] or s["old"])[0]["id"]
    ]
    assert said == [title + (f" ({', '.join(kinds)})" if kinds else "") for title, kinds in told]


def test_the_figures_that_moved_are_told(example_site: Path) -> None:
    """The refresh of 2007 made three targets easier, and says of one of them no reason."""
    tree = _page(example_site, PAIRS[1])
    short = next(e for e in tree.iter() if "pa-short" in _classes(e))
    told = ["".join(li.itertext()) for li in short.iter("li")]
    assert "Three targets were made easier (BH1, EA6, EW1); no reason is given for EW1." in told
    assert told[0] == "53 sections changed, one moved, one split, one merged, five retitled, two new and one ended."
    figures = next(t for t in tree.iter("table"))
    rows = [["".join(cell.itertext()) for cell in row] for row in figures.iter("tr")]
    easier = {(row[0], *row[1:4], row[5][:20]) for row in rows if row[4].startswith("made easier")}
    assert easier == {
        ("BH1", "target 2009", "33.0", "34.5", "The fall has slowed "),
        ("EA6", "target 2008", "7.5", "7.7", "Absence rose to 8.2 "),
        ("EW1", "target 2009", "5.6", "6.0", "No reason given"),
    }


@pytest.mark.parametrize("pair", PAIRS, ids="-".join)
def test_the_data_is_what_the_command_says(
    example_site: Path, example_archive: Path, pair: tuple[str, str, str]
) -> None:
    """A comparison's JSON on the site is the command's for the same editions, with the example's notice before it."""
    name, old, new = pair
    ran = plan_archive(example_archive, "compare", f"{name}@{old}", f"{name}@{new}", "--format", "json")
    assert ran.code == 0, ran.err
    file = example_site / f"data/plans/{name}/changes/{old}-to-{new}.json"
    assert json.loads(file.read_text(encoding="utf-8")) == {"notice": EXAMPLE_NOTICE, **json.loads(ran.out)}


@pytest.mark.parametrize("pair", PAIRS, ids="-".join)
def test_the_table_holds_every_change(example_site: Path, pair: tuple[str, str, str]) -> None:
    """The CSV has a line for every block that changed, and no cell that a spreadsheet takes for a formula."""
    name, old, new = pair
    with (example_site / f"data/plans/{name}/changes.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    data = json.loads((example_site / f"data/plans/{name}/changes/{old}-to-{new}.json").read_text(encoding="utf-8"))
    blocks = [b for s in data["sections"] for b in s["blocks"] if b["change"] != "equal" or b["markup"]]
    assert [(row["block"], row["change"]) for row in rows] == [(b["kind"], b["change"]) for b in blocks]
    assert [row["new_text"].lstrip("'").split() for row in rows] == [
        "".join(text for tag, text in b["ops"] if tag != "-").split() for b in blocks
    ]
    assert {row["notice"] for row in rows} == {EXAMPLE_NOTICE}
    assert [cell for row in rows for cell in row.values() if cell[:1] and cell[0] in "=+-@\t\r\n"] == []


@pytest.mark.parametrize("cell", ["=1+1", "+44 1234", "-5%", "@SUM(A1)", "\t=1", "\r=1", "\n=1"])
def test_a_formula_is_made_text(cell: str) -> None:
    """A cell that a spreadsheet would reckon with is given an apostrophe, and others are left alone."""
    assert safe_cell(cell) == f"'{cell}"
    assert safe_cell(f"a{cell}") == f"a{cell}"


@pytest.mark.parametrize(("count", "pairs"), [(1, 0), (2, 1), (12, 66), (13, 12)])
def test_any_two_of_twelve_editions_are_compared(count: int, pairs: int) -> None:
    """Up to twelve editions any two are compared, and of more than twelve the neighbours only."""
    editions = [edition(str(1990 + year), {"from": f"{1990 + year}-04-01"}) for year in range(count)]
    found = compared_pairs(library(date(2009, 12, 1), plan(*editions)))
    assert len(found) == pairs
    assert len({pair.address for pair in found}) == pairs
    near = [(pair.old.id, pair.new.id) for pair in found if pair.neighbours]
    assert near == [(str(1990 + year), str(1991 + year)) for year in range(count - 1)]


def test_a_draft_is_in_no_comparison(held: Library) -> None:
    """Editions that call themselves drafts are compared in no public page."""
    days = {"from": "2001-04-01"}
    editions = edition("2001", days), edition("2002", days), edition("2003", None, draft=True)
    found = compared_pairs(library(date(2009, 12, 1), plan(*editions)).without_drafts())
    assert [(pair.old.id, pair.new.id) for pair in found] == [("2001", "2002")]
    assert held.without_drafts() == held


HISTORIES = {
    "exclusions": "Since 2006: changed, moved",
    "minds-and-feelings": "Since 2006: changed, retitled",
    "early-family-help": "Since 2006: changed, retitled, split",
    "children-in-need": "Since 2006: changed, retitled, split",
    "raising-standards": "Since 2006: changed, retitled, merged",
    "bullying": "Since 2006: new",
    "principles": "Since 2006: changed",
    "vision": "Not changed since 2006",
}


def test_a_section_tells_its_history(example_site: Path) -> None:
    """On an edition's page each section says what became of it and leads to where that shows."""
    tree = _parsed(example_site / "plans/cypp/2007/index.html")[0]
    told: dict[str, tuple[str, list[tuple[str, str]]]] = {}
    for section in tree.iter("section"):
        history = next((e for e in section if "pa-history" in _classes(e)), None)
        if history is not None:
            links = [("".join(a.itertext()), a.attrib["href"]) for a in history.iter("a")]
            told[section[0].attrib["id"]] = (" ".join((history.findtext("summary") or "").split()), links)
    assert {name: told[name][0] for name in HISTORIES} == HISTORIES
    here = "../changes/2006-to-2007/"
    assert told["exclusions"][1] == [
        ("2007: changed, moved", f"{here}#exclusions"),
        ("2006: first edition here", "../2006/#exclusions"),
    ]
    assert told["children-in-need"][1] == [
        ("2007: changed, retitled, split", f"{here}#early-family-help"),
        ("2006: first edition here", "../2006/#family-support"),
    ]
    assert told["bullying"][1] == [("2007: new", f"{here}#bullying")]
