"""How soon the search answers in a large archive, and at what weight, beside Material's own search on the same texts.

Made-up plans, 500 of 8 editions with 25 sections each unless told otherwise, are indexed, served and asked in Chromium:
bytes as they are sent, packed, and time from opening the address of a question to the first result. Both searches run
one after the other on the same machine, so their ratio means more than the seconds. Material's index grows so fast
that its texts may be fewer (`--material`); then ours is measured at that size too.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from random import Random
from typing import Any

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))

from compare.grammar import Speaker  # noqa: E402  found only now
from plan_archive.intake import read_library  # noqa: E402
from plan_archive.model import Library, Plan  # noqa: E402
from plan_archive.pages.catalogue import to_json  # noqa: E402
from plan_archive.pages.search import search_pages  # noqa: E402
from plan_archive.search import ENGINE  # noqa: E402
from plan_archive.search.bundle import make_bundles  # noqa: E402
from plan_archive.search.documents import Searched, group_words  # noqa: E402
from plan_archive.search.words import Grouped, groups, words  # noqa: E402

ASSETS = ROOT / "mkdocs_plugins" / "plan_archive" / "pages" / "assets"
EDITIONS, SECTIONS = 8, 25
IN_EFFECT = 0.4
"""The share of plans that are in effect."""
CHANGED = 0.15
"""The share of sentences that an edition words anew."""
PACKED = (".html", ".js", ".json", ".css")
WATCH = """selector => {
  const look = () => {
    if (window.__first === undefined && document.querySelector(selector)) window.__first = performance.now();
  };
  new MutationObserver(look).observe(document, {childList: true, subtree: true});
}"""


@dataclass(frozen=True)
class Written:
    """A plan: its name, and for each edition the sections' titles and paragraphs."""

    id: str
    title: str
    in_effect: bool
    editions: tuple[tuple[tuple[str, tuple[str, ...]], ...], ...]


@dataclass(frozen=True)
class Took:
    """What one question cost."""

    seconds: float
    bytes: int
    results: str


def write(count: int) -> Iterator[Written]:
    """So many made-up plans; the same every time."""
    for number in range(count):
        speaker = Speaker(Random(f"plan {number}"))  # noqa: S311  a made-up text is no secret
        title = " ".join(word.strip(",.") for word in speaker.say("T")).title() + f" Plan {number}"
        texts = [(" ".join(speaker.say("T")), [speaker.sentence() for _ in range(6)]) for _ in range(SECTIONS)]
        editions = []
        for _ in range(EDITIONS):
            editions.append(tuple((head, tuple(" ".join(said) for said in text)) for head, text in texts))
            for _, text in texts:
                for place in range(len(text)):
                    if speaker.rng.random() < CHANGED:
                        text[place] = speaker.sentence()
        yield Written(f"plan-{number}", title, speaker.rng.random() < IN_EFFECT, tuple(editions))


def documents(plans: list[Written]) -> Iterator[Searched]:
    """What the archive of these plans would hand to the index."""
    grouped = Grouped(groups(_library([])))
    for plan in plans:
        facets = {
            "plan": [plan.id],
            "status": ["in-effect" if plan.in_effect else "superseded"],
            "kind": ["statutory"],
            "year": [str(2000 + edition) for edition in range(EDITIONS)],
            "needs": [],
            "outcome": [],
        }
        standing = {"status": facets["status"][0], "label": "In effect" if plan.in_effect else "Replaced", "shape": "x"}
        card = {"kind": "plan", "plan": plan.title, "address": f"plans/{plan.id}/", **standing}
        card |= {"editions": _editions(plan, "", "")}
        yield Searched(
            f"{plan.id}/plan", plan.in_effect, plan.title, "", "", "", (plan.title,), (), (), (), ("", "", ""), card,
            facets,
        )  # fmt: skip
        for place, (title, text) in enumerate(plan.editions[-1]):
            older = dict.fromkeys(said for edition in plan.editions for said in edition[place][1] if said not in text)
            here = f"plans/{plan.id}/{1999 + EDITIONS}/#s{place}"
            card = {"kind": "section", "plan": plan.title, "edition": plan.title, "above": [], "address": here}
            card |= {**standing, "editions": _editions(plan, title, f"#s{place}"), "now": []}
            key = f"{plan.id}/{1999 + EDITIONS}/s{place}"
            said = group_words(grouped, title, text, older)
            lead = (key, plan.in_effect, title, "", plan.title, "")
            yield Searched(*lead, text, (), tuple(older), (), said, card, facets)


