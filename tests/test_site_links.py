"""Every page of the built example site: links that lead somewhere, ids, the notice, markup, no other host."""

from __future__ import annotations

import json
import posixpath
import re
from collections import Counter
from functools import cache
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree as ET

import html5lib
import pytest
import yaml

from archives import NOTICE, ROOT

HOST = "plans.exampleshire.example"
CITED = {"www.legislation.gov.uk"}
ASKED = {"www.equalityadvisoryservice.com", "forge.exampleshire.example"}
"""Where a reader may complain about accessibility, and suggest a change: `authority.yml` names both."""
FETCHING = {"link": "href", "script": "src", "img": "src", "source": "src", "iframe": "src", "object": "data"}

pytestmark = pytest.mark.site


@cache
def _parsed(file: Path) -> tuple[ET.Element, list[str]]:
    parser = html5lib.HTMLParser(strict=False, namespaceHTMLElements=False)
    tree = parser.parse(file.read_bytes(), transport_encoding="utf-8")
    return tree, [f"{file.name}:{place[0]}: {code} {words}" for place, code, words in parser.errors]


@pytest.fixture(scope="module")
def html(example_site: Path) -> dict[str, Path]:
    """Every page of the site, old addresses included, by path."""
    files = [*example_site.rglob("*.html"), *example_site.rglob("*.htm")]
    assert len(files) > 25
    return {file.relative_to(example_site).as_posix(): file for file in sorted(files)}


def _ids(tree: ET.Element) -> list[str]:
    return [element.attrib["id"] for element in tree.iter() if "id" in element.attrib]


def _target(here: str, link: str) -> tuple[str, str]:
    """The file below the site's root that a link of the page `here` leads to, and the part of it."""
    parts = urlsplit(link)
    path = unquote(parts.path)
    if not path:
        return here, unquote(parts.fragment)
    whole = path.lstrip("/") if path.startswith("/") else posixpath.join(posixpath.dirname(here), path)
    file = posixpath.normpath(whole or ".")
    if path.split("/")[-1] in ("", ".", ".."):
        file = posixpath.normpath(posixpath.join(file, "index.html"))
    return file, unquote(parts.fragment)


def test_every_internal_link_leads_to_a_file_and_an_id(example_site: Path, html: dict[str, Path]) -> None:
    """A link of the site leads to a file that exists and, with a fragment, to an id on that page."""
    dead, followed = [], 0
    for name, file in html.items():
        for element in _parsed(file)[0].iter():
            for attribute in ("href", "src"):
                link = element.attrib.get(attribute)
                if link is not None and urlsplit(link).scheme not in ("", "https", "mailto"):
                    dead.append(f"{name}: {link} is no address")
                if link is None or urlsplit(link).scheme or link.startswith("//"):
                    continue
                followed += 1
                target, part = _target(name, link)
                if not (example_site / target).is_file():
                    dead.append(f"{name}: {link} leads to no file")
                elif part and part not in _ids(_parsed(example_site / target)[0]):
                    dead.append(f"{name}: {link} leads to no id")
    assert dead == []
    assert followed > 1000


def test_redirects_lead_to_plan_pages(example_site: Path, html: dict[str, Path]) -> None:
    """An old name or address forwards to the page of the plan that it names, and links to it."""
    forwarded = {}
    for name, file in html.items():
        tree = _parsed(file)[0]
        refresh = next((m for m in tree.iter("meta") if m.attrib.get("http-equiv") == "refresh"), None)
        if refresh is not None:
            there = refresh.attrib["content"].partition("url=")[2]
            assert [a.attrib["href"] for a in tree.iter("a")] == [there]
            forwarded[name] = _target(name, there)[0]
    assert forwarded["plans/pupil-behaviour-plan/index.html"] == "plans/behaviour-support-plan/index.html"
    assert forwarded["education/schools/bsp2004.htm"] == "plans/behaviour-support-plan/index.html"
    assert forwarded["every-child/plan/index.html"] == "plans/cypp/index.html"
    facts = (yaml.safe_load(file.read_text(encoding="utf-8")) for file in ROOT.glob("*/*/plan.yml"))
    assert len(forwarded) == sum(len(one.get("aliases", ())) for one in facts) > 15
    assert all((example_site / there).is_file() for there in forwarded.values())


def test_no_id_stands_twice_on_a_page(html: dict[str, Path]) -> None:
    """An id names one thing on a page."""
    twice = {
        name: [one for one, count in Counter(_ids(_parsed(file)[0])).items() if count > 1]
        for name, file in html.items()
    }
    assert {name: ids for name, ids in twice.items() if ids} == {}


