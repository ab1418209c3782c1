"""The words of one shard, read from its sidecar; `vocabulary.py` adds up those of all."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, Any

import numpy as np

from indexer.store.array_file import unpack_string
from indexer.store.vocabulary_arrays import edit_keys

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from numpy.typing import NDArray


class ShardWords:
    """The words of one shard, mapped into memory. Safe between threads."""

    def __init__(self, arrays: dict[str, NDArray[Any]]) -> None:
        self._arrays = arrays
        self._forms = range(len(arrays["form_documents"]))

    def form_documents(self, folded: str) -> int:
        """Return how many documents hold any spelling of a folded form; 0 for none."""
        number = self._find(folded)
        return 0 if number is None else int(self._arrays["form_documents"][number])

    def spellings(self, folded: str) -> dict[str, int]:
        """Return the spellings of a folded form and how many documents hold each."""
        number = self._find(folded)
        if number is None:
            return {}
        first, end = self._arrays["spelled_from"][number : number + 2].tolist()
        documents = self._arrays["spelling_documents"][first:end].tolist()
        return dict(zip(map(self._spelling, range(first, end)), documents, strict=True))

    def near_forms(self, folded: str) -> dict[str, int]:
        """Return forms with the documents of each: all within one edit, and some others."""
        edits = self._arrays["edits"]
        keys = np.array(sorted(edit_keys(folded)), edits.dtype)
        first, end = np.searchsorted(edits, keys), np.searchsorted(edits, keys, side="right")
        numbers = {
            number
            for a, b in zip(first.tolist(), end.tolist(), strict=True)
            for number in self._arrays["edit_forms"][a:b].tolist()
        }
        return {self._form(n): int(self._arrays["form_documents"][n]) for n in numbers}

    def commonest(self) -> tuple[str, int]:
        """Return the form of most documents, and these; an empty one where there are no words."""
        documents = self._arrays["form_documents"]
        if not len(documents):
            return "", 0
        number = int(documents.argmax())
        return self._form(number), int(documents[number])

    def forms_in(self, documents: int) -> Iterator[str]:
        """Yield the forms that at least so many documents hold."""
        return map(self._form, np.flatnonzero(self._arrays["form_documents"] >= documents).tolist())

    def add_pairs(
        self, name: str, wanted: NDArray[np.uint64], sums: Mapping[str, NDArray[np.int64]]
    ) -> None:
        """Add the values of the wanted pairs, by their keys, to the sums of their names."""
        known = self._arrays[name]
        if len(known):
            places = np.minimum(known.searchsorted(wanted), len(known) - 1)
            found = known[places] == wanted
            for value, added in sums.items():
                np.add(added, self._arrays[value][places], out=added, where=found)

    def _find(self, folded: str) -> int | None:
        number = bisect_left(self._forms, folded, key=self._form)
        return number if number < len(self._forms) and self._form(number) == folded else None

    def _form(self, number: int) -> str:
        return unpack_string(self._arrays["forms"], self._arrays["form_starts"], number)

    def _spelling(self, number: int) -> str:
        return unpack_string(self._arrays["spellings"], self._arrays["spelling_starts"], number)
