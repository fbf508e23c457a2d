"""The two readers that most browser tests need: one with JavaScript, one without."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from typing import Any

import pytest


@pytest.fixture
def page(browser: Any, server: str) -> Iterator[Any]:
    """A page at the width of a desktop."""
    context = browser.new_context(base_url=server, viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


@pytest.fixture
def plain(browser: Any, server: str) -> Iterator[Any]:
    """A page with JavaScript off."""
    context = browser.new_context(base_url=server, viewport={"width": 1280, "height": 900}, java_script_enabled=False)
    yield context.new_page()
    context.close()


@pytest.fixture
def heard(browser: Any, server: str) -> Iterator[Any]:
    """A page in a browser that tells what is on it to a screen reader, as it does while one is running."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    told = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--force-renderer-accessibility"]
    listening = browser.browser_type.launch(executable_path=chromium, args=told)
    yield listening.new_page(base_url=server, viewport={"width": 1280, "height": 900})
    listening.close()
