"""Suggestions written into a table of destinations: rows are added, none is touched, and an editor decides the rest."""

from __future__ import annotations

from pathlib import Path

import pytest

from archives import copy_tiny, plan_archive

TABLE = "archive/beta/destinations/2004-to-alpha-2006.yml"


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """A copy of the tiny archive."""
    return copy_tiny(tmp_path / "archive")


def test_rows_are_added_and_none_is_touched(archive: Path) -> None:
    """Only the part that lost its row gets one, at the end; every other byte stays."""
    file = archive / TABLE
    whole = file.read_text(encoding="utf-8")
    gone = '  - {from: "#exclusions", disposition: merged, to: ["#behaviour"]}\n'
    assert gone in whole
    file.write_text(whole.replace(gone, ""), encoding="utf-8")
    before = file.read_text(encoding="utf-8")
    ran = plan_archive(archive, "suggest", "beta@2004", "alpha@2006", "--write")
    assert ran.code == 0, ran.err
    after = file.read_text(encoding="utf-8")
    assert after.startswith(before.rstrip("\n"))
    added = after[len(before.rstrip("\n")) :].strip().splitlines()
    left = [line for line in ran.err.splitlines() if line.startswith("left for you: #exclusions")]
    assert len(added) + len(left) == 1
    assert all(line.startswith('- {from: "#exclusions", disposition: ') and "# suggested, " in line for line in added)
    assert "reviewed:" not in after


def test_a_table_is_begun(archive: Path) -> None:
    """Where there is no table, one is begun; the check then asks only for what was left to the editor."""
    (archive / TABLE).unlink()
    ran = plan_archive(archive, "suggest", "beta@2004", "alpha@2006", "--write")
    assert ran.code == 0, ran.err
    left = {line.split()[3] for line in ran.err.splitlines() if line.startswith("left for you: ")}
    checked = plan_archive(archive, "check").out
    missing = {line.split("`")[1] for line in checked.splitlines() if "has no recorded destination" in line}
    assert missing == left
    assert len(checked.splitlines()) == len(left)
    again = (archive / TABLE).read_bytes()
    assert plan_archive(archive, "suggest", "beta@2004", "alpha@2006", "--write").code == 0
    assert (archive / TABLE).read_bytes() == again


def test_two_editions_are_needed(archive: Path) -> None:
    """Files cannot be written to, and the message says what can."""
    ran = plan_archive(archive, "suggest", "archive/alpha/2006.md", "alpha@2006", "--write")
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.startswith("error: --write needs two editions of the archive")
    assert ran.err.count("\n") == 1
