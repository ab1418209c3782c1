"""The forty queries that the project was measured by from the first day, as they are read.

What the words find is tested over the corpus elsewhere; here it is what they are taken to mean.
"""

from __future__ import annotations

import unicodedata

import pytest

from indexer.answers.understanding.expansion import expand
from indexer.answers.understanding.understand import Reading, understand
from indexer.language.text import clean_text, fold


def read(typed: str) -> Reading:
    """Return what was typed, understood."""
    return understand(clean_text(typed))


# What was typed; the chips, each with its effect; the plain words that are left.
FORTY: tuple[tuple[str, list[str], str], ...] = (
    ("45/2024/NQ-HĐND", ["number:45-2024-nq-hdnd filters"], ""),
    ("nq 45 2024 hdnd", ["number:45-2024-nq-hdnd filters"], ""),
    ("20/NQ-HĐND 22/6/2026", ["number:20-nq-hdnd filters", "period:ngay-22-6-2026 prefers"], ""),
    (
        "bảng giá đất hà nội 2026",
        ["unit:thanh-pho-ha-noi prefers", "period:nam-2026 prefers"],
        "bảng giá đất hà nội",
    ),
    ("bang gia dat", [], "bang gia dat"),
    ("gía đât", [], "gía đât"),
    ("mức thu phí trực tuyến", [], "mức thu phí trực tuyến"),
    (
        "mức thu học phí 2024-2025",
        ["period:nam-hoc-hoac-giai-doan-2024-2025 prefers"],
        "mức thu học phí",
    ),
    ("hỗ trợ học phí", [], "hỗ trợ học phí"),
    ("đầu tư công", [], "đầu tư công"),
    (
        "dau tu cong trung han 26-30",
        ["period:giai-doan-2026-2030 prefers"],
        "dau tu cong trung han",
    ),
    ("sáp nhập xã", [], "sáp nhập xã"),
    ("xã Thường Tín", ["unit:xa-thuong-tin prefers"], "xã Thường Tín"),
    (
        "HĐND huyện Thường Tín 2024",
        ["issuer:hdnd-huyen-thuong-tin filters", "period:nam-2024 prefers"],
        "",
    ),
    ("hđnd tp hà nội", ["issuer:hdnd-thanh-pho-ha-noi filters"], ""),
    ("HDND TP Thanh Hoa", ["issuer:hdnd-thanh-pho-thanh-hoa filters"], ""),
    (
        "kỳ họp thứ 15 khóa XVI",
        ["session:ky-hop-thu-15 filters", "term:khoa-xvi filters"],
        "",
    ),
    ("kỳ họp chuyên đề", ["session:ky-hop-chuyen-de filters"], ""),
    ("kỳ họp bất thường lần thứ 5", ["session:ky-hop-bat-thuong-lan-thu-5 filters"], ""),
    ("ky hop thu hai khoa 17", ["session:ky-hop-thu-2 filters", "term:khoa-xvii filters"], ""),
    (
        "nghị quyết tháng 12/2024",
        ["kind:nghi-quyet filters", "period:thang-12-2024 prefers"],
        "",
    ),
    ("19/4/2024", ["period:ngay-19-4-2024 filters"], ""),
    ("quy 1 2024", ["period:quy-i-2024 filters"], ""),
    ("Nguyễn Ngọc Tuấn", [], "Nguyễn Ngọc Tuấn"),
    ("người ký: chủ tịch hđnd", [], "người ký: chủ tịch hđnd"),
    (
        "báo cáo thẩm tra ktns",
        ["kind:bao-cao-tham-tra filters", "issuer:ban-kinh-te-ngan-sach filters"],
        "",
    ),
    ("tờ trình 110 ubnd", ["number:110-ttr-ubnd filters"], ""),
    (
        "kiến nghị cử tri đường liên xã",
        ["kind:kien-nghi-cu-tri prefers"],
        "kiến nghị cử tri đường liên xã",
    ),
    ("cử tri hỏi rác thải chưa trả lời", [], "cử tri hỏi rác thải chưa trả lời"),
    ("nghij quyeets hoox trowj", [], "nghij quyeets hoox trowj"),
    ("ngị quyét phí", [], "ngị quyét phí"),
    ('"đặt tên đường"', [], '"đặt tên đường"'),
    ("nq về phí còn hiệu lực", ["kind:nghi-quyet filters"], "phí còn hiệu lực"),
    (
        "thay thế 38/2024/NQ-HĐND",
        ["relation:thay-the prefers", "number:38-2024-nq-hdnd filters"],
        "",
    ),
    ("điều 2 khoản 1 nq 23/2026", ["number:23-2026-nq filters"], ""),
    ("chất vấn ATTP", [], "chất vấn ATTP"),
    ("giám sát pccc", [], "giám sát pccc"),
    ("uỷ ban khoá", [], "uỷ ban khoá"),
    ("HÐND", [], "HĐND"),
    ("0912345678", [], "0912345678"),
)


@pytest.mark.parametrize(("typed", "chips", "left"), FORTY)
def test_a_query_is_read_as_it_is_meant(typed: str, chips: list[str], left: str) -> None:
    """Chips in the order of the words, each with its effect, and the words that stay plain."""
    reading = read(typed)
    assert [f"{each.key} {each.effect}" for each in reading.understood] == chips
    assert reading.text.strip(" ;") == clean_text(left)


@pytest.mark.parametrize(("typed", "chips", "left"), FORTY)
def test_its_other_forms_are_read_alike(typed: str, chips: list[str], left: str) -> None:
    """Without accents, in capitals, decomposed: the same chips."""
    for form in (fold(typed), typed.upper(), unicodedata.normalize("NFD", typed)):
        reading = read(form)
        # Names of districts count where they are written large; none is among these.
        assert [f"{each.key} {each.effect}" for each in reading.understood] == chips
        assert fold(reading.text.strip(" ;")).lower() == fold(clean_text(left)).lower()


def test_there_are_forty() -> None:
    """None was dropped because it failed."""
    assert len(FORTY) == 40


def test_the_same_number_gives_the_same_clause() -> None:
    """The second query asks for exactly what the first one does."""
    first, second = read("45/2024/NQ-HĐND"), read("nq 45 2024 hdnd")
    assert first.nodes == second.nodes
    assert first.preferences == second.preferences


def test_a_passage_is_asked_for_inside_out() -> None:
    """Khoản 1 of điều 2."""
    assert read("điều 2 khoản 1 nq 23/2026").division == (("khoản", "1"), ("điều", "2"))


@pytest.mark.parametrize(
    ("typed", "way"),
    [
        ("sáp nhập xã", "sắp xếp đơn vị hành chính"),
        ("sáp nhập xã", "hợp nhất xã"),
        ("báo cáo thẩm tra ktns", "kinh tế ngân sách"),
        ("chất vấn ATTP", "an toàn thực phẩm"),
        ("giám sát pccc", "phòng cháy chữa cháy"),
        ("HÐND", "hội đồng nhân dân"),
    ],
)
def test_words_are_expanded(typed: str, way: str) -> None:
    """Abbreviations are written out, and other words for the matter are added."""
    expansions = expand((), clean_text(typed))
    phrases = [phrase for each in expansions for phrase in each.phrases]
    assert way in [" ".join(word.syllable for word in phrase.words) for phrase in phrases]
