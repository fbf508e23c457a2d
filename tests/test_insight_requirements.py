"""Consultation, required contents, steps and lessons, counted again from the Markdown by simple code."""

from __future__ import annotations

import csv
import io
import json
import re
from functools import cache
from typing import Any

import pytest
from lxml import html

import plainly
from plan_archive.pages.consultation import consultation_files, consultation_pages
from plan_archive.pages.lessons import lessons_pages
from plan_archive.pages.requirements import requirements_files, requirements_pages
from plan_archive.schemas import DATA
from test_docs_shapes import faults
from traced import example

CYPP = ("2006", "2007", "2008", "2009")


@cache
def made(name: str) -> Any:
    """A file of data, as the site publishes it."""
    files = {f.address: f.content.decode() for f in (*consultation_files(example()), *requirements_files(example()))}
    return json.loads(files[f"data/{name}"]) if name.endswith(".json") else files[f"data/{name}"]


@cache
def page(address: str) -> Any:
    """A page as a tree."""
    library = example()
    made_pages = (*consultation_pages(library), *requirements_pages(library), *lessons_pages(library))
    return html.fromstring(f"<main>{ {one.address: one.html for one in made_pages}[address] }</main>")


def table(address: str, label: str) -> list[list[str]]:
    """The cells of the first table in a region whose name begins so."""
    (region, *_) = [d for d in page(address).xpath("//div[@role='region']") if d.get("aria-label").startswith(label)]
    return [[" ".join(cell.text_content().split()) for cell in row.xpath("th|td")] for row in region.xpath(".//tr")]


def _applied(row: dict[str, Any], plan: str, day: str) -> bool:
    """Whether a row of a register of rules held for a plan on a day."""
    facts = plainly.plan_facts(plan)
    basis, duty = facts["legal_basis"], facts["duty"]
    stood = duty["status"] != "none" and str(duty.get("from", "9")) <= day < str(duty.get("ended", "9999"))
    return stood and row["law"] in basis and row.get("from", "0") <= day <= row.get("to", "9")


@pytest.mark.parametrize("edition", plainly.editions(), ids=lambda edition: edition.name)
def test_who_was_consulted(edition: plainly.Edition) -> None:
    """Each of those whom the law named on the day of publication, and every other line."""
    lines = edition.front.get("consultation", [])
    due = [key for key, row in plainly.register("consultees").items() if _applied(row, edition.plan, edition.published)]
    found = next((row for row in made("consultation.json")["editions"] if row["edition"] == edition.name), None)
    if found is None:
        assert not lines
        assert not due
        return
    assert {row["consultee"]: [e["who"] for e in row["entries"]] for row in found["consultees"]} == {
        key: [line["who"] for line in lines if line.get("consultee") == key] for key in due
    }
    for row in found["consultees"]:
        assert row["state"] == ("asked" if row["entries"] else "missing")
    assert [e["who"] for e in found["others"]] == [line["who"] for line in lines if line.get("consultee") not in due]


def test_missing_consultees_stand_out() -> None:
    """Children and families come first; who is missing is marked in words, in the year that lacks them."""
    head, *rows = table("consultation/", "Who was asked about each edition of")
    assert [cell[-4:] for cell in head[1:]] == list(CYPP)
    assert rows[0][0] == "Children and young people, and their families"
    marks = {row[0]: row[1:] for row in rows}
    assert marks["Community groups"] == ["● Asked", "△ No record", "● Asked", "● Asked"]
    before = "\u2013 Not on the list"
    assert marks["The admission forum"] == [before, before, "△ No record", "● Asked"]
    missing = page("consultation/").xpath("//tr[@class='pa-missing']")
    counted = sum(
        row["state"] == "missing" for edition in made("consultation.json")["editions"] for row in edition["consultees"]
    )
    assert len(missing) == counted == sum(row.count("△ No record") for row in rows)


@pytest.mark.parametrize("year", CYPP)
def test_where_required_contents_are_met(year: str) -> None:
    """Each thing asked for on the day of publication, with the sections whose front matter names it."""
    edition = plainly.edition("cypp", year)
    (plan,) = [row for row in made("requirements.json")["plans"] if row["plan"] == "cypp"]
    (found,) = [row for row in plan["editions"] if row["edition"] == edition.name]
    asked = [k for k, row in plainly.register("required-contents").items() if _applied(row, "cypp", edition.published)]
    assert len(asked) == 11
    assert {row["key"]: row["sections"] for row in found["contents"]} == {
        key: [s for s in edition.sections if key in edition.facts.get(s, {}).get("requirement", [])] for key in asked
    }
    assert ("2007-4-2-a" in asked, "2005-4-2-a" in asked) == ((year in ("2008", "2009")), year in ("2006", "2007"))


