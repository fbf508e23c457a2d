"""How an edition is cited, at an address that never changes; how to ask for it in another form, or to mend it."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from ..addresses import edition_address, version_address
from ..facts import Authority
from ..language import say_day, tr
from ..model import Edition, Library, Section, Text
from .catalogue import notice

DIGITS = 16
"""How many digits of a text's SHA-256 stand in a citation: enough to tell any two texts apart, short enough to copy."""
_PLACE = "\0"
"""Stands in a citation where the place of a part goes, until it is parted there."""


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
        # Single quotes, as lawyers use; an apostrophe in the title cannot end them.
        if paragraph:
            said = tr("s \u2018{section}\u2019, para {number}", section=section.title, number=paragraph)
            return self.of(said, f"{section.id}-p{paragraph}")
        return self.of(tr("s \u2018{section}\u2019", section=section.title), section.id)


def citation(library: Library, edition: Edition, text: Text, base: str = "") -> Citation | None:
    """How a text is cited; a draft cannot be."""
    published = text.front.published
    if published is None:
        return None
    body = library.authority
    # TRANSLATORS: a citation; {edition} is "2006 edition", and {place} a part of the text, with a space before it.
    said = tr(
        "{authority}, {title} ({edition}, {published}){place}, as at {day}, sha256 {digest}",
        authority=tr("{authority} (fictional example)", authority=body.name) if body.example else body.name,
        title=text.front.title,
        edition=edition_words(edition, text),
        published=say_day(published),
        place=_PLACE,
        day=say_day(library.as_at),
        digest=shortened(text),
    )
    before, _, after = said.partition(_PLACE)
    return Citation(before, after, whole_address(base, text_address(edition, text)))


def edition_words(edition: Edition, text: Text) -> str:
    """Which edition a text is and, where it was corrected, which version of it."""
    if len(edition.versions) > 1:
        return tr("{edition} edition, version {version}", edition=edition.id, version=text.version)
    return tr("{edition} edition", edition=edition.id)


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
    title, which = text.front.title, tr("{edition} edition", edition=edition.id)
    asked = tr("Please send me this plan in another format.")
    form = tr("The format that I need (such as large print, easy read, braille, sound, another language):")
    subject = tr("Another format: {title}", title=title)
    letter = f"{asked}\n\n{title} ({which})\n{address}\n\n{form}\n"
    return mail_address(library.authority.contact.email, subject, letter)


def print_style(library: Library, edition: Edition, text: Text) -> str:
    """A style that puts on every printed sheet of a text which text it is."""
    return _sheets(library, f"{text.front.title} ({edition_words(edition, text)})", f"sha256 {shortened(text)}")


def compared_style(library: Library, title: str, old: Text, new: Text) -> str:
    """The same for a comparison: which two texts it compares."""
    return _sheets(library, title, tr("sha256 {old} to {new}", old=shortened(old), new=shortened(new)))


def shortened(text: Text) -> str:
    """The beginning of a text's SHA-256."""
    return f"{text.sha256[:DIGITS]}..."


def any_style(library: Library) -> str:
    """The same for every other page: that it is an example, where it is one, whose archive it is, and of which day."""
    which = tr("{body}: as at {day}", body=library.authority.name, day=say_day(library.as_at))
    return _margins(library, which)


def _sheets(library: Library, title: str, digest: str) -> str:
    which = tr("{digest} \u00b7 as at {day}", digest=digest, day=say_day(library.as_at))
    return _margins(library, f"{title}\n{which}")


def _margins(library: Library, foot: str) -> str:
    """What stands in the margins of each sheet; only a style can write there, and each page needs its own."""
    head = notice(library)
    top = f"  @top-left {{ content: {_css(head)}; font-size: 7pt; }}\n" if head else ""
    return (
        "@media print { @page {\n"
        f"{top}"
        f"  @bottom-left {{ content: {_css(foot)}; font-size: 7pt; text-align: left; white-space: pre-line; }}\n"
        "} }\n"
    )


def _css(text: str) -> str:
    """A text as a string of a style sheet: whatever is no plain letter, digit or mark is written by its number."""
    plain = (c if c.isascii() and (c.isalnum() or c in " .,-()") else f"\\{ord(c):x} " for c in text)
    return f'"{"".join(plain)}"'
