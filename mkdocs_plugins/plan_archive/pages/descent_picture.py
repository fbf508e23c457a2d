"""The line of descent as a picture: SVG with classes and no styles of its own, the same bytes every time.

Bars are plans, their boxes editions. The end of a plan, the end of its duty, a date that is not known exactly, what
took a plan up whole and what in part: each has a shape of its own, so that the picture is read without colours.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import accumulate

import drawsvg
from markupsafe import Markup, escape

from ..facts import Succession
from ..insight.descent import Line, Span, stretch
from ..language import tr, tr_later
from ..status import first_day, last_day
from .descent_legend import RUNNING, legend

_LETTER, _BOLD = 0.62, 0.72
"""About how wide a figure is drawn, and a bold letter, as a part of its size."""
_STUB = 26
"""How long a bar is drawn of which one end is not known at all."""
_DASH = 10
"""How long the dashed end of a bar is whose date is not known exactly."""
_LANE = 7
"""How far beside its day a line of succession runs down; one for a part runs twice as far."""
BAR, OUTLINE = 15, 19
"""How high a bar is, and what tells that there is none."""
OUTLINES = {"never-adopted": tr_later("Never adopted")}
_NONE_HELD = tr_later("No edition held")


@dataclass(frozen=True)
class Row:
    """One plan as it is drawn: where it leads, and what is said of it."""

    line: Line
    address: str
    says: str
    ended: str
    """How the plan ended, in a word."""


@dataclass(frozen=True)
class Layout:
    """How wide a picture is, in units of about a pixel on the narrowest screen that shows it."""

    name: str
    width: int
    label: int
    """The width of the names beside the bars; 0 where they stand above them."""
    size: int
    """Of its letters."""
    columns: int
    """Of its legend."""

    @property
    def left(self) -> int:
        """Where time begins."""
        return self.label + 6

    @property
    def pitch(self) -> int:
        """From one line of a name to the next."""
        return 16 if self.label else 15

    @property
    def letters(self) -> int:
        """How many letters of a name there is room for in a line."""
        return int((self.label or self.width - 4) / (self.size * RUNNING))


WIDE = Layout("wide", 720, 206, 13, 2)
NARROW = Layout("narrow", 288, 0, 12, 1)


@dataclass(frozen=True)
class Drawn:
    """A picture's frame: its rows, its layout, and what is said of it as a whole."""

    rows: Sequence[Row]
    day: date
    day_words: str
    layout: Layout
    ident: str
    title: str
    says: str
    note: str
    """That it is an example; "" where it is none."""

    @cached_property
    def years(self) -> tuple[int, int]:
        """The first year and the year after the last."""
        days = [self.day]
        for row in self.rows:
            line = row.line
            for span in line.spans:
                found = stretch(span, self.day)
                days += [day for day in (found.begin, found.end) if day]
            days += [day for s in line.successions if (day := first_day(s.on))]
            days += [day] if (day := first_day(line.duty_ended)) else []
        return min(days).year, max(days).year + 1

    def across(self, day: date) -> float:
        """Where a day lies."""
        begin, end = date(self.years[0], 1, 1), date(self.years[1], 1, 1)
        room = self.layout.width - 8 - self.layout.left
        return self.layout.left + room * (day - begin).days / (end - begin).days

    @cached_property
    def names(self) -> list[list[str]]:
        """Each plan's title, in as many lines as it needs."""
        return [textwrap.wrap(row.line.plan.facts.title, self.layout.letters) or [""] for row in self.rows]

    @cached_property
    def taken(self) -> frozenset[str]:
        """The plans that took others up in this picture."""
        return frozenset(s.plan for row in self.rows for s in row.line.successions)

    def _height(self, place: int) -> int:
        row, lines = self.rows[place], len(self.names[place])
        lane = 13 if first_day(row.line.duty_ended) else 0
        outlined = 0 if row.line.spans else self.outline(place)[1] + OUTLINE
        if self.layout.label:
            return max(lines * 16 + 7, 25 + lane, outlined + 7)
        if outlined:
            return outlined + lane + 8
        return lines * 15 + self._gap(place) + 15 + lane + 8

    def _gap(self, place: int) -> int:
        """Between a name and the bar below it; more where arrows come in."""
        return 11 if self.rows[place].line.plan.id in self.taken else 4

    def first_line(self, place: int) -> int:
        """How far down in its row the first line of a name stands; beside a bar, a single line stands at its middle."""
        return 17 if self.layout.label and len(self.names[place]) == 1 else 13

    def outline(self, place: int) -> tuple[float, int, float]:
        """Where it is told that a plan has no edition, how far down in its row, and how wide.

        It stands beside the name, or below it: among the bars it would be read as a time.
        """
        lines, size = self.names[place], self.layout.size
        wide = len(_none_held(self.rows[place].line)) * size * _LETTER + 14
        last = self.first_line(place) + (len(lines) - 1) * self.layout.pitch
        beside = len(lines[-1]) * size * RUNNING + 12
        if beside + wide <= (self.layout.label or self.layout.width) - 2:
            return beside, last - 14, wide
        return 2, last + 5, wide

    @cached_property
    def tops(self) -> list[int]:
        """Where each row begins, and where the last ends."""
        return list(accumulate((self._height(place) for place in range(len(self.rows))), initial=38))

    def bar(self, place: int) -> int:
        """The upper edge of a row's bar."""
        if self.layout.label:
            return self.tops[place] + 5
        if not self.rows[place].line.spans:
            return self.tops[place] + self.outline(place)[1] + 2
        return self.tops[place] + len(self.names[place]) * 15 + self._gap(place)


