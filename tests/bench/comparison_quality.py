"""How good comparisons of generated plans are, beside other engines in the same run.

Run `python tests/bench/comparison_quality.py`. It prints, for each level of editing, means and worst figures
over some seeds. `--engine module:function` judges another engine: a function of the paths of two Markdown files that
gives the comparison as JSON data.
"""

from __future__ import annotations

import argparse
import difflib
import importlib
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import lxml.html
import lxml.html.diff
import markdown
from rapidfuzz.distance import Indel

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from compare.drawn_words import DrawnFigures, drawn_figures
from compare.generator import LEVELS, Case, make
from compare.labels import Script, WordFigures, fitted, from_opcodes, judge, of_script, rebuilds
from compare.score import Score, mirrored, score

Engine = Callable[[Path, Path], dict[str, Any]]
_MARKUP = {"#", "##", "###", "|", "-", "---"}
_BREAKING = {"p", "li", "td", "th", "tr", "h1", "h2", "h3", "h4", "ul", "ol", "table"}


def real_engine() -> Engine:
    """The engine of this project."""
    compare = importlib.import_module("plan_archive.compare")
    loose = importlib.import_module("plan_archive.intake.loose")

    def engine(old: Path, new: Path) -> dict[str, Any]:
        before, after = loose.read_loose(old), loose.read_loose(new)
        comparison = compare.compare(before.sections, after.sections)
        found: dict[str, Any] = compare.to_json(comparison, old.name, before.sha256, new.name, after.sha256)
        return found

    return engine


def by_difflib(case: Case, _folder: Path) -> Script:
    """difflib as it comes, on words."""
    old, new = case.truth.old.words, case.truth.new.words
    return list(from_opcodes(difflib.SequenceMatcher(None, old, new).get_opcodes(), old, new))


def by_lcs(case: Case, _folder: Path) -> Script:
    """The longest common subsequence of the words of the whole texts."""
    old, new = case.truth.old.words, case.truth.new.words
    codes = ((c.tag, c.src_start, c.src_end, c.dest_start, c.dest_end) for c in Indel.opcodes(old, new))
    return list(from_opcodes(codes, old, new))


def by_git(_case: Case, folder: Path) -> Script:
    """git's own comparison by words, of the Markdown; its marks alone are left out."""
    command = ["git", "diff", "--no-index", "--no-color", "--word-diff=porcelain", "-U1000000", "old.md", "new.md"]
    ran = subprocess.run(command, cwd=folder, capture_output=True, check=False)  # 1 says that the files differ
    lines = ran.stdout.decode().split("\n")
    body = lines[next(n for n, line in enumerate(lines) if line.startswith("@@")) + 1 :]
    marks = {" ": "=", "-": "-", "+": "+"}
    return [
        (marks[line[0]], word)
        for line in body
        if line and line[0] in marks
        for word in line[1:].split()
        if word not in _MARKUP and not word.startswith("{#")
    ]


def by_lxml(case: Case, _folder: Path) -> Script:
    """lxml.html.diff on the rendered texts: a word is deleted or inserted if it stands in `<del>` or `<ins>`."""
    sides = [markdown.markdown(text, extensions=["tables", "attr_list"]) for text in (case.old_md, case.new_md)]
    root = lxml.html.fragment_fromstring(lxml.html.diff.htmldiff(*sides), create_parent="div")
    return [(mark, word) for mark, text in _marked(root, "=") for word in text.split()]


def _marked(element: Any, mark: str) -> Iterator[tuple[str, str]]:
    """Text in reading order with the mark it stands under; whatever is not broken by a block is one stretch."""
    stretches: list[tuple[str, list[str]]] = []

    def add(kind: str, text: str | None) -> None:
        if not stretches or stretches[-1][0] != kind:
            stretches.append((kind, []))
        stretches[-1][1].append(text or "")

    def walk(node: Any, kind: str) -> None:
        inner = {"ins": "+", "del": "-"}.get(node.tag, kind)
        space = " " if node.tag in _BREAKING else ""
        add(inner, space + (node.text or ""))
        for child in node:
            walk(child, inner)
            add(inner, child.tail)
        add(inner, space)

    walk(element, mark)
    return ((kind, "".join(texts)) for kind, texts in stretches)


OTHERS: dict[str, Callable[[Case, Path], Script]] = {
    "plain LCS (rapidfuzz)": by_lcs,
    "difflib": by_difflib,
    "git --word-diff": by_git,
    "lxml.html.diff": by_lxml,
}


@dataclass(frozen=True)
class Outcome:
    """What one engine did with one case."""

    words: WordFigures
    exact: bool
    seconds: float
    score: Score | None = None
    symmetric: bool | None = None
    drawn: DrawnFigures | None = None


def run_other(work: Callable[[Case, Path], Script], case: Case, folder: Path) -> Outcome:
    """Judge an engine that knows words only."""
    start = time.perf_counter()
    script = work(case, folder)
    seconds = time.perf_counter() - start
    truth = case.truth
    exact = rebuilds(script, truth)
    old, new = of_script(script)
    if not exact:
        old = fitted(((word, mark == "-") for mark, word in script if mark != "+"), truth.old.words)
        new = fitted(((word, mark == "+") for mark, word in script if mark != "-"), truth.new.words)
    return Outcome(judge(script, old, new, truth), exact, seconds)