def _visible(element: ET.Element) -> str:
    """The text below an element in reading order, scripts and skip links left out."""
    skipped = element.tag in ("script", "style", "template") or "md-skip" in element.attrib.get("class", "").split()
    inside = "" if skipped else (element.text or "") + "".join(_visible(child) for child in element)
    return inside + (element.tail or "")


def test_every_page_says_first_that_it_is_an_example(html: dict[str, Path]) -> None:
    """The notice is the first thing to be read on every page, and the first words of its title."""
    for name, file in html.items():
        tree = _parsed(file)[0]
        body = tree.find("body")
        assert body is not None
        assert " ".join(_visible(body).split()).startswith(NOTICE), name
        title = tree.findtext("head/title") or ""
        assert title.strip().startswith("Fictional example"), name


def test_no_page_of_an_example_is_for_search_engines(html: dict[str, Path]) -> None:
    """Every page of an example asks search engines to leave it out."""
    for name, file in html.items():
        robots = [m.attrib["content"] for m in _parsed(file)[0].iter("meta") if m.attrib.get("name") == "robots"]
        assert robots == ["noindex"], name


def test_no_page_fetches_from_another_host(html: dict[str, Path]) -> None:
    """What a browser loads by itself lies on the site; a link to another host cites the law or is one of two more."""
    for name, file in html.items():
        for element in _parsed(file)[0].iter():
            link = element.attrib.get(FETCHING.get(str(element.tag), ""), "")
            canonical = element.tag == "link" and element.attrib.get("rel") == "canonical"
            assert urlsplit(link).netloc in ({HOST} if canonical else {""}), (name, link)
            assert "srcset" not in element.attrib, name
            assert "url(" not in element.attrib.get("style", ""), name
            if element.tag == "a":
                assert urlsplit(element.attrib.get("href", "")).netloc in CITED | ASKED | {""}, name
            if element.tag == "style":
                assert "url(" not in (element.text or ""), name
                assert "@import" not in (element.text or ""), name


def test_no_style_fetches_from_another_host(example_site: Path) -> None:
    """A style sheet imports nothing, and its pictures are data of its own or lie on the site."""
    sheets = list(example_site.rglob("*.css"))
    assert {"plan-archive.css"} < {sheet.name for sheet in sheets}
    for sheet in sheets:
        text = sheet.read_text(encoding="utf-8")
        assert "@import" not in text, sheet.name
        for address in re.findall(r"url\(\s*[\"']?([^)\"']*)", text):
            if not address.startswith("data:"):
                assert not urlsplit(address).netloc, (sheet.name, address)
                assert (sheet.parent / urlsplit(address).path).is_file(), (sheet.name, address)


def test_every_script_is_a_file_of_the_site(example_site: Path, html: dict[str, Path]) -> None:
    """A page runs files from `assets/` alone, after it is read; what is written into it is data, and no handler."""
    for name, file in html.items():
        for script in _parsed(file)[0].iter("script"):
            if script.attrib.get("type") == "application/ld+json":
                assert "src" not in script.attrib, name
                assert isinstance(json.loads("".join(script.itertext())), dict), name
                continue
            target, _ = _target(name, script.attrib["src"])
            assert re.fullmatch(r"/?assets/[a-z-]+\.js", target), (name, target)
            assert (example_site / target.lstrip("/")).is_file(), (name, target)
            assert "defer" in script.attrib or script.attrib.get("type") == "module", (name, target)
            assert "".join(script.itertext()) == "", name
        held = {key for element in _parsed(file)[0].iter() for key in element.attrib}
        assert [key for key in held if key.startswith("on")] == [], name


def test_the_markup_has_no_errors(html: dict[str, Path]) -> None:
    """A strict parser of HTML finds no error on any page."""
    assert [f"{name}: {error}" for name, file in html.items() for error in _parsed(file)[1]] == []


def test_no_page_has_a_switch_that_switches_nothing(html: dict[str, Path]) -> None:
    """The theme's own switches, for a drawer and a search that this site does not have, are on no page."""
    held = [name for name, file in html.items() if "md-toggle" in file.read_text(encoding="utf-8")]
    assert held == []


def test_headings_do_not_skip_a_level(html: dict[str, Path]) -> None:
    """A page has one heading of the first level, first, and no heading is more than one level below the one before."""
    for name, file in html.items():
        levels = [int(e.tag[1]) for e in _parsed(file)[0].iter() if re.fullmatch(r"h[1-6]", str(e.tag))]
        assert levels[0] == 1, name
        assert levels.count(1) == 1, name
        steps = [after - before for before, after in pairwise(levels)]
        assert max([*steps, 0]) <= 1, name
