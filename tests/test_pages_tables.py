"""The tables of a text as they stand on its page: how their columns stand, and what a cell says of its column."""

from __future__ import annotations

import lxml.html
import pytest

from plan_archive import Library, Section
from plan_archive.pages.text import beside_figures, page_text

HEAD = "<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"


def _drawn(library: Library, heads: str, *rows: str) -> lxml.html.HtmlElement:
    """A table whose cells are told parted by bars, as it is drawn on an edition's page."""
    th = "".join(f"<th>{cell}</th>" for cell in heads.split("|"))
    tr = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row.split("|")) + "</tr>" for row in rows)
    section = Section("a", "A", 2, (), "", 1, (), HEAD.format(heads=th, rows=tr))
    edition = library.plans[0].editions[0]
    return lxml.html.fragment_fromstring(page_text(section, edition, "plans/a/"))


def test_a_column_of_figures_stands_to_the_right_as_a_whole(example: Library) -> None:
    """Its head and the words that no figure is there stand with it; a column that holds other words does not."""
    table = _drawn(example, "Ref|Target|When", "A1|1,234|2009", "A2|Not yet collected|by May 2010", "A3|-|")
    sides = [[cell.get("class") for cell in row] for row in table.iter("tr")]
    words = "pa-right pa-words"
    assert sides == [[None, "pa-right", None], [None, "pa-right", None], *[[None, words, None]] * 2]


def test_cells_of_a_wide_table_name_their_column(example: Library) -> None:
    """From four columns on, each cell but the first says what column it is of; no text is added to the table."""
    wide = _drawn(example, 'Ref|What <em>it</em> "is"|A &amp; B|', "A1|x|y|z")
    assert [cell.get("data-label") for cell in wide.iter("td")] == [None, 'What it "is"', "A & B", None]
    assert wide.get("class") == "pa-table pa-rows"
    assert wide.text_content() == 'RefWhat it "is"A & BA1xyz'
    narrow = _drawn(example, "Ref|What|Why", "A1|x|y")
    assert [cell.get("data-label") for cell in narrow.iter("td")] == [None, None, None]
    assert narrow.get("class") == "pa-table"


@pytest.mark.parametrize(
    ("text", "side"),
    [
        ("33.0", "pa-right"),
        ("\u00a31.2m", "pa-right"),
        ("Not yet collected", "pa-right pa-words"),
        ("\u2013", "pa-right pa-words"),
        ("Children put on the child protection register who had been on it before", ""),
        ("31 March 2009", ""),
    ],
)
def test_among_figures_and_sentences_only_figures_stand_to_the_right(text: str, side: str) -> None:
    """A figure, or a few words in its place, stands to the right; a sentence or a day to the left."""
    assert beside_figures(text) == side
