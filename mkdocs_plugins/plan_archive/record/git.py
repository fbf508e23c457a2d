"""Asking git, with fixed arguments: the only module that runs it.

A working tree without git is no error: it has no commit, and the site says so.
"""

from __future__ import annotations

import os
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

from ..errors import GitError

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
    """The full hash of the commit that a revision names; GitError where it names none."""
    try:
        _git(root, "rev-parse", "--git-dir")
    except GitError as error:
        raise GitError(f"{root} is not in a git repository, so nothing can be compared with `{revision}`") from error
    if not _REVISION.match(revision):
        raise GitError(f"`{revision}` is not a revision: give a commit, a branch or a tag")
    try:
        found = _git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", revision + "^{commit}").strip()
    except GitError as error:
        raise GitError(f"there is no commit `{revision}` here: fetch it, or correct its name") from error
    if not _COMMIT.match(found):
        raise GitError(f"`{revision}` does not name one commit: give its full hash")
    return found


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
