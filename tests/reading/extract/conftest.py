"""Small files of each format, written by hand so that each test shows what is in them."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_FIRST_CODE = 33
_GLYPH_WIDTH = 500
_WIDTH, _HEIGHT = 595, 842


@dataclass
class PdfPage:
    """Lines at places (x, y from below, text), pictures as shares of the page, stamps."""

    lines: list[tuple[float, float, str]] = field(default_factory=list)
    picture: float = 0.0
    stamps: list[tuple[float, float, str]] = field(default_factory=list)
    slanting: str = ""
    forms: list[tuple[float, float, str]] = field(default_factory=list)
    turned: list[tuple[float, float, int, str]] = field(default_factory=list)
    """Lines with the quarters that they are turned against the clock."""
    hidden: list[tuple[float, float, str]] = field(default_factory=list)
    rotate: int = 0
    """Degrees by which viewers turn the page with the clock."""
    shapes: int = 0
    raw: bytes = b""
    """Operators that are added to the content as they are."""


def page_of(*lines: str, **more: object) -> PdfPage:
    """Return a page of these lines from top to bottom."""
    placed = [(60.0, 800.0 - 16 * at, line) for at, line in enumerate(lines)]
    return PdfPage(lines=placed, **more)  # type: ignore[arg-type]


def stream(content: bytes, extra: bytes = b"") -> bytes:
    """Return a PDF stream object."""
    return b"<</Length %d%s>>stream\n" % (len(content), extra) + content + b"\nendstream"


def pdf_of_objects(objects: Sequence[bytes]) -> bytes:
    """Return a PDF of these objects, numbered from 1; the first is the catalogue."""
    body = b"".join(b"%d 0 obj\n%s\nendobj\n" % (at, o) for at, o in enumerate(objects, start=1))
    return b"%PDF-1.4\n" + body + b"trailer<</Root 1 0 R/Size %d>>\n%%%%EOF" % (len(objects) + 1)


class _Writer:
    """Writes pages in one made-up font that can spell anything."""

    def __init__(self) -> None:
        self.codes: dict[str, int] = {}

    def write(self, pages: Sequence[PdfPage]) -> bytes:
        objects = [b"", b"", b"", b"", b""]
        kids = [self._add_page(page, objects) for page in pages]
        objects[0] = b"<</Type/Catalog/Pages 2 0 R>>"
        listed = b" ".join(b"%d 0 R" % kid for kid in kids)
        objects[1] = b"<</Type/Pages/Kids[%s]/Count %d>>" % (listed, len(kids))
        objects[2] = (
            b"<</Type/Font/Subtype/Type1/BaseFont/Made/FirstChar 0/LastChar 255/ToUnicode 4 0 R"
            b"/FontDescriptor<</Type/FontDescriptor/FontName/Made/Flags 4/Ascent 800/Descent -200"
            b"/FontBBox[0 -200 1000 800]>>/Widths[%s]>>" % (b"%d " % _GLYPH_WIDTH * 256)
        )
        objects[3] = stream(self._unicode_map())
        objects[4] = stream(
            b"\x80",
            b"/Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8"
            b"/ColorSpace/DeviceGray",
        )
        return pdf_of_objects(objects)

    def _add_page(self, page: PdfPage, objects: list[bytes]) -> int:
        side = (page.picture**0.5 * _WIDTH, page.picture**0.5 * _HEIGHT)
        content = b"q %f 0 0 %f 0 0 cm /Im Do Q\n" % side if page.picture else b""
        content += b"".join(self._show(*line) for line in page.lines)
        if page.slanting:
            content += b"BT /F 40 Tf 0.7 0.7 -0.7 0.7 100 100 Tm <%s> Tj ET\n" % self._spell(
                page.slanting
            )
        content += b"".join(self._show_turned(*line) for line in page.turned)
        if page.hidden:
            lines = b"".join(self._show(*line) for line in page.hidden)
            content += b"q 3 Tr\n" + lines + b"0 Tr Q\n"
        content += b"10 10 m 20 20 l S\n" * page.shapes + page.raw
        names = b""
        for at, form in enumerate(page.forms):
            objects.append(self._form(*form))
            names += b"/X%d %d 0 R" % (at, len(objects))
            content += b"/X%d Do\n" % at
        annotations = [self._stamp(stamp, objects) for stamp in page.stamps]
        objects.append(stream(content))
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %d %d]/Contents %d 0 R/Annots[%s 7 null]"
            b"/Rotate %d/Resources<</Font<</F 3 0 R>>/XObject<</Im 5 0 R%s>>>>>>"
            % (_WIDTH, _HEIGHT, len(objects), b" ".join(annotations), page.rotate, names)
        )
        return len(objects)

    def _form(self, x: float, y: float, text: str) -> bytes:
        return stream(
            self._show(x, y, text),
            b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<</Font<</F 3 0 R>>>>",
        )

    def _stamp(self, stamp: tuple[float, float, str], objects: list[bytes]) -> bytes:
        x, y, text = stamp
        objects.append(
            stream(
                self._show(0, 0, text),
                b"/Type/XObject/Subtype/Form/BBox[0 0 90 20]/Resources<</Font<</F 3 0 R>>>>",
            )
        )
        objects.append(
            b"<</Type/Annot/Subtype/Widget/F 132/Rect[%f %f %f %f]/AP<</N %d 0 R>>>>"
            % (x, y, x + 90, y + 20, len(objects))
        )
        return b"%d 0 R" % len(objects)

    def _show(self, x: float, y: float, text: str) -> bytes:
        return b"BT /F 12 Tf %f %f Td <%s> Tj ET\n" % (x, y, self._spell(text))

    def _show_turned(self, x: float, y: float, quarters: int, text: str) -> bytes:
        matrix = (b"1 0 0 1", b"0 1 -1 0", b"-1 0 0 -1", b"0 -1 1 0")[quarters]
        return b"BT /F 12 Tf %s %f %f Tm <%s> Tj ET\n" % (matrix, x, y, self._spell(text))

    def _spell(self, text: str) -> bytes:
        codes = (self.codes.setdefault(letter, _FIRST_CODE + len(self.codes)) for letter in text)
        return bytes(codes).hex().encode()

    def _unicode_map(self) -> bytes:
        pairs = "".join(
            f"<{code:02x}> <{letter.encode('utf-16-be').hex()}>\n"
            for letter, code in self.codes.items()
        )
        return (
            "/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00> <ff> "
            f"endcodespacerange {len(self.codes)} beginbfchar\n{pairs}endbfchar endcmap end"
        ).encode()


@pytest.fixture
def make_pdf() -> Callable[..., bytes]:
    """Return what writes pages into a PDF."""
    return lambda *pages: _Writer().write(pages)


@pytest.fixture
def make_page() -> Callable[..., PdfPage]:
    """Return what sets lines into a page, from top to bottom."""
    return page_of


@pytest.fixture
def make_placed_page() -> type[PdfPage]:
    """Return what sets lines into a page where they are told to stand."""
    return PdfPage


@pytest.fixture
def make_pdf_of_objects() -> Callable[[Sequence[bytes]], bytes]:
    """Return what writes raw objects into a PDF."""
    return pdf_of_objects


@pytest.fixture
def make_stream() -> Callable[..., bytes]:
    """Return what writes a stream object."""
    return stream


@pytest.fixture
def make_zip() -> Callable[[dict[str, bytes]], bytes]:
    """Return what packs parts into a ZIP archive."""

    def pack(parts: dict[str, bytes]) -> bytes:
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in parts.items():
                archive.writestr(name, content)
        return packed.getvalue()

    return pack
