"""Every attack is refused: `check` names file and line, and a build stops and writes nothing."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import mkdocs.commands.build
import mkdocs.config
import pytest
from click.testing import CliRunner
from mkdocs.exceptions import Abort

from attacks.conftest import run, tree_hash
from attacks.spoil import load, names, spoil
from plan_archive.cli import command

REAL = ["text-script", "yaml-title-markup", "file-symlink-text", "bomb-images", "help-script"]
"""Cases on which the commands are run as programs of their own."""


def _told(output: str, case: dict[str, Any]) -> None:
    lines = output.splitlines()
    for told in case["told"]:
        assert any(line.startswith(f"{told['at']}: ") and told["says"] in line for line in lines), (told, output)
    assert "more" in case or len(lines) == len(case["told"]), output


@pytest.mark.parametrize("name", names())
def test_check_tells_file_and_line(name: str, tiny: Path) -> None:
    """Every fault of every file is named with its line, in one run; nothing else is, but where a case says `more`."""
    case = load(name)
    spoil(tiny, case)
    done = CliRunner().invoke(command, ["-C", str(tiny), "check"])
    _told(done.stdout, case)
    assert done.exit_code == 1
    assert isinstance(done.exception, SystemExit)


@pytest.mark.parametrize("name", names())
def test_build_writes_nothing(name: str, tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The engine stops before it clears its output: an existing site stays as it was."""
    spoil(tiny, load(name))
    site = tiny / "site"
    (site / "plans").mkdir(parents=True)
    (site / "index.html").write_text("as it was", encoding="utf-8")
    before = tree_hash(site)
    monkeypatch.chdir(tiny)
    config = mkdocs.config.load_config(str(tiny / "mkdocs.yml"), site_dir=str(site))
    config.plugins.on_startup(command="build", dirty=False)
    with pytest.raises(Abort):
        mkdocs.commands.build.build(config)
    assert tree_hash(site) == before


@pytest.mark.parametrize("name", REAL)
def test_the_real_check(name: str, tiny: Path) -> None:
    """The program tells the faults on standard output and exits with 1."""
    case = load(name)
    spoil(tiny, case)
    done = run(tiny, "check")
    _told(done.stdout, case)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("name", REAL[:3])
def test_the_real_build_keeps_a_site(name: str, tiny: Path, tiny_site: Path) -> None:
    """A refused build leaves the existing site as it was, to the byte."""
    site = shutil.copytree(tiny_site, tiny / "site")
    before = tree_hash(site)
    spoil(tiny, load(name))
    assert run(tiny, "build").returncode == 1
    assert tree_hash(site) == before == tree_hash(tiny_site)


@pytest.mark.parametrize("name", REAL[3:])
def test_the_real_build_makes_no_site(name: str, tiny: Path) -> None:
    """A refused build makes no site and leaves nothing else behind."""
    spoil(tiny, load(name))
    before = tree_hash(tiny)
    assert run(tiny, "build").returncode == 1
    assert not (tiny / "site").exists()
    assert tree_hash(tiny) == before
