"""The pages of an edition: its text as it stands and, where it was corrected, each version."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markupsafe import Markup

from ..addresses import edition_address, measures_address, plan_address, version_address
from ..language import tr, tr_later
from ..model import Edition, Library, Plan, Text
from ..record import Record
from ..status import plan_status
from . import sentences
from .cite import citation, file_address, other_form
from .drawing import draw
from .linked_data import edition_data
from .log import made
from .nouns import Contents, Page
from .pairs import Pair, histories
from .text import page_text
from .ways import Tracing, answers, origin_links

KINDS = {"plan": tr_later("Plan"), "refresh": tr_later("Refresh"), "review": tr_later("Review")}
CHANGES = {
    "added": tr_later("added"),
    "dropped": tr_later("dropped"),
    "ended": tr_later("ended"),
    "lowered": tr_later("lowered"),
    "raised": tr_later("raised"),
    "moved": tr_later("moved"),
    "renamed": tr_later("renamed"),
    "split": tr_later("split"),
    "merged": tr_later("merged"),
    "reworded": tr_later("reworded"),
}
"""What editors say became of a section or a row."""


def texts_of(plan: Plan, edition: Edition) -> Iterator[tuple[str, Text]]:
    """The pages of an edition: its text as it stands and, where it was corrected, each version."""
    yield edition_address(plan.id, edition.id), edition.text
    if len(edition.versions) > 1:
        for text in edition.versions:
            yield version_address(plan.id, edition.id, text.version), text


def edition_page(
    library: Library,
    plan: Plan,
    edition: Edition,
    text: Text,
    address: str,
    pairs: Sequence[Pair],
    tracing: Tracing,
    record: Record,
    help_pages: frozenset[str],
    more: tuple[sentences.Link, ...] = (),
) -> Page:
    """One text of an edition, whole, on one page; `more` are the pages that say more about it."""
    whole = address == edition_address(plan.id, edition.id)
    ways = tracing.ways.get((plan.id, edition.id), {}) if whole else {}
    origins = tracing.origins.get((plan.id, edition.id), {}) if whole else {}
    standing = sentences.edition_standing(library, plan, edition)
    before = plan.before(edition)
    html = draw(
        "edition.html",
        address,
        library=library,
        plan=plan,
        edition=edition,
        text=text,
        front=text.front,
        kind=tr(KINDS[text.front.kind]),
        changed=[(note, tr(CHANGES[note.change])) for note in text.front.changes],
        standing=standing,
        plan_status=plan_status(plan, library.as_at),
        before=before,
        before_sections={s.id: s.title for s in before.text.sections} if before else {},
        sections=[(s, Markup(page_text(s, edition, address)), Markup(s.blocks[0].html)) for s in text.sections],  # noqa: S704
        partners=library.registers.partners,
        outcomes=library.registers.outcomes,
        needs=library.registers.needs_groups,
        latest=edition.text.version,
        made=made(library, record, edition, text),
        histories=histories(plan, pairs, edition) if before else {},
        ways={place: answers(library, way) for place, way in ways.items()},
        origins={place: origin_links(library, found) for place, found in origins.items()},
        more=more,
        compared=next((p for p in pairs if p.new is edition and p.old is before), None),
        help_pages=help_pages,
        cited=citation(library, edition, text, record.address),
        ask=other_form(library, edition, text, record.address),
        text_file=file_address(library.authority, text.file) if text is edition.text else "",
        facts_file=file_address(library.authority, plan.file),
    )
    contents = tuple(Contents(s.id, s.title, s.level) for s in text.sections if s.id)
    trail = (
        sentences.Link(tr("Home"), ""),
        sentences.Link(tr("All plans"), "plans/"),
        sentences.Link(plan.facts.title, plan_address(plan.id)),
    )
    title = text.front.title
    if address.count("/") > 3:
        title = tr("{title}, version {version}", title=title, version=text.version)
    description = f"{standing.label}. {plan.facts.summary}"
    linked = edition_data(library, plan, edition, text, address, standing)
    return Page(
        address,
        title,
        description,
        html,
        contents,
        trail,
        "assets/mark.js",
        source=text.file,
        linked_data=linked,
        more_scripts=("assets/cite.js",),
        print_style=f"{address}print.css",
        stands_for=None if whole else edition_address(plan.id, edition.id),
    )


def more_about(edition: Edition, there: dict[str, str]) -> tuple[sentences.Link, ...]:
    """What other pages say about an edition, where they do."""
    place = f"{edition.plan}-{edition.id}"
    wanted = (
        (tr("Measures over the years"), measures_address(edition.plan), ""),
        (tr("What the law asked this edition to contain"), "requirements/", place),
        (tr("Who was asked, beside whom the law told the council to ask"), "consultation/", place),
    )
    return tuple(
        sentences.Link(text, address + (f"#{part}" if part else ""))
        for text, address, part in wanted
        if address in there and (not part or f'id="{part}"' in there[address])
    )
