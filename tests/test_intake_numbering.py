"""Numbered lists: the page must show the numbers that the editor wrote."""

from __future__ import annotations

import pytest

from plan_archive.intake.numbering import check_numbering


@pytest.mark.parametrize(
    "body",
    [
        "1. a\n2. b\n3. c",
        "4. a\n5. b",
        "1. a\n1. b\n1. c",
        "1. a\n\n    more\n\n2. b\n    1. x\n    2. y\n3. c",
        "1. a\n2. b\n\nText between.\n\n1. a\n2. b",
        "```\n1. a\n9. b\n```",
        "In 2006. Not a list.\n\n2007. Not one either, alone.",
    ],
)
def test_a_list_that_counts_on_is_well(body: str) -> None:
    """Lists that count on by one from any number, or repeat one number, are shown as written."""
    assert check_numbering(body, "plan.md", 10) == []


@pytest.mark.parametrize(
    ("body", "line", "what"),
    [
        ("1. a\n2. b\n7. c", 12, "7 would be shown as 3"),
        ("1. a\n    1. x\n    3. y\n2. b", 12, "3 would be shown as 2"),
        ("Text.\n\n2. a\n1. b", 13, "1 would be shown as 3"),
    ],
)
def test_a_list_that_jumps_is_a_problem(body: str, line: int, what: str) -> None:
    """A number that the page would change is told with its line and what would be shown."""
    (problem,) = check_numbering(body, "plan.md", 10)
    assert (problem.file, problem.line) == ("plan.md", line)
    assert problem.what.endswith(what)
