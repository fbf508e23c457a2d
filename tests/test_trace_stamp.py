"""Writing a stamp into a table: the named rows carry it, and no other byte of the file is another."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from plan_archive.intake.destinations import read_table
from plan_archive.intake.strict_yaml import read_yaml
from plan_archive.trace.stamp import only_stamped, quoted, stamped, with_rows

STAMP = '{by: "Planning officer", on: 2006-02-20, old: "0123456789abcdef", new: []}'
OTHER = '{by: "Head of schools", on: 2006-03-01, old: "fedcba9876543210", new: []}'
HEAD = "# Where it went.\nfrom: beta@2004\nto: 'alpha@2006'   # the first\nrows:\n"
BLOCK = '  - from: "#x"\n    disposition: carried\n    to: ["#a"]'
LAYOUTS = {
    "flow, one line": '  - {from: "#x", disposition: carried, to: ["#a"]}',
    "flow, a comma at the end": '  - {from: "#x", disposition: carried, to: ["#a"],}',
    "flow, a comma and spaces": "  - { from: '#x' , disposition: carried , to: [ '#a' ] , }   # so it is",
    "flow, several lines": '  - {from: "#x",\n     disposition: carried,   # word for word\n     to: ["#a"]\n    }',
    "flow, a comment last": '  - {from: "#x", disposition: carried, to: ["#a"]  # last\n    }',
    "flow, a plain text last": '  - {from: "#x", to: ["#a"], disposition: carried }',
    "flow, a quoted text last": '  - {from: "#x", to: ["#a"], disposition: carried, reason: "a # b, {c}"}',
    "block": BLOCK,
    "block, a comment after": BLOCK + "  # there\n    # and so on\n\n",
    "block, a list below": '  - from: "#x"\n    disposition: carried\n    to:\n      - "#a"',
    "block, a list at its own depth": '  - from: "#x"\n    disposition: carried\n    to:\n    - "#a"\n  # more:',
    "block, keys in another order": '  - to: ["#a"]\n    disposition: carried\n    from: "#x"',
    "block, keys in quotes": '  - "from": "#x"\n    \'disposition\': carried\n    "to": ["#a"]',
    "block, on the next line": '  -\n    from: "#x"\n    disposition: carried\n    to: ["#a"]',
    "block, a folded reason": BLOCK + "\n    reason: >\n      One\n      two.\n",
    "block, a kept reason": BLOCK + "\n    reason: |-\n      One.\n      # two",
    "block, a long reason": BLOCK + "\n    reason: one\n      two\n      three",
    "block, an outside text": '  - from: "#x"\n    disposition: moved\n    to:\n    - outside: x\n      citation: s 1',
    "letters beyond ASCII": '  - {from: "#x", to: ["#a"], disposition: carried, reason: "M\u00f4n \u2013 \U0001f3eb"}',
}
"""A row written in every way that an editor may choose."""
OTHERS = [
    '  - {from: ":B1", disposition: spent, reason: "Do\u0142\u0105 # no comment"}  # yes',
    '  - from: ":B1"\n    disposition: spent\n    reason: it\'s spent # yes',
    '  # only a comment\n  - {from: ":B1", disposition: spent, reason: x}\n',
]


def _rows(text: str) -> list[dict[str, Any]]:
    """The rows of a table as another reader of YAML takes them, every value a text."""
    loaded = yaml.load(text, yaml.BaseLoader)  # noqa: S506  it builds nothing but plain strings
    rows: list[dict[str, Any]] = loaded["rows"]
    return rows


def _table(rows: list[str], end: str) -> str:
    return HEAD + "\n".join(rows) + end


@pytest.mark.parametrize("end", ["\n", "", "\n\n# the end\n"], ids=["line end", "no line end", "comment"])
@pytest.mark.parametrize("place", [0, 1, 2])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_only_the_named_row_is_stamped(layout: str, place: int, end: str) -> None:
    """In every layout the row carries the stamp, and without it the file is what it was, to the byte."""
    rows = [OTHERS[0], OTHERS[2]]
    rows.insert(place, LAYOUTS[layout])
    before = _table(rows, end)
    after = stamped(before, {"#x": STAMP})
    assert "".join(_cut(before, after)) == STAMP
    old, new = _rows(before), _rows(after)
    stamp = yaml.load(STAMP, yaml.BaseLoader)  # noqa: S506  it builds nothing but plain strings
    assert new[place].pop("reviewed") == stamp
    assert new == old
    document, problems = read_yaml(after, "x.yml")
    assert problems == []
    assert document is not None
    assert only_stamped(before, after, {"#x"})
    assert not only_stamped(before, after, {":B1"})


def _cut(before: str, after: str) -> list[str]:
    """What came into a text, with the key and the marks about it taken off; the rest must be as it was."""
    start = next((at for at, pair in enumerate(zip(before, after, strict=False)) if pair[0] != pair[1]), len(before))
    length = len(after) - len(before)
    fits = [at for at in range(max(0, start - length), start + 1) if before == after[:at] + after[at + length :]]
    assert fits, "a character beside the stamp has changed"
    added = after[fits[-1] : fits[-1] + length]
    whole = next(a for a in (after[at : at + length] for at in fits) if a.strip(" \n,").startswith("reviewed: "))
    assert sorted(whole) == sorted(added)
    return [whole.strip(" \n,").removeprefix("reviewed: ")]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_second_stamp_takes_the_place_of_the_first(layout: str) -> None:
    """Stamped again, a row has the new stamp only: as if it had been stamped with that one at once."""
    before = _table([OTHERS[1], LAYOUTS[layout], OTHERS[0].replace("B1", "B2")], "\n")
    once = stamped(before, {"#x": STAMP})
    assert stamped(once, {"#x": OTHER}) == stamped(before, {"#x": OTHER})
    assert stamped(once, {"#x": STAMP}) == once


def test_a_stamp_in_block_form_is_replaced() -> None:
    """An older stamp that stands over several lines gives way, comments about it stay."""
    block = (
        '  - from: "#x"\n    disposition: carried\n    to: ["#a"]\n    reviewed:   # first\n      by: Auditor\n'
        '      on: 2006-01-01\n      old: "0123456789abcdef"\n      new:\n        - "0123456789abcdef"\n  # next\n'
    )
    before = HEAD + block + OTHERS[1] + "\n"
    after = stamped(before, {"#x": STAMP})
    assert _rows(after)[0]["reviewed"]["by"] == "Planning officer"
    assert _rows(after)[1] == _rows(before)[1]
    assert "# first" in after
    assert "\n  # next\n" in after
    assert "Auditor" not in after


@given(
    st.lists(st.sampled_from(list(LAYOUTS)), min_size=1, max_size=6),
    st.sets(st.integers(0, 5)),
    st.sampled_from(["\n", "", "\n# end"]),
)
def test_any_rows_of_any_table(layouts: list[str], named: set[int], end: str) -> None:
    """Whichever rows of a table of many layouts are named, just these carry their own stamp."""
    rows = [LAYOUTS[layout].replace("#x", f"#x{number}") for number, layout in enumerate(layouts)]
    before = _table(rows, end)
    stamps = {f"#x{number}": STAMP.replace("officer", f"officer {number}") for number in named}
    after = stamped(before, stamps)
    told = _rows(after)
    for number, row in enumerate(told):
        stamp = row.pop("reviewed", None)
        assert (stamp["by"] if stamp else None) == (f"Planning officer {number}" if number in named else None)
    assert told == _rows(before)


def test_nothing_named_changes_nothing() -> None:
    """Without a name, or with one that is no row's, the text is the same."""
    before = _table([*LAYOUTS.values()][:1], "")
    assert stamped(before, {}) == stamped(before, {"#y": STAMP}) == before


