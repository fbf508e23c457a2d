"""Search: the library -> what is searched, and the index that the browser reads.

What is searched is not pages but sections, each once over all editions of its plan: a paragraph that was kept for
eight years is one hit, with its editions listed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from ..language import speaking
from ..model import Library
from ..pages import Pair, SiteFile, Spoken, Tracing
from ..pages.catalogue import to_json
from ..pages.places import placed
from .bundle import make_bundles
from .documents import Searched, searched
from .words import words

ENGINE = "pagefind.js"
"""The script that reads a bundle, the same in each: it stands where it is found before one knows which there are."""

__all__ = ["Searched", "search_files", "searched", "spoken_search"]


def search_files(
    library: Library, pairs: Sequence[Pair], tracing: Tracing, cache: Path | None, *, preview: bool = False
) -> Iterator[SiteFile]:
    """The files that the search page reads: two bundles, and the words that are searched as one.

    A preview says that it is one: its index is made once, and what is edited afterwards is not in it.
    """
    sizes: dict[str, int] = {}
    results: dict[str, str] = {}
    engine: dict[str, bytes] = {}
    for bundle in make_bundles(searched(library, pairs, tracing), cache):
        sizes[bundle.name] = len(bundle.results)
        results |= bundle.results
        engine |= {name: content for name, content in bundle.files.items() if name == ENGINE}
        for name, content in bundle.files.items():
            if name != ENGINE:
                yield SiteFile(f"search/{bundle.name}/{name}", content)
    for name, content in engine.items():
        yield SiteFile(f"search/{name}", content)
    yield SiteFile("search/words.json", to_json(words(library, sizes, results, preview=preview)).encode())


def spoken_search(spoken: Spoken, tracing: Tracing, cache: Path | None, *, preview: bool = False) -> Iterator[SiteFile]:
    """The same for another of the body's languages: it searches the texts in that language, and nothing else."""
    with speaking(spoken.catalogue), placed(spoken.place):
        for file in search_files(spoken.library, spoken.pairs, tracing, cache, preview=preview):
            yield SiteFile(spoken.place.prefix + file.address, file.content)
