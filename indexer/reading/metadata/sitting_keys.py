"""Sessions (kỳ họp) and terms (khóa) that a text names, as exact keys.

Whose session it is the key does not say: a text that mentions it speaks of its own council's, or
of the National Assembly's.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal, NamedTuple

from indexer.language.text import fold
from indexer.reading.metadata.loose_letters import accept_bare
from indexer.reading.metadata.numerals import DIGIT_WORDS, read_roman
from indexer.reading.metadata.session import spell_session, spell_term

SESSION_TYPES = ("không thường lệ", "thường lệ", "chuyên đề", "bất thường", "đột xuất")
_SORT = rf"(?:{'|'.join(SESSION_TYPES)})"
_COUNTS = "|".join(sorted(DIGIT_WORDS, key=len, reverse=True))
_COUNT = rf"(?:\d{{1,3}}|(?:hai mươi|mười|{_COUNTS})(?:\s(?:{_COUNTS}))?)(?![^\W_])"
_SESSION = (
    rf"k(?:ỳ|ì)\s{{1,2}}họp\s{{1,2}}(?P<key>(?:\(?{_SORT}\)?\s{{1,2}})?"
    rf"(?:lần\s{{1,2}}(?:thứ\s{{1,2}})?|thứ\s{{1,2}}){_COUNT})"
)
_TYPE = rf"k(?:ỳ|ì)\s{{1,2}}họp\s{{1,2}}\(?(?P<key>{_SORT})(?![^\W_])"
_TERM = r"khoá\s{1,2}(?:thứ\s)?(?P<key>[ivxl]{1,7}|\d{1,2})(?![^\W_]|[/.-]\d|%)"
# Which word with accents a bare one stands for, in these phrases only.
_RIGHT_WORDS = {
    fold(word): word
    for phrase in (*SESSION_TYPES, *DIGIT_WORDS, "kỳ họp lần thứ", "mười")
    for word in phrase.split()
}


class SittingSpan(NamedTuple):
    """A session or a term that a text names, `text[start:end]`."""

    start: int
    end: int
    key_start: int
    """Where the words begin that tell it from others: behind "kỳ họp", "khóa"."""
    sort: Literal["session", "session-type", "term"]
    value: str
    """"15", "bất thường lần thứ 5"; "chuyên đề"; a term as a number, "16"."""

    @property
    def key(self) -> str:
        """The key it is indexed by."""
        return f"{self.sort}:{self.value}"


@lru_cache(maxsize=2)
def _patterns(*, loose: bool) -> tuple[re.Pattern[str], ...]:
    sources = (_SESSION, _TYPE, _TERM)
    return tuple(re.compile(accept_bare(source) if loose else source) for source in sources)


def find_sittings(lowered: str, *, loose: bool = False) -> list[SittingSpan]:
    """Return the sessions and terms that lower letters name, in order.

    `loose` reads words without accents too, for queries.

    >>> [span.key for span in find_sittings("kỳ họp thứ hai, hđnd khoá xvii")]
    ['session:2', 'term:17']
    >>> [span.key for span in find_sittings("ky hop bat thuong lan thu nam", loose=True)]
    ['session:bất thường lần thứ 5']
    """
    session, sort, term = _patterns(loose=loose)
    found = [_read_session(match) for match in session.finditer(lowered)]
    ends = {span.start for span in found if span}
    found += [
        SittingSpan(*_place(match), "session-type", _restore(match["key"]))
        for match in sort.finditer(lowered)
        if match.start() not in ends
    ]
    found += [_read_term(match) for match in term.finditer(lowered)]
    return sorted(span for span in found if span)


def _place(match: re.Match[str]) -> tuple[int, int, int]:
    return match.start(), match.end(), match.start("key")


def _restore(words: str) -> str:
    """Return words of these phrases with their accents."""
    right = (_RIGHT_WORDS.get(word, word) for word in words.strip("()").split())
    return " ".join(right).replace("hai mười", "hai mươi")


def _read_session(match: re.Match[str]) -> SittingSpan | None:
    words = _restore(match["key"].replace("(", "").replace(")", ""))
    words = re.sub("lần (?!thứ)", "lần thứ ", words)
    value = spell_session(f"kỳ họp {words}")
    return SittingSpan(*_place(match), "session", value) if value[-1:].isdigit() else None


def _read_term(match: re.Match[str]) -> SittingSpan | None:
    number = term_number(match["key"])
    return SittingSpan(*_place(match), "term", number) if number else None


def term_number(words: str) -> str:
    """Return a term as a plain number, "" for what is none.

    >>> term_number("XVI"), term_number("khóa 17"), term_number("cũ")
    ('16', '17', '')
    """
    spelled = spell_term(words).lower()
    return str(read_roman(spelled)) if re.fullmatch("[ivxl]+", spelled) else ""
