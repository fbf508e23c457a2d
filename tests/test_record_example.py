"""The example archive's own record: everything published is in the log and sealed, and an edit is refused."""

from __future__ import annotations

import json
from pathlib import Path

from archives import ROOT, edit, plan_archive
from sealed import sealed_example


def test_the_repository_is_intact() -> None:
    """Every published text is as it was sealed, and the log is whole."""
    ran = plan_archive(ROOT, "verify")
    assert (ran.code, ran.out.splitlines()[0].partition(":")[0]) == (0, "intact")


def test_every_published_edition_is_in_the_log() -> None:
    """For each edition with a published text there is an entry with the text's own SHA-256, told on its own day."""
    lines = (ROOT / "archive/log.jsonl").read_text(encoding="utf-8").splitlines()
    entries = [json.loads(line) for line in lines]
    logged = {(e["plan"], e["edition"]) for e in entries if e["event"] == "publish"}
    held = {(file.parent.name, file.stem) for root in ("archive", "plans") for file in ROOT.glob(f"{root}/*/*.md")}
    held |= {(file.parts[-3], file.parts[-2]) for file in ROOT.glob("archive/*/*/index.md")}
    assert logged == held
    assert all(entry["on"] < entry["recorded"] for entry in entries if entry["event"] == "publish")


def test_a_silent_edit_is_refused(tmp_path: Path) -> None:
    """One word changed in a published text: the check names the file, and verify says altered."""
    folder = sealed_example(tmp_path / "archive")
    edit(
        folder / "archive/cypp/2006.md",
        "Schools permanently excluded 52 pupils",
        "Schools permanently excluded 51 pupils",
    )
    checked = plan_archive(folder, "check")
    assert checked.code == 1
    assert any(line.startswith("archive/cypp/2006.md:") for line in checked.out.splitlines())
    assert plan_archive(folder, "verify").code == 3
