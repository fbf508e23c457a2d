"""The two readers that most browser tests need: one with JavaScript, one without."""

from __future__ import annotations

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
