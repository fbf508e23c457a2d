"""The registers: law, partners, groups and the lists that plans are held against."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from .kinds import Address, Day, Fact, Key, Line, Ref, When
from .plan import LawStatus


class Law(Fact):
    """One instrument, or one provision of it, that the archive cites."""

    citation: Line
    """How it is cited."""
    address: Address | None = None
    """Its official page."""
    in_force: When
    """The day it came into force."""
    ended: When | None = None
    """The day it ceased to have effect."""
    by: tuple[Key, ...] = ()
    """Keys of this register: what ended it."""
    extent: Line
    """Where it applied."""
    status: LawStatus
    """How it stands once every date given here has passed; never a default."""
    certainty: Literal["certain", "named", "probable", "suggested"]
    """How sure the archive is of this row."""
    source: Line
    """What was read."""
    checked: Day
    """The day it was last checked."""
    note: Line | None = None
    """A sentence for the reader."""


class PartnerDuty(Fact):
    """A partner's legal duty to co-operate, with its dates."""

    from_: When = Field(alias="from")
    """The day it began."""
    ended: When | None = None
    """The day it ended."""
    by: tuple[Key, ...] = ()
    """Keys of the law register."""


class Partner(Fact):
    """A body that the authority plans with."""

    title: Line
    """Its name."""
    also: tuple[Line, ...] = ()
    """Other names by which plans call it, and posts of its that lead actions."""
    duty: PartnerDuty | None = None
    """Its duty to co-operate."""
    no_duty: Line | None = None
    """Why it had none, or what is known of it."""
    note: Line | None = None
    """A sentence for the reader."""

    @model_validator(mode="after")
    def _duty_or_not(self) -> Partner:
        if (self.duty is None) == (self.no_duty is None):
            raise ValueError("needs either `duty` or `no_duty` with what is known")
        return self


class Term(Fact):
    """A word that readers or searchers use."""

    title: Line
    """The word as the archive writes it."""
    meaning: Line | None = None
    """What it means, in plain words."""
    also: tuple[Line, ...] = ()
    """Other words for it, used by search."""
    source: tuple[Key, ...] = ()
    """Keys of the law register, where the law gives the word."""


class Group(Fact):
    """A group of people who plan together: the strategy group, or one of its sub-groups."""

    title: Line
    """Its name."""
    kind: Literal["strategy-group", "sub-group"]
    """Whether it leads the whole plan or a part."""
    under: Key | None = None
    """The group that it answers to."""
    chair: Line
    """The role that chairs it."""
    members: tuple[Key, ...] = ()
    """Keys of the register of partners: who sits at the table."""
    interests: tuple[Line, ...] = ()
    """The interests at the table, where they are not partners of the register."""
    remit: Line
    """What it looks after."""
    handles: tuple[Line, ...] = ()
    """Its names on the forge, for CODEOWNERS, such as @council/stay-safe."""
    from_: When | None = Field(default=None, alias="from")
    """The day it began."""
    to: When | None = None
    """The day it ended."""
    note: Line | None = None
    """A sentence for the reader."""


class Requirement(Fact):
    """One thing that the law says a plan must contain."""

    title: Line
    """What must be there, in plain words."""
    provision: Line
    """The provision, such as reg 4(2)(b)."""
    law: Key
    """A key of the law register."""
    from_: When | None = Field(default=None, alias="from")
    """The first day of publication to which it applies."""
    to: When | None = None
    """The last day of publication to which it applies."""
    note: Line | None = None
    """A sentence for the reader."""


class Consultee(Fact):
    """Someone whom the law says a council must consult about a plan."""

    title: Line
    """Who."""
    provision: Line
    """The provision that names them."""
    law: Key
    """A key of the law register."""
    from_: When | None = Field(default=None, alias="from")
    """The first day of publication to which it applies."""
    to: When | None = None
    """The last day of publication to which it applies."""


class Agreement(Fact):
    """An agreement with government that shares targets with a plan, or one block of it."""

    title: Line
    """Its name."""
    kind: Literal["local-public-service-agreement", "local-area-agreement-block"]
    """What sort of agreement it is."""
    from_: When = Field(alias="from")
    """The first day."""
    to: When | None = None
    """The last day."""
    note: Line | None = None
    """A sentence for the reader."""


class MeasureFacts(Fact):
    """What is said of a measure beside the tables: its definition and whom it is shared with."""

    plan: Key
    """The plan whose tables hold it."""
    ref: Ref
    """Its Ref."""
    definition: Line
    """What is counted, exactly."""
    agreement: tuple[Key, ...] = ()
    """Keys of the register of agreements that hold the same target."""
    note: Line | None = None
    """A sentence for the reader."""


class Lesson(Fact):
    """Something that was found about earlier planning, with its source."""

    title: Line
    """The finding, in a few words."""
    kind: Literal["why-plans-failed", "driver", "barrier", "structure", "sampling-sector", "step", "survey"]
    """What sort of finding it is."""
    finding: Line
    """The finding, in our own words."""
    source: Line
    """Where it was found."""
    question: Line | None = None
    """A question for a team to discuss."""
    plans: tuple[Key, ...] = ()
    """Plans that it is about."""


class Relationship(Fact):
    """One relationship between partners who plan together, as a survey recorded it."""

    authority: Line
    """The authority."""
    needs_group: Key = Field(alias="needs-group")
    """A key of the register of needs groups."""
    partner: Line
    """With whom it plans."""
    structure: Line | None = None
    """The group or meeting in which they plan."""


class Registers(BaseModel):
    """The registers, each a mapping from key to row; `plans/registers/<name>.yml` holds one."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    law: dict[Key, Law] = Field(default_factory=dict)
    """Every citation on the site is a key of it."""
    partners: dict[Key, Partner] = Field(default_factory=dict)
    """The bodies that the authority plans with."""
    terms: dict[Key, Term] = Field(default_factory=dict)
    """The glossary, and the words that search treats as one."""
    outcomes: dict[Key, Term] = Field(default_factory=dict)
    """The outcomes that plans are set out by."""
    needs_groups: dict[Key, Term] = Field(default_factory=dict, alias="needs-groups")
    """The groups of children that plans provide for."""
    groups: dict[Key, Group] = Field(default_factory=dict)
    """The strategy group and its sub-groups; `CODEOWNERS` is made from them."""
    steps: dict[Key, Term] = Field(default_factory=dict)
    """The steps of joint planning, by number."""
    required_contents: dict[Key, Requirement] = Field(default_factory=dict, alias="required-contents")
    """What the law says a plan must contain."""
    consultees: dict[Key, Consultee] = Field(default_factory=dict)
    """Whom the law says a council must consult."""
    agreements: dict[Key, Agreement] = Field(default_factory=dict)
    """Agreements that share targets with the plans."""
    measures: dict[Key, MeasureFacts] = Field(default_factory=dict)
    """Definitions of measures."""
    lessons: dict[Key, Lesson] = Field(default_factory=dict)
    """What was found about earlier planning."""
    relationships: dict[Key, Relationship] = Field(default_factory=dict)
    """Who plans with whom, by needs group: a sample, where it says so."""
