"""Made-up prose of plans from a seed: a small grammar over a large vocabulary, with numbers, dates and money."""

from __future__ import annotations

import re
from pathlib import Path
from random import Random

import yaml

_VOCABULARY: dict[str, str] = yaml.safe_load((Path(__file__).parent / "vocabulary.yml").read_text(encoding="utf-8"))
NOUNS = _VOCABULARY["nouns"].split()
VERBS = _VOCABULARY["verbs"].split()
ADJECTIVES = _VOCABULARY["adjectives"].split()
_HEADS, _TAILS = _VOCABULARY["place_heads"].split(), _VOCABULARY["place_tails"].split()
PLACES = [head + tail for head in _HEADS for tail in _TAILS]
MONTHS = [
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
]
BOILERPLATE = [
    "Progress will be reported to the board every quarter and published on the website.",
    "The lead officer is responsible for keeping this section up to date.",
    "We will consult children, young people and their families before any decision is taken.",
    "Resources will be found from within existing budgets unless stated otherwise.",
    "This section should be read together with the needs analysis at the front of the plan.",
    "All partners have signed the agreement on sharing information.",
    "Targets were set in discussion with schools and will be reviewed each year.",
    "Equality of access is a condition of every contract that we let.",
]
REPEATED_TITLES = [
    "Where we are now",
    "What we will do",
    "How we will know",
    "Who will lead this work",
    "Money and staff",
]
_RULES: dict[str, list[str]] = {
    "S": [
        "<NP> will <V> <NP> <PP> and <V> <NP> <PP>.",
        "By <DATE>, <NP> will have <VD> <NUM> <NS> <PP>.",
        "In <PLACE> and <PLACE>, <NP> <VD> <NP>, which <VD> <NP> from <PCT> to <PCT>.",
        "The <N> for <PLACE> shows that <NUM> <NS> were <VD> <PP> during <YEAR>.",
        "<NP> must <V> <NP> before <NP> is <VD> <PP>.",
        "<VG> <NP> remains a <A> <N>, and <NP> should <V> it <PP>.",
        "Since <YEAR>, <NP> has <VD> <NP> <PP> at a cost of <MONEY>.",
        "Where <NP> does not <V> <NP>, <NP> may <V> <NP> <PP>.",
        "We have <ADV> <VD> <NP> so that <NS> can <V> <NP>.",
        "About <PCT> of <NS> in <PLACE> told us that <NP> <VS> <NP> <PP>.",
        "A further <MONEY> will <V> <NP> <PP>, <VG> <NP> in <PLACE>.",
        "<NP> <VS> <NP>, <VS> <NP> and <VS> <NS> <PP>.",
        "When <NP> was <VD> in <MONTH> <YEAR>, the <N> had <ADV> <VD> <NP>.",
        "There are now <NUM> <A> <NS> <PP>, compared with <NUM> in <YEAR>.",
        "<NP>, led by the <PLACE> <N>, will <ADV> <V> <NP> and <NP>.",
        "No <N> will be <VD> without <NP> <PP>.",
    ],
    "I": [
        "<V> <NP> <PP>",
        "<VG> <NUM> <NS> <PP> by <DATE>",
        "<A> <NS> for <NP> in <PLACE>",
        "<NP> to <V> <NP> <PP>",
        "<V> the <N> <N> and <V> <NP> from <MONTH> <YEAR>",
    ],
    "NP": [
        "the <A> <N>",
        "the <N> <N>",
        "each <N>",
        "our <A> <NS>",
        "<A> <NS>",
        "the <PLACE> <N>",
        "every <A> <N> <N>",
        "<NS> and <NS>",
        "the <N> of <A> <NS>",
    ],
    "PP": [
        "in <PLACE>",
        "with <NP>",
        "across the <A> <N>",
        "through <A> <NS>",
        "for <A> <NS> in <PLACE>",
        "under the <N> <N>",
        "at <PLACE> <N>",
        "during <MONTH> <YEAR>",
        "alongside <NP>",
    ],
    "T": [
        "<VG> <A> <NS>",
        "<A> <NS> and <NS>",
        "<VG> the <N> <N>",
        "<NS> in <PLACE>",
        "<A> <N> for <NS>",
        "<N> and <N>",
    ],
    "L": ["<A> <NS>", "<NS> <VD>", "<N> <NS>", "<A> <N> <NS>", "<PLACE> <NS>", "<NS> in <PLACE>"],
}
_SLOT = re.compile(r"<(\w+)>")


