"""What stands around every page: the body's name, the notice of an example, the day, the commit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

from ..language import direction, say_day, spoken, tr
from ..model import Library
from ..record.git import Commit
from ..trace.coverage import superseded
from .about import FOOT
from .catalogue import notice
from .places import MAIN, Place
from .policy import POLICY
from .sentences import Link


@dataclass(frozen=True)
class Frame:
    """The facts of head, header and footer; the templates escape them."""

    name: str
    notice: str
    """"Fictional example ..." or ""."""
    example: bool
    day: str
    """The day for which the site speaks, in words."""
    licence: str
    email: str
    postal: str
    commit: str
    """Twelve digits of the commit's hash, or ""."""
    commit_day: str
    problems: int
    """In the preview: how many problems keep the archive from being published."""
    traced: bool
    """Whether the archive holds tables of destinations, and so the pages about them."""
    root: str
    """The archive root, or "" where there is no log."""
    policy: str
    """What a page may load; "" in the preview, which reloads itself by a script in the page."""
    help_pages: frozenset[str]
    """Addresses of the help pages that there are, so that no link to one is dead."""
    listed: bool
    """Whether search engines may list the pages."""
    there: frozenset[str]
    """Addresses of every page that there is."""
    foot: tuple[Link, ...]
    """Pages to which the foot of every page leads, of those that there are."""
    language: str = "en"
    """The language of the pages."""
    place: Place = MAIN
    """Where the pages of the language lie."""
    direction: str = "ltr"
    """Which way its letters run."""

    @property
    def words(self) -> str:
        """The address of what the scripts say in this language; "" in English, which they say by themselves."""
        return "" if self.language == "en" else f"assets/words-{self.language}.js"

    def at(self, address: str) -> str:
        """Where a page lies in the language of this frame or, where it lacks it, in the main one; "." is the first."""
        return self.place.at(address) or "."

    def asks(self, url: str) -> bool:
        """Whether the page at `url` has a box to search in of its own: one is enough."""
        return url.removeprefix(self.place.prefix) in ("", ".", "./", "search/")

    def is_here(self, url: str, address: str) -> bool:
        """Whether the page at `url` is the one at `address`, or lies below it, in whichever language."""
        return bool(url) and url.removeprefix(self.place.prefix).startswith(address)


def frame(
    library: Library | None,
    commit: Commit | None,
    day: date,
    problems: int,
    help_pages: frozenset[str] = frozenset(),
    *,
    preview: bool = False,
    root: str = "",
    there: frozenset[str] = frozenset(),
    place: Place = MAIN,
) -> Frame:
    """The frame of a library's pages; of an archive whose authority.yml cannot be read, a plain one."""
    policy = "" if preview else POLICY
    made = _commit_words(commit)
    foot = tuple(Link(tr(line.text), line.address) for line in FOOT if place.at(line.address) in there)
    if library is None:
        return Frame(
            tr("This archive"),
            "",
            False,
            say_day(day),
            "",
            "",
            "",
            *made,
            problems,
            False,
            "",
            policy,
            help_pages,
            True,
            there,
            foot,
            spoken(),
            place,
            direction(),
        )
    body = library.authority
    return Frame(
        body.name,
        notice(library),
        body.example,
        say_day(library.as_at),
        body.licence,
        body.contact.email,
        body.contact.postal,
        *made,
        problems,
        any(superseded(library)),
        root,
        policy,
        help_pages,
        body.listed,
        there,
        foot,
        spoken(),
        place,
        direction(),
    )


def _commit_words(commit: Commit | None) -> tuple[str, str]:
    if commit is None:
        return "", ""
    short = commit.hash[:12]
    name = short if commit.clean else tr("{commit} (changed since)", commit=short)
    return name, say_day(datetime.fromtimestamp(commit.seconds, UTC).date())
