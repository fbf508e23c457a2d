"""`plan-archive close`: an edition that has ended moves into archive/, and no address changes."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from archives import bytes_below, copy_tiny, edit, plan_archive
from sealed import LOG, SEALS, found, ran


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """The tiny archive, sealed, with its ended editions still in plans/."""
    folder = copy_tiny(tmp_path / "archive")
    shutil.move(folder / "archive/alpha/2006.md", folder / "plans/alpha/2006.md")
    (folder / "plans/beta/attachments/2004").mkdir(parents=True)
    shutil.move(folder / "archive/beta/2004", folder / "plans/beta/2004")
    (folder / "plans/beta/attachments/2004/map.csv").write_text("place,children\n", encoding="utf-8", newline="\n")
    code, _, err = ran(folder, "publish", "--all", "--why", "The log was opened.")
    assert code == 0, err
    return folder


def test_an_ended_edition_moves_with_all_that_belongs_to_it(archive: Path) -> None:
    """Chapters and attachments lie in archive/ with the same bytes; log and seals say so; no empty folder is left."""
    before = {name: content for name, content in bytes_below(archive).items() if name.startswith("plans/beta/")}
    minuted = found(archive)
    done = plan_archive(archive, "close", "beta@2004", "--by", "Plans officer")
    assert done.code == 0, done.err
    assert done.out.splitlines() == [f"{name} -> archive/{name[6:]}" for name in sorted(before)]
    after = {name: content for name, content in bytes_below(archive).items() if "beta/2004/" in name or "map" in name}
    assert after == {name.replace("plans/", "archive/", 1): content for name, content in before.items()}
    assert not (archive / "plans/beta").exists()
    entry = json.loads((archive / LOG).read_text(encoding="utf-8").splitlines()[-1])
    assert (entry["event"], entry["plan"], entry["edition"], len(entry["moves"])) == ("close", "beta", "2004", 4)
    assert "plans/beta" not in (archive / SEALS).read_text(encoding="utf-8")
    assert minuted == found(archive) == (0, [])
    assert ran(archive, "check")[0] == 0


@pytest.mark.site
def test_closing_changes_no_address_and_no_text(archive: Path) -> None:
    """The catalogue is the same before and after."""
    assert plan_archive(archive, "build", "--site-dir", "before").code == 0
    assert ran(archive, "close", "alpha@2006")[0] == 0
    assert plan_archive(archive, "build", "--site-dir", "after").code == 0
    file = "data/catalogue.json"
    assert (archive / "before" / file).read_bytes() == (archive / "after" / file).read_bytes()


def test_closing_twice_writes_nothing(archive: Path) -> None:
    """What lies in the archive stays there."""
    assert ran(archive, "close", "alpha@2006")[0] == 0
    before = bytes_below(archive)
    assert ran(archive, "close", "alpha@2006") == (0, "", "alpha@2006 is in the archive already.\n")
    assert bytes_below(archive) == before


DRAFT = """---
title: Alpha
kind: plan
period: {from: 2008-04-01, to: 2009-03-31}
owner: X
change_note: Y
draft: yes
---

# Alpha

Words.
"""


@pytest.mark.parametrize(
    ("ref", "said"),
    [
        ("alpha@2007", "`alpha@2007` has no end: give `to` and `ended_by` in plan.yml first"),
        ("alpha@1999", "there is no `alpha@1999` in the archive: write PLAN@EDITION"),
        ("alpha", "there is no `alpha` in the archive: write PLAN@EDITION"),
        ("alpha@2008", "`alpha@2008` is a draft: a draft is deleted or published, not closed"),
    ],
)
def test_what_has_not_ended_is_not_closed(archive: Path, ref: str, said: str) -> None:
    """An edition in effect, a draft and one that is not there are refused, and nothing moves."""
    (archive / "plans/alpha/2008.md").write_text(DRAFT, encoding="utf-8", newline="\n")
    before = bytes_below(archive)
    assert ran(archive, "close", ref) == (1, "", said)
    assert bytes_below(archive) == before


def test_an_altered_text_is_not_closed_over(archive: Path) -> None:
    """A text that was edited after it was sealed stays where it is, altered."""
    edit(archive / "plans/alpha/2006.md", "Every child", "Each child")
    before = bytes_below(archive)
    code, _, err = ran(archive, "close", "alpha@2006")
    assert (code, err.partition(":")[0]) == (1, "plans/alpha/2006.md")
    assert bytes_below(archive) == before
