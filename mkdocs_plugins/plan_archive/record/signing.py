"""Signing the seals with `ssh-keygen`, which comes with OpenSSH; nothing else of the archive needs it."""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

from ..errors import PlanArchiveError
from .verify import NAMESPACE


def sign(content: bytes, key: Path) -> str:
    """The signature of some bytes with a private key, or with the public key of one that an agent holds."""
    with tempfile.TemporaryDirectory() as name:
        file = Path(name) / "seals"
        file.write_bytes(content)
        command = ["ssh-keygen", "-Y", "sign", "-q", "-f", str(key.resolve()), "-n", NAMESPACE, str(file)]
        try:
            done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
        except OSError as error:
            raise PlanArchiveError(f"ssh-keygen cannot be run ({error.strerror}): install OpenSSH") from error
        made = file.with_name("seals.sig")
        if done.returncode != 0 or not made.is_file():
            raise PlanArchiveError(f"the seals could not be signed: {done.stderr.strip() or 'ssh-keygen failed'}")
        return made.read_text(encoding="utf-8")
