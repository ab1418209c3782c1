"""Faults of written Vietnamese, and their cures."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.language.text import clean_text, compose_marks, fold, unify_tone_style

FAULTS = [
    ("Icelandic Ð stands for Đ", "HÐND", "HĐND"),
    ("African Ɖ stands for Đ", "\u0189ảng", "Đảng"),
    ("decomposed letters are composed", unicodedata.normalize("NFD", "Hội đồng"), "Hội đồng"),
    ("a tone typed before the shape", "quye\u0301\u0302t", "quyết"),
    ("accents on lines of their own", "QUYE\u0302\n\n\u0301T", "QUYẾT"),
    ("soft hyphens split words", "nghị quy\u00adết", "nghị quyết"),
    ("zero-width spaces split words", "nghị\u200b quyết", "nghị quyết"),
    ("byte order marks stay in pasted text", "\ufeffnghị", "nghị"),
    ("no-break spaces", "12\u00a0000", "12 000"),
    ("form feeds end a page's last line", "một\x0chai", "một\nhai"),
    ("lone surrogates can't be stored", "a\ud800b", "ab"),
    ("Windows line ends", "một\r\nhai\rba", "một\nhai\nba"),
    ("idle white space", "  một \t hai  \n\n\n\n ba ", "một hai\n\nba"),
]


@pytest.mark.parametrize(("raw", "clean"), [f[1:] for f in FAULTS], ids=[f[0] for f in FAULTS])
def test_each_fault_is_cured(raw: str, clean: str) -> None:
    """Every fault seen in the wild comes out as the reader would write it."""
    assert clean_text(raw) == clean


@given(st.text(alphabet=st.one_of(st.characters(), st.sampled_from("đĐêế\u0301\u0302\u0323 \n"))))
def test_cleaning_clean_text_changes_nothing(raw: str) -> None:
    """Cleaning is idempotent."""
    once = clean_text(raw)
    assert clean_text(once) == once


@given(st.text())
def test_folding_keeps_every_offset(raw: str) -> None:
    """A folded text has the length of the text, so that offsets point into both."""
    text = clean_text(raw)
    assert len(fold(text)) == len(text)


def test_folding_takes_all_accents_and_the_stroke_of_d() -> None:
    """Accents go, and đ becomes d: NFD alone leaves it."""
    assert fold("Đường Nguyễn Thị Định") == "Duong Nguyen Thi Dinh"


@pytest.mark.parametrize(
    ("old", "new"),
    [("hòa", "hoà"), ("ủy", "uỷ"), ("khỏe", "khoẻ"), ("qúy", "quý"), ("hùynh", "huỳnh")],
)
def test_both_tone_styles_become_one(old: str, new: str) -> None:
    """Old and new tone placement are one word."""
    assert unify_tone_style(old) == unify_tone_style(new) == new


@pytest.mark.parametrize("same", ["mùa", "của", "quý", "hoàn", "toán", "xoè"])
def test_other_diphthongs_keep_their_tone(same: str) -> None:
    """Only oa, oe and uy have two styles."""
    assert unify_tone_style(same) == same


def test_composing_keeps_marks_that_no_letter_takes() -> None:
    """A mark without a composed letter stays where it is."""
    assert compose_marks("x\u0302") == "x\u0302"


def test_the_letter_that_converters_put_for_u_horn_is_mended() -> None:
    """Ƣ and ƣ stand in whole laws where Ư and ư belong."""
    assert clean_text("CHƢƠNG I: nhà nƣớc") == "CHƯƠNG I: nhà nước"
