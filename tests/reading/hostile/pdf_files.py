"""PDFs that hurt careless readers: loops, bombs, lies about sizes, broken pictures."""

from __future__ import annotations

import io
import zlib
from typing import TYPE_CHECKING

from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

_MIB = 2**20
_CATALOGUE = b"<</Type/Catalog/Pages 2 0 R>>"
_TREE = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
_PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R%s>>"
_SHOWN = b"BT /F 12 Tf 60 700 Td <4142> Tj ET"


def write_pdf(objects: Sequence[bytes], trailer: bytes = b"") -> bytes:
    """Return a PDF of these objects, numbered from 1; the first is the catalogue."""
    body = b"".join(b"%d 0 obj\n%s\nendobj\n" % (at, o) for at, o in enumerate(objects, start=1))
    return b"%PDF-1.4\n" + body + b"trailer<</Root 1 0 R%s>>\n%%%%EOF" % trailer


def write_stream(content: bytes, extra: bytes = b"") -> bytes:
    """Return a stream object of this content."""
    return b"<</Length %d%s>>stream\n%s\nendstream" % (len(content), extra, content)


def _page(content: bytes, extra: bytes = b"", *more: bytes) -> bytes:
    """Return a PDF of one page; objects from 5 on follow."""
    return write_pdf([_CATALOGUE, _TREE, _PAGE % extra, content, *more])


def _picture(width: int, height: int, coding: bytes, data: bytes) -> bytes:
    """Return a page that is one picture."""
    described = b"/Type/XObject/Subtype/Image/Width %d/Height %d/BitsPerComponent 8%s"
    picture = write_stream(data, described % (width, height, b"/ColorSpace/DeviceGray" + coding))
    shown = write_stream(b"q 595 0 0 842 0 0 cm /Im Do Q")
    return _page(shown, b"/Resources<</XObject<</Im 5 0 R>>>>", picture)


def _with_font(font: bytes, *more: bytes) -> bytes:
    """Return a page whose text is set in this font, object 5."""
    return _page(write_stream(_SHOWN), b"/Resources<</Font<</F 5 0 R>>>>", font, *more)


def _mapped(cmap: bytes) -> bytes:
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Made/ToUnicode 6 0 R>>"
    return _with_font(font, write_stream(b"begincmap %s endcmap" % cmap))


def _fan_out() -> bytes:
    form = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</A %d 0 R>>>>"
    forms = [write_stream(b"/A Do " * 10, form % (at + 6)) for at in range(12)]
    last = write_stream(b"q Q", form % 5)
    return _page(write_stream(b"/A Do"), b"/Resources<</XObject<</A 5 0 R>>>>", *forms, last)


def _own_form() -> bytes:
    form = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</A 5 0 R>>>>"
    own = write_stream(b"/A Do /A Do", form)
    return _page(write_stream(b"/A Do"), b"/Resources<</XObject<</A 5 0 R>>>>", own)


def _bomb(times: int, size: int) -> bytes:
    packed = bytes(size)
    for _ in range(times):
        packed = zlib.compress(packed, 9)
    return _page(write_stream(packed, b"/Filter[%s]" % (b"/FlateDecode" * times)))


def _many_lines() -> bytes:
    lines = b"".join(
        b"BT /F 2 Tf %d %d Td (ab) Tj ET\n" % (at % 590, at % 840) for at in range(10**5)
    )
    font = b"/Resources<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>"
    return _page(write_stream(zlib.compress(lines), b"/Filter/FlateDecode"), font)


def _self_in_object_stream() -> bytes:
    packed = write_stream(b"5 0 2 20 <</A 5 0 R>>   <</Kids[3 0 R]>>", b"/Type/ObjStm/N 2/First 9")
    return write_pdf(
        [_CATALOGUE, b"5 0 R", b"2 0 R", b"3 0 R", packed.replace(b"<<", b"<</Extends 5 0 R", 1)]
    )


def _own_earlier_table() -> bytes:
    start = b"%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n"
    table = b"xref\n0 2\n0000000000 65535 f \n0000000009 00000 n \n"
    at = len(start)
    return (
        start + table + b"trailer<</Root 1 0 R/Size 2/Prev %d>>\nstartxref\n%d\n%%%%EOF" % (at, at)
    )


