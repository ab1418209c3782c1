"""When an act was adopted, binds and ends: what it says of itself, and nothing else."""

from __future__ import annotations

import time
from datetime import date

import pytest

from indexer.reading.metadata.effect import OwnDays, find_effective_day, find_expiry_day
from indexer.reading.metadata.effect_clause import find_effect_clauses
from tests.reading.metadata.papers import describe, describe_line, paper

ISSUED = date(2023, 7, 10)

EFFECTIVE = {
    "a day": ("Nghị quyết này có hiệu lực thi hành từ ngày 01/8/2023.", date(2023, 8, 1)),
    "over lines": (
        "Nghị quyết này có hiệu lực thi hành\nkể từ ngày 01 tháng 8\nnăm 2023.",
        date(2023, 8, 1),
    ),
    "an hour": ("Nghị quyết này có hiệu lực từ 0 giờ 00 phút ngày 01/8/2023.", date(2023, 8, 1)),
    "without the word day": ("Nghị quyết này có hiệu lực kể từ 01/8/2023.", date(2023, 8, 1)),
    "with the rules it issues": (
        "Nghị quyết này và quy định kèm theo có hiệu lực từ ngày 01/8/2023.",
        date(2023, 8, 1),
    ),
    "behind what it replaces": (
        "Nghị quyết này thay thế Nghị quyết số 5/NQ-HĐND và có hiệu lực từ ngày 20/7/2023.",
        date(2023, 7, 20),
    ),
    "exceptions change nothing": (
        "Nghị quyết này có hiệu lực từ ngày 01/8/2023, trừ Điều 5 có hiệu lực từ ngày 01/01/2024.",
        date(2023, 8, 1),
    ),
    "from signing": ("Nghị quyết này có hiệu lực kể từ ngày ký.", ISSUED),
    "from signing, a word short": ("Nghị quyết này có hiệu lực kể từ ký ban hành.", ISSUED),
    "without this": ("Nghị quyết có hiệu lực kể từ ngày ký.", ISSUED),
    "adopted, undated": (
        "Nghị quyết này có hiệu lực từ ngày Hội đồng nhân dân tỉnh biểu quyết thông qua.",
        ISSUED,
    ),
    "adopted on": (
        "Nghị quyết này có hiệu lực từ ngày được thông qua, ngày 08/7/2023.",
        date(2023, 7, 8),
    ),
    "ten days after": (
        "Nghị quyết này có hiệu lực sau 10 ngày kể từ ngày ký ban hành.",
        date(2023, 7, 20),
    ),
    "ten days in words": (
        "Nghị quyết này có hiệu lực sau mười ngày kể từ ngày thông qua.",
        date(2023, 7, 20),
    ),
    "ten days in both": (
        "Nghị quyết này có hiệu lực sau 10 (mười) ngày, kể từ ngày Hội đồng nhân dân thông qua.",
        date(2023, 7, 20),
    ),
    "budget year": ("Nghị quyết này có hiệu lực từ năm ngân sách 2024.", date(2024, 1, 1)),
    "applied from": ("Nghị quyết này được áp dụng từ ngày 01/01/2024.", date(2024, 1, 1)),
    "carried out from": ("Nghị quyết này thi hành kể từ ngày 01/8/2023.", date(2023, 8, 1)),
    "of value from": ("Nghị quyết này có giá trị kể từ ngày 01/8/2023.", date(2023, 8, 1)),
    "applied later than in force": (
        "Nghị quyết này được áp dụng từ ngày 01/9/2023. Nghị quyết này có hiệu lực từ ngày ký.",
        ISSUED,
    ),
    "gazette": ("Nghị quyết này có hiệu lực kể từ ngày đăng Công báo.", None),
    "days from publishing": ("Nghị quyết này có hiệu lực sau 45 ngày kể từ ngày công bố.", None),
    "working days": ("Nghị quyết này có hiệu lực sau 10 ngày làm việc kể từ ngày ký.", None),
    "blank": ("Nghị quyết này có hiệu lực từ ngày ... tháng ... năm 2023.", None),
    "school year": ("Nghị quyết này có hiệu lực từ năm học 2023 - 2024.", None),
    "one article": ("Điều 5 Nghị quyết này có hiệu lực từ ngày 01/7/2024.", None),
    "another act": ("Nghị quyết số 5/2020/NQ-HĐND có hiệu lực từ ngày 01/8/2020.", None),
    "a point in time": ("Kể từ ngày Nghị quyết này có hiệu lực từ ngày 01/8/2020 thì thôi.", None),
    "no verb": ("Nghị quyết này nâng cao hiệu lực, hiệu quả từ ngày 01/8/2023.", None),
    "its end alone": ("Nghị quyết này hết hiệu lực từ ngày 01/01/2027.", None),
    "quoted wording": (
        "Sửa đổi Điều 9 như sau: “Điều 9. Nghị quyết này có hiệu lực từ ngày 01/8/2023.”",
        None,
    ),
    "a form of another kind": ("Quyết định này có hiệu lực từ ngày 01/8/2023.", None),
}


