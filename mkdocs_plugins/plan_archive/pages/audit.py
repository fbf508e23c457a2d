"""The page for auditors: what can be checked and how, in three steps, and what a check does not prove."""

from __future__ import annotations

from collections.abc import Iterator

from ..language import tr
from ..model import Library
from ..record import Record, verifier
from .drawing import draw
from .nouns import Contents, Page, SiteFile
from .sentences import Link


def audit_pages(library: Library, record: Record, *, traced: bool) -> Iterator[Page]:
    """The page, with a log or without one."""
    html = draw("audit.html", "audit/", library=library, record=record, log=record.log, traced=traced)
    contents = (
        Contents("root", tr("1. Compare the archive root with the minutes"), 2),
        Contents("copy", tr("2. Check a copy on your own computer"), 2),
        Contents("browser", tr("3. Check a page or a file here"), 2),
        Contents("not", tr("What this does not prove"), 2),
    )
    description = tr("Check for yourself that nothing was altered, and see what a check does not prove.")
    yield Page("audit/", tr("Audit"), description, html, contents, (Link(tr("Home"), ""),), script="assets/audit.js")


def audit_files() -> Iterator[SiteFile]:
    """The program that anyone can check an archive with."""
    yield SiteFile("audit/verify.py", verifier())
