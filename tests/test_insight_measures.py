"""Every figure on the pages of measures is in the Markdown, and every figure of the Markdown is there: read anew."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import lxml.html
import pytest

from archives import ROOT
from plan_archive.schemas import DATA
from test_docs_shapes import faults

pytestmark = pytest.mark.site

Row = dict[str, str]
KINDS = {"target": "target", "aim": "target", "limit": "target", "actual": "actual", "result": "actual"}
NOTHING = {"", "-", "not yet collected", "not collected", "no target set", "n/a", "no aim set"}


def _text(file: Path) -> str:
    return file.read_text(encoding="utf-8").split("\n---\n", 1)[-1]


@cache
def _editions() -> dict[tuple[str, str], str]:
    """The text of every edition, by plan and edition; chapters joined."""
    found: dict[tuple[str, str], list[str]] = {}
    for root in ("plans", "archive"):
        for file in sorted((ROOT / root).glob("*/*.md")):
            found.setdefault((file.parent.name, file.stem), []).append(_text(file))
        for file in sorted((ROOT / root).glob("*/[0-9]*/*.md")):
            found.setdefault((file.parent.parent.name, file.parent.name), []).append(_text(file))
    return {key: "\n\n".join(texts) for key, texts in sorted(found.items())}


def _cells(line: str) -> list[str]:
    return [re.sub(r"\s*\[\^[^\]]*\]", "", cell).strip() for cell in line.strip().strip("|").split("|")]


def _measures(text: str) -> Iterator[Row]:
    """The rows of tables of measures, as plain cells by the heads of their columns."""
    head: list[str] = []
    for line in text.split("\n"):
        if not line.startswith("|"):
            head = []
        elif line.startswith("| Ref |"):
            head = _cells(line)
            told = any(re.search(r"^(Better|Baseline)$|target|result", name) for name in head) or "Better" in head
            head = head if told and "Lead" not in head else []
        elif head and not line.startswith("|---"):
            yield dict(zip(head, _cells(line), strict=True))


@cache
def _rows() -> dict[tuple[str, str], dict[str, Row]]:
    made = {key: {row["Ref"]: row for row in _measures(text)} for key, text in _editions().items()}
    return {key: rows for key, rows in made.items() if rows}


def _kind(head: str) -> tuple[str, str, str] | None:
    """What a column holds: its kind, a name, a year."""
    words = head.split()
    year = next((word for word in words if re.match(r"\d{4}", word)), "")
    rest = " ".join(word for word in words if word != year)
    if rest.lower() in KINDS:
        return (KINDS[rest.lower()], "", year) if year else None
    if head == "Baseline":
        return "baseline", "", ""
    return ("comparator", rest, year) if year and rest else None


def _read(site: Path, name: str) -> list[Row]:
    return list(csv.DictReader(io.StringIO((site / "data" / name).read_text(encoding="utf-8"))))


def _unquoted(cell: str) -> str:
    """A cell as it was before it was made safe for spreadsheets."""
    return cell.removeprefix("'")


def _number(cell: str) -> float | None:
    found = re.fullmatch(r"-?[\d,]+(\.\d+)?%?", cell)
    return float(cell.rstrip("%").replace(",", "")) if found else None


def test_the_data_holds_every_figure_of_the_markdown(example_site: Path) -> None:
    """Each cell under a target, a result, a baseline or somebody's name and year is one row, and there is no other."""
    wanted = []
    for (plan, edition), rows in _rows().items():
        for ref, row in rows.items():
            for head, cell in row.items():
                kind = _kind(head)
                if kind and cell:
                    year = kind[2] or row["Baseline year"]
                    wanted.append((plan, edition, ref, *kind[:2], "" if year == "-" else year, cell, _number(cell)))
    data = _read(example_site, "measures.csv")
    keys = ("plan", "edition", "ref", "kind", "name", "year")
    there = [(*(r[k] for k in keys), _unquoted(r["value"]), float(r["figure"]) if r["figure"] else None) for r in data]
    assert len(wanted) > 1000
    assert sorted(map(str, there)) == sorted(map(str, wanted))


