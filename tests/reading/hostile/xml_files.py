"""Zipped and bare XML and HTML that hurt careless readers: bombs, entities, depth, lies."""

from __future__ import annotations

import io
import struct
import warnings
import zipfile
from functools import partial
from typing import TYPE_CHECKING

import docx

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_MIB = 2**20
OUTSIDE = "BÍ MẬT NGOÀI THƯ MỤC 7391"
"""What stands in a file outside of the set; no text that was read may hold it."""

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_DOCUMENT = f'<w:document xmlns:w="{_WORD}"><w:body>%s</w:body></w:document>'
_OPEN = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:text>'
    "%s</office:text></office:body></office:document-content>"
)
_OPEN_TYPE = "application/vnd.oasis.opendocument.text"
_LAUGHS = (
    '<!DOCTYPE a [<!ENTITY l0 "ha ha ha ">'
    + "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    + "]>"
)
_STOLEN = '<!DOCTYPE a [<!ENTITY s SYSTEM "../outside/secret.txt"><!ENTITY p SYSTEM "%s">]>'
_FETCHED = '<!DOCTYPE a [<!ENTITY % p SYSTEM "http://127.0.0.1:9/p.dtd"> %p;]>'


def plain_docx() -> bytes:
    """Return an honest Word document."""
    document = docx.Document()
    for at in range(20):
        document.add_paragraph(f"{at}. Hội đồng nhân dân tỉnh Sông Xanh, kỳ họp thứ hai.")
    document.add_table(2, 2).cell(0, 0).text = "Số: 12/2023/NQ-HĐND"
    written = io.BytesIO()
    document.save(written)
    with zipfile.ZipFile(written) as archive:
        return _zip({name: archive.read(name) for name in archive.namelist()})


def plain_odt() -> bytes:
    """Return an honest OpenDocument text."""
    lines = "".join(f"<text:p>{at}. Hội đồng nhân dân tỉnh Sông Xanh.</text:p>" for at in range(20))
    return _odt((_OPEN % lines).encode())


def _docx(part: bytes, name: str = "word/document.xml") -> bytes:
    """Return the honest document with one part replaced."""
    written = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(plain_docx())) as honest,
        zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        for entry in honest.infolist():
            if entry.filename != name:
                archive.writestr(_entry(entry.filename), honest.read(entry))
        archive.writestr(_entry(name), part)
    return written.getvalue()


def _odt(content: bytes) -> bytes:
    manifest = (
        b'<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    )
    return _zip(
        {"mimetype": _OPEN_TYPE.encode(), "content.xml": content, "META-INF/manifest.xml": manifest}
    )


def _zip(parts: Mapping[str, bytes]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(_entry(name), data)
    return written.getvalue()


def _entry(name: str) -> zipfile.ZipInfo:
    """Return an entry that bears no time of writing: the same file every time."""
    entry = zipfile.ZipInfo(name)
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def _nested_zip() -> bytes:
    inner = bytes(32 * _MIB)
    for depth in range(5):
        inner = _zip({f"{depth}-{copy}.zip": inner for copy in range(3)})
    return inner


def _many_entries() -> bytes:
    return _zip({f"word/{at}.xml": b"<a/>" for at in range(60_000)})


def _twice_named() -> bytes:
    written = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        warnings.simplefilter("ignore")
        for _ in range(300):
            archive.writestr("word/document.xml", b"<a/>" * 1000)
    return written.getvalue()


def _overlapping() -> bytes:
    """Return an archive whose many entries all unpack the same bytes, after D. Fifield's bomb."""
    one = _zip({"word/document.xml": bytes(4 * _MIB)})
    at = one.index(b"PK\x01\x02")
    end = one.rindex(b"PK\x05\x06")
    local, listed = one[:at], one[at:end]
    copies = b"".join(
        listed.replace(b"word/document.xml", b"word/%08d.xml" % number) for number in range(4000)
    )
    head = struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, 4000, 4000, len(copies), len(local), 0)
    return local + copies + head


def _lying_size() -> bytes:
    """Return a document whose archive states a tiny size for a part of 64 MiB."""
    honest = _docx((_DOCUMENT % ("<w:p/>" * 10)).encode() + b" " * 64 * _MIB)
    real = struct.pack("<I", len(zipfile.ZipFile(io.BytesIO(honest)).read("word/document.xml")))
    return honest.replace(real, struct.pack("<I", 999))


def _locked_zip() -> bytes:
    """Return the honest document with each entry marked as encrypted."""
    data = bytearray(plain_docx())
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = data.find(mark)
        while place >= 0:
            data[place + at] |= 1
            place = data.find(mark, place + 4)
    return bytes(data)


def _paragraphs(count: int) -> bytes:
    return (_DOCUMENT % ("<w:p><w:r><w:t>a</w:t></w:r></w:p>" * count)).encode()


def _nested(start: str, end: str, depth: int) -> str:
    return start * depth + "x" + end * depth


def _tables(depth: int) -> bytes:
    return (_DOCUMENT % _nested("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>", depth)).encode()


def _style_loop() -> bytes:
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{a}"><w:basedOn w:val="{b}"/></w:style>'
        for a, b in (("Normal", "B"), ("B", "Normal"), ("C", "C"))
    )
    return _docx(f'<w:styles xmlns:w="{_WORD}">{styles}</w:styles>'.encode(), "word/styles.xml")


