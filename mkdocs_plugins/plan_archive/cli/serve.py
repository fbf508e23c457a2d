"""`plan-archive serve`: the preview, with drafts and with problems on top."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import click

from .engine import ENGINES, command, environment


@click.command()
@click.option(
    "--config-file",
    type=click.Path(path_type=Path),
    default=Path("mkdocs.yml"),
    show_default=True,
    help="The engine's configuration.",
)
@click.option("--address", default="127.0.0.1:8000", show_default=True, help="Where the preview listens.")
@click.option(
    "--engine", type=click.Choice(ENGINES), default="mkdocs", show_default=True, help="The program underneath."
)
@click.pass_obj
def serve(root: Path, *, config_file: Path, address: str, engine: str) -> None:
    """Preview the site and follow every change of the files.

    Drafts are shown and marked. A text that has problems is shown with them on top, so that half-right work can be
    seen; nothing that is shown here is published. The search works too, on the texts as they are when this command
    starts. Exit codes are the engine's.
    """
    run = command(engine, root, config_file, "serve", "--dev-addr", address, "--livereload")
    with subprocess.Popen(run, env=environment(root), cwd=root) as running:  # noqa: S603
        # Whoever ends this command ends the engine with it, or it would hold the address for ever.
        signal.signal(signal.SIGTERM, lambda _number, _frame: running.terminate())
        try:
            code = running.wait()
        except KeyboardInterrupt:
            code = 0
    sys.exit(0 if code == -signal.SIGTERM else code)
