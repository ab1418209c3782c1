"""Periods, sessions, bodies, units, kinds and passages in short queries."""

from __future__ import annotations

from datetime import date

import pytest

from indexer.answers.understanding.understand import Reading, understand
from indexer.answers.understanding.unit_lookup import units_at
from indexer.language.text import clean_text
from indexer.query_records import (
    And,
    FacetChoice,
    Fact,
    InField,
    Mention,
    Node,
    Or,
    Period,
    Phrase,
)


def read(typed: str) -> Reading:
    """Return what was typed, understood."""
    return understand(clean_text(typed))


def wished(typed: str) -> list[Node]:
    """Return what the preferences wish for."""
    return [each.node for each in read(typed).preferences]


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        ("họp tháng 12/2024", date(2024, 12, 1), date(2024, 12, 31)),
        ("họp tháng 2 năm 2024", date(2024, 2, 1), date(2024, 2, 29)),
        ("họp thang 12 2024", date(2024, 12, 1), date(2024, 12, 31)),
        ("họp quý I/2024", date(2024, 1, 1), date(2024, 3, 31)),
        ("họp quý 4 năm 2024", date(2024, 10, 1), date(2024, 12, 31)),
        ("họp 19/4/2024", date(2024, 4, 19), date(2024, 4, 19)),
        ("hop ngay 19 thang 4 nam 2024", date(2024, 4, 19), date(2024, 4, 19)),
        ("họp 6 tháng đầu năm 2024", date(2024, 1, 1), date(2024, 6, 30)),
        ("họp sáu tháng cuối năm 2024", date(2024, 7, 1), date(2024, 12, 31)),
        ("hop 9 thang dau nam 2024", date(2024, 1, 1), date(2024, 9, 30)),
    ],
)
def test_a_period_favours_what_was_issued_in_it(typed: str, first: date, last: date) -> None:
    """Its words are no conditions any more."""
    assert Period(first, last) in wished(typed)
    assert read(typed).nodes == ()
    assert read(typed).text.rstrip(" ;").lower() in ("họp", "hop")


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("mức thu học phí năm học 2024-2025", "school:2024-2025"),
        ("mức thu học phí 2024-2025", "school:2024-2025"),
        ("đầu tư công giai đoạn 2026-2030", "years:2026-2030"),
        ("dau tu cong trung han 26-30", "years:2026-2030"),
        ("kế hoạch 21 - 25", "years:2021-2025"),
    ],
)
def test_spans_of_years_are_mentioned(typed: str, key: str) -> None:
    """A plan is decided before its years, and a school year is no date of issue."""
    [mention] = [node for node in wished(typed) if isinstance(node, Mention)]
    assert key in mention.keys
    assert not any(isinstance(node, Period) for node in wished(typed))


@pytest.mark.parametrize("typed", ["giai đoạn 30-26", "giá 26-30 nghìn", "trung hạn 26-30/2"])
def test_other_ranges_are_no_years(typed: str) -> None:
    """Backwards, or with nothing beside it that has years, a range is two figures."""
    assert not read(typed).understood


def test_a_year_favours_weakly() -> None:
    """An act for 2026 may be of 2025: the year excludes none that names it, or is for it."""
    reading = read("bảng giá đất hà nội năm 2026")
    assert reading.nodes == ()
    assert reading.text == "bảng giá đất hà nội ;"
    year = Period(date(2026, 1, 1), date(2026, 12, 31))
    assert any(
        isinstance(node, Or) and year in node.parts for node in wished(reading.text + "2026")
    )
    assert any(isinstance(each.node, InField) for each in reading.preferences)
    assert ("date", "2026") in [(each.facet, each.value) for each in reading.understood]


def test_an_amount_is_no_year() -> None:
    """So many billions are money."""
    assert read("vốn 2024 tỷ đồng").understood == ()


@pytest.mark.parametrize(
    ("typed", "keys"),
    [
        ("kỳ họp thứ 15 khóa XVI", [("session:15",), ("term:16",)]),
        ("ky hop thu hai khoa 17", [("session:2",), ("term:17",)]),
        ("kỳ họp 15", [("session:15",)]),
        ("kỳ họp bất thường lần thứ 5", [("session:bất thường lần thứ 5",)]),
        ("nhiệm kỳ 2021-2026", [("years:2021-2026",)]),
    ],
)
def test_a_session_is_one_or_mentions_it(typed: str, keys: list[tuple[str, ...]]) -> None:
    """Documents of the session come first; those that speak of it belong to the answer."""
    assert list(read(typed).nodes) == [Or((Fact(key), Mention(key))) for key in keys]
    assert wished(typed) == [Fact(key) for key in keys]


def test_a_session_type_is_a_fact_or_a_phrase() -> None:
    """The type has no key in texts: its words stand there."""
    [node] = read("ky hop chuyen de").nodes
    assert isinstance(node, Or)
    assert node.parts[0] == Fact(("session-type:chuyên đề",))
    assert isinstance(node.parts[1], Phrase)


