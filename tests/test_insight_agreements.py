"""What belongs to agreements, and what actions are paid from, counted anew from the files."""

from __future__ import annotations

import json
import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import lxml.html
import pytest
import yaml

from archives import ROOT, commit, copy_tiny, plan_archive
from plan_archive.schemas import DATA
from test_docs_shapes import faults

pytestmark = pytest.mark.site

NONE = {"", "-", "\u2013", "none", "none named", "n/a", "not known", "to be agreed", "tbc"}


@cache
def _files() -> dict[tuple[str, str], str]:
    """Every edition's file, or its chapters joined, by plan and edition."""
    found: dict[tuple[str, str], list[str]] = {}
    for root in ("plans", "archive"):
        for file in sorted([*(ROOT / root).glob("*/*.md"), *(ROOT / root).glob("*/[0-9]*/*.md")]):
            parts = file.relative_to(ROOT).with_suffix("").parts
            found.setdefault((parts[1], parts[2]), []).append(file.read_text(encoding="utf-8"))
    return {key: "\n\n".join(texts) for key, texts in found.items()}


@cache
def _register(name: str) -> dict[str, Any]:
    content = yaml.safe_load((ROOT / "plans" / "registers" / f"{name}.yml").read_text(encoding="utf-8"))
    return content[name]


@cache
def _data(site: Path, name: str) -> dict[str, Any]:
    return json.loads((site / "data" / f"{name}.json").read_text(encoding="utf-8"))


def _page(site: Path, address: str) -> Any:
    return lxml.html.parse(site / address / "index.html").getroot()


def _words(element: Any) -> str:
    return " ".join(element.text_content().split())


def _listed(site: Path, sign: str) -> set[tuple[str, str, str, str]]:
    """What is published as under each agreement: sections, whose parts begin with `#`, or rows, with `:`."""
    return {
        (one["agreement"], part["plan"], part["edition"], part["part"])
        for one in _data(site, "agreements")["agreements"]
        for part in one["parts"]
        if part["part"].startswith(sign)
    }


def test_sections_are_those_that_say_so(example_site: Path) -> None:
    """A section is listed under an agreement exactly where its edition's front matter names the agreement."""
    wanted = {
        (key.strip(), plan, edition, f"#{section}")
        for (plan, edition), text in _files().items()
        for section, keys in re.findall(r"^  ([a-z0-9-]+): \{.*?agreement: \[([^\]]+)\]", text, re.MULTILINE)
        for key in keys.split(",")
    }
    assert wanted
    assert _listed(example_site, "#") == wanted


def test_measures_are_those_of_the_register_while_both_lasted(example_site: Path) -> None:
    """A measure is listed for each edition that has it and was in effect while the agreement ran."""
    wanted = set()
    for row in _register("measures").values():
        facts = [ROOT / root / row["plan"] / "plan.yml" for root in ("plans", "archive")]
        editions = yaml.safe_load(next(f for f in facts if f.exists()).read_text(encoding="utf-8"))["editions"]
        for key in row.get("agreement", []):
            agreement = _register("agreements")[key]
            for edition, stated in editions.items():
                span = stated["in_effect"]
                late = "to" in agreement and str(agreement["to"]) < str(span["from"])
                early = "to" in span and str(span["to"]) < str(agreement["from"])
                rows = re.findall(rf"^\| {row['ref']} \|", _files()[row["plan"], str(edition)], re.MULTILINE)
                if rows and not late and not early:
                    wanted.add((key, row["plan"], str(edition), f":{row['ref']}"))
    assert wanted
    assert _listed(example_site, ":") == wanted


def test_targets_are_those_of_the_rows(example_site: Path) -> None:
    """Each target that is told stands in the measure's row in that edition."""
    for one in _data(example_site, "agreements")["agreements"]:
        for part in one["parts"]:
            if part["part"].startswith(":"):
                text = _files()[part["plan"], part["edition"]]
                row = re.search(rf"^\| {part['part'][1:]} \|.*$", text, re.MULTILINE)
                assert row is not None
                cells = [cell.strip() for cell in row[0].split("|")]
                assert part["targets"]
                assert [target for target in part["targets"] if target["value"] not in cells] == []


