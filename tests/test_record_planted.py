"""Files that somebody put into an archive lead no command elsewhere and run no program."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from archives import bytes_below, copy_tiny, edit, git
from plan_archive.cli.pack import _zip
from plan_archive.record import verify
from plan_archive.record.git import head
from plan_archive.record.writing import _put
from sealed import LOG, SEALS, found, ran, sealed_tiny

UNFINISHED = "archive/.unfinished.json"
NO_LEFTOVER = "this is not what a stopped command leaves, or it does not fit the log"
SIGNATURE = f"-----BEGIN SSH SIGNATURE-----\n{'A' * 70}\nAAAA\n-----END SSH SIGNATURE-----\n"

pytestmark = pytest.mark.skipif(os.name == "nt", reason="links, and programs of the shell's")


@pytest.fixture
def precious(tmp_path: Path) -> Path:
    """A file outside the archive."""
    file = tmp_path / "precious"
    file.write_text("precious\n", encoding="utf-8")
    return file


def _more(archive: Path) -> None:
    """Facts that wait to be written into the log."""
    edit(archive / "plans/alpha/plan.yml", "abbreviation: AP", "abbreviation: ALP")


@pytest.mark.parametrize("name", [".log.jsonl.new", ".seals.sha256.new", ".unfinished.json.new"])
def test_a_link_in_a_new_files_place_is_not_followed(archive: Path, precious: Path, name: str) -> None:
    """What is written goes into the archive, and not where a link of the expected name leads."""
    (archive / "archive" / name).symlink_to(precious)
    edit(archive / "archive/alpha/2006.md", "Every child", "Each child")
    assert ran(archive, "redact", "alpha@2006", "--why", "A name.", "--authority", "A law.")[0] == 0
    assert precious.read_text(encoding="utf-8") == "precious\n"
    assert found(archive)[0] == 0


def test_what_is_put_in_place_is_a_new_file(tmp_path: Path, precious: Path) -> None:
    """A file of two names keeps its bytes under the other one."""
    os.link(precious, tmp_path / ".log.jsonl.new")
    _put(tmp_path / "log.jsonl", b"{}\n")
    assert (precious.read_bytes(), (tmp_path / "log.jsonl").read_bytes()) == (b"precious\n", b"{}\n")


def test_a_pack_is_not_written_through_a_link(tmp_path: Path, precious: Path) -> None:
    """The ZIP file lies where it was asked for, and what the link leads to is as before."""
    (tmp_path / "out").mkdir()
    (tmp_path / "out/.alpha.zip.new").symlink_to(precious)
    (tmp_path / "held").mkdir()
    (tmp_path / "held/README.txt").write_text("x\n", encoding="utf-8")
    assert _zip(tmp_path / "held", tmp_path / "out/alpha.zip") == 1
    assert precious.read_bytes() == b"precious\n"
    assert (tmp_path / "out/alpha.zip").read_bytes().startswith(b"PK")


def _leave(archive: Path, **entry: Any) -> dict[str, Any]:
    """What a command leaves that was stopped after it had said what it is going to do."""
    before = (archive / LOG).read_bytes()
    lines = before.splitlines(keepends=True)
    stated = json.loads(lines[-1]) | {"entry": len(lines) + 1, "before": sha256(lines[-1]).hexdigest()} | entry
    line = json.dumps(stated).encode() + b"\n"
    left = {
        "schema": "plan-archive/unfinished/1",
        "before": sha256(before).hexdigest(),
        "after": sha256(before + line).hexdigest(),
        "lines": line.decode(),
        "moves": entry.get("moves", {}),
        "signature": [],
    }
    _write(archive, left)
    return left


def _write(archive: Path, left: dict[str, Any]) -> None:
    (archive / UNFINISHED).write_text(json.dumps(left), encoding="utf-8", newline="\n")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("archive/seals.11.sig", "ssh-ed25519 AAAA attacker\n"),
        ("archive/seals.11.sig", f"{SIGNATURE}ssh-ed25519 AAAA attacker\n"),
        ("archive/seals.12.sig", SIGNATURE),
    ],
)
def test_a_leftover_writes_nothing_but_a_signature_that_its_lines_name(archive: Path, name: str, text: str) -> None:
    """Neither other words nor another file: that is no leftover, and it is not finished."""
    left = _leave(archive, identity="signed", signer="clerk", signature=11)
    _write(archive, left | {"signature": ["archive/seals.11.sig", SIGNATURE]})
    assert next(each.kind for each in verify.verify(archive).findings if each.where == UNFINISHED) == "incomplete"
    _write(archive, left | {"signature": [name, text]})
    before = bytes_below(archive)
    code, lines = found(archive)
    assert (code, lines[0]) == (3, f"altered: {UNFINISHED}: {NO_LEFTOVER}")
    assert ran(archive, "publish", "alpha", "--why", "More.")[0] == 1
    assert bytes_below(archive) == before


@pytest.mark.parametrize("name", [UNFINISHED, LOG, SEALS])
@pytest.mark.parametrize("command", ["publish", "close", "redact"])
def test_a_leftover_whose_files_are_links_is_not_finished(
    archive: Path, tmp_path: Path, name: str, command: str
) -> None:
    """No command does what a leftover says where one of its files is a link."""
    _leave(archive)
    (archive / name).rename(tmp_path / "elsewhere")
    (archive / name).symlink_to(tmp_path / "elsewhere")
    before = bytes_below(tmp_path)
    arguments = {
        "publish": ("alpha", "--why", "x"),
        "close": ("alpha@2006",),
        "redact": ("alpha@2006", "--why", "x", "--authority", "y"),
    }[command]
    told = f"{name} is a link, or lies below one, and is not written to: put the file itself there"
    assert ran(archive, command, *arguments) == (1, "", told)
    assert bytes_below(tmp_path) == before


def test_an_archive_folder_that_is_a_link_is_not_written_to(archive: Path, tmp_path: Path) -> None:
    """The log of another place is not written through it."""
    (archive / "archive").rename(tmp_path / "other")
    (archive / "archive").symlink_to(tmp_path / "other")
    _more(archive)
    before = bytes_below(tmp_path)
    code, _, err = ran(archive, "publish", "alpha", "--why", "Letters.")
    assert (code, err.partition(",")[0]) == (1, "archive is a link")
    assert bytes_below(tmp_path) == before


@pytest.fixture
def moving(tmp_path: Path) -> Path:
    """A sealed archive whose ended edition is about to be moved by a command that was stopped."""
    folder = copy_tiny(tmp_path / "archive")
    shutil.move(folder / "archive/alpha/2006.md", folder / "plans/alpha/2006.md")
    assert ran(folder, "publish", "--all", "--why", "The log was opened.")[0] == 0
    moves = {"plans/alpha/2006.md": "archive/alpha/2006.md"}
    _leave(folder, event="close", plan="alpha", edition="2006", moves=moves, files={})
    return folder


def test_a_stopped_close_hides_no_second_file(moving: Path) -> None:
    """With a file in both places, one of them is another text: verify says so, and neither takes the other's place."""
    assert found(moving)[0] == 4
    sealed = (moving / "plans/alpha/2006.md").read_bytes()
    (moving / "archive/alpha").mkdir(exist_ok=True)
    (moving / "archive/alpha/2006.md").write_bytes(sealed)
    (moving / "plans/alpha/2006.md").write_bytes(sealed + b"\nMore.\n")
    what = "a second file lies where archive/alpha/2006.md is sealed"
    code, lines = found(moving)
    assert (code, lines[1]) == (3, f"altered: plans/alpha/2006.md: {what}")
    before = bytes_below(moving)
    told = "plans/alpha/2006.md cannot be moved to archive/alpha/2006.md: see plan-archive verify"
    assert ran(moving, "close", "alpha@2006") == (1, "", told)
    assert bytes_below(moving) == before


