"""`plan-archive close`: move an edition that has ended from plans/ into archive/, and say so in the log."""

from __future__ import annotations

from pathlib import Path

import click

from ..errors import PlanArchiveError
from ..model import Edition, Library
from ..record.entries import Draft, Log, read_log
from ..record.verify import logical
from ..record.writing import locked
from .publish import add, finished, library_and_log, plain, recording_day


@click.command()
@click.argument("ref", metavar="PLAN@EDITION")
@click.option("--why", default="The edition has ended.", show_default=True, help="Why, in a sentence for the public.")
@click.option("--by", default="", help="The role of whoever does it; stated, and unsigned.")
@click.pass_obj
def close(root: Path, *, ref: str, why: str, by: str) -> None:
    """Move the texts and attachments of PLAN@EDITION from plans/ to archive/. No address changes.

    The edition must have ended and its texts must be sealed. Exit codes: 0 moved, or in the archive already; 1 refused;
    2 wrong usage.
    """
    plain(why, "--why")
    plain(by, "--by", empty=True)
    with locked(root):
        finished(root)
        library, log = library_and_log(root)
        edition = _edition(library, ref)
        moves = _moves(log, edition, ref)
        if not moves:
            click.echo(f"{ref} is in the archive already.", err=True)
            return
        taken = [new for new in moves.values() if (root / new).exists()]
        if taken:
            raise PlanArchiveError(f"{taken[0]} is there already: take it away first")
        draft: Draft = {"event": "close", "plan": edition.plan, "edition": edition.id, "moves": moves}
        today = recording_day(log)
        add(
            root,
            log,
            [{**draft, "on": today.isoformat()}],
            recorded=today,
            who=by.strip(),
            why=why.strip(),
            moves=moves,
        )
    for old, new in moves.items():
        click.echo(f"{old} -> {new}")
    told = read_log(root)
    click.echo(f"archive root: {told.root if told else ''}", err=True)


def _edition(library: Library, ref: str) -> Edition:
    plan_id, _, edition_id = ref.partition("@")
    edition = library.edition(plan_id, edition_id)
    if edition is None:
        raise PlanArchiveError(f"there is no `{ref}` in the archive: write PLAN@EDITION")
    if edition.draft or edition.facts is None:
        raise PlanArchiveError(f"`{ref}` is a draft: a draft is deleted or published, not closed")
    if edition.facts.in_effect.ended_by is None:
        raise PlanArchiveError(f"`{ref}` has no end: give `to` and `ended_by` in plan.yml first")
    return edition


def _moves(log: Log | None, edition: Edition, ref: str) -> dict[str, str]:
    """Where each of the edition's sealed files goes."""
    entries = [e for e in log.entries if (e.plan, e.edition) == (edition.plan, edition.id)] if log else []
    places = {logical(path) for e in entries for path in (*e.files, *e.attachments)}
    texts = {(e.version, e.language) for e in entries if e.event in ("publish", "correct")}
    spoken = ((None, edition.versions), *edition.others)
    if not texts >= {(text.version, language) for language, versions in spoken for text in versions}:
        raise PlanArchiveError(f"`{ref}` is not sealed: write it into the log first, with plan-archive publish {ref}")
    sealed = log.sealed if log else {}
    mine = sorted(path for path in sealed if logical(path) in places and path.startswith("plans/"))
    return {path: f"archive/{logical(path)}" for path in mine}
