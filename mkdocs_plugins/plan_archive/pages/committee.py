"""The report that a committee gets with an edition: what the archive knows, and blanks where people must write."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from ..addresses import comparison_address, edition_address, measures_address
from ..compare.telling import MEASURES, measure_names, number
from ..facts import DecisionMade, Unknown
from ..insight.committee import Matter, matter, until
from ..insight.figures import Figure
from ..language import say_day
from ..model import Edition, Library, MeasureChange, Plan
from ..status import Status, edition_status
from .catalogue import EXAMPLE_NOTICE
from .changes import FIELD_WORDS, MEASURE_WORDS, in_words
from .committee_asked import asked_parts, implications, resource_parts
from .pairs import Pair, compared
from .paper import Blank, Entries, Heading, Listing, Paper, Paragraph, Part, Table, Words
from .requirements import verdict
from .sentences import duty_sentences, edition_standing, on_when, say_decision, say_name, say_when, text_of

KINDS = {"plan": "a new plan", "refresh": "a yearly refresh of the plan", "review": "a review of the plan"}
NO_REASON = "No reason given"
ASKED = frozenset(kind for kind, _, _ in MEASURES)
"""Changes to measures for which a reason is asked."""


def committee_paper(library: Library, plan: Plan, edition: Edition) -> Paper:
    """The covering report of an edition."""
    pairs = [compared(plan, old, new, neighbours=True) for old, new in pairwise(until(plan, edition).editions)]
    told = matter(library, plan, edition, [(p.old.id, p.new.id, p.comparison.measures) for p in pairs])
    pair = pairs[-1] if pairs else None
    body = (
        *_purpose(library, told),
        *_background(library, told),
        *_changes(told, pair),
        *_measures(told, pair),
        *asked_parts(told),
        *resource_parts(told),
        *implications(told),
        *_recommendations(told, pair),
        *_papers(library, told),
    )
    paper = Paper(
        title=f"Report: {edition.title}",
        notice=EXAMPLE_NOTICE if library.authority.example else "",
        author=library.authority.name,
        language=library.authority.languages[0],
        day=told.requirements.day,
        parts=(*_opening(library, told), *body),
    )
    count = len(paper.blanks)
    said = f"Draft, made from the archive of {library.authority.name} as at {say_day(library.as_at)}. "
    said += f'{number(count).capitalize()} {"place" if count == 1 else "places"}, marked "To be written", '
    said += f"{'needs' if count == 1 else 'need'} a person. Check all of it before it goes out."
    return replace(paper, parts=(Paragraph((said,)), *paper.parts))


def _opening(library: Library, told: Matter) -> Iterator[Part]:
    facts = told.plan.facts
    yield Entries(
        (
            ("To", (Blank(f"the committee; the plan is approved by: {say_name(facts.approver)}"),)),
            ("From", (Blank(f"the officer; the plan is the responsibility of: {say_name(facts.owner)}"),)),
            ("Date", (Blank("the day of the meeting"),)),
            ("Plan", (f"{facts.title} ({told.plan.id}@{told.edition.id})",)),
            ("Questions about the archive", (library.authority.contact.email,)),
        )
    )


def _purpose(library: Library, told: Matter) -> Iterator[Part]:
    front = told.edition.text.front
    kind = KINDS[front.kind]
    period = f"{say_day(front.period.from_)} to {say_day(front.period.to)}"
    yield Heading("Purpose")
    yield Paragraph((f"This report is about {told.edition.title}. It is {kind}, for {period}.",))
    standing = edition_standing(library, library.plan(told.plan.id) or told.plan, told.edition)
    yield Paragraph((" ".join(text_of(sentence) for sentence in standing.sentences),))
    yield Paragraph((Blank("what members are asked to decide, in one sentence"),))


def _background(library: Library, told: Matter) -> Iterator[Part]:
    facts = told.plan.facts
    yield Heading("Background")
    yield Paragraph((facts.summary,))
    yield Paragraph((" ".join(text_of(sentence) for sentence in duty_sentences(library, told.plan)),))
    timing = told.requirements.timing
    if timing is not None:
        law = library.registers.law
        cited = "; ".join(law[key].citation if key in law else key for key in timing.due.law)
        rule = f"{timing.due.rule.rstrip('.')}{f' ({cited})' if cited else ''}"
        published = told.edition.facts.publication.website if told.edition.facts else None
        came = f"It was published {on_when(published)}. " if published else ""
        yield Paragraph((f"Due: {say_when(timing.due.on)}. The rule: {rule}. {came}{verdict(timing)}.",))
    else:
        yield Paragraph(("No day is recorded by which the law asked for this edition.",))
    if told.missing_years:
        years = ", ".join(str(year.year) for year in told.missing_years)
        yield Paragraph((f"The law asked for an edition in {years} too, and the archive holds none.",))
    yield from _replaced(library, told)


def _replaced(library: Library, told: Matter) -> Iterator[Part]:
    """What the edition takes the place of: the one before it or, for a plan's first, the plans before it."""
    if told.before is not None:
        yield Paragraph((f"It follows {told.before.title} ({told.plan.id}@{told.before.id}).",))
        return
    successions = told.plan.facts.supersedes
    if not successions:
        yield Paragraph(("The archive holds no edition before it, and it is not recorded to replace another plan.",))
        return
    yield Paragraph((f"It takes the place of {number(len(successions))} other plan{'s' * (len(successions) > 1)}:",))
    items = []
    for each in successions:
        old = library.plan(each.plan)
        part = ", in part" if each.extent == "part" else ""
        title = old.facts.title if old else each.plan
        items.append((f"{title}{part}, {on_when(each.on)} ({say_decision(each.authority)})",))
    yield Listing(tuple(items))