def _forged_pages() -> bytes:
    kids = b"3 0 R " * 100_000
    tree = b"<</Type/Pages/Kids[%s]/Count 100000>>" % kids
    return write_pdf([_CATALOGUE, tree, _PAGE % b"", write_stream(b"")])


def _scanned_pages() -> bytes:
    """Return many pages that show the same empty picture, as a gazette's scans would be."""
    tree = b"<</Type/Pages/Kids[%s]/Count 3000>>" % (b"3 0 R " * 3000)
    page = _PAGE % b"/Resources<</XObject<</Im 5 0 R>>>>"
    described = b"/Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8"
    picture = write_stream(b"\xff", described + b"/ColorSpace/DeviceGray")
    return write_pdf(
        [_CATALOGUE, tree, page, write_stream(b"q 595 0 0 842 0 0 cm /Im Do Q"), picture]
    )


def _locked() -> bytes:
    written = io.BytesIO()
    canvas = Canvas(
        written,
        invariant=1,
        encrypt=StandardEncryption("reader", ownerPassword="owner", canPrint=0),
    )
    canvas.drawString(60, 700, "locked")
    canvas.save()
    return written.getvalue()


def _type_three() -> bytes:
    font = (
        b"<</Type/Font/Subtype/Type3/FontBBox[0 0 9 9]/FontMatrix[1 0 0 1 0 0]/FirstChar 65"
        b"/LastChar 66/Widths[9 9]/Encoding<</Differences[65/A/B]>>/CharProcs<</A 6 0 R/B 6 0 R>>"
        b"/Resources<</Font<</F 5 0 R>>>>>>"
    )
    return _with_font(font, write_stream(_SHOWN * 100))


def _composite(extra: bytes) -> bytes:
    inner = b"<</Type/Font/Subtype/CIDFontType2/BaseFont/Made/CIDSystemInfo<<>>%s>>" % extra
    font = b"<</Type/Font/Subtype/Type0/BaseFont/Made/Encoding/Identity-H/DescendantFonts[6 0 R]>>"
    return _with_font(font, inner)


def plain_pdf() -> bytes:
    """Return an honest PDF of one page."""
    written = io.BytesIO()
    canvas = Canvas(written, invariant=1)
    for at in range(20):
        canvas.drawString(60, 700 - 20 * at, "Hoi dong nhan dan tinh Song Xanh, ky hop thu hai")
    canvas.save()
    return written.getvalue()


def _page_box(box: bytes) -> bytes:
    page = b"<</Type/Page/Parent 2 0 R/MediaBox%s/Contents 4 0 R>>" % box
    return write_pdf([_CATALOGUE, _TREE, page, write_stream(_SHOWN)])


