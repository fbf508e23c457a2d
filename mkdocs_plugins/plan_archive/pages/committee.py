"""The report that a committee gets with an edition: what the archive knows, and blanks where people must write."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from ..addresses import comparison_address, edition_address
from ..compare.telling import number
from ..facts import DecisionMade, Unknown
from ..insight.committee import Matter, matter, until
from ..language import say_day, tr, tr_later, tr_many
from ..model import Edition, Library, Plan
from ..status import Status, edition_status
from .catalogue import notice
from .committee_asked import asked_parts, implications, resource_parts
from .committee_measures import measure_parts
from .pairs import Pair, compared
from .paper import Blank, Entries, Heading, Listing, Paper, Paragraph, Part, Table, Words, composed
from .requirements import verdict
from .sentences import duty_sentences, edition_standing, on_when, say_decision, say_name, say_when, text_of

KINDS = {
    "plan": tr_later("It is a new plan, for {first} to {last}."),
    "refresh": tr_later("It is a yearly refresh of the plan, for {first} to {last}."),
    "review": tr_later("It is a review of the plan, for {first} to {last}."),
}


def committee_paper(library: Library, plan: Plan, edition: Edition) -> Paper:
    """The covering report of an edition."""
    pairs = [compared(plan, old, new, neighbours=True) for old, new in pairwise(until(plan, edition).editions)]
    told = matter(library, plan, edition, [(p.old.id, p.new.id, p.comparison.measures) for p in pairs])
    pair = pairs[-1] if pairs else None
    body = (
        *_purpose(library, told),
        *_background(library, told),
        *_changes(told, pair),
        *measure_parts(told, pair),
        *asked_parts(told),
        *resource_parts(told),
        *implications(told),
        *_recommendations(told, pair),
        *_papers(library, told),
    )
    paper = Paper(
        title=tr("Report: {edition}", edition=edition.title),
        notice=notice(library),
        author=library.authority.name,
        language=library.authority.languages[0],
        day=told.requirements.day,
        parts=(*_opening(library, told), *body),
    )
    return replace(paper, parts=(Paragraph((_draft(library, len(paper.blanks)),)), *paper.parts))


def _draft(library: Library, count: int) -> str:
    """What stands above the report: from what it is made, and how much of it a person must write."""
    name, words = library.authority.name, number(count)
    left = tr_many(
        '{number} place, marked "To be written", needs a person.',
        '{number} places, marked "To be written", need a person.',
        count,
        number=words[:1].upper() + words[1:],
    )
    made = tr("Draft, made from the archive of {authority} as at {day}.", authority=name, day=say_day(library.as_at))
    return " ".join((made, left, tr("Check all of it before it goes out.")))


def _opening(library: Library, told: Matter) -> Iterator[Part]:
    facts = told.plan.facts
    to = tr("the committee; the plan is approved by: {approver}", approver=say_name(facts.approver))
    by = tr("the officer; the plan is the responsibility of: {owner}", owner=say_name(facts.owner))
    yield Entries(
        (
            (tr("To"), (Blank(to),)),
            (tr("From"), (Blank(by),)),
            (tr("Date"), (Blank(tr("the day of the meeting")),)),
            (tr("Plan"), (f"{facts.title} ({told.plan.id}@{told.edition.id})",)),
            (tr("Questions about the archive"), (library.authority.contact.email,)),
        )
    )


def _purpose(library: Library, told: Matter) -> Iterator[Part]:
    front = told.edition.text.front
    first, last = say_day(front.period.from_), say_day(front.period.to)
    about = tr("This report is about {edition}.", edition=told.edition.title)
    yield Heading(tr("Purpose"))
    kind = tr(KINDS[front.kind], first=first, last=last)
    yield Paragraph((f"{about} {kind}",))
    standing = edition_standing(library, library.plan(told.plan.id) or told.plan, told.edition)
    yield Paragraph((" ".join(text_of(sentence) for sentence in standing.sentences),))
    yield Paragraph((Blank(tr("what members are asked to decide, in one sentence")),))


def _background(library: Library, told: Matter) -> Iterator[Part]:
    facts = told.plan.facts
    yield Heading(tr("Background"))
    yield Paragraph((facts.summary,))
    yield Paragraph((" ".join(text_of(sentence) for sentence in duty_sentences(library, told.plan)),))
    timing = told.requirements.timing
    if timing is not None:
        law = library.registers.law
        cited = "; ".join(law[key].citation if key in law else key for key in timing.due.law)
        rule = f"{timing.due.rule.rstrip('.')}{f' ({cited})' if cited else ''}"
        published = told.edition.facts.publication.website if told.edition.facts else None
        said = [tr("Due: {day}. The rule: {rule}.", day=say_when(timing.due.on), rule=rule)]
        said += [tr("It was published {on_day}.", on_day=on_when(published))] if published else []
        yield Paragraph((" ".join((*said, f"{verdict(timing)}.")),))
    else:
        yield Paragraph((tr("No day is recorded by which the law asked for this edition."),))
    if told.missing_years:
        years = ", ".join(str(year.year) for year in told.missing_years)
        missing = tr("The law asked for an edition in {years} too, and the archive holds none.", years=years)
        yield Paragraph((missing,))
    yield from _replaced(library, told)


def _replaced(library: Library, told: Matter) -> Iterator[Part]:
    """What the edition takes the place of: the one before it or, for a plan's first, the plans before it."""
    if told.before is not None:
        ref = f"{told.plan.id}@{told.before.id}"
        yield Paragraph((tr("It follows {edition} ({ref}).", edition=told.before.title, ref=ref),))
        return
    successions = told.plan.facts.supersedes
    if not successions:
        none = tr("The archive holds no edition before it, and it is not recorded to replace another plan.")
        yield Paragraph((none,))
        return
    count = len(successions)
    takes = tr_many(
        "It takes the place of {number} other plan:",
        "It takes the place of {number} other plans:",
        count,
        number=number(count),
    )
    yield Paragraph((takes,))
    items = []
    for each in successions:
        old = library.plan(each.plan)
        said = {
            "plan": old.facts.title if old else each.plan,
            "on_day": on_when(each.on),
            "decision": say_decision(each.authority),
        }
        if each.extent == "part":
            items.append((tr("{plan}, in part, {on_day} ({decision})", **said),))
        else:
            items.append((tr("{plan}, {on_day} ({decision})", **said),))
    yield Listing(tuple(items))


