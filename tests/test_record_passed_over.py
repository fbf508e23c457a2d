"""What could be taken for whole, and is not: no verdict of `intact` by a way round the seals."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import zlib
from pathlib import Path

import pytest

from archives import bytes_below, edit, git, plan_archive
from plan_archive.record import verify
from sealed import LOG, MISSING_TEXT, SEALS, correct, entries_of, found, ran, rehash, rewrite, sealed_tiny, verified

CLERK = "clerk@littleshire.example"
NOT_SEALED = "the text is not in the log: it is not sealed"
LINK = "this is a link: what it leads to is no part of what was given to check"
FORGED = "does not have the content that its name is the hash of"
LOST = "no state of this log has the archive root of its commit: lines were changed or taken away since"


def _allowed(key: Path, who: str = CLERK) -> str:
    return f"{who} {key.with_suffix('.pub').read_text(encoding='utf-8')}"


def _correction(archive: Path, more: str, name: str = "2007.v2.md") -> Path:
    first = archive / "plans/alpha/2007.md"
    second = first.with_name(name)
    shutil.copy(first, second)
    edit(second, "owner: Director", f"corrects: v1\nreason: A word was wrong.\n{more}owner: Director")
    edit(second, "one working day", "forty working days")
    return second


DRAFTS = {
    "a plain one": "draft: yes\n",
    "in quotes": 'title: "Alpha, \\"new\\""\nteam: [a, "b"]\nwords: the council\'s\ndraft: "yes" # for now\n',
    "after a list": "links:\n  - 'it''s'\n  - https://a.example/b\n  - at: -5\n\n# A note: \"x\ndraft: yes\n",
    "after maps in maps": "rows: {a: {was: [x, \"y\"], of: 'z'}, b: {}}\ndraft: yes\n",
    "after what nobody can follow, at the end": 'rows: {a: b\n  "c}\ndraft: yes\n',
    "after a folded value": "words: >\n  draft\n\n  of it\ndraft: yes\n",
}
NO_DRAFTS = {
    "within double quotes": 'words: "A word\ndraft: yes\n  of it."\n',
    "within single quotes": "words: 'A word\ndraft: yes\n  of it.'\n",
    "within a list": "words: [a,\ndraft: yes\n]\n",
    "within a map after a quote that is none": 'words: {a: b "c, d: "e}\ndraft: yes\nf: "g\n',
    "within a map": "words: {a: b,\ndraft: yes\n}\n",
    "in quotes within a list": 'words:\n  - "A word\ndraft: yes\n  of it."\n',
    "within a value below a key of two words": 'a b: "A word\ndraft: yes\n  of it."\n',
    "within a key": '? "A word\ndraft: yes\n  of it."\n: x\n',
    "within a value of a list of lists": '- - "A word\ndraft: yes\n  of it."\n',
    "within a folded value": "words: >\n  draft: yes\n",
    "below another key": "words:\n  draft: yes\n",
    "no": "draft: no\n",
    "in the text": "a: b\n---\n\ndraft: yes\n",
}


@pytest.mark.parametrize("name", [*DRAFTS, *NO_DRAFTS])
def test_a_draft_is_what_its_front_matter_says_and_not_what_a_sentence_holds(archive: Path, name: str) -> None:
    """Only where the line cannot be a part of another value is a text without a seal nothing to tell."""
    front = {**DRAFTS, **NO_DRAFTS}[name]
    text = f"---\n{front}---\n\n# Alpha\n"
    (archive / "plans/alpha/2008.md").write_text(text, encoding="utf-8", newline="\n")
    told = [str(finding) for finding in verify.verify(archive).findings]
    assert told == ([] if name in DRAFTS else [f"incomplete: plans/alpha/2008.md: {NOT_SEALED}"])


def test_a_new_edition_is_a_draft_to_verify(archive: Path) -> None:
    """What `plan-archive new` writes needs no seal."""
    assert ran(archive, "new", "alpha@2008")[0] == 0
    assert found(archive) == (0, [])


def test_a_correction_of_a_sealed_edition_is_no_draft(archive: Path) -> None:
    """Whatever it says of itself: verify wants its seal, and check refuses it on the line."""
    second = _correction(archive, "draft: yes\n")
    assert found(archive) == (4, [f"incomplete: plans/alpha/2007.v2.md: {NOT_SEALED}"])
    line = second.read_text(encoding="utf-8").splitlines().index("draft: yes") + 1
    code, out, _ = ran(archive, "check")
    what = "version 2 calls itself a draft, and the edition is published"
    remedy = "take `draft` out, or keep the file away until it is final"
    assert (code, f"plans/alpha/2007.v2.md:{line}: {what}; {remedy}" in out.splitlines()) == (1, True)


@pytest.mark.site
def test_no_site_leaves_out_a_sealed_edition(archive: Path) -> None:
    """A build stops on a correction that calls itself a draft, and the edition is no draft to any page."""
    _correction(archive, "draft: yes\n")
    done = plan_archive(archive, "build")
    assert (done.code, "version 2 calls itself a draft" in done.err) == (1, True)
    assert not (archive / "site").exists()
    assert ran(archive, "where", "alpha@2007")[0] in {0, 1}


def test_a_name_that_ends_in_a_line_end_is_no_texts(archive: Path) -> None:
    """Neither verify nor check takes it for a text."""
    _correction(archive, "", "2007.v2.md\n")
    what = "a file of this name has no meaning here, and was not checked"
    assert found(archive) == (4, [f"incomplete: plans/alpha/2007.v2.md\ufffd: {what}"])
    code, out, _ = ran(archive, "check")
    assert (code, out.splitlines()[0].split(": ")[0]) == (1, "plans/alpha/2007.v2.md\ufffd:1")


def test_a_file_without_a_meaning_is_told(archive: Path) -> None:
    """Whatever lies in plans/ or archive/ was checked, or is named."""
    for name in ("plans/alpha/2007.txt", "plans/alpha/deep/er/2007.md", "archive/notes.md"):
        (archive / name).parent.mkdir(parents=True, exist_ok=True)
        (archive / name).write_text("x\n", encoding="utf-8")
    what = "a file of this name has no meaning here, and was not checked"
    names = ("plans/alpha/2007.txt", "plans/alpha/deep/er/2007.md", "archive/notes.md")
    assert found(archive) == (4, [f"incomplete: {name}: {what}" for name in names])


@pytest.mark.parametrize("name", ["data/catalogue.json", "manifest.json"])
@pytest.mark.parametrize("gone", [".git", "plans/authority.yml"])
def test_a_repository_stays_one_whatever_is_put_into_it(archive: Path, name: str, gone: str) -> None:
    """A file of a site's beside the archive does not change what is checked."""
    (archive / name).parent.mkdir(exist_ok=True)
    (archive / name).write_text("{}", encoding="utf-8")
    (archive / gone).rename(archive.parent / "gone")
    (archive / "archive/alpha/2006.md").unlink()
    code, lines = verified(archive)
    assert (code, lines[0]) == (3, f"altered: archive/alpha/2006.md: {MISSING_TEXT}")
    assert any(line.startswith("altered: repository; ") for line in lines)


