"""What marks alone do not show, in words: where a link led, that something is a point of a list now, and the like."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import reduce

from ..compare.telling import is_title
from ..language import tr, tr_later
from ..model import BlockChange, SectionChange

LABELS = {
    "changed": tr_later("changed"),
    "moved": tr_later("moved"),
    "retitled": tr_later("retitled"),
    "renumbered": tr_later("renumbered"),
    "split": tr_later("split"),
    "merged": tr_later("merged"),
    "added": tr_later("new"),
    "removed": tr_later("ended"),
}
TITLE_IS_NEW = tr_later("title is new")
TITLE_TAKEN_AWAY = tr_later("title taken away")
KINDS = {
    "heading": tr_later("a heading"),
    "paragraph": tr_later("a paragraph"),
    "item": tr_later("a point of a list"),
    "row": tr_later("a row"),
    "code": tr_later("fixed text"),
    "other": tr_later("another part"),
}
MARKUP = {
    "picture": tr_later("The picture is another one"),
    "emphasis": tr_later("Other words are stressed"),
    "heading level": tr_later("The heading was at level {old} and is at level {new}"),
    "kind": tr_later("Was {old} and is {new}"),
    "list depth": tr_later("The point was at level {old} of its list and is at level {new}"),
}
"""What is said of a change of markup; links are told apart."""
_PLAN = re.compile(r"^plan:([a-z0-9-]+)(?:@([a-z0-9-]+))?(?:#(.*))?$")
_FROM_TO = re.compile(r"^([a-z ]+): (.*) -> (.*)$", re.DOTALL)


def labels(change: SectionChange) -> tuple[str, ...]:
    """The words beside a section's heading; a text that had no title was not retitled."""
    words = LABELS
    if is_title(change) and not (change.old and change.old[0].title):
        words = LABELS | {"retitled": TITLE_IS_NEW}
    elif is_title(change) and not (change.new and change.new[0].title):
        words = LABELS | {"retitled": TITLE_TAKEN_AWAY}
    return tuple(tr(words[kind]) for kind in change.change)


def kind_of(kind: str) -> str:
    """What a block is, with its article: a paragraph, a point of a list."""
    return tr(KINDS.get(kind, KINDS["other"]))


def is_changed(block: BlockChange) -> bool:
    """Whether anything about a block is not as it was."""
    return block.change != "equal" or bool(block.markup)


def remarks(block: BlockChange) -> Iterator[str]:
    """What is said of a block beside its marks."""
    yield from map(in_words, block.markup)
    if block.fallback:
        yield tr("Too different to mark word by word")


def in_words(markup: str) -> str:
    """One change of markup, `link: OLD -> NEW`, as a reader would say it."""
    match = _FROM_TO.match(markup)
    if match is None:
        return markup
    what, old, new = match.groups()
    if what == "link":
        return _links([] if old == "none" else old.split(), [] if new == "none" else new.split())
    if what == "kind":
        old, new = _named(old), _named(new)
    return tr(MARKUP[what], old=old, new=new) if what in MARKUP else markup


def _named(kind: str) -> str:
    return tr(KINDS[kind]) if kind in KINDS else kind


def _links(old: list[str], new: list[str]) -> str:
    gone = [target for target in old if target not in new]
    come = [target for target in new if target not in old]
    if not gone and not come:
        return tr("Its links stand in another order")
    if len(gone) == len(come) == 1:
        return tr("A link led to {old}; now it leads to {new}", old=_place(gone[0]), new=_place(come[0]))
    parts = [
        *([tr("No longer a link to {places}", places=_places(gone))] if gone else []),
        *([tr("New link to {places}", places=_places(come))] if come else []),
    ]
    return "; ".join(parts)


def _places(targets: list[str]) -> str:
    return reduce(lambda some, more: tr("{places} and to {place}", places=some, place=more), map(_place, targets))


def _place(target: str) -> str:
    """Where a link leads, in words that need no look at the page."""
    match = _PLAN.match(target)
    if match:
        plan, edition, part = match.groups()
        text = f"{_spaced(plan)} {edition}" if edition else tr("the {title}", title=_spaced(plan))
        return tr("“{part}” in {text}", part=_spaced(part), text=text) if part else text
    return tr("“{part}” in the text itself", part=_spaced(target[1:])) if target.startswith("#") else target


def _spaced(name: str) -> str:
    return name.replace("-", " ")
