"""The permanent addresses of the site: where each thing lies, and how one page leads to another.

An address is a path from the site's root without a leading slash; a page's address ends in `/`, the home page's is "".
"""

from __future__ import annotations

import posixpath
import re

from .model import Library

OWN = frozenset(
    [
        "plans",
        "where",
        "coverage",
        "search",
        "as-at",
        "a-to-z",
        "years",
        "partners",
        "needs",
        "consultation",
        "requirements",
        "steps",
        "agreements",
        "descent",
        "lessons",
        "log",
        "audit",
        "about",
        "data",
        "feed.xml",
        "manifest.json",
        "assets",
        "404.html",
        "favicon.ico",
        "sitemap.xml",
        "sitemap.xml.gz",
        "robots.txt",
        "index.html",
    ]
)
"""First parts of addresses that the site keeps for itself."""


def plan_address(plan: str) -> str:
    """A plan's own page."""
    return f"plans/{plan}/"


def edition_address(plan: str, edition: str) -> str:
    """An edition's text."""
    return f"plans/{plan}/{edition}/"


def version_address(plan: str, edition: str, version: int) -> str:
    """One version of an edition's text."""
    return f"plans/{plan}/{edition}/v{version}/"


def slug(text: str) -> str:
    """A name as a part of an address."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower().replace("'", "")).strip("-")


def alias_address(alias: str) -> tuple[str, str]:
    """Where an old name or old web address lies on the site, or what is wrong with it."""
    if not alias.startswith("/"):
        name = slug(alias)
        return (f"plans/{name}/", "") if name else ("", "has no letters that an address can hold")
    path = alias.removeprefix("/")
    if not re.match(r"^[A-Za-z0-9._~/-]+$", path) or "//" in alias:
        return "", "is not an address on this site: letters, digits, `.`, `-`, `_` and `/` only, no `?` or `#`"
    if any(part in (".", "..") for part in path.split("/")):
        return "", "leaves the site"
    if path.endswith(("/", ".html", ".htm")):
        return path, ""
    return f"{path}/", ""


def is_taken(folded: str, library: Library) -> bool:
    """Whether an address (in lower case, without its last slash) is one that the site uses itself."""
    first, _, rest = folded.partition("/")
    if first != "plans":
        return first in OWN or first in library.authority.languages
    plan_id = rest.partition("/")[0]
    return not rest or any(plan.id == plan_id for plan in library.plans)


def relative(here: str, there: str) -> str:
    """The link from the page at `here` to `there`, which may carry a `#part`."""
    path, mark, fragment = there.partition("#")
    if mark and path == here:
        return f"#{fragment}"
    link = posixpath.relpath("/" + path, "/" + posixpath.dirname(here))
    if path.endswith("/") or not path:
        link = link.rstrip("/") + "/"
    return link + mark + fragment


def changes_address(plan: str) -> str:
    """The table from which two editions of a plan are chosen."""
    return f"plans/{plan}/changes/"


def comparison_address(plan: str, old: str, new: str) -> str:
    """What changed between two editions of a plan."""
    return f"plans/{plan}/changes/{old}-to-{new}/"


def destinations_address(plan: str, edition: str) -> str:
    """Where each part of an edition went."""
    return f"plans/{plan}/{edition}/destinations/"


def origins_address(plan: str, edition: str) -> str:
    """What each part of an edition replaced."""
    return f"plans/{plan}/{edition}/origins/"


def measures_address(plan: str) -> str:
    """The measures of a plan over its editions."""
    return f"plans/{plan}/measures/"
