"""The part of a committee's report on measures: the figures that were changed, and results against targets."""

from __future__ import annotations

from collections.abc import Iterator

from ..addresses import measures_address
from ..compare.telling import MEASURES, measure_names
from ..insight.committee import Matter
from ..insight.figures import Figure
from ..language import tr, tr_as
from ..model import MeasureChange
from .changes import FIELD_WORDS, MEASURE_WORDS, in_words
from .pairs import Pair
from .paper import Heading, Paragraph, Part, Table

ASKED = frozenset(MEASURES)
"""Changes to measures for which a reason is asked."""


def measure_parts(told: Matter, pair: Pair | None) -> Iterator[Part]:
    """What became of the edition's measures, and which targets its results reached."""
    yield Heading(tr("Measures"))
    if told.measures is None:
        yield Paragraph((tr("The edition has no table of measures."),))
        return
    rows = [m for m in pair.comparison.measures if m.change != "actual_added"] if pair else []
    names = measure_names(pair.comparison) if pair else {}
    yield Heading(tr("Targets and other figures that were changed"), 3)
    if rows:
        what, done, before, now = tr("What is measured"), tr("What was done"), tr("Before"), tr("Now")
        order = list(MEASURE_WORDS)
        rows.sort(key=lambda m: (not _silent(m), order.index(m.change)))
        table = tuple(_change(m, names.get(m.ref, "")) for m in rows)
        head = (tr("Ref"), what, done, before, now, tr("Reason"))
        yield Table(tr("Changes to measures; those with no reason given first"), head, table)
    else:
        none = tr("None.") if pair else tr("There is no earlier edition to compare it with.")
        yield Paragraph((none,))
    yield Heading(tr("Results against targets"), 3)
    yield from _results(told)


def _silent(measure: MeasureChange) -> bool:
    """Whether a reason is asked for and none is given."""
    return not measure.reason and measure.change in ASKED


def _reason(measure: MeasureChange) -> str:
    return measure.reason or (tr("No reason given") if _silent(measure) else tr("None asked for"))


def _change(measure: MeasureChange, name: str) -> tuple[str, ...]:
    none = tr_as("figure", "None")
    figures = ("", "") if measure.field == "measure" else (measure.old or none, measure.new or none)
    return measure.ref, name, _done(measure), *figures, _reason(measure)


def _done(measure: MeasureChange) -> str:
    """What was done: "Target 2009: made easier", "Baseline changed"."""
    said = in_words(measure)
    if measure.field == "target":
        if measure.year:
            return tr("Target {year}: {change}", year=measure.year, change=said)
        return tr("Target: {change}", change=said)
    if measure.field in ("baseline year", "better"):
        return tr("{what}: changed", what=tr(FIELD_WORDS[measure.field]))
    return f"{said[:1].upper()}{said[1:]}{f' ({measure.year})' if measure.year else ''}"


def _results(told: Matter) -> Iterator[Part]:
    if not told.results:
        yield Paragraph((tr("No results are reported yet."),))
        return
    first, last = tr("Reached the target as first set"), tr("Reached the target as last set")
    yield Table(
        tr("Results and their targets, by year"),
        (tr("Year"), tr("Results reported"), first, last),
        tuple((y.year or tr("Not given"), str(y.reported), _share(y.first), _share(y.last)) for y in told.results),
    )
    yield Paragraph((tr("A result is judged only where it and its target are single figures that are counted alike."),))
    if told.missed:
        targets = tr("Target as first set"), tr("Target as last set")
        head = (tr("Ref"), tr("What is measured"), tr("Better"), *targets, tr("Result"))
        rows = tuple(
            (m.measure.ref, m.measure.title, m.measure.better, _figure(m.first), _figure(m.last), m.result.value)
            for m in told.missed
        )
        year = told.results[-1].year
        yield Table(tr("Results of {year} that did not reach their target", year=year), head, rows)
    if not told.edition.draft:
        address = f"/{measures_address(told.plan.id)}"
        yield Paragraph((tr("Every figure of every edition: {address} on the archive's site.", address=address),))


def _share(counted: tuple[int, int]) -> str:
    reached, judged = counted
    return tr("{reached} of {judged}", reached=reached, judged=judged) if judged else tr("None judged")


def _figure(figure: Figure | None) -> str:
    return figure.value if figure else tr_as("figure", "None")
