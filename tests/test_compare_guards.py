"""Texts made to be hard: the comparison stays right, says where it gave up, and never depends on chance."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from random import Random

import pytest

from archives import ROOT, environment
from compare.promises import Json, breaches, compared, marked, told_blocks
from plan_archive.intake.loose import loose_text
from plan_archive.model import Block, Section

SEED = 20_070_330
Words = list[str]


def text(*paragraphs: Words) -> tuple[Section, ...]:
    """A text without headings, made without the renderer."""
    blocks = [Block("heading", "", "", "", 1)]
    blocks += [Block("paragraph", f"-p{n}", " ".join(words), " ".join(words), n) for n, words in enumerate(paragraphs)]
    return (Section("", "", 1, (), "", 1, tuple(blocks), ""),)


def table(rows: Sequence[Words], *, keyed: bool) -> tuple[Section, ...]:
    """A text that is one table, its first column a Ref where it is keyed."""
    head = ["Ref" if keyed else "Place", "What", "Who", "Result"]
    blocks = [Block("heading", "", "", "", 1), Block("row", "-p0", "\t".join(head), "", 1, table=0, header=True)]
    blocks += [
        Block("row", f"-p{n}", "\t".join(row), "", n, ref=row[0] if keyed else None, table=0)
        for n, row in enumerate(rows, start=1)
    ]
    return (Section("", "", 1, (), "", 1, tuple(blocks), ""),)


def words(count: int, kind: str, rng: Random, different: int = 3_000) -> Words:
    """So many words from a vocabulary of their own."""
    return [f"{kind}{rng.randrange(different)}" for _ in range(count)]


def with_edits(given: Words, count: int, rng: Random) -> Words:
    """The words with some of them replaced, some taken out and some put in."""
    edited = list(given)
    for number in range(count):
        place = rng.randrange(len(edited))
        edited[place : place + (number % 3 != 0)] = ["fresh"] if number % 3 != 1 else []
    return edited


@pytest.fixture
def rng() -> Random:
    """A source of numbers that are the same in every run."""
    return Random(SEED)  # noqa: S311  no secret


def fallbacks(told: Json) -> int:
    """In how many blocks the comparison gave up."""
    return sum(block["fallback"] for block in told_blocks(told))


def test_unrelated_texts(rng: Random) -> None:
    """Two texts of 20,000 words with nothing in common: all goes, all comes."""
    sides = [text(*(words(100, kind, rng) for _ in range(200))) for kind in ("a", "b")]
    assert breaches(*sides) == []
    assert marked(compared(*sides)) == (20_000, 20_000)


def test_unrelated_texts_of_one_language(rng: Random) -> None:
    """Two texts that share their words but nothing that is said: both can be rebuilt."""
    assert breaches(*(text(*(words(100, "a", rng, 400) for _ in range(200))) for _ in range(2))) == []


@pytest.mark.parametrize("paragraphs", [1, 200])
def test_one_word_repeated(rng: Random, paragraphs: int) -> None:
    """One word 20,000 times with 50 small edits: few words are marked, however the text is cut up."""
    given = ["word"] * 20_000
    edited = with_edits(given, 50, rng)
    length = 20_000 // paragraphs
    old, new = (
        text(*(side[n * length : (n + 1) * length if n + 1 < paragraphs else None] for n in range(paragraphs)))
        for side in (given, edited)
    )
    told = compared(old, new)
    assert sum(marked(told)) <= 0.05 * (len(given) + len(edited))
    assert breaches(old, new, told) == []


def test_giving_up_is_told(rng: Random) -> None:
    """A paragraph too long and too uniform to be weighed is told as replaced, and that this was done."""
    given = ["word"] * 60_000
    old, new = text(given), text(with_edits(given, 50, rng))
    told = compared(old, new)
    assert fallbacks(told) == 1
    assert breaches(old, new, told) == []


@pytest.mark.parametrize("keyed", [True, False])
@pytest.mark.parametrize("share", [0.02, 1.0])
def test_long_table(rng: Random, keyed: bool, share: float) -> None:
    """In a table of 2,000 rows every row that has kept its first cell or most of its words is told as itself."""
    rows = [[f"R{n}", f"task {n} of {rng.randrange(900)}", f"team {rng.randrange(40)}", f"{n}.5"] for n in range(2_000)]
    touched = set(rng.sample(range(2_000), round(share * 2_000)))
    after = [[row[0], row[1], row[2], f"{n}.7"] if n in touched else row for n, row in enumerate(rows)]
    old, new = table(rows, keyed=keyed), table(after, keyed=keyed)
    told = compared(old, new)
    assert marked(told) == (len(touched), len(touched))
    assert told["summary"]["rows"] == {"changed": len(touched), "added": 0, "removed": 0, "moved": 0}
    assert breaches(old, new, told) == []


@pytest.mark.parametrize("keyed", [True, False])
def test_long_table_with_every_cell_changed(rng: Random, keyed: bool) -> None:
    """With every cell changed, a Ref still says which row is which; without one, no row is made up."""
    rows = [[f"R{n}" if keyed else f"a{n}", *words(3, "b", rng)] for n in range(2_000)]
    after = [[f"R{n}" if keyed else f"c{n}", *words(3, "d", rng)] for n in range(2_000)]
    told = compared(table(rows, keyed=keyed), table(after, keyed=keyed))
    due = {"changed": 2_000, "added": 0} if keyed else {"changed": 0, "added": 2_000}
    assert {name: told["summary"]["rows"][name] for name in due} == due
    assert breaches(table(rows, keyed=keyed), table(after, keyed=keyed)) == []


def test_long_table_with_first_cells_changed(rng: Random) -> None:
    """Rows that lost their name but kept the rest are known by the rest, in a table of any length."""
    rows = [[f"a{n}", f"task {n} of {rng.randrange(900)}", f"place x{n}", f"{n}.5"] for n in range(2_000)]
    after = [[f"c{n}", *row[1:]] for n, row in enumerate(rows)]
    told = compared(table(rows, keyed=False), table(after, keyed=False))
    assert told["summary"]["rows"] == {"changed": 2_000, "added": 0, "removed": 0, "moved": 0}
    assert marked(told) == (2_000, 2_000)


def test_long_text_without_headings(rng: Random) -> None:
    """A megabyte of paragraphs under no heading: twenty edited paragraphs are told, one moved one is not marked."""
    paragraphs = [words(80, "chapter", rng) for _ in range(1_200)]
    after = [list(words) for words in paragraphs]
    for place in range(0, 1_200, 60):
        after[place][40] = "fresh"
    after.insert(1_000, after.pop(10))
    old, new = text(*paragraphs), text(*after)
    assert sum(len(block.text) for block in old[0].blocks) > 1_000_000
    told = compared(old, new)
    assert marked(told) == (20, 20)
    assert [block["change"] for block in told_blocks(told)].count("moved") == 1
    assert breaches(old, new, told) == []


def test_paragraph_without_end(rng: Random) -> None:
    """One paragraph of 200,000 words with 60 edits: only these are marked, and nothing is given up."""
    given = words(200_000, "w", rng, 30_000)
    old, new = text(given), text(with_edits(given, 60, rng))
    told = compared(old, new)
    assert sum(marked(told)) <= 2 * 60
    assert fallbacks(told) == 0
    assert breaches(old, new, told) == []


def test_two_paragraphs_without_end(rng: Random) -> None:
    """Two unrelated paragraphs of 200,000 words are told whole: one went, one came."""
    old, new = text(words(200_000, "a", rng)), text(words(200_000, "b", rng))
    told = compared(old, new)
    kinds = [block["change"] for block in told_blocks(told) if block["kind"] == "paragraph"]
    assert sorted(kinds) == ["deleted", "inserted"]
    assert breaches(old, new, told) == []


_TELLER = """
import json, sys
from pathlib import Path
from plan_archive.compare import compare, to_json
from plan_archive.intake.loose import read_loose
old, new = (read_loose(Path(path)) for path in sys.argv[1:])
print(json.dumps(to_json(compare(old.sections, new.sections), "a", old.sha256, "b", new.sha256)))
"""


def test_same_bytes_in_every_process() -> None:
    """The order in which Python keeps its sets has no say in what is told."""
    paths = [str(ROOT / "archive" / "behaviour-support-plan" / f"{year}.md") for year in (2001, 2004)]
    said = {
        subprocess.run(
            [sys.executable, "-c", _TELLER, *paths],
            env=environment(PYTHONHASHSEED=seed),
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "77")
    }
    assert len(said) == 1
    assert json.loads(said.pop())["schema"] == "plan-archive/comparison/1"


_CAPPED = """
import resource
from plan_archive.compare import compare
from plan_archive.model import Block, Section
def text(words):
    blocks = (Block("heading", "", "", "", 1), Block("paragraph", "-p1", words, words, 2))
    return (Section("", "", 1, (), "", 1, blocks, ""),)
