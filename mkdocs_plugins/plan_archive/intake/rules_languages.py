"""Rules between an edition's main text and the same text in another language: the same parts, the same figures."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from babel.localedata import exists

from ..errors import Problem
from ..facts import FrontMatter
from ..model import Edition, Library, Text
from .rules_lines import Half, Lines
from .rules_text import check_links

_FIGURE = re.compile(r"\d[\d,]*(?:\.\d+)?")


def check_languages(library: Library, lines: Lines) -> Iterator[Problem]:
    """Every problem of the archive's languages, and of the texts that are not in its main one."""
    authority, file = library.authority, "plans/authority.yml"
    for index, language in enumerate(authority.languages):
        if not exists(language):
            what = f"`{language}` is not the code of a language whose dates are known"
            yield lines.problem(file, ("languages", index), what, "use the two letters of ISO 639, such as cy")
        if language in authority.languages[:index]:
            what = f"`{language}` stands twice"
            yield lines.problem(file, ("languages", index), what, "keep one")
    for language in authority.translated:
        yield from _listed(library, lines, file, ("translated", language), language)
    for plan in library.plans:
        for language in plan.facts.translated:
            yield from _listed(library, lines, plan.file, ("translated", language), language)
        for edition in plan.editions:
            for language, texts in edition.others:
                yield from _texts(library, edition, language, texts, lines.half)


def _listed(library: Library, lines: Lines, file: str, path: tuple[str, ...], language: str) -> Iterator[Problem]:
    if language not in library.authority.languages[1:]:
        remedy = "add it there after the main language, or take this out"
        yield lines.problem(file, path, f"`{language}` is not among `languages` in plans/authority.yml", remedy)


def _texts(library: Library, edition: Edition, language: str, texts: tuple[Text, ...], half: Half) -> Iterator[Problem]:
    if language not in library.authority.languages[1:]:
        what = f"`{language}` is not among `languages` in plans/authority.yml"
        yield Problem(texts[0].file, 1, what, "add it there after the main language, or correct the file's name")
        return
    if [text.version for text in texts] != [text.version for text in edition.versions]:
        have = ", ".join(f"v{text.version}" for text in edition.versions)
        what = f"the edition has {have}, but not each of them is here in this language"
        yield Problem(texts[-1].file, 1, what, f"add the missing one, such as {edition.id}.{language}.v2.md")
        return
    for main, text in zip(edition.versions, texts, strict=True):
        yield from check_links(library, text, half)
        yield from _same_parts(main, text)
        yield from _same_rows(main, text)
        yield from _whole_front(main.front, text)
        if main.front.published and text.front.published and text.front.published < main.front.published:
            what = f"`published` ({text.front.published}) is before the main text's ({main.front.published})"
            yield Problem(text.file, dict(text.front_lines).get("published", 1), what, "correct one of the two dates")


def _same_parts(main: Text, text: Text) -> Iterator[Problem]:
    """The same sections, by id, in the same order and as deep."""
    here = {section.id: section for section in text.sections}
    there = {section.id: section for section in main.sections}
    for section in text.sections:
        if section.id not in there:
            what = f"the section `{section.id}` is not in the main text, {main.file}"
            yield Problem(text.file, section.line, what, "give the heading the id that it has there")
        elif section.level != there[section.id].level:
            what = f"the section `{section.id}` is on another level than in the main text, {main.file}"
            yield Problem(text.file, section.line, what, f"write it with {there[section.id].level} `#`")
    for section in main.sections:
        if section.id not in here:
            what = f"the section `{section.id}` of the main text is missing ({main.file}:{section.line})"
            yield Problem(text.file, 1, what, "add it: a text in another language is whole")
    both = [section.id for section in text.sections if section.id in there]
    if both != [section.id for section in main.sections if section.id in here]:
        what = f"the sections stand in another order than in the main text, {main.file}"
        yield Problem(text.file, 1, what, "put them in the same order")


def _same_rows(main: Text, text: Text) -> Iterator[Problem]:
    """The same keyed rows with the same figures: a target cannot be another one in another language."""
    there = {row.ref: row for row in main.rows()}
    here = {row.ref: row for row in text.rows()}
    for ref, row in here.items():
        if ref not in there:
            what = f"the row {ref} is not in the main text, {main.file}"
            yield Problem(text.file, row.line, what, "give the row the Ref that it has there")
        elif _figures(row.text) != _figures(there[ref].text):
            what = f"the figures of {ref} are not those of the main text ({main.file}:{there[ref].line})"
            yield Problem(text.file, row.line, what, "make the figures equal")
    for ref, row in there.items():
        if ref not in here:
            what = f"the row {ref} of the main text is missing ({main.file}:{row.line})"
            yield Problem(text.file, 1, what, "add it: a text in another language is whole")


def _figures(words: str) -> Counter[str]:
    return Counter(figure.replace(",", "") for figure in _FIGURE.findall(words))


def _whole_front(main: FrontMatter, text: Text) -> Iterator[Problem]:
    """What the main text's front matter says in words, the other one says too."""
    front = text.front
    for name in ("change_note", "reason"):
        if getattr(main, name) and not getattr(front, name):
            yield Problem(text.file, 1, f"the main text has `{name}`, and this one has none", f"add `{name}`")
    keys: list[tuple[str, Any, Any]] = [
        (
            "changes",
            [(n.section, n.ref, n.change) for n in main.changes],
            [(n.section, n.ref, n.change) for n in front.changes],
        ),
        ("consultation", len(main.consultation), len(front.consultation)),
    ]
    for name, wanted, given in keys:
        if wanted != given:
            what = f"`{name}` does not speak of the same things, in the same order, as the main text's"
            yield Problem(text.file, dict(text.front_lines).get(name, 1), what, "write an entry for each of them")
