"""Write the reference pages for commands, files and data from the code that they describe.

`python tools/reference.py` writes them; with `--check` it writes nothing and exits 1 where one is stale.
"""

from __future__ import annotations

import argparse
import ast
import inspect
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import click
from pydantic import BaseModel

from plan_archive.cli import command
from plan_archive.intake.help_pages import HelpFront
from plan_archive.pages.catalogue import Catalogue
from plan_archive.pages.exports import BY_PLAN, GROUPS, shape_of, table_anchor
from plan_archive.schemas import DATA, FILES, PLACES
from plan_archive.schemas.tables import TABLES

ROOT = Path(__file__).resolve().parents[1]
PAGES = ROOT / "docs" / "reference"
PLUGIN = ROOT / "mkdocs_plugins" / "plan_archive" / "plugin.py"
MADE = "This page is made from the code by `make reference`. Do not edit it by hand."
SAYINGS = {
    "^[a-z0-9][a-z0-9-]*$": "an id (`a-z`, `0-9`, hyphens)",
    "^[A-Z]{1,4}[0-9]+[a-z]?$": "a Ref, such as `BH1`",
    r"^\d{4}(-(0[1-9]|1[0-2]))?$": "a year or a month, such as `2004` or `2004-03`",
    "^[a-z]{2,3}$": "a language code, such as `en`",
    "^[0-9a-f]{64}$": "64 hexadecimal digits",
    r"^[A-Za-z0-9._+-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}$": "an e-mail address",
}
"""How the patterns of texts are said; a pattern that is not here is shown as it is."""

TABLES_AFTER = {"comparison": ("changes", "targets"), "measures": ("measures", "measure-edits")}
"""The tables that are told after a shape of data; without an entry, the one of the same name."""

Schema = dict[str, Any]


def pages() -> dict[str, str]:
    """Every generated page, by its file's name."""
    return {"commands.md": commands_page(), "files.md": files_page(), "data.md": data_page()}


def commands_page() -> str:
    """The command line: every command with its options."""
    lines = [
        *_head("Commands", "Every command of plan-archive with its options and its exit codes."),
        "Results go to standard output, everything else to standard error. An error is one line; `--debug` before the",
        "command shows where it arose.",
        "",
        "## Before any command {#common}",
        "",
        "These stand between `plan-archive` and the command, as in `plan-archive -C ../archive check`. Every command",
        "knows `--help` too.",
        "",
        *_options(command),
    ]
    for name, one in sorted(command.commands.items()):
        text = inspect.cleandoc(one.help or "")
        given = "".join(f" {word.human_readable_name}" for word in one.params if isinstance(word, click.Argument))
        lines += [f"## plan-archive {name}{given} {{#{name}}}", "", *text.split("\n"), "", *_options(one)]
    return _joined(lines)


def files_page() -> str:
    """The files that editors write: every key with its meaning."""
    lines = [
        *_head("Files", "Every file that editors write, with every key that may stand in it."),
        "Every value is read as the text that you typed. A key that is not listed here is refused, so that a slip of",
        "the pen is seen. The same shapes lie as JSON Schemas under `/data/schemas/` of the built site.",
        "",
    ]
    shapes: dict[str, Schema] = {}
    given: list[tuple[str, type[BaseModel], str]] = [(name, *shape) for name, shape in FILES.items()]
    given.append(("help-page", HelpFront, "the front matter of a page below `docs/`; optional"))
    for name, shape, where in given:
        schema = _schema(shape)
        shapes |= schema.get("$defs", {})
        lines += [f"## {_file_title(name)} {{#{name.removesuffix('-file')}}}", "", f"Where: {_where(where)}", ""]
        lines += [schema["description"], "", *_fields(schema)]
    lines += ["## Shapes that stand inside {#shapes}", "", "These are the shapes that the tables above point to.", ""]
    for name, schema in sorted(shapes.items()):
        lines += [f"### {name} {{#{_anchor(name)}}}", "", schema["description"], "", *_fields(schema)]
    lines += [
        "## The plugin's options in mkdocs.yml {#mkdocs}",
        "",
        "They stand below `plan-archive` in the list of `plugins`.",
        "",
        *_table(("Option", "Default", "Meaning"), plugin_options()),
    ]
    return _joined(lines)


