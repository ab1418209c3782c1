"""Blanks that were filled in by hand are read for sure or not at all."""

from __future__ import annotations

import pytest

from indexer.reading.extract.ocr_blanks import FILLED_IN, blank_unread, find_fields, is_plausible
from tests.reading.extract.ocr_words import place_line


def _blanked(text: str, doubtful: dict[str, float] | None = None) -> str:
    line = [
        word._replace(confidence=(doubtful or {}).get(word.text, word.confidence))
        for word in place_line(text)
    ]
    return " ".join(word.text for word in blank_unread(line))


@pytest.mark.parametrize(
    ("read", "given"),
    [
        ("Số: 407 /QĐ-UBND", "Số: … /QĐ-UBND"),
        ("Số : ¿5 /2024/NQ-HĐND", "Số : … /2024/NQ-HĐND"),
        ("Số: /NQ-HĐND", "Số: … /NQ-HĐND"),
        ("Hồ Sen, ngày 4$ tháng 01 năm 2024", "Hồ Sen, ngày … tháng 01 năm 2024"),
        ("Nam Sen, nụàyv 45 thủng 0x năm 2024", "Nam Sen, ngày … tháng … năm 2024"),
        ("Hồ sen, ngày 2£ tháng 1 năm 200", "Hồ sen, ngày … tháng 1 năm …"),
        ("Hồ Sen, ngày tháng 7 năm 2024", "Hồ Sen, ngày … tháng 7 năm 2024"),
        ("Hồ Sen, ngày 5 tháng { năm 20O", "Hồ Sen, ngày 5 tháng … năm …"),
    ],
)
def test_what_is_in_doubt_is_a_blank(read: str, given: str) -> None:
    """A wrong number is worse than none: "…" says that something stands there."""
    assert _blanked(read, {"20O": 0.1}) == given


@pytest.mark.parametrize(
    "line",
    [
        "Số: 12/2024/NQ-HĐND",
        "Hồ Sen, ngày 25 tháng 01 năm 2024",
        "Hồ Sen, ngày I5 tháng 0] năm 2024",
        "Căn cứ Luật Hồ Sen ngày 9x tháng 6 năm 2015;",
        "ngày 1x tháng 6 năm 2015 của Chính phủ về hồ sơ",
        "theo Nghị quyết của Hội đồng nhân dân tỉnh Hồ Sen ngày 9 tháng 7x năm 2015",
        "Số lượng: 12 /năm",
        "trong tháng trước năm sau",
        "Sáu tháng đầu năm 2024",
    ],
)
def test_print_and_prose_stay(line: str) -> None:
    """A number that runs on into its code is print; a date inside a sentence is another's."""
    assert _blanked(line) == line


def test_a_printed_day_in_doubt_is_a_blank() -> None:
    """Digits that were hardly read may be any others."""
    assert _blanked("Hồ Sen, ngày 25 tháng 01 năm 2024", {"25": 0.4}).startswith("Hồ Sen, ngày …")


def test_a_number_read_by_its_own_reader_stays() -> None:
    """What the reader of blanks was sure of is kept."""
    assert _blanked("Số: 107 /QĐ-UBND", {"107": FILLED_IN}) == "Số: 107 /QĐ-UBND"


def test_a_blank_stands_where_the_writing_stood() -> None:
    """Its place is that of the words it covers, or follows the word before."""
    line = place_line("Số: 4 07 /QĐ-UBND")
    label, blank, code = blank_unread(line)
    assert (blank.left, blank.right) == (line[1].left, line[2].right)
    empty = blank_unread([label, code])[1]
    assert label.right < empty.left < code.left


@pytest.mark.parametrize(
    ("digits", "kind", "fits"),
    [
        ("0", "ngày", False),
        ("32", "ngày", False),
        ("015", "ngày", False),
        ("12", "tháng", True),
        ("", "số", False),
        ("123456", "số", False),
        ("0044", "số", True),
        ("210", "năm", False),
    ],
)
def test_only_what_can_be_is_plausible(digits: str, kind: str, fits: bool) -> None:  # noqa: FBT001
    """Months end at twelve, days at 31, and a council's numbers at five digits."""
    assert is_plausible(digits, kind) is fits


def test_fields_are_found_by_their_neighbours() -> None:
    """What stands between the words of a date counts, whatever it was read as."""
    line = place_line("Hồ Sen, ngày x y tháng năm 2024")
    kinds = [(field.kind, field.end - field.start) for field in find_fields(line)]
    assert kinds == [("ngày", 2), ("tháng", 0), ("năm", 1)]
