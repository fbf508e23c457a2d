"""The JSON Schemas of the files that editors write and of the data that the site publishes."""

from __future__ import annotations

from pydantic import BaseModel

from ..facts import Authority, DestinationFile, FrontMatter, PlanFacts, Registers, TranslatedFront
from ..facts.log import LogEntry
from .comparison import COMPARISON
from .descent import AS_AT, DESCENT
from .measures import AGREEMENTS, MEASURES, RESOURCES
from .partners import CONSULTATION, NEEDS, PARTNERS, REQUIREMENTS
from .record import LOG_ENTRIES, MANIFEST, PROVENANCE, VERIFIED
from .report import REPORT
from .tracing import COVERAGE, DESTINATIONS, ORIGINS, TEXT, WHERE
from .words import Schema

FILES: dict[str, tuple[type[BaseModel], str]] = {
    "authority": (Authority, "plans/authority.yml"),
    "plan": (PlanFacts, "plans/<plan>/plan.yml"),
    "edition": (FrontMatter, "the front matter of plans/<plan>/<edition>.md"),
    "translated": (TranslatedFront, "the front matter of plans/<plan>/<edition>.<language>.md"),
    "destinations-file": (DestinationFile, "archive/<plan>/destinations/<edition>-to-<plan>-<edition>.yml"),
    "registers": (Registers, "plans/registers/<name>.yml, each under its own key"),
    "log": (LogEntry, "archive/log.jsonl, one entry a line, written by publish, close and redact alone"),
}
"""The shape of each file that editors write, with where the file lies; by a name that no shape of data has."""

DATA: dict[str, Schema] = {
    "comparison": COMPARISON,
    "report": REPORT,
    "coverage": COVERAGE,
    "destinations": DESTINATIONS,
    "origins": ORIGINS,
    "where": WHERE,
    "text": TEXT,
    "measures": MEASURES,
    "agreements": AGREEMENTS,
    "resources": RESOURCES,
    "descent": DESCENT,
    "as-at": AS_AT,
    "partners": PARTNERS,
    "needs": NEEDS,
    "consultation": CONSULTATION,
    "requirements": REQUIREMENTS,
    "log-entries": LOG_ENTRIES,
    "manifest": MANIFEST,
    "provenance": PROVENANCE,
    "verified": VERIFIED,
}
"""The shapes of data that are made without a model of their own, by name."""


PLACES: dict[str, str] = {
    "comparison": "/data/plans/PLAN/changes/OLD-to-NEW.json",
    "report": "plan-archive report --format json",
    "coverage": "/data/coverage.json",
    "destinations": "/data/plans/PLAN/EDITION/destinations.json",
    "origins": "/data/plans/PLAN/EDITION/origins.json",
    "where": "/data/where.json",
    "text": "/data/text/PLAN/EDITION.json",
    "measures": "/data/measures.json",
    "agreements": "/data/agreements.json",
    "resources": "/data/resources.json",
    "descent": "/data/descent.json",
    "as-at": "/data/as-at.json",
    "partners": "/data/partners.json",
    "needs": "/data/needs.json",
    "consultation": "/data/consultation.json",
    "requirements": "/data/requirements.json",
    "log-entries": "/data/log.json",
    "manifest": "/manifest.json",
    "provenance": "/data/provenance.json",
    "verified": "plan-archive verify --format json",
}
"""Where data of each shape is found: an address of the site, or a command."""


def schema_of(shape: type[BaseModel], name: str) -> Schema:
    """The JSON Schema of a shape, named and dated by its dialect."""
    return named(shape.model_json_schema(by_alias=True, mode="validation"), name)


def named(schema: Schema, name: str) -> Schema:
    """A JSON Schema with its name and its dialect."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": f"{name}.json", **schema}
