"""Reading loose files for comparing: any Markdown file or folder, leniently.

Unknown front matter is passed over, a byte-order mark and CRLF are accepted, ids and an index are not asked for.
What would harm is still kept out: the size caps on brackets hold, and HTML is cut down to the allowed.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

import lxml.html
import nh3

from ..errors import PlanArchiveError
from ..model import Section
from .blocks import Chapter
from .caps import check_brackets
from .dialect import render
from .lines import Lines
from .safety import ALLOWED
from .sections import read_sections

_FRONT = re.compile(r"\A---[ ]*\n.*?\n(?:---|\.\.\.)[ ]*\n", re.DOTALL)
_EXTRA = {
    tag: {"class"}
    for tag in ("b", "i", "s", "u", "del", "ins", "small", "mark", "kbd", "figure", "figcaption", "caption")
}


@dataclass(frozen=True)
class LooseText:
    """A text read leniently."""

    file: str
    sections: tuple[Section, ...]
    sha256: str


def read_loose(path: Path) -> LooseText:
    """Read a Markdown file or a folder of chapters; PlanArchiveError where nothing there can be read."""
    try:
        files = _files(path)
        contents = {file: file.read_bytes() for file in files}
    except OSError as error:
        raise PlanArchiveError(f"{path} cannot be read ({error.strerror}): check the path") from error
    if not files:
        raise PlanArchiveError(f"{path} holds no Markdown files: give a file, or a folder of chapters")
    return loose_text(str(path), {file.name: content for file, content in contents.items()}, folder=path.is_dir())


def _files(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    found = sorted(file for file in path.iterdir() if file.suffix == ".md" and file.is_file())
    return sorted(found, key=lambda file: (file.name != "index.md", file.name))


def loose_text(name: str, contents: dict[str, bytes], *, folder: bool) -> LooseText:
    """The text that some files make, given by name in reading order."""
    chapters: list[Chapter] = []
    for file, content in contents.items():
        stem = file.removesuffix(".md") if folder and file != "index.md" else ""
        chapters.append(_chapter(f"{name}/{file}" if folder else name, stem, content))
    title = _lead(chapters[0]) if not chapters[0].stem else ""
    sections = read_sections(chapters, title)
    if folder:
        rows = sorted(f"{hashlib.sha256(content).hexdigest()}  {file}\n" for file, content in contents.items())
        digest = hashlib.sha256("".join(rows).encode()).hexdigest()
    else:
        digest = hashlib.sha256(next(iter(contents.values()))).hexdigest()
    return LooseText(name, sections, digest)


def _chapter(file: str, stem: str, content: bytes) -> Chapter:
    text = content.decode("utf-8-sig", errors="replace").replace("\r\n", "\n").replace("\r", "\n").replace("\t", "    ")
    text = "".join(c for c in text if c == "\n" or c.isprintable() or not c.isascii())
    body = _FRONT.sub("", text, count=1)
    first_line = text.count("\n", 0, len(text) - len(body)) + 1
    problems = check_brackets(body, file, first_line)
    html, faults = render(body, file, first_line) if not problems else (None, problems)
    if html is None:
        raise PlanArchiveError("\n".join(str(problem) for problem in faults))
    allowed = {**ALLOWED, **_EXTRA}
    safe = nh3.clean(
        html,
        tags=set(allowed),
        attributes={t: n for t, n in allowed.items() if n},
        link_rel=None,
        url_schemes={"http", "https", "mailto", "plan"},
    )
    return Chapter(file, stem, safe, Lines(body, first_line), deeper=_deeper(safe, stem))


def _deeper(html: str, stem: str) -> int:
    """One level deeper where the first level is not the title's alone."""
    firsts = len(re.findall(r"<h1\b", html))
    return 1 if firsts > 1 or (stem and firsts) else 0


def _lead(chapter: Chapter) -> str:
    root = lxml.html.fragment_fromstring(chapter.html, create_parent="div")
    first = root[0] if len(root) else None
    return (
        " ".join(first.text_content().split()) if first is not None and first.tag == "h1" and not chapter.deeper else ""
    )
