"""The one Markdown dialect of the archive, and its rendering.

The dialect is a constant: what is checked is what is published, and a text of 2006 reads the same in 2036. There is no
emoji, no smart typography and no table of contents marker; ids are given by `sections`, not by an extension.
"""

from __future__ import annotations

from typing import Any
from xml.etree.ElementTree import Element

import markdown
from markdown.extensions.tables import TableExtension, TableProcessor

from ..errors import Problem

EXTENSIONS: tuple[str, ...] = (
    "attr_list",
    "footnotes",
    "def_list",
    "md_in_html",
    "sane_lists",
    "abbr",
    "admonition",
    "pymdownx.highlight",
    "pymdownx.superfences",
)
"""Beside these: tables, with a row wider than its head told instead of cut."""

SETTINGS: dict[str, dict[str, Any]] = {
    "footnotes": {"BACKLINK_TEXT": "&#8617;&#xFE0E;", "BACKLINK_TITLE": "Back to footnote {} in the text"},
    "pymdownx.highlight": {"use_pygments": False, "css_class": "code"},
    "pymdownx.superfences": {"css_class": "code", "preserve_tabs": False},
}


class _WholeRows(TableProcessor):
    """Tables in which no cell is lost: Python-Markdown drops the cells beyond the head's."""

    too_wide: list[str]

    def _build_row(self, row: str, parent: Element, align: Any) -> None:
        if len(self._split_row(row)) > len(align):  # type: ignore[attr-defined]  # missing in its stubs
            self.too_wide.append(row)
        super()._build_row(row, parent, align)  # type: ignore[misc]  # the same


class _WholeTables(TableExtension):
    """The tables extension with `_WholeRows`, and alignment as an attribute instead of a style."""

    def __init__(self) -> None:
        super().__init__(use_align_attribute=True)
        self.too_wide: list[str] = []

    def extendMarkdown(self, md: markdown.Markdown) -> None:  # noqa: N802  the name is Python-Markdown's
        super().extendMarkdown(md)
        processor = _WholeRows(md.parser, self.getConfigs())
        processor.too_wide = self.too_wide
        md.parser.blockprocessors.register(processor, "table", 75)


def render(body: str, file: str, first_line: int) -> tuple[str | None, list[Problem]]:
    """Render a text's body; whatever the renderer cannot do is a problem with its line."""
    tables = _WholeTables()
    try:
        html = _convert(body, tables)
    except Exception as error:  # the renderer may raise anything, and an editor must see where
        line = first_line + _failing_line(body)
        what = f"the Markdown here cannot be rendered ({type(error).__name__})"
        return None, [Problem(file, line, what, "look for a footnote, list or table that is not closed")]
    lines = body.split("\n")
    problems = []
    for row in tables.too_wide:
        line = next((n for n, text in enumerate(lines) if row.strip() in text), 0)
        what = "a table's row has more cells than its head"
        remedy = "add a column to the head, or take the extra `|` out (write \\| for one inside a cell)"
        problems.append(Problem(file, first_line + line, what, remedy))
    return html, problems


def _convert(body: str, tables: _WholeTables) -> str:
    extensions: list[Any] = [*EXTENSIONS, tables]
    return markdown.Markdown(extensions=extensions, extension_configs=SETTINGS, tab_length=4).convert(body)


def _failing_line(body: str) -> int:
    """The first line, from 0, of the block whose addition makes rendering fail."""
    lines = body.split("\n")
    starts = [0] + [n + 1 for n, line in enumerate(lines[:-1]) if not line.strip()] + [len(lines)]
    low, high = 0, len(starts) - 1
    while high - low > 1:
        middle = (low + high) // 2
        try:
            _convert("\n".join(lines[: starts[middle]]), _WholeTables())
            low = middle
        except Exception:
            high = middle
    return starts[low]
