"""Atom feeds of the publication log: one for the site, one for each plan, the latest entry first."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from xml.etree import ElementTree as Xml

from ..addresses import plan_address, relative
from ..language import tr
from ..model import Library
from ..record import Record
from .catalogue import EXAMPLE_NOTICE
from .log import Told, told
from .nouns import SiteFile
from .pairs import Pair

_ATOM = "http://www.w3.org/2005/Atom"
MOST = 200
"""Entries in a feed; older ones are in the log."""


def feed_files(library: Library, record: Record, pairs: Sequence[Pair]) -> Iterator[SiteFile]:
    """The feeds; none where the archive has no log."""
    if record.log is None:
        return
    every = told(library, record.log, pairs)
    yield SiteFile("feed.xml", _feed(library, record, "feed.xml", library.authority.name, "", every))
    for plan in library.plans:
        mine = [each for each in every if each.entry.plan == plan.id]
        if mine:
            here = f"{plan_address(plan.id)}feed.xml"
            yield SiteFile(here, _feed(library, record, here, plan.facts.title, plan_address(plan.id), mine))


def _feed(library: Library, record: Record, here: str, title: str, about: str, entries: Sequence[Told]) -> bytes:
    example = library.authority.example
    feed = Xml.Element("feed", {"xmlns": _ATOM, "xml:lang": library.authority.languages[0]})
    _add(feed, "title", _titled(tr("{title}: publication log", title=title), example=example))
    if example:
        _add(feed, "subtitle", EXAMPLE_NOTICE)
    _add(feed, "id", _id(f"{library.authority.name}/{about}"))
    _add(feed, "updated", f"{max(each.entry.recorded for each in entries)}T00:00:00Z")
    _add(_add(feed, "author"), "name", library.authority.name)
    _add(feed, "link", rel="self", type="application/atom+xml", href=_href(record, here, here))
    _add(feed, "link", rel="alternate", type="text/html", href=_href(record, here, about))
    for each in entries[: -MOST - 1 : -1]:
        _entry(feed, each, record, here, example=example)
    Xml.indent(feed)
    text: str = Xml.tostring(feed, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{text}\n'.encode()


def _entry(feed: Xml.Element, each: Told, record: Record, here: str, *, example: bool) -> None:
    """One entry: what happened to what, when, why, who says so, and what changed."""
    made = _add(feed, "entry")
    _add(made, "title", _titled(tr("{event}: {title}", event=each.event, title=each.title), example=example))
    _add(made, "id", _id(f"{record.log.entries[0].archive if record.log else ''}/{each.entry.entry}/{_digest(each)}"))
    _add(made, "updated", f"{each.entry.recorded}T00:00:00Z")
    _add(made, "link", rel="alternate", type="text/html", href=_href(record, here, f"log/#{each.anchor}"))
    if each.address:
        _add(made, "link", rel="related", type="text/html", href=_href(record, here, each.address))
    _add(made, "category", term=each.entry.event, label=each.event)
    when = [tr("On {day}.", day=each.on)] if each.on else []
    more = [sentence if sentence.endswith(".") else f"{sentence}." for sentence in each.more]
    said = " ".join([*when, each.entry.why, *more, tr("Entered by: {who}.", who=each.who)])
    _add(made, "summary", said.replace("  ", " "))


def _titled(title: str, *, example: bool) -> str:
    """A title that says first, where the archive is one, that it is a fictional example."""
    return tr("Fictional example: {title}", title=title) if example else title


def _add(parent: Xml.Element, tag: str, text: str = "", **attributes: str) -> Xml.Element:
    child = Xml.SubElement(parent, tag, attributes)
    child.text = text or None
    return child


def _id(name: str) -> str:
    """A name that never changes, made from what it names."""
    return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'plan-archive:{name}')}"


def _digest(each: Told) -> str:
    """The line before tells two logs apart, and so two entries of one number."""
    return each.entry.before or "first"


def _href(record: Record, here: str, there: str) -> str:
    """A whole address where the site's own is known; or else from the feed's place."""
    return f"{record.address.rstrip('/')}/{there}" if record.address else relative(here, there)
