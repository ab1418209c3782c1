"""Publisher and category: the source's own words first."""

from __future__ import annotations

import pytest

from indexer.reading.metadata.category import find_subject_field
from indexer.reading.metadata.publisher import find_publisher
from indexer.records import UNCATEGORISED
from tests.reading.metadata.papers import describe, describe_line, paper

FRAMES = {
    "portal": (
        "TRANG CHỦ\nCổng thông tin điện tử huyện Tuần Giáo\nLiên kết: tỉnh Điện Biên",
        "huyện Tuần Giáo",
    ),
    "owner": ("© 2024 Cơ quan chủ quản: HĐND tỉnh Phú Yên", "HĐND tỉnh Phú Yên"),
    "menu names it": ("- Kỷ niệm 60 năm Quận Ba Đình\n- Tuyển dụng", "quận Ba Đình"),
    "named most": ("Huyện Tuần Giáo\nTỉnh Điện Biên\nHuyện Tuần Giáo xưa", "huyện Tuần Giáo"),
    "two alike": ("Huyện Tuần Giáo\nHuyện Mường Ảng", None),
    "nobody": ("TIN TỨC\n- Tuyển dụng", None),
    "portal without a unit": ("Cổng thông tin điện tử\n- Tuyển dụng", None),
    "": ("", None),
}


@pytest.mark.parametrize(("frame", "publisher"), FRAMES.values(), ids=FRAMES)
def test_menus_and_footers_name_the_publisher(frame: str, publisher: str | None) -> None:
    """What was taken off the content still says whose portal it was."""
    found = find_publisher(frame, None)
    assert (found.value if found else None) == publisher


def test_manifest_and_metadata_name_the_publisher_first() -> None:
    """The manifest wins, then the page's metadata, then the frame."""
    frame = "Cổng thông tin điện tử huyện Tuần Giáo"
    assert (
        describe("Tin.", boilerplate=frame, hints={"publisher": "Báo Mẫu"}).publisher == "Báo Mẫu"
    )
    assert (
        describe("Tin.", boilerplate=frame, facts={"publisher": "Công báo"}).publisher == "Công báo"
    )
    assert describe("Tin.", boilerplate=frame).publisher == "huyện Tuần Giáo"


def test_the_sources_own_category_stays_word_for_word() -> None:
    """Manifest first, then the portal's heading."""
    hints = {"category": "Hoạt động HĐND huyện"}
    assert describe(paper(), hints=hints).category == "Hoạt động HĐND huyện"
    assert (
        describe(paper(), hints=hints, facts={"category": "Người tốt việc tốt"}).category
        == "Người tốt việc tốt"
    )


FIELDS = {
    "Quy định mức thu phí và lệ phí trên địa bàn": "Ngân sách, phí và lệ phí",
    "Phê duyệt chủ trương đầu tư, kế hoạch đầu tư công trung hạn": "Đầu tư công",
    "Thông qua bảng giá đất năm 2026": "Đất đai",
    "Đặt tên đường, phố trong đô thị": "Quy hoạch, đô thị",
    "Sắp xếp đơn vị hành chính cấp xã": "Bộ máy, đơn vị hành chính",
    "Đẩy mạnh chuyển đổi số và cải cách thủ tục hành chính": "Cải cách hành chính, chuyển đổi số",
    "Mức học phí năm học 2024-2025": "Giáo dục",
    "Giám sát an toàn thực phẩm": "Y tế, an toàn thực phẩm",
    "Hỗ trợ hộ nghèo, hộ cận nghèo": "An sinh xã hội",
    "Bảo tồn di tích và lễ hội": "Văn hóa",
    "Thu gom rác thải nông thôn": "Nông nghiệp, môi trường",
    "Cử tri kiến nghị sửa đường liên xã": "Giao thông",
    "Công tác phòng cháy chữa cháy": "An ninh, phòng cháy chữa cháy",
    "Giải quyết khiếu nại, tố cáo và tiếp công dân": "Nội chính",
    "Kỷ niệm ngày thành lập Đảng bộ": "Đảng, kỷ niệm",
    "Hội nghị giao ban": UNCATEGORISED,
    "": UNCATEGORISED,
}


@pytest.mark.parametrize("title", FIELDS)
def test_without_a_source_category_the_words_show_the_field(title: str) -> None:
    """A title of one field falls into it; one of none stays without."""
    assert describe_line(title).category == FIELDS[title]


def test_two_fields_alike_decide_nothing() -> None:
    """A document that speaks of two fields equally is not put into either."""
    assert find_subject_field("Học phí và giá đất", "", "") is None


def test_a_body_needs_more_than_one_chance_word() -> None:
    """One word in passing makes no field, a text full of them does."""
    assert find_subject_field("", "", "Trong đó có học phí.") is None
    found = find_subject_field(
        "", "", "Học sinh, giáo viên các trường học, học phí và năm học mới. " * 2
    )
    assert found
    assert found.value == "Giáo dục"
