"""The shapes of coverage, destinations, origins, "where is it now", and the texts that are fingerprinted."""

from __future__ import annotations

from .words import NOTICE, Schema, a_field, a_list, an_object, maybe, one_of, shape

_DISPOSITIONS = "carried reworded merged split moved spent dropped"
_FINGERPRINT = "^[0-9a-f]{16}$"
_STATES = {
    "reviewed": a_field("integer", "Rows that someone reviewed and whose texts are as they were.", minimum=0),
    "suspect": a_field("integer", "Rows of which a text was edited after it was reviewed.", minimum=0),
    "unreviewed": a_field("integer", "Rows that nobody has reviewed.", minimum=0),
    "few_words_shared": a_field("integer", "Rows whose texts share few words.", minimum=0),
    "reviewer_answers_for_the_text": a_field(
        "integer", "Rows reviewed by the role that owns one of the two editions.", minimum=0
    ),
    "dispositions": shape("Dispositions", "How many rows have each disposition."),
}
_COMMON: dict[str, Schema] = {
    "Share": an_object(
        "How many of how many.",
        recorded=a_field("integer", "How many have a recorded destination.", minimum=0),
        all=a_field("integer", "How many there are.", minimum=0),
    ),
    "Dispositions": an_object(
        "Rows by disposition.",
        **{name: a_field("integer", f"Rows that say {name}.", minimum=0) for name in _DISPOSITIONS.split()},
    ),
    "Part": an_object(
        "A section or a numbered row.",
        part=a_field("string", "Its whole name: `cypp@2006#exclusions` or `cypp@2006:BH1`."),
        title=a_field("string", "Its heading, or its Ref and the words that follow."),
    ),
    "Target": {
        "anyOf": [shape("Part"), shape("OutsideText")],
        "description": "A part of the archive, or a text that is not in it.",
    },
    "OutsideText": an_object(
        "A text that is not in the archive.",
        outside=a_field("string", "What it is called."),
        citation=maybe("string", "Where in it."),
        address=maybe("string", "Where it can be read."),
    ),
    "Destination": an_object(
        "One row of a table of destinations.",
        **{"from": a_field("string", "The old part's whole name.")},
        title=a_field("string", "What a reader knows the old part by."),
        disposition=one_of(_DISPOSITIONS, "What became of it."),
        to=a_list(shape("Target"), "Where it went; none where it was spent or dropped."),
        reason=maybe("string", "Why."),
        decision=maybe("string", "Who decided it, when, and under which minute."),
        state=one_of("reviewed suspect unreviewed", "Whether someone reviewed it, and whether that still holds."),
        reviewed={
            "anyOf": [shape("Review"), {"type": "null"}],
            "description": "Who reviewed it and when; null where nobody did.",
        },
        fingerprints=shape("Fingerprints", "Of the texts as they are."),
        words_shared=a_field("integer", "Words that mean something and that both texts have.", minimum=0),
        words_old=a_field("integer", "Words of the old text that mean something.", minimum=0),
        few_words_shared=a_field("boolean", "Whether that is few."),
        reviewer_answers_for_the_text=a_field("boolean", "Whether the reviewer's role owns one of the two editions."),
        file=a_field("string", "The file in which the row stands."),
        line=a_field("integer", "Its line.", minimum=1),
    ),
    "Review": an_object(
        "A review.",
        by=a_field("string", "The role of whoever read both texts."),
        on=a_field("string", "The day."),
    ),
    "Fingerprints": an_object(
        "The fingerprints of a row's texts.",
        old=maybe("string", "Of the old text.", pattern=_FINGERPRINT),
        new=a_list({"type": "string", "pattern": _FINGERPRINT}, "Of the receiving texts in the archive, in order."),
    ),
}


def _chosen(*names: str) -> dict[str, Schema]:
    return {name: _COMMON[name] for name in names}


_ROW = ("Part", "Target", "OutsideText", "Destination", "Review", "Fingerprints")

COVERAGE: Schema = {
    **an_object(
        "What is recorded of where the parts of every superseded plan went.",
        notice=NOTICE,
        schema={"const": "plan-archive/coverage/1", "description": "The name and version of this shape."},
        complete=a_field("boolean", "Whether every section and numbered row has a recorded destination."),
        totals=shape("Totals", "Over all superseded plans."),
        plans=a_list(shape("PlanCoverage"), "Plan by plan."),
        heavy=a_list(shape("Heavy"), "Parts that are said to take up very much, the heaviest first."),
        new=a_list(shape("Part"), "Sections of the plans that took over to which no old part leads."),
        destinations=a_list(shape("Destination"), "Every row of every table."),
    ),
    "$defs": {
        **_chosen("Share", "Dispositions", *_ROW),
        "Totals": an_object(
            "Counts over all superseded plans.",
            sections=shape("Share", "Sections with text of their own."),
            rows=shape("Share", "Numbered rows."),
            **_STATES,
        ),
        "PlanCoverage": an_object(
            "Counts for one superseded edition.",
            plan=a_field("string", "The plan's id."),
            edition=a_field("string", "Its last edition's id."),
            title=a_field("string", "The edition's title."),
            sections=shape("Share", "Sections with text of their own."),
            rows=shape("Share", "Numbered rows."),
            **_STATES,
            missing=a_list(shape("Part"), "Parts that have no recorded destination."),
        ),
        "Heavy": an_object(
            "A part to which very much leads.",
            to=a_field("string", "The part's whole name."),
            title=a_field("string", "What a reader knows it by."),
            rows=a_field("integer", "How many old parts lead there.", minimum=0),
            words_old=a_field("integer", "How many words those have.", minimum=0),
            words_new=a_field("integer", "How many words it has itself.", minimum=0),
        ),
    },
}
"""`/data/coverage.json`, and what `plan-archive coverage --format json` prints."""

