"""The outline of a text: sections with their ids, levels and paths, and blocks with their anchors and Refs."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from attacks.conftest import TINY
from plan_archive.intake import read_library
from plan_archive.intake.files import Source
from plan_archive.intake.text import read_version
from plan_archive.model import Text

CASES = Path(__file__).parent / "cases" / "intake"
FRONT = (
    "---\ntitle: T\nkind: plan\nperiod: {from: 2006-04-01, to: 2009-03-31}\nowner: Cabinet\ndraft: yes\n---\n\n# T\n"
)


def read(*texts: tuple[str, str]) -> Text:
    """An edition's text from its files, without problems."""
    sources = [Source(f"plans/x/{name}", content.encode()) for name, content in texts]
    text, _, problems = read_version(sources, 1, lambda _name: True)
    assert problems == []
    assert text is not None
    return text


def outline(text: Text) -> str:
    """A text's sections and blocks, one a line, as the golden files write them."""
    lines = []
    for section in text.sections:
        path = "/".join(section.path) or "-"
        chapter = section.chapter or "-"
        lines.append(f"{'#' * section.level} {section.title} | id {section.id or '-'} | in {path} | chapter {chapter}")
        for block in section.own_blocks:
            ref = f" ref {block.ref}" if block.ref else ""
            head = " head" if block.header else ""
            table = f" table {block.table}" if block.table is not None else ""
            depth = f" depth {block.depth}" if block.depth else ""
            words = block.text.replace("\t", " / ")
            lines.append(f"  {block.kind} #{block.anchor}{depth}{table}{head}{ref}: {words}")
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("name", sorted(path.stem for path in CASES.glob("*.outline.txt")))
def test_outline(name: str) -> None:
    """A text is taken apart as the readable outline beside it says."""
    case = name.removesuffix(".outline")
    expected = (CASES / f"{name}.txt").read_text(encoding="utf-8")
    folder = CASES / case
    files = [folder / "index.md", *sorted(folder.glob("[0-9]*.md"))] if folder.is_dir() else [CASES / f"{case}.md"]
    texts = [(f"2006/{f.name}" if folder.is_dir() else "2006.md", f.read_text(encoding="utf-8")) for f in files]
    assert outline(read(*texts)) == expected


def test_generated_ids() -> None:
    """A draft's headings get the slug of their words, numbered where it is taken, by an editor's id too."""
    text = read(
        ("2006.md", FRONT + "\n## Stay safe\n\n## Stay safe!\n\n## Other {#stay-safe-3}\n\n## STAY safe\n\n## ?\n")
    )
    assert [s.id for s in text.sections] == ["", "stay-safe", "stay-safe-2", "stay-safe-3", "stay-safe-4", "section"]


def test_generated_ids_of_chapters() -> None:
    """In a folder a generated id carries its chapter's name, so that it stays when chapters are added."""
    text = read(("2006/index.md", FRONT), ("2006/01-a.md", "# Aims\n\n## Aims\n"), ("2006/02-b.md", "# Aims\n"))
    assert [s.id for s in text.sections] == ["", "01-a--aims", "01-a--aims-2", "02-b--aims"]


def test_footnotes_belong_to_the_first_that_cites_them() -> None:
    """A footnote is a block of the section that first cites it, with its chapter's name in its anchor."""
    chapter = "# A {#a}\n\nx[^1]\n\n## B {#b}\n\ny[^2] z[^1]\n\n[^2]: Two.\n[^1]: One.\n"
    text = read(("2006/index.md", FRONT + "\nIn front.[^1]\n\n[^1]: Zero.\n"), ("2006/01-a.md", chapter))
    notes = {s.id: [(b.anchor, b.text) for b in s.own_blocks if b.kind == "other"] for s in text.sections}
    assert notes == {"": [("fn:1", "Zero.")], "a": [("fn:01-a-1", "One.")], "b": [("fn:01-a-2", "Two.")]}
    page = "".join(section.html for section in text.sections)
    assert 'id="fnref:01-a-1"' in page
    assert 'href="#fn:01-a-1"' in page


def test_own_text() -> None:
    """A section's own text joins words by a space, cells by a tab and blocks by a newline, its heading left out."""
    body = "\n## A heading {#a}\n\nSome  *words*\nof it[^1].\n\n- one\n- two\n\n"
    body += "| a | b |\n|---|---|\n| 1 | |\n\n[^1]: A\n    note.\n"
    assert read(("2006.md", FRONT + body)).sections[1].own_text == "Some words of it.\none\ntwo\na\tb\n1\t\nA note."


@pytest.fixture
def corrected(tmp_path: Path) -> Path:
    """The tiny archive with a correction of its edition of 2006."""
    root = shutil.copytree(TINY, tmp_path / "tiny")
    file = root / "archive/alpha/2006.md"
    text = file.read_text(encoding="utf-8").replace("kind: plan\n", 'kind: plan\ncorrects: v1\nreason: "A word."\n')
    (root / "archive/alpha/2006.v2.md").write_text(text.replace("| 20 |", "| 21 |"), encoding="utf-8")
    return root


def test_versions(corrected: Path) -> None:
    """A correction is a version of its own: the latest is shown and the first one is kept."""
    reading = read_library(corrected, date(2007, 12, 1))
    assert reading.problems == ()
    assert reading.library is not None
    alpha = reading.library.plan("alpha")
    assert alpha is not None
    edition = alpha.editions[0]
    assert [(text.version, text.front.corrects) for text in edition.versions] == [(1, None), (2, "v1")]
    assert edition.text.file == "archive/alpha/2006.v2.md"
    assert edition.versions[0].sha256 != edition.text.sha256


@pytest.mark.parametrize(
    ("name", "corrects", "what"),
    [
        ("2006.v3.md", "v1", "version 3 of the edition is here, but not version 2"),
        ("2006.v2.md", "v2", "version 2 does not say that it corrects v1"),
        ("2006.v1.md", "v1", "a file of this name has no meaning here"),
        ("2006.v02.md", "v1", "a file of this name has no meaning here"),
    ],
)
def test_wrong_numbers(corrected: Path, name: str, corrects: str, what: str) -> None:
    """A correction with a wrong number is refused."""
    file = corrected / "archive/alpha/2006.v2.md"
    text = file.read_text(encoding="utf-8").replace("corrects: v1", f"corrects: {corrects}")
    file.unlink()
    (corrected / "archive/alpha" / name).write_text(text, encoding="utf-8")
    assert [problem.what for problem in read_library(corrected, date(2007, 12, 1)).problems] == [what]
