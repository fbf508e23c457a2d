"""Git's history as provenance: one pass, the truth, and no name that means two things."""

from __future__ import annotations

import json
import subprocess
from datetime import date
from pathlib import Path

import pytest

from archives import copy_tiny, edit, git
from plan_archive import GitError, read_library
from plan_archive.pages.log import provenance
from plan_archive.record import Record, read_record
from plan_archive.record.git import head, history, resolve

PLACE = "alpha/2006.md"


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """The tiny archive with a history: first in plans/, then edited, then moved into archive/."""
    folder = copy_tiny(tmp_path / "archive")
    (folder / "archive" / PLACE).rename(folder / "plans" / PLACE)
    git(folder, "init", "--quiet", "--initial-branch=main")
    _commit(folder, "Write the plan")
    edit(folder / "plans" / PLACE, "owner: Director", "owner: The Director")
    _commit(folder, "Name the owner")
    (folder / "notes.txt").write_text("Nothing of the archive.\n", encoding="utf-8")
    _commit(folder, "Notes")
    (folder / "plans" / PLACE).rename(folder / "archive" / PLACE)
    _commit(folder, "Close it")
    return folder


def _commit(folder: Path, message: str, *more: str) -> str:
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--allow-empty", "--message", message, *more)
    return git(folder, "rev-parse", "HEAD")


def _subjects(folder: Path, place: str = PLACE) -> list[str]:
    return [change.subject for change in history(folder, git(folder, "rev-parse", "HEAD")).get(place, ())]


def test_the_commits_of_a_text_are_those_that_changed_it(archive: Path) -> None:
    """The newest first, also from before it was closed; commits of other files are not among them."""
    assert _subjects(archive) == ["Close it", "Name the owner", "Write the plan"]
    (newest, *_) = history(archive, git(archive, "rev-parse", "HEAD"))[PLACE]
    assert (newest.author, newest.on, newest.hash) == ("Tester", date(2007, 12, 1), git(archive, "rev-parse", "HEAD"))


def test_the_pass_agrees_with_git_file_by_file(archive: Path) -> None:
    """For each file, `git log` asked for that file alone tells the same commits."""
    found = history(archive, git(archive, "rev-parse", "HEAD"))
    assert len(found) == 11
    for place, changes in found.items():
        alone = git(archive, "log", "--format=%H", "--", f"plans/{place}", f"archive/{place}").split()
        assert [change.hash for change in changes] == alone


def test_a_message_cannot_pass_for_a_commit(archive: Path) -> None:
    """Whatever stands in a subject or an author's name, it stays one field of one commit."""
    fake = f"\x01{'0' * 40}\x1f2006-04-01\x1fThe Mayor\x1fAdopted"
    edit(archive / "archive" / PLACE, "owner: The Director", "owner: Director")
    _commit(archive, fake + "\n\nMore\u202e", "--author=\u202eA\x07 B <b@b.example>")
    (newest, *others) = history(archive, git(archive, "rev-parse", "HEAD"))[PLACE]
    assert newest.subject == fake.replace("\x01", "\ufffd").replace("\x1f", "\ufffd")
    assert newest.author == "\ufffdA\ufffd B"
    assert len(others) == 3


def test_an_archive_below_the_top_of_a_repository_has_its_history(tmp_path: Path) -> None:
    """The archive may be a folder of a larger repository."""
    outer = tmp_path / "outer"
    copy_tiny(outer / "council" / "plans-archive")
    copy_tiny(outer / "another")
    git(outer, "init", "--quiet", "--initial-branch=main")
    _commit(outer, "Both")
    edit(outer / "another" / "archive" / PLACE, "owner: Director", "owner: The Director")
    _commit(outer, "The other one")
    assert _subjects(outer / "council" / "plans-archive") == ["Both"]
    assert _subjects(outer / "another") == ["The other one", "Both"]


