"""A paper as a Word document: real headings, tables with heads, its language; the same paper gives the same bytes."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime, time
from typing import Any

from docx import Document
from docx.document import Document as Opened
from docx.enum.text import WD_COLOR_INDEX
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import Table as DrawnTable
from docx.text.paragraph import Paragraph as DrawnParagraph

from ..language import tr
from .paper import Blank, Entries, Heading, Listing, Paper, Paragraph, Part, Table, Words

FONT = "Arial"
SMALL = Pt(9)
"""In tables."""
LANGUAGES = {"en": "en-GB", "cy": "cy-GB"}
_ZIP_DAY = (1980, 1, 1, 0, 0, 0)
"""The first day that a zip file can hold: its entries say nothing of when they were made."""


def paper_docx(paper: Paper) -> bytes:
    """The whole paper as a file; the notice first, and again at the head of each page."""
    document = Document()
    _dressed(document, paper)
    if paper.notice:
        _words(document.add_paragraph(), (paper.notice,), bold=True)
    document.add_heading(paper.title, level=1)
    for part in paper.parts:
        _add(document, part)
    saved = io.BytesIO()
    document.save(saved)
    return _same_bytes(saved.getvalue())


def _dressed(document: Opened, paper: Paper) -> None:
    """The page, its styles and its properties, with nothing of whoever made it, or when."""
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(2.5)
    language = LANGUAGES.get(paper.language, paper.language)
    for name, size in (("Normal", 11), ("Heading 1", 18), ("Heading 2", 14), ("Heading 3", 12)):
        style = document.styles[name]
        assert isinstance(style, ParagraphStyle)  # noqa: S101  the four are paragraphs' styles in every template
        style.font.name, style.font.size = FONT, Pt(size)
        style.font.color.rgb = RGBColor(0, 0, 0)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for key in [key for key in fonts.attrib if key.lower().endswith("theme")]:
            del fonts.attrib[key]
        for kind in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
            fonts.set(qn(kind), FONT)
    for spoken in document.styles.element.iter(qn("w:lang")):
        spoken.set(qn("w:val"), language)
    head, foot = section.header.paragraphs[0], section.footer.paragraphs[0]
    head.add_run(paper.notice)
    foot.add_run(tr("Page") + " ")
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    foot._p.append(field)
    field.append(foot.add_run("1")._r)  # what stands there until Word counts the pages
    made = datetime.combine(paper.day, time(), UTC)
    properties = document.core_properties
    properties.title, properties.author, properties.language = paper.title, paper.author, language
    properties.subject, properties.comments = paper.notice, ""
    properties.last_modified_by, properties.revision = paper.author, 1
    properties.created = properties.modified = made
    package = document.part.package
    for key in [key for key, one in package.rels.items() if one.reltype == RELATIONSHIP_TYPE.THUMBNAIL]:
        del package.rels[key]


def _add(document: Opened, part: Part) -> None:
    if isinstance(part, Heading):
        document.add_heading(part.text, level=part.level)
    elif isinstance(part, Paragraph):
        _words(document.add_paragraph(), part.words)
    elif isinstance(part, Entries):
        for name, words in part.rows:
            line = document.add_paragraph()
            line.add_run(f"{name}: ").bold = True
            _words(line, words)
    elif isinstance(part, Listing):
        for words in part.items:
            line = document.add_paragraph(style="List Number" if part.numbered else "List Bullet")
            _words(line, words)
    else:
        _table(document, part)


def _words(line: DrawnParagraph, words: Words, *, bold: bool = False) -> None:
    for run in words:
        drawn = line.add_run(str(run))
        drawn.bold = bold or isinstance(run, Blank) or None
        if isinstance(run, Blank):
            drawn.font.highlight_color = WD_COLOR_INDEX.YELLOW


def _table(document: Opened, table: Table) -> None:
    """A table with its caption above it; its head is repeated on each page, and no row is torn."""
    above = document.add_paragraph()
    above.paragraph_format.keep_with_next = True
    above.add_run(table.caption).italic = True
    drawn = document.add_table(rows=1, cols=len(table.head), style="Table Grid")
    _described(drawn, table.caption)
    for cell, text in zip(drawn.rows[0].cells, table.head, strict=True):
        head = cell.paragraphs[0].add_run(text)
        head.bold, head.font.size = True, SMALL
        shade = OxmlElement("w:shd")
        for key, value in (("w:val", "clear"), ("w:color", "auto"), ("w:fill", "E7E6E6")):
            shade.set(qn(key), value)
        cell._tc.get_or_add_tcPr().append(shade)
    for row in table.rows:
        for cell, text in zip(drawn.add_row().cells, row, strict=True):
            cell.paragraphs[0].add_run(text).font.size = SMALL
    for index, row in enumerate(drawn.rows):
        properties = row._tr.get_or_add_trPr()
        for name in ("w:cantSplit", *(["w:tblHeader"] if not index else [])):
            properties.append(OxmlElement(name))
    document.add_paragraph()


def _described(drawn: DrawnTable, caption: str) -> None:
    """What a screen reader says of the table."""
    properties: Any = drawn._tbl.tblPr
    for name in ("w:tblCaption", "w:tblDescription"):
        told = OxmlElement(name)
        told.set(qn("w:val"), caption)
        properties.append(told)


def _same_bytes(content: bytes) -> bytes:
    """The same file with every entry of one day, in one order."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(written, "w") as new:
        for name in sorted(old.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            entry = zipfile.ZipInfo(name, _ZIP_DAY)
            entry.compress_type, entry.create_system = zipfile.ZIP_DEFLATED, 3
            entry.external_attr = 0o600 << 16
            new.writestr(entry, old.read(name))
    return written.getvalue()
