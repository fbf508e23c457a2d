"""`plan-archive pack`: one ZIP file with which an auditor can check some editions of a plan on any computer."""

from __future__ import annotations

import multiprocessing
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import click

from ..errors import PlanArchiveError
from ..model import Edition, Library, Plan
from ..pages.catalogue import EXAMPLE_NOTICE
from ..pages.pack import chosen, pack_files
from ..pages.paper_pdf import paper_pdf, what_is_missing
from ..pages.ways import tracing
from ..record import Log, read_record, refuse_altered
from ..record.git import head
from ..record.manifest import manifest
from ..record.pending import attached_files
from ..record.verify import LOG, MANIFEST, SEALS, SIGNERS, logical, stated_files
from .engine import environment
from .publish import library_and_log

_DAY = (1980, 1, 1, 0, 0, 0)
"""The day of every file in the pack: a ZIP must have one, and the same input gives the same bytes."""


@click.command()
@click.argument("plan_id", metavar="PLAN")
@click.option("--from", "first", default="", help="The first edition. Default: the plan's first.")
@click.option("--to", "last", default="", help="The last edition. Default: the plan's last.")
@click.option(
    "--output",
    type=click.Path(dir_okay=False, writable=True, path_type=Path),
    help="The file to write. Default: PLAN-FIRST-to-LAST.zip here.",
)
@click.pass_obj
def pack(root: Path, *, plan_id: str, first: str, last: str, output: Path | None) -> None:
    """Pack editions of PLAN: texts, comparisons, tables, log, seals, commits, and a program that checks them.

    The same archive gives the same bytes. Comparisons are also packed as PDF where the extra `pdf` is installed; each
    takes some seconds. Exit codes: 0 written, 1 refused, 2 wrong usage.
    """
    library, log = library_and_log(root)
    library = library.without_drafts()
    plan = library.plan(plan_id)
    if plan is None:
        raise PlanArchiveError(f"there is no plan `{plan_id}` in the archive")
    editions = chosen(plan, first, last)
    if not editions:
        known = ", ".join(edition.id for edition in plan.editions) or "none"
        raise PlanArchiveError(f"the plan `{plan_id}` has no editions from `{first}` to `{last}` (editions: {known})")
    refuse_altered(root)
    target = output or Path(f"{plan_id}-{editions[0].id}-to-{editions[-1].id}.zip")
    if not target.resolve().parent.is_dir():
        raise PlanArchiveError(f"there is no folder {target.parent}: make it first, or give another --output")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        without = _fill(folder, root, library, log, plan, editions)
        commit = head(root)
        notice = EXAMPLE_NOTICE if library.authority.example else ""
        day = environment(root).get("SOURCE_DATE_EPOCH", "")
        (folder / MANIFEST).write_bytes(manifest(folder, "pack", log.root if log else "", commit, notice, day))
        count = _zip(folder, target)
    click.echo(f"{count} files in {target}" + (f"; {without}" if without else ""), err=True)


def _fill(folder: Path, root: Path, library: Library, log: Log | None, plan: Plan, editions: Sequence[Edition]) -> str:
    """Put every file of the pack into a folder; what is left out, in words."""
    record = read_record(root, head(root))
    made = {file.address: file.content for file in pack_files(library, record, tracing(library), plan, editions)}
    made |= {name: (root / name).read_bytes() for name in _own(root, log, plan, editions)}
    compared = [name for name in made if name.startswith("comparisons/")]
    missing = what_is_missing() if compared else ""
    without = f"the comparisons are not in it as PDF: {missing}" if missing else ""
    if without:
        made["README.txt"] += f"\nThis pack is not whole: {without}.\n".encode()
    elif compared:
        drawn = _drawn([made[name].decode() for name in compared])
        made |= {name.removesuffix(".html") + ".pdf": content for name, content in zip(compared, drawn, strict=True)}
    for name, content in made.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return without


def _own(root: Path, log: Log | None, plan: Plan, editions: Sequence[Edition]) -> Iterator[str]:
    """The archive's own files: log and seals whole, and of the plan its facts and what belongs to these editions."""
    names = [LOG, SEALS, SIGNERS, *(f"archive/{file.name}" for file in (root / "archive").glob("seals.*.sig"))]
    yield from (name for name in sorted(names) if (root / name).is_file())
    yield from (name for name in stated_files(root) if logical(name).startswith(f"{plan.id}/"))
    ids = {edition.id for edition in editions}
    entries = [entry for entry in log.entries if entry.plan == plan.id and entry.edition in ids] if log else []
    places = {logical(path) for entry in entries for path in (*entry.files, *entry.attachments)}
    sealed = [path for path in log.sealed if logical(path) in places] if log else []
    yield from sorted(sealed or {name for edition in editions for name in _unsealed(root, edition)})


def _unsealed(root: Path, edition: Edition) -> Iterator[str]:
    """The files of an edition of an archive that has no log yet."""
    yield from attached_files(root, edition)
    for text in edition.versions:
        folder = Path(text.file).parent
        chapters = [f"{folder.as_posix()}/{file.name}" for file in (root / folder).glob("*.md")]
        yield from chapters if text.file.endswith("/index.md") else [text.file]


def _drawn(pages: Sequence[str]) -> list[bytes]:
    """Pages as PDF, on every processor that there is: each takes some seconds."""
    if len(pages) == 1:
        return [paper_pdf(pages[0])]
    click.echo(f"drawing {len(pages)} comparisons as PDF, which can take some minutes", err=True)
    with ProcessPoolExecutor(mp_context=multiprocessing.get_context("spawn")) as pool:
        return list(pool.map(paper_pdf, pages))


def _zip(folder: Path, target: Path) -> int:
    """One file of all, in order of name; stored as it is, since compressed bytes differ between computers."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    fresh = target.with_name(f".{target.name}.new")
    try:
        fresh.unlink(missing_ok=True)  # a link there would lead the bytes elsewhere
        with zipfile.ZipFile(fresh, "x", zipfile.ZIP_STORED) as out:
            for path in files:
                line = zipfile.ZipInfo(path.relative_to(folder).as_posix(), _DAY)
                line.create_system, line.external_attr = 3, 0o644 << 16
                out.writestr(line, path.read_bytes())
        fresh.replace(target)
    except OSError as error:
        raise PlanArchiveError(f"{target} cannot be written: {error.strerror or error}") from None
    finally:
        fresh.unlink(missing_ok=True)
    return len(files)
