"""What the search page knows before it searches: words that mean the same, the plans by all their names. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..addresses import plan_address
from ..model import Library, Plan
from ..pages.catalogue import noticed
from ..pages.search import FACETS, facet_names
from ..status import edition_on


def words(library: Library, sizes: Mapping[str, int], results: Mapping[str, str]) -> dict[str, Any]:
    """`/search/words.json`; `sizes` counts each bundle's results, `results` gives the result that is a plan's page."""
    plans = [
        {
            "id": plan.id,
            "title": plan.facts.title,
            "address": plan_address(plan.id),
            "names": _names(plan),
            "in_effect": edition_on(plan, library.as_at) is not None,
            "result": results.get(f"{plan.id}/plan", ""),
        }
        for plan in library.plans
    ]
    return noticed(
        library,
        {
            "schema": "plan-archive/search-words/1",
            "authority": library.authority.name,
            "sizes": dict(sizes),
            "groups": _groups(library),
            "plans": plans,
            "facets": {name: facet_names(library)[name] for name in FACETS if name != "year"},
        },
    )


def _names(plan: Plan) -> list[str]:
    return [name for name in (plan.facts.abbreviation, *plan.facts.aliases) if name and not name.startswith("/")]


def _groups(library: Library) -> list[list[str]]:
    """Words that are searched as one; a plan's name among them is left to the plans, which are found by it anyway."""
    registers = library.registers
    names = {name.casefold() for plan in library.plans for name in (plan.facts.title, *_names(plan))}
    groups = [
        [term.title, *(word for word in term.also if word.casefold() not in names)]
        for register in (registers.terms, registers.needs_groups, registers.outcomes)
        for term in register.values()
    ]
    return [group for group in groups if len(group) > 1]