def _unexplained(pair: Pair | None) -> list[str]:
    return [sentence for sentence in pair.told if "with no reason given" in sentence] if pair else []


def _changes(told: Matter, pair: Pair | None) -> Iterator[Part]:
    yield Heading("What changed since the last edition")
    if pair is None:
        yield Paragraph(("There is no earlier edition to compare it with.",))
        return
    silent = _unexplained(pair)
    if silent:
        yield Paragraph(("With no reason given:",))
        yield Listing(tuple((sentence,) for sentence in silent))
    else:
        yield Paragraph(("Every change for which a reason is asked has one.",))
    rest = [sentence for sentence in pair.told if sentence not in silent]
    if rest:
        yield Paragraph((f"Beside {pair.old.title}:",))
        yield Listing(tuple((sentence,) for sentence in rest))
    note = told.edition.text.front.change_note
    if note:
        yield Paragraph((f"The edition's own note: {note}",))
    else:
        yield Paragraph(("The edition has no change note. ", Blank("what changed, and why")))
    if not told.edition.draft:
        address = comparison_address(told.plan.id, pair.old.id, pair.new.id)
        yield Paragraph((f"Every change, word by word: /{address} on the archive's site.",))


def _measures(told: Matter, pair: Pair | None) -> Iterator[Part]:
    yield Heading("Measures")
    if told.measures is None:
        yield Paragraph(("The edition has no table of measures.",))
        return
    rows = [m for m in pair.comparison.measures if m.change != "actual_added"] if pair else []
    names = measure_names(pair.comparison) if pair else {}
    yield Heading("Targets and other figures that were changed", 3)
    if rows:
        head = ("Ref", "What is measured", "What was done", "Before", "Now", "Reason")
        order = list(MEASURE_WORDS)
        rows.sort(key=lambda m: (_reason(m) != NO_REASON, order.index(m.change)))
        table = tuple(_change(m, names.get(m.ref, "")) for m in rows)
        yield Table("Changes to measures; those with no reason given first", head, table)
    else:
        yield Paragraph(("None." if pair else "There is no earlier edition to compare it with.",))
    yield Heading("Results against targets", 3)
    yield from _results(told)


def _reason(measure: MeasureChange) -> str:
    if measure.reason:
        return measure.reason
    return NO_REASON if measure.change in ASKED else "None asked for"


def _change(measure: MeasureChange, name: str) -> tuple[str, ...]:
    figures = ("", "") if measure.field == "measure" else (measure.old or "None", measure.new or "None")
    return measure.ref, name, _done(measure), *figures, _reason(measure)


