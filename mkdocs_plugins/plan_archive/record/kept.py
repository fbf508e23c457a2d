"""What the record keeps of an archive, for the site: the log, the seals, and the commits that made each text."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from importlib.resources import files as package_files
from pathlib import Path

from ..errors import PlanArchiveError, Problem
from ..facts.log import LogEntry
from ..model import Text
from .entries import Log, ShapeError, read_log
from .git import Change, Commit, history
from .pending import LATE_REMEDY
from .sections import Followed, TextHistory, in_file, text_histories, unit
from .verify import (
    FACTS,
    LATE,
    LINK,
    LOG,
    NO_MEANING,
    TOPS,
    Finding,
    UnreadError,
    Verdict,
    check_archive,
    history_findings,
    logical,
)


@dataclass(frozen=True)
class Record:
    """What is known of who changed what, when and why."""

    log: Log | None = None
    """None where the archive has no log yet."""
    commit: Commit | None = None
    """None where there is no git, or no commit."""
    changes: Mapping[str, tuple[Change, ...]] = field(default_factory=dict)
    """The commits that changed each file, by its place below `plans/` or `archive/`."""
    address: str = ""
    """Where the site lies on the web, as its configuration states it, or ""."""
    folder: Path | None = None
    """Where the archive lies; None where there is no git."""

    @property
    def root(self) -> str:
        """The archive root, or "" where there is no log."""
        return self.log.root if self.log else ""

    def commits(self, text: Text) -> tuple[Change, ...]:
        """The commits that made a text, chapters included, the newest first."""
        place = logical(text.file)
        if not place.endswith("/index.md"):
            return self.changes.get(place, ())
        folder = place.removesuffix("index.md")
        chapters = (found for name, found in self.changes.items() if name.startswith(folder) and name.endswith(".md"))
        return tuple(sorted({change for found in chapters for change in found}, key=lambda change: change.place))

    def sections(self, text: Text) -> Mapping[str, tuple[Change, ...]] | None:
        """The commits that changed each section of a text, by its id, the newest first; () for "not committed".

        None where that is not known. Worked out for all texts when it is first asked for, since nothing but the site
        asks.
        """
        history = self._histories.get(unit(logical(text.file)))
        if history is None or self.folder is None:
            return {section.id: () for section in text.sections} if self.changes and not self.commits(text) else None
        followed = history.sections
        if history.sha256 != text.sha256:
            followed = _as_they_are(self.folder, text, followed)
        if len(followed) == len(text.sections):  # a draft's ids are made from its headings, and may differ
            return {s.id: each.changes for s, each in zip(text.sections, followed, strict=True)}
        by_id = {each.passage.id: each.changes for each in followed}
        return {section.id: by_id.get(section.id, ()) for section in text.sections}

    @cached_property
    def _histories(self) -> Mapping[str, TextHistory]:
        return text_histories(self.folder, self.commit.hash) if self.folder and self.commit else {}


def read_record(root: Path, commit: Commit | None, address: str = "") -> Record:
    """Read what is kept of the archive at a folder; PlanArchiveError where its log was altered."""
    changes = history(root, commit.hash) if commit else {}
    return Record(read_log(root), commit, changes, address, root if commit else None)


def _as_they_are(root: Path, text: Text, committed: tuple[Followed, ...]) -> tuple[Followed, ...]:
    """The sections of a text that was changed and not committed: those that are new or changed have no commit."""
    known = {(each.passage.id, each.passage.digest): each for each in committed}
    file = root / text.file
    files = [file, *sorted(f for f in file.parent.glob("*.md") if f != file)] if file.name == "index.md" else [file]
    here = (p for f in files for p in in_file(logical(f.relative_to(root).as_posix()), f.read_bytes()))
    return tuple(known.get((passage.id, passage.digest), Followed(passage, ())) for passage in here)


def record_problems(root: Path) -> list[Problem]:
    """What keeps an archive from being published: texts, seals and lines of the log that were altered.

    What the log lacks is a warning. An archive without a log has no problems: it says on its pages that it has none.
    """
    found = Verdict("repository")
    try:
        check_archive(root, found)
    except UnreadError as error:
        return [Problem(error.file.relative_to(root).as_posix(), 1, str(error), "check its permissions")]
    if not found.root and {finding.kind for finding in found.findings} <= {"incomplete"}:
        return []
    problems = [_problem(finding) for finding in found.findings if finding.kind in ("altered", "incomplete")]
    if not any(problem.level == "error" for problem in problems):
        try:
            log = read_log(root)
            problems += _told_wrongly(root, log.entries if log else ())
        except ShapeError as error:
            problems.append(Problem(LOG, error.line, error.what, _RESTORE))
    return problems


_RESTORE = "entries are written by plan-archive alone: take the line back as it was written"


def _told_wrongly(root: Path, entries: Iterable[LogEntry]) -> Iterator[Problem]:
    """Entries that fit together and cannot be so: recorded before the one above, or of a plan that is not there."""
    recorded = date.min
    for number, entry in enumerate(entries, start=1):
        if entry.recorded < recorded:
            what = f"it is said to have been recorded on {entry.recorded}, and the entry above it on {recorded}"
            yield Problem(LOG, number, what, _RESTORE)
        recorded = max(recorded, entry.recorded)
        known = entry.plan is None or any((root / top / entry.plan / "plan.yml").is_file() for top in TOPS)
        if not known and entry.event not in FACTS:  # the facts of a plan without texts may go
            yield Problem(LOG, number, f"the archive has no plan `{entry.plan}`", "put back its plan.yml")


def refuse_altered(root: Path, but: Collection[str] = ()) -> None:
    """PlanArchiveError where log, seals or texts were altered, but for some files: nothing is added on top of that."""
    found = Verdict("repository")
    try:
        check_archive(root, found)
    except UnreadError as error:
        raise PlanArchiveError(f"{error.file}: {error}") from error
    altered = [finding for finding in found.findings if finding.kind == "altered" and finding.where not in but]
    if altered:
        raise PlanArchiveError(f"{altered[0].where}: {altered[0].what}; see: plan-archive verify")


def _problem(finding: Finding) -> Problem:
    if finding.kind == "altered":
        what = f"{finding.what} (published texts and the log are never edited)"
        remedy = "take the change back; a correction is a new file, <edition>.v2.md, with `corrects` and `reason`"
        return Problem(finding.where, finding.line or 1, what, remedy)
    remedy = _REMEDIES.get(finding.what, "run: plan-archive publish --all --why ...")
    return Problem(finding.where, finding.line or 1, finding.what, remedy, "warning")


_REMEDIES = {
    LATE: LATE_REMEDY,
    LINK: "put the file itself there",
    NO_MEANING: "rename it, or take it away",
}


def history_faults(root: Path) -> list[Finding]:
    """What would make the site tell of another history than the one that was committed."""
    return [finding for finding in history_findings(root) if finding.kind != "note"]


def verifier() -> bytes:
    """The program with which anyone can verify an archive: this very code, as one file."""
    return (package_files("plan_archive.record") / "verify.py").read_bytes()
