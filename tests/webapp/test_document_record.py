"""The rows of a document's head."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from indexer.records import CleanText, CouncilDocument, Evidence
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


def test_an_unknown_kind_leads_nowhere() -> None:
    """There is nothing to learn from other documents of unknown kind."""
    assert rows(replace(NEWS, kind="không rõ"))["Loại văn bản"].url == ""
