"""A built site is held against its manifest, and its manifest against the log and the seals that it serves."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from archives import git, plan_archive
from plan_archive.record import verify
from sealed import LOG, NO_ROOT, correct, flipped, found, root_of, sealed_tiny, spoil, verified

pytestmark = pytest.mark.site
PAGE = "plans/alpha/2007/index.html"
OTHER_BUILD = "its bytes are not those of this build"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sealed archive with its site, and the site of a later build beside it; not to be written to."""
    archive = sealed_tiny(tmp_path_factory.mktemp("built") / "archive")
    for name in ("site", "later"):
        if name == "later":
            correct(archive)
        done = plan_archive(archive, "build", "--site-dir", str(archive.parent / name))
        assert done.code == 0, done.err
    return archive.parent


@pytest.fixture
def site(built: Path, tmp_path: Path) -> Path:
    """A copy of the site that a test may spoil."""
    return Path(shutil.copytree(built / "site", tmp_path / "site"))


def test_a_built_site_is_intact_and_has_the_archives_root(built: Path) -> None:
    """Site and repository print one archive root, which ordinary tools work out from the seals."""
    code, lines = verified(built / "later")
    assert code == 0
    assert lines[-1] == f"archive root: {root_of(built / 'archive')}"
    seals = (built / "later" / "data" / "seals.sha256").read_bytes()
    assert lines[-1] == f"archive root: {sha256(seals).hexdigest()}"


def test_the_manifest_lists_every_file_but_itself(built: Path) -> None:
    """The manifest names the archive root, the commit, the day and every file with its SHA-256."""
    site = built / "site"
    manifest = json.loads((site / "manifest.json").read_bytes())
    there = {path.relative_to(site).as_posix(): path for path in site.rglob("*") if path.is_file()}
    del there["manifest.json"]
    assert manifest["files"] == {name: sha256(path.read_bytes()).hexdigest() for name, path in there.items()}
    assert list(manifest["files"]) == sorted(there)
    assert (manifest["schema"], manifest["kind"], manifest["built"]) == (
        "plan-archive/manifest/1",
        "site",
        "2007-12-01",
    )
    assert manifest["archive_root"] == sha256((site / "data" / "seals.sha256").read_bytes()).hexdigest()
    assert manifest["commit"] == git(built / "archive", "rev-parse", "HEAD")
    assert manifest["changed_since"] is False


