"""The only door to pyvi: which syllables make one word.

pyvi's own model, run on its own: the same words as pyvi finds in a tenth of its time, and without
the 0.8 s and 125 MB of its import. When its model isn't the one we know, or sentences of which we
know what pyvi makes come out otherwise, pyvi does the work itself.
"""

from __future__ import annotations

import logging
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from indexer.language.crf_model import read_word_model
from indexer.language.word_joiner import WordJoiner

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    JoinSyllables = Callable[[list[str]], list[str]]

_log = logging.getLogger(__name__)

# pyvi's time grows faster than its input: 10 MB in one call take 18 minutes and 5.4 GB.
_LONGEST_CALL = 256


def segment(run: str) -> list[str]:
    """Return the words of a run of lower-case syllables, their syllables joined by underscores.

    >>> segment("hội đồng nhân dân thành phố")
    ['hội_đồng', 'nhân_dân', 'thành_phố']
    """
    return join_syllables(run.split())


def join_syllables(syllables: list[str]) -> list[str]:
    """Return the words of lower-case syllables, as `segment` does; an empty one ends a run.

    One call for many runs takes less time than one for each.

    >>> join_syllables(["học", "phí", "", "đại", "học"])
    ['học_phí', 'đại_học']
    """
    return _load_joiner()(syllables)


def join_with_pyvi(run: str) -> list[str]:
    """Return what pyvi itself makes of a run: the referee of `WordJoiner`."""
    from pyvi import ViTokenizer  # noqa: PLC0415 (it takes 0.8 s)

    words: list[str] = ViTokenizer.tokenize(run).split()
    return words


def join_pieces_with_pyvi(syllables: list[str]) -> list[str]:
    """Return pyvi's words of syllables, a word broken where a piece of 256 characters ends.

    >>> join_pieces_with_pyvi(["x" * 500, "học", "phí"])[1:]
    ['học_phí']
    """
    pieces = _cut_pieces(syllables)
    return [
        word
        for piece in pieces
        for word in (join_with_pyvi(" ".join(piece)) if len(piece) > 1 else piece)
    ]


def read_recorded_words() -> list[list[str]]:
    """Return, for each sentence of the recorded file, the words that pyvi finds in it.

    >>> read_recorded_words()[0][:3]
    ['hội_đồng', 'nhân_dân', 'tỉnh']
    """
    recorded = files("indexer") / "data" / "segmented_sentences.txt"
    return [line.split() for line in recorded.read_text(encoding="utf-8").splitlines()]


def agrees_with_pyvi(join: JoinSyllables) -> bool:
    """Tell whether the recorded sentences come out as pyvi segments them."""
    return all(
        join(" ".join(words).replace("_", " ").split()) == words for words in read_recorded_words()
    )


@lru_cache(maxsize=1)
def _load_joiner() -> JoinSyllables:
    model = read_word_model()
    if model is None:
        fault = "the installed pyvi has another model than the one known here"
    elif agrees_with_pyvi(join := WordJoiner(model).join):
        return join
    else:
        fault = "recorded sentences don't come out as pyvi segments them"
    _log.warning("word segmentation: %s; pyvi itself does the work, ten times slower", fault)
    return join_pieces_with_pyvi


def _cut_pieces(syllables: list[str]) -> Iterator[list[str]]:
    piece: list[str] = []
    size = 0
    for syllable in syllables:
        if not syllable or size + len(syllable) > _LONGEST_CALL:
            yield piece
            piece, size = [], 0
        if syllable:
            piece.append(syllable)
            size += len(syllable) + 1
    yield piece
