"""The pages that the body writes beside its plans, held against the same rules before the engine renders them."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

import lxml.html
from pydantic import BaseModel, ConfigDict

from ..addresses import OWN
from ..errors import Problem
from ..facts import Line
from .files import files_below, read_source, read_text
from .safety import Fault, Rule, nearest_text
from .schema import read_facts
from .strict_yaml import read_yaml
from .text import checked_html, split_front

KINDS = frozenset([".md", ".png", ".jpg", ".jpeg", ".gif", ".webp", ".ico", ".pdf", ".csv", ".txt"])
"""Kinds of files that a browser never runs; the engine copies every file that lies here to the site."""


class HelpFront(BaseModel):
    """What may stand above a help page's text."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    title: Line | None = None
    """The page's title, where it is not the first heading."""
    description: Line | None = None
    """A sentence for search engines and link previews."""


def help_problems(root: Path, docs: Path) -> list[Problem]:
    """Every problem of the Markdown pages below `docs`, whose links lead to each other or to https addresses."""
    if not docs.resolve().is_relative_to(root.resolve()):
        where = docs.as_posix()
        return [Problem("mkdocs.yml", 1, f"docs_dir ({where}) lies outside the archive", "move it into the archive")]
    if docs.is_symlink():
        what = "the folder of the help pages is a symbolic link, which is never followed"
        return [Problem(docs.name, 1, what, "put the folder itself here")]
    names, problems = files_below(root, docs.resolve().relative_to(root.resolve()).as_posix())
    for file in names:
        problems += _place(file, PurePosixPath(root / file).relative_to(docs.resolve()))
        if PurePosixPath(file).suffix == ".md":
            problems += _page(root, file, set(names))
    return problems


def _place(file: str, inside: PurePosixPath) -> Iterator[Problem]:
    """Only what is known to be harmless, and nothing in the place of a page that is made from the plans."""
    if inside.suffix not in KINDS:
        kinds = ", ".join(sorted(KINDS))
        yield Problem(file, 1, "a file of this kind cannot be published", f"the help pages hold {kinds}")
    first = inside.parts[0].casefold() if len(inside.parts) > 1 else inside.stem.casefold()
    if first in (OWN - {"about"}) | {"index", "404", "readme", "feed", "sitemap", "robots"}:
        what = "this would lie at an address that the site uses itself"
        yield Problem(file, 1, what, "move it to docs/about/ or another folder")


def _page(root: Path, file: str, names: set[str]) -> list[Problem]:
    source, problems = read_source(root, file)
    if source is None:
        return problems
    text, problems = read_text(source)
    if text is None:
        return problems
    first_line = 1
    if text.startswith("---\n"):
        front, text, first_line, problems = split_front(text, file)
        if front is None:
            return problems
        document, problems = read_yaml(front, file, first_line=2)
        if document is not None:
            problems += read_facts(document, HelpFront, file)[1]
    _, _, faults = checked_html(text, file, first_line, _links(root, file, names))
    return problems + faults


def _links(root: Path, file: str, names: set[str]) -> Rule:
    """The rule for links in a help page: other help pages, sections, plans, https and mailto."""

    def rule(element: lxml.html.HtmlElement) -> Iterator[Fault]:
        name = {"a": "href", "img": "src"}.get(str(element.tag))
        if name is None:
            return
        target = element.get(name) or ""
        near = nearest_text(element)
        if element.tag == "img" and not (element.get("alt") or "").strip():
            yield Fault("a picture has no words", "describe it: ![what it shows](file)", near, target)
        if re.match(r"^(https?://[^\s/]|mailto:[^\s?]+$|#\S)", target) and element.tag == "a":
            return
        plan = re.fullmatch(r"plan:([a-z0-9][a-z0-9-]*)", target)
        if plan and element.tag == "a":
            if not any((root / kept / plan[1] / "plan.yml").is_file() for kept in ("plans", "archive")):
                yield Fault(f"the link `{target[:80]}` leads to no plan", "correct the plan's id", near, target[:40])
            return
        path = posixpath.normpath(posixpath.join(posixpath.dirname(file), target.partition("#")[0]))
        if path not in names:
            what = f"the link `{target[:80]}` leads to no file of the help pages"
            yield Fault(what, "correct it, or link to an https address", near, target[:40])

    return rule
