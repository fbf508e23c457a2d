"""Signed tags: git's own signature over a commit that holds the seals is checked, by both programs, with one answer."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from archives import COMMAND, environment, git
from sealed import LOG, VERIFIER, correct, root_of, sealed_tiny, verified

SIGNERS = "archive/allowed_signers"
CLERK = "clerk@littleshire.example"


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sealed archive in a repository; not to be written to."""
    return sealed_tiny(tmp_path_factory.mktemp("sealed") / "archive")


@pytest.fixture
def archive(whole: Path, tmp_path: Path) -> Path:
    """A copy of the sealed archive."""
    return Path(shutil.copytree(whole, tmp_path / "archive"))


def _key(folder: Path, name: str) -> Path:
    """A new key to sign with; its public half lies beside it."""
    file = folder / name
    made = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", name, "-f", str(file)]
    subprocess.run(made, check=True, capture_output=True)
    return file


def _public(key: Path) -> str:
    kind, words, *_ = key.with_suffix(".pub").read_text(encoding="utf-8").split()
    return f"{kind} {words}"


def _print(key: Path) -> str:
    """A key's fingerprint, as ssh-keygen prints it."""
    shown = ["ssh-keygen", "-l", "-E", "sha256", "-f", f"{key}.pub"]
    return subprocess.run(shown, check=True, capture_output=True, text=True).stdout.split()[1]


def _allow(archive: Path, *lines: str) -> None:
    (archive / SIGNERS).write_text("".join(f"{line}\n" for line in lines), encoding="utf-8", newline="\n")


def _sign(archive: Path, key: Path, name: str = "2007-audit", commit: str = "HEAD") -> None:
    signing = ("-c", "gpg.format=ssh", "-c", f"user.signingKey={key}")
    git(archive, *signing, "tag", "--sign", "--message", "Audited", name, commit)


def _tags(archive: Path, *arguments: str) -> tuple[int, list[str]]:
    """What both programs say of tags."""
    code, lines = verified(archive, *arguments)
    return code, [line for line in lines if "refs/tags" in line]


def test_a_good_tag_is_told_with_its_signer_and_its_state(archive: Path, tmp_path: Path) -> None:
    """The tag is worth as much as a minuted root: it names the state of the log, also when entries came since."""
    key = _key(tmp_path, "clerk")
    _sign(archive, key)
    _allow(archive, f"{CLERK} {_public(key)}")
    good = f"note: refs/tags/2007-audit: good: signed by {CLERK} with the key {_print(key)}; its commit has the archive"
    assert _tags(archive) == (0, [f"{good} root after entry 10; 0 came since"])
    by_git = ("-c", f"gpg.ssh.allowedSignersFile={archive / SIGNERS}", "verify-tag", "2007-audit")
    git(archive, *by_git)
    correct(archive)
    assert _tags(archive) == (0, [f"{good} root after entry 10; 1 came since"])


def test_the_list_of_signers_is_the_one_that_is_given(archive: Path, tmp_path: Path) -> None:
    """`--allowed-signers` takes the place of the archive's own list, for tags as for seals."""
    key, other = _key(tmp_path, "clerk"), _key(tmp_path, "other")
    _sign(archive, key)
    _allow(archive, f"{CLERK} {_public(other)}")
    unknown = f"note: refs/tags/2007-audit: unknown key {_print(key)}: "
    assert _tags(archive) == (0, [f"{unknown}the list of allowed signers does not have it"])
    elsewhere = tmp_path / "signers"
    elsewhere.write_text(f"auditor@littleshire.example {_public(key)}\n", encoding="utf-8")
    code, (line,) = _tags(archive, "--allowed-signers", str(elsewhere))
    assert (code, line.split(" with ")[0]) == (
        0,
        "note: refs/tags/2007-audit: good: signed by auditor@littleshire.example",
    )
    (archive / SIGNERS).unlink()
    told = "there is no list of allowed signers (archive/allowed_signers)"
    assert _tags(archive) == (0, [unknown + told])


