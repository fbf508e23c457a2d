"""`plan-archive review`: what was named is stamped, over the texts as they are, and nothing else is touched."""

from __future__ import annotations

import datetime
import os
import re
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from archives import bytes_below, copy_tiny, edit, environment, plan_archive
from plan_archive import PlanArchiveError, read_library
from plan_archive.cli import command
from plan_archive.cli.review import write_whole
from plan_archive.trace import by_place

TABLE = "archive/beta/destinations/2004-to-alpha-2006.yml"
BY_IS_A_ROLE = "--by is the role of whoever read the rows, such as 'Planning officer'"
BY = ("--by", "Planning officer", "--on", "2006-02-20")


def _review(folder: Path, *arguments: str) -> tuple[int, str]:
    """Run the command in this process: its exit code, and what it says of an error."""
    ran = CliRunner().invoke(command, ["-C", str(folder), "review", *arguments])
    return ran.exit_code, str(ran.exception) if isinstance(ran.exception, PlanArchiveError) else ran.stderr


def _stamps(folder: Path) -> dict[str, Any]:
    rows = yaml.load((folder / TABLE).read_text(encoding="utf-8"), yaml.BaseLoader)["rows"]  # noqa: S506
    return {row["from"]: row["reviewed"] for row in rows if "reviewed" in row}


def _digits(folder: Path, plan: str, edition: str, place: str) -> str:
    library = read_library(folder, datetime.date(2026, 1, 1)).library
    assert library is not None
    held = library.edition(plan, edition)
    assert held is not None
    return by_place(held)[place].fingerprint


def test_what_is_named_is_stamped_and_nothing_else(tmp_path: Path) -> None:
    """A section and a row carry who, when and both fingerprints; every other file and byte is as it was."""
    folder = copy_tiny(tmp_path)
    before = bytes_below(folder)
    ran = plan_archive(folder, "review", "beta@2004#exclusions", "beta@2004:B1", *BY)
    assert (ran.code, ran.out) == (0, ""), ran.err
    assert ran.err == f"2 rows stamped in {TABLE}.\n"
    assert _stamps(folder) == {
        place: {
            "by": "Planning officer",
            "on": "2006-02-20",
            "old": _digits(folder, "beta", "2004", place),
            "new": [_digits(folder, "alpha", "2006", target)],
        }
        for place, target in (("#exclusions", "#behaviour"), (":B1", ":A1"))
    }
    after = bytes_below(folder)
    assert {name for name in after if after[name] != before.get(name)} == {TABLE}
    without = re.sub(rb"(, |\n    )reviewed: \{[^}]*\}", b"", after[TABLE])
    assert without == before[TABLE]
    assert plan_archive(folder, "check").code == 0


def test_a_text_edited_afterwards_is_suspect_until_it_is_read_again(tmp_path: Path) -> None:
    """After a word was changed `check` and `coverage` name the row; reviewed again it is well, with the new stamp."""
    folder = copy_tiny(tmp_path)
    assert plan_archive(folder, "review", "beta@2004#exclusions", *BY).code == 0
    first = _stamps(folder)["#exclusions"]
    edit(folder / "archive/beta/2004/01-exclusions.md", "on the same day", "on the next day")
    checked = plan_archive(folder, "check")
    assert checked.code == 1
    assert checked.out.startswith(f"{TABLE}:7: `#exclusions` was reviewed by Planning officer on 2006-02-20, and its ")
    remedy = re.search(r"plan-archive review '(.*?)' --by", checked.out)
    assert remedy is not None
    assert f"  suspect: #exclusions ({TABLE}:7)\n" in plan_archive(folder, "coverage").out
    assert plan_archive(folder, "review", remedy[1], "--by", "Auditor", "--on", "2006-03-01").code == 0
    again = _stamps(folder)["#exclusions"]
    assert (again["by"], again["on"], again["new"]) == ("Auditor", "2006-03-01", first["new"])
    assert again["old"] != first["old"]
    assert plan_archive(folder, "check").code == 0


@pytest.mark.parametrize(
    ("unknown", "words"),
    [
        ("beta@2004#nowhere", "no table of destinations has a row for beta@2004#nowhere"),
        ("beta@2004:B9", "no table of destinations has a row for beta@2004:B9"),
        ("beta@2001#exclusions", "no table of destinations has a row for"),
        ("gamma@2004#exclusions", "no table of destinations has a row for"),
        ("alpha@2006#behaviour", "no table of destinations has a row for"),
        ("beta@2004", "no table of destinations has a row for"),
        ("beta", "no table of destinations has a row for"),
        (".*", "no table of destinations has a row for"),
    ],
)
def test_one_unknown_name_and_nothing_is_written(unknown: str, words: str, tmp_path: Path) -> None:
    """With one name that is no row's, no row is stamped, the known ones among them neither."""
    folder = copy_tiny(tmp_path)
    before = bytes_below(folder)
    code, told = _review(folder, "beta@2004:B1", unknown, "beta@2004:B2", *BY)
    assert code == 1
    assert words in told
    assert "nothing was stamped" in told
    assert bytes_below(folder) == before


def test_a_row_that_leads_nowhere_is_not_stamped(tmp_path: Path) -> None:
    """A row of which an end does not exist cannot have been read: it is told with its line, and nothing is written."""
    folder = copy_tiny(tmp_path)
    edit(folder / TABLE, '":A1"', '":A9"')
    before = bytes_below(folder)
    ran = plan_archive(folder, "review", "beta@2004:B2", "beta@2004:B1", *BY)
    assert ran.code == 1
    assert f"{TABLE}:10: an end of `beta@2004:B1` does not exist" in ran.err
    assert bytes_below(folder) == before


