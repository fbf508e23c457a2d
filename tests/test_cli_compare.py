"""`plan-archive compare`: two texts however they are named, in four formats, safe whatever they hold."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import html5lib
import markdown
import pytest
from click.testing import CliRunner

from archives import bytes_below, commit, copy_tiny, edit, git, plan_archive
from plan_archive.cli import command
from plan_archive.errors import PlanArchiveError

OLD = """---
author: Nobody
tags: [unknown, keys]
---
# A plan

## Aims

Every pupil is in school. We will hire 12 teachers.

## Targets

| Ref | Measure | Better | Target 2007 |
|---|---|---|---|
| A1 | Absence | lower | 7.5 |
"""
NEW = OLD.replace("12 teachers", "14 teachers").replace("7.5", "7.9")
FORMATS = {"text": "[-12-] {+14+} teachers", "markdown": "~~12~~ **14** teachers"}
REFRESH = "plans/alpha/2007.md"


@pytest.fixture
def loose(tmp_path: Path) -> Path:
    """A folder outside any archive with an old and a new text."""
    for name, text in (("old.md", OLD), ("new.md", NEW)):
        (tmp_path / name).write_text(text, encoding="utf-8", newline="\n")
    return tmp_path


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny archive with two commits, of which the second changed a word; not to be written to."""
    folder = copy_tiny(tmp_path_factory.mktemp("archive") / "tiny")
    commit(folder)
    git(folder, "tag", "first")
    edit(folder / REFRESH, "within one working day", "within two working days")
    edit(folder / "archive/beta/2004/02-targets.md", "# 2 Targets", "# 2 The targets")
    git(folder, "commit", "--quiet", "--all", "--message", "Two edits")
    return folder


class Said:
    """What the command answered."""

    def __init__(self, folder: Path, *arguments: str) -> None:
        """Run it in this process, which is quicker than the real one; `main` has tests of its own below."""
        ran = CliRunner().invoke(command, ["-C", str(folder), "compare", *arguments])
        self.error = str(ran.exception) if isinstance(ran.exception, PlanArchiveError) else ""
        assert ran.exception is None or self.error or isinstance(ran.exception, SystemExit), ran.exception
        self.code = 1 if self.error else ran.exit_code
        self.out = ran.stdout


def told(folder: Path, *arguments: str) -> dict[str, Any]:
    """A comparison as data."""
    said = Said(folder, *arguments, "--format", "json")
    assert said.code == 0, said.error
    data: dict[str, Any] = json.loads(said.out)
    return data


def changes(data: dict[str, Any]) -> list[tuple[str, str]]:
    """Every run of words that went or came."""
    runs = [op for section in data["sections"] for block in section["blocks"] for op in block["ops"] if op[0] != "="]
    return [(tag, text.strip()) for tag, text in runs]


@pytest.mark.parametrize(
    ("old", "new", "sections"),
    [
        ("alpha@2006", "alpha@2007", None),
        ("alpha@2006", "alpha", None),
        ("archive/alpha/2006.md", REFRESH, None),
        ("alpha@2006#staying-safe", "alpha@2007#staying-safe", ["staying-safe"]),
        ("first:archive/alpha/2006.md", f"HEAD:{REFRESH}", None),
    ],
)
def test_one_edition_has_many_names(
    archive: Path, monkeypatch: pytest.MonkeyPatch, old: str, new: str, sections: list[str] | None
) -> None:
    """A plan, an edition, a section, a file and a file of a commit name the texts that they say."""
    monkeypatch.chdir(archive)
    whole, found = told(archive, "alpha@2006", "alpha@2007"), told(archive, old, new)
    wanted = [s for s in whole["sections"] if sections is None or s["new"][0]["id"] in sections]
    assert [s["blocks"][0]["ops"] for s in found["sections"]] == [s["blocks"][0]["ops"] for s in wanted]
    assert changes(found) == changes({"sections": wanted})
    assert (found["old"]["ref"], found["new"]["ref"]) == (old, new)
    assert [found[side]["sha256"] for side in ("old", "new")] == [whole[side]["sha256"] for side in ("old", "new")]


