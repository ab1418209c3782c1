"""Possible syllables are told from the words of other languages and from noise."""

from __future__ import annotations

import pytest

from indexer.language.syllables import count_syllables, is_syllable, syllable_share

_POSSIBLE = """nghị quyết hội đồng nhân dân uỷ ủy hoà hòa khuya thuở nguyễn giếng gìn gì giặc quốc
quýt ngoằn ngoèo khuỷu yêu yết ý kỹ xoong rượu ươm nghiêng ghế quăng huơ ở đắk lắk krông"""
_IMPOSSIBLE = "nghoa kế0 cê ghao ngiêng hoc họcc pew m1jc số12 wan zoo quuyết ngh"


@pytest.mark.parametrize("word", _POSSIBLE.split())
def test_a_vietnamese_syllable_is_possible_in_any_case(word: str) -> None:
    """Small, capital and title letters make no difference."""
    assert is_syllable(word)
    assert is_syllable(word.upper())
    assert is_syllable(word.title())


@pytest.mark.parametrize("word", _IMPOSSIBLE.split())
def test_other_words_are_not_possible(word: str) -> None:
    """Foreign letters, wrong spellings of c, g and ng, and mangled words are refused."""
    assert not is_syllable(word)


@pytest.mark.parametrize("tone", ["hõc", "hỏc", "hòc", "hoc"])
def test_a_stop_takes_only_two_tones(tone: str) -> None:
    """A syllable in c, ch, p or t has the acute or the dot below."""
    assert not is_syllable(tone)
    assert is_syllable("hóc")
    assert is_syllable("học")


@pytest.mark.parametrize("word", ["tòan", "qúy", "gíao", "khỏan"])
def test_a_tone_typed_on_the_glide_is_possible(word: str) -> None:
    """Clerks often type the tone one letter early."""
    assert is_syllable(word)


def test_abbreviations_and_numerals_are_not_counted() -> None:
    """They say nothing about whether the prose around them is Vietnamese."""
    assert count_syllables("HĐND UBND TTLT XVIII QL1A 12a 2024 a b m2").words == 0


def test_a_word_with_a_digit_inside_counts_against_the_text() -> None:
    """OCR noise puts digits into words."""
    assert count_syllables("DANH M1JC") == (2, 1, 0)


def test_unaccented_text_has_no_accented_words() -> None:
    """A text layer that lost its accents has valid words only by their bare letters."""
    assert count_syllables("VAN BAN QUY DINH").accented == 0
    assert count_syllables("VĂN BẢN QUY ĐỊNH").accented == 3


def test_prose_scores_high_and_noise_low() -> None:
    """The share tells a council's sentence from English and from mangled letters."""
    assert syllable_share("Uỷ ban nhân dân tỉnh trình Hội đồng nhân dân xem xét, quyết nghị.") == 1
    assert syllable_share("The committee shall submit its reports to the council.") < 0.5
    assert syllable_share("HéI §åNG NH¢N D¢N") == 0


def test_a_text_without_words_has_no_share() -> None:
    """Nothing to judge gives 0.0, and the count says why."""
    assert syllable_share("12/2024 — 3,5%") == 0.0
    assert count_syllables("12/2024").words == 0
