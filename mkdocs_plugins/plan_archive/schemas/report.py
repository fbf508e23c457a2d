"""The shape of a report on what differs between two states of an archive."""

from __future__ import annotations

from .words import Schema, a_field, a_list, an_object, one_of, shape

REPORT: Schema = {
    **an_object(
        "What differs between two states of an archive, for a reviewer.",
        schema={"const": "plan-archive/report/1", "description": "The name and version of this shape."},
        base=a_field("string", "The revision that was compared with, and its commit."),
        problems=a_list(shape("ReportedProblem"), "Every problem of the files, as `check` tells it."),
        editions=a_list(shape("ReportedEdition"), "Every edition that is new, gone or different, by reference."),
    ),
    "$defs": {
        "ReportedProblem": an_object(
            "One problem.",
            file=a_field("string", "The file."),
            line=a_field("integer", "The line, from 1.", minimum=1),
            what=a_field("string", "What is wrong."),
            remedy=a_field("string", "What to do."),
        ),
        "ReportedEdition": an_object(
            "One edition that differs.",
            edition=a_field("string", "Its reference, such as `cypp@2007`."),
            change=one_of("added removed changed", "What became of it."),
            against=a_field(
                "string",
                'What it is compared with: the edition before it, or itself "as it was"; "" where there is nothing.',
            ),
            facts_changed=a_field("boolean", "Whether the facts about it, in `plan.yml` or its front matter, changed."),
            told=a_list({"type": "string"}, "The comparison in a few sentences, for people; the words may change."),
            missing=a_list({"type": "string"}, "What a reviewer should ask for, such as a reason; for people too."),
            hosts=a_list({"type": "string"}, "Hosts of other sites that nothing in the archive linked to before."),
            comparison={
                "anyOf": [{"$ref": "comparison.json"}, {"type": "null"}],
                "description": "The whole comparison; null where there is nothing to compare with.",
            },
        ),
    },
}
"""What `plan-archive report --format json` prints."""
