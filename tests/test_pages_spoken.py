"""Every word of the site's own on pages of comparisons and of tracing is said in the language that is spoken; no word
of its data is."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from gettext import NullTranslations
from typing import Any

import lxml.html
import pytest

import nouns
from plan_archive import Library
from plan_archive.language import Catalogue, speaking
from plan_archive.pages import Page, compared_pairs, tracing
from plan_archive.pages.changes import change_files, change_pages
from plan_archive.pages.pairs import histories
from plan_archive.pages.traced import traced_files, traced_pages
from traced import DAY, edition, reviewed, table, text, with_text

OLD = """# Zaza

Zeb zeb.

## Zuno {#zuno}

Zig zag zog zug zap zep zip zop zup.

Zum zim, zim zam zom [zinc](plan:zold@2001#zeal).

- zitem zone
- zitem ztwo

## Zduo {#zduo}

| Ref | Measure | Unit | Better | Baseline | Baseline year | Target 2007 | Actual 2005 |
|---|---|---|---|---|---|---|---|
| M1 | Zee | % | higher | 10 | 2003 | 20 | 3 |
| M2 | Zoe | % | higher | 10 | 2003 | 20 | 4 |
| M3 | Zac | % | higher | 10 | 2003 | 20 | 5 |
| M4 | Zed | % | higher | 10 | 2003 | 20 | 6 |
| M5 | Zap | % |  | 10 | 2003 | 20 | 7 |
| M6 | Zip | % | lower | 10 | 2003 | 20 | 8 |
| M7 | Zob | % | lower | 10 | 2003 | 20 |  |

## Zter {#zter}

| Ref | Action | Lead |
|---|---|---|
| A1 | Zoom | Zelda |
| A2 | Zing | Zelda |

## Zquad {#zquad}

Zany zeal zest zone zoo.

### Zsub {#zsub}

Zwei zwo zwanzig zwerg zwiebel zwang.

## Zquin {#zquin}

Zephyr zebra zinnia.

## Zvoid {#zvoid}

## Zkept {#zkept}

Zigzag zigzag.
"""
NEW = """# Zaza zwo

Zeb zeb.

## Zquad {#zquad}

Zany zeal zest zone zoo.

Zig zag zog zug zap zep zip zop zup.

## Zuno {#zuno}

Zum zim, zim zam zom [zinc](plan:zold@2002#zeal).

Zitem zone.

- zitem ztwo

### Zsub {#zsub}

Zwei zwo zwanzig zwerg zwiebel zwang.

## 2 Zduo {#zduo}

| Ref | Measure | Unit | Better | Baseline | Baseline year | Target 2007 | Actual 2005 |
|---|---|---|---|---|---|---|---|
| M1 | Zee | % | higher | 10 | 2003 | 15 | 3 |
| M2 | Zoe | % | lower | 11 | 2004 | 20 | 4 |
| M3 | Zac | | higher | 10 | 2003 | 25 | 9 |
| M4 | Zeta | % | higher | 10 | 2003 |  | 6 |
| M5 | Zap | % |  | 10 | 2003 | 25 | 7 |
| M7 | Zob | % | lower | 10 | 2003 | 20 | 5 |
| M8 | Zub | % | lower | 10 | 2003 | 20 |  |

## Zter {#zter}

| Ref | Action | Lead |
|---|---|---|
| A1 | Zoom | Zelda |
| A3 | Zing | Zelda |

## Zsix {#zsix}

Zwieback.

## Zkept {#zkept}

Zigzag zigzag.
"""
NOT_KNOWN = {"unknown": "Zilch zilch."}
SUPERSEDED = {"to": "2006-03-31", "ended_by": "superseded"}
ROWS = (
    {"from": "#zuno", "disposition": "reworded", "to": ["#zuno"]},
    {"from": ":M1", "disposition": "carried", "to": [":M1"]},
    {"from": ":M2", "disposition": "split", "to": [":M2", ":M3"]},
    {"from": ":M3", "disposition": "moved", "to": [{"outside": "Zout", "citation": "Zcite"}], "reason": "Zwhy."},
    {"from": ":M4", "disposition": "spent", "to": [], "reason": "Zwhy."},
    {"from": ":M5", "disposition": "dropped", "to": [], "reason": "Zwhy.", "decision": "Zcouncil"},
    {"from": ":M6", "disposition": "dropped", "to": [], "reason": "Zwhy.", "decision": NOT_KNOWN},
    {"from": "#zquad", "disposition": "merged", "to": ["#zquad"]},
)
WRITTEN = {
    *("Ref", "Measure", "Unit", "Better", "Baseline", "year", "Target", "Actual", "Action", "Lead", "higher", "lower"),
    *("M", "A", "Littleshire", "Council", "Planning", "officer"),
}
"""The only words of editors that do not begin with a Z."""
OF_PROGRAMS = {"JSON", "CSV", "SHA", "json", "csv", "k", "j"}
"""Names that are the same in every language."""


class _Marked(NullTranslations):
    """A language in which everything stands in brackets of its own."""

    def gettext(self, message: str) -> str:
        """The message in brackets."""
        return f"⟦{message}⟧"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """The form for the count, in brackets."""
        return self.gettext(msgid1 if n == 1 else msgid2)

    def pgettext(self, context: str, message: str) -> str:  # noqa: ARG002
        """The same, whatever the context."""
        return self.gettext(message)


MARKED = Catalogue("en", _Marked())


def _library() -> Library:
    """A plan in effect in two editions, and one that it replaced, in words that no page has of its own."""
    old = edition("zold", "2003", {"from": "2003-04-01", **SUPERSEDED}, OLD)
    first = edition("zold", "2001", {"from": "2001-04-01", "to": "2003-03-31", "ended_by": "superseded"}, NEW)
    new = edition("znew", "2006", {"from": "2006-04-01", "to": "2007-03-31", "ended_by": "superseded"}, OLD)
    notes = [{"ref": ref, "change": "lowered", "reason": "Zwhy."} for ref in ("M1", "M4")]
    now = edition("znew", "2007", {"from": "2007-04-01"}, NEW, changes=notes)
    gone = edition("zgone", "2004", {"from": "2004-04-01", "to": "2005-03-31", "ended_by": "lapsed"}, OLD)
    taken = {"superseded_by": [nouns.succession("znew", "2006-04-01")]}
    made = nouns.library(
        DAY,
        nouns.plan(new, now, plan_id="znew", title="Znew"),
        replace(nouns.plan(first, old, plan_id="zold", title="Zold", **taken), file="archive/zold/plan.yml"),
        nouns.plan(gone, plan_id="zgone", title="Zgone"),
    )
    return replace(made, destinations=(table("zold@2003", "znew@2006", *ROWS),))


def _edited() -> Library:
    """The same with every row reviewed, and then one text edited."""
    found = reviewed(_library())
    return with_text(found, "zold", "2003", text("zold", "2003", OLD.replace("Zum zim", "Zum zum")))


def _pages(library: Library) -> list[Page]:
    pairs = compared_pairs(library)
    help_pages = frozenset(["about/comparisons/"])
    return [*change_pages(library, pairs, help_pages), *traced_pages(library, tracing(library))]


def _runs(page: Page) -> Iterator[str]:
    """What a reader is told by a page, each run of it by itself; a program's words and links are none."""
    yield from (page.title, page.description, *(line.title for line in page.contents))
    yield from (link.text for link in page.trail)
    root = lxml.html.fragment_fromstring(page.html, create_parent="div")
    for element in root.xpath("//code | //kbd"):
        element.text = None
    yield " ".join(root.itertext())
    for name in ("aria-label", "title", "alt", "data-label", "placeholder"):
        yield from root.xpath(f"//@{name}")


def _outside(run: str) -> str:
    """What of a run stands outside all brackets."""
    inner = re.compile(r"⟦[^⟦⟧]*⟧")
    while inner.search(run):
        run = inner.sub(" ", run)
    assert not re.search(r"[⟦⟧]", run)
    return run


@pytest.mark.parametrize("made", [_library, _edited])
def test_each_word_that_no_editor_wrote_is_said_in_the_language_that_is_spoken(made: Any) -> None:
    """What stands outside the catalogue's words are words of editors and names that are the same everywhere."""
    library = made()
    with speaking(MARKED):
        pages = _pages(library)
    assert {page.address for page in pages} > {"where/", "coverage/", "plans/znew/changes/2006-to-2007/columns/"}
    left = {
        (page.address, word)
        for page in pages
        for run in _runs(page)
        for word in re.findall(r"[^\W\d_]+", _outside(run))
        if word not in WRITTEN | OF_PROGRAMS and not word.lower().startswith("z")
    }
    assert left == set()


def test_data_says_the_same_in_every_language() -> None:
    """The data of comparisons and of tracing are a contract: no language changes a byte of them."""
    library = _library()
    files = []
    for catalogue in (Catalogue("en"), MARKED):
        with speaking(catalogue):
            pairs = compared_pairs(library)
            made = [*change_files(library, pairs), *traced_files(library, tracing(library))]
            files.append({file.address: file.content for file in made if file.address.startswith("data/")})
    assert files[0] == files[1]
    ends = [end for way in json.loads(files[0]["data/where.json"])["ways"] for end in way["ends"]]
    assert {"no destination is recorded", "it held no text of its own"} < {end["reason"] for end in ends}


def test_what_is_traced_once_is_told_in_any_language() -> None:
    """What was traced holds no words of the language that was spoken meanwhile."""
    library = _library()
    with speaking(MARKED):
        traced = tracing(library)
    assert "⟦" not in "".join(page.html for page in traced_pages(library, traced))


def test_whether_a_section_was_kept_does_not_hang_on_words() -> None:
    """A section without a change is known as kept in every language."""
    library = _library()
    plan, pairs = library.plans[0], compared_pairs(library)
    with speaking(MARKED):
        found = histories(plan, pairs, plan.editions[1])
    assert {name for name, steps in found.items() if steps[0].kept} == {"zkept"}
    assert found["zkept"][0].said == "⟦unchanged⟧"