@pytest.mark.parametrize(("words", "day"), EFFECTIVE.values(), ids=EFFECTIVE)
def test_an_act_says_itself_from_when_it_binds(words: str, day: date | None) -> None:
    """A stated or reckoned day is found; what hangs on an unknown day stays open."""
    found = describe(paper(end=f"Điều 4. Điều khoản thi hành\n{words}"))
    assert found.effective_on == day


def test_a_reckoned_day_is_inferred_and_shows_its_words() -> None:
    """The sentence is quoted; a day in figures is stated instead."""
    reckoned = describe(paper(end="Nghị quyết này có hiệu lực sau 10 ngày kể từ ngày ký."))
    known = reckoned.evidence["effective_on"]
    assert (known.how, known.quote) == (
        "inferred",
        "Nghị quyết này có hiệu lực sau 10 ngày kể từ ngày ký",
    )
    stated = describe(paper(end="Nghị quyết này có hiệu lực từ ngày 01/8/2023."))
    assert stated.evidence["effective_on"].how == "stated"
    assert stated.evidence["effective_on"].confidence > known.confidence


def test_three_days_of_one_resolution_are_kept_apart() -> None:
    """Dated on the 16th, adopted on the 15th and in force on adoption."""
    found = describe(
        paper(
            number="Số: 57/NQ-HĐND",
            day="Phú Yên, ngày 16 tháng 12 năm 2016",
            end="Nghị quyết này đã được Hội đồng nhân dân tỉnh Phú Yên khóa VII, kỳ họp thứ 4"
            " thông qua ngày 15 tháng 12 năm 2016 và có hiệu lực từ ngày thông qua./.",
        )
    )
    assert found.issued_on == date(2016, 12, 16)
    assert found.adopted_on == date(2016, 12, 15)
    assert found.effective_on == date(2016, 12, 15)


CLOSINGS = {
    "day last": "Nghị quyết này đã được HĐND tỉnh khóa VII, kỳ họp thứ 3 thông qua ngày 7/7/2023.",
    "day before": "Nghị quyết này đã được Hội đồng nhân dân tỉnh khoá VII, kỳ họp thứ 3, ngày 07"
    " tháng 7 năm 2023 thông qua.",
    "session between": "Nghị quyết này được thông qua tại Kỳ họp thứ 3 (chuyên đề) Hội đồng nhân"
    " dân TP. Tuy Hòa khóa VII ngày 07 tháng 7 năm 2023 và có hiệu lực kể từ ngày ký.",
    "without this": "Nghị quyết đã được Hội đồng nhân dân tỉnh thông qua ngày 7/7/2023.",
}


@pytest.mark.parametrize("closing", CLOSINGS.values(), ids=CLOSINGS)
def test_the_closing_formula_tells_the_day_of_adoption(closing: str) -> None:
    """It stands before or behind the verb, with the session between them."""
    assert describe(paper(end=closing)).adopted_on == date(2023, 7, 7)


