"""Which words of a query may be corrected: not its structure, its numbers, nor names of places."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from indexer.language.analysis import find_syllables, normalise
from indexer.language.spelling import is_right_so_far
from indexer.language.text import clean_text, fold
from indexer.language.typing_methods import decode_keystrokes
from indexer.reading.metadata.number import find_numbers
from indexer.reading.metadata.units import UNIT_KINDS, list_units

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from indexer.language.analysis import Syllable
    from indexer.records import CleanText

_FIELD_OR_PREFIX = re.compile(r"\s?[:*]")
_KIND_ENDS = frozenset(kind.split()[-1] for kind in UNIT_KINDS)
_LONGEST_NAME = 6
# Readers ask with these; the papers of offices hardly hold them, and so they would look mistyped.
_SPOKEN_WORDS = (
    *("tôi", "mình", "em", "bạn", "cháu", "bác", "chú", "đâu", "nhiêu", "bao", "sao", "mấy", "nào"),
    *("gì", "thế", "vậy", "chưa", "nhé", "hả", "nhỉ"),
)
_SPOKEN = frozenset((*_SPOKEN_WORDS, *map(fold, _SPOKEN_WORDS)))


class Slot(NamedTuple):
    """A word of the query that may be read in another way."""

    start: int
    end: int
    word: str
    follows: bool
    """Nothing but white space stands between it and the slot before."""


def find_slots(text: CleanText) -> Iterator[Slot]:
    """Yield the words that may be corrected, in order.

    >>> [slot.word for slot in find_slots(clean_text("hocj phis OR 15/2023/NQ-HĐND xã Ô Diên"))]
    ['hocj', 'phis', 'xã']
    """
    words = list(find_syllables(text))
    fixed = _find_places([word.normal for word in words])
    numbers = [range(span.start, span.end) for span in find_numbers(text, lenient=True)]
    before: int | None = None
    for place, word in enumerate(words):
        known = place in fixed or word.normal in _SPOKEN
        known = known or any(word.start in number for number in numbers)
        if known or _is_structure(text, word) or not _is_word(word.normal):
            continue
        follows = before is not None and text[before : word.start].isspace()
        yield Slot(word.start, word.end, word.normal, follows)
        before = word.end


def _is_structure(text: str, word: Syllable) -> bool:
    """Tell whether a word names a field, begins a prefix, or stands in capitals among others."""
    capitals = text[word.start : word.end].isupper() and not text.isupper()
    return capitals or bool(_FIELD_OR_PREFIX.match(text, word.end))


def _is_word(normal: str) -> bool:
    return len(normal) > 1 and (normal.isalpha() or bool(decode_keystrokes(normal)))


def _find_places(words: Sequence[str]) -> set[int]:
    """Return which words are names of administrative units, which few documents may mention.

    A name of one syllable counts behind its kind alone (xã Vân).
    """
    found: set[int] = set()
    for first in range(len(words)):
        shortest = 1 if first and words[first - 1] in _KIND_ENDS else 2
        for count in range(shortest, _LONGEST_NAME + 1):
            if _is_place(" ".join(words[first : first + count])):
                found.update(range(first, first + count))
    return found


def _is_place(words: str) -> bool:
    """Tell whether a unit is called so; a province is known with half its accents."""
    return any(
        words in (name, fold(name)) or (provincial and is_right_so_far(words, name))
        for name, provincial in _place_names().get(fold(words), ())
    )


@lru_cache(maxsize=1)
def _place_names() -> Mapping[str, tuple[tuple[str, bool], ...]]:
    """Return the names of all units by their bare letters, and which are provinces'."""
    found: dict[str, dict[tuple[str, bool], None]] = {}
    units = {(entry.alias or entry.unit.name, entry.tier == "tỉnh"): None for entry in list_units()}
    # All names at once, since a server that starts waits for it.
    names = normalise(clean_text("\n".join(name for name, _provincial in units)))
    for line, (_name, provincial) in zip(names.split("\n"), units, strict=True):
        name = line if line.replace(" ", "").isalpha() else _read_syllables(line)
        found.setdefault(fold(name), {})[name, provincial] = None
    return {bare: tuple(names) for bare, names in found.items()}


def _read_syllables(line: str) -> str:
    return " ".join(word.normal for word in find_syllables(clean_text(line)))