sides = [text(" ".join(f"{kind}{n * n % 7001}" for n in range(100_000))) for kind in ("w", "w")]
sides[1] = text(sides[1][0].blocks[1].text.replace("w17 ", "x "))
compare(*sides)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""


def test_memory_stays_small() -> None:
    """Two paragraphs of 100,000 words are compared within 400 MB, though a full comparison would need 1.2 GB."""
    ran = subprocess.run([sys.executable, "-c", _CAPPED], env=environment(), capture_output=True, text=True, check=True)
    assert int(ran.stdout) < 400


def test_empty_texts() -> None:
    """An empty file is a text: beside another it gives what came, beside itself nothing."""
    empty = loose_text("empty.md", {"empty.md": b""}, folder=False).sections
    full = loose_text("full.md", {"full.md": b"# Title\n\nA promise.\n"}, folder=False).sections
    assert marked(compared(empty, empty)) == (0, 0)
    assert marked(compared(empty, full)) == (0, 3)
    assert breaches(empty, full) == []


def plan(*chapters: Sequence[tuple[str, Words]]) -> tuple[Section, ...]:
    """A text of chapters, each with its sections: a title and the words of one paragraph."""
    parts = ["# Plan"]
    for number, sections in enumerate(chapters, start=1):
        parts.append(f"## Priority of place {number}\n\nThis priority has its own introduction, the one for {number}.")
        parts += [f"### {title}\n\n{' '.join(body)}" for title, body in sections]
    return loose_text("text.md", {"text.md": "\n\n".join(parts).encode()}, folder=False).sections


