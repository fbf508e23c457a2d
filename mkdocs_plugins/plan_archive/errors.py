"""What can go wrong, and how it is told.

PlanArchiveError            what a user may meet beside problems in files; shown without a traceback
├── GitError                git could not be asked, or gave an answer that cannot be trusted
└── EngineError             the site engine is missing or failed
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


def shown(words: str) -> str:
    """Words as they may be shown in a terminal: what cannot be seen is marked, also in the name of a file."""
    return "".join(character if character.isprintable() else "\ufffd" for character in words)


@dataclass(frozen=True, order=True, slots=True)
class Problem:
    """One fault in an editor's file: where it is, what is wrong and what to do about it."""

    file: str
    """Path from the archive's root, with forward slashes."""
    line: int
    """Counted from 1; 1 when the fault is about the whole file."""
    what: str
    remedy: str
    level: Literal["error", "suspect", "warning"] = "error"
    """error: nothing is published with it. suspect: a text was edited after it was reviewed, which fails `check` but
    is published as what it is. warning: worth knowing, and never a failure."""

    def __str__(self) -> str:
        kind = "warning: " if self.level == "warning" else ""
        return shown(f"{self.file}:{self.line}: {kind}{self.what}; {self.remedy}")


class PlanArchiveError(Exception):
    """Anything that a user may meet; the text says what to do."""


class GitError(PlanArchiveError):
    """Git could not be asked, or its answer cannot be trusted."""


class EngineError(PlanArchiveError):
    """The site engine is missing or failed."""
