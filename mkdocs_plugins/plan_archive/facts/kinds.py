"""What a fact may be made of: ids, days, names, and the honest gap."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    StringConstraints,
    Tag,
)

PLAN_ID = r"^[a-z0-9][a-z0-9-]*$"
SECTION_ID = r"^[a-z0-9][a-z0-9-]*$"
REF = r"^[A-Z]{1,4}[0-9]+[a-z]?$"
RESERVED = frozenset(
    ["registers", "attachments", "destinations", "origins", "changes", "measures", "columns", "feed", "index"]
)
"""Names that no plan and no edition may take, since the site uses them as addresses."""


class Fact(BaseModel):
    """Something an editor states: frozen, and with no keys that are not known."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


def _plain(value: str) -> str:
    if "<" in value or ">" in value:
        raise ValueError("holds < or >, which are not allowed in facts: write 'less than' or 'more than'")
    return value


def iso_day(value: object) -> object:
    """A day of the calendar from `2006-04-01`; whatever is no text is left to the type."""
    if isinstance(value, str):
        if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
            raise ValueError("is not a date: write it as year-month-day, for example 2006-04-01")
        try:
            return date.fromisoformat(value)
        except ValueError:
            raise ValueError("is not a day of the calendar: check the month and the day") from None
    return value


def _yes_no(value: object) -> object:
    if isinstance(value, str):
        if value not in ("yes", "no"):
            raise ValueError("must be yes or no")
        return value == "yes"
    return value


def _address(value: str) -> str:
    if not re.fullmatch(r"https?://[^\s\"'`\\{}|^]+", value):
        raise ValueError("is not a web address: it must begin with https:// and hold no spaces or quotes")
    return value


Line = Annotated[str, StringConstraints(min_length=1, max_length=4000), AfterValidator(_plain)]
Key = Annotated[str, StringConstraints(pattern=PLAN_ID, max_length=80)]
Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}$")]
Ref = Annotated[str, StringConstraints(pattern=REF)]
Day = Annotated[date, BeforeValidator(iso_day)]
YesNo = Annotated[bool, BeforeValidator(_yes_no)]
Address = Annotated[str, AfterValidator(_address), AfterValidator(_plain)]


class Unknown(Fact):
    """An honest gap: what is not known, and where it was looked for."""

    unknown: Annotated[Line, StringConstraints(min_length=8)]
    """What was searched or seen, in a sentence; printed as "Not known: ..."."""


class About(Fact):
    """A date known only to the month or the year."""

    about: Annotated[str, StringConstraints(pattern=r"^\d{4}(-(0[1-9]|1[0-2]))?$")]
    """A year or a month, `2004` or `2004-03`; printed as "about March 2004"."""


def _kind_of_date(value: object) -> str:
    if isinstance(value, Unknown) or (isinstance(value, dict) and "unknown" in value):
        return "unknown"
    if isinstance(value, About) or (isinstance(value, dict) and "about" in value):
        return "about"
    return "day"


def _known_or_not(value: object) -> str:
    return "unknown" if _kind_of_date(value) == "unknown" else "known"


When = Annotated[
    Annotated[Day, Tag("day")] | Annotated[About, Tag("about")] | Annotated[Unknown, Tag("unknown")],
    Discriminator(_kind_of_date),
]
Name = Annotated[Annotated[Line, Tag("known")] | Annotated[Unknown, Tag("unknown")], Discriminator(_known_or_not)]


class DecisionMade(Fact):
    """A decision that the body took at a meeting."""

    body: Line
    """Who decided: Full council, Cabinet, a committee."""
    date: Day
    """The day of the meeting."""
    minute: Line
    """The number of the minute."""


Decision = Annotated[
    Annotated[DecisionMade, Tag("known")] | Annotated[Unknown, Tag("unknown")], Discriminator(_known_or_not)
]
Keys = Annotated[
    Annotated[tuple[Key, ...], Tag("known")] | Annotated[Unknown, Tag("unknown")],
    Discriminator(_known_or_not),
]
