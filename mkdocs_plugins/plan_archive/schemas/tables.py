"""The tables that the site publishes as CSV: what a line of each stands for, and what stands in each column.

The heads of the files are taken from here, so that no column goes out that is not described.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .words import Schema

NOTICE = {"notice": '"Fictional example ..." where the archive is one; otherwise empty.'}
"""The last column of every table."""


@dataclass(frozen=True)
class Table:
    """A table as CSV."""

    place: str
    """Where it is found: an address of the site, or a command."""
    says: str
    """What a line stands for."""
    columns: Mapping[str, str]
    """What stands in each column, in the order of the columns; the notice, which is the last of each, left out."""

    @property
    def head(self) -> tuple[str, ...]:
        """The names of the columns, without the notice."""
        return tuple(self.columns)

    @property
    def described(self) -> dict[str, str]:
        """Every column with what stands in it, the notice included."""
        return {**self.columns, **NOTICE}


_DAY = "`2006-04-01`, `about 2004-03` or `not known`"
_PLAN = "The plan's id."
_EDITION_ID = "The edition's id."
_EDITION = "The edition, such as `cypp@2009`."
_PUBLISHED = "Its day of publication."
_REF = "The row's Ref."
_PART = "The part's place in the edition: `#exclusions` or `:BH1`."
_DESTINATION = {
    "from": "The old part's whole name, such as `behaviour-support-plan@2004#exclusions`.",
    "title": "What a reader knows the old part by.",
    "disposition": "What became of it: carried, reworded, merged, split, moved, spent or dropped.",
    "to": "The names of what it went to, with `; ` between; empty where it was spent or dropped.",
    "to_title": "What a reader knows each of these by, with `; ` between.",
    "reason": "Why.",
    "decision": "Who decided it, when, and under which minute.",
    "state": "`reviewed`; `suspect`, where a text was edited after the review; or `unreviewed`.",
    "reviewed_by": "The role of whoever read both texts.",
    "reviewed_on": "The day of the review.",
    "words_shared": "How many words that mean something both texts have.",
    "words_old": "How many such words the old text has.",
    "few_words_shared": "`yes` where that is few, or else `no`.",
    "reviewer_answers_for_the_text": "`yes` where the reviewer's role owns one of the two editions, or else `no`.",
    "file": "The file in which the row stands.",
    "line": "Its line.",
}

TABLES: dict[str, Table] = {
    "catalogue": Table(
        "/data/catalogue.csv",
        "A line for each edition, and one for each plan of which the archive holds none.",
        {
            "plan": _PLAN,
            "plan_title": "The plan's name.",
            "plan_status": "How the plan stood on the archive's day.",
            "statutory": "`yes` where the law required the plan at some time, or else `no`.",
            "superseded_by": "The ids of the plans that took its place, with spaces between.",
            "edition": f"{_EDITION_ID} This and what follows about an edition is empty where there is none.",
            "title": "The edition's title.",
            "status": "How the edition stood on the archive's day.",
            "published": "The day on which it was published.",
            "from": f"Its first day in effect, as stated: {_DAY}.",
            "to": "Its last day in effect, in the same way; empty while it lasts.",
            "version": "The number of its latest version; 1 where it was never corrected.",
            "sha256": "Of its file's bytes; for a folder of chapters, of its sorted `sha256sum` lines.",
            "address": "The permanent address, from the site's root, of the edition or, where there is none, the plan.",
            "other_languages": "The codes of the other languages in which there is a text, with spaces between.",
        },
    ),
    "changes": Table(
        "/data/plans/PLAN/changes.csv",
        "A line for each block that is not as it was, from each edition of a plan to the next.",
        {
            "old": "The id of the edition before.",
            "new": "The id of the edition after.",
            "section": "The section's id: in the new text or, where it ended, in the old.",
            "title": "Its heading.",
            "section_change": "What became of the section, in the words of the comparison's JSON, with spaces between.",
            "block": "What the block is.",
            "ref": "The numbered row's Ref, if it is one.",
            "change": "What became of it; `equal` where only its markup changed.",
            "measure_changes": "What changed about the measure of that Ref, with `; ` between.",
            "reason": "The reason that the new edition gives.",
            "old_text": "Its words before. The cells of a row are separated by a line end.",
            "new_text": "Its words after.",
        },
    ),
    "coverage": Table("/data/coverage.csv", "A line for each row of every table of destinations.", _DESTINATION),
    "destinations": Table(
        "/data/plans/PLAN/EDITION/destinations.csv", "A line for each row of the edition's tables.", _DESTINATION
    ),
    "origins": Table(
        "/data/plans/PLAN/EDITION/origins.csv",
        "A line for each old part that leads to a part of the edition, and one for each part that is new.",
        {
            "part": "The part's whole name.",
            "title": "What a reader knows it by.",
            "from": "The old part's whole name; empty where the part is new.",
            "from_title": "What a reader knows the old part by.",
            "disposition": "What became of the old part; `new` where there is none.",
        },
    ),
    "measures": Table(
        "/data/measures.csv",
        "A line for each figure of each measure in each edition.",
        {
            "plan": _PLAN,
            "edition": _EDITION_ID,
            "ref": _REF,
            "measure": "What is measured, as this edition words it.",
            "unit": "Its unit, as typed.",
            "better": "`higher`, `lower` or `none`; empty where the table does not say.",
            "kind": "What the figure is: `baseline`, `target`, `actual` (a result) or `comparator`.",
            "name": "For a comparator: whose figure it is, such as England.",
            "year": "Its year, as typed.",
            "value": "As typed.",
            "figure": "The value as a number; empty where it is no single figure.",
            "address": "The row on the site.",
        },
    ),
    "measure-edits": Table(
        "/data/measure-edits.csv",
        "A line for each thing about a measure that an edition changed; results that are new are not among them.",
        {
            "plan": _PLAN,
            "old": "The id of the edition before.",
            "new": "The id of the edition that changed it.",
            "ref": _REF,
            "measure": "What is measured, as the last edition words it.",
            "field": "What was changed: target, baseline, baseline year, actual, unit, definition or better.",
            "year": "The year of the target or result.",
            "before": "The cell before.",
            "after": "The cell after.",
            "change": "What that means, as in the JSON: `made_easier`, for example.",
            "recounted": "`yes` where the measure is counted in another way from that edition on, or else `no`.",
            "result_known": "For a target: `yes` where the same edition gives the result for its year, or else `no`.",
            "reason": "The reason that the edition gives.",
            "address": "The comparison of the two editions.",
        },
    ),
    "agreements": Table(
        "/data/agreements.csv",
        "A line for each section that belongs to an agreement, and for each such measure in each edition.",
        {
            "agreement": "The agreement's key in the register.",
            "title": "Its name.",
            "kind": "What sort of agreement it is; empty where the register does not hold it.",
            "plan": _PLAN,
            "edition": _EDITION_ID,
            "part": _PART,
            "words": "Its heading, or what is measured.",
            "targets": "For a measure: the targets that the edition gives, as `2007: 14%`, with `; ` between.",
            "address": "Where it stands on the site.",
        },
    ),
    "resources": Table(
        "/data/resources.csv",
        "A line for each action whose table has a column for resources.",
        {
            "plan": _PLAN,
            "edition": _EDITION_ID,
            "ref": _REF,
            "action": "What is to be done.",
            "resources": "The cell, as typed.",
            "state": "`named`; `pooled`, where it names a pooled budget; or `none-named`.",
            "address": "The row on the site.",
        },
    ),
    "descent": Table(
        "/data/descent.csv",
        "A line for each edition of a plan and each plan that took it up; at least one for every plan.",
        {
            "plan": _PLAN,
            "title": "Its name.",
            "status": "How it stood on the archive's day.",
            "edition": f"{_EDITION_ID} Empty where none is held.",
            "from": f"The edition's first day in effect: {_DAY}.",
            "to": "Its last day in effect, in the same way; empty while it lasts.",
            "ended_by": "How the plan ended: superseded, lapsed, withdrawn or never-adopted; empty while it lasts.",
            "taken_up_by": "The id of a plan that took its place.",
            "taken_up_on": "The first day on which that plan stood in its place, in the same way.",
            "extent": "`whole` or `part`: how much of it that plan took up.",
            "duty_from": "The day on which the duty to make it came into force, in the same way.",
            "duty_ended": "The day on which the duty ended, in the same way.",
        },
    ),
    "partners": Table(
        "/data/partners.csv",
        "A line for each partner of each action, and for each section that names a partner.",
        {
            "edition": _EDITION,
            "published": _PUBLISHED,
            "partner": "The partner's key in the register; empty where it is not in it.",
            "name": "As the plan writes it; for a section, as the register does.",
            "duty": "Whether it had a duty to co-operate on that day: `yes`, `no` or `unknown`.",
            "role": "`leads` or `supports` an action, or `section` where a section names it.",
            "part": _PART,
            "title": "What is to be done, or the section's heading.",
            "needs": "The keys of the needs groups that it is for, with spaces between.",
        },
    ),
    "needs": Table(
        "/data/needs.csv",
        "A line for each section, action and measure that an edition has for a needs group.",
        {
            "needs_group": "The group's key in the register.",
            "edition": _EDITION,
            "plan_in_effect": "`yes` where the plan was in effect on the archive's day, or else `no`.",
            "kind": "`section`, `action` or `measure`.",
            "part": _PART,
            "title": "Its heading, what is to be done, or what is measured.",
        },
    ),
    "consultation": Table(
        "/data/consultation.csv",
        "A line for each of those who were asked about an edition, or whom the law names and who were not.",
        {
            "edition": _EDITION,
            "published": _PUBLISHED,
            "kind": "`plan`, `refresh` or `review`.",
            "consultee": "For those whom the law names: the key in the register.",
            "who": "Who, as the edition says; where it says nothing, as the register does.",
            "state": "`asked`; `missing`, where there is no record; or `not-asked`, where the record says so.",
            "how": "How.",
            "when": "When, in the edition's words.",
            "changed": "What changed because of it.",
            "provision": "The provision that names them.",
        },
    ),
    "requirements": Table(
        "/data/requirements.csv",
        "A line for each thing that an edition must contain, each step of joint planning, and the day it was due.",
        {
            "edition": _EDITION,
            "published": _PUBLISHED,
            "kind": "`content`, `step` or `due`.",
            "key": "The key in the register; `in time` for the day it was due.",
            "title": "What it is.",
            "met": "`yes` or `no`; of a day that was not met, `late`, `exempt`, `not-known` or `not-published`.",
            "where": "The sections and rows that are marked for it, with spaces between.",
        },
    ),
    "provenance": Table(
        "/data/provenance.csv",
        "A line for each section of each version of each text, with the commit that last changed it.",
        {
            "edition": _EDITION,
            "version": "The version, from 1.",
            "language": "The text's language, where it is another than the body's main one.",
            "section": "The section's id; empty for what stands before the first heading.",
            "title": "Its heading, or the text's title.",
            "hash": "The full hash of the commit; empty, with what follows, where none is known.",
            "date": "When its author made it, as the author's computer said.",
            "author": "Its author, as stated there.",
            "subject": "The first line of its message.",
        },
    ),
    "targets": Table(
        "plan-archive pack: data/targets.csv",
        "A line for each thing about a measure that is not as it was, from each edition of the pack to the next.",
        {
            "old": "The id of the edition before.",
            "new": "The id of the edition after.",
            "ref": _REF,
            "measure": "What is measured.",
            "field": "What was changed: `target`, for example, or `measure` for the row as a whole.",
            "year": "The year of the target or result.",
            "old_value": "The cell before; empty where there was none.",
            "new_value": "The cell after; empty where there is none.",
            "better": "Which way is better: `higher`, `lower` or `none`; empty where neither table says.",
            "change": "What that means, as in the comparison's JSON: `made_easier`, for example.",
            "reason": "The reason that the new edition gives.",
        },
    ),
}
"""Every table, by name."""


def table_schema(table: Table) -> Schema:
    """The columns of a table for programs, in the words of CSV on the Web (W3C)."""
    return {
        "@context": "http://www.w3.org/ns/csvw",
        "dc:description": table.says,
        "columns": [
            {"name": name, "titles": name, "datatype": "string", "dc:description": meaning}
            for name, meaning in table.described.items()
        ],
    }
