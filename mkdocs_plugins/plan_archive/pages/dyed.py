"""A library whose words in the main language are dyed: from it a page is drawn that shows which of its words those are.

Ids, addresses, days, numbers and the words that a program reads stay as they are. So do the texts of editions: a page
in another language quotes no more of a main text than its headings.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from typing import Any, get_args, get_type_hints

from pydantic import BaseModel

from ..dye import dye
from ..facts import Contact, FrontMatter, Line, TranslatedFront
from ..model import Edition, Library, MeasureChange, Section, Text
from ..trace import End, Part, Stop
from .pairs import Pair
from .ways import Tracing

_LINE = frozenset(get_args(Line)[1:])
"""What makes a line of words out of a string."""
_NO_WORDS = ("translated", "handles", "phone")
"""Fields whose lines are in another language or in none."""


def dyed_library(library: Library) -> Library:
    """The library with its main language's words dyed; `seen_in` then puts the words of another language over them."""
    plans = tuple(
        replace(plan, facts=_dyed(plan.facts), editions=tuple(_edition(edition) for edition in plan.editions))
        for plan in library.plans
    )
    return replace(library, authority=_dyed(library.authority), registers=_dyed(library.registers), plans=plans)


def _edition(edition: Edition) -> Edition:
    others = tuple((code, tuple(_translated(text) for text in texts)) for code, texts in edition.others)
    return replace(edition, facts=_dyed(edition.facts), versions=tuple(map(_text, edition.versions)), others=others)


def _text(text: Text) -> Text:
    return replace(text, front=_dyed(text.front), sections=tuple(map(_section, text.sections)))


def _section(section: Section) -> Section:
    return replace(section, title=dye(section.title))


def _translated(text: Text) -> Text:
    """A text in another language: of what stands above it, the words are its own, and all else is the main text's."""
    main = FrontMatter.model_fields.keys() - TranslatedFront.model_fields.keys()
    return replace(text, front=text.front.model_copy(update={name: _field(text.front, name) for name in main}))


def _dyed(value: Any, *, worded: bool = False) -> Any:
    """Facts with their words dyed; a string alone is dyed where its field holds words."""
    if isinstance(value, str):
        # An old web address stands among a plan's names.
        return dye(value) if worded and not value.startswith("/") else value
    if isinstance(value, BaseModel):
        if isinstance(value, Contact):
            return value
        return value.model_copy(update={name: _field(value, name) for name in type(value).model_fields})
    if isinstance(value, tuple):
        return tuple(_dyed(each, worded=worded) for each in value)
    if isinstance(value, dict):
        return {key: _dyed(each, worded=worded) for key, each in value.items()}
    return value


def _field(facts: BaseModel, name: str) -> Any:
    value = getattr(facts, name)
    return value if name in _NO_WORDS else _dyed(value, worded=name in _worded(type(facts)))


@cache
def _worded(kind: type[BaseModel]) -> frozenset[str]:
    """The fields of a fact that hold lines of words."""
    return frozenset(name for name, hint in get_type_hints(kind, include_extras=True).items() if _holds_line(hint))


def _holds_line(hint: Any) -> bool:
    parts = get_args(hint)
    try:
        if frozenset(parts[1:]) >= _LINE:
            return True
    except TypeError:  # some of what qualifies a type cannot stand in a set
        pass
    return any(map(_holds_line, parts))


def dyed_pairs(pairs: Iterable[Pair], library: Library) -> tuple[Pair, ...]:
    """The comparisons of a language with the plans of its dyed library; what is told of measures is in the main one."""
    made = []
    for pair in pairs:
        plan = library.plan(pair.plan.id)
        old, new = (library.edition(pair.plan.id, edition.id) for edition in (pair.old, pair.new))
        if plan and old and new:
            measures = tuple(map(_measure, pair.comparison.measures))
            comparison = replace(pair.comparison, measures=measures)
            made.append(replace(pair, plan=plan, old=old, new=new, comparison=comparison))
    return tuple(made)


def _measure(change: MeasureChange) -> MeasureChange:
    """What a measure was and is, where that is said in words: its figures and signs are the same in each language."""
    if change.field not in ("measure", "unit", "definition"):
        return change
    return replace(change, old=change.old and dye(change.old), new=change.new and dye(change.new))


def dyed_tracing(tracing: Tracing) -> Tracing:
    """What was traced, with the names of parts and the reasons of ends dyed."""
    known: dict[int, Stop] = {}
    ways = {key: {place: _stop(way, known) for place, way in found.items()} for key, found in tracing.ways.items()}
    origins = {
        key: {place: tuple(_stop(way, known) for way in rows) for place, rows in found.items()}
        for key, found in tracing.origins.items()
    }
    return replace(tracing, ways=ways, origins=origins)


def _stop(stop: Stop, known: dict[int, Stop]) -> Stop:
    """One stop of a way; two ways that share a stop still do."""
    if id(stop) not in known:
        onward = tuple(_stop(after, known) for after in stop.onward)
        end = None if stop.end is None else _end(stop.end)
        known[id(stop)] = replace(stop, part=_part(stop.part), onward=onward, end=end, row=_dyed(stop.row))
    return known[id(stop)]


def _part(part: Part) -> Part:
    row = None if part.row is None else replace(part.row, text=_after_ref(part.row.text, part.row.ref))
    return replace(part, section=_section(part.section), row=row)


def _after_ref(text: str, ref: str | None) -> str:
    """A row's cells dyed, but for its Ref, which no language has."""
    return "\t".join(cell if cell == ref else dye(cell) for cell in text.split("\t"))


def _end(end: End) -> End:
    outside = _dyed(end.outside)
    return replace(end, reason=dye(end.reason), decision=dye(end.decision), outside=outside, name=dye(end.name))
