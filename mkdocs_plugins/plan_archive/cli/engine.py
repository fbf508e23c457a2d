"""Running the site engine as a separate program, so that nothing but the plugin needs it."""

from __future__ import annotations

import importlib.util
import os
import sys
from contextlib import suppress
from pathlib import Path

from ..errors import EngineError, GitError
from ..record.git import head

ENGINES = ("mkdocs", "properdocs")


def command(engine: str, root: Path, config: Path, *arguments: str) -> list[str]:
    """The engine's command line; EngineError where the engine or its configuration is missing."""
    if importlib.util.find_spec(engine) is None:
        raise EngineError(f"the engine {engine} is not installed: install it with `pip install {engine}`")
    file = config if config.is_absolute() else root / config
    if not file.is_file():
        raise EngineError(f"there is no {config} here: run this in the archive's folder, or give --config-file")
    # -P: what lies in the archive is never run, whatever its name: `-m` alone would look for modules there first.
    return [sys.executable, "-P", "-m", engine, *arguments, "--config-file", str(file)]


def environment(root: Path) -> dict[str, str]:
    """The engine's environment: the build's day is the commit's, and notices about engines are left out."""
    given = dict(os.environ)
    given |= {"NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true", "PYTHONUTF8": "1"}
    with suppress(GitError):  # the build tells that git cannot read the repository, and stops
        commit = head(root)
        if "SOURCE_DATE_EPOCH" not in given and commit is not None:
            given["SOURCE_DATE_EPOCH"] = str(commit.seconds)
    return given
