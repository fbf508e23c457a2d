"""Asking git, with fixed arguments. `verify` alone starts it, so that one file can be run by anyone.

A working tree without git is no error: it has no commit, and the site says so.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from ..errors import GitError
from .verify import NoAnswerError, NoGitError, object_name, repository, run_git, visible

_COMMIT = re.compile(r"^[0-9a-f]{40}([0-9a-f]{24})?$")
_REVISION = re.compile(r"^[A-Za-z0-9][A-Za-z0-9._/@{}^~=-]*$")
_PLAIN = ("100644", "100755")
"""The modes of plain files: neither links nor other repositories."""
_LINK = "120000"


@dataclass(frozen=True)
class Commit:
    """A commit that the archive's files are taken from."""

    hash: str
    """All of it, in hexadecimal."""
    seconds: int
    """When it was committed, in seconds since 1970."""
    clean: bool
    """Whether no followed file differs from it."""


def head(root: Path) -> Commit | None:
    """The commit that is checked out at `root`, or None where there is no git, no repository or no commit.

    GitError where there is a repository that git cannot read: whoever took that for none would say so on the site.
    """
    place = repository(root)
    if place is None:
        return None
    try:
        shown = run_git(root, ("log", "-1", "--no-show-signature", "--format=%H %ct", "HEAD", "--")).decode()
    except NoGitError:
        return None
    except NoAnswerError as error:
        if not _git(root, "for-each-ref", "--count=1", "--format=%(refname)"):
            return None
        raise GitError(_refused(error)) from error
    name, _, seconds = shown.strip().partition(" ")
    if not _COMMIT.match(name) or not seconds.isdigit():
        raise GitError("git's answer could not be understood")
    return Commit(name, int(seconds), _is_clean(root, place[0], name))


def _is_clean(root: Path, top: Path, commit: str) -> bool:
    """Whether the files of a commit are as they are in it, and no other is marked to be committed.

    They are hashed here, since git would run the programs that a repository may name for its files (filters).
    """
    if _git(root, "diff-index", "--cached", "--name-only", commit, "--"):
        return False
    listed = _git(root, "ls-tree", "-r", "-z", "--full-tree", commit)
    rows = (row.partition("\t") for row in listed.split("\0")[:-1])
    return all(_is_as_committed(top / path, *meta.split(" ")) for meta, _, path in rows)


def _is_as_committed(file: Path, mode: str, kind: str, name: str) -> bool:
    """Whether a file has the bytes of its object; a text may have other line ends, as git gives them on Windows."""
    if kind != "blob":
        return True  # another repository, which is no part of this one
    try:
        if mode == _LINK:
            return object_name(kind, os.fsencode(file.readlink()), len(name)) == name
        if file.is_symlink() or not file.is_file():
            return False
        content = file.read_bytes()
    except OSError:
        return False
    return name in {object_name(kind, each, len(name)) for each in (content, content.replace(b"\r\n", b"\n"))}


def resolve(root: Path, revision: str) -> str:
    """The full hash of the commit that a revision names; GitError where it names none, or more than one."""
    if repository(root) is None:
        raise GitError(f"{root} is not in a git repository, so nothing can be compared with `{revision}`")
    _git(root, "rev-parse", "--git-dir")
    if not _REVISION.match(revision):
        raise GitError(f"`{revision}` is not a revision: give a commit, a branch or a tag")
    name = re.split(r"[~^]|@\{", revision, maxsplit=1)[0]
    start, rest = _named(root, name), revision[len(name) :]
    try:
        found = _git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{start}{rest}^{{commit}}").strip()
    except GitError as error:
        raise GitError(f"there is no commit `{revision}` here: fetch it, or correct its name") from error
    if not _COMMIT.match(found):
        raise GitError(f"`{revision}` does not name one commit: give its full hash")
    return found


def _named(root: Path, name: str) -> str:
    """The one full name of a reference; the name itself where it is a full one, a hash or HEAD. Git would guess."""
    if name in ("", "HEAD", "@") or _COMMIT.match(name) or name.startswith("refs/"):
        return name
    tried = (f"refs/heads/{name}", f"refs/tags/{name}", f"refs/remotes/{name}")
    listed = _git(root, "for-each-ref", "--format=%(refname)", *tried).split()
    found = [reference for reference in listed if reference in tried]
    if len(found) > 1 or (found and _is_commit(root, name)):
        others = " and ".join(found) + (" and of the beginning of a hash" if len(found) == 1 else "")
        raise GitError(f"`{name}` is the name of {others}: write the one you mean in full")
    return found[0] if found else name


def _is_commit(root: Path, name: str) -> bool:
    """Whether a name is also the beginning of a commit's hash."""
    if not re.fullmatch(r"[0-9a-f]{4,63}", name):
        return False
    try:
        return bool(_git(root, "rev-parse", f"--disambiguate={name}").split())
    except GitError:
        return False


def files_at(root: Path, commit: str, folders: tuple[str, ...]) -> dict[str, bytes]:
    """The plain files of some folders below `root` as a commit holds them, by path; `commit` is a full hash."""
    return _blobs(root, contents_at(root, commit, folders))


