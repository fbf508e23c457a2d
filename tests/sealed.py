"""What tests of the record need: a sealed archive, and both programs that verify it, held to one answer."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from archives import EXAMPLE_PARTS, ROOT, bytes_below, copy_tiny, edit, environment, git
from plan_archive.cli import command
from plan_archive.record import verify

VERIFIER = ROOT / "mkdocs_plugins" / "plan_archive" / "record" / "verify.py"
LOG, SEALS = "archive/log.jsonl", "archive/seals.sha256"
MISSING_TEXT = "the text is sealed, and the file is missing"
NOT_SEALED_BYTES = "the bytes are not those that were sealed"
BROKEN = "it does not follow from the line before it: a line was changed, put in, taken out or moved"
CRLF = "its line ends are not LF: the checkout turned them into CRLF, or somebody did"
LOG_SEAL = "the log's own seal does not fit the log"
NO_ROOT = "no state of this log has the minuted root: lines were changed or taken away since, or it is another archive"


def ran(folder: Path, *arguments: str) -> tuple[int, str, str]:
    """What `plan-archive` answers in a folder, run in this process: exit code, standard output, standard error."""
    done = CliRunner().invoke(command, ["-C", str(folder), *arguments], catch_exceptions=True)
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        return 1, done.stdout, str(done.exception)
    return done.exit_code, done.stdout, done.stderr


def verified(folder: Path, *arguments: str) -> tuple[int, list[str]]:
    """The one answer of `plan-archive verify` and of verify.py with no package at hand, and that neither wrote."""
    before = bytes_below(folder)
    code, out, _ = ran(folder, "verify", *arguments)
    alone = subprocess.run(
        [sys.executable, "-I", "-S", str(VERIFIER), str(folder), *arguments],
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert (alone.returncode, alone.stdout) == (code, out)
    assert alone.stderr == ""
    assert bytes_below(folder) == before
    return code, out.splitlines()


def found(folder: Path, *arguments: str) -> tuple[int, list[str]]:
    """The same without the last lines, which say the verdict, and without notes."""
    code, lines = verified(folder, *arguments)
    return code, [
        line for line in lines if line.startswith(("altered: ", "incomplete: ", "redacted: ")) and not _last(line)
    ]


def _last(line: str) -> bool:
    return line.partition(": ")[2].startswith(("repository; ", "site; ", "pack; "))


def root_of(folder: Path) -> str:
    """The archive root that `verify` prints."""
    _, lines = verified(folder)
    (line,) = [line for line in lines if line.startswith("archive root: ")]
    return line.removeprefix("archive root: ")


def sealed_tiny(folder: Path) -> Path:
    """The tiny archive with an attachment and a correction, everything in its log, in a repository of its own."""
    copy_tiny(folder)
    attached = folder / "archive" / "alpha" / "attachments" / "2006"
    attached.mkdir(parents=True)
    (attached / "map.csv").write_text("place,children\nMill Lane,12\n", encoding="utf-8", newline="\n")
    git(folder, "init", "--quiet", "--initial-branch=main")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "The archive")
    code, _, err = ran(folder, "publish", "--all", "--why", "The log was opened.", "--by", "Plans officer")
    assert code == 0, err
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "Open the log")
    return folder


def sealed_example(folder: Path) -> Path:
    """The example as it is published, with its log and its seals."""
    folder.mkdir()
    for name in EXAMPLE_PARTS:
        source = ROOT / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, folder / name)
    return folder


def correct(folder: Path) -> None:
    """Write a correction of the edition in effect, and put it into the log."""
    first = folder / "plans" / "alpha" / "2007.md"
    second = first.with_name("2007.v2.md")
    second.write_text(first.read_text(encoding="utf-8"), encoding="utf-8", newline="\n")
    edit(second, "owner: Director", 'corrects: v1\nreason: "A word was wrong."\nowner: Director')
    edit(second, "published: 2007-03-30", "published: 2007-05-04")
    edit(second, "one working day", "two working days")
    code, _, err = ran(folder, "publish", "alpha@2007", "--why", "A word was wrong.")
    assert code == 0, err


def spoil(file: Path, change: Callable[[bytes], bytes]) -> None:
    """Change a file's bytes."""
    before = file.read_bytes()
    after = change(before)
    assert after != before
    file.write_bytes(after)


def flipped(content: bytes, place: int) -> bytes:
    """One bit of one byte turned."""
    return content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]


def entries_of(archive: Path) -> list[dict[str, Any]]:
    """The entries of a log."""
    return [json.loads(line) for line in (archive / LOG).read_bytes().splitlines()]


def rewrite(archive: Path, entries: Sequence[dict[str, Any]]) -> None:
    """What somebody with write access can do: a new log that fits together, and seals for it."""
    before, written = "", b""
    for entry in entries:
        line = json.dumps({**entry, "before": before}).encode() + b"\n"
        before = sha256(line).hexdigest()
        written += line
    (archive / LOG).write_bytes(written)
    sealed_by(archive, written)


def sealed_by(archive: Path, log: bytes) -> None:
    """Write the seals that follow from a log, as far as its entries can be."""
    seals: dict[str, str] = {}
    with suppress(ValueError):
        for state in verify.states(verify.read_log(log)[0]):
            seals = state
    (archive / SEALS).write_text(verify.seals_text(seals, sha256(log).hexdigest()), encoding="utf-8", newline="\n")


def rehash(folder: Path) -> None:
    """What somebody with write access can do: a manifest for a site or a pack as it is now."""
    made = json.loads((folder / "manifest.json").read_bytes())
    listed = {name: sha256(content).hexdigest() for name, content in bytes_below(folder).items()}
    made["files"] = {name: listed[name] for name in sorted(set(listed) - {"manifest.json", "manifest.json.sig"})}
    del made["sha256"]
    (folder / "manifest.json").write_text(verify.manifest_text(made), encoding="utf-8", newline="\n")
