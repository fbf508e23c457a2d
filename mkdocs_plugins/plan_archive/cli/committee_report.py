"""`plan-archive committee-report`: the report that a committee gets with an edition."""

from __future__ import annotations

import importlib.util
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import click

from ..errors import PlanArchiveError
from ..intake import Reading
from ..language import ENGLISH, speaking
from ..model import Edition, Library, Plan
from ..pages.committee import committee_paper
from ..pages.paper import Paper
from ..pages.paper_markdown import paper_markdown
from ..status import last_edition
from .engine import environment
from .options import format_option, output_option
from .texts import REFERENCE, reading_of

FORMATS = ("markdown", "docx")


@click.command(name="committee-report")
@click.argument("ref")
@format_option(FORMATS, "markdown to go on writing in, docx for Word (needs the extra `docx`).")
@output_option()
@click.pass_obj
def committee_report(root: Path, *, ref: str, form: str, output: Path | None) -> None:
    """Draft the covering report that a committee gets with an edition.

    REF is PLAN@EDITION, or PLAN for the edition in effect on the archive's day. What a person must write is marked
    "[To be written: ...]". Exit codes: 0 written, 1 unknown or unreadable, 2 wrong usage.
    """
    if form == "docx":
        _needs_docx()
        if output is None and sys.stdout.isatty():
            raise PlanArchiveError("a Word file is nothing for a terminal: give --output FILE")
    reading, library = reading_of(root, _day(root))
    plan, edition = _named(reading, library, ref)
    main, *_ = reading.catalogues or (ENGLISH,)
    with speaking(main):
        paper = committee_paper(library, plan, edition)
        content = _docx(paper) if form == "docx" else paper_markdown(paper).encode()
    if output is None:
        sys.stdout.buffer.write(content)
    else:
        output.write_bytes(content)
    count = len(paper.blanks)
    told = "1 place is" if count == 1 else f"{count} places are"
    click.echo(f"{f'Written to {output}. ' if output else ''}{told} left to be written.", err=True)


def _needs_docx() -> None:
    if importlib.util.find_spec("docx") is None:
        raise PlanArchiveError(
            'python-docx is not installed: install it with `pip install "mkdocs-plan-archive[docx]"`,'
            " or give --format markdown"
        )


def _docx(paper: Paper) -> bytes:
    from ..pages.paper_docx import paper_docx  # noqa: PLC0415  python-docx is an extra

    return paper_docx(paper)


def _day(root: Path) -> date:
    """The commit's day, so that a commit gives the same report for ever; today where there is none."""
    given = environment(root).get("SOURCE_DATE_EPOCH", "")
    return datetime.fromtimestamp(int(given), UTC).date() if given.isdigit() else datetime.now(UTC).date()


def _named(reading: Reading, library: Library, ref: str) -> tuple[Plan, Edition]:
    """The edition that a reference means; PlanArchiveError where it means none, or one that was not read whole."""
    match = REFERENCE.match(ref)
    if match is None or match["place"] is not None:
        raise PlanArchiveError(f"`{ref}` is no edition: write PLAN@EDITION, such as cypp@2009")
    plan = library.plan(match["plan"])
    if plan is None and (match["plan"], "") in reading.half:
        raise PlanArchiveError(f"the facts about {match['plan']} could not be read; see: plan-archive check")
    if plan is None:
        known = ", ".join(each.id for each in library.plans) or "none"
        raise PlanArchiveError(f"there is no plan `{match['plan']}` in the archive (plans: {known})")
    edition = plan.edition(match["edition"]) if match["edition"] else last_edition(plan, library.as_at)
    name = match["edition"] or (edition.id if edition else "")
    if (plan.id, name) in reading.half:
        raise PlanArchiveError(f"{plan.id}@{name} could not be read whole; see: plan-archive check")
    if edition is None:
        known = ", ".join(each.id for each in plan.editions) or "none"
        raise PlanArchiveError(f"the plan `{plan.id}` has no edition `{name}` (editions: {known})")
    return plan, edition
