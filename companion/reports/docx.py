"""A document as DOCX, for who wants to edit it: real headings and tables, nothing about its maker.

Pure: the same document gives the same bytes, on any day and any machine.
"""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime
from typing import Any

import docx
from docx.document import Document as Docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor

from companion.reports.document import Block, Bullets, Document, Facts, Paragraph, Table
from companion.reports.plain import plain_throughout

_NO_DAY = datetime(1980, 1, 1, tzinfo=UTC)
"""The earliest that a zip can say; a document keeps no time of its own."""
_PETROL = RGBColor(0x0A, 0x5A, 0x63)
_LANGUAGES = {"nl": "nl-NL", "en": "en-GB"}
_LEFT_OUT = "docProps/thumbnail.jpeg"


def docx_bytes(document: Document) -> bytes:
    """The file."""
    shown = plain_throughout(document)
    made = docx.Document()
    _style(made, shown.language)
    made.add_heading(shown.title, level=0)
    if shown.subtitle:
        made.add_paragraph(shown.subtitle)
    for section in shown.sections:
        made.add_heading(section.title, level=1)
        for block in section.blocks:
            _add(made, block)
    if shown.footer:
        made.add_paragraph(shown.footer, style="Caption")
    _clean(made, shown)
    written = io.BytesIO()
    made.save(written)
    return _without_times(written.getvalue())


def _style(made: Docx, language: str) -> None:
    normal: Any = made.styles["Normal"]
    normal.font.name, normal.font.size = "Calibri", Pt(11)
    normal.element.get_or_add_rPr().append(_lang(language))
    for name in ("Title", "Heading 1", "Heading 2", "Caption"):
        style: Any = made.styles[name]
        style.font.color.rgb = _PETROL


def _lang(language: str) -> Any:
    element = OxmlElement("w:lang")
    element.set(qn("w:val"), _LANGUAGES[language])
    return element


def _add(made: Docx, block: Block) -> None:
    match block:
        case Paragraph():
            made.add_paragraph(block.text)
        case Bullets():
            for item in block.items:
                made.add_paragraph(item, style="List Bullet")
        case Facts():
            if block.title:
                made.add_heading(block.title, level=2)
            for label, value in block.pairs:
                line = made.add_paragraph()
                line.paragraph_format.space_after = Pt(2)
                line.add_run(f"{label}: ").bold = True
                line.add_run(value)
        case Table():
            _add_table(made, block)


def _add_table(made: Docx, table: Table) -> None:
    grid = made.add_table(rows=1, cols=len(table.header), style="Light List Accent 1")
    _fill(grid.rows[0], table.header, table.numbers)
    repeated = OxmlElement("w:tblHeader")
    grid.rows[0]._tr.get_or_add_trPr().append(repeated)  # noqa: SLF001 (python-docx has no name for it)
    for row in table.rows:
        _fill(grid.add_row(), row, table.numbers)


def _fill(row: Any, cells: tuple[str, ...], numbers: tuple[int, ...]) -> None:
    for index, text in enumerate(cells):
        row.cells[index].text = text
        if index in numbers:
            row.cells[index].paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _clean(made: Docx, document: Document) -> None:
    about = made.core_properties
    about.author = about.last_modified_by = about.comments = about.keywords = ""
    about.title = document.title[:255]
    about.language = _LANGUAGES[document.language]
    about.created = about.modified = about.last_printed = _NO_DAY
    about.revision = 1


def _without_times(written: bytes) -> bytes:
    """The same zip with one time for all and without the template's picture."""
    clean = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(written)) as old,
        zipfile.ZipFile(clean, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            if name == _LEFT_OUT:
                continue
            body = old.read(name)
            if name == "_rels/.rels":
                body = _without_thumbnail(body)
            entry = zipfile.ZipInfo(name, _NO_DAY.timetuple()[:6])
            new.writestr(entry, body, zipfile.ZIP_DEFLATED)
    return clean.getvalue()


def _without_thumbnail(rels: bytes) -> bytes:
    parts = rels.split(b"<Relationship ")
    kept = [part for part in parts if b"thumbnail.jpeg" not in part]
    ending = b"</Relationships>"
    joined = b"<Relationship ".join(kept)
    return joined if joined.rstrip().endswith(ending) else joined + ending
