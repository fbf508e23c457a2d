"""`archive/log.jsonl`: the publication log, one entry a line, written by `publish`, `close` and `redact` alone."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints

from .kinds import Day, Fact, Key, Line, YesNo, iso_day

Event = Literal[
    "open",
    "publish",
    "correct",
    "supersede",
    "lapse",
    "withdraw",
    "close",
    "redact",
    "facts",
    "destinations",
    "registers",
]
ChangeClass = Literal["substantive", "editorial", "renumbering"]
Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Gone = Annotated[str, StringConstraints(pattern=r"^([0-9a-f]{64})?$")]


def _of_the_calendar(value: str) -> str:
    if len(value) > len("2006-04"):
        iso_day(value)
    return value


OnDay = Annotated[
    str, StringConstraints(pattern=r"^\d{4}(-(0[1-9]|1[0-2])(-\d{2})?)?$"), AfterValidator(_of_the_calendar)
]


class LogEntry(Fact):
    """One entry of the publication log: what was done to what, when, by whom and why."""

    entry: int
    """Its number: the line it stands on, from 1."""
    before: Gone
    """The SHA-256 of the line before, its line end included; empty on the first line."""
    event: Event
    """What was done: open (the log), publish and correct (a text), supersede, lapse and withdraw (an edition ended so),
    close (moved into the archive), redact (data removed by law), facts, destinations and registers (files that stay
    editable)."""
    schema_: Literal["plan-archive/log/1"] | None = Field(default=None, alias="schema")
    """On the first line: the name and version of this shape."""
    archive: Line | None = None
    """On the first line: the body whose archive this is."""
    example: YesNo | None = None
    """On the first line: whether the archive is a fictional example."""
    plan: Key | None = None
    """The plan's id."""
    edition: Key | None = None
    """The edition's id."""
    version: int | None = None
    """The version of the edition's text, from 1."""
    language: Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}$")] | None = None
    """The text's language, where it is another than the body's main one."""
    sha256: Digest | None = None
    """Of the text: of its file's bytes or, for a folder of chapters, of its sorted `sha256sum` lines."""
    files: dict[str, Gone] = Field(default_factory=dict)
    """The files by path, each with the SHA-256 of its bytes; empty where a file of facts went."""
    attachments: dict[str, Digest] = Field(default_factory=dict)
    """The attachments that were sealed with the text, in the same way."""
    was: dict[str, Digest] = Field(default_factory=dict)
    """Where data was removed: the files with the SHA-256 of what they held before."""
    moves: dict[str, str] = Field(default_factory=dict)
    """Where an edition was closed: each file's path before, and after."""
    successor: tuple[str, ...] = ()
    """What took its place: an edition of the same plan, or other plans."""
    on: OnDay | None = None
    """The day it happened, as the files state it; only a year or a month where no more is known, or null."""
    recorded: Day
    """The day on which the entry was written, which may be many years later."""
    who: Line
    """The role of whoever did it."""
    identity: Literal["stated, unsigned", "unsigned", "signed"]
    """Whether that is only stated, or shown by a signature."""
    signer: Line | None = None
    """Who signed, as the list of allowed signers has it."""
    signature: int | None = None
    """The number of the entry whose seals are signed, in `archive/seals.<number>.sig`."""
    why: Line
    """Why."""
    authority: Line | None = None
    """Where data was removed: the law or decision that asked for it."""
    class_: ChangeClass | None = Field(default=None, alias="class")
    """What kind of change it is from the text before; null for a first text."""
    class_is: Literal["proposed", "confirmed"] | None = None
    """Whether a comparison proposed the kind, or a person confirmed it."""
