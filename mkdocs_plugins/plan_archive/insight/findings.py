"""What `check` warns of: contents that the law asks for and no section is recorded to hold, steps, people not asked."""

from __future__ import annotations

from collections.abc import Iterator

from ..errors import Problem
from ..model import Library, Text
from .consultation import consultation_of
from .requirements import EditionRequirements, requirements_of


def check_insight(library: Library, half: frozenset[tuple[str, str]] = frozenset()) -> Iterator[Problem]:
    """Warnings about editions of plans whose required contents, or consultees, are in the registers.

    `half` names what could not be read whole, so that an edition with problems is not taken for one that is missing.
    """
    for plan in requirements_of(library):
        if not plan.listed:
            continue
        for edition in plan.editions:
            yield from _edition(edition)
        unread = any(name == plan.plan.id for name, _ in half)
        for missing in plan.missing:
            if missing.over and not unread:
                what = f"the law asked for an edition or a review in {missing.year}, and the archive holds none"
                remedy = "add the edition, or say under `due` of the next one why the body was exempt"
                yield Problem(plan.plan.file, 1, what, remedy, "warning")
    for asked in consultation_of(library):
        for told in asked.editions:
            if told.new_plan:
                text = told.edition.text
                for row in told.missing:
                    what = f"`{row.key}` ({row.consultee.provision}) was to be consulted, and no line says so"
                    remedy = f"add a line with `consultee: {row.key}` to `consultation`, if they were asked"
                    yield Problem(text.file, _line(text, "consultation"), what, remedy, "warning")


def _edition(edition: EditionRequirements) -> Iterator[Problem]:
    if not edition.items:
        return
    text = edition.edition.text
    line = _line(text, "sections")
    for item in edition.unmet:
        what = f"no section is recorded to hold `{item.key}` ({item.requirement.provision}: {item.requirement.title})"
        remedy = f"add `requirement: [{item.key}]` to the section that holds it"
        yield Problem(text.file, line, what, remedy, "warning")
    for step in edition.untaken:
        what = f"no section or action takes step {step.key} ({step.step.title})"
        remedy = f'add `step: ["{step.key}"]` to the section that takes it'
        yield Problem(text.file, line, what, remedy, "warning")


def _line(text: Text, key: str) -> int:
    return dict(text.front_lines).get(key, 1)
