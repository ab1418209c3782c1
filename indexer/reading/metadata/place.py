"""Where a document was signed (địa danh): the words before the day in its letterhead."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from indexer.language.text import fold
from indexer.reading.metadata.finding import Finding, inferred, stated
from indexer.reading.metadata.issuer import named_units
from indexer.reading.metadata.letters import lower_letters
from indexer.reading.metadata.units import UNIT_KINDS, province_names

if TYPE_CHECKING:
    from collections.abc import Mapping

    from indexer.reading.metadata.layout import Layout

# Runs on bare letters, since OCR drops and swaps marks: "Phủ Yên, ngay 10 thang 7".
_PLACE_AND_DAY = re.compile(
    r"(?P<place>(?:(?:[A-Z][a-zA-Z]*|pho|xa|tran|khu)[. '-]{1,3}){0,6}"
    r"(?:[A-Z][a-zA-Z]*|\d{1,2})(?: \d{1,2})?)"
    r" ?[,.;]{1,2} ?ng[ao]y[\s\d….,_|lIoO/]{0,16}(?:th[ao]ng|\d{4})"
)
_MOST_WORDS = 6
_MISSPELT = 0.8
_FULL_KIND = {"TP": "Thành phố", "TX": "Thị xã", "TT": "Thị trấn", "T.P": "Thành phố"}
_SHORT_KIND = re.compile(r"(TP|TX|TT|T\.P)[. ] ?(?=[^\W\d_])")
# A unit named after a person is written in full, as one with a number for a name is.
_NAMED_IN_FULL = frozenset(("Hồ Chí Minh",))


def find_place(layout: Layout, issuer: str | None) -> Finding[str] | None:
    """Return the place beside the day in the letterhead, else the one the issuer is named for.

    >>> from indexer.reading.metadata.layout import Layout
    >>> find_place(Layout(head=("Phủ Yên, ngay 10 thang 7 nam 2023",)), None).value
    'Phú Yên'
    >>> find_place(Layout(), "HĐND huyện Thường Tín").value
    'Thường Tín'
    """
    for line in layout.head:
        match = _PLACE_AND_DAY.search(fold(line))
        if match is None:
            continue
        words = line[match.start("place") : match.end("place")]
        if place := _read_place(words, issuer):
            respelt = _even_words(place) not in _even_words(words)
            return stated(place, line[match.start("place") :], _MISSPELT if respelt else 0.95)
    unit = next(iter(named_units(issuer or "")), None)
    if unit is None:
        return None
    full = unit.name in _NAMED_IN_FULL or unit.name.isdigit()
    return inferred(_capitalise(unit.label) if full else unit.name, issuer or "")


def _read_place(words: str, issuer: str | None) -> str | None:
    """Return the place at the end of the words in its right spelling; None for other words."""
    parts = words.split()
    if not words.isupper():
        # The other column's capitals may stand before it in the line.
        while parts and parts[0].isupper() and parts[0].strip(".") not in _FULL_KIND:
            parts = parts[1:]
    if not 1 <= len(parts) <= _MOST_WORDS:
        return None
    for start in range(len(parts)):
        if known := _names(issuer).get(_key(" ".join(parts[start:]))):
            return " ".join((*_kind_before(parts[:start]), known))
    place = _SHORT_KIND.sub(lambda kind: f"{_FULL_KIND[kind[1]]} ", " ".join(parts))
    return place.title() if place.isupper() else place


def _even_words(words: str) -> str:
    for short, full in _FULL_KIND.items():
        words = re.sub(rf"(?<![^\W_]){re.escape(short)}[. ]{{1,2}}", f"{full} ", words)
    return re.sub(r"[\W_]+", "", lower_letters(words))


def _kind_before(parts: list[str]) -> tuple[str, ...]:
    """Return the word for the unit's kind that the place bears, if any."""
    before = " ".join(parts).strip(". ")
    kind = _FULL_KIND.get(before) or next(
        (_capitalise(kind) for kind in UNIT_KINDS if _key(kind) == _key(before)), None
    )
    return (kind,) if kind else ()


def _names(issuer: str | None) -> Mapping[str, str]:
    """Return the right spellings of the provinces and of the issuer's unit, by bare letters."""
    own = {_key(unit.name): unit.name for unit in named_units(issuer or "")}
    return {**_provinces(), **own}


@lru_cache(maxsize=1)
def _provinces() -> Mapping[str, str]:
    return {_key(name): name for name in province_names()}


def _key(name: str) -> str:
    return re.sub(r"[\W_]+", "", fold(name).lower())


def _capitalise(label: str) -> str:
    return label[:1].upper() + label[1:]
