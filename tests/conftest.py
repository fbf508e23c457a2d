"""Fixtures that several tests share: built sites, a server over one, a real browser."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from archives import commit, copy_example, plan_archive

settings.register_profile("repeatable", derandomize=True, deadline=None)
settings.load_profile("repeatable")


@pytest.fixture(scope="session")
def example_archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example archive in a repository of its own with one commit; not to be written to."""
    folder = copy_example(tmp_path_factory.mktemp("example"))
    commit(folder)
    return folder


@pytest.fixture(scope="session")
def example_site(example_archive: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the example archive, as the real command builds it."""
    site = tmp_path_factory.mktemp("built") / "site"
    ran = plan_archive(example_archive, "build", "--site-dir", str(site))
    assert ran.code == 0, ran.err
    return site


class _Quiet(SimpleHTTPRequestHandler):
    """A plain file server that says nothing and answers what is missing with the site's own page."""

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Say nothing."""

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Answer with the site's own page for what is missing."""
        if code != 404:
            super().send_error(code, message, explain)
            return
        content = (Path(self.directory) / "404.html").read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that leaves early is no fault."""


@pytest.fixture(scope="session")
def server(example_site: Path) -> Iterator[str]:
    """The address of a server over the example site, without a last slash."""
    made = _Server(("127.0.0.1", 0), partial(_Quiet, directory=str(example_site)))
    thread = threading.Thread(target=made.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{made.server_port}"
    made.shutdown()
    made.server_close()
    thread.join(timeout=5)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """The Chromium that is installed here, driven by Playwright."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415  only browser tests need it

    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        pytest.fail("no `chromium` on PATH: install Chromium (on Debian, `apt-get install chromium`)", pytrace=False)
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(
            executable_path=chromium,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield launched
        launched.close()
