"""`plan-archive coverage`: what is recorded of where the superseded plans went."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from ..pages.catalogue import noticed
from ..pages.cells import csv_text
from ..trace import Coverage, coverage
from ..trace.data import CELLS, coverage_data, csv_rows
from .options import format_option
from .texts import reading_of


@click.command(name="coverage")
@format_option(("text", "json", "csv"), "text for people, json for programs, csv with a line for each row.")
@click.pass_obj
def coverage_command(root: Path, *, form: str) -> None:
    """Tell for each superseded plan what is recorded, reviewed, suspect and missing.

    Exit codes: 0 every section and numbered row has a recorded destination, 1 some have none, or the archive could
    not be read whole, 2 wrong usage.
    """
    reading, library = reading_of(root)
    found = coverage(library)
    if form == "json":
        click.echo(json.dumps(noticed(library, coverage_data(found)), indent=1, ensure_ascii=False))
    elif form == "csv":
        click.echo(csv_text(library, CELLS, csv_rows(found.rows)), nl=False)
    else:
        _told(found, whole=not reading.errors)
    sys.exit(0 if found.complete and not reading.errors else 1)


def _told(found: Coverage, *, whole: bool) -> None:
    for plan in found.plans:
        sections, refs = plan.sections, plan.refs
        states = ", ".join(
            f"{plan.count(state)} {state}" for state in ("reviewed", "suspect", "unreviewed") if plan.count(state)
        )
        name = f"{plan.plan.id}@{plan.edition.id}"
        click.echo(
            f"{name}: {sections[0]} of {sections[1]} sections and {refs[0]} of {refs[1]} rows recorded"
            + (f"; {states}" if states else "")
        )
        for part in plan.missing:
            click.echo(f"  missing: {part.place} {part.title}")
        for row in plan.rows:
            if row.broken:
                click.echo(f"  an end does not exist: {row.row.from_} ({row.table.file}:{row.line})")
            if row.state == "suspect":
                click.echo(f"  suspect: {row.row.from_} ({row.table.file}:{row.line})")
    few = sum(1 for row in found.rows if row.few)
    if few:
        click.echo(f"{few} of {len(found.rows)} rows share few words with their destination.")
    for heavy in found.heavy:
        click.echo(
            f"{heavy.part.name} is said to take up {heavy.rows} parts of {heavy.old_words} words"
            f" in its {heavy.new_words} words."
        )
    if not found.plans and whole:
        click.echo("No plan of this archive was superseded.")
    elif found.complete and whole:
        click.echo("Every section and numbered row has a recorded destination.")
