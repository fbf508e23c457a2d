"""The way of a part told in sentences: where it is on the archive's day, how it came there, or how it ended."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from ..facts import Outside, Unknown, When
from ..language import tr, tr_later, tr_many
from ..model import Edition, Library
from ..status import Status, edition_status
from ..trace import Coverage, Follower, Part, Stop, by_place, coverage
from ..trace.follow import End
from .sentences import Link, Sentence, on_when, say_decision, say_when

DOUBTS = {
    "unreviewed": tr_later("recorded, not reviewed"),
    "suspect": tr_later("edited since it was reviewed"),
}
"""What is said beside an answer that rests on a row which is not reviewed as it stands."""

WORDS = {
    "carried": tr_later("carried over word for word"),
    "reworded": tr_later("reworded"),
    "merged": tr_later("merged"),
    "split": tr_later("split"),
    "moved": tr_later("moved"),
    "spent": tr_later("spent"),
    "dropped": tr_later("dropped"),
}
"""Dispositions as they stand in a sentence."""

COUNTED: dict[str, Callable[[int], str]] = {
    # TRANSLATORS: of parts of an old plan, as in "24 parts: 15 reworded, 4 merged"
    "carried": lambda n: tr_many("{count} carried over word for word", "{count} carried over word for word", n),
    # TRANSLATORS: of parts of an old plan, as in "24 parts: 15 reworded, 4 merged"
    "reworded": lambda n: tr_many("{count} reworded", "{count} reworded", n),
    # TRANSLATORS: of parts of an old plan, as in "24 parts: 15 reworded, 4 merged"
    "merged": lambda n: tr_many("{count} merged", "{count} merged", n),
    # TRANSLATORS: of parts of an old plan, as in "24 parts: 15 reworded, 4 merged"
    "split": lambda n: tr_many("{count} split", "{count} split", n),
    # TRANSLATORS: of parts of an old plan, as in "24 parts: 15 reworded, 4 merged"
    "moved": lambda n: tr_many("{count} moved", "{count} moved", n),
    # TRANSLATORS: of parts of an old plan, as in "24 parts: 15 reworded, 4 merged"
    "spent": lambda n: tr_many("{count} spent", "{count} spent", n),
    # TRANSLATORS: of parts of an old plan, as in "24 parts: 15 reworded, 4 merged"
    "dropped": lambda n: tr_many("{count} dropped", "{count} dropped", n),
}
"""How many parts have a disposition."""

MEANINGS = {
    "carried": tr_later("The new text has the same words."),
    "reworded": tr_later("The new text takes it up in other words. It may say more or less."),
    "merged": tr_later("It went to a place to which another old part went too."),
    "split": tr_later("It went to two places or more."),
    "moved": tr_later("It went to another text than the plan that took over. That text may not be in this archive."),
    "spent": tr_later("Its time was over, or what it asked for was done."),
    "dropped": tr_later("It was given up. The decision is named, or it is said where the decision was looked for."),
}
"""What each disposition means, for readers who meet the words for the first time."""

ENDS = {
    "spent": tr_later("Spent"),
    "dropped": tr_later("Dropped"),
    "ended": tr_later("Ended"),
    "lapsed": tr_later("Lapsed"),
    "unknown": tr_later("Not known"),
}
"""How a way ended, where no day is known."""

ENDS_BY_DAY = {
    "spent": tr_later("Spent by {day}"),
    "dropped": tr_later("Dropped {on_day}"),
    "ended": tr_later("Ended by {day}"),
}
"""The same with the day on which the text gave way. What ended or was spent did so by that day, and perhaps long
before. What was dropped was dropped on it."""

ENDS_LAPSED = {
    "spent": tr_later("Spent; the plan lapsed {on_day}"),
    "dropped": tr_later("Dropped; the plan lapsed {on_day}"),
    "ended": tr_later("Ended; the plan lapsed {on_day}"),
}
ENDS_WITHDRAWN = {
    "spent": tr_later("Spent; the plan was withdrawn {on_day}"),
    "dropped": tr_later("Dropped; the plan was withdrawn {on_day}"),
    "ended": tr_later("Ended; the plan was withdrawn {on_day}"),
}
"""The same where nothing took the plan's place on any day."""


