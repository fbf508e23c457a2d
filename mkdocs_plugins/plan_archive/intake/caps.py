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
"""Characters between two blank lines, outside tables and fenced code."""
MOST_LINES = 1_500
"""Lines between two blank lines, outside tables and fenced code."""
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
MOST_COLUMNS = 60
MOST_ABBREVIATIONS = 200
MOST_REFERENCES = 2_000

Refuse = Callable[[int, str, str], None]

_FENCE = re.compile(r"^ {0,12}(```+|~~~+)")
_DELIMITER = re.compile(r"^\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*$")


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
        if len(re.findall(r"(?:[-*+]|\d+[.)])\s+(?=[-*+\d])", line)) > DEEPEST_LIST:
            refuse(number, f"lists nest deeper than {DEEPEST_LIST}", "write it more plainly")
    loose = 0
    for start, block, is_table in _blocks(body):
        _check_block(start, block, is_table, refuse)
        loose += _brackets(block, "[", "]")[0] + _brackets(block, "(", ")")[0]
    if loose > MOST_OPEN_IN_FILE:
        refuse(0, f"{loose:,} brackets in the text lack their other half", "close each bracket")
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
    """The runs of lines between blank lines, with their first line from 0; fenced code is passed over."""
    lines = body.split("\n")
    start, fence = 0, ""
    run: list[str] = []
    for number, line in enumerate([*lines, ""]):
        opening = _FENCE.match(line)
        if fence:
            if opening and opening.group(1).startswith(fence) and not line.strip(" `~"):
                fence, start = "", number + 1
            continue
        if opening or not line.strip():
            if run:
                yield start, "\n".join(run), len(run) > 1 and bool(_DELIMITER.match(run[1]))
            run, start = [], number + 1
            fence = opening.group(1) if opening and number < len(lines) else ""
        else:
            run.append(line)
    if fence:
        yield len(lines) - 1, "\n".join(run), False


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
