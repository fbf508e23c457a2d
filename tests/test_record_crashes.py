"""A command that is killed anywhere leaves the archive as before or as after, and `verify` says which."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from archives import COMMAND, bytes_below, copy_tiny, edit, environment, git, start
from plan_archive.record import verify
from plan_archive.record.writing import locked
from sealed import LOG, SEALS, found, ran, sealed_tiny, verified

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
    "sign": ("publish", "alpha@2007", "--why", "A word was wrong.", "--sign", "../key", "--signer", "clerk@a.example"),
}


def _prepared(opened: Path, folder: Path, name: str) -> Path:
    """A copy of the archive, ready for the command."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(opened, folder)
    if name == "sign":
        public = (folder.parent / "key.pub").read_text(encoding="utf-8")
        (folder / "archive/allowed_signers").write_text(f"clerk@a.example {public}", encoding="utf-8", newline="\n")
    if name == "redact":
        edit(folder / "plans/alpha/2006.md", "Every child", "Each child")
    if name == "open the log":
        for file in ("log.jsonl", "seals.sha256"):
            (folder / "archive" / file).unlink()
    return folder


def _key(folder: Path) -> Path:
    """A key to sign with."""
    made = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "clerk", "-f", str(folder / "key")]
    subprocess.run(made, check=True, capture_output=True)
    return folder / "key"


@pytest.mark.parametrize("name", COMMANDS)
def test_a_killed_command_leaves_the_archive_as_before_or_as_after(
    opened: Path, tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At every write: the log is the old or the new one, verify says which, and the same command finishes it."""
    key = _key(tmp_path)
    command = tuple(str(key) if word == "../key" else word for word in COMMANDS[name])
    (tmp_path / "scratch").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "scratch"))  # what a killed command leaves lying there
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


def _two_plans(opened: Path, folder: Path) -> Path:
    """A sealed archive in which the facts of two plans changed and wait to be written into the log."""
    _prepared(opened, folder, "publish")
    (folder / "plans/alpha/2007.v2.md").unlink()
    edit(folder / "plans/alpha/plan.yml", "abbreviation: AP", "abbreviation: ALP")
    edit(folder / "archive/beta/plan.yml", "abbreviation: BP", "abbreviation: BEP")
    return folder


BUSY = "error: another command is writing to this archive's log: wait until it ends, then run yours again\n"


def test_a_second_publish_is_refused_while_a_first_is_at_work(opened: Path, tmp_path: Path) -> None:
    """Two real processes: the first is held in the midst of its work, the second says why it does nothing."""
    folder, key = _two_plans(opened, tmp_path / "archive"), _key(tmp_path)
    tools = tmp_path / "tools"
    tools.mkdir()
    slow = f"touch {tmp_path}/begun; while [ ! -e {tmp_path}/go ]; do sleep 0.05; done"
    stand_in = tools / "ssh-keygen"
    stand_in.write_text(f'#!/bin/sh\n{slow}\nexec {shutil.which("ssh-keygen")} "$@"\n', encoding="utf-8")
    stand_in.chmod(0o755)
    signed = ("--sign", str(key), "--signer", "clerk@a.example")
    before = bytes_below(folder)
    first = start(folder, "publish", "alpha", "--why", "First.", *signed, PATH=f"{tools}:{os.environ['PATH']}")
    try:
        while not (tmp_path / "begun").exists():
            assert first.poll() is None, first.communicate()[0]
            time.sleep(0.05)
        for command in (("publish", "beta"), ("publish", "--all"), ("close", "beta@2004"), ("redact", "alpha@2006")):
            more = ("--why", "Second.", *(("--authority", "A law") if command[0] == "redact" else ()))
            done = subprocess.run(
                [COMMAND, *command, *more], cwd=folder, env=environment(), capture_output=True, text=True, check=False
            )
            assert (done.returncode, done.stdout, done.stderr) == (1, "", BUSY)
        assert bytes_below(folder) == before
    finally:
        (tmp_path / "go").touch()
        said, _ = first.communicate(timeout=60)
    assert first.returncode == 0, said
    assert ran(folder, "publish", "beta", "--why", "Second.")[0] == 0
    assert _reasons(folder, before) == ["First.", "Second."]


def test_many_at_once_lose_nothing(opened: Path, tmp_path: Path) -> None:
    """Six real processes over two plans, begun together: each writes or is refused, and nothing is lost or doubled."""
    folder = _two_plans(opened, tmp_path / "archive")
    before = bytes_below(folder)
    running = [start(folder, "publish", plan, "--why", f"Of {plan}.") for plan in ("alpha", "beta") * 3]
    for each in running:
        said, _ = each.communicate(timeout=120)
        done = (each.returncode, said.splitlines()[-1].partition(":")[0])
        nothing = (0, "Nothing to write")
        assert done in ((0, "archive root"), nothing) or (each.returncode, said) == (1, BUSY), said
        assert [str(f) for f in verify.verify(folder).findings if f.kind == "altered"] == []
    for plan in ("alpha", "beta"):
        assert ran(folder, "publish", plan, "--why", f"Of {plan}.")[0] == 0
    assert sorted(_reasons(folder, before)) == ["Of alpha.", "Of beta."]


def _reasons(folder: Path, before: dict[str, bytes]) -> list[str]:
    """The reasons of what was written into the log since; the archive fits together, and nothing else changed."""
    after = bytes_below(folder)
    changed = {name for name in {*before, *after} if before.get(name) != after.get(name)}
    assert {name for name in changed if not name.endswith(".sig")} == {LOG, SEALS}
    assert after[LOG].startswith(before[LOG])
    assert [line for line in found(folder)[1] if line.startswith("altered")] == []
    return [json.loads(line)["why"] for line in after[LOG][len(before[LOG]) :].splitlines()]


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