def _flip(site: Path) -> None:
    spoil(site / PAGE, lambda content: flipped(content, len(content) // 2))


def _cut(site: Path) -> None:
    spoil(site / PAGE, lambda content: content[:-1])


def _insert(site: Path) -> None:
    spoil(site / PAGE, lambda content: content.replace(b"<h1", b"<p>Not so.</p><h1", 1))


def _other_build(site: Path) -> None:
    shutil.copy(site.parent / "later" / PAGE, site / PAGE)


def _other_address(site: Path) -> None:
    shutil.copy(site / "plans/alpha/2006/index.html", site / PAGE)


def _removed(site: Path) -> None:
    (site / PAGE).unlink()


def _added(site: Path) -> None:
    (site / "plans/alpha/2007/note.html").write_text("<p>Not so.</p>", encoding="utf-8")


def _moved(site: Path) -> None:
    (site / "plans/alpha/2007").rename(site / "plans/alpha/2008")


SPOILT: dict[str, tuple[Callable[[Path], None], str]] = {
    "a bit of a page": (_flip, f"altered: {PAGE}: {OTHER_BUILD}"),
    "a page cut short": (_cut, f"altered: {PAGE}: {OTHER_BUILD}"),
    "words in a page": (_insert, f"altered: {PAGE}: {OTHER_BUILD}"),
    "a page of another build": (_other_build, f"altered: {PAGE}: {OTHER_BUILD}"),
    "another edition's page": (_other_address, f"altered: {PAGE}: it holds the bytes of plans/alpha/2006/index.html"),
    "a page taken away": (_removed, f"altered: {PAGE}: the file is in the manifest, and it is missing"),
    "a page added": (_added, "altered: plans/alpha/2007/note.html: the file is not in the manifest: it was added"),
    "a renamed page": (_moved, f"altered: {PAGE}: the file is in the manifest, and it is missing"),
}


@pytest.mark.parametrize("name", SPOILT)
def test_an_altered_page_is_found(built: Path, site: Path, name: str) -> None:
    """Whatever is done to a page, it is named."""
    shutil.copytree(built / "later", site.parent / "later")
    change, told = SPOILT[name]
    change(site)
    code, lines = found(site)
    assert code == 3
    assert lines[0] == told


def _listed_anew(site: Path, name: str) -> None:
    """What somebody with write access to the site can do: the new hash in the manifest."""
    manifest = json.loads((site / "manifest.json").read_bytes())
    manifest["files"][name] = sha256((site / name).read_bytes()).hexdigest()
    _write_manifest(site, manifest)


def _write_manifest(site: Path, manifest: dict[str, object]) -> None:
    made = {key: value for key, value in manifest.items() if key != "sha256"}
    (site / "manifest.json").write_text(verify.manifest_text(made), encoding="utf-8", newline="\n")


def test_a_manifest_that_was_made_to_fit_cannot_change_the_log(site: Path) -> None:
    """A log cut short does not fit its seals, even where the manifest was made to fit it."""
    log = site / "data" / "log.jsonl"
    spoil(log, lambda content: b"".join(content.splitlines(keepends=True)[:-1]))
    _listed_anew(site, "data/log.jsonl")
    code, lines = found(site)
    assert code == 3
    assert "altered: archive/seals.sha256:6: the log's own seal does not fit the log" in lines
    assert "altered: manifest.json: its archive root is not that of the log and the seals beside it" in lines


def test_a_manifest_with_another_root_is_found(site: Path) -> None:
    """The archive root in the manifest follows from the log and the seals beside it."""
    manifest = json.loads((site / "manifest.json").read_bytes())
    _write_manifest(site, manifest | {"archive_root": "0" * 64})
    assert found(site) == (
        3,
        ["altered: manifest.json: its archive root is not that of the log and the seals beside it"],
    )


def test_a_catalogue_that_shows_another_text_is_found(site: Path) -> None:
    """The texts that a site shows are those that are sealed, even where the manifest was made to fit."""
    file = site / "data" / "catalogue.json"
    catalogue = json.loads(file.read_bytes())
    (alpha,) = [plan for plan in catalogue["plans"] if plan["id"] == "alpha"]
    alpha["editions"][0]["sha256"] = "0" * 64
    del alpha["editions"][1]
    file.write_text(json.dumps(catalogue), encoding="utf-8")
    _listed_anew(site, "data/catalogue.json")
    assert found(site) == (
        3,
        [
            "altered: data/catalogue.json: the text shown as alpha@2006 is not the one that is sealed",
            "altered: data/catalogue.json: alpha@2007 is sealed, and the site does not show it",
        ],
    )


@pytest.mark.parametrize(
    "change",
    [
        lambda _: b"",
        lambda c: c[:-9],
        lambda c: c[:-1],
        lambda c: c + b" ",
        lambda c: c.replace(b'"files"', b'"filed"'),
        lambda _: b"[" * 99999,
    ],
)
def test_a_spoilt_manifest_is_found(site: Path, change: Callable[[bytes], bytes]) -> None:
    """A manifest that cannot be read is altered, and never the ground for calling a site intact."""
    spoil(site / "manifest.json", change)
    assert found(site) == (3, ["altered: manifest.json: this is no manifest, or its own SHA-256 does not fit it"])


def test_a_flipped_byte_of_the_manifest_is_found(site: Path) -> None:
    """Whichever byte of the manifest is turned, it does not fit its own SHA-256, a file, or what a manifest is."""
    content = (site / "manifest.json").read_bytes()
    missed = []
    for place in [*range(0, 900, 7), *range(900, len(content), 211), len(content) - 1]:
        (site / "manifest.json").write_bytes(flipped(content, place))
        if verify.verify(site).verdict != "altered":
            missed.append(place)
    assert missed == []


def test_a_site_without_a_manifest_is_incomplete(site: Path) -> None:
    """A site that was not made by `plan-archive build` cannot be checked."""
    (site / "manifest.json").unlink()
    what = "the site has no manifest: it was not made by `plan-archive build`"
    assert found(site) == (4, [f"incomplete: manifest.json: {what}"])


def test_a_replayed_older_site_is_found_by_a_minuted_root_alone(built: Path) -> None:
    """An older site is whole in itself."""
    later = root_of(built / "later")
    assert found(built / "site") == (0, [])
    assert found(built / "site", "--minuted", later) == (3, [f"altered: {LOG}: {NO_ROOT}"])
    assert found(built / "later", "--minuted", root_of(built / "site")) == (0, [])


def test_a_site_of_an_archive_without_a_log_says_so(built: Path, tmp_path: Path) -> None:
    """Such an archive builds; its audit page says that nothing is sealed, and verify calls it incomplete."""
    archive = Path(shutil.copytree(built / "archive", tmp_path / "archive"))
    for name in ("log.jsonl", "seals.sha256"):
        (archive / "archive" / name).unlink()
    done = plan_archive(archive, "build", "--site-dir", "site")
    assert done.code == 0, done.err
    what = "there is no publication log yet: nothing is sealed"
    assert found(archive / "site") == (4, [f"incomplete: {LOG}: {what}"])
    audit = (archive / "site" / "audit" / "index.html").read_text(encoding="utf-8")
    assert "This archive has no publication log yet." in audit
    assert not (archive / "site" / "log").exists()
    assert not (archive / "site" / "feed.xml").exists()


@pytest.mark.parametrize("how", ["replace", "shallow"])
def test_no_site_is_built_on_a_history_that_would_lie(built: Path, tmp_path: Path, how: str) -> None:
    """Replaced objects and shallow clones stop a public build, and nothing is written."""
    git(
        tmp_path,
        "clone",
        "--quiet",
        *(["--depth", "1"] if how == "shallow" else []),
        f"file://{built / 'archive'}",
        "it",
    )
    if how == "replace":
        git(tmp_path / "it", "replace", "HEAD", "HEAD~1")
    done = plan_archive(tmp_path / "it", "build")
    assert done.code == 1
    assert {"replace": ".git/refs/replace: objects are replaced", "shallow": ".git/shallow: the clone"}[how] in done.err
    assert not (tmp_path / "it" / "site").exists()
