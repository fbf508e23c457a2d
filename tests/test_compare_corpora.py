"""Texts from outside: every promise holds on each pair in the folder that PLAN_ARCHIVE_CORPORA names.

Each folder in it that holds two or more Markdown files gives consecutive pairs in name order; each with `old` and
`new` gives one pair of folders.
"""

from __future__ import annotations

import os
from itertools import pairwise
from pathlib import Path

import pytest

from archives import ROOT
from compare.promises import breaches
from plan_archive.intake.loose import read_loose

VARIABLE = "PLAN_ARCHIVE_CORPORA"
GIVEN = os.environ.get(VARIABLE)


def found(folder: Path) -> list[tuple[Path, Path]]:
    """The pairs of texts in a folder of corpora."""
    pairs: list[tuple[Path, Path]] = []
    for corpus in sorted(path for path in folder.iterdir() if path.is_dir()):
        if (corpus / "old").is_dir() and (corpus / "new").is_dir():
            pairs.append((corpus / "old", corpus / "new"))
        else:
            pairs += pairwise(sorted(corpus.glob("*.md")))
    return pairs


PAIRS = found(Path(GIVEN)) if GIVEN else []


def test_promises_hold() -> None:
    """Both texts can be rebuilt, swapping them swaps the result, and nothing is told twice or left out."""
    broken = {
        f"{old} {new}": told
        for old, new in PAIRS
        if (told := breaches(read_loose(old).sections, read_loose(new).sections))
    }
    assert broken == {}


def test_corpora_are_documented(capsys: pytest.CaptureFixture[str]) -> None:
    """How to compare texts from outside is written down; a run without them, or with none found, says so."""
    assert VARIABLE in (ROOT / "docs" / "developers" / "index.md").read_text(encoding="utf-8")
    with capsys.disabled():
        if GIVEN is None:
            print(f"\n{VARIABLE} is unset: outside texts were not compared")  # noqa: T201
    assert GIVEN is None or PAIRS


def test_pairs_are_found(tmp_path: Path) -> None:
    """Files of one folder are compared with the next in name order; `old` and `new` as two folders."""
    for name in ("plan/2003.md", "plan/2001.md", "plan/2002.md", "map/old/a.md", "map/new/b.md", "alone/1.md"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("# Title\n", encoding="utf-8")
    pairs = [(o.relative_to(tmp_path).as_posix(), n.relative_to(tmp_path).as_posix()) for o, n in found(tmp_path)]
    assert pairs == [("map/old", "map/new"), ("plan/2001.md", "plan/2002.md"), ("plan/2002.md", "plan/2003.md")]
