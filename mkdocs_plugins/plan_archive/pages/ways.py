"""The way of a part told in sentences: where it is on the archive's day, how it came there, or how it ended."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from ..facts import Outside, Unknown
from ..model import Edition, Library
from ..status import Status, edition_status
from ..trace import Coverage, Follower, Part, Stop, by_place, coverage
from .sentences import Link, Sentence, on_when, say_when

DOUBTS = {"unreviewed": "recorded, not reviewed", "suspect": "edited since it was reviewed"}
"""What is said beside an answer that rests on a row which is not reviewed as it stands."""

WORDS = {
    "carried": "carried over word for word",
    "reworded": "reworded",
    "merged": "merged",
    "split": "split",
    "moved": "moved",
    "spent": "spent",
    "dropped": "dropped",
}
"""Dispositions as they stand in a sentence."""

MEANINGS = {
    "carried": "The new text has the same words.",
    "reworded": "The new text takes it up in other words. It may say more or less.",
    "merged": "It went to a place to which another old part went too.",
    "split": "It went to two places or more.",
    "moved": "It went to another text than the plan that took over. That text may not be in this archive.",
    "spent": "Its time was over, or what it asked for was done.",
    "dropped": "It was given up. The decision is named, or it is said where the decision was looked for.",
}
"""What each disposition means, for readers who meet the words for the first time."""


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
    end = stop.end
    kind = end.kind if end else "unknown"
    reason = f": {end.reason.rstrip('.')}" if end and end.reason else ""
    decision = f" ({end.decision})" if end and end.decision else ""
    disposition = next((s.row.disposition for s in reversed(steps) if s.row is not None), "")
    told = tuple(text for text in (_step(s) for s in steps) if text)
    if kind == "in-effect":
        # Not "carried into": "carried" is the word for a part that was kept word for word.
        lead = "Taken up in" if disposition else "In the edition in effect"
        where: Sentence = (Link(part_name(library, stop.part), stop.part.address),)
    elif kind == "outside" and end is not None and end.outside is not None:
        lead, where = "Moved to", (f"{outside(end.outside)}, which is not in this archive{reason}{decision}",)
    else:
        lead = {"spent": "Spent", "dropped": "Dropped", "ended": "Ended", "lapsed": "Lapsed"}.get(kind, "Not known")
        lead += ended_when(library, stop)
        held = ""
        if len(steps) > 1 and not stop.row:
            held = f". It was last in {part_name(library, stop.part)}"
        where = (f"{reason.removeprefix(': ') or 'no reason given'}{decision}{held}",)
    matched = any(s.how == "matched" for s in steps)
    doubt = next((DOUBTS[s.state] for s in steps if s.row is not None and s.state in DOUBTS), "")
    return Answer(kind, lead, where, "; ".join(told), matched, disposition, doubt)


def ended_when(library: Library, stop: Stop) -> str:
    """The day of an end, as it follows the verb; "" where it is not known.

    What ended or was spent did so by the day on which the text gave way, and perhaps long before. What was dropped
    was dropped on that day.
    """
    kind = stop.end.kind if stop.end else ""
    plan = library.plan(stop.part.plan)
    edition = plan.edition(stop.part.edition) if plan else None
    if plan is None or edition is None or kind not in ("spent", "dropped", "ended"):
        return ""
    later = plan.after(edition)
    if later is not None:
        day = later.facts.in_effect.from_ if later.facts else None
    else:
        day = next((succession.on for succession in plan.facts.superseded_by), None)
    span = edition.facts.in_effect if edition.facts else None
    if day is None and span is not None and span.to is not None and span.ended_by in ("lapsed", "withdrawn"):
        # Nothing took the plan's place on any day.
        return f"; the plan {'lapsed' if span.ended_by == 'lapsed' else 'was withdrawn'} {on_when(span.to)}"
    if day is None or isinstance(day, Unknown):
        return ""
    return f" {on_when(day)}" if kind == "dropped" else f" by {say_when(day)}"


def _step(stop: Stop) -> str:
    """One step of a way in two or three words; nothing where the council simply kept the part."""
    arrived = stop.end is None or stop.end.kind == "in-effect"
    # An edition's name is mostly its first year.
    when = f"in {stop.part.edition}" if stop.part.edition.isdigit() else f"in edition {stop.part.edition}"
    if stop.how == "destination" and stop.row is not None and arrived:
        return f"{WORDS[stop.row.disposition]} {when}"
    if stop.how in ("renamed", "split", "merged"):
        return f"{stop.how} {when}"
    if stop.how == "matched":
        return f"matched by text {when}"
    return ""


def outside(target: Outside) -> str:
    """A text that is not in the archive, as one names it."""
    return ", ".join(part for part in (target.outside, target.citation) if part)


def origin_links(library: Library, ways: tuple[Stop, ...]) -> tuple[tuple[Link, str], ...]:
    """The old parts that lead to a part: a link to each, and its disposition."""
    found = []
    for way in ways:
        rows = sorted({WORDS[stop.row.disposition] for stop in way.stops() if stop.row is not None})
        found.append((Link(part_name(library, way.part), way.part.address), ", ".join(rows)))
    return tuple(found)


def heading_of(part: Part) -> str:
    """What a reader knows a part by; the text before the first heading has no other name."""
    return part.title if part.row is not None or part.section.id else "Before the first heading"


def part_name(library: Library, part: Part) -> str:
    """A part with its edition's title: Behaviour Support Plan 2004 to 2007, "2 Exclusions"."""
    title = edition_title(library, part.plan, part.edition)
    if part.row is None and not part.section.id:
        return f"{title}, before the first heading"
    return f"{title}, \u201c{part.title}\u201d"


def edition_title(library: Library, plan: str, edition: str) -> str:
    """An edition's title, or its name where it is not there."""
    found: Edition | None = library.edition(plan, edition)
    return found.title if found else f"{plan}@{edition}"