def data_page() -> str:
    """The data that the site publishes for programs."""
    lines = [
        *_head("Data", "The data that the site publishes for programs, field by field."),
        "A change that could break a program gets a new number in `schema`. The page `/data/` of a site leads to every",
        "file.",
        "",
        "## What there is {#all}",
        "",
        "`PLAN`, `EDITION`, `OLD` and `NEW` stand for ids. A file that would be empty is not there.",
        "",
        *_table(("Addresses", "What they hold"), list(_overview())),
        "## Tables as CSV {#csv}",
        "",
        "Every table is UTF-8. Its first line names the columns. Lines end with a line feed. The last column is",
        "`notice`. A cell that begins with `=`, `+`, `-`, `@`, a tab or a line end has a `'` before it, so that no",
        "spreadsheet takes it for a formula. What is `null` in JSON is an empty cell. The columns of each table lie as",
        "data at `/data/schemas/NAME.csv.json`, in the words of CSV on the Web, a standard of the W3C.",
        "",
        "## /data/catalogue.json {#catalogue}",
        "",
        *_data_shapes(_schema(Catalogue)),
        *_table_section("catalogue"),
        "## /data/plans/PLAN/changes/OLD-to-NEW.json {#comparison}",
        "",
        "One file for each comparison that the site shows. `plan-archive compare OLD NEW --format json` prints the",
        "same for any two texts.",
        "",
        "Two things hold for every comparison. Join the `=` and `-` texts of all blocks in the order of `old_index`,",
        "and you have every word of the old text; `=` and `+` in the order of `new_index` give the new one.",
        "[For auditors](../auditors/index.md#comparisons) shows how to check that. And if old and new change places,",
        "what came went and what went came, and nothing else is different.",
        "",
        *_data_shapes(DATA["comparison"]),
        *_tables_after("comparison"),
        *(line for name in DATA if name != "comparison" for line in (*_data_section(name), *_tables_after(name))),
        "## /data/schemas/ {#schemas}",
        "",
        "One JSON Schema (draft 2020-12) for each file that editors write, and one for each shape of data; the columns",
        "of each table in the words of CSV on the Web:",
        "",
        *(f"- `/data/schemas/{name}.json`: {_where(where)}" for name, (_, where) in FILES.items()),
        "- `/data/schemas/catalogue.json`: the catalogue.",
        *(f"- `/data/schemas/{name}.json`: [{name}](#{name})." for name in DATA),
        *(f"- `/data/schemas/{name}.csv.json`: [{name}.csv](#{table_anchor(name)})." for name in TABLES),
        "",
        "Editors' programs can use them to complete keys while you type. They say what a single file may hold; the",
        "[rules between files](check.md) are in the check only.",
    ]
    return _joined(lines)


def _overview() -> Iterator[tuple[str, str]]:
    """The addresses of all data with what they hold, each leading to its fields where these are told."""
    for export in (*(one for group in GROUPS for one in group.exports), *BY_PLAN):
        places = []
        for place in export.places:
            _, told = shape_of(place)
            anchor = told.replace("reference/data/", "").replace("reference/files/", "files.md")
            places.append(f"[`{place}`]({anchor})" if told else f"`{place}`")
        yield ", ".join(places), export.says


def _tables_after(name: str) -> list[str]:
    """The tables that say in cells what a shape of data says in fields."""
    return [line for one in TABLES_AFTER.get(name, (name,)) if one in TABLES for line in _table_section(one)]


def _table_section(name: str) -> list[str]:
    """The part of the data page about one table."""
    table = TABLES[name]
    rows = [(f"`{column}`", meaning) for column, meaning in table.described.items()]
    heading = f"## {table.place} {{#{table_anchor(name)}}}"
    return [heading, "", table.says, "", *_table(("Column", "Meaning"), rows)]


