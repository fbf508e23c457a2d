"""The JSON Schemas of the files that editors write and of the data that the site publishes."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from .facts import Authority, FrontMatter, PlanFacts, Registers

FILES: dict[str, tuple[type[BaseModel], str]] = {
    "authority": (Authority, "plans/authority.yml"),
    "plan": (PlanFacts, "plans/<plan>/plan.yml"),
    "edition": (FrontMatter, "the front matter of plans/<plan>/<edition>.md"),
    "registers": (Registers, "plans/registers/<name>.yml, each under its own key"),
}
"""The shape of each file that editors write, by name, with where the file lies."""


def schema_of(shape: type[BaseModel], name: str) -> dict[str, Any]:
    """The JSON Schema of a shape, named and dated by its dialect."""
    schema = shape.model_json_schema(by_alias=True, mode="validation")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": f"{name}.json", **schema}
