"""The house: pure rooms, thin edges, and imports that run one way."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import plan_archive
from archives import ROOT, environment

HOUSE = ROOT / "mkdocs_plugins" / "plan_archive"
MODULES = sorted(HOUSE.rglob("*.py"))
ENGINES = ("mkdocs", "properdocs", "material")
PURE = (
    *("model", "status", "addresses", "errors", "pages/sentences", "pages/catalogue", "search/documents"),
    *(
        f"{room}/{file.stem}"
        for room in ("facts", "schemas", "compare", "trace", "insight")
        for file in sorted((ROOT / "mkdocs_plugins" / "plan_archive" / room).glob("*.py"))
    ),
)
OPENING = {"open", "read_text", "read_bytes", "write_text", "write_bytes", "iterdir", "glob", "rglob", "unlink"}
FILE_MODULES = {"pathlib", "os", "io", "shutil", "tempfile", "subprocess", "glob", "importlib.resources"}

BLOCKER = """
import importlib, sys

class Blocked:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {engines!r}:
            raise ImportError(f"{{name}} is blocked")
        return None

sys.meta_path.insert(0, Blocked())
for name in {names!r}:
    importlib.import_module(name)
assert not [name for name in sys.modules if name.partition(".")[0] in {engines!r}]
print(len({names!r}))
"""


def _name(file: Path) -> str:
    """A module's name below the package, with slashes: `pages/site`."""
    return file.relative_to(HOUSE).with_suffix("").as_posix()


def _imported(file: Path) -> set[str]:
    """Every module that a file imports, in full; relative imports as `.intake`, from the package."""
    found = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            found |= {node.module or ""} | {f"{node.module}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            above = file.relative_to(HOUSE).parts[:-1]
            base = above[: len(above) - node.level + 1]
            inside = [*base, *((node.module or "").split(".") if node.module else [])]
            found |= {"." + ".".join([*inside, alias.name]) for alias in node.names} if not inside else set()
            found |= {"." + ".".join(inside)} if inside else set()
    return found


def _uses(file: Path, package: str) -> bool:
    return any(name == package or name.startswith(package + ".") for name in _imported(file))


def test_everything_but_the_plugin_imports_without_an_engine() -> None:
    """Every module but the plugin imports where no engine and no theme is installed."""
    names = [
        ".".join(("plan_archive", *(part for part in _name(file).split("/") if part != "__init__")))
        for file in MODULES
        if _name(file) != "plugin"
    ]
    script = BLOCKER.format(engines=set(ENGINES), names=names)
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", script], env=environment(), capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert int(done.stdout) == len(MODULES) - 1 > 25


def test_the_public_names_are_all() -> None:
    """What the package offers is what `__all__` names: sorted, each once, and nothing besides."""
    tree = ast.parse((HOUSE / "__init__.py").read_text(encoding="utf-8"))
    imported = [alias.asname or alias.name for n in tree.body if isinstance(n, ast.ImportFrom) for alias in n.names]
    assert plan_archive.__all__ == sorted(imported)
    assert len(set(plan_archive.__all__)) == len(plan_archive.__all__)
    assert [name for name in plan_archive.__all__ if not hasattr(plan_archive, name)] == []
    assert {type(node).__name__ for node in tree.body} == {"Expr", "ImportFrom", "Assign"}


def test_only_the_plugin_imports_an_engine() -> None:
    """The plugin is the only module that imports the engine."""
    using = {_name(file) for file in MODULES for engine in ENGINES if _uses(file, engine)}
    assert using == {"plugin"}


def test_only_the_record_and_the_command_line_run_programs() -> None:
    """Git is run by the record alone, other programs by the command line and the search alone, none by a shell."""
    using = {_name(file) for file in MODULES if _uses(file, "subprocess")}
    assert {name.partition("/")[0] for name in using} == {"record", "cli", "search"}
    assert {name for name in using if name.startswith("search")} == {"search/bundle"}
    running_git = {
        _name(file)
        for file in MODULES
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and node.value == "git"
    }
    assert running_git == {"record/verify"}  # one file that anyone can run alone; record/git asks through it
    for file in MODULES:
        source = file.read_text(encoding="utf-8")
        assert "shell=True" not in source, file
        assert "os.system" not in source, file


@pytest.mark.parametrize("name", PURE)
def test_a_pure_room_opens_no_file(name: str) -> None:
    """A pure module imports nothing that reads or writes, and calls nothing that does."""
    file = HOUSE / f"{name}.py"
    assert _imported(file) & FILE_MODULES == set()
    called = {
        node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
    }
    assert called & OPENING == set()


@pytest.mark.parametrize(
    ("room", "unknown"),
    [
        ("model", ("intake", "record", "pages", "cli", "plugin", "status")),
        ("facts", ("model", "intake", "record", "pages", "cli", "plugin", "status")),
        ("status", ("intake", "record", "pages", "cli", "plugin")),
        ("addresses", ("intake", "record", "pages", "cli", "plugin")),
        ("schemas", ("model", "intake", "record", "trace", "insight", "pages", "search", "cli", "plugin")),
        ("intake", ("record", "compare", "trace", "insight", "pages", "search", "cli", "plugin")),
        ("record", ("intake", "trace", "insight", "pages", "search", "cli", "plugin")),
        ("compare", ("intake", "record", "trace", "insight", "pages", "search", "cli", "plugin")),
        ("trace", ("intake", "record", "insight", "pages", "search", "cli", "plugin")),
        ("insight", ("intake", "record", "pages", "search", "cli", "plugin")),
        ("pages", ("intake", "search", "cli", "plugin")),
        ("search", ("intake", "record", "cli", "plugin")),
        ("plugin", ("cli",)),
        ("cli", ("plugin",)),
    ],
)
def test_arrows_run_one_way(room: str, unknown: tuple[str, ...]) -> None:
    """A room knows only the rooms before it."""
    files = [file for file in MODULES if _name(file).split("/")[0] == room]
    assert files
    for file in files:
        known = {name.split(".")[1] for name in _imported(file) if name.startswith(".")}
        assert known & set(unknown) == set(), _name(file)
