"""`plan-archive redact`: say in the log that personal data was lawfully taken out of a sealed text."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from ..errors import PlanArchiveError
from ..intake import read_library
from ..record import refuse_altered
from ..record.entries import Draft, Log, read_log
from ..record.verify import fingerprint, logical, sha256
from ..record.writing import locked
from .publish import add, finished, plain, recording_day


@click.command()
@click.argument("ref", metavar="PLAN@EDITION")
@click.option("--why", required=True, help="What was taken out, in a sentence that does not say it again.")
@click.option("--authority", required=True, help="The law, order or decision that asks for it.")
@click.option("--by", default="", help="The role of whoever does it; stated, and unsigned.")
@click.pass_obj
def redact(root: Path, *, ref: str, why: str, authority: str, by: str) -> None:
    """Seal the texts and attachments of PLAN@EDITION as they are after personal data was taken out of them.

    Take the data out of the file first, or delete the attachment; then run this. The log keeps the old hash, the reason
    and the authority, and verify reports the text as redacted. What git holds is not touched. Exit codes: 0 written, 1
    refused, 2 wrong usage.
    """
    for words, option in ((why, "--why"), (authority, "--authority")):
        plain(words, option)
    plain(by, "--by", empty=True)
    with locked(root):
        finished(root)
        log = _log(root)
        drafts = _drafts(root, log, ref)
        if not drafts:
            raise PlanArchiveError(f"nothing of `{ref}` differs from what is sealed: take the data out first")
        _refuse_faults(root, {path for draft in drafts for path in draft["was"]})
        today = recording_day(log)
        dated = [{**draft, "authority": authority.strip(), "on": today.isoformat()} for draft in drafts]
        add(root, log, dated, recorded=today, who=by.strip(), why=why.strip())
    for draft in drafts:
        for path in draft["was"]:
            click.echo(f"redacted {path}")


def _refuse_faults(root: Path, files: set[str]) -> None:
    """Nothing else was altered, and what is left of these files is what `check` lets pass."""
    refuse_altered(root, but=files)
    linked = [name for name in sorted(files) if (root / name).resolve() != root.resolve() / name]
    if linked:
        raise PlanArchiveError(f"{linked[0]} is a link, or lies below one: put the file itself there")
    problems = read_library(root, datetime.now(UTC).date()).problems
    mine = [problem for problem in problems if problem.file in files and problem.level == "error"]
    if mine:
        raise PlanArchiveError(str(mine[0]))


def _log(root: Path) -> Log:
    log = read_log(root)
    if log is None:
        raise PlanArchiveError("there is no publication log yet: nothing is sealed, so nothing needs this")
    return log


def _drafts(root: Path, log: Log, ref: str) -> list[Draft]:
    """One entry for each version of which a file differs from its seal; attachments go with the first."""
    plan, _, edition = ref.partition("@")
    mine = [e for e in log.entries if (e.plan, e.edition) == (plan, edition) and e.event in ("publish", "correct")]
    if not mine:
        raise PlanArchiveError(f"`{ref}` is not in the log: write PLAN@EDITION")
    drafts: list[dict[str, Any]] = []
    for entry in mine:
        texts = _now(log, entry.files)
        held = {**texts, **_now(log, entry.attachments)}
        here = {path: sha256((root / path).read_bytes()) for path in held if (root / path).is_file()}
        changed = {path: digest for path, digest in held.items() if here.get(path) != digest}
        if not changed:
            continue
        if not set(texts) <= set(here):
            raise PlanArchiveError(f"a text of `{ref}` is missing: take the data out, and leave the rest of the file")
        drafts.append(
            {
                "event": "redact",
                "plan": plan,
                "edition": edition,
                "version": entry.version,
                "language": entry.language,
                "sha256": fingerprint({path: here[path] for path in texts}),
                "was": changed,
                "files": {path: here[path] for path in changed if path in here},
            }
        )
    return list(drafts)


def _now(log: Log, files: dict[str, str]) -> dict[str, str]:
    """Files of an entry as they are sealed today, wherever they have moved since."""
    places = {logical(path) for path in files}
    return {path: digest for path, digest in log.sealed.items() if logical(path) in places}
