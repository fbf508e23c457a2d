"""`plan-archive report`: what changed since a revision, as one HTML file that opens by itself."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree as ET

import html5lib
import pytest

from archives import NOTICE, commit, copy_tiny, edit, git, plan_archive
from plan_archive import GitError
from plan_archive.errors import Problem
from plan_archive.pages.report import report_markdown
from plan_archive.record.git import files_at, head, resolve

REFRESH = "plans/alpha/2007.md"
HOSTILE = 'Words `</p><script src=https://evil.example/x.js>` & "quotes".'


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """The tiny archive, committed."""
    folder = copy_tiny(tmp_path / "archive")
    commit(folder)
    return folder


def _report(folder: Path, *arguments: str) -> ET.Element:
    ran = plan_archive(folder, "report", *arguments)
    assert ran.code == 0, ran.err
    tree: ET.Element = html5lib.parse(ran.out, namespaceHTMLElements=False)
    return tree


def _texts(tree: ET.Element, tag: str) -> list[str]:
    return [" ".join("".join(element.itertext()).split()) for element in tree.iter(tag)]


def test_nothing_changed_is_said(archive: Path) -> None:
    """Against the commit that is checked out, an unchanged archive has no difference to tell."""
    tree = _report(archive, "--base", "HEAD")
    assert _texts(tree, "h2") == []
    assert _texts(tree, "p")[-1] == "No edition's text or facts differ."
    assert _texts(tree, "p")[0] == NOTICE


def test_the_changed_edition_and_section_are_named(archive: Path) -> None:
    """A changed section is told with its edition, its old and its new text, and nothing else is."""
    edit(archive / REFRESH, "within one working day", "within two working days")
    tree = _report(archive, "--base", "HEAD")
    assert _texts(tree, "h2") == ["Alpha Plan 2006 to 2009: 2007 refresh (alpha@2007): changed"]
    assert _texts(tree, "h3") == ["Staying safe"]
    assert _texts(tree, "li")[0] == "One section changed."
    assert _texts(tree, "del") == ["removed: one", "removed: day"]
    assert _texts(tree, "ins") == ["added: two (end of change)", "added: days"]


def test_new_and_removed_editions_and_changed_facts_are_told(archive: Path) -> None:
    """An edition that is new or gone is told as such, and so is one of which only the facts changed."""
    edit(archive / "plans/alpha/plan.yml", 'minute: "61"', 'minute: "62"')
    (archive / "archive/beta/2004/02-targets.md").unlink()
    draft = (archive / REFRESH).read_text(encoding="utf-8").replace("published: 2007-03-30", "draft: yes")
    (archive / "plans/alpha/2008.md").write_text(draft, encoding="utf-8")
    tree = _report(archive)
    assert [heading for heading in _texts(tree, "h2") if not heading.startswith("Problems")] == [
        "Alpha Plan 2006 to 2009: 2007 refresh (alpha@2007): changed",
        "Alpha Plan 2006 to 2009: 2007 refresh (alpha@2008): added",
        "Beta Plan 2004 (beta@2004): changed",
    ]
    assert "removed: 2 Targets" in _texts(tree, "h3")
    assert _texts(tree, "p").count("The facts about it changed.") == 1


def test_markup_in_a_text_stays_text(archive: Path) -> None:
    """Whatever an editor wrote is shown as words: no element, no attribute comes of it."""
    edit(archive / REFRESH, "The plan looks back on its first year", f"{HOSTILE} The plan looks back on its first year")
    tree = _report(archive)
    assert any("</p><script src=https://evil.example/x.js>" in text for text in _texts(tree, "p"))
    assert list(tree.iter("script")) == []
    title = "<img src=x onerror=alert(1)>"
    edit(archive / REFRESH, "## Staying safe {#staying-safe}", f"## Staying safe `{title}` {{#staying-safe}}")
    tree = _report(archive)
    assert list(tree.iter("img")) == []
    assert any(title in text for text in _texts(tree, "h3"))


def test_the_report_is_one_file_that_needs_nothing_beside_it(archive: Path) -> None:
    """The report has no link to anything, forbids itself every fetch, and is written where it is asked for."""
    edit(archive / REFRESH, "within one working day", "within two working days")
    ran = plan_archive(archive, "report", "--base", "main", "--output", "report.html")
    assert (ran.code, ran.out, ran.err) == (0, "", "Written to report.html\n")
    html = (archive / "report.html").read_text(encoding="utf-8")
    tree = html5lib.parse(html, namespaceHTMLElements=False)
    attributes = {name for element in tree.iter() for name in element.attrib}
    assert attributes & {"href", "src", "srcset", "data", "action", "style", "background"} == set()
    assert "url(" not in html
    assert "@import" not in html
    policies = [m.attrib["content"] for m in tree.iter("meta") if "http-equiv" in m.attrib]
    assert policies == ["default-src 'none'; style-src 'unsafe-inline'"]
    assert tree.findtext("head/title") == f"{NOTICE} Changes to the plans of Littleshire Council"


def test_problems_stand_first_in_a_report(archive: Path) -> None:
    """A report on files with problems lists them before the changes."""
    edit(archive / REFRESH, "plan:beta@2004#exclusions", "plan:beta@2004#nowhere")
    tree = _report(archive)
    assert _texts(tree, "h2")[0] == "Problems: 1"
    assert _texts(tree, "li")[0].startswith(f"{REFRESH}:")


@pytest.mark.parametrize(
    "revision", ["--output=x", "-x", "", "HEAD:plans", "HEAD main", "HEAD\nmain", "$(id)", "HEAD^{tree}", "nowhere"]
)
def test_what_is_no_revision_is_refused(archive: Path, revision: str) -> None:
    """What could be an option, a path or a command, and what names no commit, is refused and never run."""
    with pytest.raises(GitError, match=r"not a revision|there is no commit"):
        resolve(archive, revision)


def test_a_refused_revision_writes_no_file(archive: Path) -> None:
    """An option in a revision's place ends the command with one line, and no file comes of it."""
    before = sorted(path.name for path in archive.iterdir())
    ran = plan_archive(archive, "report", "--base=--output=x")
    assert (ran.code, ran.out) == (1, "")
    assert ran.err == "error: `--output=x` is not a revision: give a commit, a branch or a tag\n"
    assert sorted(path.name for path in archive.iterdir()) == before


