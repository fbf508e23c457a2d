"""`plan-archive suggest`: where each section and row of an old text may have gone."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..errors import PlanArchiveError
from ..trace.propose import proposed
from ..trace.stamp import with_rows
from .options import format_option
from .review import write_whole
from .texts import NamedText, library_of, named_texts

if TYPE_CHECKING:
    from ..model import Block, Section
    from ..trace.suggest import Suggestion

FORMATS = ("text", "json")
_SHOWN = 3


@click.command()
@click.argument("old")
@click.argument("new")
@format_option(FORMATS, "text for the terminal, with the three best; json for programs, with up to ten.")
@click.option(
    "--write",
    is_flag=True,
    help="Add rows that nobody has reviewed to the table of destinations, for parts that have none yet.",
)
@click.pass_obj
def suggest(root: Path, *, old: str, new: str, form: str, write: bool) -> None:
    """Suggest where each section and row of OLD went in NEW, and say how likely it went nowhere.

    OLD and NEW are named as for `compare`. The suggestions are made from words and places alone, for an editor to
    judge. With --write, both must be editions of the archive; a row that is there already is never touched, and a
    part that probably went nowhere is left for the editor. Exit codes: 0 told, 1 unreadable, 2 wrong usage.
    """
    # Numbers and stems take a while to load, and no other command needs them.
    from ..trace.suggest import suggest as suggested  # noqa: PLC0415
    from ..trace.suggest import to_json  # noqa: PLC0415

    before, after = named_texts(root, (old, new))
    found = suggested(before.sections, after.sections)
    if write:
        _write(root, before, after, found)
        return
    if form == "json":
        click.echo(json.dumps(to_json(found), indent=1, ensure_ascii=False))
        return
    for line in as_text(found):
        click.echo(line)


def _write(root: Path, before: NamedText, after: NamedText, found: tuple[Suggestion, ...]) -> None:
    """Add rows to the table of destinations between two editions of the archive."""
    if not before.reference or not after.reference or "#" in before.name + after.name:
        raise PlanArchiveError(
            "--write needs two editions of the archive, such as behaviour-support-plan@2004 cypp@2006"
        )
    library = library_of(root)
    proposal = proposed(library, before.reference, after.reference, found)
    file = root / proposal.file
    head = f"from: {before.reference}\nto: {after.reference}\nrows: []\n"
    text = file.read_text(encoding="utf-8") if file.is_file() else head
    if proposal.rows:
        file.parent.mkdir(exist_ok=True)
        write_whole(file, with_rows(text, proposal.rows))
    count = len(proposal.rows)
    click.echo(
        f"{count} {'row' if count == 1 else 'rows'} added to {proposal.file}; nobody has reviewed them.", err=True
    )
    for place, title, chance in proposal.left:
        click.echo(f"left for you: {place} {title} (nothing takes it up, with a probability of {chance:.0%})", err=True)


def as_text(found: tuple[Suggestion, ...]) -> Iterator[str]:
    """The three best of each, the probability of none, and the reasons."""
    for suggestion in found:
        yield click.style(_said(suggestion.section, suggestion.row), bold=True)
        for number, candidate in enumerate(suggestion.candidates[:_SHOWN], start=1):
            yield f"  {number}. {_said(candidate.section, candidate.row)} ({candidate.score:.2f})"
            yield click.style(f"     {'; '.join(candidate.why)}", dim=True)
        yield f"  none: {suggestion.none:.0%}"
        yield ""
    if not found:
        yield "The old text has no section with text of its own, and no keyed row."


def _said(section: Section, row: Block | None) -> str:
    """A section by its heading and id, a row by its Ref and first words."""
    if row is not None:
        words = next((cell for cell in row.cells if cell and cell != row.ref), "")
        return f"{row.ref} {words} (in {_place(section)})".replace("  ", " ")
    return f"{section.title} ({_place(section)})" if section.title else _place(section)


def _place(section: Section) -> str:
    return f"#{section.id}" if section.id else "the opening"
