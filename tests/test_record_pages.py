"""The log on the site: every entry on its page, in the feeds and in the data, in words and with both dates."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as Xml

import lxml.html
import pytest

from archives import edit, git, plan_archive
from sealed import LOG, VERIFIER, correct, ran, root_of, sealed_tiny

pytestmark = pytest.mark.site
ATOM = "{http://www.w3.org/2005/Atom}"
ABOUT = "//details[summary[.='About this edition']]"
SITE = "https://plans.littleshire.example"


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sealed archive with a correction, a withdrawal and a redaction, and its site; not to be written to."""
    folder = sealed_tiny(tmp_path_factory.mktemp("pages") / "archive")
    correct(folder)
    edit(folder / "archive/alpha/2006.md", "Every child", "Each child")
    why = ("--why", "A name was taken out.", "--authority", "A court's order of 3 May 2007")
    assert ran(folder, "redact", "alpha@2006", *why)[0] == 0
    edit(
        folder / "plans/alpha/plan.yml",
        "in_effect: {from: 2007-04-01}",
        "in_effect: {from: 2007-04-01, to: 2007-10-31, ended_by: withdrawn}",
    )
    assert ran(folder, "publish", "alpha", "--why", "Cabinet withdrew it.", "--by", "Clerk")[0] == 0
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "The year")
    done = plan_archive(folder, "build")
    assert done.code == 0, done.err
    return folder


@pytest.fixture(scope="module")
def entries(archive: Path) -> list[dict[str, Any]]:
    """The log's entries as they are written."""
    return [json.loads(line) for line in (archive / LOG).read_text(encoding="utf-8").splitlines()]


def _page(archive: Path, address: str) -> Any:
    return lxml.html.fromstring((archive / "site" / address / "index.html").read_bytes())


def _words(element: Any) -> str:
    return " ".join(element.text_content().split())


def test_every_entry_is_on_the_page_once(archive: Path, entries: list[dict[str, Any]]) -> None:
    """Each entry has an anchor, its reason, the day of recording and who answers for it."""
    page = _page(archive, "log")
    for entry in entries:
        (item,) = page.xpath(f"//li[@id='e{entry['entry']}']")
        words = _words(item)
        assert entry["why"] in words
        assert f"Entry {entry['entry']}, recorded on " in words
        assert f"{entry['who']} ({entry['identity']})" in words
    assert len(page.xpath("//li[starts-with(@id, 'e')]")) == len(entries) == 14


def test_a_withdrawal_a_correction_and_a_redaction_are_told(archive: Path, entries: list[dict[str, Any]]) -> None:
    """They stand in the plan's timeline with their day and authority."""
    numbers = {entry["event"]: entry["entry"] for entry in entries}
    told = {
        event: _words(_page(archive, "log").xpath(f"//li[@id='e{number}']")[0]) for event, number in numbers.items()
    }
    assert told["withdraw"].startswith("1 November 2007 Withdrawn: Alpha Plan")
    assert "Cabinet withdrew it." in told["withdraw"]
    assert told["correct"].startswith("4 May 2007 Corrected: Alpha Plan 2006 to 2009: 2007 refresh, version 2")
    assert "Asked for by: A court's order of 3 May 2007." in told["redact"]


def test_a_timeline_is_in_the_order_of_what_happened(archive: Path, entries: list[dict[str, Any]]) -> None:
    """Within a plan the days go up, whenever they were recorded."""
    by_number = {entry["entry"]: entry for entry in entries}
    for section in _page(archive, "log").xpath("//section[starts-with(@aria-labelledby, 'plan-')]"):
        days = [by_number[int(item.get("id")[1:])]["on"] for item in section.xpath(".//li[@id]")]
        assert days == sorted(days)
        assert days


