"""Texts in another language are sealed, told, moved and redacted like the main ones."""

from __future__ import annotations

import json
import shutil
from hashlib import sha256
from pathlib import Path
from typing import Any

import lxml.html
import pytest

from archives import bytes_below, copy_bilingual, edit, git, plan_archive
from sealed import LOG, MISSING_TEXT, NOT_SEALED_BYTES, SEALS, flipped, found, ran, spoil

TEXT = "archive/alpha/2006.cy.md"
UNSEALED = "the text is not in the log: it is not sealed"


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny archive with two texts in Welsh, everything in its log; not to be written to."""
    folder = copy_bilingual(tmp_path_factory.mktemp("welsh") / "archive")
    git(folder, "init", "--quiet", "--initial-branch=main")
    code, out, err = ran(folder, "publish", "--all", "--why", "The log was opened.")
    assert code == 0, err
    assert "publish alpha@2006 (cy) on 2006-04-28\n" in out
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "The archive")
    return folder


@pytest.fixture
def archive(whole: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    return Path(shutil.copytree(whole, tmp_path / "archive"))


def _entries(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / LOG).read_text(encoding="utf-8").splitlines()]


def test_a_text_in_another_language_has_an_entry_and_a_seal(whole: Path) -> None:
    """The entry names the language, and has no kind of change: the main text's entry says that."""
    (entry,) = [e for e in _entries(whole) if e.get("edition") == "2006" and e.get("language")]
    digest = sha256((whole / TEXT).read_bytes()).hexdigest()
    assert (entry["event"], entry["language"], entry["files"], entry["sha256"]) == (
        "publish",
        "cy",
        {TEXT: digest},
        digest,
    )
    assert "class" not in entry
    assert f"{digest}  {TEXT}" in (whole / SEALS).read_text(encoding="utf-8")
    assert found(whole) == (0, [])
    assert ran(whole, "publish", "--all", "--why", "x")[2] == "Nothing to write: the log has it already.\n"


def test_an_altered_or_missing_one_is_found(archive: Path) -> None:
    """To the byte, and by name."""
    spoil(archive / TEXT, lambda content: flipped(content, 200))
    assert found(archive) == (3, [f"altered: {TEXT}: {NOT_SEALED_BYTES}"])
    (archive / TEXT).unlink()
    assert found(archive) == (3, [f"altered: {TEXT}: {MISSING_TEXT}"])


def test_one_that_is_not_sealed_is_never_called_intact(archive: Path) -> None:
    """A new one is incomplete until it is in the log; a draft's needs none; one cannot lie at another's name."""
    shutil.copy(archive / TEXT, archive / "archive/alpha/2006.gd.md")
    assert found(archive) == (4, [f"incomplete: archive/alpha/2006.gd.md: {UNSEALED}"])
    (archive / "archive/alpha/2006.gd.md").rename(archive / "plans/alpha/2008.cy.md")
    assert found(archive) == (4, [f"incomplete: plans/alpha/2008.cy.md: {UNSEALED}"])
    draft = "---\ntitle: Alpha\ndraft: yes\n---\n\n# Alpha\n"
    (archive / "plans/alpha/2008.md").write_text(draft, encoding="utf-8", newline="\n")
    assert found(archive) == (0, [])


def test_it_moves_and_is_redacted_with_its_edition(archive: Path) -> None:
    """`close` takes it along; `redact` has an entry for each text that was changed."""
    shutil.move(archive / "archive/alpha", archive / "moved")
    for file in (archive / "moved").iterdir():
        shutil.move(file, archive / "plans/alpha" / file.name)
    for file in (LOG, SEALS):
        (archive / file).unlink()
    assert ran(archive, "publish", "--all", "--why", "The log was opened.")[0] == 0
    code, out, err = ran(archive, "close", "alpha@2006")
    assert (code, out.splitlines()) == (
        0,
        [f"plans/alpha/2006{x} -> archive/alpha/2006{x}" for x in (".cy.md", ".md")],
    ), err
    edit(archive / TEXT, "published: 2006-04-28", "published: 2006-04-29")
    assert ran(archive, "redact", "alpha@2006", "--why", "A name.", "--authority", "A law.")[0] == 0
    last = _entries(archive)[-1]
    assert (last["event"], last["language"], list(last["was"])) == ("redact", "cy", [TEXT])
    code, (line,) = found(archive)
    assert (code, line.startswith(f"redacted: {TEXT}: personal data was removed on ")) == (0, True)


@pytest.mark.site
def test_the_site_tells_of_it(archive: Path) -> None:
    """The log leads to it in its language; its page has its own entry, its own commits and its own sections."""
    done = plan_archive(archive, "build")
    assert done.code == 0, done.err
    site = archive / "site"
    (entry,) = [e for e in _entries(archive) if e.get("edition") == "2006" and e.get("language")]
    (item,) = lxml.html.fromstring((site / "log/index.html").read_bytes()).xpath(f"//li[@id='e{entry['entry']}']")
    (link,) = item.xpath(".//p[@class='pa-entry__what']/a")
    assert link.text == "Alpha Plan 2006 to 2009, in Welsh"
    assert link.get("href") == "../cy/plans/alpha/2006/"
    for address, here in (("cy/plans/alpha/2006", True), ("plans/alpha/2006", False)):
        page = lxml.html.fromstring((site / address / "index.html").read_bytes())
        links = page.xpath("//a[contains(@href, 'log/#e')]/@href")
        assert any(each.endswith(f"#e{entry['entry']}") for each in links) is here
    texts = json.loads((site / "data/provenance.json").read_bytes())["texts"]
    (told,) = [text for text in texts if text["language"] == "cy" and text["edition"] == "alpha@2006"]
    assert (told["file"], [commit["subject"] for commit in told["commits"]]) == (TEXT, ["The archive"])
    assert all(section["commits"] == [told["commits"][0]["hash"]] for section in told["sections"])
    before = bytes_below(site)
    assert found(site) == (0, [])
    assert bytes_below(site) == before
