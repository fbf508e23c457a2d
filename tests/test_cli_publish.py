"""`plan-archive publish` and `redact`: what was published, corrected, replaced or changed, written down and sealed."""

from __future__ import annotations

import json
import shutil
import subprocess
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
import time_machine

from archives import bytes_below, copy_tiny, edit, plan_archive
from sealed import LOG, SEALS, correct, found, ran, root_of, verified

TODAY = datetime.now(UTC).date().isoformat()


@pytest.fixture
def fresh(tmp_path: Path) -> Path:
    """The tiny archive without a log."""
    return copy_tiny(tmp_path / "archive")


def _entries(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / LOG).read_text(encoding="utf-8").splitlines()]


def _file(folder: Path, name: str) -> str:
    return sha256((folder / name).read_bytes()).hexdigest()


def test_all_is_written_in_order_of_date(sealed_archive: Path) -> None:
    """The first line opens the log; then every text and every end of an edition, the earliest first; then facts."""
    entries = _entries(sealed_archive)
    told = [(e["event"], e.get("plan"), e.get("edition"), e.get("on")) for e in entries]
    assert told == [
        ("open", None, None, None),
        ("publish", "beta", "2004", "2004-03-31"),
        ("publish", "alpha", "2006", "2006-03-31"),
        ("supersede", "beta", "2004", "2006-04-01"),
        ("publish", "alpha", "2007", "2007-03-30"),
        ("supersede", "alpha", "2006", "2007-04-01"),
        ("facts", "alpha", None, entries[6]["on"]),
        ("facts", "beta", None, entries[7]["on"]),
        ("destinations", "beta", None, entries[8]["on"]),
        ("registers", None, None, entries[9]["on"]),
    ]
    assert entries[0]["archive"] == "Littleshire Council (fictional example, not a real council or record)"
    assert {e["recorded"] for e in entries} == {entries[6]["on"]}
    assert {(e["who"], e["identity"]) for e in entries} == {("Plans officer", "stated, unsigned")}
    assert entries[3]["successor"] == ["alpha"]
    assert entries[5]["successor"] == ["alpha@2007"]


def test_each_line_holds_the_hash_of_the_one_before(sealed_archive: Path) -> None:
    """The chain is what `sha256sum` prints for each line with its end."""
    lines = (sealed_archive / LOG).read_bytes().splitlines(keepends=True)
    assert [json.loads(line)["before"] for line in lines] == ["", *(sha256(line).hexdigest() for line in lines[:-1])]


def test_a_text_is_sealed_file_by_file_and_as_a_whole(sealed_archive: Path) -> None:
    """Chapters and attachments have hashes of their own; the whole has the catalogue's."""
    _, beta, alpha, *_ = _entries(sealed_archive)
    folder = "archive/beta/2004"
    assert beta["files"] == {f"{folder}/{n}": _file(sealed_archive, f"{folder}/{n}") for n in sorted(
        ["01-exclusions.md", "02-targets.md", "index.md"])}  # fmt: skip
    rows = sorted(f"{digest}  {Path(name).name}\n" for name, digest in beta["files"].items())
    assert beta["sha256"] == sha256("".join(rows).encode()).hexdigest()
    assert alpha["sha256"] == _file(sealed_archive, "archive/alpha/2006.md")
    attached = "archive/alpha/attachments/2006/map.csv"
    assert alpha["attachments"] == {attached: _file(sealed_archive, attached)}
    assert "class" not in alpha


def test_a_second_run_writes_nothing(archive: Path) -> None:
    """What the log has is not written twice."""
    before = bytes_below(archive)
    code, out, err = ran(archive, "publish", "--all", "--why", "Again.")
    assert (code, out, err) == (0, "", "Nothing to write: the log has it already.\n")
    assert bytes_below(archive) == before


