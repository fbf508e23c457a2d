"""What the command line calls a text: a reference to the archive, a path, or a path at a git revision."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path, PurePosixPath

import click

from ..errors import PlanArchiveError
from ..facts import ChangeNote
from ..intake import Reading, read_library
from ..intake.loose import loose_text, read_loose
from ..model import Edition, Library, Section
from ..pages.catalogue import EXAMPLE_NOTICE
from ..record import git
from ..status import last_edition

REFERENCE = re.compile(
    r"^(?P<plan>[a-z0-9][a-z0-9-]*)(?:@(?P<edition>[a-z0-9][a-z0-9-]*)"
    r"(?P<place>#[a-z0-9-]*|:[A-Z]{1,4}[0-9]+[a-z]?)?)?$"
)
"""PLAN, PLAN@EDITION, PLAN@EDITION#SECTION or PLAN@EDITION:REF."""


@dataclass(frozen=True)
class NamedText:
    """A text to compare, with the name that the user gave it."""

    name: str
    title: str
    sections: tuple[Section, ...]
    sha256: str
    notes: tuple[ChangeNote, ...] = ()
    declared: tuple[tuple[str, str], ...] = ()
    """What its editors say its sections were in the edition before."""
    before: str = ""
    """The edition before, as a reference; "" where there is none or none is known."""
    reference: str = ""
    notice: str = ""
    """That it is of an example; "" where it is not, and for loose files."""


def named_texts(root: Path, names: tuple[str, ...]) -> list[NamedText]:
    """The texts that some names mean; PlanArchiveError, with what to do, where one means none.

    `PLAN`, `PLAN@EDITION` and `PLAN@EDITION#SECTION` are references; what holds a `:` is git's `REV:path`; anything
    else is a path, and `./` before it makes it one.
    """
    reading: Reading | None = None
    found = []
    for name in names:
        match = REFERENCE.match(name)
        if match and not (match["place"] or "").startswith(":"):
            reading = reading or read_library(root, datetime.now(UTC).date())
            found.append(_from_archive(reading, name, match))
        elif ":" in name and not name.startswith(("./", "/", "../")):
            found.append(_from_git(root, name))
        else:
            loose = read_loose(Path(name))
            found.append(NamedText(name, PurePosixPath(name).name, loose.sections, loose.sha256))
    return found


def library_of(root: Path) -> Library:
    """The archive at a folder, as far as it could be read; PlanArchiveError where there is none."""
    return reading_of(root)[1]


def reading_of(root: Path, today: date | None = None) -> tuple[Reading, Library]:
    """What was found at a folder, and its archive; with problems in its files, a note says so on standard error."""
    reading = read_library(root, today or datetime.now(UTC).date())
    if reading.library is None:
        raise PlanArchiveError(
            "there is no archive here that can be read: run it in the archive's folder, or -C FOLDER"
        )
    if reading.errors:
        count = "1 problem" if len(reading.errors) == 1 else f"{len(reading.errors)} problems"
        left_out = "and what cannot be read is left out; see: plan-archive check"
        click.echo(f"note: the archive has {count}, {left_out}", err=True)
    return reading, reading.library


def _from_archive(reading: Reading, name: str, match: re.Match[str]) -> NamedText:
    library = reading.library
    if library is None:
        raise PlanArchiveError(f"`{name}` names a plan, but there is no archive here: give a path, or -C FOLDER")
    plan = library.plan(match["plan"])
    if plan is None:
        known = ", ".join(each.id for each in library.plans) or "none"
        raise PlanArchiveError(
            f"there is no plan `{match['plan']}` in the archive (plans: {known}); a file is ./{name}"
        )
    edition = plan.edition(match["edition"]) if match["edition"] else last_edition(plan, library.as_at)
    if edition is None:
        known = ", ".join(each.id for each in plan.editions) or "none that could be read"
        raise PlanArchiveError(f"the plan `{plan.id}` has no edition `{match['edition']}` (editions: {known})")
    earlier = plan.before(edition)
    return NamedText(
        name,
        edition.title,
        _part(edition, (match["place"] or "")[1:] or None),
        edition.text.sha256,
        edition.text.front.changes,
        edition.text.declared,
        f"{plan.id}@{earlier.id}" if earlier else "",
        f"{plan.id}@{edition.id}",
        EXAMPLE_NOTICE if library.authority.example else "",
    )


def _part(edition: Edition, section_id: str | None) -> tuple[Section, ...]:
    """All sections or, where one is named, that one and everything under it."""
    if section_id is None:
        return edition.text.sections
    part = tuple(s for s in edition.text.sections if s.id == section_id or section_id in s.path)
    if not part:
        raise PlanArchiveError(f"{edition.plan}@{edition.id} has no section `{section_id}`")
    return part


def _from_git(root: Path, name: str) -> NamedText:
    revision, _, path = name.partition(":")
    commit = git.resolve(root, revision)
    clean = PurePosixPath(path)
    if clean.is_absolute() or ".." in clean.parts or not path:
        raise PlanArchiveError(f"`{path}` is not a path inside the repository")
    files = {file: content for file, content in git.files_at(root, commit, (path,)).items() if file.endswith(".md")}
    if not files:
        raise PlanArchiveError(f"{revision} holds no Markdown at `{path}`: check both")
    folder = list(files) != [path]
    names = sorted((PurePosixPath(file).name for file in files), key=lambda file: (file != "index.md", file))
    by_name = {PurePosixPath(file).name: content for file, content in files.items()}
    text = loose_text(name, {file: by_name[file] for file in names}, folder=folder)
    return NamedText(name, f"{clean.name} at {revision}", text.sections, text.sha256)
