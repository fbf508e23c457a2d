"""The record: git's history, the publication log, the seals. The only room that runs git."""

from .entries import Log
from .git import Change, Commit
from .kept import Record, history_faults, read_record, record_problems, refuse_altered, verifier

__all__ = [
    "Change",
    "Commit",
    "Log",
    "Record",
    "history_faults",
    "read_record",
    "record_problems",
    "refuse_altered",
    "verifier",
]
