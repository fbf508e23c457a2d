"""The example archive read again by simple code of its own: what the pages count is counted here a second time.

Nothing of the package is used: files are found by their names, front matter is plain YAML, tables are lines with bars.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from archives import ROOT

NOBODY = {"", "-", "\u2013", "\u2014", "n/a", "none", "none named", "not known", "to be agreed", "tbc"}


@dataclass
class Edition:
    """One edition: its front matter, its sections' titles by id, and its numbered rows."""

    plan: str
    id: str
    front: dict[str, Any]
    sections: dict[str, str]
    rows: list[dict[str, str]] = field(default_factory=list)

    @property
    def name(self) -> str:
        return f"{self.plan}@{self.id}"

    @property
    def published(self) -> str:
        return str(self.front["published"])

    @property
    def facts(self) -> dict[str, dict[str, Any]]:
        return self.front.get("sections") or {}

    @property
    def actions(self) -> list[dict[str, str]]:
        return [row for row in self.rows if "lead" in row]


def yml(path: str) -> Any:
    """A YAML file of the archive, every value as it is written."""
    return yaml.load((ROOT / path).read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506  texts only


def register(name: str) -> dict[str, dict[str, Any]]:
    """The rows of a register."""
    held: dict[str, dict[str, Any]] = yml(f"plans/registers/{name}.yml")[name]
    return held


def plan_facts(plan: str) -> dict[str, Any]:
    """A plan's facts."""
    found: dict[str, Any] = yml(next(f"{top}/{plan}/plan.yml" for top in ("plans", "archive") if _is(top, plan)))
    return found


def _is(top: str, plan: str) -> bool:
    return (ROOT / top / plan / "plan.yml").is_file()


@cache
def editions() -> tuple[Edition, ...]:
    """Every edition of the example that is no draft."""
    found: dict[tuple[str, str], tuple[int, list[Path]]] = {}
    for folder in sorted([*(ROOT / "archive").iterdir(), *(ROOT / "plans").iterdir()]):
        if folder.name == "registers" or not folder.is_dir():
            continue
        for path in sorted(folder.iterdir()):
            match = re.fullmatch(r"([a-z0-9-]+?)(?:\.v(\d+))?(\.md)?", path.name)
            if match is None or not (match[3] or (path / "index.md").is_file()):
                continue
            version = int(match[2] or 1)
            files = (
                [path] if path.is_file() else [path / "index.md", *sorted(set(path.glob("*.md")) - {path / "index.md"})]
            )
            if version >= found.get((folder.name, match[1]), (0, []))[0]:
                found[folder.name, match[1]] = version, files
    read = [_edition(plan, edition, files) for (plan, edition), (_, files) in sorted(found.items())]
    return tuple(edition for edition in read if edition.front.get("draft") != "yes")


def edition(plan: str, edition_id: str) -> Edition:
    """One edition."""
    return next(one for one in editions() if (one.plan, one.id) == (plan, edition_id))


def _edition(plan: str, edition_id: str, files: list[Path]) -> Edition:
    front, _, first = files[0].read_text(encoding="utf-8").removeprefix("---\n").partition("\n---\n")
    texts = [first, *(path.read_text(encoding="utf-8") for path in files[1:])]
    stated = yaml.load(front, Loader=yaml.BaseLoader)  # noqa: S506  texts only
    headings = re.findall(r"^#+ (.*)\{#([a-z0-9-]+)\}$", "\n".join(texts), re.MULTILINE)
    sections = {ident: title.strip() for title, ident in headings}
    return Edition(plan, edition_id, stated, sections, [row for text in texts for row in _rows(text)])


def _rows(text: str) -> list[dict[str, str]]:
    """The rows of the tables whose head begins with Ref, each with its section's id."""
    found: list[dict[str, str]] = []
    head: list[str] = []
    section = ""
    for line in text.split("\n"):
        heading = re.search(r"^#+ .*\{#([a-z0-9-]+)\}$", line)
        section = heading[1] if heading else section
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")] if line.startswith("|") else []
        if not cells:
            head = []
        elif not head:
            head = [cell.lower() for cell in cells] if cells[0] == "Ref" else ["?"]
        elif head[0] == "ref" and not re.fullmatch(r"[-: ]+", cells[0]):
            found.append({"section": section, **dict(zip(head, cells, strict=False))})
    return found


def names(cell: str) -> list[str]:
    """The names in a cell."""
    parts = (part.strip(" .") for part in re.split("[;,]", cell))
    return [part for part in parts if part.lower().rstrip(".") not in NOBODY]


def known(rows: dict[str, dict[str, Any]]) -> dict[str, str]:
    """Keys of a register by every name, in small letters and without what is no letter or digit."""
    found: dict[str, str] = {}
    for key, row in rows.items():
        for name in (key, row["title"], *row.get("also", [])):
            found.setdefault(plain(name), key)
    return found


def plain(name: str) -> str:
    """A name in small letters, hyphens for the rest."""
    return re.sub("[^a-z0-9]+", "-", name.lower().replace("'", "")).strip("-")


def has_duty(partner: dict[str, Any], day: str) -> bool:
    """Whether a partner had a duty on a day; every date of the example's register is a day."""
    duty = partner.get("duty")
    return bool(duty) and duty["from"] <= day and not (duty.get("ended") and duty["ended"] <= day)
