"""One thing taken out of the example archive, or one word of it changed, is named: that one and no other."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archives import ROOT, copy_example, edit, plan_archive
from plan_archive import Block, Library, Section
from plan_archive.model import DestinationTable
from plan_archive.trace import Part, counted, coverage, parts
from plan_archive.trace.coverage import target_name
from traced import example, example_reviewed, problems, with_text

Found = tuple[set[str], set[str], set[str]]


def _found(library: Library) -> Found:
    """What has no recorded destination, which rows are suspect, and which lead from or to nothing: by name."""
    told = coverage(library)
    suspect = {row.name for row in told.rows if row.state == "suspect"}
    return {part.name for part in told.missing}, suspect, {row.name for row in told.broken}


def _tables() -> list[str]:
    """The files of the example's tables, listed without reading them, so that finding the tests costs nothing."""
    return sorted(file.relative_to(ROOT).as_posix() for file in ROOT.glob("archive/*/destinations/*.yml"))


def _alone(file: str) -> tuple[Library, DestinationTable]:
    """The example archive, reviewed, with one of its tables only."""
    library = example_reviewed()
    table = next(one for one in library.destinations if one.file == file)
    return replace(library, destinations=(table,)), table


def _without_row(library: Library, table: DestinationTable, place: int) -> Library:
    rows = table.rows[:place] + table.rows[place + 1 :]
    lines = table.lines[:place] + table.lines[place + 1 :]
    kept = (replace(one, rows=rows, lines=lines) if one is table else one for one in library.destinations)
    return replace(library, destinations=tuple(kept))


def _with_section(library: Library, part: Part, section: Section | None) -> Library:
    """The library in which another section, or none, stands in the place of a part's section."""
    edition = library.edition(part.plan, part.edition)
    assert edition is not None
    sections = []
    for one in edition.text.sections:
        if one is not part.section:
            sections.append(one)
        elif section is not None:
            sections.append(section)
    return with_text(library, part.plan, part.edition, replace(edition.text, sections=tuple(sections)))


def _with_block(library: Library, part: Part, old: Block, new: Block | None) -> Library:
    blocks = []
    for block in part.section.blocks:
        if block is not old:
            blocks.append(block)
        elif new is not None:
            blocks.append(new)
    return _with_section(library, part, replace(part.section, blocks=tuple(blocks)))


def _own(part: Part) -> list[Block]:
    """The blocks that a part's fingerprint is made of, those without words left out."""
    blocks = [part.row] if part.row else [block for block in part.section.own_blocks if block.ref is None]
    return [block for block in blocks if block.text.split()]


def _changed(block: Block, word: int) -> Block:
    """A block with one word changed, its cells and spaces kept."""
    words = block.text.replace("\t", " \t ").split(" ")
    place = [at for at, each in enumerate(words) if each.strip()][word]
    words[place] += "x"
    return replace(block, text=" ".join(words).replace(" \t ", "\t"))


def _leading(library: Library, *names: str) -> set[str]:
    """The rows that begin at one of these parts or lead to it, counted in the tables' own words."""
    found = set()
    for table in library.destinations:
        for row in table.rows:
            targets = {target_name(table, target) for target in row.to if isinstance(target, str)}
            if {f"{table.old}{row.from_}", *(f"{p}@{e}{place}" for p, e, place in targets)} & {*names}:
                found.add(f"{table.old}{row.from_}")
    return found


def _ends(library: Library, table: DestinationTable) -> Iterator[Part]:
    """Every part at one of the two ends of a table, each once."""
    for plan_id, edition_id in ((table.plan, table.edition), (table.to_plan, table.to_edition)):
        edition = library.edition(plan_id, edition_id)
        assert edition is not None
        yield from (part for part in parts(edition) if _leading(library, part.name))


def test_the_example_begins_with_nothing_missing() -> None:
    """Every section and row of the example's superseded plans has a destination; stamped, no row is suspect."""
    assert len(_tables()) >= 18
    assert _found(example()) == (set(), set(), set())
    told = coverage(example_reviewed())
    assert {row.state for row in told.rows} == {"reviewed"}
    assert len(told.rows) > 600


@pytest.mark.parametrize("file", _tables())
def test_any_row_taken_out_is_named(file: str) -> None:
    """Without its row a section or numbered row is missing, alone; `check` names it in the file where it stands."""
    library, table = _alone(file)
    missing, *_ = _found(library)
    edition = library.edition(table.plan, table.edition)
    assert edition is not None
    counting = {part.place: part for part in counted(edition)}
    for place, row in enumerate(table.rows):
        without = _without_row(library, table, place)
        now, suspect, broken = _found(without)
        assert (now - missing, suspect, broken) == ({f"{table.old}{row.from_}"} & _names(counting), set(), set())
        if row.from_ in counting:
            told = [p for p in problems(without) if f"`{row.from_}`" in p.what and "no recorded" in p.what]
            assert [(p.file.split("/")[1], p.line) for p in told] == [(table.plan, _line(counting[row.from_]))]


def _names(counting: dict[str, Part]) -> set[str]:
    return {part.name for part in counting.values()}


def _line(part: Part) -> int:
    return part.row.line if part.row else part.section.line


