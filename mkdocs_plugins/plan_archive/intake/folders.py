"""The names of an archive's files -> the folders of its plans: which file is which text of which edition."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from ..errors import Problem
from ..facts import PLAN_ID

Spoken = tuple[str, int]
"""A language, "" for the main one, and a version: an edition has one text of each."""

_EDITION = re.compile(
    r"^(?P<id>[a-z0-9][a-z0-9-]*)(?:\.(?P<language>[a-z]{2,3}))?(?:\.v(?P<version>[2-9]|[1-9][0-9]))?\.md\Z"
)
_FOLDER = re.compile(r"^(?P<id>[a-z0-9][a-z0-9-]*)(?:\.(?P<language>[a-z]{2,3}))?\Z")
_LANGUAGE = re.compile(r"^plans/languages/[a-z]{2,3}\.po$")
_RECORD = re.compile(r"^archive/(log\.jsonl|seals\.sha256|seals\.[1-9][0-9]*\.sig|allowed_signers)$")
"""What the record keeps beside the texts, and reads itself."""
_ELSEWHERE = ("plans/registers/", "plans/languages/")


@dataclass
class Folder:
    """The files of one plan, from both roots."""

    facts: list[str] = field(default_factory=list)
    texts: dict[str, dict[Spoken, list[str]]] = field(default_factory=dict)
    """By edition: one file for each language and version, or an index and its chapters."""
    attachments: dict[str, list[str]] = field(default_factory=dict)
    destinations: list[str] = field(default_factory=list)


def sorted_files(names: Iterable[str]) -> tuple[dict[str, Folder], list[Problem]]:
    """The folder of each plan, by its id, and the files that have no meaning where they lie."""
    folders: dict[str, Folder] = {}
    problems: list[Problem] = []
    for file in names:
        parts = PurePosixPath(file).parts
        if file.startswith(_ELSEWHERE):
            if file.startswith("plans/languages/") and not _LANGUAGE.match(file):
                remedy = "a catalogue is named by its language's code, such as cy.po"
                problems.append(Problem(file, 1, "this is no catalogue of words", remedy))
        elif len(parts) < 3:
            if file != "plans/authority.yml" and not _RECORD.match(file):
                problems.append(_stray(file))
        elif not _placed(folders.setdefault(parts[1], Folder()), file, parts[2:]):
            problems.append(_stray(file))
    return folders, problems


def _stray(file: str) -> Problem:
    remedy = (
        "plans hold plan.yml, <edition>.md, <edition>.<language>.md, <edition>/index.md with chapters,"
        " attachments/<edition>/ and destinations/<edition>-to-<plan>-<edition>.yml"
    )
    return Problem(file, 1, "a file of this name has no meaning here", remedy)


def _placed(folder: Folder, file: str, parts: tuple[str, ...]) -> bool:
    """Put a file where it belongs by its place and name; False where it belongs nowhere."""
    if parts == ("plan.yml",):
        folder.facts.append(file)
    elif parts[0] == "attachments" and len(parts) == 3:
        folder.attachments.setdefault(parts[1], []).append(file)
    elif parts[0] == "destinations" and len(parts) == 2 and parts[1].endswith(".yml"):
        folder.destinations.append(file)
    elif len(parts) == 1 and (match := _EDITION.match(parts[0])):
        spoken = (match["language"] or "", int(match["version"] or 1))
        folder.texts.setdefault(match["id"], {}).setdefault(spoken, []).append(file)
    elif len(parts) == 2 and (match := _FOLDER.match(parts[0])) and re.match(PLAN_ID[:-1] + r"\.md\Z", parts[1]):
        folder.texts.setdefault(match["id"], {}).setdefault((match["language"] or "", 1), []).append(file)
    else:
        return False
    return True
