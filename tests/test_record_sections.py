"""Which commit last changed each section: held against histories whose truth is known, and against git itself."""

from __future__ import annotations

import random
import shutil
from datetime import date
from pathlib import Path

import pytest

from archives import ROOT, copy_tiny, edit, git
from plan_archive import read_library
from plan_archive.model import Library, Text
from plan_archive.pages.log import provenance
from plan_archive.pages.pairs import compared_pairs
from plan_archive.pages.section_log import last_changes, section_lines
from plan_archive.record import Record, read_record
from plan_archive.record.git import head
from plan_archive.record.passages import Passage, passages
from plan_archive.record.sections import in_file

PLACE = "plans/alpha/2007.md"


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """The tiny archive in a repository, committed once."""
    folder = copy_tiny(tmp_path / "archive")
    git(folder, "init", "--quiet", "--initial-branch=main")
    _commit(folder, "Begin")
    return folder


def _commit(folder: Path, message: str, *more: str) -> str:
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--allow-empty", "--message", message, *more)
    return git(folder, "rev-parse", "HEAD")


def _library(folder: Path) -> Library:
    library = read_library(folder, date(2007, 12, 1)).library
    assert library is not None
    return library


def _text(folder: Path, plan: str, edition: str) -> Text:
    found = _library(folder).edition(plan, edition)
    assert found is not None
    return found.text


def _told(folder: Path, plan: str = "alpha", edition: str = "2007") -> dict[str, list[str]]:
    """The messages of the commits that changed each section of an edition, the newest first."""
    found = read_record(folder, head(folder)).sections(_text(folder, plan, edition))
    assert found is not None
    return {section: [change.subject for change in changes] for section, changes in found.items()}


def _ids(text: str, chapter: str = "") -> list[str]:
    return [passage.id for passage in passages(text.encode(), chapter)]


def _digests(text: str) -> dict[str, bytes]:
    return {passage.id: passage.digest for passage in passages(text.encode())}


@pytest.mark.parametrize("root", [ROOT, ROOT / "tests/sites/tiny"])
def test_sections_are_those_that_the_archive_reads(root: Path) -> None:
    """The quick reading of old versions finds the very sections that the intake reads, with the same ids."""
    count = 0
    for plan in _library(root).plans:
        for text in (text for edition in plan.editions for text in edition.versions):
            file = root / text.file
            files = [file, *sorted(set(file.parent.glob("*.md")) - {file})] if file.name == "index.md" else [file]
            found: list[Passage] = []
            for each in files:
                found += in_file(each.relative_to(root).as_posix().partition("/")[2], each.read_bytes())
            assert [passage.id for passage in found] == [section.id for section in text.sections], text.file
            count += len(found)
    assert count > 9


WHOLE = """---
title: A
---

# A

First words.

## B {#b}

| Ref | Measure |
|-----|---------|
| B1  | Days    |

A point[^1] that
goes on.

```text
# no heading
```

[^1]: A note,
    on two lines.

## C

- one
- two
"""


def test_what_is_typed_is_taken_apart_as_it_is_read() -> None:
    """Fences, notes, underlined headings, headings without ids, chapters."""
    assert _ids(WHOLE) == ["", "b", "c"]
    assert _ids("# A\n\nB\n=\n\nC is *d*\n---\n\ntext\n\n## C is d\n") == ["", "b", "c-is-d", "c-is-d-2"]
    assert _ids("| a |\n|---|\n| b |\n\n- x\n---\n") == [""]
    assert _ids("# Chapter {#one}\n\n## A *b* & [c](d)\n", "01-first") == ["one", "01-first--a-b-c"]
    assert _ids("stray\n\n## B\n", "01-first") == ["01-first", "01-first--b"]
    assert _ids("") == [""]
    assert _ids("", "x") == []


