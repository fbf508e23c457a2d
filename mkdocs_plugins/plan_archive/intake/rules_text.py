"""Rules between an edition's text and the rest: its links, its section facts, its change notes, its corrections."""

from __future__ import annotations

from collections.abc import Iterator

from ..errors import Problem
from ..model import Edition, Library, Plan, PlanLink, Text

_REGISTER = {
    "partners": "partners",
    "outcome": "outcomes",
    "needs": "needs-groups",
    "step": "steps",
    "requirement": "required-contents",
    "agreement": "agreements",
    "owner": "groups",
}
"""The register of which a section's key must be one, by the name of the key."""


def check_text(library: Library, plan: Plan, edition: Edition, half: frozenset[tuple[str, str]]) -> Iterator[Problem]:
    """Every problem between one edition's texts and the library; what `half` names has problems of its own."""
    before = plan.before(edition)
    earlier = before.text if before else None
    whole = not any(name == plan.id and unread for name, unread in half)
    for text in edition.versions:
        yield from check_links(library, text, half)
        yield from _sections(library, text, earlier, half, whole=whole)
        yield from _consultees(library, text, half)
        if whole:
            yield from _changes(text, earlier)
    yield from _change_note(edition, earlier)
    yield from _corrections(edition)


def _at(text: Text, key: str) -> int:
    """The line of a key of the front matter, written with dots."""
    lines = dict(text.front_lines)
    while key and key not in lines:
        key = key.rpartition(".")[0]
    return lines.get(key, 1)


def check_links(library: Library, text: Text, half: frozenset[tuple[str, str]]) -> Iterator[Problem]:
    """Every link of a text to a plan that leads nowhere."""
    for link in text.links:
        if (link.plan, link.edition or "") in half or (link.plan, "") in half:
            continue
        fault = _dead(library, link, text)
        if fault:
            yield Problem(link.file, link.line, fault, "correct the link, or take it out")


def _dead(library: Library, link: PlanLink, text: Text) -> str:
    plan = library.plan(link.plan)
    if plan is None:
        return f"the link leads to the plan `{link.plan}`, which is not in the archive"
    if link.edition is None:
        return "the link names a section but no edition" if link.anchor else ""
    edition = plan.edition(link.edition)
    if edition is None:
        return f"the link leads to {link.plan}@{link.edition}, which is not in the archive"
    if link.anchor is not None and link.anchor not in set(edition.text.anchors()):
        return f"the link leads to `#{link.anchor}`, which {link.plan}@{link.edition} does not have"
    if edition.draft and not text.front.draft:
        return f"the link leads to {link.plan}@{link.edition}, which is a draft"
    return ""


def _sections(
    library: Library, text: Text, earlier: Text | None, half: frozenset[tuple[str, str]], *, whole: bool
) -> Iterator[Problem]:
    """Section facts against the text, the registers and, where the `whole` plan could be read, the edition before."""
    here = {section.id for section in text.sections}
    there = {section.id for section in earlier.sections} if earlier else set()
    registers = library.registers
    for section_id, facts in text.front.sections.items():
        key = f"sections.{section_id}"
        if section_id not in here:
            what = f"`{key}` is about a section that the text does not have"
            yield Problem(text.file, _at(text, key), what, "correct the id, or take the entry out")
        for was in facts.was:
            if whole and was not in there:
                what = f"`{key}.was` names `{was}`, which the edition before does not have"
                yield Problem(text.file, _at(text, f"{key}.was"), what, "name a section of the edition before")
        keyed = (
            ("partners", facts.partners, registers.partners),
            ("outcome", (facts.outcome,) if facts.outcome else (), registers.outcomes),
            ("needs", facts.needs, registers.needs_groups),
            ("step", facts.step, registers.steps),
            ("requirement", facts.requirement, registers.required_contents),
            ("agreement", facts.agreement, registers.agreements),
            ("owner", (facts.owner,) if facts.owner else (), registers.groups),
        )
        for name, keys, register in keyed:
            if (f"register:{_REGISTER[name]}", "") in half:
                continue
            for unknown in (k for k in keys if k not in register):
                what = f"`{key}.{name}` names `{unknown}`, which is not in the register"
                yield Problem(text.file, _at(text, f"{key}.{name}"), what, "add it to the register, or correct it")


def _consultees(library: Library, text: Text, half: frozenset[tuple[str, str]]) -> Iterator[Problem]:
    if ("register:consultees", "") in half:
        return
    for index, line in enumerate(text.front.consultation):
        if line.consultee is not None and line.consultee not in library.registers.consultees:
            key = f"consultation.{index}.consultee"
            what = f"`{key}` names `{line.consultee}`, which is not in the register"
            yield Problem(text.file, _at(text, key), what, "add it to the register, or correct it")


def _changes(text: Text, earlier: Text | None) -> Iterator[Problem]:
    texts = [text, earlier] if earlier else [text]
    sections = {section.id for each in texts for section in each.sections}
    refs = {row.ref for each in texts for row in each.rows()}
    for index, note in enumerate(text.front.changes):
        name = note.section or note.ref
        if name not in (sections if note.section else refs):
            what = f"`changes` speaks of `{name}`, which is neither in this edition nor in the one before"
            yield Problem(text.file, _at(text, f"changes.{index}"), what, "correct it, or take the entry out")


def _change_note(edition: Edition, earlier: Text | None) -> Iterator[Problem]:
    text = edition.text
    if earlier is not None and text.front.change_note is None and not text.front.draft:
        what = "the edition does not say what changed since the one before"
        yield Problem(text.file, 1, what, "add `change_note` to the front matter")


def _corrections(edition: Edition) -> Iterator[Problem]:
    for place, text in enumerate(edition.versions, start=1):
        if text.version != place:
            what = f"version {text.version} of the edition is here, but not version {place}"
            yield Problem(text.file, 1, what, "number corrections from v2 on without a gap")
            return
        corrects = text.front.corrects
        if place == 1 and corrects is not None:
            what = "the edition's first text says that it corrects another"
            yield Problem(text.file, _at(text, "corrects"), what, "corrections are files of their own, <edition>.v2.md")
        if place > 1 and text.front.draft and not edition.draft:
            what = f"version {place} calls itself a draft, and the edition is published"
            yield Problem(
                text.file, _at(text, "draft"), what, "take `draft` out, or keep the file away until it is final"
            )
        if place > 1 and corrects != f"v{place - 1}":
            what = f"version {place} does not say that it corrects v{place - 1}"
            yield Problem(text.file, _at(text, "corrects"), what, f"add `corrects: v{place - 1}` and `reason`")
