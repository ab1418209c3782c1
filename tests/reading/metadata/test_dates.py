"""Days: stated, concluded with their reason, or left open."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.reading.metadata.dates import find_title_date, read_date
from indexer.reading.metadata.day_patterns import find_days
from tests.reading.metadata.papers import describe, describe_line, paper

READ = {
    "19/4/2024": date(2024, 4, 19),
    "19-04-2024": date(2024, 4, 19),
    "19.4.2024": date(2024, 4, 19),
    "2024-04-19": date(2024, 4, 19),
    "2024-04-19T08:30:00+07:00": date(2024, 4, 19),
    "ngày 19 tháng 4 năm 2024": date(2024, 4, 19),
    "31/2/2024": None,
    "2024-13-01": None,
    "19/4": None,
    "1/1/1890": None,
    "1/1/2101": None,
    "từ 19/4/2024": None,
    "": None,
}


@pytest.mark.parametrize("text", READ)
def test_a_day_is_read_whole_or_not_at_all(text: str) -> None:
    """Readers' and machines' spellings are read; impossible days are refused."""
    assert read_date(text) == READ[text]


@given(st.dates(date(1945, 1, 1), date(2100, 12, 31)))
def test_every_day_is_read_back(day: date) -> None:
    """Each way of writing a day leads back to it."""
    for written in (
        day.isoformat(),
        f"{day.day}/{day.month}/{day.year:04}",
        f"ngày {day.day:02} tháng {day.month:02} năm {day.year:04}",
    ):
        assert read_date(written) == day
        assert [found.day for found in find_days(f"họp {written}.")] == [day]


LETTERHEADS = {
    "plain": ("Phú Yên, ngày 10 tháng 7 năm 2023", date(2023, 7, 10)),
    "no space before the day": ("Phú Yên, ngày12 tháng 11 năm 2020", date(2020, 11, 12)),
    "no space behind the month": ("Hà Nội, ngày 31 tháng12 năm 2025", date(2025, 12, 31)),
    "slashes": ("Phú Yên, ngày 10/7/2023", date(2023, 7, 10)),
    "blank day": ("Phú Yên, ngày    tháng 7 năm 2023", None),
    "dotted day": ("Phú Yên, ngày ... tháng ... năm 2023", None),
    "impossible day": ("Phú Yên, ngày 31 tháng 2 năm 2023", None),
    "too early": ("Phú Yên, ngày 1 tháng 2 năm 1890", None),
    "none": ("", None),
}


@pytest.mark.parametrize(("line", "day"), LETTERHEADS.values(), ids=LETTERHEADS)
def test_the_letterhead_states_the_day(line: str, day: date | None) -> None:
    """A blank or impossible day is not invented from the acts that are cited."""
    body = "Căn cứ Nghị quyết số 5/2020/NQ-HĐND ngày 3 tháng 8 năm 2020 của Hội đồng nhân dân tỉnh;"
    found = describe(paper(day=line, body=body))
    assert found.issued_on == day
    assert found.date_known == ("stated" if day else None)


def test_the_closing_formula_gives_the_day_that_the_letterhead_lacks() -> None:
    """Adopted on that day, says the act itself."""
    for closing in (
        (
            "Nghị quyết này đã được Hội đồng nhân dân tỉnh Phú Yên khóa VII, kỳ họp thứ 3 thông qua"
            " ngày 15/12/2016 và có hiệu lực"
        ),
        (
            "Nghị quyết này được Hội đồng nhân dân tỉnh Phú Yên Khóa VII, Kỳ họp thứ 3 thông qua"
            " ngày"
            " 15 tháng 12 năm 2016."
        ),
    ):
        found = describe(paper(day="Phú Yên, ngày    tháng   năm 2016", end=closing))
        assert found.issued_on == date(2016, 12, 15)
        assert "thông qua ngày" in found.evidence["issued_on"].quote


def test_letterhead_wins_over_closing_formula() -> None:
    """57/NQ-HĐND was signed a day after it was adopted."""
    found = describe(
        paper(end="Nghị quyết này đã được HĐND tỉnh Phú Yên kỳ họp thứ 3 thông qua ngày 9/7/2023.")
    )
    assert found.issued_on == date(2023, 7, 10)


def test_a_day_in_the_subject_belongs_to_the_act_it_names() -> None:
    """The day beside a cited number is that act's."""
    subject = (
        "Sửa đổi Nghị quyết số 5/2020/NQ-HĐND ngày 3 tháng 8 năm 2020 của Hội đồng nhân dân tỉnh"
    )
    assert describe(paper(day="", subject=subject)).issued_on is None


