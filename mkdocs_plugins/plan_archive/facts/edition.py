"""What stands above an edition's text: true on the day of publication, and sealed with it."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from .kinds import Day, Fact, Key, Line, Name, Ref, YesNo


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
    consultee: Key | None = None
    """A key of the register of consultees, where the law names them."""
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

    def translated(self, words: TranslatedFront) -> FrontMatter:
        """The same facts as a text in another language states them."""
        given = {name: getattr(words, name) for name in TranslatedFront.model_fields}
        return self.model_copy(update=given)

    @model_validator(mode="after")
    def _published(self) -> FrontMatter:
        if not self.draft and self.published is None:
            raise ValueError("has no `published` date: give it, or say `draft: yes`")
        if (self.corrects is None) != (self.reason is None):
            raise ValueError("needs `corrects` and `reason` together: a correction says what was wrong")
        return self


class TranslatedFront(Fact):
    """What stands above an edition's text in another language: its words; the facts stay those of the main text."""

    title: Line
    """The edition's title; the text's first heading must equal it."""
    published: Day
    """The day on which this text was published."""
    change_note: Line | None = None
    """What changed since the edition before; required where the main text has it."""
    changes: tuple[ChangeNote, ...] = ()
    """The reasons for single changes, for the same sections and rows as in the main text."""
    consultation: tuple[Consulted, ...] = ()
    """Who was asked, as many as in the main text."""
    reason: Line | None = None
    """In a correction: what was wrong."""
