"""What is searched: each plan, and each section once over all its editions, with what its result shows."""

from __future__ import annotations

import re
from datetime import date
from functools import cache

import pytest

from archives import ROOT, copy_tiny
from plan_archive import pages
from plan_archive.intake import read_library
from plan_archive.language import Catalogue, speaking
from plan_archive.model import Library
from plan_archive.search import Searched, searched
from plan_archive.search.numbers import NUMBERED, number_words
from plan_archive.search.words import WELSH, Grouped, group_word, groups, words


@cache
def _library() -> Library:
    library = read_library(ROOT, date(2009, 12, 1)).library
    assert library is not None
    return library.without_drafts()


@cache
def _documents() -> dict[str, Searched]:
    library = _library()
    made = searched(library, pages.compared_pairs(library), pages.tracing(library))
    return {document.key: document for document in made}


def test_every_plan_is_a_document_and_so_is_every_heading_of_the_edition_in_effect() -> None:
    """Nothing that can be read is left out: counted from the file itself."""
    keys = set(_documents())
    assert {f"{folder.parent.name}/plan" for folder in ROOT.glob("archive/*/plan.yml")} <= keys
    text = (ROOT / "plans" / "cypp" / "2009.md").read_text(encoding="utf-8")
    ids = re.findall(r"^#{2,6} .*\{#([a-z0-9-]+)\}$", text, flags=re.MULTILINE)
    assert len(ids) > 60
    assert {f"cypp/2009/{name}" for name in ids} <= keys


def test_a_section_is_found_once_with_its_editions() -> None:
    """A section kept through four editions is one document, and its card leads to all four."""
    document = _documents()["cypp/2009/young-carers"]
    assert [edition["id"] for edition in document.card["editions"]] == ["2006", "2007", "2008", "2009"]
    assert document.in_effect
    assert not any(key.startswith("cypp/2008/") and key.endswith("/young-carers") for key in _documents())


def test_each_edition_of_a_result_says_how_it_stands_itself() -> None:
    """A result shows the latest edition; the way to an earlier one carries that one's own day and headings."""
    card = _documents()["cypp/2009/exclusions"].card
    assert card["label"] == "In effect on 1 December 2009"
    found = {edition["id"]: edition for edition in card["editions"]}
    assert found["2008"]["label"] == "Replaced on 1 April 2009"
    assert found["2008"]["years"] == [2006, 2009]
    merged = _documents()["cypp/2009/behaviour-and-bullying"].card
    parts = {edition["id"]: [title for title, _ in edition["parts"]] for edition in merged["editions"]}
    assert parts["2009"] == ["Behaviour and bullying"]
    assert sorted(parts["2008"]) == ["Behaviour support", "Bullying"]


def test_an_opening_that_says_only_that_all_is_an_example_is_not_found() -> None:
    """The notice stands before every plan; where more stands there, it is found."""
    openings = {key for key in _documents() if key.endswith("/opening")}
    assert "cypp/2009/opening" not in openings
    assert "sure-start-plan/2004/opening" in openings
    assert len(openings) < 8


def test_the_figures_of_a_table_are_searched_and_not_shown() -> None:
    """Of a measure the Ref and the name are shown; its head and its figures are marked as figures."""
    document = _documents()["cypp/2009/make-a-positive-contribution-measures"]
    words = " ".join((*document.text, *document.older)).split()
    hidden = {at for start, end in document.figures for at in range(start, end)}
    shown = " ".join(word for at, word in enumerate(words) if at not in hidden)
    assert "PC6 Permanently excluded pupils who are taught full time by the sixth school day PC7" in shown
    assert "4,380" in words
    assert not re.search(r"4,380|Baseline|\b6[15]\b", shown)


def test_a_section_in_effect_is_known_by_the_headings_that_it_took_up() -> None:
    """Who asks by an old heading finds what took it up, if that is one place; numbers are left out."""
    former = _documents()["cypp/2009/children-in-care"].former.split(". ")
    assert "Looked after children" in former
    assert not any(title[:1].isdigit() for title in former)
    split = _documents()["behaviour-support-plan/2004/education-out-of-school"]
    assert len(split.card["now"]) == 2
    assert not any("Education out of school" in document.former for document in _documents().values())


def test_a_heading_without_words_of_its_own_has_the_first_words_inside_it() -> None:
    """A result says something even where a heading only holds other sections."""
    assert (
        _documents()["cypp/2009/living-here"].card["inside"].startswith("The county and its children: Exampleshire has")
    )
    assert "inside" not in _documents()["cypp/2009/exclusions"].card


