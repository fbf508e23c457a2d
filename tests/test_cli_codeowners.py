"""`plan-archive codeowners`: the groups that own sections own their files, and a stale file is told."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from archives import ROOT, copy_tiny, edit
from plan_archive.cli import command

GROUPS = """groups:
  board:
    title: Plans board
    kind: strategy-group
    chair: Chief Executive (role)
    remit: All plans.
    handles: ["@littleshire/board"]
    from: 2006-04-01
  old-board:
    title: Old board
    kind: strategy-group
    chair: Chief Executive (role)
    remit: All plans.
    handles: ["@littleshire/old-board"]
    to: 2006-03-31
  safe-group:
    title: Staying safe group
    kind: sub-group
    under: board
    chair: Head of Safeguarding (role)
    remit: Staying safe.
    handles: ["@littleshire/safe", "safe@littleshire.example"]
  quiet-group:
    title: Group without a name on the forge
    kind: sub-group
    under: board
    chair: Head of Schools (role)
    remit: Behaviour.
"""


def _run(folder: Path, *arguments: str) -> Result:
    return CliRunner().invoke(command, ["-C", str(folder), "codeowners", *arguments])


def _lines(made: str) -> dict[str, list[str]]:
    lines = [line.split() for line in made.splitlines() if line and not line.startswith("#")]
    return {path: owners for path, *owners in lines}


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    """The tiny archive with groups that own two sections."""
    folder = copy_tiny(tmp_path)
    (folder / "plans" / "registers" / "groups.yml").write_text(GROUPS, encoding="utf-8", newline="\n")
    text = folder / "plans" / "alpha" / "2007.md"
    edit(text, "{partners: [council, schools]}", "{partners: [council, schools], owner: safe-group}")
    edit(text, "good-behaviour: {was: [behaviour],", "good-behaviour: {was: [behaviour], owner: quiet-group,")
    return folder


def test_the_general_stands_before_the_particular(tiny: Path) -> None:
    """The board owns plans/; a plan's folder belongs to it and to the groups that own sections there."""
    made = _run(tiny)
    assert made.exit_code == 0, made.output
    assert list(_lines(made.output).items()) == [
        ("/plans/", ["@littleshire/board"]),
        ("/plans/alpha/", ["@littleshire/board", "@littleshire/safe", "safe@littleshire.example"]),
    ]


def test_groups_that_have_ended_own_nothing(tiny: Path) -> None:
    """A group whose last day is over is not asked."""
    assert "old-board" not in _run(tiny).output


def test_a_chapter_belongs_to_the_groups_of_its_sections(tiny: Path) -> None:
    """Where an edition is a folder, each chapter has owners of its own."""
    index = tiny / "archive" / "beta" / "2004" / "index.md"
    front, rest = index.read_text(encoding="utf-8").split("\n---\n", 1)
    section = (tiny / "archive" / "beta" / "2004" / "01-exclusions.md").read_text(encoding="utf-8")
    ident = section.split("{#")[1].split("}")[0]
    owned = f"sections:\n  {ident}: {{owner: safe-group}}"
    index.write_text(f"{front}\n{owned}\n---\n{rest}", encoding="utf-8", newline="\n")
    lines = _lines(_run(tiny).output)
    assert lines["/archive/beta/2004/01-exclusions.md"] == ["@littleshire/safe", "safe@littleshire.example"]
    assert lines["/archive/beta/"] == ["@littleshire/board", "@littleshire/safe", "safe@littleshire.example"]
    assert "/archive/beta/2004/02-targets.md" not in lines


def test_a_file_is_checked(tiny: Path) -> None:
    """The file that the command prints is up to date; one that differs, or is not there, is told with what to do."""
    file = tiny / "CODEOWNERS"
    missing = _run(tiny, "--check", str(file))
    assert missing.exit_code == 1
    assert "is not there: run `plan-archive codeowners" in missing.output
    file.write_bytes(_run(tiny).output.encode())
    assert (_run(tiny, "--check", str(file)).exit_code, _run(tiny, "--check", str(file)).output) == (0, "")
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    assert _run(tiny, "--check", str(file)).exit_code == 0
    file.write_bytes(b"* @littleshire/someone\n")
    stale = _run(tiny, "--check", str(file))
    assert (stale.exit_code, "is not up to date" in stale.output) == (1, True)


def test_nothing_but_owners_gets_into_the_file(tiny: Path) -> None:
    """A title with a line end stays a comment; a handle without @ is left out."""
    groups = tiny / "plans" / "registers" / "groups.yml"
    edit(groups, "title: Staying safe group", 'title: "Staying safe\\n* @evil"')
    edit(groups, '"@littleshire/safe", ', '"@littleshire/safe", "nobody", ')
    made = _run(tiny).output
    assert "*" not in _lines(made)
    assert "nobody" not in made


def test_without_handles_there_is_no_file(tmp_path: Path) -> None:
    """An archive whose groups have no handles is told what to do."""
    made = _run(copy_tiny(tmp_path))
    assert made.exit_code == 1
    assert "plans/registers/groups.yml" in str(made.exception)


def test_the_example_gives_every_owner_a_folder() -> None:
    """In the example every group that owns a section of the plan in effect is asked about that plan's folder."""
    text = (ROOT / "plans" / "cypp" / "2009.md").read_text(encoding="utf-8")
    named = {line.split("owner: ")[1].split("}")[0] for line in text.splitlines() if ", owner: " in line}
    lines = _lines(_run(ROOT).output)
    handles = (ROOT / "plans" / "registers" / "groups.yml").read_text(encoding="utf-8")
    wanted = {handles.split(f"  {key}:\n")[1].split('handles: ["')[1].split('"')[0] for key in named}
    assert wanted == set(lines["/plans/cypp/"])
