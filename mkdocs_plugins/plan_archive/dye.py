"""A dye for words: letters of an alphabet of their own, by which a page shows in which language each word was written.

A page in another language is drawn a second time with dyed words, and that drawing is only looked at: what is published
is the first, with what the second told of its parts. The alphabets are letters too, so that a dyed text is wrapped,
parted and measured like a plain one; they lie where hardly any text has letters, and one that has is left unmarked.
"""

from __future__ import annotations

import re
from copy import copy
from dataclasses import replace
from gettext import NullTranslations

from .language import Catalogue

MAIN, ENGLISH = 0x20000, 0x25000
"""Where the two alphabets begin: for words in the body's main language, and for words that a catalogue lacks."""
_SIZE = 0x5000
"""How many letters each has: all alphabets, but not the scripts whose signs stand for whole words."""
_PLAIN = [number for number in range(_SIZE) if chr(number).isalnum()]
_DYES = {alphabet: {number: alphabet + number for number in _PLAIN} for alphabet in (MAIN, ENGLISH)}
_UNDYED = {alphabet + number: number for alphabet in (MAIN, ENGLISH) for number in _PLAIN}
_SMALL = {
    alphabet + number: alphabet + ord(chr(number).lower())
    for alphabet in (MAIN, ENGLISH)
    for number in _PLAIN
    if len(chr(number).lower()) == 1 and ord(chr(number).lower()) < _SIZE
}
_KEPT = re.compile(r"(<[^>]*>|\{[a-z_]+\}|%%|%\([^)]*\)[a-z]|&#?\w+;)")
"""What is no word in a sentence of the site's own: tags, places for values, entities."""


def dye(text: str, alphabet: int = MAIN) -> str:
    """A text in one of the alphabets; one without letters, such as a number, belongs to every language."""
    return text.translate(_DYES[alphabet]) if any(map(str.isalpha, text)) else text


def undyed(text: str) -> str:
    """A text as it was."""
    return text.translate(_UNDYED)


def small(text: str) -> str:
    """A text in small letters, each in its alphabet."""
    return text.translate(_SMALL).lower()


def alphabet_of(word: str) -> int | None:
    """The alphabet that a word is in; None for one that is not dyed."""
    first = ord(word[0])
    return next((alphabet for alphabet in (MAIN, ENGLISH) if alphabet <= first < alphabet + _SIZE), None)


def dyed_catalogue(catalogue: Catalogue) -> Catalogue:
    """A catalogue that says in dyed English what it has no words for."""
    words = copy(catalogue.words)
    words.add_fallback(_DyedEnglish())
    return replace(catalogue, words=words)


class _DyedEnglish(NullTranslations):
    """English sentences, whose words are dyed and whose places for values are as they were."""

    def gettext(self, message: str) -> str:
        return _sentence(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return _sentence(msgid1 if n == 1 else msgid2)

    def pgettext(self, context: str, message: str) -> str:  # noqa: ARG002  gettext hands a context
        return _sentence(message)

    def npgettext(self, context: str, msgid1: str, msgid2: str, n: int) -> str:  # noqa: ARG002  the same
        return _sentence(msgid1 if n == 1 else msgid2)


def _sentence(text: str) -> str:
    parts = _KEPT.split(text)
    return "".join(part if place % 2 else dye(part, ENGLISH) for place, part in enumerate(parts))
