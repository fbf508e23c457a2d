"""Writing the log and the seals, so that a command which is stopped anywhere leaves the archive as before or as after.

What is to be done is first written down whole, in `archive/.unfinished.json`, and put in place by one renaming. From
that moment it counts as done: whoever reads the archive reads it so, and the next command finishes what is left.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from ..errors import PlanArchiveError
from .verify import LOG, SEALS, UNFINISHED, UnreadError, Verdict, read_held, seals_text, sha256

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_BUSY = "another command is writing to this archive's log: wait until it ends, then run yours again"


@contextmanager
def locked(root: Path) -> Iterator[None]:
    """Keep others from writing while one writes; a lock ends with whoever holds it, killed or not."""
    if not (root / "plans").is_dir():
        raise PlanArchiveError(f"{root} holds no archive: run it in the archive's folder, or -C FOLDER")
    folder = root / "archive"
    _refuse_links(root, ["archive"])
    made = not folder.is_dir()
    folder.mkdir(exist_ok=True)
    handle = _lock(folder)
    try:
        yield
    finally:
        os.close(handle)
        if made:
            with suppress(OSError):  # something was written
                folder.rmdir()


if sys.platform == "win32":

    def _lock(folder: Path) -> int:
        handle = os.open(folder / ".lock", os.O_RDWR | os.O_CREAT)
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError as error:
            os.close(handle)
            raise PlanArchiveError(_BUSY) from error
        return handle

else:

    def _lock(folder: Path) -> int:
        handle = os.open(folder, os.O_RDONLY)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            os.close(handle)
            raise PlanArchiveError(_BUSY) from error
        return handle


def write(
    root: Path,
    before: bytes,
    lines: bytes,
    moves: Mapping[str, str] | None = None,
    signature: tuple[str, str] | None = None,
) -> None:
    """Add lines to a log, and bring seals and files to what they say; `signature` is a file's name and its text."""
    left = {
        "schema": "plan-archive/unfinished/1",
        "before": sha256(before),
        "after": sha256(before + lines),
        "lines": lines.decode(),
        "moves": dict(moves or {}),
        "signature": list(signature or ()),
    }
    _put(root / UNFINISHED, json.dumps(left, ensure_ascii=False, indent=1).encode() + b"\n")
    finish(root)


def finish(root: Path) -> bool:
    """Do what a stopped command left undone; whether there was anything."""
    file = root / UNFINISHED
    if not file.is_file():
        return False
    found = Verdict("repository")
    try:
        held = read_held(root, found)
    except UnreadError as error:
        raise PlanArchiveError(f"{error.file}: {error}") from error
    altered = [finding for finding in found.findings if finding.kind == "altered"]
    if held is None or altered:
        raise PlanArchiveError(f"{UNFINISHED} does not fit the archive: see plan-archive verify")
    left: dict[str, Any] = json.loads(file.read_bytes())
    _refuse_links(root, [UNFINISHED, LOG, SEALS, *left["signature"][:1], *left["moves"], *left["moves"].values()])
    _refuse_other_files(root, left["moves"], held.seals)
    if left["signature"]:
        name, text = left["signature"]
        _put(root / name, text.encode())
    for old, new in left["moves"].items():
        _move(root, old, new)
    _put(root / LOG, held.log)
    _put(root / SEALS, seals_text(held.seals, sha256(held.log)).encode())
    os.unlink(file)  # noqa: PTH108  one call that a test can stop
    _settle(file.parent)
    return True


def _refuse_links(root: Path, names: Iterable[str]) -> None:
    """Nothing is written or moved through a link, which somebody may have put there."""
    for name in names:
        if (root / name).resolve() != root.resolve() / name:
            raise PlanArchiveError(
                f"{name} is a link, or lies below one, and is not written to: put the file itself there"
            )


def _refuse_other_files(root: Path, moves: Mapping[str, str], seals: Mapping[str, str]) -> None:
    """What is to be moved is the sealed file, and lies in one of the two places alone."""
    for old, new in moves.items():
        there = [root / name for name in (old, new) if os.path.lexists(root / name)]
        if len(there) != 1 or not there[0].is_file() or sha256(there[0].read_bytes()) != seals[new]:
            raise PlanArchiveError(f"{old} cannot be moved to {new}: see plan-archive verify")


def _put(file: Path, content: bytes) -> None:
    """Put bytes in a file's place: whoever reads it meets the old ones or the new, whole."""
    fresh = file.with_name(f".{file.name.lstrip('.')}.new")
    with suppress(FileNotFoundError):
        os.unlink(fresh)  # noqa: PTH108  what a stopped command left, or a link that somebody put there
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644)
    try:
        rest = content
        while rest:
            rest = rest[os.write(handle, rest) :]
        os.fsync(handle)
    finally:
        os.close(handle)
    os.replace(fresh, file)  # noqa: PTH105  the same
    _settle(file.parent)


def _move(root: Path, old: str, new: str) -> None:
    """Move a file that has not been moved yet, and leave no empty folder behind."""
    here, there = root / old, root / new
    if not here.exists():
        return
    there.parent.mkdir(parents=True, exist_ok=True)
    os.replace(here, there)  # noqa: PTH105  the same
    _settle(there.parent)
    for folder in here.parents:
        if folder in (root, root / "plans"):
            break
        with suppress(OSError):
            folder.rmdir()


def _settle(folder: Path) -> None:
    """Have a folder's names on disk, where the system can be asked for that."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
