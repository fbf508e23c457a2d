"""Rules of the tables of destinations: each fault is told at its file and line, in words that say what to do."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result

from archives import ROOT, copy_tiny, edit
from plan_archive.cli import command
from traced import ALPHA, BETA, edition, library, pair, plan, problems, table

CASES = yaml.safe_load((ROOT / "tests" / "cases" / "trace" / "rules.yml").read_text(encoding="utf-8"))["cases"]
TABLE = "archive/beta/destinations/2004-to-alpha-2006.yml"
TEXT = "# Beta\n\n## Aims {#aims}\n\nEvery pupil is in school on every day of the term.\n"
NEW = "# Alpha\n\n## Aims {#aims}\n\nEvery pupil is in school on every day of the term.\n"
AIMS = {"from": "#aims", "disposition": "carried", "to": ["#aims"]}


def _check(folder: Path, *arguments: str) -> Result:
    return CliRunner().invoke(command, ["-C", str(folder), "check", *arguments])


def _spoil(folder: Path, case: dict[str, Any]) -> None:
    for old, new in case.get("edits", ()):
        if old == "all":
            (folder / TABLE).write_text(new, encoding="utf-8", newline="\n")
        else:
            edit(folder / TABLE, old, new)
    there = folder / (case.get("rename") or case.get("copy") or TABLE)
    there.parent.mkdir(parents=True, exist_ok=True)
    if "copy" in case:
        shutil.copy(folder / TABLE, there)
    else:
        (folder / TABLE).rename(there)


@pytest.mark.parametrize("case", CASES, ids=[case["fault"] for case in CASES])
def test_a_fault_is_told_at_its_line(case: dict[str, Any], tmp_path: Path) -> None:
    """`check` tells a fault of a table, and nothing besides, at the file and line where it stands."""
    folder = copy_tiny(tmp_path)
    _spoil(folder, case)
    checked = _check(folder)
    told = [line.split(":", 2) for line in checked.stdout.splitlines()]
    expected = [(TABLE, *one) if len(one) == 2 else tuple(one) for one in case["problems"]]
    assert checked.exit_code == 1
    assert {(file, int(line)) for file, line, _ in told} == {(file, line) for file, line, _ in expected}, told
    for file, line, words in expected:
        assert any(t[0] == file and int(t[1]) == line and words in t[2] for t in told), (words, told)
    assert len(told) <= len(expected)
    assert all("; " in t[2] for t in told), "a problem says what to do"


def test_a_whole_table_is_clean(tmp_path: Path) -> None:
    """The tiny archive's table has no fault."""
    checked = _check(copy_tiny(tmp_path))
    assert (checked.exit_code, checked.stdout) == (0, "")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("of the term", "of term", "1 word went and 0 came"),
        ("every day", "each day", "1 word went and 1 came"),
        ("is in school on every day", "on every day is in school", "the words stand in another order"),
        ("Every pupil is in school on every day of the term.", "Nothing.", "11 words went and 1 came"),
    ],
)
def test_carried_is_held_to_the_word(old: str, new: str, told: str) -> None:
    """Carried means word for word; where the texts differ, the message says by how much."""
    assert problems(pair(TEXT, NEW, AIMS)) == []
    (problem,) = problems(pair(TEXT, NEW.replace(old, new), AIMS))
    assert problem.what.endswith(f"do not agree word for word: {told}")
    assert (problem.file, problem.line) == (TABLE, 4)


def test_carried_minds_no_line_ends_nor_headings() -> None:
    """Lines broken elsewhere and another heading are the same words."""
    other = NEW.replace("## Aims", "## What we want").replace("school on", "school\non")
    assert problems(pair(TEXT, other, AIMS)) == []


def test_merged_is_judged_over_all_tables() -> None:
    """Two parts of two plans that lead to one section are merged; neither is alone."""
    beta = plan(edition("beta", "2004", BETA, TEXT), after=["alpha"])
    gamma = plan(edition("gamma", "2005", BETA, TEXT), after=["alpha"])
    alpha = plan(edition("alpha", "2006", ALPHA, NEW))
    row = AIMS | {"disposition": "merged"}
    tables = [table("beta@2004", "alpha@2006", row), table("gamma@2005", "alpha@2006", row)]
    assert problems(library(alpha, beta, gamma, tables=tables)) == []
    alone = problems(library(alpha, beta, gamma, tables=[tables[0], table("gamma@2005", "alpha@2006", _dropped())]))
    assert [problem.what for problem in alone] == ["`#aims` was merged, but nothing else leads to alpha@2006#aims"]


def _dropped(place: str = "#aims") -> dict[str, Any]:
    return {"from": place, "disposition": "dropped", "reason": "Done.", "decision": "Cabinet, minute 3"}


