"""The same nine alterations of every kind of file that is checked: exact verdict, exact words, and nothing written.

`found` runs `plan-archive verify` and verify.py, holds them to one answer, and sees to it that neither writes.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from archives import bytes_below, git, plan_archive
from sealed import (
    BROKEN,
    CRLF,
    LOG,
    LOG_SEAL,
    NO_ROOT,
    NOT_SEALED_BYTES,
    SEALS,
    correct,
    flipped,
    found,
    ran,
    root_of,
    sealed_by,
    sealed_tiny,
    spoil,
    verified,
)

TEXT = "archive/alpha/2006.md"
PAGE = "plans/alpha/2007/index.html"
MANIFEST = "manifest.json"


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sealed archive; not to be written to."""
    return sealed_tiny(tmp_path_factory.mktemp("sealed") / "archive")


@pytest.fixture
def archive(whole: Path, tmp_path: Path) -> Path:
    """A copy of the sealed archive that a test may spoil."""
    return Path(shutil.copytree(whole, tmp_path / "archive"))


def _lines(content: bytes) -> list[bytes]:
    return content.splitlines(keepends=True)


def _middle(content: bytes) -> int:
    """A place inside the fourth line, past what stands at its beginning."""
    lines = _lines(content)
    return sum(map(len, lines[:3])) + len(lines[3]) // 2


ALTERED: dict[str, Callable[[bytes], bytes]] = {
    "a byte turned": lambda c: flipped(c, _middle(c)),
    "a byte taken out": lambda c: c[: _middle(c)] + c[_middle(c) + 1 :],
    "a byte put in": lambda c: c[: _middle(c)] + b"0" + c[_middle(c) :],
    "a line taken out": lambda c: b"".join([*_lines(c)[:3], *_lines(c)[4:]]),
    "a line put in": lambda c: b"".join([*_lines(c)[:4], b"{}\n", *_lines(c)[4:]]),
    "two lines swapped": lambda c: b"".join([*_lines(c)[:3], _lines(c)[4], _lines(c)[3], *_lines(c)[5:]]),
    "a byte cut off": lambda c: c[:-1],
    "a line cut off": lambda c: b"".join(_lines(c)[:-1]),
    "line ends turned": lambda c: c.replace(b"\n", b"\r\n"),
}

OF_THE_LOG = {
    "a byte turned": [f"altered: {LOG}:5: {BROKEN}"],
    "a byte taken out": [f"altered: {LOG}:5: {BROKEN}"],
    "a byte put in": [f"altered: {LOG}:5: {BROKEN}"],
    "a line taken out": [f"altered: {LOG}:4: {BROKEN}"],
    "a line put in": [f"altered: {LOG}:5: {BROKEN}"],
    "two lines swapped": [f"altered: {LOG}:4: {BROKEN}"],
    "a byte cut off": [f"altered: {LOG}:10: the last line is not whole"],
    "a line cut off": [
        f"altered: {SEALS}:6: {LOG_SEAL}",
        *(
            f"incomplete: plans/{name}.yml: the log does not have these facts yet"
            for name in ("authority", "registers/law", "registers/partners")
        ),
    ],
    "line ends turned": [f"altered: {LOG}:1: {CRLF}"],
}
_FOURTH = "archive/beta/2004/02-targets.md"
_LINE = f"altered: {SEALS}:4: the log says otherwise"
_GONE = f"altered: {SEALS}: the seal of {{}} is missing, though the log has it"
_ORDER = f"altered: {SEALS}: its lines are not in order, or one stands twice, or the last is not whole"
_NO_LINE = f"altered: {SEALS}:{{}}: this is no line of `sha256sum`"
OF_THE_SEALS = {
    "a byte turned": [_LINE],
    "a byte taken out": [_NO_LINE.format(4), _GONE.format(_FOURTH)],
    "a byte put in": [_NO_LINE.format(4), _GONE.format(_FOURTH)],
    "a line taken out": [_GONE.format(_FOURTH)],
    "a line put in": [_NO_LINE.format(5)],
    "two lines swapped": [_ORDER],
    "a byte cut off": [_GONE.format("plans/alpha/2007.md")],
    "a line cut off": [_GONE.format("plans/alpha/2007.md")],
    "line ends turned": [f"altered: {SEALS}:1: {CRLF}"],
}
OF_A_TEXT = {name: [f"altered: {TEXT}: {NOT_SEALED_BYTES}"] for name in ALTERED} | {
    "line ends turned": [f"altered: {TEXT}: {CRLF}"]
}
OF_FILES = {LOG: OF_THE_LOG, SEALS: OF_THE_SEALS, TEXT: OF_A_TEXT}


