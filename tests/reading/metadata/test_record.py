"""Whole records: the first document, pages, evidence."""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.language.text import clean_text
from indexer.reading.metadata.finding import stated
from indexer.records import KNOWN_FIELDS, LEVELS
from tests.reading.metadata.papers import describe, describe_line, paper

# Our own retelling of the sort of page that the project began with.
REPORT = (
    "Sáng ngày 12/7, Thường trực HĐND thành phố Hải Phòng đã tổ chức Hội nghị giao ban Thường"
    " trực HĐND"
    " Thành phố với Thường trực HĐND quận, huyện quý II/2023. Đồng chí Phạm Văn Mẫu, Chủ tịch"
    " HĐND Thành"
    " phố chủ trì hội nghị.\nHĐND cấp huyện đã họp 20 kỳ. HĐND cấp xã ban hành 90 nghị quyết. Hội"
    " nghị"
    " nghe thông tin các luật được Quốc hội thông qua tại Kỳ họp thứ 5 và Kỳ họp bất thường lần"
    " thứ 4."
)
MENU = "TIN TỨC\n- Đầu tư công\n- Kỷ niệm 40 năm Huyện An Lão\n- Tuyển dụng"


def test_a_districts_page_about_its_citys_council() -> None:
    """Level and issuer are the organiser's, the publisher is the district, the year concluded."""
    found = describe(REPORT, boilerplate=MENU, hints={"category": "Hoạt động HĐND huyện"})
    assert (found.kind, found.level, found.issuer) == (
        "tin tức",
        "tỉnh",
        "Thường trực HĐND thành phố Hải Phòng",
    )
    assert (found.issued_on, found.date_known) == (date(2023, 7, 12), "inferred")
    assert found.evidence["issued_on"].quote == "quý II/2023"
    assert (found.number, found.session, found.signer) == (None, None, None)
    assert found.mentioned == ("tỉnh", "huyện", "xã")
    assert found.category == "Hoạt động HĐND huyện"
    assert found.publisher in ("huyện An Lão", None)


def test_every_field_that_is_known_has_its_evidence() -> None:
    """A value without evidence can't be checked by a reader."""
    found = describe(paper(end="CHỦ TỊCH\nNguyễn Văn Mẫu"), boilerplate=MENU)
    for field in KNOWN_FIELDS:
        assert (field in found.evidence) == (getattr(found, field) is not None), field
    assert found.evidence["number"][:2] == ("stated", "12/2023/NQ-HĐND")


def test_manifest_values_win_over_all_others() -> None:
    """Each known field may be stated, and then says so."""
    facts = {
        "title": "Tên",
        "number": "1/NQ-HĐND",
        "kind": "quyết định",
        "category": "Mục",
        "issuer": "UBND xã Làng Mẫu",
        "level": "xã",
        "place": "Làng Mẫu",
        "issued_on": "2020-02-03",
        "adopted_on": "2020-02-01",
        "effective_on": "2020-02-13",
        "expires_on": "2021-02-13",
        "term": "XX",
        "session": "3",
        "session_type": "chuyên đề",
        "abstract": "Về việc",
        "signer": "Lê Mẫu",
        "signer_title": "Chủ tịch",
        "publisher": "Công báo",
    }
    found = describe(paper(), facts=facts)
    assert {field: str(getattr(found, field)) for field in KNOWN_FIELDS} == facts
    assert all(found.evidence[field].how == "manifest" for field in KNOWN_FIELDS)
    blank = describe(paper(), facts=dict.fromkeys(KNOWN_FIELDS, " "))
    assert blank.number == "12/2023/NQ-HĐND"


def test_an_issuer_from_the_manifest_gives_a_concluded_level() -> None:
    """The manifest stated the issuer, not the level."""
    found = describe_line("Bảng kê", issuer="HĐND huyện Tuần Giáo")
    assert (found.level, found.evidence["level"].how) == ("huyện", "inferred")


def test_pages_start_where_their_text_starts() -> None:
    """Offsets point at each page's first character; a single page has none."""
    found = describe("", pages=("Trang một.", "", "  Trang\u200b hai."))
    assert found.text == "Trang một.\n\nTrang hai."
    first, empty, last = found.pages
    assert (found.text[first:empty], found.text[last:]) == ("Trang một.", "Trang hai.")
    assert describe("Một trang.").pages == ()


def test_attributes_beside_the_text_fill_what_it_lacks() -> None:
    """A portal's table is the source's own word."""
    table = (
        "Số ký hiệu: 5/QĐ-UBND\nLoại văn bản | Quyết định\nNgày ban hành\n3/4/2023\nTrích yếu: Về"
        " phí\n"
        "Cơ quan ban hành: Ủy ban nhân dân tỉnh Phú Yên\nNgười ký: Lê Văn Mẫu"
    )
    found = describe("Nội dung đính kèm.", boilerplate=table)
    assert (found.number, found.kind, found.issuer) == (
        "5/QĐ-UBND",
        "quyết định",
        "UBND tỉnh Phú Yên",
    )
    assert (found.issued_on, found.abstract, found.signer) == (
        date(2023, 4, 3),
        "Về phí",
        "Lê Văn Mẫu",
    )
    assert describe("Người ký: Lê Văn Mẫu\nSố hiệu--").signer is None


def test_an_export_line_may_hold_a_title_only() -> None:
    """Its record has no text and keeps the line's identity."""
    found = describe_line("Tờ trình số 110/TTr-UBND về học phí")
    assert (found.text, found.id, found.path) == ("", "e", "e.jsonl:1")
    assert (found.kind, found.number) == ("tờ trình", "110/TTr-UBND")


def test_quotes_are_short_and_on_one_line() -> None:
    """Evidence is there to be checked, not read instead of the document."""
    assert stated(1, "a\nb " + "c" * 400).evidence.quote == "a b " + "c" * 196


HOSTILE = (
    "được kỳ họp thông qua ",
    "HĐND các tỉnh, ",
    "CHỦ TỊCH\n",
    "HỘI ĐỒNG NHÂN DÂN\n",
    "Sáng 1/1, ",
    "theo số 12/NQ-HĐND ngày 1/1/2020 ",
    "khóa XVI, nhiệm kỳ 2021-2026 ",
    "Số hiệu\n",
)


@pytest.mark.parametrize("words", HOSTILE)
def test_a_hostile_text_costs_no_more_than_its_length(words: str) -> None:
    """100 kB of words that patterns wait for cost less than three seconds of processor time."""
    text = words * (100_000 // len(words))
    start = time.process_time()
    describe(text, title=text[:1000], boilerplate=text, media_type="text/html")
    assert time.process_time() - start < 3


@given(st.text(max_size=400), st.text(max_size=80))
def test_any_text_gives_a_record(text: str, title: str) -> None:
    """Whatever was read, a record comes out, its text clean and its level one of five."""
    found = describe_line(title, text)
    assert found.text == clean_text(text)
    assert found.level in LEVELS


@given(st.lists(st.sampled_from(paper().splitlines() + REPORT.split(". ")), max_size=14))
def test_any_order_of_real_lines_gives_a_record(lines: list[str]) -> None:
    """Torn papers never stop a build."""
    found = describe("\n".join(lines))
    assert found.kind
    assert found.evidence["title"]
