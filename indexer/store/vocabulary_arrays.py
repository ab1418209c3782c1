"""Gathers what the sidecar of spelling holds of one shard; `vocabulary.py` reads it."""

from __future__ import annotations

from itertools import accumulate, groupby
from typing import TYPE_CHECKING, Any, NamedTuple
from zlib import crc32

import numpy as np

from indexer.language.text import fold
from indexer.store.array_file import pack_strings
from indexer.store.engine.lexicon import (
    Lexicon,
    find_changes,
    number_word,
    number_words,
    read_lexicon,
)
from indexer.store.engine.shard_terms import packed_texts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from indexer.store.engine.shard import Shard

# Shorter words have too many neighbours, longer ones are no Vietnamese syllables or English words.
EDITED_LETTERS = range(3, 13)
_UNDERSCORE = ord("_")
# Odd numbers without a pattern: each bit of a word's number reaches the upper bits of a key.
_LEFT, _RIGHT = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F)
_16_BITS, _47_BITS, _48_BITS = np.uint64(16), np.uint64(47), np.uint64(48)
# Terms taken apart at once: some hundred bytes of memory each.
_TOGETHER = 1 << 20


class _Touching(NamedTuple):
    """Words that touch inside of terms, pair by pair."""

    keys: NDArray[np.uint64]
    folded: NDArray[np.uint64]
    """The keys of the pairs without their accents."""
    documents: NDArray[np.int64]


def gather_words(shard: Shard) -> dict[str, NDArray[Any]]:
    """Return the arrays of a shard's sidecar, by name; deleted documents count."""
    rows = sorted((fold(text), -count, text) for text, count in _count_words(shard, "text"))
    by_form = [(form, len(list(group))) for form, group in groupby(rows, key=lambda row: row[0])]
    forms = [form for form, _count in by_form]
    known = dict(_count_words(shard, "text_folded"))
    form_blob, form_starts = pack_strings(forms)
    blob, starts = pack_strings([text for _form, _count, text in rows])
    return {
        "forms": form_blob,
        "form_starts": form_starts,
        "form_documents": np.array([known[form] for form in forms], np.uint32),
        "spelled_from": np.array([0, *accumulate(count for _, count in by_form)], np.uint32),
        "spellings": blob,
        "spelling_starts": starts,
        "spelling_documents": np.array([-count for _form, count, _text in rows], np.uint32),
        **_arrange_edits(forms),
        **_arrange_pairs(read_lexicon(shard, "bigrams"), read_lexicon(shard, "compounds")),
    }


def _count_words(shard: Shard, field: str) -> Iterator[tuple[str, int]]:
    """Return the terms of a field, each with how many documents hold it."""
    words = read_lexicon(shard, field)
    return zip(packed_texts(words.blob, words.starts), words.documents.tolist(), strict=True)


def edit_keys(form: str) -> set[int]:
    """Return the checksums of a form as it is and without any one of its letters.

    Forms that one edit parts have one in common, as in SymSpell.
    """
    parts = (form[:i] + form[i + 1 :] for i in range(len(form)))
    return {crc32(_bytes(part)) for part in (form, *parts)}


def pair_keys(left: NDArray[Any], right: NDArray[Any]) -> NDArray[np.uint64]:
    """Return a number for each pair of numbers of words; those of one left word stand together.

    Of the 64 bits 16 say which left word, so that neighbours are looked up near each other: among
    ten thousand words behind one left word two have the same key with a chance of 1 in 5 million.
    A number of -1 makes no key of a pair that there is.
    """
    first = left.view(np.uint64)
    mixed = first * _LEFT + right.view(np.uint64) * _RIGHT
    keys: NDArray[np.uint64] = first >> _47_BITS << _48_BITS | mixed >> _16_BITS
    return keys


