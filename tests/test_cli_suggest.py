"""`plan-archive suggest`: texts named as for `compare`, two formats, the same answer every time, nothing written."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from archives import TINY, bytes_below, plan_archive

OLD = "# A\n\n## Bread\n\nThe baker sells bread at dawn.\n\n## Wool\n\nThe weaver sells wool at noon.\n"
NEW = "# B\n\n## Of wool\n\nAt noon the weaver sells wool.\n\n## Of bread\n\nAt dawn bread is sold.\n"


@pytest.fixture
def loose(tmp_path: Path) -> Path:
    """A folder outside any archive with an old and a new text, as files and as chapters."""
    (tmp_path / "old.md").write_text(OLD, encoding="utf-8")
    (tmp_path / "new.md").write_text(NEW, encoding="utf-8")
    (tmp_path / "chapters").mkdir()
    for name, text in (("a", "# Of wool\n\nAt noon the weaver sells wool.\n"), ("b", "# Of bread\n\nBread at dawn.\n")):
        (tmp_path / "chapters" / f"{name}.md").write_text(text, encoding="utf-8")
    return tmp_path


def rows(folder: Path, *arguments: str, **env: str) -> list[dict[str, Any]]:
    """What the command gives as data."""
    ran = plan_archive(folder, "suggest", *arguments, "--format", "json", **env)
    assert (ran.code, ran.err) == (0, "")
    data = json.loads(ran.out)
    assert data["schema"] == "plan-archive/suggestions/1"
    found: list[dict[str, Any]] = data["rows"]
    return found


def test_loose_files_need_no_archive_and_nothing_is_written(loose: Path) -> None:
    """The real command reads two files in a folder that is no archive."""
    before = bytes_below(loose)
    told = rows(loose, "old.md", "new.md")
    assert [(row["section"]["title"], row["candidates"][0]["to"]["title"]) for row in told] == [
        ("Bread", "Of bread"),
        ("Wool", "Of wool"),
    ]
    assert bytes_below(loose) == before


def test_a_folder_of_chapters_names_the_chapter(loose: Path) -> None:
    """`chapter` is the stem of the file that a candidate stands in."""
    told = rows(loose, "old.md", "./chapters")
    assert told[1]["candidates"][0]["to"] == {"chapter": "a", "id": "a--of-wool", "title": "Of wool"}
    assert told[1]["section"]["chapter"] == ""


def test_the_same_texts_give_the_same_bytes() -> None:
    """Whatever order a run of Python keeps its sets in, the answer is one."""
    runs = [plan_archive(TINY, "suggest", "alpha@2006", "alpha@2007", PYTHONHASHSEED=seed) for seed in ("1", "77")]
    assert runs[0].out == runs[1].out != ""
    forms = [rows(TINY, "alpha@2006", "alpha@2007", PYTHONHASHSEED=seed) for seed in ("2", "78")]
    assert forms[0] == forms[1] != []


def test_text_shows_the_three_best_with_reasons_and_none(loose: Path) -> None:
    """The terminal shows up to three candidates, why, and the probability of none; no colours in a file."""
    extra = "".join(f"\n## Bread {n}\n\nBread is sold at dawn in market {n}.\n" for n in range(4))
    (loose / "long.md").write_text(NEW + extra, encoding="utf-8")
    ran = plan_archive(loose, "suggest", "old.md", "long.md")
    first = ran.out.split("\n\n")[0].splitlines()
    assert first[0] == "Bread (#bread)"
    assert [line[:5] for line in first[1::2][:3]] == ["  1. ", "  2. ", "  3. "]
    assert "shares the words: " in first[2]
    assert first[-1].startswith("  none: ")
    assert first[-1].endswith("%")
    assert "\x1b" not in ran.out


def test_what_cannot_be_read_exits_1_and_wrong_use_2(loose: Path) -> None:
    """A missing file is told in one line; a missing argument and an unknown format are wrong usage."""
    missing = plan_archive(loose, "suggest", "old.md", "no.md")
    assert (missing.code, missing.out, len(missing.err.splitlines())) == (1, "", 1)
    assert plan_archive(loose, "suggest", "old.md").code == 2
    assert plan_archive(loose, "suggest", "old.md", "new.md", "--format", "xml").code == 2
