"""Fixtures of the attacks: a fresh copy of the tiny archive, and its site built once."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

TINY = Path(__file__).parent.parent / "sites" / "tiny"


def run(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The real `plan-archive` on an archive, in a process of its own."""
    command = [sys.executable, "-c", "from plan_archive.cli import main; main()", "-C", str(root), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)


def tree_hash(folder: Path) -> str:
    """One hash over the names and bytes of everything below a folder."""
    whole = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        whole.update(path.relative_to(folder).as_posix().encode())
        whole.update(path.read_bytes() if path.is_file() else b"/")
    return whole.hexdigest()


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    """A copy of the tiny archive that a test may spoil."""
    return shutil.copytree(TINY, tmp_path / "tiny")


@pytest.fixture(scope="session")
def tiny_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny archive's site, built once by the real command."""
    root = shutil.copytree(TINY, tmp_path_factory.mktemp("built") / "tiny")
    built = run(root, "build")
    assert built.returncode == 0, built.stderr
    return root / "site"


@pytest.fixture
def with_text(tiny: Path) -> Callable[[str], Path]:
    """The tiny archive with some Markdown added below its text of 2006."""

    def add(markdown: str) -> Path:
        file = tiny / "archive/alpha/2006.md"
        file.write_text(file.read_text(encoding="utf-8") + "\n" + markdown, encoding="utf-8", newline="\n")
        return tiny

    return add