def picture(drawn: Drawn) -> Markup:
    """The picture, its links and its legend."""
    layout, bottom = drawn.layout, drawn.tops[-1]
    marks, legend_height = legend(drawn.rows, layout.size, layout.width, layout.columns, bottom + 34)
    notes = textwrap.wrap(drawn.note, int(layout.width / (layout.size * RUNNING)))
    height = bottom + 34 + legend_height + 17 * len(notes)
    names = {"aria-labelledby": f"{drawn.ident}-t", "aria-describedby": f"{drawn.ident}-d"}
    kind = f"pa-descent pa-descent--{layout.name}"
    svg = drawsvg.Drawing(layout.width, height, class_=kind, role="group", **names)
    svg.append_title(drawn.title, id=f"{drawn.ident}-t")
    svg.append(drawsvg.Raw(f'<desc id="{drawn.ident}-d">{escape(drawn.says)}</desc>'))
    for element in (*_scale(drawn), *_flows(drawn)):
        svg.append(element)
    for place, row in enumerate(drawn.rows):
        svg.extend(_row(drawn, place, row))
    for element in marks:
        svg.append(element)
    for number, words in enumerate(notes):
        svg.append(_text(words, layout.size, 2, height - 5 - 17 * (len(notes) - 1 - number)))
    made = svg.as_svg(header="", skip_js=True, skip_css=True)
    return Markup(made.replace("<defs>\n</defs>\n", ""))  # noqa: S704  every text and attribute is escaped


def _scale(drawn: Drawn) -> Iterator[drawsvg.DrawingElement]:
    """The years above and below, and the day for which the archive speaks."""
    begin, end = drawn.years
    size, bottom = drawn.layout.size, drawn.tops[-1]
    year = drawn.across(date(begin + 1, 1, 1)) - drawn.across(date(begin, 1, 1))
    step = next(n for n in (1, 2, 5, 10, 20, 50, 100, 1000) if year * n >= size * _LETTER * 4 + 4)
    today = _plain(drawn.across(drawn.day))
    yield drawsvg.Line(today, 16, today, bottom, class_="pa-descent__day")
    for number in range(begin, end + 1):
        if (number - begin) % step:
            continue
        x = _plain(drawn.across(date(number, 1, 1)))
        yield drawsvg.Line(x, 36, x, bottom, class_="pa-descent__grid")
        if x + size * _LETTER * 4 < drawn.layout.width:
            yield _text(str(number), size, x, 31)
            yield _text(str(number), size, x, bottom + size + 3)
    half = len(drawn.day_words) * size * _BOLD / 2
    centre = min(max(today, half), drawn.layout.width - half)
    yield _text(drawn.day_words, size, centre, 12, "pa-descent__text pa-descent__text--day", "middle")