def _actions() -> list[tuple[str, str, str, str]]:
    """Plan, edition, Ref and resources of each action whose table has a column for resources."""
    found = []
    for (plan, edition), text in _files().items():
        head: list[str] = []
        for line in text.split("\n"):
            cells = [cell.strip() for cell in line.strip("|").split("|")]
            if not line.startswith("|"):
                head = []
            elif cells[0] == "Ref":
                head = cells
            elif "Lead" in head and "Resources" in head and not line.startswith("|---"):
                found.append((plan, edition, cells[0], cells[head.index("Resources")]))
    return found


def test_resources_are_those_of_the_tables(example_site: Path) -> None:
    """Every action is there with what it is paid from, and whether that is nothing or a pooled budget."""
    wanted = {
        (*row, "none-named" if row[3].lower() in NONE else "pooled" if "pooled" in row[3].lower() else "named")
        for row in _actions()
    }
    there = {
        tuple(row[key] for key in ("plan", "edition", "ref", "resources", "state"))
        for row in _data(example_site, "resources")["actions"]
    }
    assert wanted
    assert there == wanted


def test_the_page_counts_them(example_site: Path) -> None:
    """The table of editions says how many actions there are, how many name nothing and how many are pooled."""
    every = Counter(row[:2] for row in _actions())
    none = Counter(row[:2] for row in _actions() if row[3].lower() in NONE)
    pooled = Counter(row[:2] for row in _actions() if "pooled" in row[3].lower())
    rows = _page(example_site, "agreements/resources").xpath("//h2[@id='editions']/following::table[1]/tbody/tr")
    told = {}
    for row in rows:
        plan, edition = row.xpath(".//a/@href")[0].rstrip("/").split("/")[-2:]
        cells = [_words(cell) for cell in row.xpath("./td")]
        if len(cells) == 3:
            told[plan, edition] = tuple(map(int, cells))
    assert told == {key: (count, none[key], pooled[key]) for key, count in every.items()}


def test_sections_that_speak_of_pooled_money_are_listed(example_site: Path) -> None:
    """Each section whose heading says "pooled" is there, with its pots."""
    page = _page(example_site, "agreements/resources")
    for (plan, edition), text in _files().items():
        for title, ident in re.findall(r"^#+ (.*[Pp]ooled.*) \{#([a-z0-9-]+)\}$", text, re.MULTILINE):
            links = page.xpath(f"//a[contains(@href, '{plan}/{edition}/#{ident}')]")
            assert [_words(link) for link in links] == [title]
            pots = re.findall(r"^- \*\*(.*?):\*\*", text.split(f"{{#{ident}}}")[1].split("\n#")[0], re.MULTILINE)
            assert pots
            assert [pot for pot in pots if pot not in _words(links[0].getparent())] == []


@pytest.mark.parametrize("name", ["agreements", "resources"])
def test_the_data_has_its_published_shape(example_site: Path, name: str) -> None:
    """The JSON fits its schema."""
    assert faults(_data(example_site, name), DATA[name], DATA[name]) == []


def test_an_archive_without_agreements_has_no_page_of_them(tmp_path: Path) -> None:
    """No page of nothing: neither the page nor its data, nor a link to it from home."""
    folder = copy_tiny(tmp_path / "tiny")
    commit(folder)
    ran = plan_archive(folder, "build", "--site-dir", str(tmp_path / "site"))
    assert ran.code == 0, ran.err
    assert not (tmp_path / "site" / "agreements").exists()
    assert not (tmp_path / "site" / "data" / "agreements.json").exists()
    assert "agreements/" not in (tmp_path / "site" / "index.html").read_text(encoding="utf-8")
    assert (tmp_path / "site" / "plans" / "alpha" / "measures" / "index.html").exists()