def run_engine(engine: Engine, case: Case, folder: Path) -> Outcome:
    """Judge an engine that gives the contract's JSON, both ways."""
    start = time.perf_counter()
    there = engine(folder / "old.md", folder / "new.md")
    seconds = time.perf_counter() - start
    back = engine(folder / "new.md", folder / "old.md")
    found = score(there, case.truth)
    figures = drawn_figures(there, case.truth)
    return Outcome(found.words, found.exact, seconds, found, mirrored(there, back), figures)


def word_row(name: str, outcomes: list[Outcome], git: float) -> str:
    """One line of the table of words."""
    f1, planned, still = ([getattr(o.words, n) for o in outcomes] for n in ("f1", "planned_f1", "still_f1"))
    ratio, fragments, islands = (
        statistics.mean(getattr(o.words, figure) for o in outcomes) for figure in ("ratio", "fragments", "islands")
    )
    times = statistics.mean(o.seconds for o in outcomes) / git
    exact = f"{sum(o.exact for o in outcomes)}/{len(outcomes)}"
    return (
        f"| {name:<22}| {statistics.mean(f1):.3f} | {min(f1):.3f} | {statistics.mean(planned):.3f} "
        f"| {statistics.mean(still):.3f} | {min(still):.3f} "
        f"| {ratio:6.2f} | {fragments:5.2f} | {islands:6.0f} | {exact:>5} | {times:6.1f} |"
    )


def print_sections(scores: list[Score], symmetric: list[bool | None]) -> None:
    """The lines about sections, cells and promises."""

    def figures(name: str) -> str:
        values = [getattr(s, name) for s in scores]
        return f"{statistics.mean(values):.3f} (min {min(values):.3f})"

    print(f"section pairs  precision {figures('precision')}  recall {figures('recall')}  F1 {figures('pairs_f1')}")
    print(f"kinds          F1 {figures('kinds_f1')}")
    print(f"moves          false {sum(s.false_moves for s in scores)}  recall {figures('moves_recall')}")
    cells = f"{sum(s.cells for s in scores)}/{sum(s.cells_due for s in scores)}"
    print(f"figures shown in their own cell {cells}  words cut {sum(s.cut for s in scores)}", end="  ")
    print(f"swapping sides swaps the result {sum(bool(s) for s in symmetric)}/{len(symmetric)}")


def print_drawn(own: list[Outcome], plain: list[Outcome]) -> None:
    """The lines about what a reader sees; `plain` is the longest common subsequence in the same run."""
    drawn = [o.drawn for o in own if o.drawn]

    def mean(name: str) -> float:
        return statistics.mean(getattr(figures, name) for figures in drawn)

    of_lcs = statistics.mean(o.words.islands for o in plain)
    print(f"drawn          fragments an edit {mean('edits'):.3f} (the plan itself {mean('planned'):.3f})", end="  ")
    print(f"of the plan's {mean('edits') / mean('planned'):.3f}")
    shares = (f"{name} {mean(figure) / of_lcs:.2f}" for name, figure in _ISLANDS.items())
    print(f"islands        of a plain LCS's: {'  '.join(shares)}")


_ISLANDS = {"all": "islands", "in the plan itself": "planned_islands", "not in the plan": "stray"}


def bench(level: str, seeds: range, engine: Engine | None, *, ids: bool, verbose: bool) -> None:
    """Print the figures of one level."""
    outcomes: dict[str, list[Outcome]] = {}
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        for seed in seeds:
            case = make(seed, level, ids=ids)
            (folder / "old.md").write_text(case.old_md, encoding="utf-8")
            (folder / "new.md").write_text(case.new_md, encoding="utf-8")
            if engine:
                outcomes.setdefault("this engine", []).append(run_engine(engine, case, folder))
                if verbose:
                    found = outcomes["this engine"][-1].score
                    print(f"seed {seed}: missed {found and found.kinds_missed}\n  false {found and found.kinds_false}")
            for name, work in OTHERS.items():
                outcomes.setdefault(name, []).append(run_other(work, case, folder))
    print(f"\n{level}, {len(seeds)} seeds")
    print(
        "| engine                | F1    | min   | plan  | still | min   | marked | frag. | islands| exact | x git  |"
    )
    git = statistics.mean(o.seconds for o in outcomes["git --word-diff"])
    for name, found in outcomes.items():
        print(word_row(name, found, git))
    if engine:
        own = outcomes["this engine"]
        print_sections([o.score for o in own if o.score], [o.symmetric for o in own])
        print_drawn(own, outcomes["plain LCS (rapidfuzz)"])


def main() -> None:
    """Read the arguments and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("--seeds", type=int, default=3, help="how many generated cases a level")
    parser.add_argument("--first", type=int, default=1, help="the first seed")
    parser.add_argument("--level", choices=LEVELS, action="append", help="only this level; may be given again")
    parser.add_argument("--engine", help="module:function of another engine; `none` for the others alone")
    parser.add_argument("--ids", action="store_true", help="give every section an explicit id")
    parser.add_argument("--verbose", action="store_true", help="list the kinds of change that were missed or false")
    given = parser.parse_args()
    if given.engine == "none":
        engine = None
    elif given.engine:
        module, _, name = given.engine.partition(":")
        engine = getattr(importlib.import_module(module), name)
    else:
        engine = real_engine()
    for level in given.level or LEVELS:
        bench(level, range(given.first, given.first + given.seeds), engine, ids=given.ids, verbose=given.verbose)


if __name__ == "__main__":
    main()
