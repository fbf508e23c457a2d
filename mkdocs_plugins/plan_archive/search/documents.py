"""What is searched: each plan, and each section of a plan once over all its editions. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from ..addresses import edition_address, plan_address
from ..facts import Succession
from ..language import tr
from ..model import Edition, Library, Plan, Section
from ..pages import Pair, Tracing
from ..pages.places import from_top
from ..pages.sentences import SHAPES, Standing, edition_standing, plan_standing
from ..pages.ways import Answer, answers
from ..status import edition_on
from .numbers import number_words
from .words import Grouped, groups


@dataclass(frozen=True)
class Searched:
    """One thing that a search may find."""

    key: str
    """Its place in the index: letters, digits, hyphens and slashes."""
    in_effect: bool
    """Whether it stands in a plan in effect on the archive's day, and so comes first."""
    title: str
    number: str
    """What it is called by number, as one word each: `section2`, `annexa`."""
    above: str
    """The headings above it, and the plan's names: searched with less weight."""
    text: tuple[str, ...]
    """Its words in its latest edition, a paragraph each."""
    refs: tuple[str, ...]
    """The Refs of its keyed rows in its latest edition; each row's paragraph begins with its own."""
    older: tuple[str, ...]
    """What only earlier editions say: searched with least weight."""
    groups: tuple[str, str, str]
    """A word for each group of words that mean the same: of its title, its text, and what only earlier editions say."""
    card: dict[str, Any]
    """What the result shows: plan, status, editions, where it went."""
    facets: dict[str, list[str]]
    """By what it can be narrowed: plan, year, status, kind, needs, outcome."""


Line = list[tuple[Edition, Section]]
"""A section through the editions of a plan, the earliest first."""


def searched(library: Library, pairs: Sequence[Pair], tracing: Tracing) -> Iterator[Searched]:
    """Everything that can be found, plan by plan."""
    grouped = Grouped(groups(library))
    for plan in library.plans:
        yield _plan(library, plan, grouped)
        for line in _lines(plan, pairs, library.language):
            yield _section(library, plan, line, tracing, grouped)


def group_words(grouped: Grouped, title: str, text: Iterable[str], older: Iterable[str]) -> tuple[str, str, str]:
    """The words of groups in a document's parts; more than a few of one group say no more than a few."""

    def some(found: Iterable[str], most: int) -> str:
        counts = Counter(found)
        return " ".join(word for word in sorted(counts) for _ in range(min(counts[word], most)))

    return (
        some(grouped.found(title), 1),
        some((word for part in text for word in grouped.found(part)), 6),
        some((word for part in older for word in grouped.found(part)), 2),
    )


def _lines(plan: Plan, pairs: Iterable[Pair], language: str) -> list[Line]:
    """The sections of a plan, each with its forerunners: one line for each that the last edition has or lost.

    In another language they are those of the editions that have a text in it.
    """
    public = [edition for edition in plan.editions if edition.adopted or edition is plan.editions[-1]]
    public = [edition for edition in public if edition.language == language]
    steps: dict[tuple[str, str], str] = {}
    for pair in pairs:
        if pair.plan is plan and pair.neighbours:
            for change in pair.comparison.sections:
                for old in change.old if change.new else ():
                    steps[pair.old.id, old.id] = change.new[0].id
    lines: dict[tuple[str, str], Line] = {}
    for edition in public:
        here: dict[tuple[str, str], Line] = {}
        for section in edition.text.sections:
            here[edition.id, section.id] = []
        for (old_edition, old_section), line in list(lines.items()):
            onward = steps.get((old_edition, old_section))
            if onward is not None and (edition.id, onward) in here:
                here[edition.id, onward] += line
                del lines[old_edition, old_section]
        for section in edition.text.sections:
            here[edition.id, section.id].append((edition, section))
        lines.update(here)
    return [line for line in lines.values() if _says_anything(line[-1][1])]


def _says_anything(section: Section) -> bool:
    return bool(section.own_blocks) or bool(section.id)


def _plan(library: Library, plan: Plan, grouped: Grouped) -> Searched:
    standing = plan_standing(library, plan)
    facts = plan.facts
    names = [name for name in (facts.abbreviation, *facts.aliases) if name and not name.startswith("/")]
    current = edition_on(plan, library.as_at)
    translated = library.language in facts.translated
    return Searched(
        f"{plan.id}/plan",
        current is not None,
        facts.title,
        "",
        " ".join(names),
        (facts.summary,),
        (),
        (),
        group_words(grouped, f"{facts.title}. {'. '.join(names)}", (facts.summary,), ()),
        {
            "kind": "plan",
            "plan": facts.title,
            "address": from_top(plan_address(plan.id)),
            **_standing(standing),
            "editions": [[e.id, from_top(edition_address(plan.id, e.id))] for e in plan.editions],
            "now": [_successor(library, succession) for succession in facts.superseded_by],
            **_main(library),
            **({"language": library.authority.languages[0]} if library.language and not translated else {}),
        },
        _facets(plan, standing, plan.editions, (), ""),
    )


