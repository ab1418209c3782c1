"""What a match is and what makes one better: every weight and threshold of the search.

Measured on 370 judged law questions over 54,583 documents:
docs/decisions/0001-what-matches-and-what-ranks.md.
"""

from __future__ import annotations

from math import ceil
from typing import NamedTuple

from indexer.query_records import Needs
from indexer.store.engine.protocol import Weights

# Papers of councils stand above news that tells of them, acts above papers that prepare them.
KINDS = {
    "nghị quyết": 0.08,
    "quyết định": 0.06,
    **dict.fromkeys(
        (
            *("tờ trình", "báo cáo", "báo cáo thẩm tra", "báo cáo giám sát", "kế hoạch"),
            *("chương trình", "chương trình kỳ họp", "biên bản", "thông báo", "thông báo kết luận"),
            *("kiến nghị cử tri", "trả lời kiến nghị"),
        ),
        0.05,
    ),
}

WEIGHTS = Weights(
    text=1.0,
    bigrams=0.4,
    title=0.5,
    compounds=0.2,
    weak=0.3,
    number=10.0,
    recency=0.03,
    kinds=KINDS,
)


class Preferences(NamedTuple):
    """How much what was understood raises a document, in shares of the best score of the words."""

    signed: float = 0.6
    """Who signed an act stands above those who are only spoken of."""
    dated: float = 0.5
    """Issued in the period."""
    mentions_period: float = 0.25
    in_question: float = 0.4
    """What of these two counts in a question: "từ tháng 7/2020" tells since when a rule holds."""
    year_dated: float = 0.45
    """A year alone says less than a month; so do the next two."""
    year_in_title: float = 0.25
    year_named: float = 0.1
    body: float = 0.4
    """Of the council, committee or board itself, and not only of its area."""
    session: float = 0.4
    term: float = 0.4
    cites_number: float = 0.3
    """The number stands in the title: an amender's more often than not."""
    may_be_number: float = 0.3
    """"12/2024" behind no kind: a month, or a number."""
    relation: float = 0.3
    """"Thay thế", "sửa đổi" said beside a number."""
    unit: float = 0.2
    area: float = 0.2
    kind: float = 0.15
    level: float = 0.1
    same_name: float = 0.1
    """Another unit of the same name."""
    written_out: float = 0.9
    """An abbreviation's meaning, in shares of what the words themselves would score."""
    ambiguous: float = 0.3
    """The same of one with several meanings."""


PREFER = Preferences()

# How far apart the second stage's scores lie where the candidates truly differ: over the judged
# queries the spread is 8 in the corpus and 12 among law articles. Where they lie nearer than this,
# they count for less beside preferences, kind and recency.
LEAST_SPREAD = 8.0

# Up to this many distinct words, a full match holds them all.
SHORT_QUERY = 6
# Of a longer query, a full match holds this share of the weight: half of that is the words', half
# that of the neighbouring pairs; rare ones weigh more.
LONG_QUERY_WEIGHT = 0.25


def needs_for(words: int, pairs: int) -> Needs:
    """Return how much of so many distinct words and neighbouring pairs a match must hold.

    Short queries (up to 6 words): a full match holds every word; a partial one at least half of
    them, two or more, with one pair of neighbours standing together. Longer ones: a full match
    holds a quarter of the weight and two words; a partial one a third of the words and one pair.
    """
    some_pair = min(pairs, 1)
    if words <= SHORT_QUERY:
        # Of one or two words, one alone would be chance.
        part = max(2, ceil(words / 2)) if words > 2 else words + 1  # noqa: PLR2004
        return Needs(words, 0, part, some_pair)
    return Needs(2, 0, ceil(words / 3), some_pair, LONG_QUERY_WEIGHT)
