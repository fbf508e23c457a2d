#!/usr/bin/env python3
"""Verify an archive of plans: a repository, a built site or an unpacked pack. Needs Python's standard library alone.

    python3 verify.py FOLDER [--minuted HASH] [--allowed-signers FILE] [--format text|json]

It says `intact` (exit code 0), `altered` (3) or `incomplete` (4): what cannot be checked is never called intact.
It detects and does not prevent. Whoever may write to the archive may write a new log that fits together; only a root
that was kept elsewhere, such as in minutes, shows that (`--minuted`). It writes nothing and asks no network.

One file on purpose, and so longer than others: it is published with each site to be read and run by anyone, and the
command `plan-archive verify` runs this same file. It needs Python 3.10 or later.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import json
import os
import re
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

LOG = "archive/log.jsonl"
SEALS = "archive/seals.sha256"
UNFINISHED = "archive/.unfinished.json"
SIGNERS = "archive/allowed_signers"
MANIFEST = "manifest.json"
SIGNATURE = "archive/seals.{}.sig"
NAMESPACE = "plan-archive"
LOG_SCHEMA, MANIFEST_SCHEMA = "plan-archive/log/1", "plan-archive/manifest/1"
TOPS = ("plans", "archive")
CODES = {"intact": 0, "altered": 3, "incomplete": 4}
TEXTS, FACTS = ("publish", "correct"), ("facts", "destinations", "registers")
ENDS = ("supersede", "lapse", "withdraw")
EVENTS = ("open", *TEXTS, *ENDS, "close", "redact", *FACTS)

_HASH = re.compile(r"[0-9a-f]{64}")
_SEAL = re.compile(r"([0-9a-f]{64})  ([A-Za-z0-9][A-Za-z0-9._/-]*)")
_TEXT = re.compile(r"([a-z0-9-]+)/([a-z0-9-]+)(?:\.([a-z]{2,3}))?(?:(?:\.v([0-9]+))?\.md|/[a-z0-9-]+\.md)")
_ATTACHED = re.compile(r"([a-z0-9-]+)/attachments/([a-z0-9-]+)/[^/]+")
_STATED = re.compile(
    r"[a-z0-9-]+/(plan\.yml|destinations/[^/]+\.yml)|registers/[^/]+\.yml|languages/[^/]+\.po|authority\.yml"
)
_KEPT = re.compile(r"archive/(log\.jsonl|seals\.sha256|seals\.[0-9]+\.sig|allowed_signers)")
"""What the record keeps beside the texts."""
_SIGNED = re.compile(r"-----BEGIN SSH SIGNATURE-----\n(?:[A-Za-z0-9+/=]{1,76}\n)+-----END SSH SIGNATURE-----\n")
_QUOTED = r"\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*'"
_DRAFT = re.compile(r"draft: *[\"']?yes[\"']? *(?:#.*)?")
_SIMPLE = rf"[^\[\]{{}}\"']|(?:(?<=[\[{{,])|(?<=[,:] ))(?:{_QUOTED})"
_FLOW = rf"[\[{{](?:{_SIMPLE}|[\[{{](?:{_SIMPLE})*[\]}}])*[\]}}]"
_PLAIN = r"(?:[^\"'\[{ :?!&*-]|-(?! ))(?:(?!: ).)*"
_ENDED = re.compile(rf" *(?:- *)*(?:[\w-]+: *|(?![\w-]+:))(?:{_QUOTED}|{_FLOW}|{_PLAIN})? *(?:#.*)?")
"""A line of front matter whose value ends on it, or goes on in lines that are indented: no quotes stay open."""

LINK = "this is a link: what it leads to is no part of what was given to check"
LATE = "the attachment is not sealed"
NO_MEANING = "a file of this name has no meaning here, and was not checked"

Entry = dict[str, Any]


@dataclass(frozen=True)
class Finding:
    """One thing that was found."""

    kind: str
    """altered, incomplete, redacted, or note: the last two are worth knowing and no fault."""
    where: str
    line: int
    """Counted from 1; 0 where it is about the whole."""
    what: str

    def __str__(self) -> str:
        place = f"{self.where}:{self.line}" if self.line else self.where
        return visible(f"{self.kind}: {place}: {self.what}")


def visible(text: str) -> str:
    """Words from a file as they may be shown in a terminal: what cannot be seen is marked."""
    return text if text.isprintable() else "".join(c if c.isprintable() else "\ufffd" for c in text)


@dataclass
class Verdict:
    """What a folder was found to be."""

    what: str
    """repository, site or pack."""
    root: str = ""
    """The archive root: the SHA-256 of archive/seals.sha256, which seals every text and the log."""
    entries: int = 0
    sealed: int = 0
    files: int = 0
    """How many files were read and hashed."""
    findings: list[Finding] = field(default_factory=list)
    minuted: int = 0
    """The entry after which the archive had the minuted root; 0 where none was asked for or found."""

    def add(self, kind: str, where: str, what: str, line: int = 0) -> None:
        """Note one thing."""
        self.findings.append(Finding(kind, where, line, what))

    @property
    def verdict(self) -> str:
        """The worst that was found."""
        kinds = {finding.kind for finding in self.findings}
        return next((kind for kind in ("altered", "incomplete") if kind in kinds), "intact")

    @property
    def code(self) -> int:
        """The exit code."""
        return CODES[self.verdict]


class WrongUsageError(ValueError):
    """What was asked for cannot be asked."""


def verify(folder: Path, minuted: str = "", signers: Path | None = None) -> Verdict:
    """Check whatever lies in a folder; WrongUsageError where it is neither an archive nor a site nor a pack.

    Whatever stops the check on its way is told, and never called intact.
    """
    if minuted and not re.fullmatch(r"[0-9a-f]{16,64}", _digits(minuted)):
        raise WrongUsageError("a minuted root is 16 to 64 hexadecimal digits")
    found = Verdict("archive")
    try:
        _check(folder, found, minuted, signers)
    except WrongUsageError:
        raise
    except UnreadError as error:
        found.add("incomplete", _within(folder, error.file), str(error))
    except Exception as error:
        found.add("incomplete", ".", f"the check did not come to its end ({type(error).__name__}: {error})")
    return found


def _check(folder: Path, found: Verdict, minuted: str, signers: Path | None) -> None:
    """What has git or the body's facts is a repository, whatever else was put into it."""
    repository = (folder / ".git").exists() or (folder / "plans" / "authority.yml").is_file()
    if not repository and ((folder / MANIFEST).is_file() or (folder / "data" / "catalogue.json").is_file()):
        _check_built(folder, found, minuted, signers)
    elif (folder / "archive").is_dir() or (folder / "plans").is_dir():
        found.what = "repository"
        held = check_archive(folder, found, minuted, signers)
        found.findings += history_findings(folder)
        found.findings += _tag_findings(folder, held, allowed_signers(folder, signers))
    else:
        raise WrongUsageError(f"{folder} holds no archive (plans/, archive/), no site and no pack (manifest.json)")


def _within(folder: Path, file: Path) -> str:
    return file.relative_to(folder).as_posix() if file.is_relative_to(folder) else str(file)


# Files: plain ones alone are opened, since a pipe or a device has no end. They are hashed in pieces.

_LARGEST = 1 << 28
"""Bytes in a file that must be read whole: a log of a million entries has as many."""


class UnreadError(Exception):
    """A file or a folder that is there and cannot be read."""

    def __init__(self, file: Path, why: object) -> None:
        """Name what could not be read, and why."""
        super().__init__(f"it cannot be read ({why})")
        self.file = file


