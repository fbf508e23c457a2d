"""The register of all plans, and the page of each."""

from __future__ import annotations

from collections.abc import Sequence

from ..addresses import changes_address, plan_address
from ..insight.descent import descent
from ..insight.lessons import KINDS, by_kind
from ..language import say_day, tr, tr_later
from ..model import Library, Plan
from ..record import Record
from ..status import Status, edition_status, last_edition
from .descent import ADDRESS as DESCENT
from .descent import shown
from .drawing import draw
from .home import since
from .linked_data import plan_data
from .nouns import Page
from .pairs import Pair
from .sentences import Link, plan_standing
from .ways import Tracing

SURE = {"certain": "●", "named": "◕", "probable": "◑", "suggested": "○"}
"""How sure the archive is, the surer the fuller its shape."""
SURE_WORDS = {
    "certain": tr_later("Certain"),
    "named": tr_later("Named"),
    "probable": tr_later("Probable"),
    "suggested": tr_later("Suggested"),
}
CLAIMS = {
    "membership": tr_later("That it is one of the plans that were replaced"),
    "basis": tr_later("Its legal basis"),
    "cycle": tr_later("How often it was made"),
    "end": tr_later("When its duty or programme ended"),
}
ENDED_DUTY = {
    "repealed": tr_later("repealed"),
    "revoked": tr_later("revoked"),
    "substituted": tr_later("substituted"),
    "disapplied": tr_later("disapplied"),
    "lapsed": tr_later("lapsed"),
}
"""How a duty ended."""


def membership(plan: Plan) -> str | None:
    """How sure the archive is that a plan is one of those that were replaced; None where it does not say so."""
    return next((row.confidence for row in plan.facts.evidence if row.claim == "membership"), None)


def register_page(library: Library, help_pages: frozenset[str]) -> Page:
    """Every plan, its status, how sure it is one of those replaced, what replaced it."""
    in_order = sorted(library.plans, key=lambda plan: (plan.facts.title.casefold(), plan.id))
    rows = [(plan, plan_standing(library, plan), membership(plan)) for plan in in_order]
    sure = [name for name in SURE if any(row[2] == name for row in rows)]
    html = draw(
        "register.html",
        "plans/",
        library=library,
        rows=rows,
        present=[status for status in Status if any(standing.status is status for _, standing, _ in rows)],
        sure=sure,
        shapes=SURE,
        sure_words=_said(SURE_WORDS),
        help_pages=help_pages,
    )
    description = tr(
        "Every plan in this archive, whether it applied and what replaced it. As at {day}.", day=say_day(library.as_at)
    )
    return Page("plans/", tr("All plans"), description, html, trail=(Link(tr("Home"), ""),))


def _said(words: dict[str, str]) -> dict[str, str]:
    """Words for the templates, in the language that is spoken."""
    return {key: tr(word) for key, word in words.items()}


def plan_page(
    library: Library,
    plan: Plan,
    pairs: Sequence[Pair],
    tracing: Tracing,
    record: Record,
    help_pages: frozenset[str],
    measured: str = "",
) -> Page:
    """One plan: whether it applies, what it was, how sure that is, its editions and its line of descent."""
    address = plan_address(plan.id)
    last = last_edition(plan, library.as_at)
    standing = plan_standing(library, plan)
    doubt = next((e for e in plan.facts.evidence if e.claim == "membership" and e.confidence == "suggested"), None)
    html = draw(
        "plan.html",
        address,
        library=library,
        plan=plan,
        facts=plan.facts,
        standing=standing,
        editions=[(e, edition_status(e, library.as_at), since(pairs, e)) for e in plan.editions],
        last=last,
        last_since=since(pairs, last),
        gone=last is not None and tracing.tabled(plan.id, last.id),
        law=library.registers.law,
        lessons=[(tr(KINDS[kind]), rows) for kind, rows in by_kind(library, plan.id)],
        changes=changes_address(plan.id) if len(plan.editions) > 1 else None,
        help_pages=help_pages,
        measured=measured,
        descent=shown(library, address, plan),
        descent_address=DESCENT if descent(library).dated else None,
        logged=record.log is not None and any(entry.plan == plan.id for entry in record.log.entries),
        shapes=SURE,
        sure_words=_said(SURE_WORDS),
        claims=_said(CLAIMS),
        ended_duty=_said(ENDED_DUTY),
        doubt=doubt,
    )
    trail = (Link(tr("Home"), ""), Link(tr("All plans"), "plans/"))
    description = f"{plan.facts.title}: {standing.label}. {plan.facts.summary}"
    linked = plan_data(library, plan, standing)
    return Page(address, plan.facts.title, description, html, trail=trail, source=plan.file, linked_data=linked)
