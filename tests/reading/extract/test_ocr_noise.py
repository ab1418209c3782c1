"""Noise is told from writing."""

from __future__ import annotations

from indexer.reading.extract.ocr_noise import drop_noise, drop_receipt_stamp, word_height
from indexer.reading.extract.ocr_page import OcrPage, OcrWord
from tests.reading.extract.ocr_words import place_line, place_page


def _page(*lines: list[OcrWord]) -> OcrPage:
    return OcrPage(0, 2480, 3508, tuple(word for line in lines for word in line))


def _texts(page: OcrPage) -> list[str]:
    return [" ".join(word.text for word in line) for line in drop_noise(page)]


def test_a_rule_between_columns_is_dropped() -> None:
    """The line under the issuer's name is read as a row of dashes."""
    rule = OcrWord("————", 0.9, 300, 310, 300, 5, 1, 1, 1)
    page = _page([rule, *place_line("Độc lập - Tự do - Hạnh phúc", left=900)])
    assert _texts(page) == ["Độc lập - Tự do - Hạnh phúc"]


def test_a_bullet_stays() -> None:
    """A dash of a dash's width before a clause is a list item's mark."""
    assert _texts(place_page("- Như Điều 3;", "+ Lưu: VT.")) == ["- Như Điều 3;", "+ Lưu: VT."]


def test_specks_and_edges_of_boxes_are_dropped() -> None:
    """What is far lower or higher than a letter is no letter."""
    speck = OcrWord("i", 0.7, 200, 330, 6, 9, 1, 1, 1)
    edge = OcrWord("Ị", 0.9, 250, 200, 12, 400, 1, 1, 1)
    mark = OcrWord("ˆ", 0.9, 1500, 300, 20, 20, 1, 1, 1)
    page = _page([speck, edge, *place_line("Điều 4. Hiệu lực"), mark])
    assert _texts(page) == ["Điều 4. Hiệu lực"]


def test_scraps_at_the_ends_of_a_line_are_dropped() -> None:
    """What was hardly read and is no syllable goes; inside of a line it stays."""
    page = _page(
        [
            *place_line("_ ss$", confidence=0.2),
            *place_line("Xét đề nghị", left=500),
            *place_line("ghjk", left=900, confidence=0.3),
            *place_line("của", left=1100),
            *place_line("F‹ `", left=1300, confidence=0.3),
        ]
    )
    assert _texts(page) == ["Xét đề nghị ghjk của"]


def test_a_line_that_was_not_read_is_dropped() -> None:
    """The round text of a seal and a signature's scrawl come out as doubtful scraps."""
    scrawl = place_line("Ñÿ( ẵmg wvu", top=500, line=2, confidence=0.45)
    assert _texts(_page(place_line("CHỦ TỊCH"), scrawl)) == ["CHỦ TỊCH"]


def test_a_title_among_scraps_is_kept() -> None:
    """A stamp that reaches into a title's line costs the scraps, not the title."""
    line = [
        *place_line("Kklnh cnuyển..... xvv% qqrt…", confidence=0.1),
        *place_line("NGHỊ QUYẾT", left=1200),
    ]
    assert _texts(_page(line)) == ["NGHỊ QUYẾT"]


def test_a_number_that_was_hardly_read_stays() -> None:
    """What was written into the blank spoils the line, yet its place must be known."""
    line = [
        *place_line("SỐ:", confidence=0.5),
        *place_line("Ø /QĐ-UBND", left=500, confidence=0.4),
    ]
    assert _texts(_page(line)) == ["SỐ: Ø /QĐ-UBND"]


def test_one_doubtful_word_is_no_line() -> None:
    """A single word beside scraps is not worth a line."""
    line = [*place_line("xxwqxxwq ttttttt", confidence=0.4), *place_line("tư", left=1200)]
    assert _texts(_page(line)) == []


def test_the_stamp_of_receipt_goes_whole() -> None:
    """Its number and date are the receiver's, not the document's."""
    lines = [
        place_line("Số: 12/NQ-HĐND", left=300, top=300, line=1),
        place_line("VĂN PHÒNG HỒ SEN", left=250, top=420, line=2),
        place_line("CÔNG VĂN ĐẾN", left=300, top=480, line=3),
        place_line("Số: 345", left=320, top=540, line=4),
        place_line("Ngày 9 tháng 8", left=320, top=600, line=5),
        place_line("NGHỊ QUYẾT", left=1100, top=540, line=6),
    ]
    kept = [" ".join(word.text for word in line) for line in drop_receipt_stamp(lines, 40)]
    assert kept == ["Số: 12/NQ-HĐND", "NGHỊ QUYẾT"]


def test_prose_about_incoming_papers_is_no_stamp() -> None:
    """A sentence that ends in the same words is not a stamp's title."""
    lines = [place_line("Văn thư đăng ký, chuyển giao công văn đến")]
    assert drop_receipt_stamp(lines, 40) == lines


def test_a_page_without_words_has_a_height() -> None:
    """Nothing is divided by the height of no word."""
    assert word_height([]) == 1.0
    assert drop_noise(OcrPage(0, 10, 10, ())) == []