@contextmanager
def _opened(file: Path) -> Iterator[IO[bytes] | None]:
    """A plain file to read; None where there is none. UnreadError where that cannot be told, or it cannot be read."""
    try:
        if not stat.S_ISREG(os.stat(file).st_mode):  # noqa: PTH116  the calls that a test can stop
            yield None
            return
        with open(file, "rb", buffering=0) as opened:  # noqa: PTH123  the same
            yield opened
    except (FileNotFoundError, NotADirectoryError):
        yield None
    except OSError as error:
        raise UnreadError(file, error.strerror or error) from error


def _is_link(file: Path) -> bool:
    return os.path.islink(file)  # noqa: PTH114  one that answers, also where it may not look


def _read(file: Path) -> bytes | None:
    """A plain file's bytes; None where there is none."""
    with _opened(file) as opened:
        if opened is not None and os.fstat(opened.fileno()).st_size > _LARGEST:
            raise UnreadError(file, "it is too large")
        return opened.read() if opened is not None else None


def _digest(file: Path) -> str | None:
    """The SHA-256 of a plain file, however large; None where there is none."""
    with _opened(file) as opened:
        if opened is None:
            return None
        found = hashlib.sha256()
        while piece := opened.read(1 << 20):
            found.update(piece)
        return found.hexdigest()


def _below(folder: Path, tops: Iterable[str], *, hidden: bool = False, found: Verdict | None = None) -> Iterator[str]:
    """Every file below some folders, by path in order, links among them; hidden names only where they are asked for.

    A folder that cannot be read is told where `found` is given, and an UnreadError where not.
    """
    waiting = list(tops)[::-1]
    while waiting:
        here = waiting.pop()
        if here and _is_link(folder / here):
            yield here
            continue
        try:
            with os.scandir(folder / here) as listed:
                names = sorted((each.name, each.is_dir(follow_symlinks=False)) for each in listed)
        except (FileNotFoundError, NotADirectoryError):
            continue
        except OSError as error:
            if found is None:
                raise UnreadError(folder / here, error.strerror or error) from error
            found.add("incomplete", here or ".", f"the folder cannot be read ({error.strerror or error})")
            continue
        prefix = f"{here}/" if here else ""
        shown = [(f"{prefix}{name}", is_folder) for name, is_folder in names if hidden or not name.startswith(".")]
        yield from (path for path, is_folder in shown if not is_folder)
        waiting += [path for path, is_folder in reversed(shown) if is_folder]


# The log: a line is an entry, and holds the SHA-256 of the line before it, its line end included.


def sha256(content: bytes) -> str:
    """The SHA-256 of some bytes, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def read_log(content: bytes) -> tuple[list[Entry], Finding | None]:
    """The entries of a log up to the first fault, and that fault."""
    entries: list[Entry] = []
    if b"\r" in content:
        return [], Finding("altered", LOG, 1, _CRLF)
    if not content.endswith(b"\n"):
        return [], Finding("altered", LOG, content.count(b"\n") + 1, "the last line is not whole")
    before = ""
    for number, line in enumerate(content[:-1].split(b"\n"), start=1):
        try:
            entry = json.loads(line, object_pairs_hook=_once)
        except (ValueError, RecursionError):
            entry = None
        fault = _entry_fault(entry, number, before)
        if fault:
            return entries, Finding("altered", LOG, number, fault)
        entries.append(entry)
        before = sha256(line + b"\n")
    return entries, None


_CRLF = "its line ends are not LF: the checkout turned them into CRLF, or somebody did"


def _once(pairs: list[tuple[str, Any]]) -> Entry:
    made = dict(pairs)
    if len(made) < len(pairs):
        raise ValueError("a key stands twice")
    return made


def _entry_fault(entry: Any, number: int, before: str) -> str:
    if not isinstance(entry, dict):
        return "this is no entry of a log"
    if number > 1 and entry.get("before") != before:
        return "it does not follow from the line before it: a line was changed, put in, taken out or moved"
    if number == 1 and (entry.get("before") != "" or entry.get("schema") != LOG_SCHEMA or not entry.get("archive")):
        return "the first line does not open the log and name its archive"
    if type(entry.get("entry")) is not int or entry["entry"] != number:
        return f"it is not numbered {number}"
    if entry.get("event") not in EVENTS or (entry["event"] == "open") != (number == 1):
        return f"`{entry.get('event')}` is not an event that may stand here"
    others = (
        key for key, value in entry.items() if value is not None and type(value) is not _KINDS.get(key, type(value))
    )
    return next((f"`{key}` is not what an entry of a log holds there" for key in others), "")


_KINDS: dict[str, type] = {
    **dict.fromkeys(("entry", "version", "signature"), int),
    **dict.fromkeys(("files", "attachments", "was", "moves"), dict),
    **dict.fromkeys(("before", "event", "schema", "archive", "plan", "edition", "language", "sha256", "on"), str),
    **dict.fromkeys(("recorded", "who", "identity", "signer", "why", "authority", "class", "class_is"), str),
    "example": bool,
    "successor": list,
}
"""What each key of an entry holds, where it holds something."""


def states(entries: Iterable[Entry]) -> Iterator[dict[str, str]]:
    """What is sealed after each entry, by path: one mapping that goes on changing. ValueError names what is wrong."""
    seals: dict[str, str] = {}
    for entry in entries:
        try:
            _apply(entry, seals)
        except (KeyError, AttributeError, TypeError) as error:
            raise ValueError(f"{entry['entry']}:the entry is not whole ({error})") from error
        except ValueError as error:
            raise ValueError(f"{entry['entry']}:{error}") from error
        yield seals


def _apply(entry: Entry, seals: dict[str, str]) -> None:
    event = entry["event"]
    if event in TEXTS:
        here = {**_hashes(entry["files"]), **_hashes(entry["attachments"])}
        _bound(entry)
        for path in here:
            if path in seals:
                raise ValueError(f"`{path}` is sealed a second time")
        seals.update(here)
    elif event == "close":
        for old, new in entry["moves"].items():
            if old not in seals or new in seals or logical(old) != logical(new) or not _is_path(new):
                raise ValueError(f"`{old}` cannot have moved to `{new}`")
            seals[new] = seals.pop(old)
    elif event == "redact":
        _redact(entry, seals)


def _redact(entry: Entry, seals: dict[str, str]) -> None:
    """Personal data went out of a text: each file was sealed and is the entry's own, and a text is still there."""
    for path, digest in _hashes(entry["was"]).items():
        if seals.get(path) != digest:
            raise ValueError(f"`{path}` was not sealed with the hash that is said to be redacted")
        if not _belongs(path, entry):
            raise ValueError(f"`{path}` is not of the text that is said to be redacted")
        if path not in entry["files"] and _text_of(path):
            raise ValueError(f"`{path}` is a text, and nothing is said to be left of it")
        del seals[path]
    if not set(entry["files"]) <= set(entry["was"]):
        raise ValueError("it seals a file that it does not redact")
    seals.update(_hashes(entry["files"]))
    texts = {path: digest for path, digest in seals.items() if _text_of(path) == _text_named(entry)}
    if fingerprint(texts) != entry["sha256"]:
        raise ValueError("its `sha256` is not that of the text that is left")


def _belongs(path: str, entry: Entry) -> bool:
    """Whether a file is one of the text that an entry names, or an attachment of its edition."""
    attached = _ATTACHED.fullmatch(logical(path)) is not None
    return _text_of(path) == _text_named(entry) or (attached and _edition_of(path) == _text_named(entry)[:2])


def _hashes(value: Any) -> dict[str, str]:
    for path, digest in value.items():
        if not _HASH.fullmatch(digest) or not _is_path(path):
            raise ValueError(f"`{path}` with `{digest}` is no path with its SHA-256")
    return dict(value)


