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
from plan_archive.model import BlockChange
from plan_archive.pages.catalogue import EXAMPLE_NOTICE
from plan_archive.pages.cells import safe_cell
from plan_archive.pages.pairs import compared_pairs
from plan_archive.pages.remarks import remarks

pytestmark = pytest.mark.site

PAIRS = [("behaviour-support-plan", "2001", "2004"), ("cypp", "2006", "2007")]
HINTS = {
    *("pa-hidden", "pa-compared__labels", "pa-compared__note", "pa-change__link"),
    *("pa-rowlabel", "pa-side__name", "pa-labels", "pa-number"),
}
"""What our pages say beside a text."""
LABELS = {"ins": "added: ", "del": "removed: "}
END = " (end of change)"
ROWS = {"ins": ("pa-is-inserted", "New row"), "del": ("pa-is-deleted", "Row removed")}
"""How a row that came or went as a whole says so, once for all its cells."""
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
    """Each mark stands in a paragraph, a point, a cell or a heading and says what it is: by itself, or by its row."""
    shown = _text_part(_page(example_site, pair, part))
    above = {child: parent for parent in shown.iter() for child in parent}
    marks = [element for element in shown.iter() if element.tag in LABELS]
    assert len(marks) > 200
    for mark in marks:
        assert _words(mark, "", ""), "a mark without a word"
        holder = above[mark]
        assert holder.tag in HOLDERS
        if "pa-bare" in _classes(mark):
            assert _told_besides(mark, above)
            continue
        told = [e.text for e in mark if "pa-hidden" in _classes(e)]
        assert told == [LABELS[str(mark.tag)], *([END] if _goes_on(mark, holder) else [])]
        assert mark[0].text == told[0], "words before what the mark is"
        assert not mark.text


def _told_besides(mark: ET.Element, above: dict[ET.Element, ET.Element]) -> bool:
    """Whether the row of a mark says in words that are seen that it is new or gone, or else its column's head does."""
    cell, row = above[mark], above[above[mark]]
    of_row, said = ROWS[str(mark.tag)]
    if of_row in _classes(row):
        return [e.text for e in row[0] if "pa-rowlabel" in _classes(e)] == [said]
    head = above[above[row]].findall("thead/tr/th")[list(row).index(cell)]
    return [e.text for e in head.findall(f"{mark.tag}/span")] == [LABELS[str(mark.tag)]]


def _goes_on(mark: ET.Element, holder: ET.Element) -> bool:
    """Whether text follows a mark that is not marked in its turn; then its end must be told."""
    if (mark.tail or "").strip():
        return True
    after = list(holder)[list(holder).index(mark) + 1 :]
    return bool(after) and after[0].tag not in LABELS


def test_the_end_of_a_mark_is_told_where_text_follows(tmp_path: Path) -> None:
    """A mark in the middle of a sentence ends in words; at the end of its paragraph or before the next it need not."""
    old = "# A plan\n\nThe first word stays, and a second one. Nothing else is said of the whole matter in 2006\n"
    for name, text in (("old.md", old), ("new.md", old.replace("second", "third").replace("2006", "2007"))):
        (tmp_path / name).write_text(text, encoding="utf-8")
    ran = plan_archive(tmp_path, "compare", "old.md", "new.md", "--format", "html")
    shown = next(html5lib.parse(ran.out, namespaceHTMLElements=False).iter("section"))
    marks = ["".join(e.itertext()) for e in shown.iter() if e.tag in LABELS]
    assert marks == ["removed: second", f"added: third{END}", "removed: 2006", "added: 2007"]


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
    """What has no reason is told first; the figures stand by kind, eased targets first, of a kind those with none."""
    tree = _page(example_site, PAIRS[1])
    short = next(e for e in tree.iter() if "pa-short" in _classes(e))
    told = ["".join(li.itertext()) for li in short.iter("li")]
    assert told[0].startswith("One target was made easier with no reason given: EW1 for 2009, from 5.6 to 6.0 (People")
    assert told[1].startswith("One baseline was changed with no reason given: SS3, from 71 to 68")
    figures = next(t for t in tree.iter("table"))
    rows = [["".join(cell.itertext()) for cell in row] for row in figures.iter("tr")]
    assert (rows[1][0], *rows[1][4:]) == ("EW1", "made easier (lower is better)", "No reason given")
    assert [row[4].startswith("made easier") for row in rows[1:5]] == [True, True, True, False]
    baselines = [(row[0], row[5] == "No reason given") for row in rows if row[4] == "baseline changed"]
    assert baselines[0] == ("SS3", True)
    assert not any(silent for _, silent in baselines[1:])
    easier = {(row[0], row[1][:11], *row[2:4], row[5][:20]) for row in rows if row[4].startswith("made easier")}
    assert easier == {
        ("BH1", "Target 2009", "33.0", "34.5", "The fall has slowed "),
        ("EA6", "Target 2008", "7.5", "7.7", "Absence rose to 8.2 "),
        ("EW1", "Target 2009", "5.6", "6.0", "No reason given"),
    }
    assert "made harder: set where there was none (lower is better)" in {row[4] for row in rows}


