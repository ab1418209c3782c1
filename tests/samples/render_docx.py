"""Sheet -> DOCX, with the letterhead and the signature as borderless two-column tables."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from typing import TYPE_CHECKING

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Cm, Pt

from tests.samples.sheet import (
    MOTTO,
    SAMPLE_MARK,
    STATE,
    Letterhead,
    Sheet,
    Signature,
    is_centred,
)

if TYPE_CHECKING:
    from tests.samples.spec import Block

_CENTRE = WD_ALIGN_PARAGRAPH.CENTER
_FIRST_DAY_OF_ZIP = (1980, 1, 1, 0, 0, 0)


def render_docx(sheet: Sheet) -> bytes:
    """Return the document; the same sheet gives the same bytes with the same python-docx."""
    document = _open_blank()
    _add_line(document, SAMPLE_MARK, bold=True)
    if sheet.letterhead:
        _add_letterhead(document, sheet.letterhead)
    _add_line(document, "")
    _add_line(document, sheet.name, bold=True)
    if sheet.abstract:
        _add_line(document, sheet.abstract, bold=True)
    for block in sheet.blocks:
        _add_block(document, block)
    if sheet.signature:
        _add_signature(document, sheet.recipients, sheet.signature)
    return _freeze(document)


def _open_blank() -> docx.document.Document:
    document = docx.Document()
    document.styles["Normal"].font.name = "Times New Roman"
    document.styles["Normal"].font.size = Pt(13)
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin = Cm(3), Cm(2)
    core = document.core_properties
    core.author, core.title, core.comments = "", "", SAMPLE_MARK
    core.created = core.modified = datetime(2020, 1, 1)  # noqa: DTZ001 - DOCX has no zones.
    return document


def _add_line(document: docx.document.Document, text: str, *, bold: bool = False) -> None:
    paragraph = document.add_paragraph()
    paragraph.alignment = _CENTRE
    paragraph.add_run(text).bold = bold


def _add_letterhead(document: docx.document.Document, head: Letterhead) -> None:
    table = document.add_table(rows=2, cols=2)
    _fill_cell(table.cell(0, 0), head.issuer, bold=True)
    _fill_cell(table.cell(0, 1), (STATE, MOTTO), bold=True)
    _fill_cell(table.cell(1, 0), (head.number_line,))
    _fill_cell(table.cell(1, 1), (head.place_and_date,), italic=True)


def _fill_cell(
    cell: docx.table._Cell, lines: tuple[str, ...], *, bold: bool = False, italic: bool = False
) -> None:
    for place, line in enumerate(lines):
        paragraph = cell.add_paragraph() if place else cell.paragraphs[0]
        paragraph.alignment = _CENTRE
        run = paragraph.add_run(line)
        run.bold, run.italic = bold, italic


def _add_block(document: docx.document.Document, block: Block) -> None:
    if block.style == "table":
        _add_table(document, block.rows)
        return
    if is_centred(block):
        _add_line(document, block.text, bold=True)
        return
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.first_line_indent = Cm(1)
    run = paragraph.add_run(block.text)
    run.bold, run.italic = block.style == "heading", block.style == "citation"


def _add_table(document: docx.document.Document, rows: tuple[tuple[str, ...], ...]) -> None:
    table = document.add_table(rows=len(rows), cols=len(rows[0]))
    table.style = "Table Grid"
    for line, row in zip(table.rows, rows, strict=True):
        for cell, text in zip(line.cells, row, strict=True):
            cell.paragraphs[0].add_run(text)
    document.add_paragraph()


def _add_signature(
    document: docx.document.Document, recipients: tuple[str, ...], signature: Signature
) -> None:
    table = document.add_table(rows=1, cols=2)
    left = ("Nơi nhận:", *(f"- {line}" for line in recipients))
    table.cell(0, 0).text = "\n".join(left)
    _fill_cell(table.cell(0, 1), (*signature.roles, "", "", signature.name), bold=True)


def _freeze(document: docx.document.Document) -> bytes:
    """Return the file with every entry dated alike: a ZIP otherwise holds the time of writing."""
    raw, frozen = io.BytesIO(), io.BytesIO()
    document.save(raw)
    with zipfile.ZipFile(raw) as loose, zipfile.ZipFile(frozen, "w") as fixed:
        for entry in sorted(loose.namelist()):
            info = zipfile.ZipInfo(entry, _FIRST_DAY_OF_ZIP)
            info.compress_type = zipfile.ZIP_DEFLATED
            fixed.writestr(info, loose.read(entry))
    return frozen.getvalue()
