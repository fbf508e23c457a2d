"""What the site says of a plan, an edition or a duty, in plain sentences that carry their day.

A sentence is a run of words and links, drawn by the templates and readable as text. Nothing here says "now".
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from ..addresses import edition_address, plan_address
from ..facts import About, DecisionMade, EditionFacts, Succession, Unknown, When
from ..language import parts, say_day, say_month, tr, tr_later
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


@dataclass(frozen=True)
class Link:
    """Words that lead to an address of the site."""

    text: str
    address: str


Sentence = tuple[str | Link, ...]

LABELS = {
    Status.DRAFT: tr_later("Draft"),
    Status.NOT_YET_APPROVED: tr_later("Not yet approved"),
    Status.APPROVED: tr_later("Approved"),
    Status.IN_EFFECT: tr_later("In effect"),
    Status.SUPERSEDED: tr_later("Replaced"),
    Status.LAPSED: tr_later("Lapsed"),
    Status.WITHDRAWN: tr_later("Withdrawn"),
    Status.NEVER_ADOPTED: tr_later("Never adopted"),
    Status.UNKNOWN: tr_later("Not known"),
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


def status_label(status: Status) -> str:
    """A status in a word or two."""
    return tr(LABELS[status])


def sentence(text: str, /, **values: str | Link) -> Sentence:
    """A sentence in the language that is spoken, with words and links in its `{places}`; `text` is translated."""
    return tuple(parts(text, values))


def say_when(when: When | None) -> str:
    """A stated date in words; "not known" where it is not."""
    if isinstance(when, About):
        return tr("about {when}", when=say_about(when))
    if isinstance(when, Unknown):
        return tr("not known ({why})", why=when.unknown.rstrip("."))
    return say_day(when) if when else tr("not given")


def say_about(when: About) -> str:
    """The month or the year of a day that is known roughly."""
    year, _, month = when.about.partition("-")
    return say_month(date(int(year), int(month), 1)) if month else year


def on_when(when: When) -> str:
    """A stated date as it follows a verb: "on 1 April 2006", "about March 2004"."""
    if isinstance(when, Unknown):
        return tr("on a day that is not known")
    return say_when(when) if isinstance(when, About) else tr("on {day}", day=say_when(when))


def say_decision(decision: DecisionMade | Unknown) -> str:
    """A decision in words: Full council, 30 March 2006, minute 88."""
    if isinstance(decision, Unknown):
        return tr("decision not known: {why}", why=decision.unknown.rstrip("."))
    return tr("{body}, {day}, minute {minute}", body=decision.body, day=say_day(decision.date), minute=decision.minute)


def say_name(name: str | Unknown) -> str:
    """A name or a text, or that it is not known."""
    return tr("Not known: {why}", why=name.unknown) if isinstance(name, Unknown) else name


def text_of(sentence: Iterable[str | Link]) -> str:
    """A sentence as plain text."""
    return "".join(part.text if isinstance(part, Link) else part for part in sentence)


def the(title: str) -> str:
    """A plan's title with its article."""
    return tr("the {title}", title=title)


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
    label = status_label(status)
    if status in (Status.IN_EFFECT, Status.NOT_YET_APPROVED, Status.APPROVED):
        return tr("{status} on {day}", status=label, day=say_day(day))
    if status is Status.SUPERSEDED and isinstance(end, date):
        return tr("{status} on {day}", status=label, day=say_day(end + timedelta(days=1)))
    if status in (Status.LAPSED, Status.WITHDRAWN):
        if end is None:
            return tr("{status}, day not known", status=label)
        return tr("{status} {on_day}", status=label, on_day=on_when(end))
    if status is Status.UNKNOWN:
        return tr("Not known whether in effect on {day}", day=say_day(day))
    return label


def _plan_sentences(library: Library, plan: Plan, status: Status) -> list[Sentence]:
    day = library.as_at
    if status is Status.IN_EFFECT:
        edition = edition_on(plan, day)
        if edition and edition.facts:
            since = say_when(edition.facts.in_effect.from_)
            link = Link(edition.title, edition_address(plan.id, edition.id))
            said = tr("The edition in effect is {edition}, since {day}.")
            return [sentence(said, edition=link, day=since), *_partly(library, plan)]
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
        sentence(tr("A part of it was taken up by {plan} {on_day} ({decision})."), **_successor(library, succession))
        for succession in plan.facts.superseded_by
        if succession.extent == "part" and (first_day(succession.on) or date.max) <= day
    ]


def _replaced(library: Library, succession: Succession) -> Sentence:
    """By what a plan was replaced, when, and by whose decision."""
    whole, part = (
        tr("Replaced by {plan} {on_day} ({decision})."),
        tr("Replaced in part by {plan} {on_day} ({decision})."),
    )
    return sentence(part if succession.extent == "part" else whole, **_successor(library, succession))


def _successor(library: Library, succession: Succession) -> dict[str, str | Link]:
    """The plan that took another's place, on which day, by whose decision."""
    successor = library.plan(succession.plan)
    name = successor.facts.title if successor else succession.plan
    return {
        "plan": Link(the(name), plan_address(succession.plan)),
        "on_day": on_when(succession.on),
        "decision": say_decision(succession.authority),
    }


