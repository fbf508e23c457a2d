"""The archive's folders -> the library, all problems of all files in one run."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path, PurePosixPath
from typing import TypeVar

from pydantic import BaseModel

from ..errors import Problem
from ..facts import PLAN_ID, RESERVED, Authority, PlanFacts, Registers
from ..language import Catalogue
from ..model import Attachment, DestinationTable, Edition, Library, Plan, Text
from .catalogues import read_catalogue
from .destinations import read_table
from .files import LARGEST_ATTACHMENT, Source, files_below, read_source, read_text
from .folders import Folder, Spoken, sorted_files
from .rules import check_library
from .schema import read_facts
from .strict_yaml import Document, read_yaml
from .text import HalfRead, read_version

Shape = TypeVar("Shape", bound=BaseModel)

ROOTS = ("plans", "archive")
REGISTERS = tuple(field.alias or name for name, field in Registers.model_fields.items())
_ATTACHED = {".png", ".jpg", ".jpeg", ".gif", ".webp", ".pdf", ".csv", ".xlsx", ".ods", ".docx", ".odt", ".txt"}


@dataclass(frozen=True)
class HalfEdition:
    """An edition that has problems, for the editor's own eyes."""

    plan: str
    id: str
    half: HalfRead
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class Reading:
    """What one run over the archive's files found."""

    library: Library | None
    """The whole library; with problems, what could be understood of it; None where nothing could."""
    problems: tuple[Problem, ...]
    half_read: tuple[HalfEdition, ...] = ()
    files: int = 0
    catalogues: tuple[Catalogue, ...] = ()
    """The site's own words in each language of the body, the main one first."""
    half: frozenset[tuple[str, str]] = frozenset()
    """What could not be read whole: (plan, edition), (plan, ""), ("destinations:PLAN", "")."""

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems with which nothing is published."""
        return tuple(problem for problem in self.problems if problem.level == "error")

    def with_problems(self, problems: Iterable[Problem]) -> Reading:
        """The same reading with more problems."""
        return replace(self, problems=_sorted([*self.problems, *problems]))


@dataclass
class _Shelf:
    """What is gathered of the archive while its files are read."""

    root: Path
    problems: list[Problem] = field(default_factory=list)
    half_read: list[HalfEdition] = field(default_factory=list)
    documents: dict[str, Document] = field(default_factory=dict)
    tick: Callable[[int, int], None] = lambda _done, _total: None
    done: int = 0
    total: int = 0
    tables: list[DestinationTable] = field(default_factory=list)
    unread: set[str] = field(default_factory=set)
    """Plans whose plan.yml could not be read: they exist, though the library lacks them."""


def read_library(root: Path, today: date, tick: Callable[[int, int], None] | None = None) -> Reading:
    """Read `plans/` and `archive/` below `root`; `today` is the day for an archive that speaks for its build's day.

    `tick` is told after each edition how many are read, of how many.
    """
    shelf = _Shelf(root, tick=tick or (lambda _done, _total: None))
    names: list[str] = []
    for folder in ROOTS:
        found, problems = files_below(root, folder)
        names += found
        shelf.problems += problems
    authority = _authority(shelf)
    catalogues = _catalogues(shelf, names, authority)
    registers = _registers(shelf, names)
    plans = _plans(shelf, names)
    if authority is None:
        return Reading(None, _sorted(shelf.problems), tuple(shelf.half_read), len(names))
    as_at = today if isinstance(authority.as_at, str) else authority.as_at
    tables = tuple(sorted(shelf.tables, key=lambda table: table.file))
    library = Library(authority, as_at, registers, tuple(sorted(plans, key=lambda plan: plan.id)), tables)
    half = frozenset({(edition.plan, edition.id) for edition in shelf.half_read} | {(p, "") for p in shelf.unread})
    shelf.problems += check_library(library, shelf.documents, half)
    return Reading(library, _sorted(shelf.problems), tuple(shelf.half_read), len(names), catalogues, half)


def _sorted(problems: list[Problem]) -> tuple[Problem, ...]:
    return tuple(sorted(set(problems)))


def _document(shelf: _Shelf, file: str) -> Document | None:
    source, problems = read_source(shelf.root, file)
    shelf.problems += problems
    if source is None:
        return None
    text, problems = read_text(source)
    shelf.problems += problems
    if text is None:
        return None
    document, problems = read_yaml(text, file)
    shelf.problems += problems
    if document is not None:
        shelf.documents[file] = document
    return document


def _facts(shelf: _Shelf, file: str, shape: type[Shape]) -> Shape | None:
    """A whole YAML file, typed; its problems are kept."""
    document = _document(shelf, file)
    if document is None:
        return None
    facts, problems = read_facts(document, shape, file)
    shelf.problems += problems
    return facts


def _authority(shelf: _Shelf) -> Authority | None:
    file = "plans/authority.yml"
    if not (shelf.root / file).is_file():
        remedy = "state the body there: name, kind, example, as_at, contact, licence"
        shelf.problems.append(Problem(file, 1, "there is no such file", remedy))
        return None
    return _facts(shelf, file, Authority)


def _catalogues(shelf: _Shelf, names: list[str], authority: Authority | None) -> tuple[Catalogue, ...]:
    """The site's own words in each language: from `plans/languages/`, and English, which needs no file."""
    read = {}
    for file in names:
        if file.startswith("plans/languages/") and file.endswith(".po"):
            source, problems = read_source(shelf.root, file)
            shelf.problems += problems
            if source is not None:
                read[PurePosixPath(file).stem], problems = read_catalogue(source)
                shelf.problems += problems
    for language in authority.languages if authority else ():
        if language != "en" and language not in read:
            what = f"there are no words of the pages in `{language}`; they stand in English"
            remedy = f"translate plan_archive.pot and put it there as plans/languages/{language}.po"
            shelf.problems.append(Problem("plans/authority.yml", 1, what, remedy, "warning"))
    return tuple(read.get(language, Catalogue(language)) for language in (authority.languages if authority else ()))


