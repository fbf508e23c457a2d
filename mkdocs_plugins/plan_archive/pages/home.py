"""The home page: what is in effect, what became of the plans that are not, what came lately, the line of descent."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from ..addresses import plan_address
from ..language import say_day, tr, tr_many
from ..model import Edition, Library, Plan
from ..status import Status, last_edition
from .descent import shown
from .drawing import draw
from .nouns import Page
from .pairs import Pair
from .search import tries
from .sentences import Link, Sentence, Standing, on_when, plan_standing, sentence, the

LATELY = 5
"""How many editions are told as published lately."""


@dataclass(frozen=True)
class Gone:
    """Plans that one plan replaced on one day, told once for all of them."""

    says: Sentence
    plans: tuple[tuple[Plan, bool], ...]
    """Each with whether it was replaced in part."""


@dataclass(frozen=True)
class Current:
    """A plan in effect: its edition, and what changed since the one before."""

    plan: Plan
    edition: Edition | None
    since: Pair | None


@dataclass(frozen=True)
class Came:
    """An edition that was published lately, and in a sentence what it changed."""

    published: date
    plan: Plan
    edition: Edition
    since: Pair | None
    says: str


def home_page(library: Library, pairs: Sequence[Pair], there: Iterable[str], more: tuple[Link, ...]) -> Page:
    """The home page; `there` are the addresses that it may lead to."""
    standings = [(plan, plan_standing(library, plan)) for plan in library.plans]
    gone, others = became(library, [row for row in standings if row[1].status is not Status.IN_EFFECT])
    html = draw(
        "home.html",
        "",
        library=library,
        in_effect=[_current(library, plan, pairs) for plan, s in standings if s.status is Status.IN_EFFECT],
        gone=gone,
        others=others,
        lately=lately(library, pairs),
        descent=shown(library, ""),
        there=frozenset(there),
        more=more,
        tries=tries(library),
    )
    name, day = library.authority.name, say_day(library.as_at)
    title = tr("Plans of {authority}", authority=name)
    description = tr("Find a plan of {authority}, or what became of one. As at {day}.", authority=name, day=day)
    return Page("", title, description, html)


def _current(library: Library, plan: Plan, pairs: Sequence[Pair]) -> Current:
    edition = last_edition(plan, library.as_at)
    return Current(plan, edition, since(pairs, edition))


def since(pairs: Sequence[Pair], edition: Edition | None) -> Pair | None:
    """The comparison of an edition with the one before it."""
    return next((pair for pair in pairs if pair.neighbours and pair.new is edition), None)


def became(library: Library, ended: Sequence[tuple[Plan, Standing]]) -> tuple[list[Gone], list[tuple[Plan, Standing]]]:
    """Plans that are not in effect: those that one plan replaced together, and each of the others."""
    together: dict[tuple[str, str], list[Plan]] = {}
    for plan, standing in ended:
        if standing.status is Status.SUPERSEDED and len(plan.facts.superseded_by) == 1:
            succession = plan.facts.superseded_by[0]
            together.setdefault((succession.plan, on_when(succession.on)), []).append(plan)
    told = {plan.id for plans in together.values() if len(plans) > 1 for plan in plans}
    gone = [
        Gone(_says(library, successor, when, len(plans)), tuple(_by_title(plans)))
        for (successor, when), plans in sorted(together.items(), key=lambda pair: (-len(pair[1]), pair[0]))
        if len(plans) > 1
    ]
    others = [(plan, standing) for plan, standing in ended if plan.id not in told]
    return gone, sorted(others, key=lambda row: (row[0].facts.title.casefold(), row[0].id))


def _says(library: Library, successor: str, when: str, count: int) -> Sentence:
    plan = library.plan(successor)
    link = Link(the(plan.facts.title if plan else successor), plan_address(successor))
    said = tr_many(
        "{count} plan was replaced by {plan} {on_day}:", "{count} plans were replaced by {plan} {on_day}:", count
    )
    return sentence(said, plan=link, on_day=when)


def _by_title(plans: Iterable[Plan]) -> list[tuple[Plan, bool]]:
    in_order = sorted(plans, key=lambda plan: (plan.facts.title.casefold(), plan.id))
    return [(plan, plan.facts.superseded_by[0].extent == "part") for plan in in_order]


def lately(library: Library, pairs: Sequence[Pair]) -> list[Came]:
    """The editions that were published last before the archive's day, the latest first."""
    dated = [
        (published, plan, edition)
        for plan in library.plans
        for edition in plan.editions
        if (published := edition.versions[0].front.published) and published <= library.as_at
    ]
    last = sorted(dated, key=lambda row: (row[0], row[1].id, row[2].id), reverse=True)[:LATELY]
    return [
        Came(published, plan, edition, pair := since(pairs, edition), pair.findings[0].brief if pair else "")
        for published, plan, edition in last
    ]
