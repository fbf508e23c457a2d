"""Options that several commands have, so that each is called and explained alike."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import click

Option = Callable[[Callable[..., Any]], Callable[..., Any]]


def format_option(formats: Sequence[str], explained: str) -> Option:
    """`--format`, the first of some forms unless another is asked for; the command gets it as `form`."""
    return click.option(
        "--format", "form", type=click.Choice(formats), default=formats[0], show_default=True, help=explained
    )


def output_option() -> Option:
    """`--output`, a file in place of standard output."""
    return click.option(
        "--output",
        type=click.Path(dir_okay=False, writable=True, path_type=Path),
        default=None,
        help="The file to write; without it the report goes to standard output.",
    )
