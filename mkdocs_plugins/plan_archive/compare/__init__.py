"""Comparing: two texts -> what changed, told as a person would tell it. Pure."""

from .engine import compare
from .result import summary, to_json

__all__ = ["compare", "summary", "to_json"]
