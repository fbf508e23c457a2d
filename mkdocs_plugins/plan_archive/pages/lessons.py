"""The page of lessons: what was found about earlier planning, by kind, each with its source and a question."""

from __future__ import annotations

from collections.abc import Iterator

from ..insight.lessons import KINDS, by_kind, not_sampled, sectors
from ..insight.needs import needs_of
from ..language import tr
from ..model import Library
from .drawing import draw
from .needs import something
from .nouns import Contents, Page
from .sentences import Link

ADDRESS = "lessons/"


def lessons_pages(library: Library) -> Iterator[Page]:
    """The page of lessons, where the register has any."""
    kinds = by_kind(library)
    if not kinds:
        return
    html = draw(
        "lessons.html",
        ADDRESS,
        library=library,
        kinds=[(kind, rows) for kind, rows in kinds if kind != "sampling-sector"],
        names={kind: tr(title) for kind, title in KINDS.items()},
        sectors=sectors(library),
        not_sampled=not_sampled(library),
        needs=library.registers.needs_groups,
        linked=something(needs_of(library)),
    )
    contents = tuple(Contents(kind, tr(KINDS[kind]), 2) for kind, _ in kinds)
    description = tr(
        "What was found about earlier planning for children: why plans failed, what helped, what stood in the way."
    )
    yield Page(ADDRESS, tr("Lessons from earlier planning"), description, html, contents, (Link(tr("Home"), ""),))
