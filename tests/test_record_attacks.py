"""Every alteration of log, seals and texts is found, by both programs, with the same words, and nothing is written."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from archives import edit, git, plan_archive
from plan_archive.record import verify
from sealed import (
    BROKEN,
    CRLF,
    LOG,
    LOG_SEAL,
    MISSING_TEXT,
    NO_ROOT,
    NOT_SEALED_BYTES,
    SEALS,
    correct,
    flipped,
    found,
    ran,
    rewrite,
    root_of,
    spoil,
    verified,
)

Change = Callable[[bytes], bytes]


def _lines(content: bytes) -> list[bytes]:
    return content.splitlines(keepends=True)


def _without(number: int) -> Change:
    return lambda content: b"".join(line for at, line in enumerate(_lines(content), start=1) if at != number)


def _swapped(one: int, other: int) -> Change:
    def change(content: bytes) -> bytes:
        lines = _lines(content)
        lines[one - 1], lines[other - 1] = lines[other - 1], lines[one - 1]
        return b"".join(lines)

    return change


def _twice(number: int) -> Change:
    return lambda content: b"".join(line * (1 + (at == number)) for at, line in enumerate(_lines(content), start=1))


def _with(old: bytes, new: bytes) -> Change:
    return lambda content: content.replace(old, new)


def _crlf(content: bytes) -> bytes:
    return content.replace(b"\n", b"\r\n")


def test_a_sealed_archive_is_intact(archive: Path) -> None:
    """What publish leaves is intact, and ordinary tools agree: sha256sum checks it and prints its root."""
    code, lines = verified(archive)
    assert (code, lines[0]) == (0, "intact: repository; 12 files read, 10 entries in the log")
    checked = subprocess.run(["sha256sum", "--check", "--quiet", SEALS], cwd=archive, capture_output=True, check=False)
    assert checked.returncode == 0
    assert lines[1] == f"archive root: {sha256((archive / SEALS).read_bytes()).hexdigest()}"


LOG_ATTACKS = {
    "a word of an entry": (_with(b"2006-03-31", b"2006-03-30"), 4, BROKEN),
    "an entry taken out": (_without(4), 4, BROKEN),
    "the first entry taken out": (_without(1), 1, "the first line does not open the log and name its archive"),
    "two entries swapped": (_swapped(3, 5), 3, BROKEN),
    "an entry put in twice": (_twice(6), 7, BROKEN),
    "a foreign line": (lambda content: content + b'{"event": "publish"}\n', 11, BROKEN),
    "no JSON": (_with(b'{"entry": 5', b"{entry: 5"), 5, "this is no entry of a log"),
    "a key twice": (_with(b'{"entry": 5', b'{"entry": 5, "entry": 5'), 5, "this is no entry of a log"),
    "cut in the middle of a line": (lambda content: content[:-40], 10, "the last line is not whole"),
    "cut before the last line's end": (lambda content: content[:-1], 10, "the last line is not whole"),
    "an empty line": (lambda content: content + b"\n", 11, "this is no entry of a log"),
    "CRLF": (_crlf, 1, CRLF),
}


@pytest.mark.parametrize("name", LOG_ATTACKS)
def test_a_change_of_the_log_is_found_at_its_line(archive: Path, name: str) -> None:
    """The first line that does not follow is named."""
    change, line, what = LOG_ATTACKS[name]
    spoil(archive / LOG, change)
    code, lines = found(archive)
    assert code == 3
    assert lines[0] == f"altered: {LOG}:{line}: {what}"


def test_a_changed_last_entry_is_found_by_the_logs_seal(archive: Path) -> None:
    """No line follows the last one, so the seals hold the log as well."""
    spoil(archive / LOG, lambda content: _without(10)(content) + _lines(content)[9].replace(b"opened", b"closed"))
    assert found(archive) == (3, [f"altered: {SEALS}:6: {LOG_SEAL}"])


def test_an_entry_cut_off_the_end_is_found_by_the_logs_seal(archive: Path) -> None:
    """The end of the log alone cannot be cut off: the seals still hold the whole log."""
    spoil(archive / LOG, _without(10))
    code, lines = found(archive)
    assert code == 3
    assert lines[0] == f"altered: {SEALS}:6: {LOG_SEAL}"


SEALS_ATTACKS = {
    "a digit": (lambda c: flipped(c, 5), f"altered: {SEALS}:1: the log says otherwise"),
    "a path": (_with(b"2006.md", b"2005.md"), f"altered: {SEALS}:1: the log says otherwise"),
    "a line taken out": (
        _without(2),
        f"altered: {SEALS}: the seal of archive/alpha/attachments/2006/map.csv is missing",
    ),
    "a line twice": (_twice(2), f"altered: {SEALS}: its lines are not in order"),
    "two lines swapped": (_swapped(1, 2), f"altered: {SEALS}: its lines are not in order"),
    "the last line end": (lambda c: c[:-1], f"altered: {SEALS}: the seal of plans/alpha/2007.md is missing"),
    "cut short": (lambda c: c[:-30], f"altered: {SEALS}: the seal of plans/alpha/2007.md is missing"),
    "empty": (lambda _: b"", f"altered: {SEALS}: the file is missing or empty"),
    "the log's own seal": (_with(b"  archive/log.jsonl", b"  archive/log.json"), f"altered: {SEALS}:6: the log says"),
    "no seal": (lambda c: c + b"hello\n", f"altered: {SEALS}:8: this is no line of `sha256sum`"),
    "CRLF": (_crlf, f"altered: {SEALS}:1: {CRLF}"),
}


@pytest.mark.parametrize("name", SEALS_ATTACKS)
def test_a_change_of_the_seals_is_found(archive: Path, name: str) -> None:
    """The seals follow from the log, to the byte."""
    change, told = SEALS_ATTACKS[name]
    spoil(archive / SEALS, change)
    code, lines = found(archive)
    assert code == 3
    assert lines[0].startswith(told)


@pytest.mark.parametrize("file", [LOG, SEALS])
def test_a_flipped_byte_anywhere_is_found(archive: Path, file: str) -> None:
    """Whichever byte of log or seals is turned, the verdict is `altered`."""
    content = (archive / file).read_bytes()
    missed = []
    for place in range(0, len(content), 7):
        (archive / file).write_bytes(flipped(content, place))
        if verify.verify(archive).verdict != "altered":
            missed.append(place)
    assert missed == []


@pytest.mark.parametrize("file", [LOG, SEALS])
def test_a_missing_log_or_missing_seals_are_found(archive: Path, file: str) -> None:
    """Each of the two shows that the other is gone."""
    (archive / file).unlink()
    code, lines = found(archive)
    assert code == 3
    assert lines[0] == f"altered: {file}: the file is missing or empty, though the other of log and seals is there"


TEXTS = ["archive/alpha/2006.md", "archive/beta/2004/02-targets.md", "archive/alpha/attachments/2006/map.csv"]


@pytest.mark.parametrize("file", TEXTS)
def test_a_flipped_byte_of_a_sealed_file_is_found(archive: Path, file: str) -> None:
    """A text, a chapter and an attachment are sealed to the byte."""
    content = (archive / file).read_bytes()
    for place in range(0, len(content), 11):
        (archive / file).write_bytes(flipped(content, place))
        told = [str(finding) for finding in verify.verify(archive).findings]
        assert told == [f"altered: {file}: {NOT_SEALED_BYTES}"]
    assert found(archive) == (3, [f"altered: {file}: {NOT_SEALED_BYTES}"])


@pytest.mark.parametrize("file", TEXTS)
def test_a_missing_sealed_file_is_found(archive: Path, file: str) -> None:
    """A sealed file that is taken away is named."""
    (archive / file).unlink()
    assert found(archive) == (3, [f"altered: {file}: {MISSING_TEXT}"])


@pytest.mark.parametrize(
    "change", [lambda c: c + b"\n", lambda c: c[:-1], _without(9), _swapped(17, 19), lambda _: b""]
)
def test_lines_added_taken_out_or_moved_in_a_text_are_found(archive: Path, change: Change) -> None:
    """Whatever is done to a text's lines, it is not the one that was sealed."""
    spoil(archive / TEXTS[0], change)
    assert found(archive) == (3, [f"altered: {TEXTS[0]}: {NOT_SEALED_BYTES}"])


