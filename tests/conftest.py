"""Fixtures that several tests share: archives, built sites, a server over one, a real browser."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

import traced
from archives import commit, copy_example, plan_archive
from council import council
from plan_archive import Library
from sealed import sealed_tiny
from serving import serving

settings.register_profile("repeatable", derandomize=True, deadline=None)
settings.load_profile("repeatable")


def _built(archive: Path, site: Path) -> Path:
    """The site of an archive, as the real command builds it."""
    ran = plan_archive(archive, "build", "--site-dir", str(site))
    assert ran.code == 0, ran.err
    return site


@pytest.fixture(scope="session")
def example_archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example archive in a repository of its own with one commit; not to be written to."""
    folder = copy_example(tmp_path_factory.mktemp("example"))
    commit(folder)
    return folder


@pytest.fixture(scope="session")
def example_site(example_archive: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the example archive, as the real command builds it."""
    return _built(example_archive, tmp_path_factory.mktemp("built") / "site")


@pytest.fixture(scope="session")
def example() -> Library:
    """The example archive, read once."""
    return traced.example()


@pytest.fixture(scope="session")
def council_archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A council's archive with one corrected edition and every fact; not to be written to."""
    return council(tmp_path_factory.mktemp("council") / "archive")


@pytest.fixture(scope="session")
def council_site(council_archive: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of it, built by the real command."""
    return _built(council_archive, tmp_path_factory.mktemp("council-built") / "site")


@pytest.fixture(scope="session")
def sealed_archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny archive with everything in its log, sealed; not to be written to."""
    return sealed_tiny(tmp_path_factory.mktemp("sealed") / "archive")


@pytest.fixture
def archive(sealed_archive: Path, tmp_path: Path) -> Path:
    """A copy of the sealed archive that a test may spoil."""
    return Path(shutil.copytree(sealed_archive, tmp_path / "archive"))


@pytest.fixture
def key(tmp_path: Path) -> Path:
    """A key to sign with, its public half beside it."""
    file = tmp_path / "key"
    made = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "test", "-f", str(file)]
    subprocess.run(made, check=True, capture_output=True)
    return file


@pytest.fixture(scope="session")
def server(example_site: Path) -> Iterator[str]:
    """The address of a server over the example site, without a last slash."""
    with serving(example_site) as address:
        yield address


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
