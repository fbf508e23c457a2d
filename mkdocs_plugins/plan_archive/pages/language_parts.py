"""Which parts of a page are in another language than the page: marked for those who listen to it, or read it by touch.

The page is held against a second drawing of it whose words are dyed by their language. Nothing of the second goes onto
the page but that knowledge, so whatever the dye may do to it, what is read stays what it was. A part of which the two
drawings do not speak alike is left unmarked.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from posixpath import join, normpath

from ..dye import ENGLISH, MAIN, alphabet_of, small, undyed

_TAG = re.compile(
    r"(<(?:script|style)\b.*?</(?:script|style)>|<!--.*?-->|<(?:\"[^\"]*\"|'[^']*'|[^'\">])*>)",
    re.DOTALL | re.IGNORECASE,
)
_WORD = re.compile(r"(?P<entity>&#?\w+;)|[^\W_]+")
_SPOKEN = re.compile(r"\s(?:lang|aria-label|aria-description|title|alt|data-label)=")
"""What an element has when a language of its own would also be that of words, in its tag, that are in another."""
_LINK = re.compile(r"<a\s(?![^>]*\shreflang=)(?:[^>]*\s)?href=\"(?P<href>[^\"#?:]+)(?:[#?][^\"]*)?\"[^>]*(?=>)")
_ALONE = ("title", "desc", "option", "textarea")
"""Elements that hold no others: they are marked whole or not at all."""
Run = tuple[int, int, str]
"""From where to where a text is in another language, and the language's code."""


def with_languages(html: str, dyed: str, language: str, main: str) -> str:
    """A page in `language` with its parts in `main`, and those in English, marked; `dyed` is its second drawing."""
    pieces = _TAG.split(html)
    told = _told(pieces, _TAG.split(dyed))
    svg = False
    for place in range(0, len(pieces), 2):
        before = pieces[place - 1] if place else ""
        svg = before.startswith("<svg") or (svg and before != "</svg>")
        runs = tuple(_runs(told.get(place, ""), language, {MAIN: main, ENGLISH: "en"}))
        if not runs:
            continue
        name, text = _name(before), pieces[place]
        after = pieces[place + 1] if place + 1 < len(pieces) else ""
        whole = len(runs) == 1 and text[runs[0][0] : runs[0][1]] == text.strip() and after == f"</{name}>"
        if whole and not _SPOKEN.search(before):
            pieces[place - 1] = f'{before[:-1]} lang="{runs[0][2]}">'
        elif name not in _ALONE:
            pieces[place] = _wrapped(text, runs, "tspan" if svg else "span")
    return "".join(pieces)


def _name(tag: str) -> str:
    found = re.match(r"<([a-zA-Z0-9]+)", tag)
    return found[1] if found else ""


def _told(pieces: Sequence[str], dyed: Sequence[str]) -> dict[int, str]:
    """For each text of a page, by its place, the same text dyed.

    Where the same words stand there several times in different languages, each is known by its number among them.
    """
    known: defaultdict[str, list[str]] = defaultdict(list)
    for text in dyed[::2]:
        # Small letters: where a page gives a word a large one, the dye has none.
        known[undyed(small(text))].append(small(text))
    counts = Counter(text.lower() for text in pieces[::2])
    seen: Counter[str] = Counter()
    found = {}
    for place in range(0, len(pieces), 2):
        key = pieces[place].lower()
        these = known.get(key, ())
        if (len(these) == counts[key] or len(set(these)) == 1) and len(key) == len(pieces[place]):
            found[place] = these[min(seen[key], len(these) - 1)]
        seen[key] += 1
    return found


def _runs(text: str, language: str, codes: Mapping[int, str]) -> Iterator[Run]:
    """The runs of words of a dyed text that are not in the page's language.

    A number, or another word with a digit in it, goes with the words on both its sides, where these agree.
    """
    words = [(word.start(), word.end(), _language(word[0], language, codes)) for word in _words(text)]
    runs: list[Run] = []
    for start, end, code in words:
        if code and runs and runs[-1][2] == code:
            runs[-1] = (runs[-1][0], end, code)
        elif code:
            runs.append((start, end, code))
    if not runs:
        return
    first, last = len(text) - len(text.lstrip()), len(text.rstrip())
    for number, (start, end, code) in enumerate(runs):
        if code != language:
            yield (first if not number else start), (last if number == len(runs) - 1 else end), code


def _words(text: str) -> Iterator[re.Match[str]]:
    return (word for word in _WORD.finditer(text) if not word["entity"])


def _language(word: str, language: str, codes: Mapping[int, str]) -> str:
    """The code of a word's language; "" for one that is the same in each."""
    alphabet = alphabet_of(word)
    if any(map(str.isdigit, undyed(word))):
        return ""
    return language if alphabet is None else codes[alphabet]


def _wrapped(text: str, runs: Sequence[Run], element: str) -> str:
    made, end = [], 0
    for start, stop, code in runs:
        made += [text[end:start], f'<{element} lang="{code}">', text[start:stop], f"</{element}>"]
        end = stop
    return "".join(made) + text[end:]


def with_link_languages(html: str, here: str, language: str, languages: Sequence[str]) -> str:
    """A page at `here` whose links to pages of the site in another language say which; the main one is first."""

    def marked(link: re.Match[str]) -> str:
        there = normpath(join(here, link["href"]))
        page = link["href"].endswith(("/", ".")) and not there.startswith("../")
        first = there.partition("/")[0]
        code = first if first in languages[1:] else languages[0]
        return f'{link[0]} hreflang="{code}"' if page and code != language else link[0]

    return _LINK.sub(marked, html)
