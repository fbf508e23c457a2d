"""What is said of each measure: easier, harder, or honestly not known."""

from __future__ import annotations

import pytest

from plan_archive.compare import compare
from plan_archive.compare.telling import with_reasons
from plan_archive.facts import ChangeNote
from plan_archive.intake.loose import loose_text
from plan_archive.model import MeasureChange

ROW = {
    "Ref": "BH1",
    "Measure": "Children who wait",
    "Unit": "Number",
    "Better": "lower",
    "Baseline": "90",
    "Baseline year": "2005",
    "Target 2007": "60",
    "Actual 2006": "80",
}


def changes(old: list[dict[str, str]], new: list[dict[str, str]]) -> tuple[MeasureChange, ...]:
    """What is said of the measures of two tables."""
    return compare(_sections(old), _sections(new)).measures


def _sections(rows: list[dict[str, str]]):
    names = list(dict.fromkeys(name for row in rows for name in row))
    lines = [names, ["---"] * len(names), *([row.get(name, "") for name in names] for row in rows)]
    markdown = "# Plan\n\n## Measures\n\n" + "\n".join("| " + " | ".join(line) + " |" for line in lines)
    return loose_text("plan.md", {"plan.md": markdown.encode()}, folder=False).sections


def said(old: dict[str, str], new: dict[str, str]) -> list[str]:
    """What is said when one measure's row is not as it was, each as `field year: change`."""
    told = changes([ROW | old], [ROW | new])
    return [f"{c.field}{f' {c.year}' if c.year else ''}: {c.change}" for c in told]


TARGETS = [
    # better, old, new, what became of the target
    ("lower", "60", "70", "made_easier"),
    ("lower", "60", "50", "made_harder"),
    ("higher", "60", "70", "made_harder"),
    ("higher", "60", "50", "made_easier"),
    ("none", "60", "70", "direction_unknown"),
    ("", "60", "70", "direction_unknown"),
    ("Lower", "60", "70", "made_easier"),
    ("lower", "12%", "14%", "made_easier"),
    ("lower", "12.0%", "11.5%", "made_harder"),
    ("higher", "98.5 per cent", "99 per cent", "made_harder"),
    ("lower", "3.2 per 1,000", "3.0 per 1,000", "made_harder"),
    ("lower", "3.2 per 1,000", "3.4 per 1,000", "made_easier"),
    ("lower", "£1,200", "£950", "made_harder"),
    ("higher", "£1.2m", "£1.4m", "made_harder"),
    ("higher", "£900,000", "£1.2m", "made_harder"),
    ("higher", "£2 million", "£900,000", "made_easier"),
    ("lower", "£1,200,000", "£1.2 million", None),
    ("higher", "1,000", "900", "made_easier"),
    ("higher", "40 of 50", "45 of 50", "made_harder"),
    ("higher", "40 (boys), 50 (girls)", "45 (boys), 55 (girls)", "made_harder"),
    ("higher", "40 (boys), 50 (girls)", "45 (boys), 50 (girls)", "made_harder"),
    ("higher", "40 (boys), 50 (girls)", "45 (boys), 45 (girls)", "direction_unknown"),
    ("higher", "40, 50", "40", "direction_unknown"),
    ("higher", "40 to 50", "45 to 55", "made_harder"),
    ("higher", "40-50", "45-55", "made_harder"),
    ("higher", "40\N{EN DASH}50", "35\N{EN DASH}45", "made_easier"),
    ("lower", "-5", "-10", "made_harder"),
    ("lower", "\N{MINUS SIGN}5%", "\N{MINUS SIGN}2%", "made_easier"),
    ("higher", "-5", "5", "made_harder"),
    ("lower", "60", "No target set", "made_easier"),
    ("lower", "60", "N/A", "made_easier"),
    ("lower", "60", "", "made_easier"),
    ("lower", "60", "Not set", "made_easier"),
    ("lower", "No target set", "60", "made_harder"),
    ("higher", "N/A", "60", "made_harder"),
    ("higher", "No target set", "N/A", None),
    ("higher", "No target set", "Not set.", None),
    ("higher", "Most schools", "All schools", "direction_unknown"),
    ("higher", "60", "sixty", "direction_unknown"),
    ("higher", "60", "more than 60", "direction_unknown"),
    ("higher", "60", "60.0", None),
    ("higher", "1000", "1,000", None),
    ("higher", "12%", "12 per cent", None),
    ("higher", "60% by March", "60% by June", "direction_unknown"),
    ("lower", "30 minutes", "2 hours", "direction_unknown"),
    ("lower", "12%", "12", "direction_unknown"),
    ("lower", "3.2 per 1,000", "3.2 per 10,000", "direction_unknown"),
]


