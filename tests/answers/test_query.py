"""What readers type becomes a query, or an error that points at the fault."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from indexer.answers.query import parse_query
from indexer.answers.ranking import SHORT_QUERY, needs_of
from indexer.errors import QueryError
from indexer.language.text import clean_text


def words(typed: str) -> list[str]:
    """Return the plain words of a query."""
    return [word.syllable for word in parse_query(typed).words]


@given(st.text())
@example('"')
@example("a" * 10_000)
@example('""""')
@example("/-/-/")
@example("\ud800")
@example("1/" * 200)
def test_any_text_parses_or_is_a_query_error(typed: str) -> None:
    """Nothing that can be typed raises anything else, and errors point into the text."""
    fault = None
    try:
        parse_query(typed)
    except QueryError as error:
        fault = error
    assert fault is None or (0 <= fault.position <= len(typed) and fault.vietnamese)


def test_plain_words_are_distinct_and_in_order() -> None:
    """Each word counts once, however often it is typed."""
    assert words("học phí, Học PHÍ mới") == ["học", "phí", "mới"]


@pytest.mark.parametrize(
    "typed", ["ỦY BAN", "uỷ ban", unicodedata.normalize("NFD", "ủy ban"), " ủy\u200b  ban\n"]
)
def test_every_spelling_asks_the_same(typed: str) -> None:
    """Queries are analysed as documents are."""
    assert parse_query(typed) == parse_query("ủy ban")


def test_accents_are_asked_for_where_they_are_typed() -> None:
    """A bare word may have any accents; an accented one has its own."""
    assert [(w.syllable, w.accented) for w in parse_query("hoc phí").words] == [
        ("hoc", False),
        ("phí", True),
    ]


@pytest.mark.parametrize("quoted", ['"đầu tư công" phí', "“đầu tư công” phí", "«đầu tư công» phí"])
def test_quotes_of_any_shape_make_a_phrase(quoted: str) -> None:
    """Phones type curly quotes."""
    query = parse_query(quoted)
    assert [w.syllable for w in query.phrases[0].words] == ["đầu", "tư", "công"]
    assert [w.syllable for w in query.words] == ["phí"]


def test_a_document_number_is_a_key_not_words() -> None:
    """Its parts are no plain words; the rest of the query stays."""
    query = parse_query("thay thế 38/2024/NQ-HĐND")
    assert [n.key for n in query.numbers] == ["38/2024/nq-hdnd"]
    assert [w.syllable for w in query.words] == ["thay", "thế"]
    assert parse_query("38/2024/nq-hdnd").numbers == query.numbers


@pytest.mark.parametrize("typed", ["19/4/2024", "2024-2025", "50/100"])
def test_dates_and_years_are_words_not_numbers(typed: str) -> None:
    """A date, a school year and a fraction look like numbers, and are not."""
    assert not parse_query(typed).numbers
    assert words(typed)


def test_neighbours_do_not_reach_across_a_phrase_or_number() -> None:
    """What stood apart when typed stands apart in the query."""
    assert parse_query('học "giá đất" phí').bigrams == ()
    assert parse_query("học 5/2024/NQ-HĐND phí").bigrams == ()
    assert parse_query("học phí").bigrams == ("hoc_phi",)


def test_an_empty_query_asks_for_everything() -> None:
    """No words is no error: it lists all documents."""
    assert parse_query(" \n ").is_empty


@pytest.mark.parametrize("typed", ["?!…", '""', '" "', "---", "“”"])
def test_a_query_of_punctuation_is_refused(typed: str) -> None:
    """The reader is asked for a word."""
    with pytest.raises(QueryError, match="no letters or digits"):
        parse_query(typed)


@pytest.mark.parametrize(
    ("typed", "position", "suggestion"),
    [('thu "học phí', 4, 'thu "học phí"'), ('thu học phí "', 12, "thu học phí")],
)
def test_an_open_quote_is_pointed_at_and_mended(typed: str, position: int, suggestion: str) -> None:
    """The error knows where the quote stands and offers what was probably meant."""
    with pytest.raises(QueryError, match="never closed") as caught:
        parse_query(typed)
    assert (caught.value.position, caught.value.suggestion) == (position, suggestion)
    assert not parse_query(suggestion).is_empty


def test_overlong_queries_are_refused_with_a_shorter_one() -> None:
    """10,000 letters are not searched; whole words within the limit are offered."""
    with pytest.raises(QueryError, match="10000 characters"):
        parse_query("a" * 10_000)
    with pytest.raises(QueryError) as caught:
        parse_query("học phí " * 100)
    assert not parse_query(caught.value.suggestion).is_empty
    with pytest.raises(QueryError, match="65 words"):
        parse_query(" ".join(f"từ{n}" for n in range(65)))


def test_short_queries_need_every_word() -> None:
    """The rule of docs/query-language.md: all words up to six."""
    for count in range(1, SHORT_QUERY + 1):
        needs = needs_of(parse_query(" ".join("abcdef"[:count])))
        assert needs.full_words == count
        assert needs.full_pairs == 0
        assert needs.partial_words >= min(2, count)


@pytest.mark.parametrize(
    ("count", "words_needed", "pairs_needed"), [(7, 6, 2), (12, 6, 3), (13, 7, 3), (30, 15, 6)]
)
def test_long_queries_need_half_the_words_and_a_fifth_of_the_pairs(
    count: int, words_needed: int, pairs_needed: int
) -> None:
    """The rule of docs/query-language.md for long queries."""
    needs = needs_of(parse_query(clean_text(" ".join(f"w{n}" for n in range(count)))))
    assert (needs.full_words, needs.full_pairs) == (words_needed, pairs_needed)
    assert (needs.partial_words, needs.partial_pairs) == (-(-count // 3), 1)