def _section(library: Library, plan: Plan, line: Line, tracing: Tracing, grouped: Grouped) -> Searched:
    edition, section = line[-1]
    current = edition_on(plan, library.as_at)
    in_effect = current is edition
    standing = edition_standing(library, plan, edition)
    said = {block.text for block in section.own_blocks}
    older = [
        block.text
        for _, forerunner in reversed(line[:-1])
        for block in forerunner.own_blocks
        if block.text not in said and not said.add(block.text)  # type: ignore[func-returns-value]
    ]
    titles = {s.id: s.title for s in edition.text.sections}
    above = [titles[name] for name in section.path if name in titles]
    former = dict.fromkeys(s.title for _, s in line[:-1] if s.title != section.title)
    way = tracing.ways.get((plan.id, edition.id), {}).get(f"#{section.id}")
    told = answers(library, way) if way is not None and not in_effect else ()
    front = [e.text.front.sections.get(s.id) for e, s in line]
    needs = dict.fromkeys(need for facts in front if facts for need in facts.needs)
    outcome = next((facts.outcome for facts in reversed(front) if facts and facts.outcome), "")
    anchor = f"#{section.id}" if section.id else ""
    return Searched(
        f"{plan.id}/{edition.id}/{section.id or 'opening'}",
        in_effect,
        section.title if section.id else edition.title,
        number_words(section.title) if section.id else "",
        " ".join([*above, plan.facts.title, plan.facts.abbreviation or "", *former]),
        tuple(block.text.replace("\t", " ") for block in section.own_blocks),
        tuple(block.ref for block in section.own_blocks if block.ref),
        tuple(text.replace("\t", " ") for text in older),
        group_words(grouped, section.title, (block.text for block in section.own_blocks), older),
        {
            "kind": "section",
            "plan": plan.facts.title,
            "edition": edition.title,
            "above": above,
            "address": from_top(edition_address(plan.id, edition.id) + anchor),
            **_standing(standing),
            "editions": _editions(plan, line),
            "now": [_now(answer) for answer in told[:2]],
            **_main(library),
        },
        _facets(plan, standing, [e for e, _ in line], tuple(needs), outcome or ""),
    )


def _main(library: Library) -> dict[str, str]:
    """In another language: what language the pages are in that lie outside its own."""
    return {"main": library.authority.languages[0]} if library.language else {}


def _editions(plan: Plan, line: Line) -> list[list[str]]:
    """Each edition's link, the earliest first; where several sections became one, the others with their headings."""
    made = []
    for edition, section in sorted(line, key=lambda step: plan.editions.index(step[0])):
        several = [s for e, s in line if e is edition]
        name = edition.id if section is several[0] else f"{edition.id} ({section.title})"
        anchor = f"#{section.id}" if section.id else ""
        made.append([name, from_top(edition_address(plan.id, edition.id) + anchor)])
    return made


def _successor(library: Library, succession: Succession) -> dict[str, str]:
    """What took a plan's place, as its result says it."""
    plan = library.plan(succession.plan)
    said = tr("Replaced in part by the {plan}") if succession.extent == "part" else tr("Replaced by the {plan}")
    lead, _, rest = said.partition("{plan}")
    told = {
        "lead": lead.rstrip(),
        "text": plan.facts.title if plan else succession.plan,
        "address": from_top(plan_address(succession.plan)),
    }
    return told | {"rest": rest} if rest else told


def _standing(standing: Standing) -> dict[str, str]:
    return {"status": standing.status.value, "label": standing.label, "shape": SHAPES[standing.status]}


def _now(answer: Answer) -> dict[str, str]:
    """Where an old section is, in a few words and a link."""
    text = "".join(part if isinstance(part, str) else part.text for part in answer.sentence)
    address = next((part.address for part in answer.sentence if not isinstance(part, str)), "")
    return {"lead": answer.lead, "text": text, "address": from_top(address) if address else ""}


def _facets(
    plan: Plan, standing: Standing, editions: Iterable[Edition], needs: tuple[str, ...], outcome: str
) -> dict[str, list[str]]:
    years = sorted(
        {
            str(year)
            for edition in editions
            for year in range(edition.text.front.period.from_.year, edition.text.front.period.to.year + 1)
        }
    )
    return {
        "plan": [plan.id],
        "status": [standing.status.value],
        "kind": ["statutory" if plan.facts.statutory else "voluntary"],
        "year": years,
        "needs": list(needs),
        "outcome": [outcome] if outcome else [],
    }