def test_a_key_that_may_sign_other_things_alone_is_unknown(archive: Path, tmp_path: Path) -> None:
    """A key that is allowed for the seals alone does not stand for a tag, nor one outside its days."""
    key = _key(tmp_path, "clerk")
    _sign(archive, key)
    _allow(archive, f'{CLERK} namespaces="plan-archive" {_public(key)}')
    code, (line,) = _tags(archive)
    assert code == 0
    assert line.endswith(
        f"unknown key {_print(key)}: the list of allowed signers has it, and not for tags (namespace git)"
    )
    for days, known in (('valid-before="20080101"', True), ('valid-before="20070101"', False)):
        _allow(archive, f"{CLERK} {days} {_public(key)}")
        code, (line,) = _tags(archive)
        assert (code, line.split(": ")[2]) == (0, "good" if known else f"unknown key {_print(key)}")


def _retagged(archive: Path, old: bytes, new: bytes) -> None:
    """Put another object in the tag's place, as somebody would who may write to the repository."""
    content = subprocess.run(["git", "cat-file", "tag", "2007-audit"], cwd=archive, capture_output=True, check=True)
    assert content.stdout.count(old) == 1
    made = subprocess.run(
        ["git", "hash-object", "-t", "tag", "-w", "--stdin", "--literally"],
        cwd=archive, input=content.stdout.replace(old, new), capture_output=True, check=True,
    )  # fmt: skip
    git(archive, "update-ref", "refs/tags/2007-audit", made.stdout.decode().strip())


def test_a_changed_tag_is_altered(archive: Path, tmp_path: Path) -> None:
    """Other words, another commit or another signature under the signer's name: bad, whoever is allowed."""
    key = _key(tmp_path, "clerk")
    _sign(archive, key)
    _allow(archive, f"{CLERK} {_public(key)}")
    bad = "altered: refs/tags/2007-audit: bad: the signature is not one over this tag"
    whole = git(archive, "rev-parse", "refs/tags/2007-audit")
    last = git(archive, "rev-parse", "HEAD")
    extra = git(archive, "commit-tree", "HEAD^{tree}", "-p", "HEAD", "-m", "Another")
    changes = [(b"Audited", b"Ordered"), (last.encode(), extra.encode()), (b"Tester <", b"Mayor <")]
    for old, new in changes:
        _retagged(archive, old, new)
        assert _tags(archive) == (3, [bad])
        git(archive, "update-ref", "refs/tags/2007-audit", whole)
    (archive / SIGNERS).unlink()
    _retagged(archive, *changes[0])
    assert _tags(archive) == (3, [bad])


def test_a_tag_without_seals_at_its_commit_is_not_asked(archive: Path, tmp_path: Path) -> None:
    """Unsigned tags, tags of something else, and tags of a commit before the log say nothing of the archive."""
    key = _key(tmp_path, "clerk")
    _sign(archive, key, "before", "HEAD~1")
    git(archive, "-c", "gpg.format=ssh", "-c", f"user.signingKey={key}", "tag", "-s", "-m", "x", "tree", "HEAD^{tree}")
    git(archive, "tag", "light")
    git(archive, "tag", "--annotate", "--message", "No signature", "plain")
    assert _tags(archive) == (0, [])


def test_a_tag_that_was_put_under_another_name_says_so(archive: Path, tmp_path: Path) -> None:
    """The name is signed too."""
    key = _key(tmp_path, "clerk")
    _sign(archive, key)
    _allow(archive, f"{CLERK},deputy@littleshire.example {_public(key)}")
    git(archive, "update-ref", "refs/tags/2009-audit", "refs/tags/2007-audit")
    _, (first, second) = _tags(archive)
    assert first.startswith(f"note: refs/tags/2007-audit: good: signed by {CLERK} with")
    assert "it was made as" not in first
    assert "; it was made as the tag `2007-audit`; its commit has" in second


