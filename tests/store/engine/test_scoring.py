"""Scores on arrays, against Whoosh's own formula."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from whoosh.scoring import bm25

from indexer.store.engine.postings import TermPostings
from indexer.store.engine.scoring import Bm25

lengths = st.lists(st.integers(1, 500), min_size=1, max_size=30)


@given(counts=lengths, data=st.data())
def test_bm25_is_whooshs_own_formula_with_lucenes_idf(
    counts: list[int], data: st.DataObject
) -> None:
    """Document by document, whatever the lengths and frequencies."""
    held = data.draw(st.sets(st.integers(0, len(counts) - 1)).map(sorted))
    frequencies = [data.draw(st.integers(1, 300)) for _ in held]
    scored = Bm25({"text": np.array(counts, np.float32)}, len(counts))
    idf = float(np.log(1 + (len(counts) - len(held) + 0.5) / (len(held) + 0.5)))
    mean = sum(counts) / len(counts)
    expected = [
        bm25(idf, frequency, counts[document], mean, 0.75, 1.2)
        for document, frequency in zip(held, frequencies, strict=True)
    ]
    postings = TermPostings(np.array(held, np.int64), np.array(frequencies, np.float32))
    assert scored.idf(len(held)) == pytest.approx(idf)
    assert scored.score("text", postings).tolist() == pytest.approx(expected, rel=1e-5)