def _is_path(path: str) -> bool:
    """Whether a path leads to a file of an archive, and nowhere else."""
    inside = path.startswith(("plans/", "archive/")) and ".." not in path.split("/")
    return inside and bool(_SEAL.fullmatch(f"{'0' * 64}  {path}"))


def _bound(entry: Entry) -> None:
    """The files are those of the edition and version that the entry names: none lies at another's address."""
    name = (entry["plan"], entry["edition"])
    if not entry["files"]:
        raise ValueError("it publishes a text and names no file")
    for path in entry["files"]:
        if _text_of(path) != _text_named(entry):
            raise ValueError(f"`{path}` is not a text of {name[0]}@{name[1]}, version {entry['version']}")
    for path in entry["attachments"]:
        match = _ATTACHED.fullmatch(logical(path))
        if not match or (match[1], match[2]) != name:
            raise ValueError(f"`{path}` is not an attachment of {name[0]}@{name[1]}")
    if fingerprint(entry["files"]) != entry["sha256"]:
        raise ValueError(f"its `sha256` is not that of the files of {name[0]}@{name[1]}")


def _text_of(path: str) -> tuple[str, str, int, str] | None:
    """The plan, edition, version and language whose text a file is, by its place and name; "" for the main language."""
    match = _TEXT.fullmatch(logical(path))
    return (match[1], match[2], int(match[4] or 1), match[3] or "") if match else None


def _text_named(entry: Entry) -> tuple[str, str, int, str]:
    return entry["plan"], entry["edition"], entry["version"], entry.get("language") or ""


def logical(path: str) -> str:
    """A file's path without its first part: the same in `plans/` and in `archive/`."""
    return path.partition("/")[2]


def fingerprint(files: Mapping[str, str]) -> str:
    """An edition's SHA-256: its file's or, for a folder of chapters, that of the sorted `sha256sum` lines."""
    if len(files) == 1 and not next(iter(files)).endswith("/index.md"):
        return next(iter(files.values()))
    return sha256("".join(sorted(f"{digest}  {path.rpartition('/')[2]}\n" for path, digest in files.items())).encode())


def seals_text(seals: Mapping[str, str], log_digest: str) -> str:
    """What archive/seals.sha256 holds: `sha256sum` lines by path, the log's own among them. Its SHA-256 is the root."""
    return "".join(f"{digest}  {path}\n" for path, digest in sorted({**seals, LOG: log_digest}.items()))


def roots(entries: list[Entry], log: bytes) -> Iterator[str]:
    """The archive root after each entry."""
    digest = hashlib.sha256()
    for line, seals in zip(log[:-1].split(b"\n"), states(entries), strict=True):
        digest.update(line + b"\n")
        yield sha256(seals_text(seals, digest.hexdigest()).encode())


# An archive: plans/ and archive/ with the log and the seals.


@dataclass
class _Held:
    """The log and the seals of an archive as they count, with whatever a stopped command left to do."""

    log: bytes
    entries: list[Entry]
    whole: bool
    """Whether the log could be read to its end."""
    seals: dict[str, str]
    waiting: dict[str, str] = field(default_factory=dict)
    """Files that a stopped `close` has yet to move: where each belongs -> where it may still lie."""
    signatures: dict[str, str] = field(default_factory=dict)
    """A signature that a stopped `publish` has yet to write, by its file."""


def check_archive(
    folder: Path,
    found: Verdict,
    minuted: str = "",
    signers: Path | None = None,
    *,
    partial: bool = False,
) -> _Held | None:
    """Check log, seals and files of an archive; a `partial` one, in a pack, need not hold every sealed file."""
    held = read_held(folder, found)
    if held is not None:
        found.entries, found.sealed = len(held.entries), len(held.seals)
        _check_files(folder, held, found, partial=partial)
        if held.whole:
            found.root = sha256(seals_text(held.seals, sha256(held.log)).encode())
            _check_signatures(folder, held, signers, found)
            _told(held.entries, found)
    check_minuted(held.entries if held and held.whole else [], held.log if held else b"", minuted, found)
    return held


def read_held(folder: Path, found: Verdict) -> _Held | None:
    """Read log and seals and hold them against each other; None where there are none."""
    log, sealed = _read(folder / LOG), _read(folder / SEALS)
    left = _unfinished(folder, log or b"", found)
    if log is None and sealed is None and left is None:
        found.add("incomplete", LOG, "there is no publication log yet: nothing is sealed")
        return None
    if left is None and not (log and sealed):
        gone = SEALS if log else LOG
        found.add("altered", gone, "the file is missing or empty, though the other of log and seals is there")
    log = log or b""
    if left is not None and sha256(log) == left["before"]:
        log += left["lines"].encode()
    entries, fault = read_log(log) if log else ([], None)
    if fault is not None:
        found.findings.append(fault)
    known = log[: -len(left["lines"].encode())] if left else log
    seals, older = _replayed(entries, known.count(b"\n"), found)
    whole = bool(log) and fault is None and not any(each.where == LOG for each in found.findings)
    if sealed and not (left and whole and sealed == seals_text(older, sha256(known)).encode()):
        _check_seals(sealed, seals_text(seals, sha256(log)) if whole else "", found)
    if not whole:
        seals = _sealed(sealed or b"")
    waiting = {new: old for old, new in left["moves"].items()} if left else {}
    signatures = dict([left["signature"]]) if left and left["signature"] else {}
    return _Held(log, entries, whole, seals, waiting, signatures)


def _replayed(entries: list[Entry], known: int, found: Verdict) -> tuple[dict[str, str], dict[str, str]]:
    """What is sealed after all entries, and after the first `known` of them; what cannot be so is told."""
    seals: dict[str, str] = {}
    older: dict[str, str] = {}
    try:
        for number, state in enumerate(states(entries), start=1):
            seals = state
            if number == known:
                older = dict(state)
    except ValueError as error:
        line, _, what = str(error).partition(":")
        found.add("altered", LOG, what, int(line))
    return seals, older


def _unfinished(folder: Path, log: bytes, found: Verdict) -> Entry | None:
    """What a command that was stopped had still to do: it counts as done."""
    content = _read(folder / UNFINISHED)
    if content is None:
        return None
    try:
        left = dict(json.loads(content, object_pairs_hook=_once))
        lines = left["lines"].encode()
        known = log if sha256(log) == left["before"] else log[: -len(lines)]
        fits = bool(lines) and sha256(known) == left["before"] and sha256(known + lines) == left["after"]
        moves = [json.loads(line).get("moves", {}) for line in lines.splitlines()]
        fits = fits and left["moves"] == {old: new for each in moves for old, new in each.items()}
        named = {SIGNATURE.format(json.loads(line).get("signature")) for line in lines.splitlines()}
        if left["signature"]:
            file, text = left["signature"]
            fits = fits and file in named and _SIGNED.fullmatch(text) is not None
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        fits = False
    if not fits:
        found.add("altered", UNFINISHED, "this is not what a stopped command leaves, or it does not fit the log")
        return None
    what = "a command was stopped before its end; the archive counts as after it, and the next one finishes it"
    found.add("incomplete", UNFINISHED, what)
    return left


def _sealed(content: bytes) -> dict[str, str]:
    """The seals as they stand, as far as they can be read; the log's own left out."""
    lines = content.decode("utf-8", errors="replace").splitlines()
    held = {match[2]: match[1] for line in lines if (match := _SEAL.fullmatch(line))}
    return {path: digest for path, digest in held.items() if path != LOG and ".." not in path.split("/")}


