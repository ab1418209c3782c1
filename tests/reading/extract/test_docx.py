"""Word documents."""

from __future__ import annotations

import io
import struct
import zipfile
from typing import TYPE_CHECKING, Any

import docx
import pytest
from docx.enum.text import WD_BREAK
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml

from indexer.errors import UnreadableSourceError
from indexer.reading.extract.docx import extract_docx

if TYPE_CHECKING:
    from collections.abc import Callable

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
NAME = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"


def save(document: Any) -> bytes:
    """Return the document's bytes."""
    packed = io.BytesIO()
    document.save(packed)
    return packed.getvalue()


def append_xml(document: Any, inner: str) -> None:
    """Put raw markup before the body's last properties."""
    body = document.element.body
    body.insert(len(body) - 1, parse_xml(inner.replace(">", f" {W}>", 1)))


def test_paragraphs_and_tables_come_in_order() -> None:
    """The letterhead's columns one after the other, tables of fees row by row."""
    document = docx.Document()
    head = document.add_table(1, 2).rows[0].cells
    head[0].text = "HỘI ĐỒNG NHÂN DÂN\nTỈNH NAM ĐỊNH\nSố: 12/2023/NQ-HĐND"
    head[1].text = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nNam Định, ngày 10 tháng 7 năm 2023"
    document.add_paragraph("Điều 1. Mức thu:")
    fees = document.add_table(2, 2)
    for row, texts in zip(
        fees.rows, [("Nội dung", "Mức thu"), ("Phí A", "5.000 đồng")], strict=True
    ):
        row.cells[0].text, row.cells[1].text = texts
    document.add_paragraph("Điều 2. Hiệu lực.")
    document.core_properties.title = "Nghị quyết về phí"
    extracted = extract_docx(save(document))
    assert extracted.pages[0].split("\n") == [
        "HỘI ĐỒNG NHÂN DÂN",
        "TỈNH NAM ĐỊNH",
        "Số: 12/2023/NQ-HĐND",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Nam Định, ngày 10 tháng 7 năm 2023",
        "Điều 1. Mức thu:",
        "Nội dung\tMức thu",
        "Phí A\t5.000 đồng",
        "Điều 2. Hiệu lực.",
    ]
    assert extracted.title == "Nghị quyết về phí"
    assert extracted.method.startswith("python-docx ")


