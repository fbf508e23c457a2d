"""Texts and words in another language: the parts and figures of the main one, and nothing that breaks a page."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from archives import ROOT, copy_bilingual
from plan_archive.intake import read_library

CASES: list[dict[str, Any]] = yaml.safe_load((ROOT / "tests/cases/intake/languages.yml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=[case["about"] for case in CASES])
def test_every_fault_is_told_with_its_line(case: dict[str, Any], tmp_path: Path) -> None:
    """Each fault is named where it stands; nothing else is an error."""
    root = copy_bilingual(tmp_path / "archive")
    if "file" in case:
        file = root / case["file"]
        text = case.get("content")
        if text is None:
            before = file.read_text(encoding="utf-8")
            text = before.replace(case["replace"], case["with"])
            assert text != before
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="\n")
    told = [str(problem) for problem in read_library(root, date(2007, 12, 1)).errors]
    assert len(told) == len(case["told"]), told
    for line, wanted in zip(told, case["told"], strict=True):
        assert line.startswith(wanted)


def test_what_is_not_translated_yet_is_a_warning(tmp_path: Path) -> None:
    """A catalogue that lacks words, and a language without one, stop nothing."""
    root = copy_bilingual(tmp_path / "archive")
    reading = read_library(root, date(2007, 12, 1))
    warned = [str(problem) for problem in reading.problems if problem.level == "warning"]
    assert any(line.startswith("plans/languages/cy.po:1: ") and "stand in English" in line for line in warned)
    (root / "plans/languages/cy.po").unlink()
    reading = read_library(root, date(2007, 12, 1))
    assert not reading.errors
    warned = [str(problem) for problem in reading.problems if problem.level == "warning"]
    assert any("there are no words of the pages in `cy`" in line for line in warned)


def test_words_that_the_pages_no_longer_say_stop_nothing(tmp_path: Path) -> None:
    """A catalogue that was made for an older version goes on to serve; what it has too much is told."""
    root = copy_bilingual(tmp_path / "archive")
    file = root / "plans/languages/cy.po"
    file.write_text(file.read_text(encoding="utf-8") + '\nmsgid "Of old"\nmsgstr "Gynt"\n', encoding="utf-8")
    reading = read_library(root, date(2007, 12, 1))
    assert not reading.errors
    assert any("the pages do not say 'Of old'" in problem.what for problem in reading.problems)


def test_a_language_takes_its_own_forms_of_the_plural(tmp_path: Path) -> None:
    """Welsh has six; each is taken for its numbers."""
    root = copy_bilingual(tmp_path / "archive")
    catalogue = read_library(root, date(2007, 12, 1)).catalogues[1]
    forms = [catalogue.words.ngettext("%(count)s edition", "%(count)s editions", count) for count in (1, 2, 3, 6, 7)]
    assert forms == [*["%(count)s argraffiad"] * 4, "%(count)s o argraffiadau"]