def _data_section(name: str) -> list[str]:
    """The part of the data page about one shape; its inner shapes carry its name, since two shapes may share one."""
    lines = [f"## {PLACES[name]} {{#{name}}}", ""]
    inside = {f"](#{_anchor(inner)})": f"](#{name}-{_anchor(inner)})" for inner in DATA[name]["$defs"]}
    for line in _data_shapes(DATA[name]):
        told = line
        for old, new in inside.items():
            told = told.replace(old, new)
        if told.startswith("### "):
            told = told.replace("{#shape-", f"{{#{name}-shape-")
        lines.append(told)
    return lines


def _data_shapes(schema: Schema) -> list[str]:
    """A shape of data, field by field, and the shapes inside it."""
    lines = [schema["description"], "", *_fields(schema, data=True)]
    for name, inner in sorted(schema["$defs"].items()):
        lines += [f"### {name} {{#{_anchor(name)}}}", "", inner["description"], "", *_fields(inner, data=True)]
    return lines


def plugin_options() -> list[tuple[str, str, str]]:
    """The plugin's options as (name, default, meaning), read from its source, so that no engine is needed."""
    tree = ast.parse(PLUGIN.read_text(encoding="utf-8"))
    options = next(node for node in tree.body if isinstance(node, ast.ClassDef) and node.name == "Options")
    found = []
    for place, node in enumerate(options.body):
        if not isinstance(node, ast.Assign) or not isinstance(node.value, ast.Call):
            continue
        name = ast.unparse(node.targets[0])
        default = next((ast.unparse(word.value) for word in node.value.keywords if word.arg == "default"), "none")
        following = options.body[place + 1] if place + 1 < len(options.body) else None
        found.append((f"`{name}`", f"`{default.strip(chr(39))}`", _docstring(following)))
    return found


def _docstring(node: ast.stmt | None) -> str:
    """The words below an option, or nothing."""
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
        return " ".join(node.value.value.split())
    return ""


def _head(title: str, description: str) -> list[str]:
    return ["---", f"title: {title}", f"description: {description}", "---", "", f"# {title}", "", MADE, ""]


def _joined(lines: list[str]) -> str:
    return "\n".join(lines).rstrip("\n") + "\n"


def _options(one: click.Command) -> list[str]:
    """The options of a command as a table; `--help` stands once, with those before any command."""
    context = click.Context(one, info_name=one.name, **one.context_settings)
    rows = []
    for option in one.get_params(context):
        if isinstance(option, click.Option) and ("--help" not in option.opts or one is command):
            names = ", ".join(f"`{name}`" for name in option.opts)
            rows.append((names, _accepts(option), _default(option), option.help or ""))
    return _table(("Option", "Takes", "Default", "Meaning"), rows)


def _accepts(option: click.Option) -> str:
    if option.is_flag:
        return "nothing"
    if isinstance(option.type, click.Choice):
        return " or ".join(f"`{choice}`" for choice in option.type.choices)
    names = {"path": "a path", "file": "a path", "directory": "a folder"}
    return names.get(option.type.name, "a text")


def _default(option: click.Option) -> str:
    return f"`{option.default}`" if option.show_default is True else "none"


def _schema(shape: type[BaseModel]) -> Schema:
    """A shape's JSON Schema: as it is read where editors write it, as it is written where programs read it."""
    return shape.model_json_schema(by_alias=True, mode="serialization" if shape is Catalogue else "validation")


def _file_title(name: str) -> str:
    return {
        "authority": "authority.yml",
        "plan": "plan.yml",
        "edition": "Front matter of an edition",
        "destinations-file": "A table of destinations",
        "registers": "Registers",
        "log": "The publication log",
        "help-page": "Front matter of a help page",
    }.get(name, name)


def _where(where: str) -> str:
    """Where a file lies, its path marked as code."""
    words = [f"`{word.rstrip(',')}`{',' * word.endswith(',')}" if "/<" in word else word for word in where.split(" ")]
    return " ".join(f"`{word}`" if word.endswith(".yml") and "`" not in word else word for word in words) + "."


