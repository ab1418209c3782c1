"""Scores, against Whoosh's own formula."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from whoosh.scoring import bm25

from indexer.store.engine.scoring import Bm25

lengths = st.lists(st.integers(1, 500), min_size=1, max_size=30)


@given(counts=lengths, found=st.integers(0, 30), frequency=st.integers(1, 70_000))
def test_bm25_is_whooshs_own_formula_with_lucenes_idf(
    counts: list[int], found: int, frequency: int
) -> None:
    """Document by document, whatever the lengths and frequencies."""
    found = min(found, len(counts))
    scored = Bm25({"text": np.array(counts, np.float32)}, len(counts))
    idf = float(np.log(1 + (len(counts) - found + 0.5) / (found + 0.5)))
    mean = sum(counts) / len(counts)
    norms, factor = scored.norms["text"], scored.factor(0.5, found)
    for document, length in enumerate(counts):
        expected = 0.5 * bm25(idf, frequency, length, mean, 0.75, 1.2)
        score = factor * frequency / (frequency + norms[document])
        assert score == pytest.approx(expected, rel=1e-5)
    assert scored.idf(found) == pytest.approx(idf)


def test_no_documents_have_no_norms() -> None:
    """An empty collection can be opened."""
    assert Bm25({"text": np.empty(0, np.float32)}, 0).norms["text"].tolist() == []