def test_a_stopped_close_moves_the_sealed_text_alone(moving: Path) -> None:
    """A file that was put in the sealed one's place is not moved; the sealed one is."""
    sealed = (moving / "plans/alpha/2006.md").read_bytes()
    (moving / "plans/alpha/2006.md").write_bytes(sealed + b"\nMore.\n")
    before = bytes_below(moving)
    assert ran(moving, "close", "alpha@2006")[0] == 1
    assert bytes_below(moving) == before
    (moving / "plans/alpha/2006.md").write_bytes(sealed)
    assert ran(moving, "close", "alpha@2006")[0] == 0
    assert (moving / "archive/alpha/2006.md").read_bytes() == sealed
    assert found(moving) == (0, [])


def _evil(tmp_path: Path) -> str:
    return f"touch {tmp_path}/stolen; cat"


def test_no_filter_of_the_repository_runs(archive: Path, tmp_path: Path) -> None:
    """Git would run a program that a repository names for its files when it looks whether they changed."""
    git(archive, "config", "filter.evil.clean", _evil(tmp_path))
    git(archive, "config", "filter.evil.process", _evil(tmp_path))
    (archive / ".gitattributes").write_text("*.md filter=evil\n", encoding="utf-8")
    for file in archive.rglob("*.md"):
        os.utime(file, (1, 1))
    commit = head(archive)
    assert commit is not None
    assert commit.clean
    assert found(archive) == (0, [])
    assert not (tmp_path / "stolen").exists()
    subprocess.run(["git", "status"], cwd=archive, capture_output=True, check=False)
    assert (tmp_path / "stolen").exists(), "the filter would have run"


