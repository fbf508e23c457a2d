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
NOTE_BACK = "\N{LEFTWARDS ARROW WITH HOOK}\N{VARIATION SELECTOR-15}"
"""What the way back from a footnote is drawn with."""
SCHEMES = {"http", "https", "mailto", "plan"}
_NAME = re.compile(r"[^\s/>=<\"']+")
_SECTION_ID = re.compile(r"^[a-z0-9][a-z0-9-]*$")
_RESERVED_ID = re.compile(r"^ref-|-p\d+$|^fn|^content$")
_NOTE_ID = re.compile(r"^fn(ref[0-9]*)?:[A-Za-z0-9_-]+$")
_PLAN_LINK = re.compile(r"^plan:([a-z0-9][a-z0-9-]*)(@[a-z0-9][a-z0-9-]*)?(#[A-Za-z0-9][\w-]*)?$")
_KEPT_LINK = re.compile(
    r"^(https?://[A-Za-z0-9.-]+(:[0-9]+)?([/?#][^\s\"<>`\\{}|^]*)?|mailto:[A-Za-z0-9._+-]+@[A-Za-z0-9.-]+|#[\w:.-]+)$"
)
"""No name before the host (`https://good@evil`), and nothing that a later program could read as markup."""
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
    given = lxml.html.fragment_fromstring(html, create_parent="div")
    kept = lxml.html.fragment_fromstring(strict, create_parent="div")
    strange = [tag for tag in re.findall(r"<(/?[^\s/>]*)", html) if tag.removeprefix("/").lower() not in ALLOWED]
    if strict == everything and not strange and _parts(given) == _parts(kept):
        return strict, list(_judged(kept, links))
    faults = list(_forbidden(given)) or list(_judged(given, links))
    if not faults and strange:
        remedy = "write it in Markdown, without HTML"
        faults = [Fault(f"the element <{tag}> is not allowed", remedy, "", f"<{tag}") for tag in strange]
    if not faults:
        remedy = "write it in Markdown, without HTML"
        faults.append(Fault("the text holds HTML that is not allowed", remedy, "", "<"))
    return strict, faults


def _judged(root: lxml.html.HtmlElement, links: Rule) -> Iterator[Fault]:
    """What is wrong with the ids, classes, links, images and footnotes of a page."""
    ids: set[str] = set()
    for element in root.iterdescendants():
        if not isinstance(element.tag, str):
            continue
        yield from _attributes(element)
        yield from _note_marks(element)
        yield from links(element)
        given = element.get("id")
        if given is not None and given in ids and element.tag not in HEADINGS:
            yield Fault(f"the id `{given}` stands twice", "take it out", nearest_text(element), given)
        ids.add(given or "")


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
        parts.update(f"{element.tag!s} {name!s}" for name in element.attrib)
    return parts


def _forbidden(root: lxml.html.HtmlElement) -> Iterator[Fault]:
    """The elements, attributes and comments that no list allows."""
    for element in root.iterdescendants():
        near = nearest_text(element)
        if not isinstance(element.tag, str):
            mark = {"?": "<?", "[": "<!["}.get((element.text or "")[:1], "<!--")
            yield Fault("an HTML comment or instruction is not allowed", "delete it", near, mark)
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
            what = f"the id `{given}` is of a form kept for rows, paragraphs, notes and the page"
            yield Fault(what, "choose another", near, given)
    elif given is not None and given.startswith("fn") and not _NOTE_ID.match(given):
        what = f"a footnote cannot be called `{given.partition(':')[2]}`"
        yield Fault(what, "use a-z, 0-9 and hyphens, for example [^1]", near, given.partition(":")[2])
    elif given is not None and not _NOTE_ID.match(given):
        what = f"an id (`{given}`) stands on something that is not a heading"
        yield Fault(what, "take it out: paragraphs and rows get their own anchors", near, given)
    for name, form in (("start", r"\d{1,4}"), ("align", "left|right|center")):
        value = element.get(name)
        if value is not None and not re.fullmatch(form, value):
            yield Fault(f"`{name}` cannot be '{value}' here", "write it in Markdown, without HTML", near, value)
    for name in (element.get("class") or "").split():
        if name not in CLASSES and not re.match(r"^language-[\w+#-]+$", name):
            known = "note, warning, example, important, number"
            yield Fault(f"the class `{name}` is not known", f"use one of: {known}", near, name)


def _note_marks(element: lxml.html.HtmlElement) -> Iterator[Fault]:
    """The classes of footnotes stand where the dialect puts them: words under them are not compared or sealed."""
    root = element.getroottree().getroot()
    words = element.text_content().strip()
    if (element.get("id") or "").startswith("fn") and element.tag in ("sup", "li"):
        marks = element.xpath("./a[@class='footnote-ref'] | self::li[ancestor::div[@class='footnote']]")
        if not marks:
            what = f"an id (`{element.get('id')}`) stands on something that is not a heading"
            yield Fault(what, "take it out", nearest_text(element), str(element.get("id")))
    right = {
        "footnote-ref": element.tag == "a" and words.isdecimal(),
        "footnote-backref": element.tag == "a" and words == NOTE_BACK,
        "footnote": element.tag == "div" and element.getparent() is root and element.getnext() is None,
    }
    for name in (element.get("class") or "").split():
        if not right.get(name, True):
            yield Fault(f"the class `{name}` is kept for footnotes", "take it out", nearest_text(element), name)


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
                yield Fault(what, remedy, near, source[:40] or "<img")
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
    elif not _KEPT_LINK.match(href):
        what = f"`{href[:80]}` is not a link that keeps working"
        yield Fault(what, "link to a plan (plan:...), a section (#...) or an https address", near, href[:40])


def nearest_text(element: lxml.html.HtmlElement) -> str:
    """The text of the block that an element stands in."""
    here: lxml.html.HtmlElement | None = element
    while here is not None and here.getparent() is not None:
        text = " ".join(here.text_content().split()) if isinstance(here.tag, str) else ""
        if text:
            return text
        here = here.getparent()
    return ""
