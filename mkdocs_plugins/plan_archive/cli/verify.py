"""`plan-archive verify`: whether an archive, a site or a pack is as it was sealed."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from ..record import verify as verifier
from .options import format_option


@click.command()
@click.argument("folder", required=False, metavar="DIR-OR-REPO", type=click.Path(file_okay=False, path_type=Path))
@click.option("--minuted", help="An archive root that was kept elsewhere, such as in minutes.")
@click.option(
    "--allowed-signers",
    "signers",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Who may sign, as ssh-keygen has it. Default: archive/allowed_signers.",
)
@format_option(("text", "json"), "text for people, json for programs.")
@click.pass_obj
def verify(root: Path, *, folder: Path | None, minuted: str | None, signers: Path | None, form: str) -> None:
    """Tell whether DIR-OR-REPO is as it was sealed: an archive's repository, a built site or an unpacked pack.

    It writes nothing. It detects and does not prevent; the end of a log that was cut off is found only with --minuted.
    Exit codes: 0 intact, 3 altered, 4 incomplete, 2 wrong usage.
    """
    try:
        found = verifier.verify(folder or root, verifier.asked(minuted), signers)
    except verifier.WrongUsageError as error:
        raise click.UsageError(str(error)) from error
    click.echo(verifier.as_json(found) if form == "json" else verifier.as_text(found), nl=False)
    sys.exit(found.code)