@dataclass(frozen=True)
class Answer:
    """One end of a way, for a reader."""

    kind: str
    """in-effect, outside, ended, spent, dropped, lapsed or unknown."""
    lead: str
    """The words before the link, such as "Taken up in"."""
    sentence: Sentence
    """Where it is, or why it ended."""
    steps: str
    """How it came there: "reworded in 2006; renamed in 2007"; "" where there is nothing to tell."""
    matched: bool
    """Whether some step was found by text alone."""
    disposition: str
    """The disposition of the table's row on the way, or ""."""
    doubt: str = ""
    """What weakens the table's row on the way: that nobody reviewed it, or that a text was edited after."""


@dataclass(frozen=True)
class Tracing:
    """What was traced in a library, worked out once for all its pages."""

    coverage: Coverage
    ways: dict[tuple[str, str], dict[str, Stop]] = field(default_factory=dict)
    """For every edition that has ended, the way of each of its parts, by place."""
    origins: dict[tuple[str, str], dict[str, tuple[Stop, ...]]] = field(default_factory=dict)
    """For every edition that took over old parts, by place: the ways, from a superseded plan, that go through it."""

    def tabled(self, plan: str, edition: str) -> bool:
        """Whether there is a page of destinations for an edition."""
        return (plan, edition) in self.ways

    def replacing(self, plan: str, edition: str) -> bool:
        """Whether there is a page of origins for an edition."""
        return (plan, edition) in self.origins


def tracing(library: Library) -> Tracing:
    """Trace every part of every edition that has ended, and turn it round for those that took over."""
    follower = Follower(library)
    ways: dict[tuple[str, str], dict[str, Stop]] = {}
    over = (Status.SUPERSEDED, Status.LAPSED, Status.WITHDRAWN)
    for plan in library.plans:
        for edition in plan.editions:
            if edition_status(edition, library.as_at) in over:
                ways[plan.id, edition.id] = {p: follower.where(part) for p, part in by_place(edition).items()}
    found = coverage(library)
    origins: dict[tuple[str, str], dict[str, list[Stop]]] = {}
    for covered in found.plans:
        for way in ways.get((covered.plan.id, covered.edition.id), {}).values():
            if way.onward and way.onward[0].how == "inside":
                continue
            for stop in way.stops():
                if stop.part.plan != covered.plan.id:
                    held = origins.setdefault((stop.part.plan, stop.part.edition), {}).setdefault(stop.part.place, [])
                    if not held or held[-1] is not way:
                        held.append(way)
    turned = {key: {place: tuple(stops) for place, stops in places.items()} for key, places in origins.items()}
    return Tracing(found, ways, turned)


def answers(library: Library, way: Stop) -> tuple[Answer, ...]:
    """Where a part is on the archive's day: one answer for each end of its way, each once."""
    return tuple(dict.fromkeys(_answers(library, way, ())))


def _answers(library: Library, stop: Stop, steps: tuple[Stop, ...]) -> Iterator[Answer]:
    steps = (*steps, stop)
    if stop.end is not None:
        yield _answer(library, stop, steps)
    for onward in stop.onward:
        yield from _answers(library, onward, steps)


def _answer(library: Library, stop: Stop, steps: tuple[Stop, ...]) -> Answer:
    end = stop.end or End("unknown")
    disposition = next((s.row.disposition for s in reversed(steps) if s.row is not None), "")
    told = tuple(text for text in (_step(s) for s in steps) if text)
    if end.kind == "in-effect":
        # Not "carried into": "carried" is the word for a part that was kept word for word.
        lead = tr("Taken up in") if disposition else tr("In the edition in effect")
        where: Sentence = (Link(part_name(library, stop.part), stop.part.address),)
    elif end.kind == "outside" and end.outside is not None:
        lead, where = tr("Moved to"), (_outside(end.outside, stop, end),)
    else:
        lead = ended(library, stop)
        why = _decided(_reason(end) or tr("no reason given"), stop, end)
        if len(steps) > 1 and not stop.row:
            why = tr("{reason}. It was last in {part}", reason=why, part=part_name(library, stop.part))
        where = (why,)
    matched = any(s.how == "matched" for s in steps)
    doubt = next((tr(DOUBTS[s.state]) for s in steps if s.row is not None and s.state in DOUBTS), "")
    return Answer(end.kind, lead, where, "; ".join(told), matched, disposition, doubt)


def _reason(end: End) -> str:
    """Why a way ended: in an editor's words or, where the way itself shows it, in the site's."""
    return (tr(end.shown, name=end.name) if end.shown else end.reason).rstrip(".")


