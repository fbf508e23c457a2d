"""Golden cases: two small texts, and all that a comparison tells of them."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from archives import ROOT
from compare.promises import blocks_of, breaches, compared, told_blocks
from compare.readable import lines
from plan_archive.intake.loose import loose_text
from plan_archive.model import Section

FOLDER = ROOT / "tests" / "cases" / "compare"


def cases(name: str) -> list[Any]:
    """The cases of a file, each known by its name."""
    held = yaml.safe_load((FOLDER / name).read_text(encoding="utf-8"))["cases"]
    return [pytest.param(case, id=case["name"].replace(" ", "-")) for case in held]


def read(markdown: str) -> tuple[Section, ...]:
    """A text's sections."""
    return loose_text("text.md", {"text.md": markdown.encode()}, folder=False).sections


@pytest.mark.parametrize("case", cases("changes.yml"))
def test_change(case: dict[str, str]) -> None:
    """Each kind of change is told as what it is, and nothing beside it."""
    old, new = read(case["before"]), read(case["after"])
    assert "\n".join(lines(compared(old, new), blocks_of(old), blocks_of(new))) == case["told"].rstrip("\n")
    assert breaches(old, new) == []


@pytest.mark.parametrize("case", cases("tables.yml"))
def test_marked_words(case: dict[str, str]) -> None:
    """Small edits, to tables above all, are marked word for word as an ideal comparison would."""
    old, new = read(case["before"]), read(case["after"])
    told = [op for block in told_blocks(compared(old, new)) for op in block["ops"]]
    assert " ".join(" ".join(text for tag, text in told if tag == "-").split()) == case["deleted"]
    assert " ".join(" ".join(text for tag, text in told if tag == "+").split()) == case["inserted"]
    assert breaches(old, new) == []