@pytest.mark.parametrize("name", ALTERED)
@pytest.mark.parametrize("file", OF_FILES)
def test_an_altered_file_of_an_archive(archive: Path, file: str, name: str) -> None:
    """Each alteration of the log, the seals and a text is told in full, and by every command that could build on it."""
    spoil(archive / file, ALTERED[name])
    assert found(archive) == (3, OF_FILES[file][name])
    before = bytes_below(archive)
    for command in (("publish", "alpha", "--why", "More."), ("close", "alpha@2006")):
        code, _, err = ran(archive, *command)
        assert (code, err != "") == (1, True)
    assert ran(archive, "check")[0] == 1
    assert bytes_below(archive) == before


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of a sealed archive; not to be written to."""
    archive = sealed_tiny(tmp_path_factory.mktemp("built") / "archive")
    done = plan_archive(archive, "build", "--site-dir", str(archive.parent / "site"))
    assert done.code == 0, done.err
    return archive.parent / "site"


NO_MANIFEST = f"altered: {MANIFEST}: this is no manifest, or its own SHA-256 does not fit it"
OTHER_BUILD = f"altered: {PAGE}: its bytes are not those of this build"


@pytest.mark.site
@pytest.mark.parametrize("name", ALTERED)
@pytest.mark.parametrize(("file", "told"), [(MANIFEST, NO_MANIFEST), (PAGE, OTHER_BUILD)])
def test_an_altered_file_of_a_site(built: Path, tmp_path: Path, file: str, told: str, name: str) -> None:
    """Each alteration of the manifest and of a page is told."""
    site = Path(shutil.copytree(built, tmp_path / "site"))
    spoil(site / file, ALTERED[name])
    assert found(site) == (3, [told])


def _cut(archive: Path, entries: int) -> None:
    """Take entries off the end of the log, with the texts and the seals that they made."""
    lines = _lines((archive / LOG).read_bytes())
    for line in lines[-entries:]:
        for path in json.loads(line).get("files", {}):
            if path.endswith(".md"):
                (archive / path).unlink()
    log = b"".join(lines[:-entries])
    (archive / LOG).write_bytes(log)
    sealed_by(archive, log)


def test_an_end_that_was_cut_off_with_its_seals_is_found_by_a_minuted_root_alone(archive: Path) -> None:
    """Log, seals and texts of before fit each other: only a root that was kept elsewhere shows that one is missing."""
    earlier = root_of(archive)
    correct(archive)
    minuted = root_of(archive)
    _cut(archive, 1)
    assert found(archive) == (0, [])
    assert found(archive, "--minuted", minuted) == (3, [f"altered: {LOG}: {NO_ROOT}"])
    assert found(archive, "--minuted", minuted[:16]) == (3, [f"altered: {LOG}: {NO_ROOT}"])
    assert verified(archive, "--minuted", earlier)[0] == 0


def test_a_checkout_that_turns_line_ends_is_named(archive: Path, tmp_path: Path) -> None:
    """Git itself, told to write CRLF: the log, the seals and each text are named with the cause."""
    git(tmp_path, "-c", "core.autocrlf=true", "clone", "--quiet", str(archive), "checkout")
    checkout = tmp_path / "checkout"
    assert b"\r\n" in (checkout / TEXT).read_bytes()
    code, lines = found(checkout)
    assert code == 3
    assert lines[:2] == [f"altered: {LOG}:1: {CRLF}", f"altered: {SEALS}:1: {CRLF}"]
    for file in (LOG, SEALS):
        shutil.copy(archive / file, checkout / file)
    code, lines = found(checkout)
    sealed = [
        line[66:] for line in (archive / SEALS).read_text(encoding="utf-8").splitlines() if not line.endswith(LOG)
    ]
    assert code == 3
    assert [line for line in lines if line.startswith("altered")] == [f"altered: {file}: {CRLF}" for file in sealed]


def test_a_name_of_two_things_is_refused_by_the_commands(archive: Path) -> None:
    """A branch and a tag of one name: nothing is reported or compared on a guess, and nothing is written."""
    git(archive, "tag", "v1", "HEAD~1")
    git(archive, "branch", "v1", "HEAD")
    before = bytes_below(archive)
    said = "`v1` is the name of refs/heads/v1 and refs/tags/v1: write the one you mean in full"
    commands = (
        ("report", "--base", "v1", "--output", "out.html"),
        ("compare", "v1:plans/alpha/2007.md", f"HEAD:{TEXT}"),
    )
    for command in commands:
        done = plan_archive(archive, *command)
        assert (done.code, done.out, done.err) == (1, "", f"error: {said}\n")
    assert bytes_below(archive) == before


def test_a_branch_named_like_an_option_is_never_one(archive: Path) -> None:
    """Such a branch can be made, and can only be named in full; no command hands it to git as an option."""
    git(archive, "update-ref", "refs/heads/--output=stolen", "HEAD~1")
    before = bytes_below(archive)
    said = "`--output=stolen` is not a revision: give a commit, a branch or a tag"
    commands = (
        ("report", "--base=--output=stolen", "--format", "json"),
        ("compare", "--", "--output=stolen:plans/alpha/2007.md", f"HEAD:{TEXT}"),
    )
    for command in commands:
        done = plan_archive(archive, *command)
        assert (done.code, done.out, done.err) == (1, "", f"error: {said}\n")
    assert bytes_below(archive) == before
    assert plan_archive(archive, "report", "--base=refs/heads/--output=stolen", "--format", "json").code == 0
    assert found(archive) == (0, [])
