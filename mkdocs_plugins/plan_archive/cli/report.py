"""`plan-archive report`: what a pull request changes, for whoever reviews it."""

from __future__ import annotations

import json
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import click

from ..intake import read_library
from ..model import Library
from ..pages.report import edition_reports, report_html, report_json, report_markdown
from ..record import git
from .options import format_option, output_option

FORMATS = ("html", "markdown", "json")


@click.command()
@click.option("--base", default="HEAD", show_default=True, help="The revision to compare the files with.")
@format_option(FORMATS, "html as one file that opens by itself, markdown for a comment, json for programs.")
@output_option()
@click.pass_obj
def report(root: Path, *, base: str, form: str, output: Path | None) -> None:
    """Tell which editions and sections changed since a revision, in words that a councillor understands.

    A new edition is compared with the one before it, a changed one with itself as it was. What is missing is said:
    change notes, reasons for targets made easier and rows dropped. Exit code 0, whatever changed.
    """
    commit = git.resolve(root, base)
    after = read_library(root, datetime.now(UTC).date())
    reports = tuple(edition_reports(_library_at(root, commit), after.library))
    name = f"{base} ({commit[:12]})"
    if form == "json":
        text = json.dumps(report_json(reports, after.problems, name), indent=1, ensure_ascii=False) + "\n"
    elif form == "markdown":
        text = report_markdown(reports, after.problems, name, after.library)
    else:
        text = report_html(reports, after.problems, name, after.library)
    if output is None:
        click.echo(text, nl=False)
    else:
        output.write_text(text, encoding="utf-8", newline="\n")
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
