"""The A to Z, the years and the page to search on: everything is there without a script."""

from __future__ import annotations

import re
from datetime import date
from functools import cache

import yaml

from archives import ROOT
from plan_archive.intake import read_library
from plan_archive.model import Library
from plan_archive.pages.a_to_z import a_to_z_pages, by_letter
from plan_archive.pages.search import search_pages, tries
from plan_archive.pages.years import held_in, years_of, years_pages


@cache
def _library() -> Library:
    library = read_library(ROOT, date(2009, 12, 1)).library
    assert library is not None
    return library.without_drafts()


def test_the_a_to_z_has_every_name_of_every_plan() -> None:
    """Titles, abbreviations and other names, read from the files themselves."""
    html = next(a_to_z_pages(_library())).html.replace("&#39;", "'")
    for file in sorted((*ROOT.glob("archive/*/plan.yml"), ROOT / "plans/cypp/plan.yml")):
        facts = yaml.safe_load(file.read_text(encoding="utf-8"))
        names = [facts["title"], facts.get("abbreviation", facts["title"]), *facts.get("aliases", [])]
        for name in names:
            assert name.startswith("/") or f">{name}<" in html or f"{name}: see" in html, name
        if f"archive/{file.parent.name}/cypp" not in str(file):
            assert f"../plans/{file.parent.name}/" in html


def test_the_a_to_z_is_in_order_and_leads_from_one_word_to_another() -> None:
    """Letters stand once and in order; "Expelled" leads to "Exclusions", which leads to the sections of that name."""
    letters = list(by_letter(_library()))
    assert [letter for letter, _ in letters] == sorted({letter for letter, _ in letters})
    lines = {entry.name: entry for _, entries in letters for entry in entries}
    assert lines["Expelled"].other is not None
    assert lines["Expelled"].other.text == "Exclusions"
    assert "plans/cypp/2009/#exclusions" in [part.link.address for part in lines["Exclusions"].parts]
    assert lines["Exclusions"].parts[0].standing.status.value == "in-effect"


def test_each_year_lists_what_was_in_effect_in_it() -> None:
    """2006 has both the plans that ended on 31 March and the plan that took their place the next day."""
    assert years_of(_library())[-1] == 2009
    held = {(row.plan.id, row.edition.id): row.when for row in held_in(_library(), 2006)}
    assert held["behaviour-support-plan", "2004"] == "to 31 March 2006"
    assert held["cypp", "2006"] == "from 1 April 2006"
    assert ("cypp", "2009") not in held
    html = next(years_pages(_library())).html
    assert re.findall(r'<h2 id="year-(\d+)">', html) == [str(year) for year in reversed(years_of(_library()))]


def test_the_page_to_search_on_leads_everywhere_without_a_script() -> None:
    """Every plan, every year and every needs group has a link in the page itself, and nothing of it is hidden."""
    html = next(search_pages(_library())).html
    browse = html[html.index("data-browse") :]
    assert all(f'href="../plans/{plan.id}/"' in browse for plan in _library().plans)
    assert all(f"../years/#year-{year}" in browse for year in years_of(_library()))
    assert all(term.title in browse for term in _library().registers.needs_groups.values())
    assert "hidden>" not in browse
    assert "style=" not in html
    assert "<script" not in html


def test_the_home_page_has_three_things_to_try() -> None:
    """A word that has others, a group of children, a plan that was replaced."""
    assert len(tries(_library())) == 3