def contents_at(root: Path, commit: str, folders: tuple[str, ...]) -> dict[str, str]:
    """The same with the hash of each file's content, as git counts it, in place of the content."""
    listing = _git(root, "ls-tree", "-r", "-z", commit, "--", *folders)
    wanted: dict[str, str] = {}
    for entry in filter(None, listing.split("\0")):
        meta, _, path = entry.partition("\t")
        mode, kind, blob = meta.split()[:3]
        if kind == "blob" and mode in _PLAIN:
            wanted[path] = blob
    return wanted


def _blobs(root: Path, wanted: dict[str, str]) -> dict[str, bytes]:
    asked = "".join(f"{blob}\n" for blob in wanted.values()).encode()
    answer = _run(root, ("cat-file", "--batch"), asked)
    found: dict[str, bytes] = {}
    place = 0
    for path in wanted:
        end = answer.index(b"\n", place)
        size = int(answer[place:end].split()[-1])
        found[path] = answer[end + 1 : end + 1 + size]
        place = end + 1 + size + 1
    return found


def _git(root: Path, *arguments: str) -> str:
    return _run(root, arguments, b"").decode("utf-8", errors="surrogateescape")


def _run(root: Path, arguments: tuple[str, ...], given: bytes) -> bytes:
    """Run git; what it says on failure becomes the error's words."""
    try:
        return run_git(root, arguments, given)
    except NoAnswerError as error:
        raise GitError(_refused(error)) from error


def _refused(error: NoAnswerError) -> str:
    """Git's own words, in one line."""
    return " ".join(str(error).split())


@dataclass(frozen=True)
class Change:
    """A commit that changed a file: what provenance is made of."""

    hash: str
    day: str
    """When its author made it, as the author's computer said: 2006-04-01T12:00:00+01:00."""
    author: str
    subject: str
    place: int
    """Its place in the history as git walks it, the newest 0."""

    @property
    def on(self) -> date:
        """The day alone."""
        return date.fromisoformat(self.day[:10])


class Touched(NamedTuple):
    """A file that a commit changed, with git's own line about it."""

    change: Change
    raw: str

    @property
    def before(self) -> tuple[str, ...]:
        """The hash of its content in each parent; "" where it was not there, or no plain file."""
        return self._contents[:-1]

    @property
    def after(self) -> str:
        """The hash of its content in the commit; "" where it is not there, or no plain file."""
        return self._contents[-1]

    @property
    def _contents(self) -> tuple[str, ...]:
        parents = len(self.raw) - len(self.raw.lstrip(":"))
        words = self.raw[parents:].split(" ")
        modes, contents = words[: parents + 1], words[parents + 1 : 2 * parents + 2]
        return tuple(c if mode in _PLAIN else "" for mode, c in zip(modes, contents, strict=True))


def history(root: Path, commit: str) -> Mapping[str, tuple[Change, ...]]:
    """The commits that changed each file of the archive up to a commit, the newest first.

    Files go by their place below `plans/` or `archive/`, so that one which was closed keeps its history. Asked once
    for the whole archive, and once for each commit.
    """
    return _history(root.resolve(), commit)[0]


def touched(root: Path, commit: str) -> Mapping[str, tuple[Touched, ...]]:
    """The same with what each of the commits did: one that moved a file stands there twice."""
    return _history(root.resolve(), commit)[1]


@lru_cache(maxsize=4)
def _history(root: Path, commit: str) -> tuple[Mapping[str, tuple[Change, ...]], Mapping[str, tuple[Touched, ...]]]:
    if not _COMMIT.match(commit):
        raise GitError(f"`{commit}` is not the full hash of a commit")
    # A merge tells of the files that are as in none of its parents: what was put in while merging.
    asked = ("log", "-z", "--raw", "--no-abbrev", "-c", "--root", "--no-renames", "--relative", "--date-order")
    shown = ("--no-ext-diff", "--no-textconv", "--no-show-signature", "--no-color", "--no-decorate", "--no-notes")
    fields = f"--format={_FIELDS}"
    answer = _run(root, (*asked, *shown, fields, "--end-of-options", commit, "--", "plans", "archive"), b"")
    changes: dict[str, list[Change]] = {}
    rows: dict[str, list[Touched]] = {}
    for change, files in _changes(answer.decode("utf-8", errors="replace").split("\0")):
        for raw, name in files:
            place = name.partition("/")[2]
            held = changes.setdefault(place, [])
            if not held or held[-1] is not change:
                held.append(change)
            rows.setdefault(place, []).append(Touched(change, raw))
    return {place: tuple(held) for place, held in changes.items()}, {place: tuple(r) for place, r in rows.items()}


_FIELDS = "%x00%H%x00%aI%x00%an%x00%s%x00"
"""No commit's words and no path can hold a NUL, so nothing that somebody wrote can look like another commit."""


def _changes(parts: list[str]) -> Iterator[tuple[Change, list[tuple[str, str]]]]:
    """Commits with the files that they changed, from what git parts by NULs: nothing, four fields, nothing, files."""
    place = count = 0
    while place + 5 < len(parts):
        mark, name, day, author, subject, end = parts[place : place + 6]
        if mark or end or not _COMMIT.match(name):
            raise GitError("git's history could not be understood")
        place += 6
        if parts[place : place + 1] == [""] and parts[place + 1 : place + 2] and parts[place + 1].startswith("::"):
            place += 1  # a merge's files stand after one more NUL
        files = []
        while place + 1 < len(parts) and parts[place]:
            files.append((parts[place].removeprefix("\n"), parts[place + 1]))
            place += 2
        yield Change(name, day, visible(author), visible(subject), count), files
        count += 1
