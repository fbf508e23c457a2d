"""Commands refuse what `verify` would not call whole, and say what to do; nothing is written."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest

from archives import bytes_below, copy_tiny, edit, git, plan_archive
from plan_archive import GitError
from plan_archive.record.git import head, resolve
from sealed import LOG, entries_of, found, ran, rewrite

CLERK = "clerk@littleshire.example"
WHY = ("--why", "A name.", "--authority", "A law.")


# Signing.


@pytest.mark.parametrize(
    ("signer", "listed", "told"),
    [
        ("clerk (a)", "", "`clerk (a)` is no name of a signer"),
        ("-clerk", CLERK, "`-clerk` is no name of a signer"),
        ("mayor@littleshire.example", CLERK, "the signature is not one of mayor@littleshire.example over these seals"),
        (CLERK, f'{CLERK} namespaces="git"', f"the signature is not one of {CLERK} over these seals"),
    ],
)
def test_a_signature_that_verify_would_refuse_is_not_written(
    archive: Path, key: Path, signer: str, listed: str, told: str
) -> None:
    """The archive's own list says who may sign, with which name and what for."""
    edit(archive / "plans/alpha/plan.yml", "abbreviation: AP", "abbreviation: ALP")
    if listed:
        public = key.with_suffix(".pub").read_text(encoding="utf-8")
        (archive / "archive/allowed_signers").write_text(f"{listed} {public}", encoding="utf-8")
    before = bytes_below(archive)
    answer = ran(archive, "publish", "alpha", "--why", "Letters.", "--sign", str(key), f"--signer={signer}")
    assert answer == (1, "", f"verify would refuse this signature, so nothing was written: {told}")
    assert bytes_below(archive) == before


# Git that cannot read a repository.


def test_only_a_folder_without_a_repository_has_none(tmp_path: Path) -> None:
    """No repository, and one without a commit, are no fault."""
    folder = copy_tiny(tmp_path / "loose")
    assert head(folder) is None
    git(folder, "init", "--quiet")
    assert head(folder) is None


@pytest.mark.site
def test_a_repository_that_cannot_be_read_is_not_taken_for_none(archive: Path) -> None:
    """A commit that is missing: verify says so, and no site is built that would say that there is no git."""
    name = git(archive, "rev-parse", "HEAD")
    (archive / ".git/objects" / name[:2] / name[2:]).unlink()
    with pytest.raises(GitError, match="HEAD"):
        head(archive)
    code, (line,) = found(archive)
    assert (code, line.partition(" checked: ")[0]) == (
        4,
        "incomplete: .git: git cannot read this repository, so its history was not",
    )
    done = plan_archive(archive, "build")
    assert (done.code, "Traceback" in done.err, (archive / "site").exists()) == (1, False, False)
    assert "git cannot read this repository, so its history was not checked" in done.err
    code, _, err = ran(archive, "pack", "alpha", "--output", str(archive.parent / "x.zip"))
    assert (code, "something unforeseen" in err, (archive.parent / "x.zip").exists()) == (1, False, False)


