"""Strict YAML: every scalar comes back as it was typed, every key with its line, and nothing twice."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plan_archive.intake.strict_yaml import read_yaml

KEYS = st.from_regex(r"[a-z][a-z0-9-]{0,8}", fullmatch=True)
PRINTED = st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "S", "Zs"]), max_size=30)
VALUES = st.recursive(
    PRINTED,
    lambda inner: st.lists(inner, min_size=1, max_size=3) | st.dictionaries(KEYS, inner, min_size=1, max_size=3),
)
LOOSE = ["1.10", "no", "on", "null", "~", "12:30:00", "1_000", "0x1F", "2006-04-01", "1e3", ".inf", "=", "0o17", "Yes"]


def _visible(value: Any) -> bool:
    return not any(character in json.dumps(value, ensure_ascii=False) for character in "\u200e\u200f\u061c\u00ad")


@pytest.mark.parametrize("word", LOOSE)
def test_words_stay_words(word: str) -> None:
    """What YAML would turn into a number, a truth value or a time stays the text that was typed."""
    document, problems = read_yaml(f"title: {word}\nlist: [{word}, {word}]\n", "a.yml")
    assert problems == []
    assert document is not None
    assert document.value == {"title": word, "list": [word, word]}


@settings(max_examples=50, deadline=None)
@given(st.dictionaries(KEYS, VALUES.filter(_visible), min_size=1, max_size=5))
def test_every_scalar_comes_back(value: dict[str, Any]) -> None:
    """Whatever an editor quotes comes back as the same string, however deep it lies."""
    document, problems = read_yaml(json.dumps(value, ensure_ascii=False), "a.yml")
    assert problems == []
    assert document is not None
    assert document.value == value


@given(st.lists(st.tuples(KEYS, st.integers(0, 3)), min_size=1, max_size=8, unique_by=lambda pair: pair[0]))
def test_lines_are_exact(keys: list[tuple[str, int]]) -> None:
    """Each key and each item has the line on which it stands, counted from the first line given."""
    lines, expected = [], {}
    for key, blank in keys:
        lines += ["# a remark"] * blank
        expected[key,] = 10 + len(lines)
        lines += [f"{key}:", "  - first", "  - {inner: second}"]
        expected[key, 0] = expected[key,] + 1
        expected[key, 1, "inner"] = expected[key, 1] = expected[key,] + 2
    document, problems = read_yaml("\n".join(lines) + "\n", "a.yml", first_line=10)
    assert problems == []
    assert document is not None
    assert {path: line for path, line in document.lines.items() if path} == expected


@given(st.lists(KEYS, min_size=2, max_size=6, unique=True), st.data())
def test_a_key_twice_is_refused(keys: list[str], data: st.DataObject) -> None:
    """A key that stands twice is refused at the second place, never the last one taken."""
    again = data.draw(st.sampled_from(keys))
    text = "".join(f"{key}: x\n" for key in [*keys, again])
    document, problems = read_yaml(text, "a.yml")
    assert document is None
    assert [(p.line, p.what) for p in problems] == [(len(keys) + 1, f"the key `{again}` stands twice")]


@settings(max_examples=20, deadline=None)
@given(st.integers(13, 400), st.sampled_from(["[", "{a: "]))
def test_depth_is_bounded(depth: int, opening: str) -> None:
    """Nesting deeper than any plan needs is one problem, told before anything is built."""
    closing = "]" if opening == "[" else "}"
    document, problems = read_yaml(f"a: {opening * depth}x{closing * depth}\n", "a.yml")
    assert document is None
    assert [p.what for p in problems] == ["the nesting is deeper than 12 levels"]


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("a: &x 1\n", 1, "`&x` is an anchor, which is not allowed"),
        ("a: 1\nb: *x\n", 2, "`*x` is an alias, which is not allowed"),
        ("a: 1\nb: !!int 2\n", 2, "`tag:yaml.org,2002:int` is a tag, which is not allowed"),
        ("a: 1\n---\nb: 2\n", 2, "a second YAML document begins here"),
        ("# a remark\n", 1, "there is nothing here"),
        (
            "a: 1\nb: [1, 2\nc: 3\n",
            3,
            "the YAML cannot be read (while parsing a flow sequence, expected ',' or ']', but got ':')",
        ),
        ("a: 1\n b: 2\n", 2, "the YAML cannot be read (mapping values are not allowed here)"),
        ('a: "x\\u200bx"\n', 1, "an invisible character (U+200B) is written here as an escape"),
    ],
)
def test_what_data_does_not_need(text: str, line: int, what: str) -> None:
    """Anchors, aliases, tags, second documents and broken YAML are told with their line."""
    document, problems = read_yaml(text, "a.yml")
    assert document is None
    assert (problems[0].line, problems[0].what) == (line, what)