@given(st.text(st.characters(exclude_categories=["Cs", "Cc", "Co", "Cn"])))
def test_any_role_is_quoted(role: str) -> None:
    """A role with quotes, backslashes or anything else comes back as it was."""
    assert yaml.load(quoted(role), yaml.BaseLoader) == role  # noqa: S506  it builds nothing but plain strings


def test_added_rows_stand_last_and_are_read() -> None:
    """Rows added to a table stand after those that are there, whatever the layout of the last; nothing else moves."""
    row = '{from: ":B9", disposition: spent, reason: "x"}'
    for layout in LAYOUTS.values():
        before = _table([OTHERS[0], layout], "\n")
        after = with_rows(before, [row, row.replace("B9", "B8")])
        assert _rows(after)[:2] == _rows(before)
        assert [each["from"] for each in _rows(after)[2:]] == [":B9", ":B8"]
    for listed in ("rows:\n-   from: ':B1'\n    x: y\n", "rows: [\n  {from: ':B1', x: y}, # one\n  ]  # all\n"):
        assert [each["from"] for each in _rows(with_rows(listed, [row]))] == [":B1", ":B9"]
    for empty in ("rows: []\n", "rows:\n"):
        after = with_rows("from: beta@2004\nto: alpha@2006\n" + empty, [row])
        document, problems = read_yaml(after, "x.yml")
        assert document is not None
        table, told = read_table(document, "archive/beta/destinations/2004-to-alpha-2006.yml", "beta")
        assert (problems, told) == ([], [])
        assert table is not None
        assert [each.from_ for each in table.rows] == [":B9"]
