"""Plain words become the index's own terms."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.answers.query.plain import find_weak, read_plain, read_words
from indexer.answers.ranking import needs_for
from indexer.language.analysis import split_runs
from indexer.language.text import clean_text


def weak(typed: str) -> str:
    """Return the weak words of a question."""
    return " ".join(word.syllable for word in find_weak(split_runs(clean_text(typed))))


def test_words_are_distinct_and_in_order() -> None:
    """Each counts once, however often it is typed."""
    plain = read_plain(clean_text("phí chợ, PHÍ mới"), counted=True)
    assert plain is not None
    assert [word.syllable for word in plain.words] == ["phí", "chợ", "mới"]


@pytest.mark.parametrize(
    "typed", ["ỦY BAN", "uỷ ban", unicodedata.normalize("NFD", "ủy ban"), " ủy\u200b  ban\n"]
)
def test_every_spelling_is_the_same_words(typed: str) -> None:
    """Queries are analysed as documents are."""
    assert read_words(typed) == read_words("ủy ban")


def test_accents_are_asked_for_where_they_are_typed() -> None:
    """A bare word may have any accents; an accented one has its own."""
    assert [word.accented for word in read_words("hoc phí 2024 Đ")] == [False, True, False, True]


def test_pairs_and_compounds_do_not_cross_punctuation() -> None:
    """What stood apart when typed stands apart in the query."""
    apart = read_plain(clean_text("đầu ; tư"), counted=False)
    together = read_plain(clean_text("đầu tư"), counted=False)
    assert apart is not None
    assert together is not None
    assert (apart.bigrams, apart.compounds) == ((), ())
    assert (together.bigrams, together.compounds) == (("dau_tu",), ("đầu_tư",))


def test_bare_words_have_no_compounds() -> None:
    """Compounds are known with their accents only."""
    plain = read_plain(clean_text("dau tu"), counted=True)
    assert plain is not None
    assert plain.compounds == ()


def test_counted_words_follow_the_rule_and_others_are_all_asked_for() -> None:
    """The rule counts words and pairs, question words left out."""
    words = "một hai ba bốn sáu bảy tám chín"
    assert read_plain(clean_text(words), counted=False).needs is None  # type: ignore[union-attr]
    counted = read_plain(clean_text(f"{words} là gì"), counted=True)
    assert counted is not None
    assert len(counted.words) == 10
    assert counted.needs == needs_for(8, 7)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("phí chợ là gì?", "là gì"),
        ("Phí chợ được quy định như thế nào?", "được quy định như thế nào"),
        ("phi cho duoc quy dinh nhu the nao", "duoc quy dinh nhu the nao"),
        ("quy định phí chợ ra sao", "ra sao"),
        ("quy định về phí được quy định ra sao", "được ra sao"),
        ("bao nhiêu chợ được xây", "bao nhiêu"),
        ("xây chợ có được không?", "có được không"),
        ("vận tải hàng không", ""),
        ("có được không? xây chợ", ""),
        ("chấn thương nao", ""),
        ("phí nào", "nào"),
        ("phí chợ", ""),
    ],
)
def test_question_words_are_weak_where_they_only_ask(typed: str, expected: str) -> None:
    """Some only at the end; a word that stands elsewhere too stays strong."""
    assert weak(typed) == expected


def test_a_question_of_nothing_else_keeps_its_words() -> None:
    """Someone may look for these very words."""
    plain = read_plain(clean_text("là gì"), counted=True)
    assert plain is not None
    assert (len(plain.words), plain.weak, plain.needs) == (2, (), needs_for(2, 1))


@given(st.text(max_size=200))
def test_any_text_is_plain_words_or_none(typed: str) -> None:
    """Weak words are words, and pairs join words."""
    text = clean_text(typed)
    plain = read_plain(text, counted=True)
    assert (plain is None) == (not read_words(text))
    if plain:
        assert set(plain.weak) < set(plain.words)
        assert len(plain.bigrams) < max(2, len(read_words(text)))
