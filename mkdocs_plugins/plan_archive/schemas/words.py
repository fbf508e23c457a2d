"""The words in which JSON Schemas are written here."""

from __future__ import annotations

from typing import Any

Schema = dict[str, Any]


def an_object(description: str, **fields: Schema) -> Schema:
    """A shape whose fields are all there, and no other; `notice` stands on examples alone."""
    required = [name for name in fields if name != "notice"]
    return {
        "type": "object",
        "description": description,
        "properties": fields,
        "required": required,
        "additionalProperties": False,
    }


def a_field(kind: str, description: str, **more: Any) -> Schema:
    """A plain value with what it means."""
    return {"type": kind, "description": description, **more}


def maybe(kind: str, description: str, **more: Any) -> Schema:
    """A plain value that may be null."""
    return {"anyOf": [{"type": kind, **more}, {"type": "null"}], "description": description}


def one_of(values: str, description: str) -> Schema:
    """One of some words, parted by spaces."""
    return {"type": "string", "enum": values.split(), "description": description}


def a_list(item: Schema, description: str) -> Schema:
    """A list of one sort of thing."""
    return {"type": "array", "items": item, "description": description}


def shape(name: str, description: str = "") -> Schema:
    """A shape that is described under `$defs`."""
    return {"$ref": f"#/$defs/{name}"} | ({"description": description} if description else {})


def counts(description: str, **meanings: str) -> Schema:
    """A shape of counts, each with what it counts."""
    fields = {name: a_field("integer", meaning, minimum=0) for name, meaning in meanings.items()}
    return an_object(description, **fields)


NOTICE = a_field("string", '"Fictional example ..." where the archive is one; otherwise the key is not there.')
