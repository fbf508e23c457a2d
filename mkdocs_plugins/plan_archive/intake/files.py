"""Finding and reading an editor's files: the only place where the archive's folders are opened.

What is not a plain file of a known kind inside the archive's own folder is refused, never followed.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from ..errors import Problem

LARGEST_TEXT = 2_000_000
"""Bytes in a text or a data file; the longest plan measured has 0.5 million."""
LARGEST_ATTACHMENT = 20_000_000

_BIDI = {chr(code) for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C)}
_INVISIBLE = {chr(code) for code in (0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0x00AD, 0x180E)}
_WINDOWS = re.compile(r"^(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?$", re.IGNORECASE)


@dataclass(frozen=True)
class Source:
    """A file as it lies on disk, read once."""

    file: str
    """Path from the archive's root, with forward slashes."""
    content: bytes

    @property
    def sha256(self) -> str:
        """The SHA-256 of its bytes."""
        return hashlib.sha256(self.content).hexdigest()


def files_below(root: Path, folder: str) -> tuple[list[str], list[Problem]]:
    """Every plain file below a folder of the archive, sorted; links, devices and repositories within are problems."""
    found: list[str] = []
    problems: list[Problem] = []
    top = root / folder
    if top.is_symlink():
        return [], [_linked(folder)]
    if not top.is_dir():
        return [], []
    waiting = [top]
    while waiting:
        here = waiting.pop()
        for path in sorted(here.iterdir()):
            name = path.relative_to(root).as_posix()
            if path.is_symlink():
                problems.append(_linked(name))
            elif path.name == ".git":
                remedy = "copy its files in as plain files"
                problems.append(Problem(name, 1, "another repository (a submodule) lies here", remedy))
            elif path.name.startswith("."):
                continue
            elif not path.resolve().is_relative_to(root.resolve()):
                problems.append(Problem(name, 1, "this lies outside the archive", "move it into the archive"))
            elif path.is_dir():
                waiting.append(path)
            elif path.is_file():
                found.append(name)
            else:
                problems.append(Problem(name, 1, "this is neither a file nor a folder", "remove it"))
            if _WINDOWS.match(path.name):
                problems.append(Problem(name, 1, "Windows cannot hold a file of this name", "rename it"))
    return sorted(found), problems + _same_but_for_case(found)


def _linked(name: str) -> Problem:
    return Problem(name, 1, "this is a symbolic link, which is never followed", "put the file itself here")


def _same_but_for_case(names: list[str]) -> list[Problem]:
    seen: dict[str, str] = {}
    problems = []
    for name in sorted(names):
        folded = unicodedata.normalize("NFC", name).casefold()
        if folded in seen:
            what = f"its name differs from `{seen[folded]}` in capital letters only"
            problems.append(Problem(name, 1, what, "rename one of them: some computers hold only one"))
        seen[folded] = name
    return problems


def read_source(root: Path, file: str, largest: int = LARGEST_TEXT) -> tuple[Source | None, list[Problem]]:
    """Read a file of the archive; one that is too large or cannot be read is a problem."""
    path = root / file
    try:
        size = path.stat().st_size
        if size > largest:
            what = f"the file has {size:,} bytes, more than the {largest:,} allowed"
            return None, [Problem(file, 1, what, "split it, or make it smaller")]
        return Source(file, path.read_bytes()), []
    except OSError as error:
        return None, [Problem(file, 1, f"the file cannot be read ({error.strerror})", "check its permissions")]


def read_text(source: Source) -> tuple[str | None, list[Problem]]:
    """The file's text; anything but plain UTF-8 with LF and visible characters is a problem."""
    file = source.file
    try:
        text = source.content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = source.content.count(b"\n", 0, error.start) + 1
        return None, [Problem(file, line, "this is not UTF-8", "save the file as UTF-8")]
    problems = []
    for number, line_text in enumerate(text.split("\n"), start=1):
        problems.extend(_bad_characters(file, number, line_text))
    return (None if problems else text), problems


def _bad_characters(file: str, number: int, line: str) -> list[Problem]:
    if line.isascii() and line.isprintable():
        return []
    for place, character in enumerate(line, start=1):
        what = bad_character(character)
        if what:
            name = unicodedata.name(character, f"U+{ord(character):04X}")
            where = f"{what} ({name}) at character {place}"
            return [Problem(file, number, where, _remedy(character))]
    return []


def bad_character(character: str) -> str:
    """What is wrong with a character in an editor's file, or ""."""
    if character == "\r":
        return "a carriage return"
    if character == "\t":
        return "a tab"
    if character in _BIDI:
        return "a character that changes the direction of reading"
    if character in _INVISIBLE:
        return "an invisible character"
    if unicodedata.category(character) in ("Cc", "Cs", "Co", "Cn", "Zl", "Zp"):
        return "a control character"
    return ""


def _remedy(character: str) -> str:
    if character == "\r":
        return "save the file with LF line ends"
    if character == "\t":
        return "use spaces"
    return "delete it"
