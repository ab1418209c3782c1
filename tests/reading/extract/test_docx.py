"""Word documents."""

from __future__ import annotations

import io
import struct
from typing import TYPE_CHECKING, Any

import docx
import pytest
from docx.oxml import parse_xml

from indexer.errors import UnreadableSourceError
from indexer.reading.extract import docx as reader
from indexer.reading.extract.docx import extract_docx

if TYPE_CHECKING:
    from collections.abc import Callable

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


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


def test_many_parts_that_add_up_are_refused(
    make_zip: Callable[..., bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The whole counts, not only each part."""
    packed = make_zip({f"word/{at}.xml": b"x" * 1000 for at in range(20)})
    monkeypatch.setattr(reader, "_MOST_BYTES", 10_000)
    with pytest.raises(UnreadableSourceError, match="more than 0 MiB"):
        extract_docx(packed)


def test_too_many_parts_are_refused(
    make_zip: Callable[..., bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each costs time, however small."""
    packed = make_zip({f"word/{at}.xml": b"" for at in range(20)})
    monkeypatch.setattr(reader, "_MOST_ENTRIES", 10)
    with pytest.raises(UnreadableSourceError, match="holds 20 parts"):
        extract_docx(packed)


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
