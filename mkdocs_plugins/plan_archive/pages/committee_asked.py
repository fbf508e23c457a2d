"""The parts of a committee's report on what is asked of a plan: contents, consultation, resources, implications."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..insight.committee import Matter
from ..insight.names import was_asked
from ..insight.tables import KeyedRow, what
from ..model import Section
from .paper import Blank, Heading, Listing, Paragraph, Part, Table

IMPLICATIONS = (
    ("Financial implications", "the finance officer's advice: what it costs, who pays, and what is not yet funded"),
    ("Legal implications", "the legal officer's advice"),
    ("Equality implications", "who gains, who may lose, and what the equality impact assessment found"),
)


def asked_parts(told: Matter) -> Iterator[Part]:
    """What the law asks the edition to contain, and whom it asks the body to consult."""
    yield from _contents(told)
    yield from _consultation(told)


def _contents(told: Matter) -> Iterator[Part]:
    items, unmet = told.requirements.items, told.requirements.unmet
    yield Heading("Required contents")
    if not items:
        yield Paragraph(("No list of required contents in the archive's registers applied to this edition.",))
    else:
        many = f"{len(items)} thing{'s' * (len(items) > 1)}"
        held = f"The law asked it to contain {many}. Sections are recorded to hold {len(items) - len(unmet)}."
        yield Paragraph((held,))
        ordered = [*unmet, *(item for item in items if item.sections)]
        rows = tuple((i.requirement.provision, i.requirement.title, _titles(i.sections)) for i in ordered)
        yield Table("What must be there and where it is", ("Provision", "What must be there", "Where it is"), rows)
    if items and told.requirements.steps:
        untaken = told.requirements.untaken
        taken = f"{len(told.requirements.steps) - len(untaken)} of {len(told.requirements.steps)}"
        lacking = "".join(f" Not recorded: step {step.key} ({step.step.title})." for step in untaken)
        yield Paragraph((f"Steps of joint planning that it is recorded to take: {taken}.{lacking}",))


def _titles(sections: Sequence[Section]) -> str:
    return "; ".join(f"{section.title} (#{section.id})" for section in sections) or "NOT RECORDED"


def _consultation(told: Matter) -> Iterator[Part]:
    found = told.consultation
    yield Heading("Consultation")
    if found is None:
        yield Paragraph(("Nothing is recorded. ", Blank("who was consulted, how, when, and what changed")))
        return
    if found.named and found.missing and found.new_plan:
        yield Paragraph(("The law names these, and they are not recorded as consulted:",))
        missing = ((f"{m.consultee.title} ({m.consultee.provision})",) for m in found.missing)
        yield Listing(tuple(missing))
    elif found.named and not found.missing:
        yield Paragraph(("Everyone whom the law names is recorded as consulted.",))
    elif found.named:
        yield Paragraph(("A yearly refresh: not everyone whom the law names for a new plan had to be consulted.",))
    lines = [line for row in found.named for line in row.entries] + list(found.others)
    if lines:
        head = ("Who", "How", "When", "What changed")
        rows = tuple(
            (line.who + ("" if was_asked(line.how, line.when) else " (not asked)"), line.how, line.when, line.changed)
            for line in lines
        )
        yield Table("Who was consulted", head, rows)


def resource_parts(told: Matter) -> Iterator[Part]:
    """The actions that name no money and no people."""
    found = told.resources
    yield Heading("Resources")
    if found is None or not (found.actions or found.without_column):
        yield Paragraph(("The edition has no table of actions.",))
        return
    count = len(found.actions)
    if count:
        stand = "1 action stands" if count == 1 else f"{count} actions stand"
        none = f"{len(found.none) or 'None'} of them {'names' if len(found.none) == 1 else 'name'} none"
        yield Paragraph((f"{stand} in tables with a column for resources. {none}.",))
    if found.without_column:
        more = f"{found.without_column} {'more ' if count else ''}"
        stand = "action stands" if found.without_column == 1 else "actions stand"
        yield Paragraph((f"{more}{stand} in tables without a column for resources.",))
    if found.none:
        head = ("Ref", "Action", "Lead", "By when")
        yield Table("Actions that name no resources", head, tuple(_action(row) for row in found.none))
    if found.pooled:
        refs = ", ".join(row.ref for row in found.pooled)
        yield Paragraph((f"Paid from pooled budgets: {refs}.",))


def _action(row: KeyedRow) -> tuple[str, ...]:
    return row.ref, what(row), row.get("lead") or "None named", row.get("by when", "deadline", "by", "when") or ""


def implications(told: Matter) -> Iterator[Part]:
    """What officers must write; the archive knows only which groups of children the edition has sections on."""
    yield Heading("Implications")
    for title, blank in IMPLICATIONS:
        yield Heading(title, 3)
        if title.startswith("Equality") and any(sections for _, sections in told.needs):
            lacking = [term.title for term, sections in told.needs if not sections]
            said = f"The archive lists {len(told.needs)} groups of children with particular needs. "
            rest = f"No section is recorded for: {'; '.join(lacking)}. " if lacking else "Each has a section. "
            yield Paragraph((said + rest,))
        yield Paragraph((Blank(blank),))
