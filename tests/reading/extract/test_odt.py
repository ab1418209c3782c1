"""OpenDocument texts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from indexer.errors import UnreadableSourceError
from indexer.reading.extract.odt import extract_odt
from indexer.reading.extract.odt_styles import NAMESPACES

if TYPE_CHECKING:
    from collections.abc import Callable

SPACES = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items())

OLD_FONT = '<style:text-properties style:font-name="F1"/>'
STYLES = (
    '<style:font-face style:name="F1" svg:font-family="\'.VnTime\'"/>'
    '<style:default-style style:family="paragraph"><style:text-properties fo:font-family="Arial"/>'
    "</style:default-style>"
    f'<style:style style:name="Cu" style:family="paragraph">{OLD_FONT}</style:style>'
    '<style:style style:name="Con" style:family="paragraph" style:parent-style-name="Cu"/>'
    '<style:style style:name="Vong" style:family="paragraph" style:parent-style-name="Vong"/>'
    f'<style:style style:name="Chu" style:family="text">{OLD_FONT}</style:style>'
    '<style:style style:name="An" style:family="text"><style:text-properties text:display="none"/>'
    "</style:style>"
    '<style:style style:name="Trang" style:family="paragraph"><style:paragraph-properties '
    'fo:break-before="page"/></style:style>'
    '<text:list-style style:name="L">'
    '<text:list-level-style-number text:level="1" style:num-format="1" style:num-prefix="Điều " '
    'style:num-suffix="."/>'
    '<text:list-level-style-number text:level="2" style:num-format="a" text:display-levels="2" '
    'style:num-suffix=")" text:start-value="3"/>'
    '<text:list-level-style-bullet text:level="3" text:bullet-char="-"/>'
    '<text:list-level-style-number text:level="4" style:num-format="I" '
    'loext:num-list-format="(%4%)"/>'
    '<text:list-level-style-number text:level="99" style:num-format="I"/>'
    "</text:list-style>"
    '<text:outline-style style:name="O"><text:outline-level-style text:level="1" '
    'style:num-format="I" style:num-suffix="."/><text:outline-level-style text:level="2" '
    'style:num-format=""/></text:outline-style>'
)


def flat(body: str, more: str = "") -> bytes:
    """Return a document in one flat part."""
    return (
        f'<?xml version="1.0"?><office:document {SPACES}><office:styles>{STYLES}</office:styles>'
        f"{more}<office:body><office:text>{body}</office:text></office:body></office:document>"
    ).encode()


def read(body: str) -> list[str]:
    """Return the lines of a document with this body."""
    return extract_odt(flat(body)).pages[0].split("\n")


def test_paragraphs_and_their_blanks_are_read() -> None:
    """Blanks of the file's own layout are one; the document's are marked."""
    assert read(
        "<text:h>CHƯƠNG I</text:h><text:p>Một\n  hai<text:s text:c='2'/>ba<text:tab/>bốn"
        "<text:line-break/>năm <text:a>sáu</text:a><!-- x --><text:bookmark/>.</text:p>"
    ) == ["CHƯƠNG I", "Một hai  ba\tbốn", "năm sáu."]


def test_old_letters_are_decoded_by_their_style() -> None:
    """A style takes its font from the one that it comes from."""
    assert read(
        "<text:p text:style-name='Con'>NghÞ quyÕt</text:p>"
        "<text:p>Mức <text:span text:style-name='Chu'>phÝ</text:span> được</text:p>"
        "<text:p text:style-name='Vong'>Thu</text:p>"
    ) == ["Nghị quyết", "Mức phí được", "Thu"]


def test_what_nobody_sees_is_left_out() -> None:
    """Deleted text is kept apart, comments stand in the margin, hidden text nowhere."""
    assert read(
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>Cũ</text:p>"
        "</text:deletion></text:changed-region></text:tracked-changes>"
        "<text:p>Một<office:annotation><text:p>Ghi chú</text:p></office:annotation>"
        "<text:span text:style-name='An'>ẩn</text:span></text:p>"
    ) == ["Một"]


def test_lists_are_counted() -> None:
    """Each level in its own way; a list that goes on keeps counting."""
    item = "<text:list-item>{}</text:list-item>"
    inner = item.format("<text:p>b</text:p><text:p>b2</text:p>")
    deep = "<text:list>" + item.format(
        "<text:p>c</text:p><text:list>" + item.format("<text:p>d</text:p>") + "</text:list>"
    )
    first = (
        "<text:list text:style-name='L' xml:id='l1'><text:list-header><text:p>đầu</text:p>"
        "</text:list-header>"
        + item.format(
            "<text:p>a</text:p><text:list>"
            + inner
            + item.format("<text:p>x</text:p>" + deep + "</text:list>")
            + "</text:list>"
        )
        + "</text:list>"
    )
    going_on = (
        "<text:list text:continue-list='l1' text:style-name='L'>"
        + item.format("<text:p>e</text:p>")
        + "<text:list-item text:start-value='9'><text:p>g</text:p></text:list-item></text:list>"
        "<text:list text:style-name='L'>" + item.format("<text:p>h</text:p>") + "</text:list>"
        "<text:list text:style-name='L' text:continue-numbering='true'>"
        + item.format("<text:p>i</text:p><text:section><text:p>k</text:p></text:section>")
        + "</text:list><text:list>"
        + item.format("<text:p>m</text:p>")
        + "</text:list>"
    )
    assert read(first + going_on) == [
        *("đầu", "Điều 1. a", "1.c) b", "b2", "1.d) x", "- c", "(I) d"),
        *("Điều 2. e", "Điều 9. g", "Điều 1. h", "Điều 2. i", "k", "m"),
    ]


def test_headings_may_be_counted() -> None:
    """By the document's own outline."""
    assert read(
        "<text:h text:outline-level='1'>Một</text:h><text:h text:outline-level='2'>Nhỏ</text:h>"
        "<text:h text:outline-level='1'>Hai</text:h>"
    ) == ["I. Một", "Nhỏ", "II. Hai"]


