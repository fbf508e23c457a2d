"""`plan-archive build`: the public site, or nothing; and what a user sees when something is not as it should be."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from archives import bytes_below, commit, copy_tiny, edit, plan_archive
from plan_archive import EngineError
from plan_archive.cli import command
from plan_archive.cli.engine import command as engine_command

DRAFT = """---
title: "Alpha Plan: 2008 refresh"
kind: refresh
period: {from: 2006-04-01, to: 2009-03-31}
owner: Director of Children's Services
change_note: "Nothing is settled."
draft: yes
---

# Alpha Plan: 2008 refresh

## Staying safe {#staying-safe}

Words of a draft that nobody has approved: marmalade.
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny archive with a draft in it, built once; not to be written to."""
    folder = copy_tiny(tmp_path_factory.mktemp("tiny"))
    (folder / "plans/alpha/2008.md").write_text(DRAFT, encoding="utf-8")
    commit(folder)
    ran = plan_archive(folder, "build")
    assert ran.code == 0, ran.err
    assert (ran.out, re.sub(r"^\d+", "N", ran.err)) == ("", f"N pages in {folder / 'site'}\n")
    return folder


@pytest.fixture
def archive(built: Path, tmp_path: Path) -> Path:
    """A copy of the built archive, its site included, that a test may spoil."""
    shutil.copytree(built, tmp_path / "archive")
    return tmp_path / "archive"


def test_a_public_build_holds_nothing_of_a_draft(built: Path) -> None:
    """A draft has no page, no entry in the data, no link and no word in a public build."""
    held = bytes_below(built / "site")
    assert "plans/alpha/2007/index.html" in held
    assert [name for name in held if "2008" in name] == []
    texts = {name: content for name, content in held.items() if name.endswith((".html", ".htm", ".json", ".xml"))}
    assert [name for name, content in texts.items() if b"marmalade" in content or b"2008 refresh" in content] == []
    catalogue = json.loads(held["data/catalogue.json"])
    assert {plan["id"]: [e["id"] for e in plan["editions"]] for plan in catalogue["plans"]} == {
        "alpha": ["2006", "2007"],
        "beta": ["2004"],
    }


def test_a_second_build_replaces_the_first_whole(archive: Path) -> None:
    """A new site takes the place of the old one, and what the old one held besides is gone."""
    before = bytes_below(archive / "site")
    (archive / "site" / "left-over.html").write_text("old", encoding="utf-8")
    assert plan_archive(archive, "build").code == 0
    assert bytes_below(archive / "site") == before


def test_a_foreign_folder_is_refused_and_left(archive: Path) -> None:
    """A folder that is no site of an archive is never replaced, whatever lies in it."""
    foreign = archive.parent / "photographs"
    foreign.mkdir()
    (foreign / "one.jpg").write_bytes(b"a picture")
    ran = plan_archive(archive, "build", "--site-dir", str(foreign))
    assert (ran.code, ran.out) == (1, "")
    assert ran.err == f"error: {foreign} is not empty and holds no site of an archive: choose another --site-dir\n"
    assert bytes_below(foreign) == {"one.jpg": b"a picture"}
    ran = plan_archive(archive, "build", "--site-dir", str(foreign / "one.jpg"))
    assert ran.code != 0
    assert "Traceback" not in ran.err
    assert bytes_below(foreign) == {"one.jpg": b"a picture"}


def test_an_empty_folder_is_taken(archive: Path) -> None:
    """An empty folder may become the site."""
    (archive.parent / "empty").mkdir()
    assert plan_archive(archive, "build", "--site-dir", str(archive.parent / "empty")).code == 0
    assert (archive.parent / "empty" / "index.html").is_file()


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("archive/beta/plan.yml", "plan: alpha", "plan: gamma"),
        ("plans/alpha/2007.md", "plan:beta@2004#exclusions", "plan:beta@2004#nowhere"),
        ("docs/about/index.md", "https://www.legislation.gov.uk/", "javascript:alert(1)"),
        ("mkdocs.yml", "  name: material", "  name: no-such-theme"),
    ],
)
def test_a_failed_build_leaves_everything_as_it_was(archive: Path, file: str, old: str, new: str) -> None:
    """A build that is refused leaves an existing site byte for byte, and an absent one absent."""
    edit(archive / file, old, new)
    before = bytes_below(archive)
    ran = plan_archive(archive, "build")
    assert ran.code == 1
    assert "Traceback" not in ran.err + ran.out
    assert bytes_below(archive) == before
    assert plan_archive(archive, "build", "--site-dir", "new/site").code == 1
    assert bytes_below(archive) == before
    assert not (archive / "new").exists()


def test_a_refused_build_names_file_line_and_remedy(archive: Path) -> None:
    """A refused build tells each problem with file, line and what to do, and how many there are."""
    edit(archive / "archive/beta/plan.yml", "plan: alpha", "plan: gamma")
    edit(archive / "plans/alpha/2007.md", "plan:beta@2004#exclusions", "plan:beta@2004#nowhere")
    ran = plan_archive(archive, "build")
    assert "archive/beta/plan.yml:13: there is no plan `gamma`; add the plan, or correct its id" in ran.err
    assert re.search(r"plans/alpha/2007\.md:\d+: the link leads to `#nowhere`", ran.err)


def test_a_folder_that_is_no_archive_is_told_in_one_line(tmp_path: Path) -> None:
    """In a folder without plans, or without the engine's configuration, every command says what is missing."""
    checked = plan_archive(tmp_path, "check")
    assert checked.code == 1
    assert checked.out.startswith("plans/authority.yml:1: there is no such file; ")
    for name in ("build", "serve"):
        ran = plan_archive(tmp_path, name)
        assert (ran.code, ran.out) == (1, "")
        assert ran.err == (
            "error: there is no mkdocs.yml here: run this in the archive's folder, or give --config-file\n"
        )
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_cannot_be_read_is_a_problem_like_others(built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that the system does not let us read is told with its name and why."""
    honest = Path.read_bytes

    def refused(path: Path) -> bytes:
        if path.name == "2007.md":
            raise PermissionError(13, "Permission denied")
        return honest(path)

    monkeypatch.setattr(Path, "read_bytes", refused)
    checked = CliRunner().invoke(command, ["-C", str(built), "check"])
    assert checked.exit_code == 1
    assert (
        "plans/alpha/2007.md:1: the file cannot be read (Permission denied); check its permissions"
        in checked.stdout.splitlines()
    )


def test_a_machine_without_git_builds_all_the_same(archive: Path, tmp_path: Path) -> None:
    """Where there is no git the site is built, and names no commit."""
    (tmp_path / "no programs").mkdir()
    ran = plan_archive(archive, "build", "--site-dir", "other", PATH=str(tmp_path / "no programs"))
    assert ran.code == 0, ran.err
    assert "Made from commit" in (archive / "site/index.html").read_text(encoding="utf-8")
    assert "Made from commit" not in (archive / "other/index.html").read_text(encoding="utf-8")


def test_an_engine_that_is_missing_is_named(built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An engine that is not installed is named, with the command that installs it."""
    monkeypatch.setattr("importlib.util.find_spec", lambda _name: None)
    with pytest.raises(EngineError, match="the engine properdocs is not installed: install it with `pip install"):
        engine_command("properdocs", built, Path("mkdocs.yml"), "build")


def test_a_traceback_is_shown_only_when_asked_for(archive: Path) -> None:
    """A known error is one line, an unforeseen one says how to see more, and --debug shows where each was."""
    known = ("build", "--config-file", "nowhere.yml")
    unforeseen = ("report", "--output", "/dev/full")
    for arguments, begins in ((known, "error: there is no nowhere.yml"), (unforeseen, "error: something unforeseen")):
        quiet, full = plan_archive(archive, *arguments), plan_archive(archive, "--debug", *arguments)
        assert (quiet.code, quiet.out, quiet.err.count("\n")) == (1, "", 1)
        assert quiet.err.startswith(begins)
        assert "Traceback (most recent call last)" in full.err


def test_every_command_and_option_has_help() -> None:
    """Each command says what it does and each of its options what it is for."""
    for name, one in command.commands.items():
        assert one.help, name
        options = [option for option in one.params if isinstance(option, click.Option)]
        assert [option.name for option in options if not option.help] == [], name
