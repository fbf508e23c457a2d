"""Whatever two texts are compared, both can be rebuilt from the result, and swapping them swaps it."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from compare.promises import blocks_of, breaches, compared, marked
from compare.prose import Piece, edited, letters, letters_of, markdown_of, pieces
from plan_archive.intake.loose import loose_text
from plan_archive.model import Section

FEW = settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


def read(markdown: str) -> tuple[Section, ...]:
    """A text's sections."""
    return loose_text("text.md", {"text.md": markdown.encode()}, folder=False).sections


@FEW
@given(pieces(), st.integers(0, 2**32))
def test_edited_text(written: list[Piece], seed: int) -> None:
    """A text and an edit of it keep every promise in both directions."""
    old, new = markdown_of(written), markdown_of(edited(written, Random(seed)))  # noqa: S311
    assert breaches(read(old), read(new)) == []


@FEW
@given(pieces(), pieces())
def test_independent_texts(one: list[Piece], other: list[Piece]) -> None:
    """Two texts that have nothing to do with one another keep every promise in both directions."""
    assert breaches(read(markdown_of(one)), read(markdown_of(other))) == []


@FEW
@given(pieces())
def test_reading_loses_nothing(written: list[Piece]) -> None:
    """The words that are compared are those that a reader of the text sees, no letter more and none less."""
    markdown = markdown_of(written)
    assert letters(" ".join(block.text for block in blocks_of(read(markdown)))) == letters_of(written)


def _without_html(word: str) -> str:
    return word if "<" not in word else "plain"


@FEW
@given(pieces())
def test_layout_is_no_change(written: list[Piece]) -> None:
    """Prose wrapped elsewhere and tables padded otherwise are the same text: no mark, every section unchanged.

    Raw HTML is left out: at the beginning of a line it means something else to Markdown.
    """
    plain = [replace(piece, lines=tuple(tuple(map(_without_html, line)) for line in piece.lines)) for piece in written]
    told = compared(read(markdown_of(plain)), read(markdown_of(plain, width=4, space="   ")))
    assert marked(told) == (0, 0)
    assert [entry["change"] for entry in told["sections"]] == [[]] * len(told["sections"])


@FEW
@given(pieces())
def test_identical_texts(written: list[Piece]) -> None:
    """A text beside itself has no mark and no section that is not unchanged, and every block is its own forerunner."""
    text = read(markdown_of(written))
    told = compared(text, text)
    blocks = [block for entry in told["sections"] for block in entry["blocks"]]
    assert marked(told) == (0, 0)
    assert [entry["change"] for entry in told["sections"]] == [[]] * len(text)
    assert {block["change"] for block in blocks} <= {"equal"}
    assert [block["old_index"] for block in blocks] == [block["new_index"] for block in blocks]
