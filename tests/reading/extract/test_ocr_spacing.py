"""Words that ran together are parted."""

from __future__ import annotations

import pytest

from indexer.reading.extract.ocr_spacing import part_syllables, part_words
from tests.reading.extract.ocr_words import place_page


@pytest.mark.parametrize(
    ("run", "parts"),
    [
        ("CỘNGHOÀXÃHỘI", ("CỘNG", "HOÀ", "XÃ", "HỘI")),
        ("BỘTHÔNG", ("BỘ", "THÔNG")),
        ("nghiêng", ("nghiêng",)),
        ("QUYÉT", ("QUYÉT",)),
        ("TINVÀ", ("TIN", "VÀ")),
        ("nghịquyết", ("nghị", "quyết")),
        ("Internet", ("Internet",)),
        ("HaiPhong", ("Hai", "Phong")),
        ("zzzzz", ("zzzzz",)),
    ],
)
def test_a_run_is_parted_into_whole_syllables(run: str, parts: tuple[str, ...]) -> None:
    """Only what is no syllable and can be used up by syllables with accents is parted."""
    assert part_syllables(run) == parts


def test_parts_share_the_box_of_the_word() -> None:
    """Each part stands where its letters stood, with a sliver of space between."""
    page = part_words(place_page("“TRUYỀNTHÔNG” số 1"))
    first, second, *others = page.words
    assert (first.text, second.text, others[0].text) == ("“TRUYỀN", "THÔNG”", "số")
    whole = place_page("“TRUYỀNTHÔNG” số 1").words[0]
    assert (first.left, first.right < second.left) == (whole.left, True)
    assert whole.right - 10 <= second.right <= whole.right


def test_a_misread_small_word_is_not_parted() -> None:
    """`thuậc` is a damaged `thuộc`, not two words."""
    page = place_page("thuậc tỉnhHồSen")
    assert [word.text for word in part_words(page).words] == ["thuậc", "tỉnh", "Hồ", "Sen"]


def test_codes_and_numbers_stay_whole() -> None:
    """What is not letters alone is no run of syllables."""
    page = place_page("12/2024/NQ-HĐND tại Điều")
    assert part_words(page) == page


def test_a_date_written_from_word_to_word_is_parted() -> None:
    """Writing fills the blanks of a date until it touches the words around."""
    page = part_words(place_page("Sen, ngày08tháng 7 năm2024 ngày, tháng/năm"))
    texts = [word.text for word in page.words]
    assert texts == ["Sen,", "ngày", "08", "tháng", "7", "năm", "2024", "ngày,", "tháng/năm"]
