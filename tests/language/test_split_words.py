"""Syllables in pieces are put together, labels and initials stay."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.language.split_words import join_split_words


@pytest.mark.parametrize(
    ("torn", "whole"),
    [
        ("NGH Ị QUY ẾT", "NGHỊ QUYẾT"),
        ("N G H Ị  Q U Y Ế T", "NGHỊ QUYẾT"),
        ("N G H Ị Q U Y Ế T", "NGHỊ QUYẾT"),
        ("HỘ I Đ ỒNG NHÂ N DÂ N", "HỘI ĐỒNG NHÂN DÂN"),
        ("T Ờ TRÌNH", "TỜ TRÌNH"),
        ("B ÁO CÁO", "BÁO CÁO"),
        ("QUY ĐỊ NH", "QUY ĐỊNH"),
        ("CHƯƠNG T RÌNH", "CHƯƠNG TRÌNH"),
        ("Đ i ề u 1. Ph ạm vi", "Điều 1. Phạm vi"),
        ("Ngh ị quy ết s ố 12/NQ-HĐND", "Nghị quyết số 12/NQ-HĐND"),
        ("đ i ề u", "điều"),
    ],
)
def test_pieces_of_a_syllable_are_joined(torn: str, whole: str) -> None:
    """Joining makes a syllable of what was none."""
    assert join_split_words(torn) == whole


@pytest.mark.parametrize(
    "line",
    [
        "Hội đồng nhân dân tỉnh ban hành Nghị quyết này ở kỳ họp thứ 5",
        "điểm c ở trên và điểm đ khoản 1",
        "tổ C an ninh, khối D ôn tập",
        "người dân tộc Y Blim, H Len Niê, Nguyễn T Ánh",
        "thuốc 10m ập, 5G ứng dụng, 20°C ở trong phòng",
        "và i, và n là số nguyên",
        "T U là số nguyên ở đây",
        "KHU B, LÔ C",
        "plain English of a few words",
        "",
    ],
)
def test_whole_words_and_labels_stay(line: str) -> None:
    """A letter that stands for itself is no piece of the next word."""
    assert join_split_words(line) == line


@given(st.text(alphabet="NGHỊQUYẾTđiều cabạ.,12 ", max_size=40))
def test_only_spaces_are_taken_away(line: str) -> None:
    """Whatever the line, its letters stay, in their order."""
    assert join_split_words(line).replace(" ", "") == line.replace(" ", "")
