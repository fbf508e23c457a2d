"""The catalogue of every plan and edition as data, and what all data have in common."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from ..addresses import edition_address, plan_address
from ..facts import About, Unknown, When
from ..language import tr, tr_later
from ..model import Edition, Library
from ..status import Status, edition_status, plan_status


class CatalogueText(BaseModel):
    """An edition's text in another language."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)
    language: str
    """The language's code."""
    url: str
    """Its permanent address from the site's root."""
    sha256: str
    """As the edition's own."""
    version: int
    """As the edition's own."""


class CatalogueEdition(BaseModel):
    """One edition in the catalogue."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)
    id: str
    """The edition's id, usually its first year."""
    title: str
    """Its title."""
    url: str
    """Its permanent address from the site's root."""
    status: Status
    """How it stood on `as_at`."""
    sha256: str
    """Of the file's bytes; for a folder of chapters, of its sorted `sha256sum` lines."""
    version: int
    """The number of its latest version; 1 where it was never corrected."""
    published: date | None
    """The day it was published."""
    others: list[CatalogueText]
    """Its text in the body's other languages."""


class CataloguePlan(BaseModel):
    """One plan in the catalogue."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)
    id: str
    """The plan's id."""
    title: str
    """Its name."""
    url: str
    """Its permanent address from the site's root."""
    status: Status
    """How it stood on `as_at`."""
    statutory: bool
    """Whether the law required it at some time."""
    superseded_by: list[str]
    """Ids of the plans that took its place."""
    editions: list[CatalogueEdition]
    """Its editions, the earliest first."""


class Catalogue(BaseModel):
    """Every plan and edition of an archive, with its status on the archive's day."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)
    schema_: Literal["plan-archive/catalogue/1"] = Field(alias="schema", default="plan-archive/catalogue/1")
    """The name and version of this shape."""
    notice: str | None
    """"Fictional example ..." where the archive is one."""
    authority: str
    """The body whose plans these are."""
    as_at: date
    """The day for which every status holds."""
    example: bool
    """Whether the archive is a fictional example."""
    plans: list[CataloguePlan]
    """The plans, by id."""


EXAMPLE_NOTICE = tr_later("Fictional example. Not a real council or record.")
"""In data and feeds it stands as it is."""


def catalogue(library: Library) -> Catalogue:
    """The catalogue of a library."""
    return Catalogue(
        notice=EXAMPLE_NOTICE if library.authority.example else None,
        authority=library.authority.name,
        as_at=library.as_at,
        example=library.authority.example,
        plans=[
            CataloguePlan(
                id=plan.id,
                title=plan.facts.title,
                url="/" + plan_address(plan.id),
                status=plan_status(plan, library.as_at),
                statutory=plan.facts.statutory,
                superseded_by=[succession.plan for succession in plan.facts.superseded_by],
                editions=[
                    CatalogueEdition(
                        id=edition.id,
                        title=edition.title,
                        url="/" + edition_address(plan.id, edition.id),
                        status=edition_status(edition, library.as_at),
                        sha256=edition.text.sha256,
                        version=edition.text.version,
                        published=edition.versions[0].front.published,
                        others=[
                            CatalogueText(
                                language=language,
                                url=f"/{language}/" + edition_address(plan.id, edition.id),
                                sha256=texts[-1].sha256,
                                version=texts[-1].version,
                            )
                            for language, texts in edition.others
                        ],
                    )
                    for edition in plan.editions
                ],
            )
            for plan in library.plans
        ],
    )


def catalogue_rows(library: Library) -> Iterator[tuple[str, ...]]:
    """The catalogue as cells: a line for each edition, and one for each plan without any."""
    for plan in library.plans:
        name = (
            plan.id,
            plan.facts.title,
            plan_status(plan, library.as_at).value,
            "yes" if plan.facts.statutory else "no",
            " ".join(succession.plan for succession in plan.facts.superseded_by),
        )
        for edition in plan.editions:
            yield *name, *_edition_cells(edition, library.as_at)
        if not plan.editions:
            yield *name, *(("",) * 8), "/" + plan_address(plan.id), ""


def _edition_cells(edition: Edition, day: date) -> tuple[str, ...]:
    """What the catalogue says of one edition, as cells."""
    effect = edition.facts.in_effect if edition.facts else None
    published = edition.versions[0].front.published
    return (
        edition.id,
        edition.title,
        edition_status(edition, day).value,
        published.isoformat() if published else "",
        (stated(effect.from_) if effect else None) or "",
        (stated(effect.to) if effect else None) or "",
        str(edition.text.version),
        edition.text.sha256,
        "/" + edition_address(edition.plan, edition.id),
        " ".join(language for language, _ in edition.others),
    )


def stated(when: When | None) -> str | None:
    """A date as data: 2006-04-01, about 2004-03, not known; None where there is none to state."""
    if isinstance(when, About):
        return f"about {when.about}"
    return "not known" if isinstance(when, Unknown) else when.isoformat() if when else None


def notice(library: Library) -> str:
    """For pages: that the archive is a fictional example, in the language that is spoken; nothing where it is none."""
    return tr(EXAMPLE_NOTICE) if library.authority.example else ""


def noticed(library: Library, data: dict[str, Any]) -> dict[str, Any]:
    """Data that says first, where the archive is one, that it is a fictional example."""
    return {"notice": EXAMPLE_NOTICE, **data} if library.authority.example else data


def to_json(value: Any) -> str:
    """Data as text: two spaces, a last line end, every character as itself."""
    plain = value.model_dump(mode="json", by_alias=True) if isinstance(value, BaseModel) else value
    return json.dumps(plain, indent=2, ensure_ascii=False) + "\n"
