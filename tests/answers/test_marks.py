"""Marks stand on what a query asks for, in the text's own spelling, and on nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.answers.marks import Marker, plain
from indexer.language.text import clean_text, fold
from indexer.query_records import (
    Expansion,
    InField,
    Near,
    Node,
    NumberClause,
    Period,
    Phrase,
    Plain,
    Prefix,
    Word,
)


def words(typed: str) -> tuple[Word, ...]:
    """Return the words of a lower-case string; those with accents heed them."""
    return tuple(Word(word, accented=fold(word) != word) for word in typed.split())


def marked(text: str, *leaves: Node) -> list[str]:
    """Return the marked pieces of a text."""
    return [f.text for f in Marker(leaves).mark(clean_text(text)) if f.marked]


LEAVES: tuple[Node, ...] = (
    Plain(words("học phí")),
    Phrase(words("hoc phi")),
    Plain(words("a"), expansions=(Expansion(words("a"), (Phrase(words("học phí")),)),)),
    Prefix(Word("quy", accented=False)),
    Near(words("phí đất"), 5),
)


@given(st.text(), st.sampled_from(LEAVES))
def test_marked_fragments_make_up_the_text(raw: str, leaf: Node) -> None:
    """Marking neither loses nor adds a character."""
    text = clean_text(raw)
    assert plain(Marker([leaf]).mark(text)) == text


@pytest.mark.parametrize(
    ("text", "typed", "pieces"),
    [
        ("Thu HỌC PHÍ.", "học phí", ["HỌC", "PHÍ"]),
        ("Thu học phí.", "hoc phi", ["học", "phí"]),
        ("Uỷ ban, ủy ban", "uỷ", ["Uỷ", "ủy"]),
        ("phí phi", "phí", ["phí"]),
        ("cử tri, chủ trì, trí", "cử tri", ["cử", "tri"]),
        ("cử trì, chủ trí", "cử tri", ["cử", "trì", "trí"]),
        ("cử tri, chủ trì", "cu tri", ["cử", "tri", "trì"]),
        ("sinh học, hoá học hoc", "học", ["học", "học"]),
        ("học_phí học-phí", "phí", ["phí", "phí"]),
    ],
)
def test_words_are_marked_as_they_were_asked_for(text: str, typed: str, pieces: list[str]) -> None:
    """Whole words; with accents where they were typed."""
    assert marked(text, Plain(words(typed))) == pieces


def test_a_phrase_is_one_mark() -> None:
    """Its words alone are none, unless they were asked for too."""
    phrase = Phrase(words("đầu tư công"))
    assert marked("phí đầu tư công, đầu tư", phrase) == ["đầu tư công"]
    assert marked("đầu tư công tư", Phrase(words("đầu tư")), Plain(words("công tư"))) == [
        "đầu tư",
        "công",
        "tư",
    ]
    assert marked("hoc phí, học phi, học phí", Phrase(words("học phi"))) == ["học phi", "học phí"]


def test_a_number_is_marked_however_it_is_spaced() -> None:
    """The syllables of a number side by side."""
    clause = NumberClause(("45/2024/nq-hdnd",), phrase=Phrase(words("45 2024 nq hdnd")))
    assert marked("Số 45 /2024/ NQ-HĐND và 45", clause) == ["45 /2024/ NQ-HĐND"]


def test_other_ways_to_say_it_are_marked() -> None:
    """An abbreviation written out, a synonym."""
    expansion = Expansion(words("pccc"), (Phrase(words("phòng cháy chữa cháy")),))
    asked = Plain(words("giám sát pccc"), expansions=(expansion,))
    assert marked("Giám sát phòng cháy, chữa cháy", asked) == [
        "Giám",
        "sát",
        "phòng cháy, chữa cháy",
    ]


def test_weak_words_of_a_question_are_not_marked() -> None:
    """They stand everywhere; alone they are all there is."""
    asked = words("học phí là gì")
    assert marked("Học phí là gì", Plain(asked, weak=asked[2:])) == ["Học", "phí"]
    assert marked("Là gì", Plain(asked[2:], weak=asked[2:])) == ["Là", "gì"]


def test_a_prefix_marks_the_whole_word() -> None:
    """Accents of the stem count where they were typed."""
    assert marked("quyết, quý, qui", Prefix(Word("quy", accented=False))) == ["quyết", "quý"]
    assert marked("quyết, quyền", Prefix(Word("quyế", accented=True))) == ["quyết"]


def test_words_of_a_field_mark_that_field_alone() -> None:
    """A title's words leave the text unmarked."""
    leaf = InField("title", words("học phí"))
    text = clean_text("Học phí mới")
    assert not Marker([leaf]).find(text)
    assert len(Marker([leaf], field="title").find(text)) == 2
    phrase = InField("title", words("học phí"), phrase=True)
    assert len(Marker([phrase], field="title").find(text)) == 1


def test_what_has_no_words_marks_nothing() -> None:
    """A period or an empty query."""
    assert marked("ngày 1/2/2024", Period()) == []
    assert marked("ngày 1/2/2024") == []
