"""Suggestions: what belongs together comes first, for reasons that hold, and what went nowhere is said to."""

from __future__ import annotations

import pytest

from compare.generator import make
from plan_archive.intake.loose import loose_text
from plan_archive.model import Section
from plan_archive.trace.suggest import MOST, Candidate, Suggestion, suggest, to_json

OLD = """# A plan

## 1 Exclusions

Head teachers decide whether to exclude a pupil. Parents may appeal to an independent panel within fifteen days.

## 2 Home tuition

Tuition at home lasts five hours a week, for pupils who are too ill for the referral unit.

## 3 Bullying

The telephone line takes text messages. A caller is rung back within five school days.

## 4 Nursery milk

Bottles of milk are delivered to nurseries each morning by the dairy under contract.

## 5 Targets

The targets are these.

| Ref | Measure | Better | Target 2004 |
|---|---|---|---|
| B1 | Permanent exclusions in secondary schools | lower | 42 |
| B2 | Half days missed without leave | lower | 1.1 |
| B3 | Bottles of milk delivered | higher | 9,000 |
"""
NEW = """# A new plan

## 1 Where we are

The county has 110 schools and 52,400 young people.

## 2 Support for behaviour

Pupils who are too ill have at least five hours of tuition at home each week. The line on bullying takes text
messages at any hour, and a caller is rung back in five school days. Advisory teachers help schools to write a policy
that all pupils understand, and secondary schools work in four partnerships with money of their own.

## 3 Excluding pupils

Head teachers decide on an exclusion. Parents can appeal, and an independent panel hears them.

## 4 How we will know

| Ref | Measure | Better | Target 2007 |
|---|---|---|---|
| PC1 | Half-days missed without leave | lower | 1.0 |
| PC2 | Permanent exclusions from secondary schools | lower | 38 |
"""


def sections(text: str) -> tuple[Section, ...]:
    """A text's sections."""
    return loose_text("text.md", {"text.md": text.encode()}, folder=False).sections


def found(old: str, new: str) -> dict[str, Suggestion]:
    """Suggestions by the section's heading, or by the row's Ref."""
    return {
        (each.row.ref or "") if each.row else each.section.title: each for each in suggest(sections(old), sections(new))
    }


def first(suggestion: Suggestion) -> Candidate:
    """The best candidate."""
    return suggestion.candidates[0]


def test_each_part_that_says_something_is_asked_for_once_in_order() -> None:
    """Sections with text of their own and keyed rows are listed, headings alone are not."""
    old = OLD.replace("## 1 Excl", "## 0 Holder\n\n### 1 Excl")
    told = [(each.section.title, each.row.ref if each.row else None) for each in suggest(sections(old), sections(NEW))]
    headings = ["1 Exclusions", "2 Home tuition", "3 Bullying", "4 Nursery milk", "5 Targets"]
    assert told == [(heading, None) for heading in headings] + [("5 Targets", ref) for ref in ("B1", "B2", "B3")]


def test_sections_find_where_they_went() -> None:
    """A reworded section, and two that were merged into a longer one, find their places."""
    told = found(OLD, NEW)
    assert first(told["1 Exclusions"]).section.title == "3 Excluding pupils"
    assert first(told["2 Home tuition"]).section.title == "2 Support for behaviour"
    assert first(told["3 Bullying"]).section.title == "2 Support for behaviour"
    gone = told["4 Nursery milk"].none
    assert gone > 0.7
    assert all(told[title].none < gone - 0.2 for title in ("1 Exclusions", "2 Home tuition", "3 Bullying"))


def test_rows_find_rows_before_sections() -> None:
    """A row's candidates are rows, then sections; other Refs do not mislead."""
    told = found(OLD, NEW)
    assert [(candidate.row.ref if candidate.row else "") for candidate in told["B1"].candidates][:1] == ["PC2"]
    assert [(candidate.row.ref if candidate.row else "") for candidate in told["B2"].candidates][:1] == ["PC1"]
    for ref in ("B1", "B2", "B3"):
        kinds = [candidate.row is not None for candidate in told[ref].candidates]
        assert kinds == sorted(kinds, reverse=True)
    assert told["B3"].none > max(told["B1"].none, told["B2"].none)


def test_rows_find_sections_where_there_are_no_rows() -> None:
    """A row may go to a section of a text without numbered rows."""
    told = found(
        OLD.replace("Permanent exclusions in secondary schools", "Appeals to the panel"), NEW[: NEW.index("## 4")]
    )
    assert first(told["B1"]).row is None
    assert first(told["B1"]).section.title == "3 Excluding pupils"


def test_sections_have_no_rows_as_candidates() -> None:
    """What is suggested for a section is a section."""
    assert all(c.row is None for each in suggest(sections(OLD), sections(NEW)) if not each.row for c in each.candidates)


def test_a_text_is_its_own_counterpart() -> None:
    """Against itself each part finds itself, and none is unlikely."""
    for suggestion in suggest(sections(OLD), sections(OLD)):
        best = first(suggestion)
        assert (best.section.id, best.row) == (suggestion.section.id, suggestion.row)
        assert "same words throughout" in best.why
        assert suggestion.none < 0.1