def _linked(file: Path) -> None:
    file.rename(file.with_name("moved"))
    file.symlink_to("moved")


def _added(folder: Path) -> None:
    (folder / "new.txt").write_text("x", encoding="utf-8")
    git(folder, "add", "new.txt")


def _hidden(folder: Path) -> None:
    git(folder, "update-index", "--assume-unchanged", "plans/alpha/2007.md")
    edit(folder / "plans/alpha/2007.md", "one working day", "two working days")


CHANGES = {
    "nothing": (lambda _: None, True),
    "a word": (lambda folder: edit(folder / "plans/alpha/2007.md", "one working day", "two working days"), False),
    "a file that went": (lambda folder: (folder / "plans/alpha/2007.md").unlink(), False),
    "a link": (lambda folder: _linked(folder / "plans/alpha/2007.md"), False),
    "a file to be committed": (_added, False),
    "a file that nobody follows": (lambda folder: (folder / "new.txt").write_text("x", encoding="utf-8"), True),
    "a file that git was told not to look at": (_hidden, False),
}


@pytest.mark.parametrize("name", CHANGES)
def test_whether_files_differ_from_their_commit(archive: Path, name: str) -> None:
    """Every followed file is held against the commit by its bytes, whatever git was told of it."""
    change, clean = CHANGES[name]
    change(archive)
    commit = head(archive)
    assert commit is not None
    assert commit.clean is clean


def test_a_folder_that_looks_like_a_repository_is_none(tmp_path: Path) -> None:
    """An archive in a folder that holds HEAD, config, objects and refs: the settings in it run no program."""
    outer = tmp_path / "outer"
    inside = sealed_tiny(outer / "council")
    shutil.copytree(inside / ".git", tmp_path / "git")
    shutil.rmtree(inside / ".git")
    for name in ("HEAD", "config", "objects", "refs", "index", "packed-refs"):
        source = tmp_path / "git" / name
        if source.exists():
            (shutil.copytree if source.is_dir() else shutil.copy)(source, inside / name)
    git(outer, "init", "--quiet", "--initial-branch=main")
    settings = f'[core]\n\trepositoryformatversion = 0\n\tbare = false\n\tworktree = {inside}\n[filter "evil"]\n'
    (inside / "config").write_text(settings + f"\tclean = {_evil(tmp_path)}\n", encoding="utf-8")
    (inside / ".gitattributes").write_text("*.md filter=evil\n", encoding="utf-8")
    for file in inside.rglob("*.md"):
        os.utime(file, (1, 1))
    code, _, err = ran(inside, "pack", "alpha", "--output", str(tmp_path / "x.zip"))
    assert (code, "safe.bareRepository" in err) == (1, True), err
    code, lines = found(inside)
    assert code == 4
    assert lines[-1].startswith("incomplete: .git: git cannot read this repository, so its history was not checked: ")
    assert not (tmp_path / "stolen").exists()
    subprocess.run(["git", "status"], cwd=inside, capture_output=True, check=False)
    assert (tmp_path / "stolen").exists(), "the filter would have run"