def _check_seals(content: bytes, wanted: str, found: Verdict) -> None:
    """Hold the seals against what follows from the log; without a whole log, against their own form alone."""
    if b"\r" in content:
        found.add("altered", SEALS, _CRLF, 1)
        return
    lines = content.decode("utf-8", errors="replace").split("\n")
    expected = dict.fromkeys(wanted.split("\n") if wanted else [])
    paths = [line[66:] for line in lines[:-1]]
    for number, line in enumerate(lines[:-1], start=1):
        if not _SEAL.fullmatch(line):
            found.add("altered", SEALS, "this is no line of `sha256sum`", number)
        elif wanted and line not in expected:
            what = "the log's own seal does not fit the log" if line.endswith(f"  {LOG}") else "the log says otherwise"
            found.add("altered", SEALS, what, number)
    for path in sorted({line[66:] for line in expected} - set(paths) - {""}):
        found.add("altered", SEALS, f"the seal of {path} is missing, though the log has it")
    clean = not any(finding.where == SEALS for finding in found.findings)
    if clean and (lines[-1] != "" or paths != sorted(set(paths)) or (wanted and content != wanted.encode())):
        found.add("altered", SEALS, "its lines are not in order, or one stands twice, or the last is not whole")


def _check_files(folder: Path, held: _Held, found: Verdict, *, partial: bool) -> None:
    """Every sealed file has the bytes that were sealed, and no other lies where a sealed one would be read."""
    seals, digests = held.seals, {digest: path for path, digest in held.seals.items()}
    names = {f"{path.rpartition('/')[0]}/".partition("/")[2] for path in seals if path.endswith("/index.md")}
    last = _recorded(held.entries) if held.whole else None
    moving = {old: new for new, old in held.waiting.items() if not os.path.lexists(folder / new)}
    missing = []
    for path, digest in sorted(seals.items()):
        file = folder / (held.waiting[path] if path in moving.values() else path)
        try:
            here = _digest(file)
        except UnreadError as error:
            found.add("incomplete", path, f"the text is sealed, and {error}")
            continue
        if here is None:
            missing.append(path)
            continue
        found.files += 1
        if here != digest:
            found.add("altered", path, _how(file, here, digest, digests))
        elif _is_link(file):
            found.add("incomplete", path, LINK)
    _check_missing(seals, missing, found, partial=partial)
    places = {logical(path): path for path in seals}
    gone = set(last or ())
    for path in _below(folder, TOPS, found=found):
        gone.discard(logical(path))
        if path in seals or path in moving:
            continue
        try:
            _check_unsealed(folder, path, places, names, last, found)
        except UnreadError as error:
            found.add("incomplete", path, str(error))
    for place in sorted(gone if not partial else ()):
        if last and last[place]:
            found.add("incomplete", place, "the log has these facts, and the file is missing: no entry says why")


def _check_missing(seals: Iterable[str], missing: Iterable[str], found: Verdict, *, partial: bool) -> None:
    """No sealed file is missing; a pack may lack whole editions, and nothing of one."""
    if not partial:
        for path in missing:
            found.files += 1
            found.add("altered", path, "the text is sealed, and the file is missing")
        return
    lacking = set(missing)
    here = {_edition_of(path) for path in seals if path not in lacking}
    for path in missing:
        if _edition_of(path) in here:
            found.add("incomplete", path, "it is sealed, and missing from this pack, which has the rest of its edition")


def _edition_of(path: str) -> tuple[str, str] | None:
    """The plan and the edition to which a text or an attachment belongs."""
    text, attached = _text_of(path), _ATTACHED.fullmatch(logical(path))
    return text[:2] if text else (attached[1], attached[2]) if attached else None


def _how(file: Path, here: str, digest: str, digests: Mapping[str, str]) -> str:
    if here in digests:
        return f"it holds the text that is sealed as {digests[here]}"
    with suppress(UnreadError):
        if sha256((_read(file) or b"").replace(b"\r\n", b"\n")) == digest:
            return _CRLF
    return "the bytes are not those that were sealed"


def _recorded(entries: Iterable[Entry]) -> dict[str, str]:
    """The last hash that the log has of each file of facts; "" where it says that the file went."""
    return {
        logical(path): str(digest)
        for entry in entries
        if entry["event"] in FACTS and isinstance(entry.get("files"), dict)
        for path, digest in entry["files"].items()
    }


def _check_unsealed(
    folder: Path, path: str, places: Mapping[str, str], names: set[str], last: Mapping[str, str] | None, found: Verdict
) -> None:
    """A file that no seal names: facts that the log follows, a draft, or something that should not be there.

    `last` is what the log has of facts; None where it could not be read to its end, which has been told.
    """
    place, named = logical(path), _text_of(path)
    if place in places:
        found.add("altered", path, f"a second file lies where {places[place]} is sealed")
    elif any(place.startswith(name) for name in names):
        found.add("altered", path, "a chapter was added to a sealed text")
    elif _is_link(folder / path):
        found.add("incomplete", path, LINK)
    elif _is_stated(path):
        found.files += 1
        if last is None:
            return
        if place not in last:
            found.add("incomplete", path, "the log does not have these facts yet")
        elif _digest(folder / path) != last[place]:
            found.add("incomplete", path, "the facts are not as the log has them, and no entry says why")
    elif _ATTACHED.fullmatch(place):
        found.add("incomplete", path, LATE)
    elif named and (_corrects(named, places) or not _is_draft(folder, path)):
        found.add("incomplete", path, "the text is not in the log: it is not sealed")
    elif not named and not _KEPT.fullmatch(path):
        found.add("incomplete", path, NO_MEANING)


def _corrects(named: tuple[str, str, int, str], places: Mapping[str, str]) -> bool:
    """Whether a text is a correction of a sealed edition: that is no draft, whatever it says of itself."""
    return named[2] > 1 and named[:2] in map(_edition_of, places.values())


def _is_stated(path: str) -> bool:
    match = _STATED.fullmatch(logical(path))
    return match is not None and (match[1] is not None or path.startswith("plans/"))


def stated_files(folder: Path) -> list[str]:
    """The files that stay editable and whose changes the log records: facts, destinations, registers, words."""
    return [path for path in _below(folder, TOPS) if _is_stated(path)]


def _is_draft(folder: Path, path: str) -> bool:
    """Whether a text calls itself a draft; a chapter asks its folder's index, another language the main text."""
    named = _text_of(path)
    place = logical(path).rpartition("/")[0] + "/index.md" if path.count("/") == 3 else logical(path)
    asked = [place]
    if named and named[3]:
        plan, edition, version, _ = named
        asked = [f"{plan}/{edition}.v{version}.md"] if version > 1 else [f"{plan}/{edition}.md"]
        asked.append(f"{plan}/{edition}/index.md")
    return any(_says_draft(_read(folder / top / each) or b"") for each in asked for top in TOPS)


def _says_draft(content: bytes) -> bool:
    """Whether front matter says `draft: yes`: on a line that is no part of another value, as one in quotes would be.

    Nothing before it stays open, or nothing after it could close it.
    """
    front, end, _ = content.removeprefix(b"---\n").partition(b"\n---\n")
    lines = front.decode("utf-8", errors="replace").split("\n") if content.startswith(b"---\n") and end else []
    place = next((place for place, line in enumerate(lines) if _DRAFT.fullmatch(line)), None)
    if place is None:
        return False
    return all(map(_ENDED.fullmatch, lines[:place])) or not re.search(r"[\"'\]}]", "".join(lines[place + 1 :]))


