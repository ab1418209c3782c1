"""Where the words that a field rests on stand in the document's text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from indexer.reading.metadata.letters import even_letters

if TYPE_CHECKING:
    from collections.abc import Mapping

    from indexer.records import Evidence

# These are read at the end of a text, whose opening may hold the same words.
_AT_THE_END = frozenset(("signer", "signer_title"))
# Their words are put together: what begins alike further down is something else.
_WHOLE_ONLY = frozenset(("title", "category"))
_FROM_THE_TEXT = frozenset(("stated", "inferred"))
_SHORTEST_BEGINNING = 16
_TOP_CHARACTERS = 6000
_BLANK_LINE = re.compile(r"\n\n")


def locate_evidence(text: str, evidence: Mapping[str, Evidence]) -> dict[str, Evidence]:
    r"""Return the evidence of every field with the place of its quote in the clean text.

    Quotes have single spaces where the text breaks its lines. One that a rule put together from
    several places is found by its first words; one that is not in the text has no place.

    >>> from indexer.records import Evidence
    >>> locate_evidence("A\n\nTrần\nVăn Mẫu", {"signer": Evidence("stated", "Trần Văn Mẫu")})
    {'signer': Evidence(how='stated', quote='Trần Văn Mẫu', start=3, confidence=1.0)}
    """
    spaced = even_letters(text).replace("\n\n", "\n").replace("\n", " ")
    located = {
        field: why._replace(start=_find(spaced, field, why)) for field, why in evidence.items()
    }
    return _into_text(text, located)


def _find(spaced: str, field: str, why: Evidence) -> int | None:
    """Return where the quote stands, else where its first half does, or its first quarter."""
    words = even_letters(why.quote)
    if not words or why.how not in _FROM_THE_TEXT:
        return None
    search = spaced.rfind if field in _AT_THE_END else spaced.find
    at = search(words)
    while at < 0 and len(words) >= 2 * _SHORTEST_BEGINNING and field not in _WHOLE_ONLY:
        words = words[: len(words) // 2].rstrip()
        at = search(words)
    if at < 0 and field == "number":
        at = _find_spread(spaced[:_TOP_CHARACTERS], words)
    return at if at >= 0 else None


def _find_spread(top: str, number: str) -> int:
    """Return where a number stands that a clerk typed with spaces in it; -1 for nowhere."""
    match = re.search(r"\s?".join(map(re.escape, number)), top)
    return match.start() if match else -1


def _into_text(text: str, located: dict[str, Evidence]) -> dict[str, Evidence]:
    """Return the evidence with its places moved on by the blank lines before them."""
    breaks = [match.start() for match in _BLANK_LINE.finditer(text)]
    starts = sorted({why.start for why in located.values() if why.start is not None})
    moved: dict[int, int] = {}
    passed = 0
    for start in starts:
        while passed < len(breaks) and breaks[passed] - passed < start:
            passed += 1
        moved[start] = start + passed
    return {
        field: why._replace(start=moved[why.start]) if why.start is not None else why
        for field, why in located.items()
    }
