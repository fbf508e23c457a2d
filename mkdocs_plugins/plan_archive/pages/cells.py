"""Tables as CSV: UTF-8, a line end after each row, and no cell that a spreadsheet would take for a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from ..model import Library
from .catalogue import EXAMPLE_NOTICE


def csv_text(library: Library, head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table with its head; every line of an example ends with the notice that it is one."""
    notice = EXAMPLE_NOTICE if library.authority.example else ""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([*head, "notice"])
    for row in rows:
        writer.writerow([safe_cell(value) for value in (*row, notice)])
    return out.getvalue()


def safe_cell(value: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{value}" if value.startswith(("=", "+", "-", "@", "\t", "\r", "\n")) else value
