"""Entries of completion by the thousand become the arrays that `completion.py` reads."""

from __future__ import annotations

from collections import Counter
from itertools import accumulate, chain
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from indexer.language.text import fold
from indexer.records import CleanText
from indexer.store.array_file import pack_strings, write_arrays
from indexer.store.completion import FILE_NAME, MOST_WORDS, find_words
from indexer.store.completion_entry import COMPLETION_KINDS
from indexer.store.ragged import Ragged, join_ragged

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from indexer.store.completion_entry import CompletionEntry

_NO_MORE_WORDS = b"\0\0\0\0"


class Rows(NamedTuple):
    """Entries in arrays, in any order."""

    vocabulary: Sequence[str]
    """The words that they are made of, and perhaps others."""
    words: Ragged
    """Each one's words, those that only find it among them, as places in the vocabulary."""
    lines: Sequence[bytes]
    """What is kept of each to show it."""
    kinds: NDArray[np.uint8]
    """Places in COMPLETION_KINDS."""
    weights: NDArray[np.float32]


def write_completions(directory: Path, parts: Sequence[Rows]) -> None:
    """Write the sidecar with these entries into a generation's directory."""
    write_arrays(directory / FILE_NAME, _arrange(parts))


def entry_rows(entries: Sequence[CompletionEntry]) -> Rows:
    """Return entries in arrays."""
    tokens = _Tokens()
    words = [tokens.split(f"{entry.text} {entry.also}") for entry in entries]
    return Rows(
        list(tokens.words),
        Ragged.of(words, np.uint32),
        [entry.line.encode(errors="surrogatepass") for entry in entries],
        np.array([COMPLETION_KINDS.index(entry.kind) for entry in entries], np.uint8),
        np.array([entry.weight for entry in entries], np.float32),
    )


class _Tokens(dict[str, tuple[int, ...]]):
    """Stretches without white space, which no word reaches across, as numbers of their words."""

    def __init__(self) -> None:
        self.words: dict[str, int] = {}

    def __missing__(self, token: str) -> tuple[int, ...]:
        words = [word.normal for word in find_words(CleanText(token))]
        numbers = tuple(self.words.setdefault(word, len(self.words)) for word in words)
        self[token] = numbers
        return numbers

    def split(self, text: str) -> list[int]:
        """Return the words that a text is found by."""
        return list(chain.from_iterable(map(self.__getitem__, text.split())))[:MOST_WORDS]


def _arrange(parts: Sequence[Rows]) -> dict[str, NDArray[Any]]:
    """Return the arrays of the sidecar."""
    parts = [_with_words(part) for part in parts]
    spelled = sorted({w for part in parts for w in _used(part)}, key=lambda w: (fold(w), w))
    folded = Counter(map(fold, spelled))  # counts keep the order in which words came
    folds = np.repeat(np.arange(len(folded), dtype=np.uint32), list(folded.values()))
    words, order = _sort(parts, spelled, folds)
    lines = [line for part in parts for line in part.lines]
    packed = Ragged.of_parts([lines[place] for place in order.tolist()])
    blobs = {"folded": pack_strings(list(folded)), "spelling": pack_strings(spelled)}
    return {
        "folded": blobs["folded"][0],
        "folded_starts": blobs["folded"][1],
        "spellings": blobs["spelling"][0],
        "spelling_starts": blobs["spelling"][1],
        "spelled_from": np.array([0, *accumulate(folded.values())], np.uint32),
        "words": words.values,
        "word_starts": words.starts.astype(np.uint32),
        **_post(Ragged(folds[words.values], words.starts), len(folded)),
        "lines": packed.values,
        "line_starts": packed.starts.astype(np.uint64),
        "kinds": np.concatenate([part.kinds for part in parts])[order],
        "weights": np.concatenate([part.weights for part in parts])[order],
    }


def _with_words(part: Rows) -> Rows:
    """Return the entries that have words: nobody can type another."""
    chosen = np.flatnonzero(part.words.lengths)
    if len(chosen) == len(part.kinds):
        return part
    lines = [part.lines[place] for place in chosen.tolist()]
    words, kinds = part.words.take(chosen), part.kinds[chosen]
    return Rows(part.vocabulary, words, lines, kinds, part.weights[chosen])


def _used(part: Rows) -> list[str]:
    """Return the words of the vocabulary that the entries have."""
    counts = np.bincount(part.words.values, minlength=len(part.vocabulary))
    return [part.vocabulary[place] for place in np.flatnonzero(counts).tolist()]


def _sort(
    parts: Sequence[Rows], spelled: Sequence[str], folds: NDArray[np.uint32]
) -> tuple[Ragged, NDArray[np.int64]]:
    """Return the entries' words, as places in `spelled`, in order; and that order.

    Entries stand in order of their folded words, then of their spellings, then of their lines.
    """
    numbers = {word: number for number, word in enumerate(spelled)}
    words = join_ragged(
        [
            Ragged(_translate(part.vocabulary, numbers)[part.words.values], part.words.starts)
            for part in parts
        ]
    )
    lines = chain.from_iterable(part.lines for part in parts)
    # Big-endian numbers compare as their bytes do; an entry's end comes before any word.
    bare = Ragged((folds[words.values] + np.uint32(1)).astype(">u4"), words.starts).parts()
    exact = Ragged(words.values.astype(">u4"), words.starts).parts()
    keys = [
        first + _NO_MORE_WORDS + second + line
        for first, second, line in zip(bare, exact, lines, strict=True)
    ]
    order = np.array(sorted(range(len(keys)), key=keys.__getitem__), np.int64)
    return words.take(order), order


def _translate(vocabulary: Sequence[str], numbers: dict[str, int]) -> NDArray[np.uint32]:
    return np.array([numbers.get(word, 0) for word in vocabulary], np.uint32)


def _post(folds: Ragged, size: int) -> dict[str, NDArray[Any]]:
    """Return the entries that hold each folded word, one list after the other."""
    entries = np.repeat(np.arange(len(folds.starts) - 1), folds.lengths)
    counts = np.bincount(folds.values, minlength=size)
    return {
        "held": entries[np.argsort(folds.values, kind="stable")].astype(np.uint32),
        "held_starts": np.concatenate(([0], np.cumsum(counts))).astype(np.uint32),
    }
