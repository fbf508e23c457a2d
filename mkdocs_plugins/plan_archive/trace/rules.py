"""Rules of the tables of destinations: both ends exist, dispositions are true, everything is recorded."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ..errors import Problem
from ..facts import Outside
from ..model import DestinationTable, Edition, Library
from ..status import first_day, last_day
from .coverage import Traced, coverage, last_adopted, superseded, target_name, traced
from .follow import undeclared
from .parts import Part

Half = frozenset[tuple[str, str]]


def check_destinations(library: Library, half: Half = frozenset()) -> Iterator[Problem]:
    """Every problem of the tables of destinations; `half` names what could not be read whole."""
    readable = [table for table in library.destinations if not _half_read(table, half)]
    for table in readable:
        yield from _ends(library, table)
        if library.edition(table.plan, table.edition) and library.edition(table.to_plan, table.to_edition):
            for row in traced(library, table):
                yield from _row(library, row, half)
        yield from _twice(table)
    yield from _same_pair(library.destinations)
    yield from _merged(library, readable)
    yield from _circles(readable)
    yield from _coverage(library, half)
    if not half:
        yield from _undeclared(library)


def _half_read(table: DestinationTable, half: Half) -> bool:
    pairs = ((table.plan, table.edition), (table.to_plan, table.to_edition))
    return any((plan, edition) in half or (plan, "") in half for plan, edition in pairs)


def _ends(library: Library, table: DestinationTable) -> Iterator[Problem]:
    """The two editions of a table: the last of the old plan, and the one that stood in its place."""
    old, new = library.edition(table.plan, table.edition), library.edition(table.to_plan, table.to_edition)
    plan = library.plan(table.plan)
    if old is None or plan is None:
        yield Problem(table.file, 1, f"there is no edition {table.old}", "correct `from`")
        return
    if new is None:
        yield Problem(table.file, 1, f"there is no edition {table.new}", "correct `to`, or add the edition")
        return
    last = last_adopted(plan)
    if last is not old:
        what = f"{table.old} is not the edition of its plan that was in effect at the end"
        remedy = f"make it `from: {table.plan}@{last.id}`" if last else "no edition of the plan took effect"
        yield Problem(table.file, 1, what, remedy)
    succession = next((s for s in plan.facts.superseded_by if s.plan == table.to_plan), None)
    if plan.facts.superseded_by and succession is None:
        what = f"the plan `{table.plan}` was not superseded by `{table.to_plan}`"
        yield Problem(table.file, 1, what, f"correct `to`, or `superseded_by` in {plan.file}")
    elif succession is not None and not _could_begin(new, succession.on):
        what = f"{table.new} was not the edition that took the place of {table.old}"
        yield Problem(table.file, 1, what, "name the edition that was in effect on the day of the succession")


def _could_begin(edition: Edition, on: object) -> bool:
    """Whether an edition was, or may have been, in effect on the day of a succession."""
    if edition.facts is None:
        return False
    day = first_day(on)  # type: ignore[arg-type]
    start, end = first_day(edition.facts.in_effect.from_), last_day(edition.facts.in_effect.to)
    latest = last_day(on)  # type: ignore[arg-type]
    return day is None or latest is None or start is None or (start <= latest and (end is None or end >= day))


def _row(library: Library, row: Traced, half: Half) -> Iterator[Problem]:
    """One row: both ends exist, and its disposition is true of the texts."""
    file, line, name = row.table.file, row.line, row.row.from_
    if row.old is None:
        what = f"{row.table.old} has no {'section' if name[0] == '#' else 'row'} `{name}`"
        yield Problem(file, line, what, "correct `from`")
    for target, found in zip(row.row.to, row.new, strict=True):
        if isinstance(target, Outside):
            continue
        plan, edition, _place = target_name(row.table, target)
        if (plan, edition) in half or (plan, "") in half:
            continue
        if found is None:
            known = library.edition(plan, edition) is not None
            what = f"`{target}` leads to " + (f"no part of {plan}@{edition}" if known else "no edition of the archive")
            yield Problem(file, line, what, "correct the target, or give {outside: title} for a text elsewhere")
        elif (plan, edition) == (row.table.plan, row.table.edition):
            what = f"`{target}` leads back into the same edition"
            yield Problem(file, line, what, "name a part of the plan that took its place")
        elif row.row.disposition == "moved" and plan == row.table.to_plan:
            what = f"`{name}` was moved, but `{target}` is in the plan that took its place"
            yield Problem(file, line, what, "call it carried, reworded, merged or split; moved is to another plan")
    if row.row.disposition == "carried" and row.old is not None and row.new and row.new[0] is not None:
        yield from _carried(row, row.old, row.new[0])
    if row.state == "suspect" and row.row.reviewed is not None:
        reviewed = row.row.reviewed
        what = f"`{name}` was reviewed by {reviewed.by} on {reviewed.on}, and its text has been edited since"
        remedy = f"read both texts again, then: plan-archive review '{row.name}' --by ROLE"
        yield Problem(file, line, what, remedy, "suspect")


def _carried(row: Traced, old: Part, new: Part) -> Iterator[Problem]:
    """Carried means word for word."""
    before, after = Counter(old.text.split()), Counter(new.text.split())
    gone, come = (before - after).total(), (after - before).total()
    if old.text.split() != new.text.split():
        words = "1 word" if gone == 1 else f"{gone} words"
        count = f"{words} went and {come} came" if gone or come else "the words stand in another order"
        what = f"`{row.row.from_}` was carried, but the texts do not agree word for word: {count}"
        yield Problem(row.table.file, row.line, what, "call it reworded, or correct the target")


def _twice(table: DestinationTable) -> Iterator[Problem]:
    seen: dict[str, int] = {}
    for row, line in zip(table.rows, table.lines, strict=True):
        if row.from_ in seen:
            what = f"`{row.from_}` has a row already, in line {seen[row.from_]}"
            yield Problem(table.file, line, what, "keep one; `to` may hold several targets")
        seen.setdefault(row.from_, line)


def _same_pair(tables: tuple[DestinationTable, ...]) -> Iterator[Problem]:
    """One table for one pair of editions: in two, one part could be told two ways."""
    seen: dict[tuple[str, str], str] = {}
    for table in tables:
        if (table.old, table.new) in seen:
            what = f"{seen[table.old, table.new]} also says where the parts of {table.old} went in {table.new}"
            yield Problem(table.file, 1, what, "keep one of the two tables")
        seen.setdefault((table.old, table.new), table.file)


def _merged(library: Library, tables: list[DestinationTable]) -> Iterator[Problem]:
    """Merged means that another old part leads to the same target, in whichever table."""
    rows = [row for table in tables for row in traced(library, table)]
    leads = Counter(name for row in rows for name in {target.name for target in row.new if target is not None})
    for row in rows:
        names = [target.name for target in row.new if target is not None]
        if row.row.disposition == "merged" and names and not any(leads[name] > 1 for name in names):
            what = f"`{row.row.from_}` was merged, but nothing else leads to {' or '.join(names)}"
            yield Problem(row.table.file, row.line, what, "call it carried or reworded, or correct the target")


def _circles(tables: list[DestinationTable]) -> Iterator[Problem]:
    """No table leads, by way of others, back to where it began."""
    onward: dict[str, set[str]] = {}
    for table in tables:
        plans = {target_name(table, target)[0] for row in table.rows for target in row.to if isinstance(target, str)}
        onward.setdefault(table.plan, set()).update(plans)
    for table in tables:
        waiting, seen = list(onward[table.plan]), set[str]()
        while waiting:
            here = waiting.pop()
            if here not in seen:
                seen.add(here)
                waiting += onward.get(here, ())
        if table.plan in seen:
            what = f"the table leads, by way of others, back to the plan `{table.plan}`"
            yield Problem(table.file, 1, what, "correct the targets: a plan's parts go forward only")


def _coverage(library: Library, half: Half) -> Iterator[Problem]:
    """Every section and numbered row of every superseded plan has a recorded destination."""
    found = coverage(library)
    for plan in found.plans:
        name = plan.plan.id
        if any(key in half for key in ((name, plan.edition.id), (name, ""), (f"destinations:{name}", ""))):
            continue
        if not plan.tables:
            successors = " and ".join(s.plan for s in plan.plan.facts.superseded_by)
            what = f"{name}@{plan.edition.id} was superseded by {successors}, but no table says where its parts went"
            remedy = f"add destinations/{plan.edition.id}-to-PLAN-EDITION.yml; `plan-archive suggest` helps to begin"
            yield Problem(plan.plan.file, 1, what, remedy)
            continue
        for part in plan.missing:
            line = part.row.line if part.row else part.section.line
            kind = "row" if part.row else "section"
            what = f"the {kind} `{part.place}` ({part.title}) has no recorded destination"
            yield Problem(_file(plan.edition, part), line, what, f"add a row to {plan.tables[0].file}")
    tabled = {plan.id for plan, _ in superseded(library)}
    for table in library.destinations:
        if table.plan not in tabled and library.edition(table.plan, table.edition) is not None:
            what = f"no edition of the plan `{table.plan}` took effect, so nothing took its place"
            yield Problem(table.file, 1, what, "take the table out, or correct the facts of the plan")


def _undeclared(library: Library) -> Iterator[Problem]:
    """Steps from one edition to the next that nobody declared."""
    for old, new, section, found in undeclared(library):
        line = dict(new.text.front_lines).get("sections", 1)
        name = f"`{section.id}` of {old.plan}@{old.id}"
        if found:
            ids = " and ".join(f"`{part.section.id}`" for part in found)
            what = f"{name} is followed to {ids} by its text alone, which nobody has reviewed"
            remedy = f"add `was: [{section.id}]` to it under `sections`, or say under `changes` that it ended"
        else:
            what = f"{name} has no successor, and `changes` does not say that it ended"
            remedy = f"add `was: [{section.id}]` to what it became, or an entry under `changes` with the reason"
        yield Problem(new.text.file, line, what, remedy, "warning")


def _file(edition: Edition, part: Part) -> str:
    """The file in which a part stands."""
    file = edition.text.file
    chapter = part.section.chapter
    return file.removesuffix("index.md") + f"{chapter}.md" if chapter and file.endswith("/index.md") else file
