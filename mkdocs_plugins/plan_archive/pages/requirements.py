"""The pages of what the law asks a plan to contain, and of the steps of joint planning, and their data."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..facts import About, Unknown, When
from ..insight.requirements import (
    EditionRequirements,
    Item,
    PlanRequirements,
    Step,
    Timing,
    requirements_of,
    steps_elsewhere,
)
from ..language import tr, tr_later, tr_many
from ..model import Library
from ..schemas.tables import TABLES
from .catalogue import noticed, to_json
from .cells import csv_text
from .drawing import draw
from .nouns import Contents, Page, SiteFile
from .sentences import Link, say_about, say_when

CONTENTS = "requirements/"
STEPS = "steps/"
COLUMNS = TABLES["requirements"].head
ROUTES = {
    "website": tr_later("Website"),
    "partners": tr_later("Copies to partners"),
    "libraries": tr_later("Copies in libraries"),
}
VERDICTS = {
    "on-time": tr_later("In time"),
    "not-known": tr_later("Not known"),
    "not-published": tr_later("No day of publication recorded"),
}


def requirements_pages(library: Library) -> Iterator[Page]:
    """What the law asks for, and the steps, where an edition can be held against either."""
    plans = requirements_of(library)
    listed = [plan for plan in plans if plan.listed]
    timed = [plan for plan in plans if any(edition.timing for edition in plan.editions)]
    if any(edition.items for plan in listed for edition in plan.editions) or timed:
        html = draw(
            "requirements.html",
            CONTENTS,
            library=library,
            listed=[(plan, list(_grid(library, plan))) for plan in listed],
            timed=timed,
            others=[plan for plan in plans if not plan.listed],
            law=library.registers.law,
            routes={name: tr(label) for name, label in ROUTES.items()},
            verdict=verdict,
            latest=latest,
        )
        contents = [Contents(f"plan-{plan.plan.id}", plan.plan.facts.title, 2) for plan in listed]
        contents += [Contents("in-time", tr("Published in time"), 2)] if timed else []
        description = tr("What the law asks each edition to contain, where it is met, and whether it came out in time.")
        title = tr("What the law asks for")
        yield Page(CONTENTS, title, description, html, tuple(contents), (Link(tr("Home"), ""),))
    elsewhere = steps_elsewhere(library)
    current = [edition for plan in listed for edition in plan.editions]
    if library.registers.steps and any(step.taken for e in (*current, *elsewhere) for step in e.steps):
        html = draw(
            "steps.html",
            STEPS,
            library=library,
            current=current,
            steps=library.registers.steps,
            data=any(True for _ in requirements_files(library)),
            elsewhere={
                key: [(e, s) for e in elsewhere for s in e.steps if s.key == key and s.taken]
                for key in library.registers.steps
            },
        )
        contents = [Contents(f"step-{key}", f"{key} {step.title}", 2) for key, step in library.registers.steps.items()]
        description = tr("The steps of joint planning, and where each edition takes them.")
        title = tr("Steps of joint planning")
        yield Page(STEPS, title, description, html, tuple(contents), (Link(tr("Home"), ""),))


def requirements_files(library: Library) -> Iterator[SiteFile]:
    """What each edition meets, as JSON and as CSV."""
    plans = requirements_of(library)
    editions = [edition for plan in plans for edition in plan.editions]
    if not any(edition.items or edition.timing for edition in editions):
        return
    value = {
        "schema": "plan-archive/requirements/1",
        "plans": [
            {
                "plan": plan.plan.id,
                "contents_in_the_register": plan.listed,
                "editions": [_data(edition) for edition in plan.editions],
                "years_with_no_edition": [{"year": str(year.year), "over": year.over} for year in plan.missing],
            }
            for plan in plans
        ],
    }
    yield SiteFile("data/requirements.json", to_json(noticed(library, value)).encode())
    rows = (row for edition in editions for row in _rows(edition))
    yield SiteFile("data/requirements.csv", csv_text(library, COLUMNS, rows).encode())


def latest(when: When) -> str:
    """The last day allowed, in words; of a month or a year, its end."""
    return tr("end of {when}", when=say_about(when)) if isinstance(when, About) else say_when(when)


def verdict(timing: Timing) -> str:
    """Whether an edition came out in time, in words."""
    if timing.verdict == "late":
        return tr_many("{count} day late", "{count} days late", timing.days)
    if timing.verdict == "exempt":
        return tr("Exempt: {why}", why=timing.due.exempt)
    return tr(VERDICTS[timing.verdict])


def _grid(library: Library, plan: PlanRequirements) -> Iterator[tuple[str, str, list[str]]]:
    """Each thing asked for, with how it stands in each edition: met, unmet or not asked for."""
    rows = library.registers.required_contents
    for key in plan.items:
        found = []
        for edition in plan.editions:
            item = next((item for item in edition.items if item.key == key), None)
            found.append("not-asked" if item is None else "met" if item.sections else "unmet")
        yield rows[key].title, rows[key].provision, found


def _stated(when: When | None) -> str | None:
    """A stated day as a program reads it: the day, or its year or month; None where it is not known."""
    if when is None or isinstance(when, Unknown):
        return None
    return when.about if isinstance(when, About) else when.isoformat()


def _data(edition: EditionRequirements) -> dict[str, Any]:
    timing, facts = edition.timing, edition.facts
    return {
        "edition": f"{edition.edition.plan}@{edition.edition.id}",
        "published": edition.day.isoformat(),
        "kind": edition.edition.text.front.kind,
        "contents": [
            {
                "key": item.key,
                "title": item.requirement.title,
                "law": item.requirement.law,
                "provision": item.requirement.provision,
                "sections": [section.id for section in item.sections],
            }
            for item in edition.items
        ],
        "steps": [
            {
                "key": step.key,
                "title": step.step.title,
                "sections": [section.id for section in step.sections],
                "actions": [row.ref for row in step.actions],
            }
            for step in edition.steps
        ],
        "due": {
            "on": _stated(timing.due.on),
            "rule": timing.due.rule,
            "law": list(timing.due.law),
            "exempt": timing.due.exempt,
            "verdict": timing.verdict,
            "days_late": timing.days,
        }
        if timing
        else None,
        "publication": {name: _stated(getattr(facts.publication, name)) if facts else None for name in ROUTES},
    }


def _rows(edition: EditionRequirements) -> Iterator[tuple[str, ...]]:
    stands = f"{edition.edition.plan}@{edition.edition.id}", edition.day.isoformat()
    for item in edition.items:
        met = "yes" if item.sections else "no"
        yield (*stands, "content", item.key, item.requirement.title, met, _where(item))
    for step in edition.steps:
        yield (*stands, "step", step.key, step.step.title, "yes" if step.taken else "no", _where(step))
    if edition.timing is not None:
        told = "in time", f"due {latest(edition.timing.due.on)}"
        yield (*stands, "due", *told, "yes" if edition.timing.verdict == "on-time" else edition.timing.verdict, "")


def _where(found: Item | Step) -> str:
    rows = found.actions if isinstance(found, Step) else ()
    return " ".join([*(f"#{section.id}" for section in found.sections), *(f":{row.ref}" for row in rows)])
