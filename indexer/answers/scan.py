"""Texts looked through for words and phrases, many at once.

Numbers here are those of syllables, counted through all texts.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import product
from typing import TYPE_CHECKING

import numpy as np

from indexer.answers.syllable_codes import (
    Syllables,
    begins,
    code_of,
    says_all,
    spelling_of,
)
from indexer.language.analysis import normalise
from indexer.language.text import fold, unify_tone_style
from indexer.records import CleanText

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Numbers = NDArray[np.intp]

# The index counts syllables, whatever stands between them; a phrase ends where more does.
_MOST_BETWEEN = 16
# No phrase reaches from one text into the next.
_APART = "\n" * (_MOST_BETWEEN + 1)
_MEMORY = 2_000
# Texts have "hòa" as well as "hoà", which is how queries are normalised.
_OLD_STYLES = {
    unify_tone_style(old): old
    for old in map("".join, product("òóỏõọùúủũụ", "aey"))
    if unify_tone_style(old) != old
}


def place_texts(texts: Sequence[str]) -> list[int]:
    """Return where each of some texts begins when they stand one behind the other.

    >>> place_texts(["ab", "c", ""])
    [0, 19, 37]
    """
    places, place = [], 0
    for text in texts:
        places.append(place)
        place += len(text) + len(_APART)
    return places


class Scan:
    """The syllables of some texts, which stand one behind the other as `place_texts` says."""

    def __init__(self, texts: Sequence[CleanText]) -> None:
        self._text = texts[0] if len(texts) == 1 else _APART.join(texts)
        self._texts = np.array(place_texts(texts), np.intp)
        self._syllables = Syllables(self._text)
        self.starts, self.ends = self._syllables.starts, self._syllables.ends
        self._codes = self._syllables.codes
        self._known: dict[str, Numbers] = {}

    def find(self, form: str) -> Numbers:
        """Return the syllables that are the folded one in any spelling."""
        numbers = self._known.get(form)
        if numbers is None:
            numbers = self._known[form] = self._find(form)
        return numbers

    def find_together(self, forms: Sequence[str]) -> Numbers:
        """Return the first syllables of stretches that have these forms, none inside another."""
        numbers = self.find(forms[0])
        numbers = numbers[numbers + len(forms) <= len(self.starts)]
        for step, form in enumerate(forms[1:], 1):
            numbers = numbers[self._code(form)[0] == self._codes[numbers + step]]
            between = self.starts[numbers + step] - self.ends[numbers + step - 1]
            numbers = numbers[between <= _MOST_BETWEEN]
            if not self._code(form)[1]:
                numbers = numbers[np.isin(numbers + step, self.find(form))]
        return self._apart(numbers, len(forms))

    def find_beginning(self, stem: str, *, accented: bool) -> Numbers:
        """Return the syllables that begin with a stem, in any spelling unless it has accents."""
        numbers = np.flatnonzero(begins(self._codes, fold(stem)))
        # Codes hold eight letters, and an accented stem wants its accents.
        found = [
            written.startswith(stem) if accented else fold(written).startswith(fold(stem))
            for written in self._written(numbers)
        ]
        kept: Numbers = numbers[np.array(found, bool)]
        return kept

    def spelled(self, numbers: Numbers, syllable: str) -> NDArray[np.bool_]:
        """Return which syllables are spelled just so, but for capitals and the style of tones."""
        codes = [spelling_of(written) for written in _written_as(syllable)]
        if None in codes:
            same = [written == syllable for written in self._written(numbers)]
            return np.array(same, bool)
        spellings = self._syllables.spellings(numbers)
        found = [spellings == np.uint64(code) for code in codes if code is not None]
        just_so: NDArray[np.bool_] = np.logical_or.reduce(found)
        return just_so

    def text_of(self, numbers: Numbers) -> NDArray[np.intp]:
        """Return which text each syllable stands in."""
        return self._texts.searchsorted(self.starts[numbers], "right")

    def _find(self, form: str) -> Numbers:
        code, enough = self._code(form)
        numbers: Numbers = np.flatnonzero(self._codes == code)
        if not enough:
            same = [fold(written) == form for written in self._written(numbers)]
            numbers = numbers[np.array(same, bool)]
        return numbers

    def _written(self, numbers: Numbers) -> list[str]:
        text = self._text
        return [
            normalise(CleanText(text[start:end]))
            for start, end in zip(
                self.starts[numbers].tolist(), self.ends[numbers].tolist(), strict=True
            )
        ]

    @staticmethod
    def _code(form: str) -> tuple[np.uint64, bool]:
        return np.uint64(code_of(form)), says_all(form)

    @staticmethod
    def _apart(numbers: Numbers, length: int) -> Numbers:
        if len(numbers) < 2 or (np.diff(numbers) >= length).all():  # noqa: PLR2004 - of a pair
            return numbers
        kept: list[int] = []
        for number in numbers.tolist():
            if not kept or number - kept[-1] >= length:
                kept.append(number)
        return np.array(kept, np.intp)


@lru_cache(_MEMORY)
def _written_as(syllable: str) -> tuple[str, ...]:
    """Return a normalised syllable in the styles of tones that it may be written in.

    >>> _written_as("hoà"), _written_as("phí")
    (('hoà', 'hòa'), ('phí',))
    """
    others = (syllable.replace(new, old) for new, old in _OLD_STYLES.items() if new in syllable)
    return (syllable, *(other for other in others if unify_tone_style(other) == syllable))
