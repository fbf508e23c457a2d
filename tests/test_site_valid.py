"""Every page, style and picture is valid: the Nu Html Checker, which the W3C's own service runs, finds nothing.

`make audit` installs it. The quick part of this, parse errors and ids that stand twice, is in `test_site_links.py`.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterable, Set
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import pytest

from archives import ROOT, commit, copy_bilingual, plan_archive
from sealed import sealed_example
from serving import serving

pytestmark = [pytest.mark.audit, pytest.mark.site]

CHECKER = ROOT / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
HTML = {".html", ".htm"}


@dataclass(frozen=True)
class Let:
    """A message that is let through, and why."""

    words: str
    """How it begins."""
    extract: str
    """What the place that it is about holds."""
    reason: str


DATA = Let(
    "Inline script violates Content Security Policy (meta tag): blocked by \u201cscript-src\u201d directive",
    '<script type="application/ld+json">',
    "Data, not a script: HTML's steps for a script element end at a block of data, before the policy is asked.",
)
PAINT_ORDER = Let(
    "CSS: \u201cpaint-order\u201d: Property \u201cpaint-order\u201d doesn't exist.",
    "paint-order: stroke",
    "A property of SVG 2 that every browser knows; the checker's list of properties lacks it.",
)
PDF = Let(
    "CSS: unrecognized media \u201cpdf\u201d.",
    "",
    "What draws the PDF reads these rules; all else passes over a medium that it does not know, as Media Queries ask.",
)
SITES = {"example": {DATA, PAINT_ORDER}, "council": {DATA, PAINT_ORDER}, "welsh": {DATA, PAINT_ORDER}}
"""The sites that are checked, and what is let through on each."""


@pytest.fixture(scope="module")
def sites(council_site: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The example's site with its log and its seals, a real council's, and one in two languages."""
    folder = tmp_path_factory.mktemp("valid")
    made = {"council": council_site}
    for name, archive in (("example", sealed_example(folder / "example")), ("welsh", copy_bilingual(folder / "welsh"))):
        commit(archive)
        made[name] = folder / f"{name}-site"
        ran = plan_archive(archive, "build", "--site-dir", str(made[name]))
        assert ran.code == 0, ran.err
    return made


def _found(addresses: Iterable[str], let: Set[Let] = frozenset()) -> list[str]:
    """What the checker says of pages and files beside what is let through, and what need not be let through."""
    if shutil.which("java") is None or not CHECKER.is_file():
        pytest.fail(
            "the Nu Html Checker is not here: `make audit` installs it, or `npm ci` in the repository's folder; "
            "it needs Java 17 or later (on Debian, `apt-get install npm default-jre-headless`)",
            pytrace=False,
        )
    ran = subprocess.run(
        [
            *("java", "-Xss4m", "-Dnu.validator.servlet.allow-forbidden-hosts=true", "-jar", str(CHECKER)),
            *("--format", "json", "--stdout", "--also-check-css", "--also-check-svg", *addresses),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.stdout, ran.stderr
    told, needed = [], set()
    for message in json.loads(ran.stdout)["messages"]:
        words, extract = message["message"], message.get("extract", "")
        known = [one for one in let if words.startswith(one.words) and one.extract in extract]
        needed |= set(known)
        if not known:
            told.append(f"{message['url']}:{message.get('lastLine', 0)}: {words} {extract!r}")
    return told + [f"let through and never said: {one.words}" for one in let - needed]


@pytest.mark.parametrize("name", SITES)
def test_a_site_is_valid(sites: dict[str, Path], name: str) -> None:
    """Pages and styles are checked as a server gives them, so that each page's own policy is held to as well."""
    files = sorted(file for file in sites[name].rglob("*.*") if file.suffix in {*HTML, ".css"})
    assert sum(file.suffix in HTML for file in files) > 25
    pictures = [str(file) for file in sorted(sites[name].rglob("*.svg"))]
    assert pictures
    with serving(sites[name]) as host:
        pages = [f"{host}/{quote(file.relative_to(sites[name]).as_posix())}" for file in files]
        assert _found([*pages, *pictures], SITES[name]) == []


def test_files_that_stand_alone_are_valid(example_archive: Path, tmp_path: Path) -> None:
    """A comparison and a reviewer's report, each one file of HTML."""
    compared, report = tmp_path / "compared.html", tmp_path / "report.html"
    ran = plan_archive(example_archive, "compare", "cypp@2006", "cypp@2007", "--format", "html")
    assert ran.code == 0, ran.err
    compared.write_text(ran.out, encoding="utf-8")
    ran = plan_archive(example_archive, "report", "--base", "HEAD", "--output", str(report))
    assert ran.code == 0, ran.err
    assert _found([str(compared), str(report)], {PDF}) == []


def test_the_checker_does_find_faults(tmp_path: Path) -> None:
    """The check can fail: on a page, a style and a picture with a fault each, and where there is no page."""
    made = {
        "page.html": '<!doctype html><html lang="en"><title>x</title><p id="a">x<p id="a">y</p></html>',
        "policy.html": '<!doctype html><html lang="en"><head><title>x</title><meta http-equiv="Content-Security-Policy"'
        ' content="default-src \'none\'"><script src="x.js"></script></head><body><p>x</p></body></html>',
        "style.css": "p { colour: red; }",
        "picture.svg": '<svg xmlns="http://www.w3.org/2000/svg"><circel r="1"/></svg>',
        "404.html": "",
    }
    for name, text in made.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    with serving(tmp_path) as host:
        pages = [f"{host}/{name}" for name in ("page.html", "policy.html", "style.css", "none.html")]
        told = _found([*pages, str(tmp_path / "picture.svg")])
    wanted = ("Duplicate ID", "external script", "Property \u201ccolour\u201d doesn't exist", "circel", "none.html")
    assert [words for words in wanted if not any(words in one for one in told)] == []
