"""`authority.yml`: the body whose plans these are."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import BeforeValidator, StringConstraints

from .kinds import Fact, Line, YesNo, iso_day


class Contact(Fact):
    """How to reach the body."""

    postal: Line
    """Its postal address, on one line."""
    email: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9._+-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}$")]
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
    languages: tuple[Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}$")], ...] = ("en",)
    """The languages of its texts, the main one first."""
    contact: Contact
    """How to reach it."""
    licence: Line
    """The licence of the texts."""
    limits: Limits = Limits()
    """Limits for plain writing."""
