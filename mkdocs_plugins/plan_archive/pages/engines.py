"""What the site says to search engines: which pages there are, since when, and whether they may be listed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from xml.etree import ElementTree as Xml

from ..addresses import edition_address
from ..model import Library
from .catalogue import EXAMPLE_NOTICE
from .cite import whole_address
from .nouns import Page, SiteFile
from .policy import HEADERS

_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"


def engine_files(
    library: Library, pages: Iterable[Page], help_pages: Iterable[str], base: str = ""
) -> Iterator[SiteFile]:
    """`robots.txt` and, where the site's own address is known, `sitemap.xml`."""
    yield SiteFile("robots.txt", robots(library, base).encode())
    if base:
        own = [page.address for page in pages if page.stands_for is None]
        yield SiteFile("sitemap.xml", sitemap(sorted({*own, *help_pages}), honest_days(library), base))


def robots(library: Library, base: str = "") -> str:
    """Programs may read every page: one that must not be listed says so itself, and could not if it were shut."""
    notice = f"# {EXAMPLE_NOTICE}\n" if library.authority.example else ""
    where = f"\nSitemap: {whole_address(base, 'sitemap.xml')}\n" if base and library.authority.listed else ""
    return f"{notice}User-agent: *\nDisallow:\n{where}"


def headers(library: Library) -> str:
    """What a server should send with every file; data and pictures can say "do not list" in no other way."""
    return HEADERS if library.authority.listed else f"{HEADERS}  X-Robots-Tag: noindex\n"


def honest_days(library: Library) -> dict[str, date]:
    """The days on which texts were published, by address. No other page has a day of its own."""
    found = {}
    for plan in library.plans:
        for edition in plan.editions:
            if edition.text.front.published is not None:
                found[edition_address(plan.id, edition.id)] = edition.text.front.published
    return found


def sitemap(addresses: Iterable[str], days: Mapping[str, date], base: str) -> bytes:
    """The sitemap: the day of a page is the day of its text, never the day of the build."""
    root = Xml.Element("urlset", {"xmlns": _SITEMAP})
    for address in addresses:
        url = Xml.SubElement(root, "url")
        Xml.SubElement(url, "loc").text = whole_address(base, address)
        if address in days:
            Xml.SubElement(url, "lastmod").text = days[address].isoformat()
    Xml.indent(root)
    drawn: bytes = Xml.tostring(root, encoding="utf-8")
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + drawn + b"\n"