def test_the_adoption_of_another_act_is_not_this_ones() -> None:
    """Legal grounds and reports tell when laws were adopted; a draft's blank tells nothing."""
    law = "Căn cứ Luật Mẫu đã được Quốc hội khóa XIII, kỳ họp thứ 8 thông qua ngày 20/11/2014;"
    assert describe(paper(body=law)).adopted_on is None
    report = paper(number="Số: 7/BC-HĐND", name="BÁO CÁO", end=CLOSINGS["day last"])
    assert describe(report).adopted_on is None
    blank = "Nghị quyết này đã được HĐND tỉnh thông qua ngày    tháng 7 năm 2023."
    assert describe(paper(end=blank)).adopted_on is None


EXPIRY = {
    "to the end of a day": (
        "Nghị quyết này có hiệu lực từ ngày 01/8/2023 đến hết ngày 31/12/2025.",
        date(2026, 1, 1),
    ),
    "to the end of a budget year": (
        "Nghị quyết này có hiệu lực từ ngày ký và áp dụng đến hết năm ngân sách 2025.",
        date(2026, 1, 1),
    ),
    "to the end of a month": (
        "Nghị quyết này có hiệu lực từ ngày ký đến hết tháng 2 năm 2024.",
        date(2024, 3, 1),
    ),
    "carried out until": (
        "Nghị quyết này được thực hiện đến hết ngày 31 tháng 12 năm 2030.",
        date(2031, 1, 1),
    ),
    "to a month's last day": (
        "Nghị quyết này có hiệu lực từ ngày ký đến ngày 31/12/2025.",
        date(2026, 1, 1),
    ),
    "to a month's first day": ("Nghị quyết này có hiệu lực đến ngày 01/01/2026.", None),
    "for some years": (
        "Nghị quyết này có hiệu lực từ ngày 01/8/2023 và được thực hiện trong 05 năm.",
        date(2028, 8, 1),
    ),
    "for years from an unknown day": (
        "Nghị quyết này có hiệu lực từ ngày đăng Công báo và được thực hiện trong 05 năm.",
        None,
    ),
    "loses it from": ("Nghị quyết này hết hiệu lực kể từ ngày 01/01/2027.", date(2027, 1, 1)),
    "loses it after": ("Nghị quyết này hết hiệu lực sau ngày 31/12/2026.", date(2027, 1, 1)),
    "loses it some time": ("Nghị quyết này hết hiệu lực khi có văn bản thay thế.", None),
    "until replaced": ("Nghị quyết này có hiệu lực từ ngày ký đến khi có văn bản khác.", None),
    "until an impossible month": ("Nghị quyết này có hiệu lực đến hết tháng 13 năm 2024.", None),
    "until an impossible day": ("Nghị quyết này có hiệu lực đến hết ngày 31/2/2024.", None),
    "of a part": (
        "Nghị quyết này có hiệu lực từ ngày ký, riêng Điều 3 áp dụng đến hết ngày 31/12/2025.",
        None,
    ),
    "before it begins": (
        "Nghị quyết này có hiệu lực từ ngày 01/8/2023 đến hết ngày 31/12/2022.",
        None,
    ),
}


@pytest.mark.parametrize(("words", "day"), EXPIRY.values(), ids=EXPIRY)
def test_an_act_may_set_its_own_end(words: str, day: date | None) -> None:
    """The first day on which it binds no longer; what others say of it is no end of its own."""
    assert describe(paper(end=words)).expires_on == day


def test_a_slip_of_the_year_gives_no_day() -> None:
    """In December a clerk writes the old year: an act in force before it was made."""
    slip = paper(
        number="Số: 12/NQ-HĐND",
        day="Phú Yên, ngày 26 tháng 12 năm 2025",
        end="Nghị quyết này có hiệu lực từ ngày 09 tháng 02 năm 2025.",
    )
    assert describe(slip).effective_on is None


