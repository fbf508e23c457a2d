"""The generated cases: the same for the same seed, and true to what their texts say."""

from __future__ import annotations

import itertools
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from compare.generator import LEVELS, Case, Side, make
from compare.score import mirrored, score
from plan_archive.intake.blocks import Chapter
from plan_archive.intake.sections import read_sections
from plan_archive.intake.text import checked_html

Cells = list[list[tuple[str, bool]]]
TESTS = Path(__file__).resolve().parents[1]
TABLES = yaml.safe_load((TESTS / "cases/compare/tables.yml").read_text(encoding="utf-8"))["cases"]
COUNTS = {"light": 130, "medium": 430, "heavy": 1200, "rewrite": 1215}
MOVES = {"light": 3, "medium": 6, "heavy": 10, "rewrite": 15}


@pytest.fixture(scope="module", params=list(LEVELS))
def case(request: pytest.FixtureRequest) -> tuple[str, Case]:
    """A level and a case of it; one of the levels has ids, one has numbers."""
    return request.param, make(7, request.param, ids=request.param == "heavy", numbered=request.param == "medium")


def _read(text: str) -> list[tuple[str, list[tuple[str, list[list[str]]]]]]:
    """What the archive's own intake makes of a text: ids of sections, with their blocks' kinds and words by cells."""
    html, lines, problems = checked_html(text, "plan.md", 1, lambda _: iter(()))
    assert problems == []
    title = text.split("\n", 1)[0].removeprefix("# ")
    sections = read_sections([Chapter("plan.md", "", html or "", lines)], title)
    return [
        (section.id, [(block.kind, [cell.split() for cell in block.text.split("\t")]) for block in section.blocks])
        for section in sections
    ]


def test_the_texts_hold_what_the_truth_says(case: tuple[str, Case]) -> None:
    """Intake reads the sections, ids, blocks, cells and words of both texts that the truth names."""
    made = case[1]
    for text, side in ((made.old_md, made.truth.old), (made.new_md, made.truth.new)):
        told: list[tuple[str, list[tuple[str, list[list[str]]]]]] = [(name, []) for name in side.ids]
        for section, kind, cells in zip(side.sections, side.block_kinds, side.cells, strict=True):
            told[section][1].append((kind, [list(cell) for cell in cells]))
        assert _read(text) == told


def test_the_labels_leave_the_same_words_at_both_sides(case: tuple[str, Case]) -> None:
    """Without what was deleted and inserted, each group of paired sections holds the same words at both sides."""
    truth = case[1].truth
    groups = {place: number for number, group in enumerate(_groups(truth.pairs)) for place in group}
    for labels in ("changed", "planned"):
        kept: dict[str, Counter[tuple[int, str]]] = {}
        for name in ("old", "new"):
            side = getattr(truth, name)
            where = [section for section, block in zip(side.sections, side.blocks, strict=True) for _ in block]
            marked = zip(where, side.words, getattr(side, labels), strict=True)
            kept[name] = Counter((groups[name, section], word) for section, word, gone in marked if not gone)
        assert kept["old"] == kept["new"]


def _groups(pairs: frozenset[tuple[int, int]]) -> Iterator[set[tuple[str, int]]]:
    """Sections that belong together, each as its side and place."""
    for _, group in itertools.groupby(sorted(pairs), key=lambda pair: pair[0]):
        old_and_new = list(group)
        olds = {old for old, new in pairs if new in {n for _, n in old_and_new}}
        if min(olds) == old_and_new[0][0]:
            yield {("old", old) for old in olds} | {("new", new) for _, new in old_and_new}


def test_a_perfect_comparison_gets_every_point(case: tuple[str, Case]) -> None:
    """A comparison written from the truth itself scores 1 throughout, cuts nothing and mirrors itself."""
    truth = case[1].truth
    perfect = _perfect(case[1])
    found = score(perfect, truth)
    assert (found.precision, found.recall, found.pairs_f1, found.kinds_f1, found.moves_recall) == (1, 1, 1, 1, 1)
    assert (found.kinds_missed, found.kinds_false, found.false_moves, found.cut) == ((), (), 0, 0)
    assert (found.words.f1, found.words.still_f1, found.words.ratio) == (1, 1, 1)
    assert (found.cells, found.exact) == (found.cells_due, True)
    assert (mirrored(perfect, _swapped(perfect)), mirrored(perfect, perfect)) == (True, False)


def test_faults_of_a_comparison_are_found(case: tuple[str, Case]) -> None:
    """A cut word, a lost word and a figure in the wrong cell each cost what they should."""
    truth = case[1].truth
    change = truth.cells[0]
    cut, lost, shifted = (_perfect(case[1]) for _ in range(3))
    title = _block(cut, "old_index", 0)
    (mark, word), *others = title["ops"]
    title["ops"] = [[mark, word[:1]], [mark, word[1:]], *others]
    _block(lost, "old_index", 0)["ops"] = [["=", "Plan"]]
    row = _block(shifted, "old_index", change.old_block)
    row["ops"] = [[mark, text.replace("\n", " ", 1)] for mark, text in row["ops"]]
    assert score(cut, truth).cut >= 1
    assert score(lost, truth).exact is False
    assert score(shifted, truth).cells < len(truth.cells)


def _block(comparison: dict[str, Any], index: str, place: int) -> dict[str, Any]:
    blocks = (block for entry in comparison["sections"] for block in entry["blocks"])
    return next(block for block in blocks if block[index] == place)


