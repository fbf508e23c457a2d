"""An auditor's pack: the editions of one plan with everything that is needed to check them, on any computer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from ..compare.telling import measure_names
from ..language import say_day, tr
from ..model import Edition, Library, Plan
from ..record import Record, verifier
from ..schemas.tables import TABLES
from .catalogue import EXAMPLE_NOTICE, notice
from .cells import csv_text
from .changes import change_files
from .cite import compared_style, shortened
from .compared_file import Imprint, as_html
from .log import log_files
from .nouns import SiteFile
from .pairs import Pair, compared
from .traced import traced_files
from .ways import Tracing

TARGETS = TABLES["targets"].head
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
        page = alone(pair, imprint(library, pair))
        yield SiteFile(f"comparisons/{pair.old.id}-to-{pair.new.id}.html", page.encode())
    yield SiteFile("data/targets.csv", csv_text(library, TARGETS, _targets(pairs)).encode())
    here = f"data/plans/{plan.id}/"
    for file in (*change_files(library, pairs), *traced_files(library, tracing), *log_files(library, record)):
        if file.address in _COMMON or file.address.startswith(here):
            yield file


def alone(pair: Pair, said: Imprint) -> str:
    """A comparison as one HTML file that needs nothing beside it."""
    old, new = pair.old, pair.new
    texts = (old.text.sections, new.text.sections)
    return as_html(pair.comparison, texts, (old.title, new.title), pair.told, pair.rows, said)


def imprint(library: Library, pair: Pair) -> Imprint:
    """Whose the two texts are, which bytes they are, and the day for which the archive speaks."""
    old, new = pair.old.text, pair.new.text
    day = tr("As at {day}", day=say_day(library.as_at))
    facts = (
        (tr("Published by"), library.authority.name),
        (tr("Earlier text"), _edition(pair.old)),
        ("SHA-256", old.sha256),
        (tr("Later text"), _edition(pair.new)),
        ("SHA-256", new.sha256),
        (tr("As at"), say_day(library.as_at)),
    )
    return Imprint(
        notice(library),
        library.authority.name,
        tr("{plan}: what changed from {old} to {new}", plan=pair.plan.facts.title, old=pair.old.id, new=pair.new.id),
        facts,
        f"{library.authority.name} \u00b7 {day} \u00b7 SHA-256 {shortened(old)} {shortened(new)}",
        compared_style(library, pair.title, old, new),
    )


def _edition(edition: Edition) -> str:
    """An edition's title, its id where the title does not hold it, and which version it is where there are several."""
    known = edition.title if edition.id in edition.title else f"{edition.title} ({edition.id})"
    if len(edition.versions) == 1:
        return known
    return tr("{edition}, version {number}", edition=known, number=edition.text.version)


def _targets(pairs: Sequence[Pair]) -> Iterator[tuple[str, ...]]:
    """Every change of a target, a baseline or a result, from each edition to the next."""
    for pair in pairs:
        names = measure_names(pair.comparison)
        for m in pair.comparison.measures if pair.neighbours else ():
            told = (m.ref, names.get(m.ref), m.field, m.year, m.old, m.new, m.better, m.change, m.reason)
            yield (pair.old.id, pair.new.id, *(value or "" for value in told))


def readme(library: Library, record: Record, plan: Plan, editions: Sequence[Edition]) -> str:
    """What is in the pack, how to check it, and what a check does not prove."""
    names = ", ".join(edition.id for edition in editions)
    commit = "Made without git: no commit is known."
    if record.commit:
        since = "" if record.commit.clean else ", with changes that were not committed"
        commit = f"Made from commit {record.commit.hash}{since}."
    root = (
        f"Archive root: {record.root}" if record.log else "The archive has no publication log yet: nothing is sealed."
    )
    lines = [
        *([EXAMPLE_NOTICE, ""] if library.authority.example else []),
        f"{plan.facts.title}: editions {names}",
        f"{library.authority.name}. The archive speaks for {say_day(library.as_at)}.",
        commit,
        root,
        "",
        "plans/, archive/     the texts with their attachments, plan.yml, the publication log and the seals",
        "comparisons/         what changed between any two of these editions; each file opens by itself,",
        "                     .html in a browser, .pdf also on paper",
        "data/targets.csv     every change of a target, a baseline or a result, with the reason that was given",
        "data/plans/          every change from one edition to the next (changes.csv), the comparisons word by word",
        "                     (changes/), and what each part of an edition replaced (origins.csv)",
        "data/                coverage, where each part of a replaced plan is, the log, and the commits",
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
