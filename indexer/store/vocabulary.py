"""What a generation's documents spell, and which words stand together.

Each shard has a sidecar of its own words; a question is asked of all and the answers are added up.
Words stand in the order of (folded form, documents falling), so that the spellings of a form are
one stretch. The arrays of a sidecar::

    forms, form_starts          the folded forms, in order
    form_documents              how many documents hold each form in any spelling
    spelled_from                each form's first spelling, and the end
    spellings, spelling_starts  the words as they are spelled
    spelling_documents          how many documents hold each spelling
    edits, edit_forms           checksums of forms with a letter left out, rising; and the forms
    pairs, pair_documents       pair_keys of folded forms, rising; documents where they touch
    pair_joints                 documents where they touch inside of a compound, in any spelling
    joints, joint_documents     the same for words as they are spelled
"""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from indexer.language.text import fold
from indexer.store.engine.lexicon import number_word
from indexer.store.shard_sidecars import map_sidecars, write_sidecars
from indexer.store.vocabulary_arrays import EDITED_LETTERS, gather_words, pair_keys
from indexer.store.vocabulary_words import ShardWords

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray
    from typing_extensions import Self

ENDING = ".words"
# Every so many documents, one more of them must hold a word before it counts as somebody's
# intention: large collections have their own typing errors.
_DOCUMENTS_A_FAULT = 20_000
_MEMORY = 2_000


class Spelling(NamedTuple):
    """A word of the index."""

    text: str
    documents: int
    """How many documents hold it."""
    number: int
    """number_word of it."""
    form: int
    """number_word of its folded form."""


class Form(NamedTuple):
    """A folded form of the index, which stands for every spelling of it."""

    text: str
    documents: int
    """How many documents hold a spelling of it."""
    number: int
    """number_word of it."""


class Pairs(NamedTuple):
    """How often folded forms stand side by side, one number for each pair that was asked for."""

    documents: NDArray[np.int64]
    """Documents that hold the pair."""
    loose: NDArray[np.int64]
    """Those of them where it makes no compound."""


def write_vocabulary(directory: Path) -> None:
    """Write the sidecars of a generation's shards that are still to be written."""
    write_sidecars(directory, ENDING, gather_words)


class Vocabulary:
    """The words of one generation, mapped into memory. Safe between threads."""

    def __init__(self, sidecars: Sequence[dict[str, NDArray[Any]]]) -> None:
        self._shards = [ShardWords(arrays) for arrays in sidecars]
        # Searching a blob takes eighteen looks; common words are asked for all the time.
        self.form = lru_cache(_MEMORY)(self._find_form)
        """Return the folded form (a Form); None when no document holds a spelling of it."""
        self.spellings = lru_cache(_MEMORY)(self._find_spellings)
        """Return the spellings (Spelling) of a folded form, those of most documents first."""
        self.within_one_edit = lru_cache(_MEMORY)(self._find_within_one_edit)
        """Return the other forms (Form) that one letter more, less, changed or swapped makes.

        Of 3 to 12 letters, those of most documents first.
        """
        self.documents = max(1, self._most_documents())
        """Documents that hold the commonest word: about all there are."""

    @classmethod
    def open(cls, directory: Path) -> Self:
        """Map the sidecars of a generation; DamagedIndexError."""
        return cls(map_sidecars(directory, ENDING))

    def frequency(self, term: str) -> int:
        """Return how many documents hold the normalised word as it is spelled; 0 for none."""
        spelled = self.spelling(term)
        return spelled.documents if spelled else 0

    def spelling(self, term: str) -> Spelling | None:
        """Return the normalised word; None when no document holds it so."""
        return next((s for s in self.spellings(fold(term)) if s.text == term), None)

    def pair_frequencies(self, left: NDArray[np.int64], right: NDArray[np.int64]) -> Pairs:
        """Return how many documents hold forms side by side, by their numbers, broadcast."""
        documents, joined = self._look_up("pairs", left, right, "pair_documents", "pair_joints")
        return Pairs(documents, np.maximum(documents - joined, 0))

    def joint_frequencies(
        self, left: NDArray[np.int64], right: NDArray[np.int64]
    ) -> NDArray[np.int64]:
        """Return how many documents hold spellings side by side in a compound, by their numbers."""
        return self._look_up("joints", left, right, "joint_documents")[0]

    def _find_form(self, folded: str) -> Form | None:
        documents = self._count_documents(folded)
        return Form(folded, documents, number_word(folded)) if documents else None

    def _find_spellings(self, folded: str) -> tuple[Spelling, ...]:
        found: Counter[str] = Counter()
        for shard in self._shards:
            found.update(shard.spellings(folded))
        form = number_word(folded)
        ordered = sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))
        return tuple(Spelling(text, n, number_word(text), form) for text, n in ordered)

    def _find_within_one_edit(self, folded: str) -> tuple[Form, ...]:
        if len(folded) + 1 not in EDITED_LETTERS and len(folded) not in EDITED_LETTERS:
            return ()
        found: Counter[str] = Counter()
        for shard in self._shards:
            found.update(shard.near_forms(folded))
        enough = self.documents // _DOCUMENTS_A_FAULT + 1
        near = [
            Form(text, documents, number_word(text))
            for text, documents in found.items()
            if documents >= enough and is_one_edit(folded, text)
        ]
        return tuple(sorted(near, key=lambda form: (-form.documents, form.text)))

    def _look_up(
        self, name: str, left: NDArray[np.int64], right: NDArray[np.int64], *values: str
    ) -> list[NDArray[np.int64]]:
        """Return the values of the pairs, 0 for those not there; a number of -1 is in no pair."""
        wanted = pair_keys(left, right)
        found = [np.zeros(wanted.shape, np.int64) for _ in values]
        for shard in self._shards:
            shard.add_pairs(name, wanted, dict(zip(values, found, strict=True)))
        return found

    def _most_documents(self) -> int:
        """Return the documents of the commonest form.

        In one of the shards it has at least the share of that shard's commonest form that it has
        of all shards' commonest ones together; few have.
        """
        commonest = [shard.commonest() for shard in self._shards]
        at_most = sum(documents for _form, documents in commonest)
        sums = [self._count_documents(form) for form, _documents in commonest]
        at_least = max(sums, default=0)
        for shard, (_form, documents) in zip(self._shards, commonest, strict=True):
            if at_least < at_most:
                others = shard.forms_in(documents * at_least // at_most)
                at_least = max(at_least, *map(self._count_documents, others))
        return at_least

    def _count_documents(self, folded: str) -> int:
        return sum(shard.form_documents(folded) for shard in self._shards)


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
