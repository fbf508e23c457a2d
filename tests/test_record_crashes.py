"""A command that is killed anywhere leaves the archive as before or as after, and `verify` says which."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from archives import COMMAND, bytes_below, copy_tiny, edit, environment, git
from plan_archive.record import verify
from plan_archive.record.writing import locked
from sealed import LOG, found, ran, sealed_tiny, verified

WRITING = ("open", "write", "fsync", "replace", "unlink", "mkdir", "rmdir")
"""Every call by which a command changes what is on disk, or asks for it to be there."""
UNFINISHED = "archive/.unfinished.json"
STOPPED = (
    f"incomplete: {UNFINISHED}: a command was stopped before its end; the archive counts as after it, and the next"
)

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there is no fork on Windows")


def _killed_at(point: int, folder: Path, arguments: tuple[str, ...]) -> bool:
    """Run a command in a process of its own and kill it at one call; whether the call was reached."""
    child = os.fork()
    if child == 0:
        _arm(point)
        code, _, _ = ran(folder, *arguments)
        os._exit(code)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        assert os.WTERMSIG(status) == signal.SIGKILL
        return True
    assert os.WEXITSTATUS(status) == 0
    return False


def _arm(point: int) -> None:
    """Let the process die at its n-th call that writes; half of what was to be written is written."""
    calls = iter(range(1_000_000))

    def dying(name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*given: Any, **named: Any) -> Any:
            if name == "open" and not given[1] & os.O_CREAT:
                return real(*given, **named)
            if next(calls) == point:
                if name == "write":
                    real(given[0], given[1][: len(given[1]) // 2])
                os.kill(os.getpid(), signal.SIGKILL)
            return real(*given, **named)

        return call

    for name in WRITING:
        setattr(os, name, dying(name, getattr(os, name)))


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive whose ended editions still lie in plans/, sealed; not to be written to."""
    folder = copy_tiny(tmp_path_factory.mktemp("crashes") / "archive")
    shutil.move(folder / "archive/alpha/2006.md", folder / "plans/alpha/2006.md")
    (folder / "plans/beta").mkdir()
    shutil.move(folder / "archive/beta/2004", folder / "plans/beta/2004")
    attached = folder / "plans/beta/attachments/2004"
    attached.mkdir(parents=True)
    (attached / "map.csv").write_text("place,children\n", encoding="utf-8", newline="\n")
    git(folder, "init", "--quiet", "--initial-branch=main")
    code, _, err = ran(folder, "publish", "--all", "--why", "The log was opened.")
    assert code == 0, err
    first = folder / "plans/alpha/2007.md"
    second = first.with_name("2007.v2.md")
    second.write_text(first.read_text(encoding="utf-8"), encoding="utf-8", newline="\n")
    edit(second, "owner: Director", 'corrects: v1\nreason: "A word was wrong."\nowner: Director')
    edit(second, "published: 2007-03-30", "published: 2007-05-04")
    edit(second, "one working day", "two working days")
    return folder


COMMANDS = {
    "publish": ("publish", "alpha@2007", "--why", "A word was wrong.", "--by", "Plans officer"),
    "close": ("close", "beta@2004"),
    "redact": ("redact", "alpha@2006", "--why", "A name was taken out.", "--authority", "Data protection law"),
    "open the log": ("publish", "--all", "--why", "The log was opened."),
}


def _prepared(opened: Path, folder: Path, name: str) -> Path:
    """A copy of the archive, ready for the command."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(opened, folder)
    if name == "redact":
        edit(folder / "plans/alpha/2006.md", "Every child", "Each child")
    if name == "open the log":
        for file in ("log.jsonl", "seals.sha256"):
            (folder / "archive" / file).unlink()
    return folder


@pytest.mark.parametrize("name", COMMANDS)
def test_a_killed_command_leaves_the_archive_as_before_or_as_after(opened: Path, tmp_path: Path, name: str) -> None:
    """At every write: the log is the old or the new one, verify says which, and the same command finishes it."""
    command = COMMANDS[name]
    before = _prepared(opened, tmp_path / "before", name)
    after = _prepared(opened, tmp_path / "after", name)
    code, _, err = ran(after, *command)
    assert code == 0, err
    old, new = verify.verify(before), verify.verify(after)
    assert new.verdict in ("intact", "incomplete")
    end = {path: content for path, content in bytes_below(after).items() if not path.startswith(".git/")}
    logs = {_log(before), _log(after)}
    seen = set()
    for point in range(200):
        folder = _prepared(opened, tmp_path / "killed", name)
        if not _killed_at(point, folder, command):
            break
        assert _log(folder) in logs
        told = verify.verify(folder)
        state = "before" if (told.root, told.entries) == (old.root, old.entries) else "after"
        stopped = [str(finding) for finding in told.findings if finding.where == UNFINISHED]
        if state == "before":
            assert stopped == []
            assert set(map(str, told.findings)) == set(map(str, old.findings))
        else:
            assert (told.root, told.entries) == (new.root, new.entries)
            assert [finding for finding in told.findings if finding.kind == "altered"] == []
            assert not stopped or stopped[0].startswith(STOPPED)
        seen.add((state, bool(stopped)))
        assert found(folder)[0] == told.code
        if stopped:
            assert ran(folder, "check")[0] == 0
        code, _, err = ran(folder, *command)
        assert code == 0 or (name == "redact" and "nothing of" in err), err
        done = {path: content for path, content in bytes_below(folder).items() if not path.startswith(".git/")}
        assert done == end
    else:
        pytest.fail("the command never came to its end")
    assert seen == {("before", False), ("after", True), ("after", False)}


def _log(folder: Path) -> bytes | None:
    return (folder / LOG).read_bytes() if (folder / LOG).is_file() else None


def test_two_commands_at_once_do_not_both_write(opened: Path, tmp_path: Path) -> None:
    """While one command writes, another is refused and writes nothing; a dead one's lock is gone with it."""
    folder = _prepared(opened, tmp_path / "archive", "publish")
    before = bytes_below(folder)
    with locked(folder):
        done = subprocess.run(
            [COMMAND, *COMMANDS["publish"]], cwd=folder, env=environment(), capture_output=True, text=True, check=False
        )
    assert done.returncode == 1
    assert done.stderr.startswith("error: another command is writing to this archive's log")
    assert bytes_below(folder) == before
    assert ran(folder, *COMMANDS["publish"])[0] == 0


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{}",
        b'{"before": "x", "after": "y", "lines": "z", "moves": {"plans/alpha/2007.md": "../out.md"}, "signature": []}',
    ],
)
def test_a_planted_leftover_is_altered_and_never_followed(tmp_path: Path, content: bytes) -> None:
    """What does not fit the log is no leftover: verify calls it altered, and no command does what it says."""
    folder = sealed_tiny(tmp_path / "archive")
    (folder / UNFINISHED).write_bytes(content)
    code, lines = verified(folder)
    assert code == 3
    what = "this is not what a stopped command leaves, or it does not fit the log"
    assert lines[0] == f"altered: {UNFINISHED}: {what}"
    before = bytes_below(tmp_path)
    assert ran(folder, "publish", "alpha", "--why", "More.")[0] == 1
    assert bytes_below(tmp_path) == before
