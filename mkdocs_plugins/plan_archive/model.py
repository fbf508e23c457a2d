"""The nouns: a library of plans, their editions, the sections of a text and its blocks.

Everything here is frozen and holds no behaviour beyond looking itself up. The dated facts that editors state are in
`facts`; what follows from them for a day is in `status`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal, TypeVar

from pydantic import BaseModel

from .facts import Authority, DestinationRow, EditionFacts, FrontMatter, PlanFacts, Registers

BlockKind = Literal["heading", "paragraph", "item", "row", "code", "other"]


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, list item, table row or heading: the smallest part that is cited or compared."""

    kind: BlockKind
    anchor: str
    """Its id on the page, without `#`."""
    text: str
    """Its words joined by one space; the cells of a row by a tab."""
    html: str
    """Its own markup, without nested blocks."""
    line: int
    """Where it begins in its file, counted from 1."""
    depth: int = 0
    """How deep a list item is nested, from 1; 0 outside lists."""
    ref: str | None = None
    """A keyed row's Ref."""
    table: int | None = None
    """For a row: which table of the edition it belongs to, counted from 0."""
    header: bool = False
    """For a row: whether it is its table's head."""

    @property
    def cells(self) -> tuple[str, ...]:
        """A row's cells, in order."""
        return tuple(self.text.split("\t")) if self.kind == "row" else ()


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what belongs to it directly; what stands before the first heading has the id ""."""

    id: str
    title: str
    level: int
    """1 for the text before the first heading, 2 to 6 for headings as drawn."""
    path: tuple[str, ...]
    """The ids of the sections that hold it, outermost first."""
    chapter: str
    """The stem of the file it stands in."""
    line: int
    blocks: tuple[Block, ...]
    """In reading order, its heading first; a footnote belongs to the section that first cites it."""
    html: str
    """Everything below the heading, checked, with anchors; `plan:` links not yet resolved."""
    explicit: bool = True
    """Whether the id was written by the editor."""

    @property
    def own_blocks(self) -> tuple[Block, ...]:
        """What the section says itself: its blocks but the heading."""
        return tuple(block for block in self.blocks if block.kind != "heading")

    @property
    def own_text(self) -> str:
        """The text that is fingerprinted: blocks joined by a newline; the heading and keyed rows left out."""
        return "\n".join(block.text for block in self.own_blocks if block.ref is None)

    @property
    def says_something(self) -> bool:
        """Whether it has text of its own: anything but its heading and its keyed tables."""
        keyed = {block.table for block in self.blocks if block.ref is not None}
        return any(block.table not in keyed for block in self.own_blocks)


@dataclass(frozen=True, slots=True)
class PlanLink:
    """A link written `plan:PLAN@EDITION#ID`, with where it stands."""

    file: str
    line: int
    plan: str
    edition: str | None
    anchor: str | None


@dataclass(frozen=True, slots=True)
class Attachment:
    """An image or file that belongs to an edition and is served under its address."""

    name: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Text:
    """One version of an edition's text: what was published on a day, or a correction of it."""

    file: str
    """Path of its file, or of its folder's index, from the archive's root."""
    front: FrontMatter
    sections: tuple[Section, ...]
    sha256: str
    """Of the file's bytes; of the sorted `sha256sum` lines where the text is a folder of chapters."""
    version: int = 1
    links: tuple[PlanLink, ...] = ()
    front_lines: tuple[tuple[str, int], ...] = ()
    """Lines of the front matter's keys, dotted, for messages."""

    @property
    def declared(self) -> tuple[tuple[str, str], ...]:
        """What the editors say became of sections since the edition before: ids, the old one first.

        A section that ended has "" for the new one, and one that is new has "" for the old one.
        """
        renamed = [(was, here) for here, facts in self.front.sections.items() for was in facts.was]
        ended = [(note.section, "") for note in self.front.changes if note.section and note.change == "ended"]
        begun = [("", note.section) for note in self.front.changes if note.section and note.change == "added"]
        return (*renamed, *ended, *begun)

    @property
    def words(self) -> int:
        """How many words the text has, headings and tables included."""
        return sum(len(block.text.split()) for section in self.sections for block in section.blocks)

    def section(self, section_id: str) -> Section | None:
        """The section with that id, if there is one."""
        return next((section for section in self.sections if section.id == section_id), None)

    def anchors(self) -> Iterator[str]:
        """Every id that this text puts on its page."""
        for section in self.sections:
            if section.id:
                yield section.id
            for block in section.blocks:
                if block.kind != "heading":
                    yield block.anchor

    def rows(self) -> Iterator[Block]:
        """Every keyed row, in order."""
        return (block for section in self.sections for block in section.blocks if block.ref)


