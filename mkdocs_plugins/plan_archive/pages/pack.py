"""An auditor's pack: the editions of one plan with everything that is needed to check them, on any computer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from ..language import say_day
from ..model import Edition, Library, Plan
from ..record import Record, verifier
from .catalogue import EXAMPLE_NOTICE
from .cells import csv_text
from .changes import change_files
from .compared_alone import as_html
from .log import log_files
from .nouns import SiteFile
from .pairs import Pair, compared
from .traced import traced_files
from .ways import Tracing

TARGETS = ("old", "new", "ref", "field", "year", "old_value", "new_value", "better", "change", "reason")
_COMMON = ("data/coverage.json", "data/coverage.csv", "data/where.json", "data/provenance.json", "data/log.json")


def chosen(plan: Plan, first: str, last: str) -> tuple[Edition, ...]:
    """The editions from one to another, both included; () where one is not there or they stand the wrong way."""
    ids = [edition.id for edition in plan.editions]
    start, end = first or (ids[0] if ids else ""), last or (ids[-1] if ids else "")
    if start not in ids or end not in ids:
        return ()
    return plan.editions[ids.index(start) : ids.index(end) + 1]


def pack_files(
    library: Library, record: Record, tracing: Tracing, plan: Plan, editions: Sequence[Edition]
) -> Iterator[SiteFile]:
    """Every file that is made for the pack; the archive's own files are put beside them as they are."""
    pairs = [
        compared(plan, old, new, neighbours=editions.index(new) == editions.index(old) + 1)
        for old, new in combinations(editions, 2)
    ]
    yield SiteFile("README.txt", readme(library, record, plan, editions).encode())
    yield SiteFile("verify.py", verifier())
    for pair in pairs:
        yield SiteFile(f"comparisons/{pair.old.id}-to-{pair.new.id}.html", alone(pair).encode())
    yield SiteFile("data/targets.csv", csv_text(library, TARGETS, _targets(pairs)).encode())
    here = f"data/plans/{plan.id}/"
    for file in (*change_files(library, pairs), *traced_files(library, tracing), *log_files(library, record)):
        if file.address in _COMMON or file.address.startswith(here):
            yield file


def alone(pair: Pair) -> str:
    """A comparison as one HTML file that needs nothing beside it."""
    old, new = pair.old, pair.new
    titles = (old.title, new.title)
    return as_html(pair.comparison, old.text.sections, new.text.sections, pair.told, titles)


def _targets(pairs: Sequence[Pair]) -> Iterator[tuple[str, ...]]:
    """Every change of a target, a baseline or a result, from each edition to the next."""
    for pair in pairs:
        for measure in pair.comparison.measures if pair.neighbours else ():
            told = (measure.ref, measure.field, measure.year, measure.old, measure.new, measure.better, measure.change)
            yield (pair.old.id, pair.new.id, *(value or "" for value in told), measure.reason or "")


def readme(library: Library, record: Record, plan: Plan, editions: Sequence[Edition]) -> str:
    """What is in the pack, how to check it, and what a check does not prove."""
    names = ", ".join(edition.id for edition in editions)
    commit = f"Made from commit {record.commit.hash}." if record.commit else "Made without git: no commit is known."
    root = (
        f"Archive root: {record.root}" if record.log else "The archive has no publication log yet: nothing is sealed."
    )
    lines = [
        *([EXAMPLE_NOTICE, ""] if library.authority.example else []),
        f"{plan.facts.title}: editions {names}",
        f"{library.authority.name}. The archive speaks for {say_day(library.as_at)}. {commit}",
        root,
        "",
        "plans/, archive/     the texts with their attachments, plan.yml, the publication log and the seals",
        "comparisons/         what changed between any two of these editions; each file opens by itself",
        "data/                every change, every change of a target, destinations, coverage, log and commits",
        "manifest.json        the SHA-256 of every file of this pack",
        "verify.py            a program that checks all this; it needs Python 3.10 or later and nothing else",
        "",
        "To check the pack, run in this folder:   python3 verify.py",
        "With a root from the minutes:            python3 verify.py --minuted HASH",
        "It says intact (exit code 0), altered (3) or incomplete (4).",
        "",
        "It detects a change. It does not prevent one. Whoever made the pack could have made another that fits",
        "together: compare the archive root above with one that was kept elsewhere, such as in minutes.",
        "The log and the seals are those of the whole archive. Sealed files of other plans are not in the pack.",
    ]
    return "\n".join(lines) + "\n"
