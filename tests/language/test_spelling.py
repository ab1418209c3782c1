"""Slips cost the less the more usual they are among people who write Vietnamese."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.language.spelling import (
    LEAST_LETTER_COST,
    accent_cost,
    confusable,
    is_right_so_far,
    letter_cost,
)
from indexer.language.syllables import possible_syllables
from indexer.language.text import fold

_SYLLABLES = st.sampled_from(sorted(possible_syllables()))


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("tranh", "chanh"),
        ("xuat", "suat"),
        ("da", "gia"),
        ("ra", "da"),
        ("nam", "lam"),
        ("ky", "ki"),
        ("kua", "cua"),
        ("nge", "nghe"),
        ("ge", "ghe"),
        ("nghanh", "nganh"),
        ("tit", "tich"),
    ],
)
def test_regional_confusions_cost_least(left: str, right: str) -> None:
    """Sounds that some regions do not tell apart, and two spellings of one sound, both ways."""
    assert right in confusable(left)
    assert letter_cost(left, right) == letter_cost(right, left) == LEAST_LETTER_COST


@pytest.mark.parametrize(
    ("typed", "usual", "rare"),
    [
        ("xuat", "suat", "quat"),  # a confusion before any other letter
        ("hicf", "hicd", "hica"),  # a neighbour on the keyboard before a letter far from it
        ("hocc", "hoc", "hoccs"),  # a doubled letter before one left out
        ("hco", "hoc", "hca"),  # swapped letters before another one
        ("bhi", "bhim", "nhim"),  # a slip further in before two
    ],
)
def test_usual_slips_cost_less_than_rare_ones(typed: str, usual: str, rare: str) -> None:
    """What fingers and ears do often comes first."""
    likely, unlikely = letter_cost(typed, usual), letter_cost(typed, rare)
    assert likely is not None
    assert unlikely is None or likely < unlikely


@pytest.mark.parametrize(
    ("typed", "meant", "cost"),
    [
        ("giá", "giá", 0.0),
        ("gía", "giá", 0.5),
        ("hổ", "hỗ", 2.5),
        ("đât", "đất", 2.5),
        ("quyét", "quyết", 3.0),
        ("đuợc", "được", 3.0),
        ("dước", "được", 3.0 + 4.5),
        ("đốt", "đớt", 4.0),
        ("hội", "họi", 4.5),
        ("hội", "hôi", 5.0),
    ],
)
def test_accents_left_out_cost_less_than_wrong_ones(typed: str, meant: str, cost: float) -> None:
    """A misplaced tone is next to nothing, hỏi and ngã are easily taken for each other."""
    assert accent_cost(typed, meant) == cost


@given(_SYLLABLES, _SYLLABLES)
def test_only_the_same_word_is_free(typed: str, meant: str) -> None:
    """Every difference has a positive price or is beyond one slip."""
    letters = letter_cost(fold(typed), fold(meant))
    assert letters is None or (letters + accent_cost(typed, meant) > 0) == (typed != meant)


@pytest.mark.parametrize("typed", ["đắk lắk", "dak lak", "đăk lăk", "đak lắk"])
def test_accents_left_out_are_right_so_far(typed: str) -> None:
    """All of them, the tones, or those of some letters."""
    assert is_right_so_far(typed, "đắk lắk")


@pytest.mark.parametrize("typed", ["đằk lắk", "đâk lắk", "đắk lắc", "đắk"])
def test_another_accent_or_letter_is_another_word(typed: str) -> None:
    """However near it comes."""
    assert not is_right_so_far(typed, "đắk lắk")