@pytest.mark.parametrize("edition", plainly.editions(), ids=lambda edition: edition.name)
def test_where_steps_are_taken(edition: plainly.Edition) -> None:
    """Each step with the sections and actions that take it, on the page for every edition, in data for the CYPP's."""
    taken = {
        key: (
            [s for s in edition.sections if key in edition.facts.get(s, {}).get("step", [])],
            [row["ref"] for row in edition.actions if key in plainly.names(row.get("step", ""))],
        )
        for key in plainly.register("steps")
    }
    for plan in made("requirements.json")["plans"]:
        for found in plan["editions"]:
            if found["edition"] == edition.name:
                assert {row["key"]: (row["sections"], row["actions"]) for row in found["steps"]} == taken
    if edition.plan != "cypp":
        for key, (sections, actions) in taken.items():
            links = page("steps/").xpath(f"//h2[@id='step-{key}']/following-sibling::details[1]//li")
            told = [li for li in links if li.xpath("a[1]")[0].get("href").endswith(f"{edition.plan}/{edition.id}/")]
            assert bool(told) == bool(sections or actions)
            if told:
                assert [a.get("href").rpartition("#")[2] for a in told[0].xpath("a")[1:]] == [
                    *sections,
                    *(f"ref-{ref.lower()}" for ref in actions),
                ]


def test_editions_in_time() -> None:
    """When each edition was due, and by which routes it came out, from plan.yml."""
    facts = plainly.plan_facts("cypp")["editions"]
    rows = {row[0]: row[1:] for row in table("requirements/", "When each edition was due")[1:]}
    for year in CYPP:
        row = rows[plainly.edition("cypp", year).front["title"]]
        due = facts[year]["due"]["on"]
        latest = due if isinstance(due, str) else f"{due['about']}-12-31"
        assert row[1] == ("In time" if facts[year]["publication"]["website"] <= latest else "late")
        for cell, name in zip(row[2:5], ("website", "partners", "libraries"), strict=True):
            day = facts[year]["publication"][name]
            assert cell.startswith(f"{int(day[8:])} ")
            assert cell.endswith(day[:4])
        assert row[5] == "None recorded"
        year_only = isinstance(due, dict)
        assert row[0].startswith(f"end of {year}" if year_only else f"{int(due[8:])} ")
    assert "none. In each year" in page("requirements/").text_content()


def test_lessons_have_their_source_and_question() -> None:
    """Every lesson of the register is on the page, with its source and, where it has one, its question."""
    words = " ".join(page("lessons/").text_content().split())
    lessons = plainly.register("lessons")
    assert len(lessons) > 30
    for key, lesson in lessons.items():
        assert page("lessons/").xpath(f"//*[@id='{key}']"), key
        for said in (lesson["finding"], lesson["source"], lesson.get("question", "")):
            assert said in words


def test_sectors_stand_beside_the_needs_groups() -> None:
    """Eight sectors, six of which are needs groups too; four needs groups were no sector."""
    rows = table("lessons/", "Sectors of the sampling visits")[1:]
    sectors = [row for row in rows if row[0] != "No sector"]
    assert len(sectors) == 8
    assert [row[0] for row in sectors if row[1] == "None of its own"] == [
        "The general health needs of children",
        "Support for families and for single children",
    ]
    assert len(rows) == 12
    titles = {row["title"] for row in plainly.register("needs-groups").values()}
    assert {row[1] for row in rows} == titles | {"None of its own"}


@pytest.mark.parametrize("name", ["consultation", "requirements"])
def test_the_data_has_its_shape(name: str) -> None:
    """The data fits its schema and says that it is an example; each line of its CSV says so too."""
    data = made(f"{name}.json")
    assert faults(data, DATA[name], DATA[name]) == []
    assert data["notice"].startswith("Fictional example")
    rows = list(csv.DictReader(io.StringIO(made(f"{name}.csv"))))
    assert rows
    assert all(row["notice"] for row in rows)
    assert not any(re.match(r"[=+@-]", cell) for row in rows for cell in row.values())
