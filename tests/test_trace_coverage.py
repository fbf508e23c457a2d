"""Coverage: what counts, in what state each record is, and the signs that show a careless table for what it is."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import unicodedata
from dataclasses import replace
from typing import Any

import pytest
import yaml

from archives import ROOT
from plan_archive import Library
from plan_archive.pages.cells import csv_text
from plan_archive.trace import coverage, fingerprint
from plan_archive.trace.data import CELLS, coverage_data, csv_rows, text_data
from traced import ALPHA, BETA, edition, example, library, pair, part, plan, reviewed, table

CASES = yaml.safe_load((ROOT / "tests/cases/trace/fingerprints.yml").read_text(encoding="utf-8"))["cases"]
OLD = """# Beta

It holds two chapters.

## Pupils {#pupils}

### Exclusions {#exclusions}

A school tells the council of every exclusion on the same day.

### Targets {#targets}

| Ref | Measure | 2004 |
|---|---|---|
| B1 | Pupils excluded for good | 40 |
| B2 | Days before a pupil is taught again | 15 |

### Schools {#schools}

| Town | Schools |
|---|---|
| Exampleton | 12 |
"""
NEW = """# Alpha

## Vision {#vision}

Every child thrives.

## School {#school}

Schools tell the council of each exclusion on the same day.

