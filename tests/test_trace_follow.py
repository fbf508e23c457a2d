"""Where is it now: every way ends in a part that is in effect, in a text elsewhere, or in an end with its reason."""

from __future__ import annotations

import time
from typing import Any

import pytest
import yaml

from archives import ROOT
from nouns import facts
from plan_archive import Library, Status, edition_status
from plan_archive.pages.ways import answers, tracing
from plan_archive.trace import Follower, Stop, by_place, coverage, parts
from traced import edition, ends, example, library, pair, part, plan, problems, table, where

CASES = yaml.load((ROOT / "tests/cases/trace/follow.yml").read_text(encoding="utf-8"), yaml.BaseLoader)["cases"]  # noqa: S506
OVER = (Status.SUPERSEDED, Status.LAPSED, Status.WITHDRAWN)


def _markdown(sections: dict[str, str]) -> str:
    """A text with these sections; an id with `#` before it stands one level deeper."""
    told = ["# Title"]
    for name, words in sections.items():
        mark = "###" if name.startswith("#") else "##"
        told.append(f"{mark} {name.strip('#').capitalize()} {{#{name.strip('#')}}}\n\n{words}".strip())
    return "\n\n".join(told) + "\n"


def _made(case: dict[str, Any]) -> Library:
    plans = []
    for plan_id, stated in case["plans"].items():
        editions = []
        for edition_id, held in stated["editions"].items():
            days = {} if "ended_by" in held and "never" in held["ended_by"] else {"from": f"{edition_id}-04-01"}
            if "to" in held:
                days |= {"to": held["to"], "ended_by": held.get("ended_by", "superseded")}
            editions.append(edition(plan_id, edition_id, days, _markdown(held["text"]), **held.get("front", {})))
        plans.append(plan(*editions, after=stated.get("after", ()), on=stated.get("on", "2006-04-01")))
    tables = [table(*names.split(), *rows) for names, rows in case.get("tables", {}).items()]
    day = facts({"from": case.get("day", "2009-12-01")}).in_effect.from_
    return library(*plans, tables=tables, day=day)  # type: ignore[arg-type]  # a whole day is given


@pytest.mark.parametrize("case", CASES, ids=[case["way"] for case in CASES])
def test_a_way_ends_where_it_should(case: dict[str, Any]) -> None:
    """Each named part ends where the case says, and only what nobody declared is matched by text."""
    made = _made(case)
    ways = {name: where(made, name) for name in case["ends"]}
    assert {name: ends(way) for name, way in ways.items()} == case["ends"]
    assert [name for name, way in ways.items() if way.matched] == case.get("matched", [])


def test_what_is_matched_by_text_says_so() -> None:
    """What only the text shows is told as matched and not reviewed; what the council declared is not."""
    case = next(one for one in CASES if "matched" in one)
    made = _made(case)
    (answer,) = answers(made, where(made, "alpha@2006#aims"))
    assert (answer.kind, answer.matched) == ("in-effect", True)
    assert (answer.steps, answer.matched) == ("matched by text in 2007", True)


def _every_way(found: Library) -> list[Stop]:
    follower = Follower(found)
    return [
        follower.where(one)
        for plan in found.plans
        for edition in plan.editions
        if edition_status(edition, found.as_at) in OVER
        for one in parts(edition)
    ]


def test_every_part_of_every_ended_edition_has_an_answer() -> None:
    """In the example no way is not known: each ends in a part in effect, a named text elsewhere, or with a reason."""
    found = example()
    ways = _every_way(found)
    assert len(ways) > 1300
    assert {way.part.edition for way in ways if way.part.plan == "quality-protects-action-plan"} == {
        "1999",
        "2001",
        "2003",
    }
    for way in ways:
        stops = list(way.ends())
        assert stops, way.part.name
        for stop in stops:
            end = stop.end
            assert end is not None
            if end.kind == "in-effect":
                there = found.edition(stop.part.plan, stop.part.edition)
                assert there is not None
                assert edition_status(there, found.as_at) is Status.IN_EFFECT
                assert stop.part.place in by_place(there)
            elif end.kind == "outside":
                assert end.outside is not None
                assert end.outside.outside
            else:
                assert end.kind in ("ended", "spent", "dropped", "lapsed"), (way.part.name, end)
                assert end.reason, way.part.name
                assert stop.row is None or end.kind != "dropped" or end.decision, way.part.name


def test_the_ways_of_the_example_are_its_tables() -> None:
    """From a superseded plan's last edition a way's first steps are the targets of its row, in their order."""
    found = example()
    checked = 0
    for one in found.destinations:
        for row in one.rows:
            way = where(found, f"{one.old}{row.from_}")
            names = [stop.part.place for stop in way.onward if stop.part.plan == one.to_plan]
            assert names == [target for target in row.to if isinstance(target, str) and target[0] in "#:"]
            assert all(stop.row is row for stop in way.onward)
            checked += 1
    assert checked > 600


def test_origins_are_the_ways_turned_round() -> None:
    """A part of the plan that took over names just those old parts whose ways go through it."""
    found = example()
    traced = tracing(found)
    for (plan_id, edition_id), places in traced.origins.items():
        for place, ways in places.items():
            name = f"{plan_id}@{edition_id}{place}"
            assert len({way.part.name for way in ways}) == len(ways)
            for way in ways:
                assert name in {stop.part.name for stop in way.stops()}
    turned = traced.origins["cypp", "2006"]
    for one in found.destinations:
        for row in one.rows:
            for target in row.to:
                if isinstance(target, str) and target[0] in "#:" and part(found, f"{one.old}{row.from_}"):
                    assert f"{one.old}{row.from_}" in {way.part.name for way in turned[target]}


def test_ten_thousand_rows_take_seconds() -> None:
    """A table of ten thousand rows to one target is counted, checked, followed and turned round in seconds."""
    count = 10_000
    old = "# Beta\n\n" + "".join(f"## Part {i} {{#s{i}}}\n\nThe text of part {i}.\n\n" for i in range(count))
    new = "# Alpha\n\n## All {#all}\n\nThe text of every part.\n"
    rows = [{"from": f"#s{i}", "disposition": "merged", "to": ["#all"]} for i in range(count)]
    made = pair(old, new, *rows)
    begun = time.process_time()
    assert coverage(made).complete
    assert problems(made) == []
    traced = tracing(made)
    assert len(traced.ways["beta", "2004"]) == count + 1
    assert len(traced.origins["alpha", "2006"]["#all"]) == count
    assert time.process_time() - begun < 30


def test_thousands_of_headings_without_text_take_seconds() -> None:
    """Headings that hold nothing but what stands below them are followed into it, each in its own time."""
    count = 3000
    inside = (f"## Part {i} {{#p{i}}}\n\n### Text {i} {{#t{i}}}\n\nThe text of {i}.\n\n" for i in range(count))
    rows = [{"from": f"#t{i}", "disposition": "merged", "to": ["#all"]} for i in range(count)]
    made = pair("# Beta\n\n" + "".join(inside), "# Alpha\n\n## All {#all}\n\nThe text of every part.\n", *rows)
    begun = time.process_time()
    ways = tracing(made).ways["beta", "2004"]
    assert ends(ways["#p7"]) == ["alpha@2006#all"]
    assert time.process_time() - begun < 10
