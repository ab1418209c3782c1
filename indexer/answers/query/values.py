"""What the values of fields mean.

Title, issuer, signer and publisher hold words; the other fields hold values of a known form, and
how many words make one is told by reading them.
"""

from __future__ import annotations

import re
from difflib import get_close_matches
from functools import lru_cache
from itertools import takewhile
from typing import TYPE_CHECKING, NamedTuple

from indexer.answers.query import faults
from indexer.answers.query.dates import read_period
from indexer.answers.query.faults import Edit
from indexer.answers.query.fields import CLOSED_FIELDS
from indexer.answers.query.plain import read_stem, read_words
from indexer.answers.query.serials import read_number
from indexer.answers.understanding.expansion import expand
from indexer.language.analysis import normalise
from indexer.language.text import clean_text, fold
from indexer.query_records import FacetChoice, Fact, InField, Or, Prefix
from indexer.reading.metadata.kinds import kind_labels, read_kinds
from indexer.reading.metadata.letters import bare_letters, lower_letters
from indexer.reading.metadata.level_names import read_level
from indexer.records import LEVEL_LABELS, LEVELS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from indexer.answers.query.fields import FieldName
    from indexer.answers.query.tokens import Token
    from indexer.query_records import Node, SearchedField, Word


_LONGEST_VALUE = 8
"""Words of the longest value of a closed field: "ngày 19 tháng 4 năm 2024"."""
_LONGEST_OFFER = 4
_UNIT_SIGN = re.compile(r"\btp\b")
_MOST_WAYS = 4
_LIKELY = 0.8
"""Share of letters in common from which a value may be another one misspelt."""
_ENDINGS = " .,;:!?…"
_LEVEL_OF_UNIT = {
    "phuong": "xã",
    "thitran": "xã",
    "dackhu": "xã",
    "quan": "huyện",
    "thixa": "huyện",
    "thanhpho": "tỉnh",
}
_BODIES = {"hội đồng nhân dân": "hđnd", "uỷ ban nhân dân": "ubnd"}


class Value(NamedTuple):
    """What a value was read as, or what it was perhaps meant to be."""

    node: Node | None
    offered: str = ""


def read_value(field: FieldName, text: str, *, phrase: bool = False) -> Value:
    """Return the condition that a value puts on a field; words alone ask for all of them.

    >>> read_value("kind", "NQ").node
    FacetChoice(facet='kind', values=('nghị quyết',))
    >>> read_value("level", "phố")
    Value(node=None, offered='')
    """
    if field in ("title", "issuer", "signer", "publisher"):
        return Value(_read_field(field, text, phrase=phrase))
    return _READERS[field](text)


def _read_number(text: str) -> Value:
    return Value(read_number(text))


def _read_date(text: str) -> Value:
    return Value(*read_period(text))


def _read_category(text: str) -> Value:
    name = " ".join(fold(normalise(clean_text(text))).split())
    return Value(FacetChoice("category", (name,)) if name else None)


def _read_kind(text: str) -> Value:
    name = _letters(text)
    value = _kinds().get(name) or _bare_kinds().get(fold(name))
    if value:
        return Value(FacetChoice("kind", (value,)))
    likely = get_close_matches(fold(name), _bare_kinds(), n=1, cutoff=_LIKELY)
    return Value(None, kind_labels()[_bare_kinds()[likely[0]]].lower() if likely else "")


def _letters(text: str) -> str:
    """Return a name in lower letters without spaces, as "Nghị_quyết" and "nghị quyết," are one."""
    return "".join(lower_letters(clean_text(text)).replace("_", " ").rstrip(_ENDINGS).split())


@lru_cache(maxsize=1)
def _kinds() -> Mapping[str, str]:
    """Return every name and sign of a kind, in lower letters without spaces."""
    return {
        _letters(name): kind.value
        for kind in reversed(read_kinds())
        for name in (kind.value, kind.label, *kind.headings, *kind.prefixes)
    }


@lru_cache(maxsize=1)
def _bare_kinds() -> Mapping[str, str]:
    """Return the same without accents; of two that look alike the first of the table counts."""
    return {fold(name): value for name, value in _kinds().items()}


def _read_level(text: str) -> Value:
    if level := read_level(text):
        return Value(FacetChoice("level", (level,)))
    if offered := _LEVEL_OF_UNIT.get(bare_letters(text)):
        return Value(None, offered)
    names = {bare_letters(name): level for level in LEVELS for name in (level, LEVEL_LABELS[level])}
    likely = get_close_matches(bare_letters(text), names, n=1, cutoff=_LIKELY)
    return Value(None, names[likely[0]] if likely else "")


