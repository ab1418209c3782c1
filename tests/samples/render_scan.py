"""PDF -> a PDF of pictures only, as a copier's scan: nothing in it but grey pixels."""

from __future__ import annotations

import io

import pypdfium2
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

_POINTS_PER_INCH = 72


def render_scan(pdf: bytes, *, dpi: int = 120, quality: int = 35, tilt: float = 0.0) -> bytes:
    """Return the same pages without a text layer, turned by `tilt` degrees.

    The bytes depend on the releases of PDFium and of Pillow's JPEG encoder; with those the same
    they are the same.
    """
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=A4, invariant=1)
    for page in rasterise_pages(pdf, dpi):
        turned = page.rotate(tilt, fillcolor=255, resample=Image.Resampling.BICUBIC)
        canvas.drawImage(_as_jpeg(turned, quality), 0, 0, *A4)
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def rasterise_pages(pdf: bytes, dpi: int) -> list[Image.Image]:
    """Return every page as a grey picture."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [
            page.render(scale=dpi / _POINTS_PER_INCH, grayscale=True).to_pil() for page in document
        ]
    finally:
        document.close()


def _as_jpeg(page: Image.Image, quality: int) -> ImageReader:
    jpeg = io.BytesIO()
    page.save(jpeg, "JPEG", quality=quality, optimize=True)
    jpeg.seek(0)
    return ImageReader(jpeg)
