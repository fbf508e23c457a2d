"""The shape of a comparison."""

from __future__ import annotations

from .words import NOTICE, Schema, a_field, a_list, an_object, counts, maybe, one_of, shape

_SECTION_KINDS = "changed added removed moved retitled renumbered split merged"
_MEASURE_KINDS = (
    "made_easier made_harder direction_unknown baseline_changed unit_changed definition_changed"
    " past_actual_changed actual_added added dropped"
)
COMPARISON: Schema = {
    **an_object(
        "What changed between two texts: sections, blocks, words and measures.",
        notice=NOTICE,
        schema={"const": "plan-archive/comparison/1", "description": "The name and version of this shape."},
        old=shape("ComparedText", "The text that is compared from."),
        new=shape("ComparedText", "The text that is compared to."),
        summary=shape("Summary", "How many of what changed."),
        sections=a_list(
            shape("SectionChange"),
            "Every section of both texts, in the new text's order; one that was removed stands after the section"
            " that it followed.",
        ),
        measures=a_list(shape("MeasureChange"), "What changed about each measure, in the new text's order."),
    ),
    "$defs": {
        "ComparedText": an_object(
            "One of the two texts.",
            ref=a_field("string", "What it was called: `cypp@2006`, or a path."),
            sha256=a_field("string", "The SHA-256 of its file, as in the catalogue.", pattern="^[0-9a-f]{64}$"),
        ),
        "Summary": an_object(
            "Counts of what changed.",
            sections=shape("SectionCounts", "Of sections."),
            words=shape("WordCounts", "Of words."),
            rows=shape("RowCounts", "Of rows of tables."),
            measures=shape("MeasureCounts", "Of measures."),
            links=shape("LinkCounts", "Of links."),
        ),
        "SectionCounts": counts(
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
        "WordCounts": counts("Words that came and went.", inserted="Words that came.", deleted="Words that went."),
        "RowCounts": counts(
            "Rows of tables, heads included.",
            changed="A cell changed.",
            added="New.",
            removed="Gone.",
            moved="Stands in another place.",
        ),
        "MeasureCounts": counts(
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
        "LinkCounts": counts("Links.", changed="Blocks in which a link leads elsewhere, came or went."),
        "SectionChange": an_object(
            "What became of one section.",
            change=a_list(
                {"type": "string", "enum": _SECTION_KINDS.split()},
                "Empty where nothing changed. `added` and `removed` stand alone; the others may stand together.",
            ),
            old=a_list(shape("SectionName"), "The section in the old text; none if it is new, several if merged."),
            new=a_list(shape("SectionName"), "The section in the new text; none if it ended, several if split."),
            blocks=a_list(
                shape("BlockChange"),
                "Its blocks, heading first, without those of sections below it. Each block of both texts stands in"
                " one section only; one that moved to another section stands there.",
            ),
        ),
        "SectionName": an_object(
            "Which section is meant.",
            chapter=a_field("string", 'In a folder of chapters, the name of its file without the ending; or else "".'),
            id=a_field("string", 'Its id; "" for what stands before the first heading.'),
            title=a_field("string", "Its heading, as read."),
            level=a_field("integer", "The heading's level; 1 is the title's.", minimum=0),
            path=a_list({"type": "string"}, "Ids of the headings above it, the highest first."),
        ),
        "BlockChange": an_object(
            "What became of one block: a paragraph, a point of a list, a row, a heading.",
            kind=one_of("heading paragraph item row code other", "What the block is."),
            change=one_of("equal changed inserted deleted moved", "What became of it."),
            fallback=a_field(
                "boolean",
                "Whether the two were too different or too long for every word to be weighed, so that more may be"
                " marked than changed.",
            ),
            old_index=maybe(
                "integer",
                "Its place among all blocks of the old text, from 0, headings included; null where it is new. A"
                " paragraph that was split stands twice with one `old_index`, in old order.",
                minimum=0,
            ),
            new_index=maybe("integer", "The same in the new text; null where it went.", minimum=0),
            ops=a_list(
                shape("Op"),
                "The words: what stays, goes and comes, in order. Exact: nothing is smoothed for the eye.",
            ),
            markup=a_list(
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
        "MeasureChange": an_object(
            "One thing about one measure that is not as it was.",
            ref=a_field("string", "The measure's Ref."),
            field=a_field(
                "string",
                "What changed: `target`, `actual`, `baseline`, `baseline year`, `unit`, `definition`, `better`, or"
                " `measure` for the row as a whole.",
            ),
            year=maybe("string", "The year of a target or an actual; null for the rest."),
            old=maybe("string", "What stood there, as typed; null where nothing did."),
            new=maybe("string", "What stands there now."),
            better=a_field(
                "string",
                'Which way is better, in the new table or, where it does not say, the old: higher, lower, none, or "".',
            ),
            change=one_of(_MEASURE_KINDS, "The kind of change; the summary's counts say what each means."),
            reason=maybe("string", "The reason that the new edition gives under `changes:`; null where it gives none."),
        ),
    },
}
"""A comparison of two texts, as published and as `plan-archive compare --format json` prints it."""
