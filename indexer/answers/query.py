"""The query language: plain words, "phrases in quotes" and document numbers.

docs/query-language.md is its manual. Whatever is typed gives a Query or a QueryError that points
at the fault.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from indexer.errors import QueryError
from indexer.language.analysis import find_compounds, find_syllables, fold_bigrams, split_runs
from indexer.language.text import clean_text, fold
from indexer.reading.metadata.number import find_numbers, number_keys
from indexer.search_records import NumberClause, Phrase, Query, Word
from indexer.settings import QUERY_CHARACTERS, QUERY_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable

_QUOTES = re.compile("[“”„‟″«»]")
_PHRASE = re.compile(r'"([^"]*)"')


def parse_query(typed: str) -> Query:
    """Return what was typed as a Query; an empty one asks for every document.

    QueryError: longer than 500 characters or 64 words, an unclosed quote, nothing but punctuation.

    >>> query = parse_query('học phí "đầu tư công"')
    >>> [word.syllable for word in query.words]
    ['học', 'phí']
    >>> [word.syllable for word in query.phrases[0].words]
    ['đầu', 'tư', 'công']
    """
    _check_length(typed)
    text = _QUOTES.sub('"', clean_text(typed).replace("\n", " "))
    if not text:
        return Query()
    _check_quotes(text)
    phrases = [_read_words(part) for part in _PHRASE.findall(text)]
    rest = _PHRASE.sub(" ; ", text)
    numbers, rest = _take_numbers(rest)
    words = tuple(dict.fromkeys(_read_words(rest)))
    query = Query(
        words=words,
        phrases=tuple(Phrase(phrase) for phrase in phrases if phrase),
        numbers=numbers,
        bigrams=tuple(dict.fromkeys(fold_bigrams(split_runs(clean_text(rest))))),
        compounds=_read_compounds(rest, words),
    )
    _check_words(query, text)
    return query


def _check_length(typed: str) -> None:
    if len(typed) > QUERY_CHARACTERS:
        raise QueryError(
            f"the query has {len(typed)} characters; {QUERY_CHARACTERS} are allowed: keep the "
            "words that matter",
            f"Câu hỏi dài {len(typed)} ký tự, tối đa là {QUERY_CHARACTERS}. "
            "Hãy giữ lại những từ quan trọng.",
            position=QUERY_CHARACTERS,
            suggestion=typed[:QUERY_CHARACTERS].rpartition(" ")[0][:QUERY_CHARACTERS],
        )


def _check_quotes(text: str) -> None:
    if text.count('"') % 2:
        position = text.rindex('"')
        raise QueryError(
            f"the quote at character {position + 1} is never closed; close it, or leave it out",
            f"Dấu ngoặc kép ở ký tự thứ {position + 1} chưa được đóng. "
            "Hãy đóng lại hoặc bỏ dấu đó đi.",
            position=position,
            suggestion=f'{text}"' if text[position + 1 :].strip() else text[:position].rstrip(),
        )


def _check_words(query: Query, text: str) -> None:
    if query.is_empty:
        raise QueryError(
            "the query has no letters or digits; type a word or a document number",
            "Câu hỏi không có chữ hay số nào. Hãy gõ một từ hoặc số hiệu văn bản.",
        )
    count = len(query.words) + sum(len(phrase.words) for phrase in query.phrases)
    if count > QUERY_WORDS:
        raise QueryError(
            f"the query has {count} words; {QUERY_WORDS} are allowed: keep those that matter",
            f"Câu hỏi có {count} từ, tối đa là {QUERY_WORDS}. Hãy giữ lại những từ quan trọng.",
            position=len(text),
        )


def _take_numbers(text: str) -> tuple[tuple[NumberClause, ...], str]:
    """Return the document numbers of the text and the text without them."""
    clauses, rest, place = [], [], 0
    for span in find_numbers(text, lenient=True):
        clauses.append(NumberClause(number_keys(span.canonical)[0], _mention(span.canonical)))
        rest.append(text[place : span.start])
        place = span.end
    return tuple(clauses), " ; ".join([*rest, text[place:]])


def _mention(number: str) -> Phrase:
    # Numbers are typed with and without accents; the text's own spelling decides nothing.
    return Phrase(tuple(Word(word.syllable, accented=False) for word in _read_words(number)))


def _read_words(text: str) -> tuple[Word, ...]:
    return tuple(
        Word(syllable.normal, accented=fold(syllable.normal) != syllable.normal)
        for syllable in find_syllables(clean_text(text))
    )


def _read_compounds(text: str, words: Iterable[Word]) -> tuple[str, ...]:
    # pyvi knows accented words only.
    if not any(word.accented for word in words):
        return ()
    return tuple(dict.fromkeys(find_compounds(split_runs(clean_text(text)))))