def _flows(drawn: Drawn) -> Iterator[drawsvg.DrawingElement]:
    """From each plan to what took it up: a line beside its bar's end, down to the other's bar."""
    places = {row.line.plan.id: place for place, row in enumerate(drawn.rows)}
    trunks: dict[tuple[str, str, float], list[float]] = {}
    for place, row in enumerate(drawn.rows):
        for succession in row.line.successions:
            if succession.plan not in places:
                continue
            ends = [x for span in row.line.spans[-1:] if (x := _ends(drawn, span)) is not None]
            day = first_day(succession.on)
            if day is None and not ends:
                continue
            lane = drawn.across(day) if day else ends[0]
            lane = _plain(lane + _LANE * (2 if succession.extent == "part" else 1))
            middle = drawn.bar(place) + BAR / 2
            if ends:
                yield _line(ends[0], middle, lane, middle, succession)
            trunks.setdefault((succession.plan, succession.extent, lane), []).append(middle)
    for (plan, extent, lane), middles in trunks.items():
        edge = drawn.bar(places[plan])
        below = edge > min(middles)
        target = edge - 1 if below else edge + BAR + 1
        begins = min(middles) if below else max(middles)
        kind = f"pa-descent__flow pa-descent__flow--{extent}"
        back = -6 if below else 6
        yield drawsvg.Line(lane, _plain(begins), lane, target + back, class_=kind)
        head = drawsvg.Path(class_="pa-descent__arrow")
        yield head.M(lane - 4, target + back).L(lane + 4, target + back).L(lane, target).Z()


def _line(x: float, y: float, to_x: float, to_y: float, succession: Succession) -> drawsvg.Line:
    kind = f"pa-descent__flow pa-descent__flow--{succession.extent}"
    if not isinstance(succession.on, date):
        kind += " pa-descent__flow--about"
    return drawsvg.Line(*map(_plain, (x, y, to_x, to_y)), class_=kind)


def _ends(drawn: Drawn, span: Span) -> float | None:
    """Where a bar ends in the picture."""
    found = stretch(span, drawn.day)
    if found.end is not None:
        return drawn.across(found.end)
    return drawn.across(found.begin) + _STUB + _DASH if found.begin else None


def _row(drawn: Drawn, place: int, row: Row) -> Iterator[drawsvg.DrawingElement]:
    """One plan: its bar and its marks, described in words, and over all of them a link that holds its name."""
    layout, line = drawn.layout, row.line
    top, bottom, bar = drawn.tops[place], drawn.tops[place + 1], drawn.bar(place)
    bars = drawsvg.Group(role="img", aria_label=str(escape(row.says)))
    for number, span in enumerate(line.spans, start=1):
        bars.extend(_bar(drawn, span, bar, last=number == len(line.spans)))
    if not line.spans:
        bars.extend(_outline(drawn, place))
    bars.extend(_marks(drawn, row, bar))
    yield bars
    name = str(escape(line.plan.facts.title))
    link = drawsvg.Group(href=str(escape(row.address)), class_="pa-descent__plan", aria_label=name)
    link.TAG_NAME = "a"
    link.append(drawsvg.Rectangle(0, top, layout.width, bottom - top, fill="none", class_="pa-descent__hit"))
    lines = drawn.names[place]
    for number, words in enumerate(lines):
        down = top + drawn.first_line(place) + number * layout.pitch
        link.append(_text(words, layout.size, 2, down, "pa-descent__text pa-descent__text--name"))
    yield link