@pytest.mark.skipif(os.name == "nt", reason="links")
def test_links_are_told_and_not_called_intact(archive: Path, tmp_path: Path) -> None:
    """A folder, a sealed file and a whole root that are links: the bytes are those of another place."""
    (archive / "plans/alpha/2007.md").rename(tmp_path / "text.md")
    (archive / "plans/alpha/2007.md").symlink_to(tmp_path / "text.md")
    assert found(archive) == (4, [f"incomplete: plans/alpha/2007.md: {LINK}"])
    (tmp_path / "more").mkdir()
    (tmp_path / "more/2009.md").write_text("# More\n", encoding="utf-8")
    (archive / "plans/delta").symlink_to(tmp_path / "more")
    assert f"incomplete: plans/delta: {LINK}" in found(archive)[1]
    (archive / "archive").rename(tmp_path / "other")
    (archive / "archive").symlink_to(tmp_path / "other")
    assert f"incomplete: archive: {LINK}" in found(archive)[1]


@pytest.mark.parametrize("minuted", ["", " "])
def test_an_empty_minuted_root_is_wrong_usage(archive: Path, minuted: str) -> None:
    """A root that was forgotten on the command line is not the same as none: nothing would be held against it."""
    code, _, err = ran(archive, "verify", "--minuted", minuted)
    assert (code, "16 to 64 hexadecimal digits" in err) == (2, True)
    with pytest.raises(SystemExit) as ended:
        verify.main([str(archive), "--minuted", minuted])
    assert ended.value.code == 2


