"""What a rendered text may hold: an allow-list that refuses and never strips.

After every Markdown extension has run, the page is serialised twice by one parser: once with the strict list, once
with a list of everything that the page itself holds. Where the two differ something is not allowed, and the text is
refused with that thing named. Ids, classes, links and images are then held against their own rules.
"""

from __future__ import annotations

import html as entities
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

import lxml.html
import nh3

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
CLASSES = frozenset(
    [
        "admonition",
        "admonition-title",
        "note",
        "warning",
        "example",
        "important",
        "footnote",
        "footnote-ref",
        "footnote-backref",
        "code",
        "number",
    ]
)
"""Classes that an editor may write, and those that the dialect itself writes."""
ALLOWED: dict[str, set[str]] = {
    **{heading: {"id", "class"} for heading in HEADINGS},
    **{
        tag: {"class"}
        for tag in [
            "p",
            "ul",
            "dl",
            "dt",
            "dd",
            "blockquote",
            "pre",
            "code",
            "em",
            "strong",
            "table",
            "thead",
            "tbody",
            "tr",
            "sub",
            "hr",
            "div",
            "span",
        ]
    },
    "ol": {"class", "start"},
    "br": set(),
    "th": {"class", "align"},
    "td": {"class", "align"},
    "sup": {"class", "id"},
    "li": {"class", "id"},
    "abbr": {"class", "title"},
    "a": {"class", "href", "title"},
    "img": {"class", "src", "alt", "title"},
}
SCHEMES = {"http", "https", "mailto", "plan"}
_NAME = re.compile(r"[^\s/>=<\"']+")
_SECTION_ID = re.compile(r"^[a-z0-9][a-z0-9-]*$")
_RESERVED_ID = re.compile(r"^ref-|-p\d+$|^fn")
_NOTE_ID = re.compile(r"^fn(ref\d*)?:[\w-]+$")
_PLAN_LINK = re.compile(r"^plan:([a-z0-9][a-z0-9-]*)(@[a-z0-9][a-z0-9-]*)?(#[A-Za-z0-9][\w-]*)?$")
_FILE_LINK = re.compile(r"^attachments/[a-z0-9][a-z0-9-]*/[A-Za-z0-9][A-Za-z0-9._-]*$")


@dataclass(frozen=True)
class Fault:
    """Something that is not allowed: its words, what to do, and where to look for it."""

    what: str
    remedy: str
    near: str
    """The text of the block it stands in, or ""."""
    literal: str
    """Something of it that may stand in the source as it is, or ""."""


Rule = Callable[[lxml.html.HtmlElement], Iterator[Fault]]


def check_html(html: str, links: Rule) -> tuple[str, list[Fault]]:
    """The page in its checked form, and everything in it that is not allowed; `links` judges links and images."""
    strict = _serialise(html, ALLOWED, SCHEMES)
    everything = _everything(html)
    faults: list[Fault] = []
    given = lxml.html.fragment_fromstring(html, create_parent="div")
    if strict != everything or _parts(given) != _parts(lxml.html.fragment_fromstring(strict, create_parent="div")):
        faults.extend(_forbidden(given))
        if not faults:
            remedy = "write it in Markdown, without HTML"
            faults.append(Fault("the text holds HTML that is not allowed", remedy, "", "<"))
        return strict, faults
    for element in given.iterdescendants():
        if isinstance(element.tag, str):
            faults.extend(_attributes(element))
            faults.extend(links(element))
    return strict, faults


def _serialise(html: str, allowed: dict[str, set[str]], schemes: set[str]) -> str:
    return nh3.clean(
        html,
        tags=set(allowed),
        attributes={tag: names for tag, names in allowed.items() if names},
        clean_content_tags=set(),
        strip_comments=True,
        link_rel=None,
        url_schemes=schemes,
    )


def _everything(html: str) -> str:
    """The page serialised with every name that occurs anywhere in it allowed, comments included."""
    read = entities.unescape(html)
    names = {name.lower() for text in (html, read) for name in _NAME.findall(text)}
    names |= {name.lower() for text in (html, read) for name in re.findall(r"[^\s/>=<]+", text)}
    tags = {name.lower() for name in re.findall(r"<\s*/?\s*([A-Za-z][^\s/>]*)", html)}
    schemes = {scheme.lower() for scheme in re.findall(r"([A-Za-z][A-Za-z0-9+.-]*):", read)}
    schemes |= {"javascript", "data", "vbscript", "file", "blob", "about", "ftp", "tel"} | SCHEMES
    return nh3.clean(
        html,
        tags=tags | set(ALLOWED),
        attributes={"*": names},
        clean_content_tags=set(),
        strip_comments=False,
        link_rel=None,
        url_schemes=schemes,
    )


