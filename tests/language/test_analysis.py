"""Texts become terms, the same for documents and queries."""

from __future__ import annotations

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.language import analysis
from indexer.language.analysis import (
    PASSAGE_GAP,
    AnalysedText,
    KeySpan,
    Passage,
    analyse,
    find_compounds,
    find_syllables,
    fold_bigrams,
    fold_positions,
    normalise,
    split_runs,
)
from indexer.language.text import clean_text, fold

ONSETS = " b c ch d đ g gh gi h k kh l m n ng ngh nh ph qu r s t th tr v x"
RIMES = (
    "a á â ầ ã ạ ăn ắt ê ế iếp yên ươ ướng uổi ô ồng ơ ợ ứ uyết oà oá oẻ oã oạ uỳ uý uỷ uỹ uỵ oè oé"
)
SYLLABLES = st.builds(
    str.__add__, st.sampled_from(ONSETS.split(" ")), st.sampled_from(RIMES.split(" "))
)
# What leaves no trace: it stands in pasted and converted text.
INVISIBLE = [
    "\u200b",
    "\u00ad",
    "\u2066",
    "\u061c",
    "\ufeff",
    "\u202e",
    "\u200f",
    "\x07",
    "\ud800",
    "\udfff",
]


def normals(raw: str) -> list[str]:
    """Return the syllables of a raw text."""
    return [syllable.normal for syllable in find_syllables(clean_text(raw))]


def analyse_raw(raw: str, *spans: KeySpan) -> AnalysedText:
    """Return the terms of one raw text."""
    return analyse([Passage(clean_text(raw), spans)])


def move_tone(syllable: str) -> str:
    """Return the syllable in the other tone style: hoà as hòa."""
    letters = unicodedata.normalize("NFD", syllable)
    for pair in ("oa", "oe", "uy"):
        for tone in "\u0300\u0301\u0303\u0309\u0323":
            letters = letters.replace(pair + tone, pair[0] + tone + pair[1])
    return unicodedata.normalize("NFC", letters)


def spoil_stroke(text: str) -> str:
    """Return the text with Icelandic letters for Đ and đ."""
    return text.replace("Đ", "\u00d0").replace("đ", "\u00f0")


SPELLINGS = st.lists(
    st.sampled_from(
        [
            str.upper,
            str.title,
            move_tone,
            spoil_stroke,
            lambda text: unicodedata.normalize("NFD", text),
            lambda text: text.replace(" ", "\u00a0"),
            lambda text: "".join(f"{letter}\u200b" for letter in text),
        ]
    ),
    max_size=4,
)


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


@given(st.lists(SYLLABLES, min_size=1, max_size=12), SPELLINGS)
def test_every_spelling_of_any_syllables_gives_the_same_terms(
    syllables: list[str],
    spellings: list[object],
) -> None:
    """NFD, Ð, capitals and either tone style: positions, pairs and compounds are the same."""
    raw = " ".join(syllables)
    spelt = raw
    for spell in spellings:
        assert callable(spell)
        spelt = spell(spelt)
    assert analyse_raw(spelt) == analyse_raw(raw)


@given(st.lists(SYLLABLES, min_size=1, max_size=6), st.data())
def test_what_no_reader_sees_changes_no_term(syllables: list[str], data: st.DataObject) -> None:
    """Control and bidi characters and lone surrogates leave no trace."""
    raw = " ".join(syllables)
    place = data.draw(st.integers(0, len(raw)))
    unseen = data.draw(st.sampled_from(INVISIBLE))
    assert analyse_raw(raw[:place] + unseen + raw[place:]) == analyse_raw(raw)


@given(st.text())
def test_syllables_point_into_the_text(raw: str) -> None:
    """A syllable's offsets cut just its letters out of the text."""
    text = clean_text(raw)
    for syllable in find_syllables(text):
        piece = text[syllable.start : syllable.end]
        assert len(piece) == len(syllable.normal)
        assert all(letter.isalnum() for letter in syllable.normal)


@given(st.text(alphabet=st.one_of(st.characters(), st.sampled_from("İẞŉǰΐﬃΣ"))))
def test_normalising_keeps_every_offset(raw: str) -> None:
    """Letters that grow or shrink in lower case stay one character."""
    text = clean_text(raw)
    assert len(normalise(text)) == len(text)


@given(st.text())
def test_any_text_has_terms(raw: str) -> None:
    """Every syllable has one position under its accents, and one without."""
    terms = analyse_raw(raw)
    places = sorted(place for found in terms.exact.values() for place in found)
    assert places == list(range(len(normals(raw))))
    assert sorted(place for found in terms.folded.values() for place in found) == places
    assert {fold(syllable) for syllable in terms.exact} == set(terms.folded)


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
    terms = analyse([Passage(clean_text("đầu tư")), Passage(clean_text("công"))])
    assert terms.exact["công"] == [2 + PASSAGE_GAP]
    assert "tu_cong" not in terms.bigrams


def test_folded_positions_gather_all_spellings_in_order() -> None:
    """A bare syllable stands wherever any of its accented spellings does."""
    terms = analyse_raw("phí phi phì phí")
    assert terms.exact["phí"] == [0, 3]
    assert terms.folded["phi"] == [0, 1, 2, 3]


