"""Texts become terms, the same for documents and queries."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.language.analysis import (
    PASSAGE_GAP,
    analyse,
    find_compounds,
    find_syllables,
    fold_bigrams,
    split_runs,
)
from indexer.language.text import clean_text


def normals(raw: str) -> list[str]:
    """Return the syllables of a raw text."""
    return [syllable.normal for syllable in find_syllables(clean_text(raw))]


@pytest.mark.parametrize(
    "spelling",
    [
        "Ủy ban nhân dân",
        "UỶ BAN NHÂN DÂN",
        unicodedata.normalize("NFD", "uỷ ban nhân dân"),
        "ủy\u200b ban nhân\u00a0dân",
    ],
)
def test_every_spelling_gives_the_same_syllables(spelling: str) -> None:
    """Capitals, tone style, decomposition and invisible characters make no difference."""
    assert normals(spelling) == ["uỷ", "ban", "nhân", "dân"]


@given(st.text())
def test_syllables_point_into_the_text(raw: str) -> None:
    """A syllable's offsets cut just its letters out of the text."""
    text = clean_text(raw)
    for syllable in find_syllables(text):
        piece = text[syllable.start : syllable.end]
        assert len(piece) == len(syllable.normal)
        assert all(letter.isalnum() for letter in syllable.normal)


@given(st.text(alphabet="abcđÊ .,\n-_1"))
def test_runs_hold_the_same_syllables_as_the_text(raw: str) -> None:
    """Splitting into runs loses and adds nothing."""
    text = clean_text(raw)
    assert [s for run in split_runs(text) for s in run] == [s.normal for s in find_syllables(text)]


def test_bigrams_never_cross_punctuation_or_paragraphs() -> None:
    """Neighbours are neighbours in one run only; a wrapped line is still one."""
    text = clean_text("thu phí, lệ phí\n\nhọc\nphí")
    assert list(fold_bigrams(split_runs(text))) == ["thu_phi", "le_phi", "hoc_phi"]


def test_a_letter_that_grows_in_lower_case_keeps_offsets_true() -> None:
    """Turkish İ is two characters in lower case; offsets still point into the text."""
    text = clean_text("İ học")
    assert text[2:5] == "học"
    assert [(s.start, s.end) for s in find_syllables(text)][-1] == (2, 5)


def test_passages_stand_apart() -> None:
    """No phrase reaches from the title into the text."""
    terms = analyse([clean_text("đầu tư"), clean_text("công")])
    assert terms.exact["công"] == [2 + PASSAGE_GAP]
    assert "tu_cong" not in terms.bigrams


def test_folded_positions_gather_all_spellings_in_order() -> None:
    """A bare syllable stands wherever any of its accented spellings does."""
    terms = analyse([clean_text("phí phi phì phí")])
    assert terms.exact["phí"] == [0, 3]
    assert terms.folded["phi"] == [0, 1, 2, 3]


def test_compounds_are_pyvis_words_of_several_syllables() -> None:
    """Compounds come from pyvi, each joined by underscores."""
    text = clean_text("HỘI ĐỒNG NHÂN DÂN thành phố")
    assert list(find_compounds(split_runs(text))) == ["hội_đồng", "nhân_dân", "thành_phố"]
