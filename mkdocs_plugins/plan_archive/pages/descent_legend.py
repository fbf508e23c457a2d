"""What the marks of the line of descent mean: only those that stand in the picture."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Protocol

import drawsvg

from ..facts import Unknown
from ..insight.descent import Line
from ..language import tr, tr_later


class Told(Protocol):
    """A row of the picture."""

    @property
    def line(self) -> Line:
        """The plan that it shows."""


WORDS = {
    "lasting": tr_later("In effect; each box is an edition"),
    "bar": tr_later("Ended; each box is an edition"),
    "end": tr_later("The end of a plan"),
    "duty": tr_later("The end of the duty to make it"),
    "about": tr_later("A date that is not known exactly"),
    "whole": tr_later("What took a plan up"),
    "part": tr_later("What took up a part of a plan"),
    "outline": tr_later("No edition, so no place in time"),
}
"""In the order in which they are told."""
_LINE, _MORE = 20, 15
"""How high a line of the legend is, and how much higher where words go on below."""
RUNNING = 0.56
"""About how wide a letter of running words is drawn, as a part of its size."""


def present(rows: Sequence[Told]) -> list[str]:
    """Which marks the picture of these plans holds."""
    lines = [row.line for row in rows]
    here = {line.plan.id for line in lines}
    flows = {s.extent for line in lines for s in line.successions if s.plan in here}
    dates = [when for line in lines for span in line.spans for when in (span.begins, span.ends)]
    found = {
        "lasting": any(line.spans and line.ended_by is None for line in lines),
        "bar": any(line.spans and line.ended_by for line in lines),
        "end": any(line.spans and line.ended_by for line in lines),
        "duty": any(line.duty_ended and not isinstance(line.duty_ended, Unknown) for line in lines),
        "about": any(when is not None and not isinstance(when, date) for when in dates),
        "whole": "whole" in flows,
        "part": "part" in flows,
        "outline": any(not line.spans for line in lines),
    }
    return [name for name in WORDS if found[name]]


def legend(
    rows: Sequence[Told], size: int, width: int, columns: int, top: int
) -> tuple[list[drawsvg.DrawingElement], int]:
    """The legend, and how high it is."""
    names = present(rows)
    high = -(-len(names) // columns)
    room = int((width // columns - 40) / (size * RUNNING))
    said = [textwrap.wrap(tr(WORDS[name]), room) for name in names]
    height = _LINE + _MORE * (max(map(len, said), default=1) - 1)
    made: list[drawsvg.DrawingElement] = []
    for number, name in enumerate(names):
        column, line = divmod(number, high)
        x, y = 2 + column * (width // columns), top + line * height
        made += _sign(name, x, y)
        for place, words in enumerate(said[number]):
            made.append(drawsvg.Text(words, size, x + 38, y + 12 + place * _MORE, class_="pa-descent__text"))
    return made, high * height + 6


def _sign(name: str, x: int, y: int) -> Iterator[drawsvg.DrawingElement]:
    middle = y + 8
    if name in ("lasting", "bar", "about"):
        kind = "pa-descent__bar" + (f" pa-descent__bar--{name}" if name != "bar" else "")
        for box in (0, 15) if name != "about" else (0,):
            yield drawsvg.Rectangle(x + box, y + 2, 15, 12, class_=kind)
    elif name == "end":
        yield drawsvg.Line(x + 15, y, x + 15, y + 16, class_="pa-descent__end")
    elif name == "duty":
        diamond = drawsvg.Path(class_="pa-descent__duty")
        yield diamond.M(x + 15, middle - 5).L(x + 20, middle).L(x + 15, middle + 5).L(x + 10, middle).Z()
    elif name == "outline":
        yield drawsvg.Rectangle(x, y + 2, 30, 13, rx=6, class_="pa-descent__outline")
    else:
        yield drawsvg.Line(x, middle, x + 24, middle, class_=f"pa-descent__flow pa-descent__flow--{name}")
        head = drawsvg.Path(class_="pa-descent__arrow")
        yield head.M(x + 24, middle - 4).L(x + 30, middle).L(x + 24, middle + 4).Z()
