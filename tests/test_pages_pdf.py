"""Comparisons as PDF: for those who read on paper, without colour, or with their ears."""

from __future__ import annotations

import html
import logging
import re
import socket
import subprocess
import sys
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from archives import NOTICE, copy_tiny, environment, plan_archive
from pdfs import Tagged, starts
from plan_archive import read_library
from plan_archive.pages.pack import alone, imprint
from plan_archive.pages.pairs import compared
from plan_archive.pages.paper_pdf import paper_pdf, what_is_missing

MINUS = "\N{MINUS SIGN}"
YEARS = range(2007, 2013)
LONG = "Donaudampfschifffahrtsgesellschaftskapitaen" * 4
OLD = f"""# A plan

## Aims {{#aims}}

Every pupil is in school. We will hire 12 teachers and pay for their training.

Buses run to every school in the county from six in the morning until nine at night, on every school day.

- One point that stays.
- One point that goes away in the next plan, because it was done.

## Travel {{#travel}}

How people travel is told here in a few words.

## Targets {{#targets}}

| Ref | Measure | Unit | Better | Baseline | Baseline year | {" | ".join(f"Target {y} | Actual {y}" for y in YEARS)} |
|{"---|" * 18}
| A1 | Absence | % | lower | 7.9 | 2005 | {" | ".join("7.5 | Not yet collected" for _ in YEARS)} |
| A2 | Teachers | people | higher | 10 | 2005 | {" | ".join("12 | 11" for _ in YEARS)} |

## End {{#end}}

The last words of the plan.
"""
NEW = (
    OLD.replace("12 teachers", f"14 teachers, [as the law asks](https://law.example/{LONG}) {LONG}")
    .replace("- One point that goes away in the next plan, because it was done.\n", "")
    .replace("| 2005 | 7.5 |", "| 2005 | 7.7 |")
)
MOVED = "Buses run to every school in the county from six in the morning until nine at night, on every school day.\n"
NEW = NEW.replace(MOVED + "\n", "").replace("in a few words.\n", f"in a few words.\n\n{MOVED}")


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The comparison of two texts with a wide table, a long word, something that moved, and a link that leads out."""
    folder = tmp_path_factory.mktemp("loose")
    for name, text in (("old.md", OLD), ("new.md", NEW)):
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
    done = plan_archive(folder, "compare", "old.md", "new.md", "--format", "html")
    assert done.code == 0, done.err
    return done.out


@pytest.fixture(scope="module")
def drawn(page: str) -> Tagged:
    """The same as PDF."""
    return Tagged(paper_pdf(page))


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Tagged:
    """A comparison of two editions of an archive that is an example, as the pack has it."""
    folder = copy_tiny(tmp_path_factory.mktemp("tiny") / "archive")
    library = read_library(folder, date(2007, 12, 1)).library
    assert library is not None
    plan = next(plan for plan in library.plans if plan.id == "alpha")
    pair = compared(plan, *plan.editions, neighbours=True)
    return Tagged(paper_pdf(alone(pair, imprint(library, pair))))


def test_nothing_is_missing_where_the_tests_run() -> None:
    """WeasyPrint and the libraries that it loads are there: the tests below draw real PDFs."""
    assert what_is_missing() == ""


def test_it_says_that_it_is_tagged(drawn: Tagged) -> None:
    """Tagged, with its language, its title for the window, and as PDF/UA-1; without any date."""
    root, information = drawn.root, drawn.reader.metadata
    assert root["/MarkInfo"] == {"/Marked": True}
    assert root["/Lang"] == "en"
    assert root["/ViewerPreferences"] == {"/DisplayDocTitle": True}
    assert information is not None
    assert information["/Title"] == "What changed from old.md to new.md"
    assert set(information) == {"/Title", "/Producer"}
    described = root["/Metadata"].get_data().decode()
    assert 'pdfuaid:part="1"' in described
    assert "What changed from old.md to new.md" in described
    assert re.findall(r"\b20\d\d-\d\d-\d\d", described) == []
    assert {page["/Tabs"] for page in drawn.pages} == {"/S"}


def test_headings_are_tagged_in_order_and_are_bookmarks(drawn: Tagged) -> None:
    """One main heading, no level left out, and each heading below it a bookmark that says what became of it."""
    levels = [int(tag[1]) for tag in drawn.tags("H1", "H2", "H3", "H4", "H5", "H6")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    bookmarks = list(drawn.outline())
    assert len(bookmarks) == len(levels) - 1
    assert [title for depth, title in bookmarks if depth == 1] == [
        *("In short", "Contents", "Targets, baselines and measures that changed", "The text with its changes"),
    ]
    assert [title for depth, title in bookmarks if depth == 2] == [
        *("A plan", "Aims (changed)", "Travel (changed)", "Targets (changed)", "End"),
    ]


def test_all_text_is_in_the_structure_once(drawn: Tagged) -> None:
    """No text of a page is outside the tags but what stands in the margins of each sheet."""
    heard = " ".join(element.text for element in drawn.elements).split()
    shown = [word for texts in drawn.marked for word in " ".join(texts.values()).split()]
    sheets = range(1, len(drawn.pages) + 1)
    margins = " ".join(f"What changed from old.md to new.md {number} of {len(sheets)}" for number in sheets)
    assert sorted(shown) == sorted([*heard, *margins.split()])
    assert all(-1 not in texts or not texts[-1].strip() for texts in drawn.marked)


def test_marks_are_heard_and_stay_without_colour(drawn: Tagged) -> None:
    """A sign stands before what came and what went, and where the text goes on, the end of it is told."""
    heard = drawn.heard
    assert f"We will hire {MINUS} 12 teachers + 14 teachers, as the law asks" in heard
    assert f"{LONG[-20:]} (end of change) and pay for their training." in heard
    assert f"{MINUS} One point that goes away in the next plan, because it was done." in heard
    assert f"\n{MINUS} 7.5 + 7.7\n" in heard
    assert "Moved from “Aims” (page " in heard
    assert "moved from here. See it in “Travel” (page " in heard


def test_tables_are_tables(drawn: Tagged) -> None:
    """Rows and cells are tagged, and each cell knows the headings that it stands under."""
    counts = {tag: len(drawn.tags(tag)) for tag in ("Table", "TR", "TH", "TD")}
    assert counts["Table"] == 3, "the hashes, the figures that changed, and the table of the text"
    heads = {element.raw["/ID"] for element in drawn.elements if "/ID" in element.raw}
    named = [element.raw["/A"]["/Headers"] for element in drawn.elements if element.tag == "TD"]
    assert len(named) > 2 * 19
    assert [cell for cell in named if not cell or not set(cell) <= heads] == []


def test_no_table_and_no_word_runs_off_the_sheet(page: str, drawn: Tagged) -> None:
    """A table of nineteen columns lies on a sheet on its side; a word of 176 letters is broken; nothing is lost."""
    shapes = {round(sheet.mediabox.width) for sheet in drawn.pages}
    assert shapes == {595, 842}
    outside = [
        (number, x, y)
        for number, sheet in enumerate(drawn.pages, start=1)
        for x, y, _ in starts(sheet)
        if not (35 < x < float(sheet.mediabox.width) - 35 and 20 < y < float(sheet.mediabox.height) - 20)
    ]
    assert outside == []
    wide = next(text for sheet, text in zip(drawn.pages, drawn.marked, strict=True) if sheet.mediabox.width > 800)
    assert "Actual 2012" in " ".join(" ".join(wide.values()).split())
    cut = [word for word in cut_words(page, drawn) if word not in LONG]
    assert cut == []
    assert drawn.heard.replace(" ", "").count(LONG) == 2


def cut_words(page: str, pdf: Tagged) -> list[str]:
    """The words of a PDF that its page does not have: parts of words, or words that ran together."""
    said = set(_words(re.sub(r"<[^>]+>", " ", page[page.index("<main") :]))) | {"page"}
    return [word for word in _words(pdf.heard) if word not in said and not word.isdecimal()]


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", html.unescape(text))


def test_links_lead_to_places_in_the_file_alone(page: str, drawn: Tagged) -> None:
    """What the texts link to is not led to: the file stands alone. Each link says in words what it is."""
    assert "https://law.example" not in page.replace(f"New link to https://law.example/{LONG}", "")
    links = [note.get_object() for sheet in drawn.pages for note in sheet.get("/Annots", [])]
    assert len(links) > 5
    assert {link["/Subtype"] for link in links} == {"/Link"}
    assert [link for link in links if "/A" in link or not link["/Contents"]] == []
    assert {link["/Dest"] for link in links} <= set(drawn.reader.named_destinations)
    kept = drawn.root["/StructTreeRoot"]["/ParentTree"]["/Nums"]
    held = {int(kept[place]): kept[place + 1] for place in range(0, len(kept), 2)}
    assert {held[link["/StructParent"]].get_object()["/S"] for link in links} == {"/Link"}


def test_every_sheet_says_what_it_is(example: Tagged) -> None:
    """Example or not, which plan, whose, for which day, which two texts, and which sheet of how many."""
    for number, texts in enumerate(example.marked, start=1):
        said = " ".join(" ".join(texts.values()).split())
        assert NOTICE in said
        assert f"{number} of {len(example.pages)}" in said
        assert "Alpha Plan: what changed from 2006 to 2007" in said
        assert "Littleshire Council \u00b7 As at 1 December 2007 \u00b7 SHA-256" in said
        assert len(re.findall(r"\b[0-9a-f]{16}\.\.\.", said)) == 2


def test_what_draws_it_has_nothing_to_complain_of(page: str, caplog: pytest.LogCaptureFixture) -> None:
    """No rule of the stylesheet is passed over, and no link leads to a place that is not there."""
    with caplog.at_level(logging.WARNING, logger="weasyprint"):
        paper_pdf(page)
    assert caplog.messages == []


def test_nothing_is_fetched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither the network nor a file is asked for a picture, a stylesheet or a font."""
    style = tmp_path / "style.css"
    style.write_text("p { display: none; }", encoding="utf-8")
    asked: list[object] = []
    monkeypatch.setattr(socket.socket, "connect", lambda _, address: asked.append(address))
    given = (
        f'<!doctype html><html lang="en"><title>x</title><link rel="stylesheet" href="{style.as_uri()}">'
        "<style>@font-face { font-family: far; src: url(http://127.0.0.1:9/f.woff) } p { font-family: far }</style>"
        '<p>Words that stay.</p><img alt="A picture" src="http://127.0.0.1:9/x.png"></html>'
    )
    assert "Words that stay. A picture" in " ".join(Tagged(paper_pdf(given)).heard.split())
    assert asked == []


@pytest.mark.audit
def test_the_example_is_the_same_bytes_in_two_processes(tmp_path: Path) -> None:
    """All of the example's comparisons of three years: same bytes, no word cut, with other hash seeds and zones."""
    root = Path(__file__).parent.parent
    made = {}
    for name, more in (("one", {"PYTHONHASHSEED": "1"}), ("two", {"PYTHONHASHSEED": "2", "TZ": "Pacific/Kiritimati"})):
        done = plan_archive(root, "compare", "cypp@2006", "cypp@2009", "--format", "html", **more)
        (tmp_path / f"{name}.html").write_text(done.out, encoding="utf-8")
        code = "import sys; from plan_archive.pages.paper_pdf import paper_pdf as draw;"
        code += "sys.stdout.buffer.write(draw(open(sys.argv[1], encoding='utf-8').read()))"
        ran = [sys.executable, "-c", code, str(tmp_path / f"{name}.html")]
        made[name] = subprocess.run(ran, env=environment(**more), capture_output=True, check=True).stdout
    assert made["one"] == made["two"]
    assert cut_words((tmp_path / "one.html").read_text(encoding="utf-8"), Tagged(made["one"])) == []
