"""`plan-archive check`: every rule, all problems of all files in one run."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from typing import Any

import click

from ..errors import Problem, shown
from ..facts import Limits
from ..insight.findings import check_insight
from ..insight.readability import MOST, SectionReading, advise, beyond, passed, readings
from ..intake import Reading, help_problems, read_library
from ..model import Library
from ..record import record_problems
from ..trace import check_destinations
from .options import format_option

FORMATS = ("text", "json", "github")


@click.command()
@format_option(FORMATS, "text for people, json for programs, github for marks on the lines of a pull request.")
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
@click.option(
    "--advice",
    is_flag=True,
    help="Name the sections furthest beyond the body's limits for plain writing; in json, figures for every section.",
)
@click.pass_obj
def check(root: Path, *, form: str, docs: Path, drafting: bool, advice: bool) -> None:
    """Check every file of the archive and tell all problems in one run.

    Warnings and advice are told and do not fail. Exit codes: 0 clean, 1 problems, 2 wrong usage.
    """
    reading = _read(root, docs)
    if form == "json":
        click.echo(_json(reading, advice=advice))
    for problem in reading.problems:
        if form == "text":
            click.echo(str(problem))
        elif form == "github":
            click.echo(_annotation(problem))
    if reading.library is not None and form != "json":
        _advise(reading.library, form, wanted=advice)
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


def _advise(library: Library, form: str, *, wanted: bool) -> None:
    """Name a few sections that are hard to read; without being asked, only say how many there are."""
    limits = library.authority.limits
    found = readings(library)
    over = beyond(found, limits)
    for one in over[:MOST] if wanted else ():
        told = advise(one)
        click.echo(str(told) if form == "text" else _notice("notice", told.file, told.line, told.what, told.remedy))
    if form != "text":
        return
    if not any(limits.model_dump().values()):
        if wanted:
            click.echo("Plain words: plans/authority.yml sets no `limits`, so there is no advice to give.", err=True)
    elif wanted:
        of = f"{len(over)} of {len(found)} sections of drafts and of plans/ are beyond your limits"
        click.echo(f"Plain words: {of}{f', the {MOST} worst above' if len(over) > MOST else ''}.", err=True)
    elif over:
        sections = "1 section is" if len(over) == 1 else f"{len(over)} sections are"
        click.echo(f"Plain words: {sections} beyond your limits; see: plan-archive check --advice", err=True)


def _json(reading: Reading, *, advice: bool) -> str:
    problems = [
        {"level": p.level, "file": shown(p.file), "line": p.line, "what": shown(p.what), "remedy": shown(p.remedy)}
        for p in reading.problems
    ]
    document: dict[str, Any] = {"schema": "plan-archive/check/1", "files": reading.files, "problems": problems}
    if advice:
        document["advice"] = _figures(reading.library)
    return json.dumps(document, indent=2, ensure_ascii=False)


def _figures(library: Library | None) -> dict[str, Any]:
    """The body's limits and what was counted in every section, in reading order."""
    if library is None:
        return {"limits": {}, "sections": []}
    limits = library.authority.limits
    return {"limits": limits.model_dump(), "sections": [_counted(one, limits) for one in readings(library)]}


def _counted(one: SectionReading, limits: Limits) -> dict[str, Any]:
    longest = one.longest
    return {
        "edition": one.edition,
        "draft": one.draft,
        "file": one.file,
        "line": one.section.line,
        "section": one.section.id,
        "title": one.section.title,
        "words": one.words,
        "sentences": one.sentences,
        "sentence_words": one.sentence_words,
        "reading_ease": one.ease,
        "reading_age": one.age,
        "longest": {"words": longest.words, "line": longest.line, "begins": longest.begins} if longest else None,
        "beyond": [name for name, _ in passed(one, limits)],
    }


def _annotation(problem: Problem) -> str:
    """A workflow command, with what could end it early escaped."""
    kind = "warning" if problem.level == "warning" else "error"
    return _notice(kind, problem.file, problem.line, problem.what, problem.remedy)


def _notice(kind: str, path: str, line: int, what: str, remedy: str) -> str:
    file = _escaped(path).replace(",", "%2C").replace(":", "%3A")
    return f"::{kind} file={file},line={line}::{_escaped(f'{what}; {remedy}')}"


def _escaped(text: str) -> str:
    return shown(text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A"))
