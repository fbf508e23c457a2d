"""A table of destinations, read from its file."""

from __future__ import annotations

from pathlib import PurePosixPath

from ..errors import Problem
from ..facts import DestinationFile
from ..model import DestinationTable
from .schema import read_facts
from .strict_yaml import Document


def read_table(document: Document, file: str, plan: str) -> tuple[DestinationTable | None, list[Problem]]:
    """Type a table of destinations of a plan; its name must say what it holds."""
    facts, problems = read_facts(document, DestinationFile, file)
    if facts is None:
        return None, problems
    old_plan, _, old_edition = facts.from_.partition("@")
    new_plan, _, new_edition = facts.to.partition("@")
    if old_plan != plan:
        what = f"`from` names `{facts.from_}`, but the file lies in the folder of the plan `{plan}`"
        problems.append(Problem(file, document.line(("from",)), what, "correct it, or move the file"))
    name = f"{old_edition}-to-{new_plan}-{new_edition}.yml"
    if PurePosixPath(file).name != name:
        what = f"the file leads from {facts.from_} to {facts.to}, which its name does not say"
        problems.append(Problem(file, 1, what, f"call it {name}"))
    if problems:
        return None, problems
    lines = tuple(document.line(("rows", index)) for index in range(len(facts.rows)))
    return DestinationTable(file, old_plan, old_edition, new_plan, new_edition, facts.rows, lines), []
