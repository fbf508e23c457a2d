"""`plan-archive codeowners`: who is asked about a change to which files."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from ..errors import PlanArchiveError
from ..insight.owners import codeowners
from .texts import library_of


@click.command(name="codeowners")
@click.option(
    "--check",
    "file",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Print nothing; tell whether this file is what the command would print.",
)
@click.pass_obj
def codeowners_command(root: Path, *, file: Path | None) -> None:
    """Print a CODEOWNERS file from the register of groups and the owners of sections.

    Forges ask the owners of a file before a change to it is taken in. The strategy group owns all of plans/; a
    plan's folder belongs to it and to every group that owns a section of an edition there; where an edition is a
    folder of chapters, each chapter belongs to the groups whose sections stand in it. A group is written with the
    `handles` of its row.

    Exit codes: 0 printed, or the file is up to date; 1 it is not, or no group has a handle; 2 wrong usage.
    """
    library = library_of(root)
    if not any(group.handles for group in library.registers.groups.values()):
        raise PlanArchiveError("no group has `handles`: give them in plans/registers/groups.yml, such as @council/team")
    made = codeowners(library)
    if file is None:
        click.echo(made, nl=False)
        return
    held = file.read_bytes().replace(b"\r\n", b"\n") if file.exists() else b""
    if held != made.encode():
        what = "is not up to date" if held else "is not there"
        click.echo(f"{file} {what}: run `plan-archive codeowners > {file}`", err=True)
        sys.exit(1)
