"""What tracing found, as plain data: the shapes `coverage/1`, `where/1`, `destinations/1` and `text/1`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ..facts import Outside, Unknown
from ..model import Edition, Library
from ..schemas.tables import TABLES
from .coverage import DISPOSITIONS, Coverage, PlanCoverage, Traced, target_name
from .follow import End, Stop
from .parts import Part, as_fingerprinted, counted, fingerprint, parts

CELLS = TABLES["destinations"].head
"""The columns of a table of destinations as CSV."""


def coverage_data(found: Coverage) -> dict[str, Any]:
    """What is recorded of every superseded plan."""
    rows = found.rows
    return {
        "schema": "plan-archive/coverage/1",
        "complete": found.complete,
        "totals": {
            "sections": {
                "recorded": sum(plan.sections[0] for plan in found.plans),
                "all": sum(plan.sections[1] for plan in found.plans),
            },
            "rows": {
                "recorded": sum(plan.refs[0] for plan in found.plans),
                "all": sum(plan.refs[1] for plan in found.plans),
            },
            **_counts(rows),
        },
        "plans": [_plan_data(plan) for plan in found.plans],
        "heavy": [
            {
                "to": heavy.part.name,
                "title": heavy.part.title,
                "rows": heavy.rows,
                "words_old": heavy.old_words,
                "words_new": heavy.new_words,
            }
            for heavy in found.heavy
        ],
        "new": [{"part": part.name, "title": part.title} for part in found.new],
        "destinations": [row_data(row) for row in rows],
    }


def _counts(rows: tuple[Traced, ...]) -> dict[str, Any]:
    return {
        "reviewed": sum(1 for row in rows if row.state == "reviewed"),
        "suspect": sum(1 for row in rows if row.state == "suspect"),
        "unreviewed": sum(1 for row in rows if row.state == "unreviewed"),
        "few_words_shared": sum(1 for row in rows if row.few),
        "reviewer_answers_for_the_text": sum(1 for row in rows if row.by_writer),
        "dispositions": {name: sum(1 for row in rows if row.row.disposition == name) for name in DISPOSITIONS},
    }


def _plan_data(plan: PlanCoverage) -> dict[str, Any]:
    return {
        "plan": plan.plan.id,
        "edition": plan.edition.id,
        "title": plan.edition.title,
        "sections": {"recorded": plan.sections[0], "all": plan.sections[1]},
        "rows": {"recorded": plan.refs[0], "all": plan.refs[1]},
        **_counts(plan.rows),
        "missing": [{"part": part.name, "title": part.title} for part in plan.missing],
    }


def row_data(row: Traced) -> dict[str, Any]:
    """One row of a table of destinations."""
    reviewed = row.row.reviewed
    return {
        "from": row.name,
        "title": row.old.title if row.old else "",
        "disposition": row.row.disposition,
        "to": [_target_data(row, index) for index in range(len(row.row.to))],
        "reason": row.row.reason,
        "decision": said(row.row.decision),
        "state": row.state,
        "reviewed": {"by": reviewed.by, "on": reviewed.on.isoformat()} if reviewed else None,
        "fingerprints": {
            "old": row.old.fingerprint if row.old else None,
            "new": [part.fingerprint for part in row.new if part is not None],
        },
        "words_shared": row.shared,
        "words_old": row.old_words,
        "few_words_shared": row.few,
        "reviewer_answers_for_the_text": row.by_writer,
        "file": row.table.file,
        "line": row.line,
    }


def _target_data(row: Traced, index: int) -> dict[str, Any]:
    target, part = row.row.to[index], row.new[index]
    if isinstance(target, Outside):
        return {"outside": target.outside, "citation": target.citation, "address": target.address}
    plan, edition, place = target_name(row.table, target)
    return {"part": f"{plan}@{edition}{place}", "title": part.title if part else ""}


def said(name: str | Unknown | None) -> str | None:
    """A decision as text; what is not known says so."""
    return f"Not known: {name.unknown}" if isinstance(name, Unknown) else name


def csv_rows(rows: tuple[Traced, ...]) -> Iterator[tuple[str, ...]]:
    """Rows of tables of destinations as cells, one line for each row; several targets stand in one cell."""
    for row in rows:
        data = row_data(row)
        targets = [target.get("part") or target["outside"] for target in data["to"]]
        titles = [target.get("title") or target.get("citation") or "" for target in data["to"]]
        reviewed = data["reviewed"] or {"by": "", "on": ""}
        yield (
            data["from"],
            data["title"],
            data["disposition"],
            "; ".join(targets),
            "; ".join(titles),
            data["reason"] or "",
            data["decision"] or "",
            data["state"],
            reviewed["by"],
            reviewed["on"],
            str(data["words_shared"]),
            str(data["words_old"]),
            "yes" if data["few_words_shared"] else "no",
            "yes" if data["reviewer_answers_for_the_text"] else "no",
            data["file"],
            str(data["line"]),
        )


def where_data(library: Library, ways: list[Stop]) -> dict[str, Any]:
    """The ways of some parts, with where each ends on the archive's day."""
    return {
        "schema": "plan-archive/where/1",
        "as_at": library.as_at.isoformat(),
        "ways": [
            {
                "from": way.part.name,
                "title": way.part.title,
                "matched_by_text": way.matched,
                "ends": [_end_data(stop) for stop in way.ends()],
                "way": stop_data(way),
            }
            for way in ways
        ],
    }


