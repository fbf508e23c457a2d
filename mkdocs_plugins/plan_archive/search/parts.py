"""Pagefind's index cut finer, and its files named so that the list of them packs well: less to fetch for a question.

Pagefind puts some 50 kB of words into each part of its index, and a question needs one part for each of its words. The
list of all results and parts, which every search fetches first, is mostly names: 28 bits of chance for each. Here a
part holds fewer words, and a name is a number behind what all names of a bundle share. No word and no weight changes.

The format is that of Pagefind 1.5, CBOR packed by gzip; whatever is not exactly that is refused.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Any

import cbor2

from ..errors import EngineError

SIGN = b"pagefind_dcd"
"""What each of Pagefind's packed files begins with once it is unpacked."""
LARGEST = 12_000
"""Bytes of an unpacked part; a single word may need more."""
_PAGES, _PARTS = 1, 2
"""Where a bundle's list names its results, each with its length, and its parts, each with its first and last word."""


def unpacked(content: bytes) -> bytes:
    """One of Pagefind's files as it was before it was packed."""
    try:
        plain = gzip.decompress(content)
    except gzip.BadGzipFile as fault:
        raise _strange() from fault
    if not plain.startswith(SIGN):
        raise _strange()
    return plain.removeprefix(SIGN)


def packed(content: bytes) -> bytes:
    """The same bytes packed, without a time."""
    return gzip.compress(SIGN + content, mtime=0)


def cut(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """A bundle's files with finer parts, numbered in the order of their words."""
    name = _list_name(files)
    found = _read(files[name])
    made = {file: content for file, content in files.items() if not file.startswith("index/")}
    parts: list[list[str]] = []
    for _, _, part in found[_PARTS]:
        (words,) = _read(files[f"index/{part}.pf_index"])
        for some in _split(words):
            number = f"{len(parts):x}"
            parts.append([some[0][0], some[-1][0], number])
            made[f"index/{number}.pf_index"] = packed(cbor2.dumps([some]))
    found[_PARTS] = parts
    made[name] = packed(cbor2.dumps(found))
    return made


def named(bundle: str, files: Mapping[str, bytes]) -> tuple[dict[str, bytes], dict[str, str]]:
    """A bundle's files under their last names, and each result's new id by its old one.

    All names change when anything in the bundle does, so that no browser takes a file that it kept for another.
    """
    old = _list_name(files)
    found = _read(files[old])
    digest = hashlib.sha256()
    for name, content in sorted(files.items()):
        digest.update(f"{name}\0{len(content)}\0".encode() + content)
    language = old.removeprefix("pagefind.").partition("_")[0]
    shared = f"{language}_{bundle}-{digest.hexdigest()[:8]}"
    ids = {str(page): f"{shared}-{number:x}" for number, (page, _) in enumerate(found[_PAGES])}
    parts = {str(part): f"{shared}-{number:x}" for number, (_, _, part) in enumerate(found[_PARTS])}
    found[_PAGES] = [[ids[page], length] for page, length in found[_PAGES]]
    found[_PARTS] = [[first, last, parts[part]] for first, last, part in found[_PARTS]]
    entry = json.loads(files["pagefind-entry.json"])
    entry["languages"][language]["hash"] = shared
    made = {name: content for name, content in files.items() if "/" not in name and name != old}
    made |= {f"fragment/{new}.pf_fragment": files[f"fragment/{was}.pf_fragment"] for was, new in ids.items()}
    made |= {f"index/{new}.pf_index": files[f"index/{was}.pf_index"] for was, new in parts.items()}
    made[f"pagefind.{shared}.pf_meta"] = packed(cbor2.dumps(found))
    made["pagefind-entry.json"] = json.dumps(entry, ensure_ascii=False, separators=(",", ":")).encode()
    return made, ids


def _split(words: list[Any]) -> Iterator[list[Any]]:
    """A part's words in runs that are small enough."""
    some: list[Any] = []
    size = 0
    for word in words:
        length = len(cbor2.dumps(word))
        if some and size + length > LARGEST:
            yield some
            some, size = [], 0
        some.append(word)
        size += length
    if some:
        yield some


def _list_name(files: Mapping[str, bytes]) -> str:
    """The file that lists a bundle's results and parts; each bundle has one language, and so one list."""
    names = [name for name in files if name.endswith(".pf_meta")]
    if len(names) != 1:
        raise _strange()
    return names[0]


def _read(content: bytes) -> list[Any]:
    """One of Pagefind's files taken apart, if it would be put together again to the very same bytes."""
    plain = unpacked(content)
    try:
        found = cbor2.loads(plain)
    except cbor2.CBORDecodeError as fault:
        raise _strange() from fault
    if not isinstance(found, list) or cbor2.dumps(found) != plain:
        raise _strange()
    return found


def _strange() -> EngineError:
    return EngineError("pagefind wrote an index that is not understood: install the version that constraints.txt names")
