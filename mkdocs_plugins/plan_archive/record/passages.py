"""The sections of a text as it is typed, so that hundreds of versions of it can be compared with each other.

A version that was written long ago need not be one that today's checks would let through, so nothing is refused here.
Spaces, line ends, the width of tables and the place of a footnote do not count; every other character does.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b

_FRONT = re.compile(r"\A---[ ]*\n(?:.*\n)*?(?:---|\.\.\.)[ ]*\n")
_HEADING = re.compile(r"(#{1,6})(.*?)#*[ ]*$")
_UNDERLINE = re.compile(r"(=+|-+)[ ]*$")
_ATTRIBUTES = re.compile(r"[ ]*\{:?[ ]*([^}\n]*)\}[ ]*$")
_ID = re.compile(r"(?:^|\s)(?:#|id=\"?)([^\s\"]+)")
_LINK = re.compile(r"!?\[([^\]]*)\](?:\([^)]*\)|\[[^\]]*\])")
_FENCE = re.compile(r"\s*(`{3,}|~{3,})")
_NOTE = re.compile(r"[ ]{0,3}\[\^([^\]]+)\]:[ ]*(.*)$")
_RULE = re.compile(r"[ |:]*-[-| :]*$")
_ANEW = re.compile(r"\s*(?:[-*+|>:]|\d+[.)]\s)")
"""How a line begins that does not go on from the line before: a point of a list, a row of a table."""


@dataclass(frozen=True)
class Passage:
    """A section of a version."""

    id: str
    digest: bytes
    """What stands for its heading and its own text: equal where these are equal."""


@dataclass
class _Part:
    """A section while it is read."""

    title: str
    id: str = ""
    lines: list[str] = field(default_factory=list)
    """Those of a fence begin with a NUL: every space in them counts."""


def passages(content: bytes, chapter: str = "") -> tuple[Passage, ...]:
    """The sections of a file in reading order; what stands before the first heading of a text has the id ""."""
    text = content.decode("utf-8-sig", errors="replace").replace("\0", "").replace("\r\n", "\n").replace("\r", "\n")
    if not chapter:
        text = _FRONT.sub("", text, count=1)
    notes: dict[str, list[str]] = {}
    parts = _parts(_without_notes(text.split("\n"), notes), chapter)
    for name, lines in notes.items() if parts else ():
        mark = f"[^{name}]"
        citing = (part for part in parts if mark in part.title or any(mark in line for line in part.lines))
        next(citing, parts[-1]).lines.extend(["", *lines])
    named = _names(parts, chapter)
    return tuple(Passage(name, _digest(part)) for name, part in zip(named, parts, strict=True))


def _without_notes(lines: Sequence[str], notes: dict[str, list[str]]) -> Iterator[str]:
    """The lines without the footnotes, which are put apart; those of a fence begin with a NUL."""
    fence, note, before = "", "", ""
    for line in lines:
        mark = _FENCE.match(line) if "```" in line or "~~~" in line else None
        found = _NOTE.match(line) if "]:" in line and not fence else None
        if note and not found and (line.startswith("    ") or not line.strip() or (before.strip() and not mark)):
            notes[note].append(line)
        elif fence or mark:
            note = ""
            yield f"\0{line}"
            if mark and not fence:
                fence = mark[1]
            elif mark and mark[1].startswith(fence) and not line.strip(" `~"):
                fence = ""
        elif found:
            note = found[1]
            notes.setdefault(note, []).append(found[2])
        else:
            note = ""
            yield line
        before = line


def _parts(lines: Iterator[str], chapter: str) -> list[_Part]:
    """The sections with their lines."""
    parts = [] if chapter else [_Part("")]
    before = ""
    for line in lines:
        heading = _HEADING.match(line) if line.startswith("#") else None
        under = _UNDERLINE.match(line) if line.startswith(("=", "-")) else None
        if heading:
            _open(parts, heading[2], title=len(heading[1]) == 1 and not chapter)
        elif under and before and parts and parts[-1].lines[-2:-1] in ([], [""]) and not _ANEW.match(before):
            parts[-1].lines.pop()
            _open(parts, before, title=under[1][0] == "=" and not chapter)
        elif parts:
            parts[-1].lines.append(line if line.startswith("\0") else line.rstrip())
        elif line.strip():
            parts.append(_Part("", chapter, [line]))
        before = "" if heading or line.startswith("\0") else line.strip()
    return parts


def _open(parts: list[_Part], heading: str, *, title: bool) -> None:
    """Begin a section; the heading of the first level that stands first is the text's title."""
    given = _ATTRIBUTES.search(heading)
    name = _ID.search(given[1]) if given else None
    words = " ".join(heading[: given.start() if given else None].split())
    if title and len(parts) == 1 and not parts[0].title and not any(line.strip() for line in parts[0].lines):
        parts[0].title = words
    else:
        parts.append(_Part(words, name[1] if name else ""))


def _names(parts: Sequence[_Part], chapter: str) -> list[str]:
    """The id of each section: as it is written or, in a draft, as it is made from the heading."""
    names: list[str] = []
    for place, part in enumerate(parts):
        name = part.id
        if not name and (place or chapter):
            plain = html.unescape(_LINK.sub(r"\1", part.title)).lower()
            wish = re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "section"
            wish = f"{chapter}--{wish}" if chapter else wish
            number, name = 1, wish
            while name in names:
                number += 1
                name = f"{wish}-{number}"
        names.append(name)
    return names


def _digest(part: _Part) -> bytes:
    return blake2b("\n".join([part.title, *_words(part.lines)]).encode(), digest_size=16).digest()


def _words(lines: Sequence[str]) -> list[str]:
    """Paragraphs, points and rows, each as one line with single spaces."""
    words: list[str] = []
    goes_on = False
    for line in lines:
        if line.startswith("\0"):
            words.append(line)
            goes_on = False
        elif not line or line.isspace() or ("-" in line and _RULE.match(line)):
            goes_on = False
        elif goes_on and not _ANEW.match(line):
            words[-1] += f" {' '.join(line.split())}"
        else:
            row = " ".join(line.split())
            words.append("|".join(cell.strip() for cell in row.strip("|").split("|")) if row.startswith("|") else row)
            goes_on = True
    return words
