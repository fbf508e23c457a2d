"""The pages that the site of a public body must have, drawn from the facts in `authority.yml`.

A body that writes one of them itself, as `docs/about/<name>.md`, has its own page in place of the one made here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

from ..addresses import edition_address, plan_address
from ..language import tr, tr_later
from ..model import Library
from .cite import file_address, mail_address
from .drawing import draw
from .nouns import Contents, Page
from .sentences import Link

ACCESSIBILITY, PRIVACY, CONTACT = "about/accessibility/", "about/privacy/", "about/contact/"
INFORMATION, CITING = "about/freedom-of-information/", "about/citing/"
FOOT = (
    Link(tr_later("Accessibility"), ACCESSIBILITY),
    Link(tr_later("Privacy"), PRIVACY),
    Link(tr_later("Contact"), CONTACT),
    Link(tr_later("Freedom of information"), INFORMATION),
    Link(tr_later("How to cite"), CITING),
    Link(tr_later("Data"), "data/"),
    Link(tr_later("About this archive"), "about/"),
)
"""What the foot of every page leads to, of what there is."""

_HEADING = re.compile(r'<h2 id="([^"]+)">([^<]+)</h2>')
COMPLIES = {
    "fully": tr_later("fully compliant"),
    "partly": tr_later("partially compliant"),
    "not": tr_later("not compliant"),
}
"""The words of the model statement, which the regulations fix."""
REGULATIONS = Link(
    tr_later("Public Sector Bodies (Websites and Mobile Applications) (No. 2) Accessibility Regulations 2018"),
    "https://www.legislation.gov.uk/uksi/2018/952",
)


@dataclass(frozen=True)
class InClass:
    """The plans of one class of the publication scheme, with their editions of that class."""

    title: str
    plans: tuple[tuple[Link, tuple[Link, ...]], ...]


def about_pages(library: Library, help_pages: frozenset[str], base: str = "") -> Iterator[Page]:
    """Each of the pages that there are facts for and that the body has not written itself."""
    body = library.authority
    if body.accessibility is not None:
        says = tr("How far everyone can use this site, what some people cannot use, and whom to tell.")
        yield from _page(library, help_pages, ACCESSIBILITY, tr("Accessibility statement"), says, base)
    says = tr("What this site knows about you: nothing.")
    yield from _page(library, help_pages, PRIVACY, tr("Privacy"), says, base)
    says = tr("How to reach {authority} about its plans.", authority=body.name)
    yield from _page(library, help_pages, CONTACT, tr("Contact"), says, base)
    if body.freedom_of_information is not None or classes(library):
        says = tr("The plans by the classes of the publication scheme, and how to ask for what is not published.")
        yield from _page(library, help_pages, INFORMATION, tr("Freedom of information"), says, base)


def _page(
    library: Library, help_pages: frozenset[str], address: str, title: str, description: str, base: str
) -> Iterator[Page]:
    """One page with its contents list, unless the body's own stands at its address."""
    if address in help_pages:
        return
    html = draw(
        f"about-{address.split('/')[1]}.html",
        address,
        body=library.authority,
        site=f"{base.rstrip('/')}/" if base else "",
        complies={status: tr(words) for status, words in COMPLIES.items()},
        regulations=Link(tr(REGULATIONS.text), REGULATIONS.address),
        classes=classes(library),
        mail=mail_address,
        settings=file_address(library.authority, "plans/authority.yml"),
    )
    contents = tuple(Contents(place, unescape(words), 2) for place, words in _HEADING.findall(html))
    above = (Link(tr("Home"), ""), *((Link(tr("About"), "about/"),) if "about/" in help_pages else ()))
    yield Page(address, title, description, html, contents, above)


def classes(library: Library) -> tuple[InClass, ...]:
    """The classes of the publication scheme that editions name, with those editions."""
    named = sorted({e.text.front.foi_class for plan in library.plans for e in plan.editions if e.text.front.foi_class})
    return tuple(
        InClass(
            title,
            tuple(
                (Link(plan.facts.title, plan_address(plan.id)), held)
                for plan in sorted(library.plans, key=lambda plan: plan.facts.title.casefold())
                for held in [
                    tuple(
                        Link(edition.id, edition_address(plan.id, edition.id))
                        for edition in plan.editions
                        if edition.text.front.foi_class == title
                    )
                ]
                if held
            ),
        )
        for title in named
    )
