"""Intake: an editor's files -> the library, fail closed. The only room that opens the archive's folders."""

from .help_pages import help_problems
from .library import HalfEdition, Reading, read_library

__all__ = ["HalfEdition", "Reading", "help_problems", "read_library"]
