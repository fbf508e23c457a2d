"""The language that the site speaks: its own words from a catalogue, and its dates.

Pages are made for one language at a time: `with speaking(catalogue): ...`. Until then, and for words that a catalogue
lacks, it is English, whose words are the keys. Words are written in full sentences, with what changes as `{name}`, so
that another language can put them in its own order. `tools/catalogue.py` gathers them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date
from gettext import NullTranslations
from typing import TypeVar

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal

Value = TypeVar("Value")

PLACE = re.compile(r"\{([a-z_]+)\}")
"""Where a value stands in a sentence."""


@dataclass(frozen=True)
class Catalogue:
    """What the site's own words are in one language."""

    language: str
    """Its code: en, cy."""
    words: NullTranslations = field(default_factory=NullTranslations, repr=False)
    """Its translations; English for what it lacks."""
    in_scripts: tuple[tuple[str, ...], ...] = ()
    """The English words, with their plural where they have one, that the pages' scripts say."""


ENGLISH = Catalogue("en")
_speaking: ContextVar[Catalogue] = ContextVar("speaking", default=ENGLISH)


@contextmanager
def speaking(catalogue: Catalogue) -> Iterator[None]:
    """Everything that is said inside is said in the catalogue's language."""
    before = _speaking.set(catalogue)
    try:
        yield
    finally:
        _speaking.reset(before)


def spoken() -> str:
    """The code of the language that is spoken: en, cy."""
    return _speaking.get().language


def direction() -> str:
    """Which way the letters of the language that is spoken run: ltr or rtl."""
    return Locale.parse(spoken()).text_direction


def speak(catalogue: Catalogue) -> None:
    """From here on everything is said in the catalogue's language: for an engine that draws one page after another."""
    _speaking.set(catalogue)


def tr(text: str, /, **values: object) -> str:
    """A sentence or a name in the language that is spoken, with each value in its `{place}`."""
    return _filled(_speaking.get().words.gettext(text), values)


def tr_many(one: str, many: str, count: int, /, **values: object) -> str:
    """The same for a count; `{count}` is the number, and a language may have more forms than two."""
    return _filled(_speaking.get().words.ngettext(one, many, count), {"count": count, **values})


def tr_as(context: str, text: str, /, **values: object) -> str:
    """The same for a word that means several things: `context` tells the translator which."""
    return _filled(_speaking.get().words.pgettext(context, text), values)


def tr_later(text: str) -> str:
    """A word that is noted for the catalogue here and said elsewhere, by `tr`."""
    return text


def parts(text: str, values: Mapping[str, Value]) -> Iterator[str | Value]:
    """A sentence that is already translated, as a run of words and of the values that stand in it."""
    end = 0
    for place in PLACE.finditer(text):
        if place[1] in values:
            if place.start() > end:
                yield text[end : place.start()]
            yield values[place[1]]
            end = place.end()
    if end < len(text):
        yield text[end:]


def gettext(text: str) -> str:
    """For templates: the words of a `trans` block."""
    return _speaking.get().words.gettext(text)


def ngettext(one: str, many: str, count: int) -> str:
    """For templates: the words of a `trans` block with `pluralize`."""
    return _speaking.get().words.ngettext(one, many, count)


def pgettext(context: str, text: str) -> str:
    """For templates: a word with its context."""
    return _speaking.get().words.pgettext(context, text)


def npgettext(context: str, one: str, many: str, count: int) -> str:
    """For templates: a word with its context and a count."""
    return _speaking.get().words.npgettext(context, one, many, count)


MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def say_figure(number: int) -> str:
    """A whole number with its thousands set apart, as the language has them: 10,499."""
    return format_decimal(number, locale=spoken())


def say_day(day: date) -> str:
    """A day as readers write it: 1 April 2006."""
    if spoken() == "en":
        return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
    return format_date(day, "d MMMM y", locale=spoken())


def say_month(day: date) -> str:
    """A month as readers write it: April 2006."""
    if spoken() == "en":
        return f"{MONTHS[day.month - 1]} {day.year}"
    return format_date(day, "MMMM y", locale=spoken())


def _filled(text: str, values: Mapping[str, object]) -> str:
    """The text with its values; one that it does not name is left out, one that is not given stays as written."""
    return PLACE.sub(lambda place: str(values[place[1]]) if place[1] in values else place[0], text) if values else text
