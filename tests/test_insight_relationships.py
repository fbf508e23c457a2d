"""Relationships at the survey's size are counted right, quickly, and a sample is told as a sample."""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from decimal import Decimal
from functools import cache

import plainly
import planning_relationships as made_up
from plan_archive.facts import Relationship, Term
from plan_archive.insight.relationships import NO_STRUCTURE, Relations, relations
from test_insight_partners import made, page, table

NEEDS = {group: Term(title=group) for group in made_up.GROUPS}


@cache
def rows() -> tuple[dict[str, str], ...]:
    return tuple(made_up.survey())


@cache
def counted() -> Relations:
    return relations([Relationship.model_validate(row) for row in rows()], NEEDS)


def test_totals_and_averages_of_the_survey() -> None:
    """48 authorities and 2,986 relationships: 62.2 an authority, 6.2 an authority and needs group."""
    found = counted()
    assert (found.total, len(found.authorities), len(found.groups)) == (2986, 48, 10)
    assert found.per_authority == Decimal("62.2")
    assert found.per_authority_and_group == Decimal("6.2")
    assert sum(found.by_group.values()) == sum(found.by_authority.values()) == 2986


def test_partners_and_structures_are_counted() -> None:
    """Each name with its relationships, its authorities and its needs groups; those named most first."""
    found = counted()
    for field, told in (("partner", found.partners), ("structure", found.structures)):
        times = Counter(row.get(field, NO_STRUCTURE) for row in rows())
        where, groups = defaultdict(set), defaultdict(set)
        for row in rows():
            where[row.get(field, NO_STRUCTURE)].add(row["authority"])
            groups[row.get(field, NO_STRUCTURE)].add(row["needs-group"])
        assert {c.name: (c.relationships, c.authorities, c.groups) for c in told} == {
            name: (times[name], len(where[name]), len(groups[name])) for name in times
        }
        assert [c.relationships for c in told] == sorted(times.values(), reverse=True)
    assert {partner.name for partner in found.partners[:2]} == {"Health authority", "Education"}
    met = Counter((row["needs-group"], row["partner"]) for row in rows())
    assert dict(found.meeting) == dict(met)


def test_who_has_none() -> None:
    """The authorities with no partner for a needs group are named, and users are counted by their own names."""
    there = {(row["authority"], row["needs-group"]) for row in rows()}
    absent = {(name, g) for name in {row["authority"] for row in rows()} for g in made_up.GROUPS} - there
    assert set(counted().none) == absent
    assert len(absent) == 8
    assert counted().users == sum(row["partner"] in ("Young people", "Parents") for row in rows()) > 0


def test_the_same_seed_gives_the_same_survey() -> None:
    """A test that fails can be run again."""
    assert list(made_up.survey()) == list(rows())
    assert list(made_up.survey(7)) != list(rows())


def test_counting_is_quick() -> None:
    """The whole survey is counted in far less than seconds."""
    held = [Relationship.model_validate(row) for row in rows()]
    began = time.perf_counter()
    relations(held, NEEDS)
    assert time.perf_counter() - began < 2


def test_nothing_is_counted_of_nothing() -> None:
    """No relationships: no authorities, and averages of nought."""
    found = relations([], NEEDS)
    assert (found.total, found.per_authority, found.none) == (0, Decimal("0.0"), ())


def test_the_sample_on_the_page_is_counted_and_called_a_sample() -> None:
    """The archive's own rows: their counts, and the word sample before any of them."""
    sample = list(plainly.register("relationships").values())
    data = made("partners.json")["relationships"]
    authorities = {row["authority"] for row in sample}
    assert (data["sample"], data["relationships"], data["authorities"]) == (True, len(sample), len(authorities))
    assert data["per_authority"] == f"{len(sample) / len(authorities):.1f}"
    assert {row["name"]: row["relationships"] for row in data["partners"]} == Counter(r["partner"] for r in sample)
    words = page("partners/").xpath("//h2[@id='sample']/following-sibling::p[1]")[0].text_content()
    assert words.startswith("Sample.")
    assert "invented" in words
    shown = {row[0]: int(row[1]) for row in table("partners/", "Partners in the sample")[1:]}
    assert shown == Counter(row["partner"] for row in sample)
    assert "Authority 01" not in page("partners/").text_content()