SAME = {
    "spaces and line ends": (" that\ngoes on.", "   that goes\r\non."),
    "the width of a table": ("| B1  | Days    |", "|B1|Days|"),
    "a table's rule": ("|-----|---------|", "|:--|--:|"),
    "the front matter": ("title: A", "title: Another"),
    "the place of a note": ("[^1]: A note,\n    on two lines.\n\n## C", "## C"),
}
OTHER = {
    "a word": ("b", "goes on.", "goes off."),
    "a heading": ("b", "## B ", "## Bee "),
    "a figure in a row": ("b", "Days", "Weeks"),
    "a line in a fence": ("b", "# no heading", "#  no heading"),
    "a note": ("b", "A note,", "Another note,"),
    "two points as one": ("c", "- one\n- two", "- one two"),
    "a paragraph parted": ("b", "that\ngoes", "that\n\ngoes"),
    "the first words": ("", "First words.", "Last words."),
}


@pytest.mark.parametrize("name", SAME)
def test_what_a_reader_does_not_see_is_no_change(name: str) -> None:
    """Only the layout of what is typed differs."""
    old, new = SAME[name]
    assert WHOLE.count(old) == 1
    moved = "\n[^1]: A note,\n    on two lines.\n" if name == "the place of a note" else ""
    assert _digests(WHOLE.replace(old, new) + moved) == _digests(WHOLE)


@pytest.mark.parametrize("name", OTHER)
def test_every_word_counts_and_in_its_own_section_alone(name: str) -> None:
    """A change changes the section in which it stands, and no other."""
    section, old, new = OTHER[name]
    assert WHOLE.count(old) == 1
    before, after = _digests(WHOLE), _digests(WHOLE.replace(old, new))
    assert {key for key in before if before[key] != after[key]} == {section}


def test_the_last_change_of_each_section_is_told(archive: Path) -> None:
    """A commit changes the sections whose words it changed; closing, front matter and layout change none."""
    begun = _told(archive)
    assert set(map(tuple, begun.values())) == {("Begin",)}
    edit(archive / PLACE, "one working day", "two working days")
    _commit(archive, "Two days")
    edit(archive / PLACE, "owner: Director", "owner: The Director")
    edit(archive / PLACE, "two working days", "two   working\ndays")
    _commit(archive, "Layout")
    (archive / PLACE).rename(archive / "archive/alpha/2007.md")
    _commit(archive, "Close it")
    edit(archive / "archive/alpha/2007.md", "two   working\ndays", "three days")
    _commit(archive, "Three days")
    after = _told(archive)
    changed = {section for section in after if after[section] != begun[section]}
    assert [after[section] for section in changed] == [["Three days", "Two days", "Begin"]]
    text = _text(archive, "alpha", "2007")
    (section,) = [section for section in text.sections if section.id in changed]
    assert any("three days" in block.text for block in section.own_blocks)


def test_a_section_with_another_id_or_in_another_chapter_is_the_same(archive: Path) -> None:
    """It is followed by its words: only its name or its file changed."""
    first, second = (archive / "archive/beta/2004" / name for name in ("01-exclusions.md", "02-targets.md"))
    begun = _told(archive, "beta", "2004")
    lines = second.read_text(encoding="utf-8")
    first.write_text(
        first.read_text(encoding="utf-8").rstrip("\n") + "\n\n## Moved {#moved}\n\nWords.\n", encoding="utf-8"
    )
    _commit(archive, "Write more")
    edit(first, "\n## Moved {#moved}\n\nWords.\n", "")
    second.write_text(lines.rstrip("\n") + "\n\n## Moved {#taken-along}\n\nWords.\n", encoding="utf-8")
    _commit(archive, "Move it")
    after = _told(archive, "beta", "2004")
    assert after.pop("taken-along") == ["Write more"]
    assert after == begun


def test_a_correction_keeps_the_commits_of_what_it_took_over(archive: Path) -> None:
    """A section that the correction did not change has the commit of the version before."""
    first = archive / PLACE
    second = first.with_name("2007.v2.md")
    second.write_text(first.read_text(encoding="utf-8"), encoding="utf-8", newline="\n")
    edit(second, "owner: Director", 'corrects: v1\nreason: "A word was wrong."\nowner: Director')
    edit(second, "published: 2007-03-30", "published: 2007-05-04")
    edit(second, "one working day", "two working days")
    _commit(archive, "Correct it")
    told = _told(archive)
    assert max(map(tuple, told.values()), key=len) == ("Correct it", "Begin")
    assert [tuple(each) for each in told.values()].count(("Begin",)) == len(told) - 1


