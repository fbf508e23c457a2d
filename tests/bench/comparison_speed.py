"""How fast a comparison is: parsed texts in, comparison out, beside other engines in the same run (`make bench`).

Prints medians and ratios, since machines are noisy; then the growth with length, and the cases that are worst for an
engine that compares all with all.
"""

from __future__ import annotations

import gc
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from random import Random

import lxml.html.diff
import markdown

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))

from compare.generator import make  # noqa: E402  found only now
from plan_archive.compare import compare  # noqa: E402
from plan_archive.intake.loose import LooseText, loose_text  # noqa: E402

RUNS = 3


def median_seconds(work: Callable[[], object]) -> float:
    """The median time of some runs, after one that is not counted."""
    work()
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def parsed(text: str) -> LooseText:
    """A text as the engine takes it."""
    return loose_text("text.md", {"text.md": text.encode()}, folder=False)


def git_words(old: str, new: str, folder: Path) -> Callable[[], object]:
    """Git's word diff of two texts."""
    (folder / "old.md").write_text(old, encoding="utf-8")
    (folder / "new.md").write_text(new, encoding="utf-8")
    command = ["git", "diff", "--no-index", "--word-diff=porcelain", "old.md", "new.md"]
    return lambda: subprocess.run(command, cwd=folder, capture_output=True, check=False)


def beside_others(name: str, old: str, new: str, folder: Path) -> None:
    """One line: this engine, lxml's and git's, and the ratios."""
    before, after = parsed(old), parsed(new)
    pages = [
        markdown.markdown(text, extensions=["tables", "footnotes", "def_list", "attr_list"]) for text in (old, new)
    ]
    ours = median_seconds(lambda: compare(before.sections, after.sections))
    theirs = median_seconds(lambda: lxml.html.diff.htmldiff(*pages))
    git = median_seconds(git_words(old, new, folder))
    ratios = f"{ours / theirs:5.2f} x lxml  {ours / git:5.1f} x git"
    print(f"{name:26} {ours:7.3f} s  lxml {theirs:7.3f} s  git {git:6.3f} s  {ratios}")


def growth() -> None:
    """The time for texts of 20,000 to 100,000 words with the same share of edits, beside a straight line."""
    cases = [make(seed, "medium") for seed in range(1, 6)]
    gc.collect()
    gc.freeze()  # the generator's own objects are not the engine's to look after
    first = 0.0
    for count in (1, 2, 4, 5):
        old = "\n\n".join(_named(case.old_md, n) for n, case in enumerate(cases[:count]))
        new = "\n\n".join(_named(case.new_md, n) for n, case in enumerate(cases[:count]))
        before, after = parsed(old), parsed(new)
        words = sum(len(block.text.split()) for section in before.sections for block in section.blocks)
        seconds = median_seconds(partial(compare, before.sections, after.sections))
        first = first or seconds / words
        print(f"{words:8,} words {seconds:7.3f} s  {seconds / words / first:5.2f} x a straight line")


def _named(text: str, number: int) -> str:
    """A text whose title is a chapter's, so that several make one."""
    return text.replace("# ", f"# Part {number} ", 1) if text.startswith("# ") else text


def worst_cases() -> None:
    """What would take all-against-all engines minutes."""
    random = Random(1)  # noqa: S311  no secret
    words = [f"w{number}" for number in range(4000)]

    def prose(count: int, paragraph: int) -> str:
        runs = (" ".join(random.choices(words, k=paragraph)) for _ in range(count // paragraph))
        return "# T\n\n" + "\n\n".join(runs)

    def edited(text: str, times: int) -> str:
        parts = text.split(" ")
        for _ in range(times):
            parts[random.randrange(5, len(parts))] = "other"
        return " ".join(parts)

    same = "# T\n\n" + "word " * 20_000
    rows = "# T\n\n| Name | A | B |\n|---|---|---|\n" + "\n".join(
        f"| row {n} | {n * 3} | {n * 7} |" for n in range(2000)
    )
    megabyte, paragraph = prose(170_000, 80), prose(200_000, 200_000)
    cases = {
        "unrelated, 20,000 words": (prose(20_000, 60), prose(20_000, 60)),
        "one word 20,000 times": (same, edited(same, 50)),
        "2,000 rows": (rows, rows.replace("| 3", "| 4")),
        "1 MB without headings": (megabyte, edited(megabyte, 500)),
        "a paragraph of 200,000": (paragraph, edited(paragraph, 300)),
        "the same, unrelated": (paragraph, prose(200_000, 200_000)),
    }
    for name, (old, new) in cases.items():
        before, after = parsed(old), parsed(new)
        start = time.perf_counter()
        compare(before.sections, after.sections)
        print(f"{name:26} {time.perf_counter() - start:7.3f} s")


def main() -> None:
    """Print every table."""
    with tempfile.TemporaryDirectory() as folder:
        case = make(1, "medium")
        beside_others("generated, 20,000 words", case.old_md, case.new_md, Path(folder))
        old, new = (ROOT / path for path in ("archive/cypp/2006.md", "plans/cypp/2007.md"))
        beside_others("CYPP 2006 to 2007", old.read_text("utf-8"), new.read_text("utf-8"), Path(folder))
    growth()
    worst_cases()


if __name__ == "__main__":
    main()
