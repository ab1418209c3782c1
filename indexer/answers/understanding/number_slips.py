"""Document numbers whose signs hold a slip: "12/2023/QN-HĐND", "12/2023/NQ-HDDND"."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from indexer.answers.understanding.number_shorthand import Shorthand
from indexer.language.spelling import letter_cost
from indexer.language.text import fold
from indexer.reading.metadata.number_codes import is_known_sign, kind_signs, organ_signs

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

_SIGNS = re.compile(
    r"(?<![\d/.,-])(?P<serial>\d{1,5})\s?[/-]\s?(?:(?P<year>(?:19|20)\d\d)\s?[/-]\s?)?"
    r"(?P<kind>[^\W\d_]{2,5})\s?[-/]\s?(?P<organ>[^\W\d_]{3,9})(?![^\W_])"
)
# Shorter codes of bodies are too alike for a slip to tell which was meant.
_SHORTEST_ORGAN = 4


def find_mistyped(opened: str) -> Iterator[tuple[Shorthand, str]]:
    """Yield numbers in lower letters with one slip in a sign, and the key of each as typed.

    The other sign must be right, or within one slip as well; which sign was meant must be plain.

    >>> [(short[2:6], typed) for short, typed in find_mistyped("12/2023/qn-hđnd")]
    [(('nq', '12', '2023', 'hdnd'), '12/2023/qn-hdnd')]
    """
    for match in _SIGNS.finditer(opened):
        signs = fold(match["kind"]), fold(match["organ"])
        kind = _nearest(signs[0], _kinds())
        organ = _nearest(signs[1], _organs())
        if kind and organ and (kind, organ) != signs:
            serial, year = match["serial"].lstrip("0") or "0", match["year"] or ""
            typed = "/".join(part for part in (serial, year, "-".join(signs)) if part)
            place = match.start(), match.end()
            yield Shorthand(*place, kind, serial, year, organ, match.start("serial")), typed


def _nearest(sign: str, known: Collection[str]) -> str:
    """Return the sign itself where it is known, else the likeliest one, "" where none is plain."""
    if is_known_sign(sign):
        return sign
    priced = sorted((cost, each) for each in known if (cost := letter_cost(sign, each)))
    if not priced or (len(priced) > 1 and priced[0][0] == priced[1][0]):
        return ""
    return priced[0][1]


@lru_cache(maxsize=1)
def _kinds() -> frozenset[str]:
    return frozenset(sign for sign in kind_signs() if len(sign) > 1)


@lru_cache(maxsize=1)
def _organs() -> frozenset[str]:
    return frozenset(sign for sign in organ_signs() if len(sign) >= _SHORTEST_ORGAN)
