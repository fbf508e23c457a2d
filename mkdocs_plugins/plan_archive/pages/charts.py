"""A measure's figures as a small picture: SVG with classes and no styles of its own, the same bytes every time.

Every kind of figure has its own mark and its own sort of line, so that the picture is read without colours. What it
shows stands in its description too, and in the table below it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import drawsvg
from markupsafe import Markup, escape

from ..insight.figures import Figure, year_place
from ..insight.measures import Count
from ..language import tr, tr_later

WIDTH = 280
"""In units of about a pixel on the narrowest screens; wider screens show it larger."""
_PLOT = 132
_TOP, _RIGHT, _BOTTOM = 10, 16, 20
_LINE = 17
_LETTER = 6.4
"""About how wide a letter is drawn."""
_SIZE = 12
INVENTED = tr_later("invented figure")

STROKES = {
    "diamond": [[(0, -6), (6, 0), (0, 6), (-6, 0), (0, -6)]],
    "triangle": [[(-5, -4), (5, -4), (0, 5), (-5, -4)]],
    "cross": [[(-4, -4), (4, 4)], [(-4, 4), (4, -4)]],
    "plus": [[(-5, 0), (5, 0)], [(0, -5), (0, 5)]],
    "star": [[(-4, -4), (4, 4)], [(-4, 4), (4, -4)], [(-5, 0), (5, 0)]],
}
"""The marks that are drawn in strokes, around their middle."""


@dataclass(frozen=True)
class Series:
    """One kind of figure as it is drawn: its points in order of years, and how it is marked."""

    name: str
    mark: str
    points: tuple[Figure, ...]
    joined: bool = True
    became: str = ""
    """The mark of the series that holds what these figures were changed to."""


@dataclass(frozen=True)
class Chart:
    """A picture and what it says in words."""

    svg: Markup
    says: str


def chart(count: Count, ident: str, title: str, *, example: bool) -> Chart | None:
    """The picture of a measure as long as it is counted alike; None where there are not two figures to show."""
    drawn = series(count, example=example)
    points = [point for one in drawn for point in one.points]
    if len({(point.year, point.number) for point in points}) < 2:
        return None
    says = describe(drawn, count.unit)
    scale = _scale([_number(point) for point in points])
    if scale[0] > 0:
        says += " " + tr("The scale begins at {figure}, not at 0.", figure=_said(scale[0]))
    return Chart(_draw(drawn, scale, ident, title, says), says)


def series(count: Count, *, example: bool) -> tuple[Series, ...]:
    """What is drawn of a measure: first what it is compared with, so that its own figures lie on top."""
    others = dict.fromkeys(told.name for told in count.of("comparator"))
    marks = ("cross", "plus", "star")
    found = []
    for place, other in enumerate(others):
        name = tr("{whose} (invented figure)", whose=other) if example else other
        found.append(Series(name, marks[place % len(marks)], _last(count, "comparator", other)))
    before = (
        tr("Baseline before it was changed"),
        tr("Target before it was changed"),
        tr("Result before it was changed"),
    )
    found += [
        Series(before[0], "diamond-hollow", _before(count, "baseline"), joined=False, became="diamond"),
        Series(tr("Baseline"), "diamond", _last(count, "baseline"), joined=False),
        Series(before[1], "triangle", _before(count, "target"), joined=False, became="square"),
        Series(tr("Target"), "square", _last(count, "target")),
        Series(before[2], "circle-hollow", _before(count, "actual"), joined=False, became="circle"),
        Series(tr("Result"), "circle", _last(count, "actual")),
    ]
    return tuple(one for one in found if one.points)


def _last(count: Count, kind: str, name: str = "") -> tuple[Figure, ...]:
    of_kind = [told for told in count.told if told.kind == kind and told.name == name]
    return _by_year(told.last for told in of_kind if told.last)


def _before(count: Count, kind: str) -> tuple[Figure, ...]:
    return _by_year(figure for told in count.told if told.kind == kind for figure in told.before)


def _by_year(figures: Iterable[Figure]) -> tuple[Figure, ...]:
    placed = [figure for figure in figures if year_place(figure.year) is not None]
    return tuple(sorted(placed, key=_year))


def _year(figure: Figure) -> float:
    return year_place(figure.year) or 0


def _number(figure: Figure) -> float:
    return figure.number if figure.number is not None else math.nan


def describe(drawn: Sequence[Series], unit: str) -> str:
    """Everything that a picture shows, in words."""
    told = [f"{one.name}: " + ", ".join(f"{p.year} {p.value}" for p in one.points) + "." for one in reversed(drawn)]
    return " ".join([*([tr("In {unit}.", unit=unit)] if unit else []), *told])


Scale = tuple[float, float, float]
"""Where a scale of figures begins and ends, and its step."""


def _scale(numbers: Sequence[float]) -> Scale:
    """Round figures around all that are shown; it begins at 0 where that costs little room."""
    low, high = min(numbers), max(numbers)
    if 0 < low <= (high - low):
        low = 0
    rough = ((high - low) or abs(high) or 1) / 3
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(power * size for size in (1, 2, 2.5, 5, 10) if power * size >= rough * 0.999)
    begin, end = math.floor(low / step + 1e-9) * step, math.ceil(high / step - 1e-9) * step
    if begin == end:
        begin, end = (begin - step if begin else begin), end + step
    return round(begin, 9), round(end, 9), round(step, 9)


def _said(number: float) -> str:
    """A figure of the scale: 1,500 or 0.25."""
    return f"{number:,.6f}".rstrip("0").rstrip(".")


@dataclass(frozen=True)
class _Plane:
    """Where years and figures lie in the picture."""

    left: float
    years: tuple[float, float]
    scale: Scale

    def across(self, year: float) -> float:
        begin, end = self.years
        first = self.left + 9
        room = WIDTH - _RIGHT - first
        return round(first + (room * (year - begin) / (end - begin) if end > begin else room / 2), 1)

    def down(self, number: float) -> float:
        begin, end, _ = self.scale
        return round(_TOP + _PLOT * (end - number) / (end - begin), 1)

    def at(self, figure: Figure) -> tuple[float, float]:
        return self.across(_year(figure)), self.down(_number(figure))


def _draw(drawn: Sequence[Series], scale: Scale, ident: str, title: str, says: str) -> Markup:
    begin, end, step = scale
    ticks = [round(begin + place * step, 9) for place in range(round((end - begin) / step) + 1)]
    left = 12 + max(len(_said(tick)) for tick in ticks) * _LETTER
    figures = [point for one in drawn for point in one.points]
    plane = _Plane(left, (min(map(_year, figures)), max(map(_year, figures))), scale)
    height = _TOP + _PLOT + _BOTTOM + 8 + _LINE * len(drawn)
    names = {"aria-labelledby": f"{ident}-t", "aria-describedby": f"{ident}-d"}
    picture = drawsvg.Drawing(WIDTH, height, class_="pa-chart", role="img", **names)
    picture.append_title(title, id=f"{ident}-t")
    picture.append(drawsvg.Raw(f'<desc id="{ident}-d">{escape(says)}</desc>'))
    for tick in ticks:
        down = plane.down(tick)
        picture.append(drawsvg.Line(_plain(left), _plain(down), WIDTH - 4, _plain(down), class_="pa-chart__grid"))
        picture.append(_text(_said(tick), left - 6, down + 4, "end"))
    for year, words in _labels(figures, plane):
        picture.append(_text(words, year, _TOP + _PLOT + 18, "middle"))
    _connect(picture, drawn, plane)
    for one in drawn:
        if one.joined and len(one.points) > 1:
            line = drawsvg.Path(class_=f"pa-chart__line pa-chart__line--{one.mark}")
            for place, point in enumerate(one.points):
                across, down = map(_plain, plane.at(point))
                line = line.L(across, down) if place else line.M(across, down)
            picture.append(line)
        for point in one.points:
            picture.append(_mark(one.mark, *plane.at(point)))
    for place, one in enumerate(reversed(drawn)):
        down = _TOP + _PLOT + _BOTTOM + 14 + _LINE * place
        if one.joined and len(one.points) > 1:
            kind = f"pa-chart__line pa-chart__line--{one.mark}"
            picture.append(drawsvg.Line(4, down, 32, down, class_=kind))
        picture.append(_mark(one.mark, 18, down))
        picture.append(_text(one.name, 40, down + 4, "start"))
    svg = picture.as_svg(header="", skip_js=True, skip_css=True)
    return Markup(svg.replace("<defs>\n</defs>\n", ""))  # noqa: S704  the library escapes all text


def _connect(picture: drawsvg.Drawing, drawn: Sequence[Series], plane: _Plane) -> None:
    """A thin line from each figure that was changed to the one that took its place."""
    last = {one.mark: one.points for one in drawn}
    for one in drawn:
        for point in one.points:
            for other in last.get(one.became, ()):
                if other.year == point.year:
                    (across, down), (_, there) = plane.at(point), plane.at(other)
                    spot = [_plain(value) for value in (across, down, across, there)]
                    picture.append(drawsvg.Line(*spot, class_="pa-chart__change"))


def _labels(figures: Sequence[Figure], plane: _Plane) -> list[tuple[float, str]]:
    """The years that there is room to name: the first and the last, then those between."""
    years = sorted({(_year(figure), _short(figure.year)) for figure in figures})
    kept: list[tuple[float, str]] = []
    for year, words in [years[0], years[-1], *years[1:-1]]:
        half = len(words) * _LETTER / 2
        across = min(max(plane.across(year), half), WIDTH - half)
        if all(abs(across - other) > half + len(name) * _LETTER / 2 + 7 for other, name in kept):
            kept.append((across, words))
    return sorted(kept)


def _short(year: str) -> str:
    """A year without its month."""
    return next((word for word in year.split() if year_place(word) is not None), year)


def _text(words: str, across: float, down: float, anchor: str) -> drawsvg.Text:
    return drawsvg.Text(words, _SIZE, _plain(across), _plain(down), class_="pa-chart__text", text_anchor=anchor)


def _mark(kind: str, across: float, down: float) -> drawsvg.DrawingElement:
    """A mark around a point: a shape of its own for each kind of figure."""
    x, y = across, down
    named = f"pa-chart__mark pa-chart__mark--{kind}"
    if kind.startswith("circle"):
        return drawsvg.Circle(_plain(x), _plain(y), 3.5 if kind == "circle" else 5, class_=named)
    if kind == "square":
        return drawsvg.Rectangle(_plain(x - 4), _plain(y - 4), 8, 8, class_=named)
    path = drawsvg.Path(class_=named)
    for stroke in STROKES[kind.removesuffix("-hollow")]:
        for place, (right, lower) in enumerate(stroke):
            spot = (_plain(x + right), _plain(y + lower))
            path = path.L(*spot) if place else path.M(*spot)
    return path


def _plain(value: float) -> float | int:
    """A place in the picture with one decimal at most, so that its bytes are the same everywhere."""
    rounded = round(value, 1)
    return int(rounded) if rounded == int(rounded) else rounded
