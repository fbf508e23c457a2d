"""An archive in which its editors' words and the site's own can be told apart: one has accents, the other brackets.

Every vowel that an editor wrote gets an accent ("Pláns fór chíldrén"), and the catalogue of the main language puts each
run of its own words in brackets ("⟦Where did it go?⟧"). So a vowel that has neither was written into the code.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import yaml
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from archives import ROOT
from plan_archive.intake import read_library
from plan_archive.model import Library
from plan_archive.schemas import FILES
from plan_archive.trace import by_place

DAY = date(2026, 11, 23)
LANGUAGE = "cy"
"""Any language whose months are not English ones."""
POT = ROOT / "mkdocs_plugins" / "plan_archive" / "languages" / "plan_archive.pot"
ACCENTS = str.maketrans("aeiouyAEIOUY", "áéíóúýÁÉÍÓÚÝ")
PLACE = re.compile(r"(\{[a-z_]+\}|%\([a-z_]+\)s|%%|<[^>]*>|&#?\w+;|\")")
"""What stays outside the brackets: values, tags, and what a translation may not have more of."""
CODE = re.compile(r"[a-z]+:\S+|\S+@\S+|/\S*|#\S*|:[A-Z]{1,4}\d+[a-z]?|[A-Z]{1,4}\d+[a-z]?|[0-9a-f]{16,64}|\.\S+")
"""What no one reads: addresses, references, Refs, hashes."""
NAMES = ("also", "aliases", "title")
"""Keys below which a word is always one to read, even if it is an id elsewhere."""
READ = re.compile(
    r"Ref|Measure|Unit|Better|Baseline( year)?|((Target|Actual|Result) )?\d{4}(-\d\d)?( (target|result|limit|aim))?"
    r"|Action|Lead|Partners|By when|Resources|Needs|Step|Status|Target|higher|lower"
)
BETTER = re.compile(r"higher|lower|[a-z]+(-[a-z]+)+")
"""The heads of numbered tables and the cells below them that a program reads: words of the software, set by editors."""
KEPT = re.compile(r"(\{[^}]*\}|\]\([^)]*\)|\[\^[^\]]*\]|`[^`]*`|<[^>]*>|&\w+;)")
"""What is no word in a line of Markdown."""


def accented(archive: Path) -> Path:
    """Make an archive one whose words have accents, and whose pages speak a language of brackets."""
    accent(archive)
    speak(archive, [LANGUAGE], bracketed())
    return archive


def accent(archive: Path) -> None:
    """Give every vowel that an editor wrote an accent."""
    before = _read(archive)
    ids = _enumerated() | set(ids_of(archive))
    for file in sorted((*archive.glob("plans/**/*.yml"), *archive.glob("archive/**/*.yml"))):
        _rewrite(file, _yaml(file.read_text(encoding="utf-8"), ids))
    for file in sorted((*archive.glob("plans/**/*.md"), *archive.glob("archive/**/*.md"))):
        text = file.read_text(encoding="utf-8")
        start, front, body = text.split("---\n", 2) if text.startswith("---\n") else ("", "", text)
        head = f"---\n{_yaml(front, ids)}---\n" if front else start
        _rewrite(file, head + "".join(_markdown(body)))
    for file in sorted(archive.glob("docs/**/*.md")):
        _rewrite(file, f"# {file.stem.translate(ACCENTS)}\n\nA page ábóut thé síté.\n".translate(ACCENTS))
    _stamp(archive, before)


def speak(archive: Path, languages: list[str], catalogue: bytes) -> None:
    """Let an archive have these languages, and the last of them this catalogue."""
    authority = archive / "plans" / "authority.yml"
    text = re.sub(r"^languages: .*\n", "", authority.read_text(encoding="utf-8"), flags=re.MULTILINE)
    _rewrite(authority, f"{text}languages: [{', '.join(languages)}]\n")
    folder = archive / "plans" / "languages"
    folder.mkdir(exist_ok=True)
    (folder / f"{languages[-1]}.po").write_bytes(catalogue)


def _rewrite(file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8", newline="\n")


def _read(archive: Path) -> Library:
    library = read_library(archive, DAY).library
    assert library is not None
    return library


def _enumerated() -> set[str]:
    """The words that a program reads, from the shapes of the files."""

    def inside(value: Any) -> Iterator[str]:
        if isinstance(value, dict):
            yield from (each for each in value.get("enum", ()) if isinstance(each, str))
            yield from (value["const"],) if isinstance(value.get("const"), str) else ()
            for each in value.values():
                yield from inside(each)
        elif isinstance(value, list):
            for each in value:
                yield from inside(each)

    shapes = (inside(shape.model_json_schema()) for shape, _ in FILES.values())
    return {"yes", "no", "build", "higher", "lower", "none", *(word for shape in shapes for word in shape)}


def ids_of(archive: Path) -> Iterator[str]:
    """The ids of plans, of sections and of what stands in registers."""
    for file in archive.glob("*/*/plan.yml"):
        yield file.parent.name
    for file in archive.glob("plans/registers/*.yml"):
        for rows in yaml.safe_load(file.read_text(encoding="utf-8")).values():
            yield from map(str, rows)
    for file in archive.glob("**/*.md"):
        yield from re.findall(r"\{#([a-z0-9-]+)\}", file.read_text(encoding="utf-8"))


def _yaml(text: str, ids: set[str]) -> str:
    """YAML with accents in every value that is there to be read."""
    made, end = [], 0
    for node in _scalars(yaml.compose(text), ids, named=False):
        start, stop = node.start_mark.index, node.end_mark.index
        made += [text[end:start], text[start:stop].translate(ACCENTS)]
        end = stop
    return "".join(made) + text[end:]


def _scalars(node: Any, ids: set[str], *, named: bool) -> Iterator[Any]:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value != "languages":
                yield from _scalars(value, ids, named=key.value in NAMES)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _scalars(item, ids, named=named)
    elif isinstance(node, yaml.ScalarNode) and not CODE.fullmatch(node.value) and (named or node.value not in ids):
        yield node


def _markdown(text: str) -> Iterator[str]:
    """Markdown with accents in every word but those of numbered tables that a program reads."""
    for line in text.splitlines(keepends=True):
        if line.startswith("|"):
            cells = re.split(r"(?<!\\)(\|)", line)
            read = READ if line.startswith("| Ref ") else BETTER
            yield "".join(cell if read.fullmatch(cell.strip()) else _words(cell) for cell in cells)
        else:
            yield _words(line)


def _words(text: str) -> str:
    parts = KEPT.split(text)
    return "".join(
        part if place % 2 or CODE.fullmatch(part.strip()) else part.translate(ACCENTS)
        for place, part in enumerate(parts)
    )


def _stamp(archive: Path, before: Library) -> None:
    """Let the reviews in tables of destinations hold for the texts as they are now."""
    after, prints = _read(archive), {}
    for plan in before.plans:
        for edition in plan.editions:
            now = after.edition(plan.id, edition.id)
            assert now is not None
            parts = by_place(now)
            prints |= {part.fingerprint: parts[place].fingerprint for place, part in by_place(edition).items()}
    for file in archive.glob("archive/*/destinations/*.yml"):
        text = file.read_text(encoding="utf-8")
        _rewrite(file, re.sub(r"\b[0-9a-f]{16}\b", lambda found: prints.get(found[0], found[0]), text))


def bracketed() -> bytes:
    """The catalogue of a language that is English in brackets."""
    return catalogue(lambda part: f"⟦{part}⟧")


def catalogue(say: Callable[[str], str], missing: int = 0) -> bytes:
    """The catalogue of a language that says each run of words so; with 3 `missing`, it lacks every third message."""
    template, made = read_po(BytesIO(POT.read_bytes())), Catalog(locale=LANGUAGE)
    for number, message in enumerate(message for message in template if message.id):
        if missing and number % missing == 0:
            continue
        several = isinstance(message.id, (list, tuple))
        words = message.id[1] if several else message.id
        said = tuple(_said(words, say) for _ in range(made.num_plurals)) if several else _said(words, say)
        made.add(message.id, string=said, context=message.context, locations=message.locations)
    written = BytesIO()
    write_po(written, made, width=0)
    return written.getvalue()


def lacking(file: Path) -> Iterator[str]:
    """The sentences without values or tags that a catalogue has no words for."""
    there = {message.id for message in read_po(BytesIO(file.read_bytes()))}
    for message in read_po(BytesIO(POT.read_bytes())):
        if isinstance(message.id, str) and message.id not in there and not PLACE.search(message.id):
            yield message.id


def _said(text: str, say: Callable[[str], str]) -> str:
    parts = PLACE.split(text)
    return "".join(say(part) if not place % 2 and part.strip() else part for place, part in enumerate(parts))
