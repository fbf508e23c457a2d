"""The page of partners and its data: who leads and supports what, with what duty, for whom, year on year."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from markupsafe import Markup

from ..facts import Partner
from ..insight.applying import duty_on
from ..insight.names import users_in
from ..insight.partners import Action, EditionPartners, PlanPartners, partners_of, unnamed, without_any
from ..insight.relationships import NO_STRUCTURE, Counted, Relations, relations
from ..insight.tables import what
from ..language import tr, tr_many
from ..model import Library
from ..schemas.tables import TABLES
from .catalogue import notice, noticed, to_json
from .cells import csv_text
from .drawing import draw
from .nouns import Contents, Page, SiteFile
from .partner_picture import Grid, picture
from .sentences import Link, cite

ADDRESS = "partners/"
COLUMNS = TABLES["partners"].head


def partners_pages(library: Library) -> Iterator[Page]:
    """The page of partners, where any plan names one."""
    found = partners_of(library)
    counted = relations(library.registers.relationships.values(), library.registers.needs_groups)
    if not found and not counted.total:
        return
    current = [plan for plan in found if plan.in_effect]
    register = library.registers.partners
    html = draw(
        "partners.html",
        ADDRESS,
        library=library,
        current=[(plan, [_grid(library, edition) for edition in plan.editions]) for plan in current],
        replaced=[plan for plan in found if not plan.in_effect],
        editions=[edition for plan in found for edition in plan.editions],
        unregistered=[edition for plan in found for edition in plan.editions if edition.unregistered],
        register=register,
        needs=library.registers.needs_groups,
        short={key: short(row) for key, row in register.items()},
        duty_on=duty_on,
        cite=lambda keys: cite(library, keys),
        without_any=lambda edition: without_any(library, edition),
        unnamed=lambda editions: unnamed(library, editions),
        seats=_seats(library),
        counted=counted if counted.total else None,
        sampled=_sampled(counted),
        structures=[(_structure(one), one) for one in counted.structures],
        what=what,
    )
    contents = [line for plan in current for line in _contents(library, plan)]
    contents += [Contents("users", tr("Children, young people and parents"), 2)]
    if any(not plan.in_effect for plan in found):
        contents.append(Contents("replaced", tr("The plans that were replaced"), 2))
    contents.append(Contents("not-in-the-register", tr("Not in the register"), 2))
    if counted.total:
        contents.append(Contents("sample", tr("A sample of planning relationships"), 2))
    description = tr("Who leads and supports each action, which partners had a duty to co-operate, and who has none.")
    yield Page(ADDRESS, tr("Partners"), description, html, tuple(contents), (Link(tr("Home"), ""),))


def partners_files(library: Library) -> Iterator[SiteFile]:
    """The partners of every edition as JSON, and every naming of one as CSV."""
    found = partners_of(library)
    counted = relations(library.registers.relationships.values(), library.registers.needs_groups)
    if not found and not counted.total:
        return
    value = {
        "schema": "plan-archive/partners/1",
        "partners": [
            {
                "key": key,
                "title": row.title,
                "also": list(row.also),
                "duty_on_the_archives_day": duty_on(row, library.as_at),
            }
            for key, row in library.registers.partners.items()
        ],
        "editions": [_edition_data(library, edition) for plan in found for edition in plan.editions],
        "relationships": _relations_data(counted) if counted.total else None,
    }
    yield SiteFile("data/partners.json", to_json(noticed(library, value)).encode())
    rows = (row for plan in found for edition in plan.editions for row in _rows(library, edition))
    yield SiteFile("data/partners.csv", csv_text(library, COLUMNS, rows).encode())


def short(partner: Partner) -> str:
    """A partner's name for narrow columns: the first of its other names."""
    return partner.also[0] if partner.also else partner.title


def _contents(library: Library, plan: PlanPartners) -> list[Contents]:
    """The headings of a plan in effect."""
    heads = {
        "years": tr("Year on year"),
        "each": tr("Each partner"),
        "lead": tr("Who leads"),
        "duty": tr("Partners with no duty"),
    }
    heads |= {"matrix": tr("Needs groups and partners")} if library.registers.needs_groups else {}
    heads |= {"none": tr("Who has none")}
    inner = [Contents(f"{plan.plan.id}-{name}", title, 3) for name, title in heads.items()]
    return [Contents(f"plan-{plan.plan.id}", plan.plan.facts.title, 2), *inner]


