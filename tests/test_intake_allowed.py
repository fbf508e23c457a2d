"""Everything that the dialect allows passes as it is, and no word of it is lost on the way to the page."""

from __future__ import annotations

import html
import re
import shutil
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

import pytest

from attacks.conftest import TINY, run

CASE = Path(__file__).parent / "cases" / "intake" / "allowed.md"
FACTS = """\
title: Gamma Plan
summary: A plan that uses everything.
statutory: no
owner: Cabinet
approver: Cabinet
cycle: Once
legal_basis: []
duty: {status: none}
evidence: []
editions:
  2005:
    in_effect: {from: 2005-04-01, to: 2007-03-31, ended_by: lapsed}
    decision: {body: Cabinet, date: 2005-03-10, minute: "1.10"}
    publication: {website: 2005-03-31}
"""


@pytest.fixture(scope="session")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny archive with the plan that uses everything."""
    root = shutil.copytree(TINY, tmp_path_factory.mktemp("allowed") / "tiny")
    folder = root / "archive" / "gamma"
    (folder / "attachments" / "2005").mkdir(parents=True)
    (folder / "attachments" / "2005" / "map.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    (folder / "attachments" / "2005" / "annex.txt").write_bytes(b"An annex.\n")
    (folder / "plan.yml").write_text(FACTS, encoding="utf-8")
    shutil.copy(CASE, folder / "2005.md")
    return root


@pytest.fixture(scope="session")
def page(archive: Path) -> str:
    """The built page of that plan's edition."""
    built = run(archive, "build")
    assert built.returncode == 0, built.stderr
    return (archive / "site/plans/gamma/2005/index.html").read_text(encoding="utf-8")


class _Words(HTMLParser):
    """The words of the page's middle, with what a picture and an abbreviation say."""

    def __init__(self) -> None:
        super().__init__()
        self.text: list[str] = []

    def handle_data(self, data: str) -> None:
        self.text.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.text += [value or "" for name, value in attrs if name in ("alt", "title", "href", "src")]
        self.text.append("" if tag in ("em", "strong", "code", "sub", "sup", "a", "span", "abbr") else " ")


def _words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text))


def test_allowed_passes(archive: Path) -> None:
    """A text that uses every allowed construct has no problem."""
    done = run(archive, "check")
    assert (done.returncode, done.stdout) == (0, "")


def test_no_word_is_lost(page: str) -> None:
    """Every word of the source stands on the built page at least as often as in the source."""
    source = CASE.read_text(encoding="utf-8").split("---\n", 2)[2]
    for mark in (r"\{: \.example\}", r"^```python$", r"^!!! \w+", r"\[\^[\w-]+\]:?", r"</?(sub|sup|br|span)[^>]*>"):
        source = re.sub(mark, " ", source, flags=re.MULTILINE)
    source = re.sub(r"^\[ref\]: |\]\[ref\]|^\d+\. |^\*\[LEA\]", " ", source, flags=re.MULTILINE)
    source = source.replace("plan:beta", "beta").replace("attachments/2005/", "").replace("[^not-a-note]", "")
    words = _Words()
    words.feed(page)
    missing = _words(html.unescape(source)) - _words(" ".join(words.text))
    assert missing == Counter()


@pytest.mark.parametrize(
    ("holds", "why"),
    [
        ('<td class="pa-right" data-label="Right">1,234</td>', "a column keeps its alignment, a cell has its name"),
        ('<ol start="7">', "a list keeps its number"),
        ("&lt;script&gt;alert(", "code is shown and not run"),
        ('<img alt="A map of the wards" src="map.png" title="The wards"', "a picture keeps its words"),
        ('id="ref-g2a"', "a row has the anchor of its Ref"),
        ('href="../../beta/2004/#ref-b1"', "a link to a row leads to its address"),
        ('<abbr title="Local education authority">LEA</abbr>', "an abbreviation says what it means"),
        ("5\N{NO-BREAK SPACE}per cent", "a space that does not break stays one"),
    ],
)
def test_constructs_are_drawn(page: str, holds: str, why: str) -> None:
    """Each construct is drawn as HTML that says the same."""
    assert holds in page, why