def test_a_table_without_a_direction_hides_nothing(example_site: Path) -> None:
    """The Behaviour Support Plan of 2004 asked for less of B6 and gave no reason: both figures are told, unjudged."""
    figures = next(t for t in _page(example_site, PAIRS[0]).iter("table"))
    first = ["".join(cell.itertext()) for cell in list(figures.iter("tr"))[1]]
    assert (first[0], first[1][:11], *first[2:]) == (
        *("B6", "Target 2005", "60%", "50%", "changed, direction not known", "No reason given"),
    )


@pytest.mark.parametrize("part", ["", "columns"])
@pytest.mark.parametrize("pair", PAIRS, ids="-".join)
def test_every_change_has_a_link(example_site: Path, pair: tuple[str, str, str], part: str) -> None:
    """Changes are numbered without a gap, each with a link to it, and every link within the page has its target."""
    tree = _page(example_site, pair, part)
    ids = {e.attrib["id"] for e in tree.iter() if "id" in e.attrib}
    links = [a for a in tree.iter("a") if "pa-change__link" in _classes(a)]
    assert [a.text for a in links] == [str(number) for number in range(1, len(links) + 1)]
    assert f"{len(links)} changes are marked" in "".join(tree.itertext())
    within = {a.attrib["href"][1:] for a in tree.iter("a") if a.attrib.get("href", "").startswith("#")}
    assert within - ids == set()
    assert len({a.attrib["href"] for a in links}) == len(links)


@pytest.mark.parametrize("part", ["", "columns"])
def test_what_moved_is_linked_both_ways(example_site: Path, part: str) -> None:
    """Where something stood a link leads to where it stands, and there one leads back."""
    tree = _page(example_site, PAIRS[1], part)
    stubs = {
        span.attrib["id"]: ("".join(span.itertext()), next(span.iter("a")).attrib["href"])
        for span in tree.iter("span")
        if span.attrib.get("id", "").startswith("-from-")
    }
    back = {a.attrib["href"][1:] for a in tree.iter("a") if a.attrib.get("href", "").startswith("#-from-")}
    assert back == set(stubs)
    assert ("The section “Exclusions” stood here. See where it stands in the new text", "#exclusions") in stubs.values()
    assert any(
        said.startswith("The row PC3 moved from here. See it in “How we will know”") for said, _ in stubs.values()
    )
    places = [e.attrib.get("id") for e in tree.iter("section") for e in e.iter() if "id" in e.attrib]
    exclusions = next(name for name, (said, _) in stubs.items() if "“Exclusions”" in said)
    assert places.index("make-a-positive-contribution") < places.index(exclusions)


@pytest.mark.parametrize("part", ["", "columns"])
@pytest.mark.parametrize("pair", PAIRS, ids="-".join)
def test_links_of_the_texts_lead_where_the_texts_do(example_site: Path, pair: tuple[str, str, str], part: str) -> None:
    """A link within a text leads to its edition's own page; one to another host hands nothing over."""
    name, _, new = pair
    shown = _text_part(_page(example_site, pair, part))
    hrefs = [(a.attrib["href"], a.attrib.get("rel")) for a in shown.iter("a")]
    assert {rel for href, rel in hrefs if href.startswith("http")} == {"noopener nofollow ugc"}
    assert not [href for href, _ in hrefs if href.startswith(("plan:", "attachments/"))]
    ours = re.compile(r"#(-c\d+|-from-\d+)$|#-was-")
    headings = {e.attrib["id"] for e in shown.iter() if "pa-compared__heading" in _classes(e) and "id" in e.attrib}
    assert {h for h, _ in hrefs if h.startswith("#") and not ours.match(h)} <= {f"#{each}" for each in headings}
    if name == "cypp":
        up = "../../../" if part else "../../"
        assert f"{up}{new}/#behaviour-support" in {href for href, _ in hrefs}


