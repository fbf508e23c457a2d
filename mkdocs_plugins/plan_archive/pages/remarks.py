"""What marks alone do not show, in words: where a link led, that something is a point of a list now, and the like."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..compare.telling import is_title
from ..model import BlockChange, SectionChange

LABELS = {
    "changed": "changed",
    "moved": "moved",
    "retitled": "retitled",
    "renumbered": "renumbered",
    "split": "split",
    "merged": "merged",
    "added": "new",
    "removed": "ended",
}
KINDS = {
    "heading": "a heading",
    "paragraph": "a paragraph",
    "item": "a point of a list",
    "row": "a row",
    "code": "fixed text",
    "other": "another part",
}
_PLAN = re.compile(r"^plan:([a-z0-9-]+)(?:@([a-z0-9-]+))?(?:#(.*))?$")
_FROM_TO = re.compile(r"^([a-z ]+): (.*) -> (.*)$", re.DOTALL)


def labels(change: SectionChange) -> tuple[str, ...]:
    """The words beside a section's heading; a text that had no title was not retitled."""
    words = LABELS
    if is_title(change) and not (change.old and change.old[0].title):
        words = LABELS | {"retitled": "title is new"}
    elif is_title(change) and not (change.new and change.new[0].title):
        words = LABELS | {"retitled": "title taken away"}
    return tuple(words[kind] for kind in change.change)


def is_changed(block: BlockChange) -> bool:
    """Whether anything about a block is not as it was."""
    return block.change != "equal" or bool(block.markup)


def remarks(block: BlockChange) -> Iterator[str]:
    """What is said of a block beside its marks."""
    yield from map(in_words, block.markup)
    if block.fallback:
        yield "Too different to mark word by word"


def in_words(markup: str) -> str:
    """One change of markup, `link: OLD -> NEW`, as a reader would say it."""
    match = _FROM_TO.match(markup)
    if match is None:
        return markup
    what, old, new = match.groups()
    if what == "link":
        return _links([] if old == "none" else old.split(), [] if new == "none" else new.split())
    said = {
        "picture": "The picture is another one",
        "emphasis": "Other words are stressed",
        "heading level": f"The heading was at level {old} and is at level {new}",
        "kind": f"Was {KINDS.get(old, old)} and is {KINDS.get(new, new)}",
        "list depth": f"The point was at level {old} of its list and is at level {new}",
    }
    return said.get(what, markup)


def _links(old: list[str], new: list[str]) -> str:
    gone = [target for target in old if target not in new]
    come = [target for target in new if target not in old]
    if not gone and not come:
        return "Its links stand in another order"
    if len(gone) == len(come) == 1:
        return f"A link led to {_place(gone[0])}; now it leads to {_place(come[0])}"
    parts = [
        *([f"No longer a link to {_places(gone)}"] if gone else []),
        *([f"New link to {_places(come)}"] if come else []),
    ]
    return "; ".join(parts)


def _places(targets: list[str]) -> str:
    return " and to ".join(map(_place, targets))


def _place(target: str) -> str:
    """Where a link leads, in words that need no look at the page."""
    match = _PLAN.match(target)
    if match:
        plan, edition, part = match.groups()
        text = f"{_spaced(plan)} {edition}" if edition else f"the {_spaced(plan)}"
        return f"“{_spaced(part)}” in {text}" if part else text
    return f"“{_spaced(target[1:])}” in the text itself" if target.startswith("#") else target


def _spaced(name: str) -> str:
    return name.replace("-", " ")
