"""The site manifest: the SHA-256 of every file of a build but its own, with the commit and the archive root."""

from __future__ import annotations

from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from .git import Commit
from .verify import MANIFEST, MANIFEST_SCHEMA, manifest_text, sha256


def manifest(folder: Path, kind: str, root: str, commit: Commit | None, notice: str, seconds: str) -> bytes:
    """What `manifest.json` says of the files below a folder; `seconds` since 1970 name the day, or else it is today."""
    files = (path for path in folder.rglob("*") if path.is_file())
    named = {path.relative_to(folder).as_posix(): sha256(path.read_bytes()) for path in files}
    named.pop(MANIFEST, None)
    made: dict[str, Any] = {
        **({"notice": notice} if notice else {}),
        "schema": MANIFEST_SCHEMA,
        "kind": kind,
        "archive_root": root or None,
        "commit": commit.hash if commit else None,
        "changed_since": not commit.clean if commit else None,
        "built": (datetime.fromtimestamp(int(seconds), UTC) if seconds.isdigit() else datetime.now(UTC))
        .date()
        .isoformat(),
        "software": f"mkdocs-plan-archive {version('mkdocs-plan-archive')}",
        "files": dict(sorted(named.items())),
    }
    return manifest_text(made).encode()