def test_what_is_not_committed_has_no_commit(archive: Path) -> None:
    """A changed section, and a file that git does not know; the other sections keep theirs."""
    edit(archive / PLACE, "one working day", "two working days")
    told = _told(archive)
    assert sorted(told.values()) == [[], *[["Begin"]] * (len(told) - 1)]
    shutil.copy(archive / PLACE, archive / "plans/alpha/2008.md")
    record = read_record(archive, head(archive))
    text = _text(archive, "alpha", "2007")
    loose = Text("plans/alpha/2008.md", text.front, text.sections, text.sha256)
    assert set((record.sections(loose) or {}).values()) == {()}


def test_a_reverted_change_is_a_change(archive: Path) -> None:
    """The commit that brought old words back is the last that changed them."""
    for old, new, message in (("one working", "two working", "Two"), ("two working", "one working", "One again")):
        edit(archive / PLACE, old, new)
        _commit(archive, message)
    assert ["One again", "Two", "Begin"] in _told(archive).values()


def test_what_a_merge_decided_is_told(archive: Path) -> None:
    """A branch whose words were not taken made nothing; words that were put in while merging are the merge's own."""
    git(archive, "checkout", "--quiet", "-b", "side")
    edit(archive / PLACE, "one working day", "nine working days")
    _commit(archive, "Nine")
    git(archive, "checkout", "--quiet", "main")
    edit(archive / PLACE, "one working day", "two working days")
    _commit(archive, "Two")
    git(archive, "merge", "--quiet", "--strategy=ours", "--message", "Keep two", "side")
    assert ["Two", "Begin"] in _told(archive).values()
    git(archive, "checkout", "--quiet", "-b", "other", "HEAD~1")
    edit(archive / PLACE, "two working days", "five working days")
    _commit(archive, "Five")
    git(archive, "checkout", "--quiet", "main")
    git(archive, "merge", "--quiet", "--no-commit", "--no-ff", "--strategy=ours", "other")
    edit(archive / PLACE, "two working days", "six working days")
    _commit(archive, "Six, while merging")
    told = [each for each in _told(archive).values() if each != ["Begin"]]
    assert [each[0] for each in told] == ["Six, while merging"]
    record = read_record(archive, head(archive))
    assert record.commits(_text(archive, "alpha", "2007"))[0].subject == "Six, while merging"


def test_without_git_nothing_is_claimed(tmp_path: Path) -> None:
    """Neither sections nor data say anything of commits."""
    folder = copy_tiny(tmp_path / "loose")
    library, record = _library(folder), read_record(folder, None)
    assert record.sections(_text(folder, "alpha", "2007")) is None
    assert [text["sections"] for text in provenance(library, record)["texts"]] == [[], [], []]
    assert list(last_changes(library, record)) == []
    assert Record().sections(_text(folder, "alpha", "2007")) is None


def test_a_clone_without_older_texts_says_so(archive: Path, tmp_path: Path) -> None:
    """A partial clone fetches nothing on its own, and what it cannot tell is not known."""
    edit(archive / PLACE, "one working day", "two working days")
    _commit(archive, "Two days")
    git(archive, "config", "uploadpack.allowFilter", "true")
    git(tmp_path, "clone", "--quiet", "--filter=blob:none", f"file://{archive}", "partial")
    record = read_record(tmp_path / "partial", head(tmp_path / "partial"))
    assert record.sections(_text(tmp_path / "partial", "alpha", "2007")) is None
    assert record.sections(_text(tmp_path / "partial", "alpha", "2006")) is not None