def _end_data(stop: Stop) -> dict[str, Any]:
    end = stop.end or End("unknown")
    here = end.kind == "in-effect"
    return {
        "kind": end.kind,
        "part": stop.part.name if here else None,
        "title": stop.part.title if here else None,
        "address": f"/{stop.part.address}" if here else None,
        "outside": end.outside.model_dump() if end.outside else None,
        "reason": end.reason or None,
        "decision": end.decision or None,
    }


def stop_data(stop: Stop) -> dict[str, Any]:
    """One stop of a way, and those after it."""
    return {
        "part": stop.part.name,
        "title": stop.part.title,
        "address": f"/{stop.part.address}",
        "how": stop.how,
        "disposition": stop.row.disposition if stop.row else None,
        "state": stop.state,
        "end": _end_data(stop) if stop.end else None,
        "onward": [stop_data(each) for each in stop.onward],
    }


def text_data(edition: Edition) -> dict[str, Any]:
    """The texts of an edition as they are fingerprinted, so that anyone can check a fingerprint."""
    must = {part.place for part in counted(edition)}
    return {
        "schema": "plan-archive/text/1",
        "plan": edition.plan,
        "edition": edition.id,
        "sha256": edition.text.sha256,
        "parts": [_text_data(part, counts=part.place in must) for part in parts(edition)],
    }


def _text_data(part: Part, *, counts: bool) -> dict[str, Any]:
    return {
        "part": part.place,
        "title": part.title,
        "counts": counts,
        "text": as_fingerprinted(part.text),
        "fingerprint": fingerprint(part.text),
    }


ORIGIN_CELLS = TABLES["origins"].head
"""The columns of a table of origins as CSV."""


def origins_data(edition: Edition, origins: Mapping[str, tuple[Stop, ...]]) -> dict[str, Any]:
    """What each part of an edition replaced; a part that nothing leads to is new."""
    return {
        "schema": "plan-archive/origins/1",
        "edition": f"{edition.plan}@{edition.id}",
        "origins": [
            {
                "part": part.name,
                "title": part.title,
                "from": [
                    {"part": way.part.name, "title": way.part.title, "disposition": _disposition(way)}
                    for way in origins.get(part.place, ())
                ],
            }
            for part in counted(edition)
        ],
    }


def origins_csv(edition: Edition, origins: Mapping[str, tuple[Stop, ...]]) -> Iterator[tuple[str, ...]]:
    """A table of origins as cells: one line for each old part that leads to a part, one for each new part."""
    for part in counted(edition):
        ways = origins.get(part.place, ())
        for way in ways:
            yield part.name, part.title, way.part.name, way.part.title, _disposition(way)
        if not ways:
            yield part.name, part.title, "", "", "new"


def _disposition(way: Stop) -> str:
    return ", ".join(sorted({stop.row.disposition for stop in way.stops() if stop.row is not None}))