def _editions(plan: Written, title: str, anchor: str) -> list[dict[str, Any]]:
    """Every edition of a plan as a result names it."""
    return [
        {
            "id": str(2000 + edition),
            "label": f"Replaced on 1 April {2001 + edition}",
            "years": [2000 + edition, 2000 + edition],
            "parts": [[title, f"plans/{plan.id}/{2000 + edition}/{anchor}"]],
        }
        for edition in range(EDITIONS)
    ]


def our_site(folder: Path, plans: list[Written]) -> None:
    """The page to search on with its index, as the archive would publish them, and how heavy they were to make."""
    start = time.perf_counter()
    made = make_bundles(documents(plans), None)
    took = time.perf_counter() - start
    size = 0
    for bundle in made:
        for name, content in bundle.files.items():
            _put(folder / "search" / ("" if name == ENGINE else bundle.name) / name, content)
            size += len(content)
    library = _library(plans)
    sizes = {bundle.name: len(bundle.results) for bundle in made}
    results = made[0].results | made[1].results
    _put(folder / "search" / "words.json", to_json(words(library, sizes, results)).encode())
    page = next(search_pages(library))
    head = '<!doctype html><html lang="en"><meta charset="utf-8"><title>Search</title>'
    script = '<script src="../assets/search.js" defer></script>'
    _put(folder / "search" / "index.html", f"{head}{script}{page.html}".encode())
    for script_file in ASSETS.glob("*.js"):
        _put(folder / "assets" / script_file.name, script_file.read_bytes())
    print(
        f"Plan Archive, {len(plans) * EDITIONS:,} pages: {sum(sizes.values()):,} documents to search, index of"
        f" {size / 1e6:.1f} MB made in {took:.1f} s, most memory {_peak():.0f} MB",
        flush=True,
    )


def _library(plans: list[Written]) -> Library:
    """The example's registers with these plans' names."""
    real = read_library(ROOT, date(2009, 12, 1)).library
    assert real is not None
    facts = real.plans[0].facts.model_copy(update={"aliases": (), "superseded_by": (), "no_editions": "Made up."})
    made = [
        Plan(plan.id, facts.model_copy(update={"title": plan.title, "abbreviation": f"P{n}Q"}), (), "")
        for n, plan in enumerate(plans)
    ]
    return replace(real, plans=tuple(made), destinations=())


def material_site(folder: Path, plans: list[Written], pages: int) -> int:
    """A site of the same editions by Material with its own search; how many pages it has."""
    source = folder / "source"
    count = 0
    for plan in plans:
        for number, edition in enumerate(plan.editions):
            if count < pages:
                count += 1
                parts = "\n\n".join(f"## {title}\n\n" + "\n\n".join(text) for title, text in edition)
                _put(source / plan.id / f"{2000 + number}.md", f"# {plan.title} {2000 + number}\n\n{parts}\n".encode())
    _put(source / "index.md", b"# Home\n")
    config = {
        "site_name": "Material",
        "docs_dir": str(source),
        "site_dir": str(folder / "site"),
        "theme": {"name": "material", "font": False},
        "nav": [{"Home": "index.md"}],
        "plugins": ["search"],
        "validation": {"nav": {"omitted_files": "ignore"}},
    }
    _put(folder / "mkdocs.yml", json.dumps(config).encode())
    start = time.perf_counter()
    run = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--config-file", str(folder / "mkdocs.yml")]
    subprocess.run(run, check=True, env={"PATH": "", "NO_MKDOCS_2_WARNING": "1"}, capture_output=True)
    print(f"  Material: {count:,} pages built in {time.perf_counter() - start:.0f} s")
    return count


def _put(file: Path, content: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)