def _unexplained(pair: Pair | None) -> list[str]:
    return [finding.text for finding in pair.findings if finding.silent] if pair else []


def _changes(told: Matter, pair: Pair | None) -> Iterator[Part]:
    yield Heading(tr("What changed since the last edition"))
    if pair is None:
        yield Paragraph((tr("There is no earlier edition to compare it with."),))
        return
    silent = _unexplained(pair)
    if silent:
        yield Paragraph((tr("With no reason given:"),))
        yield Listing(tuple((sentence,) for sentence in silent))
    else:
        yield Paragraph((tr("Every change for which a reason is asked has one."),))
    rest = [finding.text for finding in pair.findings if not finding.silent]
    if rest:
        yield Paragraph((tr("Beside {edition}:", edition=pair.old.title),))
        yield Listing(tuple((sentence,) for sentence in rest))
    note = told.edition.text.front.change_note
    if note:
        yield Paragraph((tr("The edition's own note: {note}", note=note),))
    else:
        none = tr("The edition has no change note.")
        yield Paragraph((f"{none} ", Blank(tr("what changed, and why"))))
    if not told.edition.draft:
        address = f"/{comparison_address(told.plan.id, pair.old.id, pair.new.id)}"
        yield Paragraph((tr("Every change, word by word: {address} on the archive's site.", address=address),))


def _recommendations(told: Matter, pair: Pair | None) -> Iterator[Part]:
    """What members may be asked to do: a draft, for whoever signs the report to settle."""
    facts = told.edition.facts
    yield Heading(tr("Recommendations (draft)"))
    if facts is not None and isinstance(facts.decision, DecisionMade):
        said = tr(
            "The archive records a decision about this edition: {decision}. What follows is drafted as before it.",
            decision=say_decision(facts.decision),
        )
        yield Paragraph((said,))
    yield Paragraph((tr("That members:"),))
    yield Listing(tuple(_recommended(told, pair)), numbered=True)


def _recommended(told: Matter, pair: Pair | None) -> Iterator[Words]:
    title, year = told.edition.title, told.results[-1].year if told.results else ""
    if pair is not None:
        yield (tr("note what changed since {edition}", edition=pair.old.title),)
    if _unexplained(pair):
        yield (tr("ask for the reasons for the changes that have none, before they decide"),)
    if told.requirements.unmet:
        yield (tr("ask where the plan holds what the law asks for and no section is recorded to hold"),)
    asked = told.consultation
    if asked is not None and asked.new_plan and asked.missing:
        yield (tr("ask why those who are missing under Consultation were not consulted, or not recorded"),)
    if told.missed:
        yield (tr("note the results of {year} that did not reach their target", year=year),)
    if told.edition.text.front.kind == "review":
        yield (tr("note {edition}", edition=title),)
    else:
        approver, on = told.plan.facts.approver, Blank(tr("the day on which it takes effect"))
        if isinstance(approver, Unknown):
            yield composed(tr("approve {edition} to take effect on {day}"), edition=title, day=on)
        else:
            said = tr("approve {edition}, or recommend it to {approver} for approval, to take effect on {day}")
            yield composed(said, edition=title, approver=approver, day=on)
    yield (Blank(tr("anything else that members are asked to do, or delete this line")),)


def _papers(library: Library, told: Matter) -> Iterator[Part]:
    yield Heading(tr("Background papers"))
    rows = []
    for paper in told.papers:
        text, here = paper.text, f"{paper.edition.plan}@{paper.edition.id}"
        name = text.front.title
        if text.version > 1:
            name = tr("{title}, corrected: version {version}", title=name, version=text.version)
        if edition_status(paper.edition, library.as_at) is Status.DRAFT:
            name = tr("{title} (draft)", title=name)
        address = f"/{edition_address(paper.edition.plan, paper.edition.id)}"
        where = tr("not published") if paper.edition.draft else address
        rows.append((f"{name} ({here}, {where})", text.file, text.sha256))
    head = (tr("Paper, and where it is on the archive's site"), tr("File"), "SHA-256")
    yield Table(tr("Texts in the archive, with the hash by which each can be checked"), head, tuple(rows))
    law = library.registers.law
    basis = told.plan.facts.legal_basis
    cited = [law[key].citation for key in basis if key in law] if isinstance(basis, tuple) else []
    if cited:
        yield Paragraph((tr("Law: {law}.", law="; ".join(cited)),))
    yield Paragraph((Blank(tr("other papers that this report rests on")),))
