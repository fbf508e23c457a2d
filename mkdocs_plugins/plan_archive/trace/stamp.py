"""Writing into a table of destinations: a stamp, or new rows; all else stays as the editor wrote it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import yaml


def stamped(text: str, stamps: Mapping[str, str]) -> str:
    """A table's text in which the rows of some old parts carry a stamp, and no other character has changed.

    `stamps` gives for each old part's place (`#exclusions`) the stamp as YAML in braces. An older stamp is replaced.
    """
    rows = _rows(yaml.compose(text))
    for node in sorted(rows, key=lambda row: -row.start_mark.index):
        place = next((value.value for key, value in node.value if key.value == "from"), "")
        if place in stamps:
            text = _with_stamp(text, node, stamps[place])
    return text


def only_stamped(before: str, after: str, places: Collection[str]) -> bool:
    """Whether two texts of a table say the same but for the stamps of the rows of these old parts."""
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    old, new = yaml.load(before, loader), yaml.load(after, loader)  # noqa: S506  it builds nothing but plain strings
    for rows in (old["rows"], new["rows"]):
        for row in rows:
            if row["from"] in places:
                row.pop("reviewed", None)
    return bool(old == new)


def _rows(root: yaml.Node | None) -> list[yaml.MappingNode]:
    if not isinstance(root, yaml.MappingNode):
        return []
    listed = next((value for key, value in root.value if key.value == "rows"), None)
    return [row for row in listed.value if isinstance(row, yaml.MappingNode)] if listed is not None else []


def _with_stamp(text: str, row: yaml.MappingNode, stamp: str) -> str:
    for key, value in row.value:
        if key.value == "reviewed":
            return text[: value.start_mark.index] + stamp + _after(text, value)
    if row.flow_style:
        # Right after the last value: what stands before the brace may be a comment, and would swallow the stamp.
        end = row.value[-1][1].end_mark.index
        return f"{text[:end]}, reviewed: {stamp}{text[end:]}"
    key, last = row.value[-1]
    end = _end(text, last)
    indent = " " * key.start_mark.column
    return f"{text[:end]}\n{indent}reviewed: {stamp}{text[end:]}"


def _end(text: str, node: yaml.Node) -> int:
    """Where a value ends: a block's mark may lie beyond it, after line ends and comments."""
    while isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        node = node.value[-1] if isinstance(node, yaml.SequenceNode) else node.value[-1][1]
    end = node.end_mark.index
    while True:
        while end > node.start_mark.index and text[end - 1] in " \n":
            end -= 1
        start = text.rfind("\n", 0, end) + 1
        if isinstance(node, yaml.ScalarNode) and node.style in ("|", ">"):
            return end  # a line of it that begins with # is text
        if start <= node.start_mark.index or not text[start:end].lstrip().startswith("#"):
            return end
        end = start


def _after(text: str, node: yaml.Node) -> str:
    return (
        text[_end(text, node) :]
        if isinstance(node, yaml.CollectionNode) and not node.flow_style
        else text[node.end_mark.index :]
    )


def with_rows(text: str, rows: Sequence[str]) -> str:
    """A table's text with more rows at its end, each given as one line of YAML in braces."""
    root = yaml.compose(text)
    listed = None
    if isinstance(root, yaml.MappingNode):
        listed = next((value for key, value in root.value if key.value == "rows"), None)
    if listed is None or not listed.value:
        empty = text if listed is None else text[: listed.start_mark.index] + text[listed.end_mark.index :]
        head = empty.rstrip()
        head = head if head.endswith("rows:") else f"{head}\nrows:"
        return head + "\n" + "".join(f"  - {row}\n" for row in rows)
    if listed.flow_style:
        end = listed.value[-1].end_mark.index
        return text[:end] + "".join(f", {row}" for row in rows) + text[end:]
    end = _end(text, listed)
    added = "".join(f"\n{' ' * listed.start_mark.column}- {row}" for row in rows)
    return text[:end] + added + (text[end:] or "\n")


def quoted(text: str) -> str:
    """A text as a YAML string on one line."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ") + '"'