# Git: objects, settings and signed tags.


def _swap(archive: Path, name: str, content: bytes) -> None:
    """Put other bytes into the place of a loose object."""
    file = archive / ".git/objects" / name[:2] / name[2:]
    file.chmod(0o644)
    file.write_bytes(zlib.compress(content))


def _object(archive: Path, name: str) -> bytes:
    kind = git(archive, "cat-file", "-t", name)
    done = subprocess.run(["git", "cat-file", kind, name], cwd=archive, capture_output=True, check=True)
    return f"{kind} {len(done.stdout)}\0".encode() + done.stdout


def _tagged(archive: Path, key: Path) -> None:
    signing = ("-c", "gpg.format=ssh", "-c", f"user.signingKey={key}")
    git(archive, *signing, "tag", "--sign", "--message", "Audited", "audit")
    (archive / "archive/allowed_signers").write_text(_allowed(key), encoding="utf-8")


@pytest.mark.parametrize("form", ["sha1", "sha256"])
@pytest.mark.parametrize("what", ["commit", "tree", "seals"])
def test_an_exchanged_object_behind_a_signed_tag_is_altered(tmp_path: Path, key: Path, form: str, what: str) -> None:
    """The tag names a commit by its hash, the commit a tree, the tree the seals: each is hashed again."""
    archive = sealed_tiny(tmp_path / "archive")
    if form == "sha256":
        shutil.rmtree(archive / ".git")
        git(archive, "init", "--quiet", "--initial-branch=main", "--object-format=sha256")
        git(archive, "add", "--all")
        git(archive, "commit", "--quiet", "--message", "The archive")
    _tagged(archive, key)
    older = git(archive, "rev-parse", f"HEAD:{SEALS}")
    correct(archive)
    git(archive, "add", "--all")
    git(archive, "commit", "--quiet", "--message", "A correction")
    assert verified(archive)[0] == 0
    one, other = {
        "commit": ("audit^{commit}", "HEAD"),
        "tree": ("audit^{tree}", "HEAD^{tree}"),
        "seals": (older, f"HEAD:{SEALS}"),
    }[what]
    name = git(archive, "rev-parse", one)
    _swap(archive, name, _object(archive, git(archive, "rev-parse", other)))
    code, lines = found(archive)
    if what == "commit":  # git itself looks at what a tag names, and refuses
        assert (code, [line.split(":")[0] for line in lines if name in line]) == (4, ["incomplete"])
    else:
        assert (code, f"altered: .git/objects: the object {name} {FORGED}" in lines) == (3, True)


def test_an_exchanged_commit_is_altered_without_any_tag(archive: Path) -> None:
    """Whoever reads the history reads the commits that were made."""
    name = git(archive, "rev-parse", "HEAD~1")
    content = _object(archive, name)
    _swap(archive, name, content.replace(b"Tester <", b"Mayors <"))
    assert git(archive, "log", "--format=%an", "--max-count=1", "HEAD~1") == "Mayors"
    assert found(archive) == (3, [f"altered: .git/objects: the object {name} {FORGED}"])


def test_a_stored_graph_of_commits_is_not_asked() -> None:
    """It lies beside the commits and could give them other parents."""
    assert "core.commitGraph=false" in verify._git_command(("log",))


def test_a_signed_tag_outlives_log_and_seals(archive: Path, key: Path) -> None:
    """Where both are gone, a tag that an allowed signer made still says that they were there."""
    _tagged(archive, key)
    for name in (LOG, SEALS):
        (archive / name).unlink()
    code, lines = found(archive)
    assert code == 3
    assert any(line.startswith("altered: refs/tags/audit: good: ") and line.endswith(f", and {LOST}") for line in lines)


