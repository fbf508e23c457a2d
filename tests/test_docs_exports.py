"""The page `/data/` leads to everything that there is, and everything there has the shape that is told of it."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import html5lib
import pytest

from archives import NOTICE, ROOT, copy_bilingual, copy_tiny, plan_archive
from council import council, read
from plan_archive import Library
from plan_archive.pages import compared_pairs, data_files, data_page, files, tracing
from plan_archive.pages.exports import BY_PLAN, EDITED, GROUPS, addresses, shape_of, table_anchor
from plan_archive.pages.exports_page import ADDRESS
from plan_archive.schemas import DATA, FILES, PLACES
from plan_archive.schemas.tables import TABLES
from sealed import sealed_tiny
from test_docs_shapes import KNOWN, faults

EXPORTS = [*(export for group in GROUPS for export in group.exports), *BY_PLAN]
EDITORS_KNOWN = KNOWN | {"oneOf", "patternProperties", "propertyNames"}
"""The words in the schemas of what editors write."""


def _linked(html: str) -> set[str]:
    """The addresses of the site that the page leads to, without places on a page."""
    tree = html5lib.parse(html, namespaceHTMLElements=False)
    found = (urljoin(f"/{ADDRESS}", a.attrib["href"]).partition("#")[0] for a in tree.iter("a"))
    return {address.lstrip("/") for address in found if address.startswith("/")}


def _table(file: Path) -> list[list[str]]:
    return list(csv.reader(io.StringIO(file.read_text(encoding="utf-8"), newline="")))


def _shape_of(address: str) -> str:
    """Where the shape of a file of the site lies, found by its address alone."""
    return next(shape_of(p)[0] for e in EXPORTS for p in e.places if addresses(p).fullmatch(address))


@pytest.fixture(scope="module")
def sealed_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of a small archive that has a log and seals, and no reference among its help pages."""
    folder = tmp_path_factory.mktemp("sealed")
    ran = plan_archive(sealed_tiny(folder / "archive"), "build", "--site-dir", str(folder / "site"))
    assert ran.code == 0, ran.err
    return folder / "site"


@pytest.fixture(scope="module")
def sites(example_site: Path, sealed_site: Path) -> tuple[Path, Path]:
    """A large site without a log, and a small one with a log."""
    return example_site, sealed_site


def _published(site: Path) -> list[str]:
    """The addresses of everything below `/data/` of a site, but the page."""
    found = {file.relative_to(site).as_posix() for file in (site / "data").rglob("*") if file.is_file()}
    return sorted(found - {"data/index.html"})


@pytest.mark.site
def test_every_file_of_data_is_on_the_page_and_every_link_leads_to_one(sites: tuple[Path, Path]) -> None:
    """What lies below `/data/`, and what programs find elsewhere, can be reached; and no link is dead."""
    for site, least, feeds in zip(sites, (150, 50), (0, 3), strict=True):
        linked = _linked((site / "data/index.html").read_text(encoding="utf-8"))
        published = _published(site)
        found = [file.relative_to(site).as_posix() for file in site.rglob("feed.xml")]
        assert (len(published) >= least, len(found) >= feeds) == (True, True)
        others = ["manifest.json", "sitemap.xml", "robots.txt", "audit/verify.py", *found]
        assert sorted({*published, *others} - linked) == []
        assert [a for a in linked if not ((site / a).is_file() or (site / a / "index.html").is_file())] == []


@pytest.mark.parametrize("make", [council, copy_bilingual, copy_tiny], ids=["council", "bilingual", "tiny"])
def test_every_archive_has_all_its_data_on_the_page(make: Any, tmp_path: Path) -> None:
    """An archive with little in it has no link to what it lacks, none to a reference, and all else is there, once."""
    folder = tmp_path / "archive"
    make(folder)
    library = read(folder)
    made = _files(library)
    twice = [address for address, count in Counter(address for address, _ in made).items() if count > 1]
    assert twice == []
    page = data_page(library, [file for _, file in made], frozenset())
    linked = {address for address in _linked(page.html) if not address.endswith("/")} - {""}
    there = {address for address, _ in made if address.startswith("data/") or address == "audit/verify.py"}
    assert linked == {*there, "manifest.json", "robots.txt"}
    assert "reference/" not in page.html


