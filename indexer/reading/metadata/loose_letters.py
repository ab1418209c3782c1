"""Vietnamese typed with or without its accents: patterns and words that both ways fit.

Readers type "ky hop thu hai" on a phone and "kỳ họp thứ hai" at a desk. A letter fits when it
is the right one or its bare form; a letter with another accent ("quỹ" for "quý") is another word.
"""

from __future__ import annotations

from indexer.language.text import fold


def accept_bare(pattern: str) -> str:
    """Return a pattern that also fits words typed without accents.

    The pattern holds small letters in one tone style (see `lower_letters`), and no accented
    letter inside of square brackets.

    >>> accept_bare("quý [1-4]")
    'qu[ýy] [1-4]'
    """
    return "".join(
        letter if (bare := fold(letter)) == letter else f"[{letter}{bare}]" for letter in pattern
    )