def inflect(verb: str, form: str) -> str:
    """A regular verb as "V", "VS" (third person), "VD" (past) or "VG" (-ing)."""
    if form == "V":
        return verb
    if form == "VS":
        return verb + ("es" if re.search(r"(s|sh|ch|x)$", verb) else "s")
    if form == "VD":
        return verb + ("d" if verb.endswith("e") else "ed")
    return (verb[:-1] if verb.endswith("e") and not verb.endswith("ee") else verb) + "ing"


def plural(noun: str) -> str:
    """More than one of a noun."""
    if re.search(r"[^aeiou]y$", noun):
        return noun[:-1] + "ies"
    return noun + ("es" if re.search(r"(s|sh|ch|x)$", noun) else "s")


_FORMS: dict[str, tuple[str, str]] = {
    **{word: ("A", word) for word in ADJECTIVES},
    **{inflect(verb, form): (form, verb) for verb in VERBS for form in ("V", "VS", "VD", "VG")},
    **{plural(noun): ("NS", noun) for noun in NOUNS},
    **{noun: ("N", noun) for noun in NOUNS},
    **{place: ("PLACE", place) for place in PLACES},
}


class Speaker:
    """Says sentences, titles, list items and figures; the same seed says the same."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng

    def _terminal(self, kind: str) -> str:
        rng = self.rng
        match kind:
            case "N" | "NS":
                noun = rng.choice(NOUNS)
                return noun if kind == "N" else plural(noun)
            case "V" | "VS" | "VD" | "VG":
                return inflect(rng.choice(VERBS), kind)
            case "A":
                return rng.choice(ADJECTIVES)
            case "ADV":
                return rng.choice(["already", "fully", "jointly", "largely", "not", "often", "rarely", "soon", "also"])
            case "DATE":
                return f"{rng.randint(1, 28)} {rng.choice(MONTHS)} {rng.randint(2003, 2011)}"
            case _:
                return {"PLACE": rng.choice(PLACES), "MONTH": rng.choice(MONTHS)}.get(kind) or self.figure(kind)

    def figure(self, kind: str) -> str:
        """A number, percentage, year or sum of money, written as one word."""
        rng = self.rng
        match kind:
            case "PCT":
                return f"{rng.randint(2, 96)}.{rng.randint(1, 9)}%" if rng.random() < 0.5 else f"{rng.randint(2, 97)}%"
            case "MONEY":
                return f"£{rng.randint(2, 990) * 500:,}"
            case "YEAR":
                return str(rng.randint(1998, 2011))
            case "RATE":
                return f"{rng.randint(0, 60)}.{rng.randint(0, 9)}"
            case _:
                return f"{rng.randint(12, 4800):,}"

    def _expand(self, text: str) -> str:
        def slot(match: re.Match[str]) -> str:
            kind = match.group(1)
            return self._expand(self.rng.choice(_RULES[kind])) if kind in _RULES else self._terminal(kind)

        return _SLOT.sub(slot, text)

    def say(self, rule: str) -> list[str]:
        """The words of a sentence (S), list item (I), title (T), row label (L) or phrase (NP, PP)."""
        text = self._expand(self.rng.choice(_RULES[rule]))
        return (text[0].upper() + text[1:] if rule in ("S", "I", "T", "L") else text).split()

    def sentence(self) -> list[str]:
        """A sentence; one in eight is boilerplate that recurs in many sections."""
        return self.rng.choice(BOILERPLATE).split() if self.rng.random() < 0.125 else self.say("S")

    def phrase(self, length: int) -> list[str]:
        """So many words from the middle of a sentence, without its commas and full stop."""
        words: list[str] = []
        while len(words) < length:
            words += [word.strip(",.") for word in self.say("S")[1:-1]]
        return words[:length]

    def other(self, word: str) -> str:
        """Another word that could stand in a word's place; the punctuation behind it stays."""
        bare = word.rstrip(",.")
        tail = word[len(bare) :]
        kind = _FORMS[bare][0] if bare in _FORMS else _figure_kind(bare)
        choice = bare
        while choice == bare:
            choice = self._terminal(kind)
        return choice + tail

    def morph(self, word: str) -> str | None:
        """Another form of the same noun or verb, or None."""
        bare = word.rstrip(",.")
        kind, stem = _FORMS.get(bare, ("", ""))
        if kind in ("N", "NS"):
            return (plural(stem) if kind == "N" else stem) + word[len(bare) :]
        if kind.startswith("V"):
            form = self.rng.choice([form for form in ("V", "VS", "VD", "VG") if form != kind])
            return inflect(stem, form) + word[len(bare) :]
        return None


def _figure_kind(word: str) -> str:
    if word.endswith("%"):
        return "PCT"
    if word.startswith("£"):
        return "MONEY"
    if re.fullmatch(r"(19|20)\d\d", word):
        return "YEAR"
    return "NUM" if re.fullmatch(r"[\d,]+", word) else "N"
