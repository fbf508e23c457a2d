"""`plan-archive check`: every rule, all problems of all files in one run."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path

import click

from ..errors import Problem
from ..insight.findings import check_insight
from ..intake import Reading, help_problems, read_library
from ..record import record_problems
from ..trace import check_destinations

FORMATS = ("text", "json", "github")


@click.command()
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    default="text",
    show_default=True,
    help="text for people, json for programs, github for marks on the lines of a pull request.",
)
@click.option(
    "--docs",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("docs"),
    show_default=True,
    help="The folder of the help pages, which are held to the same rules; one that is missing is passed over.",
)
@click.option(
    "--drafting",
    is_flag=True,
    help="While drafting: a text edited after its destination was reviewed is told, and does not fail the check.",
)
@click.pass_obj
def check(root: Path, *, form: str, docs: Path, drafting: bool) -> None:
    """Check every file of the archive and tell all problems in one run.

    Warnings are told and do not fail. Exit codes: 0 clean, 1 problems, 2 wrong usage.
    """
    reading = _read(root, docs)
    if form == "json":
        click.echo(_json(reading))
    for problem in reading.problems:
        if form == "text":
            click.echo(str(problem))
        elif form == "github":
            click.echo(_annotation(problem))
    failing = ("error",) if drafting else ("error", "suspect")
    count = sum(1 for problem in reading.problems if problem.level in failing)
    if form == "text":
        found = "no problems" if not count else "1 problem" if count == 1 else f"{count} problems"
        more = len(reading.problems) - count
        warned = f", {more} {'warning' if more == 1 else 'warnings'}" if more else ""
        click.echo(f"{reading.files} files read, {found}{warned}.", err=True)
    sys.exit(1 if count else 0)


def _read(root: Path, docs: Path) -> Reading:
    today = datetime.now(UTC).date()
    with click.progressbar(length=0, label="Reading", file=sys.stderr, hidden=not sys.stderr.isatty()) as bar:

        def tick(done: int, total: int) -> None:
            bar.length = total
            bar.update(done - bar.pos)

        reading = read_library(root, today, tick)
    folder = docs if docs.is_absolute() else root / docs
    if reading.library is not None:
        found = check_destinations(reading.library, reading.half), check_insight(reading.library, reading.half)
        reading = reading.with_problems(chain(*found))
    reading = reading.with_problems(record_problems(root))
    return reading.with_problems(help_problems(root, folder)) if folder.is_dir() else reading


def _json(reading: Reading) -> str:
    problems = [
        {"level": p.level, "file": p.file, "line": p.line, "what": p.what, "remedy": p.remedy} for p in reading.problems
    ]
    document = {"schema": "plan-archive/check/1", "files": reading.files, "problems": problems}
    return json.dumps(document, indent=2, ensure_ascii=False)


def _annotation(problem: Problem) -> str:
    """A workflow command, with what could end it early escaped."""
    file = _escaped(problem.file).replace(",", "%2C").replace(":", "%3A")
    kind = "warning" if problem.level == "warning" else "error"
    return f"::{kind} file={file},line={problem.line}::{_escaped(f'{problem.what}; {problem.remedy}')}"


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
