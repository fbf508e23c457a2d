"""Rules that hold between files: dates that follow on, both sides that agree, keys and links that exist.

Each rule is a plain function from the library to problems. A fact that a status needs is never guessed: where it is
missing or two facts contradict each other, that is a problem.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from itertools import combinations, pairwise

from ..addresses import alias_address, is_taken
from ..errors import Problem
from ..facts import DecisionMade, Succession, Unknown
from ..model import Edition, Library, Plan
from ..status import day_after, first_day, last_day
from .rules_keys import check_keys
from .rules_languages import check_languages
from .rules_lines import Half, Lines
from .rules_registers import check_registers
from .rules_text import check_text
from .strict_yaml import Document, Path

Rule = Callable[[Plan, Library, Lines], Iterator[Problem]]


def check_library(library: Library, documents: dict[str, Document], half: Half) -> list[Problem]:
    """Every problem between the files of a library."""
    lines = Lines(documents, half)
    problems = [problem for plan in library.plans for rule in RULES for problem in rule(plan, library, lines)]
    problems += _aliases(library, lines)
    problems += check_registers(library, lines)
    problems += check_keys(library, lines)
    problems += check_languages(library, lines)
    for plan in library.plans:
        for edition in plan.editions:
            problems += check_text(library, plan, edition, half)
    return problems


def _texts_and_facts(plan: Plan, _library: Library, lines: Lines) -> Iterator[Problem]:
    held = {edition.id for edition in plan.editions}
    for edition_id in plan.facts.editions:
        if edition_id not in held and (plan.id, edition_id) not in lines.half:
            what = f"there is no text for the edition {edition_id}"
            yield lines.problem(
                plan.file, ("editions", edition_id), what, f"add {edition_id}.md, or take the entry out"
            )
    known = plan.facts.editions or plan.facts.no_editions or held
    if not known and not any(half_plan == plan.id for half_plan, _ in lines.half):
        what = "the plan has neither a text nor an entry under `editions`"
        yield lines.problem(plan.file, (), what, "add one, or say in `no_editions` why the archive holds none")
    for edition in plan.editions:
        if edition.facts is None and not edition.draft:
            remedy = "add it there: in_effect, decision, publication"
            what = f"plan.yml has no entry for this edition under `editions.{edition.id}`"
            yield Problem(edition.text.file, 1, what, remedy)


def _days_of_editions(plan: Plan, _library: Library, lines: Lines) -> Iterator[Problem]:
    for edition in plan.editions:
        facts = edition.facts
        if facts is None or edition.draft:
            continue
        path = ("editions", edition.id)
        start = facts.in_effect.from_
        decided = facts.decision.date if isinstance(facts.decision, DecisionMade) else None
        published = edition.versions[0].front.published
        if decided and isinstance(start, date) and decided > start:
            what = f"the edition was in effect from {start}, before it was decided on {decided}"
            yield lines.problem(plan.file, (*path, "decision", "date"), what, "correct one of the two dates")
        if decided and published and published < decided:
            what = f"`published` ({published}) is before the decision ({decided})"
            line = dict(edition.versions[0].front_lines).get("published", 1)
            yield Problem(edition.versions[0].file, line, what, "correct one of the two dates")
        website = facts.publication.website
        if isinstance(website, date) and published and website != published:
            what = f"`publication.website` is {website}, but the text says it was published on {published}"
            yield lines.problem(plan.file, (*path, "publication", "website"), what, "make the two dates equal")


def _editions_follow_on(plan: Plan, _library: Library, lines: Lines) -> Iterator[Problem]:
    if lines.lacks_an_edition(plan):
        return
    published = [e for e in plan.editions if e.facts and not e.draft]
    adopted = [e for e in published if e.facts and e.facts.in_effect.ended_by != "never-adopted"]
    for earlier, later in pairwise(adopted):
        yield from _follows(plan, earlier, later, lines)
    for earlier, later in combinations(adopted, 2):
        yield from _overlaps(plan, earlier, later, lines)


def _follows(plan: Plan, earlier: Edition, later: Edition, lines: Lines) -> Iterator[Problem]:
    if earlier.facts is None or later.facts is None:
        return
    before, after = earlier.facts.in_effect, later.facts.in_effect
    path = ("editions", earlier.id, "in_effect")
    if before.to is None:
        what = f"the edition {earlier.id} has no last day, but {later.id} came after it"
        yield lines.problem(plan.file, path, what, "give `to` and `ended_by`")
    next_day, start = day_after(before.to), after.from_
    if next_day and isinstance(start, date) and start > next_day and before.ended_by == "superseded":
        what = f"{earlier.id} was superseded, but {later.id} began only on {start}, not on {next_day}"
        yield lines.problem(plan.file, (*path, "to"), what, "correct the dates, or say that it lapsed")


def _overlaps(plan: Plan, earlier: Edition, later: Edition, lines: Lines) -> Iterator[Problem]:
    """Two editions that were both in effect on some day, however their dates are read."""
    if earlier.facts is None or later.facts is None:
        return
    over, start = first_day(earlier.facts.in_effect.to), last_day(later.facts.in_effect.from_)
    if over is not None and start is not None and start <= over:
        what = f"the edition {later.id} began by {start}, while {earlier.id} was in effect until {over}"
        path = ("editions", earlier.id, "in_effect", "to")
        yield lines.problem(plan.file, path, what, "correct one of the two dates")


def _end_of_the_plan(plan: Plan, _library: Library, lines: Lines) -> Iterator[Problem]:
    """The last edition's end and the plan's successor say the same."""
    if lines.lacks_an_edition(plan):
        return
    facts = plan.facts
    whole = [succession for succession in facts.superseded_by if succession.extent == "whole"]
    last = next((e for e in reversed(plan.editions) if e.adopted), None)
    if last is None or last.facts is None:
        return
    span = last.facts.in_effect
    path = ("editions", last.id, "in_effect")
    if span.ended_by == "superseded" and not facts.superseded_by:
        what = f"the last edition, {last.id}, was superseded, but `superseded_by` does not say by what"
        yield lines.problem(plan.file, path, what, "give `superseded_by`: plan, on, authority, extent")
    if whole and span.ended_by != "superseded":
        how = f"ended as `{span.ended_by}`" if span.ended_by else "has no end"
        what = f"the plan was superseded, but its last edition, {last.id}, {how}"
        yield lines.problem(plan.file, path, what, "give `to` and `ended_by: superseded`, or take `superseded_by` out")
    next_day = day_after(span.to)
    for index, succession in enumerate(facts.superseded_by):
        on = succession.on
        if succession.extent == "whole" and isinstance(on, date) and next_day is not None and on != next_day:
            what = f"the plan was superseded on {on}, but its last edition was in effect until {span.to}"
            remedy = "the day of supersession is the day after the last day in effect"
            yield lines.problem(plan.file, ("superseded_by", index, "on"), what, remedy)


def _both_sides_agree(plan: Plan, library: Library, lines: Lines) -> Iterator[Problem]:
    sides = (
        ("superseded_by", plan.facts.superseded_by, "supersedes"),
        ("supersedes", plan.facts.supersedes, "superseded_by"),
    )
    for name, successions, other_name in sides:
        seen: set[str] = set()
        for index, succession in enumerate(successions):
            path: Path = (name, index, "plan")
            other = library.plan(succession.plan)
            if succession.plan in seen:
                yield lines.problem(plan.file, path, f"`{succession.plan}` stands twice in `{name}`", "keep one")
            seen.add(succession.plan)
            if succession.plan == plan.id:
                yield lines.problem(plan.file, path, "the plan supersedes itself", "name the other plan")
            elif other is None and (succession.plan, "") in lines.half:
                continue
            elif other is None:
                what = f"there is no plan `{succession.plan}`"
                yield lines.problem(plan.file, path, what, "add the plan, or correct its id")
            else:
                back = getattr(other.facts, other_name)
                yield from _agrees(plan, succession, other, back, (name, index), other_name, lines)


def _agrees(
    plan: Plan,
    succession: Succession,
    other: Plan,
    back: tuple[Succession, ...],
    path: Path,
    other_name: str,
    lines: Lines,
) -> Iterator[Problem]:
    match = next((row for row in back if row.plan == plan.id), None)
    if match is None:
        what = f"{other.file} does not say so too: its `{other_name}` lacks `{plan.id}`"
        yield lines.problem(plan.file, path, what, "both plans must say it")
        return
    for key in ("on", "authority", "extent"):
        if getattr(match, key) != getattr(succession, key):
            what = f"`{key}` differs from what {other.file} says of the same succession"
            yield lines.problem(plan.file, (*path, key), what, "make the two sides equal")


def _no_cycles(plan: Plan, library: Library, lines: Lines) -> Iterator[Problem]:
    waiting, seen = [s.plan for s in plan.facts.superseded_by if s.plan != plan.id], set[str]()
    while waiting:
        here = waiting.pop()
        if here == plan.id:
            what = "the plan is, by way of others, its own successor"
            yield lines.problem(plan.file, ("superseded_by",), what, "correct the successions")
            return
        other = library.plan(here)
        if here not in seen and other is not None:
            seen.add(here)
            waiting += [s.plan for s in other.facts.superseded_by]


def _keys_exist(plan: Plan, library: Library, lines: Lines) -> Iterator[Problem]:
    facts = plan.facts
    cited: list[tuple[Path, object]] = [(("legal_basis",), facts.legal_basis), (("duty", "by"), facts.duty.by)]
    cited += [(("later", index, "law"), later.law) for index, later in enumerate(facts.later)]
    cited += [(("editions", name, "due", "law"), row.due.law) for name, row in facts.editions.items() if row.due]
    for path, keys in cited:
        if isinstance(keys, tuple):
            for index, key in enumerate(keys):
                if key not in library.registers.law and not lines.unread("law"):
                    remedy = "add it to plans/registers/law.yml, or correct the key"
                    what = f"`{key}` is not in the law register"
                    yield lines.problem(plan.file, (*path, index), what, remedy)
    for index, related in enumerate(facts.related):
        if related.plan is None or (related.plan, "") in lines.half:
            continue
        if related.plan == plan.id or library.plan(related.plan) is None:
            what = f"there is no other plan `{related.plan}`"
            yield lines.problem(plan.file, ("related", index), what, "use `outside` for a plan not in the archive")
    if facts.statutory and facts.duty.status == "none" and not isinstance(facts.legal_basis, Unknown):
        what = "the plan was statutory, but its duty has the status `none`"
        yield lines.problem(plan.file, ("duty", "status"), what, "correct `statutory` or the duty")
    if not facts.statutory and facts.duty.status not in ("none", "never-commenced"):
        what = "the plan was not statutory, but it has a duty"
        yield lines.problem(plan.file, ("duty", "status"), what, "correct `statutory` or the duty")


def _aliases(library: Library, lines: Lines) -> Iterator[Problem]:
    """Old names and addresses lead to one plan each, and to no address that is in use."""
    seen: dict[str, str] = {}
    for plan in library.plans:
        for index, alias in enumerate(plan.facts.aliases):
            address, fault = alias_address(alias)
            path: Path = ("aliases", index)
            if fault:
                yield lines.problem(plan.file, path, f"'{alias}' {fault}", "correct it, or leave it out")
                continue
            folded = address.casefold().rstrip("/")
            if is_taken(folded, library):
                what = f"'{alias}' would lie at /{address}, which the site uses itself"
                yield lines.problem(plan.file, path, what, "choose another, or leave it out")
            elif folded in seen:
                what = f"'{alias}' leads to `{seen[folded]}` already"
                yield lines.problem(plan.file, path, what, "an old name or address leads to one place")
            seen.setdefault(folded, plan.id)


RULES: tuple[Rule, ...] = (
    _texts_and_facts,
    _days_of_editions,
    _editions_follow_on,
    _end_of_the_plan,
    _both_sides_agree,
    _no_cycles,
    _keys_exist,
)
