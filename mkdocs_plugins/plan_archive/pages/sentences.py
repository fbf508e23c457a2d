"""What the site says of a plan, an edition or a duty, in plain sentences that carry their day.

A sentence is a run of words and links, drawn by the templates and readable as text. Nothing here says "now".
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from ..addresses import edition_address, plan_address
from ..facts import About, DecisionMade, EditionFacts, Succession, Unknown, When
from ..model import Edition, Library, Plan
from ..status import (
    DutyStatus,
    Status,
    duty_status,
    edition_on,
    edition_status,
    first_day,
    last_day,
    plan_status,
)

MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


@dataclass(frozen=True)
class Link:
    """Words that lead to an address of the site."""

    text: str
    address: str


Sentence = tuple[str | Link, ...]

LABELS = {
    Status.DRAFT: "Draft",
    Status.NOT_YET_APPROVED: "Not yet approved",
    Status.APPROVED: "Approved",
    Status.IN_EFFECT: "In effect",
    Status.SUPERSEDED: "Replaced",
    Status.LAPSED: "Lapsed",
    Status.WITHDRAWN: "Withdrawn",
    Status.NEVER_ADOPTED: "Never adopted",
    Status.UNKNOWN: "Not known",
}
SHAPES = {
    Status.DRAFT: "○",
    Status.NOT_YET_APPROVED: "○",
    Status.APPROVED: "◇",
    Status.IN_EFFECT: "●",
    Status.SUPERSEDED: "■",
    Status.LAPSED: "□",
    Status.WITHDRAWN: "▲",
    Status.NEVER_ADOPTED: "△",
    Status.UNKNOWN: "?",
}
"""A shape beside every status word, so that colour is never the only sign."""


def say_day(day: date) -> str:
    """A day as readers write it: 1 April 2006."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def say_when(when: When | None) -> str:
    """A stated date in words; "not known" where it is not."""
    if isinstance(when, About):
        year, _, month = when.about.partition("-")
        return f"about {MONTHS[int(month) - 1]} {year}" if month else f"about {year}"
    if isinstance(when, Unknown):
        return f"not known ({when.unknown.rstrip('.')})"
    return say_day(when) if when else "not given"


def on_when(when: When) -> str:
    """A stated date as it follows a verb: "on 1 April 2006", "about March 2004"."""
    if isinstance(when, Unknown):
        return "on a day that is not known"
    return say_when(when) if isinstance(when, About) else f"on {say_when(when)}"


def say_decision(decision: DecisionMade | Unknown) -> str:
    """A decision in words: Full council, 30 March 2006, minute 88."""
    if isinstance(decision, Unknown):
        return f"decision not known: {decision.unknown.rstrip('.')}"
    return f"{decision.body}, {say_day(decision.date)}, minute {decision.minute}"


def say_name(name: str | Unknown) -> str:
    """A name or a text, or that it is not known."""
    return f"Not known: {name.unknown}" if isinstance(name, Unknown) else name


def text_of(sentence: Iterable[str | Link]) -> str:
    """A sentence as plain text."""
    return "".join(part.text if isinstance(part, Link) else part for part in sentence)


def the(title: str) -> str:
    """A plan's title with its article."""
    return f"the {title}"


@dataclass(frozen=True)
class Standing:
    """What is said at the top of a plan or an edition: its status with its day, and why."""

    status: Status
    label: str
    shape: str
    """Drawn beside the label."""
    day: date
    sentences: tuple[Sentence, ...]


def plan_standing(library: Library, plan: Plan) -> Standing:
    """Whether a plan applies on the archive's day, what replaced it, and how its duty stood."""
    day = library.as_at
    status = plan_status(plan, day)
    sentences = [*_plan_sentences(library, plan, status), *duty_sentences(library, plan)]
    return Standing(status, _label(status, day, _ended_on(plan, status)), SHAPES[status], day, tuple(sentences))


