"""`plans/languages/<language>.po`: what the site's own words are in another language, read and checked.

A catalogue comes from whoever can propose a change, and its words are put into pages as they are: so a translation may
hold no markup and no placeholders but those of the words that it translates.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from gettext import GNUTranslations
from importlib.resources import files as package_files
from io import BytesIO

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po

from ..errors import Problem
from ..language import Catalogue
from .files import Source, bad_character, read_text

_KEPT = (
    (re.compile(r"<[^>]*>|[<>\"]"), "tags or quotation marks"),
    (re.compile(r"\{[^}]*\}|%%|%\([^)]*\)[a-z]|[{}%]"), "places for values"),
    (re.compile(r"&[#\w]*;?"), "entities"),
)
"""What a translation has just as the words that it translates."""
Key = tuple[str | None, ...]
"""A message's context and its words."""


def read_catalogue(source: Source) -> tuple[Catalogue, list[Problem]]:
    """A catalogue, and what is wrong with it; words with a fault are left out, and English stands in their place."""
    language = source.file.rpartition("/")[2].removesuffix(".po")
    text, problems = read_text(source)
    if text is None:
        return Catalogue(language), problems
    try:
        found = read_po(BytesIO(source.content), locale=language, abort_invalid=True)
    except (PoFileError, ValueError) as error:
        line = getattr(error, "lineno", 0)
        what = f"this is no catalogue of words: {error}"
        return Catalogue(language), [Problem(source.file, line + 1, what, "begin again from plan_archive.pot")]
    template = _template()
    known = {_key(message) for message in template if message.id}
    whole = set()
    for message in [message for message in found if message.id]:
        if _key(message) not in known:
            # Left by an older version of the pages: no reason to stop a site.
            what = f"the pages do not say '{_short(message)}'"
            problems.append(Problem(source.file, message.lineno or 1, what, "take it out", "warning"))
            found.delete(message.id, message.context)
            continue
        faults = list(_faults(message, found.num_plurals)) if any(_said(message)) else []
        problems += [Problem(source.file, message.lineno or 1, what, remedy) for what, remedy in faults]
        if faults or message.fuzzy or not all(_said(message)):
            found.delete(message.id, message.context)
        else:
            whole.add(_key(message))
    missing = len(known - whole)
    if missing:
        what = f"{missing} of {len(known)} words of the pages have no translation here and stand in English"
        problems.append(Problem(source.file, 1, what, "translate them; plan_archive.pot has all words", "warning"))
    try:
        return Catalogue(language, _spoken(found), _in_scripts(template)), problems
    except (ValueError, OverflowError) as error:
        problems.append(Problem(source.file, 1, f"its `Plural-Forms` cannot be read: {error}", "correct the header"))
        return Catalogue(language), problems


@cache
def _template() -> Catalog:
    """The words that there are to translate."""
    file = package_files("plan_archive") / "languages" / "plan_archive.pot"
    return read_po(BytesIO(file.read_bytes()))


def _in_scripts(template: Catalog) -> tuple[tuple[str, ...], ...]:
    """The words that scripts say: those whose place is a script."""
    said = (message for message in template if message.id)
    return tuple(_ids(message) for message in said if any(file.endswith(".js") for file, _ in message.locations))


def _spoken(found: Catalog) -> GNUTranslations:
    compiled = BytesIO()
    write_mo(compiled, found)
    compiled.seek(0)
    return GNUTranslations(compiled)


def _ids(message: Message) -> tuple[str, ...]:
    """The words to translate: one, or one for each English form."""
    return (message.id,) if isinstance(message.id, str) else tuple(message.id)


def _said(message: Message) -> tuple[str, ...]:
    """Their translation, in each form of the language."""
    return tuple(map(str, message.string)) if isinstance(message.string, (list, tuple)) else (message.string or "",)


def _key(message: Message) -> Key:
    return message.context, *_ids(message)


def _short(message: Message) -> str:
    first = _ids(message)[0]
    return first if len(first) <= 60 else first[:57] + "..."


def _faults(message: Message, forms: int) -> Iterator[tuple[str, str]]:
    """What is wrong with one translation, and what to do."""
    ids, said, short = _ids(message), _said(message), _short(message)
    if len(ids) > 1 and (len(said) != forms or not all(said)):
        yield f"'{short}' needs {forms} forms", "write msgstr[0] and so on, one for each form of the language"
        return
    for translated in said:
        for pattern, what in _KEPT:
            if Counter(pattern.findall(translated)) not in [Counter(pattern.findall(words)) for words in ids]:
                yield f"'{short}' is translated with other {what}", "keep them as they are in the words translated"
                return
        if any(bad_character(character) for character in set(translated) - {"\n"}):
            yield f"'{short}' is translated with a character that no file may hold", "take it out"
            return
