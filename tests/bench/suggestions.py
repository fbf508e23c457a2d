"""How good suggestions are on real tables of destinations, beside plain TF-IDF in the same run.

Run `python tests/bench/suggestions.py FOLDER`, or set PLAN_ARCHIVE_MAPPINGS. Each folder in FOLDER holds `old/` and
`new/` with chapters in Markdown, and `mapping.jsonl`: one line an old section, with `chapter`, `section` (its heading)
and `to`, a list of the same; an empty list where nothing takes it up. A line, or a target, may name a keyed row's
`ref`. Without a folder, the example's tables of destinations are measured, and plans that are grown and edited for the
tests of comparisons.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from compare.generator import make
from plan_archive import read_library
from plan_archive.intake.loose import loose_text, read_loose
from plan_archive.model import Block, Section
from plan_archive.trace.suggest import suggest

Place = tuple[int, str | None]
"""A section by its place in its text, and a row's Ref."""
Ranking = dict[Place, tuple[list[Place], float]]
"""For each old place: the new places, best first, and how likely none fits."""
_WORD = re.compile(r"\w\w+")


@dataclass(frozen=True)
class Mapping:
    """Two texts, and where each labelled old place went: nowhere, or to any of some new places."""

    name: str
    old: tuple[Section, ...]
    new: tuple[Section, ...]
    truth: dict[Place, set[Place]]


@dataclass(frozen=True)
class Score:
    """How good a ranking is."""

    top1: float
    top3: float
    mrr: float
    auc: float
    """How often a place that went nowhere has a higher probability of none than one that went somewhere."""


