"""What a reader does with the site in a real browser: find, filter, jump, zoom and print."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from browsing import LAY_OUT

pytestmark = pytest.mark.browser

NOTICE = "Fictional example. Not a real council or record."
BSP = "/plans/behaviour-support-plan/"
CYPP_NOW = "/plans/cypp/2009/"
VISIBLE_ROWS = """() => [...document.querySelectorAll('#register tbody tr')]
  .filter(row => row.getClientRects().length).map(row => row.querySelector('th a').textContent)"""
SIDEWAYS = f"() => {{ {LAY_OUT} return [document.documentElement.scrollWidth, document.documentElement.clientWidth]; }}"


@pytest.fixture(scope="module")
def paths(example_site: Path) -> list[str]:
    """The address of every page of the site that is no redirect."""
    files = [f for f in example_site.rglob("*.htm*") if 'http-equiv="refresh"' not in f.read_text(encoding="utf-8")]
    assert len(files) > 12
    return sorted("/" + f.relative_to(example_site).as_posix().removesuffix("index.html") for f in files)


def test_what_replaced_an_old_plan_is_three_clicks_away(plain: Any, server: str) -> None:
    """With JavaScript off, home leads to the Behaviour Support Plan and on to what superseded it in two clicks."""
    plain.goto("/")
    assert plain.locator("body").inner_text().strip().removeprefix("Skip to content").strip().startswith(NOTICE)
    plain.get_by_role("link", name="Behaviour Support Plan", exact=True).first.click()
    assert urlsplit(plain.url).path == BSP
    standing = plain.locator(".pa-standing")
    assert "Replaced on 1 April 2006" in standing.inner_text()
    standing.get_by_role("link", name="the Children and Young People's Plan").click()
    assert urlsplit(plain.url).path == "/plans/cypp/"
    plain.get_by_role("link", name=re.compile("^Read the edition in effect")).first.click()
    assert plain.url == f"{server}{CYPP_NOW}"
    assert "In effect on 1 December 2009" in plain.locator(".pa-standing").inner_text()


def test_no_page_asks_another_host_or_logs_an_error(browser: Any, server: str, paths: list[str]) -> None:
    """A crawl of every page makes no request to another host, misses no file and logs nothing as an error."""
    context = browser.new_context(base_url=server)
    asked: list[str] = []
    wrong: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    context.on("response", lambda response: wrong.append(response.url) if response.status >= 400 else None)
    visited = context.new_page()
    visited.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    visited.on("pageerror", lambda error: wrong.append(str(error)))
    for path in paths:
        visited.goto(path, wait_until="load")
    context.close()
    assert {urlsplit(url).netloc for url in asked if not url.startswith("data:")} == {urlsplit(server).netloc}
    assert wrong == []
    assert len(asked) > len(paths)


@pytest.mark.parametrize("width", [320, 1280])
def test_no_page_scrolls_sideways(browser: Any, server: str, paths: list[str], width: int) -> None:
    """At the width of a small phone, and of a desktop, every page fits; only tables scroll, in their own boxes."""
    context = browser.new_context(base_url=server, viewport={"width": width, "height": 800})
    visited, wide = context.new_page(), []
    for path in [*paths, "/nowhere/"]:
        visited.goto(path, wait_until="load")
        needed, given = visited.evaluate(SIDEWAYS)
        if needed > given:
            wide.append(f"{path} needs {needed} of {given}")
    context.close()
    assert wide == []


def test_the_register_filters_by_keyboard_without_javascript(plain: Any) -> None:
    """With JavaScript off, the arrow keys choose a status and only the plans that have it are left."""
    plain.goto("/plans/")
    everything = _shown(plain)
    assert len(everything) == 21
    plain.locator("#status-all").focus()
    lapsed = ["Community Care Plan", "Quality Protects Management Action Plan"]
    now, never = ["Children and Young People's Plan"], ["Single Education Plan"]
    replaced = [name for name in everything if name not in (*now, *lapsed, *never)]
    assert len(replaced) == 17
    for chosen, left in (("#status-in-effect", now), ("#status-superseded", replaced)):
        plain.keyboard.press("ArrowDown")
        assert plain.locator(chosen).is_checked()
        assert _shown(plain) == left
    plain.locator("#kind-all").focus()
    plain.keyboard.press("ArrowRight")
    plain.keyboard.press("ArrowRight")
    assert plain.locator("#kind-voluntary").is_checked()
    voluntary = _shown(plain)
    assert set(voluntary) < set(replaced)
    assert "Behaviour Support Plan" not in voluntary
    assert "Youth Service Plan" in voluntary
    plain.locator("#status-all").check()
    plain.locator("#kind-all").check()
    assert _shown(plain) == everything


def _shown(plain: Any) -> list[str]:
    """The names in the register that can be seen; asked row by row, since the page runs no script."""
    rows = plain.locator("#register tbody tr").all()
    return [row.locator("th a").inner_text() for row in rows if row.is_visible()]


def test_the_skip_link_works_by_keyboard(page: Any) -> None:
    """The first stop of the tab key is the skip link, which can be seen then and leads to the content."""
    page.goto(CYPP_NOW)
    page.keyboard.press("Tab")
    link = page.locator(":focus")
    assert "skip" in link.inner_text().lower()
    box = link.bounding_box()
    assert box["x"] >= 0
    assert box["y"] >= 0
    assert box["height"] >= 16
    assert float(link.evaluate("e => getComputedStyle(e).opacity")) == 1
    target = link.get_attribute("href")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{target}")
    assert page.evaluate("() => document.querySelector(location.hash).closest('article') !== null")
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.closest('article') !== null")


def test_the_focus_can_be_seen_on_every_stop(page: Any) -> None:
    """Each of the first thirty stops of the tab key is drawn with an outline of its own."""
    page.goto(CYPP_NOW)
    for _ in range(30):
        page.keyboard.press("Tab")
        outline = page.locator(":focus").evaluate("e => getComputedStyle(e).outlineStyle")
        assert outline not in ("none", ""), page.locator(":focus").evaluate("e => e.outerHTML")


@pytest.mark.parametrize("width", [390, 1280])
def test_the_contents_list_jumps(browser: Any, server: str, width: int) -> None:
    """A line of the contents list, open or folded, leads to its heading, which then stands at the top."""
    context = browser.new_context(base_url=server, viewport={"width": width, "height": 800})
    page = context.new_page()
    page.goto(CYPP_NOW)
    if width < 960:
        page.locator(".pa-contents--narrow summary").click()
    link = page.locator(".pa-contents a:visible").nth(12)
    target = link.get_attribute("href")
    link.click()
    page.wait_for_url(f"**{target}")
    top = page.locator(target).bounding_box()["y"]
    context.close()
    assert 0 <= top <= 100


@pytest.mark.parametrize("path", [BSP, CYPP_NOW])
def test_a_page_can_be_printed(page: Any, path: str) -> None:
    """A page makes a PDF of some pages; on paper the notice and the text are there, and the menus are not."""
    page.goto(path)
    pages = len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4")))
    assert pages >= 1 if path == BSP else pages >= 10
    page.emulate_media(media="print", color_scheme="light")
    assert page.locator(".pa-example").is_visible()
    assert page.locator(".pa-example").inner_text() == NOTICE
    assert page.locator("h1").is_visible()
    assert page.locator(".pa-standing").is_visible()
    for menu in page.locator(".pa-header__nav, .pa-contents, .pa-trail, .pa-anchor").all():
        assert not menu.is_visible()
    assert _inks(page, page.screenshot()) >= 3


def _inks(page: Any, picture: bytes) -> int:
    """How many shades a picture has, white paper included."""
    return int(
        page.evaluate(
            """async (bytes) => {
              const drawn = await createImageBitmap(new Blob([new Uint8Array(bytes)]));
              const canvas = new OffscreenCanvas(drawn.width, drawn.height);
              const context = canvas.getContext('2d');
              context.drawImage(drawn, 0, 0);
              const data = context.getImageData(0, 0, drawn.width, drawn.height).data;
              const shades = new Set();
              for (let i = 0; i < data.length; i += 4) shades.add(data[i]);
              return shades.size;
            }""",
            list(picture),
        )
    )
