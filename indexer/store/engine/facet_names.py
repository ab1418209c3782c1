"""When a facet value that somebody typed is one that the index has."""

from __future__ import annotations

from functools import lru_cache

from indexer.language.analysis import normalise
from indexer.language.text import clean_text, fold


def same_value(wanted: str, known: str) -> bool:
    """Tell whether a facet value is the wanted one; without accents, any accents will do.

    >>> same_value("tin tuc", "Tin tức"), same_value("TIN TỨC", "Tin tức"), same_value("tín", "Tin")
    (True, True, False)
    """
    asked, value = _normal_value(wanted), _normal_value(known)
    return asked == (fold(value) if fold(asked) == asked else value)


@lru_cache(maxsize=2**14)
def _normal_value(value: str) -> str:
    return normalise(clean_text(value))