def test_a_crlf_checkout_is_named_as_what_it_is(archive: Path) -> None:
    """A checkout that turns line ends is altered, and told apart from an edit."""
    spoil(archive / TEXTS[0], _crlf)
    assert found(archive) == (3, [f"altered: {TEXTS[0]}: {CRLF}"])


def test_a_text_at_anothers_address_is_found(archive: Path) -> None:
    """Two texts that changed places are named with the place where each belongs."""
    one, other = archive / "archive/alpha/2006.md", archive / "plans/alpha/2007.md"
    first, second = one.read_bytes(), other.read_bytes()
    one.write_bytes(second)
    other.write_bytes(first)
    told = [
        "altered: archive/alpha/2006.md: it holds the text that is sealed as plans/alpha/2007.md",
        "altered: plans/alpha/2007.md: it holds the text that is sealed as archive/alpha/2006.md",
    ]
    assert found(archive) == (3, told)


def test_a_renamed_text_is_found(archive: Path) -> None:
    """A text that was renamed to another edition's id is missing at its own."""
    (archive / "archive/alpha/2006.md").rename(archive / "archive/alpha/2005.md")
    code, lines = found(archive)
    assert code == 3
    assert lines == [
        f"altered: archive/alpha/2006.md: {MISSING_TEXT}",
        "incomplete: archive/alpha/2005.md: the text is not in the log: it is not sealed",
    ]