def _parts(root: lxml.html.HtmlElement) -> Counter[str]:
    """Every element and attribute of a page, counted: nothing may be gone from the checked form."""
    parts: Counter[str] = Counter()
    for element in root.iterdescendants():
        parts[str(element.tag)] += 1
        parts.update(f"{element.tag} {name!s}" for name in element.attrib.keys())
    return parts


def _forbidden(root: lxml.html.HtmlElement) -> Iterator[Fault]:
    """The elements, attributes and comments that no list allows."""
    for element in root.iterdescendants():
        near = nearest_text(element)
        if not isinstance(element.tag, str):
            yield Fault("an HTML comment or instruction is not allowed", "delete it", near, "<!--")
            continue
        tag = element.tag
        if tag not in ALLOWED:
            remedy = "write it in Markdown, without HTML"
            yield Fault(f"the element <{tag}> is not allowed", remedy, near, f"<{tag}")
            continue
        for name in element.attrib:
            if name not in ALLOWED[tag]:
                what = f"the attribute `{name}` on <{tag}> is not allowed"
                yield Fault(what, "take it out", near, str(name))
        for name in ("href", "src"):
            scheme = urlsplit(_no_blanks(element.get(name, ""))).scheme.lower()
            if scheme and scheme not in SCHEMES:
                what = f"a link of the kind `{scheme}:` is not allowed"
                yield Fault(what, "link to https, mailto or plan addresses", near, f"{scheme}:")


def _no_blanks(value: str) -> str:
    return re.sub(r"[\x00-\x20]", "", value)


def _attributes(element: lxml.html.HtmlElement) -> Iterator[Fault]:
    """Ids on headings only, classes from the list, pictures with words."""
    near = nearest_text(element)
    given = element.get("id")
    if given is not None and element.tag in HEADINGS:
        if not _SECTION_ID.match(given):
            what = f"the id `{given}` is not of the form a-z, 0-9 and hyphens"
            yield Fault(what, "rename it, for example {#stay-safe}", near, given)
        elif _RESERVED_ID.search(given):
            what = f"the id `{given}` is of a form kept for rows, paragraphs and notes"
            yield Fault(what, "choose another", near, given)
    elif given is not None and not _NOTE_ID.match(given):
        what = f"an id (`{given}`) stands on something that is not a heading"
        yield Fault(what, "take it out: paragraphs and rows get their own anchors", near, given)
    for name in (element.get("class") or "").split():
        if name not in CLASSES and not re.match(r"^language-[\w+#-]+$", name):
            known = "note, warning, example, important, number"
            yield Fault(f"the class `{name}` is not known", f"use one of: {known}", near, name)


def section_links(known: Callable[[str], bool]) -> Rule:
    """The rule for links and images in an edition; `known` says whether an attachment exists."""

    def rule(element: lxml.html.HtmlElement) -> Iterator[Fault]:
        near = nearest_text(element)
        if element.tag == "a":
            yield from _link(element.get("href") or "", near, known)
        elif element.tag == "img":
            source = element.get("src") or ""
            if not (element.get("alt") or "").strip():
                yield Fault("a picture has no words", "describe it: ![what it shows](file)", near, source)
            if not _FILE_LINK.match(source):
                what = f"a picture is taken from `{source[:80]}`"
                remedy = "put it under attachments/<edition>/ of its plan and write that path"
                yield Fault(what, remedy, near, source[:40])
            elif not known(source):
                yield Fault(f"there is no file `{source}`", "add it, or correct the path", near, source)

    return rule


def _link(href: str, near: str, known: Callable[[str], bool]) -> Iterator[Fault]:
    if href.startswith("plan:"):
        if not _PLAN_LINK.match(href):
            remedy = "write plan:PLAN, plan:PLAN@EDITION or plan:PLAN@EDITION#ID"
            yield Fault(f"`{href[:80]}` is not a link to a plan", remedy, near, href[:40])
    elif href.startswith("attachments/"):
        if not _FILE_LINK.match(href) or not known(href):
            yield Fault(f"there is no file `{href[:80]}`", "add it, or correct the path", near, href[:40])
    elif not re.match(r"^(https?://[^\s/]+|mailto:[^\s?]+@[^\s?]+$|#\S)", href):
        what = f"`{href[:80]}` is not a link that keeps working"
        yield Fault(what, "link to a plan (plan:...), a section (#...) or an https address", near, href[:40])


def nearest_text(element: lxml.html.HtmlElement) -> str:
    """The text of the block that an element stands in."""
    here: lxml.html.HtmlElement | None = element
    while here is not None and here.getparent() is not None:
        text = " ".join(here.text_content().split())
        if text:
            return text
        here = here.getparent()
    return ""