def edition_standing(library: Library, plan: Plan, edition: Edition) -> Standing:
    """Whether an edition is in effect on the archive's day and, if not, what replaced it, when, by whose decision."""
    day = library.as_at
    status = edition_status(edition, day)
    end = edition.facts.in_effect.to if edition.facts else None
    sentences = _edition_sentences(library, plan, edition, status)
    return Standing(status, _label(status, day, end), SHAPES[status], day, tuple(sentences))


def _ended_on(plan: Plan, status: Status) -> When | None:
    ends = [e.facts.in_effect.to for e in plan.editions if e.facts and e.facts.in_effect.ended_by == status]
    return ends[-1] if ends else None


def _label(status: Status, day: date, end: When | None) -> str:
    if status in (Status.IN_EFFECT, Status.NOT_YET_APPROVED, Status.APPROVED):
        return f"{LABELS[status]} on {say_day(day)}"
    if status is Status.SUPERSEDED and isinstance(end, date):
        return f"{LABELS[status]} on {say_day(end + timedelta(days=1))}"
    if status in (Status.LAPSED, Status.WITHDRAWN):
        return f"{LABELS[status]} {on_when(end)}" if end is not None else f"{LABELS[status]}, day not known"
    if status is Status.UNKNOWN:
        return f"Not known whether in effect on {say_day(day)}"
    return LABELS[status]


def _plan_sentences(library: Library, plan: Plan, status: Status) -> list[Sentence]:
    day = library.as_at
    if status is Status.IN_EFFECT:
        edition = edition_on(plan, day)
        if edition and edition.facts:
            since = say_when(edition.facts.in_effect.from_)
            link = Link(edition.title, edition_address(plan.id, edition.id))
            return [("The edition in effect is ", link, f", since {since}."), *_partly(library, plan)]
    if status is Status.SUPERSEDED:
        return [_replaced(library, succession) for succession in plan.facts.superseded_by]
    edition = plan.editions[-1] if plan.editions else None
    if edition is None:
        return [(plan.facts.no_editions.rstrip(".") + ".",)] if plan.facts.no_editions else []
    return _edition_sentences(library, plan, edition, status)


def _partly(library: Library, plan: Plan) -> list[Sentence]:
    """A part of a plan in effect that another plan has taken up."""
    day = library.as_at
    return [
        ("A part of it was taken up by ", *_replaced(library, s)[1:])
        for s in plan.facts.superseded_by
        if s.extent == "part" and (first_day(s.on) or date.max) <= day
    ]


def _replaced(library: Library, succession: Succession) -> Sentence:
    """By what a plan was replaced, when, and by whose decision."""
    successor = library.plan(succession.plan)
    name = successor.facts.title if successor else succession.plan
    link = Link(the(name), plan_address(succession.plan))
    decision = say_decision(succession.authority)
    part = "in part " if succession.extent == "part" else ""
    return (f"Replaced {part}by ", link, f" {on_when(succession.on)} ({decision}).")


def duty_sentences(library: Library, plan: Plan) -> list[Sentence]:
    """How the legal duty to make a plan stood, apart from how the plan stood."""
    duty, day = plan.facts.duty, library.as_at
    standing = duty_status(duty, day)
    cited = cite(library, duty.by)
    sentences: list[Sentence] = []
    if standing is DutyStatus.NONE:
        sentences.append(("There was no legal duty to make this plan.",))
    elif standing is DutyStatus.NEVER_COMMENCED:
        sentences.append(("The duty was repealed; we have not found that it was ever in force.",))
    elif standing is DutyStatus.PROSPECTIVE:
        sentences.append((f"The duty to make it was not yet in force on {say_day(day)}.",))
    elif standing is DutyStatus.IN_FORCE:
        sentences.append(
            (f"The duty to make it was in force on {say_day(day)}{cite(library, plan.facts.legal_basis)}.",)
        )
        if isinstance(duty.ended, date):
            sentences.append((f"The duty ended later, {on_when(duty.ended)}{cited}.",))
    elif standing is DutyStatus.ENDED and duty.ended is not None:
        sentences.append(_ended_duty(plan, day, duty.ended, cited))
    else:
        sentences.append((f"Whether the duty to make it was in force on {say_day(day)} is not known.",))
    if duty.note:
        sentences.append((duty.note.rstrip(".") + ".",))
    return sentences