def test_tables_are_read_in_order() -> None:
    """A letterhead column by column, figures row by row."""
    cell = "<table:table-cell><text:p>{}</text:p></table:table-cell>"
    row = "<table:table-row>{}</table:table-row>"
    head = row.format(cell.format("HĐND XÃ A") + cell.format("Độc lập - Tự do"))
    number = row.format(cell.format("Số: 1/NQ-HĐND") + cell.format("A, ngày 1"))
    fees = "<table:table-header-rows>" + row.format(cell.format("Phí") + cell.format("Mức"))
    fees += "</table:table-header-rows>" + row.format(
        cell.format("B") + "<table:covered-table-cell/>" + cell.format("5")
    )
    table = "<table:table>{}</table:table>"
    assert read(table.format(head + number) + table.format(fees)) == [
        *("HĐND XÃ A", "Số: 1/NQ-HĐND", "Độc lập - Tự do", "A, ngày 1", "Phí\tMức", "B\t5"),
    ]


def test_text_boxes_and_notes_come_after() -> None:
    """A box follows the paragraph that it hangs on, notes the whole text."""
    assert read(
        "<text:p>Một<text:note><text:note-citation>1</text:note-citation><text:note-body>"
        "<text:p>Chú</text:p><text:p/></text:note-body></text:note><draw:frame><draw:text-box>"
        "<text:p>Hộp</text:p></draw:text-box></draw:frame><text:note/></text:p><text:p>Hai</text:p>"
    ) == ["Một[1][2]", "Hộp", "Hai", "[1] Chú", "[2] "]


def test_pages_are_told_where_all_are_marked() -> None:
    """By the layout, by hand, and between the rows of a table."""
    cell = "<table:table-cell><text:p>{}</text:p></table:table-cell>"
    row = f"<table:table-row>{cell}</table:table-row>"
    body = (
        "<text:p>A</text:p><text:soft-page-break/><text:p>B<text:soft-page-break/>C</text:p>"
        "<text:p text:style-name='Trang'>D</text:p><table:table>"
        + row.format("E")
        + "<text:soft-page-break/>"
        + row.format("F")
        + "</table:table>"
    )
    count = "<office:meta><meta:document-statistic meta:page-count='{}'/></office:meta>"
    assert extract_odt(flat(body, count.format(4))).pages == ("A", "BC", "D\nE", "F")
    assert len(extract_odt(flat(body, count.format("x"))).pages) == 1


def test_headers_are_frame_unless_the_letterhead_stands_there() -> None:
    """The title is the document's own."""
    frames = (
        "<office:meta><dc:title> NghÞ quyÕt vÒ phÝ cña tØnh </dc:title></office:meta>"
        "<style:header><text:p>HĐND XÃ A</text:p>"
        "<text:p>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</text:p></style:header>"
        "<style:footer><text:p>Công báo</text:p><text:p>12</text:p></style:footer>"
    )
    extracted = extract_odt(flat("<text:p>NGHỊ QUYẾT</text:p>", frames))
    assert extracted.pages[0].split("\n")[0] == "HĐND XÃ A"
    assert (extracted.boilerplate, extracted.title) == ("Công báo", "Nghị quyết về phí của tỉnh")


def test_an_archive_is_read_by_its_parts(make_zip: Callable[..., bytes]) -> None:
    """Styles stand in a part of their own."""
    content = f"<office:x {SPACES}><office:text><text:p text:style-name='Cu'>PhÝ</text:p>"
    parts = {
        "mimetype": b"",
        "META-INF/manifest.xml": b"<a/>",
        "content.xml": f"{content}</office:text></office:x>".encode(),
        "styles.xml": f"<office:x {SPACES}>{STYLES}</office:x>".encode(),
    }
    assert extract_odt(make_zip(parts)).pages == ("Phí",)


def test_a_locked_archive_is_refused(make_zip: Callable[..., bytes]) -> None:
    """Its parts are encrypted, its list of them is not."""
    parts = {"META-INF/manifest.xml": b"<m:encryption-data/>", "content.xml": b"\x01"}
    with pytest.raises(UnreadableSourceError, match="password"):
        extract_odt(make_zip(parts))


@pytest.mark.parametrize("data", [b"<office:document", b"PK\x03\x04 cut"])
def test_a_broken_document_is_refused(data: bytes) -> None:
    """The next step is to save it again."""
    with pytest.raises(UnreadableSourceError, match="save it again"):
        extract_odt(data)


def test_entities_are_not_resolved() -> None:
    """A file of this machine named in a document stays out of its text."""
    entity = b"?><!DOCTYPE d [<!ENTITY x SYSTEM 'file:///etc/hostname'>]>"
    data = flat("<text:p>A&x;B</text:p>").replace(b"?>", entity, 1)
    assert extract_odt(data).pages == ("AB",)


@pytest.mark.parametrize(
    ("opening", "closing"),
    [
        ("<text:section>", "</text:section>"),
        ("<text:list><text:list-item>", "</text:list-item></text:list>"),
        ("<text:p>" + "<text:span>" * 70 + "</text:span>" * 70, "</text:p>"),
    ],
)
def test_parts_nested_without_end_are_refused(opening: str, closing: str) -> None:
    """No program writes them."""
    with pytest.raises(UnreadableSourceError, match="nested"):
        extract_odt(flat(opening * 70 + closing * 70))
