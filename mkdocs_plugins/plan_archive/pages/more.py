"""The pages that are not about one plan, as the home page lists them."""

from __future__ import annotations

from collections.abc import Collection

from ..language import tr, tr_later
from .sentences import Link

MORE = (
    (tr_later("Line of descent: the plans, their years, and what took each up"), "descent/"),
    (tr_later("A to Z: every plan by all its names, and the words that plans use"), "a-to-z/"),
    (tr_later("Year by year: which plans were in effect in each year"), "years/"),
    (tr_later("As at a date: which plans were in effect on any day"), "as-at/"),
    (tr_later("Where did it go? Each part of every plan that was replaced"), "where/"),
    (tr_later("Coverage: what is recorded of where they went"), "coverage/"),
    (tr_later("Publication log: what was published, when, by whom and why"), "log/"),
    (tr_later("Audit: check that nothing was altered"), "audit/"),
    (tr_later("Agreements: targets that are shared with the government"), "agreements/"),
    (tr_later("Resources: what actions are paid from"), "agreements/resources/"),
    (tr_later("Partners: who leads and supports what, and with what duty"), "partners/"),
    (tr_later("Needs groups: what the plans have for each"), "needs/"),
    (tr_later("Consultation: who was asked, and what changed"), "consultation/"),
    (tr_later("What the law asks a plan to contain, and where editors marked it"), "requirements/"),
    (tr_later("The steps of joint planning, and where editors marked them"), "steps/"),
    (tr_later("Lessons from earlier planning"), "lessons/"),
)
"""In the order of the list; those that an archive has nothing to show for are left out."""


def more_pages(there: Collection[str]) -> tuple[Link, ...]:
    """Those that the archive has, in the language that is spoken."""
    return tuple(Link(tr(words), address) for words, address in MORE if address in there)
