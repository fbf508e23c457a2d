"""`plan.yml`: what a plan is, and the dated facts about it and its editions."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field, model_validator

from .kinds import Address, Decision, Fact, Key, Keys, Language, Line, Name, Unknown, When, YesNo

LawStatus = Literal[
    "in-force", "prospective", "repealed", "revoked", "substituted", "disapplied", "lapsed", "never-commenced"
]


class Duty(Fact):
    """The legal duty to make a plan: a fact apart from the plan itself, which may outlive it."""

    from_: When | None = Field(default=None, alias="from")
    """The day the duty came into force; left out where the status is none, prospective or never-commenced."""
    ended: When | None = None
    """The day the duty ended; left out while it lasts."""
    by: Keys = ()
    """Keys of the law register: what ended the duty."""
    extent: Line | None = None
    """Where the duty applied, for example England."""
    status: LawStatus | Literal["none"]
    """How the duty stands once every date given here has passed; `none` where there never was a duty."""
    note: Line | None = None
    """A sentence for the reader about what is not simple."""

    @model_validator(mode="after")
    def _agree(self) -> Duty:
        if self.status == "none":
            if self.from_ is not None or self.ended is not None:
                raise ValueError("has status none but also dates: a duty that never was has no dates")
            return self
        if self.from_ is None and self.status not in ("prospective", "never-commenced"):
            raise ValueError("has no `from`: give the day the duty came into force, or unknown")
        over = self.status in ("repealed", "revoked", "substituted", "disapplied", "lapsed")
        if over and self.ended is None:
            raise ValueError(f"has status {self.status} but no `ended`: give the day, or unknown")
        if self.ended is not None and not over:
            raise ValueError(f"has an `ended` date but status {self.status}: say how it ended")
        if isinstance(self.from_, date) and isinstance(self.ended, date) and self.ended <= self.from_:
            raise ValueError("ended before it began: check `from` and `ended`")
        return self


class InEffect(Fact):
    """The days on which an edition was the plan in effect, the first and the last included."""

    from_: When | None = Field(default=None, alias="from")
    """The first day in effect; left out only for an edition that was never adopted."""
    to: When | None = None
    """The last day in effect; left out, with `ended_by`, while it lasts."""
    ended_by: Literal["superseded", "lapsed", "withdrawn", "never-adopted"] | None = None
    """How it ended."""

    @model_validator(mode="after")
    def _agree(self) -> InEffect:
        if (self.to is None) != (self.ended_by is None):
            raise ValueError("needs `to` and `ended_by` together, or neither while the edition is in effect")
        if self.from_ is None and self.ended_by != "never-adopted":
            raise ValueError("has no `from`: give the first day in effect, or unknown")
        if isinstance(self.from_, Unknown) and self.to is None:
            raise ValueError("does not know its first day: only an edition that has ended may say so")
        if self.from_ is not None and self.ended_by == "never-adopted":
            raise ValueError("was never adopted, so it has no `from`: leave the first day out")
        if isinstance(self.from_, date) and isinstance(self.to, date) and self.to < self.from_:
            raise ValueError("ended before it began: check `from` and `to`")
        return self


class Publication(Fact):
    """When and how an edition was made public (the regulations of 2005 asked for three routes)."""

    website: When | None = None
    """The day it was put on the website."""
    partners: When | None = None
    """The day copies went to the partners."""
    libraries: When | None = None
    """The day paper copies were put in libraries for the public to take."""


class Companion(Fact):
    """Another form of an edition: a young people's version, large print, easy read."""

    title: Line
    """What it is called."""
    address: Address | None = None
    """Where it can be read."""
    note: Line | None = None
    """How to get it where it has no address."""


class Due(Fact):
    """When the law asked for an edition, and by which rule."""

    on: When
    """The last day allowed, or the year in which it was due."""
    rule: Line
    """The rule, in words."""
    law: tuple[Key, ...] = ()
    """Keys of the law register."""
    exempt: Line | None = None
    """Why the body did not have to, where it did not."""