PDF_FILES: Mapping[str, Callable[[], bytes]] = {
    "object-loop.pdf": lambda: b"%PDF-1.4\n1 0 obj\n1 0 R\nendobj\ntrailer<</Root 1 0 R>>\n%%EOF",
    "object-ring.pdf": lambda: write_pdf([b"2 0 R", b"3 0 R", b"1 0 R"]),
    "page-tree-loop.pdf": lambda: write_pdf(
        [_CATALOGUE, b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 9>>"]
    ),
    "page-tree-fan.pdf": lambda: write_pdf(
        [_CATALOGUE]
        + [b"<</Type/Pages/Kids[%s]/Count 9>>" % (b"%d 0 R " % (at + 3) * 10) for at in range(12)]
        + [_PAGE % b""]
    ),
    "parent-loop.pdf": lambda: write_pdf(
        [
            _CATALOGUE,
            b"<</Type/Pages/Kids[3 0 R]/Count 1/Parent 3 0 R>>",
            b"<</Type/Page/Parent 2 0 R>>",
        ]
    ),
    "own-earlier-table.pdf": _own_earlier_table,
    "object-stream-loop.pdf": _self_in_object_stream,
    "length-loop.pdf": lambda: _page(b"<</Length 4 0 R>>stream\nBT ET\nendstream"),
    "cmap-ranges.pdf": lambda: _mapped(b"1 beginbfrange <00000000> <ffffffff> <0041> endbfrange"),
    "cmap-many-ranges.pdf": lambda: _mapped(
        b"100 beginbfrange %s endbfrange" % (b"<0000> <ffff> <0041> " * 2000)
    ),
    "cmap-cid-ranges.pdf": lambda: _mapped(b"1 begincidrange <00000000> <7fffffff> 0 endcidrange"),
    "cmap-of-another-file.pdf": lambda: _with_font(
        b"<</Type/Font/Subtype/Type0/BaseFont/A/Encoding/..#2f..#2fetc#2fpasswd"
        b"/DescendantFonts[6 0 R]>>",
        b"<</Type/Font/Subtype/CIDFontType2/BaseFont/A/CIDSystemInfo<<>>>>",
    ),
    "width-ranges.pdf": lambda: _composite(b"/W[0 2000000000 500]"),
    "type3-loop.pdf": _type_three,
    "flate-bomb.pdf": lambda: _bomb(2, 512 * _MIB),
    "flate-bomb-thrice.pdf": lambda: _bomb(3, 512 * _MIB),
    "run-length-bomb.pdf": lambda: _page(
        write_stream(b"\x81 " * 5 * _MIB, b"/Filter/RunLengthDecode")
    ),
    "filter-tower.pdf": lambda: _page(write_stream(b"AB>", b"/Filter[%s]" % (b"/AHx" * 20_000))),
    "predictor-columns.pdf": lambda: _page(
        write_stream(
            zlib.compress(b"BT ET"),
            b"/Filter/FlateDecode/DecodeParms<</Predictor 15/Columns 2000000000/Colors 32>>",
        )
    ),
    "fan-out.pdf": _fan_out,
    "own-form.pdf": _own_form,
    "huge-page.pdf": lambda: _page_box(b"[0 0 1e9 1e9]"),
    "odd-page.pdf": lambda: _page_box(b"[nan 5 (a) null]"),
    "thin-page.pdf": lambda: _page_box(b"[0 0 0.001 99999]"),
    "jbig2-garbage.pdf": lambda: _picture(
        2000, 3000, b"/Filter/JBIG2Decode", b"\x00\x01\x02" * 5000
    ),
    "jpx-garbage.pdf": lambda: _picture(
        2000, 3000, b"/Filter/JPXDecode", b"\x00\x00\x00\x0cjP  " * 999
    ),
    "jpeg-garbage.pdf": lambda: _picture(
        2000, 3000, b"/Filter/DCTDecode", b"\xff\xd8\xff\xe0" * 999
    ),
    "fax-garbage.pdf": lambda: _picture(
        60_000,
        60_000,
        b"/Filter/CCITTFaxDecode/DecodeParms<</K -1/Columns 60000>>",
        b"\x00\x80" * 9999,
    ),
    "picture-bomb.pdf": lambda: _picture(
        60_000, 60_000, b"/Filter/FlateDecode", zlib.compress(bytes(64 * _MIB), 9)
    ),
    "forged-pages.pdf": _forged_pages,
    "forged-count.pdf": lambda: write_pdf(
        [
            _CATALOGUE,
            b"<</Type/Pages/Kids[3 0 R]/Count 2000000000>>",
            _PAGE % b"",
            write_stream(b""),
        ]
    ),
    "scanned-pages.pdf": _scanned_pages,
    "nested-lists.pdf": lambda: b"%PDF-1.4\n1 0 obj\n" + b"[" * 10**6 + b"\ntrailer<</Root 1 0 R>>",
    "nested-dictionaries.pdf": lambda: b"%PDF-1.4\n1 0 obj\n" + b"<</A" * 10**6,
    "nested-brackets.pdf": lambda: _page(write_stream(b"(" * 5 * _MIB)),
    "saved-states.pdf": lambda: _page(write_stream(b"q " * 2 * _MIB)),
    "many-lines.pdf": _many_lines,
    "many-headers.pdf": lambda: b"%PDF-1.4\n" * _MIB,
    "many-objects.pdf": lambda: b"%PDF-1.4\n" + b"1 0 obj\n" * _MIB,
    "locked.pdf": _locked,
    "unknown-lock.pdf": lambda: write_pdf(
        [_CATALOGUE, _TREE, _PAGE % b"", write_stream(b"")],
        b"/Encrypt<</Filter/Own/V 9>>/ID[(a)(b)]",
    ),
}
