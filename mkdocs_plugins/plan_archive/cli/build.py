"""`plan-archive build`: the public site, or nothing."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import click

from ..errors import EngineError
from ..record.entries import read_log
from ..record.git import head
from ..record.manifest import manifest
from ..record.verify import MANIFEST
from .engine import ENGINES, command, environment


@click.command()
@click.option(
    "--config-file",
    type=click.Path(path_type=Path),
    default=Path("mkdocs.yml"),
    show_default=True,
    help="The engine's configuration.",
)
@click.option(
    "--site-dir",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("site"),
    show_default=True,
    help="Where the site is put. What lay there is replaced only once the new site is whole.",
)
@click.option(
    "--engine",
    type=click.Choice(ENGINES),
    default="mkdocs",
    show_default=True,
    help="The program that wraps the pages; both give the same bytes.",
)
@click.pass_obj
def build(root: Path, *, config_file: Path, site_dir: Path, engine: str) -> None:
    """Check everything, then build the public site.

    A problem stops the build and leaves an existing site as it was. Exit codes are the engine's: 0 built, 1 refused.
    """
    target = site_dir if site_dir.is_absolute() else root / site_dir
    _refuse_foreign(target)
    run = command(engine, root, config_file, "build", "--strict", "--quiet")
    made_for = target.parent if target.parent.is_dir() else root
    with tempfile.TemporaryDirectory(prefix=".site-", dir=made_for) as folder:
        fresh = Path(folder) / "site"
        done = subprocess.run([*run, "--site-dir", str(fresh)], env=environment(root), cwd=root, check=False)  # noqa: S603
        if done.returncode != 0:
            sys.exit(done.returncode)
        _list_files(root, fresh)
        _replace(target, fresh, Path(folder) / "before")
    pages = sum(1 for _ in target.rglob("*.html"))
    click.echo(f"{pages} pages in {target}", err=True)


def _list_files(root: Path, site: Path) -> None:
    """Write the site's manifest; the last thing that is made, since it holds the hash of everything else."""
    log = read_log(root)
    notice = json.loads((site / "data" / "catalogue.json").read_bytes())["notice"]
    day = environment(root).get("SOURCE_DATE_EPOCH", "")
    content = manifest(site, "site", log.root if log else "", head(root), notice or "", day)
    (site / MANIFEST).write_bytes(content)


def _refuse_foreign(target: Path) -> None:
    """Never replace a folder that is not a site."""
    if target.is_dir() and any(target.iterdir()) and not (target / "data" / "catalogue.json").is_file():
        raise EngineError(f"{target} is not empty and holds no site of an archive: choose another --site-dir")
    if target.exists() and not target.is_dir():
        raise EngineError(f"{target} is a file: choose another --site-dir")


def _replace(target: Path, fresh: Path, before: Path) -> None:
    """Put the new site in the old one's place by renaming: a reader meets the one or the other, whole."""
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.exists():
        target.rename(before)
    try:
        fresh.rename(target)
    except OSError:
        if before.exists():
            before.rename(target)
        raise
    shutil.rmtree(before, ignore_errors=True)
