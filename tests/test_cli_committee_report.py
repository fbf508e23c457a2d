"""`plan-archive committee-report`: what stands in it is in the files, what people must write is marked, and no more."""

from __future__ import annotations

import hashlib
import io
import json
import re
import shutil
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import lxml.html
import markdown
import pytest
import yaml
from click.testing import CliRunner, Result
from docx import Document

from archives import NOTICE, commit, copy_tiny, edit, plan_archive
from plan_archive.cli import command
from plan_archive.pages.paper import Blank, Entries, Heading, Listing, Paper, Paragraph, Table
from plan_archive.pages.paper_docx import paper_docx
from plan_archive.pages.paper_markdown import paper_markdown
from test_insight_readability import DRAFT

EDITION = "plans/cypp/2009.md"
HEADINGS = [
    *("Purpose", "Background", "What changed since the last edition", "Measures", "Required contents", "Consultation"),
    *("Resources", "Implications", "Recommendations (draft)", "Background papers"),
]
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def _run(folder: Path, *arguments: str) -> Result:
    return CliRunner().invoke(command, ["-C", str(folder), "committee-report", *arguments])


@pytest.fixture(scope="module")
def report(example_archive: Path) -> str:
    """The report of the example's latest edition, as Markdown."""
    ran = plan_archive(example_archive, "committee-report", "cypp@2009")
    assert ran.code == 0, ran.err
    return ran.out


def _front(archive: Path) -> dict[str, Any]:
    return yaml.safe_load((archive / EDITION).read_text(encoding="utf-8").split("\n---\n")[0].removeprefix("---\n"))


def _part(report: str, title: str) -> str:
    """A part of a report, by its heading."""
    return report.split(f"\n## {title}\n", 1)[1].split("\n## ", 1)[0]


def _rows(part: str) -> list[list[str]]:
    """The cells of every row of a part's tables, heads included."""
    lines = [line for line in part.split("\n") if line.startswith("| ")]
    return [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines]


