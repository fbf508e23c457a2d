"""`authority.yml`: the body whose plans these are."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    StringConstraints,
    TypeAdapter,
    ValidationError,
    model_validator,
)

from .kinds import Address, Day, Fact, Language, Line, When, YesNo, iso_day

Email = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9._+-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}$")]


def _files_address(value: str) -> str:
    """The address of the repository's files: a web address in which `{file}` stands once."""
    whole = value.replace("{file}", "file")
    try:
        TypeAdapter(Address).validate_python(whole)
    except ValidationError:
        raise ValueError("is not a web address: it must begin with https:// and hold no spaces or quotes") from None
    if value.count("{file}") != 1:
        raise ValueError("needs `{file}` once, where the file's path goes")
    return value


class Contact(Fact):
    """How to reach the body."""

    postal: Line
    """Its postal address, on one line."""
    email: Email
    """An address that someone reads."""
    phone: Line | None = None
    """A telephone number."""


class Limits(Fact):
    """The body's own limits for plain writing: advice in `check`, never a failure."""

    reading_age: int | None = None
    """The highest reading age, in years."""
    sentence_words: int | None = None
    """The longest average sentence, in words."""
    section_words: int | None = None
    """The longest section, in words."""


class AccessFault(Fact):
    """One thing on the site that some people cannot use."""

    what: Line
    """What it is, and for whom it is a fault, in a sentence."""
    rule: Line | None = None
    """The success criterion that it fails, with its number and name."""
    reason: Literal["breach", "burden", "exempt"] = "breach"
    """Why it is there: it should not be; it would be a disproportionate burden; the regulations leave it out."""
    instead: Line | None = None
    """What people can use in its place."""
    by: When | None = None
    """When it will be put right."""


class Enforcement(Fact):
    """Who sees to it that the regulations on accessibility are kept."""

    body: Line
    """The body that enforces them."""
    advice: Line
    """Whom a person turns to who is not content with an answer."""
    address: Address
    """Where that body or service is found on the web."""


class Accessibility(Fact):
    """The facts of the accessibility statement that the law asks of a public body's site."""

    standard: Line
    """What the site was tested against, such as Web Content Accessibility Guidelines version 2.2 AA standard."""
    status: Literal["fully", "partly", "not"]
    """How far it complies."""
    tested: Day
    """The day of the last test."""
    tested_by: Line
    """Who tested it, how, and which pages, in a sentence."""
    known_faults: tuple[AccessFault, ...] = ()
    """What some people cannot use; needed unless the site complies fully."""
    improving: Line | None = None
    """What is being done about it."""
    prepared: Day
    """The day on which the statement was first written."""
    reviewed: Day | None = None
    """The day on which it was last looked over."""
    answer_days: int | None = None
    """Within how many working days a person has an answer."""
    enforcement: Enforcement
    """Who enforces the regulations."""

    @model_validator(mode="after")
    def _agree(self) -> Accessibility:
        if self.status == "fully" and any(fault.reason != "exempt" for fault in self.known_faults):
            raise ValueError("has status fully but also `known_faults` that are no exemptions: say partly")
        if self.status != "fully" and not self.known_faults:
            raise ValueError(f"has status {self.status} but no `known_faults`: say what some people cannot use")
        if self.reviewed is not None and self.reviewed < self.prepared:
            raise ValueError("was reviewed before it was prepared: check `prepared` and `reviewed`")
        return self


class Privacy(Fact):
    """What only the body knows about the server that gives out its site."""

    host: Line
    """Who runs the server, in a sentence."""
    log: Line
    """What the server notes about a visit, and for how long, in a sentence or two."""
    officer: Email | None = None
    """Whom to ask about personal data, where it is not the body's own address."""


class Information(Fact):
    """How people ask the body for what it has not published."""

    email: Email | None = None
    """Where requests go, where it is not the body's own address."""
    scheme: Address | None = None
    """The body's whole publication scheme."""


class AuthorityWords(Fact):
    """What the body is called in another of its languages."""

    name: Line
    """The body's name."""
    kind: Line | None = None
    """What sort of body it is."""
    licence: Line | None = None
    """The licence of the texts."""


class Authority(Fact):
    """`authority.yml`: the body whose plans these are, stated once."""

    name: Line
    """The body's name."""
    kind: Line
    """What sort of body it is."""
    example: YesNo
    """`yes` puts "Fictional example" first on everything that the archive makes."""
    as_at: Annotated[date | Literal["build"], BeforeValidator(lambda v: v if v == "build" else iso_day(v))]
    """The day for which the site speaks; `build` for the day of the build."""
    languages: Annotated[tuple[Language, ...], Field(min_length=1)] = ("en",)
    """The languages of its texts, the main one first; each other one has its pages under `/LANGUAGE/`."""
    translated: dict[Language, AuthorityWords] = Field(default_factory=dict)
    """What the body is called in its other languages."""
    contact: Contact
    """How to reach it."""
    licence: Line
    """The licence of the texts."""
    limits: Limits = Limits()
    """Limits for plain writing."""
    robots: Literal["index", "noindex"] = "index"
    """Whether search engines may list the site; an example is never listed."""
    forge: Annotated[str, AfterValidator(_files_address)] | None = None
    """Where a file of the archive can be changed on the web, with `{file}` for its path: for "Suggest a change"."""
    accessibility: Accessibility | None = None
    """The facts of the accessibility statement; without them there is no statement."""
    privacy: Privacy | None = None
    """What only the body knows about its server."""
    freedom_of_information: Information | None = None
    """How to ask for what is not published."""

    @property
    def listed(self) -> bool:
        """Whether search engines may list the site."""
        return self.robots == "index" and not self.example