NEWS = {
    "full day": (
        "Sáng ngày 19/4/2024, HĐND tỉnh Phú Yên tổ chức hội nghị giao ban.",
        date(2024, 4, 19),
        "stated",
    ),
    "long form": (
        "Ngày 19 tháng 4 năm 2024, HĐND tỉnh Phú Yên tổ chức hội nghị giao ban.",
        date(2024, 4, 19),
        "stated",
    ),
    "quarter in the sentence": (
        "Sáng ngày 19/4, HĐND tỉnh Phú Yên tổ chức hội nghị giao ban quý I/2024.",
        date(2024, 4, 19),
        "inferred",
    ),
    "quarter in words": (
        "Chiều 5-7, HĐND tỉnh Phú Yên tổ chức hội nghị giao ban quý II năm 2023.",
        date(2023, 7, 5),
        "inferred",
    ),
    "year around": (
        (
            "Sáng 19/4, HĐND tỉnh Phú Yên tổ chức hội nghị.\nTrong tháng 3/2022, các ban đã họp."
            " Quý"
            " I/2022 đạt kế hoạch."
        ),
        date(2022, 4, 19),
        "inferred",
    ),
    "month in words": (
        "Sáng ngày 19 tháng 4, HĐND tỉnh Phú Yên tổ chức hội nghị giao ban quý I/2024.",
        date(2024, 4, 19),
        "inferred",
    ),
    "nothing decides": ("Sáng ngày 19/4, HĐND tỉnh Phú Yên tổ chức hội nghị giao ban.", None, None),
    "two years alike": (
        "Sáng 19/4, HĐND tỉnh Phú Yên tổ chức hội nghị.\nNăm 2022 khá. Năm 2023 tốt hơn.",
        None,
        None,
    ),
    "only years of terms and plans": (
        (
            "Sáng 19/4, HĐND tỉnh Phú Yên khóa VIII, nhiệm kỳ 2021-2026 tổ chức hội nghị về giai"
            " đoạn"
            " 2021-2025."
        ),
        None,
        None,
    ),
    "impossible day": (
        "Sáng ngày 31/2, HĐND tỉnh Phú Yên tổ chức hội nghị giao ban quý I/2024.",
        None,
        None,
    ),
    "cited act": (
        (
            "Sáng ngày 19/4, HĐND tỉnh Phú Yên tổ chức giám sát theo Nghị quyết số 5/NQ-HĐND ngày"
            " 3/8/2020 trong quý I/2024."
        ),
        date(2024, 4, 19),
        "inferred",
    ),
}


@pytest.mark.parametrize(("text", "day", "how"), NEWS.values(), ids=NEWS)
def test_news_take_their_year_from_the_nearest_evidence(
    text: str, day: date | None, how: str | None
) -> None:
    """The sentence's own period first, then what stands around; else the day stays open."""
    found = describe(text)
    assert (found.kind, found.issued_on, found.date_known) == ("tin tức", day, how)


def test_the_headline_may_hold_the_year() -> None:
    """A period in the headline counts before the rest of the text."""
    text = "Sáng 19/4, HĐND tỉnh Phú Yên tổ chức hội nghị.\nNăm 2022 khá. Năm 2022 tốt."
    assert describe(text, title="Giao ban quý I/2024").issued_on == date(2024, 4, 19)


def test_the_pages_own_day_decides_last() -> None:
    """News stand on the page on the day or after it, at the turn of the year too."""
    text = "Sáng 30/12, HĐND tỉnh Phú Yên tổ chức hội nghị tổng kết."
    found = describe(text, hints={"issued_on": "2025-01-02T07:00:00+07:00"})
    assert (found.issued_on, found.date_known) == (date(2024, 12, 30), "inferred")
    same_year = describe(text, hints={"issued_on": "2024-12-31"})
    assert same_year.issued_on == date(2024, 12, 30)
    leap = describe(
        "Sáng 29/2, HĐND tỉnh Phú Yên tổ chức hội nghị.", hints={"issued_on": "2023-03-01"}
    )
    assert leap.issued_on is None


def test_a_year_of_old_does_not_beat_the_pages_day() -> None:
    """A text that speaks of 1990 was not written then."""
    text = "Sáng 30/4, HĐND tỉnh Phú Yên gặp mặt và tổ chức lễ.\nTrong năm 1990, tỉnh còn khó."
    assert describe(text, hints={"issued_on": "2024-05-01"}).issued_on == date(2024, 4, 30)


