"""Links from a text to its own edition: written out, they lead where a link within the text leads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..model import Section


def within(sections: Sequence[Section], reference: str) -> tuple[Section, ...]:
    """A text in which a link to a part of its own edition, `plan:PLAN@EDITION#ID`, is a link to `#ID`.

    A new edition's links to itself name the new edition. They still lead to the same place, so that is no change.
    """
    own = f'"plan:{reference}#'
    if not reference or not any(own in block.html for section in sections for block in section.blocks):
        return tuple(sections)
    return tuple(
        replace(section, blocks=tuple(replace(block, html=block.html.replace(own, '"#')) for block in section.blocks))
        for section in sections
    )
