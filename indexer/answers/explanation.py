"""Why a document stands where it stands for a query, part by part, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from indexer.answers.reordering import load_model
from indexer.search_records import Explanation, ScorePart

if TYPE_CHECKING:
    from collections.abc import Iterator

    from indexer.store.engine.protocol import Engine, EngineRequest, Reordered


def explain_rank(engine: Engine, request: EngineRequest, document_id: str) -> Explanation:
    """Return the place of a document and its reasons.

    `parts` add up to the first stage's score and, where the second stage ordered it anew,
    `reordering` to the score that it was ordered by.
    """
    found = engine.explain(request, document_id)
    return Explanation(
        id=document_id,
        standing=found.standing,
        words_held=found.words_held,
        words_asked=found.words_asked,
        words_needed=found.words_needed,
        weight_held=found.weight_held,
        weight_needed=found.weight_needed,
        score=found.score,
        parts=found.parts,
        first_score=found.first_score,
        reordering=tuple(_explain_second(found.reordered, found.score)) if found.reordered else (),
        understood=request.query.understood,
    )


def _explain_second(second: Reordered, score: float) -> Iterator[ScorePart]:
    added = 0.0
    for part in load_model().contributions(second.features):
        share = part.score / second.spread
        added += share
        yield ScorePart(part.name, part.value, share)
    for part in second.bonus:
        added += part.score
        yield part
    # Where the scale begins, and what the trees give to every candidate.
    yield ScorePart("shared by all candidates", 1.0, score - added)
