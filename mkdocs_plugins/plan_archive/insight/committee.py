"""What the archive can tell a committee that is asked to decide about an edition: only what its files hold.

Nothing here judges. What has no reason, what is not met and who was not asked is named, so that it can be asked about.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ..facts import Term
from ..model import Edition, Library, MeasureChange, Plan, Section, Text
from .agreements import Resources, resources
from .consultation import EditionConsultation, consultation_of
from .figures import Figure
from .measures import Measure, PlanMeasures, YearOfResults, plan_measures, reached, results
from .requirements import EditionRequirements, MissingYear, edition_requirements, missing_years


@dataclass(frozen=True)
class Missed:
    """A result that did not reach its target as first set, or as last set."""

    measure: Measure
    year: str
    first: Figure | None
    last: Figure | None
    result: Figure


@dataclass(frozen=True)
class Paper:
    """One text that the report rests on, with what proves that it is the same text."""

    edition: Edition
    text: Text


@dataclass(frozen=True)
class Matter:
    """One edition as it is put before a committee."""

    plan: Plan
    """With this edition and those before it that were adopted: nothing else is part of the matter."""
    edition: Edition
    requirements: EditionRequirements
    missing_years: tuple[MissingYear, ...]
    """Years before this edition in which the law asked for one and none came."""
    consultation: EditionConsultation | None
    resources: Resources | None
    measures: PlanMeasures | None
    results: tuple[YearOfResults, ...]
    """Year by year, how many results reached their targets."""
    missed: tuple[Missed, ...]
    """Results of the latest year that did not reach their targets."""
    needs: tuple[tuple[Term, tuple[Section, ...]], ...]
    """Each needs group of the register, with the sections that say they are about it."""
    papers: tuple[Paper, ...]

    @property
    def before(self) -> Edition | None:
        """The edition before it."""
        return self.plan.before(self.edition)


def matter(
    library: Library, plan: Plan, edition: Edition, compared: Sequence[tuple[str, str, tuple[MeasureChange, ...]]]
) -> Matter:
    """One edition of a plan as a matter for a committee; `compared` holds what changed between its editions so far."""
    so_far = until(plan, edition)
    measures = plan_measures(library, so_far, compared)
    years = results(measures.measures) if measures else ()
    asked = [each for told in consultation_of(library) if told.plan.id == plan.id for each in told.editions]
    told = edition_requirements(library, plan, edition)
    stated = edition.text.front.sections
    return Matter(
        plan=so_far,
        edition=edition,
        requirements=told,
        missing_years=tuple(year for year in missing_years(library, plan) if year.over and year.year < told.day.year),
        consultation=next((each for each in asked if each.edition.id == edition.id), None),
        resources=next((each for each in resources(library) if each.edition is edition), None),
        measures=measures if measures and edition in measures.editions else None,
        results=years,
        missed=_missed(measures.measures, years[-1].year) if measures and years else (),
        needs=tuple(
            (term, tuple(s for s in edition.text.sections if s.id in stated and key in stated[s.id].needs))
            for key, term in library.registers.needs_groups.items()
        ),
        papers=tuple(_papers(library, so_far, edition)),
    )


def until(plan: Plan, edition: Edition) -> Plan:
    """A plan with one of its editions and those before it that were adopted."""
    earlier = plan.editions[: plan.editions.index(edition)]
    return replace(plan, editions=(*(each for each in earlier if each.adopted), edition))


def _missed(measures: Sequence[Measure], year: str) -> tuple[Missed, ...]:
    found = []
    for measure in measures:
        for count in measure.counts:
            told = next((each for each in count.of("actual") if each.year == year), None)
            target = next((each for each in count.of("target") if each.year == year), None)
            if told is None or told.last is None or target is None:
                continue
            pair = target.first, target.last
            if any(reached(told.last, promised, measure.better) is False for promised in pair):
                found.append(Missed(measure, year, *pair, told.last))
    return tuple(found)


def _papers(library: Library, plan: Plan, edition: Edition) -> list[Paper]:
    """The edition with its corrections, the one before it and, for a first one, what the plan took the place of."""
    papers = [Paper(edition, text) for text in edition.versions]
    earlier = plan.before(edition)
    if earlier is not None:
        return [*papers, Paper(earlier, earlier.text)]
    replaced = (library.plan(succession.plan) for succession in plan.facts.supersedes)
    return papers + [Paper(old.editions[-1], old.editions[-1].text) for old in replaced if old and old.editions]
