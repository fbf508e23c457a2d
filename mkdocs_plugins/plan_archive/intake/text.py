"""One version of an edition: its files -> a Text, or problems with their lines."""

from __future__ import annotations

import hashlib
import html as entities
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

import lxml.html

from ..errors import Problem
from ..facts import FrontMatter, TranslatedFront
from ..model import PlanLink, Section, Text
from .blocks import Chapter
from .caps import check_caps
from .dialect import render
from .files import Source, bad_character, read_text
from .lines import Lines
from .numbering import check_numbering
from .safety import Fault, Rule, check_html, section_links
from .schema import read_facts
from .sections import read_sections
from .strict_yaml import Document, read_yaml

_FENCE = "---\n"
MOST_TOLD = 300
"""Faults of one text that are told one by one."""


@dataclass(frozen=True)
class HalfRead:
    """A text that has problems: as much of it as can be shown to the editor who is writing it."""

    file: str
    source: str
    html: str
    """What could be rendered, stripped to what is allowed; "" where nothing could."""


def split_front(text: str, file: str) -> tuple[str | None, str, int, list[Problem]]:
    """The front matter and the body of a text, and the body's first line."""
    if not text.startswith(_FENCE):
        what = "the file does not begin with front matter"
        return None, text, 1, [Problem(file, 1, what, "begin it with a line `---`, the facts, and another `---`")]
    end = text.find("\n---\n", len(_FENCE) - 1)
    if end < 0:
        what = "the front matter that begins here has no end"
        return None, text, 1, [Problem(file, 1, what, "put a line `---` below it")]
    body_at = end + len("\n---\n")
    front = text[len(_FENCE) : end + 1] if end >= len(_FENCE) else ""
    return front, text[body_at:], text.count("\n", 0, body_at) + 1, []


def read_version(
    sources: list[Source], version: int, known: Callable[[str], bool], main: FrontMatter | None = None
) -> tuple[Text | None, HalfRead | None, list[Problem]]:
    """Read a text of one file, or of an index and its chapters (index first, chapters in name order).

    `known` says whether an attachment of the plan exists; `main` is the main text's front matter where this is another
    language of it. A problem means that there is no Text, and that the second
    result shows what could be read.
    """
    main_file = sources[0]
    problems: list[Problem] = []
    texts = [(source, *read_text(source)) for source in sources]
    for _, _, faults in texts:
        problems.extend(faults)
    if problems:
        shown = main_file.content.decode("utf-8", errors="replace")
        return None, HalfRead(main_file.file, shown, ""), problems
    main_text = texts[0][1] or ""
    front_text, body, first_line, faults = split_front(main_text, main_file.file)
    problems.extend(faults)
    front, document = None, None
    if front_text is not None:
        front, document, faults = _front(front_text, main_file.file, main)
        problems.extend(faults)
    bodies = [(main_file, body, first_line, "")]
    bodies += [(source, text or "", 1, PurePosixPath(source.file).stem) for source, text, _ in texts[1:]]
    chapters = [
        chapter
        for source, body_text, line, stem in bodies
        if (chapter := _chapter(source, body_text, line, stem, known, problems)) is not None
    ]
    if len(chapters) < len(bodies):
        return None, HalfRead(main_file.file, main_text, ""), problems
    title = front.title if front else _first_heading(chapters[0])
    sections = read_sections(chapters, title)
    for chapter in chapters:
        problems.extend(chapter.problems)
    problems.extend(_dead_anchors(sections, chapters))
    problems.extend(_headings(sections, chapters, draft=bool(front and front.draft)))
    if problems or front is None or document is None:
        html = "".join(_shown(section) for section in sections)
        return None, HalfRead(main_file.file, main_text, html), problems
    links = tuple(link for chapter in chapters for link in _plan_links(chapter))
    lines = tuple(sorted((".".join(map(str, path)), line) for path, line in document.lines.items()))
    return Text(main_file.file, front, sections, fingerprint(sources), version, links, lines), None, []


def fingerprint(sources: list[Source]) -> str:
    """The SHA-256 of one file's bytes; of the sorted `sha256sum` lines of a folder's files."""
    if len(sources) == 1 and not sources[0].file.endswith("/index.md"):
        return sources[0].sha256
    rows = sorted(f"{source.sha256}  {PurePosixPath(source.file).name}\n" for source in sources)
    return hashlib.sha256("".join(rows).encode()).hexdigest()


def _front(text: str, file: str, main: FrontMatter | None) -> tuple[FrontMatter | None, Document | None, list[Problem]]:
    document, problems = read_yaml(text, file, first_line=2)
    if document is None:
        return None, None, problems
    if main is not None:
        words, problems = read_facts(document, TranslatedFront, file)
        return main.translated(words) if words else None, document, problems
    front, problems = read_facts(document, FrontMatter, file)
    return front, document, problems