def _files(library: Library) -> list[tuple[str, Any]]:
    pairs, found = compared_pairs(library), tracing(library)
    return [(file.address, file) for file in (*files(library, pairs), *data_files(library, pairs, found))]


def test_nothing_is_told_twice_and_nothing_is_left_out() -> None:
    """Every place that a shape or a table names has its line on the page, and every line with fields has its shape."""
    places = [place for export in EXPORTS for place in export.places]
    assert [place for place, count in Counter(places).items() if count > 1] == []
    named = [*PLACES.values(), *(table.place for table in TABLES.values()), "/data/catalogue.json"]
    on_site = {place for place in named if place.startswith("/")}
    assert sorted(on_site - set(places)) == []
    assert [p for p in places if p.endswith((".json", ".csv", ".jsonl")) and not all(shape_of(p))] == []
    assert set(EDITED) == set(FILES)
    assert set(FILES) & {*DATA, "catalogue"} == set()


def test_an_address_belongs_to_one_place() -> None:
    """Ids with hyphens are read from an address as they are, also on both sides of `-to-`."""
    comparison = addresses("/data/plans/PLAN/changes/OLD-to-NEW.json")
    found = comparison.fullmatch("data/plans/youth-plan/changes/2003-a-to-2004-b.json")
    assert found is not None
    assert found.groupdict() == {"plan": "youth-plan", "old": "2003-a", "new": "2004-b"}
    assert comparison.fullmatch("data/plans/youth-plan/changes/2003/x-to-y.json") is None
    assert addresses("/data/log.json").fullmatch("data/logxjson") is None


@pytest.mark.site
def test_every_json_file_has_the_shape_that_lies_beside_it(sites: tuple[Path, Path]) -> None:
    """Each JSON file of data, the manifest and each line of the log fit the JSON Schemas of the site."""
    checked = Counter[str]()
    for site in sites:
        for address in [*_published(site), "manifest.json"]:
            if not address.endswith((".json", ".jsonl")) or address.startswith("data/schemas/"):
                continue
            name = _shape_of(address)
            schema = json.loads((site / name).read_text(encoding="utf-8"))
            text = (site / address).read_text(encoding="utf-8")
            for line, value in enumerate(text.splitlines() if address.endswith(".jsonl") else [text], start=1):
                assert faults(json.loads(value), schema, schema) == [], f"{address}:{line}"
                checked[Path(name).stem] += 1
    printed = {"report", "verified"}  # by commands; no file of a site has these shapes
    assert set(checked) == {*DATA, "catalogue", "log"} - printed
    assert checked["log"] > 3


@pytest.mark.site
def test_every_json_schema_is_whole(example_site: Path) -> None:
    """Each names its dialect and itself, uses known words, and points to shapes that are there."""
    names = [name for name in _published(example_site) if re.fullmatch(r"data/schemas/[^/.]+\.json", name)]
    assert {Path(name).stem for name in names} == {*FILES, *DATA, "catalogue"}
    for name in names:
        schema = json.loads((example_site / name).read_text(encoding="utf-8"))
        assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema", name
        assert schema["$id"] == Path(name).name
        words, pointers = _words(schema)
        assert words <= EDITORS_KNOWN, name
        for pointer in pointers:
            inside = pointer.removeprefix("#/$defs/")
            assert inside in schema.get("$defs", {}) or pointer in {Path(one).name for one in names}, name


def _words(schema: Any) -> tuple[set[str], set[str]]:
    """The words of a schema and of those inside it, and what they point to."""
    if isinstance(schema, bool):
        return set(), set()
    words, pointers = set(schema), {schema["$ref"]} if "$ref" in schema else set()
    inside = [one for word in ("properties", "$defs", "patternProperties") for one in schema.get(word, {}).values()]
    inside += [one for word in ("anyOf", "oneOf", "prefixItems") for one in schema.get(word, [])]
    inside += [schema[word] for word in ("items", "additionalProperties", "propertyNames") if word in schema]
    for one in inside:
        more = _words(one)
        words, pointers = words | more[0], pointers | more[1]
    return words, pointers