def _entity(head: str, name: str) -> Mapping[str, Callable[[], bytes]]:
    """Return the same entities in each of the formats that XML hides in."""
    body = f"&{name};" if name else ""
    word = _DOCUMENT % f"<w:p><w:r><w:t>{body}</w:t></w:r></w:p>"
    page = f"<html xmlns='http://www.w3.org/1999/xhtml'><body><p>{body}</p></body></html>"
    return {
        "docx": lambda: _docx((head + word).encode()),
        "odt": lambda: _odt((head + _OPEN % f"<text:p>{body}</text:p>").encode()),
        "html": (head.replace("DOCTYPE a", "DOCTYPE html") + page).encode,
        "xhtml": ('<?xml version="1.0"?>' + head + page).encode,
    }


_ENTITIES = {
    "laughs": (_LAUGHS, "l11"),
    "stolen": (_STOLEN, "s"),
    "passwords": (_STOLEN, "p"),
    "fetched": (_FETCHED, ""),
}

XML_FILES: Mapping[str, Callable[[], bytes]] = {
    **{
        f"entities-{name}.{ending}": write
        for name, (head, used) in _ENTITIES.items()
        for ending, write in _entity(head.replace("%s", "file:///etc/passwd"), used).items()
    },
    "nested.zip": _nested_zip,
    "nested.docx": _nested_zip,
    "ratio.docx": lambda: _docx(bytes(200 * _MIB)),
    "ratio-small.docx": lambda: _docx((_DOCUMENT % (" " * 7 * _MIB)).encode()),
    "ratio.odt": lambda: _odt(bytes(200 * _MIB)),
    "many-entries.docx": _many_entries,
    "twice-named.docx": _twice_named,
    "overlapping.docx": _overlapping,
    "lying-size.docx": _lying_size,
    "locked-zip.docx": _locked_zip,
    "deep.docx": lambda: _docx((_DOCUMENT % _nested("<w:p>", "</w:p>", 10**5)).encode()),
    "deep-tables.docx": lambda: _docx(_tables(200)),
    "deep-tables-more.docx": lambda: _docx(_tables(5000)),
    "deep.odt": lambda: _odt((_OPEN % _nested("<text:span>", "</text:span>", 10**5)).encode()),
    "deep-lists.odt": lambda: _odt(
        (
            _OPEN % _nested("<text:list><text:list-item>", "</text:list-item></text:list>", 5000)
        ).encode()
    ),
    "many-paragraphs.docx": lambda: _docx(_paragraphs(10**6)),
    "many-spaces.odt": lambda: _odt(
        (_OPEN % '<text:p><text:s text:c="2000000000"/></text:p>').encode()
    ),
    "many-rows.odt": lambda: _odt(
        (
            _OPEN % '<table:table xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0">'
            '<table:table-row table:number-rows-repeated="2000000000"><table:table-cell '
            'table:number-columns-repeated="2000000000"><text:p>a</text:p></table:table-cell>'
            "</table:table-row></table:table>"
        ).encode()
    ),
    "long-word.docx": lambda: _docx(
        (_DOCUMENT % f"<w:p><w:r><w:t>{'a' * 6 * _MIB}</w:t></w:r></w:p>").encode()
    ),
    "style-loop.docx": _style_loop,
    "broken-part.docx": lambda: _docx(b"<w:document"),
    "no-parts.docx": lambda: _zip({"word/document.xml": _paragraphs(1)}),
    "outside-target.docx": lambda: _docx(
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        b'<Relationship Id="a" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        b'relationships/officeDocument" Target="../../../../outside/secret.txt"/></Relationships>',
        "_rels/.rels",
    ),
    "climbing-names.zip": lambda: _zip({"../../outside/climbed.txt": b"x", "/climbed.txt": b"x"}),
    "deep.html": lambda: b"<html><body>" + b"<div>" * 10**5 + b"x",
    "deep-tables.html": lambda: b"<html><body>" + b"<table><tr><td>" * 20_000 + b"x",
    "deep-lists.html": lambda: b"<html><body>" + b"<ul><li>" * 20_000 + b"x",
    "many-tags.html": lambda: b"<html>" + b"<p><b>x</b> y</p>" * 10**6,
    "many-links.html": lambda: b"<html>" + b"<a href='a.pdf'>a</a> " * 300_000,
    "many-attributes.html": lambda: b"<html><p " + b"a=b " * _MIB + b">x",
    "long-attribute.html": lambda: b"<html><p title='" + b"a" * 8 * _MIB + b"'>x",
    "no-comment-end.html": lambda: b"<html>" + b"<!--" * _MIB,
    "no-script-end.html": lambda: b"<html><script>" + b"<" * 4 * _MIB,
    "spans.html": lambda: b"<html><body>" + b"<table><tr><td colspan=99999 rowspan=99999>a" * 2000,
    "data-picture.html": lambda: (
        b"<html><img src='data:image/png;base64," + b"A" * 8 * _MIB + b"'>x"
    ),
    "frames.html": partial(
        bytes,
        b"<html><frameset><frame src='file:///etc/passwd'></frameset><iframe src='//127.0.0.1'>",
    ),
    "many-entities.html": lambda: b"<html><p>" + b"&#xFFFFFFFF;&#0;&amp" * 300_000,
}
