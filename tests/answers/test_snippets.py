"""Snippets show why a document was found, and marks stand on the matches alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.answers.query import parse_query
from indexer.answers.snippets import SNIPPET_CHARACTERS, make_snippet, mark, plain
from indexer.language.text import clean_text

FILLER = "Hội nghị thảo luận nhiều nội dung. " * 40


def marked(text: str, typed: str) -> list[str]:
    """Return the marked pieces of a text."""
    return [f.text for f in mark(clean_text(text), parse_query(typed)) if f.marked]


@given(st.text(), st.sampled_from(["học phí", '"hoc phi"', "a", "5/2024/NQ-HĐND", ""]))
def test_marked_fragments_make_up_the_text(raw: str, typed: str) -> None:
    """Marking neither loses nor adds a character."""
    text = clean_text(raw)
    assert plain(mark(text, parse_query(typed))) == text


@pytest.mark.parametrize(
    ("text", "typed", "pieces"),
    [
        ("Thu HỌC PHÍ.", "học phí", ["HỌC", "PHÍ"]),
        ("Thu học phí.", "hoc phi", ["học", "phí"]),
        ("Uỷ ban, ủy ban", "ủy", ["Uỷ", "ủy"]),
        ("phí phi", "phí", ["phí"]),
        ("cử tri, chủ trì, trí", "cử tri", ["cử", "tri"]),
        ("cử trì, chủ trí", "cử tri", ["cử", "trì", "trí"]),
        ("cử tri, chủ trì", "cu tri", ["cử", "tri", "trì"]),
        ("sinh học, hoá học hoc", "học", ["học", "học"]),
        ("học_phí học-phí", "phí", ["phí", "phí"]),
        ("phí đầu tư công, đầu tư", '"đầu tư công"', ["đầu tư công"]),
        ("Số 45/2024/NQ-HĐND và 45", "45/2024/nq-hdnd", ["45/2024/NQ-HĐND"]),
        ("đầu tư công", '"đầu tư" tư công', ["đầu tư", "công"]),
        ("không có gì", "", []),
    ],
)
def test_marks_stand_on_matches_alone(text: str, typed: str, pieces: list[str]) -> None:
    """Whole words as asked for, in the text's own spelling."""
    assert marked(text, typed) == pieces


def test_a_snippet_shows_the_densest_place() -> None:
    """A place with both words beats an earlier place with one."""
    text = clean_text(f"Học sinh. {FILLER} Mức thu học phí mới. {FILLER}")
    snippet = make_snippet(text, parse_query("học phí")).fragments
    assert "Mức thu học phí mới" in plain(snippet)
    assert [f.text for f in snippet if f.marked] == ["học", "phí"]
    assert plain(snippet).startswith("… ")
    assert plain(snippet).endswith(" …")


def test_a_snippet_is_short_and_keeps_whole_words() -> None:
    """It is cut at white space, on one line."""
    text = clean_text(FILLER + "\n\nhọc\nphí\n\n" + FILLER)
    snippet = plain(make_snippet(text, parse_query("học phí")).fragments)
    assert len(snippet) <= SNIPPET_CHARACTERS + 4
    assert "\n" not in snippet
    assert set(snippet.strip("… ").split()) <= set(text.split())


def test_without_a_match_the_beginning_is_shown() -> None:
    """A hit by its title alone still shows what it says."""
    text = clean_text(FILLER)
    assert plain(make_snippet(text, parse_query("xyz")).fragments).startswith("Hội nghị")
    assert plain(make_snippet(clean_text("Ngắn."), parse_query("")).fragments) == "Ngắn."
    assert make_snippet(clean_text(""), parse_query("học")).fragments == ()


def test_one_endless_word_is_cut_rather_than_lost() -> None:
    """A text without white space still has a snippet."""
    snippet = plain(make_snippet(clean_text("x" * 1000), parse_query("học")).fragments)
    assert snippet.startswith("x" * SNIPPET_CHARACTERS)


@given(
    st.text(alphabet="học phí. \nx", max_size=2000), st.sampled_from(["học", "phí học", '"c p"'])
)
def test_snippets_come_from_the_text(raw: str, typed: str) -> None:
    """But for the ellipses and white space, a snippet is a stretch of its text."""
    text = clean_text(raw)
    snippet = plain(make_snippet(text, parse_query(typed)).fragments).strip("… ")
    assert " ".join(snippet.split()) in " ".join(text.split())


def test_words_in_a_row_beat_the_same_words_scattered() -> None:
    """The place where the words stand as they were asked for is the one to show."""
    scattered = "Các ngành tiếp tục giải quyết kiến nghị cử tri, báo cáo tri thức, xúc tiến. "
    text = clean_text(f"{scattered}{FILLER}Công tác tiếp xúc cử tri được đổi mới. {FILLER}")
    assert "Công tác tiếp xúc cử tri" in plain(
        make_snippet(text, parse_query("tiep xuc cu tri")).fragments
    )


def test_the_place_of_a_snippet_is_where_the_words_stand_in_a_row() -> None:
    """A stray word before it is not the passage to cite."""
    text = clean_text("Khoản thu khác. Điều 2. Mức thu học phí mới.")
    snippet = make_snippet(text, parse_query("thu học phí"))
    assert snippet.match == text.index("thu học phí")
    assert make_snippet(text, parse_query("xyz")).match is None