def test_no_result_says_twice_where_it_went() -> None:
    """Two ways to one place are one answer."""
    for document in _documents().values():
        told = [tuple(now.items()) for now in document.card["now"]]
        assert len(told) == len(set(told)), document.key


def test_a_replaced_section_says_where_it_went() -> None:
    """The result of a section of an old plan is labelled with what replaced it."""
    card = _documents()["behaviour-support-plan/2004/exclusions"].card
    assert card["label"] == "Replaced on 1 April 2006"
    assert card["now"][0]["address"].startswith("plans/cypp/2009/#")
    plan = _documents()["behaviour-support-plan/plan"].card
    assert plan["now"] == [
        {"lead": "Replaced by the", "text": "Children and Young People's Plan", "address": "plans/cypp/"}
    ]


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("2 Exclusions", "section2"),
        ("1. Scope", "section1"),
        ("A. What the Committee is", "sectiona"),
        ("Annex B: Words used in this plan", "annexb"),
        ("Appendix A: Words", "annexa"),
        ("Question 3: What is youth work for?", "question3"),
        ("A place to live", ""),
        ("A", "sectiona"),
        ("Exclusions", ""),
        ("The figures", ""),
    ],
)
def test_a_number_is_searched_as_one_word(title: str, expected: str) -> None:
    """`section 2` finds the section numbered 2, and no title that merely begins with an article."""
    assert number_words(title) == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("2 Gwaharddiadau", "section2"),
        ("Pennod 3: Iechyd", "section3"),
        ("Rhan 1", "section1"),
        ("Atodiad A: Geiriau", "annexa"),
        ("Blaenoriaeth 2: Ysgolion", "priority2"),
        ("Thema 4: Teithio", "thema4"),
        ("A fydd lle i bawb?", ""),
        ("Ymddygiad da", ""),
    ],
)
def test_a_number_is_the_same_word_in_every_language(title: str, expected: str) -> None:
    """A Welsh heading has the word that an English one of the same kind has."""
    with speaking(Catalogue("cy")):
        assert number_words(title) == expected


@pytest.mark.parametrize("language", sorted(NUMBERED))
def test_a_word_before_a_number_means_one_thing(language: str) -> None:
    """Within a language, no word stands for two kinds, and each is as a question is read: small, without accents."""
    words = [word for forms in NUMBERED[language].values() for word in forms.split()]
    assert len(set(words)) == len(words)
    assert [word for word in words if not re.fullmatch("[a-z]+", word)] == []
    assert NUMBERED[language].keys() == NUMBERED["en"].keys()


def test_words_that_mean_the_same_have_one_word_in_the_index() -> None:
    """Forms that an English stemmer takes for different words, and runs of words, are found alike."""
    grouped = Grouped((("Exclusions", "excluded", "thrown out of school"), ("Bullying", "bullied")))
    assert list(grouped.found("A pupil who was excluded")) == [group_word(0)]
    assert list(grouped.found("He was thrown out of school; bullying")) == [group_word(0), group_word(1)]
    assert list(grouped.found("He was thrown out of the house")) == []


def test_no_group_holds_a_plans_name() -> None:
    """A plan is found by its names already: searching "ASP" must not search "adoption" with it."""
    names = {name.casefold() for plan in _library().plans for name in (plan.facts.title, plan.facts.abbreviation or "")}
    assert not [word for group in groups(_library()) for word in group if word.casefold() in names]
    assert ["Exclusions" in group for group in groups(_library())].count(True) == 1


def test_the_words_file_has_every_name_and_says_that_it_is_an_example() -> None:
    """`words.json` begins with the notice; old web addresses are no names."""
    made = words(_library(), {"current": 1, "archive": 2}, {"cypp/plan": "en_1"})
    assert next(iter(made)) == "notice"
    found = {plan["id"]: plan for plan in made["plans"]}
    assert found["behaviour-support-plan"]["names"] == ["BSP", "Pupil Behaviour Plan", "Behaviour Support Statement"]
    assert found["cypp"]["in_effect"]
    assert found["cypp"]["result"] == "en_1"
    assert made["welsh"] == WELSH


def test_an_archive_with_almost_nothing_has_documents(tmp_path_factory: pytest.TempPathFactory) -> None:
    """The tiny archive, without registers, is searched too."""
    folder = copy_tiny(tmp_path_factory.mktemp("tiny"))
    library = read_library(folder, date(2009, 12, 1)).library
    assert library is not None
    made = list(searched(library, pages.compared_pairs(library), pages.tracing(library)))
    assert {"plan"} <= {document.key.rpartition("/")[2] for document in made}
    assert list(groups(library)) == []