def read_mapping(folder: Path) -> Mapping:
    """A mapping as it lies in a folder."""
    sides = [
        read_loose(next(p for p in (folder / side, folder / f"{side}.md") if p.exists())) for side in ("old", "new")
    ]
    old, new = (side.sections for side in sides)
    truth: dict[Place, set[Place]] = {}
    for line in (folder / "mapping.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        truth.setdefault(_place(old, row), set()).update(_place(new, target) for target in row["to"])
    return Mapping(folder.name, old, new, truth)


def _place(sections: tuple[Section, ...], named: dict[str, str]) -> Place:
    wanted = " ".join(named["section"].split())
    for place, section in enumerate(sections):
        if section.title == wanted and section.chapter in {"", named.get("chapter", "")}:
            return place, named.get("ref")
    raise SystemExit(f"there is no section '{wanted}' in the chapter '{named.get('chapter')}'")


def grown(seed: int, level: str) -> Mapping:
    """A plan grown and edited by seed; sections that were removed went nowhere."""
    case = make(seed, level)
    texts = [
        loose_text(name, {f"{name}.md": md.encode()}, folder=False).sections
        for name, md in (("old", case.old_md), ("new", case.new_md))
    ]
    truth: dict[Place, set[Place]] = {(o, None): set() for o, s in enumerate(texts[0]) if s.says_something}
    for o, n in case.truth.pairs:
        if (o, None) in truth:
            truth[o, None].add((n, None))
    return Mapping(f"grown, {level}, seed {seed}", *texts, truth)


def example(root: Path) -> list[Mapping]:
    """The example's plans and what took their place, by their tables of destinations."""
    library = read_library(root, date(2026, 1, 1)).library
    found = []
    for file in sorted(root.glob("archive/*/destinations/*.yml")) if library else []:
        table = yaml.safe_load(file.read_text(encoding="utf-8"))
        sides = []
        for name in (table["from"], table["to"]):
            plan, _, edition = name.partition("@")
            held = library.plan(plan) if library else None
            sides.append(held.edition(edition) if held else None)
        if sides[0] and sides[1]:
            found.append(_by_table(file.stem, sides[0].text.sections, sides[1].text.sections, table["rows"]))
    return found


def _by_table(name: str, old: tuple[Section, ...], new: tuple[Section, ...], rows: list[dict[str, Any]]) -> Mapping:
    """A table's labels; a section that went to a row is taken to have gone to the row's section."""
    before, after = _places(old), _places(new)
    truth: dict[Place, set[Place]] = {}
    for row in rows:
        place = before[row["from"]]
        if place[1] is None and not old[place[0]].says_something:
            continue
        targets = {after[target] for target in row.get("to", ()) if isinstance(target, str) and target in after}
        truth[place] = targets if place[1] else {(target, None) for target, _ in targets}
    return Mapping(name, old, new, truth)


def _places(sections: tuple[Section, ...]) -> dict[str, Place]:
    """Sections as `#id` and rows as `:REF`."""
    named: dict[str, Place] = {}
    for place, section in enumerate(sections):
        named[f"#{section.id}"] = (place, None)
        named |= {f":{block.ref}": (place, block.ref) for block in section.blocks if block.ref}
    return named


def by_suggest(mapping: Mapping) -> Ranking:
    """What `plan-archive suggest` says."""
    old = {section.id: place for place, section in enumerate(mapping.old)}
    new = {section.id: place for place, section in enumerate(mapping.new)}

    def place(places: dict[str, int], section: Section, row: Block | None) -> Place:
        return places[section.id], row.ref if row else None

    return {
        place(old, found.section, found.row): (
            [place(new, candidate.section, candidate.row) for candidate in found.candidates],
            found.none,
        )
        for found in suggest(mapping.old, mapping.new)
    }


def by_tfidf(mapping: Mapping) -> Ranking:
    """Plain TF-IDF and cosine: headings and texts, words of two letters and more."""
    places = [(place, text) for side in (mapping.old, mapping.new) for place, text in _texts(side)]
    count = sum(1 for _ in _texts(mapping.old))
    words = [Counter(_WORD.findall(text.lower())) for _, text in places]
    spread = Counter(word for bag in words for word in bag)
    vectors = []
    for bag in words:
        weights = {w: often * (math.log((1 + len(words)) / (1 + spread[w])) + 1) for w, often in bag.items()}
        length = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
        vectors.append({word: weight / length for word, weight in weights.items()})
    index: dict[str, list[tuple[int, float]]] = {}
    for n in range(count, len(places)):
        for word, weight in vectors[n].items():
            index.setdefault(word, []).append((n, weight))
    ranking: Ranking = {}
    for o in range(count):
        scores: Counter[int] = Counter()
        for word, weight in vectors[o].items():
            for n, other in index.get(word, ()):
                scores[n] += weight * other  # type: ignore[assignment]
        best = sorted(scores, key=lambda n: (-scores[n], n))
        ranking[places[o][0]] = ([places[n][0] for n in best], 1 - scores[best[0]] if best else 1.0)
    return ranking


def _texts(sections: tuple[Section, ...]) -> Iterator[tuple[Place, str]]:
    for place, section in enumerate(sections):
        yield (place, None), f"{section.title} {' '.join(block.text for block in section.own_blocks)}"
        for block in section.own_blocks:
            if block.ref is not None:
                yield (place, block.ref), block.text


def score(judged: list[tuple[Mapping, Ranking]]) -> Score:
    """Judge rankings by the labels, taken together; a target beyond the tenth place counts as not found."""
    ranks, gone, kept = [], [], []
    for mapping, ranking in judged:
        for place, targets in mapping.truth.items():
            found, none = ranking.get(place, ([], 1.0))
            (kept if targets else gone).append(none)
            if targets:
                hits = (rank for rank, target in enumerate(found[:10], start=1) if target in targets)
                ranks.append(next(hits, math.inf))
    pairs = [(g > k) + (g == k) / 2 for g in gone for k in kept]
    return Score(
        sum(rank == 1 for rank in ranks) / max(1, len(ranks)),
        sum(rank <= 3 for rank in ranks) / max(1, len(ranks)),
        sum(1 / rank for rank in ranks) / max(1, len(ranks)),
        sum(pairs) / len(pairs) if pairs else math.nan,
    )


WAYS: dict[str, Callable[[Mapping], Ranking]] = {"suggest": by_suggest, "plain TF-IDF": by_tfidf}


def main() -> None:
    """Measure every mapping both ways."""
    parser = argparse.ArgumentParser(description="How good suggestions are, beside plain TF-IDF.")
    parser.add_argument("folder", nargs="?", default=os.environ.get("PLAN_ARCHIVE_MAPPINGS"), type=Path)
    parser.add_argument("--seeds", type=int, default=2, help="grown plans for each level")
    arguments = parser.parse_args()
    groups = {}
    if arguments.folder:
        folders = sorted(file.parent for file in Path(arguments.folder).glob("*/mapping.jsonl"))
        groups = {folder.name: [read_mapping(folder)] for folder in folders}
    plans = example(Path(__file__).resolve().parents[2])
    if plans:
        groups[f"the example's {len(plans)} old plans"] = plans
    for level in ("heavy", "rewrite"):
        groups[f"{arguments.seeds} grown plans, {level}"] = [grown(seed, level) for seed in range(arguments.seeds)]
    print(f"{'mapping':30} {'rows':>9}  {'way':13} {'top-1':>6} {'top-3':>6} {'MRR':>6} {'AUC':>6} {'s':>6}")
    for name, mappings in groups.items():
        labels = [bool(targets) for mapping in mappings for targets in mapping.truth.values()]
        for way, rank in WAYS.items():
            began = time.perf_counter()
            judged = [(mapping, rank(mapping)) for mapping in mappings]
            took = time.perf_counter() - began
            found = score(judged)
            rows = f"{sum(labels)} + {len(labels) - sum(labels)}"
            print(
                f"{name:30} {rows:>9}  {way:13} {found.top1:6.3f} {found.top3:6.3f} {found.mrr:6.3f} "
                f"{found.auc:6.3f} {took:6.2f}"
            )
    print("rows: with a target + with none; AUC: none against some, where there are both")


if __name__ == "__main__":
    main()