@pytest.mark.site
def test_every_csv_has_the_columns_that_are_told(example_site: Path) -> None:
    """Its head is the table of the reference, in the same order, and the same as data; no line is short or silent."""
    reference = (ROOT / "docs/reference/data.md").read_text(encoding="utf-8")
    met = set()
    for address in (name for name in _published(example_site) if name.endswith(".csv")):
        shape = _shape_of(address)
        name = Path(shape).name.removesuffix(".csv.json")
        met.add(name)
        head, *rows = _table(example_site / address)
        told = reference.partition(f" {{#{table_anchor(name)}}}\n")[2].partition("\n## ")[0]
        assert re.findall(r"^\| `(\w+)` \| \S", told, re.MULTILINE) == head, address
        columns = json.loads((example_site / shape).read_text(encoding="utf-8"))["columns"]
        assert [column["name"] for column in columns] == head
        assert rows, address
        assert [row for row in rows if len(row) != len(head) or row[-1] != NOTICE] == [], address
    assert met == set(TABLES) - {"targets"}  # which a pack holds


@pytest.mark.parametrize("name", TABLES)
def test_every_column_is_described_in_a_sentence(name: str) -> None:
    """Each column of each table says what stands in it; each table, what a line stands for."""
    table = TABLES[name]
    assert table.says.endswith(".")
    assert [column for column, meaning in table.described.items() if not re.fullmatch(r"\S.*\S", meaning)] == []
    assert "notice" not in table.columns
    assert list(table.described)[-1] == "notice"


@pytest.mark.site
def test_the_catalogue_as_csv_says_what_the_json_says(example_site: Path) -> None:
    """A line for each edition and each plan without one, in the same order, with the days that the descent has."""
    told = json.loads((example_site / "data/catalogue.json").read_text(encoding="utf-8"))
    with (example_site / "data/catalogue.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    expected = [
        (plan, edition)
        for plan in told["plans"]
        for edition in plan["editions"] or [{"id": "", "title": "", "status": "", "sha256": "", "url": plan["url"]}]
    ]
    assert any(not edition["id"] for _, edition in expected)
    for row, (plan, edition) in zip(rows, expected, strict=True):
        assert (row["plan"], row["plan_title"], row["plan_status"]) == (plan["id"], plan["title"], plan["status"])
        assert row["statutory"] == ("yes" if plan["statutory"] else "no")
        assert row["superseded_by"].split() == plan["superseded_by"]
        assert (row["edition"], row["title"], row["status"]) == (edition["id"], edition["title"], edition["status"])
        assert (row["sha256"], row["address"]) == (edition["sha256"], edition["url"])
        assert (row["published"], row["version"]) == (edition.get("published") or "", str(edition.get("version", "")))
    descent = json.loads((example_site / "data/descent.json").read_text(encoding="utf-8"))
    spans = {
        (plan["plan"], span["edition"]): (span["from"] or "", span["to"] or "")
        for plan in descent["plans"]
        for span in plan["editions"]
    }
    days = {(row["plan"], row["edition"]): (row["from"], row["to"]) for row in rows}
    assert {key: days[key] for key in spans} == spans
    assert {"about 1998-12", ""} <= {day for span in spans.values() for day in span}


def test_the_catalogue_names_other_languages(tmp_path: Path) -> None:
    """A text in another language is told beside its edition."""
    library = read(copy_bilingual(tmp_path / "archive"))
    content = next(file.content.decode() for name, file in _files(library) if name == "data/catalogue.csv")
    told = {(row["plan"], row["edition"]): row["other_languages"] for row in csv.DictReader(io.StringIO(content))}
    assert told["alpha", "2006"] == "cy"
    assert told["beta", "2004"] == ""