class EditionFacts(Fact):
    """The dated facts about one edition; its text never changes, these may be added to."""

    in_effect: InEffect
    """The days on which it was the plan in effect."""
    decision: Decision
    """Who adopted it, when, and under which minute."""
    publication: Publication = Publication()
    """When and how it was made public."""
    companions: tuple[Companion, ...] = ()
    """Its other forms."""
    due: Due | None = None
    """When the law asked for it."""


class Succession(Fact):
    """One plan taking the place of another, by the body's own decision."""

    plan: Key
    """The other plan's id."""
    on: When
    """The first day on which the new plan stood in the old one's place."""
    authority: Decision
    """The body's decision; an Act ends a duty, not a plan."""
    extent: Literal["whole", "part"] = "whole"
    """Whether the whole plan was replaced or a part."""


class Related(Fact):
    """A plan that is linked with this one but neither replaces it nor is replaced by it."""

    plan: Key | None = None
    """Its id, where it is in the archive."""
    outside: Line | None = None
    """Its name, where it is not."""
    reason: Line
    """What the link is."""

    @model_validator(mode="after")
    def _one_end(self) -> Related:
        if (self.plan is None) == (self.outside is None):
            raise ValueError("needs either `plan` (in the archive) or `outside` (a name)")
        return self


class Evidence(Fact):
    """How sure the archive is of one thing it says about a plan."""

    claim: Literal["membership", "basis", "cycle", "end"]
    """What is claimed: that it was one of those replaced, its legal basis, its cycle, its end."""
    confidence: Literal["certain", "named", "probable", "suggested"]
    """How sure: certain, named by a source of the time, probable, or suggested (no source found)."""
    source: Line
    """Where it is from."""


class Later(Fact):
    """Something that happened after the archive's day and that a reader should know."""

    on: When
    """When."""
    what: Line
    """What happened, in a sentence."""
    law: tuple[Key, ...] = ()
    """Keys of the law register."""


class PlanWords(Fact):
    """What a plan is called in another of the body's languages."""

    title: Line
    """The plan's name."""
    abbreviation: Line | None = None
    """The letters it goes by."""
    summary: Line
    """What the plan was for, in one or two sentences that anyone understands."""


class PlanFacts(Fact):
    """`plan.yml`: what a plan is, and the dated facts about it."""

    title: Line
    """The plan's name."""
    abbreviation: Line | None = None
    """The letters it went by."""
    summary: Line
    """What the plan was for, in one or two sentences that anyone understands."""
    translated: dict[Language, PlanWords] = Field(default_factory=dict)
    """What it is called in the body's other languages."""
    aliases: tuple[Line, ...] = ()
    """Other names, and old web addresses (beginning with `/`); both lead to the plan's page."""
    statutory: YesNo
    """Whether the law required it at some time."""
    owner: Name
    """The role or body that was responsible for it."""
    approver: Name
    """Who had to approve it."""
    cycle: Name
    """How often it was made anew or reviewed."""
    legal_basis: Keys
    """Keys of the law register; an empty list where there was none."""
    duty: Duty
    """The legal duty to make it."""
    superseded_by: tuple[Succession, ...] = ()
    """The plans that took its place; the other plan's `supersedes` must agree."""
    supersedes: tuple[Succession, ...] = ()
    """The plans whose place it took; the other plan's `superseded_by` must agree."""
    related: tuple[Related, ...] = ()
    """Plans linked with it."""
    later: tuple[Later, ...] = ()
    """What happened after the day for which the site speaks."""
    evidence: tuple[Evidence, ...]
    """How sure the archive is, claim by claim."""
    editions: dict[Key, EditionFacts] = Field(default_factory=dict)
    """The dated facts of each edition, by the edition's id."""
    no_editions: Line | None = None
    """Why the archive holds no edition, where it holds none."""
    ended_by: Literal["never-adopted", "lapsed", "withdrawn"] | None = None
    """Where the archive holds no edition: how the plan ended, if that is known and no other plan took its place."""

    @model_validator(mode="after")
    def _some_edition(self) -> PlanFacts:
        if self.editions and self.no_editions is not None:
            raise ValueError("has `editions` and also `no_editions`: keep one of the two")
        if self.ended_by is not None and (self.editions or self.superseded_by):
            raise ValueError("has `ended_by` beside `editions` or `superseded_by`: those say how it ended")
        return self