def test_a_setting_cannot_lead_git_to_another_folder(archive: Path, tmp_path: Path, key: Path) -> None:
    """The seals of a tag are looked for where the archive lies, and the setting is told."""
    _tagged(archive, key)
    git(archive, "config", "core.worktree", str(tmp_path / "elsewhere"))
    (tmp_path / "elsewhere").mkdir()
    for name in (LOG, SEALS):
        (archive / name).unlink()
    code, lines = found(archive)
    assert code == 3
    assert any(line.startswith("altered: refs/tags/audit: good: ") for line in lines)
    assert any(line.startswith("incomplete: .git/config: git takes ") for line in lines)


# Sites and packs.


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sealed archive with its site; not to be written to."""
    archive = sealed_tiny(tmp_path_factory.mktemp("built") / "archive")
    done = plan_archive(archive, "build", "--site-dir", str(archive.parent / "site"))
    assert done.code == 0, done.err
    return archive.parent


@pytest.fixture
def site(built: Path, tmp_path: Path) -> Path:
    """A copy of the site."""
    return Path(shutil.copytree(built / "site", tmp_path / "site"))


def _signed(folder: Path, key: Path) -> None:
    asked = ["ssh-keygen", "-Y", "sign", "-q", "-f", str(key), "-n", "plan-archive", str(folder / "manifest.json")]
    subprocess.run(asked, check=True, capture_output=True)


@pytest.mark.site
@pytest.mark.parametrize("who", [CLERK, "*@littleshire.example", f"deputy@b.example,{CLERK}"])
def test_a_signed_site_needs_its_signature(site: Path, tmp_path: Path, key: Path, who: str) -> None:
    """Who asks for a signer is not told `intact` where the signature was taken away, or is another's."""
    signers = tmp_path / "signers"
    signers.write_text(f"# who may sign\n\n{_allowed(key, who)}", encoding="utf-8")
    asked = ("--allowed-signers", str(signers))
    _signed(site, key)
    assert found(site, *asked) == (0, [])
    signers.write_text(_allowed(key, who).replace("AAAAC3", "AAAAC4"), encoding="utf-8")
    bad = "the signature is not one of an allowed signer over this manifest"
    assert found(site, *asked) == (3, [f"altered: manifest.json.sig: {bad}"])
    (site / "manifest.json.sig").unlink()
    gone = "the manifest is not signed, and it was asked who may sign it"
    assert found(site, *asked) == (4, [f"incomplete: manifest.json.sig: {gone}"])
    assert found(site) == (0, [])


@pytest.mark.site
def test_a_served_attachment_is_held_against_its_seal(site: Path) -> None:
    """A manifest that was written anew does not cover it."""
    served = site / "plans/alpha/2006/map.csv"
    served.write_bytes(served.read_bytes().replace(b"12", b"21"))
    rehash(site)
    what = "it is not the attachment that is sealed as archive/alpha/attachments/2006/map.csv"
    assert found(site) == (3, [f"altered: plans/alpha/2006/map.csv: {what}"])
    served.unlink()
    rehash(site)
    assert found(site) == (3, [f"altered: plans/alpha/2006/map.csv: {what}"])


@pytest.mark.site
@pytest.mark.skipif(os.name == "nt", reason="links")
def test_a_listed_file_that_is_a_link_to_nothing_is_altered(site: Path) -> None:
    """An empty file and no file are two things."""
    (site / "empty.txt").write_bytes(b"")
    rehash(site)
    assert found(site) == (0, [])
    (site / "empty.txt").unlink()
    (site / "empty.txt").symlink_to("nothing")
    assert found(site) == (3, ["altered: empty.txt: its bytes are not those of this build"])
    (site / "empty.txt").unlink()
    (site.parent / "empty.txt").write_bytes(b"")
    (site / "empty.txt").symlink_to("../empty.txt")
    assert found(site) == (4, [f"incomplete: empty.txt: {LINK}"])


