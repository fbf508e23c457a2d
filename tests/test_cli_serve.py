"""`plan-archive serve`: the preview shows drafts, marked, and texts with problems, the problems on top."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

import html5lib
import pytest

from archives import COMMAND, NOTICE, commit, copy_tiny, edit, environment

DRAFT = """---
title: "Beta Plan 2006"
kind: plan
period: {from: 2006-04-01, to: 2008-03-31}
owner: Local education authority
change_note: "Nothing is settled."
draft: yes
---

# Beta Plan 2006

## Exclusions {#exclusions}

Words of a draft that nobody has approved: marmalade.
"""
BROKEN = "plans/alpha/2007.md"

pytestmark = pytest.mark.site


@dataclass(frozen=True)
class Preview:
    """A preview that is running, and where."""

    process: subprocess.Popen[bytes]
    address: str
    folder: Path

    def get(self, path: str) -> str:
        """The page at a path."""
        with urllib.request.urlopen(f"{self.address}{path}", timeout=10) as answer:  # noqa: S310  our own server
            content: bytes = answer.read()
        return content.decode("utf-8")

    def page(self, path: str) -> ET.Element:
        """The page at a path, parsed."""
        tree: ET.Element = html5lib.parse(self.get(path), namespaceHTMLElements=False)
        return tree


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def _wait(preview: Preview, log: Path) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        assert preview.process.poll() is None, log.read_text(encoding="utf-8")
        with contextlib.suppress(urllib.error.URLError, ConnectionError):
            preview.get("/")
            return
        time.sleep(0.1)
    pytest.fail(f"the preview did not answer: {log.read_text(encoding='utf-8')}")


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    """The tiny archive with a draft and a broken text, in a preview."""
    base = tmp_path_factory.mktemp("preview")
    folder = copy_tiny(base / "archive")
    edit(folder / BROKEN, "| A2 | Schools with a trained lead |", "| A1 | Schools with a trained lead |")
    edit(folder / BROKEN, "kind: refresh", "kind: renewal")
    (folder / "archive/beta/2006.md").write_text(DRAFT, encoding="utf-8")
    commit(folder)
    address = f"127.0.0.1:{_free_port()}"
    log = base / "log"
    with log.open("wb") as said:
        process = subprocess.Popen(
            [COMMAND, "serve", "--address", address],
            cwd=folder,
            env=environment(),
            stdout=said,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        made = Preview(process, f"http://{address}", folder)
        try:
            _wait(made, log)
            yield made
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGTERM)
            process.wait(timeout=10)


def _text(element: ET.Element) -> str:
    return " ".join("".join(element.itertext()).split())


def _classed(tree: ET.Element, name: str) -> list[ET.Element]:
    return [element for element in tree.iter() if name in element.attrib.get("class", "").split()]


def test_a_broken_text_is_shown_with_its_problems_on_top(preview: Preview) -> None:
    """The page of a text with problems begins with them, each with file and line, and goes on with the file."""
    article = _classed(preview.page("/plans/alpha/2007/"), "pa-article")[0]
    headings = [_text(h) for h in article.iter() if h.tag in ("h1", "h2")]
    assert headings[0] == f"Problems in {BROKEN}"
    assert headings[-1] == "The file, line by line"
    listed = [_text(item) for item in _classed(article, "pa-problems")[0]]
    assert len(listed) >= 2
    assert all(item.startswith(f"{BROKEN}:") for item in listed)
    assert [item for item in listed if "`kind`" in item]
    assert [item for item in listed if "A1" in item]
    assert "Every child in Littleshire has the right to be safe at home" in _text(article)
    marked = [_text(line) for line in _classed(article, "pa-source__line--marked")]
    assert "3 > kind: renewal" in marked


def test_a_draft_is_shown_and_marked(preview: Preview) -> None:
    """A draft has its page in the preview, and says first that it is one."""
    page = preview.page("/plans/beta/2006/")
    box = _classed(page, "pa-standing--draft")[0]
    assert [_text(p) for p in box.iter("p")] == [
        "○ Draft",
        "This is a draft. It has not been approved and may change.",
    ]
    assert "marmalade" in _text(page)
    editions = next(page for page in preview.page("/plans/beta/").iter("table"))
    assert "○ Draft" in _text(editions)


def test_all_problems_stand_on_one_page(preview: Preview) -> None:
    """The problems of all files stand on one page, and every other page leads there and says how many they are."""
    listed = [_text(item) for item in _classed(preview.page("/problems/"), "pa-problems")[0]]
    assert [item for item in listed if not item.startswith((BROKEN, "plans/", "archive/"))] == []
    on_the_page = _classed(preview.page("/plans/alpha/2007/"), "pa-problems")[0]
    assert {_text(item) for item in on_the_page} <= set(listed)
    for path in ("/", "/plans/", "/plans/beta/2004/"):
        note = _classed(preview.page(path), "pa-note--problems")[0]
        assert _text(note) == f"{len(listed)} problems keep this archive from being published", path


def test_a_preview_can_be_searched_from_its_start(preview: Preview) -> None:
    """The search's index is there, with the draft in it, and says that it is of a preview; the lists are there too."""
    words = json.loads(preview.get("/search/words.json"))
    assert words["preview"] is True
    assert {plan["id"] for plan in words["plans"] if plan["result"]} == {"alpha", "beta"}
    with urllib.request.urlopen(f"{preview.address}/search/pagefind.js", timeout=10) as answer:  # noqa: S310
        assert answer.status == 200
    drafts = 0
    for bundle, size in words["sizes"].items():
        if size:
            entry = json.loads(preview.get(f"/search/{bundle}/pagefind-entry.json"))
            assert entry["languages"]["en"]["page_count"] == size
            facets = json.loads(preview.get(f"/search/{bundle}/facets.json"))
            drafts += sum("draft" in found for found in facets["lists"]["status"])
    assert drafts == 1
    assert "pa-index" in preview.get("/search/")


def test_the_preview_too_says_first_that_it_is_an_example(preview: Preview) -> None:
    """A broken archive's pages begin with the example's notice like all others."""
    for path in ("/", "/problems/", "/plans/alpha/2007/"):
        assert _text(_classed(preview.page(path), "pa-example")[0]) == NOTICE, path


def test_a_text_that_is_edited_is_shown_without_a_restart(preview: Preview) -> None:
    """The preview follows the files: a draft that is edited is shown anew."""
    file = preview.folder / "archive/beta/2006.md"
    file.write_text(DRAFT.replace("marmalade", "honey"), encoding="utf-8")
    until = time.monotonic() + 30
    while "honey" not in preview.get("/plans/beta/2006/"):
        assert time.monotonic() < until, "the change was not followed"
        time.sleep(0.1)


def test_a_preview_that_is_ended_leaves_nothing_running(tmp_path: Path) -> None:
    """When the command is told to end, the engine that it started ends too, and its address is free again."""
    folder = copy_tiny(tmp_path / "archive")
    port = _free_port()
    log = tmp_path / "log"
    with log.open("wb") as said:
        process = subprocess.Popen(
            [COMMAND, "serve", "--address", f"127.0.0.1:{port}"],
            cwd=folder,
            env=environment(),
            stdout=said,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            _wait(Preview(process, f"http://127.0.0.1:{port}", folder), log)
            process.terminate()
            assert process.wait(timeout=10) == 0
            until = time.monotonic() + 5
            while _answers(port):
                assert time.monotonic() < until, "the engine is still running"
                time.sleep(0.05)
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0
