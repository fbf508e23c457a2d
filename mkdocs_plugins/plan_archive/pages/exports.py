"""Everything that the site gives to programs: what there is, where it lies, what it holds and which shape it has."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pydantic import BaseModel

from ..language import tr_later
from ..model import Library
from ..schemas import DATA, FILES, PLACES, named, schema_of
from ..schemas.tables import TABLES, table_schema
from .catalogue import Catalogue, catalogue, catalogue_rows, to_json
from .cells import csv_text
from .nouns import SiteFile

LOG = "/data/log.jsonl"
_NAMES = re.compile(r"PLAN|EDITION|OLD|NEW")


@dataclass(frozen=True)
class Export:
    """One thing that can be had as data, in one form or several."""

    title: str
    says: str
    """What it holds, in a sentence."""
    places: tuple[str, ...]
    """Its address in each form; `PLAN`, `EDITION`, `OLD` and `NEW` stand for ids."""
    one: str = ""
    """What one of its files is called among the files of its plan; `{edition}`, `{old}` and `{new}` stand for ids."""


@dataclass(frozen=True)
class Group:
    """Exports that belong together."""

    id: str
    title: str
    exports: tuple[Export, ...]


GROUPS = (
    Group(
        "catalogue",
        tr_later("Plans and editions"),
        (
            Export(
                tr_later("Catalogue"),
                tr_later(
                    "Every plan and edition: how it stands, when it was published and in effect, what replaced it,"
                    " its address and its SHA-256."
                ),
                ("/data/catalogue.csv", "/data/catalogue.json"),
            ),
            Export(
                tr_later("Line of descent"),
                tr_later(
                    "When each plan was in effect, how it ended, which plan took it up, and when the duty to make it"
                    " began and ended."
                ),
                ("/data/descent.csv", "/data/descent.json"),
            ),
            Export(
                tr_later("As at a date"),
                tr_later(
                    "The days on which each edition was in effect and each duty in force. Any day can be worked out"
                    " from them."
                ),
                ("/data/as-at.json",),
            ),
        ),
    ),
    Group(
        "replaced",
        tr_later("Where replaced plans went"),
        (
            Export(
                tr_later("Coverage"),
                tr_later(
                    "For each part of every replaced plan: where it went, why, who decided it, and whether that was"
                    " reviewed. The JSON has the counts too."
                ),
                ("/data/coverage.csv", "/data/coverage.json"),
            ),
            Export(
                tr_later("Where did it go?"),
                tr_later("Where each part of every replaced plan is on the archive's day, and every step there."),
                ("/data/where.json",),
            ),
        ),
    ),
    Group(
        "said",
        tr_later("What the plans say"),
        (
            Export(
                tr_later("Measures"),
                tr_later("Every baseline, target and result of every measure in each edition."),
                ("/data/measures.csv", "/data/measures.json"),
            ),
            Export(
                tr_later("Changes to measures"),
                tr_later(
                    "Every target, baseline, unit and result that a later edition changed, with the reason given. The"
                    " JSON of the measures has the same."
                ),
                ("/data/measure-edits.csv",),
            ),
            Export(
                tr_later("Agreements with government"),
                tr_later("The sections and measures that belong to each agreement."),
                ("/data/agreements.csv", "/data/agreements.json"),
            ),
            Export(
                tr_later("Resources"),
                tr_later("What each action is paid from."),
                ("/data/resources.csv", "/data/resources.json"),
            ),
            Export(
                tr_later("Partners"),
                tr_later("Who leads and supports what in each edition, and with what duty."),
                ("/data/partners.csv", "/data/partners.json"),
            ),
            Export(
                tr_later("Needs groups"),
                tr_later("The sections, actions and measures that each edition has for each group."),
                ("/data/needs.csv", "/data/needs.json"),
            ),
            Export(
                tr_later("Consultation"),
                tr_later("Who was asked about each edition, how, when, and what changed because of it."),
                ("/data/consultation.csv", "/data/consultation.json"),
            ),
            Export(
                tr_later("Requirements"),
                tr_later(
                    "Where each edition holds what the law asks for and takes the steps of joint planning, and whether"
                    " it came out in time."
                ),
                ("/data/requirements.csv", "/data/requirements.json"),
            ),
        ),
    ),
    Group(
        "record",
        tr_later("The record, and how to check it"),
        (
            Export(
                tr_later("Publication log"),
                tr_later(
                    "What was published, corrected, replaced or withdrawn: when, by whom and why. The first file is"
                    " the log itself, with an entry on each line; the second has the same as one document."
                ),
                (LOG, "/data/log.json"),
            ),
            Export(
                tr_later("Seals"),
                tr_later("The SHA-256 of every sealed file, as the program sha256sum reads it."),
                ("/data/seals.sha256",),
            ),
            Export(
                tr_later("Commits"),
                tr_later("The commits that made each text, and the one that last changed each section."),
                ("/data/provenance.csv", "/data/provenance.json"),
            ),
            Export(
                tr_later("Site manifest"),
                tr_later("The SHA-256 of every file of this site, as it was built."),
                ("/manifest.json",),
            ),
            Export(
                tr_later("Program that checks"),
                tr_later("Shows whether a copy of the archive or of this site is intact. It needs Python alone."),
                ("/audit/verify.py",),
            ),
        ),
    ),
    Group(
        "follow",
        tr_later("To follow and to find"),
        (
            Export(
                tr_later("Feed"),
                tr_later("The latest entries of the publication log, for feed readers. Each plan has its own below."),
                ("/feed.xml",),
            ),
            Export(
                tr_later("Sitemap"),
                tr_later("The address of every page, and for each edition the day on which it was published."),
                ("/sitemap.xml",),
            ),
            Export(
                tr_later("Rules for robots"),
                tr_later("Which pages programs may read: all of them."),
                ("/robots.txt",),
            ),
        ),
    ),
)
"""What there is once for the whole archive, in the order in which a reader is told."""

BY_PLAN = (
    Export(
        tr_later("Every change"),
        tr_later("Every paragraph, point and row that is not as it was, from each edition of a plan to the next."),
        ("/data/plans/PLAN/changes.csv",),
        tr_later("Every change, from each edition to the next"),
    ),
    Export(
        tr_later("Comparisons"),
        tr_later("Two editions of a plan, section by section and word by word."),
        ("/data/plans/PLAN/changes/OLD-to-NEW.json",),
        tr_later("What changed from {old} to {new}"),
    ),
    Export(
        tr_later("Destinations"),
        tr_later("Where each part of a replaced edition went."),
        ("/data/plans/PLAN/EDITION/destinations.csv", "/data/plans/PLAN/EDITION/destinations.json"),
        tr_later("Where each part of {edition} went"),
    ),
    Export(
        tr_later("Origins"),
        tr_later("Which parts of replaced plans each part of an edition took up."),
        ("/data/plans/PLAN/EDITION/origins.csv", "/data/plans/PLAN/EDITION/origins.json"),
        tr_later("What each part of {edition} replaced"),
    ),
    Export(
        tr_later("Texts"),
        tr_later("Each section and numbered row of an edition as plain text, with its fingerprint."),
        ("/data/text/PLAN/EDITION.json",),
        tr_later("The text of {edition}, with fingerprints"),
    ),
    Export(
        tr_later("Feeds of single plans"),
        tr_later("The latest entries of the publication log about one plan."),
        ("/plans/PLAN/feed.xml",),
        tr_later("Feed of the publication log"),
    ),
)
"""What there is for each plan, for its editions or for two of them."""

EDITED = {
    "authority": tr_later("The facts about the body"),
    "plan": tr_later("The facts about a plan"),
    "edition": tr_later("The front matter of an edition"),
    "translated": tr_later("The front matter of an edition's text in another language"),
    "destinations-file": tr_later("A table of destinations"),
    "registers": tr_later("The registers"),
    "log": tr_later("An entry of the publication log, which programs write"),
}
"""What each file that editors write holds."""


def addresses(place: str) -> re.Pattern[str]:
    """The addresses, without the first slash, that a place stands for; ids never hold `-to-`."""
    return re.compile(_NAMES.sub(lambda name: f"(?P<{name[0].lower()}>[a-z0-9-]+?)", re.escape(place.lstrip("/"))))


def table_anchor(name: str) -> str:
    """Where the reference explains a table; the JSON of the same name comes first."""
    return f"{name}-csv" if name in DATA or name == "catalogue" else name


def shape_of(place: str) -> tuple[str, str]:
    """Where the shape of a place's files lies for programs, and where the reference explains it; "" for neither."""
    if place == LOG:
        return "data/schemas/log.json", "reference/files/#log"
    shapes = {"/data/catalogue.json": "catalogue"} | {there: name for name, there in PLACES.items()}
    if place in shapes:
        return f"data/schemas/{shapes[place]}.json", f"reference/data/#{shapes[place]}"
    tables = {table.place: name for name, table in TABLES.items()}
    if place in tables:
        return f"data/schemas/{tables[place]}.csv.json", f"reference/data/#{table_anchor(tables[place])}"
    return "", ""


def catalogue_files(library: Library) -> Iterator[SiteFile]:
    """The catalogue, as JSON and as CSV."""
    yield SiteFile("data/catalogue.json", to_json(catalogue(library)).encode())
    rows = catalogue_rows(library)
    yield SiteFile("data/catalogue.csv", csv_text(library, TABLES["catalogue"].head, rows).encode())


def schema_files() -> Iterator[SiteFile]:
    """The shape of everything: JSON Schemas of what editors write and of data, and the columns of each table."""
    shapes: dict[str, type[BaseModel]] = {name: shape for name, (shape, _) in FILES.items()}
    shapes["catalogue"] = Catalogue
    for name, shape in shapes.items():
        yield SiteFile(f"data/schemas/{name}.json", to_json(schema_of(shape, name)).encode())
    for name, schema in DATA.items():
        yield SiteFile(f"data/schemas/{name}.json", to_json(named(schema, name)).encode())
    for name, table in TABLES.items():
        yield SiteFile(f"data/schemas/{name}.csv.json", to_json(table_schema(table)).encode())