def test_another_way_of_signing_is_a_note(archive: Path, tmp_path: Path) -> None:
    """What ssh-keygen cannot check is said to be unchecked."""
    _sign(archive, _key(tmp_path, "clerk"))
    _retagged(archive, b"-----BEGIN SSH SIGNATURE-----", b"-----BEGIN PGP SIGNATURE-----")
    what = "the tag is signed in another way than with an SSH key, and was not checked: see git verify-tag"
    assert _tags(archive) == (0, [f"note: refs/tags/2007-audit: {what}"])


def test_a_log_that_was_cut_or_written_anew_does_not_have_a_tags_state(archive: Path, tmp_path: Path) -> None:
    """A branch that was set back is whole in itself; a signed tag that stayed finds it, without a minuted root."""
    key = _key(tmp_path, "clerk")
    correct(archive)
    git(archive, "add", "--all")
    git(archive, "commit", "--quiet", "--message", "A correction")
    _sign(archive, key)
    git(archive, "reset", "--quiet", "--hard", "HEAD~1")
    assert verified(archive)[0] == 0
    _allow(archive, f"{CLERK} {_public(key)}")
    code, (line,) = _tags(archive)
    lost = "no state of this log has the archive root of its commit: lines were changed or taken away since"
    good = f"good: signed by {CLERK} with the key {_print(key)}"
    assert (code, line) == (3, f"altered: refs/tags/2007-audit: {good}, and {lost}")


def test_an_archive_below_the_top_of_a_repository_has_its_tags(whole: Path, tmp_path: Path) -> None:
    """The seals are looked for where the archive lies in the tag's commit."""
    outer, key = tmp_path / "outer", _key(tmp_path, "clerk")
    shutil.copytree(whole, outer / "plans of the council", ignore=shutil.ignore_patterns(".git"))
    git(outer, "init", "--quiet", "--initial-branch=main")
    git(outer, "add", "--all")
    git(outer, "commit", "--quiet", "--message", "All")
    _sign(outer, key)
    assert _tags(outer / "plans of the council")[1][0].startswith("note: refs/tags/2007-audit: unknown key SHA256:")


def test_nothing_of_the_repositorys_configuration_is_run(archive: Path, tmp_path: Path) -> None:
    """A repository may name programs that check signatures; none of them runs."""
    _sign(archive, _key(tmp_path, "clerk"))
    for name in ("gpg.ssh.program", "gpg.program", "core.fsmonitor", "core.pager", "core.sshCommand"):
        git(archive, "config", name, f"touch {archive}/stolen; false")
    assert verified(archive)[0] == 0
    assert not (archive / "stolen").exists()


def _both(folder: Path, tools: Path) -> tuple[int, list[str]]:
    """What both programs say where only some programs can be found."""
    told = []
    for command in ([COMMAND, "-C", str(folder), "verify"], [sys.executable, "-I", "-S", str(VERIFIER), str(folder)]):
        done = subprocess.run(
            command, env=environment(PATH=str(tools)), capture_output=True, text=True, check=False, cwd=folder
        )
        told.append((done.returncode, done.stdout.splitlines()[:-2]))
    assert told[0] == told[1]
    return told[0]


def _tools(tmp_path: Path, *names: str) -> Path:
    """A folder with some of the machine's programs and no others."""
    folder = tmp_path / "-".join(["tools", *names])
    folder.mkdir()
    for name in names:
        (folder / name).symlink_to(shutil.which(name) or "")
    return folder


@pytest.mark.skipif(os.name == "nt", reason="links to programs")
def test_what_is_not_installed_is_said_to_be_unchecked(archive: Path, tmp_path: Path) -> None:
    """Without git or without ssh-keygen a repository with tags is never called intact."""
    assert _both(archive, _tools(tmp_path)) == (0, [])
    _sign(archive, _key(tmp_path, "clerk"))
    told = "incomplete: refs/tags/2007-audit: the signature cannot be checked: ssh-keygen is not installed"
    assert _both(archive, _tools(tmp_path, "git")) == (4, [told])
    what = "signed tags cannot be checked: git is not installed, or cannot read this repository whole"
    neither = (4, [f"incomplete: .git/refs/tags: {what}"])
    assert _both(archive, _tools(tmp_path, "ssh-keygen")) == neither
    git(archive, "pack-refs", "--all")
    shutil.rmtree(archive / ".git/refs/tags")
    assert _both(archive, _tools(tmp_path, "ls")) == neither


