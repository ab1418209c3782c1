"""Sheet -> PDF with a text layer, in a subset-embedded Vietnamese serif font."""

from __future__ import annotations

import io
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import cm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

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
    from collections.abc import Iterator

    from reportlab.pdfgen.canvas import Canvas

    from tests.samples.spec import Block

# Debian's Liberation fonts lack most Vietnamese letters, and reportlab then draws empty boxes.
FONTS = Path("/usr/share/fonts/truetype/dejavu")
"""Where Debian's fonts-dejavu-extra puts its fonts."""

FACES = {
    "Serif": "DejaVuSerifCondensed.ttf",
    "Serif-Bold": "DejaVuSerifCondensed-Bold.ttf",
    "Serif-Italic": "DejaVuSerifCondensed-Italic.ttf",
}
_TOP = TableStyle([("VALIGN", (0, 0), (-1, -1), "TOP")])
_GRID = TableStyle([("GRID", (0, 0), (-1, -1), 0.5, "black"), ("VALIGN", (0, 0), (-1, -1), "TOP")])


def render_pdf(sheet: Sheet, *, size: float = 12) -> bytes:
    """Return the document, `size` points high; the same sheet gives the same bytes."""
    load_fonts()
    target = io.BytesIO()
    template = SimpleDocTemplate(
        target,
        pagesize=A4,
        leftMargin=3 * cm,
        rightMargin=2 * cm,
        topMargin=2 * cm,
        bottomMargin=2 * cm,
        title="",
        # Leaves out the time of writing and takes the file's id from its content.
        invariant=1,
    )
    template.build(list(_lay_out(sheet, size)), onFirstPage=_mark_page, onLaterPages=_number_page)
    return target.getvalue()


@lru_cache(maxsize=1)
def load_fonts() -> None:
    """Register the three faces once; OSError names the font that is missing."""
    for name, file in FACES.items():
        pdfmetrics.registerFont(TTFont(name, FONTS / file))
    pdfmetrics.registerFontFamily("Serif", "Serif", "Serif-Bold", "Serif-Italic", "Serif-Bold")


def _mark_page(canvas: Canvas, _: object) -> None:
    canvas.setFont("Serif-Bold", 9)
    canvas.drawCentredString(A4[0] / 2, A4[1] - 1.2 * cm, SAMPLE_MARK)


def _number_page(canvas: Canvas, template: SimpleDocTemplate) -> None:
    _mark_page(canvas, template)
    canvas.setFont("Serif", 12)
    canvas.drawCentredString(A4[0] / 2, A4[1] - 1.8 * cm, str(template.page))


def _make_style(size: float, **more: Any) -> ParagraphStyle:
    return ParagraphStyle(
        "body", fontName="Serif", fontSize=size, leading=size * 1.3, spaceAfter=size / 3, **more
    )


def _lay_out(sheet: Sheet, size: float) -> Iterator[Flowable]:
    centred = _make_style(size, alignment=TA_CENTER)
    if sheet.letterhead:
        yield _draw_letterhead(sheet.letterhead, size)
        yield Spacer(1, size)
    yield Paragraph(f"<b>{escape(sheet.name)}</b>", centred)
    if sheet.abstract:
        yield Paragraph(f"<b>{escape(sheet.abstract)}</b>", centred)
    for block in sheet.blocks:
        yield from _draw_block(block, size)
    if sheet.signature:
        yield Spacer(1, size)
        yield _draw_signature(sheet.recipients, sheet.signature, size)


def _draw_letterhead(head: Letterhead, size: float) -> Table:
    style = _make_style(size - 1.5, alignment=TA_CENTER)
    left = [*(f"<b>{escape(line)}</b>" for line in head.issuer), escape(head.number_line)]
    right = [f"<b>{STATE}</b>", f"<b>{MOTTO}</b>", f"<i>{escape(head.place_and_date)}</i>"]
    cells = [[Paragraph(line, style) for line in column] for column in (left, right)]
    return Table([cells], colWidths=[6.3 * cm, 9.7 * cm], style=_TOP)


def _draw_block(block: Block, size: float) -> Iterator[Flowable]:
    if block.style == "table":
        yield _draw_table(block.rows, size)
        yield Spacer(1, size / 2)
        return
    style = _make_style(size, alignment=TA_JUSTIFY, firstLineIndent=cm)
    if is_centred(block):
        style = _make_style(size, alignment=TA_CENTER)
    tag = {"heading": "b", "citation": "i"}.get(block.style, "span")
    yield Paragraph(f"<{tag}>{escape(block.text)}</{tag}>", style)


def _draw_table(rows: tuple[tuple[str, ...], ...], size: float) -> Table:
    style = _make_style(size - 2)
    cells = [[Paragraph(escape(cell), style) for cell in row] for row in rows]
    return Table(cells, colWidths=_share_width(rows), style=_GRID, repeatRows=1)


def _share_width(rows: tuple[tuple[str, ...], ...]) -> list[float]:
    """Return column widths in points: by longest cell, so that short columns stay narrow."""
    longest = [min(max(len(cell) for cell in column), 40) + 4 for column in zip(*rows, strict=True)]
    return [16 * cm * length / sum(longest) for length in longest]


def _draw_signature(recipients: tuple[str, ...], signature: Signature, size: float) -> Table:
    small, style = _make_style(size - 2), _make_style(size, alignment=TA_CENTER)
    left: list[Flowable] = [Paragraph("<b><i>Nơi nhận:</i></b>", small)]
    left += [Paragraph(escape(f"- {line}"), small) for line in recipients]
    right: list[Flowable] = [Paragraph(f"<b>{escape(line)}</b>", style) for line in signature.roles]
    right += [Spacer(1, 3 * size), Paragraph(f"<b>{escape(signature.name)}</b>", style)]
    return Table([[left, right]], colWidths=[7.5 * cm, 8.5 * cm], style=_TOP)
