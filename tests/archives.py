"""What several tests need: copies of archives in throwaway repositories, and the real command line."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TINY = ROOT / "tests" / "sites" / "tiny"
WELSH = ROOT / "tests" / "sites" / "welsh"
EXAMPLE_PARTS = ("plans", "archive", "docs", "mkdocs.yml")
COMMIT_DAY = "2007-12-01T12:00:00Z"
NOTICE = "Fictional example. Not a real council or record."
COMMAND = str(Path(sys.executable).parent / "plan-archive")


@dataclass(frozen=True)
class Ran:
    """What a command said, and how it ended."""

    code: int
    out: str
    err: str


def environment(**more: str) -> dict[str, str]:
    """This process's environment without what changes a build or git's answers."""
    dropped = ("GIT_", "SOURCE_DATE_EPOCH", "PYTHONHASHSEED", "TZ")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(dropped)}
    return kept | {"PYTHONDONTWRITEBYTECODE": "1"} | more


def plan_archive(folder: Path, *arguments: str, **env: str) -> Ran:
    """Run the real `plan-archive` in a folder."""
    done = subprocess.run(
        [COMMAND, *arguments], cwd=folder, env=environment(**env), capture_output=True, text=True, check=False
    )
    return Ran(done.returncode, done.stdout, done.stderr)


def start(folder: Path, *arguments: str, **env: str) -> subprocess.Popen[str]:
    """Start the real `plan-archive` in a folder, beside others."""
    return subprocess.Popen(
        [COMMAND, *arguments],
        cwd=folder,
        env=environment(**env),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def git(folder: Path, *arguments: str) -> str:
    """Run git in a folder with a fixed identity and a fixed day."""
    fixed = {
        "GIT_AUTHOR_DATE": COMMIT_DAY,
        "GIT_COMMITTER_DATE": COMMIT_DAY,
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_SYSTEM": os.devnull,
    }
    who = ("-c", "user.name=Tester", "-c", "user.email=tester@exampleshire.example", "-c", "commit.gpgsign=false")
    done = subprocess.run(
        ["git", *who, *arguments], cwd=folder, env=environment(**fixed), capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def commit(folder: Path) -> None:
    """Make a folder a repository with one commit at a fixed day."""
    git(folder, "init", "--quiet", "--initial-branch=main")
    (folder / ".gitignore").write_text("site/\n", encoding="utf-8", newline="\n")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "The archive")


def copy_bilingual(folder: Path) -> Path:
    """The tiny archive with what makes it one in English and Welsh."""
    shutil.copytree(TINY, folder, ignore=shutil.ignore_patterns(".cache", "site"))
    return shutil.copytree(WELSH, folder, dirs_exist_ok=True)


def copy_example(folder: Path) -> Path:
    """The repository's example archive, as its files are in the working tree, without its log and seals.

    Tests that edit a text would otherwise meet the seals first; those have tests of their own.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for name in EXAMPLE_PARTS:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("log.jsonl", "seals.sha256"))
        else:
            shutil.copy(source, folder / name)
    return folder


def copy_tiny(folder: Path) -> Path:
    """The tiny archive."""
    shutil.copytree(TINY, folder, dirs_exist_ok=True)
    return folder


def edit(file: Path, old: str, new: str) -> None:
    """Replace words that stand in a file exactly once."""
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{file.name} holds {old!r} {text.count(old)} times"
    file.write_text(text.replace(old, new), encoding="utf-8", newline="\n")


def line_of(file: Path, words: str) -> int:
    """The line of a file on which words first stand, counted from 1."""
    lines = file.read_text(encoding="utf-8").split("\n")
    return next(number for number, line in enumerate(lines, start=1) if words in line)


def bytes_below(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, by path."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
