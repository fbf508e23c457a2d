"""What cannot be read or shown is told: no verdict of `intact`, no traceback, and no wait without an end."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tracemalloc
from pathlib import Path
from typing import Any

import pytest

from archives import environment, plan_archive
from plan_archive import PlanArchiveError
from plan_archive.record import record_problems, refuse_altered, verify
from plan_archive.record.entries import read_log
from sealed import LOG, MISSING_TEXT, SEALS, VERIFIER, entries_of, found, ran, rewrite

TEXT = "archive/alpha/2006.md"
WHY = "it cannot be read (Permission denied)"


def _told(archive: Path) -> list[str]:
    return [str(finding) for finding in verify.verify(archive).findings]


@pytest.mark.skipif(os.name == "nt", reason="pipes and devices")
@pytest.mark.parametrize("kind", ["a pipe", "a device"])
def test_a_pipe_or_a_device_is_never_opened(archive: Path, kind: str) -> None:
    """They have no end: a sealed text is missing, facts are not as they were, a log is gone, and a draft is none."""

    def put(name: str) -> None:
        (archive / name).unlink(missing_ok=True)
        if kind == "a pipe":
            os.mkfifo(archive / name)
        else:
            (archive / name).symlink_to("/dev/zero")

    for name in (TEXT, "plans/alpha/plan.yml", "plans/alpha/2009.md"):
        put(name)
    told = _told(archive)
    assert f"altered: {TEXT}: {MISSING_TEXT}" in told
    assert [line.split(": ")[:2] for line in told[1:]] == [
        ["incomplete", "plans/alpha/2009.md"],
        ["incomplete", "plans/alpha/plan.yml"],
    ]
    put(LOG)
    assert _told(archive)[0] == (
        f"altered: {LOG}: the file is missing or empty, though the other of log and seals is there"
    )


def test_a_file_is_hashed_in_pieces(tmp_path: Path) -> None:
    """However large it is, little of it is in memory."""
    file = tmp_path / "large"
    with file.open("wb") as made:
        made.truncate(48 << 20)
    tracemalloc.start()
    try:
        digest = verify._digest(file)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert digest == verify.sha256(bytes(48 << 20))
    assert most < 8 << 20


def test_a_log_that_is_too_large_is_not_read(archive: Path) -> None:
    """What must be read whole has a limit."""
    with (archive / LOG).open("r+b") as made:
        made.truncate((256 << 20) + 1)
    assert _told(archive) == [f"incomplete: {LOG}: it cannot be read (it is too large)"]
    (problem,) = record_problems(archive)
    assert (problem.file, problem.level) == (LOG, "error")


def test_deep_folders_end_nothing(archive: Path) -> None:
    """Folders within folders take no more room than others."""
    deep = archive / "plans" / "/".join(["d"] * 400)
    deep.mkdir(parents=True)
    script = f"import sys; sys.path.insert(0, {str(VERIFIER.parent)!r}); import verify; sys.setrecursionlimit(120)"
    done = subprocess.run(
        [sys.executable, "-c", f"{script}; found = verify.verify(verify.Path({str(archive)!r})); print(found.verdict)"],
        env=environment(), capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout, done.stderr) == (0, "intact\n", "")


def _refusing(monkeypatch: pytest.MonkeyPatch, name: str, refused: Path) -> None:
    """Have one call of the system refuse one place, as for a user who may not read it."""
    real = getattr(os, name)

    def call(place: Any, *given: Any, **named: Any) -> Any:
        if isinstance(place, (str, Path)) and Path(place) == refused:
            raise PermissionError(13, "Permission denied", str(place))
        return real(place, *given, **named)

    monkeypatch.setattr(os, name, call)


@pytest.mark.parametrize(
    ("name", "told"),
    [
        (TEXT, f"incomplete: {TEXT}: the text is sealed, and {WHY}"),
        ("plans/alpha/plan.yml", f"incomplete: plans/alpha/plan.yml: {WHY}"),
        (LOG, f"incomplete: {LOG}: {WHY}"),
        (SEALS, f"incomplete: {SEALS}: {WHY}"),
    ],
)
def test_a_file_that_cannot_be_read_is_not_missing(
    archive: Path, monkeypatch: pytest.MonkeyPatch, name: str, told: str
) -> None:
    """It may be as it was sealed, or not: nobody can say."""
    _refusing(monkeypatch, "stat", archive / name)
    assert (verify.verify(archive).code, _told(archive)) == (4, [told])


def test_a_folder_that_cannot_be_read_is_told(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What lies in it is not known, so nothing is called whole."""
    _refusing(monkeypatch, "scandir", archive / "archive/alpha")
    assert _told(archive) == ["incomplete: archive/alpha: the folder cannot be read (Permission denied)"]
    with pytest.raises(verify.UnreadError):
        verify.stated_files(archive)


