"""What stands in the cells and heads of real tables of measures, and what is made of it."""

from __future__ import annotations

import re

import pytest

import traced
from plan_archive.insight.figures import Column, column_of, columns_of, figures, readings, year_place
from plan_archive.insight.measures import PlanMeasures, plan_measures, results
from plan_archive.model import MeasureChange
from plan_archive.pages.charts import chart

ONE = {
    "39.6": 39.6,
    "4,380": 4380,
    "45%": 45,
    "1.4 per 1,000": 1.4,
    "\u00a3410,000": 410_000,
    "\u00a31.2m": 1_200_000,
    "\u00a32.3 million": 2_300_000,
    "\u22123": -3,
    "0": 0,
    "2000": 2000,
    "12 (not yet final)": 12,
}
NONE = (
    *("No target set", "No target set for 2008", "N/A", "n/a", "-", "\u2013", "Not yet collected", "tbc", "None"),
    *("71 of 112", "10-12", "10\u201312", "between 5 and 10", "fewer than 5", "under 10%", "45 [2005]", "A* to C"),
)


@pytest.mark.parametrize(("cell", "number"), ONE.items())
def test_one_figure_has_its_number(cell: str, number: float) -> None:
    """Percentages, rates, money and thousands are read; the cell stays as typed."""
    assert readings(cell) == [(cell, "", number)]


@pytest.mark.parametrize("cell", NONE)
def test_what_is_no_single_figure_has_no_number(cell: str) -> None:
    """Words, ranges, bounds and shares keep their words; nothing is guessed."""
    assert readings(cell) == [(cell, "", None)]


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ("45 (2005)", [("45", "2005", 45)]),
        ("45% in 2004-05", [("45%", "2004-05", 45)]),
        ("1.4 (2005/06)", [("1.4", "2005-06", 1.4)]),
        ("2005: 45", [("45", "2005", 45)]),
        ("95% by 2010", [("95%", "2010", 95)]),
        ("45 (2005); 47 (2006)", [("45", "2005", 45), ("47", "2006", 47)]),
        ("62 in 1999, 54 in 2003", [("62", "1999", 62), ("54", "2003", 54)]),
        ("45%; 47%", [("45%", "", 45), ("47%", "", 47)]),
        ("45; not yet final", [("45; not yet final", "", 45)]),
    ],
)
def test_years_and_several_values_in_a_cell(cell: str, told: list[tuple[str, str, float]]) -> None:
    """A figure's own year is taken from its cell; a cell with several values gives several figures."""
    assert readings(cell) == told


@pytest.mark.parametrize(
    ("head", "column"),
    [
        ("Target 2007", Column("target", "2007")),
        ("Target for 2007/08", Column("target", "2007-08")),
        ("2007 aim", Column("target", "2007")),
        ("2001-02 limit", Column("target", "2001-02")),
        ("Actual 2006", Column("actual", "2006")),
        ("2001 result", Column("actual", "2001")),
        ("Target", Column("target")),
        ("Baseline", Column("baseline")),
        ("Baseline (2005)", Column("baseline", "2005")),
        ("Baseline  year", Column("baseline year")),
        ("England 2007", Column("comparator", "2007", "England")),
        ("Similar authorities 2007", Column("comparator", "2007", "Similar authorities")),
        ("South East, 2006/07", Column("comparator", "2006-07", "South East")),
        ("Revised target 2007", Column("")),
        ("2007", Column("")),
        ("Traffic light", Column("")),
        ("Comments", Column("")),
    ],
)
def test_heads_of_columns(head: str, column: Column) -> None:
    """A name and a year is a comparator, unless the name is a target, a result or a baseline."""
    assert column_of(head) == column


def test_tables_that_are_no_measures() -> None:
    """Costs by year and actions are no measures; a table whose names stand under "Target" is."""
    assert columns_of(("Ref", "Activity", "Council 2002-03", "Total 2002-03")) == ()
    assert columns_of(("Ref", "Action", "Lead", "By when", "Target 2007")) == ()
    assert columns_of(("Ref", "Target", "Baseline", "Target 2003"))[1] == Column("measure")


@pytest.mark.parametrize(
    ("year", "place"), [("2007", 2007), ("2002-03", 2002.5), ("November 2004", 2004), ("", None), ("n/k", None)]
)
def test_years_in_their_places(year: str, place: float | None) -> None:
    """School and financial years stand half a year later; a month does not move a year."""
    assert year_place(year) == place