def test_one_edition_is_published_with_what_it_ended(fresh: Path) -> None:
    """A new edition's entry comes with the end of the one before and the plan's facts, and with nothing else."""
    assert ran(fresh, "publish", "alpha@2006", "--why", "Adopted.")[0] == 0
    done = plan_archive(fresh, "publish", "alpha@2007", "--why", "The yearly refresh.", "--by", "Plans officer")
    assert (done.code, done.out) == (0, "publish alpha@2007 on 2007-03-30\n")
    assert [(e["event"], e.get("edition")) for e in _entries(fresh)] == [
        ("open", None),
        ("publish", "2006"),
        ("supersede", "2006"),
        ("facts", None),
        ("publish", "2007"),
    ]
    last = _entries(fresh)[-1]
    assert (last["why"], last["class"], last["class_is"]) == ("The yearly refresh.", "substantive", "proposed")
    assert done.err == f"archive root: {root_of(fresh)}\n"


def test_the_day_of_the_event_and_the_day_of_recording_are_two(fresh: Path) -> None:
    """`--on` says when it happened; when it was written down is never a user's word."""
    arguments = ("publish", "alpha@2006", "--why", "Adopted.", "--on", "2006-03-30")
    assert ran(fresh, *arguments)[0] == 0
    entries = {e["event"]: e for e in _entries(fresh)}
    assert (entries["publish"]["on"], entries["publish"]["recorded"]) == ("2006-03-30", TODAY)
    assert entries["publish"]["identity"] == "unsigned"
    assert entries["publish"]["who"] == "not stated"


def test_a_correction_is_a_new_version_with_a_confirmed_class(archive: Path) -> None:
    """The correction has an entry of its own; a person may say what kind of change it is."""
    first = archive / "plans/alpha/2007.md"
    second = first.with_name("2007.v2.md")
    second.write_text(first.read_text(encoding="utf-8"), encoding="utf-8", newline="\n")
    edit(second, "owner: Director", 'corrects: v1\nreason: "A comma was missing."\nowner: Director')
    edit(second, "safe at home, at school", "safe at home at school")
    assert found(archive) == (4, ["incomplete: plans/alpha/2007.v2.md: the text is not in the log: it is not sealed"])
    assert ran(archive, "publish", "alpha@2007", "--why", "A comma.", "--class", "editorial")[0] == 0
    last = _entries(archive)[-1]
    assert (last["event"], last["version"], last["class"], last["class_is"]) == ("correct", 2, "editorial", "confirmed")
    assert found(archive) == (0, [])


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        ("one working day", "two working days", "substantive"),
        ("safe at home, at school", "safe at home: at School", "editorial"),
        ("Every child", "**Every child**", "editorial"),
        ("## Staying safe", "## 1 Staying safe", "renumbering"),
    ],
)
def test_the_kind_of_change_is_proposed_by_the_comparison(archive: Path, old: str, new: str, kind: str) -> None:
    """Words count, marks and capitals do not, numbers of headings are their own kind."""
    first = archive / "plans/alpha/2007.md"
    second = first.with_name("2007.v2.md")
    second.write_text(first.read_text(encoding="utf-8"), encoding="utf-8", newline="\n")
    edit(second, "owner: Director", 'corrects: v1\nreason: "A slip."\nowner: Director')
    edit(second, old, new)
    assert ran(archive, "publish", "alpha@2007", "--why", "A slip.")[0] == 0
    last = _entries(archive)[-1]
    assert (last["class"], last["class_is"]) == (kind, "proposed")


