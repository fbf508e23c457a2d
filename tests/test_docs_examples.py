"""What the help pages tell people to type works as they say."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import yaml

from archives import ROOT, copy_tiny, edit, environment, plan_archive
from plan_archive import Library, read_library
from plan_archive.compare import blocks, words
from plan_archive.facts import FrontMatter, PlanFacts
from plan_archive.intake import caps, files, strict_yaml, text
from plan_archive.pages import pairs, report
from plan_archive.status import Status, plan_status

FIRST = "docs/editors/first-edition.md"
PAGES = sorted([*(ROOT / "docs").rglob("*.md"), ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md"])


def _words(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def _examples(name: str, language: str) -> list[str]:
    """The fenced examples of a page in one language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", _words(name), re.MULTILINE | re.DOTALL)


def _library(root: Path, day: date) -> Library:
    reading = read_library(root, day)
    assert [str(problem) for problem in reading.problems] == []
    assert reading.library is not None
    return reading.library


@pytest.fixture
def first_archive(tmp_path: Path) -> Path:
    """The archive that the page on the first edition has its readers type in."""
    named = re.compile(r"[Tt]he file(?: is)? `([^`]+)`[^\n]*\n\n```\w+\n(.*?)^```$", re.MULTILINE | re.DOTALL)
    for name, content in named.findall(_words(FIRST)):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(content, encoding="utf-8", newline="\n")
    (tmp_path / "docs").mkdir()
    return tmp_path


def test_the_first_edition_has_no_problems(first_archive: Path) -> None:
    """Whoever types in the four files gets what the page says."""
    ran = plan_archive(first_archive, "check")
    assert (ran.code, ran.out) == (0, "")
    assert [ran.err] == _examples(FIRST, "text")


@pytest.mark.site
def test_the_first_edition_can_be_published(first_archive: Path) -> None:
    """The four files make a site that holds the edition."""
    ran = plan_archive(first_archive, "build")
    assert ran.code == 0, ran.err
    page = (first_archive / "site" / "plans" / "play-plan" / "2008" / "index.html").read_text(encoding="utf-8")
    assert '<tr id="ref-pm1">' in page


def test_the_next_edition_follows_as_the_page_says(first_archive: Path) -> None:
    """With the lines that the page gives, the second edition takes the first one's place on the right day."""
    given = re.findall(r"`(in_effect: \{.*?\}|where-we-stand: \{.*?\})`", _words(FIRST))
    plan = first_archive / "plans" / "play-plan"
    entry = "  2011:\n    in_effect: {from: 2011-04-01}\n    decision: {body: Cabinet, date: 2011-03-03, minute: '9'}\n"
    edit(plan / "plan.yml", "in_effect: {from: 2008-04-01}", given[0])
    (plan / "plan.yml").write_text(_text_of(plan / "plan.yml") + entry, encoding="utf-8", newline="\n")
    later = (
        _text_of(plan / "2008.md").replace("2008 to 2011", "2011 to 2014").replace("#where-we-are", "#where-we-stand")
    )
    later = later.replace("{from: 2008-04-01, to: 2011-03-31}", "{from: 2011-04-01, to: 2014-03-31}")
    front = f"owner: Head of Parks\nchange_note: Mill Lane is done.\nsections:\n  {given[1]}\n---\n"
    later = later.replace("2008-03-10", "2011-03-07").replace("owner: Head of Parks\n---\n", front)
    (plan / "2011.md").write_text(later, encoding="utf-8", newline="\n")
    library = _library(first_archive, date(2011, 4, 1))
    (play,) = library.plans
    assert [edition.id for edition in play.editions] == ["2008", "2011"]
    assert plan_status(play, date(2011, 4, 1)) is Status.IN_EFFECT


def _text_of(file: Path) -> str:
    return file.read_text(encoding="utf-8")


def _plain(yaml_text: str) -> dict[str, Any]:
    document, problems = strict_yaml.read_yaml(yaml_text, "example")
    assert problems == []
    assert document is not None
    assert isinstance(document.value, dict)
    return document.value


