"""What a plan and an edition say of themselves to programs, as JSON-LD in the page.

Only terms that are true of a council's plan are used: schema.org's CreativeWork, and Dublin Core for what replaces
what. A plan is no enactment, so none of schema.org's terms for legislation is, and none of ELI's that speak of force.
"""

from __future__ import annotations

import json
from typing import Any

from ..addresses import edition_address, plan_address
from ..facts import Unknown
from ..model import Edition, Library, Plan, Text
from .catalogue import EXAMPLE_NOTICE
from .places import lead
from .sentences import Standing

_CONTEXT = ["https://schema.org", {"dcterms": "http://purl.org/dc/terms/"}]


def plan_data(library: Library, plan: Plan, standing: Standing) -> str:
    """A plan, its law, its editions and what replaced it."""
    here = plan_address(plan.id)
    law = () if isinstance(plan.facts.legal_basis, Unknown) else plan.facts.legal_basis
    rows = [library.registers.law[key] for key in law if key in library.registers.law]
    names = [name for name in (plan.facts.abbreviation, *plan.facts.aliases) if name and not name.startswith("/")]
    data = {
        "@context": _CONTEXT,
        "@type": "CreativeWork",
        "@id": lead(here, here),
        "name": plan.facts.title,
        "alternateName": names,
        "abstract": _noticed(library, plan.facts.summary),
        "creativeWorkStatus": standing.label,
        "publisher": _publisher(library),
        "isBasedOn": [{"@type": "Legislation", "name": row.citation, "url": row.address} for row in rows],
        "workExample": [{"@id": lead(here, edition_address(plan.id, e.id))} for e in plan.editions],
        "dcterms:isReplacedBy": [
            {"@id": lead(here, plan_address(s.plan))} for s in plan.facts.superseded_by if s.extent == "whole"
        ],
        "dcterms:replaces": [
            {"@id": lead(here, plan_address(s.plan))} for s in plan.facts.supersedes if s.extent == "whole"
        ],
    }
    return _inert(data)


def edition_data(library: Library, plan: Plan, edition: Edition, text: Text, here: str, standing: Standing) -> str:
    """An edition: its dates, its version, and the edition before it."""
    front = text.front
    before = plan.before(edition)
    data = {
        "@context": _CONTEXT,
        "@type": "CreativeWork",
        "@id": lead(here, here),
        "name": edition.title,
        "abstract": _noticed(library, plan.facts.summary),
        "creativeWorkStatus": standing.label,
        "version": f"{edition.id} v{text.version}",
        "inLanguage": edition.language or library.authority.languages[0],
        "datePublished": front.published.isoformat() if front.published else None,
        "temporalCoverage": f"{front.period.from_.isoformat()}/{front.period.to.isoformat()}",
        "publisher": _publisher(library),
        "license": library.authority.licence,
        "exampleOfWork": {"@id": lead(here, plan_address(plan.id))},
        "wordCount": text.words,
        "identifier": {"@type": "PropertyValue", "propertyID": "sha256", "value": text.sha256},
        "dcterms:replaces": [{"@id": lead(here, edition_address(plan.id, before.id))}] if before else [],
    }
    return _inert(data)


def _publisher(library: Library) -> dict[str, str]:
    return {"@type": "GovernmentOrganization", "name": library.authority.name}


def _noticed(library: Library, text: str) -> str:
    return f"{EXAMPLE_NOTICE} {text}" if library.authority.example else text


def _inert(data: dict[str, Any]) -> str:
    """JSON that cannot end the element in which it stands; what is empty is left out."""
    kept = {key: value for key, value in data.items() if value not in (None, [], "")}
    text = json.dumps(kept, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
