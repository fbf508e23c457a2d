"""The data that the site publishes has the shapes that are published with it; help pages are linked where they are."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from archives import copy_tiny, edit, plan_archive
from plan_archive.compare.result import MEASURE_KINDS, SECTION_KINDS
from plan_archive.schemas import COMPARISON, DATA, REPORT

Schema = dict[str, Any]
TYPES: dict[str, type | tuple[type, ...]] = {
    "object": dict,
    "array": list,
    "string": str,
    "integer": int,
    "number": (int, float),
    "boolean": bool,
    "null": type(None),
}
KNOWN = {
    *("type", "description", "properties", "required", "additionalProperties", "items", "prefixItems", "minItems"),
    *("enum", "const", "anyOf", "$ref", "$defs", "minimum", "pattern", "$schema", "$id"),
    *("title", "default", "format", "minLength", "maxLength"),
}
"""The words of JSON Schema that `faults` understands; another one would pass unseen."""


def faults(value: Any, schema: Schema, root: Schema, where: str = "$") -> list[str]:
    """Everything at which a value does not fit a schema."""
    assert set(schema) <= KNOWN, where
    if schema.get("$ref") == "comparison.json":
        return faults(value, COMPARISON, COMPARISON, where)
    if "$ref" in schema:
        return faults(value, root["$defs"][schema["$ref"].removeprefix("#/$defs/")], root, where)
    if "anyOf" in schema:
        fits = any(not faults(value, one, root, where) for one in schema["anyOf"])
        return [] if fits else [f"{where}: fits none"]
    kind = schema.get("type", "")
    if kind and (not isinstance(value, TYPES[kind]) or (isinstance(value, bool) and kind != "boolean")):
        return [f"{where}: is no {kind}"]
    found = [*_scalar_faults(value, schema, where)]
    if isinstance(value, dict):
        found += _object_faults(value, schema, root, where)
    if isinstance(value, list):
        found += _list_faults(value, schema, root, where)
    return found


def _scalar_faults(value: Any, schema: Schema, where: str) -> Iterator[str]:
    if "const" in schema and value != schema["const"]:
        yield f"{where}: is not {schema['const']}"
    if "enum" in schema and value not in schema["enum"]:
        yield f"{where}: {value} is none of {schema['enum']}"
    if "pattern" in schema and not re.search(schema["pattern"], value):
        yield f"{where}: does not match"
    if "minimum" in schema and value < schema["minimum"]:
        yield f"{where}: is too small"
    if isinstance(value, str) and not schema.get("minLength", 0) <= len(value) <= schema.get("maxLength", len(value)):
        yield f"{where}: is too short or too long"
    if "format" in schema and not _read_as(schema["format"], value):
        yield f"{where}: is no {schema['format']}"


def _read_as(form: str, value: str) -> bool:
    """Whether a text is a day or a time as its schema says; another form is not known here, and so no."""
    try:
        return bool({"date": date, "date-time": datetime}[form].fromisoformat(value))
    except (KeyError, ValueError):
        return False


def _object_faults(value: dict[str, Any], schema: Schema, root: Schema, where: str) -> Iterator[str]:
    fields = schema.get("properties", {})
    yield from (f"{where}.{name}: is missing" for name in schema.get("required", ()) if name not in value)
    more = schema.get("additionalProperties")
    if more is False:
        yield from (f"{where}.{name}: is not known" for name in value if name not in fields)
    elif more:
        for name in value.keys() - fields.keys():
            yield from faults(value[name], more, root, f"{where}.{name}")
    for name in fields.keys() & value.keys():
        yield from faults(value[name], fields[name], root, f"{where}.{name}")


def _list_faults(value: list[Any], schema: Schema, root: Schema, where: str) -> Iterator[str]:
    first = schema.get("prefixItems", [])
    if len(value) < schema.get("minItems", 0):
        yield f"{where}: is too short"
    if schema.get("items") is False and len(value) > len(first):
        yield f"{where}: is too long"
    for place, item in enumerate(value):
        rule = first[place] if place < len(first) else schema.get("items")
        if rule:
            yield from faults(item, rule, root, f"{where}[{place}]")


def _all(schema: Any) -> Iterator[Schema]:
    """A schema and every schema inside it."""
    if isinstance(schema, dict):
        yield schema
        for inner in schema.values():
            yield from _all(inner)
    elif isinstance(schema, list):
        for inner in schema:
            yield from _all(inner)


@pytest.fixture(scope="module")
def compared(example_site: Path) -> dict[str, Any]:
    """Every comparison of the built example, by path."""
    files = sorted(example_site.glob("data/plans/*/changes/*.json"))
    return {file.relative_to(example_site).as_posix(): json.loads(file.read_text(encoding="utf-8")) for file in files}


@pytest.mark.site
def test_published_comparisons_have_the_published_shape(example_site: Path, compared: dict[str, Any]) -> None:
    """Each comparison on the site fits the schema that lies on the site."""
    published = json.loads((example_site / "data/schemas/comparison.json").read_text(encoding="utf-8"))
    assert "data/plans/cypp/changes/2006-to-2007.json" in compared
    for name, data in compared.items():
        assert faults(data, published, published) == [], name


@pytest.mark.site
def test_the_shape_says_no_to_what_is_not_one(compared: dict[str, Any]) -> None:
    """A field more, a field less, an unknown word and a mark without its text are each found, at their place."""
    text = json.dumps(compared["data/plans/cypp/changes/2006-to-2007.json"])
    first = "$.sections[0].blocks[0].ops[0]"
    for spoil, found in (
        (lambda d: d.update(more=1), "$.more: is not known"),
        (lambda d: d.pop("measures"), "$.measures: is missing"),
        (lambda d: d["summary"]["words"].update(inserted=-1), "$.summary.words.inserted: is too small"),
        (lambda d: d["summary"]["words"].update(inserted=True), "$.summary.words.inserted: is no integer"),
        (lambda d: d["old"].update(sha256="3f9c"), "$.old.sha256: does not match"),
        (lambda d: d["sections"][0]["blocks"][0]["ops"][0].pop(), f"{first}: is too short"),
        (lambda d: d["sections"][0]["blocks"][0]["ops"][0].append("x"), f"{first}: is too long"),
        (lambda d: d["sections"][0]["blocks"][0].update(old_index="3"), "$.sections[0].blocks[0].old_index: fits none"),
        (lambda d: d.update(schema="plan-archive/comparison/2"), "$.schema: is not plan-archive/comparison/1"),
    ):
        data = json.loads(text)
        spoil(data)  # type: ignore[no-untyped-call]
        assert faults(data, COMPARISON, COMPARISON) == [found]


def test_the_reader_of_shapes_knows_days_and_lengths() -> None:
    """A day that is none, a text that is too short or long, and a value beside the known keys are each found."""
    schema: Schema = {
        "type": "object",
        "properties": {"on": {"type": "string", "format": "date"}, "who": {"type": "string", "minLength": 2}},
        "additionalProperties": {"type": "string", "maxLength": 3},
    }
    assert faults({"on": "2006-04-01", "who": "We", "more": "abc"}, schema, schema) == []
    assert faults({"on": "2006-02-30"}, schema, schema) == ["$.on: is no date"]
    assert faults({"who": "I"}, schema, schema) == ["$.who: is too short or too long"]
    assert faults({"more": "abcd"}, schema, schema) == ["$.more: is too short or too long"]
    assert faults({"more": 1}, schema, schema) == ["$.more: is no string"]


def test_the_command_line_has_the_published_shapes(tmp_path: Path) -> None:
    """`compare` of two loose files and `report` of a changed archive fit their schemas; neither is empty."""
    for name, words in (("old.md", "No heading. One [link](https://a.example/)."), ("new.md", "# T\n\nAnother. One.")):
        (tmp_path / name).write_text(f"{words}\n", encoding="utf-8")
    told = json.loads(plan_archive(tmp_path, "compare", "old.md", "new.md", "--format", "json").out)
    assert faults(told, COMPARISON, COMPARISON) == []
    assert told["summary"]["words"]["inserted"] > 0


def test_a_report_has_its_shape(example_archive: Path, tmp_path: Path) -> None:
    """A report on a changed edition and on a problem fits its schema, the comparison in it included."""
    archive = tmp_path / "archive"
    shutil.copytree(example_archive, archive)
    edit(archive / "archive/cypp/2007.md", "with their mental health.", "with their health. <b>x</b>")
    edit(archive / "archive/behaviour-support-plan/2004.md", "published: ", "published:  ")
    told = json.loads(plan_archive(archive, "report", "--format", "json").out)
    assert faults(told, REPORT, REPORT) == []
    assert {edition["edition"] for edition in told["editions"]} == {"behaviour-support-plan@2004", "cypp@2007"}
    assert [problem["file"] for problem in told["problems"]] == ["archive/cypp/2007.md"]


def test_every_shape_and_field_is_described() -> None:
    """Each shape of data and each of its fields says what it is, and lets no unknown field in."""
    for schema in DATA.values():
        shapes = [one for one in _all(schema) if one.get("type") == "object" and "properties" in one]
        assert shapes
        fields = [field for shape in shapes for field in shape["properties"].values()]
        assert [one for one in (*shapes, *fields) if not one.get("description", "").strip()] == []
        assert [shape for shape in shapes if shape["additionalProperties"] is not False] == []
        optional = {name for shape in shapes for name in shape["properties"] if name not in shape["required"]}
        assert optional <= {"notice"}


def test_the_shape_counts_what_the_comparison_counts() -> None:
    """The kinds of changes in the schema are those of the code."""
    shapes = COMPARISON["$defs"]
    assert tuple(shapes["SectionCounts"]["properties"]) == SECTION_KINDS
    assert tuple(shapes["MeasureCounts"]["properties"]) == MEASURE_KINDS
    assert tuple(shapes["MeasureChange"]["properties"]["change"]["enum"]) == MEASURE_KINDS
    assert tuple(shapes["SectionChange"]["properties"]["change"]["items"]["enum"]) == SECTION_KINDS[1:]


@pytest.mark.site
def test_the_table_of_changes_has_a_line_for_each_change(example_site: Path, compared: dict[str, Any]) -> None:
    """Each block and each moved section that is not as it was stands on a line of the CSV."""
    text = (example_site / "data/plans/cypp/changes.csv").read_text(encoding="utf-8")
    _, *rows = csv.reader(io.StringIO(text))
    sections = compared["data/plans/cypp/changes/2006-to-2007.json"]["sections"]
    blocks = [b for s in sections for b in s["blocks"] if b["change"] != "equal" or b["markup"]]
    moved = [s for s in sections if "moved" in s["change"] and s["blocks"][0]["change"] == "equal"]
    assert len([row for row in rows if row[:2] == ["2006", "2007"]]) == len(blocks) + len(moved)


@pytest.mark.site
def test_comparisons_lead_to_how_to_read_them(example_site: Path) -> None:
    """Each comparison page, in one column or two, links to the page that explains it."""
    pages = sorted(example_site.glob("plans/*/changes/*-to-*/**/index.html"))
    assert len(pages) >= 4
    without = [page for page in pages if 'about/comparisons/">How to read this</a>' not in page.read_text("utf-8")]
    assert without == []


@pytest.mark.site
def test_no_page_links_to_a_help_page_that_is_not_there(tmp_path: Path) -> None:
    """An archive with a single help page of its own has no link to any other, and links to that one."""
    archive = copy_tiny(tmp_path / "archive")
    shutil.rmtree(archive / "docs" / "about")
    (archive / "docs" / "about").mkdir()
    (archive / "docs" / "about" / "comparisons.md").write_text("# Reading\n\nHow to.\n", encoding="utf-8")
    ran = plan_archive(archive, "build")
    assert ran.code == 0, ran.err
    site = archive / "site"
    linked = set()
    made = [file.parent.name for file in site.glob("about/*/index.html") if file.parent.name != "comparisons"]
    for page in site.rglob("*.html"):
        for link in re.findall(r'href="([^"#]*about/[^"#]*)"', page.read_text(encoding="utf-8")):
            if not link.startswith("https:"):
                there = site / link.lstrip("/") if link.startswith("/") else page.parent / link
                linked.add(there.resolve().relative_to(site).as_posix())
    assert linked == {"about/comparisons", *(f"about/{name}" for name in made)}
