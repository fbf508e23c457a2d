"""The page to search on: a box for those whose browser can search, and lists of everything for everyone."""

from __future__ import annotations

from collections.abc import Iterator

from ..language import tr, tr_later
from ..model import Library, Plan
from ..status import Status, edition_on, plan_status
from .a_to_z import by_letter, group_parts
from .drawing import draw
from .nouns import Page
from .sentences import Link, plan_standing, status_label
from .years import years_of

FACETS = ("plan", "year", "status", "kind", "needs", "outcome")
"""By what results can be narrowed, in the order in which the page asks."""
HELP = "about/searching/"
"""The help page on searching, where the archive has one."""
KINDS = {"statutory": tr_later("Required by law at some time"), "voluntary": tr_later("Not required by law")}


def facet_names(library: Library) -> dict[str, dict[str, str]]:
    """What each value of each facet is called."""
    registers = library.registers
    return {
        "plan": {plan.id: plan.facts.title for plan in in_order(library)},
        "year": {str(year): str(year) for year in _period_years(library)},
        "status": {status.value: status_label(status) for status in Status},
        "kind": {kind: tr(label) for kind, label in KINDS.items()},
        "needs": {key: term.title for key, term in registers.needs_groups.items()},
        "outcome": {key: term.title for key, term in registers.outcomes.items()},
    }


def _period_years(library: Library) -> list[int]:
    periods = [edition.text.front.period for plan in library.plans for edition in plan.editions]
    return sorted({year for period in periods for year in range(period.from_.year, period.to.year + 1)})


def search_pages(library: Library, help_pages: frozenset[str] = frozenset()) -> Iterator[Page]:
    """The page `/search/`: its lists stand there until a search has worked."""
    address = "search/"
    names = facet_names(library)
    found = {standing.status.value for plan in library.plans for standing in [plan_standing(library, plan)]}
    html = draw(
        "search.html",
        address,
        library=library,
        helped=HELP in help_pages,
        names=names | {"status": {key: label for key, label in names["status"].items() if key in found}},
        plans=[(plan, plan_standing(library, plan), plan_names(plan)) for plan in in_order(library)],
        letters=tuple(by_letter(library)),
        years=years_of(library),
        groups=[(term, group_parts(library, key)[:3]) for key, term in library.registers.needs_groups.items()],
    )
    description = tr("Search every edition of every plan, or find a plan by its name, a year or a group of children.")
    yield Page(address, tr("Search"), description, html, trail=(Link(tr("Home"), ""),), script="assets/search.js")


def in_order(library: Library) -> list[Plan]:
    """The plans by their titles."""
    return sorted(library.plans, key=lambda plan: (plan.facts.title.casefold(), plan.id))


def plan_names(plan: Plan) -> list[str]:
    """A plan's other names; old web addresses are none."""
    names = dict.fromkeys((plan.facts.abbreviation or "", *plan.facts.aliases))
    return [name for name in names if name and not name.startswith("/")]


def tries(library: Library) -> tuple[str, ...]:
    """Three things to try: a word that has many others, a group of children, a plan that is no longer in effect."""
    titles = {
        section.title.casefold()
        for plan in library.plans
        for edition in [edition_on(plan, library.as_at)]
        for section in (edition.text.sections if edition else ())
    }
    registers = library.registers
    words = [term for term in registers.terms.values() if term.title.casefold() in titles and " " not in term.title]
    groups = [term.title for term in registers.needs_groups.values() if term.title.casefold() in titles]
    old = [plan.facts.title for plan in in_order(library) if plan_status(plan, library.as_at) is Status.SUPERSEDED]
    word = max(words, key=lambda term: (len(term.also), term.title)).title if words else ""
    return tuple(found for found in (word.lower(), *(group.lower() for group in groups[-1:]), *old[:1]) if found)