@pytest.mark.parametrize("name", [LOG, SEALS])
def test_a_log_that_cannot_be_read_is_not_taken_for_none(
    archive: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """Nothing is built or written as if the archive had no log."""
    _refusing(monkeypatch, "stat", archive / name)
    (problem,) = record_problems(archive)
    assert (problem.file, problem.what, problem.level) == (name, WHY, "error")
    for asked in (read_log, refuse_altered):
        with pytest.raises(PlanArchiveError, match="cannot be read"):
            asked(archive)


def test_a_file_of_a_site_that_cannot_be_read_is_incomplete(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither missing nor altered."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data/catalogue.json").write_text('{"plans": []}', encoding="utf-8")
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep/page.html").write_text("x", encoding="utf-8")
    digests = {
        name: verify.sha256((tmp_path / name).read_bytes()) for name in ("data/catalogue.json", "deep/page.html")
    }
    made = {"schema": verify.MANIFEST_SCHEMA, "kind": "site", "archive_root": None, "files": digests}
    (tmp_path / "manifest.json").write_text(verify.manifest_text(made), encoding="utf-8", newline="\n")
    told = "incomplete: archive/log.jsonl: there is no publication log yet: nothing is sealed"
    assert _told(tmp_path) == [told]
    with monkeypatch.context() as patched:
        _refusing(patched, "stat", tmp_path / "deep/page.html")
        assert _told(tmp_path) == [f"incomplete: deep/page.html: {WHY}", told]
    for name, place in (("deep", tmp_path / "deep"), (".", tmp_path)):
        with monkeypatch.context() as patched:
            _refusing(patched, "scandir", place)
            assert _told(tmp_path) == [f"incomplete: {name}: the folder cannot be read (Permission denied)", told]


def test_whatever_else_goes_wrong_is_incomplete(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No fault of the program's own is shown as a traceback, or taken for a verdict."""
    monkeypatch.setattr(verify, "history_findings", lambda _: 1 / 0)
    told = "the check did not come to its end (ZeroDivisionError: division by zero)"
    assert _told(archive) == [f"incomplete: .: {told}"]


@pytest.mark.parametrize("why", ["\ud800", "a\x00b"])
def test_words_that_nobody_can_write_are_shown_marked(archive: Path, why: str) -> None:
    """Half a character or a NUL in a log ends no check, and no archive is published with it."""
    entries = entries_of(archive)
    entries[-1]["why"] = why
    rewrite(archive, entries)
    assert found(archive, "--format", "json")[0] == 0
    code, out, _ = ran(archive, "check")
    assert code in {0, 1}
    assert "Traceback" not in out


def test_names_that_no_file_can_have_are_missing(tmp_path: Path) -> None:
    """A manifest that lists them is not that of this folder."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data/catalogue.json").write_text('{"plans": []}', encoding="utf-8")
    digest = verify.sha256((tmp_path / "data/catalogue.json").read_bytes())
    names = {"data/catalogue.json": digest, "a\x00b": digest, "../x": digest, "/etc/passwd": digest}
    made = {"schema": verify.MANIFEST_SCHEMA, "kind": "site", "archive_root": None, "files": names}
    (tmp_path / "manifest.json").write_text(verify.manifest_text(made), encoding="utf-8", newline="\n")
    code, lines = found(tmp_path)
    gone = "the file is in the manifest, and it is missing"
    assert (code, lines[:3]) == (3, [f"altered: {name}: {gone}" for name in ("../x", "/etc/passwd", "a\ufffdb")])


@pytest.mark.skipif(os.name == "nt", reason="names as bytes")
@pytest.mark.parametrize("name", ["ŵ.txt", os.fsdecode(b"\xff.txt")])
def test_a_console_that_cannot_show_a_name_shows_the_rest(archive: Path, name: str) -> None:
    """Both commands end with their own code, and say what they found."""
    (archive / "plans/alpha" / name).write_text("x\n", encoding="utf-8")
    for command, code in (("verify", 4), ("check", 1)):
        done = plan_archive(archive, command, PYTHONIOENCODING="cp1252", PYTHONUTF8="0")
        assert (done.code, "plans/alpha/?.txt" in done.out) == (code, True), done.err
        assert "error:" not in done.err


@pytest.mark.skipif(os.name == "nt", reason="a full device, and closed pipes")
def test_a_verdict_that_nobody_can_read_is_none(archive: Path) -> None:
    """A full disk, a closed pipe: one line, and a code that is no verdict's."""
    command = [sys.executable, "-I", "-S", str(VERIFIER), str(archive)]
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    told = "verify.py: the verdict cannot be written (No space left on device)\n"
    assert (done.returncode, done.stderr) == (1, told)
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(command, stdout=writing, stderr=subprocess.PIPE, text=True, check=False)
    os.close(writing)
    assert (done.returncode, done.stderr) == (1, "verify.py: the verdict cannot be written (Broken pipe)\n")
    closed = ["sh", "-c", 'exec "$@" >&-', "sh", *command]
    done = subprocess.run(closed, stderr=subprocess.PIPE, text=True, check=False)
    assert (done.returncode, done.stderr) == (1, "verify.py: the verdict cannot be written (there is no output)\n")


def test_a_check_that_is_stopped_says_so(
    archive: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Ctrl+C ends it with one line."""

    def _stopped(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(verify, "check_archive", _stopped)
    assert verify.main([str(archive)]) == 130
    assert capsys.readouterr() == ("", "verify.py: stopped before it had a verdict\n")


def test_json_is_json_whatever_was_found(archive: Path) -> None:
    """Names that cannot be shown are marked in data as in words."""
    (archive / "plans/alpha/a\x9b.txt").write_text("x\n", encoding="utf-8")
    told = json.loads(ran(archive, "verify", "--format", "json")[1])
    assert [each["where"] for each in told["findings"]] == ["plans/alpha/a\ufffd.txt"]