@pytest.mark.parametrize("file", _tables())
def test_any_part_taken_out_is_named(file: str) -> None:
    """A section or numbered row that is taken out, old or new, breaks the rows at its ends and no other."""
    library, table = _alone(file)
    missing, *_ = _found(library)
    for part in _ends(library, table):
        if part.row:
            without, gone = _with_block(library, part, part.row, None), [part.name]
        else:
            without = _with_section(library, part, None)
            refs = [f"{part.plan}@{part.edition}:{b.ref}" for b in part.section.blocks if b.ref]
            gone = [part.name, *refs]
        now, suspect, broken = _found(without)
        assert suspect == broken == _leading(library, *gone), part.name
        assert now <= missing
        lines = {(p.file, p.line) for p in problems(without) if "has no " in p.what or "leads to no part" in p.what}
        rows = zip(table.rows, table.lines, strict=True)
        assert lines == {(table.file, line) for row, line in rows if f"{table.old}{row.from_}" in broken}


@pytest.mark.parametrize("file", _tables())
def test_any_part_with_another_word_is_named(file: str) -> None:
    """One word changed on either side makes suspect the rows at whose end it stands, and no other."""
    library, table = _alone(file)
    missing, *_ = _found(library)
    for part in _ends(library, table):
        for block in _own(part)[-1:]:
            now = _found(_with_block(library, part, block, _changed(block, -1)))
            assert now == (missing, _leading(library, part.name), set()), part.name


@given(st.data())
@settings(max_examples=40)
def test_any_word_anywhere(data: st.DataObject) -> None:
    """Over the whole archive any one word of any edition makes suspect the rows of its part, and no other."""
    library = example_reviewed()
    plan = data.draw(st.sampled_from([one for one in library.plans if one.editions]))
    edition = data.draw(st.sampled_from(plan.editions))
    part = data.draw(st.sampled_from([one for one in parts(edition) if _own(one)]))
    block = data.draw(st.sampled_from(_own(part)))
    word = data.draw(st.integers(0, len(block.text.split()) - 1))
    changed = _with_block(library, part, block, _changed(block, word))
    assert _found(changed) == (set(), _leading(library, part.name), set())
    told = [p for p in problems(changed) if p.level == "suspect"]
    assert len(told) == len(_leading(library, part.name))


@given(st.data())
@settings(max_examples=20)
def test_a_heading_is_no_part_of_the_text(data: st.DataObject) -> None:
    """A section with another heading, and the same text, is as it was reviewed."""
    library = example_reviewed()
    table = data.draw(st.sampled_from(library.destinations))
    part = data.draw(st.sampled_from([one for one in _ends(library, table) if one.section.id and not one.row]))
    heading = part.section.blocks[0]
    assert heading.kind == "heading"
    retitled = replace(part.section, title="Another name", blocks=(_changed(heading, 0), *part.section.blocks[1:]))
    assert _found(_with_section(library, part, retitled)) == (set(), set(), set())


def test_real_files_through_the_command_line(tmp_path: Path) -> None:
    """In a copy of the archive a row, a section and a word, each of another plan, are named by the real commands."""
    folder = copy_example(tmp_path)
    behaviour = folder / "archive/behaviour-support-plan/destinations/2004-to-cypp-2006.yml"
    row = next(line for line in behaviour.read_text(encoding="utf-8").splitlines(True) if '"#bullying"' in line)
    youth = folder / "archive/youth-service-plan/2005.md"
    section = _plain_section(youth.read_text(encoding="utf-8"))
    reviewed = (
        "connexions-plan@2005#"
        + _plain_section((folder / "archive/connexions-plan/2005.md").read_text(encoding="utf-8"))[0]
    )
    assert plan_archive(folder, "review", reviewed, "--by", "Auditor").code == 0
    assert plan_archive(folder, "coverage").code == 0
    edit(behaviour, row, "")
    edit(youth, section[1], "")
    text = _plain_section((folder / "archive/connexions-plan/2005.md").read_text(encoding="utf-8"))[1]
    edit(folder / "archive/connexions-plan/2005.md", text, text.rstrip().removesuffix(".") + " indeed.\n\n")
    ran = plan_archive(folder, "coverage", "--format", "json")
    told = json.loads(ran.out)
    assert (ran.code, told["complete"]) == (1, False)
    assert [p["part"] for plan in told["plans"] for p in plan["missing"]] == ["behaviour-support-plan@2004#bullying"]
    assert [r["from"] for r in told["destinations"] if r["state"] == "suspect"] == [reviewed]
    assert [r["from"] for r in told["destinations"] if r["fingerprints"]["old"] is None] == [
        f"youth-service-plan@2005#{section[0]}"
    ]
    checked = plan_archive(folder, "check")
    assert checked.code == 1
    assert "`#bullying` (" in checked.out
    assert f"youth-service-plan@2005 has no section `#{section[0]}`" in checked.out
    assert "was reviewed by Auditor on " in checked.out


def _plain_section(markdown: str) -> tuple[str, str]:
    """The id of a text's last section of plain paragraphs at the second level, and its whole text."""
    found = [piece for piece in markdown.split("\n## ")[1:] if "\n### " not in piece and "|" not in piece]
    found = [piece for piece in found if "[^" not in piece and "](" not in piece and piece.count("{#") == 1]
    assert found
    return found[-1].partition("{#")[2].partition("}")[0], "## " + found[-1]
