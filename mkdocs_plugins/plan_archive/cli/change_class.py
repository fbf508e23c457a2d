"""What kind of change a text is from the one before it, as a comparison proposes it; a person confirms it."""

from __future__ import annotations

import re

from ..compare import compare
from ..model import Comparison, Edition, Library, Text

CLASSES = ("substantive", "editorial", "renumbering")


def proposed_class(library: Library, plan_id: str, edition_id: str, version: int) -> str | None:
    """The kind of change that a version of an edition is; None where there is no text before it."""
    edition = library.edition(plan_id, edition_id)
    new = _version(edition, version)
    if edition is None or new is None:
        return None
    if version > 1:
        old = _version(edition, version - 1)
    else:
        plan = library.plan(plan_id)
        before = plan.before(edition) if plan else None
        old = before.text if before else None
    return class_of(compare(old.sections, new.sections, new.declared)) if old else None


def _version(edition: Edition | None, version: int) -> Text | None:
    texts = edition.versions if edition else ()
    return next((text for text in texts if text.version == version), None)


def class_of(comparison: Comparison) -> str:
    """Renumbering where nothing but numbers of headings differs; editorial where no word does; or else substantive."""
    kinds = {kind for section in comparison.sections for kind in section.change}
    if kinds == {"renumbered"}:
        return "renumbering"
    blocks = [block for section in comparison.sections for block in section.blocks]
    moved = any(block.change == "moved" for block in blocks) or kinds & {"moved", "split", "merged"}
    old = " ".join(text for block in blocks for mark, text in block.ops if mark in "=-")
    new = " ".join(text for block in blocks for mark, text in block.ops if mark in "=+")
    return "editorial" if not moved and _words(old) == _words(new) else "substantive"


def _words(text: str) -> list[str]:
    """Words without capitals and marks, figures with their points and percent signs."""
    return re.findall(r"\d[\d.,]*\d%?|\d%?|[^\W\d_]+", text.casefold())
