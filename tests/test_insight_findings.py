"""What `check` warns of, and what partners, users and rules are taken for on a day."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import nouns
import traced
from archives import copy_tiny, edit
from plan_archive.cli import command
from plan_archive.facts import Due, Partner, PlanFacts, Requirement
from plan_archive.insight.applying import applies, duty_on
from plan_archive.insight.names import names_of, users_in, was_asked
from plan_archive.insight.requirements import edition_requirements, missing_years
from plan_archive.model import Library, Plan

CONTENTS = """\
required-contents:
  safety:
    title: How children are kept safe
    provision: s 17(1)
    law: children-act-2004-s17
  budget:
    title: The budget
    provision: s 17(2)
    law: children-act-2004-s17
    from: 2007-01-01
"""
CONSULTEES = """\
consultees:
  families:
    title: Parents and families
    provision: s 17(3)
    law: children-act-2004-s17
"""
STEPS = """\
steps:
  "1": {title: Compare}
"""


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """The tiny archive with a list of required contents, of steps, and of whom to ask."""
    root = copy_tiny(tmp_path / "archive")
    for name, text in (("required-contents", CONTENTS), ("consultees", CONSULTEES), ("steps", STEPS)):
        (root / "plans/registers" / f"{name}.yml").write_text(text, encoding="utf-8")
    edit(
        root / "archive/alpha/2006.md",
        "{partners: [council]}",
        '{partners: [council], requirement: [safety], step: ["1"]}',
    )
    return root


def check(root: Path) -> tuple[int, list[str]]:
    """How `check` ends and what it says."""
    done = CliRunner().invoke(command, ["-C", str(root), "check"])
    return done.exit_code, done.stdout.splitlines()


def test_what_is_missing_is_a_warning(archive: Path) -> None:
    """Contents not held, a step not taken and people not asked are each named with file and line; none fails."""
    code, lines = check(archive)
    assert code == 0
    assert all(": warning: " in line for line in lines)
    assert [line.partition(";")[0].replace(": warning", "") for line in lines] == [
        "archive/alpha/2006.md:9: `families` (s 17(3)) was to be consulted, and no line says so",
        "plans/alpha/2007.md:10: no section is recorded to hold `budget` (s 17(2): The budget)",
        "plans/alpha/2007.md:10: no section is recorded to hold `safety` (s 17(1): How children are kept safe)",
        "plans/alpha/2007.md:10: no section or action takes step 1 (Compare)",
    ]


def test_what_is_mended_is_not_told(archive: Path) -> None:
    """With the keys in place nothing is left to warn of."""
    edit(archive / "archive/alpha/2006.md", "{who: Parents, how", "{who: Parents, consultee: families, how")
    held = '{partners: [council, schools], requirement: [safety, budget], step: ["1"]}'
    edit(archive / "plans/alpha/2007.md", "{partners: [council, schools]}", held)
    assert check(archive) == (0, [])


def test_a_warning_keeps_nothing_from_being_published(archive: Path) -> None:
    """The site is built; its pages say what is not met, and none says that a problem keeps it back."""
    done = CliRunner().invoke(command, ["-C", str(archive), "build"])
    assert done.exit_code == 0, done.output
    page = (archive / "site/requirements/index.html").read_text(encoding="utf-8")
    assert page.count("No section is marked as holding it") == 2
    assert "None marked" in (archive / "site/steps/index.html").read_text(encoding="utf-8")
    assert "No record that they were asked" in (archive / "site/consultation/index.html").read_text(encoding="utf-8")
    assert "from being published" not in page


def test_a_year_without_an_edition_is_told(archive: Path) -> None:
    """From the first year that was due, each year that is over and has no edition is named in plan.yml."""
    edit(archive / "plans/authority.yml", "as_at: 2007-12-01", "as_at: 2009-12-01")
    facts = archive / "plans/alpha/plan.yml"
    edit(
        facts,
        "publication: {website: 2006-03-31}",
        "publication: {website: 2006-03-31}\n    due: {on: 2006-04-01, rule: First}",
    )
    told = [line for line in check(archive)[1] if line.startswith("plans/alpha/plan.yml")]
    assert len(told) == 1
    assert "warning: the law asked for an edition or a review in 2008, and the archive holds none" in told[0]


DUTY = {"duty": {"from": "2005-04-01", "ended": "2008-04-01"}}


@pytest.mark.parametrize(
    ("stated", "day", "said"),
    [
        (DUTY, "2005-03-31", "no"),
        (DUTY, "2005-04-01", "yes"),
        (DUTY, "2008-03-31", "yes"),
        (DUTY, "2008-04-01", "no"),
        ({"no_duty": "None in law."}, "2006-01-01", "no"),
        ({"duty": {"from": {"about": "2005"}}}, "2004-12-31", "no"),
        ({"duty": {"from": {"about": "2005"}}}, "2005-06-01", "unknown"),
        ({"duty": {"from": {"about": "2005"}}}, "2006-01-01", "yes"),
        ({"duty": {"from": {"unknown": "Nothing was found."}}}, "2006-01-01", "unknown"),
        ({"duty": {"from": "2005-04-01", "ended": {"unknown": "Not looked up."}}}, "2006-01-01", "unknown"),
        ({"duty": {"from": "2005-04-01", "ended": {"about": "2008"}}}, "2008-06-01", "unknown"),
    ],
)
def test_a_partners_duty_on_a_day(stated: dict[str, Any], day: str, said: str) -> None:
    """Yes, no, or not known where its dates leave it open."""
    assert duty_on(Partner.model_validate({"title": "Police", **stated}), date.fromisoformat(day)) == said


@pytest.mark.parametrize(
    ("words", "users"),
    [
        ("Children and young people", ("children",)),
        ("Parents, carers and families, and groups that speak for them", ("parents",)),
        ("Disabled pupils and their parents", ("children", "parents")),
        ("Parents of children under eight", ("parents",)),
        ("The Youth Assembly", ("children",)),
        ("Young people's board of Connexions", ("children",)),
        ("Voluntary organisations that work with parents", ()),
        ("Head teachers' named staff for child protection", ()),
        ("Local Safeguarding Children Board", ()),
        ("Children's services", ()),
        ("The children's trust", ()),
        ("Children's Strategy Board", ()),
        ("Family doctors", ()),
        ("Parent governors", ()),
        ("Foster carers", ()),
        ("Schools", ()),
        ("", ()),
    ],
)
def test_whom_words_stand_for(words: str, users: tuple[str, ...]) -> None:
    """Users are told from those who work with them, or who are named after them."""
    assert users_in(words) == users


def test_who_was_not_asked() -> None:
    """A line may say that nobody was asked."""
    assert was_asked("Two meetings", "January 2006")
    assert not was_asked("None were asked", "2003")
    assert not was_asked("Not consulted on the plan", "May 2004")
    assert not was_asked("Survey", "N/A")


def test_names_lead_to_keys() -> None:
    """A key, a title and another name lead to a row, however capitals and apostrophes stand; a key comes first."""
    rows = {
        "schools": Partner(title="Schools and their governing bodies", also=("Governors'",), no_duty="None."),
        "governors": Partner(title="Schools", no_duty="None."),
    }
    found = names_of(rows)
    assert [found.get(name) for name in ("schools", "schools-and-their-governing-bodies")] == ["schools", "schools"]
    assert found["governors"] == "governors"
    assert "police" not in found


def _plan(*years: str, ended: str | None = None, due: str | None = "2006-04-01") -> tuple[Library, Plan]:
    held = []
    for year in years:
        made = traced.edition("alpha", year, {"from": f"{year}-04-01"}, "# Alpha\n\n## One {#one}\n\nWords.\n")
        assert made.facts is not None
        stated = made.facts.model_copy(
            update={"due": Due.model_validate({"on": due, "rule": "First"}) if due else None}
        )
        held.append(type(made)("alpha", year, stated, made.versions))
    duty = {"status": "repealed" if ended else "in-force", "from": "2005-03-01", **({"ended": ended} if ended else {})}
    more = {"statutory": "yes", "legal_basis": ["act-2004"], "duty": duty}
    plan = nouns.plan(*held, plan_id="alpha", **more)
    return traced.library(plan), plan


def test_missing_years_follow_the_duty() -> None:
    """A year counts where the duty stood from its first day to its last; the archive's own year is not over."""
    library, plan = _plan("2006", "2007")
    assert [(row.year, row.over) for row in missing_years(library, plan)] == [(2008, True), (2009, False)]
    library, plan = _plan("2006", "2007", ended="2008-06-01")
    assert missing_years(library, plan) == ()
    library, plan = _plan("2006", due=None)
    assert missing_years(library, plan) == ()


