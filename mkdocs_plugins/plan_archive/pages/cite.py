"""How an edition is cited, at an address that never changes; how to ask for it in another form, or to mend it."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from ..addresses import edition_address, version_address
from ..facts import Authority
from ..language import say_day
from ..model import Edition, Library, Section, Text
from .catalogue import EXAMPLE_NOTICE

DIGITS = 16
"""How many digits of a text's SHA-256 stand in a citation: enough to tell any two texts apart, short enough to copy."""


@dataclass(frozen=True)
class Citation:
    """One text as it is cited; a section, a paragraph or a row goes between its two halves."""

    before: str
    """Body, title, edition, day of publication."""
    after: str
    """The day for which the site speaks, and the beginning of the text's SHA-256."""
    address: str
    """The permanent address of exactly this text; from the site's root where the site's own is not known."""

    def of(self, pinpoint: str = "", anchor: str = "") -> str:
        """The whole citation: of the edition, or of a part of it."""
        place = f" {pinpoint}" if pinpoint else ""
        return f"{self.before}{place}{self.after}, <{self.address}{'#' if anchor else ''}{anchor}>"

    def of_section(self, section: Section, paragraph: int | None = None) -> str:
        """The citation of a section, or of one of its paragraphs, counted as on its page."""
        part, anchor = (f", para {paragraph}", f"-p{paragraph}") if paragraph else ("", "")
        return self.of(f"s {quoted(section.title)}{part}", f"{section.id}{anchor}")


def quoted(title: str) -> str:
    """A title in the single quotes that lawyers use, which an apostrophe in it cannot end."""
    return f"\u2018{title}\u2019"


def citation(library: Library, edition: Edition, text: Text, base: str = "") -> Citation | None:
    """How a text is cited; a draft cannot be."""
    published = text.front.published
    if published is None:
        return None
    body = library.authority
    fiction = " (fictional example)" if body.example else ""
    version = f", version {text.version}" if len(edition.versions) > 1 else ""
    return Citation(
        f"{body.name}{fiction}, {text.front.title} ({edition.id} edition{version}, {say_day(published)})",
        f", as at {say_day(library.as_at)}, sha256 {shortened(text)}",
        whole_address(base, text_address(edition, text)),
    )


def text_address(edition: Edition, text: Text) -> str:
    """Where exactly this text stays: an edition's own address shows its latest version, so a corrected one has two."""
    if len(edition.versions) > 1:
        return version_address(edition.plan, edition.id, text.version)
    return edition_address(edition.plan, edition.id)


def whole_address(base: str, address: str) -> str:
    """An address of the site in full, or from its root where nobody said where the site lies."""
    return f"{base.rstrip('/')}/{address}"


def file_address(authority: Authority, file: str) -> str:
    """Where a file of the archive can be changed on the web; "" where the body does not say."""
    return authority.forge.replace("{file}", quote(file)) if authority.forge else ""


def mail_address(email: str, subject: str, body: str = "") -> str:
    """A link that opens a letter with its subject, and perhaps its first lines, already written."""
    more = f"&body={quote(body, safe='')}" if body else ""
    return f"mailto:{email}?subject={quote(subject, safe='')}{more}"


def other_form(library: Library, edition: Edition, text: Text, base: str = "") -> str:
    """A letter to the body that asks for an edition in another format."""
    address = whole_address(base, edition_address(edition.plan, edition.id))
    words = (
        f"Please send me this plan in another format.\n\n{text.front.title} ({edition.id} edition)\n{address}\n\n"
        "The format that I need (such as large print, easy read, braille, sound, another language):\n"
    )
    return mail_address(library.authority.contact.email, f"Another format: {text.front.title}", words)


def print_style(library: Library, edition: Edition, text: Text) -> str:
    """A style that puts on every printed sheet of a text which text it is."""
    version = f", version {text.version}" if len(edition.versions) > 1 else ""
    return _sheets(library, f"{text.front.title} ({edition.id} edition{version})", f"sha256 {shortened(text)}")


def compared_style(library: Library, title: str, old: Text, new: Text) -> str:
    """The same for a comparison: which two texts it compares."""
    return _sheets(library, title, f"sha256 {shortened(old)} to {shortened(new)}")


def shortened(text: Text) -> str:
    """The beginning of a text's SHA-256."""
    return f"{text.sha256[:DIGITS]}..."


def _sheets(library: Library, title: str, digest: str) -> str:
    """What stands in the margins of each sheet; only a style can write there, and each page needs its own."""
    foot = f"{title}\n{digest} \u00b7 as at {say_day(library.as_at)}"
    head = f"  @top-left {{ content: {_css(EXAMPLE_NOTICE)}; font-size: 7pt; }}\n" if library.authority.example else ""
    return (
        "@media print { @page {\n"
        f"{head}"
        f"  @bottom-left {{ content: {_css(foot)}; font-size: 7pt; text-align: left; white-space: pre-line; }}\n"
        "} }\n"
    )


def _css(text: str) -> str:
    """A text as a string of a style sheet: whatever is no plain letter, digit or mark is written by its number."""
    plain = (c if c.isascii() and (c.isalnum() or c in " .,-()") else f"\\{ord(c):x} " for c in text)
    return f'"{"".join(plain)}"'