def test_scores_fall_and_stay_in_range() -> None:
    """Candidates are at most ten; scores lie between 0 and 1 and fall among sections and among rows."""
    case = make(3, "heavy")
    for suggestion in suggest(sections(case.old_md), sections(case.new_md)):
        assert len(suggestion.candidates) <= MOST
        assert 0 <= suggestion.none <= 1
        for rows in (True, False):
            scores = [c.score for c in suggestion.candidates if (c.row is not None) == rows]
            assert scores == sorted(scores, reverse=True)
            assert all(0 < score < 1 for score in scores)
            assert all(c.why for c in suggestion.candidates)


@pytest.mark.parametrize("seed", [4, 5])
def test_grown_plans_are_found_again(seed: int) -> None:
    """Of the sections of a plan that was rewritten by a third, nearly all find their own; removed ones stand out."""
    case = make(seed, "rewrite")
    old, new = sections(case.old_md), sections(case.new_md)
    told = {each.section.id: each for each in suggest(old, new) if each.row is None}
    went: dict[str, set[str]] = {}
    for o, n in case.truth.pairs:
        went.setdefault(old[o].id, set()).add(new[n].id)
    right = [first(each).section.id in went[key] for key, each in told.items() if key in went]
    assert sum(right) >= 0.95 * len(right)
    gone = [each.none for key, each in told.items() if key not in went]
    kept = [each.none for key, each in told.items() if key in went]
    assert min(gone) > sorted(kept)[int(0.9 * len(kept))]


def test_equal_numbers_do_not_mislead_where_a_plan_was_renumbered() -> None:
    """Sections with other numbers are found by their words, and numbers are no reason."""
    old, new = (
        sections(OLD),
        sections(
            OLD.replace("## 5", "## 6")
            .replace("## 4", "## 5")
            .replace("## 3", "## 4")
            .replace("## 2", "## 3")
            .replace("## 1", "## 2")
        ),
    )
    for each in suggest(old, new):
        if each.row is None:
            assert first(each).section.title[2:] == each.section.title[2:]
            assert not [reason for reason in first(each).why if "number" in reason]


def test_numbers_count_where_they_agree_throughout() -> None:
    """In a long text whose numbers stayed, an equal number is a reason."""
    topics = ["bread", "wool", "iron", "glass", "paper", "silver", "timber", "leather", "copper", "linen"]
    text = "# T\n\n" + "\n".join(
        f"## {n} {t.title()}\n\nAbout {t} and who sells {t} here.\n" for n, t in enumerate(topics, 1)
    )
    for each in suggest(sections(text), sections(text.replace("sells", "buys"))):
        assert "same number, as elsewhere in these texts" in first(each).why


def test_a_heading_that_is_everywhere_gives_way_to_the_one_above() -> None:
    """ "What we do" in each chapter goes where its chapter's subject is."""
    old = "# P\n\n" + "\n".join(
        f"## {about}\n\n### What we do\n\nWe hold {count} meetings a year and report them.\n"
        for count, about in ((4, "Adoption"), (6, "Young carers"), (8, "Runaways"))
    )
    new = "# Q\n\n" + "\n".join(
        f"## {about}\n\nThe county {does}.\n"
        for about, does in (
            ("Runaways", "sees each child"),
            ("Adoption", "finds parents"),
            ("Young carers", "lends a hand"),
        )
    )
    told = suggest(sections(old), sections(new))
    assert [first(each).section.title for each in told] == ["Adoption", "Young carers", "Runaways"]


def test_texts_that_have_nothing_in_common() -> None:
    """Where nothing fits, none is likely for every part."""
    new = "# Zoo\n\n## Giraffes\n\nThey graze upon acacia leaves.\n\n## Penguins\n\nBirds swim beneath ice.\n"
    assert all(each.none > 0.7 for each in suggest(sections(OLD), sections(new)))


@pytest.mark.parametrize("empty", ["# Nothing\n", "", "## A\n\n## B\n"])
def test_a_text_without_words_is_no_trouble(empty: str) -> None:
    """An empty text gets no suggestions as the old one, and is as good as none as the new one."""
    assert suggest(sections(empty), sections(NEW)) == ()
    assert suggest((), sections(NEW)) == ()
    assert all(each.none > 0.9 for each in suggest(sections(OLD), sections(empty)))
    assert all((each.none, each.candidates) == (1.0, ()) for each in suggest(sections(OLD), ()))


def test_the_data_holds_what_was_found() -> None:
    """The JSON has the promised keys in the promised order, and numbers of three places."""
    data = to_json(suggest(sections(OLD), sections(NEW)))
    assert list(data) == ["schema", "rows"]
    assert data["schema"] == "plan-archive/suggestions/1"
    rows = data["rows"]
    assert isinstance(rows, list)
    assert [list(row) for row in rows] == [["section", "ref", "candidates", "none"]] * 8
    assert list(rows[0]["section"]) == ["chapter", "id", "title"]
    assert list(rows[0]["candidates"][0]) == ["to", "ref", "score", "why"]
    assert all(row["none"] == round(row["none"], 3) for row in rows)
