"""The parts of a committee's report on what is asked of a plan: contents, consultation, resources, implications."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..insight.committee import Matter
from ..insight.names import was_asked
from ..insight.tables import KeyedRow, what
from ..language import tr, tr_later, tr_many
from ..model import Section
from .paper import Blank, Heading, Listing, Paragraph, Part, Table

EQUALITY = tr_later("Equality implications")
IMPLICATIONS = {
    tr_later("Financial implications"): tr_later(
        "the finance officer's advice: what it costs, who pays, and what is not yet funded"
    ),
    tr_later("Legal implications"): tr_later("the legal officer's advice"),
    EQUALITY: tr_later("who gains, who may lose, and what the equality impact assessment found"),
}


def asked_parts(told: Matter) -> Iterator[Part]:
    """What the law asks the edition to contain, and whom it asks the body to consult."""
    yield from _contents(told)
    yield from _consultation(told)


def _contents(told: Matter) -> Iterator[Part]:
    items, unmet = told.requirements.items, told.requirements.unmet
    yield Heading(tr("Required contents"))
    if not items:
        yield Paragraph((tr("No list of required contents in the archive's registers applied to this edition."),))
    else:
        many = tr_many(
            "The law asked it to contain {count} thing.", "The law asked it to contain {count} things.", len(items)
        )
        held = tr("Sections are recorded to hold {number}.", number=len(items) - len(unmet))
        yield Paragraph((f"{many} {held}",))
        ordered = [*unmet, *(item for item in items if item.sections)]
        rows = tuple((i.requirement.provision, i.requirement.title, _titles(i.sections)) for i in ordered)
        head = (tr("Provision"), tr("What must be there"), tr("Where it is"))
        yield Table(tr("What must be there and where it is"), head, rows)
    if items and told.requirements.steps:
        steps, untaken = len(told.requirements.steps), told.requirements.untaken
        said = [
            tr(
                "Steps of joint planning that it is recorded to take: {taken} of {steps}.",
                taken=steps - len(untaken),
                steps=steps,
            ),
            *(tr("Not recorded: step {step} ({title}).", step=s.key, title=s.step.title) for s in untaken),
        ]
        yield Paragraph((" ".join(said),))


def _titles(sections: Sequence[Section]) -> str:
    return "; ".join(f"{section.title} (#{section.id})" for section in sections) or tr("NOT RECORDED")


def _consultation(told: Matter) -> Iterator[Part]:
    found = told.consultation
    yield Heading(tr("Consultation"))
    if found is None:
        blank = Blank(tr("who was consulted, how, when, and what changed"))
        none = tr("Nothing is recorded.")
        yield Paragraph((f"{none} ", blank))
        return
    if found.named and found.missing and found.new_plan:
        yield Paragraph((tr("The law names these, and they are not recorded as consulted:"),))
        missing = ((f"{m.consultee.title} ({m.consultee.provision})",) for m in found.missing)
        yield Listing(tuple(missing))
    elif found.named and not found.missing:
        yield Paragraph((tr("Everyone whom the law names is recorded as consulted."),))
    elif found.named:
        said = tr("A yearly refresh: not everyone whom the law names for a new plan had to be consulted.")
        yield Paragraph((said,))
    lines = [line for row in found.named for line in row.entries] + list(found.others)
    if lines:
        head = (tr("Who"), tr("How"), tr("When"), tr("What changed"))
        rows = tuple((_who(line.who, line.how, line.when), line.how, line.when, line.changed) for line in lines)
        yield Table(tr("Who was consulted"), head, rows)


def _who(who: str, how: str, when: str) -> str:
    return who if was_asked(how, when) else tr("{who} (not asked)", who=who)


def resource_parts(told: Matter) -> Iterator[Part]:
    """The actions that name no money and no people."""
    found = told.resources
    yield Heading(tr("Resources"))
    if found is None or not (found.actions or found.without_column):
        yield Paragraph((tr("The edition has no table of actions."),))
        return
    if found.actions:
        stand = tr_many(
            "{count} action stands in tables with a column for resources.",
            "{count} actions stand in tables with a column for resources.",
            len(found.actions),
        )
        none = tr("None of them name none.")
        some = tr_many("{count} of them names none.", "{count} of them name none.", len(found.none))
        yield Paragraph((f"{stand} {some if found.none else none}",))
    if found.without_column:
        yield Paragraph((_without_column(found.without_column, more=bool(found.actions)),))
    if found.none:
        head = (tr("Ref"), tr("Action"), tr("Lead"), tr("By when"))
        yield Table(tr("Actions that name no resources"), head, tuple(_action(row) for row in found.none))
    if found.pooled:
        refs = ", ".join(row.ref for row in found.pooled)
        yield Paragraph((tr("Paid from pooled budgets: {refs}.", refs=refs),))


def _without_column(count: int, *, more: bool) -> str:
    if more:
        return tr_many(
            "{count} more action stands in tables without a column for resources.",
            "{count} more actions stand in tables without a column for resources.",
            count,
        )
    return tr_many(
        "{count} action stands in tables without a column for resources.",
        "{count} actions stand in tables without a column for resources.",
        count,
    )


def _action(row: KeyedRow) -> tuple[str, ...]:
    lead, when = row.get("lead") or tr("None named"), row.get("by when", "deadline", "by", "when") or ""
    return row.ref, what(row), lead, when


def implications(told: Matter) -> Iterator[Part]:
    """What officers must write; the archive knows only which groups of children the edition has sections on."""
    yield Heading(tr("Implications"))
    for title, blank in IMPLICATIONS.items():
        yield Heading(tr(title), 3)
        if title == EQUALITY and any(sections for _, sections in told.needs):
            yield Paragraph((_needs(told),))
        yield Paragraph((Blank(tr(blank)),))


def _needs(told: Matter) -> str:
    """On which groups of children the edition has a section, and on which it has none."""
    lacking = [term.title for term, sections in told.needs if not sections]
    listed = tr_many(
        "The archive lists {count} group of children with particular needs.",
        "The archive lists {count} groups of children with particular needs.",
        len(told.needs),
    )
    rest = (
        tr("No section is recorded for: {groups}.", groups="; ".join(lacking)) if lacking else tr("Each has a section.")
    )
    return f"{listed} {rest}"
