"""Holding what an editor stated against the shape of a file, and telling each fault in plain words."""

from __future__ import annotations

import difflib
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from ..errors import Problem
from .strict_yaml import Document, Path

Shape = TypeVar("Shape", bound=BaseModel)


def read_facts(
    document: Document, shape: type[Shape], file: str, under: Path = ()
) -> tuple[Shape | None, list[Problem]]:
    """Type a document by its shape; `under` is the path in the file at which `document.value` stands."""
    try:
        return shape.model_validate(document.value), []
    except ValidationError as error:
        schema = shape.model_json_schema(by_alias=True)
        return None, [_problem(fault, document, schema, file, under) for fault in error.errors()]


def _problem(fault: Any, document: Document, schema: dict[str, Any], file: str, under: Path) -> Problem:
    path = _path(fault["loc"], document, under)
    line = document.line(path)
    name = "`" + ".".join(str(part) for part in path[len(under) :]) + "`" if path[len(under) :] else "this"
    what, remedy = _words(fault, path[len(under) :], schema)
    return Problem(file, line, f"{name} {what}", remedy)


def _path(loc: tuple[str | int, ...], document: Document, under: Path) -> Path:
    """The part of pydantic's location that is in the file: union tags and validators' names are left out."""
    path: Path = under
    last = len(loc) - 1
    for place, part in enumerate(loc):
        if (*path, part) in document.lines or (
            place == last and part not in ("day", "about", "unknown", "known", "[key]")
        ):
            path = (*path, part)
    return path


def _words(fault: Any, path: Path, schema: dict[str, Any]) -> tuple[str, str]:
    """What is wrong and what to do, in the words of the file."""
    kind, given = fault["type"], fault.get("input")
    if kind == "missing":
        about = _properties(path[:-1], schema).get(str(path[-1]), {}).get("description", "")
        return "is missing", f"add it: {about}".rstrip(": ").rstrip(".")
    if kind == "extra_forbidden":
        known = sorted(_properties(path[:-1], schema))
        near = difflib.get_close_matches(str(path[-1]), known, n=1)
        hint = f"did you mean `{near[0]}`?" if near else "known keys are " + ", ".join(known)
        return "is not a key that belongs here", f"correct or remove it; {hint}"
    if kind == "value_error":
        what, _, remedy = str(fault["msg"]).removeprefix("Value error, ").partition(": ")
        return f"{what} ({_shown(given)})" if isinstance(given, str) else what, remedy or "correct it"
    what, remedy = _KINDS.get(kind, ("is not as it should be ({msg})", "correct it"))
    told = {"given": _shown(given), "msg": fault["msg"], "expected": "", "pattern": "", **fault.get("ctx", {})}
    return what.format_map(told), remedy.format_map(told)


_LIST = ("is {given}, not a list", "write a list: [first, second]")
_MAPPING = ("is {given}, not a mapping", "write `key: value` lines below it")
_KINDS = {
    "literal_error": ("is {given}", "use one of {expected}"),
    "string_pattern_mismatch": ("is {given}", "it must match {pattern}"),
    "string_too_short": ("is {given}, too short", "write it out, or leave the key out"),
    "string_type": ("is not a plain text", "write one value after the colon"),
    "tuple_type": _LIST,
    "dict_type": _MAPPING,
    "model_type": _MAPPING,
    "model_attributes_type": _MAPPING,
}
"""What is wrong and what to do, by pydantic's name for the fault."""


def _shown(value: object) -> str:
    if isinstance(value, str):
        return f"'{value if len(value) <= 60 else value[:57] + '...'}'"
    return "a list" if isinstance(value, list) else "a mapping" if isinstance(value, dict) else repr(value)


def _properties(path: Path, schema: dict[str, Any]) -> dict[str, Any]:
    """The keys that the schema knows at a path."""
    nodes = [schema]
    for part in path:
        nodes = [inner for node in nodes for inner in _inner(_resolved(node, schema), part)]
    found: dict[str, Any] = {}
    for leaf in (leaf for node in nodes for leaf in _resolved(node, schema)):
        found.update(leaf.get("properties", {}))
    return found


def _inner(nodes: list[dict[str, Any]], part: str | int) -> list[dict[str, Any]]:
    inner = []
    for node in nodes:
        if isinstance(part, int):
            inner.append(node.get("items", {}))
        elif part in node.get("properties", {}):
            inner.append(node["properties"][part])
        else:
            inner.append(node.get("additionalProperties") or {})
            inner.extend(node.get("patternProperties", {}).values())
    return [node for node in inner if isinstance(node, dict)]


def _resolved(node: dict[str, Any], schema: dict[str, Any]) -> list[dict[str, Any]]:
    """A schema node with its references and alternatives followed."""
    if "$ref" in node:
        return _resolved(schema["$defs"][node["$ref"].rsplit("/", 1)[-1]], schema)
    choices = node.get("anyOf") or node.get("oneOf")
    if choices:
        return [leaf for choice in choices for leaf in _resolved(choice, schema)]
    return [node]
