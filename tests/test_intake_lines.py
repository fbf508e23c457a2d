"""Every block knows the line on which it begins."""

from __future__ import annotations

from itertools import count, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plan_archive.intake.files import Source
from plan_archive.intake.text import read_version
from plan_archive.model import Text

FRONT = """\
---
title: The title
kind: plan
period: {from: 2006-04-01, to: 2009-03-31}
published: 2006-03-31
owner: Cabinet
---

# The title

"""
SHAPES = ["paragraph", "list", "loose list", "table", "keyed table", "quote", "code", "definitions", "heading", "note"]


def read(body: str, front: str = FRONT) -> Text:
    """The text of one file, which must be without problems."""
    text, _, problems = read_version([Source("plans/x/2006.md", (front + body).encode())], 1, lambda _name: True)
    assert problems == []
    assert text is not None
    return text


def _block(shape: str, lines: int, words: count[int]) -> list[str]:  # noqa: PLR0911  one for each shape
    """The source of one block; each block of the text begins with a word of its own, `word1` and so on."""

    def word() -> str:
        return f"word{next(words)}"

    if shape == "paragraph":
        return [f"{word()} begins a paragraph"] + ["that goes on with *more* of it"] * lines
    if shape in ("list", "loose list"):
        items = [[f"- {word()} is an item"] + ["    that goes on"] * (lines % 2) for _ in range(lines + 1)]
        return [line for item in items for line in (item if shape == "list" else [*item, ""])]
    if shape == "table":
        return [f"| {word()} | b |", "|---|---|"] + [f"| {word()} | 1 |" for _ in range(lines)]
    if shape == "keyed table":
        keys = [next(words) for _ in range(lines + 1)]
        return ["| Ref | Words |", "|---|---|"] + [f"| K{key} | word{key} |" for key in keys]
    if shape == "quote":
        return [f"> {word()} is quoted"] + ["> and goes on"] * lines
    if shape == "code":
        return ["```", f"{word()} = 1", *["x = 1"] * lines, "```"]
    if shape == "definitions":
        return [word()] + [f":   {word()} is what it means" for _ in range(lines + 1)]
    if shape == "note":
        return ['!!! note "Read this"', f"    {word()} is noted", *["    and goes on"] * lines]
    name = word()
    return [f"## {name} is a heading {{#{name}}}"]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(SHAPES), st.integers(0, 3), st.integers(1, 3)), min_size=1, max_size=12))
def test_a_block_begins_where_its_word_stands(shapes: list[tuple[str, int, int]]) -> None:
    """The line of every block is that of its own word in the source, whatever stands around it."""
    words = count(1)
    body: list[str] = []
    for shape, lines, blanks in shapes:
        body += [*_block(shape, lines, words), *[""] * blanks]
    source = (FRONT + "\n".join(body) + "\n").split("\n")
    first = {
        f"word{n}": next(i for i, line in enumerate(source, 1) if f"word{n} " in f"{line} ")
        for n in range(1, next(words))
    }
    blocks = [block for section in read("\n".join(body) + "\n").sections for block in section.blocks]
    found = {word: block.line for block in blocks for word in block.text.split() if word in first}
    assert found == first


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.lists(st.sampled_from(["The same words.", "- The same words.", "> The same", "words."]), max_size=5),
        min_size=1,
        max_size=6,
    )
)
def test_repeated_words_stay_below_their_heading(parts: list[list[str]]) -> None:
    """Where all blocks have the same words, each is told between its own heading and the next."""
    body: list[str] = []
    heads = [1]
    for number, part in enumerate(parts):
        heads.append(FRONT.count("\n") + len(body) + 1)
        body += [f"## The same words {{#part-{number}}}", ""]
        body += [line for block in part for line in (block, "")]
    ends = [*heads[1:], FRONT.count("\n") + len(body) + 2]
    for section, (start, end) in zip(read("\n".join(body) + "\n").sections, pairwise([*heads, ends[-1]]), strict=True):
        assert section.line in (start, start + 8)  # the title stands below the front matter
        assert all(start <= block.line < end for block in section.blocks)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Some [words][r] in a line.\n\n[r]: https://a.example/words\n\nMore.\n", [11, 15]),
        ("Cited.[^1]\n\n[^1]: The note.\n\nAfter the note.\n", [11, 15, 13]),
        ("First line\nsecond line.\n\nfirst line again.\n", [11, 14]),
        ("| a | b |\n|---|---|\n| 1 | |\n| | 1 |\n| 1 | 1 |\n", [11, 13, 14, 15]),
        ("- one\n    - two\n\n        three\n\n- four\n", [11, 12, 14, 16]),
    ],
)
def test_lines_of_what_is_hard_to_find(body: str, expected: list[int]) -> None:
    """References, footnotes, empty cells and nested paragraphs have their lines too."""
    assert [block.line for block in read(body).sections[0].own_blocks] == expected
