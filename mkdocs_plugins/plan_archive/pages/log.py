"""The publication log as a page and as data, and what each entry says in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from ..addresses import edition_address, plan_address, version_address
from ..facts.log import LogEntry
from ..language import say_day, say_month
from ..model import Edition, Library, Text
from ..record import Change, Log, Record
from .catalogue import noticed, to_json
from .drawing import draw
from .nouns import Contents, Page, SiteFile
from .pairs import Pair
from .sentences import Link

EVENTS = {
    "open": "The log was opened",
    "publish": "Published",
    "correct": "Corrected",
    "supersede": "Replaced",
    "lapse": "Lapsed",
    "withdraw": "Withdrawn",
    "close": "Closed",
    "redact": "Personal data removed",
    "facts": "Facts recorded",
    "destinations": "Destinations recorded",
    "registers": "Registers recorded",
}
"""What each event is called on pages and in feeds."""
SOURCES = ("facts", "destinations", "registers", "close")
"""Events that are about files, and not about what applied."""


@dataclass(frozen=True)
class Told:
    """An entry of the log as a reader meets it."""

    entry: LogEntry
    event: str
    title: str
    """What it is about: an edition's title, a plan's, or the archive."""
    address: str
    """Where that is read, or ""."""
    on: str
    """The day it happened, in words, or ""."""
    more: tuple[str, ...]
    """What changed, in sentences."""
    compared: str = ""
    """The address of the comparison, or ""."""

    @property
    def anchor(self) -> str:
        """Its place on the page of the log."""
        return f"e{self.entry.entry}"

    @property
    def who(self) -> str:
        """Who answers for it, and how sure that is."""
        entry = self.entry
        return f"{entry.who} (signed by {entry.signer})" if entry.signer else f"{entry.who} ({entry.identity})"


def told(library: Library, log: Log, pairs: Iterable[Pair]) -> tuple[Told, ...]:
    """Every entry of the log in words, in the log's order."""
    by_new = {(pair.plan.id, pair.new.id): pair for pair in pairs if pair.neighbours}
    return tuple(_told(library, entry, by_new.get((entry.plan or "", entry.edition or ""))) for entry in log.entries)


def _told(library: Library, entry: LogEntry, pair: Pair | None) -> Told:
    plan = library.plan(entry.plan or "")
    edition = plan.edition(entry.edition or "") if plan else None
    title = edition.title if edition else plan.facts.title if plan else entry.plan or library.authority.name
    address = plan_address(plan.id) if plan else ""
    if edition:
        address = edition_address(edition.plan, edition.id)
        if entry.version and len(edition.versions) > 1:
            title, address = f"{title}, version {entry.version}", version_address(*_name(edition), entry.version)
    published = entry.event == "publish" and pair is not None
    return Told(
        entry,
        EVENTS[entry.event],
        title,
        address,
        say_part(entry.on),
        (*_more(library, entry), *(pair.told if published and pair else ())),
        pair.address if published and pair else "",
    )


def _name(edition: Edition) -> tuple[str, str]:
    return edition.plan, edition.id


def _more(library: Library, entry: LogEntry) -> Iterator[str]:
    """What an entry says beside its reason."""
    if entry.successor:
        yield f"In its place: {' and '.join(_successor(library, name) for name in entry.successor)}."
    if entry.class_:
        how = "as a person confirmed" if entry.class_is == "confirmed" else "as the comparison proposes"
        yield f"Kind of change from the text before: {entry.class_}, {how}."
    if entry.authority:
        yield f"Asked for by: {entry.authority}."
    for old, new in entry.moves.items():
        yield f"{old} lies at {new}; its address did not change."
    if entry.event in ("facts", "destinations", "registers"):
        for path, digest in entry.files.items():
            yield path if digest else f"{path} was taken away"


def _successor(library: Library, name: str) -> str:
    plan_id, _, edition_id = name.partition("@")
    plan = library.plan(plan_id)
    edition = plan.edition(edition_id) if plan else None
    return edition.title if edition else plan.facts.title if plan else name