def test_a_circle_of_plans_is_told_once_for_each_table() -> None:
    """Tables that lead round in a circle are told, each at its file; nothing runs for ever."""
    plans = [plan(edition(name, "2004", BETA, TEXT)) for name in ("beta", "delta", "gamma")]
    ring = [("beta", "gamma"), ("gamma", "delta"), ("delta", "beta")]
    tables = [table(f"{old}@2004", f"{new}@2004", AIMS) for old, new in ring]
    told = [p for p in problems(library(*plans, tables=tables)) if "by way of others" in p.what]
    assert [(p.file, p.line) for p in told] == [(one.file, 1) for one in tables]


def test_a_plan_superseded_by_two_needs_only_one_record_for_each_part() -> None:
    """Where two plans took over, the two tables together must tell of every part."""
    both = TEXT + "\n## Costs {#costs}\n\nThe work costs twelve pounds for each pupil in the year.\n"
    beta = plan(edition("beta", "2004", BETA, both), after=["alpha", "gamma"])
    alpha, gamma = (plan(edition(name, "2006", ALPHA, both)) for name in ("alpha", "gamma"))
    aims = table("beta@2004", "alpha@2006", AIMS)
    costs = table("beta@2004", "gamma@2006", {"from": "#costs", "disposition": "carried", "to": ["#costs"]})
    before = table("beta@2004", "gamma@2006")
    assert problems(library(alpha, beta, gamma, tables=[aims, costs])) == []
    (missing,) = problems(library(alpha, beta, gamma, tables=[aims, before]))
    assert missing.what == "the section `#costs` (Costs) has no recorded destination"


def test_a_table_of_an_edition_that_was_not_the_last() -> None:
    """The table begins at the edition in effect at the end; another one is told which it should be."""
    first = edition("beta", "2001", {"from": "2001-04-01", "to": "2004-03-31", "ended_by": "superseded"}, TEXT)
    beta = plan(first, edition("beta", "2004", BETA, TEXT), after=["alpha"])
    alpha = plan(edition("alpha", "2006", ALPHA, NEW))
    told = problems(library(alpha, beta, tables=[table("beta@2001", "alpha@2006", AIMS)]))
    assert ("make it `from: beta@2004`", 1) in [(p.remedy, p.line) for p in told]


def test_a_text_outside_the_archive_may_take_a_part() -> None:
    """Moved to a text that the archive does not hold is a destination like any other."""
    outside = {"outside": "Youth Justice Plan 2006", "citation": "section 4", "address": "https://justice.example/"}
    row = {"from": "#aims", "disposition": "moved", "to": [outside], "reason": "The board's own plan has it."}
    assert problems(pair(TEXT, NEW, row)) == []


def test_a_section_without_was_is_a_warning(tmp_path: Path) -> None:
    """A section that the next edition does not declare is followed by its text: a warning, and the exit code is 0."""
    folder = copy_tiny(tmp_path)
    edit(folder / "plans/alpha/2007.md", "was: [behaviour], ", "")
    edit(folder / "plans/alpha/2007.md", "## Good behaviour", "## Behaviour")
    checked = _check(folder)
    assert checked.exit_code == 0
    assert checked.stdout.startswith("plans/alpha/2007.md:10: warning: `behaviour` of alpha@2006 is followed to ")
    assert "`good-behaviour` by its text alone, which nobody has reviewed" in checked.stdout
    assert checked.stderr.endswith("no problems, 1 warning.\n")


def test_a_section_with_no_successor_is_a_warning(tmp_path: Path) -> None:
    """A section that is gone, with no note of it, is a warning; a note under `changes` says why and ends it."""
    folder = copy_tiny(tmp_path)
    added = "## Money {#money}\n\nThe plan costs nine hundred pounds a year.\n\n## Behaviour {#behaviour}"
    edit(folder / "archive/alpha/2006.md", "## Behaviour {#behaviour}", added)
    checked = _check(folder)
    assert checked.exit_code == 0
    assert "warning: `money` of alpha@2006 has no successor, and `changes` does not say that it ended" in checked.stdout
    note = '  - {section: money, change: ended, reason: "The budget has it."}\nsections:'
    edit(folder / "plans/alpha/2007.md", "sections:", note)
    checked = _check(folder)
    assert (checked.exit_code, checked.stdout) == (0, "")


def test_a_stamp_that_no_longer_holds_fails_but_not_while_drafting(tmp_path: Path) -> None:
    """A text edited since it was reviewed fails `check`; with `--drafting` it is told and does not."""
    folder = copy_tiny(tmp_path)
    stamp = '{by: Auditor, on: 2006-03-01, old: "0123456789abcdef", new: []}'
    edit(folder / TABLE, "disposition: reworded", f"disposition: reworded\n    reviewed: {stamp}")
    assert _check(folder).exit_code == 1
    drafting = _check(folder, "--drafting")
    assert drafting.exit_code == 0
    assert "edited since" in drafting.stdout
