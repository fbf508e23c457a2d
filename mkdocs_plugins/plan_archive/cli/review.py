"""`plan-archive review`: stamp the rows of a table of destinations that someone has read."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path

import click

from ..errors import PlanArchiveError
from ..model import Library
from ..trace import Traced, traced
from ..trace.stamp import only_stamped, quoted, stamped
from .texts import library_of


@click.command()
@click.argument("ref", nargs=-1, required=True)
@click.option("--by", required=True, help="The role of whoever read both texts of each row.")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="The day on which they did. Default: today.")
@click.pass_obj
def review(root: Path, *, ref: tuple[str, ...], by: str, on: datetime | None) -> None:
    """Stamp the named rows of tables of destinations as reviewed, once someone has read both texts of each.

    REF is PLAN@EDITION#SECTION or PLAN@EDITION:REF, the old part of the row. Nothing that is not named is stamped,
    and nothing is written unless every name is a row. Exit codes: 0 stamped, 1 unknown, 2 wrong usage.
    """
    library = library_of(root)
    if not by.strip() or any(mark in by for mark in "<>\n"):
        raise PlanArchiveError("--by is the role of whoever read the rows, such as 'Planning officer'")
    rows = _named(library, ref)
    day = on.date() if on else datetime.now(UTC).date()
    files = sorted({row.table.file for row in rows})
    written = {}
    for file in files:
        stamps = {row.row.from_: _stamp(row, by.strip(), day) for row in rows if row.table.file == file}
        before = (root / file).read_text(encoding="utf-8")
        written[file] = stamped(before, stamps)
        if not only_stamped(before, written[file], stamps):
            raise PlanArchiveError(f"{file} is written in a way that cannot be stamped: write its rows more plainly")
    for file, text in written.items():
        write_whole(root / file, text)
    click.echo(f"{len(rows)} {'row' if len(rows) == 1 else 'rows'} stamped in {', '.join(files)}.", err=True)


def _named(library: Library, refs: Iterable[str]) -> list[Traced]:
    """The rows of the named old parts; every name must be one."""
    rows: dict[str, list[Traced]] = {}
    for table in library.destinations:
        for row in traced(library, table):
            rows.setdefault(row.name, []).append(row)
    found, unknown = [], []
    for ref in dict.fromkeys(refs):
        named = rows.get(ref, [])
        found += named
        if not named:
            unknown.append(ref)
        for row in named:
            if sum(1 for other in named if other.table is row.table) > 1:
                raise PlanArchiveError(f"{row.table.file} has more than one row for `{ref}`; correct it first")
            if row.broken:
                raise PlanArchiveError(
                    f"{row.table.file}:{row.line}: an end of `{ref}` does not exist; correct it first"
                )
    if unknown:
        raise PlanArchiveError(
            f"no table of destinations has a row for {', '.join(unknown)}: write PLAN@EDITION#SECTION or"
            " PLAN@EDITION:REF, in quotes; nothing was stamped"
        )
    return found


def _stamp(row: Traced, by: str, day: date) -> str:
    new = ", ".join(part.fingerprint for part in row.new if part is not None)
    old = row.old.fingerprint if row.old else ""
    return f'{{by: {quoted(by)}, on: {day}, old: "{old}", new: [{_quoted_all(new)}]}}'


def _quoted_all(hashes: str) -> str:
    return ", ".join(f'"{each}"' for each in hashes.split(", ") if each)


def write_whole(file: Path, text: str) -> None:
    """Put a text in a file's place: whoever reads it meets the old text or the new one, whole."""
    handle, name = tempfile.mkstemp(prefix=f".{file.name}-", dir=file.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as out:
            out.write(text)
            out.flush()
            os.fsync(out.fileno())
        if file.exists():
            Path(name).chmod(file.stat().st_mode)
        Path(name).replace(file)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
