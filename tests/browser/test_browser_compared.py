"""The comparison pages in a real browser: read, stepped through, unfolded and printed, in every width and light."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from browsing import FITS, LAY_OUT, OPEN, SIGHTS, faults, watched

pytestmark = pytest.mark.browser

INLINE = "/plans/cypp/changes/2006-to-2007/"
PATHS = {"inline": INLINE, "columns": f"{INLINE}columns/"}
DRAWN = "e => e.checkVisibility()"
"""Whether a part is drawn when the reader comes to it."""
FOCUS = """() => {
  const here = document.activeElement, box = here.getBoundingClientRect(), style = getComputedStyle(here);
  const cover = document.querySelector('.pa-stepper').getBoundingClientRect();
  return {change: here.dataset.change, outline: style.outlineStyle, width: style.outlineWidth,
          seen: box.bottom > cover.bottom && box.top < innerHeight};
}"""


@pytest.mark.parametrize(
    ("form", "sight", "width"),
    [
        ("inline", "light", 390),
        ("columns", "light", 1280),
        ("inline", "dark", 1280),
        ("columns", "dark", 390),
        ("inline", "forced colours", 390),
        ("columns", "forced colours", 1280),
    ],
)
def test_no_comparison_breaks_a_rule(browser: Any, server: str, form: str, sight: str, width: int) -> None:
    """A comparison with everything unfolded breaks no rule that axe knows, in any light, wide or narrow."""
    context = browser.new_context(base_url=server, viewport={"width": width, "height": 844}, **SIGHTS[sight])
    reader = context.new_page()
    reader.goto(PATHS[form], wait_until="load")
    reader.evaluate(OPEN)
    # Where a reader has colours of their own, contrast is theirs too; the check of it is by far the slowest.
    found = faults(reader, contrast=sight != "forced colours")
    context.close()
    assert found == []


@pytest.mark.parametrize("width", [320, 390, 1280])
@pytest.mark.parametrize("path", PATHS.values(), ids=PATHS)
def test_a_comparison_fits_its_window(browser: Any, server: str, path: str, width: int) -> None:
    """A comparison does not scroll sideways, folded or open; it asks no other host and logs nothing."""
    context = browser.new_context(base_url=server, viewport={"width": width, "height": 844})
    reader, asked, wrong = watched(context)
    reader.goto(path, wait_until="load")
    folded = reader.evaluate(FITS)
    reader.evaluate(OPEN)
    if reader.locator("#mode-whole").count():
        reader.locator("#mode-whole").check()
        reader.keyboard.press("j")
    opened = reader.evaluate(FITS)
    context.close()
    assert (folded, opened) == (True, True)
    assert wrong == []
    assert {urlsplit(url).netloc for url in asked if not url.startswith("data:")} == {urlsplit(server).netloc}


def test_the_whole_text_can_be_read_without_javascript(plain: Any) -> None:
    """With JavaScript off the arrow keys choose the whole text, and a fold opens by keyboard; there is no stepper."""
    plain.goto(INLINE)
    assert not plain.locator(".pa-stepper").is_visible()
    fold = plain.locator(".pa-compared details").first
    row = plain.locator(".pa-same-row").first
    assert not fold.locator("p").first.is_visible()
    assert not row.evaluate(DRAWN)
    fold.locator("summary").focus()
    plain.keyboard.press("Enter")
    assert fold.locator("p").first.is_visible()
    plain.keyboard.press("Enter")
    assert not fold.locator("p").first.is_visible()
    plain.locator("#mode-changes").focus()
    plain.keyboard.press("ArrowDown")
    assert plain.locator("#mode-whole").is_checked()
    assert fold.locator("p").first.is_visible()
    assert not fold.locator("summary").is_visible()
    assert row.evaluate(DRAWN)
    plain.keyboard.press("ArrowUp")
    assert not fold.locator("p").first.is_visible()
    plain.goto(PATHS["columns"])
    assert plain.locator(".pa-same-row").first.evaluate(DRAWN)


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("form", PATHS)
def test_the_address_of_a_change_far_down_leads_to_it(browser: Any, server: str, form: str, width: int) -> None:
    """What lies above is laid out late and may be higher or lower than told: the change stays in view."""
    context = browser.new_context(base_url=server, viewport={"width": width, "height": 844})
    reader = context.new_page()
    reader.goto(f"{PATHS[form]}#-c200")
    reader.wait_for_timeout(300)
    box = reader.locator("#-c200").bounding_box()
    context.close()
    assert box is not None
    assert -5 <= box["y"] < 844


def test_keys_and_buttons_step_through_the_changes(page: Any) -> None:
    """The keys j and k and both buttons move the focus, which can be seen, and a status says the place."""
    page.goto(INLINE)
    total = page.locator(".pa-compared [data-change]").count()
    assert f"{total} changes are marked" in page.locator("article").inner_text()
    status = page.get_by_role("status")
    forward, back = (page.get_by_role("button", name=name) for name in ("Next change", "Previous change"))
    steps = [
        (lambda: page.keyboard.press("j"), 1),
        (lambda: page.keyboard.press("j"), 2),
        (lambda: page.keyboard.press("j"), 3),
        (lambda: page.keyboard.press("k"), 2),
        (forward.click, 3),
        (lambda: forward.press("Enter"), 4),
        (back.click, 3),
        (lambda: back.press("Space"), 2),
        (lambda: page.keyboard.press("k"), 1),
        (lambda: page.keyboard.press("k"), 1),
    ]
    for act, place in steps:
        act()
        assert status.inner_text() == f"{place} of {total}"
        focus = page.evaluate(FOCUS)
        assert focus["change"] == str(place)
        assert focus["seen"], focus
        assert focus["outline"] != "none", focus
        assert focus["width"] != "0px", focus


def test_stepping_goes_on_from_where_the_reader_is(page: Any) -> None:
    """Who has scrolled on is taken to the next change from there, not back to the beginning."""
    page.goto(f"{INLINE}#budget")
    page.keyboard.press("j")
    focus = page.evaluate(FOCUS)
    assert focus["seen"]
    assert int(focus["change"]) > 100
    page.evaluate("() => scrollTo(0, 0)")
    page.keyboard.press("j")
    assert page.get_by_role("status").inner_text().startswith("1 of ")


def test_the_keys_can_be_turned_off(page: Any) -> None:
    """Who speaks to a computer can turn the single keys off; they also rest while another key is held."""
    page.goto(INLINE)
    page.keyboard.press("Control+j")
    page.get_by_role("checkbox").uncheck()
    page.keyboard.press("j")
    assert page.get_by_role("status").inner_text() == ""
    page.get_by_role("checkbox").check()
    page.keyboard.press("j")
    assert page.get_by_role("status").inner_text().startswith("1 of ")


def test_the_keyboard_reaches_everything(page: Any) -> None:
    """The tab key stops at every link, fold, button and table of the page's own part, each drawn with an outline."""
    page.goto(INLINE)
    wanted = page.evaluate(
        """() => [...document.querySelectorAll('article :is(a[href], summary, button, input, [tabindex="0"])')]
          .filter(e => e.checkVisibility() && !(e.type === 'radio' && !e.checked))
          .map((e, i) => { e.dataset.stop = i; return i; })"""
    )
    assert len(wanted) > 200
    page.evaluate(
        """() => { window.reached = []; document.addEventListener('focusin', ({target}) => {
          if (target.dataset.stop) window.reached.push([Number(target.dataset.stop),
            getComputedStyle(target).outlineStyle !== 'none']); }); }"""
    )
    page.locator("h1").click()
    for _ in wanted:
        page.keyboard.press("Tab")
    first, *_ = reached = page.evaluate("() => window.reached")
    assert reached == [[stop, True] for stop in wanted[first[0] :]]
    assert first[0] < 6


