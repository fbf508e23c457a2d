"""The index: the same bytes cold and warm, what is shown kept out of what is searched, a clear word where it fails."""

from __future__ import annotations

import gzip
import importlib.util
import json
from pathlib import Path
from typing import Any

import pytest

from plan_archive.errors import EngineError
from plan_archive.pages.search import FACETS
from plan_archive.search import bundle
from plan_archive.search.bundle import make_bundles
from plan_archive.search.documents import Searched


def _document(number: int, in_effect: bool) -> Searched:
    facets: dict[str, list[str]] = {name: [] for name in FACETS} | {"plan": ["one"], "year": ["2006", "2007"]}
    card: dict[str, Any] = {"kind": "section", "address": f"plans/one/2006/#s{number}", "editions": []}
    text = ("BH1 Girls under 18", f"The wait was {number} weeks.")
    return Searched(
        f"one/2006/s{number}", in_effect, f"Heading {number}", "section1", "One", "", text, ("BH1",), ("Before",),
        ((3, 4),), ("", "also0001", ""), card, facets,
    )  # fmt: skip


DOCUMENTS = [_document(number, number % 2 == 0) for number in range(6)]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, tuple[bundle.Bundle, bundle.Bundle]]:
    """The bundles of a few documents, with the cache they left."""
    cache = tmp_path_factory.mktemp("cache")
    return cache, make_bundles(DOCUMENTS, cache)


def test_a_bundle_is_the_same_cold_and_warm_and_without_a_cache(
    made: tuple[Path, tuple[bundle.Bundle, bundle.Bundle]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What comes from the cache is what would be made; a warm build runs no indexer at all."""
    cache, first = made
    assert make_bundles(DOCUMENTS, None) == first
    monkeypatch.setattr(bundle, "_index", lambda *_: pytest.fail("indexed again"))
    assert make_bundles(DOCUMENTS, cache) == first


def test_a_bundle_that_was_cut_off_is_made_again(made: tuple[Path, tuple[bundle.Bundle, bundle.Bundle]]) -> None:
    """A cache without its last mark is not believed."""
    cache, first = made
    for mark in cache.glob("*/done"):
        mark.unlink()
        next((mark.parent / "bundle" / "fragment").iterdir()).unlink()
    assert make_bundles(DOCUMENTS, cache) == first


def test_the_card_is_shown_and_not_searched(made: tuple[Path, tuple[bundle.Bundle, bundle.Bundle]]) -> None:
    """A fragment carries its card, whose counts part the lead, the latest text and what came before."""
    current, _ = made[1]
    fragments = [json.loads(gzip.decompress(c)[12:]) for n, c in current.files.items() if n.startswith("fragment/")]
    assert len(fragments) == 3
    for fragment in fragments:
        card = json.loads(fragment["meta"]["card"])
        said = fragment["content"].split()
        assert said[card["lead"]] == "BH1"
        assert said[card["lead"] + card["latest"]].startswith("Before")
        assert card["figures"] == [[3, 4]]
        assert "plans/one" not in fragment["content"]


def test_facets_know_every_result_of_both_bundles(made: tuple[Path, tuple[bundle.Bundle, bundle.Bundle]]) -> None:
    """No result is without its facets, and no id stands in both bundles."""
    current, archive = made[1]
    for one in (current, archive):
        facets = json.loads(one.files["facets.json"])
        assert set(facets["results"]) == set(one.results.values())
        row = next(iter(facets["results"].values()))
        found = {name: facets["lists"][name][at] for name, at in zip(facets["lists"], row, strict=True)}
        assert found["year"] == ["2006", "2007"]
        assert list(found) == list(FACETS)
    assert not set(current.results.values()) & set(archive.results.values())


def test_nothing_in_effect_makes_an_empty_bundle() -> None:
    """An archive of old plans alone has one bundle; the other has no file, not a broken one."""
    current, archive = make_bundles([_document(1, False)], None)
    assert current.files == {}
    assert "pagefind.js" in archive.files


def test_a_build_without_pagefind_says_so_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    """The message names what is missing and what to do."""
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    with pytest.raises(EngineError) as told:
        make_bundles(DOCUMENTS, None)
    assert str(told.value) == "pagefind is missing, which makes the search: pip install 'pagefind[bin]'"
