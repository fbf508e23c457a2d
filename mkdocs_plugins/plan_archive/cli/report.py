"""`plan-archive report`: what a pull request changes, for whoever reviews it."""

from __future__ import annotations

import tempfile
from datetime import UTC, datetime
from pathlib import Path

import click

from ..intake import read_library
from ..model import Library
from ..pages.report import report_page
from ..record import git


@click.command()
@click.option("--base", default="HEAD", show_default=True, help="The revision to compare the files with.")
@click.option(
    "--output",
    type=click.Path(dir_okay=False, writable=True, path_type=Path),
    default=None,
    help="The file to write; without it the report goes to standard output.",
)
@click.pass_obj
def report(root: Path, *, base: str, output: Path | None) -> None:
    """Tell which editions and sections changed since a revision, as one HTML file that opens by itself.

    Each changed section is shown with its old and its new text. Exit code 0, whatever changed.
    """
    today = datetime.now(UTC).date()
    commit = git.resolve(root, base)
    after = read_library(root, today)
    before = _library_at(root, commit)
    html = report_page(before, after.library, after.problems, f"{base} ({commit[:12]})")
    if output is None:
        click.echo(html)
    else:
        output.write_text(html, encoding="utf-8", newline="\n")
        click.echo(f"Written to {output}", err=True)


def _library_at(root: Path, commit: str) -> Library | None:
    """The library as a commit holds it; None where it had none."""
    with tempfile.TemporaryDirectory() as folder:
        base = Path(folder).resolve()
        for path, content in git.files_at(root, commit, ("plans", "archive")).items():
            target = (base / path).resolve()
            if target.is_relative_to(base):
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(content)
        return read_library(base, datetime.now(UTC).date()).library