def test_the_facts_that_the_page_shows_are_understood() -> None:
    """Every example on the page about facts is a part of a plan.yml that is accepted."""
    whole = _plain(_text_of(ROOT / "archive/behaviour-support-plan/plan.yml"))
    examples = [_plain(example) for example in _examples("docs/editors/facts.md", "yaml")]
    assert len(examples) == 6
    for example in examples:
        if "no_editions" in example:
            plan = {key: value for key, value in whole.items() if key != "editions"} | example
        elif "in_effect" in example:
            (first, *_) = whole["editions"]
            plan = whole | {"editions": {first: whole["editions"][first] | example}}
        else:
            plan = whole | example
        PlanFacts.model_validate(plan)


def test_the_commands_for_auditors_give_the_catalogues_hashes() -> None:
    """`sha256sum`, as the page has it typed, prints the SHA-256 of a text of one file and of one in chapters."""
    library = _library(ROOT, date(2009, 1, 1))
    commands = [line for line in _examples("docs/auditors/index.md", "sh") if "sha256sum" in line]
    printed = [
        subprocess.run(["sh", "-c", line], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()[0]
        for line in commands
    ]
    wanted = (("cypp", "2009"), ("education-development-plan", "2002"))
    texts = [plan.edition(year) for name, year in wanted if (plan := library.plan(name))]
    assert printed == [edition.text.sha256 for edition in texts if edition]


@pytest.mark.site
def test_a_site_for_a_day_speaks_for_that_day(tmp_path: Path) -> None:
    """With `as_at: build`, the day that the page for auditors sets is the day that the site speaks for."""
    archive = copy_tiny(tmp_path / "archive")
    edit(archive / "plans" / "authority.yml", "as_at: 2007-12-01", "as_at: build")
    (line,) = [line for line in _examples("docs/auditors/index.md", "sh") if "SOURCE_DATE_EPOCH" in line]
    seconds = re.sub(r"plan-archive .*", 'echo "$SOURCE_DATE_EPOCH"', line).replace('" echo', '"; echo')
    day = subprocess.run(
        ["sh", "-c", seconds], capture_output=True, text=True, env=environment(), check=True
    ).stdout.strip()
    ran = plan_archive(archive, "build", "--site-dir", "mine", SOURCE_DATE_EPOCH=day)
    assert ran.code == 0, ran.err
    assert '"as_at": "2026-11-22"' in _text_of(archive / "mine" / "data" / "catalogue.json")


@pytest.mark.parametrize(
    ("heading", "modules"),
    [
        ("The limits {", [caps, files, strict_yaml, text]),
        ("The limits of a comparison {", [blocks, words, pairs, report]),
    ],
    ids=["reading", "comparing"],
)
def test_the_limits_are_those_of_the_code(heading: str, modules: list[ModuleType]) -> None:
    """Each table of limits gives the value of every limit, and no other."""
    section = _words("docs/developers/security.md").partition(f"## {heading}")[2].partition("\n## ")[0]
    cells = [row.split("|")[2] for row in section.split("\n") if row.startswith("| ") and "| Value |" not in row]
    told = {int(number.replace(",", "")) for cell in cells for number in re.findall(r"[\d,]+", cell)}
    names = re.compile(r"^(LONGEST|LARGEST|MOST|DEEPEST)(_|$)")
    held = {value for module in modules for name, value in vars(module).items() if names.match(name)}
    assert told == held


def test_the_program_for_auditors_rebuilds_both_texts_and_finds_a_change(tmp_path: Path) -> None:
    """The program on the page says True of an honest comparison, and False once one word of it is left out."""
    (line,) = [line for line in _examples("docs/auditors/index.md", "sh") if "plan-archive compare" in line]
    (program,) = _examples("docs/auditors/index.md", "python")
    for name in ("archive", "plans"):
        (tmp_path / name).symlink_to(ROOT / name)
    saved = tmp_path / "2006-to-2007.json"
    arguments, _, file = line.strip().partition(" > ")
    assert file == saved.name
    honest = plan_archive(ROOT, *arguments.split()[1:]).out
    spoilt = json.loads(honest)
    came = next(op for s in spoilt["sections"] for block in s["blocks"] for op in block["ops"] if op[0] == "+")
    came[1] = came[1].partition(" ")[2]
    one_left_out = ["True", "True", "False", "True"]
    for content, said in ((honest, ["True"] * 4), (json.dumps(spoilt), one_left_out)):
        saved.write_text(content, encoding="utf-8")
        ran = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, check=True)
        assert [told.rpartition(" ")[2] for told in ran.stdout.splitlines()] == said


