"""Where the facts of the plans stand in their files, for the rules between them."""

from __future__ import annotations

from ..errors import Problem
from ..model import Plan
from .strict_yaml import Document, Path

Half = frozenset[tuple[str, str]]
"""What has problems of its own: (plan, edition) for a text, (plan, "") for a whole plan, (register:name, "")."""


class Lines:
    """Where the facts of the plans stand in their files."""

    def __init__(self, documents: dict[str, Document], half: Half) -> None:
        """Take the documents by file and, as (plan, edition), the texts with problems; (plan, "") for a whole plan."""
        self._documents = documents
        self.half = half

    def lacks_an_edition(self, plan: Plan) -> bool:
        """Whether an edition of the plan could not be read, so that nothing is known of what follows what."""
        return any(name == plan.id and edition for name, edition in self.half)

    def unread(self, register: str) -> bool:
        """Whether a register has problems of its own, so that its keys are not all known."""
        return (f"register:{register}", "") in self.half

    def problem(self, file: str, path: Path, what: str, remedy: str) -> Problem:
        """A problem with the fact at `path` of `file`."""
        document = self._documents.get(file)
        return Problem(file, document.line(path) if document else 1, what, remedy)
