"""Each section of a plan through time: what became of it in every edition, and the commits that changed its words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..addresses import edition_address, plan_address
from ..language import tr
from ..model import Edition, Library, Plan, Section, Text
from ..record import Change, Record
from ..schemas.tables import TABLES
from .drawing import draw
from .nouns import Contents, Page
from .pairs import Pair, Step, histories
from .remarks import labels
from .sentences import Link

Known = Mapping[str, Mapping[str, tuple[Change, ...]]]
"""The commits of each section by its id, for each edition by its own."""
COLUMNS = TABLES["provenance"].head
"""Of `/data/provenance.csv`: a line for each section of each text, with its last change."""


@dataclass(frozen=True)
class MadeSection:
    """A section of a text with the commits that changed its words, the newest first; () for "not committed"."""

    section: Section
    changes: tuple[Change, ...]

    @property
    def last(self) -> Change | None:
        """The commit in which its words last changed."""
        return self.changes[0] if self.changes else None

    @property
    def anchor(self) -> str:
        """Where it stands on its edition's page."""
        first = next((block.anchor for block in self.section.own_blocks), "")
        return self.section.id or first


def made_sections(record: Record, text: Text) -> tuple[MadeSection, ...] | None:
    """The sections of a text that say something, with their commits; None where these are not known."""
    found = record.sections(text)
    if found is None:
        return None
    return tuple(MadeSection(s, found[s.id]) for s in text.sections if s.id or s.own_blocks)


@dataclass(frozen=True)
class Stage:
    """What became of a section in one edition, and the commits that wrote it there."""

    step: Step
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class Line:
    """A section through all editions, the latest first; where it ended or was merged, that stands before them."""

    section: Section
    edition: Edition
    """The last edition that has it."""
    stages: tuple[Stage, ...]

    @property
    def place(self) -> str:
        """Its address in the last edition that has it."""
        return f"{edition_address(self.edition.plan, self.edition.id)}#{self.section.id}"


def section_log_address(plan: str) -> str:
    """A plan's sections through all its editions."""
    return f"log/{plan}/"


def section_pages(library: Library, record: Record, pairs: Sequence[Pair]) -> Iterator[Page]:
    """For each plan with a text: every section that it ever had, those of its last edition first."""
    for plan in library.plans:
        if plan.editions:
            yield _page(library, plan, record, pairs)


def _page(library: Library, plan: Plan, record: Record, pairs: Sequence[Pair]) -> Page:
    address = section_log_address(plan.id)
    groups = [(edition, lines) for edition, lines in section_lines(plan, record, pairs) if lines]
    title = tr("Section by section: {plan}", plan=plan.facts.title)
    html = draw(
        "sections.html",
        address,
        library=library,
        plan=plan,
        title=title,
        groups=groups,
        last=plan.editions[-1],
        repository=record.commit is not None,
    )
    contents = tuple(Contents(f"edition-{edition.id}", _group_title(plan, edition), 2) for edition, _ in groups)
    trail = (Link(tr("Home"), ""), Link(tr("All plans"), "plans/"), Link(plan.facts.title, plan_address(plan.id)))
    description = tr("What became of each section of the {plan}, and which commits changed it.", plan=plan.facts.title)
    return Page(address, title, description, html, contents, trail)


def _group_title(plan: Plan, edition: Edition) -> str:
    if edition is plan.editions[-1]:
        return edition.title
    return tr("Last in {edition}", edition=edition.title)


def section_lines(plan: Plan, record: Record, pairs: Sequence[Pair]) -> Iterator[tuple[Edition, tuple[Line, ...]]]:
    """Every section that a plan ever had: those of its last edition, then those that ended before, each in one line."""
    known: Known = {edition.id: record.sections(edition.text) or {} for edition in plan.editions}
    seen: set[tuple[str, str]] = set()
    for edition in reversed(plan.editions):
        told = histories(plan, pairs, edition)
        left = [s for s in edition.text.sections if s.id and (edition.id, s.id) not in seen]
        after = next((pair for pair in pairs if pair.neighbours and pair.old is edition), None)
        lines = tuple(Line(s, edition, (*_end(after, s), *_stages(known, told[s.id]))) for s in left)
        seen |= {(stage.step.edition.id, stage.step.section) for line in lines for stage in line.stages}
        yield edition, lines


def _end(after: Pair | None, section: Section) -> tuple[Stage, ...]:
    """What became of a section in the edition that does not have it any more."""
    change = after and next((c for c in after.comparison.sections if any(s.id == section.id for s in c.old)), None)
    if after is None or not change:
        return ()
    place = f"#{change.new[0].id}" if change.new else ""
    return (Stage(Step(after.new, ", ".join(labels(change)), after.address + place, ""), ()),)


def _stages(known: Known, steps: Sequence[Step]) -> tuple[Stage, ...]:
    return tuple(Stage(step, known[step.edition.id].get(step.section, ())) for step in steps)


def last_changes(library: Library, record: Record) -> Iterator[tuple[str, ...]]:
    """The last change of each section of each text, as rows of `COLUMNS`; empty cells where it is not known."""
    for edition, language, text in every_text(library):
        name = (f"{edition.plan}@{edition.id}", str(text.version), language)
        for each in made_sections(record, text) or ():
            last = each.last
            said = (last.hash, last.day, last.author, last.subject) if last else ("", "", "", "")
            yield *name, each.section.id, each.section.title, *said


def every_text(library: Library) -> Iterator[tuple[Edition, str, Text]]:
    """Every version of every edition, the main language first, with the code of its language where it is another."""
    for edition in (edition for plan in library.plans for edition in plan.editions):
        for language, versions in (("", edition.versions), *edition.others):
            for text in versions:
                yield edition, language, text
