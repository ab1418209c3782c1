"""The rows of a document's head."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from indexer.records import CleanText, Conflict, CouncilDocument, Evidence
from webapp.document_record import Row, record_rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask

NEWS = CouncilDocument(
    id="tin",
    path="tin.txt",
    sha256="0",
    title="Hội nghị giao ban",
    text=CleanText("Hội nghị"),
    kind="tin tức",
    category="Hoạt động HĐND huyện",
    level="tỉnh",
    media_type="text/plain",
    issued_on=date(2024, 4, 19),
    mentioned=("tỉnh", "huyện", "xã"),
    origin="https://example.org/tin",
    evidence={"issued_on": Evidence("inferred", "quý I/2024")},
)


@pytest.fixture(autouse=True)
def _within_a_request(app: Flask) -> Iterator[None]:
    """Addresses are made within a request."""
    with app.test_request_context():
        yield


def rows(document: CouncilDocument) -> dict[str, Row]:
    """Return the rows by label."""
    return {row.label: row for row in record_rows(document)}


def test_an_inferred_date_is_badged_and_its_ground_quoted() -> None:
    """Readers see at once that nobody wrote this date down."""
    row = rows(NEWS)["Ngày ban hành"]
    assert (row.value, row.badge) == ("19/04/2024", "ngày suy ra")
    assert row.note == "căn cứ: “quý I/2024”"


@pytest.mark.parametrize(
    ("evidence", "badge", "note"),
    [
        (Evidence("stated", "ngày 19/4/2024"), "", "ghi trong văn bản"),
        (Evidence("manifest"), "", "theo nơi đăng"),
        (Evidence("corrected"), "", "đã được người rà soát sửa"),
        (Evidence("inferred"), "ngày suy ra", ""),
        (Evidence("default"), "", ""),
    ],
)
def test_every_date_says_how_it_is_known(evidence: Evidence, badge: str, note: str) -> None:
    """Only inferred dates need a caution."""
    row = rows(replace(NEWS, evidence={"issued_on": evidence}))["Ngày ban hành"]
    assert (row.badge, row.note) == (badge, note)


def test_a_date_of_unknown_ground_is_still_shown() -> None:
    """A record without evidence for its date keeps its date."""
    row = rows(replace(NEWS, evidence={}))["Ngày ban hành"]
    assert (row.value, row.badge, row.note) == ("19/04/2024", "", "")


def test_what_is_unknown_has_no_row() -> None:
    """A blank number, date, issuer or signer is not shown as an empty field."""
    labels = set(rows(replace(NEWS, issued_on=None)))
    assert not {"Số hiệu", "Ngày ban hành", "Cơ quan ban hành", "Người ký", "Kỳ họp"} & labels


def test_only_web_addresses_are_links() -> None:
    """A sentence about the origin stays a sentence; no other scheme becomes a link."""
    assert rows(NEWS)["Nguồn"].url == "https://example.org/tin"
    assert rows(NEWS)["Nguồn"].outside
    for origin in ("Bản giấy do văn phòng gửi", "javascript:alert(1)"):
        row = rows(replace(NEWS, origin=origin))["Nguồn"]
        assert (row.value, row.url, row.outside) == (origin, "", False)


def test_mentioned_levels_are_told_apart_from_the_level() -> None:
    """Who presided is one fact, who else was spoken of another."""
    assert rows(NEWS)["Cấp hội đồng"].value == "Tỉnh/thành phố"
    assert rows(NEWS)["Cấp được nhắc tới"].value == "huyện/quận/thị xã, xã/phường/thị trấn/đặc khu"


@pytest.mark.parametrize(("session", "shown"), [("15", "thứ 15"), ("bất thường", "bất thường")])
def test_sessions_are_read_aloud(session: str, shown: str) -> None:
    """A counted session has its ordinal, a named one its name."""
    assert rows(replace(NEWS, session=session))["Kỳ họp"].value == shown


@pytest.mark.parametrize(
    ("session", "sort", "shown"),
    [
        ("15", "chuyên đề", "thứ 15 (chuyên đề)"),
        ("bất thường lần thứ 5", "bất thường", "bất thường lần thứ 5"),
        (None, "chuyên đề", "chuyên đề"),
    ],
)
def test_the_sort_of_session_is_said_once(session: str | None, sort: str, shown: str) -> None:
    """An extraordinary session says so in its own name."""
    row = rows(replace(NEWS, session=session, session_type=sort))["Kỳ họp"]
    assert row.value == shown


def test_dates_of_effect_stand_beside_the_date_of_issue() -> None:
    """A counted date is badged as any other conclusion."""
    found = rows(
        replace(
            NEWS,
            adopted_on=date(2024, 4, 18),
            effective_on=date(2024, 4, 29),
            expires_on=date(2026, 1, 1),
            evidence={
                "effective_on": Evidence("inferred", "sau 10 ngày kể từ ngày ký"),
                "adopted_on": Evidence("stated", "thông qua ngày 18/4/2024"),
            },
        )
    )
    assert found["Ngày thông qua"].note == "ghi trong văn bản"
    effective = found["Ngày có hiệu lực"]
    assert (effective.value, effective.badge) == ("29/04/2024", "ngày suy ra")
    assert effective.note == "căn cứ: “sau 10 ngày kể từ ngày ký”"
    assert found["Ngày hết hiệu lực"].value == "01/01/2026"


def test_a_field_on_which_the_text_disagrees_says_so() -> None:
    """Readers see what was kept, from where, and what the text says instead."""
    conflict = Conflict("issuer", "HĐND xã An", "manifest", "HĐND xã Bình")
    row = rows(replace(NEWS, issuer="HĐND xã An", conflicts=(conflict,)))["Cơ quan ban hành"]
    assert (row.value, row.badge) == ("HĐND xã An", "văn bản ghi khác")
    assert row.note == "theo nơi đăng; văn bản ghi: “HĐND xã Bình”"


def test_a_disputed_date_is_written_as_readers_write_it() -> None:
    """No page shows a date as machines write it."""
    conflict = Conflict("issued_on", "2024-04-19", "manifest", "2024-04-20")
    row = rows(replace(NEWS, conflicts=(conflict,), evidence={}))["Ngày ban hành"]
    assert row.note == "theo nơi đăng; văn bản ghi: “20/04/2024”"


def test_what_the_text_says_is_not_put_into_the_text_s_mouth_twice() -> None:
    """Where the text won, the other value is another source's."""
    conflict = Conflict("number", "5/NQ-HĐND", "stated", "6/NQ-HĐND")
    row = rows(replace(NEWS, number="5/NQ-HĐND", conflicts=(conflict,)))["Số hiệu"]
    assert (row.badge, row.note) == ("nguồn khác ghi khác", "nguồn khác ghi: “6/NQ-HĐND”")


def test_a_signer_is_shown_with_their_office() -> None:
    """Who signed, and as what."""
    row = rows(replace(NEWS, signer="Nguyễn Văn Mẫu", signer_title="Chủ tịch"))["Người ký"]
    assert row.value == "Nguyễn Văn Mẫu, Chủ tịch"


def test_an_unknown_kind_leads_nowhere() -> None:
    """There is nothing to learn from other documents of unknown kind."""
    assert rows(replace(NEWS, kind="không rõ"))["Loại văn bản"].url == ""
