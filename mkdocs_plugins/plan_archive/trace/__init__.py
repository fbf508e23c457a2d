"""Tracing: where each part of a replaced plan went, what is recorded of it, and where it is now. Pure."""

from .coverage import Coverage, Heavy, PlanCoverage, Traced, coverage, traced
from .follow import End, Follower, Stop
from .parts import Part, by_place, counted, fingerprint, parts
from .rules import check_destinations

__all__ = [
    "Coverage",
    "End",
    "Follower",
    "Heavy",
    "Part",
    "PlanCoverage",
    "Stop",
    "Traced",
    "by_place",
    "check_destinations",
    "counted",
    "coverage",
    "fingerprint",
    "parts",
    "traced",
]
