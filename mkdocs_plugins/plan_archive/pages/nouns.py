"""What a site is made of: pages, files, and what an editor sees of a text that is not well."""

from __future__ import annotations

from dataclasses import dataclass

from ..errors import Problem
from .sentences import Link


@dataclass(frozen=True)
class Contents:
    """One line of a contents list."""

    id: str
    title: str
    level: int


@dataclass(frozen=True)
class Page:
    """One page of the site: what stands in its middle, and what its head says."""

    address: str
    title: str
    description: str
    html: str
    contents: tuple[Contents, ...] = ()
    """The headings for the list beside the text."""
    trail: tuple[Link, ...] = ()
    """Where the page stands: the pages above it."""
    script: str | None = None
    """A script of ours that the page is better with and readable without."""
    source: str | None = None
    """The file it was made from, where it is one file's."""
    linked_data: str = ""
    """What it says of itself to programs, as JSON-LD that is safe inside its element."""
    more_scripts: tuple[str, ...] = ()
    """Further scripts of the same kind."""
    print_style: str = ""
    """The address of a style that puts on every printed sheet what it is a part of."""
    stands_for: str | None = None
    """The address of the page that search engines should list in its place."""
    language: str = ""
    """The language it is made in; "" for the body's main one."""


@dataclass(frozen=True)
class SiteFile:
    """A file of the site that is no page: data, a picture, a redirect."""

    address: str
    content: bytes


@dataclass(frozen=True)
class HalfPage:
    """What an editor sees of a text with problems, in the preview only."""

    plan: str
    edition: str
    file: str
    source: str
    html: str
    problems: tuple[Problem, ...]