def test_a_revision_is_a_commit_a_branch_or_a_tag(archive: Path) -> None:
    """A commit's hash, whole or short, a branch, an annotated tag and a step back from one lead to a commit."""
    git(archive, "commit", "--quiet", "--allow-empty", "--message", "Nothing")
    git(archive, "tag", "--annotate", "v1", "--message", "One")
    newest, first = git(archive, "rev-parse", "HEAD"), git(archive, "rev-parse", "HEAD~1")
    assert {resolve(archive, name) for name in ("HEAD", "main", "v1", newest, newest[:10])} == {newest}
    assert resolve(archive, "HEAD~1") == first


def test_outside_git_the_report_says_so(tmp_path: Path) -> None:
    """Without a repository, and without git, a report ends with one line that says what is missing."""
    folder = copy_tiny(tmp_path / "loose")
    (tmp_path / "no programs").mkdir()
    loose = plan_archive(folder, "report", GIT_CEILING_DIRECTORIES=str(tmp_path))
    assert (loose.code, loose.out, loose.err.count("\n")) == (1, "", 1)
    assert loose.err == f"error: {folder} is not in a git repository, so nothing can be compared with `HEAD`\n"
    without = plan_archive(folder, "report", PATH=str(tmp_path / "no programs"))
    assert (without.code, without.out, without.err.count("\n")) == (1, "", 1)
    assert without.err.startswith("error: ")
    assert head(folder) is None


def test_files_of_a_commit_are_the_committed_ones(archive: Path) -> None:
    """A commit's files come from git, whatever lies in the working tree; links are left out."""
    (archive / "plans" / "alpha" / "link.md").symlink_to("2007.md")
    git(archive, "add", "--all")
    git(archive, "commit", "--quiet", "--message", "A link")
    committed = (archive / REFRESH).read_bytes()
    (archive / REFRESH).write_text("changed\n", encoding="utf-8")
    held = files_at(archive, resolve(archive, "HEAD"), ("plans", "archive"))
    assert held[REFRESH] == committed
    assert "plans/alpha/link.md" not in held
    assert set(held) == set(git(archive, "ls-files", "plans", "archive").split("\n")) - {"plans/alpha/link.md"}


def test_what_a_reviewer_should_ask_for_is_said(archive: Path) -> None:
    """A target made easier without a reason, and a host linked to for the first time, are told in every form."""
    edit(archive / REFRESH, "within one working day", "within [one working day](https://new.example/page)")
    text = (archive / REFRESH).read_text(encoding="utf-8")
    rows = [line for line in text.split("\n") if (line.startswith("|") and "| lower |" in line) or "| higher |" in line]
    figure = rows[0].rstrip("| ").split("|")[-1].strip()
    worse = "9" * len(figure) if "| lower |" in rows[0] else "0"
    edit(archive / REFRESH, rows[0], rows[0][::-1].replace(figure[::-1], worse[::-1], 1)[::-1])
    data = json.loads(plan_archive(archive, "report", "--format", "json").out)
    (edition,) = data["editions"]
    assert edition["hosts"] == ["new.example"]
    assert any("no reason given" in what for what in edition["missing"]) or "reason" in " ".join(edition["told"])
    markdown = plan_archive(archive, "report", "--format", "markdown").out
    assert "- **New outside host:** new\\.example" in markdown
    tree = _report(archive)
    assert "new.example" in _texts(tree, "li")


def test_a_comment_is_never_longer_than_a_forge_takes(archive: Path) -> None:
    """A very large change is cut to what a comment holds, and the cut is said."""
    words = "\n\n".join(f"Paragraph {number} says something new about the county." for number in range(3000))
    edit(archive / REFRESH, "within one working day", f"within one working day.\n\n{words}")
    markdown = plan_archive(archive, "report", "--format", "markdown").out
    assert len(markdown) <= 60_000
    assert markdown.endswith("\nMore changed than a comment holds: the report as HTML has all of it.\n")


def test_a_long_list_of_problems_is_cut_between_lines() -> None:
    """Where the problems alone are too long for a comment, they are cut at the end of a line, so that none is torn."""
    problems = [Problem(f"plans/@mayor/{number}.md", number, "what #12 is <b>", "a remedy") for number in range(3000)]
    *lines, _, last = report_markdown((), problems, "HEAD", None).rstrip("\n").split("\n")
    assert 50_000 < sum(len(line) + 1 for line in lines) < 60_000
    assert last.startswith("More changed than a comment holds")
    assert {line.endswith("remedy") for line in lines if line.startswith("- ")} == {True}
