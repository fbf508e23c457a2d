"""Print how much the example archive holds: editions, words, sections and rows of each plan, and pages of a built site.

`python tests/bench/counts.py [SITE]` counts words in the Markdown itself, without the package: what a reader reads,
with front matter, ids, link targets and the marks of tables left out.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NOT_READ = re.compile(r"\{[#.:][^}]*\}|\]\([^)]*\)|\[\^[^\]]*\]:?|^\s*\|?[\s:|-]+\|?\s*$|[|#*>]", re.MULTILINE)


def body(file: Path) -> str:
    """A file's text without its front matter."""
    text = file.read_text(encoding="utf-8")
    return text.split("\n---\n", 1)[1] if text.startswith("---\n") else text


def texts(plan: Path) -> dict[str, list[Path]]:
    """The files of each edition of a plan, chapters included."""
    found = {file.stem: [file] for file in sorted(plan.glob("*.md"))}
    for index in sorted(plan.glob("*/index.md")):
        found[index.parent.name] = sorted(index.parent.glob("*.md"))
    return found


def main() -> None:
    """Print a line for each edition and the sums."""
    site = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    plans = sorted({p.parent.name for root in ("archive", "plans") for p in ROOT.glob(f"{root}/*/plan.yml")})
    total = editions = 0
    for plan in plans:
        held = {k: v for root in ("archive", "plans") for k, v in texts(ROOT / root / plan).items()}
        pages = len(list((site / "plans" / plan).rglob("index.html"))) if site else 0
        print(f"{plan}: {len(held)} editions" + (f", {pages} pages" if site else ""))
        for edition, files in sorted(held.items()):
            text = "\n".join(body(file) for file in files)
            words = len(NOT_READ.sub(" ", text).split())
            rows = len(re.findall(r"^\| *[A-Z]{1,4}[0-9]+[a-z]? *\|", text, re.MULTILINE))
            print(f"  {edition}: {words:,} words, {len(re.findall(r'^#+ ', text, re.MULTILINE))} headings, {rows} rows")
            total += words
            editions += 1
    print(f"{len(plans)} plans, {editions} editions, {total:,} words")
    if site:
        print(f"{len(list(site.rglob('*.html')))} pages in all")


if __name__ == "__main__":
    main()
