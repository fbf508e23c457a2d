"""What the pages of partners and needs groups count is counted again from the Markdown by simple code."""

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
from plan_archive.pages.needs import needs_files, needs_pages
from plan_archive.pages.partners import partners_files, partners_pages
from plan_archive.schemas import DATA
from test_docs_shapes import faults
from traced import example

PARTNERS = plainly.register("partners")
NEEDS = plainly.register("needs-groups")
BY_NAME = plainly.known(PARTNERS)
NEEDS_BY_NAME = plainly.known(NEEDS)
CYPP = ("2006", "2007", "2008", "2009")


@cache
def made(name: str) -> Any:
    """A file of data, as the site publishes it."""
    files = {file.address: file.content.decode() for file in (*partners_files(example()), *needs_files(example()))}
    return json.loads(files[f"data/{name}"]) if name.endswith(".json") else files[f"data/{name}"]


@cache
def page(address: str) -> Any:
    """A page as a tree."""
    pages = {one.address: one.html for one in (*partners_pages(example()), *needs_pages(example()))}
    return html.fromstring(f"<main>{pages[address]}</main>")


def table(address: str, label: str) -> list[list[str]]:
    """The cells of the table in the region of that name."""
    found = page(address).xpath(f"//div[starts-with(@aria-label, '{label}')]//tr")
    return [[" ".join(cell.text_content().split()) for cell in row.xpath("th|td")] for row in found]


def told(name: str) -> Any:
    """What the data says of an edition's partners."""
    return next(row for row in made("partners.json")["editions"] if row["edition"] == name)


def _partners(row: dict[str, str]) -> list[str]:
    return [BY_NAME[plainly.plain(n)] for n in plainly.names(row.get("partners", "")) if plainly.plain(n) in BY_NAME]


def _leads(row: dict[str, str]) -> list[str]:
    led = [" ".join(part.split()).strip(" .") for part in row["lead"].split(";")]
    return [BY_NAME[plainly.plain(name)] for name in led if plainly.plain(name) in BY_NAME]


def _needs(row: dict[str, str]) -> list[str]:
    return [NEEDS_BY_NAME[plainly.plain(name)] for name in plainly.names(row.get("needs", ""))]


@pytest.mark.parametrize("edition", plainly.editions(), ids=lambda edition: edition.name)
def test_partners_of_every_edition(edition: plainly.Edition) -> None:
    """Actions, those with no partner, those that rest on one with no duty, and each partner's share."""
    tagged = {key: facts["partners"] for key, facts in edition.facts.items() if facts.get("partners")}
    if not edition.actions and not tagged:
        assert edition.name not in {row["edition"] for row in made("partners.json")["editions"]}
        return
    found = told(edition.name)
    assert (found["actions"], found["published"]) == (len(edition.actions), edition.published)
    empty = [row["ref"] for row in edition.actions if "partners" in row and not plainly.names(row["partners"])]
    assert found["actions_with_no_partner"] == empty
    free = {key for key, row in PARTNERS.items() if not plainly.has_duty(row, edition.published)}
    resting = [row["ref"] for row in edition.actions if free & {*_partners(row), *_leads(row)}]
    assert found["actions_resting_on_a_partner_with_no_duty"] == resting
    shares = {}
    for key in PARTNERS:
        leads = [row["ref"] for row in edition.actions if key in _leads(row)]
        supports = [row["ref"] for row in edition.actions if key in _partners(row)]
        sections = [s for s in edition.sections if key in tagged.get(s, [])]
        if leads or supports or sections:
            duty = "yes" if plainly.has_duty(PARTNERS[key], edition.published) else "no"
            shares[key] = {"partner": key, "duty": duty, "leads": leads, "supports": supports, "sections": sections}
    assert {share["partner"]: share for share in found["partners"]} == shares
    unknown = {
        n for row in edition.actions for n in plainly.names(row.get("partners", "")) if plainly.plain(n) not in BY_NAME
    }
    assert {row["name"] for row in found["not_in_the_register"]} == unknown


@pytest.mark.parametrize("edition", plainly.editions(), ids=lambda edition: edition.name)
def test_needs_groups_and_partners(edition: plainly.Edition) -> None:
    """Which partner works for which needs group, from actions and from sections."""
    if edition.name not in {row["edition"] for row in made("partners.json")["editions"]}:
        return
    met = {
        (row["needs_group"], row["partner"]): (row["actions"], row["sections"])
        for row in told(edition.name)["needs_groups"]
    }
    counted = {}
    for needs in NEEDS:
        for key in PARTNERS:
            actions = [r["ref"] for r in edition.actions if needs in _needs(r) and key in (*_partners(r), *_leads(r))]
            both = [
                section
                for section in edition.sections
                if needs in edition.facts.get(section, {}).get("needs", [])
                and key in edition.facts.get(section, {}).get("partners", [])
            ]
            if actions or both:
                counted[needs, key] = actions, both
    assert met == counted
    assert told(edition.name)["needs_groups_with_no_partner"] == [
        n for n in NEEDS if not any(k[0] == n for k in counted)
    ]