def test_in_a_question_a_session_only_favours() -> None:
    """The words stay, and the chip says that nothing is excluded."""
    reading = read("kỳ họp thứ 15 và nhiệm kỳ 2021-2026 được tổ chức như thế nào")
    assert reading.nodes == ()
    assert {each.effect for each in reading.understood} == {"prefers"}


@pytest.mark.parametrize(
    ("typed", "facts"),
    [
        ("hđnd tp hà nội", ("unit:thành phố hà nội", "body:hđnd")),
        ("hđnd hà nội", ("unit:thành phố hà nội", "body:hđnd")),
        ("ubnd tphcm", ("unit:thành phố hồ chí minh", "body:ubnd")),
        ("HDND TP Thanh Hoa", ("area:thành phố thanh hoá", "body:hđnd")),
        ("hđnd tỉnh nghệ an", ("unit:tỉnh nghệ an", "body:hđnd")),
        ("ubnd xã hồng vân", ("area:xã hồng vân", "body:ubnd")),
        ("HĐND huyện Thường Tín", ("area:huyện thường tín", "body:hđnd")),
        ("thường trực hđnd tp. hà nội", ("unit:thành phố hà nội", "body:thường trực hđnd")),
        ("mttq quận 3", ("area:quận 3", "body:uỷ ban mttq việt nam")),
        ("ban pháp chế hđnd tỉnh nghệ an", ("unit:tỉnh nghệ an", "body:ban pháp chế")),
    ],
)
def test_a_council_is_its_unit_and_its_body(typed: str, facts: tuple[str, str]) -> None:
    """A province's by issuer only; a district's or commune's by its portal as well."""
    assert read(typed).nodes == (And((Fact(facts[:1]), Fact(facts[1:]))),)


def test_the_issuer_facet_is_offered() -> None:
    """The chip names the value that a reader may set."""
    [chip] = read("thường trực hđnd tp hà nội").understood
    assert (chip.facet, chip.value) == ("issuer", "Thường trực HĐND thành phố Hà Nội")


def test_an_ambiguous_name_stays_open() -> None:
    """Thanh Hóa is a province and was a city: both are found, and no facet value is offered."""
    reading = read("hđnd thanh hóa")
    [node] = reading.nodes
    assert isinstance(node, And)
    assert node.parts[0] == Fact(("unit:tỉnh thanh hoá", "area:thành phố thanh hoá"))
    assert reading.understood[0].value is None


@pytest.mark.parametrize(
    "typed", ["chủ tịch hđnd tp hà nội", "đại biểu hđnd xã", "hđnd", "hđnd các cấp"]
)
def test_who_is_spoken_of_is_no_filter(typed: str) -> None:
    """Persons of a council are the matter; a bare council is a word like others."""
    assert read(typed).nodes == ()


@pytest.mark.parametrize(
    ("typed", "levels"),
    [
        ("hđnd xã", ("xã",)),
        ("hđnd cấp huyện", ("huyện",)),
        ("hđnd thành phố", ("tỉnh", "huyện")),
        ("hđnd phường", ("xã",)),
    ],
)
def test_a_kind_of_unit_is_a_level(typed: str, levels: tuple[str, ...]) -> None:
    """Cities stood at two levels."""
    [node] = read(typed).nodes
    assert isinstance(node, And)
    assert isinstance(node.parts[0], FacetChoice)
    assert node.parts[0].values == levels


def test_a_level_behind_other_words_only_favours() -> None:
    """What communes get is laid down by the province."""
    reading = read("chế độ hđnd xã")
    assert reading.nodes == ()
    assert reading.text == "chế độ hđnd xã"


@pytest.mark.parametrize(
    ("typed", "board"),
    [
        ("ban ktns", "ban kinh tế - ngân sách"),
        ("thẩm tra kt-ns", "ban kinh tế - ngân sách"),
        ("thẩm tra ktxh", "ban kinh tế - xã hội"),
        ("tham tra vhxh", "ban văn hóa - xã hội"),
        ("ban văn hóa - xã hội", "ban văn hóa - xã hội"),
        ("bpc", "ban pháp chế"),
        ("ban dan toc", "ban dân tộc"),
    ],
)
def test_a_board_is_its_reports_or_its_name(typed: str, board: str) -> None:
    """In every spelling; "phát triển ktxh" is no board."""
    [node] = read(typed).nodes
    assert isinstance(node, Or)
    assert node.parts[0] == Fact((f"body:{board.replace('hóa', 'hoá')}",))
    assert read("phát triển ktxh").nodes == ()


def test_a_unit_favours_and_stays_in_the_words() -> None:
    """This asks for the words, and for the city's documents first."""
    reading = read("bảng giá đất hà nội")
    assert reading.text == "bảng giá đất hà nội"
    assert reading.nodes == ()
    assert Fact(("unit:thành phố hà nội",)) in wished(reading.text)