def _fields(schema: Schema, *, data: bool = False) -> list[str]:
    """The fields of a shape as a table, or its values where it is a list of them."""
    if "enum" in schema:
        return ["One of " + ", ".join(f"`{value}`" for value in schema["enum"]) + ".", ""]
    fields = schema.get("properties", {}).items()
    if not fields and data and "anyOf" in schema:
        return [f"Either {_kind(schema, data=True)}.", ""]
    if not fields:
        return []
    if data:
        told = [(f"`{name}`", _kind(field, data=True), field.get("description", "")) for name, field in fields]
        return _table(("Key", "What stands there", "Meaning"), told)
    required = schema.get("required", ())
    rows = [
        (f"`{name}`", "yes" if name in required else "no", _kind(field), field.get("description", ""))
        for name, field in fields
    ]
    return _table(("Key", "Required", "What may stand there", "Meaning"), rows)


def _kind(field: Schema, *, data: bool = False) -> str:
    """What may stand at a field, in words; in data, what is left out is null."""
    if "$ref" in field:
        name = field["$ref"].rsplit("/", 1)[-1]
        if name.endswith(".json"):
            return f"[{name.removesuffix('.json')}](#{name.removesuffix('.json')})"
        return f"[{name}](#{_anchor(name)})"
    choices = field.get("anyOf") or field.get("oneOf")
    if choices:
        kinds = [_kind(one, data=data) for one in choices if data or one.get("type") != "null"]
        return " or ".join(dict.fromkeys(kinds))
    if field.get("type") == "array":
        return f"a list, each {_kind(field['items'], data=data)}"
    if field.get("type") == "object":
        inner: Schema = field.get("additionalProperties") or next(iter(field.get("patternProperties", {}).values()), {})
        return f"for each id: {_kind(inner, data=data)}"
    return _scalar(field, data=data)


def _scalar(field: Schema, *, data: bool) -> str:
    if "const" in field:
        return f"`{field['const']}`"
    if "enum" in field:
        return "one of " + ", ".join(f"`{value}`" for value in field["enum"])
    kinds = {
        "boolean": "`true` or `false`" if data else "`yes` or `no`",
        "integer": "a number",
        "number": "a number",
        "null": "`null`",
    }
    if field.get("format") == "date":
        return "a day, such as `2006-04-01`"
    pattern = field.get("pattern")
    if pattern:
        return SAYINGS.get(pattern, f"a text that matches `{pattern}`")
    return kinds.get(field.get("type", ""), "a text")


def _table(head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> list[str]:
    lines = [_row(head), "|" + "---|" * len(head), *(_row(row) for row in rows)]
    return [*lines, ""]


def _row(cells: tuple[str, ...]) -> str:
    return "| " + " | ".join(" ".join(_shown(cell).split()) for cell in cells) + " |"


def _shown(cell: str) -> str:
    """A cell's words: bars escaped, and angle brackets outside code written as text."""
    parts = cell.replace("|", "\\|").split("`")
    parts[::2] = [part.replace("<", "\\<").replace(">", "\\>") for part in parts[::2]]
    return "`".join(parts)


def _anchor(name: str) -> str:
    return "shape-" + "".join(f"-{c.lower()}" if c.isupper() else c for c in name).strip("-").replace("_", "")


def stale(written: dict[str, str]) -> Iterator[str]:
    """The names of the pages that differ from what stands in `docs/reference/`."""
    for name, text in written.items():
        file = PAGES / name
        if not file.is_file() or file.read_text(encoding="utf-8") != text:
            yield name


def main() -> int:
    """Write the pages, or tell which are stale."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 where a page is stale")
    given = parser.parse_args()
    written = pages()
    old = list(stale(written))
    if given.check:
        for name in old:
            print(f"docs/reference/{name} is stale: run `make reference`", file=sys.stderr)
        return 1 if old else 0
    for name in old:
        (PAGES / name).write_text(written[name], encoding="utf-8", newline="\n")
        print(f"docs/reference/{name} written")
    return 0


if __name__ == "__main__":
    sys.exit(main())