def test_an_entry_that_seals_a_text_under_another_edition_is_refused(archive: Path) -> None:
    """A log whose lines fit together, but bind a file to an edition that it is not, is altered."""
    entries = [json.loads(line) for line in _lines((archive / LOG).read_bytes())]
    entries[2]["edition"] = "2005"
    rewrite(archive, entries)
    code, lines = found(archive)
    assert code == 3
    assert lines[0] == f"altered: {LOG}:3: `archive/alpha/2006.md` is not a text of alpha@2005, version 1"


def test_a_log_that_was_written_anew_is_found_by_a_minuted_root_alone(archive: Path) -> None:
    """Detects, does not prevent: a forged log that fits together passes, unless a root was kept elsewhere."""
    minuted = root_of(archive)
    entries = [json.loads(line) for line in _lines((archive / LOG).read_bytes())]
    entries[3]["why"] = "Another reason."
    rewrite(archive, entries)
    assert found(archive) == (0, [])
    assert found(archive, "--minuted", minuted) == (3, [f"altered: {LOG}: {NO_ROOT}"])


def test_a_replay_of_an_older_archive_is_found_by_a_minuted_root_alone(archive: Path, tmp_path: Path) -> None:
    """An older state is whole in itself; only the later root shows that something is missing from its end."""
    older = Path(shutil.copytree(archive, tmp_path / "older"))
    first = root_of(archive)
    correct(archive)
    later = root_of(archive)
    assert first != later
    assert found(older) == (0, [])
    assert found(older, "--minuted", later) == (3, [f"altered: {LOG}: {NO_ROOT}"])
    code, lines = verified(archive, "--minuted", first[:16])
    assert (code, lines[0]) == (0, f"note: {LOG}:10: the minuted root is that after entry 10; 1 came since")


def test_a_log_of_another_archive_is_found_by_a_minuted_root(archive: Path) -> None:
    """The first line names the archive, so its root is in every later one."""
    minuted = root_of(archive)
    entries = [json.loads(line) for line in _lines((archive / LOG).read_bytes())]
    entries[0]["archive"] = "Another Council"
    rewrite(archive, entries)
    assert found(archive, "--minuted", minuted) == (3, [f"altered: {LOG}: {NO_ROOT}"])


def test_a_root_that_is_none_is_wrong_usage(archive: Path) -> None:
    """A root has 16 to 64 hexadecimal digits."""
    code, _, err = ran(archive, "verify", "--minuted", "hello")
    assert (code, "16 to 64 hexadecimal digits" in err) == (2, True)


