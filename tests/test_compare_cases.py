"""Golden cases: two small texts, and all that a comparison tells of them."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from archives import ROOT
from compare.promises import blocks_of, breaches, compared, told_blocks
from compare.readable import lines
from plan_archive.compare.drawn import fragments
from plan_archive.intake.loose import loose_text
from plan_archive.model import Op, Section

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


def fragments_of(*ops: Op) -> list[tuple[str, str]]:
    """What a reader sees go and come, fragment by fragment."""
    return [(" ".join(seen.old), " ".join(seen.new)) for seen in fragments(ops) if not seen.same]


@pytest.mark.parametrize(
    "word", ["must", "may", "shall", "not", "Never", "12", "£4.5m", "2007,", "March", "three", "don't"]
)
def test_what_decides_a_promise_is_drawn_as_it_stands(word: str) -> None:
    """A figure, a date, or a word such as "must" is never drawn as changed where it stayed."""
    ops: list[Op] = [("-", "all our schools "), ("+", "each local partner "), ("=", f"{word} ")]
    ops += [("-", "plan the whole year"), ("+", "review its own work")]
    assert fragments_of(*ops) == [
        ("all our schools", "each local partner"),
        ("plan the whole year", "review its own work"),
    ]


def test_a_rewritten_passage_is_drawn_as_one() -> None:
    """A little word that happens to stand in both versions of a passage does not cut it in two."""
    ops: list[Op] = [
        ("-", "some children "),
        ("+", "a number of pupils "),
        ("=", "in "),
        ("-", "our care"),
        ("+", "school"),
    ]
    assert fragments_of(*ops) == [("some children in our care", "a number of pupils in school")]


def test_two_edits_are_drawn_as_two() -> None:
    """Two words that were each replaced stay two edits, though one word alone stands between them."""
    ops: list[Op] = [("-", "local "), ("+", "small "), ("=", "schools "), ("-", "gain"), ("+", "win")]
    assert fragments_of(*ops) == [("local", "small"), ("gain", "win")]