def _done(measure: MeasureChange) -> str:
    """What was done: "Target 2009: made easier", "Baseline changed"."""
    said = in_words(measure)
    if measure.field == "target":
        return f"Target {measure.year}: {said}" if measure.year else f"Target: {said}"
    if measure.field in ("baseline year", "better"):
        return f"{FIELD_WORDS[measure.field]}: changed"
    return f"{said.capitalize()}{f' ({measure.year})' if measure.year else ''}"


def _results(told: Matter) -> Iterator[Part]:
    if not told.results:
        yield Paragraph(("No results are reported yet.",))
        return
    yield Table(
        "Results and their targets, by year",
        ("Year", "Results reported", "Reached the target as first set", "Reached the target as last set"),
        tuple((y.year or "Not given", str(y.reported), _share(y.first), _share(y.last)) for y in told.results),
    )
    yield Paragraph(("A result is judged only where it and its target are single figures that are counted alike.",))
    year = told.results[-1].year
    if told.missed:
        head = ("Ref", "What is measured", "Better", "Target as first set", "Target as last set", "Result")
        rows = tuple(
            (m.measure.ref, m.measure.title, m.measure.better, _figure(m.first), _figure(m.last), m.result.value)
            for m in told.missed
        )
        yield Table(f"Results of {year} that did not reach their target", head, rows)
    if not told.edition.draft:
        address = measures_address(told.plan.id)
        yield Paragraph((f"Every figure of every edition: /{address} on the archive's site.",))


def _share(counted: tuple[int, int]) -> str:
    return f"{counted[0]} of {counted[1]}" if counted[1] else "None judged"


def _figure(figure: Figure | None) -> str:
    return figure.value if figure else "None"


def _recommendations(told: Matter, pair: Pair | None) -> Iterator[Part]:
    """What members may be asked to do: a draft, for whoever signs the report to settle."""
    facts, title = told.edition.facts, told.edition.title
    yield Heading("Recommendations (draft)")
    if facts is not None and isinstance(facts.decision, DecisionMade):
        decided = say_decision(facts.decision)
        yield Paragraph(
            (f"The archive records a decision about this edition: {decided}. What follows is drafted as before it.",)
        )
    yield Paragraph(("That members:",))
    items: list[Words] = []
    if pair is not None:
        items.append((f"note what changed since {pair.old.title}",))
    if _unexplained(pair):
        items.append(("ask for the reasons for the changes that have none, before they decide",))
    if told.requirements.unmet:
        items.append(("ask where the plan holds what the law asks for and no section is recorded to hold",))
    asked = told.consultation
    if asked is not None and asked.new_plan and asked.missing:
        items.append(("ask why those who are missing under Consultation were not consulted, or not recorded",))
    if told.missed:
        items.append((f"note the results of {told.results[-1].year} that did not reach their target",))
    if told.edition.text.front.kind == "review":
        items.append((f"note {title}",))
    else:
        on = Blank("the day on which it takes effect")
        approver = told.plan.facts.approver
        who = "" if isinstance(approver, Unknown) else f", or recommend it to {approver} for approval,"
        items.append((f"approve {title}{who} to take effect on ", on))
    items.append((Blank("anything else that members are asked to do, or delete this line"),))
    yield Listing(tuple(items), numbered=True)


def _papers(library: Library, told: Matter) -> Iterator[Part]:
    yield Heading("Background papers")
    rows = []
    for paper in told.papers:
        text, here = paper.text, f"{paper.edition.plan}@{paper.edition.id}"
        draft = " (draft)" if edition_status(paper.edition, library.as_at) is Status.DRAFT else ""
        name = f"{text.front.title}{f', corrected: version {text.version}' if text.version > 1 else ''}{draft}"
        where = "not published" if paper.edition.draft else f"/{edition_address(paper.edition.plan, paper.edition.id)}"
        rows.append((f"{name} ({here}, {where})", text.file, text.sha256))
    head = ("Paper, and where it is on the archive's site", "File", "SHA-256")
    yield Table("Texts in the archive, with the hash by which each can be checked", head, tuple(rows))
    law = library.registers.law
    basis = told.plan.facts.legal_basis
    cited = [law[key].citation for key in basis if key in law] if isinstance(basis, tuple) else []
    if cited:
        yield Paragraph((f"Law: {'; '.join(cited)}.",))
    yield Paragraph((Blank("other papers that this report rests on"),))
