"""The example archive as at four days: the register, the plan pages and the catalogue all say what held then."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import html5lib
import pytest
import yaml

from archives import commit, copy_example, edit, plan_archive
from plan_archive import Library, read_library
from plan_archive.language import say_day
from plan_archive.pages import data_files, pages, tracing

CASES = yaml.safe_load((Path(__file__).parent / "cases/status/four_days.yml").read_text(encoding="utf-8"))
DAYS: list[str] = CASES["days"]
PLANS: dict[str, dict[str, Any]] = CASES["plans"]
WORDS = {
    "N": ("Not yet approved", "not-yet-approved"),
    "A": ("Approved", "approved"),
    "E": ("In effect", "in-effect"),
    "R": ("Replaced", "superseded"),
    "L": ("Lapsed", "lapsed"),
    "X": ("Never adopted", "never-adopted"),
}
LABELS = {"R": "Replaced on 1 April 2006", "X": "Never adopted", "L": "Lapsed, day not known"}
"""What a plan is called that has ended; all that were replaced were replaced on one day."""
DUTIES = {
    "none": "There was no legal duty to make this plan.",
    "unknown": "Whether the duty to make it was in force on {day} is not known.",
    "not-yet": "The duty to make it was not yet in force on {day}.",
    "in-force": "The duty to make it was in force on {day} (",
    "kept": "from then on the council kept this plan without a duty.",
    "until": "until 31 March 2006 the council kept this plan without a duty.",
    "ended": "The duty to make it ended on 9 July 2003 (",
    "later": "The duty ended later, on 1 April 2010 (",
}

Site = dict[str, str]


@pytest.fixture(scope="module")
def example_library(example_archive: Path) -> Library:
    """The example archive, read once."""
    reading = read_library(example_archive, date(2007, 12, 1))
    assert reading.errors == ()
    assert reading.library is not None
    return reading.library


def _drawn(library: Library, day: str) -> Site:
    """The pages and data of the archive as at a day, by address."""
    moved = replace(library, as_at=date.fromisoformat(day))
    found = tracing(moved)
    drawn = {page.address: page.html for page in pages(moved, (), found)}
    return drawn | {
        "catalogue": next(
            f.content.decode() for f in data_files(moved, (), found) if f.address == "data/catalogue.json"
        )
    }


@pytest.fixture(scope="module")
def built_site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A real build of the archive that speaks for 1 June 2005, by address."""
    folder = copy_example(tmp_path_factory.mktemp("then") / "archive")
    edit(folder / "plans" / "authority.yml", "as_at: 2009-12-01", "as_at: 2005-06-01")
    commit(folder)
    ran = plan_archive(folder, "build")
    assert ran.code == 0, ran.err
    built = {
        file.parent.relative_to(folder / "site").as_posix() + "/": file.read_text(encoding="utf-8")
        for file in (folder / "site").rglob("index.html")
    }
    return built | {"catalogue": (folder / "site/data/catalogue.json").read_text(encoding="utf-8")}


def _parse(html: str) -> ET.Element:
    tree: ET.Element = html5lib.parse(html, namespaceHTMLElements=False)
    return tree


def _words(element: ET.Element) -> str:
    """An element's text without the shapes that stand for screen readers' sake beside a word."""
    parts = [element.text or ""]
    for child in element:
        hidden = child.attrib.get("aria-hidden") == "true"
        parts += ["" if hidden else _words(child), child.tail or ""]
    return " ".join("".join(parts).split())


def _classed(tree: ET.Element, name: str) -> list[ET.Element]:
    return [element for element in tree.iter() if name in element.attrib.get("class", "").split()]


def _register(site: Site) -> dict[str, tuple[str, str]]:
    """By plan, the row's class and the words of its status."""
    table = next(t for t in _parse(site["plans/"]).iter("table") if t.attrib.get("id") == "register")
    found = {}
    for row in table.iterfind("tbody/tr"):
        plan_id = row.findall("th//a")[0].attrib["href"].strip("/")
        label = _words(_classed(row, "pa-badge")[0])
        found[plan_id] = (row.attrib["class"].split()[0].removeprefix("pa-row--"), label)
    return found


def _plan_page(site: Site, plan_id: str) -> tuple[str, str, dict[str, str], list[str]]:
    """The status, the label, each edition's status and the sentences of a plan's page."""
    tree = _parse(site[f"plans/{plan_id}/"])
    box = _classed(tree, "pa-standing")[0]
    status = next(c.removeprefix("pa-standing--") for c in box.attrib["class"].split() if "--" in c)
    label = _words(_classed(box, "pa-standing__label")[0])
    regions = [e for e in tree.iter("div") if e.attrib.get("aria-label") == "Editions of this plan"]
    editions = {
        row.findall("th//a")[0].attrib["href"].strip("/"): _words(_classed(row, "pa-badge")[0])
        for region in regions
        for row in region.iterfind("table/tbody/tr")
    }
    return status, label, editions, [_words(p) for p in box.iter("p")][1:]


def _catalogue(site: Site) -> dict[str, tuple[str, dict[str, str]]]:
    return {
        plan["id"]: (plan["status"], {edition["id"]: edition["status"] for edition in plan["editions"]})
        for plan in json.loads(site["catalogue"])["plans"]
    }


def _label(plan_id: str, letter: str, day: str) -> str:
    if plan_id == "quality-protects-action-plan" and letter == "L":
        return "Lapsed about March 2004"
    return LABELS.get(letter) or f"{WORDS[letter][0]} on {day}"


def _check(site: Site, day: str) -> None:
    """Every plan of the table on its day, and no other plan."""
    place, said = DAYS.index(day), say_day(date.fromisoformat(day))
    plans = {plan_id: row["plan"][place] for plan_id, row in PLANS.items()}
    editions = {
        plan_id: {str(edition): letters[place] for edition, letters in (row["editions"] or {}).items()}
        for plan_id, row in PLANS.items()
    }
    assert _register(site) == {p: (WORDS[letter][1], _label(p, letter, said)) for p, letter in plans.items()}
    assert _catalogue(site) == {
        p: (WORDS[letter][1], {edition: WORDS[one][1] for edition, one in editions[p].items()})
        for p, letter in plans.items()
    }
    assert json.loads(site["catalogue"])["as_at"] == day
    for plan_id, letter in plans.items():
        status, label, told, sentences = _plan_page(site, plan_id)
        assert (status, label) == (WORDS[letter][1], _label(plan_id, letter, said)), plan_id
        assert told == {edition: WORDS[one][0] for edition, one in editions[plan_id].items()}, plan_id
        duty = DUTIES[PLANS[plan_id]["duty"][place]].format(day=said)
        matching = [s for s in sentences if s.startswith(duty) or s.endswith(duty)]
        assert len(matching) == 1, (plan_id, duty, sentences)


@pytest.mark.parametrize("day", DAYS)
def test_the_pages_say_what_held_on_the_day(example_library: Library, day: str) -> None:
    """The register, every plan's page and the catalogue give each plan and edition the status of the day."""
    _check(_drawn(example_library, day), day)


@pytest.mark.site
def test_a_built_site_says_what_held_on_its_day(built_site: Site) -> None:
    """A real build speaks for the day that the archive names, not for the day of the build."""
    _check(built_site, "2005-06-01")
