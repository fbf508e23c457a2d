"""The example archive as at four days: the register, the plan pages and the catalogue all say what held then."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from xml.etree import ElementTree as ET

import html5lib
import pytest

from archives import commit, copy_example, edit, plan_archive
from plan_archive import Library, read_library
from plan_archive.pages import files, pages

BSP, CSP, EDP = "behaviour-support-plan", "children-services-plan", "education-development-plan"
REPLACED = "Replaced on 1 April 2006"

EXPECTED: dict[str, dict[str, tuple[str, str, dict[str, str]]]] = {
    "2003-06-01": {
        BSP: ("in-effect", "In effect on 1 June 2003", {"2001": "In effect", "2004": "Not yet approved"}),
        CSP: ("in-effect", "In effect on 1 June 2003", {"2003": "In effect"}),
        EDP: ("in-effect", "In effect on 1 June 2003", {"2002": "In effect"}),
        "cypp": (
            "not-yet-approved",
            "Not yet approved on 1 June 2003",
            {"2006": "Not yet approved", "2007": "Not yet approved"},
        ),
    },
    "2005-06-01": {
        BSP: ("in-effect", "In effect on 1 June 2005", {"2001": "Replaced", "2004": "In effect"}),
        CSP: ("in-effect", "In effect on 1 June 2005", {"2003": "In effect"}),
        EDP: ("in-effect", "In effect on 1 June 2005", {"2002": "In effect"}),
        "cypp": (
            "not-yet-approved",
            "Not yet approved on 1 June 2005",
            {"2006": "Not yet approved", "2007": "Not yet approved"},
        ),
    },
    "2006-12-01": {
        BSP: ("superseded", REPLACED, {"2001": "Replaced", "2004": "Replaced"}),
        CSP: ("superseded", REPLACED, {"2003": "Replaced"}),
        EDP: ("superseded", REPLACED, {"2002": "Replaced"}),
        "cypp": ("in-effect", "In effect on 1 December 2006", {"2006": "In effect", "2007": "Not yet approved"}),
    },
    "2007-12-01": {
        BSP: ("superseded", REPLACED, {"2001": "Replaced", "2004": "Replaced"}),
        CSP: ("superseded", REPLACED, {"2003": "Replaced"}),
        EDP: ("superseded", REPLACED, {"2002": "Replaced"}),
        "cypp": ("in-effect", "In effect on 1 December 2007", {"2006": "Replaced", "2007": "In effect"}),
    },
}
WORDS = {
    "Draft": "draft",
    "Not yet approved": "not-yet-approved",
    "Approved": "approved",
    "In effect": "in-effect",
    "Replaced": "superseded",
}
DUTIES = {
    "2003-06-01": {
        BSP: "Whether the duty to make it was in force on 1 June 2003 is not known.",
        CSP: "The duty to make it was in force on 1 June 2003 (",
        EDP: "Whether the duty to make it was in force on 1 June 2003 is not known.",
        "cypp": "The duty to make it was not yet in force on 1 June 2003.",
    },
    "2005-06-01": {
        BSP: "from then on the council kept this plan without a duty.",
        CSP: "from then on the council kept this plan without a duty.",
        EDP: "from then on the council kept this plan without a duty.",
        "cypp": "The duty to make it was in force on 1 June 2005 (",
    },
    "2006-12-01": {
        BSP: "until 31 March 2006 the council kept this plan without a duty.",
        CSP: "until 31 March 2006 the council kept this plan without a duty.",
        EDP: "until 31 March 2006 the council kept this plan without a duty.",
        "cypp": "The duty to make it was in force on 1 December 2006 (",
    },
    "2007-12-01": {
        BSP: "until 31 March 2006 the council kept this plan without a duty.",
        CSP: "until 31 March 2006 the council kept this plan without a duty.",
        EDP: "until 31 March 2006 the council kept this plan without a duty.",
        "cypp": "The duty ended later, on 1 April 2010 (",
    },
}

Site = dict[str, str]


@pytest.fixture(scope="module")
def example_library(example_archive: Path) -> Library:
    """The example archive, read once."""
    reading = read_library(example_archive, date(2007, 12, 1))
    assert reading.problems == ()
    assert reading.library is not None
    return reading.library


def _drawn(library: Library, day: str) -> Site:
    """The pages and data of the archive as at a day, by address."""
    moved = replace(library, as_at=date.fromisoformat(day))
    drawn = {page.address: page.html for page in pages(moved, ())}
    return drawn | {
        "catalogue": next(f.content.decode() for f in files(moved, ()) if f.address == "data/catalogue.json")
    }


@pytest.fixture(scope="module")
def built_site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A real build of the archive that speaks for 1 June 2005, by address."""
    folder = copy_example(tmp_path_factory.mktemp("then") / "archive")
    edit(folder / "plans" / "authority.yml", "as_at: 2007-12-01", "as_at: 2005-06-01")
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
    table = next(iter(_parse(site[f"plans/{plan_id}/"]).iter("table")))
    editions = {
        row.findall("th//a")[0].attrib["href"].strip("/"): _words(_classed(row, "pa-badge")[0])
        for row in table.iterfind("tbody/tr")
    }
    return status, label, editions, [_words(p) for p in box.iter("p")][1:]


def _catalogue(site: Site) -> dict[str, tuple[str, dict[str, str]]]:
    return {
        plan["id"]: (plan["status"], {edition["id"]: edition["status"] for edition in plan["editions"]})
        for plan in json.loads(site["catalogue"])["plans"]
    }


def _check(site: Site, day: str) -> None:
    expected = EXPECTED[day]
    assert _register(site) == {plan_id: (status, label) for plan_id, (status, label, _) in expected.items()}
    assert _catalogue(site) == {
        plan_id: (status, {edition: WORDS[word] for edition, word in editions.items()})
        for plan_id, (status, _, editions) in expected.items()
    }
    assert json.loads(site["catalogue"])["as_at"] == day
    for plan_id, row in expected.items():
        *told, sentences = _plan_page(site, plan_id)
        assert tuple(told) == row
        matching = [s for s in sentences if s.startswith(DUTIES[day][plan_id]) or s.endswith(DUTIES[day][plan_id])]
        assert len(matching) == 1, (plan_id, sentences)


@pytest.mark.parametrize("day", EXPECTED)
def test_the_pages_say_what_held_on_the_day(example_library: Library, day: str) -> None:
    """The register, every plan's page and the catalogue give each plan and edition the status of the day."""
    _check(_drawn(example_library, day), day)


@pytest.mark.site
def test_a_built_site_says_what_held_on_its_day(built_site: Site) -> None:
    """A real build speaks for the day that the archive names, not for the day of the build."""
    _check(built_site, "2005-06-01")
