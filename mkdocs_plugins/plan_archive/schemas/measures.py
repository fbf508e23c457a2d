"""The shapes of measures, of what agreements share, and of the resources of actions."""

from __future__ import annotations

from .words import NOTICE, Schema, a_field, a_list, an_object, maybe, one_of, shape

_PLAN = a_field("string", "The plan's id.")
_REF = a_field("string", "The row's Ref.", pattern="^[A-Z]{1,4}[0-9]+[a-z]?$")

MEASURES: Schema = {
    **an_object(
        "Every figure of every measure, and every figure that a later edition changed.",
        notice=NOTICE,
        schema={"const": "plan-archive/measures/1", "description": "The name and version of this shape."},
        figures=a_list(
            shape("Figure"), "Plan by plan and edition by edition; a cell that holds several figures gives several."
        ),
        edits=a_list(
            shape("Edit"),
            "What an edition changed about measures of the edition before; results that are new are not among them.",
        ),
    ),
    "$defs": {
        "Figure": an_object(
            "One figure.",
            plan=_PLAN,
            edition=a_field("string", "The edition's id."),
            ref=_REF,
            measure=a_field("string", "What is measured, as this edition words it."),
            unit=maybe("string", "Its unit, as typed."),
            better=maybe("string", "`higher`, `lower` or `none`; null where the table does not say."),
            kind=one_of("baseline target actual comparator", "What the figure is; `actual` is a result."),
            name=maybe("string", "For a comparator: whose figure it is, such as England."),
            year=maybe("string", "Its year, as typed; null where none is given."),
            value=a_field("string", "As typed."),
            figure=maybe("number", "The value as a number; null where it is no single figure."),
            invented=a_field("boolean", "Whether the figure is invented, as all are in an example."),
            address=a_field("string", "The row on the site."),
        ),
        "Edit": an_object(
            "One thing about a measure that an edition changed.",
            plan=_PLAN,
            old=a_field("string", "The id of the edition before."),
            new=a_field("string", "The id of the edition that changed it."),
            ref=_REF,
            measure=a_field("string", "What is measured, as the last edition words it."),
            field=a_field(
                "string", "What was changed: target, baseline, baseline year, actual, unit, definition, better."
            ),
            year=maybe("string", "The year of the target or result."),
            before=maybe("string", "The cell before; null where there was no such column."),
            after=maybe("string", "The cell after; null where there is no such column."),
            change=one_of(
                "made_easier made_harder direction_unknown baseline_changed unit_changed definition_changed"
                " past_actual_changed",
                "What that means. A target that was taken away is easier; one set where there was none is harder.",
            ),
            recounted=a_field("boolean", "Whether the measure is counted in another way from that edition on."),
            result_known=a_field("boolean", "For a target: whether the same edition gives the result for its year."),
            reason=maybe("string", "The reason that the edition gives; null where it gives none."),
            address=a_field("string", "The comparison of the two editions."),
        ),
    },
}
"""`/data/measures.json`."""

AGREEMENTS: Schema = {
    **an_object(
        "What of the plans belongs to agreements with government.",
        notice=NOTICE,
        schema={"const": "plan-archive/agreements/1", "description": "The name and version of this shape."},
        agreements=a_list(shape("SharedAgreement"), "The agreements, in the order of the register."),
    ),
    "$defs": {
        "SharedAgreement": an_object(
            "An agreement, or one block of it.",
            agreement=a_field("string", "Its key in the register."),
            title=a_field("string", "Its name."),
            kind=maybe("string", "What sort of agreement it is; null where the register does not hold it."),
            **{"from": maybe("string", "The first day, in words.")},
            to=maybe("string", "The last day, in words; null where none is recorded."),
            parts=a_list(shape("SharedPart"), "Sections that say so, then measures by edition."),
        ),
        "SharedPart": an_object(
            "A section, or a measure in one edition.",
            plan=_PLAN,
            edition=a_field("string", "The edition's id."),
            part=a_field("string", "Its place: `#exclusions` or `:BH1`."),
            words=a_field("string", "Its heading, or what is measured."),
            targets=a_list(shape("SharedTarget"), "For a measure: the targets that the edition gives."),
            address=a_field("string", "Where it stands on the site."),
        ),
        "SharedTarget": an_object(
            "A target.",
            year=maybe("string", "Its year."),
            value=a_field("string", "As typed."),
        ),
    },
}
"""`/data/agreements.json`."""

RESOURCES: Schema = {
    **an_object(
        "The resources of every action whose table has a column for them.",
        notice=NOTICE,
        schema={"const": "plan-archive/resources/1", "description": "The name and version of this shape."},
        actions=a_list(shape("ActionResources"), "Plans in effect first; a plan's latest edition first."),
    ),
    "$defs": {
        "ActionResources": an_object(
            "The resources of one action.",
            plan=_PLAN,
            edition=a_field("string", "The edition's id."),
            ref=_REF,
            action=a_field("string", "What is to be done."),
            resources=a_field("string", "The cell, as typed."),
            state=one_of("named pooled none-named", "Whether it names a pooled budget, other resources, or none."),
            address=a_field("string", "The row on the site."),
        ),
    },
}
"""`/data/resources.json`."""
