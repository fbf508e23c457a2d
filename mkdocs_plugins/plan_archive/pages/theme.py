"""What the theme writes into every page outside the blocks of its template, and this site has no use for."""

from __future__ import annotations

import re

_SWITCHES = re.compile(r' *<(?:input class="md-toggle"[^>]*>|label class="md-overlay"[^>]*></label>)\n')


def without_switches(html: str) -> str:
    """A page without the theme's switches for a drawer and a search, which are not valid and switch nothing here."""
    return _SWITCHES.sub("", html)
