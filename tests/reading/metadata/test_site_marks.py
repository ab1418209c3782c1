"""Stamps of sites and registries over a paper: none of its fields comes from them."""

from __future__ import annotations

import pytest

from indexer.reading.metadata.site_marks import drop_site_marks
from tests.reading.metadata.papers import describe, paper

MARKS = {
    "site": "CỔNG THÔNG TIN ĐIỆN TỬ CHÍNH PHỦ",
    "misread site": "CỔNG THÔNG TTN ĐIỆN TỬ CHÍNH PHỦ",
    "council's site": "CỔNG THÔNG TIN ĐIỆN TỬ TỈNH PHÚ YÊN",
    "address": "congbao.chinhphu.vn",
    "address with a path": "https://hdnd.tinhmau.gov.vn/van-ban/12",
    "arrival": "ĐẾN Số: 344 Ngày: 13/01",
    "arrival in lines": "CÔNG VĂN ĐẾN\nSố: 344\nNgày: 13/01/2024\nChuyển: ",
    "route": "TTĐT(2)\nĐẾN Giờ: 8\nNgày: 13/01/2024",
    "signature": "Ký bởi: Cổng Thông tin điện tử\nThời gian ký: 13.01.2024 09:15:02 +07:00",
    "signer": "Người ký: Cổng thông tin điện tử\nEmail: thongtin@tinhmau.gov.vn",
}
PLACES = (
    "HỘI ĐỒNG NHÂN DÂN\n",
    "TỈNH PHÚ YÊN\n",
    "Số: 12/2023/NQ-HĐND\n",
    "Hạnh phúc\n",
    "năm 2023\n",
    "NGHỊ QUYẾT\n",
)
FIELDS = ("title", "abstract", "number", "kind", "issuer", "place", "issued_on")


@pytest.mark.parametrize("mark", MARKS.values(), ids=MARKS)
def test_a_mark_gives_no_field(mark: str) -> None:
    """Wherever it lies over the letterhead, the record is the one of the clean paper."""
    clean = paper()
    marked = [f"{mark}\n{clean}"] + [
        clean.replace(place, f"{place}{mark}\n", 1) for place in PLACES
    ]
    for text in marked:
        found = describe(text)
        assert [getattr(found, name) for name in FIELDS] == [
            getattr(describe(clean), name) for name in FIELDS
        ]
        assert mark.split("\n", maxsplit=1)[0] in found.text


def test_a_stamp_of_arrival_may_share_a_line() -> None:
    """Both columns of a letterhead run into one line in OCR."""
    found = describe(paper(number="Số: 12/2023/NQ-HĐND ĐẾN Số: 344 Ngày: 13/01/2024"))
    assert (found.number, str(found.issued_on)) == ("12/2023/NQ-HĐND", "2023-07-10")


def test_the_papers_own_number_behind_a_stamp_stays() -> None:
    """A stamp's number has no signs."""
    found = describe(paper(number="ĐẾN\nSố: 12/2023/NQ-HĐND"))
    assert found.number == "12/2023/NQ-HĐND"


SUBJECTS = {
    "in capitals": ("VỀ QUY CHẾ HOẠT ĐỘNG", "CỔNG THÔNG TIN ĐIỆN TỬ TỈNH PHÚ YÊN"),
    "of the government's": ("VỀ QUY CHẾ HOẠT ĐỘNG", "CỔNG THÔNG TIN ĐIỆN TỬ CHÍNH PHỦ"),
    "in small letters": ("Về quy chế hoạt động của", "Cổng thông tin điện tử Chính phủ"),
}


@pytest.mark.parametrize("lines", SUBJECTS.values(), ids=SUBJECTS)
def test_a_site_may_be_what_a_paper_is_about(lines: tuple[str, str]) -> None:
    """Inside the subject the name stays."""
    abstract = describe(paper(subject="\n".join(lines))).abstract or ""
    assert "cổng thông tin điện tử" in abstract.lower()


def test_the_governments_mark_in_a_subject_of_small_letters_goes() -> None:
    """Its capitals show that it is none of the subject's lines."""
    text = paper(subject="Về mức học phí\nCỔNG THÔNG TIN ĐIỆN TỬ CHÍNH PHỦ\nnăm học 2023-2024")
    assert describe(text).abstract == "Về mức học phí năm học 2023-2024"


def test_a_text_without_a_letterhead_is_not_named_for_a_site() -> None:
    """The opening words are the text's own, unless the mark is all there is."""
    assert describe("congbao.chinhphu.vn\nTài liệu kèm theo báo cáo.").title.startswith("Tài liệu")
    assert describe("congbao.chinhphu.vn").title == "congbao.chinhphu.vn"


def test_running_text_is_left_alone() -> None:
    """What is told of a site, an arrival or an address in a sentence stays."""
    text = "đến ngày: 13/01\nXem tại congbao.chinhphu.vn hoặc\n" + "cổng thông tin điện tử " * 8
    assert drop_site_marks(text) == text