def _ended_duty(plan: Plan, day: date, ended: When, cited: str) -> Sentence:
    spans = [e.facts.in_effect for e in plan.editions if e.facts and not e.draft]
    over = last_day(ended) or day
    after = [span for span in spans if span.from_ is not None and (last_day(span.to) or date.max) > over]
    if not after:
        return (f"The duty to make it ended {on_when(ended)}{cited}.",)
    last = after[-1].to
    if last is None or (last_day(last) or date.max) >= day:
        kept = "from then on the council kept this plan without a duty"
    else:
        kept = f"until {say_when(last)} the council kept this plan without a duty"
    return (f"The duty to make it had ended {on_when(ended)}{cited}; {kept}.",)


def cite(library: Library, keys: tuple[str, ...] | Unknown) -> str:
    """Citations in brackets, each once; nothing where there are none."""
    if isinstance(keys, Unknown) or not keys:
        return ""
    law = library.registers.law
    return " (" + "; ".join(law[key].citation if key in law else key for key in keys) + ")"


def _edition_sentences(library: Library, plan: Plan, edition: Edition, status: Status) -> list[Sentence]:
    facts, day = edition.facts, library.as_at
    if status is Status.DRAFT or facts is None:
        return [("This is a draft. It has not been approved and may change.",)]
    span = facts.in_effect
    was = f"This edition was in effect from {say_when(span.from_)} to {say_when(span.to)}."
    if status is Status.SUPERSEDED:
        return [_what_replaced(library, plan, edition), (was,), *_in_effect_on(library, plan, day)]
    if status in (Status.LAPSED, Status.WITHDRAWN):
        how = "lapsed" if status is Status.LAPSED else "was withdrawn"
        return [(f"It {how}; its last day was {say_when(span.to)}. Nothing replaced it.",), (was,)]
    return _not_ended(facts, status)


def _not_ended(facts: EditionFacts, status: Status) -> list[Sentence]:
    """What is said of an edition that is in effect, not yet, never, or nobody knows."""
    span, decision = facts.in_effect, say_decision(facts.decision)
    if status is Status.IN_EFFECT:
        sentences: list[Sentence] = [(f"In effect since {say_when(span.from_)} ({decision}).",)]
        if span.to is not None:
            sentences.append((f"It ended later: its last day was {say_when(span.to)}.",))
        return sentences
    if status is Status.NEVER_ADOPTED:
        return [(f"It was put forward but never adopted ({decision}).",)]
    if status is Status.UNKNOWN:
        return [(f"First day in effect: {say_when(span.from_)}.",), (f"Last day: {say_when(span.to)}.",)]
    verb = "was approved" if status is Status.APPROVED else "was approved only later"
    begins = say_when(span.from_) if span.from_ else "no day"
    return [(f"It {verb} ({decision}) and took effect from {begins}.",)]


def _what_replaced(library: Library, plan: Plan, edition: Edition) -> Sentence:
    """The next edition of the plan or, after the last, the plan that took its place."""
    later = plan.after(edition)
    if later is not None and later.facts is not None:
        link = Link(later.title, edition_address(plan.id, later.id))
        begun = on_when(later.facts.in_effect.from_) if later.facts.in_effect.from_ else ""
        return ("Replaced by ", link, f" {begun} ({say_decision(later.facts.decision)}).")
    if plan.facts.superseded_by:
        return _replaced(library, plan.facts.superseded_by[0])
    return ("Replaced.",)


def _in_effect_on(library: Library, plan: Plan, day: date) -> list[Sentence]:
    """The edition that is in effect on the day, found by following the successions."""
    seen: set[str] = set()
    here: Plan | None = plan
    while here is not None and here.id not in seen:
        seen.add(here.id)
        current = edition_on(here, day)
        if current is not None:
            link = Link(current.title, edition_address(here.id, current.id))
            return [(f"In effect on {say_day(day)}: ", link, ".")]
        onward = here.facts.superseded_by
        here = library.plan(onward[0].plan) if onward else None
    return []
