"""Asking git, with fixed arguments: the only module that runs it.

A working tree without git is no error: it has no commit, and the site says so.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from ..errors import GitError
from .verify import visible

_COMMIT = re.compile(r"^[0-9a-f]{40}([0-9a-f]{24})?$")
_REVISION = re.compile(r"^[A-Za-z0-9][A-Za-z0-9._/@{}^~-]*$")


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
    """The commit that is checked out at `root`, or None where there is no git, no repository or no commit."""
    try:
        shown = _git(root, "show", "--no-patch", "--no-show-signature", "--format=%H %ct", "HEAD")
        changed = _git(root, "status", "--porcelain", "--untracked-files=no")
    except GitError:
        return None
    name, _, seconds = shown.strip().partition(" ")
    if not _COMMIT.match(name) or not seconds.isdigit():
        return None
    return Commit(name, int(seconds), not changed.strip())


def resolve(root: Path, revision: str) -> str:
    """The full hash of the commit that a revision names; GitError where it names none, or more than one."""
    try:
        _git(root, "rev-parse", "--git-dir")
    except GitError as error:
        raise GitError(f"{root} is not in a git repository, so nothing can be compared with `{revision}`") from error
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
    listing = _git(root, "ls-tree", "-r", "-z", commit, "--", *folders)
    wanted: dict[str, str] = {}
    for entry in filter(None, listing.split("\0")):
        meta, _, path = entry.partition("\t")
        mode, kind, blob = meta.split()[:3]
        if kind == "blob" and mode in ("100644", "100755"):
            wanted[path] = blob
    return _blobs(root, wanted)


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
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    environment = {
        **kept,
        "GIT_NO_REPLACE_OBJECTS": "1",
        "GIT_GRAFT_FILE": os.devnull,
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_PAGER": "cat",
        "LC_ALL": "C",
    }
    command = ("git", "-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "--literal-pathspecs", *arguments)
    try:
        done = subprocess.run(command, cwd=root, input=given, capture_output=True, env=environment, check=False)  # noqa: S603
    except OSError as error:
        raise GitError(f"git cannot be run ({error.strerror}): install it") from error
    if done.returncode != 0:
        raise GitError(done.stderr.decode(errors="replace").strip() or "git failed")
    return done.stdout


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


def history(root: Path, commit: str) -> Mapping[str, tuple[Change, ...]]:
    """The commits that changed each file of the archive up to a commit, the newest first.

    Files go by their place below `plans/` or `archive/`, so that one which was closed keeps its history. Asked once
    for the whole archive, and once for each commit.
    """
    return _history(root.resolve(), commit)


@lru_cache(maxsize=4)
def _history(root: Path, commit: str) -> Mapping[str, tuple[Change, ...]]:
    if not _COMMIT.match(commit):
        raise GitError(f"`{commit}` is not the full hash of a commit")
    asked = ("log", "-z", "--name-only", "--no-renames", "--relative", "--no-ext-diff", "--no-textconv")
    shown = ("--no-show-signature", "--no-color", "--no-decorate", "--no-notes", f"--format={_FIELDS}")
    answer = _run(root, (*asked, *shown, "--end-of-options", commit, "--", "plans", "archive"), b"")
    found: dict[str, list[Change]] = {}
    for change, names in _changes(answer.decode("utf-8", errors="replace").split("\0")):
        for place in dict.fromkeys(name.partition("/")[2] for name in names):
            found.setdefault(place, []).append(change)
    return {place: tuple(changes) for place, changes in found.items()}


_FIELDS = "%x00%H%x00%aI%x00%an%x00%s%x00"
"""No commit's words and no path can hold a NUL, so nothing that somebody wrote can look like another commit."""


def _changes(parts: list[str]) -> Iterator[tuple[Change, list[str]]]:
    """Commits with the files that they changed, from what git parts by NULs: nothing, four fields, nothing, names."""
    place = count = 0
    while place + 5 < len(parts):
        mark, name, day, author, subject, end = parts[place : place + 6]
        if mark or end or not _COMMIT.match(name):
            raise GitError("git's history could not be understood")
        place += 6
        first = place
        while place < len(parts) and parts[place]:
            place += 1
        names = [parts[first].removeprefix("\n"), *parts[first + 1 : place]] if place > first else []
        yield Change(name, day, visible(author), visible(subject), count), names
        count += 1