REFUSED = {
    "nothing named": (("publish", "--why", "x"), 2, "name what was published"),
    "both": (("publish", "alpha", "--all", "--why", "x"), 2, "name what was published"),
    "no reason": (("publish", "--all"), 2, "Missing option '--why'"),
    "an empty reason": (("publish", "--all", "--why", " "), 2, "--why is one line of plain words"),
    "markup": (("publish", "--all", "--why", "<b>"), 2, "--why is one line of plain words"),
    "two lines": (("publish", "--all", "--why", "a\nb"), 2, "--why is one line of plain words"),
    "no such edition": (("publish", "alpha@1999", "--why", "x"), 1, "there is no `alpha@1999` in the archive"),
    "no such plan": (("publish", "gamma", "--why", "x"), 1, "there is no `gamma` in the archive"),
    "a section": (("publish", "alpha@2006#x", "--why", "x"), 1, "there is no `alpha@2006#x` in the archive"),
    "a day for many": (("publish", "--all", "--why", "x", "--on", "2006-01-01"), 2, "--on is about one text"),
    "half a signature": (("publish", "--all", "--why", "x", "--signer", "me"), 2, "--sign and --signer go together"),
    "markup in a signer's name": (
        ("publish", "--all", "--why", "x", "--sign", __file__, "--signer", "a <a@b>"),
        2,
        "--signer is one line of plain words",
    ),
    "closing what is not sealed": (("close", "alpha@2006"), 1, "`alpha@2006` is not sealed"),
    "redacting without a log": (
        ("redact", "alpha@2006", "--why", "x", "--authority", "y"),
        1,
        "no publication log yet",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_refused_writes_nothing(fresh: Path, name: str) -> None:
    """A command that cannot be carried out says why, and leaves everything as it was."""
    arguments, code, said = REFUSED[name]
    before = bytes_below(fresh)
    told = ran(fresh, *arguments)
    assert told[0] == code
    assert said in told[2]
    assert bytes_below(fresh) == before


def test_an_archive_with_problems_is_not_published(fresh: Path) -> None:
    """What `check` refuses is not sealed."""
    edit(fresh / "archive/alpha/2006.md", "published: 2006-03-31", "published: 31 March")
    before = bytes_below(fresh)
    code, _, err = ran(fresh, "publish", "--all", "--why", "x")
    assert (code, err) == (1, "the archive has 1 problem: see plan-archive check")
    assert bytes_below(fresh) == before


def test_a_clock_that_runs_behind_is_not_believed(archive: Path) -> None:
    """An entry is never recorded before the one above it."""
    edit(archive / "plans/alpha/plan.yml", "abbreviation: AP", "abbreviation: ALP")
    before = bytes_below(archive)
    with time_machine.travel("2020-01-01T12:00:00Z"):
        code, _, err = ran(archive, "publish", "alpha", "--why", "x")
    assert code == 1
    assert "and the clock says 2020-01-01: set the clock" in err
    assert bytes_below(archive) == before


def test_registers_and_a_file_that_went_are_written(archive: Path) -> None:
    """Changes of the registers are one entry; a register that was deleted is said to be gone."""
    edit(archive / "plans/authority.yml", "kind: Unitary authority (England)", "kind: Unitary authority")
    (archive / "archive/beta/destinations/2004-to-alpha-2006.yml").unlink()
    code, lines = found(archive)
    assert code == 4
    gone = "the log has these facts, and the file is missing: no entry says why"
    assert f"incomplete: beta/destinations/2004-to-alpha-2006.yml: {gone}" in lines
    assert ran(archive, "publish", "registers", "beta", "--why", "Put right.")[0] == 0
    last = {e["event"]: e for e in _entries(archive)[10:]}
    assert last["registers"]["files"] == {"plans/authority.yml": _file(archive, "plans/authority.yml")}
    assert last["destinations"]["files"] == {"plans/beta/destinations/2004-to-alpha-2006.yml": ""}
    assert found(archive) == (0, [])


def test_a_redacted_text_is_told_as_redacted(archive: Path) -> None:
    """Lawful removal keeps the old hash, the reason and the authority; verify says `redacted`, and not `altered`."""
    minuted, file = root_of(archive), "archive/alpha/2006.md"
    old = _file(archive, file)
    edit(archive / file, "Every child", "Each child")
    (archive / "archive/alpha/attachments/2006/map.csv").unlink()
    assert verified(archive)[0] == 3
    assert ran(archive, "check")[0] == 1
    why = ("--why", "A name was taken out.", "--authority", "Data Protection Act, section 47", "--by", "Data officer")
    assert ran(archive, "redact", "alpha@2006", *why)[0] == 0
    code, lines = found(archive, "--minuted", minuted)
    told = f"personal data was removed on {TODAY}: A name was taken out. (Data Protection Act, section 47)"
    assert (code, lines) == (
        0,
        [f"redacted: {file}: {told}", f"redacted: archive/alpha/attachments/2006/map.csv: {told}"],
    )
    last = _entries(archive)[-1]
    assert (last["was"][file], last["files"]) == (old, {file: _file(archive, file)})
    assert last["sha256"] == _file(archive, file)
    assert ran(archive, "check")[0] == 0
    again = ran(archive, "redact", "alpha@2006", *why)
    assert (again[0], again[2]) == (1, "nothing of `alpha@2006` differs from what is sealed: take the data out first")


def test_a_version_is_redacted_where_another_is_the_latest(archive: Path) -> None:
    """Each version has its own entry, and a whole text is not redacted away."""
    correct(archive)
    edit(archive / "plans/alpha/2007.md", "Every child", "Each child")
    why = ("--why", "A name was taken out.", "--authority", "A court's order")
    assert ran(archive, "redact", "alpha@2007", *why)[0] == 0
    assert _entries(archive)[-1]["version"] == 1
    assert verified(archive)[0] == 0
    (archive / "plans/alpha/2007.md").unlink()
    code, _, err = ran(archive, "redact", "alpha@2007", *why)
    assert code == 1
    assert "a text of `alpha@2007` is missing" in err


@pytest.fixture
def key(key: Path) -> Path:
    """A key to sign with, and the list of who may."""
    public = key.with_suffix(".pub").read_text(encoding="utf-8")
    key.with_suffix(".allowed").write_text(
        f'clerk@littleshire.example namespaces="plan-archive" {public}', encoding="utf-8"
    )
    return key


def test_a_signature_over_the_seals_is_checked(archive: Path, key: Path) -> None:
    """A signed entry says who signed; verify checks the signature over the seals as they were, also later."""
    edit(archive / "plans/alpha/plan.yml", "abbreviation: AP", "abbreviation: ALP")
    signed = ("--sign", str(key), "--signer", "clerk@littleshire.example")
    assert ran(archive, "publish", "alpha", "--why", "Letters.", "--by", "Clerk", *signed)[0] == 0
    last = _entries(archive)[-1]
    assert (last["identity"], last["signer"], last["signature"]) == ("signed", "clerk@littleshire.example", 11)
    signature = archive / "archive/seals.11.sig"
    what = "there is no list of allowed signers (archive/allowed_signers): the signature was not checked"
    assert found(archive) == (4, [f"incomplete: archive/seals.11.sig: {what}"])
    shutil.copy(key.with_suffix(".allowed"), archive / "archive/allowed_signers")
    assert found(archive) == (0, [])
    by_hand = subprocess.run(
        ["ssh-keygen", "-Y", "verify", "-f", "archive/allowed_signers", "-I", "clerk@littleshire.example",
         "-n", "plan-archive", "-s", "archive/seals.11.sig"],
        cwd=archive, input=(archive / SEALS).read_bytes(), capture_output=True, check=False,
    )  # fmt: skip
    assert by_hand.returncode == 0, by_hand.stderr
    assert ran(archive, "check")[0] == 0
    correct(archive)
    assert found(archive) == (0, [])
    assert found(archive, "--allowed-signers", str(key.with_suffix(".allowed"))) == (0, [])
    signature.write_text(signature.read_text(encoding="utf-8").replace("A", "B", 3), encoding="utf-8")
    bad = "the signature is not one of clerk@littleshire.example over these seals"
    assert found(archive) == (3, [f"altered: archive/seals.11.sig: {bad}"])
    signature.unlink()
    gone = "an entry is said to be signed, and its signature is missing"
    assert found(archive) == (3, [f"altered: archive/seals.11.sig: {gone}"])


def test_a_key_that_cannot_sign_writes_nothing(archive: Path, tmp_path: Path) -> None:
    """Where the signature cannot be made, nothing is written."""
    edit(archive / "plans/alpha/plan.yml", "abbreviation: AP", "abbreviation: ALP")
    (tmp_path / "no-key").write_text("no key\n", encoding="utf-8")
    before = bytes_below(archive)
    signed = ("--sign", str(tmp_path / "no-key"), "--signer", "clerk@littleshire.example")
    code, _, err = ran(archive, "publish", "alpha", "--why", "Letters.", *signed)
    assert code == 1
    assert err.startswith("the seals could not be signed")
    assert bytes_below(archive) == before
