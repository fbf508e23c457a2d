"""`plan-archive new`: the next edition as a draft, and nothing else touched."""

from __future__ import annotations

from pathlib import Path

import pytest

from archives import bytes_below, copy_tiny, plan_archive
from sealed import ran


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """The tiny archive."""
    return copy_tiny(tmp_path / "archive")


def test_a_draft_has_the_last_text_and_is_clean(archive: Path) -> None:
    """The draft keeps the text, its ids and Refs; what was about the last edition alone is gone; check is clean."""
    before = bytes_below(archive)
    done = plan_archive(archive, "new", "alpha@2008", "--title", "Alpha Plan 2006 to 2009: 2008 refresh")
    assert (done.code, done.out) == (0, "plans/alpha/2008.md\n")
    after = bytes_below(archive)
    text = after.pop("plans/alpha/2008.md").decode()
    assert after == before
    last = before["plans/alpha/2007.md"].decode()
    assert text.partition("\n# ")[2].partition("\n")[2] == last.partition("\n# ")[2].partition("\n")[2]
    assert text.split("\n---\n")[0].split("\n") == [
        "---",
        'title: "Alpha Plan 2006 to 2009: 2008 refresh"',
        "kind: refresh",
        "period: {from: 2007-04-01, to: 2010-03-31}",
        "owner: Director of Children's Services",
        "sections:",
        "  staying-safe: {partners: [council, schools]}",
        "  good-behaviour: {partners: [schools]}",
        'change_note: "To be written: what changed since the edition before, in a few plain sentences."',
        "draft: yes",
    ]
    assert ran(archive, "check")[0] == 0


def test_a_folder_of_chapters_becomes_one_file(archive: Path) -> None:
    """The chapters of the last edition follow one another, one level down, and check is clean."""
    assert ran(archive, "new", "beta@2008", "--kind", "plan")[0] == 0
    text = (archive / "plans/beta/2008.md").read_text(encoding="utf-8")
    assert text.index("## ") < text.rindex("## ")
    assert ran(archive, "check")[0] == 0


@pytest.mark.parametrize(
    ("ref", "said"),
    [
        ("alpha@2006", "archive/alpha/2006.md is there already: choose another name"),
        ("beta@2004", "archive/beta/2004 is there already: choose another name"),
        ("gamma@2008", "there is no plan `gamma` in the archive"),
        ("alpha", "`alpha` is no name for an edition"),
        ("alpha@a-to-b", "`alpha@a-to-b` is no name for an edition"),
        ("alpha@changes", "`alpha@changes` is no name for an edition"),
        ("alpha@../../x", "`alpha@../../x` is no name for an edition"),
    ],
)
def test_what_cannot_be_an_edition_is_refused(archive: Path, ref: str, said: str) -> None:
    """A name that is taken, reserved or leads elsewhere is refused, and nothing is written."""
    before = bytes_below(archive)
    code, _, err = ran(archive, "new", ref)
    assert code == 1
    assert err.startswith(said)
    assert bytes_below(archive) == before
