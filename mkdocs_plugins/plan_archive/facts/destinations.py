"""`destinations/<edition>-to-<plan>-<edition>.yml`: where each part of a superseded plan went."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Discriminator, Field, StringConstraints, Tag, model_validator

from .kinds import Address, Day, Fact, Line, Name

Disposition = Literal["carried", "reworded", "merged", "split", "moved", "spent", "dropped"]

_PLACE = r"(?:#[a-z0-9-]*|:[A-Z]{1,4}[0-9]+[a-z]?)"
_EDITION = r"[a-z0-9][a-z0-9-]*@[a-z0-9][a-z0-9-]*"


def _place(value: str) -> str:
    if not re.fullmatch(_PLACE, value):
        raise ValueError('is not a part of the old plan: write "#section-id" or ":REF", in quotes')
    return value


def _target(value: str) -> str:
    if not re.fullmatch(f"(?:{_EDITION})?{_PLACE}", value):
        raise ValueError(
            'is not a place in a plan: write "#section-id", ":REF" or "plan@edition#section-id", in quotes'
        )
    return value


def _edition(value: str) -> str:
    if not re.fullmatch(_EDITION, value):
        raise ValueError("is not an edition: write plan@edition, such as cypp@2006")
    return value


Place = Annotated[str, AfterValidator(_place)]
Target = Annotated[str, AfterValidator(_target)]
EditionName = Annotated[str, AfterValidator(_edition)]
Hash = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{16}$")]


class Outside(Fact):
    """A text that is not in the archive."""

    outside: Line
    """What it is called."""
    citation: Line | None = None
    """Where in it, as one would cite it."""
    address: Address | None = None
    """Where it can be read."""


def _inside_or_not(value: Any) -> str:
    return "outside" if isinstance(value, dict | Outside) else "inside"


Receiver = Annotated[
    Annotated[Target, Tag("inside")] | Annotated[Outside, Tag("outside")], Discriminator(_inside_or_not)
]


class Reviewed(Fact):
    """Who read a row and both its texts, when, and which words they read."""

    by: Line
    """The role of whoever read them."""
    on: Day
    """The day."""
    old: Hash
    """The fingerprint of the old text as it was read."""
    new: tuple[Hash, ...] = ()
    """The fingerprints of the receiving texts as they were read, in the order of `to`; none for outside texts."""


class DestinationRow(Fact):
    """What became of one section, or of one numbered row, of a superseded plan."""

    from_: Place = Field(alias="from")
    """The old part: `"#id"` for a section (`"#"` for what stands before the first heading), `":REF"` for a row."""
    disposition: Disposition
    """What became of it: carried (word for word), reworded, merged, split, moved (to another plan), spent, dropped."""
    to: tuple[Receiver, ...] = ()
    """Where it went; none where it was spent or dropped."""
    reason: Line | None = None
    """Why; required for moved, spent and dropped."""
    decision: Name | None = None
    """Who decided it, when, under which minute; required for dropped, where `{unknown: ...}` may stand."""
    reviewed: Reviewed | None = None
    """Stamped by `plan-archive review`, never by hand."""

    @model_validator(mode="after")
    def _agree(self) -> DestinationRow:
        count = len(self.to)
        if self.disposition in ("spent", "dropped") and count:
            raise ValueError(f"was {self.disposition}, but `to` says where it went: keep one of the two")
        if self.disposition not in ("spent", "dropped") and not count:
            raise ValueError(f"was {self.disposition}, but `to` does not say where it went: name the receiving part")
        if self.disposition == "split" and count < 2:
            raise ValueError("was split, but has one target: name two or more, or call it reworded")
        if self.disposition == "carried" and count > 1:
            raise ValueError("was carried word for word, but has more than one target: call it split")
        if self.disposition in ("moved", "spent", "dropped") and self.reason is None:
            raise ValueError(f"was {self.disposition}, but has no `reason`: say why")
        if self.disposition == "dropped" and self.decision is None:
            raise ValueError("was dropped, but has no `decision`: give the minute, or unknown")
        keys = [target if isinstance(target, str) else repr(target) for target in self.to]
        if len(set(keys)) < len(keys):
            raise ValueError("names one target twice: keep one")
        return self


class DestinationFile(Fact):
    """Where every section and numbered row of a superseded plan's last edition went."""

    from_: EditionName = Field(alias="from")
    """The old edition, the one in effect at the end: plan@edition."""
    to: EditionName
    """The edition that took its place."""
    rows: tuple[DestinationRow, ...]
    """One row for each section with text of its own and for each Ref."""