def _check_signatures(folder: Path, held: _Held, signers: Path | None, found: Verdict) -> None:
    """Each entry that is said to be signed has a signature over the seals as they were after it."""
    signed: dict[Any, Entry] = {}
    for entry in held.entries:
        number = entry.get("signature")
        if (entry.get("identity") == "signed") == (number is None):
            found.add("altered", LOG, "it is said to be signed and names no signature, or the reverse", entry["entry"])
        elif number is not None:
            first = signed.setdefault(number, entry)
            if not isinstance(number, int) or number < entry["entry"] or first.get("signer") != entry.get("signer"):
                found.add("altered", LOG, "the signature that it names does not go over it", entry["entry"])
    if not signed:
        return
    digest = hashlib.sha256()
    numbered = enumerate(zip(held.log[:-1].split(b"\n"), states(held.entries), strict=True), start=1)
    for number, (line, seals) in numbered:
        digest.update(line + b"\n")
        mine = signed.pop(number, None)
        if mine is not None:
            file, text = SIGNATURE.format(number), seals_text(seals, digest.hexdigest()).encode()
            with tempfile.TemporaryDirectory() as name:
                place = folder / file
                if file in held.signatures:
                    place = Path(name) / "seals.sig"
                    place.write_text(held.signatures[file], encoding="utf-8")
                signer = str(mine.get("signer"))
                kind, what = signature_fault(text, place, allowed_signers(folder, signers), signer)
            if kind:
                found.add(kind, file, what)
    for number in signed:
        found.add("altered", LOG, f"a signature of entry {number} is named, which is not there")


def allowed_signers(folder: Path, given: Path | None) -> Path:
    """The list of who may sign seals and tags: the one that was given, or else the archive's own."""
    return given or folder / SIGNERS


def signature_fault(content: bytes, file: Path, allowed: Path, signer: str) -> tuple[str, str]:
    """What is wrong with a signature of `ssh-keygen -Y sign`, as a kind and words; two empty texts for nothing."""
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9 @._+-]*", signer):
        return "altered", f"`{signer}` is no name of a signer"
    if not file.is_file():
        return "altered", "an entry is said to be signed, and its signature is missing"
    if not allowed.is_file():
        return "incomplete", f"there is no list of allowed signers ({SIGNERS}): the signature was not checked"
    command = ["ssh-keygen", "-Y", "verify", "-f", str(allowed), "-I", signer, "-n", NAMESPACE, "-s", str(file)]
    try:
        done = subprocess.run(command, input=content, capture_output=True, check=False)  # noqa: S603
    except OSError:
        return "incomplete", "ssh-keygen is not installed: the signature was not checked"
    return ("", "") if done.returncode == 0 else ("altered", f"the signature is not one of {signer} over these seals")


def _told(entries: Iterable[Entry], found: Verdict) -> None:
    """Lawful removals, so that nobody takes them for an alteration, and nobody overlooks them."""
    for entry in entries:
        if entry["event"] == "redact":
            for path in entry["was"]:
                what = f"personal data was removed on {entry.get('on')}: {entry.get('why')} ({entry.get('authority')})"
                found.add("redacted", path, what)


def check_minuted(entries: list[Entry], log: bytes, minuted: str, found: Verdict) -> None:
    """Show that the log extends the state whose root was minuted."""
    if not minuted:
        return
    for number, root in enumerate(roots(entries, log), start=1):
        if root.startswith(_digits(minuted)):
            found.minuted = number
            since = len(entries) - number
            found.add("note", LOG, f"the minuted root is that after entry {number}; {since} came since", number)
            return
    what = "no state of this log has the minuted root: lines were changed or taken away since, or it is another archive"
    found.add("altered", LOG, what)


def _digits(minuted: str) -> str:
    """A minuted root as it may stand on paper, in groups and in capitals, as it is."""
    return minuted.lower().replace(" ", "")


# Git, where it is there: asked with fixed arguments, so that it runs nothing of the repository's and fetches nothing.


class NoAnswerError(Exception):
    """Git is not installed, or it refused; the words are its own."""


class NoGitError(NoAnswerError):
    """Git is not installed."""


class ForgedError(NoAnswerError):
    """An object of git does not have the content that its name is the hash of."""


def _git_command(arguments: Iterable[str]) -> tuple[str, ...]:
    settings = (word for setting in _SETTINGS for word in ("-c", setting))
    return ("git", *settings, "--literal-pathspecs", *arguments)


_SETTINGS = (
    "core.fsmonitor=false",
    f"core.hooksPath={os.devnull}",
    "core.commitGraph=false",  # a file beside the objects, which could tell of other commits than they do
    "safe.bareRepository=explicit",  # a folder of the archive may look like a repository, with settings of its own
)


def _git_environment() -> dict[str, str]:
    """This process's environment without what would make git look elsewhere or tell another history."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    return {
        **kept,
        "GIT_NO_REPLACE_OBJECTS": "1",
        "GIT_GRAFT_FILE": os.devnull,
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_ALLOW_PROTOCOL": "none",
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_FLUSH": "0",  # a history is written in large pieces, not commit by commit
        "GIT_PAGER": "cat",
        "LC_ALL": "C",
    }


def run_git(folder: Path, arguments: Iterable[str], given: bytes = b"") -> bytes:
    """What git prints in a folder; NoAnswerError with its own words where it cannot."""
    with tempfile.TemporaryFile() as said:  # one pipe alone is read in large pieces: a history has megabytes
        asked: dict[str, Any] = {"input": given} if given else {"stdin": subprocess.DEVNULL}
        try:
            done: subprocess.CompletedProcess[bytes] = subprocess.run(  # noqa: S603
                _git_command(arguments),
                cwd=folder,
                stdout=subprocess.PIPE,
                stderr=said,
                env=_git_environment(),
                check=False,
                **asked,
            )
        except OSError as error:
            raise NoGitError(f"git cannot be run ({error.strerror}): install it") from error
        if done.returncode != 0:
            said.seek(0)
            raise NoAnswerError(said.read().decode(errors="replace").strip() or "git failed")
    return done.stdout


class Objects:
    """The objects of a repository, read one after the other through one process of git."""

    def __init__(self, asked: IO[bytes], answered: IO[bytes]) -> None:
        """Take the two ends of `git cat-file --batch`."""
        self._asked, self._answered = asked, answered

    def read(self, name: str) -> tuple[str, str, bytes]:
        """The full hash, the kind and the content of what a name means; NoAnswerError where there is no such object."""
        try:
            self._asked.write(f"{name}\n".encode())
            self._asked.flush()
            answer = self._answer()
        except OSError as error:
            raise NoAnswerError("git ended before it had answered") from error
        if answer is None:
            raise NoAnswerError(f"git has no object {name}")
        return answer

    def contents(self, names: Iterable[str]) -> dict[str, bytes]:
        """The contents of many objects, asked for together; one that is not there is left out."""
        found, wanted = dict[str, bytes](), list(dict.fromkeys(names))
        for first in range(0, len(wanted), _AT_ONCE):
            some = wanted[first : first + _AT_ONCE]
            try:
                self._asked.write("".join(f"{name}\n" for name in some).encode())
                self._asked.flush()
                answers = ((name, self._answer()) for name in some)
                found |= {name: answer[2] for name, answer in answers if answer is not None}
            except OSError as error:
                raise NoAnswerError("git ended before it had answered") from error
        return found

    def _answer(self) -> tuple[str, str, bytes] | None:
        """One answer; None for "there is no such object". Git itself does not look whether content and name agree."""
        head = self._answered.readline().split()
        if len(head) != 3 or not head[2].isdigit():
            return None
        name, kind, content = head[0].decode(), head[1].decode(), self._answered.read(int(head[2]) + 1)[:-1]
        if object_name(kind, content, len(name)) != name:
            raise ForgedError(f"the object {name} does not have the content that its name is the hash of")
        return name, kind, content


def object_name(kind: str, content: bytes, digits: int) -> str:
    """The name that git gives to an object: its hash, in one of the two forms that there are."""
    made = hashlib.sha256() if digits == 64 else hashlib.sha1(usedforsecurity=False)
    made.update(f"{kind} {len(content)}\0".encode())
    made.update(content)
    return made.hexdigest()


_AT_ONCE = 400
"""Objects that are asked for before an answer is read: their names must fit into what a pipe holds."""


@contextmanager
def git_objects(folder: Path) -> Iterator[Objects]:
    """One process of git that reads objects, for as long as it is needed."""
    command = _git_command(("cat-file", "--batch"))
    kept = subprocess.PIPE
    try:
        process = subprocess.Popen(  # noqa: S603
            command, cwd=folder, stdin=kept, stdout=kept, stderr=subprocess.DEVNULL, env=_git_environment()
        )
    except OSError as error:
        raise NoGitError(f"git cannot be run ({error.strerror}): install it") from error
    with process:
        if process.stdin is None or process.stdout is None:  # never so: both were asked for
            raise NoAnswerError("git cannot be asked")
        try:
            yield Objects(process.stdin, process.stdout)
        finally:
            process.kill()


# The history that git keeps: git is asked where it can be, and its files are read where it cannot.

_REPLACED = "objects are replaced (git replace): git shows another history than the one that was committed"
_UNREAD = "references are kept in a form that git alone can read, and it cannot be asked here"


def history_findings(folder: Path) -> list[Finding]:
    """What would make git tell another history than the one that was committed."""
    place = repository(folder)
    if place is None:
        return [Finding("note", ".git", 0, "there is no git repository here: the history was not looked at")]
    found = _stated_findings(folder, place[1])
    try:
        found += _asked_findings(folder, *place)
    except NoGitError:
        pass  # its files were read, and what they cannot tell was said
    except ForgedError as error:
        found.append(Finding("altered", ".git/objects", 0, str(error)))
    except NoAnswerError as error:
        what = f"git cannot read this repository, so its history was not checked: {' '.join(str(error).split())}"
        found.append(Finding("incomplete", ".git", 0, what))
    return found


def _stated_findings(folder: Path, store: Path) -> list[Finding]:
    """What git's own files say of its history."""
    found = []
    if (_read(store / "shallow") or b"").strip():
        what = "the clone is shallow, so its history is cut off: fetch it whole (git fetch --unshallow)"
        found.append(Finding("incomplete", ".git/shallow", 0, what))
    replaced = _references(folder, store, "refs/replace/")
    if replaced is None:
        found.append(Finding("incomplete", ".git/refs/replace", 0, f"replaced objects cannot be checked: {_UNREAD}"))
    elif replaced:
        found.append(Finding("altered", ".git/refs/replace", 0, _REPLACED))
    grafts = (_read(store / "info" / "grafts") or b"").decode("utf-8", errors="replace").splitlines()
    if any(line.strip() and not line.startswith("#") for line in grafts):
        what = "commits have other parents than they were made with (grafts)"
        found.append(Finding("altered", ".git/info/grafts", 0, what))
    return found