def _edits(plan: str) -> Iterator[tuple[str, str, str, str, str, str]]:
    """Cells of one column and measure that differ from one edition to the next, a result's first telling aside."""
    editions = [(key[1], rows) for key, rows in _rows().items() if key[0] == plan]
    for (_, old), (edition, new) in pairwise(editions):
        for ref in new.keys() & old.keys():
            for head in {**new[ref], **old[ref]}:
                kind = _kind(head)
                one, other = old[ref].get(head), new[ref].get(head)
                field = kind[0] if kind else head.lower()
                if kind and kind[0] == "comparator":
                    continue
                if one is not None and other is not None and one != other:
                    alike = one.lower() in NOTHING and other.lower() in NOTHING
                    if not alike and not (field == "actual" and one.lower() in NOTHING):
                        name = "definition" if field in ("measure", "target") and not (kind and kind[2]) else field
                        yield edition, ref, name, kind[2] if kind else "", one, other


@pytest.mark.parametrize("plan", ["cypp", "behaviour-support-plan", "youth-service-plan", "teenage-pregnancy-strategy"])
def test_the_edits_are_the_cells_that_differ(example_site: Path, plan: str) -> None:
    """Every target, baseline, unit, wording and past result that a later edition changed is told, and nothing else."""
    data = [row for row in _read(example_site, "measure-edits.csv") if row["plan"] == plan]
    keys = ("new", "ref", "field", "year")
    there = {(*(r[k] for k in keys), _unquoted(r["before"]), _unquoted(r["after"])) for r in data}
    whole = {row for row in there if row[4] and row[5]}
    assert whole == set(_edits(plan))
    # Beside them: a target for a year whose column a later edition left out between other years.
    assert all(field == "target" for _, _, field, _, before, after in there - whole if not after or not before)


def test_reasons_are_those_of_the_front_matter(example_site: Path) -> None:
    """An edit has a reason exactly where the edition's front matter gives one for its Ref."""
    files = {path.stem: path for root in ("plans", "archive") for path in (ROOT / root / "cypp").glob("*.md")}
    edits = [row for row in _read(example_site, "measure-edits.csv") if row["plan"] == "cypp"]
    assert edits
    for row in edits:
        front = files[row["new"]].read_text(encoding="utf-8").split("\n---\n", 1)[0]
        given = re.findall(rf'\{{ref: {row["ref"]}, change: (\w+), reason: "([^"]*)"', front)
        fits = [
            reason
            for change, reason in given
            if not (row["change"] == "made_easier" and change == "raised")
            and not (row["change"] == "made_harder" and change == "lowered")
            and not (row["change"] == "past_actual_changed" and change in ("raised", "lowered", "added"))
        ]
        assert row["reason"] == (fits[0] if fits else ""), row


def _judged(year: str) -> tuple[int, list[bool], list[bool]]:
    """Results of a year in the plan of children and young people, against the first and the last target."""
    editions = [rows for key, rows in _rows().items() if key[0] == "cypp"]
    reported, first, last = 0, [], []
    for ref in {ref for rows in editions for ref in rows}:
        here = [rows[ref] for rows in editions if ref in rows]
        told = [place for place, row in enumerate(here) if _number(row.get(f"Actual {year}", "")) is not None]
        if not told:
            continue
        reported += 1
        begin = end = told[-1]
        while begin and not _anew(here[begin - 1], here[begin]):
            begin -= 1
        while end + 1 < len(here) and not _anew(here[end], here[end + 1]):
            end += 1
        targets = [row[f"Target {year}"] for row in here[begin : end + 1] if f"Target {year}" in row]
        result = _number(here[told[-1]][f"Actual {year}"]) or 0.0
        for held, numbers in ((first, [n for n in map(_number, targets) if n is not None][:1]), (last, targets[-1:])):
            for target in numbers:
                number = target if isinstance(target, float) else _number(target)
                if number is not None:
                    better = here[-1]["Better"]
                    held.append(result >= number if better == "higher" else result <= number)
    return reported, first, last


def _anew(old: Row, new: Row) -> bool:
    base = (old["Baseline"], old["Baseline year"]) != (new["Baseline"], new["Baseline year"])
    return old["Unit"] != new["Unit"] or (old["Measure"] != new["Measure"] and base)


@cache
def _page(site: Path, plan: str) -> Any:
    return lxml.html.parse(site / "plans" / plan / "measures" / "index.html").getroot()


def _words(element: Any) -> str:
    return " ".join(element.text_content().split())


