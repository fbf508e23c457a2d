"""Rules of the registers that plans are held against: keys exist, groups answer upwards, names are one partner's."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from ..addresses import slug
from ..errors import Problem
from ..model import Library
from .rules_lines import Lines
from .strict_yaml import Path

Named = tuple[str, str, str, Path, str]
"""A register, the row and the field that name something, the place within the field, and what is named."""


def check_keys(library: Library, lines: Lines) -> Iterator[Problem]:
    """Every key in a row of a register that stands in no register, and every name that two partners share."""
    registers = library.registers
    known: dict[str, Collection[str]] = {
        "law": registers.law,
        "partners": registers.partners,
        "groups": registers.groups,
        "agreements": registers.agreements,
        "needs-groups": registers.needs_groups,
    }
    for target, (name, row, field, place, key) in _named(library):
        if key not in known[target] and not lines.unread(target):
            what = (
                f"`{key}` is not in the register of {target}"
                if target != "law"
                else f"`{key}` is not in the law register"
            )
            yield lines.problem(_file(name), (name, row, field, *place), what, "add it, or correct the key")
    yield from _groups(library, lines)
    yield from _plans(library, lines)
    yield from _names(library, lines)


def _named(library: Library) -> Iterator[tuple[str, Named]]:
    """Each key that a row names, with the register in which it must stand."""
    registers = library.registers
    for key, group in registers.groups.items():
        if group.under is not None:
            yield "groups", ("groups", key, "under", (), group.under)
        for index, member in enumerate(group.members):
            yield "partners", ("groups", key, "members", (index,), member)
    rows: tuple[tuple[str, dict[str, Any]], ...] = (
        ("required-contents", dict(registers.required_contents)),
        ("consultees", dict(registers.consultees)),
    )
    for name, held in rows:
        for key, row in held.items():
            yield "law", (name, key, "law", (), row.law)
    for key, measure in registers.measures.items():
        for index, agreement in enumerate(measure.agreement):
            yield "agreements", ("measures", key, "agreement", (index,), agreement)
    for key, relationship in registers.relationships.items():
        yield "needs-groups", ("relationships", key, "needs-group", (), relationship.needs_group)
    for key, step in registers.steps.items():
        for index, source in enumerate(step.source):
            yield "law", ("steps", key, "source", (index,), source)
    for key, needs in registers.needs_groups.items():
        for index, source in enumerate(needs.source):
            yield "law", ("needs-groups", key, "source", (index,), source)


def _groups(library: Library, lines: Lines) -> Iterator[Problem]:
    """No group answers, by way of others, to itself."""
    groups = library.registers.groups
    for key, group in groups.items():
        above, seen = group.under, {key}
        while above is not None and above not in seen:
            seen.add(above)
            above = groups[above].under if above in groups else None
        if above == key:
            what = f"the group `{key}` answers, by way of others, to itself"
            yield lines.problem(_file("groups"), ("groups", key, "under"), what, "correct `under`")


def _plans(library: Library, lines: Lines) -> Iterator[Problem]:
    """The plans and numbered rows that lessons and measures are about."""
    for key, lesson in library.registers.lessons.items():
        for index, plan in enumerate(lesson.plans):
            if library.plan(plan) is None and (plan, "") not in lines.half:
                path: Path = ("lessons", key, "plans", index)
                yield lines.problem(
                    _file("lessons"), path, f"there is no plan `{plan}`", "correct its id, or take it out"
                )
    for key, measure in library.registers.measures.items():
        held = library.plan(measure.plan)
        if any(plan == measure.plan for plan, _ in lines.half):
            continue
        if held is None:
            path = ("measures", key, "plan")
            yield lines.problem(_file("measures"), path, f"there is no plan `{measure.plan}`", "correct its id")
        elif not any(row.ref == measure.ref for edition in held.editions for row in edition.text.rows()):
            what = f"no edition of the plan `{measure.plan}` has a row `{measure.ref}`"
            yield lines.problem(
                _file("measures"), ("measures", key, "ref"), what, "correct the Ref, or take the row out"
            )


def _names(library: Library, lines: Lines) -> Iterator[Problem]:
    """No name stands for two partners."""
    partners = library.registers.partners
    seen: dict[str, str] = {}
    for key, partner in partners.items():
        for name in (key, partner.title):
            seen.setdefault(slug(name), key)
    for key, partner in partners.items():
        for index, name in enumerate(partner.also):
            other = seen.setdefault(slug(name), key)
            if other != key:
                what = f"'{name}' stands for `{other}` already"
                path: Path = ("partners", key, "also", index)
                yield lines.problem(_file("partners"), path, what, "a name leads to one partner: keep one")


def _file(register: str) -> str:
    return f"plans/registers/{register}.yml"
