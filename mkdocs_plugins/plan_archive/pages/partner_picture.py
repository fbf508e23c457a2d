"""Needs groups and partners as a picture: SVG with classes and no styles of its own, the same bytes every time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import drawsvg
from markupsafe import Markup, escape

_CELL = 34
_LABEL = 13
_LETTER = 6.6
"""About how wide a letter of a label is drawn."""
_SLANT = 0.71
"""Sine and cosine of the angle at which the partners' names stand."""


@dataclass(frozen=True)
class Grid:
    """What is drawn: names down the side, names along the top, and how often each two meet."""

    rows: Sequence[tuple[str, str]]
    """Key and name."""
    columns: Sequence[tuple[str, str]]
    counts: Mapping[tuple[str, str], int]
    says: str
    """What the picture shows, in words."""
    note: str
    """What stands below it: that it is an example."""


def picture(grid: Grid) -> Markup:
    """The grid with a square for every two that meet: the darker, the more often; the number stands in it."""
    left = max(len(name) for _, name in grid.rows) * _LETTER + 12
    longest = max(len(name) for _, name in grid.columns) * _LETTER * _SLANT
    top = longest + 14
    width = left + len(grid.columns) * _CELL + max(longest - _CELL, 8)
    height = top + len(grid.rows) * _CELL + (24 if grid.note else 6)
    drawing = drawsvg.Drawing(
        round(width), round(height), id_prefix="grid", class_="pa-grid", role="img", aria_label=str(escape(grid.says))
    )
    for place, (_, name) in enumerate(grid.columns):
        x, y = round(left + place * _CELL + _CELL / 2), round(top - 6)
        turned = f"rotate(-45 {x} {y})"
        drawing.append(drawsvg.Text(name, _LABEL, x, y, class_="pa-grid__name", transform=turned))
    for line, (row, name) in enumerate(grid.rows):
        y = round(top + line * _CELL)
        drawing.append(drawsvg.Text(name, _LABEL, round(left - 8), y + 22, class_="pa-grid__name", text_anchor="end"))
        for place, (column, _) in enumerate(grid.columns):
            _square(drawing, round(left + place * _CELL), y, grid.counts.get((row, column), 0))
    if grid.note:
        drawing.append(drawsvg.Text(grid.note, 11, 4, round(height) - 6, class_="pa-grid__name"))
    return Markup(drawing.as_svg(header="", skip_js=True, skip_css=True))  # noqa: S704  drawsvg escapes what it writes


def _square(drawing: drawsvg.Drawing, x: int, y: int, count: int) -> None:
    level = 0 if not count else 1 if count == 1 else 2 if count <= 3 else 3
    size = _CELL - 4
    drawing.append(drawsvg.Rectangle(x + 2, y + 2, size, size, class_=f"pa-grid__cell pa-grid__cell--{level}"))
    if count:
        name = f"pa-grid__count pa-grid__count--{level}"
        drawing.append(drawsvg.Text(str(count), _LABEL, x + _CELL // 2, y + 22, class_=name, text_anchor="middle"))
