"""Reports become values that JSON can hold, with names that scripts may rely on.

Results and documents have the site's shape: see `indexer.answers.answer_json`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from indexer.answers.evaluation import Evaluation
    from indexer.records import Refusal
    from indexer.reports import BuildReport, IndexStats
    from indexer.search_records import Explanation


def build_as_json(report: BuildReport) -> dict[str, Any]:
    """Return the report; found = indexed + skipped + failed."""
    return {
        "found": report.found,
        "indexed": report.indexed,
        "skipped": _refusals_as_json(report.skipped),
        "failed": _refusals_as_json(report.failed),
        "partly": _refusals_as_json(report.partly),
        "generation": report.generation,
        "seconds": round(report.seconds, 3),
        "stages": dict(report.stages),
        "added": report.added,
        "changed": report.changed,
        "removed": report.removed,
        "unchanged": report.unchanged,
    }


def _refusals_as_json(refusals: tuple[Refusal, ...]) -> list[dict[str, str]]:
    return [{"path": refusal.path, "reason": refusal.reason} for refusal in refusals]


def stats_as_json(stats: IndexStats) -> dict[str, Any]:
    """Return the state of an index."""
    return {
        "generation": stats.generation,
        "kept_generations": list(stats.kept_generations),
        "built_at": stats.built_at,
        "source": stats.source,
        "schema_version": stats.schema_version,
        "documents": stats.documents,
        "bytes": stats.bytes,
        "by_facet": {facet: dict(counts) for facet, counts in stats.by_facet.items()},
        "shards": stats.shards,
        "kernels": stats.kernels,
        "fallbacks": dict(stats.fallbacks),
    }


def explanation_as_json(explanation: Explanation) -> dict[str, Any]:
    """Return the reasons for a document's place."""
    return {
        "id": explanation.id,
        "standing": explanation.standing,
        "words_held": explanation.words_held,
        "words_asked": explanation.words_asked,
        "words_needed": explanation.words_needed,
        "weight_held": round(explanation.weight_held, 4),
        "weight_needed": explanation.weight_needed,
        "score": explanation.score,
        "first_score": explanation.first_score,
        "parts": [part._asdict() for part in explanation.parts],
        "reordering": [part._asdict() for part in explanation.reordering],
        "understood": [each.label for each in explanation.understood],
    }


def evaluation_as_json(evaluation: Evaluation) -> dict[str, float | int]:
    """Return the measures under their usual names, and what they are means over."""
    return {
        "nDCG@10": evaluation.ndcg_at_10,
        "MRR@10": evaluation.mrr_at_10,
        "recall@10": evaluation.recall_at_10,
        "recall@100": evaluation.recall_at_100,
        "queries": evaluation.queries,
        "without_hits": evaluation.without_hits,
        "without_relevant": evaluation.without_relevant,
        "not_asked": evaluation.not_asked,
    }
