"""Places: what stands before the day in the letterhead."""

from __future__ import annotations

import pytest

from indexer.reading.metadata.layout import Layout
from indexer.reading.metadata.place import find_place
from tests.reading.metadata.papers import describe, paper

LINES = {
    "province": ("Phú Yên, ngày 10 tháng 7 năm 2023", "Phú Yên"),
    "blank day": ("Phú Yên, ngày     tháng   năm 2023", "Phú Yên"),
    "OCR": ("Phủ Yên. ngay l0 thang 7 nam 2023", "Phú Yên"),
    "short kind": ("TP. Hồ Chí Minh, ngày 10 tháng 7 năm 2023", "Thành phố Hồ Chí Minh"),
    "short kind of a town": ("TX. Làng Mẫu, ngày 10 tháng 7 năm 2023", "Thị xã Làng Mẫu"),
    "full kind": ("Thành phố Hồ Chí Minh, ngày 10 tháng 7 năm 2023", "Thành phố Hồ Chí Minh"),
    "number": ("Quận 3, ngày 10 tháng 7 năm 2023", "Quận 3"),
    "commune": ("Làng Mẫu, ngày 10 tháng 7 năm 2023", "Làng Mẫu"),
    "capitals": ("LÀNG MẪU, ngày 10 tháng 7 năm 2023", "Làng Mẫu"),
    "other column before it": ("Số: 12/NQ-HĐND PHÚ YÊN Phú Yên, ngày 10 tháng 7", "Phú Yên"),
    "too many words": ("NHÂN DÂN Một Hai Ba Bốn Năm Sáu Bảy, ngày 10 tháng 7 năm 2023", None),
    "no place": ("ngày 10 tháng 7 năm 2023", None),
}


@pytest.mark.parametrize(("line", "place"), LINES.values(), ids=LINES)
def test_the_place_stands_before_the_day(line: str, place: str | None) -> None:
    """Provinces come out in their right spelling; other names as they stand there."""
    found = find_place(Layout(head=("HỘI ĐỒNG NHÂN DÂN", line)), None)
    assert (found.value if found else None) == place


UNITS = {
    "HĐND huyện Thường Tín": "Thường Tín",
    "HĐND thành phố Hồ Chí Minh": "Thành phố Hồ Chí Minh",
    "HĐND Quận 3": "Quận 3",
    "Quốc hội": None,
}


@pytest.mark.parametrize(("issuer", "place"), UNITS.items(), ids=UNITS)
def test_else_the_issuers_unit_is_the_place(issuer: str, place: str | None) -> None:
    """It is then concluded, and says so."""
    found = find_place(Layout(), issuer)
    assert (found.value if found else None) == place
    assert found is None or found.evidence.how == "inferred"


def test_an_issuers_name_mends_the_place() -> None:
    """OCR spells the same unit in two ways: the issuer's spelling was checked."""
    found = find_place(Layout(head=("Thuong Tin, ngày 10 tháng 7",)), "HĐND huyện Thường Tín")
    assert found
    assert found.value == "Thường Tín"


def test_running_text_and_news_have_no_place() -> None:
    """Only a letterhead tells where a paper was signed; the manifest wins over it."""
    assert describe(paper()).place == "Phú Yên"
    assert describe(paper(), facts={"place": "Làng Mẫu"}).place == "Làng Mẫu"
    news = "Sáng 10/7/2023, HĐND tỉnh Phú Yên họp. Tại Tuy Hòa, ngày 10 tháng 7 năm 2023."
    assert describe(news).place is None
