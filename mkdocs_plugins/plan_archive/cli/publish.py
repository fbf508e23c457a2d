"""`plan-archive publish`: write into the log what was published, corrected, replaced or changed, and seal it."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import click

from ..errors import PlanArchiveError
from ..intake import read_library
from ..model import Library
from ..record import refuse_altered
from ..record.entries import Draft, Log, Signed, lines, opening, read_log, seals_after
from ..record.pending import LATE_REMEDY, Pending, late_attachments, pending
from ..record.signing import sign as signed_seals
from ..record.verify import LATE, SIGNATURE, allowed_signers, signature_fault
from ..record.writing import finish, locked, write
from .change_class import CLASSES, proposed_class
from .texts import REFERENCE


@click.command()
@click.argument("refs", nargs=-1, metavar="REF...")
@click.option("--all", "everything", is_flag=True, help="Everything that the log does not have yet, in order of date.")
@click.option("--why", required=True, help="Why, in a sentence that the public reads.")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="The day it happened. Default: what the files state.")
@click.option("--by", default="", help="The role of whoever does it; stated, and unsigned unless --sign is given.")
@click.option(
    "--class",
    "kind",
    type=click.Choice(CLASSES),
    help="What kind of change the text is from the one before. Default: what a comparison proposes, noted as that.",
)
@click.option(
    "--sign",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A key with which ssh-keygen signs the seals.",
)
@click.option("--signer", default="", help="Who signs, as archive/allowed_signers has it. Needed with --sign.")
@click.pass_obj
def publish(
    root: Path,
    *,
    refs: tuple[str, ...],
    everything: bool,
    why: str,
    on: datetime | None,
    by: str,
    kind: str | None,
    sign: Path | None,
    signer: str,
) -> None:
    """Write into archive/log.jsonl what was published, and seal the texts in archive/seals.sha256.

    Each of REF... is PLAN@EDITION for its texts and how it ended, with the plan's facts; PLAN for all of a plan; or
    registers for the body's facts and registers. Exit codes: 0 written, or nothing to write; 1 refused; 2 wrong usage.
    """
    if bool(refs) == everything:
        raise click.UsageError("name what was published, such as cypp@2009, or give --all")
    if bool(sign) != bool(signer):
        raise click.UsageError("--sign and --signer go together")
    plain(why, "--why")
    plain(by, "--by", empty=True)
    plain(signer, "--signer", empty=True)
    with locked(root):
        finished(root)
        library, log = library_and_log(root)
        today, entries = recording_day(log), log.entries if log else ()
        waiting = pending(root, library, entries, today)
        for file in late_attachments(root, library, entries, waiting):
            click.echo(f"note: {file}: {LATE}; {LATE_REMEDY}", err=True)
        chosen = _chosen(waiting, refs, library)
        if not chosen:
            click.echo("Nothing to write: the log has it already.", err=True)
            return
        chosen = [_dated(each, on, chosen) for each in chosen]
        drafts = [_classed(library, each, kind) for each in chosen]
        if log is None:
            drafts.insert(0, opening(library.authority.name, example=library.authority.example))
        add(root, log, drafts, recorded=today, who=by.strip(), why=why.strip(), key=(sign, signer))
    for each in chosen:
        language = f" ({each.draft['language']})" if each.draft.get("language") else ""
        happened = f" on {each.draft['on']}" if each.draft["on"] else ""
        click.echo(f"{each.event} {each.subject}{language}{happened}")
    told = read_log(root)
    click.echo(f"archive root: {told.root if told else ''}", err=True)


def plain(words: str, option: str, *, empty: bool = False) -> None:
    """Refuse words that could not stand on a page as they are."""
    if (not words.strip() and not empty) or any(c in "<>" or not c.isprintable() for c in words):
        raise click.UsageError(f"{option} is one line of plain words, without < or >")


def finished(root: Path) -> None:
    """Finish what a stopped command left, and say so."""
    if finish(root):
        click.echo("note: a command had been stopped before its end; what it left is done now", err=True)


def library_and_log(root: Path) -> tuple[Library, Log | None]:
    """The archive without a problem in it, and its log; PlanArchiveError otherwise."""
    reading = read_library(root, datetime.now(UTC).date())
    if reading.library is None or reading.errors:
        count = len(reading.errors)
        raise PlanArchiveError(f"the archive has {count} problem{'s' * (count != 1)}: see plan-archive check")
    refuse_altered(root)
    return reading.library, read_log(root)


def recording_day(log: Log | None) -> date:
    """Today; a clock that runs behind the log's last entry is not believed."""
    today = datetime.now(UTC).date()
    if log and log.entries and log.entries[-1].recorded > today:
        day = log.entries[-1].recorded
        raise PlanArchiveError(f"the log's last entry is of {day}, and the clock says {today}: set the clock")
    return today


