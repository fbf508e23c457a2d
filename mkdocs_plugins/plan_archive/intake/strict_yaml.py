"""Strict YAML: plain mappings, lists and strings, with the line of every key.

PyYAML would turn `1.10` into 1.1, `no` into False and the second of two equal keys into the only one. Here every
scalar arrives as the string that the editor typed, and what plain data has no need of is refused.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import yaml
from yaml.composer import Composer
from yaml.resolver import BaseResolver

from ..errors import Problem
from .files import bad_character

DEEPEST = 12
"""Levels of nesting; nothing that an editor writes needs more than seven."""

Path = tuple[str | int, ...]


@dataclass(frozen=True)
class Document:
    """What a YAML text says, and where each key and item of it stands."""

    value: Any
    lines: dict[Path, int]

    def line(self, path: Path) -> int:
        """The line of the longest known part of `path`."""
        for length in range(len(path), -1, -1):
            if path[:length] in self.lines:
                return self.lines[path[:length]]
        return 1


class _Composed(Composer, BaseResolver):
    """PyYAML's composer over events that were read before, and with no notion of what a scalar might mean."""

    def __init__(self, events: Iterable[yaml.Event]) -> None:
        """Take the events of one document."""
        Composer.__init__(self)
        BaseResolver.__init__(self)
        self._events = deque(events)

    def check_event(self, *choices: type[yaml.Event]) -> bool:
        """Whether there is a next event, of one of these kinds."""
        return bool(self._events) and (not choices or isinstance(self._events[0], choices))

    def peek_event(self) -> yaml.Event | None:
        """The next event, left where it is."""
        return self._events[0] if self._events else None

    def get_event(self) -> yaml.Event | None:
        """The next event, taken."""
        return self._events.popleft() if self._events else None


def read_yaml(text: str, file: str, first_line: int = 1) -> tuple[Document | None, list[Problem]]:
    """Read a YAML text that stands in `file` from `first_line` on; any problem means there is no document."""
    problems: list[Problem] = []

    def fault(mark: Any, what: str, remedy: str) -> None:
        line = first_line + (mark.line if mark is not None else 0)
        problems.append(Problem(file, line, what, remedy))

    try:
        events = list(_plain_events(text, fault))
        if problems:
            return None, problems
        node = _Composed(events).get_single_node()
    except yaml.MarkedYAMLError as error:
        fault(error.problem_mark or error.context_mark, _syntax(error), "correct the YAML on this line")
        return None, problems
    except yaml.YAMLError as error:
        fault(None, f"this is not YAML ({str(error).splitlines()[0]})", "correct the file")
        return None, problems
    lines: dict[Path, int] = {(): first_line}
    if node is None:
        fault(None, "there is nothing here", "state the facts as `key: value` lines")
        return None, problems
    value = _plain(node, (), lines, first_line, fault)
    return (None if problems else Document(value, lines)), problems


def _syntax(error: yaml.MarkedYAMLError) -> str:
    parts = [part for part in (error.context, error.problem) if part]
    return "the YAML cannot be read (" + ", ".join(parts) + ")"


def _plain_events(text: str, fault: Any) -> Iterator[yaml.Event]:
    """The events of a text; anchors, aliases, tags, a second document and deep nesting are refused as they come."""
    depth = documents = 0
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        yield event
        mark = event.start_mark
        anchor, tag = getattr(event, "anchor", None), getattr(event, "tag", None)
        if isinstance(event, yaml.AliasEvent):
            fault(mark, f"`*{anchor}` is an alias, which is not allowed", "write the value out")
        elif anchor:
            fault(mark, f"`&{anchor}` is an anchor, which is not allowed", "write the value plainly")
        if tag:
            fault(mark, f"`{tag}` is a tag, which is not allowed", "write the value plainly")
        if isinstance(event, yaml.DocumentStartEvent):
            documents += 1
            if documents == 2:
                fault(mark, "a second YAML document begins here", "keep one document in a file")
        elif isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > DEEPEST:
                fault(mark, f"the nesting is deeper than {DEEPEST} levels", "write it more plainly")
                return
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1


def _plain(node: Any, path: Path, lines: dict[Path, int], first_line: int, fault: Any) -> Any:
    if isinstance(node, yaml.ScalarNode):
        for character in node.value:
            if what := bad_character(character) if character != "\n" else "":
                fault(node.start_mark, f"{what} (U+{ord(character):04X}) is written here as an escape", "delete it")
                break
        return node.value
    if isinstance(node, yaml.SequenceNode):
        items = []
        for index, item in enumerate(node.value):
            lines[(*path, index)] = first_line + item.start_mark.line
            items.append(_plain(item, (*path, index), lines, first_line, fault))
        return items
    mapping: dict[str, Any] = {}
    for key_node, value_node in node.value:
        if not isinstance(key_node, yaml.ScalarNode):
            fault(key_node.start_mark, "a key is not a plain word", "write keys as plain words")
            continue
        key = key_node.value
        if key in mapping:
            fault(key_node.start_mark, f"the key `{key}` stands twice", "keep one of the two")
            continue
        lines[(*path, key)] = first_line + key_node.start_mark.line
        mapping[key] = _plain(value_node, (*path, key), lines, first_line, fault)
    return mapping
