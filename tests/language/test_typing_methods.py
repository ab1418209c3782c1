"""Telex and VNI keys become syllables; what is no such key stays out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.language.syllables import is_syllable, possible_syllables
from indexer.language.text import unify_tone_style
from indexer.language.typing_methods import (
    Letters,
    decode_keystrokes,
    put_together,
    take_apart,
)

_TONES = ("\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
_TELEX_TONES = dict(zip(_TONES, "fsxrj", strict=True))
_VNI_TONES = dict(zip(_TONES, "21435", strict=True))
_TELEX_SHAPES = {"â": "aa", "ê": "ee", "ô": "oo", "ơ": "ow", "ư": "uw", "ă": "aw", "đ": "dd"}
_VNI_SHAPES = {"â": "a6", "ê": "e6", "ô": "o6", "ơ": "o7", "ư": "u7", "ă": "a8", "đ": "d9"}


def typed(syllable: str, shapes: dict[str, str], tones: dict[str, str]) -> str:
    """Return the keys that type a syllable, its tone last."""
    shaped, tone = take_apart(syllable)
    return "".join(shapes.get(letter, letter) for letter in shaped) + tones.get(tone, "")


@pytest.mark.parametrize(
    ("keys", "syllable"),
    [
        ("nghij", "nghị"),
        ("quyeets", "quyết"),
        ("quyetes", "quyết"),
        ("quyeset", "quyết"),
        ("hoox", "hỗ"),
        ("ddaats", "đất"),
        ("datjd", "đạt"),
        ("nuwowcs", "nước"),
        ("nuocws", "nước"),
        ("muaw", "mưa"),
        ("nhwngx", "những"),
        ("wowcs", "ước"),
        ("khoong", "không"),
        ("hoaf", "hoà"),
        ("uyr", "uỷ"),
        ("nghi5", "nghị"),
        ("quye61t", "quyết"),
        ("quyet61", "quyết"),
        ("d9at61", "đất"),
        ("nu7o7c1", "nước"),
        ("nuoc71", "nước"),
        ("hddnd", "hđnd"),
        ("qd9", "qđ"),
    ],
)
def test_keys_in_any_order_give_the_syllable(keys: str, syllable: str) -> None:
    """Tone and shape may be typed behind their letter or at the end of the syllable."""
    assert syllable in decode_keystrokes(keys)


@pytest.mark.parametrize(
    "word",
    ["atm", "ocop", "wifi", "hoc", "nam", "ubnd", "2024", "m2", "covid19", "đất", "", "hass"],
)
def test_other_words_are_no_keys(word: str) -> None:
    """Words without keys, with impossible ones or with two tones decode to nothing."""
    assert decode_keystrokes(word) == ()


@pytest.mark.parametrize("word", ["tees2", "a12", "d999", "w", "ww1"])
def test_two_tones_or_no_vowel_are_no_syllable(word: str) -> None:
    """Digits and letters that contradict each other decode to nothing."""
    assert decode_keystrokes(word) == ()


def test_long_words_are_no_keys() -> None:
    """They are turned away before any pattern looks at them."""
    assert decode_keystrokes("a" + "1" * 400 + "?") == decode_keystrokes("nghieengsssss") == ()


def test_a_doubled_letter_may_be_two_letters() -> None:
    """Xoong has two o of its own."""
    assert set(decode_keystrokes("xoongs")) == {"xoóng", "xống"}


@given(st.sampled_from(sorted(possible_syllables())))
def test_every_syllable_comes_back_from_its_keys(syllable: str) -> None:
    """Typed by Telex or VNI, a syllable with accents decodes to itself in the index's style."""
    meant = put_together(take_apart(syllable))
    assert meant is not None
    telex, vni = (
        typed(meant, *keys) for keys in ((_TELEX_SHAPES, _TELEX_TONES), (_VNI_SHAPES, _VNI_TONES))
    )
    for keys in (telex, vni):
        # Two letters of a kind that are no key, as in xoong, leave the keys ambiguous.
        assert keys == meant or not keys.isascii() or meant in decode_keystrokes(keys)


@given(st.text(max_size=20))
def test_whatever_decodes_is_a_syllable_in_the_index_style(word: str) -> None:
    """No text at all breaks the decoder or makes it invent spellings."""
    for syllable in decode_keystrokes(word):
        assert unify_tone_style(syllable) == syllable
        assert is_syllable(syllable) or "đ" in syllable


@pytest.mark.parametrize(
    ("misplaced", "right"), [("gía", "giá"), ("tòan", "toàn"), ("qúy", "quý"), ("hòa", "hoà")]
)
def test_a_tone_on_the_wrong_letter_is_put_right(misplaced: str, right: str) -> None:
    """Where the tone stood does not matter, only which one it is."""
    assert put_together(take_apart(misplaced)) == right


def test_no_syllable_is_put_together_from_what_cannot_be() -> None:
    """A stop takes no grave accent."""
    assert put_together(Letters("hoc", "\u0300")) is None