@pytest.mark.parametrize("seed", range(3))
def test_a_long_history_is_told_as_it_was_made(tmp_path: Path, seed: int) -> None:
    """Sixty random commits over two texts and a text of chapters: each section's commits are those that changed it."""
    chance = random.Random(seed)  # noqa: S311
    folder = copy_tiny(tmp_path / "archive")
    git(folder, "init", "--quiet", "--initial-branch=main")
    files = [folder / "plans/alpha/2007.md", folder / "archive/alpha/2006.md", folder / "archive/beta/2004/index.md"]
    files.append(files[2].with_name("01-exclusions.md"))
    true: dict[tuple[Path, str], list[str]] = {}
    held: dict[Path, dict[str, bytes]] = {}
    for number in range(60):
        for file in chance.sample(files, chance.randint(0, 2)) if number else files:
            _shuffle(file, chance, number)
        message = f"Change {number}"
        _commit(folder, message)
        for file in files:
            place = file.relative_to(folder).as_posix().partition("/")[2]
            now = {passage.id: passage.digest for passage in in_file(place, file.read_bytes())}
            for section, words in now.items():
                if held.get(file, {}).get(section) != words:
                    true.setdefault((file, section), []).insert(0, message)
            held[file] = now
    assert max(map(len, true.values())) > 4
    for plan, edition, mine in (
        ("alpha", "2007", files[:1]),
        ("alpha", "2006", files[1:2]),
        ("beta", "2004", files[2:]),
    ):
        told = _told(folder, plan, edition)
        wanted = {section: commits for (file, section), commits in true.items() if file in mine}
        assert {section: told[section] for section in wanted} == wanted


def _shuffle(file: Path, chance: random.Random, number: int) -> None:
    """Add words to some paragraphs of a file."""
    lines = file.read_text(encoding="utf-8").split("\n")
    start = lines.index("---", 1) + 1 if lines[0] == "---" else 0
    words = [n for n in range(start, len(lines)) if lines[n][:1].isalpha()]
    for place in chance.sample(words, min(len(words), chance.randint(1, 2))):
        lines[place] += f" In version {number}."
    file.write_text("\n".join(lines), encoding="utf-8", newline="\n")


@pytest.mark.skipif(shutil.which("sh") is None, reason="a program of the shell's")
def test_the_history_is_asked_once_and_the_contents_by_one_process(
    archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many texts there are: one `git log`, one `git cat-file`, and none of either until somebody asks."""
    calls = tmp_path / "calls"
    tools = tmp_path / "tools"
    tools.mkdir()
    (tools / "git").write_text(f'#!/bin/sh\necho "$@" >> {calls}\nexec {shutil.which("git")} "$@"\n', encoding="utf-8")
    (tools / "git").chmod(0o755)
    commit = head(archive)
    library = _library(archive)
    monkeypatch.setenv("PATH", f"{tools}:/usr/bin:/bin")
    record = read_record(archive, commit)
    assert _asked(calls) == ["log"]
    provenance(library, record)
    list(last_changes(library, record))
    assert _asked(calls) == ["log", "ls-tree", "cat-file"]


def _asked(calls: Path) -> list[str]:
    words = [
        line.split("--literal-pathspecs ")[1].split()[0] for line in calls.read_text(encoding="utf-8").splitlines()
    ]
    return [word for word in words if word in ("log", "cat-file", "ls-tree", "show", "rev-list")]


def test_every_section_that_a_plan_ever_had_has_its_line() -> None:
    """In the example: each section of each edition stands in some line; those of the last edition each begin one."""
    library = _library(ROOT)
    pairs = compared_pairs(library)
    ended = 0
    for plan in library.plans:
        lines = {edition.id: found for edition, found in section_lines(plan, Record(), pairs)}
        told = {
            (stage.step.edition.id, stage.step.section)
            for found in lines.values()
            for line in found
            for stage in line.stages
            if stage.step.section
        }
        assert told == {(edition.id, s.id) for edition in plan.editions for s in edition.text.sections if s.id}
        if plan.editions:
            last = plan.editions[-1]
            assert [line.section.id for line in lines[last.id]] == [s.id for s in last.text.sections if s.id]
            assert all(line.stages[0].step.edition is last for line in lines[last.id])
            ended += sum(len(found) for edition, found in lines.items() if edition != last.id)
    assert ended > 9
