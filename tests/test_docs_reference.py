"""The reference pages say everything that the code offers, and nothing that it does not."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from collections.abc import Iterator
from types import ModuleType
from typing import Any

import click
import pytest
from pydantic import BaseModel

from archives import ROOT
from plan_archive.cli import command
from plan_archive.intake.help_pages import HelpFront
from plan_archive.pages.catalogue import Catalogue
from plan_archive.plugin import Options
from plan_archive.schemas import FILES

TOOL = ROOT / "tools" / "reference.py"
SHAPES: list[type[BaseModel]] = [*(shape for shape, _ in FILES.values()), Catalogue, HelpFront]


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    """The module that writes the reference."""
    spec = importlib.util.spec_from_file_location("reference", TOOL)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _fields(shape: type[BaseModel]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every field of a shape and of the shapes inside it."""
    schema = shape.model_json_schema()
    for name, inner in [(shape.__name__, schema), *schema.get("$defs", {}).items()]:
        for key, field in inner.get("properties", {}).items():
            yield f"{name}.{key}", field


def test_the_pages_are_what_the_code_says(tool: ModuleType) -> None:
    """The reference in the repository equals the one that the code makes."""
    assert list(tool.stale(tool.pages())) == []


def test_a_stale_page_is_told(tool: ModuleType) -> None:
    """A page that differs by one letter is stale."""
    pages = tool.pages()
    pages["files.md"] += "x"
    assert list(tool.stale(pages)) == ["files.md"]


def test_check_exits_0_on_a_fresh_reference_and_writes_nothing() -> None:
    """`--check` writes nothing and exits 0 when all is fresh."""
    done = subprocess.run([sys.executable, str(TOOL), "--check"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_check_exits_1_and_names_a_stale_page(
    tool: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Any
) -> None:
    """`--check` exits 1, names each stale page and leaves it alone."""
    for name, text in tool.pages().items():
        (tmp_path / name).write_text(text, encoding="utf-8", newline="\n")
    (tmp_path / "data.md").write_text("old\n", encoding="utf-8")
    monkeypatch.setattr(tool, "PAGES", tmp_path)
    monkeypatch.setattr(sys, "argv", ["reference.py", "--check"])
    assert tool.main() == 1
    assert capsys.readouterr().err == "docs/reference/data.md is stale: run `make reference`\n"
    assert (tmp_path / "data.md").read_text(encoding="utf-8") == "old\n"


@pytest.mark.parametrize("one", [command, *command.commands.values()], ids=lambda one: one.name)
def test_every_command_and_option_has_help(one: click.Command) -> None:
    """No command and no option is without a description."""
    assert (one.help or "").strip()
    options = [option for option in one.params if isinstance(option, click.Option)]
    assert [option.name for option in options if not (option.help or "").strip()] == []
    given = [word.human_readable_name for word in one.params if isinstance(word, click.Argument)]
    assert [name for name in given if name not in (one.help or "")] == []


def test_every_command_states_its_exit_codes() -> None:
    """Programs rely on exit codes, so each command's help says them."""
    assert [name for name, one in command.commands.items() if "Exit code" not in (one.help or "")] == []


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.__name__)
def test_every_field_has_a_description(shape: type[BaseModel]) -> None:
    """Each key that may stand in a file, and each field of the data, is described."""
    fields = list(_fields(shape))
    assert fields
    assert [name for name, field in fields if not field.get("description", "").strip()] == []


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.__name__)
def test_every_shape_has_a_description(shape: type[BaseModel]) -> None:
    """Each shape says what it is."""
    schema = shape.model_json_schema()
    shapes = {shape.__name__: schema, **schema.get("$defs", {})}
    assert [name for name, inner in shapes.items() if not inner.get("description", "").strip()] == []


def test_every_plugin_option_has_a_description(tool: ModuleType) -> None:
    """The plugin's options in mkdocs.yml are described, and all of them are found."""
    told = {name.strip("`"): meaning for name, _, meaning in tool.plugin_options()}
    assert set(told) == {name for name, _ in Options._schema}
    assert [name for name, meaning in told.items() if not meaning] == []


def test_every_key_and_option_is_on_its_page(tool: ModuleType) -> None:
    """Nothing that an editor may write or a user may type is missing from the reference."""
    pages = tool.pages()
    params = [param for one in [command, *command.commands.values()] for param in one.params]
    options = {opt for param in params if isinstance(param, click.Option) for opt in param.opts}
    assert sorted(opt for opt in options if f"`{opt}`" not in pages["commands.md"]) == []
    assert "## plan-archive compare OLD NEW {#compare}" in pages["commands.md"].split("\n")
    for shape in SHAPES:
        page = pages["data.md" if shape is Catalogue else "files.md"]
        keys = {name.rpartition(".")[2] for name, _ in _fields(shape)}
        assert sorted(key for key in keys if f"| `{key}` |" not in page) == []
