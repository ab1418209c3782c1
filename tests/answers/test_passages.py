"""Passages show why a document was found: the best place, in whole sentences."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from indexer.answers.marks import Marker, plain
from indexer.answers.passages import (
    Stretch,
    find_passages,
    passage_from,
)
from indexer.answers.windows import PASSAGE_CHARACTERS
from indexer.language.text import clean_text, fold
from indexer.query_records import Expansion, Phrase, Plain, Word
from indexer.records import CleanText

FILLER = "Hội nghị thảo luận nhiều nội dung. " * 40


def asked(typed: str) -> Marker:
    """Return the marker of plain words."""
    words = tuple(Word(word, accented=fold(word) != word) for word in typed.split())
    return Marker([Plain(words)] if words else [])


def best(text: str, typed: str) -> Stretch:
    """Return the first passage."""
    return find_passages(clean_text(text), asked(typed))[0]


def test_a_passage_shows_the_densest_place() -> None:
    """A place with both words beats an earlier place with one."""
    found = best(f"Học sinh. {FILLER} Mức thu học phí mới. {FILLER}", "học phí").fragments
    assert plain(found).startswith("… Mức thu học phí mới.")
    assert [f.text for f in found if f.marked] == ["học", "phí"]
    assert plain(found).endswith(" …")


def test_a_passage_holds_whole_sentences() -> None:
    """What would be cut at its end is left out when no match stands there."""
    text = f"Mức thu học phí mới. Áp dụng từ tháng chín. {'Một câu rất dài ' * 30}."
    assert plain(best(text, "học phí").fragments) == (
        "Mức thu học phí mới. Áp dụng từ tháng chín. …"
    )


def test_a_second_passage_brings_the_words_that_the_first_lacks() -> None:
    """And there is none where the first says it all."""
    text = clean_text(f"Mức thu học phí. {FILLER} Cấp mầm non. {FILLER} Học phí.")
    first, second = find_passages(text, asked("học phí mầm non"))
    assert "học phí" in plain(first.fragments)
    assert "mầm non" in plain(second.fragments)
    assert len(find_passages(text, asked("học phí"))) == 1


def test_words_that_say_more_win() -> None:
    """A rare word counts for more than two common ones."""
    text = clean_text(f"Nhiều nội dung. {FILLER} San hô. {FILLER}")
    found = find_passages(
        text,
        asked("nội san"),
        lambda word: 9.0 if word.syllable == "san" else 0.1,
    )
    assert "San hô" in plain(found[0].fragments)


def test_words_in_a_row_win_over_scattered_ones() -> None:
    """Of two places with the same words."""
    text = f"Học sinh nộp nhiều phí. {FILLER} Thu học phí. {FILLER}"
    assert "Thu học phí" in plain(best(text, "học phí").fragments)


def test_another_way_to_say_it_counts_as_the_words() -> None:
    """The passage with the phrase that an abbreviation stands for is found."""
    phrase = Phrase((Word("phòng", accented=True), Word("cháy", accented=True)))
    word = Word("pccc", accented=False)
    marker = Marker([Plain((word,), expansions=(Expansion((word,), (phrase,)),))])
    found = find_passages(clean_text(f"{FILLER} Tập huấn phòng cháy. {FILLER}"), marker)[0]
    assert [f.text for f in found.fragments if f.marked] == ["phòng cháy"]


def test_a_passage_is_short_and_keeps_whole_words() -> None:
    """It is cut at white space, on one line, also inside an endless sentence."""
    text = clean_text("một hai ba " * 200 + "\n\nhọc\nphí " + "bốn năm " * 200)
    found = plain(best(text, "học phí").fragments)
    assert len(found) <= PASSAGE_CHARACTERS + 4
    assert "\n" not in found
    assert set(found.strip("… ").split()) <= set(text.split())


def test_far_into_an_endless_sentence_the_passage_begins_before_the_match() -> None:
    """With some words ahead of it, and none of them cut."""
    text = clean_text("một hai ba " * 60 + "học phí " + "bốn năm " * 60)
    found = best(text, "học phí")
    before, *_ = found.fragments[1:]
    assert plain(found.fragments).startswith("… ")
    assert set(before.text.split()) == {"một", "hai", "ba"}
    assert 20 < len(before.text) < 60
    assert [f.text for f in found.fragments if f.marked] == ["học", "phí"]


def test_the_match_is_where_the_words_stand_in_a_row() -> None:
    """Its offset names the page and the article."""
    text = clean_text("Học sinh. Thu học phí.")
    assert best(text, "học phí").match == text.index("học phí")


def test_what_stands_in_the_head_counts_for_less() -> None:
    """The title is on the card already; a passage behind it tells more."""
    text = clean_text(f"Nghị quyết về mức thu học phí. {FILLER} Thu học phí theo tháng. {FILLER}")
    head = text.index("Hội nghị")
    marker = asked("học phí")
    assert "mức thu" in plain(find_passages(text, marker)[0].fragments)
    assert "theo tháng" in plain(find_passages(text, marker, head=head)[0].fragments)


def test_without_a_match_the_beginning_is_shown() -> None:
    """A hit by its title alone still shows what it says."""
    assert plain(best(FILLER, "xyz").fragments).startswith("Hội nghị")
    assert plain(best("Ngắn.", "").fragments) == "Ngắn."
    assert best("", "học") == Stretch((), None)
    assert best(FILLER, "xyz").match is None


def test_one_endless_word_is_cut_rather_than_lost() -> None:
    """A text without white space still has a passage."""
    assert len(plain(best("x" * 1000, "học").fragments)) == PASSAGE_CHARACTERS + 2


def test_a_part_asked_for_is_shown_from_its_beginning() -> None:
    """Its words are marked, wherever better matches stand."""
    text = clean_text(f"Học phí. {FILLER} Điều 2. Mức thu học phí. {FILLER}")
    start = text.index("Điều 2")
    found = passage_from(text, start, asked("học phí"))
    assert plain(found.fragments).startswith("… Điều 2. Mức thu học phí.")
    assert found.match == start
    assert [f.text for f in found.fragments if f.marked] == ["học", "phí"]


@given(st.text(alphabet="ab cđ.\n ", max_size=600), st.text(alphabet="ab đ", max_size=8))
def test_a_passage_is_a_part_of_its_text(raw: str, typed: str) -> None:
    """Whatever the text is, white space aside."""
    text = clean_text(raw)
    for found in find_passages(text, asked(typed)):
        shown = plain(found.fragments).removeprefix("… ").removesuffix(" …")
        assert "".join(shown.split()) in "".join(text.split())


def test_a_passage_stands_on_one_line() -> None:
    """Whatever white space the text has: line breaks, paragraphs, odd spaces of converters."""
    for between in ("\n", "\n\n", "\u2003", " \u2003 ", "\u2009\n"):
        found = passage_from(CleanText(f"Thu{between}học phí{between}mới."), 0, asked("học phí"))
        assert plain(found.fragments) == "Thu học phí mới."
