"""Who looks after which files: the lines of a CODEOWNERS file, from the register of groups.

A forge asks the owners of a file before a change to it is taken in. A text that is one file cannot be owned section
by section, so every group that owns a section of it owns the file's folder; where an edition is a folder of chapters,
each chapter belongs to the groups whose sections stand in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ..facts import Group, SectionFacts
from ..model import Edition, Library, Plan
from ..status import first_day, last_day

HEAD = (
    "# Made by `plan-archive codeowners` from plans/registers/groups.yml. Do not edit it by hand.",
    "# The last line that matches a file decides who is asked.",
)


@dataclass(frozen=True)
class Owned:
    """A file or a folder, and the groups that look after it."""

    path: str
    """From the archive's root, with a leading slash; a folder ends in one."""
    groups: tuple[str, ...]
    """Their keys, in the register's order."""


def codeowners(library: Library) -> str:
    """The whole CODEOWNERS file; the same archive gives the same text."""
    groups = library.registers.groups
    lines = list(HEAD)
    for one in owned(library):
        handles = dict.fromkeys(handle for key in one.groups for handle in _handles(groups[key]))
        if handles:
            titles = "; ".join(" ".join(groups[key].title.split()) for key in one.groups if _handles(groups[key]))
            lines += ["", f"# {titles}", " ".join([one.path, *handles])]
    return "\n".join(lines) + "\n"


def _handles(group: Group) -> list[str]:
    """A group's names on the forge; a forge would take a word without an @ for no owner at all."""
    return [word for handle in group.handles for word in handle.split() if "@" in word and "#" not in word]


def owned(library: Library) -> tuple[Owned, ...]:
    """What each group looks after, the general before the particular."""
    lead = leading(library)
    found = [Owned("/plans/", lead)] if lead else []
    for plan in library.plans:
        for folder, editions in _folders(plan):
            own = _in_order(library, [key for edition in editions for key in _owners(edition)])
            if own:
                found.append(Owned(f"/{folder}/", _in_order(library, [*lead, *own])))
            for edition in editions:
                found += _chapters(library, edition)
    return tuple(found)


def leading(library: Library) -> tuple[str, ...]:
    """The strategy groups that there are on the archive's day."""
    return _in_order(library, (key for key, group in _there(library) if group.kind == "strategy-group"))


def _there(library: Library) -> Iterator[tuple[str, Group]]:
    """The groups that had begun and not ended on the archive's day."""
    for key, group in library.registers.groups.items():
        begun = first_day(group.from_) if group.from_ else None
        over = last_day(group.to) if group.to else None
        if (begun is None or begun <= library.as_at) and (over is None or library.as_at <= over):
            yield key, group


def _in_order(library: Library, keys: Iterable[str]) -> tuple[str, ...]:
    """Groups once each, in the register's order; those that have ended, or are not in it, own nothing."""
    named = set(keys)
    return tuple(key for key, _ in _there(library) if key in named)


def _folders(plan: Plan) -> Iterator[tuple[str, list[Edition]]]:
    """The folders in which a plan's files lie, with the editions in each: a plan may lie under both roots."""
    by_folder: dict[str, list[Edition]] = {}
    for edition in plan.editions:
        root = edition.text.file.partition("/")[0]
        by_folder.setdefault(f"{root}/{plan.id}", []).append(edition)
    yield from sorted(by_folder.items())


def _owners(edition: Edition) -> list[str]:
    stated = edition.text.front.sections
    return [owner for section in edition.text.sections if (owner := _owner(stated, section.id))]


def _owner(stated: dict[str, SectionFacts], section_id: str) -> str | None:
    return stated[section_id].owner if section_id in stated else None


def _chapters(library: Library, edition: Edition) -> Iterator[Owned]:
    """The chapters of an edition that is a folder, with the groups whose sections stand in each."""
    folder, _, name = edition.text.file.rpartition("/")
    if name != "index.md":
        return
    stated = edition.text.front.sections
    by_chapter: dict[str, list[str]] = {}
    for section in edition.text.sections:
        owner = _owner(stated, section.id)
        by_chapter.setdefault(section.chapter, []).extend([owner] if owner else [])
    for chapter, keys in by_chapter.items():
        groups = _in_order(library, keys)
        if groups:
            yield Owned(f"/{folder}/{chapter}.md", groups)
