"""The site's own words, gathered from the code: `languages/plan_archive.pot`, from which a translation is begun.

    python tools/catalogue.py [--check]

With `--check` nothing is written; what is not as the code says is told, and the exit code is 1.
"""

from __future__ import annotations

import sys
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import write_po

HOUSE = Path(__file__).resolve().parent.parent / "mkdocs_plugins" / "plan_archive"
POT = HOUSE / "languages" / "plan_archive.pot"
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "tr": None,
    "tr_later": None,
    "tr_many": (1, 2),
    "trMany": (1, 2),
    "tr_as": ((1, "c"), 2),
    "_": None,
    "gettext": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
METHODS = [
    ("language.py", "ignore"),
    ("**.py", "python"),
    ("**.html", "jinja2.ext:babel_extract"),
    ("assets/**.js", "javascript"),
    ("**/assets/**.js", "javascript"),
]
OPTIONS = {
    "**.html": {
        "trimmed": "true",
        "trim_blocks": "true",
        "lstrip_blocks": "true",
        "silent": "false",
        "newstyle_gettext": "true",
    }
}
HEADER = "The words of Plan Archive's pages. Copy this file to plans/languages/LANGUAGE.po and translate it."


def template() -> bytes:
    """The template of a catalogue: every message once, with the files that say it."""
    catalogue = Catalog(project="Plan Archive", header_comment=f"# {HEADER}", charset="utf-8")
    for file, _, message, comments, context in extract_from_dir(
        HOUSE, METHODS, OPTIONS, KEYWORDS, comment_tags=("TRANSLATORS:",), strip_comment_tags=True
    ):
        catalogue.add(message, locations=[(file, 0)], auto_comments=comments, context=context)
    written = BytesIO()
    write_po(written, catalogue, width=110, sort_output=True, omit_header=True, include_lineno=False)
    head = (
        f"# {HEADER}\n"
        'msgid ""\n'
        'msgstr ""\n'
        '"MIME-Version: 1.0\\n"\n'
        '"Content-Type: text/plain; charset=utf-8\\n"\n'
        '"Content-Transfer-Encoding: 8bit\\n"\n\n'
    )
    return head.encode() + written.getvalue()


def main() -> int:
    """Write the template, or with `--check` tell whether it is as the code says."""
    made = template()
    if "--check" not in sys.argv[1:]:
        POT.parent.mkdir(exist_ok=True)
        POT.write_bytes(made)
        print(f"{POT.name}: {made.count(b'msgid ') - 1} messages")
        return 0
    if POT.is_file() and POT.read_bytes() == made:
        return 0
    print(f"{POT}: not as the code says; run: python tools/catalogue.py")
    return 1


if __name__ == "__main__":
    sys.exit(main())
