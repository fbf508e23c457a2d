"""The A to Z: every plan by all its names, the words of the glossary and the needs groups, with where to read on."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import groupby

import snowballstemmer

from ..addresses import edition_address, plan_address
from ..dye import undyed
from ..facts import Term
from ..language import tr, tr_later
from ..model import Edition, Library, Plan, Section
from ..status import Status, edition_on, last_edition
from .drawing import draw
from .nouns import Contents, Page
from .sentences import Link, Standing, edition_standing, plan_standing

DIGITS = tr_later("0 to 9")
_MOST = 4
"""How many sections one word leads to at most."""


@dataclass(frozen=True)
class Part:
    """A plan or a section that a name leads to, with how it stands."""

    link: Link
    of: str
    """The edition a section stands in; "" for a plan."""
    standing: Standing


@dataclass(frozen=True)
class Entry:
    """One line of the A to Z."""

    name: str
    meaning: str = ""
    parts: tuple[Part, ...] = ()
    other: Link | None = None
    """The line to look at instead."""
    id: str = ""


def a_to_z_pages(library: Library) -> Iterator[Page]:
    """The page `/a-to-z/`."""
    letters = tuple(by_letter(library))
    html = draw("a-to-z.html", "a-to-z/", library=library, letters=letters, letter_name=letter_name)
    contents = tuple(Contents(_letter_id(letter), letter_name(letter), 2) for letter, _ in letters)
    description = tr("Every plan by all its names, the words of the glossary and the groups of children, from A to Z.")
    yield Page("a-to-z/", tr("A to Z"), description, html, contents, (Link(tr("Home"), ""),))


def by_letter(library: Library) -> Iterator[tuple[str, tuple[Entry, ...]]]:
    """The lines under their letters, in order."""
    in_order = sorted(entries(library), key=lambda entry: (_letter(entry.name) != DIGITS, *_place(entry)))
    for letter, found in groupby(in_order, key=lambda entry: _letter(entry.name)):
        yield letter, tuple(found)


def letter_name(letter: str) -> str:
    """What stands above the lines of one letter; what begins with no letter has a heading in words."""
    return tr(DIGITS) if letter == DIGITS else letter


def entries(library: Library) -> Iterator[Entry]:
    """Every line, in no order."""
    taken = set()
    for plan in library.plans:
        standing = plan_standing(library, plan)
        part = Part(Link(plan.facts.title, plan_address(plan.id)), "", standing)
        for name in dict.fromkeys((plan.facts.title, plan.facts.abbreviation or "", *plan.facts.aliases)):
            if name and not name.startswith("/"):
                taken.add(name.casefold())
                yield Entry(name, parts=(part,))
    for key, term in library.registers.terms.items():
        here = f"word-{key}"
        yield Entry(term.title, term.meaning or "", _sections_named(library, term), id=here)
        taken.add(term.title.casefold())
        for word in term.also:
            if word.casefold() not in taken:
                taken.add(word.casefold())
                yield Entry(word[:1].upper() + word[1:], other=Link(term.title, f"#{here}"))
    for key, term in library.registers.needs_groups.items():
        if term.title.casefold() not in taken:
            yield Entry(term.title, term.meaning or "", group_parts(library, key)[:_MOST], id=f"group-{key}")


def group_parts(library: Library, key: str) -> tuple[Part, ...]:
    """The sections that are for a needs group, those in effect first; older editions only where they are the last."""
    return _parts(library, lambda edition, section: key in _needs(edition, section))


def _needs(edition: Edition, section: Section) -> tuple[str, ...]:
    facts = edition.text.front.sections.get(section.id)
    return facts.needs if facts else ()


def _sections_named(library: Library, term: Term) -> tuple[Part, ...]:
    """The sections whose heading has the word, or another word for it."""
    names = [_stems(name) for name in (term.title, *term.also)]

    def fits(_: Edition, section: Section) -> bool:
        title = _stems(section.title)
        return bool(section.id) and any(name and name <= title for name in names)

    return _parts(library, fits)[:_MOST]


def _parts(library: Library, fits: Callable[[Edition, Section], bool]) -> tuple[Part, ...]:
    found = [
        (status is not Status.IN_EFFECT, plan.id, place, part)
        for plan, edition in _last_editions(library)
        for place, section in enumerate(edition.text.sections)
        if fits(edition, section)
        for part in [_part(library, plan, edition, section)]
        for status in [part.standing.status]
    ]
    return tuple(part for *_, part in sorted(found, key=lambda row: row[:3]))


def _last_editions(library: Library) -> Iterable[tuple[Plan, Edition]]:
    for plan in library.plans:
        edition = edition_on(plan, library.as_at) or last_edition(plan, library.as_at)
        if edition is not None:
            yield plan, edition


def _part(library: Library, plan: Plan, edition: Edition, section: Section) -> Part:
    link = Link(section.title, f"{edition_address(plan.id, edition.id)}#{section.id}")
    return Part(link, edition.title, edition_standing(library, plan, edition))


@cache
def _stems(text: str) -> frozenset[str]:
    stemmer = snowballstemmer.stemmer("english")
    words = re.findall(r"[a-z0-9]+", undyed(text).casefold().replace("'", ""))
    return frozenset(stemmer.stemWords(words))


def _place(entry: Entry) -> tuple[str, str, bool]:
    return _letter(entry.name), re.sub(r"[^a-z0-9 ]", "", entry.name.casefold()), entry.other is not None


def _letter(name: str) -> str:
    first = undyed(name[:1]).upper()
    return first if first.isalpha() else DIGITS


def _letter_id(letter: str) -> str:
    return f"letter-{letter.lower().replace(' ', '-')}"
