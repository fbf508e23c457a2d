"""Two builds of one commit are the same bytes, whatever is different around them."""

from __future__ import annotations

from pathlib import Path

import pytest

from archives import bytes_below, commit, copy_tiny, edit, git, start

pytestmark = pytest.mark.site

A_DAY_AHEAD = """
import datetime
import time_machine
travel = time_machine.travel(datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=1), tick=True)
travel.start()
"""


@pytest.fixture(scope="module")
def two_tiny_sites(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Two builds of one commit of an archive that speaks for its build's day, with everything around them different."""
    base = tmp_path_factory.mktemp("same")
    first = copy_tiny(base / "first")
    edit(first / "plans" / "authority.yml", "as_at: 2007-12-01", "as_at: build")
    commit(first)
    second = base / "another folder" / "deeper"
    second.parent.mkdir()
    git(base, "clone", "--quiet", str(first), str(second))
    ahead = base / "ahead"
    ahead.mkdir()
    (ahead / "sitecustomize.py").write_text(A_DAY_AHEAD, encoding="utf-8")
    one = start(first, "build", TZ="Pacific/Kiritimati", PYTHONHASHSEED="1", LC_ALL="C")
    other = start(
        second,
        "build",
        "--site-dir",
        "the site",
        TZ="Pacific/Marquesas",
        PYTHONHASHSEED="2",
        LC_ALL="C.UTF-8",
        PYTHONPATH=str(ahead),
    )
    for built in (one, other):
        said = built.communicate(timeout=120)[0]
        assert built.returncode == 0, said
    return first / "site", second / "the site"


@pytest.fixture(scope="module")
def properdocs_site(example_archive: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example archive, built by the other engine."""
    site = tmp_path_factory.mktemp("proper") / "site"
    built = start(example_archive, "build", "--engine", "properdocs", "--site-dir", str(site))
    said = built.communicate(timeout=120)[0]
    assert built.returncode == 0, said
    return site


def _differing(one: Path, other: Path) -> list[str]:
    first, second = bytes_below(one), bytes_below(other)
    return sorted(name for name in {*first, *second} if first.get(name) != second.get(name))


def test_folder_zone_hash_seed_and_clock_change_no_byte(two_tiny_sites: tuple[Path, Path]) -> None:
    """Two builds in two folders, time zones and locales, with two hash seeds and a day apart, are identical."""
    one, other = two_tiny_sites
    assert _differing(one, other) == []


def test_the_clock_of_the_second_build_was_a_day_ahead(tmp_path: Path) -> None:
    """The clock of the comparison above does move: with no commit to name the day, the page names the next day."""
    folder = copy_tiny(tmp_path / "loose")
    edit(folder / "plans" / "authority.yml", "as_at: 2007-12-01", "as_at: build")
    ahead = tmp_path / "ahead"
    ahead.mkdir()
    (ahead / "sitecustomize.py").write_text(A_DAY_AHEAD, encoding="utf-8")
    plain = start(folder, "build", "--site-dir", "today")
    moved = start(folder, "build", "--site-dir", "tomorrow", PYTHONPATH=str(ahead))
    for built in (plain, moved):
        said = built.communicate(timeout=120)[0]
        assert built.returncode == 0, said
    assert "data/catalogue.json" in _differing(folder / "today", folder / "tomorrow")


def test_an_archive_without_a_day_speaks_for_its_commit(two_tiny_sites: tuple[Path, Path]) -> None:
    """Where `as_at` is `build`, the site speaks for the day of the commit and never for the day of the machine."""
    home = (two_tiny_sites[0] / "index.html").read_text(encoding="utf-8")
    assert "In effect on 1 December 2007" in home


def test_both_engines_give_the_same_bytes(example_site: Path, properdocs_site: Path) -> None:
    """MkDocs and ProperDocs wrap the pages in the same bytes."""
    assert _differing(example_site, properdocs_site) == []


def test_no_page_names_its_generator(example_site: Path) -> None:
    """No page has a generator tag, so that an engine's new version changes no page."""
    named = [f for f in example_site.rglob("*.htm*") if 'name="generator"' in f.read_text(encoding="utf-8").lower()]
    assert named == []
