"""What the log does not have yet: texts, ends of editions and changed facts, as drafts of entries in order of date."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from ..facts import About, When
from ..facts.log import LogEntry
from ..model import Edition, Library, Plan, Text
from ..status import day_after, first_day
from .verify import fingerprint, logical, sha256, stated_files

_ENDS = {"superseded": "supersede", "lapsed": "lapse", "withdrawn": "withdraw"}
_ORDER = ("supersede", "lapse", "withdraw", "publish", "correct", "facts", "destinations", "registers")


@dataclass(frozen=True)
class Pending:
    """An entry that the log lacks."""

    event: str
    subject: str
    """`plan@edition`, `plan` or `registers`: what a user names to have it written."""
    day: date
    """Where it stands among others."""
    draft: dict[str, Any] = field(hash=False)

    @property
    def plan(self) -> str:
        """The plan it is about, or "registers"."""
        return self.subject.partition("@")[0]


def pending(root: Path, library: Library, entries: Sequence[LogEntry], today: date) -> tuple[Pending, ...]:
    """Every entry that the log lacks, the earliest event first."""
    texts = {(e.plan, e.edition, e.version, e.language) for e in entries if e.event in ("publish", "correct")}
    ended = {(e.plan, e.edition) for e in entries if e.event in _ENDS.values()}
    found: list[Pending] = []
    for plan in library.plans:
        for edition in plan.editions:
            if edition.draft or edition.facts is None:
                continue
            sealed = {path for e in entries if (e.plan, e.edition) == (plan.id, edition.id) for path in e.attachments}
            places = {logical(path) for path in sealed}
            for language, versions in ((None, edition.versions), *edition.others):
                for text in versions:
                    if (plan.id, edition.id, text.version, language) not in texts:
                        found.append(_text(root, edition, text, language, places))
                        places |= {logical(path) for path in found[-1].draft["attachments"]}
            if (plan.id, edition.id) not in ended:
                found += _end(plan, edition, today)
    found += _stated(root, entries, today)
    return tuple(sorted(found, key=lambda each: (each.day, _ORDER.index(each.event), each.subject)))


def _text(root: Path, edition: Edition, text: Text, language: str | None, sealed: set[str]) -> Pending:
    """A text that was published, with the files that it is made of and attachments that no seal has yet."""
    folder = Path(text.file).parent
    names = sorted(f"{folder.as_posix()}/{file.name}" for file in (root / folder).glob("*.md"))
    names = names if text.file.endswith("/index.md") else [text.file]
    files = {name: sha256((root / name).read_bytes()) for name in names}
    attachments = {
        name: sha256((root / name).read_bytes())
        for name in attached_files(root, edition)
        if logical(name) not in sealed
    }
    published = text.front.published or date.min
    draft = {
        "event": "correct" if text.version > 1 else "publish",
        "plan": edition.plan,
        "edition": edition.id,
        "version": text.version,
        "language": language,
        "sha256": fingerprint(files),
        "files": files,
        "attachments": attachments,
        "on": published.isoformat(),
    }
    return Pending(str(draft["event"]), f"{edition.plan}@{edition.id}", published, draft)


def attached_files(root: Path, edition: Edition) -> list[str]:
    """An edition's attachments, wherever they lie."""
    held = {attachment.name for attachment in edition.attachments}
    folders = (f"{top}/{edition.plan}/attachments/{edition.id}" for top in ("archive", "plans"))
    return [f"{folder}/{name}" for folder in folders for name in sorted(held) if (root / folder / name).is_file()]


LATE_REMEDY = "attachments are sealed with a text: give it with a correction, <edition>.v2.md, or take it away"


def late_attachments(
    root: Path, library: Library, entries: Sequence[LogEntry], waiting: Sequence[Pending]
) -> tuple[str, ...]:
    """Attachments that came when their edition was sealed already, and no text that waits brings with it."""
    known = {logical(path) for entry in entries for path in entry.attachments}
    known |= {logical(path) for each in waiting for path in each.draft.get("attachments", ())}
    public = (edition for plan in library.without_drafts().plans for edition in plan.editions if edition.facts)
    return tuple(file for each in public for file in attached_files(root, each) if logical(file) not in known)


def _end(plan: Plan, edition: Edition, today: date) -> Iterator[Pending]:
    """How an edition ended, once it has."""
    span = edition.facts.in_effect if edition.facts else None
    if span is None or span.ended_by not in _ENDS:
        return
    over = first_day(span.to)
    if over is not None and over >= today:
        return
    event = _ENDS[span.ended_by]
    successor: tuple[str, ...] = ()
    if event == "supersede":
        after = plan.after(edition)
        successor = (f"{plan.id}@{after.id}",) if after else tuple(row.plan for row in plan.facts.superseded_by)
    on = day_after(span.to) or over
    draft = {"event": event, "plan": plan.id, "edition": edition.id, "successor": list(successor), "on": said(span.to)}
    yield Pending(event, f"{plan.id}@{edition.id}", on or today, draft)


def said(last: When | None) -> str | None:
    """The day after a last day; only the month or year where no more is known, or None."""
    after = day_after(last)
    if after is not None:
        return after.isoformat()
    return last.about if isinstance(last, About) else None


def _stated(root: Path, entries: Sequence[LogEntry], today: date) -> Iterator[Pending]:
    """Files that stay editable and are not as the log has them: one entry for a plan's, one for the registers."""
    last = {
        logical(path): digest
        for entry in entries
        if entry.event in ("facts", "destinations", "registers")
        for path, digest in entry.files.items()
    }
    here = {path: sha256((root / path).read_bytes()) for path in stated_files(root)}
    changed: dict[tuple[str, str], dict[str, str]] = {}
    for path, digest in here.items():
        if last.get(logical(path)) != digest:
            changed.setdefault(_subject(logical(path)), {})[path] = digest
    places = {logical(path) for path in here}
    for place, digest in last.items():
        if place not in places and digest:
            changed.setdefault(_subject(place), {})[f"plans/{place}"] = ""
    for (subject, event), files in sorted(changed.items()):
        draft: dict[str, Any] = {"event": event, "files": dict(sorted(files.items())), "on": today.isoformat()}
        if event != "registers":
            draft["plan"] = subject
        yield Pending(event, subject, today, draft)


def _subject(place: str) -> tuple[str, str]:
    first, _, rest = place.partition("/")
    if first in ("registers", "languages") or not rest:
        return "registers", "registers"
    return first, "facts" if rest == "plan.yml" else "destinations"
