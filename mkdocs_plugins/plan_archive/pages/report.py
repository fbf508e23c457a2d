"""What a pull request changes, for whoever reviews it: editions and sections in words, figures before and after, and
what is missing: change notes, reasons, a look at hosts that are linked to for the first time.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from ..compare import to_json
from ..errors import Problem
from ..model import Edition, Library, Plan
from .catalogue import EXAMPLE_NOTICE
from .changes import FIELD_WORDS, in_words
from .compared import DrawnSection, drawn_sections
from .compared_alone import as_markdown, inert
from .drawing import template
from .pairs import Pair, compared

LONGEST_COMMENT = 60_000
"""Characters; forges take some 65,000 in a comment."""
_HOST = re.compile(r'href="https?://([^/"?#]+)', re.IGNORECASE)


@dataclass(frozen=True)
class EditionReport:
    """One edition that is new, gone or different."""

    reference: str
    title: str
    kind: str
    """added, removed or changed."""
    against: str
    """What it is compared with; "" where there is nothing."""
    pair: Pair | None
    missing: tuple[str, ...]
    """What a reviewer should ask for."""
    hosts: tuple[str, ...]
    """Hosts that nothing in the archive linked to before."""
    facts_changed: bool

    @property
    def sections(self) -> tuple[DrawnSection, ...]:
        """The sections that changed, with their marks."""
        if self.pair is None:
            return ()
        drawn, _ = drawn_sections(self.pair.comparison, self.pair.old.text.sections, self.pair.new.text.sections)
        return tuple(section for section in drawn if not section.unchanged)


def edition_reports(before: Library | None, after: Library | None) -> Iterator[EditionReport]:
    """Every edition that differs between two states of an archive, in order of plan and edition."""
    old, new = _editions(before), _editions(after)
    known = _hosts(edition for _, edition in old.values())
    for reference in sorted({*old, *new}):
        was, now = old.get(reference), new.get(reference)
        if now is None and was is not None:
            yield EditionReport(reference, was[1].title, "removed", "", None, (), (), facts_changed=False)
        elif now is not None:
            plan, edition = now
            found = _changed(reference, was[1] if was else None, plan, edition, known)
            if found is not None:
                yield found


def _editions(library: Library | None) -> dict[str, tuple[Plan, Edition]]:
    plans = library.plans if library else ()
    return {f"{plan.id}@{edition.id}": (plan, edition) for plan in plans for edition in plan.editions}


def _changed(
    reference: str, was: Edition | None, plan: Plan, edition: Edition, known: set[str]
) -> EditionReport | None:
    """A new edition beside the one before it, a changed one beside itself."""
    facts = was is not None and (was.facts, was.text.front) != (edition.facts, edition.text.front)
    if was is not None and was.text.sha256 == edition.text.sha256 and not facts:
        return None
    beside = was or plan.before(edition)
    pair = compared(plan, beside, edition, neighbours=True) if beside else None
    hosts = tuple(sorted(_hosts([edition]) - known))
    missing = tuple(_missing(edition, pair)) if was is None else tuple(_unexplained(pair))
    against = f"{plan.id}@{beside.id}" + (" as it was" if was else "") if beside else ""
    kind = "added" if was is None else "changed"
    return EditionReport(reference, edition.title, kind, against, pair, missing, hosts, facts_changed=facts)


def _missing(edition: Edition, pair: Pair | None) -> Iterator[str]:
    if pair is not None and edition.text.front.change_note is None:
        yield "There is no change note."
    yield from _unexplained(pair)


def _unexplained(pair: Pair | None) -> Iterator[str]:
    """Changes to measures and rows for which the edition gives no reason."""
    if pair is None:
        return
    for measure in pair.comparison.measures:
        if measure.reason is None and measure.change not in ("actual_added", "added"):
            year = f" {measure.year}" if measure.year else ""
            figures = (
                f", {measure.old or 'nothing'} to {measure.new or 'nothing'}" if measure.field != "measure" else ""
            )
            what = in_words(measure)
            yield f"{measure.ref}: {FIELD_WORDS[measure.field].lower()}{year}{figures} ({what}), no reason given."
    for row in pair.rows:
        if row.reason is None and row.change == "dropped":
            yield f"{row.ref}: dropped, no reason given."


def _hosts(editions: Iterable[Edition]) -> set[str]:
    """The hosts that some editions link to."""
    return {
        host.lower()
        for edition in editions
        for section in edition.text.sections
        for host in _HOST.findall(section.html)
    }


def report_html(
    reports: Sequence[EditionReport], problems: Sequence[Problem], base: str, library: Library | None
) -> str:
    """The report as one HTML file; everything in it is escaped text."""
    notice = EXAMPLE_NOTICE if library and library.authority.example else ""
    name = library.authority.name if library else "This archive"
    return template("report.html").render(found=reports, problems=problems, base=base, notice=notice, name=name)


def report_markdown(
    reports: Sequence[EditionReport], problems: Sequence[Problem], base: str, library: Library | None
) -> str:
    """The report as Markdown for a forge's comment: inert, and cut where a comment would be too long."""
    lines = []
    if library and library.authority.example:
        lines += [f"**{EXAMPLE_NOTICE}**", ""]
    lines += ["# Changes to the plans", "", f"Compared with {inert(base)}. Editions that differ: {len(reports)}."]
    if problems:
        lines += ["", f"## Problems: {len(problems)}", ""]
        lines += [f"- {inert(str(problem))}" for problem in problems]
    for report in reports:
        lines += ["", f"## {inert(report.title)} ({inert(report.reference)}): {report.kind}", ""]
        if report.pair is not None:
            lines += [f"Beside {inert(report.against)}:", ""]
            lines += [f"- {inert(sentence)}" for sentence in report.pair.told]
        lines += [f"- **Missing:** {inert(what)}" for what in report.missing]
        lines += [f"- **New outside host:** {inert(host)}" for host in report.hosts]
    parts = ["\n".join(lines) + "\n"]
    parts += [
        "\n" + as_markdown(report.pair.comparison, (), (report.against, report.reference))
        for report in reports
        if report.pair is not None
    ]
    return _as_long_as_a_comment(parts)