def test_the_front_matter_that_the_page_shows_is_understood() -> None:
    """The reasons and the `was` on the page about texts are parts of a front matter that is accepted."""
    whole, _, _ = _words("archive/cypp/2007.md").removeprefix("---\n").partition("\n---\n")
    examples = [_plain(example) for example in _examples("docs/editors/text.md", "yaml")]
    assert [sorted(example) for example in examples] == [["corrects", "reason"], ["changes"], ["sections"]]
    for example in examples:
        FrontMatter.model_validate(_plain(whole) | example)


def test_every_file_of_the_repository_that_is_named_exists() -> None:
    """No page sends people to a program or a test that is not there."""
    named = {
        (page.name, path) for page in PAGES for path in re.findall(r"\b(?:tests|tools)/[\w/.-]*\w/?", _text_of(page))
    }
    assert len(named) > 5
    assert sorted(pair for pair in named if not (ROOT / pair[1]).exists()) == []


def test_the_files_of_the_comparison_are_all_told() -> None:
    """The table of the comparison's files names each of them once, and no other."""
    section = _words("docs/developers/index.md").partition("| File in `compare/` |")[2].partition("\n\n")[0]
    told = re.findall(r"`(\w+\.py)`", section)
    there = [file.name for file in (ROOT / "mkdocs_plugins/plan_archive/compare").glob("*.py")]
    assert sorted(told) == sorted(name for name in there if name != "__init__.py")


def test_every_library_has_its_reason() -> None:
    """Each library that the software needs or is tested with stands on the page of choices."""
    project = tomllib.loads(_words("pyproject.toml"))["project"]
    needed = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    names = {re.split(r"[<>=\[; ]", line)[0].lower() for line in needed}
    aliases = {"mkdocs-material": "material for mkdocs"}
    page = _words("docs/developers/choices.md").lower()
    tables = " ".join(line.split("|")[1] for line in page.split("\n") if line.startswith("| "))
    said = set(re.split(r",? +", tables)) | {name for name in aliases.values() if name in tables}
    assert sorted(n for n in names if not n.startswith("types-") and aliases.get(n, n) not in said) == []


def test_every_make_target_that_is_named_exists() -> None:
    """No page tells people to type a make target that is not there."""
    targets = set(re.findall(r"^([a-z]+):", _words("Makefile"), re.MULTILINE))
    named = {(page.name, target) for page in PAGES for target in re.findall(r"`make ([a-z]+)", _text_of(page))}
    assert len(named) > 10
    assert sorted(pair for pair in named if pair[1] not in targets) == []


def test_every_link_between_the_documents_leads_somewhere() -> None:
    """README, CONTRIBUTING and CHANGELOG link to files that exist, and to headings that they have."""
    dead = []
    for page in PAGES:
        for target in re.findall(r"\]\(([^)\s]+)\)", re.sub(r"`[^`]*`", "", _text_of(page))):
            if re.match(r"https?:|mailto:|plan:|attachments/", target):
                continue
            path, _, anchor = target.partition("#")
            file = (page.parent / path).resolve() if path else page
            if not file.is_file() or (anchor and f"{{#{anchor}}}" not in _text_of(file)):
                dead.append(f"{page.name}: {target}")
    assert dead == []


def test_the_help_pages_are_all_in_the_navigation() -> None:
    """mkdocs.yml names every help page once."""
    nav = yaml.safe_load(_words("mkdocs.yml"))["nav"]
    assert sorted(nav) == sorted(page.relative_to(ROOT / "docs").as_posix() for page in (ROOT / "docs").rglob("*.md"))


def test_the_picture_is_small() -> None:
    """The README's picture is a PNG of less than 150 kilobytes."""
    content = (ROOT / "docs" / "pictures" / "edition.png").read_bytes()
    assert content.startswith(b"\x89PNG")
    assert len(content) < 150_000