def test_news_without_any_day_are_as_old_as_their_page() -> None:
    """The page states when it was published."""
    text = "HĐND tỉnh Phú Yên đã tổ chức hội nghị tổng kết công tác của các ban."
    found = describe(text, hints={"issued_on": "2024-05-01"})
    assert (found.issued_on, found.date_known) == (date(2024, 5, 1), "stated")
    assert describe(text).issued_on is None


def test_a_pages_day_is_no_acts_day() -> None:
    """An act's page may be years younger than the act."""
    assert describe(paper(day=""), hints={"issued_on": "2024-05-01"}).issued_on is None


def test_a_title_states_the_day_behind_its_own_number() -> None:
    """A title "Nghị quyết số 7/NQ-HĐND ngày 1/2/2023" gives its own day; a cited act's is not."""
    assert find_title_date("Nghị quyết số 7/NQ-HĐND ngày 1/2/2023 về phí")
    assert find_title_date("Nghị quyết số 7/NQ-HĐND sửa đổi Nghị quyết ngày 1/2/2023") is None
    assert find_title_date("Bãi bỏ Nghị quyết số 7/NQ-HĐND ngày 1/2/2023") is None
    assert find_title_date("Nghị quyết số 7/NQ-HĐND") is None
    found = describe_line(
        "Nghị quyết số 7/NQ-HĐND về phí",
        "Nghị quyết này được HĐND tỉnh Phú Yên thông qua ngày 1/2/2023.",
    )
    assert found.issued_on == date(2023, 2, 1)


def test_the_manifests_day_wins() -> None:
    """A stated day is taken; one that is none leaves the text its say."""
    stated = describe(paper(), facts={"issued_on": "2020-01-31"})
    assert (stated.issued_on, stated.date_known) == (date(2020, 1, 31), "manifest")
    assert describe(paper(), facts={"issued_on": "sớm"}).issued_on == date(2023, 7, 10)


TORN = {
    "ngày12 tháng 5 năm 2026": date(2026, 5, 12),
    "ngày 12tháng 5năm 2026": date(2026, 5, 12),
    "ngày 1 2 tháng 5 năm 2026": date(2026, 5, 12),
    "ngày l2 tháng 5 năm 2026": date(2026, 5, 12),
    "ngày 12 tháng năm năm 2026": date(2026, 5, 12),
    "ngày 12 tháng Mười một năm 2026": date(2026, 11, 12),
    "ngày 12 tháng 5 năm 20 26": date(2026, 5, 12),
    "ngày 12 thảng 5 nãm 2026": date(2026, 5, 12),
    "ngày 12 tháng\n5 năm 2026": date(2026, 5, 12),
    "ngày 12 tháng 5\nnăm 2026": date(2026, 5, 12),
    "ngay 12 thang O5 nam 2O26": date(2026, 5, 12),
    "ngày IO tháng 5 nám 2026": date(2026, 5, 10),
    "ngày .12. tháng .5. năm 2026": date(2026, 5, 12),
    "ngày  4O tháng 5 nám 2026": None,
    "ngày   tháng 5 nám 2026": None,
    "ngày 31 tháng 4 năm 2026": None,
    "ngày … tháng 5 năm 2026": None,
}


@pytest.mark.parametrize("written", TORN)
def test_a_torn_day_is_read_whole_or_not_at_all(written: str) -> None:
    """Stamps stick to their words and split in two; half a day would be a wrong one."""
    text = paper(number="Số: 12/NQ-HĐND", day=f"Phú Yên, {written}")
    assert describe(text).issued_on == TORN[written]


def test_yesterday_is_a_day_too() -> None:
    """Reporters write "Chiều qua 3.10" as they write "Sáng nay 3/10"."""
    found = describe(
        "Tiếp công dân\nChiều qua 3.10, Thường trực HĐND tỉnh Hà Tĩnh tiếp công dân quý III/2025."
    )
    assert found.issued_on == date(2025, 10, 3)


def test_a_day_of_another_year_than_the_number_is_doubtful() -> None:
    """One of the two was mistyped; a day that was misread as well is not given."""
    printed = describe(paper(number="Số: 7/2026/NQ-HĐND", day="Phú Yên, ngày 24 tháng 2 năm 2024"))
    assert printed.issued_on == date(2024, 2, 24)
    assert printed.evidence["issued_on"].confidence < 0.7
    misread = describe(paper(number="Số: 7/2026/NQ-HĐND", day="Phú Yên, ngày 24 tháng 2 nám 2O24"))
    assert misread.issued_on is None