def _swapped(comparison: dict[str, Any]) -> dict[str, Any]:
    """The same comparison from the other side."""
    names = {"added": "removed", "split": "merged", "inserted": "deleted", "-": "+"}
    names |= {value: key for key, value in names.items()}
    return {
        "sections": [
            {
                "change": [names.get(kind, kind) for kind in entry["change"]],
                "old": entry["new"],
                "new": entry["old"],
                "blocks": [
                    {
                        **block,
                        "change": names.get(block["change"], block["change"]),
                        "old_index": block["new_index"],
                        "new_index": block["old_index"],
                        "ops": [[names.get(mark, mark), text] for mark, text in block["ops"]],
                    }
                    for block in entry["blocks"]
                ],
            }
            for entry in comparison["sections"]
        ]
    }


def _perfect(made: Case) -> dict[str, Any]:
    """The truth as the comparison's JSON."""
    truth = made.truth
    entries: dict[tuple[tuple[int, ...], tuple[int, ...]], set[str]] = {}
    for group in _groups(truth.pairs):
        old = tuple(sorted(place for side, place in group if side == "old"))
        new = tuple(sorted(place for side, place in group if side == "new"))
        entries[old, new] = {kind for was, now, kind in truth.kinds if was in old and now in new}
    for was, now, kind in truth.kinds:
        if was is None or now is None:
            entries[() if was is None else (was,), () if now is None else (now,)] = {kind}
    to_new = dict(truth.blocks)
    taken = set(to_new.values())
    old_cells, new_cells = _labelled(truth.old), _labelled(truth.new)
    sections = []
    for (old, new), kinds in sorted(entries.items()):
        paired = [(was, to_new.get(was)) for was, section in enumerate(truth.old.sections) if section in old]
        paired += [(None, now) for now, section in enumerate(truth.new.sections) if section in new and now not in taken]
        sections.append(
            {
                "change": sorted(kinds),
                "old": [{"id": truth.old.ids[place]} for place in old],
                "new": [{"id": truth.new.ids[place]} for place in new],
                "blocks": [_told(old_cells, new_cells, was, now) for was, now in paired],
            }
        )
    return {"sections": sections}


def _labelled(side: Side) -> list[Cells]:
    labels = iter(side.changed)
    return [[[(word, next(labels)) for word in cell] for cell in block] for block in side.cells]


def _told(old: list[Cells], new: list[Cells], was: int | None, now: int | None) -> dict[str, Any]:
    """One block as the comparison's JSON, with ops cell by cell."""
    sides = ([] if was is None else old[was], [] if now is None else new[now])
    ops: list[list[str]] = []
    for column, (gone, arrived) in enumerate(itertools.zip_longest(*sides, fillvalue=[])):
        mark = "=" if was is not None and now is not None else "-" if now is None else "+"
        ops += [[mark, "\n"]] if column else []
        come = list(arrived)
        for word, deleted in gone:
            while not deleted and come and come[0][1]:
                ops.append(["+", come.pop(0)[0]])
            ops.append(["-" if deleted else "=", word])
            if not deleted:
                assert come.pop(0)[0] == word
        ops += [["+", word] for word, _ in come]
    change = {(True, False): "deleted", (False, True): "inserted"}.get((was is not None, now is not None), "changed")
    return {"kind": "other", "change": change, "fallback": False, "old_index": was, "new_index": now, "ops": ops}


def test_as_much_is_edited_as_the_level_says(case: tuple[str, Case]) -> None:
    """Sixty sections of about twenty thousand words, with the level's number of edits and moves."""
    level, made = case
    truth = made.truth
    renumbered = truth.edits.count("heading renumbered")
    assert len(truth.edits) - renumbered == COUNTS[level]
    assert (len(truth.old.ids), sum(kind == "moved" for _, _, kind in truth.kinds)) == (60, MOVES[level])
    assert 18_000 <= len(truth.old.words) <= 23_000
    assert len(set(truth.old.words)) > 3_500
    if level == "rewrite":
        assert sum(kind == "retitled" for _, _, kind in truth.kinds) == 36
        assert 0.28 <= sum(truth.old.changed) / len(truth.old.words) <= 0.40


def test_the_same_seed_makes_the_same_case() -> None:
    """A case depends on its seed and level and on nothing else, hash seeds included."""
    code = "import hashlib; from compare.generator import make; c = make(4, 'medium'); "
    code += "told = c.old_md + c.new_md + repr((c.truth.old, c.truth.new, c.truth.cells, sorted(c.truth.pairs))); "
    code += "print(hashlib.sha256(told.encode()).hexdigest())"
    told = set()
    for seed in ("1", "2"):
        env = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(TESTS)}
        ran = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True)
        told.add(ran.stdout)
    assert len(told) == 1


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table["name"])
def test_the_ideal_of_a_table_case_turns_one_text_into_the_other(table: dict[str, str]) -> None:
    """The words of the old text without the deleted and with the inserted ones are those of the new text."""
    old, new, deleted, inserted = (_words(table[key]) for key in ("before", "after", "deleted", "inserted"))
    assert deleted <= old
    assert old - deleted + inserted == new


def _words(text: str) -> Counter[str]:
    marks = {"|", "---", "-", "#", "##", "###"}
    return Counter(word for word in text.split() if word not in marks)
