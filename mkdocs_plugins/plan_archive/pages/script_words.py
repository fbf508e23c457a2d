"""`/assets/words-<language>.js`: what the scripts of the pages say in a language that is not English."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date

from babel.dates import format_date

from ..language import Catalogue
from .nouns import SiteFile

PERIOD = 100
"""Forms of a plural repeat themselves: from 100 on, a number has the form of its last two digits and a hundred."""


def script_words(catalogue: Catalogue) -> SiteFile:
    """The words of the scripts as `planArchiveWords`, which form a number takes, and what the months are called."""
    form: Callable[[int], int] = getattr(catalogue.words, "plural", lambda number: int(number != 1))
    table = [form(number) for number in range(2 * PERIOD)]
    numbers = [table.index(place) for place in sorted(set(table))]
    say = catalogue.words
    words = {
        many[-1] if many else one: [say.ngettext(one, many[0], n) for n in numbers] if many else say.gettext(one)
        for one, *many in catalogue.in_scripts
    }
    places = [sorted(set(table)).index(place) for place in table]
    months = [format_date(date(2000, month, 1), "MMMM", locale=catalogue.language) for month in range(1, 13)]
    text = (
        f"globalThis.planArchiveWords = {json.dumps(words, sort_keys=True)};\n"
        f"globalThis.planArchiveForm = (n) => {json.dumps(places)}[n < {2 * PERIOD} ? n : {PERIOD} + (n % {PERIOD})];\n"
    )
    text += f"globalThis.planArchiveMonths = {json.dumps(months)};\n"
    return SiteFile(f"assets/words-{catalogue.language}.js", text.encode())
