"""The sidecar of spelling: every word of a generation's documents and which words stand together.

Words stand in the order of (folded form, documents falling), so that the spellings of a form are
one stretch, and the forms with a prefix are another. The arrays::

    forms, form_starts          the folded forms, in order
    form_documents              how many documents hold each form in any spelling
    spelled_from                each form's first spelling, and the end
    spellings, spelling_starts  the words as they are spelled
    spelling_documents          how many documents hold each spelling
    edits, edit_forms           checksums of forms with a letter left out, rising; and the forms
    pairs, pair_documents       left form << 32 | right form, rising; documents where they touch
    pair_joints                 documents where they touch inside of a compound, in any spelling
    joints, joint_documents     the same for spellings: left number << 32 | right, and documents
"""

from __future__ import annotations

from bisect import bisect_left
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from indexer.language.text import fold
from indexer.store.array_file import map_arrays, unpack_string, write_arrays
from indexer.store.vocabulary_arrays import (
    EDITED_LETTERS,
    PAIR_SHIFT,
    edit_keys,
    gather_vocabulary,
)

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray
    from typing_extensions import Self

FILE_NAME = "vocabulary.arrays"
_MEMORY = 2_000


class Spelling(NamedTuple):
    """A word of the index."""

    text: str
    documents: int
    """How many documents hold it."""
    number: int
    form: int
    """Its folded form's number."""


class Form(NamedTuple):
    """A folded form of the index, which stands for every spelling of it."""

    text: str
    documents: int
    """How many documents hold a spelling of it."""
    number: int


class Pairs(NamedTuple):
    """How often folded forms stand side by side, one number for each pair that was asked for."""

    documents: NDArray[np.int64]
    """Documents that hold the pair."""
    loose: NDArray[np.int64]
    """Those of them where it makes no compound."""


def write_vocabulary(directory: Path) -> None:
    """Write the sidecar of a finished Whoosh index into its directory."""
    write_arrays(directory / FILE_NAME, gather_vocabulary(directory))


class Vocabulary:
    """The words of one generation, mapped into memory. Safe between threads."""

    def __init__(self, arrays: dict[str, NDArray[Any]]) -> None:
        self._arrays = arrays
        self._forms = range(len(arrays["form_documents"]))
        # Searching the blob takes eighteen looks; common words are asked for all the time.
        self.form = lru_cache(_MEMORY)(self._find_form)
        """Return the folded form (a Form); None when no document holds a spelling of it."""
        self.spellings = lru_cache(_MEMORY)(self._find_spellings)
        """Return the spellings (Spelling) of a folded form, those of most documents first."""
        self.within_one_edit = lru_cache(_MEMORY)(self._find_within_one_edit)
        """Return the other forms (Form) that one letter more, less, changed or swapped makes.

        Of 3 to 12 letters, those of most documents first.
        """
        self.documents = max(1, int(arrays["form_documents"].max(initial=0)))
        """Documents that hold the commonest word: about all there are."""

    @classmethod
    def open(cls, directory: Path) -> Self:
        """Map the sidecar of a generation; DamagedIndexError."""
        return cls(map_arrays(directory / FILE_NAME))

    def frequency(self, term: str) -> int:
        """Return how many documents hold the normalised word as it is spelled; 0 for none."""
        spelled = self.spelling(term)
        return spelled.documents if spelled else 0

    def spelling(self, term: str) -> Spelling | None:
        """Return the normalised word; None when no document holds it so."""
        return next((s for s in self.spellings(fold(term)) if s.text == term), None)

    def _find_form(self, folded: str) -> Form | None:
        number = bisect_left(self._forms, folded, key=self._form_text)
        if number == len(self._forms) or self._form_text(number) != folded:
            return None
        return self._form(number)

    def _find_spellings(self, folded: str) -> tuple[Spelling, ...]:
        form = self.form(folded)
        if form is None:
            return ()
        first, end = self._arrays["spelled_from"][form.number : form.number + 2].tolist()
        return tuple(self._spelling(number, form.number) for number in range(first, end))

    def _find_within_one_edit(self, folded: str) -> tuple[Form, ...]:
        if len(folded) + 1 not in EDITED_LETTERS and len(folded) not in EDITED_LETTERS:
            return ()
        edits = self._arrays["edits"]
        keys = np.array(sorted(edit_keys(folded)), edits.dtype)
        first, end = np.searchsorted(edits, keys), np.searchsorted(edits, keys, side="right")
        places = {
            number
            for a, b in zip(first.tolist(), end.tolist(), strict=True)
            for number in self._arrays["edit_forms"][a:b].tolist()
        }
        forms = (self._form(number) for number in places)
        near = [form for form in forms if is_one_edit(folded, form.text)]
        return tuple(sorted(near, key=lambda form: (-form.documents, form.text)))

    def pair_frequencies(self, left: NDArray[np.int64], right: NDArray[np.int64]) -> Pairs:
        """Return how many documents hold forms side by side, by their numbers, broadcast."""
        documents, joined = self._look_up("pairs", left, right, "pair_documents", "pair_joints")
        return Pairs(documents, np.maximum(documents - joined, 0))

    def joint_frequencies(
        self, left: NDArray[np.int64], right: NDArray[np.int64]
    ) -> NDArray[np.int64]:
        """Return how many documents hold spellings side by side in a compound, by their numbers."""
        return self._look_up("joints", left, right, "joint_documents")[0]

    def _look_up(
        self, name: str, left: NDArray[np.int64], right: NDArray[np.int64], *values: str
    ) -> list[NDArray[np.int64]]:
        """Return the values of the pairs, 0 for those not there; a number of -1 is in no pair."""
        known, wanted = self._arrays[name], (left << PAIR_SHIFT) + right
        if not len(known):
            return [np.zeros(wanted.shape, np.int64) for _ in values]
        places = np.minimum(known.searchsorted(wanted), len(known) - 1)
        found = (known[places] == wanted) & (left >= 0) & (right >= 0)
        return [np.where(found, self._arrays[n][places].astype(np.int64), 0) for n in values]

    def _form(self, number: int) -> Form:
        documents = int(self._arrays["form_documents"][number])
        return Form(self._form_text(number), documents, number)

    def _form_text(self, number: int) -> str:
        return unpack_string(self._arrays["forms"], self._arrays["form_starts"], number)

    def _spelling(self, number: int, form: int) -> Spelling:
        documents = int(self._arrays["spelling_documents"][number])
        return Spelling(self._spelling_text(number), documents, number, form)

    def _spelling_text(self, number: int) -> str:
        return unpack_string(self._arrays["spellings"], self._arrays["spelling_starts"], number)


def is_one_edit(left: str, right: str) -> bool:
    """Tell whether one letter more, less, changed or swapped with its neighbour parts two words.

    >>> [is_one_edit("phi", word) for word in ("phi", "ph", "phii", "pho", "pih", "hpii")]
    [False, True, True, True, True, False]
    """
    pairs = enumerate(zip(left, right, strict=False))
    start = next((place for place, (a, b) in pairs if a != b), None)
    if start is None:
        return abs(len(left) - len(right)) == 1
    a, b = left[start:], right[start:]
    swapped = a[:2] == b[1::-1] and a[2:] == b[2:]
    return swapped or a[1:] == b[1:] or a[1:] == b or a == b[1:]
