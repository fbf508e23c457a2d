"""The check on the audit page in a real browser: it passes on the built site and fails on one altered byte."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from archives import NOTICE, plan_archive
from sealed import flipped, sealed_tiny, spoil
from serving import serving

pytestmark = [pytest.mark.browser, pytest.mark.site]
TOLD = "[data-told]"
PAGE = "plans/alpha/2007/index.html"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sealed archive with its site; not to be written to."""
    archive = sealed_tiny(tmp_path_factory.mktemp("audit") / "archive")
    done = plan_archive(archive, "build")
    assert done.code == 0, done.err
    return archive


@pytest.fixture
def site(built: Path, tmp_path: Path) -> Path:
    """A copy of the site that a test may spoil."""
    return Path(shutil.copytree(built / "site", tmp_path / "site"))


@pytest.fixture
def address(site: Path) -> Iterator[str]:
    """The address of a server over the site, in a folder of its own, since a site need not lie at a host's top."""
    site.rename(site.parent / "council")
    (site.parent / "404.html").write_text("none", encoding="utf-8")
    with serving(site.parent) as host:
        yield f"{host}/council"


@pytest.fixture
def page(browser: Any, address: str) -> Iterator[Any]:
    """The audit page, with no error on its console."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    opened = context.new_page()
    wrong: list[str] = []
    opened.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    opened.on("pageerror", lambda error: wrong.append(str(error)))
    opened.goto(f"{address}/audit/")
    yield opened
    assert wrong == []
    context.close()


def _asked(page: Any, typed: str) -> tuple[str, str]:
    """The verdict and the words for an address."""
    page.get_by_label("Address of a page or file on this site").fill(typed)
    page.get_by_role("button", name="Check this address").click()
    page.wait_for_function("() => !['', undefined].includes(document.querySelector('[data-told]').dataset.verdict)")
    told = page.locator(TOLD)
    return told.get_attribute("data-verdict"), told.inner_text()


@pytest.mark.parametrize(
    "typed",
    [
        *("plans/alpha/2007/", "/plans/alpha/2007", "{address}/plans/alpha/2007/#p2", PAGE),
        "https://plans.littleshire.example/plans/alpha/2007/#p2",  # as it is cited, whoever serves this copy
    ],
)
def test_a_page_as_it_was_built_is_intact(page: Any, address: str, built: Path, typed: str) -> None:
    """However its address is typed, the page's SHA-256 is worked out and found in the manifest."""
    digest = sha256((built / "site" / PAGE).read_bytes()).hexdigest()
    told = f"\u2713 Intact: {PAGE} has the SHA-256 of this build's manifest, {digest}"
    assert _asked(page, typed.format(address=address)) == ("intact", told)


def test_every_file_of_the_manifest_passes(page: Any, built: Path) -> None:
    """The browser and the build agree on every file, pages, data and pictures."""
    files = json.loads((built / "site" / "manifest.json").read_bytes())["files"]
    wrong = [name for name in files if not name.startswith("_") and _asked(page, name)[0] != "intact"]
    assert wrong == []


def test_a_page_altered_by_one_byte_is_found(page: Any, tmp_path: Path) -> None:
    """One turned bit, and the page is altered; both numbers are shown."""
    spoil(tmp_path / "council" / PAGE, lambda content: flipped(content, len(content) - 20))
    verdict, words = _asked(page, "plans/alpha/2007/")
    digest = sha256((tmp_path / "council" / PAGE).read_bytes()).hexdigest()
    assert verdict == "altered"
    assert words.startswith(f"\u2717 Altered: {PAGE} has the SHA-256 {digest}; the manifest says ")
    assert _asked(page, "plans/alpha/2006/")[0] == "intact"


def test_an_empty_box_is_no_page(page: Any) -> None:
    """Nothing typed is nothing checked."""
    assert _asked(page, "  ") == ("unknown", "Could not check: write an address first, such as plans/")


@pytest.mark.parametrize(
    "typed", ["plans/gamma/", "https://elsewhere.example/", "https://plans.littleshire.example.org/", "../other/"]
)
def test_what_is_not_of_this_build_is_never_intact(page: Any, typed: str) -> None:
    """An address that is not in the manifest, or not of this site, is not called intact."""
    assert _asked(page, typed)[0] in ("altered", "unknown")


def test_a_saved_file_is_looked_up(page: Any, built: Path, tmp_path: Path) -> None:
    """A saved page, and a text of the repository, are known by their bytes; anything else is not."""
    field = page.get_by_label("Or a file that you saved")
    cases = {
        built / "site" / PAGE: f"\u2713 Intact: this is {PAGE} of this build",
        built / "archive/alpha/2006.md": "\u2713 Intact: this is the text sealed as archive/alpha/2006.md",
    }
    other = tmp_path / "other.md"
    other.write_bytes(flipped((built / "archive/alpha/2006.md").read_bytes(), 400))
    cases[other] = "\u2717 Not known: no file of this build and no sealed text has the SHA-256"
    for file, words in cases.items():
        field.set_input_files(str(file))
        page.wait_for_function(
            "words => document.querySelector('[data-told]').textContent.startsWith(words)", arg=words
        )


def test_the_root_in_the_foot_can_be_copied(browser: Any, address: str, built: Path) -> None:
    """The foot of each page shows a part of the archive root; the button copies the whole of it."""
    root = sha256((built / "archive/seals.sha256").read_bytes()).hexdigest()
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    opened = context.new_page()
    opened.goto(f"{address}/plans/alpha/2007/")
    foot = opened.locator(".pa-footer")
    assert f"Archive root {root[:16]}." in foot.inner_text()
    foot.get_by_role("button", name="Copy the whole root").click()
    opened.wait_for_function("() => document.querySelector('.pa-footer [role=status]').textContent.includes('Copied')")
    assert opened.evaluate("() => navigator.clipboard.readText()") == root
    context.close()


def test_without_javascript_the_page_says_what_to_do(browser: Any, address: str, built: Path) -> None:
    """The whole root, the words for the minutes and the commands are there; the form is not."""
    root = sha256((built / "archive/seals.sha256").read_bytes()).hexdigest()
    context = browser.new_context(java_script_enabled=False)
    opened = context.new_page()
    opened.goto(f"{address}/audit/")
    words = opened.locator("body").inner_text()
    assert words.strip().removeprefix("Skip to content").strip().startswith(NOTICE)
    assert opened.locator("#archive-root").inner_text() == root
    assert "This step needs JavaScript. Step 2 needs none, and shows more." in words
    assert not opened.locator("form[data-check]").is_visible()
    context.close()