def test_terms_are_counted() -> None:
    """Pairs and compounds know how often they occur."""
    terms = analyse_raw("Học phí. Học phí và lệ phí.")
    assert terms.bigrams == {"hoc_phi": 2, "phi_va": 1, "va_le": 1, "le_phi": 1}
    assert terms.compounds == {"học_phí": 2, "lệ_phí": 1}


def test_a_key_is_taken_out_of_pairs_and_compounds() -> None:
    """A span ends the runs beside it; its syllables keep their places for phrases."""
    raw = "họp ngày 10 tháng 7 bàn học phí"
    start, end = raw.index("ngày"), raw.index(" bàn")
    terms = analyse_raw(raw, KeySpan(start, end, ("2023-07-10", "07-10")))
    assert terms.exact["ngày"] == [1]
    assert terms.exact["học"] == [6]
    assert terms.bigrams == {"ban_hoc": 1, "hoc_phi": 1}
    assert terms.compounds == {"học_phí": 1}
    assert terms.keys == {"2023-07-10": 1, "07-10": 1}


def test_keys_are_counted_over_all_passages() -> None:
    """A number in the title and twice in the text counts three."""
    span = KeySpan(0, 2, ("15",))
    passages = [Passage(clean_text("15 học"), (span,)), Passage(clean_text("15 15"), (span, span))]
    assert analyse(passages).keys == {"15": 3}


@pytest.mark.parametrize(("start", "end"), [(5, 6), (4, 8), (6, 20), (-3, 6)])
def test_a_syllable_cut_by_a_span_belongs_to_it(start: int, end: int) -> None:
    """Offsets in mid-word never make syllables that are not in the text."""
    raw = "học phí mới"
    terms = analyse_raw(raw, KeySpan(start, end, ()))
    assert terms.exact == analyse_raw(raw).exact
    assert "hoc_phi" not in terms.bigrams


@pytest.mark.parametrize(("start", "end"), [(3, 3), (8, 5), (11, 90), (-9, -2), (-9, 0)])
def test_a_span_of_nothing_changes_nothing(start: int, end: int) -> None:
    """Empty, turned round or outside of the text: no run ends there."""
    raw = "học phí mới"
    assert analyse_raw(raw, KeySpan(start, end, ())) == analyse_raw(raw)


@given(
    st.text(alphabet="abđÊ .,\n1", max_size=60),
    st.lists(st.tuples(st.integers(-5, 70), st.integers(-5, 70)), max_size=6),
)
def test_spans_never_move_a_syllable(raw: str, offsets: list[tuple[int, int]]) -> None:
    """However spans lie over each other, every syllable stays where it was."""
    text = clean_text(raw)
    spans = tuple(KeySpan(start, end, ("k",)) for start, end in offsets)
    with_spans, without = analyse([Passage(text, spans)]), analyse([Passage(text)])
    assert with_spans.exact == without.exact
    free = [
        s.normal
        for s in find_syllables(text)
        if not any(max(a, s.start) < min(b, s.end) for a, b in offsets)
    ]
    assert [syllable for run in split_runs(text, spans) for syllable in run] == free


def test_compounds_are_pyvis_words_of_several_syllables() -> None:
    """Compounds come from pyvi, each joined by underscores."""
    text = clean_text("HỘI ĐỒNG NHÂN DÂN thành phố")
    assert list(find_compounds(split_runs(text))) == ["hội_đồng", "nhân_dân", "thành_phố"]


@given(st.lists(st.lists(st.sampled_from(["học", "phí", "12", "xã", "hội"]), max_size=9)))
def test_compounds_of_many_runs_are_those_of_each(runs: list[list[str]]) -> None:
    """No compound reaches from one run into the next, wherever a batch ends."""
    alone = [word for run in runs for word in find_compounds([run])]
    assert list(find_compounds(runs)) == alone


def test_batches_end_between_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    """A text longer than a batch has the same compounds."""
    runs = split_runs(clean_text("Học phí, lệ phí; phí. Hội đồng, nhân dân."))
    whole = list(find_compounds(runs))
    monkeypatch.setattr(analysis, "_BATCH", 2)
    assert list(find_compounds(runs)) == whole == ["học_phí", "lệ_phí", "hội_đồng", "nhân_dân"]


def test_folded_syllables_without_end_are_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only so many are remembered, and none as long as a text."""
    monkeypatch.setattr(analysis, "_FOLDED", kept := analysis._FoldedSyllables())
    monkeypatch.setattr(analysis, "_FOLDS_KEPT", 2)
    assert set(fold_positions({"đ" * 99: [0], "ê": [1], "ô": [2], "ủ": [3]})) == {
        *("d" * 99, "e", "o", "u")
    }
    assert kept == {"ê": "e", "ô": "o"}


@pytest.mark.parametrize("unit", ["học phí ", "đ", "đ ", "7", "7 ", "a.", "học\n\n", "\u0301 a"])
def test_time_grows_no_faster_than_the_text(unit: str) -> None:
    """Eight times as long a text takes about eight times as long, not sixty-four times."""
    seconds = []
    for size in (50_000, 400_000):
        raw = unit * (size // len(unit))
        started = time.process_time()
        analyse_raw(raw)
        seconds.append(time.process_time() - started)
    assert seconds[1] < 30 * seconds[0] + 0.5
