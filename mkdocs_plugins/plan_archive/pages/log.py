"""The publication log as a page and as data, and what each entry says in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from typing import Any

from babel import Locale

from ..addresses import edition_address, plan_address, version_address
from ..facts.log import LogEntry
from ..language import say_day, say_month, spoken, tr, tr_later
from ..model import Edition, Library, Text
from ..record import Change, Log, Record
from .catalogue import noticed, to_json
from .cells import csv_text
from .drawing import draw
from .nouns import Contents, Page, SiteFile
from .pairs import Pair
from .section_log import (
    COLUMNS,
    MadeSection,
    every_text,
    last_changes,
    made_sections,
    section_log_address,
    section_pages,
)
from .sentences import Link

EVENTS = {
    "open": tr_later("The log was opened"),
    "publish": tr_later("Published"),
    "correct": tr_later("Corrected"),
    "supersede": tr_later("Replaced"),
    "lapse": tr_later("Lapsed"),
    "withdraw": tr_later("Withdrawn"),
    "close": tr_later("Closed"),
    "redact": tr_later("Personal data removed"),
    "facts": tr_later("Facts recorded"),
    "destinations": tr_later("Destinations recorded"),
    "registers": tr_later("Registers recorded"),
}
"""What each event is called on pages and in feeds."""
IDENTITIES = {
    "stated, unsigned": tr_later("stated, unsigned"),
    "unsigned": tr_later("unsigned"),
    "signed": tr_later("signed"),
}
"""How sure it is who made an entry."""
CLASSES = {
    "substantive": tr_later("substantive"),
    "editorial": tr_later("editorial"),
    "renumbering": tr_later("renumbering"),
}
"""What kind of change a text is from the one before."""
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
        if entry.signer:
            return tr("{who} (signed by {signer})", who=entry.who, signer=entry.signer)
        return f"{entry.who} ({tr(IDENTITIES[entry.identity])})"


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
            title = tr("{title}, version {version}", title=title, version=entry.version)
            address = version_address(*_name(edition), entry.version)
        if entry.language:
            spoken_in = Locale.parse(entry.language).get_language_name(spoken()) or entry.language
            title = tr("{title}, in {language}", title=title, language=spoken_in)
            address = f"{entry.language}/{address}"
    published = entry.event == "publish" and pair is not None
    return Told(
        entry,
        tr(EVENTS[entry.event]),
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
        names = (_successor(library, name) for name in entry.successor)
        yield tr("In its place: {names}.", names=reduce(_and, names))
    if entry.class_:
        kind = tr(CLASSES[entry.class_])
        if entry.class_is == "confirmed":
            yield tr("Kind of change from the text before: {kind}, as a person confirmed.", kind=kind)
        else:
            yield tr("Kind of change from the text before: {kind}, as the comparison proposes.", kind=kind)
    if entry.authority:
        yield tr("Asked for by: {authority}.", authority=entry.authority)
    for old, new in entry.moves.items():
        yield tr("{old} lies at {new}; its address did not change.", old=old, new=new)
    if entry.event in ("facts", "destinations", "registers"):
        for path, digest in entry.files.items():
            yield path if digest else tr("{path} was taken away", path=path)


def _and(before: str, after: str) -> str:
    return tr("{before} and {after}", before=before, after=after)


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
    """The log, with a timeline for each plan and for each of its sections; nothing where the archive has no log."""
    if record.log is None:
        return
    yield from section_pages(library, record, pairs)
    every = told(library, record.log, pairs)
    plans = [(plan, _timeline(each for each in every if each.entry.plan == plan.id)) for plan in library.plans]
    plans = sorted(((p, t) for p, t in plans if t), key=lambda pair: (pair[0].facts.title.casefold(), pair[0].id))
    html = draw(
        "log.html",
        "log/",
        library=library,
        log=record.log,
        latest=_timeline(each for each in every if each.entry.event not in SOURCES)[:-11:-1],
        stated=[each for each in every if each.entry.event in SOURCES][:-6:-1],
        plans=plans,
        others=[each for each in every if each.entry.plan is None],
        sources=SOURCES,
        sections=section_log_address,
    )
    contents = (
        Contents("latest", tr("What happened last"), 2),
        Contents("plans", tr("Plan by plan"), 2),
        *(Contents(f"plan-{plan.id}", plan.facts.title, 3) for plan, _ in plans),
        Contents("archive", tr("The archive as a whole"), 2),
    )
    description = tr("What was published, corrected, replaced or withdrawn: when, by whom and why.")
    yield Page("log/", tr("Publication log"), description, html, contents, (Link(tr("Home"), ""),))


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
    yield SiteFile("data/provenance.csv", csv_text(library, COLUMNS, last_changes(library, record)).encode())


def provenance(library: Library, record: Record) -> dict[str, Any]:
    """The commits that made each text, as data."""
    return {
        "schema": "plan-archive/provenance/1",
        "commit": record.commit.hash if record.commit else None,
        "changed_since": None if record.commit is None else not record.commit.clean,
        "texts": [_made(edition, language, text, record) for edition, language, text in every_text(library)],
    }


def _made(edition: Edition, language: str, text: Text, record: Record) -> dict[str, Any]:
    return {
        "edition": f"{edition.plan}@{edition.id}",
        "version": text.version,
        "language": language or None,
        "file": text.file,
        "sha256": text.sha256,
        "commits": [_commit(change) for change in record.commits(text)],
        "sections": [_section(each) for each in made_sections(record, text) or ()],
    }


def _section(each: MadeSection) -> dict[str, Any]:
    return {
        "id": each.section.id,
        "title": each.section.title,
        "last_change": _commit(each.last) if each.last else None,
        "commits": [change.hash for change in each.changes],
    }


def _commit(change: Change) -> dict[str, str]:
    return {"hash": change.hash, "date": change.day, "author": change.author, "subject": change.subject}


@dataclass(frozen=True)
class Made:
    """What an edition's page says of how its text came to be."""

    commits: tuple[Change, ...]
    entries: tuple[Told, ...]
    """The entries about this version, the earliest first."""
    sections: tuple[MadeSection, ...] | None
    """Its sections with their own commits; None where these are not known."""
    repository: bool
    """Whether there is a history to tell of."""
    logged: bool
    """Whether the archive has a log."""


def made(library: Library, record: Record, edition: Edition, text: Text) -> Made:
    """How one version of an edition came to be: its commits and its entries in the log."""
    entries = record.log.entries if record.log else ()
    mine = [
        e
        for e in entries
        if (e.plan, e.edition) == _name(edition)
        and (e.version or text.version) == text.version
        and (e.version is None or (e.language or "") == edition.language)
    ]
    words = tuple(_told(library, entry, None) for entry in mine)
    sections = made_sections(record, text)
    return Made(record.commits(text), words, sections, record.commit is not None, record.log is not None)