def say_part(on: str | None) -> str:
    """A day, a month or a year, as an entry has it, in words."""
    if not on:
        return ""
    if len(on) == 10:
        return say_day(date.fromisoformat(on))
    year, _, month = on.partition("-")
    return say_month(date(int(year), int(month), 1)) if month else year


def log_pages(library: Library, record: Record, pairs: Sequence[Pair]) -> Iterator[Page]:
    """The log, with a timeline for each plan; nothing where the archive has no log."""
    if record.log is None:
        return
    every = told(library, record.log, pairs)
    plans = [(plan, _timeline(each for each in every if each.entry.plan == plan.id)) for plan in library.plans]
    plans = sorted(((p, t) for p, t in plans if t), key=lambda pair: (pair[0].facts.title.casefold(), pair[0].id))
    html = draw(
        "log.html",
        "log/",
        library=library,
        log=record.log,
        latest=every[:-11:-1],
        plans=plans,
        others=[each for each in every if each.entry.plan is None],
        sources=SOURCES,
    )
    contents = (
        Contents("latest", "Latest entries", 2),
        Contents("plans", "Plan by plan", 2),
        *(Contents(f"plan-{plan.id}", plan.facts.title, 3) for plan, _ in plans),
        Contents("archive", "The archive as a whole", 2),
    )
    description = "What was published, corrected, replaced or withdrawn: when, by whom and why."
    yield Page("log/", "Publication log", description, html, contents, (Link("Home", ""),))


def _timeline(entries: Iterable[Told]) -> list[Told]:
    """A plan's entries in the order in which things happened."""
    return sorted(entries, key=lambda each: (each.entry.on or "9999", each.entry.entry))


def log_files(library: Library, record: Record) -> Iterator[SiteFile]:
    """The log and the seals as they are, the log as one document, and the commits behind each text."""
    log = record.log
    if log is not None:
        yield SiteFile("data/log.jsonl", log.content)
        yield SiteFile("data/seals.sha256", log.seals.encode())
        entries = [entry.model_dump(mode="json", by_alias=True) for entry in log.entries]
        data = {"schema": "plan-archive/log-entries/1", "archive_root": log.root, "entries": entries}
        yield SiteFile("data/log.json", to_json(noticed(library, data)).encode())
    yield SiteFile("data/provenance.json", to_json(noticed(library, provenance(library, record))).encode())


def provenance(library: Library, record: Record) -> dict[str, Any]:
    """The commits that made each text, as data."""
    texts = [(edition, text) for plan in library.plans for edition in plan.editions for text in edition.versions]
    return {
        "schema": "plan-archive/provenance/1",
        "commit": record.commit.hash if record.commit else None,
        "changed_since": None if record.commit is None else not record.commit.clean,
        "texts": [_made(edition, text, record) for edition, text in texts],
    }


def _made(edition: Edition, text: Text, record: Record) -> dict[str, Any]:
    return {
        "edition": f"{edition.plan}@{edition.id}",
        "version": text.version,
        "file": text.file,
        "sha256": text.sha256,
        "commits": [_commit(change) for change in record.commits(text)],
    }


def _commit(change: Change) -> dict[str, str]:
    return {"hash": change.hash, "date": change.day, "author": change.author, "subject": change.subject}


@dataclass(frozen=True)
class Made:
    """What an edition's page says of how its text came to be."""

    commits: tuple[Change, ...]
    entries: tuple[Told, ...]
    """The entries about this version, the earliest first."""
    repository: bool
    """Whether there is a history to tell of."""
    logged: bool
    """Whether the archive has a log."""


def made(library: Library, record: Record, edition: Edition, text: Text) -> Made:
    """How one version of an edition came to be: its commits and its entries in the log."""
    entries = record.log.entries if record.log else ()
    mine = [e for e in entries if (e.plan, e.edition) == _name(edition) and (e.version or text.version) == text.version]
    words = tuple(_told(library, entry, None) for entry in mine)
    return Made(record.commits(text), words, record.commit is not None, record.log is not None)