def test_the_new_unit_comes_first_and_its_namesakes_after() -> None:
    """Xã Thường Tín bears the name of the district and the town before it."""
    weights = {each.node: each.weight for each in read("xã Thường Tín").preferences}
    own = weights[Fact(("unit:xã thường tín",))]
    others = weights[Fact(("unit:huyện thường tín", "unit:thị trấn thường tín"))]
    assert own > others > 0


@pytest.mark.parametrize(
    ("typed", "keys"),
    [
        ("Thường Tín học phí", ["unit:huyen-thuong-tin"]),
        ("thường tín học phí", []),
        ("phường 12 quận 3", ["unit:phuong-12", "unit:quan-3"]),
        ("thanh hoa", ["unit:thanh-hoa"]),
        ("phát triển xã hội", []),
        ("thống nhất", []),
    ],
)
def test_bare_names_are_those_of_larger_units(typed: str, keys: list[str]) -> None:
    """Names of communes are common words, and many of districts in small letters are."""
    assert [each.key.split("-tinh-hoac")[0] for each in read(typed).understood] == keys


def test_names_are_found_at_their_longest() -> None:
    """Accents decide where they were typed; a name that was raised keeps the kind as typed."""
    found = units_at("hồ chí minh khóa mới", 0)
    assert found is not None
    assert "hồ chí minh khóa mới"[: found.end] == "hồ chí minh"
    raised = units_at("mộc châu", 0, "huyện")
    assert raised is not None
    assert [unit.label for unit in raised.units] == ["huyện Mộc Châu"]
    assert units_at("nguyễn văn mẫu", 0) is None
    assert units_at("hà nội", 0, "xã") is None


@pytest.mark.parametrize(
    ("typed", "value", "left"),
    [
        ("nq học phí", "nghị quyết", "; học phí"),
        ("NGHỊ QUYẾT VỀ HỌC PHÍ", "nghị quyết", "; HỌC PHÍ"),
        ("ttr đầu tư công", "tờ trình", "; đầu tư công"),
        ("quyết định về học phí", "quyết định", "; học phí"),
        ("báo cáo thẩm tra dự toán", "báo cáo thẩm tra", "; dự toán"),
        ("thông báo", "thông báo", ";"),
    ],
)
def test_a_kind_at_the_beginning_is_a_filter(typed: str, value: str, left: str) -> None:
    """Where the word names nothing but a kind, or nothing that it governs follows."""
    reading = read(typed)
    [node] = reading.nodes
    assert isinstance(node, FacetChoice)
    assert node.values[0] == value
    assert reading.text == left


@pytest.mark.parametrize(
    "typed",
    [
        *("báo cáo tài chính", "quyết định thu hồi đất", "kiến nghị cử tri đường xã"),
        *("kế hoạch 5 năm", "học phí nghị quyết", "TB kỳ họp tới", "quy định về họ"),
    ],
)
def test_an_unclear_kind_only_favours(typed: str) -> None:
    """Its words stay words."""
    reading = read(typed)
    assert reading.nodes == ()
    assert clean_text(typed) == reading.text
    assert [each.kind for each in reading.understood] == ["kind"]


@pytest.mark.parametrize(
    "typed", ["tb họp", "bc họp", "TB HỌP", "luật", "bãi bỏ nghị quyết cũ", "kh họp"]
)
def test_other_words_are_no_kind(typed: str) -> None:
    """Ambiguous signs count in capitals only, among small letters."""
    assert not read(typed).nodes


def test_a_kind_holds_its_narrower_kinds() -> None:
    """Reports of supervision are reports."""
    [node] = read("báo cáo").nodes
    assert isinstance(node, FacetChoice)
    assert {"báo cáo thẩm tra", "báo cáo giám sát"} <= set(node.values)


@pytest.mark.parametrize(
    ("typed", "division"),
    [
        ("điều 2 khoản 1 nq 23/2026", (("khoản", "1"), ("điều", "2"))),
        ("khoan 1 dieu 2 nq 23/2026", (("khoản", "1"), ("điều", "2"))),
        ("nq 23/2026 điểm đ khoản 3 điều 5a", (("điểm", "đ"), ("khoản", "3"), ("điều", "5a"))),
        ("phụ lục II nq 23/2026", (("phụ lục", "II"),)),
        (
            "tiểu mục 1, mục 2 chương iii nq 23/2026",
            (("tiểu mục", "1"), ("mục", "2"), ("chương", "III")),
        ),
    ],
)
def test_a_passage_of_an_act_is_asked_for(
    typed: str, division: tuple[tuple[str, str], ...]
) -> None:
    """From the inside out, whatever its order; its words are no conditions."""
    reading = read(typed)
    assert reading.division == division
    assert not any(map(str.isalnum, reading.text))


@pytest.mark.parametrize(
    "typed", ["khoản 1 điều 2", "điều 15", "điều 2 học phí khoản 1 nq 23/2026"]
)
def test_a_passage_of_no_act_is_words(typed: str) -> None:
    """Without a number, or with parts that stand apart, it is text to search for."""
    reading = read(typed)
    assert reading.division == ()
    assert "điều" in reading.text
