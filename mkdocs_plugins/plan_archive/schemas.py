"""The JSON Schemas of the files that editors write and of the data that the site publishes."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from .facts import Authority, FrontMatter, PlanFacts, Registers

FILES: dict[str, tuple[type[BaseModel], str]] = {
    "authority": (Authority, "plans/authority.yml"),
    "plan": (PlanFacts, "plans/<plan>/plan.yml"),
    "edition": (FrontMatter, "the front matter of plans/<plan>/<edition>.md"),
    "registers": (Registers, "plans/registers/<name>.yml, each under its own key"),
}
"""The shape of each file that editors write, by name, with where the file lies."""

Schema = dict[str, Any]


def _object(description: str, **fields: Schema) -> Schema:
    """A shape whose fields are all there, and no other; `notice` stands on examples alone."""
    required = [name for name in fields if name != "notice"]
    return {
        "type": "object",
        "description": description,
        "properties": fields,
        "required": required,
        "additionalProperties": False,
    }


def _field(kind: str, description: str, **more: Any) -> Schema:
    return {"type": kind, "description": description, **more}


def _maybe(kind: str, description: str, **more: Any) -> Schema:
    return {"anyOf": [{"type": kind, **more}, {"type": "null"}], "description": description}


def _one_of(values: str, description: str) -> Schema:
    return {"type": "string", "enum": values.split(), "description": description}


def _list(item: Schema, description: str) -> Schema:
    return {"type": "array", "items": item, "description": description}


def _shape(name: str, description: str = "") -> Schema:
    return {"$ref": f"#/$defs/{name}"} | ({"description": description} if description else {})


def _counts(description: str, **meanings: str) -> Schema:
    fields = {name: _field("integer", meaning, minimum=0) for name, meaning in meanings.items()}
    return _object(description, **fields)


_NOTICE = _field("string", '"Fictional example ..." where the archive is one; otherwise the key is not there.')
_SECTION_KINDS = "changed added removed moved retitled renumbered split merged"
_MEASURE_KINDS = (
    "made_easier made_harder direction_unknown baseline_changed unit_changed definition_changed"
    " past_actual_changed actual_added added dropped"
)
COMPARISON: Schema = {
    **_object(
        "What changed between two texts: sections, blocks, words and measures.",
        notice=_NOTICE,
        schema={"const": "plan-archive/comparison/1", "description": "The name and version of this shape."},
        old=_shape("ComparedText", "The text that is compared from."),
        new=_shape("ComparedText", "The text that is compared to."),
        summary=_shape("Summary", "How many of what changed."),
        sections=_list(
            _shape("SectionChange"),
            "Every section of both texts, in the new text's order; one that was removed stands after the section"
            " that it followed.",
        ),
        measures=_list(_shape("MeasureChange"), "What changed about each measure, in the new text's order."),
    ),
    "$defs": {
        "ComparedText": _object(
            "One of the two texts.",
            ref=_field("string", "What it was called: `cypp@2006`, or a path."),
            sha256=_field("string", "The SHA-256 of its file, as in the catalogue.", pattern="^[0-9a-f]{64}$"),
        ),
        "Summary": _object(
            "Counts of what changed.",
            sections=_shape("SectionCounts", "Of sections."),
            words=_shape("WordCounts", "Of words."),
            rows=_shape("RowCounts", "Of rows of tables."),
            measures=_shape("MeasureCounts", "Of measures."),
            links=_shape("LinkCounts", "Of links."),
        ),
        "SectionCounts": _counts(
            "Sections by what became of them. One that was changed and moved counts under both.",
            unchanged="Nothing changed.",
            changed="Words, rows or markup changed.",
            added="New.",
            removed="Ended: nothing in the new text was taken for it.",
            moved="Stands elsewhere.",
            retitled="Has another heading.",
            renumbered="Has another number in its heading.",
            split="Became two sections or more.",
            merged="Was two sections or more.",
        ),
        "WordCounts": _counts("Words that came and went.", inserted="Words that came.", deleted="Words that went."),
        "RowCounts": _counts(
            "Rows of tables, heads included.",
            changed="A cell changed.",
            added="New.",
            removed="Gone.",
            moved="Stands in another place.",
        ),
        "MeasureCounts": _counts(
            "Changes of measures by kind.",
            made_easier="Targets that became easier to reach.",
            made_harder="Targets that became harder to reach.",
            direction_unknown="Targets that changed, and nobody can say which way.",
            baseline_changed="Baselines, or their years.",
            unit_changed="Units.",
            definition_changed="Names of measures, or which way is better.",
            past_actual_changed="Results that were reported before and are not as they were.",
            actual_added="Results that were reported for the first time.",
            added="New measures.",
            dropped="Measures that are gone.",
        ),
        "LinkCounts": _counts("Links.", changed="Blocks in which a link leads elsewhere, came or went."),
        "SectionChange": _object(
            "What became of one section.",
            change=_list(
                {"type": "string", "enum": _SECTION_KINDS.split()},
                "Empty where nothing changed. `added` and `removed` stand alone; the others may stand together.",
            ),
            old=_list(_shape("SectionName"), "The section in the old text; none if it is new, several if merged."),
            new=_list(_shape("SectionName"), "The section in the new text; none if it ended, several if split."),
            blocks=_list(
                _shape("BlockChange"),
                "Its blocks, heading first, without those of sections below it. Each block of both texts stands in"
                " one section only; one that moved to another section stands there.",
            ),
        ),
        "SectionName": _object(
            "Which section is meant.",
            chapter=_field("string", 'In a folder of chapters, the name of its file without the ending; otherwise "".'),
            id=_field("string", 'Its id; "" for what stands before the first heading.'),
            title=_field("string", "Its heading, as read."),
            level=_field("integer", "The heading's level; 1 is the title's.", minimum=0),
            path=_list({"type": "string"}, "Ids of the headings above it, the highest first."),
        ),
        "BlockChange": _object(
            "What became of one block: a paragraph, a point of a list, a row, a heading.",
            kind=_one_of("heading paragraph item row code other", "What the block is."),
            change=_one_of("equal changed inserted deleted moved", "What became of it."),
            fallback=_field(
                "boolean",
                "Whether the two were too different or too long for every word to be weighed, so that more may be"
                " marked than changed.",
            ),
            old_index=_maybe(
                "integer",
                "Its place among all blocks of the old text, from 0, headings included; null where it is new. A"
                " paragraph that was split stands twice with one `old_index`, in old order.",
                minimum=0,
            ),
            new_index=_maybe("integer", "The same in the new text; null where it went.", minimum=0),
            ops=_list(
                _shape("Op"),
                "The words: what stays, goes and comes, in order. Exact: nothing is smoothed for the eye.",
            ),
            markup=_list(
                {"type": "string"},
                "What changed beside the words: `link: OLD -> NEW`, `picture`, `emphasis`, `heading level`, `kind`,"
                " `list depth`.",
            ),
        ),
        "Op": {
            "type": "array",
            "description": "A mark and a text. The mark is `=` for words that stay, `-` for words that go, `+` for"
            " words that come. Texts are whole words; the cells of a row are separated by a line end.",
            "prefixItems": [{"type": "string", "enum": ["=", "-", "+"]}, {"type": "string"}],
            "minItems": 2,
            "items": False,
        },
        "MeasureChange": _object(
            "One thing about one measure that is not as it was.",
            ref=_field("string", "The measure's Ref."),
            field=_field(
                "string",
                "What changed: `target`, `actual`, `baseline`, `baseline year`, `unit`, `definition`, `better`, or"
                " `measure` for the row as a whole.",
            ),
            year=_maybe("string", "The year of a target or an actual; null for the rest."),
            old=_maybe("string", "What stood there, as typed; null where nothing did."),
            new=_maybe("string", "What stands there now."),
            better=_field("string", 'Which way is better, in the new table: higher, lower, none, or "".'),
            change=_one_of(_MEASURE_KINDS, "The kind of change; the summary's counts say what each means."),
            reason=_maybe(
                "string", "The reason that the new edition gives under `changes:`; null where it gives none."
            ),
        ),
    },
}
"""A comparison of two texts, as published and as `plan-archive compare --format json` prints it."""

REPORT: Schema = {
    **_object(
        "What differs between two states of an archive, for a reviewer.",
        schema={"const": "plan-archive/report/1", "description": "The name and version of this shape."},
        base=_field("string", "The revision that was compared with, and its commit."),
        problems=_list(_shape("ReportedProblem"), "Every problem of the files, as `check` tells it."),
        editions=_list(_shape("ReportedEdition"), "Every edition that is new, gone or different, by reference."),
    ),
    "$defs": {
        "ReportedProblem": _object(
            "One problem.",
            file=_field("string", "The file."),
            line=_field("integer", "The line, from 1.", minimum=1),
            what=_field("string", "What is wrong."),
            remedy=_field("string", "What to do."),
        ),
        "ReportedEdition": _object(
            "One edition that differs.",
            edition=_field("string", "Its reference, such as `cypp@2007`."),
            change=_one_of("added removed changed", "What became of it."),
            against=_field(
                "string",
                'What it is compared with: the edition before it, or itself "as it was"; "" where there is nothing.',
            ),
            facts_changed=_field("boolean", "Whether the facts about it in `plan.yml` or in its front matter changed."),
            told=_list({"type": "string"}, "The comparison in a few sentences, for people; the words may change."),
            missing=_list({"type": "string"}, "What a reviewer should ask for, such as a reason; for people too."),
            hosts=_list({"type": "string"}, "Hosts of other sites that nothing in the archive linked to before."),
            comparison={
                "anyOf": [{"$ref": "comparison.json"}, {"type": "null"}],
                "description": "The whole comparison; null where there is nothing to compare with.",
            },
        ),
    },
}
"""What `plan-archive report --format json` prints."""

DATA: dict[str, Schema] = {"comparison": COMPARISON, "report": REPORT}
"""The shapes of data that are made without a model of their own, by name."""


def schema_of(shape: type[BaseModel], name: str) -> Schema:
    """The JSON Schema of a shape, named and dated by its dialect."""
    return named(shape.model_json_schema(by_alias=True, mode="validation"), name)


def named(schema: Schema, name: str) -> Schema:
    """A JSON Schema with its name and its dialect."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": f"{name}.json", **schema}