def test_an_earlier_day_of_effect_is_believed() -> None:
    """A resolution of March may bind from New Year."""
    back = paper(
        number="Số: 12/NQ-HĐND",
        day="Phú Yên, ngày 1 tháng 3 năm 2025",
        end="Nghị quyết này có hiệu lực từ ngày 01 tháng 01 năm 2025.",
    )
    assert describe(back).effective_on == date(2025, 1, 1)


def test_a_proposal_has_no_effect_of_its_own() -> None:
    """The draft that it brings along speaks of the resolution to come."""
    proposal = paper(
        number="Số: 110/TTr-UBND",
        name="TỜ TRÌNH",
        end="Điều 3. Nghị quyết này có hiệu lực từ ngày 01/01/2024.\n" + CLOSINGS["day last"],
    )
    found = describe(proposal)
    assert (found.effective_on, found.expires_on, found.adopted_on) == (None, None, None)


def test_an_article_of_a_law_is_no_act() -> None:
    """A page with one article has no letterhead, so nobody knows what it is."""
    text = "Điều 90. Hiệu lực thi hành\nLuật này có hiệu lực từ ngày 01 tháng 7 năm 2024."
    assert describe_line("Hiệu lực thi hành", text).effective_on is None


def test_an_act_of_unknown_kind_is_less_sure() -> None:
    """Its letterhead shows that it is one, its own words what it calls itself."""
    words = "Quyết định này có hiệu lực từ ngày 01/8/2023."
    found = find_effective_day(words, "không rõ", OwnDays())
    assert found
    assert (found.value, found.evidence.confidence) == (date(2023, 8, 1), 0.7)


def test_what_the_source_states_wins() -> None:
    """A manifest's days stand, and a portal's table fills what the text leaves out."""
    text = paper(end="Nghị quyết này có hiệu lực từ ngày 01/8/2023 đến hết ngày 31/12/2025.")
    facts = {
        "adopted_on": "2023-07-01",
        "effective_on": "2023-07-02",
        "expires_on": "2023-07-03",
    }
    found = describe(text, facts=facts)
    assert {name: str(getattr(found, name)) for name in facts} == facts
    assert {found.evidence[name].how for name in facts} == {"manifest"}
    table = (
        "Số hiệu98/2025/TT-BTC\nLoại văn bảnThông tư\nNgày có hiệu lực01/01/2026\nNgày hết hiệu"
        " lực: 01/01/2027"
    )
    portal = describe(table)
    assert (portal.effective_on, portal.expires_on) == (date(2026, 1, 1), date(2027, 1, 1))


def test_a_leap_day_has_no_anniversary() -> None:
    """Five years from 29 February is a day that the calendar lacks."""
    words = "Nghị quyết này có hiệu lực từ ngày 29/02/2024 và được thực hiện trong 05 năm."
    assert find_expiry_day(words, "nghị quyết", date(2024, 2, 29)) is None


HOSTILE = {
    "verbs": "hiệu lực " * 12_000,
    "acts": "nghị quyết này " * 8_000,
    "clauses": "Nghị quyết này có hiệu lực " * 4_000,
    "quotes": "“Điều 1. Nghị quyết này có hiệu lực " * 3_000,
    "ends": "Nghị quyết này có hiệu lực đến " * 3_500,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_costs_no_more_than_its_length(text: str) -> None:
    """100 kB of anything are read within three seconds of processor time."""
    start = time.process_time()
    find_effective_day(text, "nghị quyết", OwnDays())
    find_expiry_day(text, "nghị quyết")
    assert time.process_time() - start < 3


def test_an_abbreviation_ends_no_sentence() -> None:
    """The dot of "TP." stands inside the sentence."""
    flat = "Nghị quyết này đã được HĐND TP. Tuy Hòa thông qua và có hiệu lực từ ngày 1/8/2023."
    assert [clause.start for clause in find_effect_clauses(flat, "nghị quyết")] == [0]