DESTINATIONS: Schema = {
    **an_object(
        "Where each part of one superseded edition went.",
        notice=NOTICE,
        schema={"const": "plan-archive/destinations/1", "description": "The name and version of this shape."},
        edition=a_field("string", "The old edition, such as `behaviour-support-plan@2004`."),
        destinations=a_list(shape("Destination"), "The rows of its tables."),
    ),
    "$defs": _chosen(*_ROW),
}
"""`/data/plans/PLAN/EDITION/destinations.json`."""

ORIGINS: Schema = {
    **an_object(
        "What each part of an edition replaced.",
        notice=NOTICE,
        schema={"const": "plan-archive/origins/1", "description": "The name and version of this shape."},
        edition=a_field("string", "The edition, such as `cypp@2006`."),
        origins=a_list(shape("Origin"), "Its sections with text of their own and its numbered rows."),
    ),
    "$defs": {
        "Origin": an_object(
            "One part.",
            part=a_field("string", "Its whole name."),
            title=a_field("string", "What a reader knows it by."),
            **{"from": a_list(shape("OldPart"), "The old parts that lead to it; none where it is new.")},
        ),
        "OldPart": an_object(
            "An old part.",
            part=a_field("string", "Its whole name."),
            title=a_field("string", "What a reader knows it by."),
            disposition=a_field("string", "What became of it."),
        ),
    },
}
"""`/data/plans/PLAN/EDITION/origins.json`."""

WHERE: Schema = {
    **an_object(
        "Where parts of plans are on the archive's day, and the whole way there.",
        notice=NOTICE,
        schema={"const": "plan-archive/where/1", "description": "The name and version of this shape."},
        as_at=a_field("string", "The day."),
        ways=a_list(shape("Way"), "One for each part."),
    ),
    "$defs": {
        "OutsideText": _COMMON["OutsideText"],
        "Way": an_object(
            "The way of one part.",
            **{"from": a_field("string", "The part's whole name.")},
            title=a_field("string", "What a reader knows it by."),
            matched_by_text=a_field("boolean", "Whether some step was found by text alone, which nobody reviewed."),
            ends=a_list(shape("End"), "Where it ends: one, or several where it was split."),
            way=shape("Stop", "Step by step."),
        ),
        "Stop": an_object(
            "One step.",
            part=a_field("string", "The part's whole name."),
            title=a_field("string", "What a reader knows it by."),
            address=a_field("string", "Where it stands on the site."),
            how=one_of(
                "start same renamed split merged destination matched inside",
                "How it was come by: kept under the same id; renamed, split or merged, as `was` says; a row of a table"
                " of destinations;"
                " matched by text alone; or a part inside a section that has no text of its own.",
            ),
            disposition=maybe("string", "The row's disposition."),
            state=maybe("string", "Whether the row is reviewed, suspect or unreviewed."),
            end={"anyOf": [shape("End"), {"type": "null"}], "description": "Why it goes no further; null if it does."},
            onward=a_list(shape("Stop"), "The next steps."),
        ),
        "End": an_object(
            "The end of a way.",
            kind=one_of(
                "in-effect outside ended spent dropped lapsed unknown",
                "It stands in the edition in effect, is in a text outside the archive, or ended.",
            ),
            part=maybe("string", "The part in effect."),
            title=maybe("string", "What a reader knows it by."),
            address=maybe("string", "Where it stands on the site."),
            outside={
                "anyOf": [shape("OutsideText"), {"type": "null"}],
                "description": "The text outside the archive.",
            },
            reason=maybe("string", "Why it ended or moved."),
            decision=maybe("string", "Who decided it."),
        ),
    },
}
"""`/data/where.json`, and what `plan-archive where --format json` prints."""

TEXT: Schema = {
    **an_object(
        "The texts of an edition as they are fingerprinted.",
        notice=NOTICE,
        schema={"const": "plan-archive/text/1", "description": "The name and version of this shape."},
        plan=a_field("string", "The plan's id."),
        edition=a_field("string", "The edition's id."),
        sha256=a_field("string", "The SHA-256 of its file, as in the catalogue.", pattern="^[0-9a-f]{64}$"),
        parts=a_list(shape("TextPart"), "Its sections and numbered rows, in reading order."),
    ),
    "$defs": {
        "TextPart": an_object(
            "A section or a numbered row.",
            part=a_field("string", "Its place: `#exclusions` or `:B3`."),
            title=a_field("string", "What a reader knows it by."),
            counts=a_field("boolean", "Whether it must have a recorded destination once its plan is superseded."),
            text=a_field(
                "string",
                "Its own text: words joined by a space, cells by a tab, blocks by a line end; a section's heading and"
                " numbered rows are left out.",
            ),
            fingerprint=a_field(
                "string",
                "The first 16 hexadecimal digits of SHA-256 over the text in UTF-8, NFC.",
                pattern=_FINGERPRINT,
            ),
        ),
    },
}
"""`/data/text/PLAN/EDITION.json`."""