def _peak() -> float:
    """The most memory of any program run so far, this one among them, in megabytes."""
    return max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_CHILDREN, resource.RUSAGE_SELF)) / 1024


class _Packing(SimpleHTTPRequestHandler):
    """A file server that packs texts, as web servers do."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # as web servers have it: a small answer is not held back for 40 ms

    def do_GET(self) -> None:
        """Send a file, packed where it is a text."""
        file = Path(self.translate_path(self.path.partition("?")[0]))
        file = file / "index.html" if file.is_dir() else file
        if not file.is_file():
            self.send_error(404)
            return
        content = file.read_bytes()
        self.send_response(200)
        if file.suffix in PACKED:
            content = gzip.compress(content, 6)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Type", self.guess_type(str(file)))
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """A server over a folder; its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Packing, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def ask(browser: Browser, address: str, selector: str, counted: str) -> Took:
    """Open the address of a question with nothing kept from before, until the first result stands there."""
    context = browser.new_context()
    page = context.new_page()
    done: list[tuple[float, int]] = []
    context.on("requestfinished", lambda request: done.append(_sent(request)))
    page.add_init_script(f"({WATCH})({json.dumps(selector)})")
    page.goto(address, wait_until="commit")
    page.locator(selector).first.wait_for(state="attached", timeout=590_000)
    first, origin = page.evaluate("[window.__first, performance.timeOrigin]")
    page.locator(counted, has_text=re.compile(r"\d")).first.wait_for(timeout=590_000)
    results = page.locator(counted).first.inner_text()
    context.close()
    return Took(first / 1000, sum(size for end, size in done if end <= origin + first), results)


def _sent(request: Any) -> tuple[float, int]:
    """When the last byte of an answer had come, and how many there were."""
    sizes, timing = request.sizes(), request.timing
    end = timing["startTime"] + max(timing["responseEnd"], 0)
    # Of a worker's own script the browser tells no size.
    body = sizes["responseBodySize"] or int(request.response().headers.get("content-length", 0))
    return end, int(body + sizes["responseHeadersSize"])


def rows(browser: Browser, plans: list[Written], base: str, ours: bool) -> list[Took]:
    """The questions: a rare word, two common ones, a word with others for it, and a plan by its name."""
    found = []
    for question in ("magistrate", "school budget", "excluded pupils", plans[7].title):
        query = question.replace(" ", "+")
        if ours:
            took = ask(browser, f"{base}/search/?q={query}", ".pa-hit", "[data-told]")
        else:
            took = ask(browser, f"{base}/?q={query}", ".md-search-result__item", ".md-search-result__meta")
        print(f"    {question!r}: {took.bytes / 1000:,.0f} kB, {took.seconds:.2f} s  ({took.results})", flush=True)
        found.append(took)
    return found


def main() -> None:
    """Measure, and print."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--plans", type=int, default=500)
    asked.add_argument("--material", type=int, default=1000, help="pages of Material's site; 0 leaves it out")
    given = asked.parse_args()
    plans = list(write(given.plans))
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        fewer = plans[: max(8, -(-given.material // EDITIONS))]
        # The smaller first, since memory is told as the most of any program so far.
        for some in [fewer, plans] if given.material and fewer != plans else [plans]:
            our_site(Path(folder) / str(len(some)), some)
        if given.material:
            pages = material_site(Path(folder) / "material", fewer, given.material)
            print(f"Plan Archive, {pages:,} pages")
            with serving(Path(folder) / str(len(fewer))) as base:
                mine = rows(browser, fewer, base, True)
            print(f"Material's search, {pages:,} pages")
            with serving(Path(folder) / "material" / "site") as base:
                theirs = rows(browser, fewer, base, False)
            for one, other in zip(mine, theirs, strict=True):
                print(
                    f"    {other.seconds / one.seconds:.0f} times as fast, {other.bytes / one.bytes:.1f} times as light"
                )
        print(f"Plan Archive, {given.plans * EDITIONS:,} pages")
        with serving(Path(folder) / str(len(plans))) as base:
            rows(browser, plans, base, True)
        browser.close()


if __name__ == "__main__":
    main()
