"""`plan-archive where`: the way of a plan, a section or a row to where it is, as a tree and as data."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from archives import NOTICE, copy_tiny, edit, plan_archive
from plan_archive import PlanArchiveError
from plan_archive.cli import command
from plan_archive.schemas import DATA
from test_docs_shapes import faults

TABLE = "archive/beta/destinations/2004-to-alpha-2006.yml"
REFRESH = "plans/alpha/2007.md"
EXCLUSIONS = """beta@2004#exclusions  1 Exclusions
  merged on 1 April 2006, unreviewed: alpha@2006#behaviour  Behaviour
    renamed on 1 April 2007: alpha@2007#good-behaviour  Good behaviour
      in effect on 1 December 2007: /plans/alpha/2007/#good-behaviour
"""


def _where(folder: Path, *arguments: str) -> tuple[int, str, str]:
    ran = CliRunner().invoke(command, ["-C", str(folder), "where", *arguments])
    error = str(ran.exception) if isinstance(ran.exception, PlanArchiveError) else ran.stderr
    return ran.exit_code, ran.stdout, error


def test_a_section_is_followed_step_by_step(tmp_path: Path) -> None:
    """From an old section the whole way is told, each step with what happened and when, to where it is now."""
    ran = plan_archive(copy_tiny(tmp_path), "where", "beta@2004#exclusions")
    assert (ran.code, ran.out, ran.err) == (0, EXCLUSIONS, "")


@pytest.mark.parametrize(
    ("ref", "told"),
    [
        ("beta@2004:B1", "      in effect on 1 December 2007: /plans/alpha/2007/#ref-a1"),
        ("beta@2004:B2", "dropped on 1 April 2006: It was not counted the same way in every school (Full council, 30"),
        ("beta@2004#", "spent by 1 April 2006: It only said how the plan was set out"),
        ("beta@2004#targets", "  inside it: beta@2004:B1  B1 Pupils excluded for good"),
        ("alpha@2006#staying-safe", "  kept on 1 April 2007: alpha@2007#staying-safe  Staying safe"),
        ("alpha@2007#good-behaviour", "  in effect on 1 December 2007: /plans/alpha/2007/#good-behaviour"),
    ],
)
def test_each_kind_of_end(ref: str, told: str, tmp_path: Path) -> None:
    """A numbered row, what was dropped or spent, a heading that only holds rows, a part that was kept or is here."""
    code, out, _ = _where(copy_tiny(tmp_path), ref)
    assert code == 0
    assert told in out


@pytest.mark.parametrize("ref", ["beta", "beta@2004"])
def test_a_plan_is_told_part_by_part(ref: str, tmp_path: Path) -> None:
    """A plan, or an edition, is told by all its parts that say something, in their order."""
    code, out, _ = _where(copy_tiny(tmp_path), ref)
    assert code == 0
    starts = [line.split("  ")[0] for line in out.splitlines() if line.startswith("beta@")]
    assert starts == [f"beta@2004{place}" for place in ("#", "#exclusions", "#coming-back", ":B1", ":B2")]
    assert EXCLUSIONS in out


def test_a_split_is_told_as_a_tree(tmp_path: Path) -> None:
    """A part that was split has a line for each branch, with a text elsewhere named as what it is."""
    folder = copy_tiny(tmp_path)
    split = """{from: "#exclusions", disposition: split, to: ["#behaviour", ":A2",
      {outside: Youth Justice Plan, citation: section 4, address: "https://justice.example/"}],
      reason: "Three owners."}"""
    edit(folder / TABLE, '{from: "#exclusions", disposition: merged, to: ["#behaviour"]}', split)
    _, out, _ = _where(folder, "beta@2004#exclusions")
    assert [line.strip().split(":")[0] for line in out.splitlines() if line.startswith("  ") and line[2] != " "] == [
        "split on 1 April 2006, unreviewed",
        "split on 1 April 2006, unreviewed",
        "moved to Youth Justice Plan, section 4, https",
    ]
    assert out.count("in effect on 1 December 2007") == 2
    assert "which is not in this archive: Three owners\n" in out


def test_what_is_matched_by_text_says_so(tmp_path: Path) -> None:
    """A step that nobody declared says that it was matched by text and not reviewed, in text and in data."""
    folder = copy_tiny(tmp_path)
    edit(folder / REFRESH, "was: [behaviour], ", "")
    edit(folder / REFRESH, "## Good behaviour", "## Behaviour")
    code, out, _ = _where(folder, "beta@2004#exclusions")
    assert code == 0
    assert "    matched by text on 1 April 2007, not reviewed: alpha@2007#good-behaviour  Behaviour\n" in out
    (way,) = json.loads(_where(folder, "beta@2004#exclusions", "--format", "json")[1])["ways"]
    assert way["matched_by_text"] is True


def test_json_has_its_documented_shape(tmp_path: Path) -> None:
    """The JSON fits the published schema: the way as a tree, its ends with address or reason, the day, the notice."""
    folder = copy_tiny(tmp_path)
    schema: dict[str, Any] = DATA["where"]
    told = json.loads(_where(folder, "beta", "--format", "json")[1])
    assert faults(told, schema, schema) == []
    assert (told["schema"], told["as_at"], told["notice"]) == ("plan-archive/where/1", "2007-12-01", NOTICE)
    ends = {way["from"]: [(end["kind"], end["part"], end["address"]) for end in way["ends"]] for way in told["ways"]}
    assert ends["beta@2004#exclusions"] == [
        ("in-effect", "alpha@2007#good-behaviour", "/plans/alpha/2007/#good-behaviour")
    ]
    assert ends["beta@2004:B2"] == [("dropped", None, None)]
    (dropped,) = [way for way in told["ways"] if way["from"] == "beta@2004:B2"]
    assert dropped["ends"][0]["decision"] == "Full council, 30 March 2006, minute 88"
    assert json.loads(_where(folder, "beta@2004", "--format", "json")[1]) == told


@pytest.mark.parametrize(
    ("ref", "words"),
    [
        ("gamma", "there is no plan `gamma` in the archive (plans: alpha, beta)"),
        ("beta@2001", "the plan `beta` has no edition `2001` (editions: 2004)"),
        ("beta@2004#nowhere", "beta@2004 has no section or row `#nowhere`"),
        ("beta@2004:B9", "beta@2004 has no section or row `:B9`"),
        ("Beta Plan", "`Beta Plan` is no reference: write PLAN, PLAN@EDITION, "),
        ("beta@2004#a b", "`beta@2004#a b` is no reference"),
        ("archive/beta/plan.yml", "is no reference"),
    ],
)
def test_what_is_not_known_is_1(ref: str, words: str, tmp_path: Path) -> None:
    """A plan, an edition or a part that is not there is told with what there is, and the exit code is 1."""
    code, out, error = _where(copy_tiny(tmp_path), ref)
    assert (code, out) == (1, "")
    assert words in error


def test_a_user_sees_one_line_and_no_traceback(tmp_path: Path) -> None:
    """What is not known is one line on standard error; wrong usage is 2."""
    folder = copy_tiny(tmp_path)
    ran = plan_archive(folder, "where", "gamma")
    assert (ran.code, ran.out) == (1, "")
    assert ran.err == "error: there is no plan `gamma` in the archive (plans: alpha, beta)\n"
    assert _where(folder)[0] == 2
    assert _where(folder, "beta", "alpha")[0] == 2
    assert _where(folder, "beta", "--format", "xml")[0] == 2


def test_an_archive_with_problems_says_so(tmp_path: Path) -> None:
    """Where a text cannot be read the way may be another, and a note on standard error says so."""
    folder = copy_tiny(tmp_path)
    edit(folder / REFRESH, "kind: refresh", "kind: refreshed")
    code, out, error = _where(folder, "beta@2004#exclusions")
    assert code == 0
    assert "alpha@2007" not in out
    assert error.startswith("note: the archive has ")


def test_a_circle_ends(tmp_path: Path) -> None:
    """A row that leads back to itself is followed once, and the way says that it leads back."""
    folder = copy_tiny(tmp_path)
    edit(folder / TABLE, '":A1"', '"beta@2004:B1"')
    code, out, _ = _where(folder, "beta@2004:B1")
    assert code == 0
    assert "not known: the way leads back to where it began" in out