@pytest.mark.parametrize("pair", PAIRS, ids="-".join)
def test_two_columns_keep_what_a_block_is(example_site: Path, pair: tuple[str, str, str]) -> None:
    """Side by side a point of a list is one, and both editions are named, once for the eye above all."""
    tree = _page(example_site, pair, "columns")
    data = json.loads(
        (example_site / f"data/plans/{pair[0]}/changes/{pair[1]}-to-{pair[2]}.json").read_text(encoding="utf-8")
    )
    changed = [b for s in data["sections"] for b in s["blocks"] if b["change"] != "equal" or b["markup"]]
    halves = [e for e in tree.iter() if _classes(e) & {"pa-side__old", "pa-side__new"}]
    items = [half for half in halves if half.tag == "ul"]
    due = [b for b in changed if b["kind"] == "item"]
    assert len(items) == sum((b["old_index"] is not None) + (b["new_index"] is not None) for b in due) > 20
    head = next(e for e in tree.iter("p") if "pa-sides__head" in _classes(e))
    assert len(head) == 2
    assert {"".join(e.itertext()) for e in tree.iter("b") if "pa-side__name" in _classes(e)} == {pair[1], pair[2]}


@pytest.mark.parametrize("part", ["", "columns"])
def test_the_legend_is_told_in_words(example_site: Path, part: str) -> None:
    """The marks that explain the marks carry the same hidden words."""
    tree = _page(example_site, PAIRS[1], part)
    shown = set(_text_part(tree).iter())
    legend = [e for e in tree.iter() if e.tag in LABELS and e not in shown]
    assert ["".join(mark.itertext()) for mark in legend] == [
        f"added: what came{END}",
        f"removed: what went{END}",
    ]


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
    rows = [row for row in rows if (row["old"], row["new"]) == (old, new)]
    due = [
        (s, b, moved)
        for s in data["sections"]
        for b in s["blocks"]
        if (moved := b is s["blocks"][0] and "moved" in s["change"]) or b["change"] != "equal" or b["markup"]
    ]
    assert [(row["block"], row["change"]) for row in rows] == [
        (b["kind"], "moved" if moved else b["change"]) for _, b, moved in due
    ]
    assert [row["new_text"].lstrip("'").split() for row in rows] == [
        "".join(text for tag, text in b["ops"] if tag != "-").split() for _, b, _ in due
    ]
    told = {row["ref"]: (row["measure_changes"], row["reason"]) for row in rows if row["measure_changes"]}
    assert set(told) == {measure["ref"] for measure in data["measures"]}
    if name == "cypp":
        assert told["EW1"] == ("actual 2007: actual_added; target 2009: made_easier", "")
        assert told["BH1"][1].startswith("The fall has slowed")
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


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (BlockChange("paragraph", "changed", 0, 0, (), (), fallback=True), ["Too different to mark word by word"]),
        (
            BlockChange("paragraph", "changed", 0, 0, (), ("link: plan:a-b@2006#c-d -> https://x.example/",)),
            ["A link led to “c d” in a b 2006; now it leads to https://x.example/"],
        ),
        (
            BlockChange("row", "changed", 0, 0, (), ("link: none -> #vision", "emphasis: none -> em")),
            ["New link to “vision” in the text itself", "Other words are stressed"],
        ),
        (
            BlockChange("heading", "changed", 0, 0, (), ("heading level: 2 -> 3", "something: new")),
            ["The heading was at level 2 and is at level 3", "something: new"],
        ),
        (
            BlockChange("item", "changed", 0, 0, (), ("kind: paragraph -> item", "list depth: 1 -> 2")),
            [
                "Was a paragraph and is a point of a list",
                "The point was at level 1 of its list and is at level 2",
            ],
        ),
    ],
)
def test_what_marks_do_not_show_is_said(change: BlockChange, told: list[str]) -> None:
    """A link that leads elsewhere, another level or kind, and words too different to mark are told in words."""
    assert list(remarks(change)) == told
