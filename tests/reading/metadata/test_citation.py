"""Where a passage stands, as it is cited."""

from __future__ import annotations

import pytest

from indexer.language.text import clean_text
from indexer.reading.metadata.citation import citation, division_at
from indexer.reading.metadata.divisions import find_divisions

TEXT = clean_text(
    "NGHỊ QUYẾT\nVề mức chi\nPHẦN THỨ NHẤT\nCHUNG\nChương I\nCHI\nĐiều 1. Mức chi\nCăn bản.\n"
    "1. Hộ nghèo:\na) Miền núi;\nb) Hải đảo.\n2. Hộ khác.\n"
    "Điều 2. Thông qua Đề án:\nI. MỤC TIÊU\n1. Đích một.\nII. VỐN\n1. Nguồn một.\n"
    "Điều 3. Thi hành ngay.\nTM. HỘI ĐỒNG NHÂN DÂN\nCHỦ TỊCH\nLê Văn Mẫu\n"
    "QUY CHẾ TIẾP DÂN\n(Ban hành kèm theo Nghị quyết số 5)\nĐiều 1. Lịch tiếp\nThứ hai.\n"
    "PHỤ LỤC II\nBẢNG KÊ\nDòng cuối.\n"
)
PLACES = {
    "hải đảo": ("Hải đảo", "điểm b khoản 1 Điều 1"),
    "clause": ("Hộ khác", "khoản 2 Điều 1"),
    "article": ("Căn bản", "Điều 1"),
    "section of an article": ("Nguồn một", "khoản 1 mục II Điều 2"),
    "chapter": ("CHI\n", "Chương I Phần thứ nhất"),
    "attached": ("Thứ hai", "Điều 1 Quy chế tiếp dân"),
    "appendix": ("Dòng cuối", "Phụ lục II"),
    "letterhead": ("NGHỊ", ""),
    "signature": ("Lê Văn", ""),
}


@pytest.mark.parametrize(("words", "cited"), PLACES.values(), ids=PLACES)
def test_a_passage_is_cited_innermost_first(words: str, cited: str) -> None:
    """Chapters are left out beside an article; what is attached is named."""
    assert citation(find_divisions(TEXT), TEXT.index(words)) == cited


def test_the_innermost_division_holds_the_offset() -> None:
    """Its own parts are farther in; what lies behind them is the article's again."""
    divisions = find_divisions(TEXT)
    at = division_at(divisions, TEXT.index("Miền núi"))
    assert at is not None
    assert (divisions[at].kind, divisions[at].label) == ("điểm", "a")
    assert division_at(divisions, len(TEXT) + 1) is None
    assert citation((), 5) == ""


def test_sections_of_an_act_keep_their_capitals() -> None:
    """Only what lies inside an article begins small."""
    text = clean_text(
        "Chương I\nCHUNG\nĐiều 1. Phạm vi\nMột.\nChương II\nCHI\nMục 1\nMỨC CHI\n"
        "Tiểu mục 1\nHỌC PHÍ\nĐiều 2. Mức\nHai.\n"
    )
    found = find_divisions(text)
    assert citation(found, text.index("HỌC PHÍ")) == "Tiểu mục 1 Mục 1 Chương II"
    assert citation(found, text.index("Hai.")) == "Điều 2"
