"""The order of a window, against plain sorting."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from indexer.search_records import SORTS
from indexer.store.engine.ordering import as_unit, order, reorder
from indexer.store.engine.standing_scores import StandingScores

if TYPE_CHECKING:
    from typing import Any

    from indexer.search_records import Sort

# Few values, so that ties are common.
rows = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3), st.integers(0, 2)), max_size=20)


def make_scores(drawn: list[tuple[int, int, int]]) -> tuple[StandingScores, Any]:
    """Make scores of documents 0, 1, …: (words, day, bonus) of each; and their days."""
    words, days, bonus = np.array(drawn or np.empty((0, 3)), np.float32).T
    scores = StandingScores(np.arange(len(words), dtype=np.int32), words, bonus, best=2.0)
    return scores, days.astype(np.int32)


@given(drawn=rows, sort=st.sampled_from(SORTS), wanted=st.integers(1, 25))
def test_any_order_is_that_of_plain_sorting(
    drawn: list[tuple[int, int, int]], sort: Sort, wanted: int
) -> None:
    """By score, then the newest; by date, then score; no date last; then as they were indexed."""
    scored, days = make_scores(drawn)
    totals = {number: words + 2 * bonus for number, (words, _day, bonus) in enumerate(drawn)}

    def key(number: int) -> tuple[float, ...]:
        day = drawn[number][1]
        if sort == "relevance":
            return -totals[number], -day, number
        return (-day if sort == "newest" else day or 99), -totals[number], number

    expected = sorted(range(len(drawn)), key=key)[:wanted]
    ordered = order(scored, days, sort, wanted)
    assert ordered.documents.tolist() == expected
    assert ordered.scores.tolist() == [totals[number] for number in expected]


@given(drawn=rows, depth=st.integers(0, 25), data=st.data())
def test_the_second_stage_orders_the_head_and_leaves_the_tail(
    drawn: list[tuple[int, int, int]], depth: int, data: st.DataObject
) -> None:
    """Its scores count as shares from the worst candidate to the best; bonuses are added."""
    scored, days = make_scores(drawn)
    ordered = order(scored, days, "relevance", 30)
    head, tail = ordered.documents[:depth].tolist(), ordered.documents[depth:].tolist()
    second = [data.draw(st.integers(-4, 4)) for _ in head]
    low, high = min(second, default=0), max(second, default=0)
    totals = {
        number: (score - low) / ((high - low) or 1) + drawn[number][2]
        for number, score in zip(head, second, strict=True)
    }
    scores = np.array(second, np.float32)
    result = reorder(ordered, scored, days, as_unit(scores, 1.0).shares if second else scores)
    expected = sorted(head, key=lambda n: (-np.float32(totals[n]), -drawn[n][1], n))
    assert result.documents.tolist() == expected + tail
    assert np.allclose(result.scores[: len(head)], [totals[number] for number in expected])
