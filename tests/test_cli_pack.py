"""`plan-archive pack`: an auditor's bundle that checks itself, and has the same bytes every time."""

from __future__ import annotations

import csv
import shutil
import sys
import types
import zipfile
from pathlib import Path

import pytest

from archives import NOTICE, bytes_below, copy_tiny, git, plan_archive
from sealed import NOT_SEALED_BYTES, flipped, found, ran, root_of, sealed_tiny, spoil, verified


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sealed archive with a pack beside it; not to be written to."""
    archive = sealed_tiny(tmp_path_factory.mktemp("packed") / "archive")
    done = plan_archive(archive, "pack", "alpha", "--output", str(archive.parent / "alpha.zip"))
    assert done.code == 0, done.err
    return archive


@pytest.fixture
def pack(whole: Path, tmp_path: Path) -> Path:
    """The pack, unpacked."""
    with zipfile.ZipFile(whole.parent / "alpha.zip") as held:
        held.extractall(tmp_path / "pack")
    return tmp_path / "pack"


def test_a_pack_is_intact_and_has_the_archives_root(whole: Path, pack: Path) -> None:
    """Texts, comparisons, tables, log, seals and the program that checks them; nothing of other plans' texts."""
    code, lines = verified(pack, "--minuted", root_of(whole))
    assert (code, lines[-1]) == (0, f"archive root: {root_of(whole)}")
    held = bytes_below(pack)
    wanted = (
        "README.txt verify.py manifest.json archive/log.jsonl archive/seals.sha256 archive/alpha/2006.md"
        " archive/alpha/attachments/2006/map.csv plans/alpha/2007.md plans/alpha/plan.yml comparisons/2006-to-2007.html"
        " data/targets.csv data/coverage.csv data/provenance.json data/log.json data/plans/alpha/changes.csv"
    )
    assert set(wanted.split()) <= set(held)
    assert [name for name in held if "beta" in name] == []
    assert held["README.txt"].decode().startswith(NOTICE)
    assert b"<script" not in held["comparisons/2006-to-2007.html"]


def test_the_targets_are_a_table(pack: Path) -> None:
    """Every change of a target has its reason, and the notice of an example."""
    with (pack / "data/targets.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    (lowered,) = [row for row in rows if row["ref"] == "A1" and row["change"] == "made_easier"]
    assert (lowered["old"], lowered["new"], lowered["reason"]) == ("2006", "2007", "The fall has slowed.")
    assert {row["notice"] for row in rows} == {NOTICE}


def test_an_altered_pack_is_found(pack: Path) -> None:
    """A text, a table or a file too many is named."""
    spoil(pack / "plans/alpha/2007.md", lambda content: flipped(content, 300))
    (pack / "comparisons/2005-to-2006.html").write_text("x", encoding="utf-8")
    code, lines = found(pack)
    assert code == 3
    assert lines == [
        "altered: comparisons/2005-to-2006.html: the file is not in the manifest: it was added",
        "altered: plans/alpha/2007.md: its bytes are not those of this build",
        f"altered: plans/alpha/2007.md: {NOT_SEALED_BYTES}",
    ]


def test_two_packs_are_the_same_bytes(whole: Path, tmp_path: Path) -> None:
    """In another folder, time zone and with another hash seed, the pack is the same to the byte."""
    git(tmp_path, "clone", "--quiet", str(whole), "clone")
    given = ("pack", "alpha", "--output", "again.zip")
    done = plan_archive(tmp_path / "clone", *given, TZ="Pacific/Kiritimati", PYTHONHASHSEED="7")
    assert done.code == 0, done.err
    assert (tmp_path / "clone/again.zip").read_bytes() == (whole.parent / "alpha.zip").read_bytes()


def test_without_weasyprint_the_pack_says_what_is_missing(
    whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The reader and the user are both told; with it, each comparison is there as PDF too."""
    told = "no PDF of the comparisons: WeasyPrint is not installed (pip install 'mkdocs-plan-archive[pdf]')"
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    assert told in ran(whole, "pack", "alpha", "--output", str(tmp_path / "without.zip"))[2]
    with zipfile.ZipFile(tmp_path / "without.zip") as held:
        assert told in held.read("README.txt").decode()

    class Html:
        def __init__(self, **_: object) -> None: ...
        def write_pdf(self, **_: object) -> bytes:
            return b"%PDF-1.7"

    fake = types.ModuleType("weasyprint")
    fake.HTML = Html  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "weasyprint", fake)
    assert ran(whole, "pack", "alpha", "--output", str(tmp_path / "with.zip"))[0] == 0
    with zipfile.ZipFile(tmp_path / "with.zip") as held:
        assert held.read("comparisons/2006-to-2007.pdf") == b"%PDF-1.7"
        assert "WeasyPrint" not in held.read("README.txt").decode()


def test_an_archive_without_a_log_is_packed_and_says_so(tmp_path: Path) -> None:
    """The pack of such an archive has its chapters, and verify calls it incomplete."""
    folder = copy_tiny(tmp_path / "archive")
    assert ran(folder, "pack", "beta", "--output", str(tmp_path / "beta.zip"))[0] == 0
    with zipfile.ZipFile(tmp_path / "beta.zip") as held:
        held.extractall(tmp_path / "pack")
    assert (tmp_path / "pack/archive/beta/2004/02-targets.md").is_file()
    assert found(tmp_path / "pack")[0] == 4


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("gamma",), "there is no plan `gamma` in the archive"),
        (("alpha", "--from", "1999"), "the plan `alpha` has no editions from `1999` to ``"),
        (("alpha", "--from", "2007", "--to", "2006"), "the plan `alpha` has no editions from `2007` to `2006`"),
    ],
)
def test_what_cannot_be_packed_is_refused(whole: Path, tmp_path: Path, given: tuple[str, ...], said: str) -> None:
    """No such plan or edition: nothing is written. An altered archive is not packed either."""
    code, _, err = ran(whole, "pack", *given, "--output", str(tmp_path / "x.zip"))
    assert code == 1
    assert err.startswith(said)
    archive = Path(shutil.copytree(whole, tmp_path / "archive"))
    spoil(archive / "plans/alpha/2007.md", lambda content: content.replace(b"one working", b"two working"))
    assert ran(archive, "pack", "alpha", "--output", str(tmp_path / "x.zip"))[0] == 1
    assert not (tmp_path / "x.zip").exists()
