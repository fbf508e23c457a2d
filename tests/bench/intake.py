"""How long it takes to read an archive and to build its site, and how much of it is Markdown: run with `make bench`.

Prints medians and the ratio to plain Python-Markdown in the same run, since machines are noisy.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path

import markdown
from medians import median_seconds

from plan_archive.intake import read_library
from plan_archive.intake.dialect import EXTENSIONS, SETTINGS

ROOT = Path(__file__).resolve().parents[2]


def only_markdown() -> None:
    """Render every text of the archive with the same dialect and nothing else."""
    for folder in ("plans", "archive"):
        for path in sorted((ROOT / folder).rglob("*.md")):
            renderer = markdown.Markdown(extensions=["tables", *EXTENSIONS], extension_configs=SETTINGS)
            renderer.convert(path.read_text(encoding="utf-8"))


def build() -> None:
    """Build the example's site with the command line."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "plan_archive", "-C", str(ROOT), "build", "--site-dir", f"{folder}/site"]
        subprocess.run(command, check=True, capture_output=True)


def main() -> None:
    """Print the figures of one run."""
    reading = read_library(ROOT, date(2026, 1, 1))
    library = reading.library
    words = sum(text.words for plan in library.plans for e in plan.editions for text in e.versions) if library else 0
    plain = median_seconds(only_markdown)
    read = median_seconds(lambda: read_library(ROOT, date(2026, 1, 1)))
    built = median_seconds(build)
    print(f"{reading.files} files, {words:,} words")
    print(f"plain Markdown       {plain:6.2f} s")
    print(
        f"reading and checking {read:6.2f} s  {read / plain:.2f} x plain Markdown  {words / read:,.0f} words a second"
    )
    print(f"whole build          {built:6.2f} s  {built / plain:.2f} x plain Markdown")


if __name__ == "__main__":
    main()