_READERS: Mapping[FieldName, Callable[[str], Value]] = {
    "number": _read_number,
    "kind": _read_kind,
    "level": _read_level,
    "date": _read_date,
    "category": _read_category,
}


def _read_field(field: SearchedField, text: str, *, phrase: bool) -> Node | None:
    words = read_words(text)
    if not words:
        return None
    asked = InField(field, words if phrase else tuple(dict.fromkeys(words)), phrase)
    return _with_role(asked, text) if field == "signer" else _said_otherwise(asked, text)


def _said_otherwise(words: InField, text: str) -> Node:
    """Return the condition that other ways to say its words meet as well: "hội đồng nhân dân"."""
    ways = [words.words]
    # In a name of a body it can mean one thing only; elsewhere capitals must tell.
    told = _UNIT_SIGN.sub(lambda sign: sign.group().upper(), clean_text(text).lower())
    for expansion in () if words.phrase else expand(words.words, clean_text(told)):
        said = expansion.phrases[0].words
        ways += [_replace(way, expansion.words, said) for way in ways[:_MOST_WAYS]]
    fields = tuple(InField(words.field, way) for way in dict.fromkeys(ways[1:]))
    return Or((words, *fields)) if fields else words


def _replace(
    words: tuple[Word, ...], covered: tuple[Word, ...], said: tuple[Word, ...]
) -> tuple[Word, ...]:
    kept = (word for word in words if word not in covered)
    return tuple(dict.fromkeys((*kept, *said)))


def _with_role(words: InField, text: str) -> Node:
    """Return the condition on a signer that an office meets as well: "chủ tịch hđnd"."""
    role = " ".join(lower_letters(clean_text(text)).split())
    for name, sign in _BODIES.items():
        role = role.replace(name, sign).replace(fold(name), fold(sign))
    return Or((words, Fact(tuple(dict.fromkeys((f"role:{role}", f"role:{fold(role)}"))))))


class Taken(NamedTuple):
    """A condition, and how many of the tokens behind the field's name it was read from."""

    node: Node
    tokens: int


def take_value(text: str, field: Token, behind: Sequence[Token]) -> Taken | None:
    """Return what the words behind a field's name say; None where they are no value of it.

    A value that is written right behind the colon is one word, one after a space all the words
    that follow. Of a closed field's, in both cases, as many words as make a value.
    """
    words = _words_behind(behind)
    if field.field in CLOSED_FIELDS:
        for count in range(min(len(words), _LONGEST_VALUE), 0, -1):
            if node := _read(text, field, words[:count]).node:
                return Taken(node, count)
        return None
    words = words[:1] if field.glued else words
    node = _read(text, field, words).node if words else None
    return Taken(node, len(words)) if node else None


def fault_of_value(text: str, field: Token, behind: Sequence[Token]) -> faults.FaultyQueryError:
    """Return the fault of the words behind a field's name, which `take_value` could not read."""
    words = _words_behind(behind)[:_LONGEST_OFFER]
    if not words:
        return faults.empty_field(field.value, field.start, field.end)
    for count in range(len(words), 0, -1):
        if offered := _read(text, field, words[:count]).offered:
            return _unknown(text, field, words[:count], offered)
    return _unknown(text, field, words[:1], "")


def _unknown(
    text: str, field: Token, words: Sequence[Token], offered: str
) -> faults.FaultyQueryError:
    start, end = words[0].start, words[-1].end
    value = text[start:end]
    edit = Edit(start, end, offered) if offered else Edit(field.start, end, f" {value} ")
    return faults.unknown_value(field.value, value, start, offered, edit)


def _words_behind(behind: Sequence[Token]) -> list[Token]:
    return list(takewhile(lambda token: token.kind == "word", behind))


def _read(text: str, field: Token, words: Sequence[Token]) -> Value:
    if field.field is None:
        return Value(None)
    return read_value(field.field, text[words[0].start : words[-1].end])


def read_prefix(stem: str, field: FieldName | None = None) -> Prefix | None:
    """Return the condition that a word of the field begins so; None where it has no words.

    >>> read_prefix("Quyế").stem
    Word(syllable='quyế', accented=True)
    """
    if field in ("title", "issuer", "signer", "publisher"):
        return Prefix(read_stem(stem), field)
    return None if field else Prefix(read_stem(stem))


def fault_of_part(field: Token, value: str, start: int, end: int) -> faults.FaultyQueryError:
    """Return the fault of a phrase or words in parentheses that are no value of the field."""
    offered = "" if field.field is None else read_value(field.field, value).offered
    edit = Edit(start, end, offered) if offered else Edit(field.start, field.end, " ")
    return faults.unknown_value(field.value, value, start, offered, edit)
