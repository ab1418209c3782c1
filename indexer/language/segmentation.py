"""The only door to pyvi: which syllables make one word."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

# pyvi's time grows faster than its input: 10 MB in one call take 18 minutes and 5.4 GB.
_LONGEST_CALL = 256


def segment(run: str) -> list[str]:
    """Return the words of a run of lower-case syllables, their syllables joined by underscores.

    A run longer than 256 characters is cut at a space, so that a word may break there.

    >>> segment("hội đồng nhân dân thành phố")
    ['hội_đồng', 'nhân_dân', 'thành_phố']
    """
    tokenize = load_tokenizer()
    return [word for piece in _pieces(run) for word in tokenize(piece).split()]


@lru_cache(maxsize=1)
def load_tokenizer() -> Callable[[str], str]:
    """Return pyvi's tokenizer, loaded at first use: its import takes 0.8 s and 125 MB."""
    from pyvi import ViTokenizer  # noqa: PLC0415

    tokenize: Callable[[str], str] = ViTokenizer.tokenize
    return tokenize


def _pieces(run: str) -> Iterator[str]:
    while len(run) > _LONGEST_CALL:
        cut = run.rfind(" ", 0, _LONGEST_CALL + 1)
        cut = cut if cut > 0 else _LONGEST_CALL
        yield run[:cut]
        run = run[cut:].lstrip()
    if run:
        yield run
