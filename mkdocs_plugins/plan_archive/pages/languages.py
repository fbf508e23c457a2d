"""The pages in the body's other languages: for each text that there is in one, its page, and all pages that lead to it.

What only counts or proves (destinations, measures, the log) has pages in the main language alone: links lead there.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from babel import Locale

from ..compare.telling import with_reasons
from ..dye import dyed_catalogue
from ..language import Catalogue, speaking
from ..model import Library
from ..record import Record
from .a_to_z import a_to_z_pages
from .about import about_pages
from .as_at import as_at_pages, own_days
from .changes import change_pages, change_styles
from .cite import any_style, print_style
from .dyed import dyed_library, dyed_pairs, dyed_tracing
from .editions import edition_page, texts_of
from .home import home_page
from .nouns import Page, SiteFile
from .pairs import Pair, compared_pairs
from .places import Place, placed
from .plans import plan_page, register_page
from .search import search_pages
from .ways import Tracing
from .years import years_pages

Version = tuple[str, str]
"""A language's code, and the address of a page in it."""


@dataclass(frozen=True)
class Dyed:
    """The same pages drawn with dyed words, to be looked at and not published."""

    catalogue: Catalogue
    library: Library
    pages: Mapping[str, Page]
    """By their addresses on the site."""


@dataclass(frozen=True)
class Spoken:
    """One of the body's other languages, and its pages."""

    catalogue: Catalogue
    library: Library
    """The library as it is seen in the language."""
    pairs: tuple[Pair, ...]
    """The comparisons between two texts in the language."""
    place: Place
    pages: tuple[Page, ...]
    """At their addresses on the site, the first page first."""
    dyed: Dyed

    @property
    def language(self) -> str:
        """Its code."""
        return self.catalogue.language


def name_of(language: str) -> str:
    """What a language is called by those who speak it: Cymraeg."""
    name = Locale.parse(language).get_display_name() or language
    return name[0].upper() + name[1:]


def spoken_pages(
    library: Library,
    catalogue: Catalogue,
    pairs: Sequence[Pair],
    tracing: Tracing,
    help_pages: frozenset[str],
    record: Record,
) -> Spoken:
    """Every page in another language; `pairs` and `help_pages` are those of the main language and of all."""
    language = catalogue.language
    seen = library.seen_in(language)
    pairs = tuple(_pairs(seen, pairs))
    prefix = f"{language}/"
    helped = frozenset(address.removeprefix(prefix) for address in help_pages if address.startswith(prefix))
    place = Place(prefix, helped)
    with speaking(catalogue):
        # Twice: what a page may lead to is known once all are made.
        for _ in range(2):
            with placed(place):
                made = list(_pages(seen, pairs, tracing, helped, record))
            files = ["print.css", *(page.print_style for page in made if page.print_style)]
            files += [file.address for file in own_days(seen)]
            place = Place(prefix, frozenset({*helped, *(page.address for page in made), *files}))
    pages = tuple(_moved(page, place, language) for page in made)
    dyed = Dyed(dyed_catalogue(catalogue), dyed_library(library).seen_in(language), {})
    with speaking(dyed.catalogue), placed(place):
        again = _pages(dyed.library, dyed_pairs(pairs, dyed.library), dyed_tracing(tracing), helped, record)
        dyed = replace(dyed, pages={page.address: page for page in (_moved(p, place, language) for p in again)})
    return Spoken(catalogue, seen, pairs, place, pages, dyed)


def _pairs(seen: Library, main: Sequence[Pair]) -> Iterator[Pair]:
    """The comparisons between two texts in the language; what became of measures is known from the main texts.

    The columns of a table of measures are known by their English names, and the figures are the same in each language.
    """
    measures = {pair.address: pair.comparison.measures for pair in main}
    for pair in compared_pairs(seen):
        if pair.old.language == pair.new.language == seen.language:
            reasoned = with_reasons(measures.get(pair.address, ()), pair.new.text.front.changes)
            yield replace(pair, comparison=replace(pair.comparison, measures=reasoned))


def _pages(
    library: Library, pairs: Sequence[Pair], tracing: Tracing, help_pages: frozenset[str], record: Record
) -> Iterator[Page]:
    """The pages in the language that is spoken, as if they lay at the main addresses."""
    yield home_page(library, pairs, help_pages, ())
    yield register_page(library, help_pages)
    for plan in library.plans:
        yield plan_page(library, plan, pairs, tracing, record, help_pages)
        for edition in plan.editions:
            if edition.language == library.language:
                for address, text in texts_of(plan, edition):
                    yield edition_page(library, plan, edition, text, address, pairs, tracing, record, help_pages)
    yield from change_pages(library, pairs, help_pages)
    yield from search_pages(library, help_pages)
    yield from a_to_z_pages(library)
    yield from years_pages(library)
    yield from as_at_pages(library)
    yield from about_pages(library, help_pages, record.address)


def _moved(page: Page, place: Place, language: str) -> Page:
    """A page at its own address, with what its frame leads to."""
    trail = tuple(replace(step, address=place.at(step.address)) for step in page.trail)
    stands_for = None if page.stands_for is None else place.at(page.stands_for)
    return replace(
        page,
        address=place.prefix + page.address,
        trail=trail,
        print_style=place.at(page.print_style) if page.print_style else "",
        stands_for=stands_for,
        language=language,
    )


def spoken_files(spoken: Spoken) -> Iterator[SiteFile]:
    """The files that belong to the pages of another language."""
    prefix = spoken.place.prefix
    with speaking(spoken.catalogue), placed(spoken.place):
        yield SiteFile(f"{prefix}print.css", any_style(spoken.library).encode())
        for style in change_styles(spoken.library, spoken.pairs):
            yield SiteFile(prefix + style.address, style.content)
        for file in own_days(spoken.library):
            yield SiteFile(prefix + file.address, file.content)
        for plan in spoken.library.plans:
            for edition in plan.editions:
                if edition.language == spoken.language:
                    for address, text in texts_of(plan, edition):
                        sheets = print_style(spoken.library, edition, text)
                        yield SiteFile(f"{prefix}{address}print.css", sheets.encode())


def in_other_words(addresses: Collection[str], main: str, others: Sequence[str]) -> dict[str, tuple[Version, ...]]:
    """For each address of the site that has its like in another language: the others, as codes and addresses."""
    found: dict[str, tuple[Version, ...]] = {}
    for address in addresses:
        if address.partition("/")[0] in others:
            continue
        told = [(code, f"{code}/{address}") for code in others if f"{code}/{address}" in addresses]
        rows = ((main, address), *told)
        found |= {here: tuple(row for row in rows if row[1] != here) for _, here in rows if told}
    return found
