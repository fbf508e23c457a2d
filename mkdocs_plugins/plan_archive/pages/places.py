"""Where links lead while pages are made in another language: to their own pages, or else to the main language's.

Another language's pages lie under its code (`/cy/plans/...`), at the same addresses otherwise. So a page is made as if
it lay at the main address, and only its links know better.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from ..addresses import relative


@dataclass(frozen=True)
class Place:
    """Where the pages of one language lie."""

    prefix: str = ""
    """`cy/`, or "" for the main language."""
    own: frozenset[str] = frozenset()
    """The addresses, without the prefix, of the pages and files that this language has itself."""

    def at(self, there: str) -> str:
        """The address on the site of what lies at `there` in this language or, where it lacks it, in the main one."""
        return self.prefix + there if there.partition("#")[0] in self.own else there


MAIN = Place()
_place: ContextVar[Place] = ContextVar("place", default=MAIN)


@contextmanager
def placed(place: Place) -> Iterator[None]:
    """Every link that is drawn inside is one of a page of that language."""
    before = _place.set(place)
    try:
        yield
    finally:
        _place.reset(before)


def lead(here: str, there: str) -> str:
    """The link from the page at `here`, in the language that is drawn, to `there`."""
    place = _place.get()
    return relative(place.prefix + here, place.at(there))


def on_site(there: str) -> str:
    """Where on the site `there` lies for the language that is drawn."""
    return _place.get().at(there)


def from_top(there: str) -> str:
    """The link from the first page of the language that is drawn to `there`, for data that its pages read."""
    place = _place.get()
    return lead("", there) if place.prefix and place.at(there) == there else there
