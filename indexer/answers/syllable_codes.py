"""Every syllable of a text as a number, all at once: texts are looked through without a loop.

A *code* is the first eight letters of a syllable, in lower case and without accents, as the bytes
of one number; a *spelling* is the same with accents. Vietnamese syllables have seven letters at
most, so that nearly all codes say all.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from indexer.language.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

_CODED_LETTERS = 8
_MEMORY = 2_000
_CHARACTERS = 0x110000
# A character that was not met yet.
_UNKNOWN = 255
# Letters that are no ASCII without their accents share the numbers from here on.
_FOREIGN, _FOREIGN_NUMBERS = 128, 120
_FIRST_LETTERS = np.array([(1 << 8 * n) - 1 for n in range(_CODED_LETTERS + 1)], np.uint64)
_LETTERS = np.full(_CHARACTERS, _UNKNOWN, np.uint8)
_BARE = "abcdefghijklmnopqrstuvwxyz0123456789"
_ACCENTED = "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ"
# Every letter of Vietnamese has a number of its own; what else there is shares the last one.
_SPELLED = {letter: ord(letter) for letter in _BARE}
_SPELLED.update({letter: number for number, letter in enumerate(_ACCENTED, 128)})
_SPELLINGS = np.full(_CHARACTERS, _UNKNOWN, np.uint8)
for _letter_, _number_ in _SPELLED.items():
    _SPELLINGS[[ord(_letter_), ord(_letter_.upper())]] = _number_


class Syllables:
    """The syllables of a text in order, as columns."""

    def __init__(self, text: str) -> None:
        """Take NFC text; its syllables are its runs of letters and digits.

        >>> found = Syllables("Học phí, học_phí")
        >>> found.starts.tolist(), found.ends.tolist()
        ([0, 4, 9, 13], [3, 7, 12, 16])
        >>> (found.codes == code_of("hoc")).tolist()
        [True, False, True, False]
        """
        self._characters = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
        letters = self._look_up(_LETTERS)
        if letters.max() == _UNKNOWN:
            _meet(np.unique(self._characters[letters[1 : len(text) + 1] == _UNKNOWN]).tolist())
            letters = self._look_up(_LETTERS)
        inside = letters[: len(text) + 2] != 0
        edges = np.flatnonzero(inside[1:] != inside[:-1])
        self.starts: NDArray[np.intp] = edges[::2]
        self.ends: NDArray[np.intp] = edges[1::2]
        self.codes = self._pack(letters, slice(None))
        self._spelled: NDArray[np.uint8] | None = None

    def spellings(self, numbers: NDArray[np.intp]) -> NDArray[np.uint64]:
        """Return the spellings of some syllables, by their numbers."""
        if self._spelled is None:
            self._spelled = self._look_up(_SPELLINGS)
        return self._pack(self._spelled, numbers)

    def _look_up(self, table: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """Return each character's number, with room around for whoever reads eight at once."""
        count = len(self._characters)
        letters = np.zeros(count + _CODED_LETTERS + 2, np.uint8)
        np.take(table, self._characters, out=letters[1 : count + 1], mode="clip")
        return letters

    def _pack(
        self, letters: NDArray[np.uint8], numbers: NDArray[np.intp] | slice
    ) -> NDArray[np.uint64]:
        starts = self.starts[numbers]
        # At each letter the eight bytes from there on as one number.
        from_here = np.ndarray(len(letters) - _CODED_LETTERS, "<u8", letters.data, 1, (1,))
        lengths = np.minimum(self.ends[numbers] - starts, _CODED_LETTERS)
        packed: NDArray[np.uint64] = from_here[starts] & _FIRST_LETTERS[lengths]
        return packed


@lru_cache(_MEMORY)
def spelling_of(syllable: str) -> int | None:
    """Return the spelling of a normalised syllable; None where others may share it.

    >>> spelling_of("phi") == code_of("phi"), spelling_of("phí") == code_of("phi")
    (True, False)
    >>> spelling_of("nghiêngg") is spelling_of("ξ") is None
    True
    """
    if len(syllable) >= _CODED_LETTERS or not _SPELLED.keys() >= set(syllable):
        return None
    return int.from_bytes(bytes(_SPELLED[letter] for letter in syllable), "little")


@lru_cache(_MEMORY)
def code_of(form: str) -> int:
    """Return the code of a folded syllable.

    >>> code_of("phi") == int.from_bytes(b"phi", "little")
    True
    """
    return int.from_bytes(bytes(map(_letter, form[:_CODED_LETTERS])), "little")


def begins(codes: NDArray[np.uint64], stem: str) -> NDArray[np.bool_]:
    """Return which codes are those of syllables that may begin with a folded stem.

    >>> begins(Syllables("phí, phòng").codes, "pho").tolist()
    [False, True]
    """
    start: NDArray[np.bool_] = (
        codes & _FIRST_LETTERS[min(len(stem), _CODED_LETTERS)]
    ) == np.uint64(code_of(stem))
    return start


def says_all(form: str) -> bool:
    """Tell whether no other syllable has the code of this folded one."""
    return len(form) < _CODED_LETTERS and form.isascii()


def _meet(characters: Iterable[int]) -> None:
    for each in characters:
        _LETTERS[each] = _letter(chr(each).lower()[0])


def _letter(lowered: str) -> int:
    bare = fold(lowered)
    if not bare.isalnum():
        return 0
    return ord(bare) if bare.isascii() else _FOREIGN + ord(bare) % _FOREIGN_NUMBERS
