"""Every part of a score is told, and the parts add up."""

from __future__ import annotations

import pytest

from indexer.answers.search import SearchService
from indexer.search_records import SearchRequest
from tests.conftest import build_document, build_test_index

ASKED = (
    "học phí",
    "hoc phi",
    "mức thu học phí 2024",
    '"học phí" mầm non',
    "12/2024/NQ-HĐND",
    "nghị quyết học phí",
    "hđnd tỉnh phú yên học phí",
    "người ký:mẫu học phí",
    "học OR phí",
    "pccc",
)


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> SearchService:
    """Give a service over an act, papers on it and news."""
    documents = [
        build_document(
            "Số: 12/2024/NQ-HĐND. Điều 1. Mức thu học phí mầm non năm học 2024-2025.",
            id="act",
            title="Nghị quyết về mức thu học phí",
            number="12/2024/NQ-HĐND",
            kind="nghị quyết",
            issuer="HĐND tỉnh Phú Yên",
            signer="Trần Văn Mẫu",
            issued_on="2024-07-10",
        ),
        build_document(
            "Thẩm tra dự thảo nghị quyết số 12/2024/NQ-HĐND về học phí.",
            id="report",
            title="Báo cáo thẩm tra mức thu học phí",
            kind="báo cáo thẩm tra",
            issuer="Ban Văn hóa - Xã hội HĐND tỉnh Phú Yên",
            issued_on="2024-07-01",
        ),
        build_document(
            "Cử tri hỏi về học phí và phòng cháy chữa cháy ở trường.",
            id="news",
            title="Cử tri kiến nghị",
            issued_on="2025-01-02",
        ),
        build_document("Giá đất ở xã tăng.", id="land", title="Giá đất"),
    ]
    index = build_test_index(documents, tmp_path_factory.mktemp("explanation"), segments=2)
    return SearchService(index)


@pytest.mark.parametrize("query", ASKED)
def test_the_parts_of_each_stage_add_up(service: SearchService, query: str) -> None:
    """To the first stage's score, and to the one that a hit is shown with."""
    hits = service.search(SearchRequest(q=query)).hits
    assert hits
    for hit in hits:
        why = service.explain(query, hit.id)
        assert why.standing == hit.standing
        assert why.score == pytest.approx(hit.score, abs=1e-4)
        assert sum(p.score for p in why.parts) == pytest.approx(why.first_score, abs=1e-4)
        if why.reordering:
            assert sum(p.score for p in why.reordering) == pytest.approx(why.score, abs=1e-4)


def test_every_part_has_a_name_in_words(service: SearchService) -> None:
    """Words by their field, preferences by what they prefer, the rest by what it measures."""
    why = service.explain("học phí 2024", "act")
    names = {part.name for part in why.parts}
    assert {"text: học", "title: phí", "neighbours: hoc phi"} <= names
    assert any(name.startswith("prefers: ") for name in names)
    assert [each.key for each in why.understood] == ["period:nam-2024"]
    assert all(part.name.strip() for part in why.reordering)
    assert len({part.name for part in why.reordering}) == len(why.reordering)


def test_a_number_is_a_part_of_its_own(service: SearchService) -> None:
    """The act that bears it gets more for it than the paper that mentions it."""
    act, report = (service.explain("12/2024/NQ-HĐND", id_) for id_ in ("act", "report"))
    assert act.standing == report.standing == "full"
    assert act.score > report.score
    assert any("number" in part.name for part in act.parts)


def test_a_document_that_shares_nothing_has_no_parts(service: SearchService) -> None:
    """It is no hit, and nothing ordered it."""
    why = service.explain("học phí", "land")
    assert (why.standing, why.words_held, why.score) == ("none", 0, 0.0)
    assert (why.parts, why.reordering) == ((), ())


def test_what_a_hit_holds_is_counted_in_words(service: SearchService) -> None:
    """A partial match tells how many words it lacks."""
    why = service.explain("mức thu học phí", "news")
    assert (why.standing, why.words_held, why.words_asked, why.words_needed) == ("partial", 2, 4, 4)
