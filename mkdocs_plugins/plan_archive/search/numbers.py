"""How a section is asked for by its number, language by language: "section 2", "yn adran 2", "Appendix A". Pure.

The index has one word for each number, the same in every language; the page that searches gets the table of its own.
"""

from __future__ import annotations

import re

from ..language import spoken

NUMBERED = {
    "en": {
        "section": "section chapter part",
        "annex": "annex appendix",
        "question": "question",
        "priority": "priority",
        "strand": "strand",
        "tier": "tier",
    },
    "cy": {
        "section": "adran hadran pennod bennod phennod mhennod rhan ran",
        "annex": "atodiad hatodiad",
        "question": "cwestiwn gwestiwn chwestiwn nghwestiwn",
        "priority": "blaenoriaeth flaenoriaeth mlaenoriaeth",
        "strand": "llinyn linyn",
        "tier": "haen",
    },
}
"""For each language the words before a number, in every form that they take there, by what the index calls them all.

A chapter or part is found as a section is, since a heading with a number seldom says which it is.
"""
_NUMBERED = re.compile(r"^(?:([^\W\d_]+)\s+)?(\d{1,2}|[A-Z])(?:[.:)]?\s+|[.:)]|$)", re.IGNORECASE)


def numbered() -> dict[str, str]:
    """The words before a number in the language that is spoken, each with what the index calls it."""
    return {word: kind for kind, words in NUMBERED.get(spoken(), {}).items() for word in words.split()}


def number_words(title: str) -> str:
    """A heading's number as words to search by: "2 Exclusions" -> section2, "Annex A: The centres" -> annexa."""
    found = _NUMBERED.match(title)
    if found is None or (not found[1] and found[2].isalpha() and title[len(found[2]) : len(found[2]) + 1] not in ".:)"):
        return ""
    kind = (found[1] or "section").lower()
    return f"{numbered().get(kind, kind)}{found[2].lower()}"


def without_number(title: str) -> str:
    """A heading without its number: "2 Exclusions" -> "Exclusions"."""
    return _NUMBERED.sub("", title)
