"""The product's part of docs/benchmarks.md."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.benchmarks.bench.tables import table_lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_ABOUT = """
The same queries as a reader puts them (phrases in quotes), over an index that our own build made
of the same documents: every field, facet and rule of the ranking, its second stage, snippets of the
ten hits. Filtered: the most frequent category and year chosen. Nothing is cached.
"""
_ABOUT_RANKING = """
The ranking alone, without snippets: our engine with all fields and boosts, all five facets and
whatever was understood from the words; beside it tantivy with the same five fields (text and title,
each with accents and without, and pairs), boosts and facets, for the same words and conditions. In
one process, in turn; parsing and composing the query is not counted on either side.
"""
_WAYS = {"plain": "as typed", "filtered": "filtered", "without_accents": "without accents"}
_RANKED = {"ours": "ours", "ours_reordered": "ours, with the second stage", "tantivy": "tantivy"}


def compose_product(product: Mapping[str, Any]) -> Iterator[str]:
    """Yield the section of the product's query."""
    search, http = product["search"], product["http"]
    yield "\n## The product's query"
    yield _ABOUT
    yield f"{product['documents']:,} documents. Milliseconds:\n"
    rows = [("search to JSON, in the process", *_cells(search))]
    rows += [(f"- {label}", *_cells(search[way])) for way, label in _WAYS.items()]
    rows.append(("page from results (HTML)", *_cells(product["html"])))
    rows.append((f"over HTTP, {http['clients']} clients", *_cells(http)))
    yield from table_lines(("", "median", "95 of 100"), rows)
    yield f"\nOver HTTP: {http['requests']} requests, {http['requests_per_second']:g} a second,"
    yield f"{http['errors']} errors, the clients on the same cores. From starting the server to its"
    yield f"first answer {http['start_seconds']:g} s; memory of its largest process, mapped files"
    yield f"aside, {http['memory_mib']:.0f} MiB.\n\n### Its ranking"
    yield _ABOUT_RANKING
    ranking = product["ranking"]
    ranked = [(label, *_cells(ranking[k])) for k, label in _RANKED.items() if k in ranking]
    yield from table_lines(("", "median", "95 of 100"), ranked)


def _cells(spread: Mapping[str, float]) -> tuple[str, str]:
    return f"{spread['p50_ms']:.2f}", f"{spread['p95_ms']:.2f}"
