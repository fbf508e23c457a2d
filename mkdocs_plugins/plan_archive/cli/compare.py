"""`plan-archive compare`: what changed between two texts."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import click

from ..compare import compare as compare_sections
from ..compare import to_json
from ..compare.own import within
from ..compare.telling import row_changes, tell, with_reasons
from ..pages.compared_alone import as_markdown, as_text
from ..pages.compared_file import Imprint, as_html
from .options import format_option
from .texts import named_texts

FORMATS = ("text", "json", "html", "markdown")


@click.command()
@click.argument("old")
@click.argument("new")
@format_option(
    FORMATS, "text for the terminal, json for programs, html as one file that stands alone, markdown for a comment."
)
@click.pass_obj
def compare(root: Path, *, old: str, new: str, form: str) -> None:
    """Tell what changed from OLD to NEW.

    Each is a reference (PLAN, PLAN@EDITION, PLAN@EDITION#SECTION), a Markdown file, a folder of chapters, or git's
    REV:path. Files need no archive around them. Exit codes: 0 told, 1 unreadable, 2 wrong usage.
    """
    before, after = named_texts(root, (old, new))
    following = bool(before.reference) and after.before == before.reference
    found = compare_sections(
        within(before.sections, before.reference),
        within(after.sections, after.reference),
        after.declared if following else (),
    )
    found = replace(found, measures=with_reasons(found.measures, after.notes))
    if form == "json":
        data = to_json(found, before.name, before.sha256, after.name, after.sha256)
        click.echo(json.dumps(data, indent=1, ensure_ascii=False))
        return
    rows = row_changes(before.sections, after.sections, after.notes)
    told = tell(found, rows)
    if form == "html":
        texts, titles = (before.sections, after.sections), (before.title, after.title)
        hashes = tuple((f"SHA-256 of {text.name}", text.sha256) for text in (before, after))
        imprint = Imprint(before.notice or after.notice, facts=hashes)
        click.echo(as_html(found, texts, titles, told, rows, imprint))
    elif form == "markdown":
        click.echo(as_markdown(found, told, (before.title, after.title)))
    else:
        for line in as_text(found, told):
            click.echo(_coloured(line))


def _coloured(line: list[tuple[str, str]]) -> str:
    """A line's parts with the terminal's colours; click leaves them out where the output is no terminal."""
    looks: dict[str, dict[str, object]] = {
        "+": {"fg": "green", "underline": True},
        "-": {"fg": "red", "strikethrough": True},
        "#": {"bold": True},
        "~": {"dim": True},
    }
    return "".join(click.style(text, **looks.get(kind, {})) for kind, text in line)  # type: ignore[arg-type]