def test_a_letterhead_of_many_rows_is_read_column_by_column() -> None:
    """The number does not stand beside the date."""
    document = docx.Document()
    table = document.add_table(2, 2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "HĐND XÃ A", "Độc lập - Tự do"
    table.rows[1].cells[0].text, table.rows[1].cells[1].text = "Số: 1/NQ-HĐND", "A, ngày 1"
    lines = extract_docx(save(document)).pages[0].split("\n")
    assert lines == ["HĐND XÃ A", "Số: 1/NQ-HĐND", "Độc lập - Tự do", "A, ngày 1"]


def test_headers_and_footers_are_no_content() -> None:
    """They are kept aside, page numbers not at all."""
    document = docx.Document()
    document.add_paragraph("Nội dung.")
    document.sections[0].header.paragraphs[0].text = "Công báo tỉnh"
    document.sections[0].footer.paragraphs[0].text = "12"
    extracted = extract_docx(save(document))
    assert (extracted.pages, extracted.boilerplate) == (("Nội dung.",), "Công báo tỉnh")


def test_breaks_tabs_and_marked_insertions_are_read() -> None:
    """What was deleted under revision is not."""
    document = docx.Document()
    append_xml(
        document,
        "<w:p><w:pPr><w:tabs><w:tab w:val='left'/></w:tabs></w:pPr><w:r><w:t>Một</w:t><w:br/>"
        "<w:t>Hai</w:t><w:tab/><w:t>ba</w:t><w:noBreakHyphen/></w:r>"
        "<w:ins w:id='1' w:author='a'><w:r><w:t>bốn</w:t></w:r></w:ins>"
        "<w:del w:id='2' w:author='a'><w:r><w:delText>năm</w:delText></w:r></w:del></w:p>",
    )
    append_xml(
        document, "<w:sdt><w:sdtContent><w:p><w:r><w:t>Sáu</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    )
    assert extract_docx(save(document)).pages[0] == "Một\nHai\tba-bốn\nSáu"


def test_text_boxes_are_read_once() -> None:
    """Word stores each twice, for old and new programs."""
    document = docx.Document()
    box = "<w:txbxContent><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:txbxContent>"
    compatibility = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    append_xml(
        document,
        f"<w:p><w:r><w:t>Thân</w:t></w:r><w:r><mc:AlternateContent xmlns:mc='{compatibility}'>"
        f"<mc:Choice Requires='wps'>{box.format('Hộp')}</mc:Choice>"
        f"<mc:Fallback>{box.format('Hộp')}</mc:Fallback></mc:AlternateContent></w:r></w:p>",
    )
    assert extract_docx(save(document)).pages[0] == "Thân\nHộp"


def test_a_table_in_a_table_is_read_once() -> None:
    """Inner rows are not rows of the outer table."""
    document = docx.Document()
    cell = document.add_table(1, 1).rows[0].cells[0]
    cell.text = "Ngoài"
    cell.add_table(1, 1).rows[0].cells[0].text = "Trong"
    assert extract_docx(save(document)).pages[0] == "Ngoài\nTrong"


def test_tables_nested_too_deep_are_refused() -> None:
    """No real document needs as many levels."""
    document = docx.Document()
    cell = document.add_table(1, 1).rows[0].cells[0]
    for _ in range(25):
        cell = cell.add_table(1, 1).rows[0].cells[0]
    with pytest.raises(UnreadableSourceError, match="nested"):
        extract_docx(save(document))


def test_a_bomb_is_refused_before_it_is_opened(make_zip: Callable[..., bytes]) -> None:
    """A part that shrank a thousandfold is none of Word's."""
    bomb = make_zip({"word/document.xml": b"<a/>" + b" " * 2**25})
    assert len(bomb) < 2**16
    with pytest.raises(UnreadableSourceError, match="would unpack 32 MiB"):
        extract_docx(bomb)


def test_a_part_that_lies_about_its_size_is_refused(make_zip: Callable[..., bytes]) -> None:
    """The size it states is where reading stops."""
    content = b"<a>" + b" " * 100_000 + b"</a>"
    packed = make_zip({"[Content_Types].xml": content, "word/document.xml": content})
    lying = packed.replace(struct.pack("<I", len(content)), struct.pack("<I", 10))
    with pytest.raises(UnreadableSourceError, match=r"broken \.docx"):
        extract_docx(lying)


@pytest.mark.parametrize("data", [b"PK\x03\x04 nothing", b""])
def test_a_broken_archive_is_refused(data: bytes) -> None:
    """The next step is to save it again."""
    with pytest.raises(UnreadableSourceError, match="save it again"):
        extract_docx(data)


def test_an_archive_of_something_else_is_refused(make_zip: Callable[..., bytes]) -> None:
    """The parts of a Word document are missing."""
    with pytest.raises(UnreadableSourceError, match=r"broken \.docx"):
        extract_docx(make_zip({"[Content_Types].xml": b"<a/>", "a.txt": b"x"}))


def add_part(document: Any, kind: str, inner: str) -> None:
    """Hang a part of that kind on the document, as Word does for notes."""
    root = f"<w:{kind} {W}>{inner}</w:{kind}>".encode()
    part = Part(
        PackURI(f"/word/{kind}.xml"), f"application/{kind}+xml", root, document.part.package
    )
    document.part.relate_to(part, NAME + kind)


def set_pages(document: Any, pages: int) -> None:
    """State how many pages Word counted."""
    blob = f"<Properties><Pages>{pages}</Pages></Properties>".encode()
    for part in document.part.package.iter_parts():
        if part.partname == "/docProps/app.xml":
            part._blob = blob


def run(text: str, font: str = "", more: str = "") -> str:
    """Return a run in that font."""
    fonts = f"<w:rFonts w:ascii='{font}' w:hAnsi='{font}'/>" if font else ""
    return f"<w:r><w:rPr>{fonts}{more}</w:rPr><w:t xml:space='preserve'>{text}</w:t></w:r>"


def read(*paragraphs: str) -> list[str]:
    """Return the lines of a document of these paragraphs' markup."""
    document = docx.Document()
    for paragraph in paragraphs:
        append_xml(document, f"<w:p>{paragraph}</w:p>")
    return extract_docx(save(document)).pages[0].split("\n")


def test_old_letters_are_decoded_run_by_run() -> None:
    """A font of capitals shows small letters as capitals; other runs stay as they are."""
    lines = read(
        run("NghÞ quyÕt vÒ ph\xad", ".VnTime") + run("ơng án", "Arial"),
        run("héi ®ång nh©n d©n", ".VnTimeH"),
        run("Ñieàu 1", "VNI-Times"),
    )
    assert lines == ["Nghị quyết về phương án", "HỘI ĐỒNG NHÂN DÂN", "Điều 1"]


def test_a_soft_hyphen_is_a_letter_of_an_old_font() -> None:
    """Word keeps the letter ư of TCVN3 as its optional hyphen."""
    hyphen = "<w:r><w:rPr><w:rFonts w:hAnsi='.VnTime'/></w:rPr><w:softHyphen/></w:r>"
    assert read(run("tr", ".VnTime") + hyphen + run("ëng ban", ".VnTime")) == ["trưởng ban"]


def test_fonts_come_from_styles_and_defaults() -> None:
    """A run without a font takes its own style's, its paragraph's, or the document's."""
    document = docx.Document()
    styles = document.styles.element
    base = "<w:style {} w:type='{}' w:styleId='{}'>{}<w:rPr>{}</w:rPr></w:style>"
    font = "<w:rFonts w:ascii='.VnTime' w:hAnsi='.VnTime'/>"
    for kind, key, based, fonts in (
        ("paragraph", "Cu", "", font),
        ("paragraph", "Con", "<w:basedOn w:val='Cu'/>", ""),
        ("paragraph", "Loop", "<w:basedOn w:val='Loop'/>", ""),
        ("character", "Chu", "", font),
    ):
        styles.append(parse_xml(base.format(W, kind, key, based, fonts)))
    old = run("Ph\xdd")
    append_xml(document, f"<w:p><w:pPr><w:pStyle w:val='Con'/></w:pPr>{old}</w:p>")
    styled = run("Ph\xdd", more="<w:rStyle w:val='Chu'/>")
    append_xml(document, f"<w:p>{styled}</w:p>")
    append_xml(document, f"<w:p><w:pPr><w:pStyle w:val='Loop'/></w:pPr>{run('Thu')}</w:p>")
    themed = "<w:r><w:rPr><w:rFonts w:hAnsiTheme='minorHAnsi'/></w:rPr><w:t>Quý</w:t></w:r>"
    append_xml(document, f"<w:p><w:pPr><w:pStyle w:val='Con'/></w:pPr>{themed}</w:p>")
    assert extract_docx(save(document)).pages[0].split("\n") == ["Phí", "Phí", "Thu", "Quý"]


def test_symbols_are_signs() -> None:
    """A box and an arrow are kept as letters of Unicode; what draws nothing known is dropped."""
    codes = [("Wingdings", "F0A8"), ("Symbol", "B3"), ("Wingdings", "F021"), ("Symbol", "?")]
    symbols = "".join(f"<w:r><w:sym w:font='{f}' w:char='{code}'/></w:r>" for f, code in codes)
    assert read(symbols + run(" 5")) == ["☐≥ 5"]


def test_hidden_text_is_left_out() -> None:
    """A reader of the paper never sees it."""
    assert read(run("Một", more="<w:vanish/>") + run("Hai", more="<w:vanish w:val='0'/>")) == [
        "Hai"
    ]


def test_a_deleted_end_joins_two_paragraphs() -> None:
    """A revision that took out a line break has been accepted."""
    ends = "<w:pPr><w:rPr><w:del w:id='1' w:author='a'/></w:rPr></w:pPr>"
    assert read(ends + run("Điều 1. Mức "), run("thu"), run("Điều 2."), ends + run("Hết")) == [
        "Điều 1. Mức thu",
        "Điều 2.",
        "Hết",
    ]


def test_what_was_moved_stands_where_it_went() -> None:
    """The place that it came from is left out, as are deleted rows."""
    document = docx.Document()
    moved = "<w:{0} w:id='1' w:author='a'><w:r><w:t>Khoản</w:t></w:r></w:{0}>"
    append_xml(document, f"<w:p>{moved.format('moveFrom')}<w:r><w:t>Một</w:t></w:r></w:p>")
    append_xml(document, f"<w:p>{moved.format('moveTo')}</w:p>")
    append_xml(
        document,
        "<w:tbl><w:tr><w:trPr><w:del w:id='2' w:author='a'/></w:trPr><w:tc><w:p><w:r><w:t>Cũ</w:t>"
        "</w:r></w:p></w:tc></w:tr><w:tr><w:tc><w:p><w:r><w:t>Mới</w:t></w:r></w:p></w:tc></w:tr>"
        "</w:tbl>",
    )
    assert extract_docx(save(document)).pages[0].split("\n") == ["Một", "Khoản", "Mới"]


def test_notes_follow_the_text() -> None:
    """Each is marked where it is called for."""
    document = docx.Document()
    append_xml(
        document,
        "<w:p><w:r><w:t>Luật Phí</w:t></w:r><w:r><w:footnoteReference w:id='2'/></w:r>"
        "<w:r><w:endnoteReference w:id='1'/></w:r></w:p>",
    )
    note = "<w:{0} w:id='{1}'><w:p><w:r><w:t>{2}</w:t></w:r></w:p></w:{0}>"
    add_part(document, "footnotes", note.format("footnote", 2, "Sửa đổi năm 2023"))
    assert extract_docx(save(document)).pages[0].split("\n") == [
        "Luật Phí[1][2]",
        "[1] Sửa đổi năm 2023",
        "[2] ",
    ]


def test_a_letterhead_in_the_header_is_content() -> None:
    """Some offices set the motto and the number there; other headers are frame."""
    document = docx.Document()
    document.add_paragraph("NGHỊ QUYẾT")
    document.sections[0].header.paragraphs[0].text = "HĐND XÃ A"
    document.sections[0].header.add_paragraph("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
    document.sections[0].footer.paragraphs[0].text = "Công báo"
    extracted = extract_docx(save(document))
    assert extracted.pages[0].split("\n")[0] == "HĐND XÃ A"
    assert extracted.boilerplate == "Công báo"


def test_pages_are_told_where_word_marked_them_all() -> None:
    """Marks count when there are as many as the pages that Word counted; else there is one page."""
    document = docx.Document()
    mark = "<w:r><w:lastRenderedPageBreak/></w:r>"
    append_xml(document, f"<w:p>{run('Điều 1. Mức ')}{mark}{run('thu')}</w:p>")
    append_xml(document, f"<w:p>{run('Điều 2.')}<w:r><w:br w:type='page'/></w:r></w:p>")
    append_xml(document, f"<w:p>{mark}{run('Phụ lục')}</w:p>")
    append_xml(
        document,
        f"<w:tbl><w:tr><w:tc><w:p>{run('A')}</w:p></w:tc></w:tr>"
        f"<w:tr><w:tc><w:p>{mark}{run('B')}</w:p></w:tc><w:tc><w:p>{run('C')}</w:p></w:tc></w:tr>"
        "</w:tbl>",
    )
    set_pages(document, 4)
    assert extract_docx(save(document)).pages == (
        "Điều 1. Mức thu", "Điều 2.", "Phụ lục\nA", "B\tC",
    )  # fmt: skip
    set_pages(document, 9)
    assert len(extract_docx(save(document)).pages) == 1


def test_a_document_without_counts_has_one_page() -> None:
    """Not every program writes how many pages there are."""
    document = docx.Document()
    document.add_paragraph("Một").add_run().add_break(WD_BREAK.PAGE)
    document.add_paragraph("Hai")
    for relation in [r for r in document.part.package.rels.values() if "extended" in r.reltype]:
        del document.part.package.rels[relation.rId]
    assert extract_docx(save(document)).pages == ("Một\nHai",)


def test_a_document_without_properties_has_no_title() -> None:
    """The library's own "Word Document" is none."""
    document = docx.Document()
    document.add_paragraph("Một")
    package = document.part.package
    for relation in [r for r in package.rels.values() if r.reltype.endswith("core-properties")]:
        del package.rels[relation.rId]
    assert extract_docx(save(document)).title == ""


def test_a_document_with_macros_is_read() -> None:
    """They are never run."""
    document = docx.Document()
    document.add_paragraph("Nội dung")
    document.part._content_type = "application/vnd.ms-word.document.macroEnabled.main+xml"
    assert extract_docx(save(document)).pages == ("Nội dung",)


def test_entities_are_not_resolved(make_zip: Callable[..., bytes]) -> None:
    """A file of this machine named in a document stays out of its text."""
    document = docx.Document()
    document.add_paragraph("NOI DUNG")
    with zipfile.ZipFile(io.BytesIO(save(document))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    body = parts["word/document.xml"].replace(b"NOI DUNG", b"A&x;B")
    head, rest = body.split(b"?>", 1)
    entity = b"?><!DOCTYPE d [<!ENTITY x SYSTEM 'file:///etc/hostname'>]>"
    assert extract_docx(make_zip(parts | {"word/document.xml": head + entity + rest})).pages == (
        "A",
    )
