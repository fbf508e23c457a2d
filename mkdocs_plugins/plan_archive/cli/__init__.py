"""The command line: `plan-archive`, one small module a command.

Results go to standard output and everything else to standard error. A user sees a traceback only with `--debug`.
"""

from __future__ import annotations

import io
import sys
from importlib.metadata import version
from pathlib import Path

import click

from ..errors import PlanArchiveError
from .build import build
from .check import check
from .close import close
from .codeowners import codeowners_command
from .committee_report import committee_report
from .compare import compare
from .coverage import coverage_command
from .new import new
from .pack import pack
from .publish import publish
from .redact import redact
from .report import report
from .review import review
from .serve import serve
from .suggest import suggest
from .verify import verify
from .where import where


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(version("mkdocs-plan-archive"), prog_name="plan-archive")
@click.option("--debug", is_flag=True, help="Show the traceback of an error.")
@click.option(
    "-C",
    "--root",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=Path(),
    help="The archive's folder, which holds plans/ and archive/. Default: here.",
)
@click.pass_context
def command(context: click.Context, *, debug: bool, root: Path) -> None:
    """Publish a body's plans: check the files, build the site, preview it."""
    context.obj = root.resolve()
    context.meta["debug"] = debug


for _command in (
    check,
    build,
    serve,
    codeowners_command,
    committee_report,
    compare,
    coverage_command,
    new,
    pack,
    report,
    review,
    suggest,
    where,
    publish,
    close,
    redact,
    verify,
):
    command.add_command(_command)


def main() -> None:
    """Run the command line; a known error is one line, an unknown one says how to see more."""
    debug = "--debug" in sys.argv[1:]
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a console that cannot show a name still shows the rest
    try:
        command()
    except PlanArchiveError as error:
        if debug:
            raise
        click.echo(f"error: {error}", err=True)
        sys.exit(1)
    except Exception as error:
        if debug:
            raise
        name = type(error).__name__
        click.echo(
            f"error: something unforeseen went wrong ({name}: {error}); run it with --debug to see where", err=True
        )
        sys.exit(1)