ADDED = {
    "a chapter": ("archive/beta/2004/03-new.md", "altered", "a chapter was added to a sealed text"),
    "a second copy": ("plans/alpha/2006.md", "altered", "a second file lies where archive/alpha/2006.md is sealed"),
    "an edition": ("archive/alpha/2005.md", "incomplete", "the text is not in the log: it is not sealed"),
    "an attachment": ("archive/alpha/attachments/2006/new.csv", "incomplete", "the attachment is not sealed"),
    "facts": ("archive/gamma/plan.yml", "incomplete", "the log does not have these facts yet"),
}


@pytest.mark.parametrize("name", ADDED)
def test_a_file_that_was_added_is_found(archive: Path, name: str) -> None:
    """What stands inside a sealed text is altered; what the log does not have yet is incomplete."""
    file, kind, what = ADDED[name]
    (archive / file).parent.mkdir(parents=True, exist_ok=True)
    (archive / file).write_text("# New\n", encoding="utf-8")
    assert found(
        archive,
    ) == ({"altered": 3, "incomplete": 4}[kind], [f"{kind}: {file}: {what}"])


def test_a_draft_needs_no_seal(archive: Path) -> None:
    """A draft is not published, so nothing is incomplete without it."""
    draft = "---\ntitle: Alpha\ndraft: yes\n---\n\n# Alpha\n"
    (archive / "plans/alpha/2008.md").write_text(draft, encoding="utf-8", newline="\n")
    assert found(archive) == (0, [])


def test_facts_may_change_and_the_log_asks_why(archive: Path) -> None:
    """plan.yml is not sealed; a change that no entry tells of is incomplete until it is written into the log."""
    edit(archive / "plans/alpha/plan.yml", "abbreviation: AP", "abbreviation: ALP")
    what = "the facts are not as the log has them, and no entry says why"
    assert found(archive) == (4, [f"incomplete: plans/alpha/plan.yml: {what}"])
    assert ran(archive, "publish", "alpha", "--why", "The letters were wrong.")[0] == 0
    assert found(archive) == (0, [])


def test_an_archive_without_a_log_is_incomplete(archive: Path) -> None:
    """Nothing is sealed, so nothing can be called intact."""
    (archive / LOG).unlink()
    (archive / SEALS).unlink()
    assert found(archive) == (4, [f"incomplete: {LOG}: there is no publication log yet: nothing is sealed"])


def test_git_replace_is_found(archive: Path) -> None:
    """Replaced objects would make git show another history."""
    git(archive, "replace", "HEAD", "HEAD~1")
    what = "objects are replaced (git replace): git shows another history than the one that was committed"
    assert found(archive) == (3, [f"altered: .git/refs/replace: {what}"])
    git(archive, "pack-refs", "--all")
    assert found(archive) == (3, [f"altered: .git/refs/replace: {what}"])


def test_grafts_are_found(archive: Path) -> None:
    """Grafts give a commit other parents."""
    (archive / ".git/info").mkdir(exist_ok=True)
    (archive / ".git/info/grafts").write_text(git(archive, "rev-parse", "HEAD") + "\n", encoding="utf-8")
    what = "commits have other parents than they were made with (grafts)"
    assert found(archive) == (3, [f"altered: .git/info/grafts: {what}"])


def test_a_shallow_clone_is_incomplete(archive: Path, tmp_path: Path) -> None:
    """A clone without its history cannot show who changed what."""
    git(tmp_path, "clone", "--quiet", "--depth", "1", f"file://{archive}", "shallow")
    what = "the clone is shallow, so its history is cut off: fetch it whole (git fetch --unshallow)"
    assert found(tmp_path / "shallow") == (4, [f"incomplete: .git/shallow: {what}"])
    git(tmp_path, "clone", "--quiet", str(archive), "clone")
    assert found(tmp_path / "clone") == (0, [])


def test_a_worktree_of_a_repository_is_looked_at_too(archive: Path, tmp_path: Path) -> None:
    """Where `.git` is a file, what all working trees share is read."""
    git(archive, "worktree", "add", "--quiet", "-b", "other", str(tmp_path / "tree"))
    assert found(tmp_path / "tree") == (0, [])
    git(archive, "replace", "HEAD", "HEAD~1")
    assert found(tmp_path / "tree")[0] == 3


