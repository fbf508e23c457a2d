"""Rules of the registers: dates and statuses that agree, keys that exist."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ..errors import Problem
from ..facts import When
from ..model import Library
from .rules_lines import Lines
from .strict_yaml import Path


def check_registers(library: Library, lines: Lines) -> Iterator[Problem]:
    """Every problem between the rows of the registers."""
    law = library.registers.law
    file = "plans/registers/law.yml"
    for key, row in law.items():
        for index, by in enumerate(row.by):
            if by not in law:
                what = f"`{by}` is not in the law register"
                yield lines.problem(file, ("law", key, "by", index), what, "add it, or correct the key")
        over = row.status in ("repealed", "revoked", "substituted", "disapplied", "lapsed")
        if over != (row.ended is not None):
            what = f"the status `{row.status}` and the date `ended` do not agree"
            yield lines.problem(file, ("law", key), what, "give `ended` where, and only where, it has ended")
        if _before(row.ended, row.in_force):
            what = "it ended before it came into force"
            yield lines.problem(file, ("law", key, "ended"), what, "correct one of the two dates")
    for name, rows in (("outcomes", library.registers.outcomes), ("terms", library.registers.terms)):
        for key, term in rows.items():
            for index, source in enumerate(term.source):
                if source not in law:
                    file = f"plans/registers/{name}.yml"
                    what = f"`{source}` is not in the law register"
                    yield lines.problem(file, (name, key, "source", index), what, "add it, or correct the key")
    for key, partner in library.registers.partners.items():
        for index, by in enumerate(partner.duty.by if partner.duty else ()):
            if by not in law:
                what = f"`{by}` is not in the law register"
                path: Path = ("partners", key, "duty", "by", index)
                yield lines.problem("plans/registers/partners.yml", path, what, "add it, or correct the key")


def _before(earlier: When | None, later: When | None) -> bool:
    return isinstance(earlier, date) and isinstance(later, date) and earlier < later
