"""`plan-archive pack`: an auditor's bundle that checks itself, and has the same bytes every time."""

from __future__ import annotations

import csv
import shutil
import zipfile
from hashlib import sha256
from pathlib import Path

import pytest

from archives import NOTICE, bytes_below, copy_tiny, git, plan_archive
from pdfs import Tagged
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
        " comparisons/2006-to-2007.pdf"
        " data/targets.csv data/coverage.csv data/provenance.json data/log.json data/plans/alpha/changes.csv"
    )
    assert set(wanted.split()) <= set(held)
    assert [name for name in held if "beta" in name] == []
    assert held["README.txt"].decode().startswith(NOTICE)
    page = held["comparisons/2006-to-2007.html"].decode()
    assert "<script" not in page
    assert NOTICE in page
    hashes = [sha256(held[name]).hexdigest() for name in ("archive/alpha/2006.md", "plans/alpha/2007.md")]
    heard = Tagged(held["comparisons/2006-to-2007.pdf"]).heard
    assert [text for text in (*hashes, NOTICE) if text not in page or text not in heard] == []


def test_the_targets_are_a_table(pack: Path) -> None:
    """Every change of a target has its reason, and the notice of an example."""
    with (pack / "data/targets.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    (lowered,) = [row for row in rows if row["ref"] == "A1" and row["change"] == "made_easier"]
    assert (lowered["old"], lowered["new"], lowered["reason"]) == ("2006", "2007", "The fall has slowed.")
    assert lowered["measure"] == "Pupils excluded for good"
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


@pytest.mark.parametrize(
    ("fails", "told"),
    [
        ("ImportError('hidden')", "WeasyPrint is not installed (pip install 'mkdocs-plan-archive[pdf]')"),
        (
            'print("long advice") or OSError("cannot load library \'libpango-1.0-0\': no such file")',
            "WeasyPrint cannot load library 'libpango-1.0-0'"
            " (on Debian: apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0)",
        ),
    ],
)
def test_without_weasyprint_the_pack_says_what_is_missing(whole: Path, tmp_path: Path, fails: str, told: str) -> None:
    """Reader and user are both told, what can be packed is packed, and the pack is intact."""
    (tmp_path / "hidden").mkdir()
    (tmp_path / "hidden/weasyprint.py").write_text(f"raise {fails}\n", encoding="utf-8")
    out = tmp_path / "out"
    out.mkdir()
    given = ("-C", str(whole), "pack", "alpha", "--output", "alpha.zip")
    done = plan_archive(out, *given, PYTHONPATH=str(tmp_path / "hidden"))
    assert (done.code, done.out) == (0, "")
    assert done.err.endswith(f" files in alpha.zip; the comparisons are not in it as PDF: {told}\n")
    assert [path.name for path in out.iterdir()] == ["alpha.zip"]
    with zipfile.ZipFile(out / "alpha.zip") as held:
        readme, names = held.read("README.txt").decode(), held.namelist()
        held.extractall(tmp_path / "pack")
    assert f"This pack is not whole: the comparisons are not in it as PDF: {told}.\n" in readme
    assert [name for name in names if name.startswith("comparisons/")] == ["comparisons/2006-to-2007.html"]
    assert verified(tmp_path / "pack")[0] == 0


def test_a_drawing_that_fails_leaves_nothing(whole: Path, tmp_path: Path) -> None:
    """No half pack, no trace of one, and what was there before stays."""
    hidden = tmp_path / "hidden/weasyprint"
    hidden.mkdir(parents=True)
    (hidden / "__init__.py").write_text("def HTML(**_): raise RuntimeError('no more paper')\n", encoding="utf-8")
    (hidden / "urls.py").write_text("class URLFetcher:\n def __init__(self, **_): ...\n", encoding="utf-8")
    out = tmp_path / "out"
    out.mkdir()
    (out / "alpha.zip").write_bytes(b"before")
    given = ("-C", str(whole), "pack", "alpha", "--output", "alpha.zip")
    done = plan_archive(out, *given, PYTHONPATH=str(hidden.parent))
    assert done.code == 1
    assert done.err.startswith("error: ")
    assert "no more paper" in done.err
    assert "Traceback" not in done.err
    assert bytes_below(out) == {"alpha.zip": b"before"}


def test_a_place_that_cannot_be_written_to_is_told_first(whole: Path, tmp_path: Path) -> None:
    """Before anything is drawn, and with what to do."""
    code, _, err = ran(whole, "pack", "alpha", "--output", str(tmp_path / "no/such/x.zip"))
    assert (code, err) == (1, f"there is no folder {tmp_path / 'no/such'}: make it first, or give another --output")


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
