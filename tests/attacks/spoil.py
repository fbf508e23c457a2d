"""An attack written in YAML -> the changes to a copy of the tiny archive.

A case says in `about` what is tried, in `change` what is done to which file, and in `told` every problem that must be
named; `more: yes` allows others that follow from these. A change of a file is one of: `content` (all of it), `append`
(below what is there), `replace` and `with`, `repeat` (a list of texts and how often each is repeated, appended), `hex`
(its bytes), `symlink` (where it points; `OUTSIDE` stands for a folder outside the archive), `folder`, or `copy` (of
another file).
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import yaml

CASES = Path(__file__).parent / "cases"


def load(name: str) -> dict[str, Any]:
    """A case by its name; every value stays the text that is written."""
    text = (CASES / f"{name}.yml").read_text(encoding="utf-8")
    loaded: dict[str, Any] = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506  it makes texts, lists and mappings only
    return loaded


def names() -> list[str]:
    """The names of all cases."""
    return sorted(path.stem for path in CASES.glob("*.yml"))


def spoil(root: Path, case: dict[str, Any]) -> None:
    """Do to the archive at `root` what the case says."""
    for change in case["change"]:
        path = root / change["file"]
        path.parent.mkdir(parents=True, exist_ok=True)
        if "symlink" in change:
            _link(root, path, change["symlink"])
        elif "folder" in change:
            path.mkdir(parents=True)
        elif "copy" in change:
            shutil.copy(root / change["copy"], path)
        else:
            path.write_bytes(_content(path, change))


def _content(path: Path, change: dict[str, Any]) -> bytes:
    if "hex" in change:
        return bytes.fromhex(change["hex"])
    before = path.read_bytes().decode() if path.exists() else ""
    if "replace" in change:
        assert before.count(change["replace"]) == 1, f"'{change['replace']}' must stand once in {path.name}"
        return before.replace(change["replace"], change["with"]).encode()
    if "append" in change:
        return f"{before}\n{change['append']}".encode()
    if "repeat" in change:
        return f"{before}\n{''.join(text * int(times) for text, times in change['repeat'])}\n".encode()
    return str(change["content"]).encode()


def _link(root: Path, path: Path, target: str) -> None:
    outside = root.parent / "outside"
    outside.mkdir(exist_ok=True)
    (outside / "secret.md").write_text("# Secret\n", encoding="utf-8")
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    path.unlink(missing_ok=True)
    path.symlink_to(target.replace("OUTSIDE", str(outside)))
