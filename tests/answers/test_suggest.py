"""Did you mean: wrong queries are put right, right ones are left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.answers.suggest import suggest_query
from indexer.store.generations import (
    current_generation,
    generation_path,
)
from indexer.store.vocabulary import Vocabulary, write_vocabulary
from tests.conftest import build_document, build_test_index

# What a small council would have, said often enough to be somebody's habit.
TEXTS = [
    "Nghị quyết quy định mức thu học phí năm học mới",
    "Nghị quyết hỗ trợ học phí cho học sinh",
    "Nghị quyết về phí và lệ phí của thành phố",
    "Quy định bảng giá đất trên địa bàn tỉnh; giá đất ở",
    "Quyền sử dụng đất của hộ gia đình",
    "Hội đồng nhân dân đặt tên đường, đổi tên đường",
    "Ủy ban nhân dân trình dự thảo sửa đổi, bổ sung nghị quyết",
    "Giám sát ngành giáo dục, HĐND và UBND cùng dự",
    "Chủ tịch đã tiếp xúc cử tri về chương trình OCOP và wifi, thẻ ATM",
    "Hỗ trợ đất sản xuất cho hộ nghèo",
] * 3


@pytest.fixture(scope="module")
def vocabulary(tmp_path_factory: pytest.TempPathFactory) -> Vocabulary:
    """Give the vocabulary of a small council's documents."""
    documents = [build_document(text, id=str(number)) for number, text in enumerate(TEXTS)]
    index = build_test_index(documents, tmp_path_factory.mktemp("suggest"))
    directory = generation_path(index, current_generation(index).name)
    write_vocabulary(directory)
    return Vocabulary.open(directory)


def suggested(typed: str, vocabulary: Vocabulary) -> str | None:
    """Return the suggested query, None for none."""
    suggestion = suggest_query(typed, vocabulary)
    return suggestion.query if suggestion else None


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("gía đât", "giá đất"),
        ("ngị quyét phí", "nghị quyết phí"),
        ("nghành giáo dục", "ngành giáo dục"),
        ("quyền xử dụng đất", "quyền sử dụng đất"),
        ("hổ trợ học phí", "hỗ trợ học phí"),
        ("sữa đổi nghị quyết", "sửa đổi nghị quyết"),
        ("học phị", "học phí"),
        ("hcọ phí", "học phí"),
        ("học phíi", "học phí"),
        ("nghị quyt học phí", "nghị quyết học phí"),
    ],
)
def test_typing_errors_are_put_right(typed: str, meant: str, vocabulary: Vocabulary) -> None:
    """Slips of fingers, sounds taken for each other, accents missing or wrong."""
    assert suggested(typed, vocabulary) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("nghij quyeets hoox trowj", "nghị quyết hỗ trợ"),
        ("nghi5 quye61t", "nghị quyết"),
        ("hocj phis", "học phí"),
        ("hocj phí", "học phí"),
        ("NGHIJ QUYEETS", "nghị quyết"),
        ("phi1", "phí"),
        ("hddnd", "hđnd"),
    ],
)
def test_keys_of_telex_and_vni_are_read(typed: str, meant: str, vocabulary: Vocabulary) -> None:
    """In whole queries, in single words, in capitals."""
    assert suggested(typed, vocabulary) == meant


def test_a_slip_without_accents_is_put_right_without_accents(vocabulary: Vocabulary) -> None:
    """Queries without accents are normal and stay so."""
    assert suggested("ngi quyet hoc phi", vocabulary) == "nghi quyet hoc phi"


@pytest.mark.parametrize(
    "typed",
    [
        *dict.fromkeys(TEXTS),
        "hoc phi",
        "nghi quyet ho tro",
        "học phi",
        "mức thu hoc phí",
        "uỷ ban",
        "ủy ban",
        "HOC PHI",
        "HĐND",
        "atm ocop wifi",
        "quy1 2024",
        "15/2023/NQ-HĐND",
        "kt xh",
        "x",
        "",
        "!!!",
        "2024",
    ],
)
def test_right_queries_are_left_alone(typed: str, vocabulary: Vocabulary) -> None:
    """With accents, without, in part; shorthand, numbers, and nothing at all."""
    assert suggested(typed, vocabulary) is None


def test_a_name_that_no_document_holds_is_left_alone(vocabulary: Vocabulary) -> None:
    """What would be put in stands beside none of its neighbours in any document."""
    assert suggested("Đoàn Thị Phỉ", vocabulary) is None


@pytest.mark.parametrize(
    "typed",
    ["Xã Nậm Sỏ", "xã tìa dình", "HĐND xã Vân", "xa nam so", "đăk lăk", "gia lai", "đắc lắc"],
)
def test_names_of_places_are_left_alone(typed: str, vocabulary: Vocabulary) -> None:
    """A commune that no document mentions yet has a right name all the same."""
    assert suggested(typed, vocabulary) is None


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (
            '"đặt tên đừơng" -"học phi" 15/2023/NQ-HĐND',
            '"đặt tên đường" -"học phi" 15/2023/NQ-HĐND',
        ),
        ("tiêu đê: gía đất OR hocj phis", "tiêu đê: giá đất OR học phí"),
        ("gía đât* 2024", "giá đât* 2024"),
        ("  gía\n đất ", "giá đất"),
        ("ATM gía đất", "ATM giá đất"),
    ],
)
def test_only_words_are_replaced(typed: str, meant: str, vocabulary: Vocabulary) -> None:
    """Quotes, operators, fields, prefixes, numbers and abbreviations stay as typed."""
    assert suggested(typed, vocabulary) == meant


def test_what_changed_is_marked(vocabulary: Vocabulary) -> None:
    """The fragments give the query, the words put in marked."""
    suggestion = suggest_query("gía đât ở", vocabulary)
    assert suggestion is not None
    assert [tuple(fragment) for fragment in suggestion.fragments] == [
        ("giá", True),
        (" ", False),
        ("đất", True),
        (" ở", False),
    ]


def test_too_long_a_query_has_no_suggestion(vocabulary: Vocabulary) -> None:
    """It is refused anyway."""
    assert suggest_query("gía đât " * 100, vocabulary) is None
    assert suggest_query("gía đ " * 65, vocabulary) is None


@given(st.text(max_size=120))
def test_any_text_has_an_answer(vocabulary: Vocabulary, typed: str) -> None:
    """A suggestion's fragments make its query, and something in it changed."""
    suggestion = suggest_query(typed, vocabulary)
    if suggestion:
        assert "".join(fragment.text for fragment in suggestion.fragments) == suggestion.query
        assert any(fragment.marked for fragment in suggestion.fragments)


@given(
    st.lists(
        st.sampled_from(["gía", "đât", "nghij", "quyt", "hcọ", "phi1", "học", "phí", "hổ", "trợ"]),
        max_size=12,
    )
)
def test_a_suggestion_holds_as_many_words_as_were_typed(
    vocabulary: Vocabulary, words: list[str]
) -> None:
    """Words are replaced one for one."""
    suggestion = suggest_query(" ".join(words), vocabulary)
    assert suggestion is None or len(suggestion.query.split()) == len(words)


@pytest.mark.parametrize(
    "typed",
    ["học phí bao nhiêu", "hỗ trợ lấy từ đâu", "tôi hỏi quyền sử dụng đất", "giá đất thế nào"],
)
def test_words_that_only_readers_say_are_left_alone(typed: str, vocabulary: Vocabulary) -> None:
    """Papers of offices hold "nhiều", "đầu" and "tối" instead, which must not be offered."""
    assert suggested(typed, vocabulary) is None
