"""Caps on what one text may hold, so that no known bomb reaches the renderer.

Twelve kilobytes of `![` keep Python-Markdown busy for half a minute. Every cap is on size or count, measured on the
source, and can only refuse: it never changes what is published, and the clock plays no part.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from ..errors import Problem

LONGEST_LINE = 20_000
LONGEST_BLOCK = 60_000
"""Characters between two blank lines, outside tables; fenced code counts, since what looks like a fence may be none."""
MOST_LINES = 1_500
"""Lines between two blank lines, outside tables."""
MOST_OPEN = 60
"""Brackets of one kind that a block leaves open, or closes without opening."""
DEEPEST_BRACKETS = 12
MOST_MARKS = 1_200
"""Emphasis marks, backticks, `<`, `&` or `{` in one block."""
DEEPEST_QUOTE = 12
DEEPEST_LIST = 12
MOST_FOOTNOTES = 600
MOST_FOOTNOTE_MARKS = 150
"""References to footnotes in one block."""
MOST_OPEN_IN_FILE = 600
MOST_ANGLES_IN_FILE = 1_500
MOST_FOOTNOTE_MARKS_IN_FILE = 1_000
MOST_BLOCKS = 10_000
MOST_COLUMNS = 60
MOST_ABBREVIATIONS = 200
MOST_REFERENCES = 2_000

Refuse = Callable[[int, str, str], None]

_DELIMITER = re.compile(r"^\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*$")


def check_brackets(body: str, file: str, first_line: int) -> list[Problem]:
    """Refuse a body whose brackets would keep the renderer busy, whatever its size."""
    problems: list[Problem] = []
    for start, block, _ in _blocks(body):
        for opening, closing in ("[]", "()"):
            loose, deepest = _brackets(block, opening, closing)
            if loose > MOST_OPEN or deepest > DEEPEST_BRACKETS:
                what = f"{loose} brackets `{opening}{closing}` without their other half, {deepest} deep"
                problems.append(Problem(file, first_line + start, what, "close each bracket"))
    return problems


def check_caps(body: str, file: str, first_line: int) -> list[Problem]:
    """Refuse a body that holds more of anything than a plan could need."""
    problems: list[Problem] = []

    def refuse(line: int, what: str, remedy: str) -> None:
        problems.append(Problem(file, first_line + line, what, remedy))

    for number, line in enumerate(body.split("\n")):
        if len(line) > LONGEST_LINE:
            refuse(number, f"the line has {len(line):,} characters, more than {LONGEST_LINE:,}", "break it up")
        quotes = re.match(r"[ >]*", line)
        if quotes and quotes.group().count(">") > DEEPEST_QUOTE:
            refuse(number, f"quotations nest deeper than {DEEPEST_QUOTE}", "write it more plainly")
        if len(line) - len(line.lstrip(" ")) > 4 * DEEPEST_LIST and re.match(r"\s*([-*+]|\d+\.)\s", line):
            refuse(number, f"lists nest deeper than {DEEPEST_LIST}", "write it more plainly")
        marks = re.match(r"[ >]*((?:(?:[-*+]|\d+[.)])\s+)*)", line)
        if marks and len(marks.group(1).split()) > DEEPEST_LIST:
            refuse(number, f"lists nest deeper than {DEEPEST_LIST}", "write it more plainly")
    loose = count = 0
    for count, (start, block, is_table) in enumerate(_blocks(body), start=1):  # noqa: B007
        _check_block(start, block, is_table, refuse)
        loose += _brackets(block, "[", "]")[0] + _brackets(block, "(", ")")[0]
    if loose > MOST_OPEN_IN_FILE:
        refuse(0, f"{loose:,} brackets in the text lack their other half", "close each bracket")
    for held, most, name in (
        (body.count("<"), MOST_ANGLES_IN_FILE, "`<`"),
        (body.count("[^"), MOST_FOOTNOTE_MARKS_IN_FILE, "references to footnotes"),
        (count, MOST_BLOCKS, "paragraphs"),
    ):
        if held > most:
            refuse(0, f"the text has {held:,} {name}, more than {most:,}", "split the text into chapters")
    for pattern, most, name in (
        (r"^ {0,3}\[\^[^\]]+\]:", MOST_FOOTNOTES, "footnotes"),
        (r"^ {0,3}\*\[[^\]]+\]:", MOST_ABBREVIATIONS, "abbreviations"),
        (r"^ {0,3}\[[^\]^][^\]]*\]:", MOST_REFERENCES, "link definitions"),
    ):
        count = len(re.findall(pattern, body, re.MULTILINE))
        if count > most:
            refuse(0, f"the text has {count:,} {name}, more than {most:,}", "split the text into chapters")
    return problems


def _blocks(body: str) -> Iterator[tuple[int, str, bool]]:
    """The runs of lines between blank lines, with their first line from 0, and whether each is a table."""
    start = 0
    run: list[str] = []
    for number, line in enumerate([*body.split("\n"), ""]):
        if line.strip():
            run.append(line)
            continue
        if run:
            yield start, "\n".join(run), _is_table(run)
        run, start = [], number + 1


def _is_table(run: list[str]) -> bool:
    """Whether the renderer is sure to take these lines for a table, row by row."""
    if len(run) < 2 or not _DELIMITER.match(run[1]) or re.search(r"[`\\]", run[0]):
        return False
    head, delimiter = (line.strip().removeprefix("|").removesuffix("|") for line in run[:2])
    return "|" in run[0] and "|" in run[1] and head.count("|") == delimiter.count("|")


def _check_block(start: int, block: str, is_table: bool, refuse: Refuse) -> None:
    if not is_table:
        _check_run(start, block, refuse)
        return
    for offset, row in enumerate(block.split("\n")):
        if row.count("|") > MOST_COLUMNS + 1:
            refuse(start + offset, f"the table has more than {MOST_COLUMNS} columns", "split it in two")
        _check_run(start + offset, row.replace("|", " "), refuse)


def _check_run(start: int, run: str, refuse: Refuse) -> None:
    if len(run) > LONGEST_BLOCK:
        what = f"a block of {len(run):,} characters, more than {LONGEST_BLOCK:,}"
        refuse(start, what, "put blank lines between its paragraphs")
    if run.count("\n") >= MOST_LINES:
        what = f"a block of {run.count(chr(10)) + 1:,} lines, more than {MOST_LINES:,}"
        refuse(start, what, "put blank lines between its paragraphs")
    for opening, closing in ("[]", "()"):
        loose, deepest = _brackets(run, opening, closing)
        if loose > MOST_OPEN or deepest > DEEPEST_BRACKETS:
            what = f"{loose} brackets `{opening}{closing}` without their other half, {deepest} deep"
            refuse(start, what, "close each bracket, or write \\" + opening + " for a plain one")
    notes = run.count("[^")
    if notes > MOST_FOOTNOTE_MARKS:
        refuse(start, f"{notes} references to footnotes in one block, more than {MOST_FOOTNOTE_MARKS}", "take some out")
    for mark, name in (("*", "`*`"), ("_", "`_`"), ("`", "backticks"), ("<", "`<`"), ("&", "`&`"), ("{", "`{`")):
        count = run.count(mark)
        if count > MOST_MARKS:
            refuse(start, f"{count:,} {name} in one block, more than {MOST_MARKS:,}", "take them out")


def _brackets(run: str, opening: str, closing: str) -> tuple[int, int]:
    """How many brackets lack their other half, and how deep they nest."""
    depth = deepest = loose = 0
    escaped = False
    for character in run:
        if escaped:
            escaped = False
        elif character == "\\":
            escaped = True
        elif character == opening:
            depth += 1
            deepest = max(deepest, depth)
        elif character == closing:
            loose, depth = (loose + 1, depth) if depth == 0 else (loose, depth - 1)
    return loose + depth, deepest