@pytest.mark.parametrize(("file", "plan"), [("feed.xml", None), ("plans/alpha/feed.xml", "alpha")])
def test_the_feeds_have_every_entry_the_latest_first(
    archive: Path, entries: list[dict[str, Any]], file: str, plan: str | None
) -> None:
    """An Atom feed: whole addresses, ids that differ, dates, and what happened in words."""
    feed = Xml.fromstring((archive / "site" / file).read_bytes())  # noqa: S314  our own file
    mine = [entry for entry in entries if plan is None or entry.get("plan") == plan]
    found = feed.findall(f"{ATOM}entry")
    assert [entry.find(f"{ATOM}category").get("term") for entry in found] == [e["event"] for e in mine[::-1]]  # type: ignore[union-attr]
    ids = [entry.findtext(f"{ATOM}id") for entry in found] + [feed.findtext(f"{ATOM}id")]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", each or "") for each in ids)
    links = [link.get("href", "") for link in feed.iter(f"{ATOM}link")]
    assert all(link.startswith(f"{SITE}/") for link in links)
    assert f"{SITE}/{file}" in links
    assert all((entry.findtext(f"{ATOM}title") or "").startswith("Fictional example: ") for entry in found)
    for entry, written in zip(found, mine[::-1], strict=True):
        assert written["why"] in (entry.findtext(f"{ATOM}summary") or "")
        assert entry.findtext(f"{ATOM}updated") == f"{written['recorded']}T00:00:00Z"
    assert "Withdrawn" in "".join(feed.itertext())


def test_log_and_seals_are_served_as_they_are(archive: Path, entries: list[dict[str, Any]]) -> None:
    """The data is the archive's own bytes, and the same entries as one document; verify.py is ours to the byte."""
    data = archive / "site" / "data"
    assert (data / "log.jsonl").read_bytes() == (archive / LOG).read_bytes()
    assert (data / "seals.sha256").read_bytes() == (archive / "archive/seals.sha256").read_bytes()
    whole = json.loads((data / "log.json").read_bytes())
    assert whole["archive_root"] == root_of(archive)
    for told, written in zip(whole["entries"], entries, strict=True):
        assert {key: value for key, value in written.items() if value not in ({}, [], "")} == {
            key: value for key, value in told.items() if value not in ({}, [], "", None)
        }
    assert (archive / "site" / "audit" / "verify.py").read_bytes() == VERIFIER.read_bytes()


def test_an_edition_tells_how_it_came_to_be(archive: Path) -> None:
    """About this edition: the seal, the entries of the log, and the commits."""
    (about,) = _page(archive, "plans/alpha/2006").xpath(ABOUT)
    words = _words(about)
    assert "Sealed." in words
    assert "Published on 31 March 2006: The log was opened. Recorded on " in words
    assert "Personal data removed on " in words
    assert re.search(
        r"[0-9a-f]{12} 1 December 2007, Tester: The year ?[0-9a-f]{12} 1 December 2007, Tester: The archive", words
    )
    (old,) = _page(archive, "plans/alpha/2007/v1").xpath(ABOUT)
    assert "Corrected on" not in _words(old)


def test_every_page_has_the_root_in_its_foot(archive: Path) -> None:
    """The foot names the first sixteen digits and carries all of them."""
    root = root_of(archive)
    pages = [file for file in (archive / "site").rglob("index.html") if b"pa-footer" in file.read_bytes()]
    assert len(pages) > 15
    for file in pages:
        (code,) = lxml.html.fromstring(file.read_bytes()).xpath("//footer//code[@data-root]")
        assert (code.get("data-root"), code.text) == (root, root[:16])


def test_the_audit_page_prints_the_whole_root_and_words_for_the_minutes(archive: Path) -> None:
    """An auditor finds the root, the sentence to be minuted, and what is not proved."""
    page = _page(archive, "audit")
    root = root_of(archive)
    (code,) = page.xpath("//*[@id='archive-root']")
    assert code.text == root
    assert "Noted that after entry 14 of its publication log the archive of plans of Littleshire Council" in _words(
        page
    )
    assert "It detects, and does not prevent." in _words(page)
    headings = [_words(heading) for heading in page.xpath("//article//h2")]
    assert headings[:3] == [
        "1. Compare the archive root with the minutes",
        "2. Check a copy on your own computer",
        "3. Check a page or a file here",
    ]