def test_a_commit_names_a_file_or_a_folder(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`REV:path` is what stood there then, a file or a folder of chapters, with the sums of those bytes."""
    monkeypatch.chdir(archive)
    file = told(archive, f"first:{REFRESH}", f"./{REFRESH}")
    assert changes(file)[:2] == [("-", "one"), ("+", "two")]
    folder = told(archive, "first:archive/beta/2004", "archive/beta/2004")
    assert changes(folder) == [("-", "Targets"), ("+", "The targets")]
    same = told(archive, "HEAD:archive/beta/2004", "archive/beta/2004")
    assert changes(same) == []
    assert same["old"]["sha256"] == same["new"]["sha256"] == told(archive, "beta@2004", "beta")["old"]["sha256"]


def test_a_dot_and_a_slash_force_a_path(archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What could be a plan is one; with `./` it is the file or folder of that name."""
    for name in ("alpha", "first:x"):
        (tmp_path / name).write_text("# Loose\n\nWords.\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert told(archive, "./alpha", "./first:x")["summary"]["words"] == {"inserted": 0, "deleted": 0}
    assert len(told(archive, "alpha", "alpha")["sections"]) > 2


def test_loose_files_need_no_archive(loose: Path) -> None:
    """The real command compares two files in a folder that is no archive, and writes nothing."""
    before = bytes_below(loose)
    ran = plan_archive(loose, "compare", "old.md", "new.md")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines()[:2] == [
        "One target was made easier with no reason given: A1 for 2007, from 7.5 to 7.9 (Absence).",
        "Two sections changed.",
    ]
    assert bytes_below(loose) == before


def test_folders_of_chapters_are_compared(loose: Path) -> None:
    """A folder's chapters are one text, the index first, in the order of their names."""
    for side, text in (("old", "One."), ("new", "One and two.")):
        (loose / side).mkdir()
        (loose / side / "b.md").write_text("# B\n\nLast.\n", encoding="utf-8")
        (loose / side / "a.md").write_text(f"# A\n\n{text}\n", encoding="utf-8")
        (loose / side / "index.md").write_text("# Whole\n\nFirst.\n", encoding="utf-8")
    data = told(loose, str(loose / "old"), str(loose / "new"))
    assert [s["new"][0]["title"] for s in data["sections"]] == ["Whole", "A", "B"]
    assert [s["change"] for s in data["sections"]] == [[], ["changed"], []]


@pytest.mark.parametrize("form", FORMATS)
def test_formats_for_people_show_the_words(loose: Path, form: str) -> None:
    """The terminal and a comment show what went and what came with the words around it."""
    said = Said(loose, str(loose / "old.md"), str(loose / "new.md"), "--format", form)
    assert said.code == 0
    assert FORMATS[form] in said.out.replace("\\", "")


def test_json_is_the_contract(loose: Path) -> None:
    """JSON is of the published shape, counts what changed and names the files as they were given."""
    old, new = str(loose / "old.md"), str(loose / "new.md")
    data = told(loose, old, new)
    assert list(data) == ["schema", "old", "new", "summary", "sections", "measures"]
    assert data["schema"] == "plan-archive/comparison/1"
    assert (data["old"]["ref"], data["new"]["ref"]) == (old, new)
    assert data["summary"]["words"] == {"inserted": 2, "deleted": 2}
    assert [(m["ref"], m["old"], m["new"], m["change"]) for m in data["measures"]] == [
        ("A1", "7.5", "7.9", "made_easier")
    ]


@pytest.mark.parametrize(
    ("arguments", "remedy"),
    [
        (("old.md", "gone.md"), "check the path"),
        (("./empty", "old.md"), "give a file, or a folder of chapters"),
        (("alpha", "old.md"), "give a path, or -C FOLDER"),
        (("old.md", "nowhere:old.md"), "nowhere"),
    ],
)
def test_what_cannot_be_read_is_one_line(loose: Path, arguments: tuple[str, str], remedy: str) -> None:
    """What is not there ends with 1 and one line that says what to do, and nothing on standard output."""
    (loose / "empty").mkdir()
    ran = plan_archive(loose, "compare", *arguments)
    assert (ran.code, ran.out) == (1, "")
    assert len(ran.err.splitlines()) == 1
    assert ran.err.startswith("error: ")
    assert remedy in ran.err


@pytest.mark.parametrize(
    ("old", "remedy"),
    [
        ("gamma", "plans: alpha, beta"),
        ("alpha@1999", "editions: 2006, 2007"),
        ("alpha@2006#nowhere", "has no section `nowhere`"),
        ("HEAD:nowhere.md", "holds no Markdown at `nowhere.md`: check both"),
        ("HEAD:../x.md", "not a path inside the repository"),
        ("HEAD:/etc/passwd", "not a path inside the repository"),
        ("--output=x:plans", ""),
    ],
)
def test_an_unknown_name_says_what_there_is(archive: Path, old: str, remedy: str) -> None:
    """A plan, an edition, a section or a path that is not in the archive is an error that tells what there is."""
    said = Said(archive, "--", old, "alpha")
    assert said.code == 1
    assert remedy in said.error
    assert "\n" not in said.error


@pytest.mark.parametrize("arguments", [(), ("old.md",), ("a", "b", "c"), ("a", "b", "--format", "pdf")])
def test_wrong_usage_ends_with_2(loose: Path, arguments: tuple[str, ...]) -> None:
    """A missing text, one too many or an unknown format is wrong usage."""
    assert Said(loose, *arguments).code == 2


COLUMNS = """# A plan

## Targets

| Ref | Target | Baseline year | Target 2003 | Target 2005 | Target 2007 |
|---|---|---|---|---|---|
| B1 | Absence | 1999 | 50 | 42 | 36 |
"""


def test_a_cell_stays_in_its_column(loose: Path) -> None:
    """Where columns came and went, what came is drawn in its own column, not in one that went."""
    old = re.sub(r"^((?:\|[^|]*){5}).*$", r"\1|", COLUMNS, flags=re.MULTILINE)
    new = re.sub(r"^(\|(?:[^|\n]*\|){3})[^|\n]*\|", r"\1", COLUMNS, flags=re.MULTILINE).replace("1999", "2002")
    (loose / "before.md").write_text(old, encoding="utf-8")
    (loose / "after.md").write_text(new, encoding="utf-8")
    names = str(loose / "before.md"), str(loose / "after.md")
    assert "B1 | Absence | [-1999-] {+2002+} | [-50-] | 42 | {+36+}" in Said(loose, *names).out
    tree = html5lib.parse(Said(loose, *names, "--format", "html").out, namespaceHTMLElements=False)
    drawn = [["".join(cell.itertext()) for cell in row] for row in tree.findall(".//section//tr")]
    gone, come = "removed: {}", "added: {}"
    assert drawn[0][1:] == [
        *("Ref", "Target", "Baseline year", gone.format("Target 2003"), "Target 2005", come.format("Target 2007")),
    ]
    dates = f"{gone.format('1999')} {come.format('2002')}"
    assert drawn[1][1:] == ["B1", "Absence", dates, "50", "42", "36"]
    row = tree.findall(".//section//tr")[1]
    assert [mark.tag for cell in row for mark in cell if mark.tag in ("ins", "del")] == ["del", "ins", "del", "ins"]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("", "# Title\n\n", "The title is new: the old text had none."),
        ("# Title\n\n", "", "The title was taken away."),
        ("# Title\n\n", "# Another title\n\n", "The title changed."),
    ],
)
def test_a_title_is_no_section(loose: Path, old: str, new: str, told: str) -> None:
    """A text with a title and one without are told as that; no section was retitled or split."""
    rest = "Some words stand first.\n\n## One\n\nMore words stand here.\n"
    for name, title in (("before.md", old), ("after.md", new)):
        (loose / name).write_text(title + rest, encoding="utf-8")
    said = Said(loose, str(loose / "before.md"), str(loose / "after.md"))
    assert said.out.splitlines()[0] == told
    assert "retitled" not in said.out.replace("Another title  retitled", "")
    assert "split" not in said.out