def _chapter(
    source: Source, body: str, first_line: int, stem: str, known: Callable[[str], bool], problems: list[Problem]
) -> Chapter | None:
    """A file's page, checked; None where it cannot be shown at all."""
    if stem and body.startswith(_FENCE):
        what = "a chapter has front matter"
        problems.append(Problem(source.file, 1, what, "keep front matter in the index.md of the folder"))
        return None
    html, lines, faults = checked_html(body, source.file, first_line, section_links(known))
    problems.extend(faults)
    if html is None:
        return None
    return Chapter(source.file, stem, html, lines, deeper=1 if stem else 0, refused=bool(faults))


def checked_html(body: str, file: str, first_line: int, links: Rule) -> tuple[str | None, Lines, list[Problem]]:
    """Render a body and hold it against the allow-list; what comes back is safe to show, problems or none."""
    lines = Lines(body, first_line)
    capped = check_caps(body, file, first_line)
    if capped:
        return None, lines, capped
    raw, problems = render(body, file, first_line)
    problems += check_numbering(body, file, first_line)
    if raw is None:
        return None, lines, problems
    html, faults = check_html(raw, links)
    told = _told(faults, body, lines, file, first_line)
    if any(bad_character(character) for character in set(html) - {"\n"}):
        told += _bad_entities(body, file, first_line)
    return html, lines, [*problems, *told]


def _told(faults: list[Fault], body: str, lines: Lines, file: str, first_line: int) -> list[Problem]:
    """Faults with their lines; of a great many, the first ones and how many more there are."""
    source = body.lower().split("\n")
    told = [
        Problem(file, _fault_line(fault, source, lines, first_line), fault.what, fault.remedy)
        for fault in faults[:MOST_TOLD]
    ]
    if len(faults) > MOST_TOLD:
        what = f"{len(faults) - MOST_TOLD:,} more things in this text are not allowed"
        told.append(Problem(file, first_line, what, "correct the others first, then check again"))
    return told


def _bad_entities(body: str, file: str, first_line: int) -> Iterator[Problem]:
    """Characters that no file may hold, written as HTML entities."""
    for number, line in enumerate(body.split("\n"), start=first_line):
        for entity in re.findall(r"&#?\w+;?", line):
            what = next((fault for c in entities.unescape(entity) if (fault := bad_character(c)) and c != "\n"), "")
            if what:
                yield Problem(file, number, f"`{entity}` stands for {what}", "take it out")


def _fault_line(fault: Fault, source: list[str], lines: Lines, first_line: int) -> int:
    """Where a fault stands: where its own characters stand nearest to its block, or else where its block begins."""
    near = lines.anywhere(fault.near) if fault.near else None
    if fault.literal:
        wanted = fault.literal.lower()
        for form in (f"({wanted}", f'"{wanted}', wanted):
            found = [n for n, text in enumerate(source, start=first_line) if form in text]
            if found:
                return min(found, key=lambda line: abs(line - near)) if near else found[0]
    return near or first_line


def _first_heading(chapter: Chapter) -> str:
    root = lxml.html.fragment_fromstring(chapter.html, create_parent="div")
    first = root.find("h1")
    return " ".join(first.text_content().split()) if first is not None else ""


def _headings(sections: tuple[Section, ...], chapters: list[Chapter], *, draft: bool) -> list[Problem]:
    """Headings that skip a level, and published ones that have no id of their own."""
    files = {chapter.stem: chapter.file for chapter in chapters}
    problems = []
    level = 1
    for section in sections:
        file = files[section.chapter]
        if section.level > level + 1:
            what = f"the heading '{section.title}' skips a level"
            problems.append(Problem(file, section.line, what, f"write it with {level + 1} `#`, or add what is between"))
        level = section.level
        if not section.explicit and not draft:
            what = f"the heading '{section.title}' has no id"
            remedy = f"write one behind it, for example {{#{section.id}}}; it never changes afterwards"
            problems.append(Problem(file, section.line, what, remedy))
    return problems


def _dead_anchors(sections: tuple[Section, ...], chapters: list[Chapter]) -> Iterator[Problem]:
    """Links within the text that lead to nothing in it."""
    known = {section.id for section in sections} | {block.anchor for section in sections for block in section.blocks}
    for chapter in chapters:
        root = lxml.html.fragment_fromstring(chapter.html, create_parent="div")
        for element in root.iter("a"):
            href = element.get("href") or ""
            if href.startswith("#") and not href.startswith("#fn") and href[1:] not in known:
                line = chapter.lines.anywhere(" ".join(element.text_content().split())) or 1
                what = f"the link leads to `{href}`, which this text does not have"
                yield Problem(chapter.file, line, what, "correct the link, or take it out")


def _plan_links(chapter: Chapter) -> list[PlanLink]:
    root = lxml.html.fragment_fromstring(chapter.html, create_parent="div")
    links = []
    for element in root.iter("a"):
        match = re.match(r"^plan:([\w-]+)(?:@([\w-]+))?(?:#([\w-]+))?$", element.get("href") or "")
        if match:
            text = " ".join(element.text_content().split())
            line = chapter.lines.anywhere(text) or 1
            links.append(PlanLink(chapter.file, line, match.group(1), match.group(2), match.group(3)))
    return links


def _shown(section: Section) -> str:
    heading = section.blocks[0].html if section.blocks else ""
    return f"<h{section.level}>{heading}</h{section.level}>{section.html}"