@pytest.mark.parametrize(("better", "old", "new", "told"), TARGETS)
def test_target(better: str, old: str, new: str, told: str | None) -> None:
    """A target is easier or harder where both figures and the direction are plain; otherwise that is not guessed."""
    due = [f"target 2007: {told}"] if told else []
    assert said({"Better": better, "Target 2007": old}, {"Better": better, "Target 2007": new}) == due


@pytest.mark.parametrize("name", ["Actual 2006", "Baseline"])
@pytest.mark.parametrize(("old", "new"), [("80", "80.0"), ("1,000", "1000"), ("N/A", "Not collected")])
def test_other_spelling_is_no_change(name: str, old: str, new: str) -> None:
    """A figure written another way is the same figure."""
    assert said({name: old}, {name: new}) == []


OTHERS = [
    ({}, {}, []),
    ({}, {"Unit": "Per cent"}, ["unit: unit_changed"]),
    ({}, {"Unit": "Per cent", "Target 2007": "50"}, ["unit: unit_changed", "target 2007: direction_unknown"]),
    ({}, {"Better": "higher", "Target 2007": "50"}, ["better: definition_changed", "target 2007: direction_unknown"]),
    ({}, {"Measure": "Children who wait long"}, ["definition: definition_changed"]),
    ({}, {"Baseline": "95"}, ["baseline: baseline_changed"]),
    ({}, {"Baseline year": "2004"}, ["baseline year: baseline_changed"]),
    ({}, {"Actual 2006": "85"}, ["actual 2006: past_actual_changed"]),
    ({}, {"Actual 2006": "N/A"}, ["actual 2006: past_actual_changed"]),
    ({"Actual 2006": ""}, {"Actual 2006": "85"}, ["actual 2006: actual_added"]),
    ({"Actual 2006": "Not yet collected"}, {"Actual 2006": "85"}, ["actual 2006: actual_added"]),
    ({}, {"Actual 2007": "70"}, ["actual 2007: actual_added"]),
    ({}, {"Actual 2007": ""}, []),
    ({"Target 2008": "50"}, {"Target 2008": "60"}, ["target 2008: made_easier"]),
    ({}, {"Target 2008": "50"}, []),
    ({"Target 2008": "N/A"}, {"Target 2007": "N/A", "Target 2008": "60"}, ["target 2007: made_easier"]),
    (
        {"Better": "none", "Target 2008": "N/A"},
        {"Better": "none", "Target 2007": "N/A", "Target 2008": "60"},
        ["target 2007: made_easier"],
    ),
]


@pytest.mark.parametrize(("old", "new", "due"), OTHERS)
def test_what_is_not_a_figure(old: dict[str, str], new: dict[str, str], due: list[str]) -> None:
    """Units, definitions, baselines and results that changed are each told as what they are."""
    told = said(old, new)
    assert [line for line in told if line in due] == due
    assert [line for line in told if line not in due and "2008" not in line] == []


def test_target_put_off() -> None:
    """The figure of 2007 promised for 2008 only is a promise made easier, whichever way is better."""
    old = [ROW | {"Better": "higher", "Target 2007": "60", "Target 2008": "70"}]
    new = [ROW | {"Better": "higher", "Target 2007": "50", "Target 2008": "60"}]
    assert [(c.year, c.change) for c in changes(old, new)] == [("2007", "made_easier"), ("2008", "made_easier")]


def test_year_that_the_new_table_leaves_out() -> None:
    """A table that begins with a later year has not made the targets of earlier years easier."""
    later = {name: cell for name, cell in ROW.items() if name != "Target 2007"} | {"Target 2008": "50"}
    assert changes([ROW | {"Target 2008": "50"}], [later]) == ()


def test_later_year_that_the_new_table_leaves_out() -> None:
    """A target is taken away by leaving out its column, while an earlier year's still stands."""
    told = changes([ROW | {"Target 2008": "50", "Target 2009": "N/A"}], [ROW])
    assert [(c.year, c.old, c.new, c.change) for c in told] == [("2008", "50", None, "made_easier")]


def test_past_result_that_is_gone_with_its_column() -> None:
    """A result of a past year that the new table leaves out is not called changed."""
    kept = {name: cell for name, cell in ROW.items() if name != "Actual 2006"}
    assert changes([ROW], [kept]) == ()


def test_added_and_dropped() -> None:
    """A Ref on one side only was added or dropped; the name and the direction are those of its side."""
    told = changes([ROW, ROW | {"Ref": "BH2", "Measure": "Beds"}], [ROW | {"Ref": "BH3", "Better": "higher"}, ROW])
    assert told == (
        MeasureChange("BH3", "measure", None, None, "Children who wait", "higher", "added"),
        MeasureChange("BH2", "measure", None, "Beds", None, "lower", "dropped"),
    )