def _chosen(waiting: Sequence[Pending], refs: Sequence[str], library: Library) -> list[Pending]:
    if not refs:
        return list(waiting)
    chosen: list[Pending] = []
    for ref in refs:
        plan_id, _, edition_id = ref.partition("@")
        plan = library.plan(plan_id)
        known = ref == "registers" or (plan is not None and (not edition_id or plan.edition(edition_id) is not None))
        if not known or (ref != "registers" and not REFERENCE.match(ref)):
            raise PlanArchiveError(f"there is no `{ref}` in the archive: write PLAN@EDITION, PLAN or registers")
        if edition_id:
            before = _before(library, plan_id, edition_id)
            chosen += [w for w in waiting if w.subject in (ref, plan_id) or (w.subject == before and w.event in _ENDS)]
        else:
            chosen += [w for w in waiting if w.plan == ref]
    named = set(map(id, chosen))
    return [each for each in waiting if id(each) in named]


_ENDS = ("supersede", "lapse", "withdraw")


def _before(library: Library, plan_id: str, edition_id: str) -> str:
    """The edition before, as a reference: that a new one is published is why the old one ended."""
    plan = library.plan(plan_id)
    edition = plan.edition(edition_id) if plan else None
    before = plan.before(edition) if plan and edition else None
    return f"{plan_id}@{before.id}" if before else ""


def _dated(each: Pending, on: datetime | None, chosen: Sequence[Pending]) -> Pending:
    """The event with the day that the user gives, which can be said of one text only."""
    texts = [one for one in chosen if one.event in ("publish", "correct")]
    if on is None:
        return each
    if len({(one.subject, one.draft["version"]) for one in texts}) > 1 or (not texts and len(chosen) > 1):
        raise click.UsageError("--on is about one text: name one edition")
    mine = each in texts or not texts
    return replace(each, draft={**each.draft, "on": on.date().isoformat()}) if mine else each


def _classed(library: Library, each: Pending, kind: str | None) -> Draft:
    """A text's entry with what kind of change it is from the text before it."""
    if each.event not in ("publish", "correct") or each.draft.get("language"):
        return each.draft
    plan_id, _, edition_id = each.subject.partition("@")
    proposed = proposed_class(library, plan_id, edition_id, int(each.draft["version"]))
    if proposed is None:
        return each.draft
    return {**each.draft, "class": kind or proposed, "class_is": "confirmed" if kind else "proposed"}


def add(
    root: Path,
    log: Log | None,
    drafts: Iterable[Draft],
    *,
    recorded: date,
    who: str,
    why: str,
    key: tuple[Path | None, str] = (None, ""),
    moves: dict[str, str] | None = None,
) -> None:
    """Add entries to the log, with a signature over the seals where a key is given."""
    drafts, before = list(drafts), log.content if log else b""
    file, signer = key
    last = before.count(b"\n") + len(drafts)
    signed = Signed(signer, last) if file else None
    new = lines(before, drafts, recorded=recorded, who=who, why=why, signed=signed)
    seals = seals_after(before + new)
    signature = (SIGNATURE.format(last), signed_seals(seals.encode(), file)) if file else None
    if signature:
        _refuse_signature(root, seals.encode(), signature[1], signer)
    write(root, before, new, moves, signature)


def _refuse_signature(root: Path, seals: bytes, signature: str, signer: str) -> None:
    """Nothing is written with a signature that `verify` would call altered: another key, or a name that is none."""
    with tempfile.TemporaryDirectory() as name:
        made = Path(name) / "seals.sig"
        made.write_text(signature, encoding="utf-8", newline="\n")
        kind, what = signature_fault(seals, made, allowed_signers(root, None), signer)
    if kind == "altered":
        raise PlanArchiveError(f"verify would refuse this signature, so nothing was written: {what}")