def moves(told: Json) -> list[str]:
    """The new titles of what is said to have moved."""
    return [section["new"][0]["title"] for section in told["sections"] if "moved" in section["change"]]


def test_one_long_section_passed_three_short_ones(rng: Random) -> None:
    """As few sections as possible are said to have moved, however long they are."""
    short = [(f"Short {n}", words(20, f"s{n}", rng)) for n in range(3)]
    long = ("Long", words(300, "l", rng))
    old, new = plan([*short, long]), plan([long, *short])
    assert moves(compared(old, new)) == moves(compared(new, old)) == ["Long"]
    assert breaches(old, new) == []


def test_sections_much_alike_stay_where_they_are(rng: Random) -> None:
    """Of sections with nearly the same text under every heading none is said to have moved for being edited."""
    body = words(120, "b", rng)
    old, new = (
        plan(*([("Local plan", with_edits(body, 12, rng)), (f"Own {n}", words(80, f"o{n}", own))] for n in range(4)))
        for own in (Random(SEED), Random(SEED))  # noqa: S311  no secret
    )
    told = compared(old, new)
    assert moves(told) == []
    assert not any({"added", "removed"} & set(section["change"]) for section in told["sections"])
    assert breaches(old, new) == []


def test_a_sentence_that_stands_everywhere_makes_no_split(rng: Random) -> None:
    """A new section that holds one sentence of many others was not split off one of them."""
    usual = ["Progress", *words(12, "usual", rng)]
    first, second = ([(f"Own {n}", [*words(90, f"o{n}", rng), *usual]) for n in part] for part in ((0, 1), (2, 3)))
    old, new = plan(first, second), plan(first, [*second, ("Who", usual)])
    told = compared(old, new)
    assert [section["change"] for section in told["sections"] if section["change"]] == [["added"]]
    assert breaches(old, new) == []