def _grid(library: Library, edition: EditionPartners) -> tuple[EditionPartners, Grid, Markup]:
    """Who meets which needs group in an edition: as counts, and as a picture."""
    register, groups = library.registers.partners, library.registers.needs_groups
    counts: dict[tuple[str, str], int] = {}
    for needs in groups:
        for partner in edition.shares:
            met, tagged = edition.meeting(needs, partner)
            if met or tagged:
                counts[needs, partner] = len(met) + len(tagged)
    columns = [(key, short(register[key])) for key in register if any(pair[1] == key for pair in counts)]
    says = tr(
        "{edition}: {groups} and {partners}, with the number of actions and sections in which the two meet."
        " The table below has the same figures.",
        edition=edition.edition.title,
        groups=tr_many("{count} needs group", "{count} needs groups", len(groups)),
        partners=tr_many("{count} partner", "{count} partners", len(columns)),
    )
    grid = Grid([(key, group.title) for key, group in groups.items()], columns, counts, says, notice(library))
    return edition, grid, picture(grid) if columns else Markup()


def _seats(library: Library) -> list[tuple[str, list[str]]]:
    """The groups at whose table users sit, with the words of the register."""
    found = []
    for group in library.registers.groups.values():
        words = [interest for interest in group.interests if users_in(interest)]
        if words:
            found.append((group.title, words))
    return found


def _sampled(counted: Relations) -> list[tuple[Counted, list[int]]]:
    """Each partner of the sample with its relationships for each needs group."""
    return [
        (partner, [counted.meeting.get((group, partner.name), 0) for group in counted.groups])
        for partner in counted.partners
    ]


def _structure(counted: Counted) -> str:
    """The name of the group or meeting where partners plan, or that none is named."""
    return tr(NO_STRUCTURE) if counted.name == NO_STRUCTURE else counted.name


def _edition_data(library: Library, told: EditionPartners) -> dict[str, Any]:
    register = library.registers.partners
    return {
        "edition": f"{told.edition.plan}@{told.edition.id}",
        "published": told.day.isoformat(),
        "actions": len(told.actions),
        "actions_with_no_partner": _refs(told.alone),
        "actions_resting_on_a_partner_with_no_duty": _refs(told.resting),
        "partners": [
            {
                "partner": key,
                "duty": duty_on(register[key], told.day),
                "leads": _refs(share.leads),
                "supports": _refs(share.supports),
                "sections": [tagged.section.id for tagged in share.sections],
            }
            for key, share in told.shares.items()
            if key in register
        ],
        "needs_groups": [
            {
                "needs_group": needs,
                "partner": key,
                "actions": _refs(met),
                "sections": [tagged.section.id for tagged in tagged_],
            }
            for needs in library.registers.needs_groups
            for key in told.shares
            for met, tagged_ in [told.meeting(needs, key)]
            if met or tagged_
        ],
        "needs_groups_with_no_partner": list(without_any(library, told)),
        "not_in_the_register": [{"name": name, "actions": _refs(stood)} for name, stood in told.unregistered],
        "users": {
            "actions": _refs(told.users.actions),
            "children_asked": list(told.users.who("children")),
            "parents_asked": list(told.users.who("parents")),
            "not_asked": list(told.users.not_asked),
        },
    }


def _relations_data(counted: Relations) -> dict[str, Any]:
    def rows(named: tuple[Counted, ...]) -> list[dict[str, Any]]:
        return [
            {"name": c.name, "relationships": c.relationships, "authorities": c.authorities, "needs_groups": c.groups}
            for c in named
        ]

    return {
        "sample": True,
        "relationships": counted.total,
        "authorities": len(counted.authorities),
        "per_authority": str(counted.per_authority),
        "per_authority_and_needs_group": str(counted.per_authority_and_group),
        "with_users": counted.users,
        "partners": rows(counted.partners),
        "structures": rows(counted.structures),
        "none": [{"authority": authority, "needs_group": group} for authority, group in counted.none],
    }


def _refs(found: tuple[Action, ...]) -> list[str]:
    return [action.row.ref for action in found]


def _rows(library: Library, told: EditionPartners) -> Iterator[tuple[str, ...]]:
    name = f"{told.edition.plan}@{told.edition.id}"
    register = library.registers.partners
    for action in told.actions:
        for role, names in (("leads", action.lead), ("supports", action.support)):
            for named in names:
                stands = (name, told.day.isoformat(), named.partner or "", named.words, named.duty, role)
                yield (*stands, f":{action.row.ref}", what(action.row), " ".join(action.needs))
    for tagged in told.sections:
        for key in tagged.partners:
            duty = duty_on(register[key], told.day) if key in register else "unknown"
            title = register[key].title if key in register else key
            stands = (name, told.day.isoformat(), key, title, duty, "section")
            yield (*stands, f"#{tagged.section.id}", tagged.section.title, " ".join(tagged.needs))
