"""Texts are looked through all at once, and find what a look at each syllable would."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.answers.scan import Scan, place_texts
from indexer.answers.syllable_codes import Syllables, spelling_of
from indexer.language.analysis import find_syllables
from indexer.language.text import clean_text, fold

LETTERS = st.text("aăâeoôuưyàáảãạòóỏõọoàúýđhpcg ,_.\nHÒĐ9ßξİ𝒜", max_size=60)
WORDS = st.sampled_from(["hoà", "hòa", "hoa", "phí", "phi", "nghiêngngả", "nghiêngng", "ξ", "9"])
TEXTS = st.lists(st.one_of(LETTERS, st.lists(WORDS).map(" ".join)), min_size=1, max_size=4)


@given(TEXTS)
def test_syllables_stand_where_the_analysis_finds_them(typed: list[str]) -> None:
    """Texts stand one behind the other, and no syllable reaches from one into the next."""
    texts = [clean_text(text) for text in typed]
    scan = Scan(texts)
    expected = [
        (syllable.start + place, syllable.end + place)
        for text, place in zip(texts, place_texts(texts), strict=True)
        for syllable in find_syllables(text)
    ]
    assert list(zip(scan.starts.tolist(), scan.ends.tolist(), strict=True)) == expected


@given(TEXTS, WORDS)
def test_a_word_is_found_in_any_spelling_and_known_by_its_own(typed: list[str], word: str) -> None:
    """However long it is, and whatever letters it has."""
    texts = [clean_text(text) for text in typed]
    scan, normal = Scan(texts), [s.normal for text in texts for s in find_syllables(text)]
    wanted = next(find_syllables(clean_text(word))).normal
    same = [number for number, each in enumerate(normal) if fold(each) == fold(wanted)]
    found = scan.find(fold(wanted))
    assert found.tolist() == same
    spelled = scan.spelled(found, wanted)
    assert spelled.tolist() == [normal[number] == wanted for number in same]


@given(TEXTS, st.sampled_from(["ho", "hò", "ph", "phí", "nghiêngngả"]), st.booleans())
def test_a_stem_is_found_at_the_beginning_of_words(
    typed: list[str],
    stem: str,
    accented: bool,  # noqa: FBT001 - Hypothesis gives it by place
) -> None:
    """With its accents where it was typed with them."""
    texts = [clean_text(text) for text in typed]
    wanted = stem if accented else fold(stem)
    expected = [
        number
        for number, each in enumerate(s.normal for text in texts for s in find_syllables(text))
        if (each if accented else fold(each)).startswith(wanted)
    ]
    assert Scan(texts).find_beginning(wanted, accented=accented).tolist() == expected


def test_a_phrase_stands_side_by_side_in_one_text() -> None:
    """Signs may stand between its words, but not too many, nor the end of a text."""
    texts = [clean_text(t) for t in ("Thu, phí. Thu ................. phí", "Thu", "phí thu phí")]
    scan = Scan(texts)
    assert scan.find_together(["thu", "phi"]).tolist() == [0, 6]


def test_phrases_do_not_reach_into_themselves() -> None:
    """Of "xã xã xã" the first two are one, and the third is none."""
    scan = Scan([clean_text("xã xã xã đất xã xã")])
    assert scan.find_together(["xa", "xa"]).tolist() == [0, 4]


def test_a_phrase_with_a_long_word_is_read_in_full() -> None:
    """Eight letters alone would be another word."""
    scan = Scan([clean_text("khu nghiêngngảo, khu nghiêngngả")])
    assert scan.find_together(["khu", "nghiengnga"]).tolist() == [2]


@pytest.mark.parametrize("letter", "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợ")
def test_every_accented_letter_has_a_spelling_of_its_own(letter: str) -> None:
    """In small letters and in capitals."""
    codes = Syllables(f"{letter} {letter.upper()} {fold(letter)}")
    small, capital, bare = codes.spellings(slice(None)).tolist()  # type: ignore[arg-type]
    assert small == capital == spelling_of(letter) != bare


def test_no_text_has_no_syllables() -> None:
    """Nothing is looked up in it."""
    scan = Scan([clean_text("")])
    assert not scan.find("phi").size
    assert not scan.find_together(["phi", "thu"]).size
    assert not re.search(r"\S", "".join(map(str, scan.starts.tolist())))
