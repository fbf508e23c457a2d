"""`plan-archive new`: a draft of a plan's next edition, taken from its last one."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from pathlib import Path

import click

from ..errors import PlanArchiveError
from ..facts import PLAN_ID, RESERVED
from ..intake import read_library
from ..model import Edition, Library
from .review import write_whole

_LEFT = (
    "changes",
    "consultation",
    "corrects",
    "reason",
    "published",
    "change_note",
    "draft",
    "period",
    "kind",
    "title",
)
"""Keys of the front matter that are about the last edition alone, or are written anew."""


@click.command()
@click.argument("ref", metavar="PLAN@EDITION")
@click.option("--title", help="The new edition's title. Default: the last one's, to be changed.")
@click.option(
    "--kind",
    type=click.Choice(("plan", "refresh", "review")),
    default="refresh",
    show_default=True,
    help="A new plan, a yearly refresh of one, or a review.",
)
@click.pass_obj
def new(root: Path, *, ref: str, title: str | None, kind: str) -> None:
    """Write plans/PLAN/EDITION.md as a draft with the text of the plan's last edition, ready to be changed.

    Section ids and Refs stay as they are, so that the two can be compared. A draft is in no public build; nothing else
    is touched. PLAN@EDITION names the new edition. Exit codes: 0 written, 1 refused, 2 wrong usage.
    """
    library = read_library(root, datetime.now(UTC).date()).library
    plan_id, _, edition_id = ref.partition("@")
    last = _last(library, plan_id)
    if not re.fullmatch(PLAN_ID, edition_id) or "-to-" in edition_id or edition_id in RESERVED:
        raise PlanArchiveError(f"`{ref}` is no name for an edition: write PLAN@EDITION, such as cypp@2010")
    folders = [root / top / plan_id for top in ("plans", "archive")]
    there = [path for folder in folders for path in (folder / f"{edition_id}.md", folder / edition_id) if path.exists()]
    if there:
        raise PlanArchiveError(f"{there[0].relative_to(root)} is there already: choose another name")
    if title is not None and (not title.strip() or any(mark in title for mark in '<>"\\\n')):
        raise click.UsageError("--title is one line of plain words")
    file = root / "plans" / plan_id / f"{edition_id}.md"
    file.parent.mkdir(parents=True, exist_ok=True)
    write_whole(file, _draft(root, last, title or last.title, kind))
    click.echo(file.relative_to(root).as_posix())
    click.echo("Change the title, the text and `change_note`; then: plan-archive serve", err=True)


def _last(library: Library | None, plan_id: str) -> Edition:
    plan = library.plan(plan_id) if library else None
    if plan is None:
        raise PlanArchiveError(f"there is no plan `{plan_id}` in the archive: write its plan.yml first")
    if not plan.editions:
        raise PlanArchiveError(f"the plan `{plan_id}` has no edition to begin from: write the first one by hand")
    return plan.editions[-1]


def _draft(root: Path, last: Edition, title: str, kind: str) -> str:
    """The last text with a front matter of its own; chapters follow one another in one file."""
    source = root / last.text.file
    front, body = _parts(source.read_text(encoding="utf-8"))
    if source.name == "index.md":
        chapters = sorted(file for file in source.parent.glob("*.md") if file != source)
        body += "".join("\n" + _deeper(file.read_text(encoding="utf-8")) for file in chapters)
    body = re.sub(r"\A\s*# [^\n]*", f"\n# {title}", body, count=1)
    period = last.text.front.period
    head = [
        f'title: "{title}"',
        f"kind: {kind}",
        f"period: {{from: {_next(period.from_)}, to: {_next(period.to)}}}",
        *_kept(front),
        'change_note: "To be written: what changed since the edition before, in a few plain sentences."',
        "draft: yes",
    ]
    return "---\n" + "\n".join(head) + "\n---\n" + body


def _parts(text: str) -> tuple[str, str]:
    front, _, body = text.removeprefix("---\n").partition("\n---\n")
    return front, body


def _next(day: date) -> date:
    """The same day a year later."""
    return day.replace(year=day.year + 1, day=min(day.day, 28) if (day.month, day.day) == (2, 29) else day.day)


def _kept(front: str) -> list[str]:
    """The lines of the front matter that hold for the next edition too; what sections were before does not."""
    kept, keep = [], True
    for line in front.split("\n"):
        if re.match(r"[a-z_]+:", line):
            keep = line.partition(":")[0] not in _LEFT
        if keep:
            kept.append(re.sub(r"was: \[[^\]]*\](?:, )?", "", line))
    lines = [line for line in kept if not re.fullmatch(r"\s*[a-z0-9-]+: \{\s*\}", line)]
    following = [*lines[1:], ""]
    # A key whose rows all went would stand there empty, which is a fault.
    empty = {line for line, after in zip(lines, following, strict=True) if line == "sections:" and after[:1] != " "}
    return [line for line in lines if line not in empty]


def _deeper(text: str) -> str:
    """A chapter's text with its headings one level down, as the site draws them."""
    return re.sub(r"^(#+ )", r"#\1", text, flags=re.MULTILINE)
