"""Advice on plain words, with every figure counted anew from the Markdown; it never fails a check."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import syllapy
from click.testing import CliRunner, Result

from archives import copy_tiny, edit, plan_archive
from plan_archive.cli import command

DRAFT = """---
title: "Alpha Plan 2006 to 2009: 2008 refresh"
kind: refresh
period: {from: 2006-04-01, to: 2009-03-31}
owner: Director of Children's Services
change_note: "The second yearly refresh."
draft: yes
---

# Alpha Plan 2006 to 2009: 2008 refresh

Fictional example. Littleshire Council is not a real council and this is not a real record.

"""
PLAIN = "The cat sat on the mat. " * 10
HARD = "Multidisciplinary organisational collaboration necessitates continuous institutional accountability. " * 8


def _check(folder: Path, *arguments: str) -> Result:
    return CliRunner().invoke(command, ["-C", str(folder), "check", *arguments])


def _limits(folder: Path, limits: str) -> None:
    file = folder / "plans" / "authority.yml"
    file.write_text(file.read_text(encoding="utf-8") + f"limits: {{{limits}}}\n", encoding="utf-8", newline="\n")


def _draft(folder: Path, body: str) -> None:
    (folder / "plans/alpha/2008.md").write_text(DRAFT + body, encoding="utf-8", newline="\n")


def _sections(folder: Path) -> dict[str, dict[str, Any]]:
    data = json.loads(_check(folder, "--advice", "--format", "json").stdout)
    return {f"{row['edition']}#{row['section']}": row for row in data["advice"]["sections"]}


@pytest.fixture(scope="module")
def example(example_archive: Path) -> dict[str, Any]:
    """The advice on the example: its limits and the figures of each section."""
    ran = plan_archive(example_archive, "check", "--advice", "--format", "json")
    assert ran.code == 0, ran.err
    return json.loads(ran.out)["advice"]


def _sentences(markdown: str) -> list[str]:
    """The sentences of a section's paragraphs and lists, by simple means; tables and notes are left out."""
    text = re.sub(r"^\[\^\w+\]: .*\n(?: {4}.*\n)*", "", markdown, flags=re.MULTILINE)
    text = re.sub(r"\[\^\w+\]|^\|.*$", "", text, flags=re.MULTILINE)
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)|\*\*|[*`]", r"\1", text)
    text = re.sub(r"^(?:- |\d{1,2}\. |:   )", "\n\n", text, flags=re.MULTILINE)
    told = []
    for paragraph in re.split(r"\n\s*\n", text):
        told += re.split(r"(?<=[.!?])['\")]*\s+(?=['\"(]*[A-Z0-9£])", " ".join(paragraph.split()))
    return [sentence for sentence in told if re.search(r"\w", sentence)]


def _counted(archive: Path) -> dict[str, list[list[str]]]:
    """The words of each sentence of each section of the one edition in `plans/`."""
    body = (archive / "plans/cypp/2009.md").read_text(encoding="utf-8").split("\n---\n", 1)[1]
    parts = re.split(r"^#{2,6} .*\{#([a-z0-9-]+)\}\s*$", body, flags=re.MULTILINE)
    found = {}
    for name, text in zip(parts[1::2], parts[2::2], strict=True):
        words = [
            [w for w in re.split(r"[\s/\u2013\u2014]+", s) if re.search(r"[A-Za-z0-9]", w)] for s in _sentences(text)
        ]
        found[name] = [sentence for sentence in words if sentence]
    return found


def test_every_figure_is_what_the_markdown_holds(example: dict[str, Any], example_archive: Path) -> None:
    """Words, sentences, averages, ease and age of each section of the example are those counted from its file."""
    told = {row["section"]: row for row in example["sections"] if row["section"]}
    counted = _counted(example_archive)
    assert set(told) == set(counted)
    judged = 0
    for name, sentences in counted.items():
        row, words = told[name], [word for sentence in sentences for word in sentence]
        assert (row["words"], row["sentences"]) == (len(words), len(sentences)), name
        assert (row["longest"] or {"words": 0})["words"] == max(map(len, sentences), default=0), name
        if len(words) < 50:
            assert (row["sentence_words"], row["reading_ease"], row["reading_age"]) == (None, None, None)
            continue
        judged += 1
        mean = len(words) / len(sentences)
        syllables = sum(max(1, syllapy.count(re.sub(r"[^\w'-]", "", word))) for word in words) / len(words)
        assert row["sentence_words"] == pytest.approx(mean, abs=0.051), name
        assert row["reading_ease"] == pytest.approx(206.835 - 1.015 * mean - 84.6 * syllables, abs=0.051), name
        assert row["reading_age"] == pytest.approx(0.39 * mean + 11.8 * syllables - 10.59, abs=0.51), name
    assert judged > 40


def test_the_example_keeps_close_to_its_limits(example: dict[str, Any]) -> None:
    """The limits are those of the example's file; a few sections are beyond them, and each says which."""
    advice = example
    assert advice["limits"] == {"reading_age": 12, "sentence_words": 18, "section_words": 250}
    values = {"reading_age": "reading_age", "sentence_words": "sentence_words", "section_words": "words"}
    for row in advice["sections"]:
        wanted = [name for name, limit in advice["limits"].items() if (row[values[name]] or 0) > limit]
        assert row["beyond"] == wanted, row["section"]
    assert 0 < sum(1 for row in advice["sections"] if row["beyond"]) < 15


def test_known_texts_have_known_figures(tmp_path: Path) -> None:
    """Six short words a sentence read easily at the lowest age; a row of long words does not."""
    folder = copy_tiny(tmp_path)
    _draft(folder, f"## Cats {{#cats}}\n\n{PLAIN.strip()}\n\n## Work {{#work}}\n\n{HARD.strip()}\n")
    rows = _sections(folder)
    cats, work = rows["alpha@2008#cats"], rows["alpha@2008#work"]
    assert (cats["words"], cats["sentences"], cats["sentence_words"], cats["reading_age"]) == (60, 10, 6.0, 5)
    assert cats["reading_ease"] == round(206.835 - 1.015 * 6 - 84.6, 1)
    assert work["reading_ease"] < 0
    assert work["reading_age"] > 25
    assert (work["draft"], work["beyond"]) == (True, [])


def test_shortened_words_figures_and_lists_are_counted_as_read(tmp_path: Path) -> None:
    """A title, a decimal and an abbreviation end no sentence; each point of a list does; tables are not counted."""
    folder = copy_tiny(tmp_path)
    body = "Dr. Smith saw 1.5 children, e.g. Ann. It was No. 7 of 2006/07.\n\n- the first point\n- the second\n\n"
    table = "| Ref | Measure | Better |\n|---|---|---|\n| A1 | Pupils excluded for good | lower |\n"
    _draft(folder, f"## Points {{#points}}\n\n{body}{table}")
    row = _sections(folder)["alpha@2008#points"]
    assert (row["sentences"], row["words"]) == (4, 7 + 7 + 3 + 2)
    assert row["longest"] == {"words": 7, "line": row["line"] + 2, "begins": "Dr. Smith saw 1.5 children, e.g. Ann."}


def test_without_limits_a_check_says_nothing(tmp_path: Path) -> None:
    """An archive without limits gets no advice; asked for, the reason is told."""
    folder = copy_tiny(tmp_path)
    _draft(folder, f"## Work {{#work}}\n\n{HARD.strip()}\n")
    silent, asked = _check(folder), _check(folder, "--advice")
    assert (silent.exit_code, silent.stdout) == (0, "")
    assert "Plain words" not in silent.stderr
    assert (asked.exit_code, asked.stdout) == (0, "")
    assert "sets no `limits`" in asked.stderr
    assert "advice" not in json.loads(_check(folder, "--format", "json").stdout)


def test_advice_is_short_and_never_fails(tmp_path: Path) -> None:
    """Without being asked a check names a number; asked, the five worst of drafts first; the exit code stays 0."""
    folder = copy_tiny(tmp_path)
    _limits(folder, "reading_age: 30, sentence_words: 8, section_words: 40")
    hard = "".join(f"## Part {n} {{#part-{n}}}\n\n{HARD * n}\n\n" for n in range(1, 7))
    _draft(folder, hard + "## Long {#long}\n\n" + PLAIN)
    edit(folder / "plans/alpha/2007.md", "Two things are done first:", f"{HARD * 9}\n\nTwo things are done first:")
    plain = _check(folder)
    assert (plain.exit_code, plain.stdout) == (0, "")
    assert "Plain words: 8 sections are beyond your limits; see: plan-archive check --advice\n" in plain.stderr
    asked = _check(folder, "--advice")
    lines = asked.stdout.splitlines()
    assert asked.exit_code == 0
    assert len(lines) == 5
    assert all(re.match(r"plans/alpha/2008\.md:\d+: advice: 'Part \d'", line) for line in lines)
    assert [line.split("'")[1] for line in lines] == ["Part 6", "Part 5", "Part 4", "Part 3", "Part 2"]
    assert "(your limit: 30)" in lines[0]
    assert "(your limit: 40)" in lines[0]
    assert "its longest sentence, of 7 words, is in the paragraph at line" in lines[0]
    marks = _check(folder, "--advice", "--format", "github").stdout.splitlines()
    assert [mark.partition(" ")[0] for mark in marks] == ["::notice"] * 5


def test_archived_texts_get_no_advice(example: dict[str, Any], tmp_path: Path) -> None:
    """Nothing below `archive/` is measured: nobody may change it."""
    folder = copy_tiny(tmp_path)
    assert {row["file"] for row in _sections(folder).values()} == {"plans/alpha/2007.md"}
    assert {row["file"] for row in example["sections"]} == {"plans/cypp/2009.md"}


def test_a_chapter_is_named_by_its_own_file(tmp_path: Path) -> None:
    """Where a draft is a folder of chapters, a section is told at its chapter's file and line."""
    folder = copy_tiny(tmp_path)
    chapters = folder / "plans/alpha/2008"
    chapters.mkdir()
    (chapters / "index.md").write_text(DRAFT, encoding="utf-8", newline="\n")
    (chapters / "01-work.md").write_text(f"# Work {{#work}}\n\n{HARD.strip()}\n", encoding="utf-8", newline="\n")
    row = _sections(folder)["alpha@2008#work"]
    assert (row["file"], row["line"]) == ("plans/alpha/2008/01-work.md", 1)


def test_other_languages_get_no_age(tmp_path: Path) -> None:
    """Where the main language is not English, lengths are counted and no reading age is given."""
    folder = copy_tiny(tmp_path)
    edit(folder / "plans/authority.yml", "languages: [en]", "languages: [cy, en]")
    _draft(folder, f"## Gwaith {{#gwaith}}\n\n{HARD.strip()}\n")
    row = _sections(folder)["alpha@2008#gwaith"]
    assert (row["reading_age"], row["reading_ease"], row["sentence_words"]) == (None, None, 7.0)


def test_the_same_files_give_the_same_advice(example_archive: Path) -> None:
    """Two runs of the command, each a program of its own, print the same bytes."""
    one, other = (plan_archive(example_archive, "check", "--advice") for _ in range(2))
    assert one.out == other.out != ""