def test_an_edition_tells_the_last_change_of_each_section(archive: Path) -> None:
    """A folded table with a row for each section, in reading order: the day, the commit, who, and why."""
    data = json.loads((archive / "site" / "data/provenance.json").read_bytes())
    (text,) = [t for t in data["texts"] if (t["edition"], t["version"]) == ("alpha@2006", 1)]
    page = _page(archive, "plans/alpha/2006")
    (folded,) = page.xpath(f"{ABOUT}//details[contains(@class, 'pa-last')]")
    assert folded.get("open") is None
    rows = folded.xpath(".//tbody/tr")
    assert len(rows) == len(text["sections"]) > 2
    for row, section in zip(rows, text["sections"], strict=True):
        last = section["last_change"]
        told = [_words(cell) for cell in row]
        assert told == [section["title"], "1 December 2007", f"{last['hash'][:12]} {last['author']}", last["subject"]]
        (link,) = row.xpath("th/a/@href")
        assert page.xpath(f"//*[@id='{link.removeprefix('#')}']")
    assert {section["commits"][0] for section in text["sections"]} == {commit["hash"] for commit in text["commits"]}


def test_every_section_has_a_timeline_through_all_editions(archive: Path) -> None:
    """Each section that the plan ever had is there once, with what became of it and the commits that wrote it."""
    page = _page(archive, "log/alpha")
    told = {item.get("id"): item for item in page.xpath("//details[contains(@class, 'pa-section-line')]")}
    (history,) = _page(archive, "plans/alpha/2007").xpath("//section[h2[@id='staying-safe']]")
    said = [_words(step) for step in history.xpath(".//details[@class='pa-history']//li")]
    stages = told["2007:staying-safe"].xpath(".//li[contains(@class, 'pa-entry')]")
    assert [f"{_words(s[0])}: {s.xpath('.//a')[0].text}" for s in stages] == said
    assert [step.split(":")[0] for step in said] == ["2007", "2006"]
    assert all(
        re.match(r"[0-9a-f]{12} 1 December 2007, Tester: ", _words(c)) for s in stages for c in s.xpath(".//ul/li")
    )
    assert all(stage.xpath(".//ul/li") for stage in stages)
    assert list(told) == ["2007:staying-safe", "2007:good-behaviour"]
    (renamed,) = told["2007:good-behaviour"].xpath(".//li[contains(@class, 'pa-entry')][2]//ul/li[last()]")
    assert _words(renamed).endswith(": The archive")
    (link,) = _page(archive, "log").xpath("//section[h3[@id='plan-alpha']]//a[@href='alpha/']")
    assert _words(link) == "Section by section: Alpha Plan"
    assert _page(archive, "plans/alpha/2006").xpath(f"{ABOUT}//a[@href='../../../log/alpha/']")


def test_without_git_the_pages_say_what_is_missing(tmp_path: Path) -> None:
    """Neither the commits of a text nor those of its sections are known; everything else is there."""
    folder = sealed_tiny(tmp_path / "archive")
    shutil.rmtree(folder / ".git")
    done = plan_archive(folder, "build")
    assert done.code == 0, done.err
    (about,) = _page(folder, "plans/alpha/2006").xpath(ABOUT)
    assert "Commits that made this textNot known: this site was built without git" in _words(about)
    assert "Last change of each section: not known, since this site was built without git." in _words(about)
    page = _page(folder, "log/alpha")
    assert "Which commits changed them is not known: this site was built without git." in _words(page)
    assert page.xpath("//details[contains(@class, 'pa-section-line')]")
    assert not page.xpath("//ul[@class='pa-commits']")
    data = (folder / "site" / "data/provenance.csv").read_text(encoding="utf-8").splitlines()
    assert data == ["edition,version,language,section,title,hash,date,author,subject,notice"]