@dataclass(frozen=True, slots=True)
class Edition:
    """One published version of a plan, with the facts about it and its text."""

    plan: str
    id: str
    facts: EditionFacts | None
    """None only for a draft that has no facts yet."""
    versions: tuple[Text, ...]
    """The text as first published, then its corrections."""
    attachments: tuple[Attachment, ...] = ()
    others: tuple[tuple[str, tuple[Text, ...]], ...] = ()
    """Its texts in other languages, by the language's code: the versions, in the order of the main ones."""
    language: str = ""
    """The language of `versions`; "" for the body's main one."""

    @property
    def text(self) -> Text:
        """The text as it stands, with every correction."""
        return self.versions[-1]

    @property
    def draft(self) -> bool:
        """Whether the text calls itself a draft; a correction makes none of an edition that was published."""
        return self.versions[0].front.draft

    @property
    def adopted(self) -> bool:
        """Whether it ever took effect, or is to: neither a draft nor given up."""
        return not self.draft and self.facts is not None and self.facts.in_effect.ended_by != "never-adopted"

    @property
    def title(self) -> str:
        """The edition's title."""
        return self.text.front.title


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan: what it is, and its editions, the earliest first."""

    id: str
    facts: PlanFacts
    editions: tuple[Edition, ...]
    file: str
    """Path of its `plan.yml`."""

    def edition(self, edition_id: str) -> Edition | None:
        """The edition with that id, if the archive holds it."""
        return next((edition for edition in self.editions if edition.id == edition_id), None)

    def after(self, edition: Edition) -> Edition | None:
        """The next edition of the same plan that was adopted."""
        later = self.editions[self.editions.index(edition) + 1 :]
        return next((other for other in later if other.adopted), None)

    def before(self, edition: Edition) -> Edition | None:
        """The edition of the same plan before this one."""
        place = self.editions.index(edition)
        return self.editions[place - 1] if place else None


@dataclass(frozen=True, slots=True)
class DestinationTable:
    """Where every part of a superseded plan's last edition went."""

    file: str
    """Path of its file."""
    plan: str
    edition: str
    to_plan: str
    to_edition: str
    rows: tuple[DestinationRow, ...]
    lines: tuple[int, ...]
    """The line at which each row begins."""

    @property
    def old(self) -> str:
        """The old edition, as a reference."""
        return f"{self.plan}@{self.edition}"

    @property
    def new(self) -> str:
        """The edition that took its place, as a reference."""
        return f"{self.to_plan}@{self.to_edition}"


@dataclass(frozen=True, slots=True)
class HelpPage:
    """A page that the body writes beside its plans: about the archive, how to read it, contact."""

    file: str
    """Path from the archive's root."""
    title: str


@dataclass(frozen=True, slots=True)
class Library:
    """Everything that the archive holds: the body, its registers and its plans, by id."""

    authority: Authority
    as_at: date
    """The day for which the site speaks."""
    registers: Registers
    plans: tuple[Plan, ...]
    destinations: tuple[DestinationTable, ...] = ()
    """The tables of destinations, by file."""
    language: str = ""
    """The language in which it is seen; "" for the body's main one."""

    def plan(self, plan_id: str) -> Plan | None:
        """The plan with that id, if there is one."""
        return next((plan for plan in self.plans if plan.id == plan_id), None)

    def edition(self, plan_id: str, edition_id: str) -> Edition | None:
        """An edition by its plan's id and its own, if there is one."""
        plan = self.plan(plan_id)
        return plan.edition(edition_id) if plan else None

    def without_drafts(self) -> Library:
        """The library as the public may see it."""
        plans = []
        for plan in self.plans:
            public = tuple(edition for edition in plan.editions if not edition.draft)
            if public or plan.facts.no_editions:
                plans.append(Plan(plan.id, plan.facts, public, plan.file))
        return replace(self, plans=tuple(plans))

    def seen_in(self, language: str) -> Library:
        """The library in another of the body's languages; an edition without a text in it keeps its main one."""
        plans = tuple(
            replace(
                plan,
                facts=_worded(plan.facts, plan.facts.translated.get(language)),
                editions=tuple(
                    replace(edition, versions=texts[language], language=language) if language in texts else edition
                    for edition in plan.editions
                    for texts in [dict(edition.others)]
                ),
            )
            for plan in self.plans
        )
        authority = _worded(self.authority, self.authority.translated.get(language))
        return replace(self, authority=authority, plans=plans, language=language)


Facts = TypeVar("Facts", Authority, PlanFacts)


def _worded(facts: Facts, words: BaseModel | None) -> Facts:
    """Facts with the words that another language has for them."""
    return facts.model_copy(update=words.model_dump(exclude_none=True)) if words else facts


Op = tuple[Literal["=", "-", "+"], str]
"""Words that stay, go or come; whole words with single spaces, cells separated by a newline."""


@dataclass(frozen=True, slots=True)
class BlockChange:
    """What became of one block between two texts."""

    kind: BlockKind
    change: Literal["equal", "changed", "inserted", "deleted", "moved"]
    old_index: int | None
    """Its place among all blocks of the old text, from 0, headings included."""
    new_index: int | None
    ops: tuple[Op, ...]
    """Exact: `=` and `-` are the old words, `=` and `+` the new."""
    markup: tuple[str, ...] = ()
    """What changed beside words: links, pictures, emphasis, a heading's level."""
    fallback: bool = False
    """Whether the two were too different, or too long, to mark word by word."""


@dataclass(frozen=True, slots=True)
class SectionChange:
    """What became of one section; two or more sections on one side where it was split or merged."""

    change: tuple[str, ...]
    """() unchanged; added or removed alone; or any of changed, moved, retitled, renumbered, split, merged."""
    old: tuple[Section, ...]
    new: tuple[Section, ...]
    blocks: tuple[BlockChange, ...]


@dataclass(frozen=True, slots=True)
class MeasureChange:
    """One thing about one measure that is not as it was."""

    ref: str
    field: str
    """target, baseline, baseline year, actual, unit, definition, better or measure."""
    year: str | None
    old: str | None
    new: str | None
    better: str
    """higher, lower, none, or "" where the table does not say."""
    change: str
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changed between two texts."""

    sections: tuple[SectionChange, ...]
    """In the new text's reading order, a removed one after its old predecessor."""
    measures: tuple[MeasureChange, ...] = ()
