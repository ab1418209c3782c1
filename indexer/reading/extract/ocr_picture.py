"""Pages as pictures that can be read: upright, dark on white, letters as high as OCR likes them.

Pages of a PDF are drawn by pdfium; picture files (PNG, JPEG, TIFF of several pages) are opened by
Pillow within its limit on pixels.
"""

from __future__ import annotations

import io
import math
import warnings
from importlib.metadata import version
from typing import TYPE_CHECKING

import numpy as np
import pypdfium2
from PIL import Image, ImageOps, ImageSequence

from indexer.errors import UnreadableSourceError
from indexer.records import ExtractedText

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

_FORMATS = ("PNG", "JPEG", "TIFF")
_PDF_HEAD = 1024
DOTS_PER_INCH = 300
_POINTS_PER_INCH = 72
# An A4 page at 300 dpi, and between which sizes a page is taken at its word: A6 to A3.
_USUAL_HEIGHT = 3508
_LEAST_HEIGHT, _GREATEST_HEIGHT = 1740, 5200

_SKEW_WIDTH = 1000
_GREATEST_SKEW = 5.0
_SKEW_STEP = 0.1
# Tesseract follows a slope of less than this by itself; turning blurs the letters a little.
_LEAST_SKEW = 0.3
_DARK = 128
_BLANK = 0.0003


def draw_pages(data: bytes, numbers: Sequence[int]) -> Iterator[tuple[int, Image.Image]]:
    """Yield each page (from 0) of a PDF or a picture file, in gray, at about 300 dpi.

    UnreadableSourceError when the file is locked, broken or too large; numbers that it does not
    have are left out.
    """
    if b"%PDF-" in data[:_PDF_HEAD]:
        yield from _draw_pdf(data, numbers)
    else:
        yield from _draw_pictures(data, numbers)


def extract_picture(data: bytes) -> ExtractedText:
    """Return the pages of a picture file, all of them scans; UnreadableSourceError if broken."""
    with _open_picture(data) as picture:
        pages = int(getattr(picture, "n_frames", 1))
        media_type = Image.MIME[str(picture.format)]
    return ExtractedText(
        pages=("",) * pages,
        media_type=media_type,
        method=f"Pillow {version('pillow')}",
        scans=tuple(range(pages)),
    )


def _draw_pdf(data: bytes, numbers: Sequence[int]) -> Iterator[tuple[int, Image.Image]]:
    try:
        document = pypdfium2.PdfDocument(data)
        for number in sorted(set(numbers)):
            if number < len(document):
                yield number, _draw_page(document[number])
    except pypdfium2.PdfiumError as error:
        raise UnreadableSourceError(f"its pages can't be drawn ({error}); save it again") from error


def _draw_page(page: pypdfium2.PdfPage) -> Image.Image:
    # A scan at 300 dpi comes out pixel by pixel; another scale would blur it.
    scale = DOTS_PER_INCH / _POINTS_PER_INCH
    height = max(page.get_size())
    if not _LEAST_HEIGHT < height * scale < _GREATEST_HEIGHT:
        scale = _USUAL_HEIGHT / height
    drawn = page.render(scale=scale, prefer_bgrx=True).to_pil()
    page.close()
    return _drop_red(drawn)


def _draw_pictures(data: bytes, numbers: Sequence[int]) -> Iterator[tuple[int, Image.Image]]:
    wanted = frozenset(numbers)
    with _open_picture(data) as picture:
        try:
            for number, frame in enumerate(ImageSequence.Iterator(picture)):
                if number in wanted:
                    yield number, _fit(_drop_red(ImageOps.exif_transpose(frame)))
        except (OSError, SyntaxError, ValueError, EOFError) as error:
            raise _broken(error) from error


def _open_picture(data: bytes) -> Image.Image:
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            return Image.open(io.BytesIO(data), formats=_FORMATS)
        except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
            reason = "a picture of too many pixels; save it smaller"
            raise UnreadableSourceError(reason) from error
        except (OSError, SyntaxError, ValueError) as error:
            raise _broken(error) from error


def _broken(error: Exception) -> UnreadableSourceError:
    reason = " ".join(str(error).split())[:120]
    return UnreadableSourceError(f"a broken picture ({reason}); fetch or save it again")


def _drop_red(picture: Image.Image) -> Image.Image:
    """Return the picture in gray, with red ink gone: stamps lie across names and dates.

    Seen through red light, red ink is as bright as paper; black and blue ink stay dark.
    """
    if picture.mode in {"1", "L", "I;16"}:
        return picture.convert("L")
    if picture.has_transparency_data:
        paper = Image.new("RGBA", picture.size, "white")
        picture = Image.alpha_composite(paper, picture.convert("RGBA"))
    return picture.convert("RGB").getchannel("R")


def _fit(picture: Image.Image) -> Image.Image:
    """Return the picture at the size of a page at 300 dpi; what it says of itself is not sure."""
    height = max(picture.size)
    if _LEAST_HEIGHT < height < _GREATEST_HEIGHT:
        return picture
    factor = _USUAL_HEIGHT / height
    size = (max(round(picture.width * factor), 1), max(round(picture.height * factor), 1))
    return picture.resize(size, Image.Resampling.LANCZOS)


def is_blank(picture: Image.Image) -> bool:
    """Return whether next to nothing is printed on the page."""
    return bool((np.asarray(picture) < _DARK).mean() < _BLANK)


def straighten(picture: Image.Image) -> Image.Image:
    """Return the page with its lines level; one that was laid straight comes back as it is."""
    angle = measure_skew(picture)
    if abs(angle) < _LEAST_SKEW:
        return picture
    return picture.rotate(angle, Image.Resampling.BICUBIC, fillcolor=255)


def measure_skew(picture: Image.Image) -> float:
    """Return by how many degrees to turn the page, anticlockwise, so that its lines are level.

    The right slope is the one along which dark pixels fall into the fewest rows: lines of text
    and the white between them part best (W. Postl, 1986). At most 5 degrees either way.
    """
    scale = _SKEW_WIDTH / picture.width
    small = picture.resize((_SKEW_WIDTH, max(round(picture.height * scale), 1)))
    rows, columns = np.nonzero(np.asarray(small) < _DARK)
    if not rows.size:
        return 0.0
    angles = np.arange(-_GREATEST_SKEW, _GREATEST_SKEW + _SKEW_STEP / 2, _SKEW_STEP)
    sharpness = [_sharpness(rows, columns, float(angle)) for angle in angles]
    return round(float(angles[int(np.argmax(sharpness))]), 1)


def _sharpness(rows: NDArray[np.intp], columns: NDArray[np.intp], angle: float) -> float:
    # A line that falls to the right by `angle` is level once each row is taken back by it.
    level = rows - columns * math.tan(math.radians(angle)) + _SKEW_WIDTH * 0.1
    counts = np.bincount(np.maximum(level, 0).astype(np.intp))
    return float((np.diff(counts.astype(float)) ** 2).sum())