def _arrange_edits(forms: Sequence[str]) -> dict[str, NDArray[Any]]:
    """Return the forms by what is left of them without one letter, as SymSpell does."""
    keys: list[int] = []
    numbers: list[int] = []
    for number, form in enumerate(forms):
        if len(form) in EDITED_LETTERS and form.isalpha():
            own = edit_keys(form)
            keys += own
            numbers += [number] * len(own)
    edits, edit_forms = np.array(keys, np.uint32), np.array(numbers, np.uint32)
    order = np.argsort(edits, kind="stable")
    return {"edits": edits[order], "edit_forms": edit_forms[order]}


def _arrange_pairs(bigrams: Lexicon, compounds: Lexicon) -> dict[str, NDArray[Any]]:
    """Return which words touch: folded ones anywhere, spelled ones inside of compounds."""
    neighbours, spelled = _find_touching(bigrams), _find_touching(compounds, fold_too=True)
    anywhere, counts = _count_keys(neighbours.keys, neighbours.documents)
    inside, joined = _count_keys(spelled.folded, spelled.documents)
    joints, joint_documents = _count_keys(spelled.keys, spelled.documents)
    pairs = np.sort(np.concatenate((anywhere, inside)))
    pairs = pairs[find_changes(pairs)]
    return {
        "pairs": pairs,
        "pair_documents": _spread(pairs, anywhere, counts),
        "pair_joints": _spread(pairs, inside, joined),
        "joints": joints,
        "joint_documents": joint_documents,
    }


def _find_touching(terms: Lexicon, *, fold_too: bool = False) -> _Touching:
    """Return the neighbours in the terms, whose words are joined by underscores."""
    found = []
    for first in range(0, len(terms.documents), _TOGETHER):
        starts = terms.starts[first : first + _TOGETHER + 1]
        lines = np.flatnonzero(terms.blob[starts[0] : starts[-1]] == _UNDERSCORE) + starts[0]
        owners = np.searchsorted(starts, lines, side="right") - 1
        begins = np.maximum(starts[owners], np.concatenate(([0], lines[:-1] + 1)))
        ends = np.minimum(starts[owners + 1], np.concatenate((lines[1:], starts[-1:])))
        sides = [(begins, lines), (lines + 1, ends)]
        numbers = [number_words(terms.blob, *side) for side in sides]
        keys = pair_keys(*numbers)
        if fold_too:
            numbers = [_fold_words(terms.blob, *side) for side in sides]
        found.append((keys, pair_keys(*numbers), terms.documents[first + owners]))
    if not found:
        return _Touching(np.empty(0, np.uint64), np.empty(0, np.uint64), np.empty(0, np.int64))
    return _Touching(*map(np.concatenate, zip(*found, strict=True)))


def _fold_words(
    blob: NDArray[np.uint8], begins: NDArray[np.int64], ends: NDArray[np.int64]
) -> NDArray[np.uint64]:
    """Return the numbers of the words without their accents."""
    numbers = number_words(blob, begins, ends)
    _, firsts, same = np.unique(numbers, return_index=True, return_inverse=True)
    words = (blob[begins[n] : ends[n]].tobytes() for n in firsts.tolist())
    folded = np.array([number_word(fold(_text(word))) for word in words], np.uint64)
    return folded[same]


def _count_keys(
    keys: NDArray[np.uint64], documents: NDArray[np.int64]
) -> tuple[NDArray[np.uint64], NDArray[np.uint32]]:
    """Return the different keys, rising, and the documents of each added up."""
    order = np.argsort(keys)
    keys = keys[order]
    if not len(keys):
        return keys, np.empty(0, np.uint32)
    first = find_changes(keys)
    return keys[first], np.add.reduceat(documents[order], first).astype(np.uint32)


def _spread(
    pairs: NDArray[np.uint64], keys: NDArray[np.uint64], documents: NDArray[np.uint32]
) -> NDArray[np.uint32]:
    """Return the documents of all pairs: 0 for those that are no key."""
    spread = np.zeros(len(pairs), np.uint32)
    spread[np.searchsorted(pairs, keys)] = documents
    return spread


def _text(term: bytes) -> str:
    return term.decode(errors="surrogatepass")


def _bytes(text: str) -> bytes:
    return text.encode(errors="surrogatepass")