def _bar(drawn: Drawn, span: Span, top: int, *, last: bool) -> Iterator[drawsvg.DrawingElement]:
    """One edition's box; dashed at an end whose date is not known exactly."""
    found = stretch(span, drawn.day)
    if found.begin is None and found.end is None:
        return
    right = _ends(drawn, span) or 0.0
    left = drawn.across(found.begin) if found.begin else max(right - _STUB, drawn.layout.left)
    kind = "pa-descent__bar" + (" pa-descent__bar--lasting" if found.lasts and last else "")
    unsure = [not found.begin_exact, not (found.end_exact or found.lasts)]
    begins = min(left + _DASH, right) if unsure[0] else left
    ends = max(right - _DASH, begins) if unsure[1] else right
    yield _box(begins, top, ends, kind)
    for doubtful, one, other in ((unsure[0], left, begins), (unsure[1], ends, right)):
        if doubtful:
            yield _box(one, top, other, "pa-descent__bar pa-descent__bar--about")
    words, size = _fitting(span.edition.id, ends - begins, drawn.layout.size), drawn.layout.size
    if not (found.lasts and last):
        if words:
            yield _text(words, size, (begins + ends) / 2, top + 12, anchor="middle")
    elif words == span.edition.id:
        yield _text(words, size, (begins + ends) / 2, top + 12, "pa-descent__text pa-descent__text--lasting", "middle")
    else:
        beside = _fitting(span.edition.id, drawn.layout.width - right, size)
        if beside:
            yield _text(beside, size, right + 4, top + 12)


def _box(left: float, top: int, right: float, kind: str) -> drawsvg.Rectangle:
    return drawsvg.Rectangle(_plain(left), top, _plain(right - left), BAR, class_=kind)


def _fitting(edition: str, room: float, size: int) -> str:
    """An edition's id where it fits into its box; of a year its last two digits, or else nothing."""
    if len(edition) * size * _LETTER + 4 <= room:
        return edition
    short = edition[2:] if re.fullmatch(r"[12]\d{3}", edition) else ""
    return short if short and 2 * size * _LETTER + 2 <= room else ""


def _none_held(line: Line) -> str:
    return tr(OUTLINES.get(line.ended_by or "", _NONE_HELD))


def _outline(drawn: Drawn, place: int) -> Iterator[drawsvg.DrawingElement]:
    """A plan without editions: words in an outline, at no place in time."""
    left, down, wide = drawn.outline(place)
    top, size = drawn.tops[place] + down, drawn.layout.size
    yield drawsvg.Rectangle(_plain(left), top, _plain(wide), OUTLINE, rx=9, class_="pa-descent__outline")
    yield _text(_none_held(drawn.rows[place].line), size, left + wide / 2, top + 14, anchor="middle")


def _marks(drawn: Drawn, row: Row, top: int) -> Iterator[drawsvg.DrawingElement]:
    """The end of the plan, and below it the end of its duty."""
    line = row.line
    if line.spans and line.ended_by is not None:
        end = _ends(drawn, line.spans[-1])
        if end is not None:
            x = _plain(end)
            yield drawsvg.Line(x, top - 3, x, top + BAR + 3, class_="pa-descent__end")
            room = drawn.layout.width - end - 6
            if line.lapsed and len(row.ended) * drawn.layout.size * _LETTER <= room:
                yield _text(row.ended, drawn.layout.size, end + 6, top + 12)
    first, last = first_day(line.duty_ended), last_day(line.duty_ended)
    if first is not None and last is not None:
        x, y = _plain((drawn.across(first) + drawn.across(last)) / 2), top + BAR + 8
        about = "" if isinstance(line.duty_ended, date) else " pa-descent__duty--about"
        diamond = drawsvg.Path(class_=f"pa-descent__duty{about}")
        yield diamond.M(x, y - 5).L(x + 5, y).L(x, y + 5).L(x - 5, y).Z()


def _text(
    words: str, size: int, x: float, y: float, kind: str = "pa-descent__text", anchor: str = "start"
) -> drawsvg.Text:
    return drawsvg.Text(words, size, _plain(x), _plain(y), class_=kind, text_anchor=anchor)


def _plain(value: float) -> float | int:
    """A place in the picture with one decimal at most, so that its bytes are the same everywhere."""
    rounded = round(value, 1)
    return int(rounded) if rounded == int(rounded) else rounded
