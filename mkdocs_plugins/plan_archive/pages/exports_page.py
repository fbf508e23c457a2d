"""The page `/data/`: everything that programs can have, named for people; the long lists folded by plan."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from ..language import tr, tr_as, tr_many
from ..model import Library
from ..schemas import PLACES
from ..schemas.tables import TABLES
from .drawing import draw
from .exports import BY_PLAN, EDITED, GROUPS, Export, addresses, shape_of
from .nouns import Contents, Page, SiteFile
from .sentences import Link

ADDRESS = "data/"
FORMATS = {"csv": "CSV", "json": "JSON", "jsonl": "JSON Lines", "xml": "XML", "py": "Python"}
FEED = "feed.xml"

Sizes = Mapping[str, int | None]
"""Every file of the site by its address, with its size in bytes where that is known."""


@dataclass(frozen=True)
class Shape:
    """Where it is said what a file means: for people, and for programs."""

    place: str
    """The file's address; where there are many, with words that stand for ids."""
    name: str
    """The file's own name."""
    columns: bool
    """Whether it is a table."""
    told: str
    """Where the reference explains it; "" where the site has no reference."""
    schema: str


@dataclass(frozen=True)
class Given:
    """A file that can be had."""

    address: str
    text: str
    """What its link says: its name, its format and its size."""
    shape: Shape


@dataclass(frozen=True)
class Shown:
    """An export in words, with its files."""

    title: str
    says: str
    files: tuple[Given, ...]
    shapes: tuple[Shape, ...]


@dataclass(frozen=True)
class PlanFiles:
    """All files about one plan."""

    id: str
    title: str
    files: tuple[Given, ...]

    @property
    def counted(self) -> str:
        """What the fold says while it is shut."""
        return tr_many("{plan}: {count} file", "{plan}: {count} files", len(self.files), plan=self.title)


def data_page(library: Library, files: Iterable[SiteFile], help_pages: Collection[str], base: str = "") -> Page:
    """The page; `files` are those of the site, `base` is its own address, with which it has a sitemap."""
    sizes: dict[str, int | None] = {file.address: len(file.content) for file in files}
    # These are made last of all, from everything else.
    sizes |= {"manifest.json": None, "robots.txt": None} | ({"sitemap.xml": None} if base else {})
    groups = [(group, shown) for group in GROUPS if (shown := tuple(_whole(group.exports, sizes, help_pages)))]
    plans = tuple(_by_plan(library, sizes, help_pages))
    kinds = [_shown(export, (), help_pages) for export in BY_PLAN if any(_found(export, sizes))]
    html = draw(
        "data.html",
        ADDRESS,
        library=library,
        groups=[(group.id, tr(group.title), shown) for group, shown in groups],
        plans=plans,
        kinds=kinds,
        data=[(name, PLACES.get(name, f"/data/{name}.json")) for name in sorted({*PLACES, "catalogue"})],
        tables=[(name, table.place) for name, table in sorted(TABLES.items())],
        edited=[(name, tr(words)) for name, words in EDITED.items()],
        reference="reference/data/" if "reference/data/" in help_pages else "",
    )
    contents = [Contents(group.id, tr(group.title), 2) for group, _ in groups]
    contents += [Contents("by-plan", tr("Plan by plan"), 2)] if plans else []
    contents.append(Contents("schemas", tr("The shapes of all this"), 2))
    description = tr("Every table of this archive as data.")
    return Page(ADDRESS, tr("Data"), description, html, tuple(contents), (Link(tr("Home"), ""),))


def _whole(exports: Iterable[Export], sizes: Sizes, help_pages: Collection[str]) -> Iterator[Shown]:
    """What there is of the exports of the whole archive."""
    for export in exports:
        there = [place.lstrip("/") for place in export.places if place.lstrip("/") in sizes]
        if there:
            yield _shown(export, [_given(a, f"/{a}", _name(a), sizes, help_pages) for a in there], help_pages)


def _by_plan(library: Library, sizes: Sizes, help_pages: Collection[str]) -> Iterator[PlanFiles]:
    """The files about each plan, the plans in the order of their titles."""
    found: dict[str, list[Given]] = {}
    for export in BY_PLAN:
        for place, match in _found(export, sizes):
            ids = match.groupdict()
            words = tr(export.one, **{name: ids[name] for name in ("edition", "old", "new") if name in ids})
            found.setdefault(ids["plan"], []).append(_given(match.string, place, words, sizes, help_pages))
    for plan in sorted(library.plans, key=lambda plan: (plan.facts.title.casefold(), plan.id)):
        if plan.id in found:
            yield PlanFiles(plan.id, plan.facts.title, tuple(found[plan.id]))


def _found(export: Export, sizes: Sizes) -> Iterator[tuple[str, re.Match[str]]]:
    """The files of an export of single plans, edition by edition, each with its place and the ids in its address."""
    forms = [(place, addresses(place)) for place in export.places]
    matches = [(place, match) for address in sizes for place, form in forms if (match := form.fullmatch(address))]
    yield from sorted(matches, key=lambda found: (*found[1].groups(), export.places.index(found[0])))


def _shown(export: Export, files: Iterable[Given], help_pages: Collection[str]) -> Shown:
    shapes = tuple(_shape(place, help_pages) for place in export.places)
    return Shown(tr(export.title), tr(export.says), tuple(files), shapes)


def _given(address: str, place: str, words: str, sizes: Sizes, help_pages: Collection[str]) -> Given:
    size = sizes[address]
    told = {"name": words, "format": _format(address)}
    if size is None:
        text = tr("{name} ({format})", **told)
    else:
        text = tr("{name} ({format}, {size} kB)", **told, size=f"{max(1, round(size / 1000)):,}")
    return Given(address, text, _shape(place, help_pages))


def _shape(place: str, help_pages: Collection[str]) -> Shape:
    schema, told = shape_of(place)
    known = told if told.partition("#")[0] in help_pages else ""
    return Shape(place, _name(place), place.endswith(".csv"), known, schema)


def _name(address: str) -> str:
    return address.rpartition("/")[2]


def _format(address: str) -> str:
    if _name(address) == FEED:
        return "Atom"
    return FORMATS.get(address.rpartition(".")[2]) or tr_as("format of a file", "text")