def _registers(shelf: _Shelf, names: list[str]) -> Registers:
    """Every register that has a file; rows with faults are left out and told."""
    found: dict[str, object] = {}
    for file in names:
        if not file.startswith("plans/registers/"):
            continue
        name = PurePosixPath(file).stem
        if PurePosixPath(file).suffix != ".yml" or name not in REGISTERS:
            remedy = "registers are " + ", ".join(f"{register}.yml" for register in REGISTERS)
            shelf.problems.append(Problem(file, 1, "this is no register that is known", remedy))
            continue
        document = _document(shelf, file)
        if document is None:
            shelf.unread.add(f"register:{name}")
            continue
        if not isinstance(document.value, dict) or set(document.value) != {name}:
            what = "a register holds one key, its own name"
            shelf.problems.append(Problem(file, 1, what, f"begin it with `{name}:` and put the rows below"))
            continue
        registers, problems = read_facts(document, Registers, file)
        if problems:
            shelf.unread.add(f"register:{name}")
        shelf.problems += problems
        if registers is not None:
            found[name] = document.value[name]
    return Registers.model_validate(found)


def _plans(shelf: _Shelf, names: list[str]) -> list[Plan]:
    folders, problems = sorted_files(names)
    shelf.problems += problems
    shelf.total = sum(len(folder.texts) for folder in folders.values())
    plans = (_plan(shelf, plan_id, folder) for plan_id, folder in sorted(folders.items()))
    return [plan for plan in plans if plan is not None]


def _plan(shelf: _Shelf, plan_id: str, folder: Folder) -> Plan | None:
    any_file = next(iter([*folder.facts, *(f for v in folder.texts.values() for fs in v.values() for f in fs)]), "")
    place = str(PurePosixPath(any_file).parent) if any_file else f"plans/{plan_id}"
    _check_name(shelf, plan_id, any_file or place, "plan")
    for edition_id in sorted({*folder.texts, *folder.attachments}):
        where = next((fs[0] for fs in folder.texts.get(edition_id, {}).values()), any_file)
        _check_name(shelf, edition_id, where, "edition")
    facts = None
    if len(folder.facts) > 1:
        what = f"the plan has a second plan.yml, {folder.facts[0]}"
        shelf.problems.append(Problem(folder.facts[1], 1, what, "keep one: a plan has one, in either root"))
    if folder.facts:
        facts = _facts(shelf, folder.facts[0], PlanFacts)
    else:
        what = f"the plan `{plan_id}` has no plan.yml"
        shelf.problems.append(
            Problem(any_file or place, 1, what, "say in one what the plan is: title, owner, law, duty")
        )
    for file in folder.destinations:
        _table(shelf, plan_id, file)
    attachments = {edition: _attachments(shelf, files) for edition, files in folder.attachments.items()}
    known = {f"attachments/{edition}/{a.name}" for edition, held in attachments.items() for a in held}
    texts = {
        edition_id: _versions(shelf, plan_id, edition_id, versions, known)
        for edition_id, versions in sorted(folder.texts.items())
    }
    if facts is None:
        shelf.unread.add(plan_id)
        return None
    editions = tuple(
        Edition(
            plan_id,
            edition_id,
            facts.editions.get(edition_id),
            held[""],
            attachments.get(edition_id, ()),
            _others(held),
        )
        for edition_id, held in texts.items()
        if held.get("")
    )
    return Plan(plan_id, facts, _in_order(editions), folder.facts[0])


