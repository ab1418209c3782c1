"""What a match is and what makes one better: every weight and threshold of the search.

Measured on 370 judged law questions over 54,583 documents:
docs/decisions/0001-what-matches-and-what-ranks.md.
"""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from indexer.store.engine.protocol import Needs, Weights

if TYPE_CHECKING:
    from indexer.search_records import Query

WEIGHTS = Weights(text=1.0, bigrams=0.4, title=0.5, compounds=0.2, number=500.0)

# Up to this many distinct words, a full match holds them all.
SHORT_QUERY = 6


def needs_of(query: Query) -> Needs:
    """Return how much of the query a full and a partial match must hold.

    Short queries (up to 6 words): a full match holds every word; a partial one at least half of
    them, two or more, with one pair of neighbours standing together. Longer ones: a full match
    holds half the words, six or more, and a fifth of the neighbouring pairs together; a partial
    one a third of the words and one pair.
    """
    words, pairs = len(query.words), len(query.bigrams)
    some_pair = min(pairs, 1)
    if words <= SHORT_QUERY:
        # Of one or two words, one alone would be chance.
        part = max(2, ceil(words / 2)) if words > 2 else words + 1  # noqa: PLR2004
        return Needs(words, 0, part, some_pair)
    return Needs(max(SHORT_QUERY, ceil(words / 2)), ceil(pairs / 5), ceil(words / 3), some_pair)
