"""Samples cite, amend, replace and repeal each other, and what they cite is there."""

from __future__ import annotations

import re

import pytest

from tests.corpus.files import read_truth, spec_of
from tests.samples.forms import compose_sheet

_CITED = re.compile(r"(?:số )(\d+/[\w./-]+\w),? ngày (\d+)(?:/| tháng )(\d+)(?:/| năm )(\d{4})")

# Proposal, verification, resolution, oversight.
DOSSIERS = {
    "học phí Hà Nội": (
        ("ha-noi", "215/TTr-UBND"),
        ("ha-noi", "42/BC-BVHXH"),
        ("ha-noi", "12/2023/NQ-HĐND"),
        ("ha-noi", "118/BC-ĐGS"),
    ),
    "rác thải Nghệ An": (
        ("nghe-an", "3310/TTr-UBND"),
        ("nghe-an", "615/BC-HĐND.KTNS"),
        ("nghe-an", "23/2022/NQ-HĐND"),
        ("nghe-an", "402/BC-ĐGS"),
    ),
    "bảng giá đất Thanh Hóa": (
        ("thanh-hoa", "512/TTr-UBND"),
        ("thanh-hoa", "188/BC-KTNS"),
        ("thanh-hoa", "31/2025/NQ-HĐND"),
        ("thanh-hoa", "77/BC-ĐGS"),
    ),
    "đầu tư công Thường Tín": (
        ("huyen-thuong-tin", "1124/TTr-UBND"),
        ("huyen-thuong-tin", "31/BC-BKTXH"),
        ("huyen-thuong-tin", "38/NQ-HĐND"),
        ("huyen-thuong-tin", "09/BC-BKTXH"),
    ),
    "nước sạch Hồng Vân": (
        ("xa-hong-van", "42/TTr-UBND"),
        ("xa-hong-van", "11/BC-BKTXH"),
        ("xa-hong-van", "17/NQ-HĐND"),
        ("xa-hong-van", "06/BC-HĐND"),
    ),
    "an ninh cơ sở Quảng Ninh": (
        ("quang-ninh", "1750/TTr-UBND"),
        ("quang-ninh", "97/BC-BPC"),
        ("quang-ninh", "26/2024/NQ-HĐND"),
        ("quang-ninh", "64/BC-BPC"),
    ),
}
# (council, act, what it does, council, act it does it to)
EFFECTS = (
    ("ha-noi", "05/2024/NQ-HĐND", "Sửa đổi", "ha-noi", "12/2023/NQ-HĐND"),
    ("quang-ninh", "41/2025/NQ-HĐND", "Sửa đổi", "quang-ninh", "26/2024/NQ-HĐND"),
    ("nghe-an", "23/2022/NQ-HĐND", "thay thế", "nghe-an", "07/2019/NQ-HĐND"),
    ("thanh-hoa", "31/2025/NQ-HĐND", "thay thế", "thanh-hoa", "44/2019/NQ-HĐND"),
    ("hai-phong", "18/2026/NQ-HĐND", "hết hiệu lực", "hai-duong", "09/2022/NQ-HĐND"),
    ("hai-phong", "18/2026/NQ-HĐND", "hết hiệu lực", "hai-phong", "11/2021/NQ-HĐND"),
    ("ha-tinh", "58/2025/NQ-HĐND", "Bãi bỏ", "ha-tinh", "72/2022/NQ-HĐND"),
    ("dong-nai", "19/2025/NQ-HĐND", "Sửa đổi", "dong-nai", "36/2024/NQ-HĐND"),
    ("dong-nai", "27/2026/NQ-HĐND", "thay thế", "dong-nai", "14/2023/NQ-HĐND"),
)


def find_paths(council: str, number: str) -> list[str]:
    """Return the samples of a council that bear a number."""
    return [
        path
        for path, truth in read_truth().items()
        if truth["number"] == number and spec_of(path).council.key == council
    ]


def read_body(path: str) -> str:
    """Return a sample's text as its author wrote it."""
    return "\n".join(block.text for block in compose_sheet(spec_of(path)).blocks)


@pytest.mark.parametrize("papers", DOSSIERS.values(), ids=DOSSIERS.keys())
def test_each_paper_of_a_dossier_cites_the_one_before(papers: tuple[tuple[str, str], ...]) -> None:
    """Verification cites the proposal, the act cites both, oversight cites the act."""
    proposal, verification, resolution, oversight = (_find_one(*paper) for paper in papers)
    assert papers[0][1] in read_body(verification)
    assert papers[0][1] in read_body(resolution)
    assert papers[1][1] in read_body(resolution)
    assert papers[2][1] in read_body(oversight)
    days = [read_truth()[p]["issued_on"] for p in (proposal, verification, resolution, oversight)]
    assert days == sorted(days)


@pytest.mark.parametrize(("council", "act", "effect", "other", "target"), EFFECTS)
def test_acts_that_change_others_find_them(
    council: str, act: str, effect: str, other: str, target: str
) -> None:
    """Amended, replaced and repealed acts are in the corpus, and are older."""
    changing, changed = _find_one(council, act), _find_one(other, target)
    assert effect in spec_of(changing).title + read_body(changing)
    assert target in spec_of(changing).title + read_body(changing)
    assert read_truth()[changed]["issued_on"] < read_truth()[changing]["issued_on"]


def test_dates_beside_cited_numbers_are_those_of_the_cited_papers() -> None:
    """Whatever a sample of the same council cites by number and day was issued on that day."""
    checked = 0
    for path in read_truth():
        for number, day, month, year in _CITED.findall(read_body(path)):
            for cited in find_paths(spec_of(path).council.key, number):
                stated = f"{year}-{int(month):02}-{int(day):02}"
                assert read_truth()[cited]["issued_on"] == stated, (path, number)
                checked += 1
    assert checked >= 20


def test_two_communes_issued_the_same_number_on_the_same_day() -> None:
    """A number alone does not name a document."""
    hong_van = _find_one("xa-hong-van", "20/NQ-HĐND")
    thuong_phuc = _find_one("xa-thuong-phuc", "20/NQ-HĐND")
    assert read_truth()[hong_van]["issued_on"] == read_truth()[thuong_phuc]["issued_on"]


def test_two_provinces_and_a_district_share_a_number_and_its_year() -> None:
    """The district's bears no year, but was issued in the same month."""
    nghe_an = _find_one("nghe-an", "36/2024/NQ-HĐND")
    dong_nai = _find_one("dong-nai", "36/2024/NQ-HĐND")
    soc_son = _find_one("huyen-soc-son", "36/NQ-HĐND")
    assert {read_truth()[p]["issued_on"][:7] for p in (nghe_an, dong_nai, soc_son)} == {"2024-12"}


def test_one_name_signs_an_act_and_is_borne_by_somebody_else() -> None:
    """A chair signs and speaks; a deputy minister of that name is only mentioned."""
    name = "Lương Giả Định"
    signed = [path for path, truth in read_truth().items() if truth["signer"] == name]
    assert signed == [_find_one("son-la", "44/NQ-HĐND")]
    naming = {path for path in read_truth() if name in read_body(path)} - set(signed)
    assert {read_truth()[path]["form"] for path in naming} == {"tin tức", "giám sát"}


def test_no_council_uses_a_number_twice_in_a_year() -> None:
    """Council, year and number together name one document."""
    keys = [
        (t["issuer"], t["issued_on"][:4], t["number"]) for t in read_truth().values() if t["number"]
    ]
    assert len(keys) == len(set(keys))


def _find_one(council: str, number: str) -> str:
    (path,) = find_paths(council, number)
    return path