def test_links_to_the_own_edition_are_no_change(archive: Path, tmp_path: Path) -> None:
    """A link that names the plan's own edition follows it to the next one; a link to another place is a change."""
    folder = tmp_path / "links"
    shutil.copytree(archive, folder)
    for file, year in (("archive/alpha/2006.md", 2006), (REFRESH, 2007)):
        text = (folder / file).read_text(encoding="utf-8")
        place = text.index("\n## ", text.index("\n# ")) + 1
        links = f"See [there](plan:alpha@{year}#staying-safe) and [here](plan:beta@2004#exclusions).\n\n"
        (folder / file).write_text(text[:place] + links + text[place:], encoding="utf-8", newline="\n")
    same = told(folder, "alpha@2006", "alpha@2007")
    assert same["summary"]["links"] == {"changed": 0}
    assert [b["change"] for s in same["sections"] for b in s["blocks"] if b["ops"][0][1].startswith("See")] == ["equal"]
    edit(folder / REFRESH, "[here](plan:beta@2004#exclusions)", "[here](plan:alpha@2007#staying-safe)")
    other = told(folder, "alpha@2006", "alpha@2007")
    assert other["summary"]["links"] == {"changed": 1}
    assert "No longer a link to “exclusions” in beta 2004" in Said(folder, "alpha@2006", "alpha@2007").out


