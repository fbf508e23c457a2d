"""On the built site every old part shows where it is, the same answer on every page, and every link is there."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import posixpath
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import lxml.html
import pytest

from archives import NOTICE, commit, copy_tiny, edit, plan_archive
from plan_archive import Edition, Library, Status, edition_status
from plan_archive.pages.traced import SHAPES, STATES
from plan_archive.trace import Follower, Stop, coverage, parts
from plan_archive.trace.data import coverage_data, where_data
from test_docs_shapes import faults
from traced import example

pytestmark = pytest.mark.site

OVER = (Status.SUPERSEDED, Status.LAPSED, Status.WITHDRAWN)


@cache
def _page(site: Path, address: str) -> Any:
    return lxml.html.parse(site / address / "index.html").getroot()


@cache
def _ids(site: Path, address: str) -> frozenset[str]:
    return frozenset(_page(site, address).xpath("//@id"))


def _there(here: str, link: str) -> str:
    """The address that a link on the page at `here` leads to, with its part."""
    found = urlsplit(link)
    path = posixpath.normpath(posixpath.join(here, found.path)) if found.path else here.rstrip("/")
    return f"{path.strip('/')}/#{found.fragment}" if found.fragment else f"{path.strip('/')}/"


def _links(box: Any, here: str) -> set[str]:
    """The addresses on this site to which a part of a page leads."""
    return {_there(here, link) for link in box.xpath(".//a/@href") if not urlsplit(link).netloc}


def _words(box: Any) -> str:
    return " ".join(box.text_content().split())


def _ended(library: Library) -> Iterator[Edition]:
    for plan in library.plans:
        yield from (edition for edition in plan.editions if edition_status(edition, library.as_at) in OVER)


def _shows(box: Any, here: str, way: Stop) -> list[str]:
    """What a box on a page fails to tell of a way."""
    words, links = _words(box), _links(box, here)
    wanted, lacking = set(), []
    for stop in way.ends():
        end = stop.end
        assert end is not None
        if end.kind == "in-effect":
            wanted.add(stop.part.address)
        elif end.kind == "outside" and end.outside is not None:
            told = [end.outside.outside, end.outside.citation or "", "not in this archive", end.reason.rstrip(".")]
            lacking += [each for each in told if each not in words]
        else:
            word = {"spent": "Spent", "dropped": "Dropped", "ended": "Ended", "lapsed": "Lapsed"}[end.kind]
            told = [word, " ".join(end.reason.rstrip(".").split()), end.decision]
            lacking += [each for each in told if each not in words]
    if links != wanted:
        lacking.append(f"leads to {links}, not {wanted}")
    if way.matched is not ("matched by text, not reviewed" in words):
        lacking.append("matched by text")
    return lacking


def test_every_section_of_every_ended_edition_shows_where_it_is(example_site: Path) -> None:
    """Below the heading of each section of an ended edition stands the answer of `where`; its links all exist."""
    library, seen = example(), 0
    follower = Follower(library)
    for edition in _ended(library):
        here = f"plans/{edition.plan}/{edition.id}/"
        page = _page(example_site, here)
        for part in parts(edition):
            if part.row is None and part.section.id:
                (heading,) = page.xpath(f"//*[@id='{part.section.id}']")
                (box,) = heading.xpath("following-sibling::div[contains(concat(@class, ' '), 'pa-now ')][1]")
                assert _shows(box, here, follower.where(part)) == [], part.name
                for link in _links(box, here):
                    address, _, anchor = link.partition("#")
                    assert not anchor or anchor in _ids(example_site, address), (part.name, link)
                seen += 1
    assert seen > 700


def test_every_part_of_every_ended_edition_has_a_line_in_its_table(example_site: Path) -> None:
    """A page of destinations tells each counting section and numbered row once, in order, as `where` does."""
    library, seen = example(), 0
    follower = Follower(library)
    for edition in _ended(library):
        here = f"plans/{edition.plan}/{edition.id}/destinations/"
        lines = _page(example_site, here).xpath("//table[1]/tbody/tr")
        counting = [one for one in parts(edition) if one.row is not None or one.section.says_something]
        assert [_there(here, one.xpath("./th/a/@href")[0]) for one in lines] == [one.address for one in counting]
        for line, part in zip(lines, counting, strict=True):
            assert _shows(line.find("td"), here, follower.where(part)) == [], part.name
            seen += 1
    assert seen > 900


def test_where_did_it_go_tells_the_same(example_site: Path) -> None:
    """`/where/` has every counting part of every superseded plan, each with the same answer and no dead link."""
    library = example()
    follower, page = Follower(library), _page(example_site, "where/")
    told = {_there("where/", line.xpath("./a/@href")[0]): line for line in page.xpath("//*[@data-part]")}
    covered = coverage(library).plans
    assert len(page.xpath("//*[@data-plan]")) == len(covered)
    expected = {part.address: part for one in covered for part in one.counted}
    assert set(told) == set(expected)
    for address, part in expected.items():
        line = told[address]
        line.remove(line.find("a"))
        for texts in line.xpath("./p[@class='pa-parts__texts']"):
            line.remove(texts)
        assert _shows(line, "where/", follower.where(part)) == [], part.name


def test_the_data_is_what_the_commands_print(example_site: Path, example_archive: Path) -> None:
    """`/data/where.json` and `/data/coverage.json` and its CSV are what the library gives and the command prints."""
    library = example()
    found = coverage(library)
    told = json.loads((example_site / "data/where.json").read_text(encoding="utf-8"))
    follower = Follower(library)
    ways = [follower.where(part) for one in found.plans for part in parts(one.edition)]
    assert told.pop("notice") == NOTICE
    assert told == json.loads(json.dumps(where_data(library, ways)))
    whole = json.loads((example_site / "data/coverage.json").read_text(encoding="utf-8"))
    assert whole.pop("notice") == NOTICE
    assert whole == json.loads(json.dumps(coverage_data(found)))
    ran = plan_archive(example_archive, "coverage", "--format", "csv")
    assert (ran.code, ran.out) == (0, (example_site / "data/coverage.csv").read_text(encoding="utf-8"))


def test_the_data_fits_its_schemas(example_site: Path) -> None:
    """What is published of tracing fits the schemas that lie beside it."""
    seen = 0
    for file in sorted((example_site / "data").rglob("*.json")):
        if file.parent.name == "schemas":
            continue
        told = json.loads(file.read_text(encoding="utf-8"))
        name = str(told.get("schema", "")).split("/")[1]
        if name in ("coverage", "where", "destinations", "origins", "text"):
            schema = json.loads((example_site / f"data/schemas/{name}.json").read_text(encoding="utf-8"))
            assert faults(told, schema, schema) == [], file.name
            seen += 1
    assert seen > 50


def test_fingerprints_are_recomputed_with_nothing_but_the_published_texts(example_site: Path) -> None:
    """From `/data/text/` and SHA-256 alone come the fingerprints of every text and of both ends of every row."""
    digits = {}
    for file in (example_site / "data/text").rglob("*.json"):
        told = json.loads(file.read_text(encoding="utf-8"))
        for part in told["parts"]:
            made = hashlib.sha256(part["text"].encode("utf-8")).hexdigest()[:16]
            assert made == part["fingerprint"], (file.name, part["part"])
            digits[f"{told['plan']}@{told['edition']}{part['part']}"] = made
    whole = json.loads((example_site / "data/coverage.json").read_text(encoding="utf-8"))
    assert len(whole["destinations"]) > 600
    for row in whole["destinations"]:
        assert row["fingerprints"]["old"] == digits[row["from"]]
        assert row["fingerprints"]["new"] == [digits[to["part"]] for to in row["to"] if "part" in to]


def test_every_edition_of_the_archive_has_its_texts_published(example_site: Path) -> None:
    """Each edition's own texts lie under `/data/text/`, its numbered rows with their cells."""
    for plan in example().plans:
        for edition in plan.editions:
            file = example_site / f"data/text/{plan.id}/{edition.id}.json"
            told = json.loads(file.read_text(encoding="utf-8"))
            assert told["sha256"] == edition.text.sha256
            assert [part["part"] for part in told["parts"]] == [part.place for part in parts(edition)]


