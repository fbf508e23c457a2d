"""How long provenance and `verify` take, beside git and sha256sum in the same run: run with `make bench`.

The commits of each text are one pass over git's history. Those of each section are a second step, which reads every
version of every text, and which nothing but the site asks for.

The archive is generated: 3,000 editions and 20,000 commits, made with `git fast-import`. Prints medians and ratios,
since machines are noisy.
"""

from __future__ import annotations

import hashlib
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from medians import median_seconds

from plan_archive.record import git, verify
from plan_archive.record.entries import lines, opening, seals_after
from plan_archive.record.sections import text_histories

VERIFIER = Path(verify.__file__)
EDITIONS, COMMITS = 3_000, 20_000
BYTES = 60_000
"""In a text: the example's plan has 60 to 90 thousand."""
SECTIONS = 8
"""In each version of a text in the history; a commit changes one of them."""


def places() -> list[str]:
    """Where the editions lie: thirty to a plan."""
    return [f"archive/plan-{number // 30}/{1900 + number % 30}.md" for number in range(EDITIONS)]


def history(names: list[str]) -> Iterator[bytes]:
    """Commits in the form of fast-import: each edition is made once, then others touch one to three at a time."""
    chance = random.Random(1)  # noqa: S311
    changed: dict[str, list[int]] = {name: [0] * SECTIONS for name in names}
    for number in range(COMMITS):
        message = f"Change {number}"
        when = f"{1_100_000_000 + number * 3_600} +0000"
        yield f"commit refs/heads/main\ncommitter Tester <t@t.example> {when}\n".encode()
        yield f"data {len(message)}\n{message}\n".encode()
        for name in names if number == 0 else chance.sample(names, chance.randint(1, 3)):
            changed[name][chance.randrange(SECTIONS)] = number
            text = f"# {name}\n\n" + "".join(_section(place, last) for place, last in enumerate(changed[name]))
            yield f"M 100644 inline {name}\ndata {len(text)}\n{text}\n".encode()


def _section(place: int, last: int) -> str:
    words = "The council and its partners help every child to stay safe at home, at school and on the way. " * 3
    return f"## Section {place} {{#s{place}}}\n\n{words}\n\nAs of change {last}.\n\n"


def make(folder: Path) -> None:
    """A repository with a history, and in its working tree a sealed archive of whole texts."""
    names = places()
    subprocess.run(["git", "init", "--quiet", "--initial-branch=main"], cwd=folder, check=True)
    fed = b"".join(history(names))
    subprocess.run(["git", "fast-import", "--quiet"], cwd=folder, input=fed, check=True)
    subprocess.run(["git", "commit-graph", "write", "--reachable"], cwd=folder, check=True, capture_output=True)
    chance = random.Random(2)  # noqa: S311
    words = [f"word{number} " for number in range(2_000)]
    drafts = [opening("Bench Council", example=True)]
    for name in names:
        text = ("---\ntitle: x\n---\n\n" + "".join(chance.choices(words, k=BYTES // 8)))[:BYTES].encode()
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(text)
        digest = hashlib.sha256(text).hexdigest()
        _, plan, file = name.split("/")
        entry = {
            "event": "publish",
            "plan": plan,
            "edition": file.removesuffix(".md"),
            "version": 1,
            "on": "2006-04-01",
        }
        drafts.append({**entry, "sha256": digest, "files": {name: digest}, "attachments": {}})
    log = lines(b"", drafts, recorded=date(2026, 11, 23), who="Tester", why="A measurement.")
    (folder / verify.LOG).write_bytes(log)
    (folder / verify.SEALS).write_text(seals_after(log), encoding="utf-8", newline="\n")


def provenance(folder: Path) -> None:
    """Ask for the whole history, without what an earlier run kept."""
    git._history.cache_clear()
    head = git.head(folder)
    if head is None or len(git.history(folder, head.hash)) != EDITIONS:
        raise SystemExit("the history is not whole")


def sections(folder: Path) -> None:
    """Find the commits of every section of every text, once the history is known."""
    head = git.head(folder)
    found = text_histories(folder, head.hash) if head else {}
    if sum(len(text.sections) for text in found.values()) != EDITIONS * (SECTIONS + 1):
        raise SystemExit("the sections are not whole")


def bare(folder: Path) -> None:
    """What git alone needs for the same commits and names."""
    command = ["git", "log", "--name-only", "--format=%H %aI %an %s"]
    subprocess.run(command, cwd=folder, stdout=subprocess.PIPE, check=True)


def verified(folder: Path) -> None:
    """The program as anyone runs it, its start included."""
    done = subprocess.run([sys.executable, "-I", "-S", str(VERIFIER), str(folder)], capture_output=True, check=False)
    if done.returncode != 0:
        raise SystemExit(done.stdout.decode()[-2000:])


def summed(folder: Path) -> None:
    """`sha256sum` over the same files."""
    subprocess.run(["sha256sum", "--check", "--quiet", verify.SEALS], cwd=folder, check=True)


def beside(one: Callable[[], object], other: Callable[[], object]) -> tuple[float, float]:
    """The median times of two things that are done in turn, so that a busy machine slows both."""
    times: tuple[list[float], list[float]] = ([], [])
    for number in range(8):
        for work, taken in zip((one, other), times, strict=True):
            start = time.perf_counter()
            work()
            if number:  # the first run is not counted
                taken.append(time.perf_counter() - start)
    return statistics.median(times[0]), statistics.median(times[1])


def main() -> None:
    """Print the figures of one run."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make(folder)
        size = sum(file.stat().st_size for file in (folder / "archive").rglob("*") if file.is_file())
        print(f"{EDITIONS:,} editions of {size / 1e6:.0f} MB, {COMMITS:,} commits, {os.cpu_count()} processors")
        git_alone, ours = beside(lambda: bare(folder), lambda: provenance(folder))
        print(f"git log --name-only  {git_alone:6.2f} s")
        print(f"provenance           {ours:6.2f} s  {ours / git_alone:.2f} x git log --name-only")
        found = git.head(folder)
        versions = sum(map(len, git.history(folder, found.hash).values())) if found else 0
        parted = median_seconds(lambda: sections(folder))
        print(f"commits of sections  {parted:6.2f} s  more, for {versions:,} versions of {SECTIONS} sections")
        plain, mine = median_seconds(lambda: summed(folder)), median_seconds(lambda: verified(folder))
        print(f"sha256sum --check    {plain:6.2f} s  {size / plain / 1e6:,.0f} MB/s")
        print(f"verify               {mine:6.2f} s  {size / mine / 1e6:,.0f} MB/s  {plain / mine:.0%} of sha256sum")
        root = verify.verify(folder).root
        minuted = median_seconds(lambda: verify.verify(folder, root))
        print(f"verify --minuted     {minuted:6.2f} s")


if __name__ == "__main__":
    main()
