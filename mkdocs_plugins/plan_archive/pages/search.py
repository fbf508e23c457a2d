"""The page to search on: a box for those whose browser can search, and lists of everything for everyone."""

from __future__ import annotations

from collections.abc import Iterator

from ..model import Library
from .a_to_z import by_letter, group_parts
from .drawing import draw
from .nouns import Page
from .sentences import LABELS, Link, plan_standing
from .years import years_of

FACETS = ("plan", "year", "status", "kind", "needs", "outcome")
"""By what results can be narrowed, in the order in which the page asks."""
KINDS = {"statutory": "Required by law at some time", "voluntary": "Not required by law"}


def facet_names(library: Library) -> dict[str, dict[str, str]]:
    """What each value of each facet is called."""
    registers = library.registers
    in_order = sorted(library.plans, key=lambda plan: plan.facts.title.casefold())
    return {
        "plan": {plan.id: plan.facts.title for plan in in_order},
        "year": {str(year): str(year) for year in _period_years(library)},
        "status": {status.value: label for status, label in LABELS.items()},
        "kind": KINDS,
        "needs": {key: term.title for key, term in registers.needs_groups.items()},
        "outcome": {key: term.title for key, term in registers.outcomes.items()},
    }


def _period_years(library: Library) -> list[int]:
    periods = [edition.text.front.period for plan in library.plans for edition in plan.editions]
    return sorted({year for period in periods for year in range(period.from_.year, period.to.year + 1)})


def search_pages(library: Library) -> Iterator[Page]:
    """The page `/search/`: its lists stand there until a search has worked."""
    address = "search/"
    names = facet_names(library)
    editions = [(plan, edition) for plan in library.plans for edition in plan.editions]
    found = {standing.status.value for plan in library.plans for standing in [plan_standing(library, plan)]}
    html = draw(
        "search.html",
        address,
        library=library,
        names=names | {"status": {key: label for key, label in names["status"].items() if key in found}},
        plans=[(plan, plan_standing(library, plan)) for plan in sorted(library.plans, key=_title)],
        letters=tuple(by_letter(library)),
        years=years_of(library),
        groups=[(term, group_parts(library, key)[:3]) for key, term in library.registers.needs_groups.items()],
        count=len(editions),
    )
    description = "Search every edition of every plan, or find a plan by its name, a year or a group of children."
    yield Page(
        address, "Search", description, html, trail=(Link("Home", ""),), script="assets/search.js"
    )


def _title(plan: object) -> str:
    return str(plan.facts.title).casefold()  # type: ignore[attr-defined]
