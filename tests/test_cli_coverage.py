"""`plan-archive coverage`: complete or not, for people, for programs and as CSV; never complete by not reading."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from archives import NOTICE, copy_tiny, edit, plan_archive
from plan_archive.cli import command
from plan_archive.schemas import DATA
from test_docs_shapes import faults

TABLE = "archive/beta/destinations/2004-to-alpha-2006.yml"
B1 = '  - from: ":B1"\n    disposition: reworded\n    to: [":A1"]\n'


def _coverage(folder: Path, *arguments: str) -> Result:
    return CliRunner().invoke(command, ["-C", str(folder), "coverage", *arguments])


def test_complete_is_0_and_missing_is_1(tmp_path: Path) -> None:
    """With a record for everything the exit code is 0; with one missing it is 1, and that one is named."""
    folder = copy_tiny(tmp_path)
    whole = plan_archive(folder, "coverage")
    assert (whole.code, whole.err) == (0, "")
    assert whole.out.splitlines() == [
        "beta@2004: 3 of 3 sections and 2 of 2 rows recorded; 5 unreviewed",
        "2 of 5 rows share few words with their destination.",
        "Every section and numbered row has a recorded destination.",
    ]
    edit(folder / TABLE, B1, "")
    part = plan_archive(folder, "coverage")
    assert (part.code, part.err) == (1, "")
    assert part.out.splitlines() == [
        "beta@2004: 3 of 3 sections and 1 of 2 rows recorded; 4 unreviewed",
        "  missing: :B1 B1 Pupils excluded for good",
        "2 of 4 rows share few words with their destination.",
    ]


def test_a_destination_that_does_not_exist_is_1(tmp_path: Path) -> None:
    """A row that leads to a part that is not there is no record: the exit code is 1, and its line is told."""
    folder = copy_tiny(tmp_path)
    edit(folder / TABLE, '":A1"', '":A9"')
    ran = _coverage(folder)
    assert ran.exit_code == 1
    assert f"  an end does not exist: :B1 ({TABLE}:10)\n" in ran.stdout
    assert "Every section" not in ran.stdout


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("archive/beta/2004/index.md", "kind: plan", "kind: plans"),
        ("archive/beta/plan.yml", "title: Beta Plan", "titel: Beta Plan"),
        (TABLE, "rows:", "rows: ["),
        ("plans/alpha/plan.yml", "title: Alpha Plan", "titel: Alpha Plan"),
    ],
)
def test_what_cannot_be_read_is_never_complete(file: str, old: str, new: str, tmp_path: Path) -> None:
    """With a text, a plan or a table that cannot be read the exit code is 1, and a note says why."""
    folder = copy_tiny(tmp_path)
    edit(folder / file, old, new)
    for form in ("text", "json", "csv"):
        ran = _coverage(folder, "--format", form)
        assert ran.exit_code == 1, form
        assert ran.stderr.startswith("note: the archive has ")
        assert ran.stderr.endswith("what cannot be read is left out; see: plan-archive check\n")
        assert "Every section" not in ran.stdout


def test_json_has_its_documented_shape(tmp_path: Path) -> None:
    """The JSON fits the schema that is published with it, whole or with a part missing, and says it is an example."""
    folder = copy_tiny(tmp_path)
    schema: dict[str, Any] = DATA["coverage"]
    whole = json.loads(_coverage(folder, "--format", "json").stdout)
    assert faults(whole, schema, schema) == []
    assert (whole["schema"], whole["complete"], whole["notice"]) == ("plan-archive/coverage/1", True, NOTICE)
    edit(folder / TABLE, B1, "")
    ran = _coverage(folder, "--format", "json")
    part = json.loads(ran.stdout)
    assert ran.exit_code == 1
    assert faults(part, schema, schema) == []
    assert part["complete"] is False
    assert [one["missing"] for one in part["plans"]] == [
        [{"part": "beta@2004:B1", "title": "B1 Pupils excluded for good"}]
    ]


def test_csv_has_a_line_for_each_row_and_runs_nothing(tmp_path: Path) -> None:
    """The CSV has each row once, in order, with its file and line; a cell that would be a formula is escaped."""
    folder = copy_tiny(tmp_path)
    edit(folder / TABLE, "reason: It was not counted", 'reason: "=cmd|calc, it was not counted')
    edit(folder / TABLE, "the same way in every school.", 'the same way in every school."')
    ran = _coverage(folder, "--format", "csv")
    assert ran.exit_code == 0
    assert "\r" not in ran.stdout
    rows = list(csv.DictReader(io.StringIO(ran.stdout)))
    assert [row["from"].partition("@2004")[2] for row in rows] == ["#", "#exclusions", "#coming-back", ":B1", ":B2"]
    assert [row["line"] for row in rows] == ["4", "7", "8", "10", "13"]
    assert rows[4]["reason"] == "'=cmd|calc, it was not counted the same way in every school."
    assert rows[4]["decision"] == "Full council, 30 March 2006, minute 88"
    assert rows[1]["to"] == "alpha@2006#behaviour"
    assert {row["notice"] for row in rows} == {NOTICE}
    assert {row["file"] for row in rows} == {TABLE}


def test_a_careless_table_is_told(tmp_path: Path) -> None:
    """Where texts share few words the summary says how many: one row led to another section, and it is one more."""
    folder = copy_tiny(tmp_path)
    assert "2 of 5 rows share few words with their destination.\n" in _coverage(folder).stdout
    edit(folder / TABLE, '":A1"', '"#staying-safe"')
    assert "3 of 5 rows share few words with their destination.\n" in _coverage(folder).stdout


def test_an_archive_in_which_nothing_was_superseded(tmp_path: Path) -> None:
    """Without a superseded plan there is nothing to record, and that is said; without an archive it is an error."""
    folder = copy_tiny(tmp_path / "one")
    for name in ("archive/beta", "plans/alpha/2007.md"):
        target = folder / name
        target.rename(tmp_path / target.name)
    edit(folder / "plans/alpha/plan.yml", _between(folder / "plans/alpha/plan.yml", "supersedes:", "evidence:"), "")
    edit(folder / "plans/alpha/plan.yml", _between(folder / "plans/alpha/plan.yml", "  2007:", ""), "")
    edit(folder / "plans/alpha/plan.yml", ", to: 2007-03-31, ended_by: superseded", "")
    edit(folder / "archive/alpha/2006.md", "[Beta Plan](plan:beta@2004)", "Beta Plan")
    ran = _coverage(folder)
    assert (ran.exit_code, ran.stdout, ran.stderr) == (0, "No plan of this archive was superseded.\n", "")
    empty = tmp_path / "empty"
    empty.mkdir()
    nothing = plan_archive(empty, "coverage")
    assert (nothing.code, nothing.out) == (1, "")
    assert nothing.err.startswith("error: there is no archive here that can be read")


def _between(file: Path, start: str, end: str) -> str:
    """The text of a file from some words up to others, or to its end."""
    text = file.read_text(encoding="utf-8")
    begun = text.index(start)
    return text[begun : text.index(end, begun)] if end else text[begun:]


def test_wrong_usage_is_2(tmp_path: Path) -> None:
    """A format that is not known ends with 2."""
    assert _coverage(copy_tiny(tmp_path), "--format", "xml").exit_code == 2
