"""The pages that are not about one plan, as the home page lists them."""

from __future__ import annotations

from .sentences import Link

MORE = (
    Link("Line of descent: the plans, their years, and what took each up", "descent/"),
    Link("A to Z: every plan by all its names, and the words that plans use", "a-to-z/"),
    Link("Year by year: which plans were in effect in each year", "years/"),
    Link("As at a date: which plans were in effect on any day", "as-at/"),
    Link("Where did it go? Each part of every plan that was replaced", "where/"),
    Link("Coverage: what is recorded of where they went", "coverage/"),
    Link("Publication log: what was published, when, by whom and why", "log/"),
    Link("Audit: check that nothing was altered", "audit/"),
    Link("Agreements: targets that are shared with the government", "agreements/"),
    Link("Resources: what actions are paid from", "agreements/resources/"),
    Link("Partners: who leads and supports what, and with what duty", "partners/"),
    Link("Needs groups: what the plans have for each", "needs/"),
    Link("Consultation: who was asked, and what changed", "consultation/"),
    Link("What the law asks a plan to contain, and where editors marked it", "requirements/"),
    Link("The steps of joint planning, and where editors marked them", "steps/"),
    Link("Lessons from earlier planning", "lessons/"),
)
"""In the order of the list; those that an archive has nothing to show for are left out."""
