"""A small council's archive with every fact about its site, a corrected edition, and an address below a path."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from xml.etree import ElementTree as ET

import html5lib

from archives import copy_tiny, edit
from plan_archive import Library, read_library
from plan_archive.pages import Page, pages, tracing
from plan_archive.record import Record

BASE = "https://plans.littleshire.example/archive-of-plans/"
FORGE = "https://forge.littleshire.example/plans/edit/main/{file}"
STATEMENT = """
accessibility:
  standard: Web Content Accessibility Guidelines version 2.2 AA standard
  status: partly
  tested: 2026-03-02
  tested_by: The web team tested twenty pages.
  known_faults:
    - {what: "Old maps have no words.", rule: "1.1.1", instead: "Ask for the list.", by: 2026-12-31}
    - {what: "Old films have no signing.", reason: burden}
  prepared: 2026-03-05
  answer_days: 7
  enforcement: {body: The Commission, advice: The Service, address: "https://service.example/"}
"""


def council(folder: Path) -> Path:
    """The tiny archive as that of a real council below a path of its host."""
    copy_tiny(folder)
    first = folder / "archive/alpha/2006.md"
    second = first.with_name("2006.v2.md")
    second.write_text(first.read_text(encoding="utf-8").replace("right to be safe", "right to be kept safe"), "utf-8")
    edit(second, "owner: Director", 'corrects: v1\nreason: "A word was missing."\nowner: Director')
    edit(folder / "plans/authority.yml", "example: yes", f'example: no\nforge: "{FORGE}"{STATEMENT.rstrip()}')
    edit(folder / "mkdocs.yml", "https://plans.littleshire.example/", BASE)
    (folder / "docs/about/contact.md").write_text("# Find us\n\nBy the river.\n", encoding="utf-8")
    return folder


def read(folder: Path) -> Library:
    """An archive without problems."""
    reading = read_library(folder, date(2026, 11, 23))
    assert reading.errors == ()
    assert reading.library is not None
    return reading.library


def drawn(library: Library, help_pages: frozenset[str] = frozenset(), base: str = "") -> dict[str, Page]:
    """Its pages by address, without comparisons."""
    return {page.address: page for page in pages(library, (), tracing(library), help_pages, Record(address=base))}


def tree_of(html: str) -> ET.Element:
    """A page, parsed."""
    tree: ET.Element = html5lib.HTMLParser(namespaceHTMLElements=False).parse(html)
    return tree


def words_of(tree: ET.Element) -> str:
    """What can be read below an element."""
    return " ".join("".join(tree.itertext()).split())


def meta(tree: ET.Element, name: str) -> list[str]:
    """What a page's head says under a name."""
    return [one.attrib["content"] for one in tree.iter("meta") if one.attrib.get("name") == name]
