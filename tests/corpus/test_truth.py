"""What is read from the samples is what their authors put into them."""

from __future__ import annotations

import pytest

from indexer.records import UNCATEGORISED
from tests.corpus.extraction import FIELDS, find_differences, read_records
from tests.corpus.files import FIRST, read_entries, read_truth, spec_of

# Shares of right values, a little under what was measured when this was written.
LEAST = {
    "number": 0.99,
    "kind": 0.98,
    "issuer": 0.98,
    "level": 0.98,
    "issued_on": 0.98,
    "term": 0.92,
    "session": 0.96,
    "signer": 0.98,
    "abstract": 0.98,
}


@pytest.mark.parametrize("field", FIELDS)
def test_fields_are_read_as_they_were_written(field: str) -> None:
    """Letterheads, closings and signatures give the record back."""
    wrong = find_differences(field)
    share = 1 - len(wrong) / len(read_records())
    assert share >= LEAST[field], wrong


def test_a_blank_number_is_never_filled() -> None:
    """Where the letterhead leaves the number open, the record does too."""
    blank = [p for p, t in read_truth().items() if not t["number"] and t["format"] != "scan"]
    assert any(spec_of(path).head.get("blank") for path in blank)
    for path in blank:
        assert read_records()[path].number is None, path


def test_a_stated_category_stays_word_for_word() -> None:
    """The source's own spelling is kept, capitals and all."""
    records = read_records()
    for entry in read_entries():
        if entry["path"] in records and "category" in entry:
            assert records[entry["path"]].category == entry["category"]


def test_most_samples_without_a_category_get_a_field() -> None:
    """Their own words say what they are about."""
    bare = {entry["path"] for entry in read_entries() if "category" not in entry}
    found = [record.category for path, record in read_records().items() if path in bare]
    assert found.count(UNCATEGORISED) <= len(found) / 2.5


@pytest.mark.parametrize("path", [e["path"] for e in read_entries() if e["path"].endswith("html")])
def test_portal_menus_are_no_content(path: str) -> None:
    """Words of menus, side columns and footers stay out of the text."""
    text = read_records()[path].text
    for menu in ("Trang chủ", "Đang truy cập", "Liên kết website", "Thăm dò ý kiến", "Bản in"):
        assert menu not in text


@pytest.mark.parametrize("path", [e["path"] for e in read_entries() if e["path"].endswith("html")])
def test_the_text_of_a_page_is_kept_whole(path: str) -> None:
    """Every paragraph the author wrote is still there."""
    text = " ".join(read_records()[path].text.split())
    for block in spec_of(path).blocks:
        if block.style == "paragraph":
            assert " ".join(block.text.split()) in text


def test_the_first_document_s_record_is_left_to_its_own_tests() -> None:
    """It has no truth line, being no sample."""
    assert FIRST not in read_truth()
