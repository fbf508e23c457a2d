"""The shapes of what the record publishes: the log as one document, the manifest, provenance, and a verdict."""

from __future__ import annotations

from ..facts.log import LogEntry
from .words import NOTICE, Schema, a_field, a_list, an_object, maybe, one_of, shape

_HASH = "^[0-9a-f]{64}$"
_ENTRY = LogEntry.model_json_schema(by_alias=True, mode="serialization")

LOG_ENTRIES: Schema = {
    **an_object(
        "The publication log as one document; `/data/log.jsonl` is the log itself, a line for each entry.",
        notice=NOTICE,
        schema={"const": "plan-archive/log-entries/1", "description": "The name and version of this shape."},
        archive_root=a_field("string", "The SHA-256 of `/data/seals.sha256`.", pattern=_HASH),
        entries=a_list(shape("LogEntry"), "Every entry, the first one first; what it does not say is null or empty."),
    ),
    "$defs": {"LogEntry": {**_ENTRY, "required": list(_ENTRY["properties"])}},
}
"""`/data/log.json`."""

MANIFEST: Schema = {
    **an_object(
        "Every file of one build, or of one pack, with its SHA-256: the site manifest, which is not the archive root.",
        notice=NOTICE,
        schema={"const": "plan-archive/manifest/1", "description": "The name and version of this shape."},
        kind=one_of("site pack", "What the files make together."),
        archive_root=maybe("string", "The archive root as it was; null where there was no log.", pattern=_HASH),
        commit=maybe("string", "The commit whose files were used; null without git."),
        changed_since=maybe("boolean", "Whether a followed file differed from that commit; null without git."),
        built=a_field("string", "The day of the build: that of the commit, where there is one.", format="date"),
        software=a_field("string", "What made it."),
        files={
            "type": "object",
            "description": "The SHA-256 of each file by its path, this one left out.",
            "additionalProperties": {"type": "string", "pattern": _HASH},
        },
        sha256=a_field("string", "Of this file as it would be without this key: against slips.", pattern=_HASH),
    ),
    "$defs": {},
}
"""`/manifest.json`."""

PROVENANCE: Schema = {
    **an_object(
        "The commits that made each text, and each of its sections. Dates of plans are never taken from here. "
        "`/data/provenance.csv` has the last change of each section as a table.",
        notice=NOTICE,
        schema={"const": "plan-archive/provenance/1", "description": "The name and version of this shape."},
        commit=maybe("string", "The commit whose history is told; null where the site was built without git."),
        changed_since=maybe("boolean", "Whether a followed file differed from that commit; null without git."),
        texts=a_list(shape("MadeText"), "Every version of every edition, by plan."),
    ),
    "$defs": {
        "MadeText": an_object(
            "One version of an edition's text.",
            edition=a_field("string", "Its reference, such as `cypp@2006`."),
            version=a_field("integer", "The version, from 1.", minimum=1),
            language=maybe("string", "Its language, where it is another than the body's main one."),
            file=a_field("string", "Where it lies: its file, or its folder's index."),
            sha256=a_field("string", "Of the text, as in the catalogue.", pattern=_HASH),
            commits=a_list(shape("TextCommit"), "The commits that changed it, the newest first."),
            sections=a_list(
                shape("MadeSection"),
                "Its sections in reading order; empty where their commits are not known, as without git.",
            ),
        ),
        "MadeSection": an_object(
            "One section, and what changed its own text: its heading and its blocks, without the sections under it. "
            "Spaces, line ends and the width of tables do not count. What a correction took over has the commits of "
            "the version before.",
            id=a_field("string", 'Its id; "" for what stands before the first heading.'),
            title=a_field("string", "Its heading, or the text's title."),
            last_change={
                "anyOf": [shape("TextCommit"), {"type": "null"}],
                "description": "The commit in which it last changed; null where it is not committed.",
            },
            commits={
                "type": "array",
                "description": "The full hashes of all commits that changed it, the newest first.",
                "items": {"type": "string"},
            },
        ),
        "TextCommit": an_object(
            "One commit.",
            hash=a_field("string", "Its full hash."),
            date=a_field("string", "When its author made it, as the author's computer said.", format="date-time"),
            author=a_field("string", "Its author, as stated there."),
            subject=a_field("string", "The first line of its message."),
        ),
    },
}
"""`/data/provenance.json`."""

VERIFIED: Schema = {
    **an_object(
        "What `verify` found.",
        schema={"const": "plan-archive/verified/1", "description": "The name and version of this shape."},
        what=one_of("repository site pack", "What was checked."),
        verdict=one_of("intact altered incomplete", "Exit codes 0, 3 and 4."),
        archive_root=maybe("string", "The archive root; null where there is no log that can be read.", pattern=_HASH),
        entries=a_field("integer", "Entries in the log.", minimum=0),
        sealed=a_field("integer", "Files that are sealed.", minimum=0),
        files=a_field("integer", "Files that were read and hashed.", minimum=0),
        minuted_entry=maybe("integer", "The entry after which the archive had the root that was asked for."),
        findings=a_list(shape("VerifiedFinding"), "What was found."),
    ),
    "$defs": {
        "VerifiedFinding": an_object(
            "One thing that was found.",
            kind=one_of("altered incomplete redacted note", "The last two are no faults."),
            where=a_field("string", "The file."),
            line=maybe("integer", "The line, from 1; null where it is about the whole."),
            what=a_field("string", "What is wrong, in words; they may change."),
        ),
    },
}
"""What `plan-archive verify --format json` prints."""
