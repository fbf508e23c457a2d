"""Entries of the publication log, from a draft to a line, and back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from ..errors import PlanArchiveError
from ..facts.log import LogEntry
from . import verify
from .verify import LOG, LOG_SCHEMA, UnreadError, Verdict, read_held, seals_text, sha256

KEYS = tuple(field.alias or name for name, field in LogEntry.model_fields.items())
"""The keys of an entry, in the order in which they are written."""

Draft = Mapping[str, Any]
"""An entry before it has a number, a day and someone who answers for it."""


@dataclass(frozen=True)
class Log:
    """The publication log of an archive, as it counts: what a stopped command left undone counts as done."""

    content: bytes
    entries: tuple[LogEntry, ...]
    seals: str
    """What `archive/seals.sha256` holds, or will hold."""
    sealed: Mapping[str, str]
    """The SHA-256 of each sealed file, by path."""

    @property
    def root(self) -> str:
        """The archive root: the SHA-256 of the seals."""
        return sha256(self.seals.encode())


class ShapeError(PlanArchiveError):
    """A line of the log that is not of the known shape."""

    def __init__(self, line: int, what: str) -> None:
        """Name the line, and what is wrong with it."""
        super().__init__(f"{LOG}:{line}: {what}")
        self.line, self.what = line, what


@dataclass(frozen=True)
class Signed:
    """Who signs, and the number of the entry over whose seals the signature goes."""

    signer: str
    entry: int


def read_log(root: Path) -> Log | None:
    """The log of the archive at a folder, or None where there is none; PlanArchiveError where it was altered."""
    found = Verdict("repository")
    try:
        held = read_held(root, found)
    except UnreadError as error:
        raise PlanArchiveError(f"{error.file}: {error}") from error
    altered = [finding for finding in found.findings if finding.kind == "altered"]
    if altered:
        raise PlanArchiveError(f"{altered[0].where}: {altered[0].what}; see: plan-archive verify")
    if held is None:
        return None
    return Log(held.log, typed(held.entries), seals_text(held.seals, sha256(held.log)), held.seals)


def typed(entries: Iterable[Mapping[str, Any]]) -> tuple[LogEntry, ...]:
    """Entries as they were read, typed; ShapeError names the line of one that is not of the known shape."""
    made = []
    for number, entry in enumerate(entries, start=1):
        try:
            made.append(LogEntry.model_validate(entry))
        except ValidationError as error:
            first = error.errors()[0]
            place = ".".join(map(str, first["loc"])) or "entry"
            raise ShapeError(number, f"`{place}`: {first['msg'].removeprefix('Value error, ')}") from None
    return tuple(made)


def opening(archive: str, *, example: bool) -> Draft:
    """The first entry, which names the archive."""
    name = f"{archive} (fictional example, not a real council or record)" if example else archive
    return {"event": "open", "schema": LOG_SCHEMA, "archive": name, "example": example}


def lines(
    before: bytes, drafts: Iterable[Draft], *, recorded: date, who: str, why: str, signed: Signed | None = None
) -> bytes:
    """The lines that follow a log, each with the SHA-256 of the one before it."""
    number = before.count(b"\n")
    last = sha256(before[:-1].rpartition(b"\n")[2] + b"\n") if before else ""
    made = b""
    stated: dict[str, Any] = {
        "who": who or "not stated",
        "identity": "signed" if signed else "stated, unsigned" if who else "unsigned",
        **({"signer": signed.signer, "signature": signed.entry} if signed else {}),
    }
    for draft in drafts:
        number += 1
        entry = {"why": why, **draft, **stated, "entry": number, "before": last, "recorded": recorded.isoformat()}
        line = one_line(entry)
        last = sha256(line)
        made += line
    return made


def one_line(entry: Mapping[str, Any]) -> bytes:
    """An entry as its line: the known keys in their order, those that say nothing left out."""
    unknown = set(entry) - set(KEYS)
    if unknown:
        raise KeyError(", ".join(sorted(unknown)))
    kept = {
        key: entry[key]
        for key in KEYS
        if key in entry and (entry[key] is not None or key == "on") and (entry[key] not in ({}, ()) or key in _ALWAYS)
    }
    kept = kept | ({"attachments": {}} if kept["event"] in ("publish", "correct") and "attachments" not in kept else {})
    ordered = {key: kept[key] for key in KEYS if key in kept}
    LogEntry.model_validate(ordered)
    return json.dumps(ordered, ensure_ascii=False).encode() + b"\n"


_ALWAYS = ("before", "files")


def seals_after(log: bytes) -> str:
    """The seals that follow from a log; PlanArchiveError where it says what cannot be."""
    entries, fault = verify.read_log(log)
    sealed: dict[str, str] = {}
    try:
        for state in verify.states(entries):
            sealed = state
    except ValueError as error:
        raise PlanArchiveError(f"this cannot be written into the log: {error}") from error
    if fault:
        raise PlanArchiveError(f"this cannot be written into the log: {fault.what}")
    return seals_text(sealed, sha256(log))