REPLACED = "objects are replaced (git replace): git shows another history than the one that was committed"
UNREAD = "references are kept in a form that git alone can read, and it cannot be asked here"


@pytest.mark.skipif(os.name == "nt", reason="links to programs")
def test_replaced_objects_are_found_without_git_too(archive: Path, tmp_path: Path) -> None:
    """Where git is not installed, its files are read: a loose reference, and a packed one."""
    git(archive, "replace", "HEAD", "HEAD~1")
    tools = _tools(tmp_path)
    assert _both(archive, tools) == (3, [f"altered: .git/refs/replace: {REPLACED}"])
    git(archive, "pack-refs", "--all")
    shutil.rmtree(archive / ".git/refs/replace")
    assert _both(archive, tools) == (3, [f"altered: .git/refs/replace: {REPLACED}"])


def _reftable(archive: Path) -> bool:
    """Keep a repository's references as a reftable, if git can; whether it can."""
    done = subprocess.run(
        ["git", "refs", "migrate", "--ref-format=reftable"], cwd=archive, capture_output=True, check=False
    )
    if done.returncode == 0:
        return True
    for name, value in (("core.repositoryFormatVersion", "1"), ("extensions.refStorage", "reftable")):
        git(archive, "config", name, value)
    shutil.rmtree(archive / ".git/refs")
    (archive / ".git/refs").mkdir()
    (archive / ".git/refs/heads").write_text("this repository uses the reftable format\n", encoding="utf-8")
    (archive / ".git/HEAD").write_text("ref: refs/heads/.invalid\n", encoding="utf-8")
    (archive / ".git/reftable").mkdir()
    return False


def test_replaced_objects_in_a_reftable_are_found_or_said_to_be_unchecked(archive: Path) -> None:
    """A git that knows the form is asked; one that does not, or none, can tell nothing, and that is said."""
    git(archive, "replace", "HEAD", "HEAD~1")
    known = _reftable(archive)
    lines = [line for line in verified(archive)[1] if ".git/refs" in line]
    unread = [
        f"incomplete: .git/refs/replace: replaced objects cannot be checked: {UNREAD}",
        f"incomplete: .git/refs/tags: signed tags cannot be checked: {UNREAD}",
    ]
    assert lines == ([f"altered: .git/refs/replace: {REPLACED}"] if known else unread)
    assert verified(archive)[0] == (3 if known else 4)


@pytest.mark.skipif(os.name == "nt", reason="a program of the shell's")
def test_git_is_asked_for_references_and_not_its_folders(archive: Path, tmp_path: Path) -> None:
    """A git that finds references where no folder shows them is believed: here it answers from another repository."""
    shadow = Path(shutil.copytree(archive / ".git", tmp_path / "shadow"))
    git(archive, f"--git-dir={shadow}", "replace", "HEAD", "HEAD~1")
    _reftable(archive)
    tools = _tools(tmp_path)
    stand_in = tools / "git"
    stand_in.write_text(f'#!/bin/sh\nexec {shutil.which("git")} --git-dir={shadow} "$@"\n', encoding="utf-8")
    stand_in.chmod(0o755)
    assert _both(archive, tools) == (3, [f"altered: .git/refs/replace: {REPLACED}"])


def test_a_tag_and_a_minuted_root_agree(archive: Path, tmp_path: Path) -> None:
    """What the tag names is what an auditor would have minuted."""
    minuted = root_of(archive)
    _sign(archive, _key(tmp_path, "clerk"))
    correct(archive)
    code, lines = verified(archive, "--minuted", minuted)
    assert (code, lines[0]) == (0, f"note: {LOG}:10: the minuted root is that after entry 10; 1 came since")