def test_a_part_with_two_rows_is_not_stamped(tmp_path: Path) -> None:
    """Where a part has two rows in a table nobody can say which was read, and nothing is written."""
    folder = copy_tiny(tmp_path)
    edit(folder / TABLE, "  # The targets themselves.", '  - {from: "#exclusions", disposition: reworded, to: [":A2"]}')
    before = bytes_below(folder)
    ran = plan_archive(folder, "review", "beta@2004#exclusions", *BY)
    assert ran.code == 1
    assert f"{TABLE} has more than one row for `beta@2004#exclusions`" in ran.err
    assert bytes_below(folder) == before


@pytest.mark.parametrize("by", ["", "  ", "<b>", "two\nlines"])
def test_a_role_must_be_one(by: str, tmp_path: Path) -> None:
    """An empty role, or one that a file of facts may not hold, is refused."""
    folder = copy_tiny(tmp_path)
    before = bytes_below(folder)
    assert _review(folder, "beta@2004:B1", "--by", by) == (1, BY_IS_A_ROLE)
    assert bytes_below(folder) == before


@pytest.mark.parametrize(
    "arguments", [["beta@2004:B1"], ["--by", "Auditor"], ["beta@2004:B1", "--by", "x", "--on", "soon"]]
)
def test_wrong_usage(arguments: list[str], tmp_path: Path) -> None:
    """Without a name, without a role or with no day, the exit code is 2."""
    assert _review(copy_tiny(tmp_path), *arguments)[0] == 2


@pytest.mark.parametrize("by", ['The "first" officer', "Head of children's services: schools", "Swyddog # 1", "yes"])
def test_any_role_is_read_back(by: str, tmp_path: Path) -> None:
    """A role with quotes, colons or marks is written so that it is read as it was given."""
    folder = copy_tiny(tmp_path)
    assert _review(folder, "beta@2004:B1", "--by", by)[0] == 0
    assert _stamps(folder)[":B1"]["by"] == by
    assert CliRunner().invoke(command, ["-C", str(folder), "check"]).exit_code == 0


def test_two_tables_are_stamped_together(tmp_path: Path) -> None:
    """A part with rows in the tables of two successors is stamped in both."""
    folder = copy_tiny(tmp_path)
    second = (folder / TABLE).with_name("2004-to-gamma-2006.yml")
    row = '  - {from: ":B1", disposition: moved, to: ["alpha@2006:A1"], reason: x}'
    text = f"from: beta@2004\nto: gamma@2006\nrows:\n{row}"
    second.write_text(text, encoding="utf-8")
    ran = plan_archive(folder, "review", "beta@2004:B1", *BY)
    assert ran.code == 0, ran.err
    assert "2 rows stamped" in ran.err
    assert "Planning officer" in second.read_text(encoding="utf-8")
    assert ":B1" in _stamps(folder)


def test_a_table_that_could_not_be_read_has_no_rows(tmp_path: Path) -> None:
    """A table with a fault is left as it is, and the problem is pointed to."""
    folder = copy_tiny(tmp_path)
    edit(folder / TABLE, "disposition: reworded", "disposition: consolidated")
    before = bytes_below(folder)
    ran = plan_archive(folder, "review", "beta@2004:B1", *BY)
    assert ran.code == 1
    assert "note: the archive has 1 problem" in ran.err
    assert bytes_below(folder) == before


def test_a_file_keeps_its_permissions(tmp_path: Path) -> None:
    """The stamped file may be read and written by whom it could before."""
    folder = copy_tiny(tmp_path)
    (folder / TABLE).chmod(0o640)
    assert plan_archive(folder, "review", "beta@2004:B1", *BY).code == 0
    assert (folder / TABLE).stat().st_mode & 0o777 == 0o640
    assert [each.name for each in (folder / TABLE).parent.iterdir()] == ["2004-to-alpha-2006.yml"]


WRITER = """
import os, signal, sys, time
from pathlib import Path

signal.signal(signal.SIGINT, signal.default_int_handler)  # one that runs behind another is born deaf to it

from plan_archive.cli.review import write_whole
file = Path(sys.argv[1])
real = os.fsync
def slow(handle):
    print("writing", flush=True)
    time.sleep(30)
    real(handle)
os.fsync = slow
write_whole(file, "new " * 50_000)
"""


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_a_writer_that_is_killed_leaves_the_old_file(how: signal.Signals, tmp_path: Path) -> None:
    """Killed while it writes, the command leaves the file as it was, and the archive is read without a problem."""
    folder = copy_tiny(tmp_path)
    before = (folder / TABLE).read_bytes()
    script = [sys.executable, "-c", WRITER, str(folder / TABLE)]
    with subprocess.Popen(
        script, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=environment()
    ) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "writing\n"
        writer.send_signal(how)
        writer.wait(timeout=10)
    assert (folder / TABLE).read_bytes() == before
    assert plan_archive(folder, "check").code == 0
    assert how is signal.SIGKILL or len(list((folder / TABLE).parent.iterdir())) == 1


def test_a_full_disk_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the new text cannot be written the old one stays, and nothing is left beside it."""
    file = tmp_path / "table.yml"
    file.write_text("old", encoding="utf-8")

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        write_whole(file, "new")
    assert [(each.name, each.read_text(encoding="utf-8")) for each in tmp_path.iterdir()] == [("table.yml", "old")]
