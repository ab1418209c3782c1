"""What was typed is cut into words, phrases, fields and operators, each with its place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.answers.query.faults import FaultyQueryError
from indexer.answers.query.tokens import Token, find_tokens, prepare_text


def tokens(typed: str) -> tuple[Token, ...]:
    """Return the tokens of what was typed."""
    return find_tokens(prepare_text(typed))


def kinds(typed: str) -> str:
    """Return the kinds of the tokens, words apart as themselves."""
    return " ".join(t.value if t.kind == "word" else t.kind for t in tokens(typed))


@pytest.mark.parametrize("quoted", ['"đất ở"', "“đất ở”", "„đất ở‟", "«đất ở»", "＂đất ở＂"])
def test_quotes_of_any_shape_are_one(quoted: str) -> None:
    """Phones and word processors type curly and angled quotes."""
    assert [(t.kind, t.value) for t in tokens(quoted)] == [("phrase", "đất ở")]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("thuế -phí", "thuế - phí"),
        ("thuế +phí", "thuế + phí"),
        ('-"phí chợ"', "- phrase"),
        ("-(phí chợ)", "- ( phí chợ )"),
        ("(-phí)", "( - phí )"),
    ],
)
def test_a_sign_leads_a_word_a_phrase_or_a_parenthesis(typed: str, expected: str) -> None:
    """A plus or minus at the front of something is an operator."""
    assert kinds(typed) == expected


@pytest.mark.parametrize(
    "typed",
    ["KT-XH", "2024 - 2025", "2024 -2025", "12/2023/NQ-HĐND", "12/2023/NQ -HĐND", "- phí", "a--b"],
)
def test_a_hyphen_in_a_word_a_number_or_between_spaces_is_no_operator(typed: str) -> None:
    """Clerks write hyphens in abbreviations, school years and document numbers."""
    assert {t.kind for t in tokens(typed)} == {"word"}


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("chợ OR phố", "chợ or phố"),
        ("chợ HOẶC phố", "chợ or phố"),
        ("chợ VÀ phố", "chợ and phố"),
        ("chợ KHÔNG phố", "chợ not phố"),
        ("HĐND VÀ phố", "HĐND and phố"),
        ("chợ NEAR/3 phố", "chợ near phố"),
        ("chợ GẦN/3 phố", "chợ near phố"),
    ],
)
def test_operators_are_words_in_capitals(typed: str, expected: str) -> None:
    """English or Vietnamese; in small letters they are words."""
    assert kinds(typed) == expected
    assert {t.kind for t in tokens(typed.lower())} == {"word"}


def test_vietnamese_operators_among_capitals_are_words() -> None:
    """A heading typed in capitals keeps its "và" and "không"."""
    assert kinds("CHỢ VÀ PHỐ") == "CHỢ VÀ PHỐ"
    assert kinds("KHÔNG") == "KHÔNG"
    assert kinds("CHỢ AND PHỐ") == "CHỢ and PHỐ"


@pytest.mark.parametrize(
    "typed", ["cơ quan:ubnd", "co quan:ubnd", "cơ_quan:ubnd", "coquan:ubnd", "CƠ QUAN:ubnd"]
)
def test_a_field_is_known_however_its_name_is_typed(typed: str) -> None:
    """With and without accents, spaces or capitals."""
    assert [(t.kind, t.field) for t in tokens(typed)] == [("field", "issuer"), ("word", None)]


@pytest.mark.parametrize(
    "typed", ["Điều 5: mức thu", "8:30", "http://example.vn", "xã:phường", "abcsố:5"]
)
def test_another_word_before_a_colon_is_plain(typed: str) -> None:
    """Headings, hours and addresses have colons."""
    assert {t.kind for t in tokens(typed)} == {"word"}


def test_a_prefix_is_the_last_part_of_what_stands_before_the_star() -> None:
    """Punctuation behind it and other syllables before it do not matter."""
    assert kinds("quyế*,") == "prefix"
    assert [(t.kind, t.value) for t in tokens("NQ-hộ*")] == [("word", "NQ-"), ("prefix", "hộ")]


@pytest.mark.parametrize(
    ("typed", "place"), [("*", 0), ("thu *", 4), ("*phí", 0), ("ph*í", 2), ("a*b*", 1), ("p*", 0)]
)
def test_a_star_elsewhere_or_behind_one_letter_is_a_fault(typed: str, place: int) -> None:
    """Nothing is searched by its end, and one letter begins too many words."""
    with pytest.raises(FaultyQueryError, match=r"^\* ") as caught:
        tokens(typed)
    assert caught.value.position == place


def test_a_phrase_may_have_a_reach() -> None:
    """The number behind the tilde; without one the tilde is punctuation."""
    assert [t.reach for t in tokens('"chợ phố"~4')] == [4]
    assert tokens('"chợ phố"~')[0].reach is None


@pytest.mark.parametrize(("typed", "place"), [('"chợ phố"~51', 10), ("chợ NEAR/999 phố", 9)])
def test_a_reach_past_fifty_is_a_fault(typed: str, place: int) -> None:
    """That far apart, words do not stand near each other."""
    with pytest.raises(FaultyQueryError, match="50 syllables") as caught:
        tokens(typed)
    assert caught.value.position == place
    assert "50" in caught.value.edit.apply(typed)


def test_labels_of_points_close_no_parenthesis() -> None:
    """Citations such as "điểm a)" are typed as they stand in acts."""
    assert kinds("điểm a) khoản 1") == "điểm a) khoản 1"
    assert kinds("(a) chợ") == "( a ) chợ"
    assert kinds("chợ)") == "chợ )"


def test_prefixes_past_four_are_a_fault_at_the_first_of_them() -> None:
    """Each stands for many words; without their stars the others are words."""
    four = "chợ* " * 4
    assert len(tokens(four)) == 4
    with pytest.raises(FaultyQueryError, match="at most 4 words") as caught:
        tokens(f"{four}NQ-phố* đò* x")
    assert caught.value.position == len(four) + 3
    assert caught.value.edit.apply(f"{four}NQ-phố* đò* x") == f"{four}NQ-phố đò x"


def test_words_past_sixty_four_are_a_fault_at_the_first_of_them() -> None:
    """Those of phrases and prefixes count too; operators don't."""
    sixty = " ".join(["chợ"] * 60)
    assert len(tokens(f'{sixty} OR "a b" -phố*')) == 64
    with pytest.raises(FaultyQueryError, match="66 words") as caught:
        tokens(f'{sixty} "a b c d e" phố')
    assert caught.value.position == len(sixty) + 2 + 8


@given(st.text(max_size=80) | st.text('ab "()+-*:~/12.ĐOR', max_size=40))
def test_tokens_stand_in_order_and_in_the_text(typed: str) -> None:
    """Their places do not overlap, and a word is what stands at its place."""
    text = prepare_text(typed)
    found: tuple[Token, ...] = ()
    try:
        found = find_tokens(text)
    except FaultyQueryError as error:
        place = error.position
    else:
        place = 0
    assert 0 <= place <= len(text)
    end = 0
    for token in found:
        assert end <= token.start < token.end <= len(text)
        if token.kind in ("word", "prefix"):
            assert text[token.start : token.end].startswith(token.value)
        end = token.end


@given(st.text())
def test_a_prepared_text_stays_as_it_is(typed: str) -> None:
    """Preparing is idempotent, so that a suggestion is read as it was checked."""
    prepared = prepare_text(typed)
    assert prepare_text(prepared) == prepared
