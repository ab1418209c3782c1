"""Gathers what the sidecar of spelling holds from a finished index; `vocabulary.py` reads it."""

from __future__ import annotations

from collections import Counter
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Any
from zlib import crc32

import numpy as np

from indexer.language.text import fold
from indexer.store.array_file import pack_strings
from indexer.store.engine.lexicon import read_lexicons

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

# Every so many documents, one more of them must hold a word before it counts as somebody's
# intention: large collections have their own typing errors.
_DOCUMENTS_A_FAULT = 20_000
# Shorter words have too many neighbours, longer ones are no Vietnamese syllables or English words.
EDITED_LETTERS = range(3, 13)
# Two numbers in one key: left << 32 | right.
PAIR_SHIFT = 32
_FIELDS = ("text", "text_folded", "bigrams", "compounds")


def gather_vocabulary(directory: Path) -> dict[str, NDArray[Any]]:
    """Return the arrays of the sidecar, by name, of a finished Whoosh index."""
    return _arrange(read_lexicons(directory, *_FIELDS))


def edit_keys(form: str) -> set[int]:
    """Return the checksums of a form as it is and without any one of its letters.

    Forms that one edit parts have one in common, as in SymSpell.
    """
    return {crc32(_bytes(part)) for part in _leave_one_out(form)}


def _leave_one_out(form: str) -> set[str]:
    return {form, *(form[:i] + form[i + 1 :] for i in range(len(form)))}


def _arrange(lexicons: Mapping[str, Counter[bytes]]) -> dict[str, NDArray[Any]]:
    """Return the arrays of the sidecar."""
    words = [(_text(term), count) for term, count in lexicons["text"].items()]
    rows = sorted((fold(text), -count, text) for text, count in words)
    by_form = [(form, len(list(group))) for form, group in groupby(rows, key=lambda row: row[0])]
    forms = [form for form, _count in by_form]
    documents = [lexicons["text_folded"][_bytes(form)] for form in forms]
    form_blob, form_starts = pack_strings(forms)
    blob, starts = pack_strings([text for _form, _count, text in rows])
    return {
        "forms": form_blob,
        "form_starts": form_starts,
        "form_documents": np.array(documents, np.uint32),
        "spelled_from": np.cumsum([0, *(count for _form, count in by_form)], dtype=np.uint32),
        "spellings": blob,
        "spelling_starts": starts,
        "spelling_documents": np.array([-count for _form, count, _text in rows], np.uint32),
        **_arrange_edits(forms, documents),
        **_arrange_pairs(forms, [text for _form, _count, text in rows], lexicons),
    }


def _arrange_edits(forms: Sequence[str], documents: Sequence[int]) -> dict[str, NDArray[Any]]:
    """Return the forms by what is left of them without one letter, as SymSpell does."""
    enough = max(documents, default=0) // _DOCUMENTS_A_FAULT + 1
    entries = [
        (key, number)
        for number, form in enumerate(forms)
        if documents[number] >= enough and len(form) in EDITED_LETTERS and form.isalpha()
        for key in edit_keys(form)
    ]
    entries.sort()
    table = np.array(entries, np.uint32).reshape(-1, 2)
    return {"edits": table[:, 0].copy(), "edit_forms": table[:, 1].copy()}


def _arrange_pairs(
    forms: Sequence[str], spellings: Sequence[str], lexicons: Mapping[str, Counter[bytes]]
) -> dict[str, NDArray[Any]]:
    """Return which words touch: folded ones anywhere, spelled ones inside of compounds."""
    numbers = _number(forms)
    pairs, pair_documents = _count_pairs(numbers, lexicons["bigrams"])
    folded: Counter[bytes] = Counter()
    for compound, count in lexicons["compounds"].items():
        folded[_bytes(fold(_text(compound)))] += count
    joined, joined_documents = _count_pairs(numbers, folded)
    pair_joints = np.zeros_like(pair_documents)
    known = np.isin(joined, pairs, assume_unique=True)
    pair_joints[np.searchsorted(pairs, joined[known])] = joined_documents[known]
    joints, joint_documents = _count_pairs(_number(spellings), lexicons["compounds"])
    return {
        "pairs": pairs,
        "pair_documents": pair_documents,
        "pair_joints": pair_joints,
        "joints": joints,
        "joint_documents": joint_documents,
    }


def _count_pairs(
    numbers: Mapping[bytes, int], terms: Mapping[bytes, int]
) -> tuple[NDArray[np.int64], NDArray[np.uint32]]:
    """Return the neighbours in the terms, whose words are joined by underscores, and counts."""
    counts: Counter[int] = Counter()
    for term, count in terms.items():
        known = [numbers.get(word, -1) for word in term.split(b"_")]
        for left, right in pairwise(known):
            if left >= 0 and right >= 0:
                counts[left << PAIR_SHIFT | right] += count
    keys = np.fromiter(counts.keys(), np.int64, len(counts))
    values = np.fromiter(counts.values(), np.uint32, len(counts))
    order = np.argsort(keys)
    return keys[order], values[order]


def _number(words: Iterable[str]) -> dict[bytes, int]:
    return {_bytes(word): place for place, word in enumerate(words)}


def _text(term: bytes) -> str:
    return term.decode(errors="surrogatepass")


def _bytes(text: str) -> bytes:
    return text.encode(errors="surrogatepass")