def _asked_findings(folder: Path, top: Path, store: Path) -> list[Finding]:
    """What git alone can say of its history: whether it is this one, whole, and of the commits that are named."""
    found = []
    shown = run_git(folder, ("rev-parse", "--show-toplevel")).decode("utf-8", errors="replace").rstrip("\n")
    if Path(shown).resolve() != top:
        what = f"git takes {shown} for the folder of this repository: take core.worktree out of its settings"
        found.append(Finding("incomplete", ".git/config", 0, what))
    if any((store / "objects" / "pack").glob("*.promisor")):
        listed = run_git(folder, ("rev-list", "--objects", "--all", "--missing=print"))
        if b"\n?" in b"\n" + listed:
            what = "the clone is partial, so a part of its history is missing: clone it without a filter"
            found.append(Finding("incomplete", ".git/objects/pack", 0, what))
            return found
    with git_objects(folder) as objects:
        commits = run_git(folder, ("rev-list", "--all")).decode().split()
        if len(objects.contents(commits)) != len(commits):
            raise NoAnswerError("commits are missing")
    return found


def _references(folder: Path, store: Path, below: str) -> list[str] | None:
    """The names of all references below a place, as git says or, without it, as its files say; None for "not known"."""
    try:
        listed = run_git(folder, ("for-each-ref", "--format=%(refname)", below))
        return listed.decode("utf-8", errors="replace").splitlines()
    except NoAnswerError:
        pass
    config = (_read(store / "config") or b"").decode("utf-8", errors="replace")
    if (store / "reftable").is_dir() or re.search(
        r"^\s*refstorage\s*=\s*(?!files\s*$)", config, re.IGNORECASE | re.MULTILINE
    ):
        return None
    packed = (_read(store / "packed-refs") or b"").decode("utf-8", errors="replace")
    names = {name for name in re.findall(r"^[0-9a-f]+ (refs/.+)$", packed, re.MULTILINE) if name.startswith(below)}
    loose = (file for file in (store / below).rglob("*") if file.is_file())
    return sorted({*names, *(file.relative_to(store).as_posix() for file in loose)})


def repository(folder: Path) -> tuple[Path, Path] | None:
    """The folder of the repository around a folder, and where it keeps what all its working trees share."""
    for here in (folder.resolve(), *folder.resolve().parents):
        mark = here / ".git"
        if mark.is_dir():
            return here, mark
        if mark.is_file():
            target = (_read(mark) or b"").decode("utf-8", errors="replace").removeprefix("gitdir:").strip()
            own = (here / target).resolve()
            common = (_read(own / "commondir") or b"").decode("utf-8", errors="replace").strip()
            return here, (own / common).resolve() if common else own
    return None


# Signed tags: a tag is an object of git that names a commit; signed with an SSH key, it says who stands for it.

_SIGNATURE_LINE = re.compile(rb"^-----BEGIN (SSH|PGP|SIGNED) (?:SIGNATURE|MESSAGE)-----", re.MULTILINE)


@dataclass(frozen=True)
class _Tag:
    """A signed tag on a commit that holds the seals."""

    where: str
    named: str
    """The name that was signed."""
    signed: bytes
    """What the signature goes over."""
    signature: bytes
    form: str
    """SSH, or another way of signing."""
    seconds: int
    """When it was made, as it says itself."""
    root: str
    """The archive root of its commit."""


def _tag_findings(folder: Path, held: _Held | None, allowed: Path) -> list[Finding]:
    """What the signed tags of a repository say of the archive: good, of an unknown key, or bad."""
    place = repository(folder)
    names = _references(folder, place[1], "refs/tags/") if place else []
    if names is None:
        return [Finding("incomplete", ".git/refs/tags", 0, f"signed tags cannot be checked: {_UNREAD}")]
    if not names or place is None:
        return []
    try:
        tags = _signed_tags(folder, (*folder.resolve().relative_to(place[0]).parts, *SEALS.split("/")))
    except ForgedError as error:
        return [Finding("altered", ".git/objects", 0, str(error))]
    except NoAnswerError:
        what = "signed tags cannot be checked: git is not installed, or cannot read this repository whole"
        return [Finding("incomplete", ".git/refs/tags", 0, what)]
    entries = held.entries if held else []
    known: dict[str, int] | None = {}
    if held is not None:
        states = enumerate(roots(entries, held.log), start=1) if tags and held.whole else ()
        known = {root: number for number, root in states} if held.whole else None
    return [_tag_finding(tag, allowed, known, len(entries)) for tag in tags]