def test_destinations_show_both_texts_and_how_each_row_stands(example_site: Path) -> None:
    """A page of destinations has a section for each row: its disposition, state, file and line, and both its texts."""
    found = coverage(example())
    for one in found.plans:
        page = _page(example_site, f"plans/{one.plan.id}/{one.edition.id}/destinations/")
        boxes = page.xpath("//section[contains(@class, 'pa-dest ')]")
        assert len(boxes) == len(one.rows)
        for box, row in zip(boxes, one.rows, strict=True):
            words = _words(box)
            assert f"{row.table.file}:{row.line}" in words
            assert f"{SHAPES[row.state]} {STATES[row.state]}" in words
            assert f"pa-dest--{row.state}" in box.attrib["class"].split()
            assert f"pa-dest--{row.row.disposition}" in box.attrib["class"].split()
            if any(row.new) and row.old is not None:
                sides = ["".join(_words(side).split()) for side in box.xpath(".//div[@class='pa-side']/div")]
                for side, texts in zip(sides, ([row.old], [new for new in row.new if new]), strict=True):
                    for text in texts:
                        assert all("".join(cell.split()) in side for cell in text.text.split() if cell.isalpha())


def test_origins_are_destinations_read_backwards(example_site: Path) -> None:
    """The page and data of origins of the plan that took over name, for each part, the rows that lead to it."""
    library = example()
    leading: dict[str, set[str]] = {}
    for row in coverage(library).rows:
        for part in row.new:
            if part is not None and (part.plan, part.edition) == ("cypp", "2006"):
                leading.setdefault(part.name, set()).add(row.name)
    told = json.loads((example_site / "data/plans/cypp/2006/origins.json").read_text(encoding="utf-8"))
    assert {one["part"]: {each["part"] for each in one["from"]} for one in told["origins"] if one["from"]} == leading
    table = (example_site / "data/plans/cypp/2006/origins.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(io.StringIO(table)))
    assert {(row["part"], row["from"]) for row in rows if row["from"]} == {(p, f) for p in leading for f in leading[p]}
    here = "plans/cypp/2006/origins/"
    for line in _page(example_site, here).xpath("//table[1]/tbody/tr"):
        address, cell = _there(here, line.xpath("./th/a/@href")[0]), line.find("td")
        names = {name for name in leading if _address(library, name) == address}
        expected = {_address(library, each) for name in names for each in leading[name]}
        assert _links(cell, here) == expected
        assert (_words(cell) == "New") is (not expected)


def _address(library: Library, name: str) -> str:
    plan, _, rest = name.partition("@")
    mark = min(at for at in (rest.find("#"), rest.find(":")) if at >= 0)
    held = library.edition(plan, rest[:mark])
    assert held is not None
    return next(part.address for part in parts(held) if part.place == rest[mark:])


def test_coverage_counts_what_is_there(example_site: Path) -> None:
    """`/coverage/` says no more than that everything has a recorded destination, and lists where to look first."""
    found, page = coverage(example()), _page(example_site, "coverage/")
    words = _words(page.find("body"))
    totals = coverage_data(found)["totals"]
    assert "Every section and numbered row has a recorded destination" in words
    assert f"{totals['sections']['all']} of {totals['sections']['all']} sections" in words
    states = {state: sum(1 for row in found.rows if row.state == state) for state in STATES}
    said = f"{states['reviewed']} are reviewed, {states['suspect']} suspect, {states['unreviewed']} not reviewed"
    assert said in words
    assert len(page.xpath("//table[1]/tbody/tr")) == len(found.plans)
    few = page.xpath("//h3[@id='few']/following-sibling::details[1]//li")
    assert len(few) == sum(1 for row in found.rows if row.few)
    assert len(page.xpath("//h3[@id='heavy']/following-sibling::ul[1]/li")) == len(found.heavy)


@pytest.fixture(scope="module")
def tiny_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny archive's site, where one step is declared by nobody and one text was edited after it was reviewed."""
    folder = copy_tiny(tmp_path_factory.mktemp("tiny"))
    edit(folder / "plans/alpha/2007.md", "was: [behaviour], ", "")
    edit(folder / "plans/alpha/2007.md", "## Good behaviour", "## Behaviour")
    by = ("--by", "Local education authority", "--on", "2006-02-20")
    assert plan_archive(folder, "review", "beta@2004#exclusions", "beta@2004:B1", *by).code == 0
    edit(folder / "archive/beta/2004/02-targets.md", "Pupils excluded for good", "Pupils sent away for good")
    commit(folder)
    ran = plan_archive(folder, "build", "--site-dir", str(folder / "site"))
    assert ran.code == 0, ran.err
    return folder / "site"


def test_what_is_matched_by_text_says_so_on_every_page(tiny_site: Path) -> None:
    """A step that nobody declared says so on the old edition, in its table, in `/where/` and between editions."""
    for address in ("plans/beta/2004/", "plans/beta/2004/destinations/", "where/", "plans/alpha/2006/"):
        words = _words(_page(tiny_site, address).find("body"))
        assert "matched by text in 2007" in words, address
        assert "matched by text, not reviewed" in words, address
    assert "matched by text" not in _words(_page(tiny_site, "plans/alpha/2007/").find("body"))


def test_what_was_edited_after_it_was_reviewed_is_shown(tiny_site: Path) -> None:
    """A suspect row is published as what it is, and whoever answers for a text and reviewed it is named."""
    words = _words(_page(tiny_site, "coverage/").find("body"))
    assert "1 are reviewed, 1 suspect, 3 not reviewed" in words
    assert "beta@2004:B1, reviewed by Local education authority on 20 February 2006" in words
    assert "Reviewed by whoever answers for the text (2)" in words
    page = _page(tiny_site, "plans/beta/2004/destinations/")
    (suspect,) = page.xpath("//section[contains(@class, 'pa-dest--suspect')]")
    assert "Suspect: edited since it was reviewed by Local education authority" in _words(suspect)
    assert len(page.xpath("//section[contains(@class, 'pa-dest--reviewed')]")) == 1