def _decided(said: str, stop: Stop, end: End) -> str:
    """What is said of an end, with the decision behind it."""
    unknown = stop.row.decision if stop.row is not None and isinstance(stop.row.decision, Unknown) else None
    decision = say_decision(unknown) if end.decision and unknown is not None else end.decision
    return f"{said} ({decision})" if decision else said


def _outside(target: Outside, stop: Stop, end: End) -> str:
    said = tr("{text}, which is not in this archive", text=outside(target))
    if end.reason:
        said = tr("{text}, which is not in this archive: {reason}", text=outside(target), reason=_reason(end))
    return _decided(said, stop, end)


def ended(library: Library, stop: Stop) -> str:
    """How a way ended and, where it is known, when: "Spent by 1 April 2006", "Ended"."""
    kind = stop.end.kind if stop.end else ""
    day, lapsed = _end_day(library, stop) if kind in ENDS_BY_DAY else (None, "")
    if day is None:
        return tr(ENDS.get(kind, ENDS["unknown"]))
    named = {"lapsed": ENDS_LAPSED, "withdrawn": ENDS_WITHDRAWN}.get(lapsed, ENDS_BY_DAY)
    return tr(named[kind], day=say_when(day), on_day=on_when(day))


def _end_day(library: Library, stop: Stop) -> tuple[When | None, str]:
    """The day on which the text of an end gave way, and whether the plan lapsed or was withdrawn then."""
    plan = library.plan(stop.part.plan)
    edition = plan.edition(stop.part.edition) if plan else None
    if plan is None or edition is None:
        return None, ""
    later = plan.after(edition)
    if later is not None:
        day = later.facts.in_effect.from_ if later.facts else None
    else:
        day = next((succession.on for succession in plan.facts.superseded_by), None)
    span = edition.facts.in_effect if edition.facts else None
    if day is None and span is not None and span.to is not None and span.ended_by in ("lapsed", "withdrawn"):
        return span.to, span.ended_by
    return (None, "") if isinstance(day, Unknown) else (day, "")


def _step(stop: Stop) -> str:
    """One step of a way in two or three words; nothing where the council simply kept the part."""
    arrived = stop.end is None or stop.end.kind == "in-effect"
    if stop.how == "destination" and stop.row is not None and arrived:
        return _step_in(tr(WORDS[stop.row.disposition]), stop)
    if stop.how == "renamed":
        return _step_in(tr("renamed"), stop)
    if stop.how in ("split", "merged"):
        return _step_in(tr(WORDS[stop.how]), stop)
    return _step_in(tr("matched by text"), stop) if stop.how == "matched" else ""


def _step_in(what: str, stop: Stop) -> str:
    name = stop.part.edition
    # An edition's name is mostly its first year.
    if name.isdigit():
        return tr("{what} in {year}", what=what, year=name)
    return tr("{what} in edition {edition}", what=what, edition=name)


def outside(target: Outside) -> str:
    """A text that is not in the archive, as one names it."""
    return ", ".join(part for part in (target.outside, target.citation) if part)


def origin_links(library: Library, ways: tuple[Stop, ...]) -> tuple[tuple[Link, str], ...]:
    """The old parts that lead to a part: a link to each, and its disposition."""
    found = []
    for way in ways:
        rows = sorted({tr(WORDS[stop.row.disposition]) for stop in way.stops() if stop.row is not None})
        found.append((Link(part_name(library, way.part), way.part.address), ", ".join(rows)))
    return tuple(found)


def heading_of(part: Part) -> str:
    """What a reader knows a part by; the text before the first heading has no other name."""
    return part.title if part.row is not None or part.section.id else tr("Before the first heading")


def part_name(library: Library, part: Part) -> str:
    """A part with its edition's title: Behaviour Support Plan 2004 to 2007, "2 Exclusions"."""
    title = edition_title(library, part.plan, part.edition)
    if part.row is None and not part.section.id:
        return tr("{edition}, before the first heading", edition=title)
    return tr("{edition}, \u201c{part}\u201d", edition=title, part=part.title)


def edition_title(library: Library, plan: str, edition: str) -> str:
    """An edition's title, or its name where it is not there."""
    found: Edition | None = library.edition(plan, edition)
    return found.title if found else f"{plan}@{edition}"