def test_an_edition_is_whole_in_a_pack_or_not_in_it(archive: Path, tmp_path: Path) -> None:
    """A pack holds some editions; one of which a text or an attachment went is not whole."""
    pack = tmp_path / "pack"
    for name, content in bytes_below(archive).items():
        if name.startswith(("plans/alpha/", "archive/")) and "beta" not in name:
            (pack / name).parent.mkdir(parents=True, exist_ok=True)
            (pack / name).write_bytes(content)
    root = verify.verify(archive).root
    made = {"schema": verify.MANIFEST_SCHEMA, "kind": "pack", "archive_root": root, "files": {}}
    (pack / "manifest.json").write_text(verify.manifest_text(made), encoding="utf-8", newline="\n")
    rehash(pack)
    assert found(pack) == (0, [])
    (pack / "archive/alpha/2006.md").unlink()
    rehash(pack)
    what = "it is sealed, and missing from this pack, which has the rest of its edition"
    assert found(pack) == (4, [f"incomplete: archive/alpha/2006.md: {what}"])


# Entries of the log that fit together.


def test_a_redaction_is_of_the_text_that_it_names(archive: Path) -> None:
    """Another edition's text cannot be exchanged under the name of a removal."""
    entries = entries_of(archive)
    text = "plans/alpha/2007.md"
    old = verify.sha256((archive / text).read_bytes())
    edit(archive / text, "one working day", "forty working days")
    new = verify.sha256((archive / text).read_bytes())
    sealed = next(e for e in entries if e["event"] == "publish" and e["edition"] == "2006")
    forged = {**entries[-1], "event": "redact", "plan": "alpha", "edition": "2006", "version": 1, "entry": 11}
    forged |= {"sha256": sealed["sha256"], "was": {text: old}, "files": {text: new}, "authority": "A law."}
    rewrite(archive, [*entries, forged])
    code, lines = found(archive)
    assert (code, lines[0]) == (3, f"altered: {LOG}:11: `{text}` is not of the text that is said to be redacted")


def test_a_text_is_not_redacted_away(archive: Path) -> None:
    """Data is taken out of a text; a text that went altogether is no removal of data."""
    entries = entries_of(archive)
    text = "plans/alpha/2007.md"
    old = verify.sha256((archive / text).read_bytes())
    (archive / text).unlink()
    forged = {**entries[-1], "event": "redact", "plan": "alpha", "edition": "2007", "version": 1, "entry": 11}
    forged |= {"sha256": verify.fingerprint({}), "was": {text: old}, "files": {}, "authority": "A law."}
    rewrite(archive, [*entries, forged])
    code, lines = found(archive)
    assert (code, lines[0]) == (3, f"altered: {LOG}:11: `{text}` is a text, and nothing is said to be left of it")


def test_an_entry_that_publishes_names_a_file(archive: Path) -> None:
    """A text that is published without a file is none."""
    entries = entries_of(archive)
    forged = {**entries[4], "edition": "2009", "files": {}, "attachments": {}, "sha256": verify.fingerprint({})}
    rewrite(archive, [*entries, {**forged, "entry": 11}])
    code, lines = found(archive)
    assert (code, lines[0]) == (3, f"altered: {LOG}:11: it publishes a text and names no file")


@pytest.mark.parametrize(
    ("key", "value"),
    [("entry", 5.0), ("entry", True), ("version", "1"), ("files", []), ("was", "x"), ("edition", ["2007"]), ("why", 5)],
)
def test_a_value_of_another_kind_is_altered(archive: Path, key: str, value: object) -> None:
    """Each key of an entry holds one kind of value; with another, the entry means nothing."""
    entries = entries_of(archive)
    entries[4][key] = value
    rewrite(archive, entries)
    code, lines = found(archive)
    what = "it is not numbered 5" if key == "entry" else f"`{key}` is not what an entry of a log holds there"
    assert (code, lines[0]) == (3, f"altered: {LOG}:5: {what}")
    assert json.loads(ran(archive, "verify", "--format", "json")[1])["verdict"] == "altered"
