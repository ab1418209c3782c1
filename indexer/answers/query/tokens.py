"""What was typed, cut into words, phrases, fields and operators, each with its place.

Nothing here knows what follows what: that is `query_tree.py`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, NamedTuple

from indexer.answers.query import faults
from indexer.answers.query.fields import match_field
from indexer.language.analysis import find_syllables, normalise
from indexer.language.text import clean_text, fold
from indexer.reading.metadata.number import find_numbers
from indexer.records import CleanText
from indexer.settings import QUERY_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from indexer.answers.query.fields import FieldName

TokenKind = Literal[
    "word", "phrase", "prefix", "field", "(", ")", "and", "or", "not", "near", "+", "-"
]
SHORTEST_PREFIX = 2
# Each stands for up to 200 words: of a few letters, all of them are read from the index.
MOST_PREFIXES = 4
WIDEST_NEAR = 50

# Phones and clerks type these; each is one character, so that places stay true.
_EVEN = str.maketrans("“”„‟″＂«»（）：＊＋−", '"' * 8 + "():*+-")
_OPERATORS: dict[str, TokenKind] = {"AND": "and", "OR": "or", "NOT": "not"}
_VIETNAMESE: dict[str, TokenKind] = {
    "VÀ": "and",
    "HOẶC": "or",
    "KHÔNG": "not",
    "HOAC": "or",
    "KHONG": "not",
}
_CHUNK = re.compile(r'[^\s"()]+')
_WORD = re.compile(r"[^\W_]+")
_NEAR = re.compile(r"(?:NEAR|GẦN)/(\d{1,9})")
_REACH = re.compile(r"~(\d{1,9})")
_STEM = re.compile(r"(?P<before>.*?)(?P<stem>[^\W_]+)\*[.,;:!?…]*")
_LABEL = re.compile(r"[^\W_]{1,2}\)")


class Token(NamedTuple):
    """One piece of a query, `text[start:end]`."""

    kind: TokenKind
    start: int
    end: int
    value: str = ""
    """A word as it stands, the inside of a phrase, the letters of a prefix."""
    reach: int | None = None
    """How many syllables more than its own a phrase or NEAR may span."""
    field: FieldName | None = None
    glued: bool = False
    """A field whose value follows without a space."""


def prepare_text(typed: str) -> CleanText:
    """Return what was typed, clean, on one line, with one kind of quote and parenthesis.

    >>> prepare_text(" “đầu tư công”  （HÐND） ")
    '"đầu tư công" (HĐND)'
    """
    return CleanText(" ".join(clean_text(typed).translate(_EVEN).split()))


def find_tokens(text: CleanText) -> tuple[Token, ...]:
    """Return the tokens of a prepared text, in order.

    FaultyQueryError: a quote that is never closed, a * out of place, more than 64 words or 4
    prefixes.

    >>> [(token.kind, token.value) for token in find_tokens(prepare_text('phí OR "học phí" -quy*'))]
    [('word', 'phí'), ('or', 'OR'), ('phrase', 'học phí'), ('-', '-'), ('prefix', 'quy')]
    """
    tokens = tuple(_Lexer(text).run())
    _check_words(tokens, text)
    return tokens


def _check_words(tokens: tuple[Token, ...], text: str) -> None:
    searched = [token for token in tokens if token.kind in ("word", "phrase", "prefix")]
    places = [
        token.start + syllable.start
        for token in searched
        for syllable in find_syllables(CleanText(text[token.start : token.end]))
    ]
    if len(places) > QUERY_WORDS:
        raise faults.too_many_words(len(places), places[QUERY_WORDS], text)
    prefixes = [token for token in tokens if token.kind == "prefix"]
    if len(prefixes) > MOST_PREFIXES:
        raise faults.too_many_prefixes(prefixes[MOST_PREFIXES].start, text, MOST_PREFIXES)


class _Lexer:
    """Walks once over a text."""

    def __init__(self, text: CleanText) -> None:
        self._text = text
        # What it is compared with: as long as the text, letter for letter.
        self._bare = fold(normalise(text))
        self._numbers = [(span.start, span.end) for span in find_numbers(text, lenient=True)]
        self._place = 0
        self._depth = 0

    def run(self) -> Iterator[Token]:
        while self._place < len(self._text):
            if self._text[self._place].isspace():
                self._place += 1
                continue
            for token in self._next():
                self._place = token.end
                yield token

    def _next(self) -> Iterator[Token]:
        at, text = self._place, self._text
        if text[at] == '"':
            yield self._phrase(at)
        elif text[at] == "(":
            self._depth += 1
            yield Token("(", at, at + 1)
        elif text[at] == ")":
            self._depth -= 1
            yield Token(")", at, at + 1)
        elif text[at] in "+-" and self._is_sign(at):
            yield Token("+" if text[at] == "+" else "-", at, at + 1, text[at])
        else:
            yield from self._field(at) or self._chunk(at)

    def _phrase(self, at: int) -> Token:
        close = self._text.find('"', at + 1)
        if close < 0:
            raise faults.open_quote(at, self._text)
        value, end, reach = self._text[at + 1 : close], close + 1, None
        if found := _REACH.match(self._text, end):
            end, reach = found.end(), self._read_reach(found)
        return Token("phrase", at, end, value, reach)

    def _read_reach(self, found: re.Match[str]) -> int:
        reach = int(found[1])
        if reach > WIDEST_NEAR:
            raise faults.too_far(found.start(1), found.end(1), WIDEST_NEAR)
        return reach

    def _is_sign(self, at: int) -> bool:
        """Tell a sign from a hyphen: it leads a word, a phrase or a parenthesis."""
        before, after = self._text[:at], self._text[at + 1 : at + 2]
        if before and not before[-1].isspace() and before[-1] != "(":
            return False
        if not after or not (after.isalnum() or after in '"('):
            return False
        # "2024 -2025" and "NQ -HĐND" inside a number were typed in haste.
        between_digits = after.isdigit() and before.rstrip()[-1:].isdigit()
        return not between_digits and not any(start < at < end for start, end in self._numbers)

    def _field(self, at: int) -> tuple[Token, ...]:
        if (found := match_field(self._bare, at)) is None:
            return ()
        glued = found.end < len(self._text) and not self._text[found.end].isspace()
        name = self._text[at : found.end - 1]
        return (Token("field", at, found.end, name, field=found.field, glued=glued),)

    def _chunk(self, at: int) -> Iterator[Token]:
        end = self._end_of_chunk(at)
        value = self._text[at:end]
        if near := _NEAR.fullmatch(value):
            reach = self._read_reach(_NEAR.match(self._text, at) or near)
            yield Token("near", at, end, value, reach)
        elif value in _OPERATORS:
            yield Token(_OPERATORS[value], at, end, value)
        elif value in _VIETNAMESE and not self._among_capitals(at, end):
            yield Token(_VIETNAMESE[value], at, end, value)
        elif "*" in value:
            yield from self._wildcard(at, end)
        else:
            yield Token("word", at, end, value)

    def _end_of_chunk(self, at: int) -> int:
        match = _CHUNK.match(self._text, at)
        end = match.end() if match else at + 1
        # "a) ..." and "1) ..." count points; they close nothing.
        if not self._depth and (label := _LABEL.fullmatch(self._text, at, end + 1)):
            end = label.end()
        return end

    def _among_capitals(self, at: int, end: int) -> bool:
        """Tell whether the words beside it are in capitals too: then it is a heading's word."""
        before = _WORD.findall(self._text[:at])[-1:]
        after = _WORD.findall(self._text[end:])[:1]
        return all(word.isupper() for word in (*before, *after))

    def _wildcard(self, at: int, end: int) -> Iterator[Token]:
        value = self._text[at:end]
        found = _STEM.fullmatch(value)
        if found is None or "*" in found["before"]:
            bare = value.replace("*", " ")
            raise faults.misplaced_wildcard(at + value.index("*"), at, end, bare)
        start, stem = at + found.start("stem"), found["stem"]
        if len(stem) < SHORTEST_PREFIX:
            raise faults.short_prefix(start, end, stem, SHORTEST_PREFIX)
        if found["before"]:
            yield Token("word", at, start, found["before"])
        yield Token("prefix", start, end, stem)