HEAD = "## Targets {#targets}\n\n| Ref | Measure | Unit | Better | Baseline | Baseline year |"
LINE = "|---|---|---|---|---|---|"
EARLIER = f"{HEAD} Target 2006 | Target 2007 |\n{LINE}---|---|\n| A1 | Waiting | weeks | lower | 9 | 2004 | 8 | 7 |\n"
LATER = (
    f"{HEAD} Actual 2006 | England 2006 | Target 2007 | Actual 2007 |\n{LINE}---|---|---|---|\n"
    "| A1 | Waiting | weeks | lower | 9 | 2004 | 8 | 6 | 8 | 7.5 |\n"
)


def _two(old: str, new: str, *changes: MeasureChange) -> PlanMeasures:
    held = traced.plan(
        traced.edition("alpha", "2005", traced.BETA, old), traced.edition("alpha", "2006", traced.ALPHA, new)
    )
    found = plan_measures(traced.library(held), held, [("2005", "2006", changes)])
    assert found is not None
    return found


EASIER = MeasureChange("A1", "target", "2007", "7", "8", "lower", "made_easier")
RESULT = MeasureChange("A1", "actual", "2006", None, "8", "lower", "actual_added")


def test_edits_stand_apart_from_results() -> None:
    """A target that was changed is an edit, told with the result of the same edition; a new result is none."""
    found = _two(EARLIER, LATER, EASIER, RESULT)
    assert [(edit.change, edit.known) for _, edit in found.edits] == [(EASIER, True)]


def test_results_are_held_against_both_targets() -> None:
    """7.5 did not reach the 7 that was first set, and reached the 8 that took its place."""
    told = {row.year: (row.reported, row.first, row.last) for row in results(_two(EARLIER, LATER, EASIER).measures)}
    assert told == {"2006": (1, (1, 1), (1, 1)), "2007": (1, (0, 1), (1, 1))}


def test_another_unit_is_never_set_against_the_first() -> None:
    """Where the unit changes, the figures before and after are told apart and judged apart."""
    unit = MeasureChange("A1", "unit", None, "weeks", "days", "lower", "unit_changed")
    found = _two(EARLIER, LATER.replace("weeks", "days"), unit)
    assert [count.editions for count in found.measures[0].counts] == [("2005",), ("2006",)]
    assert {row.year: row.first for row in results(found.measures)} == {"2006": (0, 0), "2007": (1, 1)}


def test_a_measure_whose_better_side_is_not_told_is_not_judged() -> None:
    """Nobody guesses which way is better."""
    plain = [text.replace(" Better |", " Note |") for text in (EARLIER, LATER)]
    assert all(row.last == (0, 0) for row in results(_two(*plain).measures))


def test_the_figures_that_others_have_are_drawn_and_called_invented_in_an_example() -> None:
    """The picture and its words name England; only an example says that the figure is invented."""
    count = _two(EARLIER, LATER, EASIER).measures[0].counts[0]
    example, real = chart(count, "x", "A1", example=True), chart(count, "x", "A1", example=False)
    assert example is not None
    assert real is not None
    assert "England (invented figure): 2006 6." in example.says
    assert "England: 2006 6." in real.says
    assert "invented" not in real.svg
    assert "Target before it was changed: 2007 7." in real.says


def test_a_picture_has_marks_for_each_kind_and_no_styles() -> None:
    """Every kind has a mark of its own; there are classes and no style attributes; the bytes are the same again."""
    count = _two(EARLIER, LATER, EASIER).measures[0].counts[0]
    first, again = chart(count, "x", "A1", example=True), chart(count, "x", "A1", example=True)
    assert first == again
    assert first is not None
    assert set(re.findall(r"pa-chart__mark--([\w-]+)", first.svg)) == {
        "circle",
        "square",
        "triangle",
        "diamond",
        "cross",
    }
    assert not re.search(r"\bstyle=|<style|<script|\bfill=|\bstroke=|onload", first.svg)


def test_one_figure_is_no_picture() -> None:
    """Words and single figures have a table and no picture."""
    words = f"{HEAD} Target 2006 |\n{LINE}---|\n| A1 | Waiting | weeks | lower | Not known | 2004 | 8 |\n"
    held = traced.edition("alpha", "2005", traced.ALPHA, words)
    found = plan_measures(traced.library(traced.plan(held)), traced.plan(held), [])
    assert found is not None
    assert chart(found.measures[0].counts[0], "x", "A1", example=True) is None
    assert [(figure.kind, figure.number) for figure in figures(held)] == [("baseline", None), ("target", 8)]