def test_a_force_pushed_history_is_found_by_a_minuted_root(archive: Path, tmp_path: Path) -> None:
    """A branch that was set back holds an older log, whole in itself."""
    correct(archive)
    git(archive, "add", "--all")
    git(archive, "commit", "--quiet", "--message", "A correction")
    minuted = root_of(archive)
    git(tmp_path, "init", "--quiet", "--bare", "--initial-branch=main", "origin")
    origin = str(tmp_path / "origin")
    git(archive, "push", "--quiet", origin, "main")
    git(archive, "reset", "--quiet", "--hard", "HEAD~1")
    git(archive, "push", "--quiet", "--force", origin, "main")
    git(tmp_path, "clone", "--quiet", origin, "clone")
    assert found(tmp_path / "clone") == (0, [])
    assert found(tmp_path / "clone", "--minuted", minuted) == (3, [f"altered: {LOG}: {NO_ROOT}"])


CLAIMS = {
    "no signature": ({"identity": "signed"}, "it is said to be signed and names no signature, or the reverse"),
    "an older one": (
        {"identity": "signed", "signer": "a", "signature": 2},
        "the signature that it names does not go over it",
    ),
    "one to come": (
        {"identity": "signed", "signer": "a", "signature": 99},
        "a signature of entry 99 is named, which is not there",
    ),
}


@pytest.mark.parametrize("name", CLAIMS)
def test_an_entry_cannot_claim_a_signature_that_it_has_not(archive: Path, name: str) -> None:
    """Whoever writes a new log cannot say that it was signed: a signature must be there and go over the entry."""
    claim, what = CLAIMS[name]
    entries = [json.loads(line) for line in _lines((archive / LOG).read_bytes())]
    entries[3].update(claim)
    rewrite(archive, entries)
    code, lines = found(archive)
    assert code == 3
    assert any(line.startswith(f"altered: {LOG}") and line.endswith(what) for line in lines)


def test_what_is_printed_cannot_steer_a_terminal(archive: Path) -> None:
    """Words from a log are shown without what a terminal would obey."""
    edit(archive / TEXTS[0], "Every child", "Each child")
    why = ("--why", "A name.", "--authority", "A law.")
    assert ran(archive, "redact", "alpha@2006", *why)[0] == 0
    entries = [json.loads(line) for line in _lines((archive / LOG).read_bytes())]
    entries[-1]["why"] = "\x1b[2Jintact\u202e"
    rewrite(archive, entries)
    code, lines = verified(archive)
    assert code == 0
    assert "\ufffd[2Jintact\ufffd" in lines[0]
    assert verified(archive, "--format", "json")[0] == 0


def test_the_real_command_and_its_json(archive: Path) -> None:
    """The program exits with 3 and prints the findings as data, where asked."""
    spoil(archive / TEXTS[0], lambda c: flipped(c, 100))
    done = plan_archive(archive, "verify", "--format", "json")
    told = json.loads(done.out)
    assert (done.code, told["verdict"], told["what"]) == (3, "altered", "repository")
    assert told["findings"] == [{"kind": "altered", "where": TEXTS[0], "line": None, "what": NOT_SEALED_BYTES}]
    assert verified(archive, "--format", "json")[0] == 3


@pytest.mark.parametrize("command", [("check",), ("publish", "--all", "--why", "More"), ("build",)])
def test_nothing_is_published_or_added_on_top_of_an_altered_text(archive: Path, command: tuple[str, ...]) -> None:
    """An edit of a sealed text is an error of `check`; no site is built, and no entry is added to an altered log."""
    spoil(archive / LOG, _without(10))
    edit(archive / TEXTS[0], "owner: Director", "owner: The Director")
    before = sorted(path.name for path in archive.iterdir()), (archive / LOG).read_bytes()
    done = plan_archive(archive, *command)
    assert done.code == 1, done.out + done.err
    assert (sorted(path.name for path in archive.iterdir()), (archive / LOG).read_bytes()) == before
    said = done.out if command == ("check",) else done.err
    assert (LOG_SEAL if command[0] == "publish" else NOT_SEALED_BYTES) in said
    if command == ("check",):
        lines = done.out.splitlines()
        assert any(line.startswith(f"{TEXTS[0]}:1: {NOT_SEALED_BYTES}") for line in lines)
        assert any(line.startswith(f"{SEALS}:6: {LOG_SEAL}") for line in lines)
