"""What changed between two states of an archive, as one HTML file that needs nothing beside it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from ..errors import Problem
from ..model import Edition, Library, Section
from .catalogue import EXAMPLE_NOTICE
from .site import template


@dataclass(frozen=True)
class SectionChange:
    """One section that is new, gone, or says something else."""

    kind: str
    """added, removed, changed or retitled."""
    title: str
    old: str
    """Its old text, one block a line; "" where it is new."""
    new: str


@dataclass(frozen=True)
class EditionChange:
    """One edition that is new, gone, or has changed sections."""

    reference: str
    title: str
    kind: str
    """added, removed or changed."""
    sections: tuple[SectionChange, ...]
    words_before: int
    words_after: int
    facts_changed: bool


def changes(before: Library | None, after: Library | None) -> Iterator[EditionChange]:
    """Every edition that differs between two states of an archive, in order of plan and edition."""
    old, new = _editions(before), _editions(after)
    for reference in sorted({*old, *new}):
        was, is_now = old.get(reference), new.get(reference)
        sections = tuple(_sections(was, is_now))
        facts = was is not None and is_now is not None and _facts(was) != _facts(is_now)
        if was is not None and is_now is not None and not sections and not facts:
            continue
        kind = "added" if was is None else "removed" if is_now is None else "changed"
        one = is_now or was
        if one is not None:
            words = [edition.text.words if edition else 0 for edition in (was, is_now)]
            yield EditionChange(reference, one.title, kind, sections, words[0], words[1], facts)


def _editions(library: Library | None) -> dict[str, Edition]:
    plans = library.plans if library else ()
    return {f"{plan.id}@{edition.id}": edition for plan in plans for edition in plan.editions}


def _facts(edition: Edition) -> tuple[object, object]:
    return edition.facts, edition.text.front


def _sections(was: Edition | None, is_now: Edition | None) -> Iterator[SectionChange]:
    old = {section.id: section for section in was.text.sections} if was else {}
    new = {section.id: section for section in is_now.text.sections} if is_now else {}
    for section_id in [*new, *(key for key in old if key not in new)]:
        before, after = old.get(section_id), new.get(section_id)
        if before is None and after is not None:
            yield SectionChange("added", after.title, "", after.own_text)
        elif after is None and before is not None:
            yield SectionChange("removed", before.title, before.own_text, "")
        elif before is not None and after is not None and _said(before) != _said(after):
            kind = "changed" if before.own_text != after.own_text else "retitled"
            title = after.title if before.title == after.title else f"{before.title} \u2192 {after.title}"
            yield SectionChange(kind, title, before.own_text, after.own_text)


def _said(section: Section) -> tuple[str, str]:
    return section.title, section.own_text


def report_page(before: Library | None, after: Library | None, problems: tuple[Problem, ...], base: str) -> str:
    """The report as one HTML file; everything in it is escaped text."""
    notice = EXAMPLE_NOTICE if after and after.authority.example else ""
    name = after.authority.name if after else "This archive"
    style = Markup(template("report.css").render())  # noqa: S704  our own stylesheet
    found = tuple(changes(before, after))
    return template("report.html").render(
        found=found, problems=problems, base=base, notice=notice, name=name, style=style
    )
