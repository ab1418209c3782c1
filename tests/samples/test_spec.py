"""Hand-written content becomes specs, and faults in it are named."""

from __future__ import annotations

from datetime import date

import pytest

from tests.samples.forms import compose_sheet
from tests.samples.spec import Spec, parse_blocks, parse_spec, read_specs
from tests.samples.truth import state_truth

HEAD = (
    "pdf | nghị quyết | xa-hong-van | 05/NQ-HĐND | 2025-07-30 | 2 chuyên đề\n"
    "title: Về việc thử\n---\n"
)


def write_spec(body: str = "# Điều 1. Thử\nMột điều.", head: str = HEAD) -> Spec:
    """Return the spec of a short document."""
    return parse_spec(head + body)


def test_the_head_gives_number_date_and_council() -> None:
    """Each part of the first line has its place."""
    spec = write_spec()
    assert spec.number == "05/NQ-HĐND"
    assert spec.issued_on == date(2025, 7, 30)
    assert spec.council.unit == "xã Hồng Vân"
    assert spec.path == "documents/nghi-quyet/nq-05-2025-hdnd-xa-hong-van.pdf"


def test_a_paper_without_a_number_is_filed_by_title_and_day() -> None:
    """Its path is made of the words it bears."""
    spec = write_spec(head=HEAD.replace("05/NQ-HĐND", "").replace("pdf |", "scan |"))
    assert spec.number is None
    assert spec.path == "documents/nghi-quyet/ve-viec-thu-20250730.pdf"


def test_an_unknown_format_is_refused_by_name() -> None:
    """A typing error must not vanish."""
    with pytest.raises(ValueError, match="unknown format or kind: pfd"):
        write_spec(head=HEAD.replace("pdf", "pfd"))


def test_neighbouring_rows_make_one_table() -> None:
    """Rows stay together, text around them apart."""
    blocks = list(parse_blocks("trước\n| a | b |\n| 1 | 2 |\nsau\n> Căn cứ"))
    assert [block.style for block in blocks] == ["paragraph", "table", "paragraph", "citation"]
    assert blocks[1].rows == (("a", "b"), ("1", "2"))


def test_a_resolution_ends_with_who_passed_it_and_when() -> None:
    """The closing formula names council, term, session and day."""
    closing = compose_sheet(write_spec()).blocks[-1].text
    assert "xã Hồng Vân khóa I, Kỳ họp thứ 2 (kỳ họp chuyên đề)" in closing
    assert "thông qua ngày 30 tháng 7 năm 2025" in closing


def test_a_last_article_is_added_only_where_the_author_wrote_none() -> None:
    """Nobody is charged twice with carrying it out."""
    added = compose_sheet(write_spec()).blocks
    kept = compose_sheet(write_spec("# Điều 1. Tổ chức thực hiện\nTự làm.")).blocks
    assert sum("Tổ chức thực hiện" in block.text for block in added) == 1
    assert sum("Tổ chức thực hiện" in block.text for block in kept) == 1


def test_every_paper_but_news_is_signed_and_sent() -> None:
    """Letterhead, recipients and signature go together."""
    for spec in read_specs():
        sheet = compose_sheet(spec)
        news = spec.kind == "tin tức"
        assert (sheet.letterhead is None) is news
        assert (sheet.signature is None) is news
        assert bool(sheet.recipients) is not news


def test_truth_holds_no_session_that_the_paper_does_not_name() -> None:
    """What the author knows but did not write can't be read."""
    head = HEAD.replace("nghị quyết", "giám sát").replace("NQ-HĐND", "BC-HĐND")
    truth = state_truth(write_spec("Đoàn đã làm việc.", head))
    assert truth["session"] is None
    assert truth["term"] is None