def test_replaced_objects_do_not_change_what_is_told(archive: Path) -> None:
    """`git replace` makes git tell another history; ours stays the one that was committed."""
    told = _subjects(archive)
    git(archive, "replace", "HEAD", "HEAD~3")
    plain = subprocess.run(
        ["git", "log", "--format=%s", "--", f"plans/{PLACE}", f"archive/{PLACE}"],
        cwd=archive, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert plain.stdout.split("\n")[:-1] != told
    history.__globals__["_history"].cache_clear()
    assert _subjects(archive) == told


def test_without_git_the_record_says_so(tmp_path: Path) -> None:
    """A folder that is no repository has a record without commits, and its data says null."""
    folder = copy_tiny(tmp_path / "loose")
    assert head(folder) is None
    record = read_record(folder, None)
    library = read_library(folder, date(2007, 12, 1)).library
    assert library is not None
    told = provenance(library, record)
    assert (told["commit"], told["changed_since"]) == (None, None)
    assert {text["edition"]: text["commits"] for text in told["texts"]} == {
        "alpha@2006": [], "alpha@2007": [], "beta@2004": [],
    }  # fmt: skip


def test_provenance_names_the_commits_of_each_text(archive: Path) -> None:
    """The data has every version of every edition with its commits; a folder of chapters has those of all chapters."""
    edit(archive / "archive/beta/2004/02-targets.md", "Targets", "The targets")
    newest = _commit(archive, "Title the chapter")
    library = read_library(archive, date(2007, 12, 1)).library
    assert library is not None
    told = provenance(library, read_record(archive, head(archive)))
    commits = {text["edition"]: [commit["subject"] for commit in text["commits"]] for text in told["texts"]}
    assert commits == {
        "alpha@2006": ["Close it", "Name the owner", "Write the plan"],
        "alpha@2007": ["Write the plan"],
        "beta@2004": ["Title the chapter", "Write the plan"],
    }
    assert told["commit"] == newest
    assert json.loads(json.dumps(told)) == told


def test_a_name_of_two_things_is_refused(archive: Path) -> None:
    """Git would take the tag with no more than a warning; here the user must say which."""
    git(archive, "tag", "v1", "HEAD~1")
    git(archive, "branch", "v1", "HEAD~2")
    for name in ("v1", "v1~1", "v1^"):
        with pytest.raises(GitError, match=r"`v1` is the name of refs/heads/v1 and refs/tags/v1: write the one"):
            resolve(archive, name)
    assert resolve(archive, "refs/tags/v1") == git(archive, "rev-parse", "HEAD~1")
    assert resolve(archive, "refs/heads/v1~1") == git(archive, "rev-parse", "HEAD~3")


def test_a_branch_that_looks_like_a_hash_is_refused(archive: Path) -> None:
    """A branch named like the beginning of another commit's hash means two things."""
    first = git(archive, "rev-parse", "HEAD~1")
    git(archive, "branch", first[:10], "HEAD")
    with pytest.raises(GitError, match="and of the beginning of a hash"):
        resolve(archive, first[:10])
    assert resolve(archive, first) == first


@pytest.mark.parametrize("name", ["-x", "--output=stolen", "--all", "HEAD;ls", "HEAD\nHEAD", "", "a..b", "@{-1}"])
def test_a_name_like_an_option_is_never_one(archive: Path, name: str) -> None:
    """A branch that is named like an option can be made; it can only be named in full."""
    git(archive, "update-ref", "refs/heads/-x", "HEAD~1")
    git(archive, "update-ref", "refs/heads/--output=stolen", "HEAD~1")
    with pytest.raises(GitError):
        resolve(archive, name)
    assert not (archive / "stolen").exists()
    assert resolve(archive, "refs/heads/-x") == git(archive, "rev-parse", "HEAD~1")


def test_the_history_is_asked_for_a_full_hash_alone(archive: Path) -> None:
    """Whatever is not a full hash never reaches git."""
    for name in ("HEAD", "--output=stolen", "main", git(archive, "rev-parse", "HEAD")[:12]):
        with pytest.raises(GitError, match="is not the full hash of a commit"):
            history(archive, name)


def test_programs_named_in_attributes_are_not_run(archive: Path) -> None:
    """A repository may name programs that show its files; none of them runs."""
    (archive / ".gitattributes").write_text("*.md diff=evil\n", encoding="utf-8")
    _commit(archive, "Attributes")
    for key in ("diff.evil.textconv", "diff.external", "diff.evil.command", "core.pager", "log.showSignature"):
        git(archive, "config", key, "true" if key.startswith("log") else f"touch {archive}/stolen; cat")
    assert _subjects(archive)[0] == "Close it"
    assert not (archive / "stolen").exists()


def test_a_record_without_anything_is_empty() -> None:
    """The record of an archive with neither git nor a log has no root."""
    assert (Record().root, dict(Record().changes)) == ("", {})
