"""`plan-archive check`: facts that are missing or contradict each other, each named with its file and line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from archives import bytes_below, copy_tiny, edit, plan_archive
from plan_archive import Problem
from plan_archive.cli import command
from plan_archive.cli.check import _annotation

ALPHA, BETA = "plans/alpha/plan.yml", "archive/beta/plan.yml"
TABLE = "archive/beta/destinations/2004-to-alpha-2006.yml"
FIRST, REFRESH = "archive/alpha/2006.md", "plans/alpha/2007.md"
REPLACED_BY = """superseded_by:
  - plan: alpha
    on: 2006-04-01
    authority: {body: Full council, date: 2006-03-30, minute: "88"}
    extent: whole
"""
SUPERSEDES = REPLACED_BY.replace("superseded_by", "supersedes").replace("alpha", "beta")
IN_EFFECT = "    in_effect: {from: 2004-04-01, to: 2006-03-31, ended_by: superseded}\n"
LATER = '[{plan: %s, on: 2008-04-01, authority: {unknown: "No minute found."}, extent: part}]\n'
FACTS_2007 = """  2007:
    in_effect: {from: 2007-04-01}
    decision: {body: Full council, date: 2007-03-22, minute: "61"}
    publication: {website: 2007-03-30}
"""

FAULTS = {
    "a superseded plan does not say by what": (
        [(BETA, REPLACED_BY, "")],
        [(BETA, 16, "`superseded_by` does not say by what"), (ALPHA, 15, "its `superseded_by` lacks `alpha`")],
    ),
    "an edition does not say when it was in effect": (
        [(BETA, IN_EFFECT, "")],
        [(BETA, 20, "`editions.2004.in_effect` is missing")],
    ),
    "an edition ended, nobody says how": (
        [(BETA, ", ended_by: superseded", "")],
        [(BETA, 21, "needs `to` and `ended_by` together")],
    ),
    "an edition ended, nobody says when": (
        [(BETA, ", to: 2006-03-31", "")],
        [(BETA, 21, "needs `to` and `ended_by` together")],
    ),
    "an edition ended before it began": (
        [(BETA, "to: 2006-03-31", "to: 2003-03-31")],
        [(BETA, 21, "ended before it began")],
    ),
    "an edition ended on no day of the calendar": (
        [(BETA, "to: 2006-03-31", "to: 2006-02-30")],
        [(BETA, 21, "is not a day of the calendar")],
    ),
    "a status is written down": (
        [(BETA, "  2004:\n", "  2004:\n    status: superseded\n")],
        [(BETA, 21, "`editions.2004.status` is not a key that belongs here")],
    ),
    "a plan was superseded a month after its last day": (
        [(BETA, "on: 2006-04-01", "on: 2006-05-01"), (ALPHA, "on: 2006-04-01", "on: 2006-05-01")],
        [(BETA, 14, "its last edition was in effect until 2006-03-31")],
    ),
    "the two sides name different decisions": (
        [(BETA, 'minute: "88"}\n    extent', 'minute: "89"}\n    extent')],
        [(BETA, 15, "`authority` differs"), (ALPHA, 17, "`authority` differs")],
    ),
    "the two sides name different extents": (
        [(BETA, "extent: whole", "extent: part")],
        [(BETA, 16, "`extent` differs"), (ALPHA, 18, "`extent` differs")],
    ),
    "only the old plan tells the succession": (
        [(ALPHA, SUPERSEDES, "")],
        [(BETA, 13, "its `supersedes` lacks `beta`")],
    ),
    "a plan supersedes itself": (
        [(BETA, "plan: alpha", "plan: beta")],
        [
            (BETA, 13, "the plan supersedes itself"),
            (ALPHA, 15, "its `superseded_by` lacks `alpha`"),
            (TABLE, 1, "the plan `beta` was not superseded by `alpha`"),
        ],
    ),
    "a plan is superseded by one that is not there": (
        [(BETA, "plan: alpha", "plan: gamma")],
        [
            (BETA, 13, "there is no plan `gamma`"),
            (ALPHA, 15, "its `superseded_by` lacks `alpha`"),
            (TABLE, 1, "the plan `beta` was not superseded by `alpha`"),
        ],
    ),
    "a plan is named twice": (
        [(BETA, REPLACED_BY, REPLACED_BY + REPLACED_BY.partition("\n")[2])],
        [(BETA, 17, "`alpha` stands twice in `superseded_by`")],
    ),
    "two plans supersede each other": (
        [
            (ALPHA, "evidence:\n", f"superseded_by: {LATER % 'beta'}evidence:\n"),
            (BETA, "evidence:\n", f"supersedes: {LATER % 'alpha'}evidence:\n"),
        ],
        [
            (BETA, 12, "its own successor"),
            (ALPHA, 19, "its own successor"),
            (ALPHA, 1, "was superseded by beta, but no table says where its parts went"),
        ],
    ),
    "an edition was in effect before it was decided": (
        [(ALPHA, "date: 2007-03-22", "date: 2007-04-22")],
        [(REFRESH, 5, "is before the decision (2007-04-22)"), (ALPHA, 28, "before it was decided on 2007-04-22")],
    ),
    "an edition was published on two days": (
        [(ALPHA, "website: 2007-03-30", "website: 2007-03-31")],
        [(ALPHA, 29, "`publication.website` is 2007-03-31")],
    ),
    "two editions were in effect in one month": (
        [(ALPHA, "to: 2007-03-31", "to: 2007-04-30")],
        [(ALPHA, 23, "while 2006 was in effect until 2007-04-30")],
    ),
    "an edition was superseded by one that began a month later": (
        [(ALPHA, "to: 2007-03-31", "to: 2007-02-28")],
        [(ALPHA, 23, "2007 began only on 2007-04-01, not on 2007-03-01")],
    ),
    "an earlier edition never ended": (
        [(ALPHA, ", to: 2007-03-31, ended_by: superseded", "")],
        [(ALPHA, 23, "the edition 2006 has no last day")],
    ),
    "a superseded plan's last edition never ended": (
        [(BETA, ", to: 2006-03-31, ended_by: superseded", "")],
        [(BETA, 21, "its last edition, 2004, has no end")],
    ),
    "a superseded plan's last edition lapsed": (
        [(BETA, "ended_by: superseded", "ended_by: lapsed")],
        [(BETA, 21, "its last edition, 2004, ended as `lapsed`")],
    ),
    "a duty that never was has a first day": (
        [(BETA, "  status: none", "  status: none\n  from: 2001-01-01")],
        [(BETA, 10, "`duty` has status none but also dates")],
    ),
    "an edition has facts and no text": (
        [(ALPHA, "editions:\n", f"editions:\n{FACTS_2007.replace('2007', '2005')}")],
        [(ALPHA, 22, "there is no text for the edition 2005")],
    ),
    "an edition has a text and no facts": (
        [(ALPHA, FACTS_2007, "")],
        [(REFRESH, 1, "no entry for this edition"), (ALPHA, 23, "the last edition, 2006, was superseded")],
    ),
}


def _check(folder: Path, *arguments: str) -> Result:
    return CliRunner().invoke(command, ["-C", str(folder), "check", *arguments])


@pytest.mark.parametrize("fault", FAULTS)
def test_a_missing_or_contradicting_fact_is_named_with_file_and_line(fault: str, tmp_path: Path) -> None:
    """A fact that a status needs and that is missing or contradicts another is a problem at its own line."""
    edits, expected = FAULTS[fault]
    folder = copy_tiny(tmp_path)
    for file, old, new in edits:
        edit(folder / file, old, new)
    checked = _check(folder)
    found = [line.split(":", 2) for line in checked.stdout.splitlines()]
    assert checked.exit_code == 1
    assert [(file, int(line)) for file, line, _ in found] == [(file, line) for file, line, _ in sorted(expected)]
    for (_, _, told), (_, _, words) in zip(found, sorted(expected), strict=True):
        assert words in told
        assert "; " in told, "a problem says what to do"


def test_problems_of_all_files_are_told_in_one_run(tmp_path: Path) -> None:
    """Faults in several files are told together, sorted by file and line."""
    folder = copy_tiny(tmp_path)
    edit(folder / BETA, "to: 2006-03-31", "to: 2003-03-31")
    edit(folder / REFRESH, "plan:beta@2004#exclusions", "plan:beta@2004#nowhere")
    edit(folder / FIRST, "published: 2006-03-31", "published: yesterday")
    edit(folder / "docs/about/index.md", "[published](https://www.legislation.gov.uk/)", "[published](nowhere.md)")
    checked = _check(folder)
    files = [line.partition(":")[0] for line in checked.stdout.splitlines()]
    assert checked.exit_code == 1
    assert {FIRST, BETA, "docs/about/index.md"} <= set(files)
    assert files == sorted(files)
    assert checked.stderr.endswith(f"{len(files)} problems.\n")


def test_a_clean_archive_ends_with_0_and_changes_nothing(tmp_path: Path) -> None:
    """Without problems the exit code is 0, standard output is empty, and no file is written."""
    folder = copy_tiny(tmp_path)
    before = bytes_below(folder)
    ran = plan_archive(folder, "check")
    assert (ran.code, ran.out) == (0, "")
    assert ran.err.endswith("no problems.\n")
    assert bytes_below(folder) == before


def test_problems_end_with_1_and_wrong_usage_with_2(tmp_path: Path) -> None:
    """The exit code tells problems in files from a wrong command line."""
    folder = copy_tiny(tmp_path)
    edit(folder / BETA, "plan: alpha", "plan: gamma")
    assert plan_archive(folder, "check").code == 1
    for wrong in (["check", "--format", "xml"], ["check", "surplus"], ["examine"], ["-C", "nowhere", "check"]):
        ran = plan_archive(folder, *wrong)
        assert (ran.code, ran.out) == (2, "")
        assert ran.err.startswith("Usage: ")


def test_json_has_a_documented_shape(tmp_path: Path) -> None:
    """For programs the problems are one JSON document with a named shape, whether there are any or not."""
    folder = copy_tiny(tmp_path)
    clean = json.loads(_check(folder, "--format", "json").stdout)
    assert clean == {"schema": "plan-archive/check/1", "files": 11, "problems": []}
    edit(folder / BETA, "plan: alpha", "plan: gamma")
    edit(folder / ALPHA, SUPERSEDES, "")
    checked = _check(folder, "--format", "json")
    assert checked.exit_code == 1
    told = json.loads(checked.stdout)["problems"]
    assert [problem["file"] for problem in told] == [TABLE, BETA]
    assert told[1:] == [
        {
            "level": "error",
            "file": BETA,
            "line": 13,
            "what": "there is no plan `gamma`",
            "remedy": "add the plan, or correct its id",
        }
    ]


def test_an_annotation_is_one_line_that_no_text_can_end() -> None:
    """In a GitHub annotation per cent signs, line ends and, in a file's name, commas and colons are escaped."""
    problem = Problem("plans/a,b:c%/x\n.md", 7, "100% of\nit\r::error::is wrong", "mend: it, now")
    assert _annotation(problem) == (
        "::error file=plans/a%2Cb%3Ac%25/x%0A.md,line=7::100%25 of%0Ait%0D::error::is wrong; mend: it, now"
    )


def test_a_hostile_file_name_makes_one_annotation(tmp_path: Path) -> None:
    """A file whose name holds a line end, a comma and a colon makes one annotation line."""
    folder = copy_tiny(tmp_path)
    (folder / "plans" / "alpha" / "a,b\n::error file=c,line=1::d.md").write_text("x\n", encoding="utf-8")
    lines = _check(folder, "--format", "github").stdout.splitlines()
    assert len(lines) == 1
    assert lines[0].startswith("::error file=plans/alpha/a%2Cb%0A%3A%3Aerror file=c%2Cline=1%3A%3Ad.md,line=1::")