def _table(shelf: _Shelf, plan_id: str, file: str) -> None:
    document = _document(shelf, file)
    if document is None:
        shelf.unread.add(f"destinations:{plan_id}")
        return
    table, problems = read_table(document, file, plan_id)
    shelf.problems += problems
    if table is None:
        shelf.unread.add(f"destinations:{plan_id}")
    else:
        shelf.tables.append(table)


def _check_name(shelf: _Shelf, name: str, file: str, what: str) -> None:
    if not re.match(PLAN_ID, name) or "-to-" in name:
        remedy = "use a-z, 0-9 and hyphens, without `-to-`"
        shelf.problems.append(Problem(file, 1, f"`{name}` cannot be the id of {_a(what)}", remedy))
    elif name in RESERVED:
        shelf.problems.append(Problem(file, 1, f"`{name}` is kept for the site's own addresses", "choose another"))


def _a(word: str) -> str:
    return f"an {word}" if word[0] in "aeiou" else f"a {word}"


def _attachments(shelf: _Shelf, files: list[str]) -> tuple[Attachment, ...]:
    held = []
    for file in files:
        path = PurePosixPath(file)
        if path.suffix.lower() not in _ATTACHED or not re.match(r"^[A-Za-z0-9][A-Za-z0-9._-]*$", path.name):
            kinds = ", ".join(sorted(_ATTACHED))
            shelf.problems.append(Problem(file, 1, "this cannot be an attachment", f"attachments are {kinds}"))
            continue
        source, problems = read_source(shelf.root, file, LARGEST_ATTACHMENT)
        shelf.problems += problems
        if source is not None:
            held.append(Attachment(path.name, source.content))
    return tuple(held)


def _versions(
    shelf: _Shelf, plan_id: str, edition_id: str, files: dict[Spoken, list[str]], known: set[str]
) -> dict[str, tuple[Text, ...]]:
    """An edition's texts by language, "" first: those in another language take their facts from the main ones."""
    texts: dict[str, tuple[Text, ...]] = {}
    for (language, version), names in sorted(files.items()):
        told = len(shelf.problems)
        main = next((text for text in texts.get("", ()) if text.version == version), None)
        if language and main is None:
            if ("", version) not in files:
                what = f"there is no main text of which this is another language: {edition_id}, version {version}"
                shelf.problems.append(Problem(names[0], 1, what, "add it, or correct this file's name"))
            continue
        sources = _sources(shelf, names)
        if not sources:
            unread = HalfRead(names[0], "", "")
            shelf.half_read.append(HalfEdition(plan_id, edition_id, unread, tuple(shelf.problems[told:])))
            continue
        text, half, problems = read_version(sources, version, known.__contains__, main.front if main else None)
        shelf.problems += problems
        if half is not None:
            shelf.half_read.append(HalfEdition(plan_id, edition_id, half, tuple(problems)))
        elif text is not None:
            texts[language] = (*texts.get(language, ()), text)
    shelf.done += 1
    shelf.tick(shelf.done, shelf.total)
    return texts


def _others(held: dict[str, tuple[Text, ...]]) -> tuple[tuple[str, tuple[Text, ...]], ...]:
    return tuple((language, texts) for language, texts in held.items() if language)


def _sources(shelf: _Shelf, files: list[str]) -> list[Source]:
    """An edition's files, its index first; problems where the files do not make one text."""
    loose = [file for file in files if len(PurePosixPath(file).parts) == 3]
    inside = sorted(file for file in files if file not in loose)
    index = [file for file in inside if file.endswith("/index.md")]
    if len(loose) > 1 or (loose and inside) or len(index) > 1:
        what = f"the edition's text is also in {files[0]}"
        shelf.problems.append(Problem(files[-1], 1, what, "keep the text in one place"))
        return []
    if inside and not index:
        remedy = "put the front matter and the title there"
        shelf.problems.append(Problem(inside[0], 1, "the edition's folder has no index.md", remedy))
        return []
    ordered = loose or [*index, *(file for file in inside if file not in index)]
    sources = []
    for file in ordered:
        source, problems = read_source(shelf.root, file)
        shelf.problems += problems
        if source is None:
            return []
        sources.append(source)
    return sources


def _in_order(editions: tuple[Edition, ...]) -> tuple[Edition, ...]:
    """The earliest first: by the day of publication, drafts last."""
    return tuple(sorted(editions, key=lambda e: (e.text.front.published or date.max, e.text.front.period.from_, e.id)))
