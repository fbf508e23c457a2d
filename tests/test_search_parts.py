"""The index cut finer: every word with its places is still there, in small parts, under names that pack well."""

from __future__ import annotations

import json
from collections.abc import Mapping
from random import Random
from typing import Any

import cbor2
import pytest

from plan_archive.errors import EngineError
from plan_archive.search import bundle
from plan_archive.search.parts import LARGEST, SIGN, cut, named, packed, unpacked

RESULTS = 400
SYLLABLES = ["ba", "ce", "di", "fo", "gu", "la", "me", "ni", "po", "ru", "sa", "te"]


def _text(random: Random) -> str:
    return " ".join("".join(random.choices(SYLLABLES, k=random.randint(2, 4))) for _ in range(120))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What Pagefind makes of some hundred made-up texts."""
    random = Random(7)  # noqa: S311  a made-up text is no secret
    pages = {
        f"p{number}/index.html": f"<!doctype html><html lang=en><body data-pagefind-body><p>{_text(random)} school</p>"
        for number in range(RESULTS)
    }
    return bundle._read(bundle._index(tmp_path_factory.mktemp("index"), pages))


def _list(files: Mapping[str, bytes]) -> list[Any]:
    (name,) = [name for name in files if name.endswith(".pf_meta")]
    found: list[Any] = cbor2.loads(unpacked(files[name]))
    return found


def _words(files: Mapping[str, bytes]) -> list[list[Any]]:
    """Every word with the results that have it and its places there, in the order of the list."""
    return [
        word for _, _, part in _list(files)[2] for word in cbor2.loads(unpacked(files[f"index/{part}.pf_index"]))[0]
    ]


def test_no_word_is_lost_and_no_place_changes(made: dict[str, bytes]) -> None:
    """Cut and named, the index has the very words, results and places that Pagefind wrote, in its order."""
    done, _ = named("current", cut(made))
    assert len(_words(made)) > 1000
    assert _words(done) == _words(made)


def test_a_part_is_small_and_told_by_its_first_and_last_word(made: dict[str, bytes]) -> None:
    """A question fetches little: a part has few bytes or a single word, and stands in the list as it is."""
    assert max(len(unpacked(content)) for name, content in made.items() if name.startswith("index/")) > 3 * LARGEST
    done, _ = named("current", cut(made))
    parts = _list(done)[2]
    for first, last, part in parts:
        content = unpacked(done[f"index/{part}.pf_index"])
        (words,) = cbor2.loads(content)
        assert (words[0][0], words[-1][0]) == (first, last)
        assert len(content) <= LARGEST + 8 or len(words) == 1
    assert [first for first, _, _ in parts] == sorted(first for first, _, _ in parts)
    assert sum(name.startswith("index/") for name in done) == len(parts)


def test_the_list_of_results_packs_better(made: dict[str, bytes]) -> None:
    """What every search fetches first weighs less, though it lists more parts; each result keeps its length."""
    done, ids = named("current", cut(made))
    before, after = _list(made), _list(done)
    assert [length for _, length in after[1]] == [length for _, length in before[1]]
    assert [ids[old] for old, _ in before[1]] == [new for new, _ in after[1]]
    assert len(set(ids.values())) == RESULTS
    size = {len(packed(cbor2.dumps(found[1]))) for found in (before, after)}
    assert min(size) == len(packed(cbor2.dumps(after[1]))) < 0.7 * max(size)


def test_every_file_that_the_list_names_is_there(made: dict[str, bytes]) -> None:
    """The entry leads to the list, the list to the fragments and parts, and nothing is left over."""
    done, _ = named("archive", cut(made))
    shared = json.loads(done["pagefind-entry.json"])["languages"]["en"]["hash"]
    assert shared.startswith("en_archive-")
    found = cbor2.loads(unpacked(done[f"pagefind.{shared}.pf_meta"]))
    named_there = {f"fragment/{page}.pf_fragment" for page, _ in found[1]}
    named_there |= {f"index/{part}.pf_index" for _, _, part in found[2]}
    assert {name for name in done if "/" in name} == named_there
    assert all(shared in name for name in named_there)


def test_a_changed_fragment_changes_every_name(made: dict[str, bytes]) -> None:
    """A browser that kept a file of the last site must not take it for the new one: what a result shows may differ."""
    parts = cut(made)
    one, _ = named("current", parts)
    again, _ = named("current", parts)
    assert one == again
    some = next(name for name in parts if name.startswith("fragment/"))
    other, _ = named("current", parts | {some: packed(b'{"url":"/other/"}')})
    assert not {name for name in one if "/" in name} & {name for name in other if "/" in name}
    elsewhere, _ = named("archive", parts)
    assert not {name for name in one if "/" in name} & {name for name in elsewhere if "/" in name}


@pytest.mark.parametrize(
    "list_of_results",
    [
        b"not packed at all",
        packed(b""),
        packed(b"\xff\xff"),
        packed(cbor2.dumps({"pages": []})),
        packed(b"\x9f\x01\xff"),
    ],
    ids=["unpacked", "empty", "no CBOR", "another shape", "written another way"],
)
def test_what_is_not_understood_is_refused(made: dict[str, bytes], list_of_results: bytes) -> None:
    """Another version's files are refused in one line that says what to do; nothing is guessed."""
    (name,) = [name for name in made if name.endswith(".pf_meta")]
    with pytest.raises(EngineError, match=r"install the version that constraints\.txt names"):
        cut(made | {name: list_of_results})


def test_a_sign_stands_before_what_is_packed() -> None:
    """What is packed here is read by Pagefind's own script, which looks for its sign; packing tells no time."""
    assert unpacked(packed(b"abc")) == b"abc"
    assert packed(b"abc") == packed(b"abc")
    assert SIGN == b"pagefind_dcd"