| Ref | Measure | 2006 |
|---|---|---|
| A1 | Pupils excluded for good | 36 |
| A2 | Days before teaching begins again | 10 |
"""
ROWS: list[dict[str, Any]] = [
    {"from": "#", "disposition": "spent", "reason": "It said how the plan was set out."},
    {"from": "#exclusions", "disposition": "reworded", "to": ["#school"]},
    {"from": ":B1", "disposition": "reworded", "to": [":A1"]},
    {"from": ":B2", "disposition": "reworded", "to": [":A2"]},
    {"from": "#schools", "disposition": "moved", "to": [{"outside": "The list of schools"}], "reason": "Kept there."},
]


def test_what_counts() -> None:
    """Sections with text of their own and numbered rows count; headings that hold only these do not."""
    told = coverage(pair(OLD, NEW, *ROWS))
    (one,) = told.plans
    assert [each.place for each in one.counted] == ["#", "#exclusions", ":B1", ":B2", "#schools"]
    assert (one.sections, one.refs, told.complete) == ((3, 3), (2, 2), True)
    assert one.dispositions == {
        "carried": 0,
        "reworded": 3,
        "merged": 0,
        "split": 0,
        "moved": 1,
        "spent": 1,
        "dropped": 0,
    }


@pytest.mark.parametrize("row", ROWS, ids=[row["from"] for row in ROWS])
def test_without_a_row_a_part_is_missing(row: dict[str, Any]) -> None:
    """The one part without a row is missing, and coverage is not complete."""
    told = coverage(pair(OLD, NEW, *(one for one in ROWS if one is not row)))
    assert [each.place for each in told.missing] == [row["from"]]
    assert not told.complete


@pytest.mark.parametrize("row", [ROWS[1] | {"to": ["#nowhere"]}, ROWS[1] | {"from": "#nowhere"}])
def test_a_row_that_leads_nowhere_records_nothing(row: dict[str, Any]) -> None:
    """A row with an end that does not exist keeps coverage from being complete."""
    told = coverage(pair(OLD, NEW, *ROWS, row))
    assert [each.row for each in told.broken] == [told.rows[-1].row]
    assert (told.missing, told.complete) == ((), False)


def test_states() -> None:
    """A row is not reviewed, or reviewed, or suspect once either text is another."""
    made = pair(OLD, NEW, *ROWS)
    assert {row.state for row in coverage(made).rows} == {"unreviewed"}
    stamped = reviewed(made)
    assert {row.state for row in coverage(stamped).rows} == {"reviewed"}
    for old, new, expected in [
        (OLD.replace("same day", "next day"), NEW, ["#exclusions"]),
        (OLD, NEW.replace("same day", "next day"), ["#exclusions"]),
        (OLD.replace("| 40 |", "| 41 |"), NEW, [":B1"]),
        (OLD, NEW.replace("| 10 |", "| 11 |"), [":B2"]),
        (OLD.replace("| 12 |", "| 13 |"), NEW, ["#schools"]),
        (OLD.replace("two chapters", "one chapter"), NEW, ["#"]),
        (OLD.replace("### Exclusions", "### On exclusions"), NEW, []),
    ]:
        changed = replace(stamped, plans=pair(old, new).plans)
        assert [row.row.from_ for row in coverage(changed).rows if row.state == "suspect"] == expected


def test_another_target_makes_a_stamp_suspect() -> None:
    """A row that is led elsewhere after it was reviewed is suspect."""
    stamped = reviewed(pair(OLD, NEW, *ROWS))
    (one,) = stamped.destinations
    rows = tuple(row.model_copy(update={"to": ("#vision",)}) if row.from_ == "#exclusions" else row for row in one.rows)
    changed = replace(stamped, destinations=(replace(one, rows=rows),))
    assert [row.row.from_ for row in coverage(changed).rows if row.state == "suspect"] == ["#exclusions"]


def _vision(found: Library) -> Library:
    """The same library with every row of every table led to one short section."""
    tables = []
    for one in found.destinations:
        rows = (
            row.model_copy(update={"to": ("#vision",), "disposition": "merged", "reason": None, "decision": None})
            for row in one.rows
        )
        tables.append(replace(one, rows=tuple(rows)))
    return replace(found, destinations=tuple(tables))


def test_leading_everything_to_the_vision_looks_as_poor_as_it_is() -> None:
    """A table that leads everything to one short section is complete, and shows: few words shared, one heavy target."""
    honest = example()
    lazy = _vision(honest)
    assert coverage(lazy).complete
    told = coverage(lazy)
    (heavy,) = told.heavy
    assert (heavy.part.name, heavy.rows) == ("cypp@2006#vision", len(told.rows))
    assert heavy.old_words > 100 * heavy.new_words
    few = sum(1 for row in told.rows if row.few)
    assert few > 0.85 * len(told.rows)
    assert few > 5 * sum(1 for row in coverage(honest).rows if row.few)
    assert len(told.new) > 0.9 * sum(1 for s in _sections(honest) if s.says_something)


def _sections(found: Library) -> tuple[Any, ...]:
    held = found.edition("cypp", "2006")
    assert held is not None
    return held.text.sections


def test_few_words_are_counted_in_words_that_say_something() -> None:
    """Words that every text has count for nothing, so that a careless row is seen although both say `the` and `of`."""
    old = "# B\n\n## A {#a}\n\nThe council is to inspect the boilers of the schools in each of the districts.\n"
    new = "# A\n\n## A {#a}\n\nThe council is to be in the lead for each of the children in the county.\n"
    (row,) = coverage(pair(old, new, {"from": "#a", "disposition": "reworded", "to": ["#a"]})).rows
    assert (row.shared, row.old_words) == (1, 5)
    assert not row.few
    other = new.replace("council", "authority")
    (row,) = coverage(pair(old, other, {"from": "#a", "disposition": "reworded", "to": ["#a"]})).rows
    assert (row.shared, row.few) == (0, True)


def test_a_target_is_heavy_only_with_many_rows_and_many_words() -> None:
    """Twelve old parts of six times its words make a target heavy; eleven, or fewer words, do not."""

    def heavy(rows: int, words: int) -> int:
        old = "# B\n\n" + "".join(f"## P {i} {{#p{i}}}\n\n{'word ' * words}\n\n" for i in range(rows))
        new = "# A\n\n## V {#v}\n\nOne two three four.\n"
        told = [{"from": f"#p{i}", "disposition": "merged", "to": ["#v"]} for i in range(rows)]
        return len(coverage(pair(old, new, *told)).heavy)

    assert [heavy(12, 2), heavy(11, 3), heavy(12, 1), heavy(24, 1)] == [1, 0, 0, 1]


def test_a_reviewer_who_answers_for_the_text_is_named() -> None:
    """A row reviewed by the owner of either text is told apart, in whatever letters the name is written."""
    made = pair(OLD, NEW, *ROWS, owner="PLANNING OFFICER")
    assert {row.by_writer for row in coverage(made).rows} == {False}
    assert {row.by_writer for row in coverage(reviewed(made)).rows} == {True}
    assert {row.by_writer for row in coverage(reviewed(pair(OLD, NEW, *ROWS))).rows} == {False}


def test_what_nothing_leads_to_is_new() -> None:
    """A section of the plan that took over is new if no row leads to it or to a numbered row in it."""
    assert [each.place for each in coverage(pair(OLD, NEW, *ROWS)).new] == ["#vision"]
    only_rows = [ROWS[0], ROWS[1] | {"to": [":A1"]}, *ROWS[2:]]
    assert [each.place for each in coverage(pair(OLD, NEW, *only_rows)).new] == ["#vision"]


def test_a_plan_that_nothing_superseded_needs_no_table() -> None:
    """A plan in effect, and one that lapsed with nothing in its place, are not counted."""
    alpha = plan(edition("alpha", "2006", ALPHA, NEW))
    lapsed = plan(edition("beta", "2004", BETA | {"ended_by": "lapsed"}, OLD))
    assert coverage(library(alpha, lapsed)).plans == ()
    gone = plan(edition("beta", "2004", BETA, OLD), after=["alpha"])
    told = coverage(library(alpha, gone))
    assert [each.place for each in told.missing] == ["#", "#exclusions", ":B1", ":B2", "#schools"]


def test_a_plan_superseded_by_two_is_counted_over_both_tables() -> None:
    """A part that is in either of the two tables is recorded."""
    gone = plan(edition("beta", "2004", BETA, OLD), after=["alpha", "gamma"])
    alpha, gamma = (plan(edition(name, "2006", ALPHA, NEW)) for name in ("alpha", "gamma"))
    tables = [table("beta@2004", "alpha@2006", *ROWS[:2]), table("beta@2004", "gamma@2006", *ROWS[2:4])]
    told = coverage(library(alpha, gone, gamma, tables=tables))
    assert ([each.place for each in told.missing], len(told.rows)) == (["#schools"], 4)


@pytest.mark.parametrize("case", CASES, ids=[case["made"] for case in CASES])
def test_a_fingerprint_is_made_as_documented(case: dict[str, str]) -> None:
    """The own text is joined as documented, and its fingerprint is what SHA-256 makes of it."""
    made = library(plan(edition("beta", "2004", BETA, "# Beta\n\n" + case["markdown"])))
    held = made.edition("beta", "2004")
    assert held is not None
    (told,) = [one for one in text_data(held)["parts"] if one["part"] == case["place"]]
    assert told["text"] == case["text"]
    assert told["fingerprint"] == hashlib.sha256(case["text"].encode()).hexdigest()[:16] == case["digits"]
    assert part(made, f"beta@2004{case['place']}").fingerprint == case["digits"]


def test_fingerprints_tell_cells_from_words_and_blocks() -> None:
    """The same words in other cells or blocks, or in another order, have another fingerprint."""
    texts = ["one two three", "one\ttwo three", "one two\tthree", "one\ntwo three", "one three two", "One two three"]
    assert len({fingerprint(text) for text in texts}) == len(texts)
    assert fingerprint(unicodedata.normalize("NFD", "Caf\u00e9")) == fingerprint("Caf\u00e9")


def test_a_cell_that_would_run_is_escaped() -> None:
    """In the CSV no cell begins as a formula, and every cell comes back as it was but for the mark before it."""
    reason = "=HYPERLINK(1)"
    rows = [ROWS[0] | {"reason": reason}, *ROWS[1:], {"from": "#pupils", "disposition": "spent", "reason": "@x"}]
    made = pair(OLD.replace("### Schools", "### +Schools"), NEW, *rows)
    told = list(csv.reader(io.StringIO(csv_text(made, CELLS, csv_rows(coverage(made).rows)))))
    assert told[0] == [*CELLS, "notice"]
    assert len(told) == len(rows) + 1
    by_part = {row[0]: dict(zip(told[0], row, strict=True)) for row in told[1:]}
    assert by_part["beta@2004#"]["reason"] == f"'{reason}"
    assert by_part["beta@2004#pupils"]["reason"] == "'@x"
    assert by_part["beta@2004#schools"]["title"] == "'+Schools"
    assert by_part["beta@2004#schools"]["to"] == "The list of schools"
    assert by_part["beta@2004:B1"]["to"] == "alpha@2006:A1"
    assert not [cell for row in told for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


def test_the_data_adds_up() -> None:
    """The totals of the example are the sums over its plans, and everything is plain JSON."""
    told = json.loads(json.dumps(coverage_data(coverage(example()))))
    plans, totals = told["plans"], told["totals"]
    for kind in ("sections", "rows"):
        for what in ("recorded", "all"):
            assert totals[kind][what] == sum(one[kind][what] for one in plans)
    for state in ("reviewed", "suspect", "unreviewed"):
        assert totals[state] == sum(one[state] for one in plans)
    assert sum(totals["dispositions"].values()) == len(told["destinations"])
    assert told["complete"] is True