def test_the_figures_of_the_page() -> None:
    """Year on year: the figures that readers see are those that are counted."""
    rows = {row[0]: row[1:] for row in table("partners/", "Counts for each edition of Children")}
    held = [plainly.edition("cypp", year) for year in CYPP]
    free = [{key for key, row in PARTNERS.items() if not plainly.has_duty(row, e.published)} for e in held]
    assert rows["Actions"] == [str(len(e.actions)) for e in held]
    resting = [sum(1 for r in e.actions if f & {*_partners(r), *_leads(r)}) for e, f in zip(held, free, strict=True)]
    assert rows["Actions that rest on a partner with no duty to co-operate"] == [str(count) for count in resting]
    assert rows["Actions that name no partner"] == [
        str(sum(1 for r in e.actions if not plainly.names(r["partners"]))) for e in held
    ]
    assert rows["Sections that name a partner"] == [
        str(sum(1 for facts in e.facts.values() if facts.get("partners"))) for e in held
    ]


def test_the_picture_has_its_table() -> None:
    """Each number in the picture is the sum that the table has at the same place."""
    head, *rows = _matrix("Children and Young People's Plan 2009 to 2012")
    (svg,) = page("partners/").xpath("//*[local-name()='svg']")
    drawn = [t for t in svg.xpath(".//*[local-name()='text']") if "pa-grid__count" in t.get("class")]
    summed = [sum(map(int, re.findall(r"\d+", cell))) for row in rows for cell in row[1:]]
    assert [int(t.text) for t in drawn] == [count for count in summed if count]
    squares = svg.xpath(".//*[local-name()='rect']")
    assert len(squares) == len(summed) == 10 * (len(head) - 1)
    assert svg.get("role") == "img"
    assert svg.get("aria-label").startswith("Children and Young People's Plan 2009 to 2012: 10 needs groups")
    assert "style=" not in html.tostring(svg).decode()


def _matrix(title: str) -> list[list[str]]:
    (region,) = [
        div
        for div in page("partners/").xpath("//div[@role='region']")
        if div.get("aria-label") == f"Needs groups and partners in {title}"
    ]
    return [[" ".join(cell.text_content().split()) for cell in row.xpath("th|td")] for row in region.xpath(".//tr")]


def test_users_are_found_in_the_consultation() -> None:
    """Children and parents who were asked, and those of whom an edition says that it did not ask them."""
    assert told("cypp@2009")["users"] == {
        "actions": [],
        "children_asked": ["Children and young people"],
        "parents_asked": ["Parents, carers and families, and groups that speak for them"],
        "not_asked": [],
    }
    assert told("child-protection-committee-plan@2003")["users"]["not_asked"] == ["Young people"]
    assert told("underperforming-schools-plan@2004")["users"]["not_asked"] == ["Pupils"]
    both = told("education-asset-management-plan@2003")["users"]
    assert both["children_asked"] == both["parents_asked"] == ["Disabled pupils and their parents"]


@pytest.mark.parametrize("key", NEEDS)
def test_what_each_needs_group_has(key: str) -> None:
    """Sections, actions and measures of every edition, in effect or replaced."""
    (group,) = [row for row in made("needs.json")["needs_groups"] if row["key"] == key]
    current = {row["edition"]: row for row in group["plans_in_effect"]}
    others = {row["edition"]: row for row in group["other_plans"]}
    assert set(current) == {f"cypp@{year}" for year in CYPP}
    for edition in plainly.editions():
        sections = [s for s in edition.sections if key in edition.facts.get(s, {}).get("needs", [])]
        done = [row for row in edition.actions if key in _needs(row)]
        cited = {ref for row in done for ref in re.findall(r"[A-Z]{1,4}\d+[a-z]?", row.get("measure", ""))}
        measures = [
            row["ref"]
            for row in edition.rows
            if "lead" not in row and (row["ref"] in cited or row["section"] in sections or key in _needs(row))
        ]
        has = {"edition": edition.name, "sections": sections, "actions": [r["ref"] for r in done], "measures": measures}
        if edition.plan == "cypp":
            assert current[edition.name] == has
        elif sections or done or measures:
            assert others.pop(edition.name) == has
    assert others == {}


def test_needs_groups_on_the_page() -> None:
    """The overview has the counts of the data, and says where a group has no action."""
    head, *rows = table("needs/", "Sections, actions and measures for each")
    assert [cell[-4:] for cell in head[1:5]] == list(CYPP)
    for row, group in zip(rows, made("needs.json")["needs_groups"], strict=True):
        for cell, has in zip(row[1:5], group["plans_in_effect"], strict=True):
            counts = [len(has[name]) for name in ("sections", "actions", "measures")]
            assert ("no action" in cell) == (counts[1] == 0)
            assert [int(n) for n in re.findall(r"\d+", cell)] == [n for i, n in enumerate(counts) if n or i != 1]


@pytest.mark.parametrize("name", ["partners", "needs"])
def test_the_data_has_its_shape(name: str) -> None:
    """The data fits its schema, says first that it is an example, and its CSV has a line for each naming."""
    data = made(f"{name}.json")
    assert faults(data, DATA[name], DATA[name]) == []
    assert data["notice"].startswith("Fictional example")
    rows = list(csv.DictReader(io.StringIO(made(f"{name}.csv"))))
    assert all(row["notice"] for row in rows)
    if name == "partners":
        supports = [row for row in rows if row["role"] == "supports"]
        assert len(supports) == sum(
            len(plainly.names(r.get("partners", ""))) for e in plainly.editions() for r in e.actions
        )
    else:
        assert sum(row["kind"] == "section" for row in rows) == sum(
            len(facts.get("needs", [])) for e in plainly.editions() for facts in e.facts.values()
        )