@pytest.mark.skipif(os.name == "nt", reason="a program of the shell's")
def test_a_repository_of_somebody_else_is_reported(
    archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Git refuses to read what another user owns, and says what to do; that is passed on."""
    words = "fatal: detected dubious ownership in repository"
    (tmp_path / "tools").mkdir()
    (tmp_path / "tools/git").write_text(
        f'#!/bin/sh\necho "{words}\n\nTo add it, call:" >&2\nexit 128\n', encoding="utf-8"
    )
    (tmp_path / "tools/git").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path / "tools"), prepend=os.pathsep)
    told = f"git cannot read this repository, so its history was not checked: {words} To add it, call:"
    assert found(archive) == (4, [f"incomplete: .git: {told}"])
    for ask in (lambda: head(archive), lambda: resolve(archive, "HEAD")):
        with pytest.raises(GitError, match=f"{words} To add it, call:"):
            ask()


def test_a_partial_clone_is_incomplete(archive: Path, tmp_path: Path) -> None:
    """A clone that left objects out cannot show what was changed; one that holds them all can."""
    edit(archive / "plans/alpha/plan.yml", "abbreviation: AP", "abbreviation: ALP")
    assert ran(archive, "publish", "alpha", "--why", "Letters.")[0] == 0
    git(archive, "commit", "--quiet", "--all", "--message", "Letters")
    git(archive, "config", "uploadpack.allowFilter", "true")
    for name, kind in (("partial", "blob:none"), ("whole", "blob:limit=1g")):
        git(tmp_path, "clone", "--quiet", f"--filter={kind}", f"file://{archive}", name)
    what = "the clone is partial, so a part of its history is missing: clone it without a filter"
    assert found(tmp_path / "partial") == (4, [f"incomplete: .git/objects/pack: {what}"])
    assert found(tmp_path / "whole") == (0, [])


# Removals.


def test_data_is_not_removed_from_an_archive_that_was_altered(archive: Path) -> None:
    """Only the edition's own files may differ from their seals."""
    edit(archive / "archive/alpha/2006.md", "Every child", "Each child")
    edit(archive / "plans/alpha/2007.md", "one working day", "two working days")
    before = bytes_below(archive)
    told = "plans/alpha/2007.md: the bytes are not those that were sealed; see: plan-archive verify"
    assert ran(archive, "redact", "alpha@2006", *WHY) == (1, "", told)
    assert bytes_below(archive) == before


@pytest.mark.skipif(os.name == "nt", reason="links")
def test_a_link_is_not_what_is_left_of_a_text(archive: Path, tmp_path: Path) -> None:
    """The bytes that are sealed lie in the archive."""
    text = archive / "archive/alpha/2006.md"
    edit(text, "Every child", "Each child")
    text.rename(tmp_path / "elsewhere.md")
    text.symlink_to(tmp_path / "elsewhere.md")
    before = bytes_below(archive)
    told = "archive/alpha/2006.md is a link, or lies below one: put the file itself there"
    assert ran(archive, "redact", "alpha@2006", *WHY) == (1, "", told)
    assert bytes_below(archive) == before


def test_what_is_left_of_a_text_can_be_read(archive: Path) -> None:
    """A text that check would refuse is not sealed."""
    edit(archive / "archive/alpha/2006.md", "published: 2006-03-31", "published: 31 March")
    before = bytes_below(archive)
    code, _, err = ran(archive, "redact", "alpha@2006", *WHY)
    assert (code, err.split(": ")[0].partition(":")[0]) == (1, "archive/alpha/2006.md")
    assert bytes_below(archive) == before


# Attachments that came late.


def test_check_and_publish_agree_on_an_attachment_that_came_late(archive: Path) -> None:
    """It is sealed with a correction, and with nothing else; both say so, until it is."""
    file = "plans/alpha/attachments/2007/late.csv"
    (archive / file).parent.mkdir(parents=True)
    (archive / file).write_text("a,b\n", encoding="utf-8")
    told = (
        "the attachment is not sealed; attachments are sealed with a text: give it with a correction,"
        " <edition>.v2.md, or take it away"
    )
    _, out, _ = ran(archive, "check")
    assert f"{file}:1: warning: {told}" in out.splitlines()
    answer = ran(archive, "publish", "--all", "--why", "More.")
    assert answer == (0, "", f"note: {file}: {told}\nNothing to write: the log has it already.\n")
    first = archive / "plans/alpha/2007.md"
    second = first.with_name("2007.v2.md")
    shutil.copy(first, second)
    edit(second, "owner: Director", 'corrects: v1\nreason: "A table was missing."\nowner: Director')
    edit(second, "published: 2007-03-30", "published: 2007-05-04")
    code, _, err = ran(archive, "publish", "--all", "--why", "A table.")
    assert (code, "note: " in err) == (0, False)
    assert entries_of(archive)[-1]["attachments"].keys() == {file}
    assert found(archive) == (0, [])


# Folders that hold no archive, and names that would steer a terminal.


@pytest.mark.parametrize("there", ["", "plans"])
@pytest.mark.parametrize("command", ["publish", "close", "redact"])
def test_nothing_is_left_in_a_folder_that_holds_no_archive(tmp_path: Path, there: str, command: str) -> None:
    """No archive/ is made where there is none."""
    (tmp_path / "here" / there).mkdir(parents=True)
    more = {"publish": ("--all", "--why", "x"), "close": ("a@b",), "redact": ("a@b", *WHY)}[command]
    code, _, err = ran(tmp_path / "here", command, *more)
    assert code == 1
    assert there or err == f"{tmp_path / 'here'} holds no archive: run it in the archive's folder, or -C FOLDER"
    assert [path.name for path in (tmp_path / "here").iterdir()] == ([there] if there else [])


@pytest.mark.skipif(os.name == "nt", reason="characters in names")
def test_check_marks_what_a_terminal_would_obey(archive: Path) -> None:
    """A file's name is shown without control characters, for people, for programs and for GitHub."""
    (archive / "plans/alpha/a\x1b[2J\u202e.md").write_text("x\n", encoding="utf-8")
    name = "plans/alpha/a\ufffd[2J\ufffd.md"
    for form in ("text", "json", "github"):
        code, out, err = ran(archive, "check", "--format", form)
        assert code == 1
        assert name in out
        assert not {"\x1b", "\u202e"} & set(out + err)
        assert form != "json" or "\\u001b" not in out


# Entries that fit together and cannot be so.


@pytest.mark.parametrize(
    ("number", "changes", "told"),
    [
        (3, {"on": "2020-13-45"}, "`on`: "),
        (3, {"on": "2020-02-30"}, "`on`: is not a day of the calendar: check the month and the day"),
        (3, {"plan": "gamma", "event": "lapse"}, "the archive has no plan `gamma`"),
        (9, {"recorded": "2001-01-01"}, "it is said to have been recorded on 2001-01-01, and the entry above it on"),
    ],
)
def test_check_names_the_line_of_an_entry_that_cannot_be(
    archive: Path, number: int, changes: dict[str, str], told: str
) -> None:
    """Days of the calendar, plans that are there, and days of recording that go forward."""
    entries = entries_of(archive)
    entries[number] |= changes
    rewrite(archive, entries)
    code, out, _ = ran(archive, "check")
    assert code == 1
    assert [line for line in out.splitlines() if line.startswith(f"{LOG}:{number + 1}: {told}")], out


@pytest.mark.site
def test_no_site_is_built_on_a_day_that_is_none(archive: Path) -> None:
    """The build says the line, and shows no traceback."""
    entries = entries_of(archive)
    entries[3]["on"] = "2020-13-45"
    rewrite(archive, entries)
    done = plan_archive(archive, "build")
    assert (done.code, f"{LOG}:4: `on`" in done.err, "Traceback" in done.err) == (1, True, False)


def test_the_words_of_the_pages_are_followed(archive: Path) -> None:
    """A catalogue of words is in the log like a register: its changes have a reason."""
    (archive / "plans/languages").mkdir()
    (archive / "plans/languages/cy.po").write_text('msgid ""\nmsgstr ""\n', encoding="utf-8", newline="\n")
    name = "plans/languages/cy.po"
    assert found(archive) == (4, [f"incomplete: {name}: the log does not have these facts yet"])
    assert ran(archive, "publish", "registers", "--why", "Words in Welsh.")[0] == 0
    assert list(entries_of(archive)[-1]["files"]) == [name]
    assert found(archive) == (0, [])
    assert json.loads(ran(archive, "verify", "--format", "json")[1])["verdict"] == "intact"