def test_the_table_of_results_can_be_counted_again(example_site: Path) -> None:
    """Year by year the page says how many results there are and how many reached each target."""
    table = _page(example_site, "cypp").xpath("//table[.//th[contains(., 'as first set')]]")[0]
    told = [[_words(cell) for cell in row.xpath("./*")] for row in table.xpath("./tbody/tr")]
    assert [row[0] for row in told] == ["2007", "2008", "2009"]
    for year, *rest in told:
        reported, first, last = _judged(year)
        assert rest == [str(reported), f"{sum(first)} of {len(first)}", f"{sum(last)} of {len(last)}"]


def test_every_plan_with_measures_has_its_page(example_site: Path) -> None:
    """The page is there for each plan whose editions have measures, with a part for each Ref, and for no other."""
    pages = {path.parent.parent.name for path in example_site.glob("plans/*/measures/index.html")}
    assert pages == {plan for plan, _ in _rows()}
    for plan in pages:
        refs = {ref for (own, _), rows in _rows().items() if own == plan for ref in rows}
        assert {h.get("id") for h in _page(example_site, plan).xpath("//section//h3")} == {
            f"ref-{ref.lower()}" for ref in refs
        }


@pytest.mark.parametrize("plan", ["cypp", "teenage-pregnancy-strategy", "behaviour-support-plan"])
def test_pictures_say_what_their_tables_hold(example_site: Path, plan: str) -> None:
    """Each picture has a name and words, and each figure in those words stands in the table below it."""
    figures = _page(example_site, plan).xpath("//figure")
    assert figures
    for figure in figures:
        svg = figure.xpath("./svg")[0]
        ids = {element.get("id") for element in svg.iter() if element.get("id")}
        assert {svg.get("aria-labelledby"), svg.get("aria-describedby")} == ids
        table = _words(figure.getnext())
        says = _words(svg.xpath("./desc")[0])
        told = re.findall(r"(\d{4}(?:-\d+)?) ([^,]+?)(?:,|\. |\.$)", says.split(" The scale")[0] + " ")
        assert told
        assert [value for _, value in told if value not in table] == []
        assert not [element for element in svg.iter() if element.get("style")]


def test_edits_are_flagged_in_the_tables(example_site: Path) -> None:
    """In the tables the flags stand where an edition changed a figure, and nowhere else."""
    page = _page(example_site, "cypp")
    section = page.xpath("//section[h3/@id='ref-bh1']")[0]
    flagged = {
        (_words(row.xpath("./th")[0]), place): _words(cell)
        for row in section.xpath(".//tbody/tr")
        for place, cell in enumerate(row.xpath("./td"))
        if cell.xpath(".//*[contains(@class, 'pa-edit')]")
    }
    assert flagged == {("Target 2009", 1): "34.5 \u25b2 easier"}


def test_figures_of_others_are_called_invented(example_site: Path) -> None:
    """Beside each figure for England stands that it is invented, in the table and in the picture."""
    page = _page(example_site, "cypp")
    rows = [_words(th) for th in page.xpath("//th[@scope='row'][starts-with(normalize-space(.), 'England')]")]
    assert rows
    assert all(row.endswith("invented figure") for row in rows)
    names = [_words(text) for text in page.xpath("//*[local-name()='text'][starts-with(., 'England')]")]
    assert set(names) == {"England (invented figure)"}
    data = json.loads((example_site / "data" / "measures.json").read_text(encoding="utf-8"))
    assert all(figure["invented"] for figure in data["figures"])


def test_definitions_are_those_of_the_register(example_site: Path) -> None:
    """What a measure counts is said as the register says it."""
    register = (ROOT / "plans" / "registers" / "measures.yml").read_text(encoding="utf-8")
    rows = re.findall(r'plan: (\S+)\n\s+ref: (\S+)\n\s+definition: "?(.+?)"?\n', register)
    assert rows
    for plan, ref, definition in rows:
        section = _page(example_site, plan).xpath(f"//section[h3/@id='ref-{ref.lower()}']")[0]
        assert definition.replace('\\"', '"') in _words(section)


def test_the_data_has_its_published_shape(example_site: Path) -> None:
    """The JSON fits its schema, and the tables hold the same rows."""
    data = json.loads((example_site / "data" / "measures.json").read_text(encoding="utf-8"))
    assert faults(data, DATA["measures"], DATA["measures"]) == []
    assert len(data["figures"]) == len(_read(example_site, "measures.csv"))
    assert len(data["edits"]) == len(_read(example_site, "measure-edits.csv"))
