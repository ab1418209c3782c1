"""Lost and mistaken marks are mended by context."""

from __future__ import annotations

import pytest

from indexer.reading.extract import ocr_repair
from indexer.reading.extract.ocr_repair import Syllable, repair_syllables


def _repair(text: str, confidence: float = 0.96) -> str:
    syllables = [
        Syllable(word if word.isalpha() else "", confidence, at == 0)
        for at, word in enumerate(text.split())
    ]
    return " ".join(new or old for new, old in zip(repair_syllables(syllables), text.split()))  # noqa: B905


@pytest.mark.parametrize(
    ("damaged", "printed"),
    [
        ("quy định về tô chức bộ máy", "quy định về tổ chức bộ máy"),
        ("cấp có thâm quyên ban hành", "cấp có thẩm quyền ban hành"),
        ("công tác thông kê của tỉnh", "công tác thống kê của tỉnh"),
        ("sửa đổi bỗ sung một sô điều", "sửa đổi bổ sung một số điều"),
        ("phát triển kinh tê quôc tê", "phát triển kinh tế quốc tế"),
        ("quy định chỉ tiết thi hành", "quy định chi tiết thi hành"),
        ("QUYÉT ĐỊNH", "QUYẾT ĐỊNH"),
        ("Tông cục Hải quan", "Tổng cục Hải quan"),
        ("giáo dục và đảo tạo", "giáo dục và đào tạo"),
        ("Ủy ban nhân dân đặc khu Vẫn Đồn", "Ủy ban nhân dân đặc khu Vân Đồn"),
        ("trên địa bàn tỉnh Đắk Lẵk", "trên địa bàn tỉnh Đắk Lắk"),
    ],
)
def test_lost_marks_come_back(damaged: str, printed: str) -> None:
    """A word of two syllables tells which marks were printed."""
    assert _repair(damaged) == printed


@pytest.mark.parametrize(
    "printed",
    [
        "hội đồng nhân dân tỉnh thông qua",
        "nhà nước cho thuê đất thu tiền một lần",
        "thông tin về nông thôn mới",
        "Ủy ban nhân dân thành phố",
        "nêu rõ lý do bằng văn bản",
        "do Tô Văn Đông trình bày",
        "internet và website",
    ],
)
def test_what_is_right_stays(printed: str) -> None:
    """Common syllables that look like damaged ones are left alone, and so are names."""
    assert _repair(printed) == printed


def test_the_document_itself_is_a_witness() -> None:
    """A name that is clear twice tells how it is spelt where its mark was lost."""
    words = ["chợ", "Rạch", "Nổ", ";", "chợ", "Rạch", "Nổ", ";", "chợ", "Rạch", "Nô"]
    syllables = [Syllable(word if word.isalpha() else "", 0.97) for word in words]
    assert repair_syllables(syllables)[-1] == "Nổ"
    assert repair_syllables(syllables[-3:])[-1] == "Nô"


def test_signs_part_words() -> None:
    """No word reaches across a comma or a number."""
    assert _repair("tô , chức") == "tô , chức"
    assert repair_syllables([]) == []


def test_letters_never_change() -> None:
    """Only marks are mended: another letter, a digit or a foreign word stays as it was read."""
    assert _repair("Thươnà mại jựe lượng") == "Thươnà mại jựe lượng"


def test_capitals_inside_a_syllable_are_small() -> None:
    """A mark upon a mark makes a letter look like a capital; codes keep theirs."""
    assert _repair("sỐ ThÔng QĐ TTg Của") == "số Thông QĐ TTg Của"


def test_without_pyvis_model_common_phrases_remain(monkeypatch: pytest.MonkeyPatch) -> None:
    """Another release of pyvi may have another dictionary; what we list ourselves still helps."""
    ocr_repair._known_pairs.cache_clear()
    monkeypatch.setattr(ocr_repair, "read_word_model", lambda: None)
    try:
        assert _repair("một sô điều kế từ ngày", 0.9) == "một số điều kể từ ngày"
    finally:
        ocr_repair._known_pairs.cache_clear()