def _tables(archive: Path) -> list[dict[str, str]]:
    """The keyed rows of the edition's file, by the heads of their columns."""
    found, head = [], []
    for line in (archive / EDITION).read_text(encoding="utf-8").split("\n"):
        cells = [re.sub(r"\\(.)", r"\1", cell.strip()) for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
        if not line.startswith("|") or set("".join(cells)) <= set("-: "):
            head = head if line.startswith("|") else []
        elif not head:
            head = cells
        elif head[0] == "Ref":
            found.append(dict(zip(head, cells, strict=True)))
    return found


def _number(cell: str) -> float | None:
    return float(cell.replace(",", "").strip("£%")) if re.fullmatch(r"£?[\d,]+(\.\d+)?%?", cell) else None


def test_the_parts_stand_in_order_and_the_notice_first(report: str) -> None:
    """The report says first that it is an example, then has every part once, with To, From and Date as blanks."""
    assert report.startswith(f"**{NOTICE}**\n\n# Report: Children and Young People's Plan 2009 to 2012\n")
    assert re.findall(r"^## (.*)$", report, re.MULTILINE) == HEADINGS
    for name in ("To", "From", "Date"):
        assert re.search(rf"^- \*\*{name}:\*\* \*\*\[To be written: [^\]]+\]\*\*$", report, re.MULTILINE), name
    blanks = re.findall(r"\[To be written: ", report)
    assert f"{len(blanks)} places" in report.replace("Ten", "10")
    for title in ("Financial", "Legal", "Equality"):
        assert re.search(rf"### {title} implications\n(?:\n[A-Z][^\n]*\n)?\n\*\*\[To be written: ", report), title


def test_a_part_that_is_filled_is_in_the_files(report: str, example_archive: Path) -> None:
    """The hashes of the papers, the dates and the note are those of the files."""
    papers = _rows(_part(report, "Background papers"))[1:]
    assert [row[1] for row in papers] == [EDITION, "archive/cypp/2008.md"]
    for _, file, told in papers:
        assert told == hashlib.sha256((example_archive / file).read_bytes()).hexdigest()
    background = _part(report, "Background")
    assert "Due: 12 May 2009." in background
    assert "published on 27 March 2009. In time." in background
    assert _front(example_archive)["change_note"] in _part(report, "What changed since the last edition")


def test_what_has_no_reason_stands_first(report: str, example_archive: Path) -> None:
    """Unexplained changes are told before all others, in the list and in the table, and no explained one is there."""
    changes = _part(report, "What changed since the last edition")
    first, rest = changes.split("Beside ", 1)
    assert re.findall(r"^- .*$", first, re.MULTILINE)
    assert all("with no reason given" in line for line in re.findall(r"^- .*$", first, re.MULTILINE))
    assert "no reason given" not in rest.split("The edition's own note")[0]
    given = {note["ref"] for note in _front(example_archive)["changes"] if "ref" in note}
    table = _rows(_part(report, "Measures").split("### Results")[0])[1:]
    silent = [row[-1] == "No reason given" for row in table]
    assert silent == sorted(silent, reverse=True)
    assert {row[0] for row in table if row[-1] == "No reason given"} == {"EA3", "EA6", "PC1", "EW1"}
    assert all(row[0] in given for row in table if row[-1] != "No reason given")


def test_results_are_held_against_targets_as_the_tables_have_them(report: str, example_archive: Path) -> None:
    """The last year's count, and the results that missed their targets, are those counted from the file's tables."""
    measures = [row for row in _tables(example_archive) if "Better" in row]
    reached, judged, missed = 0, 0, set()
    for row in measures:
        target, result = _number(row.get("Target 2009", "")), _number(row.get("Actual 2009", ""))
        if target is None or result is None:
            continue
        judged += 1
        met = result >= target if row["Better"] == "higher" else result <= target
        reached += met
        missed |= set() if met else {row["Ref"]}
    part = _part(report, "Measures").split("### Results against targets")[1]
    years = {row[0]: row for row in _rows(part.split("did not reach")[0])}
    assert years["2009"][3] == f"{reached} of {judged}"
    assert judged > 15
    told = {row[0] for row in _rows(part.split("did not reach")[1])[1:]}
    assert missed <= told


def test_required_contents_and_consultation_are_those_of_the_front_matter(report: str, example_archive: Path) -> None:
    """Each section that is said to hold something is named beside it; who is missing is named before the table."""
    front = _front(example_archive)
    part = _part(report, "Required contents")
    holding = {name for name, facts in front["sections"].items() if facts.get("requirement")}
    assert set(re.findall(r"\(#([a-z0-9-]+)\)", part)) == holding
    assert "NOT RECORDED" not in part
    asked = _rows(_part(report, "Consultation"))[1:]
    assert sorted(row[0] for row in asked) == sorted(line["who"] for line in front["consultation"])
    before = _part(report, "Consultation").split("*Who was consulted*")[0]
    assert re.findall(r"^- .*$", before, re.MULTILINE) == ["- The school organisation committee (reg 7)"]


def test_actions_without_resources_are_named(report: str, example_archive: Path) -> None:
    """The actions listed are those whose cell names nothing."""
    nothing = {"", "-", "\u2013", "none", "none named", "to be agreed", "tbc"}
    empty = [
        row["Ref"]
        for row in _tables(example_archive)
        if "Resources" in row and row["Resources"].lower().strip(".") in nothing
    ]
    assert [row[0] for row in _rows(_part(report, "Resources"))[1:]] == empty != []


def test_what_is_not_met_is_named_and_asked_about(report: str, example_archive: Path, tmp_path: Path) -> None:
    """Without a section that holds a required content the table says so first, and members are told to ask."""
    folder = tmp_path / "archive"
    for name in ("plans", "archive"):
        shutil.copytree(example_archive / name, folder / name)
    edit(folder / EDITION, '  budget: {step: ["4"], requirement: [2005-4-2-d], ', '  budget: {step: ["4"], ')
    lacking = _run(folder, "cypp@2009").stdout
    assert _rows(_part(lacking, "Required contents"))[1][2] == "NOT RECORDED"
    assert "The law asked it to contain 11 things. Sections are recorded to hold 10." in lacking
    assert "ask where the plan holds what the law asks for" in _part(lacking, "Recommendations (draft)")
    assert "ask where the plan holds" not in report


def test_a_draft_is_reported_before_it_is_published(tmp_path: Path) -> None:
    """A draft with no facts yet gets its report: compared with the edition before, with no page that is not there."""
    folder = copy_tiny(tmp_path)
    (folder / "plans/alpha/2008.md").write_text(DRAFT + "## Safe {#safe}\n\nNew.\n", encoding="utf-8", newline="\n")
    ran = _run(folder, "alpha@2008")
    assert ran.exit_code == 0, ran.output
    assert "This is a draft." in _part(ran.stdout, "Purpose")
    assert "alpha@2007" in _part(ran.stdout, "Background")
    assert "/plans/alpha/changes/" not in ran.stdout
    assert "alpha@2008, not published" in _part(ran.stdout, "Background papers")
    assert "archive records a decision" not in ran.stdout


def test_a_first_edition_names_what_it_takes_the_place_of(example_archive: Path) -> None:
    """The first edition's report lists the plans that it replaced, and their last texts among its papers."""
    report = plan_archive(example_archive, "committee-report", "cypp@2006").out
    facts = yaml.safe_load((example_archive / "plans/cypp/plan.yml").read_text(encoding="utf-8"))
    listed = re.findall(r"^- .*minute 88\)$", _part(report, "Background"), re.MULTILINE)
    assert len(listed) == len(facts["supersedes"]) == 17
    assert "There is no earlier edition" in _part(report, "What changed since the last edition")
    assert len(_rows(_part(report, "Background papers"))[1:]) > 10


@pytest.mark.parametrize(
    ("ref", "told"),
    [
        ("gamma@2007", "there is no plan `gamma`"),
        ("alpha@1999", "has no edition `1999` (editions: 2006, 2007)"),
        ("alpha@2007#staying-safe", "is no edition"),
        ("../etc", "is no edition"),
    ],
)
def test_what_is_unknown_is_1(ref: str, told: str, tmp_path: Path) -> None:
    """What is not in the archive, or no edition, ends with 1 and one line; nothing is written."""
    ran = plan_archive(copy_tiny(tmp_path), "committee-report", ref, "--output", str(tmp_path / "report.md"))
    assert (ran.code, ran.out, ran.err.count("\n")) == (1, "", 1)
    assert told in ran.err
    assert not (tmp_path / "report.md").exists()


def test_what_cannot_be_read_is_1(tmp_path: Path) -> None:
    """An edition that was not read whole gets no report; neither does a folder without an archive."""
    folder = copy_tiny(tmp_path / "one")
    edit(folder / "plans/alpha/2007.md", "kind: refresh", "kind: refreshed")
    ran = plan_archive(folder, "committee-report", "alpha@2007")
    assert (ran.code, ran.out) == (1, "")
    assert "alpha@2007 could not be read whole; see: plan-archive check" in ran.err
    edit(folder / "plans/alpha/plan.yml", "title: Alpha Plan", "titel: Alpha Plan")
    assert "the facts about alpha could not be read" in plan_archive(folder, "committee-report", "alpha@2006").err
    (tmp_path / "empty").mkdir()
    assert plan_archive(tmp_path / "empty", "committee-report", "alpha@2006").code == 1


def test_wrong_usage_is_2(tmp_path: Path) -> None:
    """A format that is not known, or no reference, ends with 2."""
    folder = copy_tiny(tmp_path)
    assert _run(folder, "alpha@2007", "--format", "pdf").exit_code == 2
    assert _run(folder).exit_code == 2


def test_without_the_word_library_the_command_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where python-docx is missing, a Word file is refused with the line that installs it; Markdown still works."""
    folder = copy_tiny(tmp_path)
    monkeypatch.setattr("importlib.util.find_spec", lambda _name: None)
    ran = _run(folder, "alpha@2007", "--format", "docx", "--output", str(tmp_path / "report.docx"))
    assert ran.exit_code == 1
    assert 'pip install "mkdocs-plan-archive[docx]"' in str(ran.exception)
    assert _run(folder, "alpha@2007").exit_code == 0


@pytest.fixture(scope="module")
def word_file(example_archive: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example's report as a Word file."""
    file = tmp_path_factory.mktemp("report") / "report.docx"
    ran = plan_archive(example_archive, "committee-report", "cypp@2009", "--format", "docx", "--output", str(file))
    assert (ran.code, ran.out) == (0, ""), ran.err
    return file


def test_the_word_file_says_what_the_markdown_says(report: str, word_file: Path) -> None:
    """Opened again, it has the same headings, tables and blanks, with the notice first and at the head of each page."""
    opened = Document(str(word_file))
    assert opened.paragraphs[0].text == NOTICE == opened.sections[0].header.paragraphs[0].text
    headings = [(int(p.style.name[-1]), p.text) for p in opened.paragraphs if p.style.name.startswith("Heading ")]
    assert headings == [(len(m), text) for m, text in re.findall(r"^(#+) (.*)$", report, re.MULTILINE)]
    assert [level for level, _ in headings].count(1) == 1
    rows = [[cell.text for cell in row.cells] for table in opened.tables for row in table.rows]
    assert rows == [[re.sub(r"\\(.)", r"\1", cell) for cell in row] for row in _rows(report)]
    marked = [run for p in opened.paragraphs for run in p.runs if run.text.startswith("[To be written: ")]
    assert len(marked) == report.count("[To be written: ")
    assert all(run.bold and run.font.highlight_color is not None for run in marked)


def test_the_word_file_can_be_read_aloud(word_file: Path) -> None:
    """Its language is set, its tables have heads and captions, its page is A4, and it names its title and its body."""
    opened = Document(str(word_file))
    assert {lang.get(f"{W}val") for lang in opened.styles.element.iter(f"{W}lang")} == {"en-GB"}
    for table in opened.tables:
        marks = [row._tr.find(f"{W}trPr/{W}tblHeader") is not None for row in table.rows]
        assert marks == [True, *[False] * (len(marks) - 1)]
        assert table._tbl.tblPr.find(f"{W}tblCaption").get(f"{W}val")
    section = opened.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    properties = opened.core_properties
    assert (properties.title, properties.author) == (
        "Report: Children and Young People's Plan 2009 to 2012",
        "Exampleshire Council",
    )
    assert properties.language == "en-GB"
    assert "python-docx" not in (properties.comments + properties.last_modified_by)


def test_the_same_commit_gives_the_same_bytes(example_archive: Path, word_file: Path, tmp_path: Path) -> None:
    """Another run, under another clock's zone, writes the same file; no entry in it tells when it was made."""
    for zone in ("UTC", "Pacific/Auckland"):
        file = tmp_path / f"{zone[:3]}.docx"
        plan_archive(
            example_archive, "committee-report", "cypp@2009", "--format", "docx", "--output", str(file), TZ=zone
        )
        assert file.read_bytes() == word_file.read_bytes()
    with zipfile.ZipFile(word_file) as held:
        assert {entry.date_time for entry in held.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert Document(str(word_file)).core_properties.created.date().isoformat() == "2009-03-27"


def test_a_report_speaks_for_its_commit(tmp_path: Path) -> None:
    """Where the archive speaks for the build's day, the report's day is the commit's and not the clock's."""
    folder = copy_tiny(tmp_path)
    edit(folder / "plans/authority.yml", "as_at: 2007-12-01", "as_at: build")
    commit(folder)
    assert "as at 1 December 2007." in _run(folder, "alpha@2007").stdout
    later = plan_archive(folder, "committee-report", "alpha@2007", SOURCE_DATE_EPOCH="1230768000").out
    assert "as at 1 January 2009." in later


def test_words_of_editors_are_never_markup() -> None:
    """Stars, brackets, pipes, tags and what would begin a list or a heading are shown as they were typed."""
    nasty = r"# *a* _b_ [c](d) <e> f|g `h` &lt; ~i~ \j"
    parts = (
        Heading(nasty),
        Paragraph((nasty,)),
        Paragraph(("1. no list",)),
        Paragraph(("- none", Blank(nasty))),
        Entries((("To", (nasty,)),)),
        Paragraph(("That members:",)),
        Listing(((nasty,), ("+ x",)), numbered=True),
        Table("* caption", ("a|b", "#"), ((nasty, "-"), ("1. x", ""))),
    )
    paper = Paper(nasty, "", "A", "en", date(2007, 1, 1), parts)
    html = lxml.html.fromstring(markdown.markdown(paper_markdown(paper), extensions=["tables"]))
    words = [" ".join(element.text_content().split()) for element in html.iter("h1", "h2", "p", "li", "td")]
    assert [html.xpath(f"count(//{name})") for name in ("h1", "h2", "ol", "table", "a", "code", "e")] == [
        1,
        1,
        1,
        1,
        0,
        0,
        0,
    ]
    assert words.count(nasty) == 5
    assert "1. no list" in words
    assert html.xpath("string(//ol/li[2])").strip() == "+ x"
    opened = Document(io.BytesIO(paper_docx(paper)))
    assert next(p.text for p in opened.paragraphs) == nasty
    assert opened.tables[0].rows[1].cells[0].text == nasty


def test_an_archive_that_is_no_example_says_nothing_of_one(tmp_path: Path) -> None:
    """Without `example: yes` the report begins with its title."""
    folder = copy_tiny(tmp_path)
    edit(folder / "plans/authority.yml", "example: yes", "example: no")
    ran = _run(folder, "alpha")
    assert ran.stdout.startswith("# Report: Alpha Plan 2006 to 2009: 2007 refresh\n")
    assert json.dumps(NOTICE) not in json.dumps(ran.stdout)