def _signed_tags(folder: Path, seals: tuple[str, ...]) -> list[_Tag]:
    """Every signed tag whose commit holds the seals at a place, given by its parts."""
    listed = run_git(folder, ("for-each-ref", "--format=%(objecttype) %(objectname) %(refname)", "refs/tags/"))
    found = []
    with git_objects(folder) as objects:
        for line in listed.decode("utf-8", errors="replace").splitlines():
            kind, name, where = line.split(" ", 2)
            tag = objects.read(name)[2] if kind == "tag" else b""
            marks = list(_SIGNATURE_LINE.finditer(tag))
            root = _root_at(objects, name, tag, seals) if marks else ""
            if not root:
                continue
            head, at = tag.partition(b"\n\n")[0].decode("utf-8", errors="replace"), marks[-1].start()
            named = re.search(r"^tag (.*)$", head, re.MULTILINE)
            made = re.search(r"^tagger .* (\d{1,11}) [+-]\d{4}$", head, re.MULTILINE)
            seconds = int(made[1]) if made else 0
            form = marks[-1][1].decode()
            found.append(_Tag(where, named[1] if named else "", tag[:at], tag[at:], form, seconds, root))
    return found


def _root_at(objects: Objects, name: str, tag: bytes, seals: tuple[str, ...]) -> str:
    """The archive root at the commit that a tag names; "" where it names none, or one without seals."""
    try:
        commit, _, content = objects.read(f"{name}^{{commit}}")
    except NoAnswerError as error:
        if b"\ntype commit\n" in tag or isinstance(error, ForgedError):
            raise
        return ""
    _, kind, content = objects.read(content.partition(b"\n")[0].removeprefix(b"tree ").decode())
    for part in seals:
        inside = _inside(content, part.encode(), len(commit) // 2) if kind == "tree" else ""
        if not inside:
            return ""
        _, kind, content = objects.read(inside)
    return sha256(content) if kind == "blob" else ""


def _inside(tree: bytes, name: bytes, size: int) -> str:
    """The object that a tree of git holds under a name; "" where it holds none."""
    place = 0
    while place < len(tree):
        end = tree.index(b"\0", place)
        if tree[place:end].partition(b" ")[2] == name:
            return tree[end + 1 : end + 1 + size].hex()
        place = end + 1 + size
    return ""


def _tag_finding(tag: _Tag, allowed: Path, known: Mapping[str, int] | None, entries: int) -> Finding:
    """What one tag shows. A good one is as strong as a minuted root: it names a state that the log must have had.

    `known` are the roots of all states; none where log and seals are gone, and None where the log cannot be read.
    """
    if tag.form != "SSH":
        what = "the tag is signed in another way than with an SSH key, and was not checked: see git verify-tag"
        return Finding("note", tag.where, 0, what)
    kind, what = _tag_signature(tag, allowed)
    if not what.startswith("good"):
        return Finding(kind, tag.where, 0, what)
    if tag.where != f"refs/tags/{tag.named}":
        what = f"{what}; it was made as the tag `{tag.named}`"
    if known is not None and tag.root not in known:
        lost = "no state of this log has the archive root of its commit: lines were changed or taken away since"
        return Finding("altered", tag.where, 0, f"{what}, and {lost}")
    if known:
        number = known[tag.root]
        what = f"{what}; its commit has the archive root after entry {number}; {entries - number} came since"
    return Finding(kind, tag.where, 0, what)


def _tag_signature(tag: _Tag, allowed: Path) -> tuple[str, str]:
    """Whether a tag's signature is good, of an unknown key, or bad, as a kind and words."""
    with tempfile.TemporaryDirectory() as name:
        file = Path(name) / "tag.sig"
        file.write_bytes(tag.signature)
        of = ("-n", "git", "-s", str(file))
        try:
            alone = _keygen(("check-novalidate", *of), tag.signed)
            if alone is None:
                return "altered", "bad: the signature is not one over this tag"
            key = next((word for word in alone.split() if word.startswith("SHA256:")), "that cannot be named")
            if not allowed.is_file():
                return "note", f"unknown key {key}: there is no list of allowed signers ({SIGNERS})"
            when = _verify_time(tag.seconds, allowed)
            signers = _keygen(("find-principals", "-f", str(allowed), "-s", str(file), *when), b"")
            for signer in (signers or "").splitlines():
                who = signer.split(",")[0]
                if _keygen(("verify", "-f", str(allowed), "-I", who, *of, *when), tag.signed) is not None:
                    return "note", f"good: signed by {who} with the key {key}"
        except OSError:
            return "incomplete", "the signature cannot be checked: ssh-keygen is not installed"
    if signers:
        return "note", f"unknown key {key}: the list of allowed signers has it, and not for tags (namespace git)"
    return "note", f"unknown key {key}: the list of allowed signers does not have it"


def _keygen(arguments: tuple[str, ...], given: bytes) -> str | None:
    """What `ssh-keygen -Y` prints, or None where it refuses."""
    done = subprocess.run(["ssh-keygen", "-Y", *arguments], input=given, capture_output=True, check=False)  # noqa: S603, S607
    return done.stdout.decode("utf-8", errors="replace") if done.returncode == 0 else None


def _verify_time(seconds: int, allowed: Path) -> tuple[str, ...]:
    """The day of the tag, as git gives it, where the list says until when a key may sign; older programs refuse it."""
    dated = b"valid-" in (_read(allowed) or b"")
    return (time.strftime("-Overify-time=%Y%m%d%H%M%S", time.localtime(seconds)),) if dated else ()


# A built site or a pack: a manifest over every file but itself.


def _check_built(folder: Path, found: Verdict, minuted: str, signers: Path | None) -> None:
    """Check every file against the manifest, and the manifest against the log that lies beside it."""
    found.what = "site"
    content = _read(folder / MANIFEST)
    if content is None:
        found.add("incomplete", MANIFEST, "the site has no manifest: it was not made by `plan-archive build`")
        return
    try:
        manifest = json.loads(content, object_pairs_hook=_once)
        files = dict(manifest["files"])
        kind, root = str(manifest["kind"]), manifest["archive_root"]
        whole = manifest["schema"] == MANIFEST_SCHEMA and kind in ("site", "pack")
        whole = whole and all(isinstance(each, str) for pair in files.items() for each in pair)
        rest = {key: value for key, value in manifest.items() if key != "sha256"}
        whole = whole and content == manifest_text(rest).encode()
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        whole = False
    if not whole:
        found.add("altered", MANIFEST, "this is no manifest, or its own SHA-256 does not fit it")
        return
    found.what = kind
    _check_listed(folder, files, found)
    if signers is not None:
        _check_manifest_signature(content, folder / f"{MANIFEST}.sig", signers, found)
    inner = Verdict(kind)
    if kind == "pack":
        check_archive(folder, inner, minuted, signers, partial=True)
    else:
        _check_published(folder, inner, minuted)
    if inner.root != (root or ""):
        inner.add("altered", MANIFEST, "its archive root is not that of the log and the seals beside it")
    found.root, found.entries, found.sealed, found.minuted = inner.root, inner.entries, inner.sealed, inner.minuted
    found.findings += inner.findings


def manifest_text(made: Mapping[str, Any]) -> str:
    """A manifest as it is written, its last key the SHA-256 of what stands before it: against slips, not forgers."""
    digest = sha256(json.dumps(made, indent=1, ensure_ascii=False).encode())
    return json.dumps({**made, "sha256": digest}, indent=1, ensure_ascii=False) + "\n"


def _check_listed(folder: Path, files: Mapping[str, str], found: Verdict) -> None:
    """Every listed file is there with its bytes, and no other is."""
    digests = {digest: name for name, digest in files.items()}
    there = set(_below(folder, ("",), hidden=True, found=found))
    unread = tuple(f"{each.where}/".removeprefix("./") for each in found.findings)
    for name in sorted({*there, *files} - {MANIFEST, f"{MANIFEST}.sig"}):
        if name not in files:
            found.add("altered", name, "the file is not in the manifest: it was added")
        elif name in there:
            _check_bytes(folder / name, name, files[name], digests, found)
        elif not name.startswith(unread):
            found.add("altered", name, "the file is in the manifest, and it is missing")


def _check_bytes(file: Path, name: str, wanted: str, digests: Mapping[str, str], found: Verdict) -> None:
    found.files += 1
    try:
        digest = _digest(file)
    except UnreadError as error:
        found.add("incomplete", name, str(error))
        return
    if digest != wanted:
        other = digests.get(digest or "")
        what = f"it holds the bytes of {other}" if other else "its bytes are not those of this build"
        found.add("altered", name, what)
    elif _is_link(file):
        found.add("incomplete", name, LINK)


def _check_manifest_signature(content: bytes, signature: Path, signers: Path, found: Verdict) -> None:
    """Someone who may sign has signed the manifest; ssh-keygen finds who, also where the list has patterns."""
    if not signature.is_file():
        what = "the manifest is not signed, and it was asked who may sign it"
        found.add("incomplete", signature.name, what)
        return
    of = ("-f", str(signers), "-s", str(signature))
    try:
        listed = (_keygen(("find-principals", *of), b"") or "").replace(",", "\n").splitlines()
        good = any(_keygen(("verify", *of, "-n", NAMESPACE, "-I", name), content) is not None for name in listed)
    except OSError:
        found.add("incomplete", signature.name, "ssh-keygen is not installed: the signature was not checked")
        return
    if not good:
        found.add("altered", signature.name, "the signature is not one of an allowed signer over this manifest")


def _check_published(folder: Path, found: Verdict, minuted: str) -> None:
    """The log and the seals that a site serves fit each other, and the texts that it shows are the sealed ones."""
    with tempfile.TemporaryDirectory() as name:
        base = Path(name)
        (base / "archive").mkdir()
        for served, file in (("data/log.jsonl", LOG), ("data/seals.sha256", SEALS)):
            content = _read(folder / served)
            if content is not None:
                (base / file).write_bytes(content)
        held = read_held(base, found)
    if held is not None and held.whole:
        found.entries, found.sealed = len(held.entries), len(held.seals)
        found.root = sha256(seals_text(held.seals, sha256(held.log)).encode())
        _told(held.entries, found)
        _check_catalogue(folder, held.entries, found)
        _check_attachments(folder, held.seals, found)
    check_minuted(held.entries if held and held.whole else [], held.log if held else b"", minuted, found)


def _check_attachments(folder: Path, seals: Mapping[str, str], found: Verdict) -> None:
    """Each sealed attachment is served beside its edition, with its bytes."""
    for path, digest in seals.items():
        match = _ATTACHED.fullmatch(logical(path))
        served = f"plans/{match[1]}/{match[2]}/{path.rpartition('/')[2]}" if match else ""
        if served and _digest(folder / served) != digest:
            found.add("altered", served, f"it is not the attachment that is sealed as {path}")


def _check_catalogue(folder: Path, entries: Iterable[Entry], found: Verdict) -> None:
    last: dict[tuple[str, str], str] = {}
    latest: dict[tuple[str, str], int] = {}
    for entry in entries:
        name = (entry.get("plan", ""), entry.get("edition", ""))
        main = entry["event"] in (*TEXTS, "redact") and not entry.get("language")
        if main and entry["version"] >= latest.get(name, 0):
            last[name], latest[name] = entry["sha256"], entry["version"]
    file = "data/catalogue.json"
    try:
        catalogue = json.loads(_read(folder / file) or b"")
        shown = {(plan["id"], each["id"]): each["sha256"] for plan in catalogue["plans"] for each in plan["editions"]}
    except (ValueError, KeyError, TypeError):
        found.add("altered", file, "the catalogue cannot be read")
        return
    for (plan, edition), digest in sorted(shown.items()):
        if (plan, edition) not in last:
            found.add("incomplete", file, f"{plan}@{edition} is shown, and the log does not have it: it is not sealed")
        elif last[plan, edition] != digest:
            found.add("altered", file, f"the text shown as {plan}@{edition} is not the one that is sealed")
    for plan, edition in sorted(set(last) - set(shown)):
        found.add("altered", file, f"{plan}@{edition} is sealed, and the site does not show it")


# The command.


def as_data(found: Verdict) -> dict[str, Any]:
    """A verdict as data, `plan-archive/verified/1`."""
    return {
        "schema": "plan-archive/verified/1",
        "what": found.what,
        "verdict": found.verdict,
        "archive_root": found.root or None,
        "entries": found.entries,
        "sealed": found.sealed,
        "files": found.files,
        "minuted_entry": found.minuted or None,
        "findings": [
            {"kind": each.kind, "where": visible(each.where), "line": each.line or None, "what": visible(each.what)}
            for each in found.findings
        ],
    }


def as_json(found: Verdict) -> str:
    """A verdict as JSON."""
    return json.dumps(as_data(found), indent=2, ensure_ascii=False) + "\n"


def as_text(found: Verdict) -> str:
    """A verdict for people: what was found, and the verdict with the archive root last."""
    lines = [str(finding) for finding in found.findings]
    lines.append(f"{found.verdict}: {found.what}; {found.files} files read, {found.entries} entries in the log")
    if found.root:
        lines.append(f"archive root: {found.root}")
    return "\n".join(lines) + "\n"


def main(arguments: list[str] | None = None) -> int:
    """Verify what the command line names; the exit code."""
    parser = argparse.ArgumentParser(
        prog="verify.py",
        description="Verify a repository, a built site or an unpacked pack of a plan archive.",
        epilog="Exit codes: 0 intact, 3 altered, 4 incomplete, 2 wrong usage. Detects, does not prevent.",
    )
    parser.add_argument("folder", nargs="?", default=".", help="the folder; this one where none is given")
    parser.add_argument("--minuted", help="an archive root that was kept elsewhere, such as in minutes")
    parser.add_argument("--allowed-signers", help=f"who may sign, as ssh-keygen has it; {SIGNERS} where none is given")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="text for people, json for programs")
    given = parser.parse_args(arguments)
    signers = Path(given.allowed_signers) if given.allowed_signers else None
    try:
        found = verify(Path(given.folder), asked(given.minuted), signers)
    except WrongUsageError as error:
        parser.error(str(error))
    except KeyboardInterrupt:
        sys.stderr.write("verify.py: stopped before it had a verdict\n")
        return 130
    return _say(as_json(found) if given.format == "json" else as_text(found), found.code)


def asked(minuted: str | None) -> str:
    """A minuted root as the command line has it; an empty one is not the same as none."""
    if minuted is not None and not minuted.strip():
        raise WrongUsageError("a minuted root is 16 to 64 hexadecimal digits")
    return minuted or ""


def _say(text: str, code: int) -> int:
    """Print the verdict; the exit code, which is never that of a verdict where nobody could read it."""
    why: object = "there is no output"
    try:
        if isinstance(sys.stdout, io.TextIOWrapper):
            sys.stdout.reconfigure(errors="replace")  # a console that cannot show a name still shows the rest
        if sys.stdout is not None:  # as it is where it was closed before the program began
            print(text, end="", flush=True)  # noqa: T201  its answer is for a terminal
            return code
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # or Python says more of it when it ends
        why = error.strerror
    sys.stderr.write(f"verify.py: the verdict cannot be written ({why})\n")
    return 1


if __name__ == "__main__":
    sys.exit(main())
