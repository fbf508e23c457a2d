"""The index: documents handed to Pagefind's command, and what it makes handed to the site.

Two bundles are made, what is in effect and the archive's rest, since the second seldom changes and is kept. Facets
are data of our own: with Pagefind's filters its bundle would be another one at every build. What a result shows is put
into its fragment afterwards: Pagefind would search it, and then "superseded" would find everything that was.
"""

from __future__ import annotations

import hashlib
import html
import importlib.util
import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..errors import EngineError
from ..language import spoken
from ..pages.search import FACETS
from .documents import Searched
from .parts import cut, named, packed, unpacked

KEPT = re.compile(r"pagefind\.js|pagefind-worker\.js|pagefind-entry\.json|wasm\.[a-z]+\.pagefind")
"""What the browser needs of a bundle, beside its meta file, its index and its fragments."""
_FORM = "7"
"""Changed whenever a document is written or an index is cut another way, so that no older bundle is taken for it."""
_WEIGHTS = ("4", "1", "2", "0.5", "9", "1", "0.3")
"""How much each part of what stands before the text counts, but for the title: a number, the plan, names, old names,
groups."""


@dataclass(frozen=True)
class Bundle:
    """One bundle: its files by their path below its folder, and its results' ids by their documents' keys."""

    name: str
    files: dict[str, bytes]
    results: dict[str, str]


def make_bundles(documents: Iterable[Searched], cache: Path | None) -> tuple[Bundle, Bundle]:
    """The bundles "current" and "archive"; one that was made before of the same documents is taken from `cache`."""
    every = list(documents)
    current = _bundle("current", [document for document in every if document.in_effect], cache)
    return current, _bundle("archive", [document for document in every if not document.in_effect], cache)


def _bundle(name: str, documents: Sequence[Searched], cache: Path | None) -> Bundle:
    if not documents:
        return Bundle(name, {}, {})
    written = {f"{document.key}/index.html": _page(document) for document in documents}
    key = hashlib.sha256(
        json.dumps([_FORM, _version(), sorted(written.items())], ensure_ascii=False).encode()
    ).hexdigest()
    kept = cache / f"{name}-{key[:32]}" if cache else None
    if kept is not None and (kept / "done").is_file():
        files = _read(kept / "bundle")
    else:
        with tempfile.TemporaryDirectory(prefix="plan-archive-search-") as folder:
            files = cut(_read(_index(Path(folder), written)))
        if kept is not None:
            _keep(kept, files)
    return _filled(name, files, {f"/{document.key}/": document for document in documents})


def _version() -> str:
    found = importlib.util.find_spec("pagefind")
    if found is None:
        raise EngineError("pagefind is missing, which makes the search: pip install 'pagefind[bin]'")
    from importlib.metadata import version  # noqa: PLC0415

    return version("pagefind")


def _index(folder: Path, written: Mapping[str, str]) -> Path:
    site, out = folder / "site", folder / "out"
    for name, text in written.items():
        file = site / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    run = [sys.executable, "-m", "pagefind", "--site", str(site), "--output-path", str(out), "--silent"]
    done = subprocess.run(run, capture_output=True, text=True, check=False)  # noqa: S603  our own interpreter
    if done.returncode != 0:
        raise EngineError(f"pagefind could not make the search index: {(done.stderr or done.stdout).strip()[-300:]}")
    return out


def _read(folder: Path) -> dict[str, bytes]:
    """The files of a bundle that the browser needs."""
    found = {}
    for file in sorted(folder.rglob("*")) if folder.is_dir() else ():
        name = file.relative_to(folder).as_posix()
        inside = name.startswith(("fragment/", "index/")) or name.endswith(".pf_meta")
        if file.is_file() and (inside or KEPT.fullmatch(name)):
            found[name] = file.read_bytes()
    return found


def _keep(kept: Path, files: Mapping[str, bytes]) -> None:
    """Put a bundle into the cache; one that is only half there is never taken for whole."""
    shutil.rmtree(kept, ignore_errors=True)
    for name, content in files.items():
        file = kept / "bundle" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    (kept / "done").write_text("", encoding="utf-8")


def _filled(name: str, files: dict[str, bytes], documents: Mapping[str, Searched]) -> Bundle:
    """The bundle with each result's card in its fragment, and with its facets."""
    found: dict[str, Searched] = {}
    filled = dict(files)
    for file, content in files.items():
        if file.startswith("fragment/"):
            fragment = json.loads(unpacked(content))
            document = documents[fragment["url"]]
            fragment["meta"]["card"] = _dense(_card(document))
            filled[file] = packed(_dense(fragment).encode())
            found[file.removeprefix("fragment/").removesuffix(".pf_fragment")] = document
    made, ids = named(name, filled)
    made["facets.json"] = _facets({ids[old]: document.facets for old, document in found.items()})
    return Bundle(name, made, {document.key: ids[old] for old, document in found.items()})


def _dense(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _card(document: Searched) -> dict[str, Any]:
    """What a result shows; how many of its words stand before its text, how many are its latest, which are figures."""
    lead = sum(len(text.split()) for text in _lead(document))
    latest = sum(len(text.split()) for text in document.text)
    counts = {"lead": lead, "latest": latest, "figures": document.figures}
    return {**document.card, "refs": document.refs, **counts}


def _lead(document: Searched) -> tuple[str, ...]:
    """What stands before a document's text, for the search alone: its title, number, plan, names, old names, groups."""
    plan = "of" + document.facets["plan"][0].replace("-", "")
    return document.title, document.number, plan, document.above, document.former, *document.groups


def _facets(facets: Mapping[str, Mapping[str, Sequence[str]]]) -> bytes:
    """By what each result can be narrowed: for each facet every list of values once, and each result by number."""
    lists: dict[str, list[list[str]]] = {
        name: sorted({tuple(found[name]) for found in facets.values()})  # type: ignore[misc]
        for name in FACETS
    }
    numbers = {name: {tuple(values): number for number, values in enumerate(lists[name])} for name in FACETS}
    rows = {result: [numbers[name][tuple(found[name])] for name in FACETS] for result, found in sorted(facets.items())}
    return (_dense({"schema": "plan-archive/search-facets/1", "lists": lists, "results": rows}) + "\n").encode()


def _page(document: Searched) -> str:
    """A document as Pagefind reads it; no reader ever sees it."""

    def safe(text: str) -> str:
        return html.escape(text, quote=True)

    refs = set(document.refs)

    def paragraph(text: str) -> str:
        first, _, rest = text.partition(" ")
        if first not in refs:
            return f"<p>{safe(text)}</p>"
        return f'<p><span data-pagefind-weight="8">{safe(first)}</span> {safe(rest)}</p>'

    lead = "".join(
        f'<p data-pagefind-weight="{weight}">{safe(text)}</p>'
        for weight, text in zip(_WEIGHTS, _lead(document)[1:], strict=True)
    )
    paragraphs = "".join(paragraph(text) for text in document.text)
    older = "".join(f"<p>{safe(text)}</p>" for text in document.older)
    return (
        f'<!doctype html><html lang="{spoken()}"><head><meta charset="utf-8"><title>-</title></head>'
        "<body data-pagefind-body>"
        f'<h1 data-pagefind-meta="title">{safe(document.title)}</h1>{lead}'
        f"{paragraphs}"
        f'<div data-pagefind-weight="0.3">{older}</div></body></html>'
    )
