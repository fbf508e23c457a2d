"""What editors state about the body, its plans and its law: the shapes of every file but the text itself.

A fact is frozen once read. Every scalar arrives as a string and is typed here. Where a date, a law, an owner or a
decision is honestly not known, `{unknown: what was searched}` stands in its place and is printed as such.
The descriptions below the fields are the reference for editors and the JSON Schemas that the site publishes.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    StringConstraints,
    Tag,
    model_validator,
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


def _iso_day(value: object) -> object:
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
Ref = Annotated[str, StringConstraints(pattern=REF)]
Day = Annotated[date, BeforeValidator(_iso_day)]
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


class PlanFacts(Fact):
    """`plan.yml`: what a plan is, and the dated facts about it."""

    title: Line
    """The plan's name."""
    abbreviation: Line | None = None
    """The letters it went by."""
    summary: Line
    """What the plan was for, in one or two sentences that anyone understands."""
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
    evidence: tuple[Evidence, ...]
    """How sure the archive is, claim by claim."""
    editions: dict[Key, EditionFacts] = Field(default_factory=dict)
    """The dated facts of each edition, by the edition's id."""
    no_editions: Line | None = None
    """Why the archive holds no edition, where it holds none."""

    @model_validator(mode="after")
    def _some_edition(self) -> PlanFacts:
        if self.editions and self.no_editions is not None:
            raise ValueError("has `editions` and also `no_editions`: keep one of the two")
        return self


class Period(Fact):
    """The years that an edition is about, which need not be the days it was in effect."""

    from_: Day = Field(alias="from")
    """The first day."""
    to: Day
    """The last day."""

    @model_validator(mode="after")
    def _order(self) -> Period:
        if self.to <= self.from_:
            raise ValueError("ends before it begins: check `from` and `to`")
        return self


class ChangeNote(Fact):
    """Why one section or row is not what it was in the edition before."""

    section: Key | None = None
    """The section's id, in this edition or the one before."""
    ref: Ref | None = None
    """The row's Ref, in this edition or the one before."""
    change: Literal["added", "dropped", "ended", "lowered", "raised", "moved", "renamed", "split", "merged", "reworded"]
    """What was done."""
    reason: Line
    """Why."""
    decision: Line | None = None
    """Who decided it, when, and under which minute."""

    @model_validator(mode="after")
    def _one_thing(self) -> ChangeNote:
        if (self.section is None) == (self.ref is None):
            raise ValueError("needs either `section` or `ref`")
        return self


class SectionFacts(Fact):
    """What is said of one section beside its text."""

    was: tuple[Key, ...] = ()
    """Ids of the edition before that this section was, where it was renamed, split or merged."""
    needs: tuple[Key, ...] = ()
    """Keys of the register of needs groups."""
    outcome: Key | None = None
    """A key of the register of outcomes."""
    step: tuple[Key, ...] = ()
    """Numbers of the nine steps."""
    requirement: tuple[Key, ...] = ()
    """Keys of the register of required contents."""
    agreement: tuple[Key, ...] = ()
    """Keys of the register of agreements."""
    owner: Key | None = None
    """A key of the register of groups."""
    partners: tuple[Key, ...] = ()
    """Keys of the register of partners."""


class Consulted(Fact):
    """One group of people who were asked about an edition."""

    who: Line
    """Who was asked."""
    how: Line
    """How they were asked."""
    when: Line
    """When."""
    changed: Line
    """What changed because of it; "Nothing" is an answer."""


class FrontMatter(Fact):
    """What stands above an edition's text: true on the day of publication, and sealed with it."""

    title: Line
    """The edition's title; the text's first heading must equal it."""
    kind: Literal["plan", "refresh", "review"]
    """A new plan, a yearly refresh of one, or a review."""
    period: Period
    """The years it is about."""
    published: Day | None = None
    """The day it was published; required unless it is a draft."""
    owner: Name
    """The role or body responsible for it."""
    foi_class: Line | None = None
    """Its class in the body's freedom-of-information publication scheme."""
    change_note: Line | None = None
    """What changed since the edition before, in a few plain sentences; required after the first."""
    changes: tuple[ChangeNote, ...] = ()
    """The reasons for single changes."""
    sections: dict[Key, SectionFacts] = Field(default_factory=dict)
    """What is said of single sections, by section id."""
    consultation: tuple[Consulted, ...] = ()
    """Who was asked, how, when, and what changed."""
    draft: YesNo = False
    """`yes` keeps the edition out of every public build."""
    corrects: Key | None = None
    """In `<edition>.v2.md` and later: the version that this one corrects, `v1`."""
    reason: Line | None = None
    """In a correction: what was wrong."""

    @model_validator(mode="after")
    def _published(self) -> FrontMatter:
        if not self.draft and self.published is None:
            raise ValueError("has no `published` date: give it, or say `draft: yes`")
        if (self.corrects is None) != (self.reason is None):
            raise ValueError("needs `corrects` and `reason` together: a correction says what was wrong")
        return self


class Contact(Fact):
    """How to reach the body."""

    postal: Line
    """Its postal address, on one line."""
    email: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9._+-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}$")]
    """An address that someone reads."""
    phone: Line | None = None
    """A telephone number."""


class Authority(Fact):
    """`authority.yml`: the body whose plans these are, stated once."""

    name: Line
    """The body's name."""
    kind: Line
    """What sort of body it is."""
    example: YesNo
    """`yes` puts "Fictional example" first on everything that the archive makes."""
    as_at: Annotated[date | Literal["build"], BeforeValidator(lambda v: v if v == "build" else _iso_day(v))]
    """The day for which the site speaks; `build` for the day of the build."""
    languages: tuple[Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}$")], ...] = ("en",)
    """The languages of its texts, the main one first."""
    contact: Contact
    """How to reach it."""
    licence: Line
    """The licence of the texts."""


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
