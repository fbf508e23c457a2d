"""Numbered lists whose numbers the page would not show: Markdown counts on from the first, whatever the others say."""

from __future__ import annotations

import re

from ..errors import Problem

_ITEM = re.compile(r"^(?P<indent> {0,40})(?P<number>\d{1,9})\. +\S")
_FENCE = re.compile(r"^ *(```|~~~)")


def check_numbering(body: str, file: str, first_line: int) -> list[Problem]:
    """Refuse a list that does not count on by one; the same number throughout counts for itself."""
    problems: list[Problem] = []
    lists: list[tuple[int, list[tuple[int, int]]]] = []
    fenced = False
    for place, line in enumerate([*body.split("\n"), "end"]):
        fenced ^= bool(_FENCE.match(line))
        item = None if fenced else _ITEM.match(line)
        indent = len(line) - len(line.lstrip(" "))
        if not line.strip() or fenced:
            continue
        while lists and (indent < lists[-1][0] or (indent == lists[-1][0] and item is None)):
            problems += _judged(lists.pop()[1], file)
        if item is None:
            continue
        if not lists or indent > lists[-1][0]:
            lists.append((indent, []))
        lists[-1][1].append((first_line + place, int(item["number"])))
    return problems


def _judged(items: list[tuple[int, int]], file: str) -> list[Problem]:
    first = items[0][1]
    if len({number for _, number in items}) == 1:
        return []
    for place, (line, number) in enumerate(items):
        if number != first + place:
            what = f"the list's numbers do not count on: {number} would be shown as {first + place}"
            return [Problem(file, line, what, "number it on, or write the numbers as plain text (7\\.)")]
    return []
