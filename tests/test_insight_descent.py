"""The line of descent: its table, its data and every place in its picture, told anew from the `plan.yml` files."""

from __future__ import annotations

import calendar
import csv
import io
import json
import re
from datetime import date, timedelta
from functools import cache
from gettext import NullTranslations
from itertools import pairwise
from pathlib import Path
from typing import Any

import lxml.html
import pytest
import yaml

from archives import NOTICE, ROOT
from nouns import edition, library, plan, succession
from plan_archive.language import Catalogue, speaking
from plan_archive.pages.descent import shown
from plan_archive.schemas import DATA
from test_docs_shapes import faults

DAY = date(2009, 12, 1)
REPLACED = {"to": "2006-03-31", "ended_by": "superseded"}


@cache
def _plans() -> dict[str, dict[str, Any]]:
    """The facts of every plan of the example, as its editors wrote them."""
    files = [*(ROOT / "archive").glob("*/plan.yml"), *(ROOT / "plans").glob("*/plan.yml")]
    return {file.parent.name: _dated(yaml.load(file.read_text(encoding="utf-8"), yaml.BaseLoader)) for file in files}  # noqa: S506


def _dated(value: Any) -> Any:
    """Words as they are written, dates as dates: no `on` is taken for a yes."""
    if isinstance(value, dict):
        return {key: _dated(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_dated(inner) for inner in value]
    return date.fromisoformat(value) if re.fullmatch(r"\d{4}-\d{2}-\d{2}", value) else value


def _in_words(stated: Any) -> str:
    if isinstance(stated, dict) and "about" in stated:
        year, month = str(stated["about"]).split("-")
        return f"about {calendar.month_name[int(month)]} {year}"
    return f"{stated.day} {calendar.month_name[stated.month]} {stated.year}"


def _first(stated: Any) -> date:
    return date.fromisoformat(f"{stated['about']}-01") if isinstance(stated, dict) else stated


def _after(stated: Any) -> date:
    """The day after the last that a stated last day allows."""
    if not isinstance(stated, dict):
        return stated + timedelta(days=1)
    year, month = map(int, str(stated["about"]).split("-"))
    return date(year + month // 12, month % 12 + 1, 1)


def _words(element: Any) -> str:
    return " ".join(element.text_content().split())


def _page(site: Path, address: str) -> Any:
    return lxml.html.parse(site / address / "index.html").getroot()


def _rows(site: Path, address: str = "descent") -> dict[str, dict[str, Any]]:
    """The table's cells, by plan and heading."""
    table = _page(site, address).xpath('//div[@aria-label="The line of descent as a table"]/table')[0]
    rows = {}
    for row in table.xpath("./tbody/tr"):
        there = row.xpath("./th/a")[0].get("href")
        cells = {cell.get("data-label"): cell for cell in row.xpath("./td")}
        rows[there.rstrip("/").rpartition("/")[2]] = cells
    return rows


@pytest.mark.site
def test_the_table_holds_every_plan_and_every_date(example_site: Path) -> None:
    """Each plan has a row; each edition its first and last day; and each succession its day, extent and decision."""
    rows = _rows(example_site)
    assert set(rows) == set(_plans())
    told = 0
    for name, facts in _plans().items():
        spans = [(key, e["in_effect"]) for key, e in facts.get("editions", {}).items()]
        cells = rows[name]
        said = [_words(span) for span in cells["In effect"].xpath("./span")]
        for words, (_, span) in zip(said, spans, strict=True):
            end = f"to {_in_words(span['to'])}" if "to" in span else "on"
            assert words.endswith(f"from {_in_words(span['from'])} {end}")
            told += 1
        if not spans:
            assert _words(cells["In effect"]) == "No edition held"
        taken = [_words(span) for span in cells["What took it up"].xpath("./span")]
        for words, by in zip(taken, facts["superseded_by"], strict=True):
            decided = by["authority"]
            extent = {"whole": "whole", "part": "in part"}[by["extent"]]
            assert words == (
                f"{_plans()[by['plan']]['title']}, on {_in_words(by['on'])}, {extent} "
                f"({decided['body']}, {_in_words(decided['date'])}, minute {decided['minute']})"
            )
            told += 1
        if not taken:
            assert _words(cells["What took it up"]) == "Nothing"
    assert told == sum(len(facts.get("editions", {})) + len(facts["superseded_by"]) for facts in _plans().values())
    assert told > 40


@pytest.mark.site
def test_the_end_of_a_plan_and_of_its_duty_are_told_apart(example_site: Path) -> None:
    """How each plan ended and how its duty ended stand in two columns, with the dates that the files give."""
    verbs = {"superseded": "Replaced", "lapsed": "Lapsed", "withdrawn": "Withdrawn"}
    for name, cells in _rows(example_site).items():
        facts = _plans()[name]
        spans = [e["in_effect"] for e in facts.get("editions", {}).values()]
        if spans and "to" in spans[-1]:
            ended = f"{verbs[spans[-1]['ended_by']]}; its last day was {_in_words(spans[-1]['to'])}"
        elif spans:
            ended = f"In effect on {_in_words(DAY)}"
        else:
            ended = {"never-adopted": "Never adopted", "lapsed": "Lapsed; its last day is not known"}[facts["ended_by"]]
        assert _words(cells["How the plan ended"]) == ended, name
        duty = facts["duty"]
        begun = duty.get("from")
        if duty["status"] == "none":
            said = "None"
        else:
            said = "First day not known" if "unknown" in str(begun) else f"From {_in_words(begun)}"
        said += f"; ended on {_in_words(duty['ended'])}" if "ended" in duty else ""
        assert _words(cells["Duty to make it"]) == said, name


def _points(path: Any) -> list[tuple[float, float]]:
    """The corners of a line or a mark."""
    return [(float(x), float(y)) for x, y in re.findall(r"[ML](-?[\d.]+),(-?[\d.]+)", path.get("d"))]


def _scale(svg: Any) -> Any:
    """From the lines of two years and their labels: where a day lies in the picture."""
    lines = [_points(line)[0][0] for line in svg.xpath('.//*[@class="pa-descent__grid"]')]
    years = {
        float(text.get("x")): int(_words(text))
        for text in svg.xpath('./*[name()="text"]')
        if re.fullmatch(r"\d{4}", _words(text)) and float(text.get("y")) < 35
    }
    (x, year), (other, later) = min(years.items()), max(years.items())
    assert {x, other} <= set(lines)
    days = (date(later, 1, 1) - date(year, 1, 1)).days
    return lambda day: x + (other - x) * (day - date(year, 1, 1)).days / days


@pytest.mark.site
@pytest.mark.parametrize("address", ["descent", ""])
@pytest.mark.parametrize("layout", ["wide", "narrow"])
def test_every_mark_stands_where_its_date_is(example_site: Path, address: str, layout: str) -> None:
    """Bars begin and end, ends and duties' ends are marked, on the days that the files give, to a tenth of a unit."""
    svg = _page(example_site, address).xpath(f'//*[contains(@class, "pa-descent--{layout}")]')[0]
    at = _scale(svg)
    links = [link.get("href").rstrip("/").rpartition("/")[2] for link in svg.xpath('./*[name()="a"]')]
    groups = svg.xpath('./*[name()="g"]')
    assert sorted(links) == sorted(_plans())
    near = lambda place: pytest.approx(place, abs=0.16)  # noqa: E731
    for name, group in zip(links, groups, strict=True):
        facts = _plans()[name]
        spans = [e["in_effect"] for e in facts.get("editions", {}).values()]
        boxes = [
            (float(r.get("x")), float(r.get("x")) + float(r.get("width")))
            for r in group.xpath('./*[name()="rect" and contains(@class, "__bar")]')
        ]
        if spans:
            assert min(left for left, _ in boxes) == near(at(_first(spans[0]["from"])))
            last = _after(spans[-1]["to"]) if "to" in spans[-1] else DAY + timedelta(days=1)
            assert max(right for _, right in boxes) == near(at(last))
            for before, span in pairwise(spans):
                assert at(_first(span["from"])) == near(at(_after(before["to"])))
                assert any(left == near(at(_first(span["from"]))) for left, _ in boxes)
        unsure = sum(isinstance(day, dict) for span in spans for day in (span["from"], span.get("to")))
        assert len(group.xpath('./*[contains(@class, "__bar--about")]')) == unsure
        assert len(boxes) == len(spans) + unsure
        ends = [_points(line)[0][0] for line in group.xpath('./*[@class="pa-descent__end"]')]
        assert ends == [near(at(_after(span["to"]))) for span in spans[-1:] if "to" in span]
        duties = [_points(mark)[0][0] for mark in group.xpath('./*[@class="pa-descent__duty"]')]
        assert duties == [near(at(facts["duty"]["ended"])) for _ in range("ended" in facts["duty"])]
        assert len(group.xpath('./*[@class="pa-descent__outline"]')) == (not spans)
    today = _points(svg.xpath('.//*[@class="pa-descent__day"]')[0])[0][0]
    assert today == near(at(DAY))


@pytest.mark.site
def test_lines_leave_only_plans_that_were_taken_up(example_site: Path) -> None:
    """One line leaves each plan that was taken up, a dotted one where that was in part, and none a plan that lapsed."""
    wide = _page(example_site, "descent").xpath('//*[contains(@class, "pa-descent--wide")]')[0]
    middles = {}
    for link, group in zip(wide.xpath('./*[name()="a"]'), wide.xpath('./*[name()="g"]'), strict=True):
        rects = group.xpath('./*[name()="rect"]')
        name = link.get("href").rstrip("/").rpartition("/")[2]
        middles[name] = float(rects[0].get("y")) + float(rects[0].get("height")) / 2
    flows = []
    for line in wide.xpath('./*[contains(@class, "__flow")]'):
        (_, begins), (_, ends) = _points(line)
        if begins == ends <= max(middles.values()):
            flows.append((line.get("class").split("--")[1], begins))
    wanted = sorted((by["extent"], middles[n]) for n, facts in _plans().items() for by in facts["superseded_by"])
    assert sorted(flows) == wanted
    assert [extent for extent, _ in wanted].count("part") == 1
    assert middles["quality-protects-action-plan"] not in [middle for _, middle in flows]


@pytest.mark.site
def test_the_data_say_what_the_files_say(example_site: Path) -> None:
    """`descent.json` follows its schema and holds each date as it is stated; the CSV holds a line for each edition."""
    data = json.loads((example_site / "data" / "descent.json").read_text(encoding="utf-8"))
    assert faults(data, DATA["descent"], DATA["descent"]) == []
    stated = lambda day: f"about {day['about']}" if "about" in str(day) else str(day)  # noqa: E731
    for row in data["plans"]:
        facts = _plans()[row["plan"]]
        spans = {str(key): e["in_effect"] for key, e in facts.get("editions", {}).items()}
        assert [(e["edition"], e["from"], e["to"]) for e in row["editions"]] == [
            (key, stated(span["from"]), stated(span["to"]) if "to" in span else None) for key, span in spans.items()
        ]
        assert [(s["plan"], s["on"], s["extent"]) for s in row["taken_up_by"]] == [
            (by["plan"], str(by["on"]), by["extent"]) for by in facts["superseded_by"]
        ]
        assert row["duty"]["ended"] == (str(facts["duty"]["ended"]) if "ended" in facts["duty"] else None)
    lines = list(csv.reader(io.StringIO((example_site / "data" / "descent.csv").read_text(encoding="utf-8"))))
    assert len(lines) - 1 == sum(max(len(facts.get("editions", {})), 1) for facts in _plans().values())
    assert {line[-1] for line in lines[1:]} == {NOTICE}


@pytest.mark.site
def test_each_plan_page_shows_its_own_line(example_site: Path) -> None:
    """A plan's page shows it with what it gave way to and what it took up; without an edition it says why not."""
    for name, facts in _plans().items():
        there = _page(example_site, f"plans/{name}")
        if "editions" not in facts:
            assert "no place in time" in _words(there)
            assert "Not known whether in effect" not in _words(there)
            continue
        family = {name} | {by["plan"] for by in [*facts["superseded_by"], *facts["supersedes"]]}
        assert {name if row == "." else row for row in _rows(example_site, f"plans/{name}")} == family
        if facts["duty"]["status"] == "none":
            assert "There was no legal duty to make this plan." in _words(there)


@pytest.mark.site
def test_home_lists_each_plan_that_is_gone_once(example_site: Path) -> None:
    """Every plan that is not in effect stands once in the list of old plans, and those replaced are counted."""
    section = _page(example_site, "").xpath('//section[@aria-labelledby="old-plans"]')[0]
    listed = [link.get("href").strip("/").partition("/")[2] for link in section.xpath(".//li/a")]
    gone = [
        n for n, f in _plans().items() if not any("to" not in e["in_effect"] for e in f.get("editions", {}).values())
    ]
    assert sorted(listed) == sorted(gone)
    replaced = sum(bool(_plans()[name]["superseded_by"]) for name in gone)
    assert f"{replaced} plans were replaced by the Children and Young People's Plan on 1 April 2006" in _words(section)


@pytest.mark.site
def test_the_register_says_how_sure_each_membership_is(example_site: Path) -> None:
    """The register's column holds the confidence that each file gives for membership, and "No" where it gives none."""
    for row in _page(example_site, "plans").xpath('//table[@id="register"]/tbody/tr'):
        name = row.xpath("./th/a")[0].get("href").rstrip("/").rpartition("/")[2]
        claims = [e["confidence"] for e in _plans()[name]["evidence"] if e["claim"] == "membership"]
        cell = row.xpath('./td[@data-label="One of the nineteen"]')[0]
        assert re.sub(r"^[●◕◑○] ", "", _words(cell)) == (claims[0].capitalize() if claims else "No")
        assert f"pa-row--{claims[0] if claims else 'not-counted'}" in row.get("class").split()


def _shown(*plans: Any) -> Any:
    found = shown(library(DAY, *plans), "descent/")
    assert found is not None
    return found


NEW = plan(edition("2006", {"from": "2006-04-01"}), plan_id="new", title="New Plan")


def test_a_date_that_is_not_known_is_dashed_and_said() -> None:
    """About a month, or unknown: the box is dashed at that end, and the table says so in words."""
    about = plan(
        edition("2004", {"from": {"about": "2004-05"}, **REPLACED}), superseded_by=[succession("new", "2006-04-01")]
    )
    unknown = plan(edition("2004", {"from": {"unknown": "Nothing found."}, **REPLACED}))
    for old, words in ((about, "from about May 2004 to"), (unknown, "from a day that is not known to")):
        found = _shown(old, NEW)
        assert 'class="pa-descent__bar pa-descent__bar--about"' in found.wide
        assert "A date that is not known exactly" in found.narrow
        assert next(row for row in found.rows if row.plan is old).spans[0][1].startswith(words)


def test_a_plan_without_editions_has_an_outline_and_no_dates() -> None:
    """It has words in an outline, no bar, and no mark of an end; nothing at all is drawn where no plan has a date."""
    none = plan(plan_id="none", title="No Plan", ended_by="never-adopted")
    found = _shown(none, NEW)
    assert found.wide.count("pa-descent__outline") == 2  # the plan's and the legend's
    assert "Never adopted" in found.wide
    assert "pa-descent__end" not in found.wide
    assert shown(library(DAY, none), "descent/") is None


def test_what_tells_that_there_is_no_edition_is_read_as_no_time() -> None:
    """Beside the bars it stands below the name, left of every year; above them it stands on the name's own line."""
    found = _shown(plan(plan_id="none", title="A Plan Named Short", ended_by="never-adopted"), NEW)
    boxes = []
    for drawn in (found.wide, found.narrow):
        svg = lxml.html.fragment_fromstring(drawn)
        box = svg.xpath('.//g/*[@class="pa-descent__outline"]')[0]
        name = svg.xpath('.//a[@aria-label="A Plan Named Short"]/text')[0]
        boxes.append([float(box.get(key)) for key in ("x", "width", "y", "height")] + [float(name.get("y"))])
    (left, wide, top, _, base), (beside, _, above, high, line) = boxes
    begins = min(float(text.get("x")) for text in _years(found.wide))
    assert left + wide < begins
    assert top > base
    assert beside > 2 + len("A Plan Named Short") * 6
    assert above < line < above + high


def _years(picture: str) -> list[lxml.html.HtmlElement]:
    svg = lxml.html.fragment_fromstring(picture)
    return [text for text in svg.xpath("./text") if (text.text or "").isdigit()]


def test_the_picture_is_the_same_bytes_and_holds_no_style_or_script() -> None:
    """Drawn twice it is the same; it is named and described, holds neither styles nor scripts, and escapes titles."""
    odd = plan(edition("2004", {"from": "2004-04-01", **REPLACED}), plan_id="odd", title='A "plan" & more')
    one, other = _shown(odd, NEW), _shown(odd, NEW)
    assert (one.wide, one.narrow) == (other.wide, other.narrow)
    for svg in (one.wide, one.narrow):
        assert not re.search(r"style=|<style|<script|onload|[^\w]& ", svg)
        assert re.search(r'role="group" aria-labelledby="([^"]+)" aria-describedby="([^"]+)"', svg)
        assert all(float(size) >= 12 for size in re.findall(r'font-size="([\d.]+)"', svg))
        assert "</title>" in svg
        assert "</desc>" in svg
        assert NOTICE.split(".", maxsplit=1)[0] in svg


class _LongWinded(NullTranslations):
    """A language that says everything twice."""

    def gettext(self, message: str) -> str:
        """The message twice."""
        return f"{message} = {message}"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """The form for the count, twice."""
        return self.gettext(msgid1 if n == 1 else msgid2)

    def pgettext(self, context: str, message: str) -> str:  # noqa: ARG002
        """The same, whatever the context."""
        return self.gettext(message)


def test_a_legend_in_longer_words_goes_on_below_and_stays_in_the_picture() -> None:
    """No word of the legend runs past its column or into the words of the next mark, and none is lost."""
    old = plan(edition("2004", {"from": "2004-04-01", **REPLACED}), superseded_by=[succession("new", "2006-04-01")])
    english = _shown(old, NEW)
    with speaking(Catalogue("cy", _LongWinded())):
        found = _shown(old, NEW)
    for svg, other, width, columns in ((found.wide, english.wide, 720, 2), (found.narrow, english.narrow, 288, 1)):
        height = float(re.findall(r'<svg[^>]* height="([\d.]+)"', svg)[0])
        texts = re.findall(r'<text x="([\d.]+)" y="([\d.]+)" font-size="(\d+)"[^>]*>([^<]*)<', svg)
        last = max(float(y) for _, y, _, words in texts if re.fullmatch(r"\d{4}", words))
        legend = [(float(x), float(y), int(size), words) for x, y, size, words in texts if float(y) > last]
        legend = [line for line in legend if line[0] > 2]  # the note that it is an example begins at the edge
        assert {x for x, *_ in legend} == {40 + column * width / columns for column in range(columns)}
        assert all(38 + len(words) * size * 0.56 <= width / columns for _, _, size, words in legend)
        assert all(y < height for _, y, _, _ in legend)
        for column in {x for x, *_ in legend}:
            rows = sorted(y for x, y, *_ in legend if x == column)
            assert all(later - earlier >= 12 for earlier, later in pairwise(rows))
        told = " ".join(words for *_, words in legend)
        for name in ("The end of a plan", "What took a plan up"):
            assert f"{name} = {name}" in told
            assert name in other


def test_what_is_said_of_a_plan_is_said_in_the_language_that_is_spoken() -> None:
    """The summary, the table and the description of each plan's bar hold the words of the catalogue."""
    old = plan(edition("2004", {"from": "2004-04-01", **REPLACED}), superseded_by=[succession("new", "2006-04-01")])
    gone = plan(
        edition("2004", {"from": "2004-04-01", "to": "2006-03-31", "ended_by": "lapsed"}),
        plan_id="gone",
        title="Gone Plan",
    )
    with speaking(Catalogue("cy", _LongWinded())):
        found = _shown(old, gone, NEW)
    assert found.says.startswith("3 plans by the years in which they were in effect. = 3 plans by the years")
    assert "= 1 plan was taken up by " in found.says
    assert "31 Mawrth 2006" in found.says
    rows = {row.plan.id: row for row in found.rows}
    assert rows["gone"].ended.startswith("Lapsed = Lapsed; its last day was 31 Mawrth 2006 = ")
    assert rows["new"].duty == "None = None"
    assert rows["old"].spans[0][1].startswith("from 1 Ebrill 2004 to 31 Mawrth 2006 = ")
    assert "lapsed = lapsed" in found.wide
    assert "whole taken up by " in found.wide