@pytest.mark.parametrize(
    ("due", "website", "verdict", "days"),
    [
        ("2006-04-01", "2006-03-31", "on-time", 0),
        ("2006-04-01", "2006-04-03", "late", 2),
        ({"about": "2006"}, "2006-12-31", "on-time", 0),
        ({"about": "2006"}, "2007-01-01", "late", 1),
        ({"unknown": "The letter was not found."}, "2006-03-31", "not-known", 0),
        ("2006-04-01", {"about": "2006"}, "not-known", 0),
        ("2006-04-01", None, "not-published", 0),
    ],
)
def test_in_time(due: Any, website: Any, verdict: str, days: int) -> None:
    """An edition is held against the last day allowed; a day that is not known gives no verdict."""
    library, plan = _plan("2006")
    edition = plan.editions[0]
    stated = nouns.facts({"from": "2006-04-01"}).model_dump(by_alias=True, mode="json", exclude_none=True)
    stated |= {"due": {"on": due, "rule": "First"}, "publication": {"website": website} if website else {}}
    facts = type(edition.facts).model_validate(stated)  # type: ignore[union-attr]
    timing = edition_requirements(library, plan, type(edition)("alpha", "2006", facts, edition.versions)).timing
    assert timing is not None
    assert (timing.verdict, timing.days) == (verdict, days)


def test_rules_apply_by_law_duty_and_day() -> None:
    """A rule holds where the plan stands on its law, its duty was in force, and the rule held on the day."""
    _, plan = _plan("2006", ended="2010-04-01")
    facts: PlanFacts = plan.facts
    assert facts.legal_basis == ("act-2004",)
    rule = {"title": "Vision", "provision": "reg 4", "law": "act-2004", "to": "2007-09-30"}
    held = Requirement.model_validate(rule)
    assert applies(plan, held, date(2007, 9, 30))
    assert not applies(plan, held, date(2007, 10, 1))
    assert not applies(plan, Requirement.model_validate({**rule, "law": "act-1996"}), date(2007, 1, 1))
    endless = Requirement.model_validate({**rule, "to": None})
    assert not applies(plan, endless, date(2010, 4, 1))
    assert not applies(plan, endless, date(2005, 2, 28))