def test_a_law_that_is_cited_lends_no_day() -> None:
    """Its adoption stands among the legal grounds, in the words of a closing formula."""
    grounds = "Căn cứ Luật Mẫu đã được Quốc hội khóa XIII, kỳ họp thứ 8 thông qua ngày 20/11/2014;"
    assert describe(paper(day="", body=grounds)).issued_on is None


SMALL_HEAD = (
    "hội đồng nhân dân huyện mẫu sơn\nSố: 34/2006/NQ-HĐND\ncộng hòa xã hội chủ nghĩa việt nam\n"
    "Độc lập - Tự do - Hạnh phúc\n"
)
GROUNDS = {
    "behind a dash": "- Căn cứ Luật Mẫu ngày 26/11/2003;",
    "behind a plus": "+ Căn cứ Luật Mẫu ngày 26 tháng 11 năm 2003;",
    "a proposal": "- Sau khi xem xét Tờ trình về việc thử ngày 03/7/2006 của UBND huyện,",
    "on request": "Theo đề nghị của UBND huyện ngày 03/7/2006;",
    "in pursuance": "Thực hiện Kế hoạch giám sát ngày 03/7/2006 của HĐND huyện,",
    "what goes on": "Ngày 03/7/2006, Thường trực HĐND huyện họp.",
    "whose it is": "Luật Thử ngày 26/11/2003 của Quốc hội",
    "a law without its number": "Luật Thử nghiệm ngày 26/11/2003",
}


@pytest.mark.parametrize("grounds", GROUNDS.values(), ids=GROUNDS)
@pytest.mark.parametrize("name", ["nghị quyết về việc thử", "nghị quyết\nVề việc thử", ""])
def test_a_cited_day_is_never_the_papers(name: str, grounds: str) -> None:
    """Headings in small letters hide where the body begins; better no day than a cited one."""
    text = f"{SMALL_HEAD}{name}\n{grounds}\nquyết nghị:\nĐiều 1: Thông qua chỉ tiêu."
    assert describe(text).issued_on is None


@pytest.mark.parametrize("grounds", GROUNDS.values(), ids=GROUNDS)
@pytest.mark.parametrize(
    "blank", ["ngày      tháng      năm 2024", "ngày …/…/2024", "ngày / /2024"]
)
def test_a_blank_day_stays_blank(blank: str, grounds: str) -> None:
    """The clerk has yet to write it, whatever other days stand below."""
    assert describe(paper(day=f"Mẫu Sơn, {blank}", body=grounds)).issued_on is None


def test_a_signing_stamp_fills_no_blank_day() -> None:
    """The time of a digital signature at the top is not the day of the paper."""
    day = "Thời gian ký: 21/12/2022 09:14\nMẫu Sơn, ngày     tháng 12 năm 2022"
    assert describe(paper(day=day)).issued_on is None


def test_a_day_of_the_subject_is_an_events() -> None:
    """A meeting's day in the subject is not the day of the paper about it."""
    found = describe(paper(day="", name="KẾT LUẬN", subject="Phiên họp ngày 5 tháng 3 năm 2024"))
    assert found.issued_on is None


def test_a_wrapped_day_ends_before_a_name_in_small_letters() -> None:
    """Capitals that were only a font come out small, the name behind the day."""
    text = (
        f"{SMALL_HEAD}Mẫu Sơn, ngày 14 tháng 7\nnăm 2006 nghị quyết\nVề nhiệm vụ thử\n"
        "- Căn cứ Luật Mẫu ngày 26/11/2003;\nĐiều 1: Thông qua."
    )
    found = describe(text)
    assert (found.issued_on, found.kind) == (date(2006, 7, 14), "nghị quyết")


@pytest.mark.parametrize("length", range(5700, 6300, 60))
def test_an_annex_of_any_length_may_follow_the_closing_formula(length: int) -> None:
    """The sentence counts wherever a table behind it puts it."""
    closing = "Nghị quyết này đã được HĐND tỉnh Phú Yên thông qua ngày 05 tháng 7 năm 2023./."
    found = describe(paper(end=f"{closing}\n" + "Đề án loại 1.150.000" * (length // 20)))
    assert found.adopted_on == date(2023, 7, 5)
