"""Plan Archive: a public body's plans, every edition at an address that never changes.

The public names. Nothing here needs the site engine.
"""

from .errors import EngineError, GitError, PlanArchiveError, Problem
from .intake import Reading, read_library
from .model import Block, Edition, Library, Plan, Section, Text
from .status import DutyStatus, Status, duty_status, edition_status, plan_status

__all__ = [
    "Block",
    "DutyStatus",
    "Edition",
    "EngineError",
    "GitError",
    "Library",
    "Plan",
    "PlanArchiveError",
    "Problem",
    "Reading",
    "Section",
    "Status",
    "Text",
    "duty_status",
    "edition_status",
    "plan_status",
    "read_library",
]