def duty_sentences(library: Library, plan: Plan) -> list[Sentence]:
    """How the legal duty to make a plan stood, apart from how the plan stood."""
    duty, day = plan.facts.duty, library.as_at
    standing = duty_status(duty, day)
    cited = cite(library, duty.by)
    sentences: list[Sentence] = []
    if standing is DutyStatus.NONE:
        sentences.append((tr("There was no legal duty to make this plan."),))
    elif standing is DutyStatus.NEVER_COMMENCED:
        sentences.append((tr("The duty was repealed; we have not found that it was ever in force."),))
    elif standing is DutyStatus.PROSPECTIVE:
        sentences.append((tr("The duty to make it was not yet in force on {day}.", day=say_day(day)),))
    elif standing is DutyStatus.IN_FORCE:
        law = cite(library, plan.facts.legal_basis)
        sentences.append((tr("The duty to make it was in force on {day}{law}.", day=say_day(day), law=law),))
        if isinstance(duty.ended, date):
            sentences.append((tr("The duty ended later, {on_day}{law}.", on_day=on_when(duty.ended), law=cited),))
    elif standing is DutyStatus.ENDED and duty.ended is not None:
        sentences.append(_ended_duty(plan, day, duty.ended, cited))
    else:
        sentences.append((tr("Whether the duty to make it was in force on {day} is not known.", day=say_day(day)),))
    if duty.note:
        sentences.append((duty.note.rstrip(".") + ".",))
    return sentences


def _ended_duty(plan: Plan, day: date, ended: When, cited: str) -> Sentence:
    spans = [e.facts.in_effect for e in plan.editions if e.facts and not e.draft]
    over = last_day(ended) or day
    after = [span for span in spans if span.from_ is not None and (last_day(span.to) or date.max) > over]
    if not after:
        return (tr("The duty to make it ended {on_day}{law}.", on_day=on_when(ended), law=cited),)
    last = after[-1].to
    if last is None or (last_day(last) or date.max) >= day:
        said = tr(
            "The duty to make it had ended {on_day}{law}; from then on the council kept this plan without a duty."
        )
        return sentence(said, on_day=on_when(ended), law=cited)
    said = tr("The duty to make it had ended {on_day}{law}; until {day} the council kept this plan without a duty.")
    return sentence(said, on_day=on_when(ended), law=cited, day=say_when(last))


def cite(library: Library, keys: tuple[str, ...] | Unknown) -> str:
    """Citations in brackets, each once; nothing where there are none."""
    if isinstance(keys, Unknown) or not keys:
        return ""
    law = library.registers.law
    return " (" + "; ".join(law[key].citation if key in law else key for key in keys) + ")"


def _edition_sentences(library: Library, plan: Plan, edition: Edition, status: Status) -> list[Sentence]:
    facts, day = edition.facts, library.as_at
    if status is Status.DRAFT or facts is None:
        return [(tr("This is a draft. It has not been approved and may change."),)]
    span = facts.in_effect
    first, last = say_when(span.from_), say_when(span.to)
    was = tr("This edition was in effect from {first} to {last}.", first=first, last=last)
    if status is Status.SUPERSEDED:
        return [_what_replaced(library, plan, edition), (was,), *_in_effect_on(library, plan, day)]
    if status is Status.LAPSED:
        return [(tr("It lapsed; its last day was {last}. Nothing replaced it.", last=last),), (was,)]
    if status is Status.WITHDRAWN:
        return [(tr("It was withdrawn; its last day was {last}. Nothing replaced it.", last=last),), (was,)]
    return _not_ended(facts, status)


def _not_ended(facts: EditionFacts, status: Status) -> list[Sentence]:
    """What is said of an edition that is in effect, not yet, never, or nobody knows."""
    span, decision = facts.in_effect, say_decision(facts.decision)
    first, last = say_when(span.from_), say_when(span.to)
    if status is Status.IN_EFFECT:
        said: list[Sentence] = [(tr("In effect since {day} ({decision}).", day=first, decision=decision),)]
        if span.to is not None:
            said.append((tr("It ended later: its last day was {last}.", last=last),))
        return said
    if status is Status.NEVER_ADOPTED:
        return [(tr("It was put forward but never adopted ({decision}).", decision=decision),)]
    if status is Status.UNKNOWN:
        return [(tr("First day in effect: {day}.", day=first),), (tr("Last day: {day}.", day=last),)]
    begins = first if span.from_ else tr("no day")
    if status is Status.APPROVED:
        return [(tr("It was approved ({decision}) and took effect from {day}.", decision=decision, day=begins),)]
    approved = tr("It was approved only later ({decision}) and took effect from {day}.")
    return [sentence(approved, decision=decision, day=begins)]


def _what_replaced(library: Library, plan: Plan, edition: Edition) -> Sentence:
    """The next edition of the plan or, after the last, the plan that took its place."""
    later = plan.after(edition)
    if later is not None and later.facts is not None:
        link = Link(later.title, edition_address(plan.id, later.id))
        begun = on_when(later.facts.in_effect.from_) if later.facts.in_effect.from_ else ""
        decision = say_decision(later.facts.decision)
        return sentence(tr("Replaced by {plan} {on_day} ({decision})."), plan=link, on_day=begun, decision=decision)
    if plan.facts.superseded_by:
        return _replaced(library, plan.facts.superseded_by[0])
    return (tr("Replaced."),)


def _in_effect_on(library: Library, plan: Plan, day: date) -> list[Sentence]:
    """The edition that is in effect on the day, found by following the successions."""
    seen: set[str] = set()
    here: Plan | None = plan
    while here is not None and here.id not in seen:
        seen.add(here.id)
        current = edition_on(here, day)
        if current is not None:
            link = Link(current.title, edition_address(here.id, current.id))
            return [sentence(tr("In effect on {day}: {edition}."), day=say_day(day), edition=link)]
        onward = here.facts.superseded_by
        here = library.plan(onward[0].plan) if onward else None
    return []
