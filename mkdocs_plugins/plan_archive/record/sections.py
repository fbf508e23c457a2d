"""Which commits changed each section of a text: its own words compared, from one version of the text to the next."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from ..errors import GitError
from .git import Change, Touched, contents_at, touched
from .passages import Passage, passages
from .verify import NoAnswerError, Objects, fingerprint, git_objects, logical, sha256


@dataclass(frozen=True)
class Followed:
    """A section of a committed text, with the commits that changed its words, the newest first."""

    passage: Passage
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class TextHistory:
    """A text as it is committed, with what became of each of its sections before."""

    sha256: str
    """Of the committed text, as the catalogue counts it."""
    sections: tuple[Followed, ...]


@dataclass(frozen=True)
class _Version:
    """What a commit made of a text's sections: those that it may have changed, before and after."""

    change: Change
    parents: tuple[Mapping[str, bytes], ...]
    now: Mapping[str, bytes]


def unit(place: str) -> str:
    """The text that a file is a part of, by its place: its folder where it is a chapter, and else itself."""
    folder, _, _ = place.rpartition("/")
    return f"{folder}/" if folder.count("/") == 1 else place


def text_histories(root: Path, commit: str) -> Mapping[str, TextHistory]:
    """What became of the sections of every text of an archive up to a commit, by `unit`, with one process for all.

    A text of which an older version cannot be read, since the clone does not hold it, is left out.
    """
    held: dict[str, dict[str, str]] = {}
    for path, content in contents_at(root, commit, ("plans", "archive")).items():
        place = logical(path)
        if place.endswith(".md") and place.count("/") in (1, 2):
            held.setdefault(unit(place), {})[place] = content
    steps: dict[str, list[tuple[str, Touched]]] = {}
    for place, rows in touched(root, commit).items():
        if unit(place) in held and place.endswith(".md"):
            steps.setdefault(unit(place), []).extend((place, row) for row in rows)
    found: dict[str, TextHistory] = {}
    with _objects(root) as objects:
        for name in sorted(held, key=_version):
            mine = steps.get(name, [])
            wanted = {content for _, row in mine for content in (*row.before, row.after)} | {*held[name].values()}
            contents = objects.contents(wanted - {""})
            if len(contents) == len(wanted - {""}):
                found[name] = _text(held[name], mine, contents, _before(name, found))
    return found


@contextmanager
def _objects(root: Path) -> Iterator[Objects]:
    try:
        with git_objects(root) as objects:
            yield objects
    except NoAnswerError as error:
        raise GitError(str(error)) from error


_CORRECTED = re.compile(r"\.v(\d+)\.md$")


def _version(name: str) -> tuple[int, str]:
    match = _CORRECTED.search(name)
    return (int(match[1]) if match else 1), name


def _before(name: str, found: Mapping[str, TextHistory]) -> Mapping[str, Followed]:
    """The sections of the version that a correction corrects."""
    match = _CORRECTED.search(name)
    if match is None:
        return {}
    stem, number = name[: match.start()], int(match[1]) - 1
    tried = (f"{stem}.v{number}.md",) if number > 1 else (f"{stem}.md", f"{stem}/")
    earlier = next((found[each] for each in tried if each in found), None)
    return {each.passage.id: each for each in earlier.sections} if earlier else {}


def _text(
    files: Mapping[str, str],
    steps: Sequence[tuple[str, Touched]],
    contents: Mapping[str, bytes],
    earlier: Mapping[str, Followed],
) -> TextHistory:
    """One text, of one file or of several."""
    kept: dict[tuple[str, str], tuple[Passage, ...]] = {}

    def sections(place: str, content: str) -> tuple[Passage, ...]:
        if (place, content) not in kept:
            kept[place, content] = in_file(place, contents[content]) if content else ()
        return kept[place, content]

    order = sorted(files, key=_reading_order)
    now = [passage for place in order for passage in sections(place, files[place])]
    versions = list(_versions(steps, sections))
    followed = tuple(Followed(passage, tuple(_follow(passage, versions, earlier))) for passage in now)
    digest = fingerprint({place: sha256(contents[content]) for place, content in files.items()})
    return TextHistory(digest, followed)


def _reading_order(place: str) -> tuple[bool, str]:
    return not place.endswith("/index.md"), place


def in_file(place: str, content: bytes) -> tuple[Passage, ...]:
    """The sections of a file of a text, by its place."""
    path = PurePosixPath(place)
    return passages(content, path.stem if unit(place) != place and path.name != "index.md" else "")


def _versions(
    steps: Iterable[tuple[str, Touched]], sections: Callable[[str, str], tuple[Passage, ...]]
) -> Iterator[_Version]:
    """What each commit did to the sections, over all files of the text that it touched; the newest commit first."""
    grouped: dict[int, list[tuple[str, Touched]]] = {}
    for place, row in steps:
        grouped.setdefault(row.change.place, []).append((place, row))

    def union(contents: Iterable[tuple[str, str]]) -> Mapping[str, bytes]:
        return {p.id: p.digest for place, content in contents for p in sections(place, content)}

    for _, rows in sorted(grouped.items()):
        count = min(len(row.before) for _, row in rows)
        parents = tuple(union((place, row.before[number]) for place, row in rows) for number in range(count))
        yield _Version(rows[0][1].change, parents, union((place, row.after) for place, row in rows))


def _follow(passage: Passage, versions: Iterable[_Version], earlier: Mapping[str, Followed]) -> Iterator[Change]:
    """The commits that made a section what it is, and before that what it was; one with a new id is still the same."""
    name, digest = passage.id, passage.digest
    for version in versions:
        if version.now.get(name) != digest:
            continue
        olds = [parent.get(name) for parent in version.parents]
        if digest in olds:
            continue
        renamed = next((old for parent in version.parents for old in _renamed(parent, version.now, digest)), None)
        if renamed is not None:
            name = renamed
            continue
        old = next((each for each in olds if each is not None), None)
        before = earlier.get(name) if old is None else None
        if before is None or before.passage.digest != digest:
            yield version.change
        if before is not None:
            yield from before.changes
        if old is None:
            return
        digest = old


def _renamed(parent: Mapping[str, bytes], now: Mapping[str, bytes], digest: bytes) -> Iterator[str]:
    return (name for name, other in parent.items() if other == digest and name not in now)
