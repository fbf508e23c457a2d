"""What the search page knows before it searches: words that mean the same, the plans by all their names. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

import snowballstemmer
from babel import Locale

from ..language import spoken
from ..model import Library
from ..pages.catalogue import noticed
from ..pages.languages import name_of
from ..pages.search import facet_names, plan_names
from ..status import edition_on
from .numbers import numbered

WELSH = {
    "addysg": "education",
    "anabl": "disabled",
    "anabledd": "disability",
    "bwlio": "bullying",
    "cludiant": "transport",
    "cwynion": "complaints",
    "cyllideb": "budget",
    "cynllun": "plan",
    "cynlluniau": "plans",
    "gofal": "care",
    "gofalwyr": "carers",
    "gwaharddiadau": "exclusions",
    "iechyd": "health",
    "ieuenctid": "youth",
    "ifanc": "young",
    "mabwysiadu": "adoption",
    "maethu": "fostering",
    "meddwl": "mental",
    "pobl": "people",
    "teulu": "family",
    "teuluoedd": "families",
    "tlodi": "poverty",
    "ysgol": "school",
    "ysgolion": "schools",
    **dict.fromkeys(("plant", "blant", "phlant"), "children"),
    **dict.fromkeys(("gynllun", "chynllun"), "plan"),
    **dict.fromkeys(("bobl", "phobl"), "people"),
    **dict.fromkeys(("i", "ir", "y", "yr", "yn", "ar"), ""),
}
"""Words that a reader of Welsh may try: searched in English where no text has them. An empty word is left out."""


def words(
    library: Library, sizes: Mapping[str, int], results: Mapping[str, str], *, preview: bool = False
) -> dict[str, Any]:
    """`/search/words.json`; `sizes` counts each bundle's results, `results` gives the result that is a plan's page."""
    plans = [
        {
            "id": plan.id,
            "title": plan.facts.title,
            "names": plan_names(plan),
            "in_effect": edition_on(plan, library.as_at) is not None,
            "result": results.get(f"{plan.id}/plan", ""),
        }
        for plan in library.plans
    ]
    return noticed(
        library,
        {
            "schema": "plan-archive/search-words/1",
            "authority": library.authority.name,
            "sizes": dict(sizes),
            "groups": [list(group) for group in groups(library)],
            "language": spoken(),
            "language_name": name_of(spoken()),
            "numbered": numbered(),
            "welsh": WELSH if spoken() == "en" else {},
            "plans": plans,
            "facets": {name: facet_names(library)[name] for name in ("needs", "outcome")},
            **({"preview": True} if preview else {}),
        },
    )


def groups(library: Library) -> tuple[tuple[str, ...], ...]:
    """Words that are searched as one; a plan's name among them is left to the plans, which are found by it anyway."""
    registers = library.registers
    names = {name.casefold() for plan in library.plans for name in (plan.facts.title, *plan_names(plan))}
    found = [
        tuple(word for word in (term.title, *term.also) if word.casefold() not in names)
        for register in (registers.terms, registers.needs_groups, registers.outcomes)
        for term in register.values()
    ]
    return tuple(group for group in found if len(group) > 1)


def group_word(number: int) -> str:
    """The word that stands in the index for a group; all are of one length, so that none begins another."""
    return f"also{number:04}"


class Grouped:
    """Which groups of words a text has, so that the index holds one word for a group and a search asks for one."""

    def __init__(self, all_groups: Iterable[Iterable[str]]) -> None:
        """Take the groups' words by their stems, and a run of words by its first."""
        self._by_first: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for number, group in enumerate(all_groups):
            for run in {_stems(word) for word in group} - {()}:
                self._by_first.setdefault(run[0], []).append((run, group_word(number)))

    def found(self, text: str) -> Iterator[str]:
        """The word of each group, as often as the text has any of its words."""
        stems = _stems(text)
        for place, stem in enumerate(stems):
            seen = {word for run, word in self._by_first.get(stem, ()) if stems[place : place + len(run)] == run}
            yield from sorted(seen)


@cache
def _stem(word: str, language: str) -> str:
    """A word without its endings, where the language has a stemmer; Welsh has none."""
    stemmer = _stemmer(language)
    return str(stemmer.stemWord(word)) if stemmer else word


@cache
def _stemmer(language: str) -> Any:
    name = str(Locale.parse(language, sep="-").get_language_name("en")).lower()
    return snowballstemmer.stemmer(name) if name in snowballstemmer.algorithms() else None


def _stems(text: str) -> tuple[str, ...]:
    plain = text.casefold().replace("'", "").replace("\u2019", "")
    return tuple(_stem(word, spoken()) for word in re.findall(r"[^\W_]+", plain))
