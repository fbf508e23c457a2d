"""How fast a comparison is: parsed texts in, comparison out, beside other engines in the same run (`make bench`).

Prints medians and ratios, since machines are noisy; then the growth with length, and the cases that are worst for an
engine that compares all with all.
"""

from __future__ import annotations

import gc
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from random import Random

import lxml.html.diff
import markdown

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))

from compare.generator import make  # noqa: E402  found only now
from compare.growth import SECTIONS  # noqa: E402
from plan_archive.compare import compare  # noqa: E402
from plan_archive.intake.loose import LooseText, loose_text  # noqa: E402

RUNS = 7


@dataclass(frozen=True)
class Took:
    """Seconds by the clock, and of the processor, which a busy machine does not lengthen as much."""

    wall: float
    cpu: float


def took(work: Callable[[], object]) -> Took:
    """The medians of some runs, after one that is not counted; the processor's time of a program started counts too."""
    work()
    walls, cpus = [], []
    for _ in range(RUNS):
        start, busy = time.perf_counter(), _busy()
        work()
        walls.append(time.perf_counter() - start)
        cpus.append(_busy() - busy)
    return Took(statistics.median(walls), statistics.median(cpus))


def _busy() -> float:
    programs = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + programs.ru_utime + programs.ru_stime


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
    ours = took(lambda: compare(before.sections, after.sections))
    theirs = took(lambda: lxml.html.diff.htmldiff(*pages))
    git = took(git_words(old, new, folder))
    for what in ("wall", "cpu"):
        own, of_lxml, of_git = (getattr(time, what) for time in (ours, theirs, git))
        ratios = f"{own / of_lxml:5.2f} x lxml  {own / of_git:5.1f} x git"
        print(f"{name:26} {what:4} {own:7.3f} s  lxml {of_lxml:7.3f} s  git {of_git:6.3f} s  {ratios}")


def growth() -> None:
    """The time for texts of 5,000 to 100,000 words with the same share of edits, beside a straight line."""
    cases = [make(seed, "medium") for seed in range(1, 6)]
    short = make(1, "medium", sections=SECTIONS // 4)
    gc.collect()
    gc.freeze()  # the generator's own objects are not the engine's to look after
    first = 0.0
    for some in ([short], *(cases[:count] for count in (1, 2, 4, 5))):
        old = "\n\n".join(_named(case.old_md, n) for n, case in enumerate(some))
        new = "\n\n".join(_named(case.new_md, n) for n, case in enumerate(some))
        before, after = parsed(old), parsed(new)
        words = sum(len(block.text.split()) for section in before.sections for block in section.blocks)
        spent = took(partial(compare, before.sections, after.sections))
        first = first or spent.cpu / words
        line = f"{spent.cpu / words / first:5.2f} x a straight line"
        print(f"{words:8,} words {spent.wall:7.3f} s  cpu {spent.cpu:7.3f} s  {line}")


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
        memory = _memory(before, after)
        start, busy = time.perf_counter(), time.process_time()
        compare(before.sections, after.sections)
        wall, cpu = time.perf_counter() - start, time.process_time() - busy
        print(f"{name:26} {wall:7.3f} s  cpu {cpu:7.3f} s  {memory:5.0f} MB")


def _memory(before: LooseText, after: LooseText) -> float:
    """How much a comparison adds to the memory of a process that has done nothing else, at most."""
    reader, writer = os.pipe()
    child = os.fork()
    if not child:
        base = _peak()
        compare(before.sections, after.sections)
        os.write(writer, str(_peak() - base).encode())
        os._exit(0)
    os.waitpid(child, 0)
    told = os.read(reader, 32)
    os.close(reader)
    os.close(writer)
    return float(told)


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Print every table."""
    with tempfile.TemporaryDirectory() as folder:
        case = make(1, "medium")
        beside_others("generated, 20,000 words", case.old_md, case.new_md, Path(folder))
        old, new = (ROOT / path for path in ("archive/cypp/2006.md", "archive/cypp/2007.md"))
        beside_others("CYPP 2006 to 2007", old.read_text("utf-8"), new.read_text("utf-8"), Path(folder))
    growth()
    worst_cases()


if __name__ == "__main__":
    main()