def test_order_of_rows_is_no_change() -> None:
    """Measures are known by their Ref, wherever they stand."""
    rows = [ROW, ROW | {"Ref": "BH2"}]
    assert changes(rows, rows[::-1]) == ()


def _without(*names: str) -> dict[str, str]:
    return {name: cell for name, cell in ROW.items() if name not in names}


def test_without_a_direction_column() -> None:
    """In a table that does not say which way is better, a target that changed is told with both figures, unjudged."""
    old = _without("Better")
    (told,) = changes([old], [old | {"Target 2007": "10"}])
    assert told == MeasureChange("BH1", "target", "2007", "60", "10", "", "direction_unknown")
    assert [c.change for c in changes([old], [old | {"Target 2007": "No target set"}])] == ["made_easier"]
    assert [c.change for c in changes([old], [old | {"Baseline": "91"}])] == ["baseline_changed"]


@pytest.mark.parametrize(("old", "new"), [(ROW, _without("Better")), (_without("Better"), ROW)])
def test_direction_on_one_side_only(old: dict[str, str], new: dict[str, str]) -> None:
    """Which way is better need be said once: no target escapes by leaving the column out."""
    assert [c.change for c in changes([old], [new | {"Target 2007": "70"}])] == ["made_easier"]


def test_table_without_targets() -> None:
    """A keyed table of actions holds no measures, whatever its columns."""
    row = {"Ref": "A1", "Action": "Open a clinic", "By when": "2007", "Measure": "BH1"}
    assert changes([row], [row | {"By when": "2009", "Measure": "BH2"}]) == ()


@pytest.mark.parametrize(
    ("heads", "told"),
    [
        ({"Target for 2007": "60"}, ("target", "2007")),
        ({"target (2007)": "60"}, ("target", "2007")),
        ({"2007 target": "60"}, ("target", "2007")),
        ({"Target 2007/08": "60"}, ("target", "2007-08")),
        ({"Target": "60", "Measure": "Waiting"}, ("target", None)),
        ({"Baseline 2005": "60"}, ("baseline", None)),
    ],
)
def test_heads_of_columns(heads: dict[str, str], told: tuple[str, str | None]) -> None:
    """Targets and baselines are known by the heads that such tables have."""
    row = {"Ref": "B1", **heads}
    changed = {name: cell.replace("60", "70") for name, cell in row.items()}
    assert [(c.field, c.year) for c in changes([row], [changed])] == [told]


def test_target_that_is_no_figure() -> None:
    """A column "Target" without a year, in a table with no other name for its rows, says what is measured."""
    row = {"Ref": "B1", "Target": "Exclusions, no more than", "Target 2005": "42"}
    told = changes([row], [row | {"Target": "Exclusions of pupils, no more than", "Target 2005": "50"}])
    assert [(c.field, c.year, c.change) for c in told] == [
        ("definition", None, "definition_changed"),
        ("target", "2005", "direction_unknown"),
    ]


def test_reasons() -> None:
    """The reason for a change is the one that the new edition gives for its Ref, or none."""
    told = changes([ROW, ROW | {"Ref": "BH2"}], [ROW | {"Target 2007": "70"}, ROW | {"Ref": "BH2", "Baseline": "91"}])
    notes = [
        ChangeNote(ref="BH1", change="lowered", reason="Fewer nurses were found."),
        ChangeNote(section="health", change="moved", reason="It reads better."),
    ]
    given = {(c.ref, c.change): c.reason for c in with_reasons(told, notes)}
    assert given == {("BH1", "made_easier"): "Fewer nurses were found.", ("BH2", "baseline_changed"): None}


def test_results_have_no_reason() -> None:
    """A reason for a target or a measure is none for a result of the same Ref."""
    old = [ROW, ROW | {"Ref": "BH2"}]
    new = [ROW | {"Actual 2007": "70", "Target 2007": "65"}, ROW | {"Ref": "BH2", "Actual 2006": "79"}]
    notes = [
        ChangeNote(ref="BH1", change="lowered", reason="Fewer nurses were found."),
        ChangeNote(ref="BH2", change="lowered", reason="The target fell."),
    ]
    given = {(c.ref, c.change): c.reason for c in with_reasons(changes(old, new), notes)}
    assert given == {
        ("BH1", "made_easier"): "Fewer nurses were found.",
        ("BH1", "actual_added"): None,
        ("BH2", "past_actual_changed"): None,
    }
    corrected = [ChangeNote(ref="BH2", change="reworded", reason="The clinic counted again.")]
    told = with_reasons(changes(old[1:], new[1:]), corrected)
    assert [c.reason for c in told] == ["The clinic counted again."]