@pytest.mark.parametrize("path", PATHS.values(), ids=PATHS)
def test_marks_are_told_apart_on_grey_paper(page: Any, tmp_path: Path, path: str) -> None:
    """Printed in black and white, what came has a line below and a plus, what went a line through and a minus.

    Each mark has its own sign, or its row or the head of its column has one for all its cells.
    """
    page.goto(path)
    page.emulate_media(media="print", color_scheme="light")
    picture = tmp_path / "print.png"
    page.screenshot(path=picture)
    assert picture.stat().st_size > 10_000
    assert not page.locator(".pa-stepper, .pa-modes").first.is_visible() if path == INLINE else True
    looks = page.evaluate(
        """() => ['ins', 'del'].map(tag => {
          const marks = [...document.querySelectorAll(`:is(.pa-compared, .pa-sides) ${tag}`)];
          const looks = marks.map(mark => {
            const style = getComputedStyle(mark);
            const row = mark.closest('.pa-is-inserted, .pa-is-deleted');
            const head = () => mark.closest('table').tHead.rows[0].cells[mark.closest('td').cellIndex];
            const bearer = mark.querySelector('.pa-hidden:first-child') ?? row?.querySelector('.pa-rowlabel')
              ?? head().querySelector(`${tag} > .pa-hidden`);
            const sign = getComputedStyle(bearer, '::before');
            return [style.textDecorationLine, sign.content.match(/^"(.)/)[1], sign.visibility,
              bearer.checkVisibility()].join(' ');
          });
          return [marks.length > 100, [...new Set(looks)]];
        })"""
    )
    assert looks == [[True, ["underline + visible true"]], [True, ["line-through \u2212 visible true"]]]


@pytest.mark.parametrize("path", PATHS.values(), ids=PATHS)
def test_the_words_of_a_mark_are_heard_and_not_seen(heard: Any, path: str) -> None:
    """A mark's words are in the tree that screen readers are given; on the screen its sign takes their place."""
    page = heard
    page.goto(path)
    # Before anything far down is laid out: nobody who listens need scroll first.
    nodes = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    page.evaluate(f"() => {{ {LAY_OUT} }}")
    boxes = page.evaluate(
        """() => [...document.querySelectorAll(':is(.pa-compared, .pa-sides) :is(ins, del) > .pa-hidden:first-child')]
          .filter(e => e.checkVisibility())
          .map(e => [e, getComputedStyle(e)])
          .map(([e, style]) => [e.getBoundingClientRect().width / parseFloat(style.fontSize),
            e.scrollWidth > e.clientWidth, style.overflowX])"""
    )
    assert len(boxes) > 100
    assert {(round(width, 2), wider, overflow) for width, wider, overflow in boxes} == {(0.85, True, "clip")}
    said = [node["name"]["value"] for node in nodes if node.get("role", {}).get("value") == "StaticText"]
    spoken = Counter(map(str.strip, said))
    marked = page.evaluate(
        """() => ['added:', 'removed:'].map(word => [...document.querySelectorAll('article .pa-hidden')]
          .filter(e => e.textContent.trim() === word && e.checkVisibility()).length)"""
    )
    assert [spoken["added:"], spoken["removed:"]] == marked
    assert not {"+", "\u2212"} & set(spoken)