HOSTILE = """# Plan @mayor <img src=x onerror=alert(1)>

Ask @mayor or #12, see [a link](https://evil.example/) and https://evil.example/x and www.evil.example
and mayor@evil.example.

<script>alert(1)</script>
<iframe src="https://evil.example/"></iframe>
<p onclick="alert(1)" style="background:url(https://evil.example/)">Clicked.</p>

![a picture](https://evil.example/x.png) [bad](javascript:alert(1))

`</style><script>alert(2)</script>`

| Ref | What |
|---|---|
| A1 | <b>one</b> |
| A1 | two |
"""


@pytest.fixture
def hostile(tmp_path: Path) -> list[str]:
    """Two texts full of markup that would do harm."""
    (tmp_path / "old.md").write_text("# Plan\n\nNothing.\n", encoding="utf-8")
    (tmp_path / "new.md").write_text(HOSTILE, encoding="utf-8")
    return [str(tmp_path / "old.md"), str(tmp_path / "new.md")]


@pytest.mark.parametrize("turn", [1, -1])
def test_markdown_is_inert(tmp_path: Path, hostile: list[str], turn: int) -> None:
    """As Markdown nothing becomes a link, a picture or an element, and no mention or number is in one piece."""
    said = Said(tmp_path, *hostile[::turn], "--format", "markdown")
    assert said.code == 0, said.error
    tree = html5lib.parseFragment(markdown.markdown(said.out), namespaceHTMLElements=False)
    plain = markdown.markdown(said.out).replace("<!-- -->", "")
    assert {str(e.tag) for e in tree.iter() if isinstance(e.tag, str)} <= {
        *("DOCUMENT_FRAGMENT", "h1", "h2", "ul", "li", "p", "strong")
    }
    assert [e.attrib for e in tree.iter() if e.attrib] == []
    assert re.findall(r"@\w|(?<!&)#\d|://|www\.|&#64;\w|&#35;\d", said.out) == []
    assert "@mayor" in "".join(html5lib.parseFragment(plain, namespaceHTMLElements=False).itertext())


@pytest.mark.parametrize("turn", [1, -1])
def test_html_is_one_safe_file(tmp_path: Path, hostile: list[str], turn: int) -> None:
    """As HTML it is one file without script or handler that loads nothing and forbids itself to."""
    said = Said(tmp_path, *hostile[::turn], "--format", "html")
    assert said.code == 0, said.error
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    tree = parser.parse(said.out)
    assert parser.errors == []
    tags = {str(e.tag) for e in tree.iter()}
    assert tags & {"script", "iframe", "img", "link", "object", "svg", "base", "form"} == set()
    for element in tree.iter():
        assert not [k for k in element.attrib if k.startswith("on") or k in ("src", "srcset", "style", "background")]
        assert re.match(r"(https?|mailto):|#", element.attrib.get("href", "#"))
    style = tree.findtext("head/style") or ""
    assert "@import" not in style
    assert "url(" not in style
    policy = [m.attrib["content"] for m in tree.iter("meta") if "http-equiv" in m.attrib]
    assert policy == ["default-src 'none'; style-src 'unsafe-inline'"]
    assert "alert(2)" in "".join(tree.find("body").itertext())


@pytest.mark.parametrize("form", ["text", "json", "html", "markdown"])
def test_layout_and_line_ends_are_no_change(tmp_path: Path, form: str) -> None:
    """A byte-order mark, CRLF, unknown front matter and a Ref that stands twice are read; none of them is a change."""
    text = OLD + "| A1 | Again | lower | 3 |\n"
    (tmp_path / "old.md").write_text(text, encoding="utf-8", newline="\n")
    (tmp_path / "new.md").write_bytes(
        b"\xef\xbb\xbf" + text.replace("author: Nobody\n", "").replace("\n", "\r\n").encode()
    )
    said = Said(tmp_path, str(tmp_path / "old.md"), str(tmp_path / "new.md"), "--format", form)
    assert said.code == 0, said.error
    if form == "json":
        assert json.loads(said.out)["summary"]["sections"]["unchanged"] == len(json.loads(said.out)["sections"]) == 3
    else:
        assert "Nothing changed" in said.out
    assert not re.search(r"\[-|<del>(?!what went)|~~", said.out)


@pytest.mark.parametrize("bomb", ["![`" * 6000, "[" * 6000])
def test_a_bomb_is_refused(loose: Path, bomb: str) -> None:
    """A text that would keep the reader busy for hours is refused in a moment, with its line and what to do."""
    (loose / "bomb.md").write_text(f"# Plan\n\n{bomb}\n", encoding="utf-8")
    ran = plan_archive(loose, "compare", "old.md", "bomb.md")
    assert (ran.code, ran.out) == (1, "")
    assert "bomb.md:3: " in ran.err
    assert "Traceback" not in ran.err
    assert len(ran.err.splitlines()) <= 2