_CUT = "\nMore changed than a comment holds: the report as HTML has all of it.\n"


def _as_long_as_a_comment(parts: Sequence[str]) -> str:
    """As many parts as a comment holds; the first is cut at the end of a line if it is too long by itself."""
    if sum(map(len, parts)) <= LONGEST_COMMENT:
        return "".join(parts)
    room = LONGEST_COMMENT - len(_CUT)
    if len(parts[0]) > room:
        return parts[0][: parts[0].rfind("\n", 0, room) + 1] + _CUT
    text = parts[0]
    for part in parts[1:]:
        if len(text) + len(part) <= room:
            text += part
    return text + _CUT


def report_json(reports: Sequence[EditionReport], problems: Sequence[Problem], base: str) -> dict[str, Any]:
    """The report as data."""
    return {
        "schema": "plan-archive/report/1",
        "base": base,
        "problems": [{"file": p.file, "line": p.line, "what": p.what, "remedy": p.remedy} for p in problems],
        "editions": [
            {
                "edition": report.reference,
                "change": report.kind,
                "against": report.against,
                "facts_changed": report.facts_changed,
                "told": list(report.pair.told) if report.pair else [],
                "missing": list(report.missing),
                "hosts": list(report.hosts),
                "comparison": _data(report),
            }
            for report in reports
        ],
    }


def _data(report: EditionReport) -> dict[str, Any] | None:
    pair = report.pair
    if pair is None:
        return None
    return to_json(pair.comparison, report.against, pair.old.text.sha256, report.reference, pair.new.text.sha256)
