"""docs/benchmarks.md and docs/benchmarks.json, written from the same figures."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from tests.benchmarks.bench.product_page import compose_product
from tests.benchmarks.bench.tables import table_lines
from tests.benchmarks.bench.work import BEST

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    Figures = Mapping[str, Any]

NAME = "benchmarks"
_INTRODUCTION = f"""\
# Search benchmarks

How fast answers come, beside other engines, in figures that anybody can measure again. Written by
the commands below; do not edit it by hand.

```sh
make bench          # QUERIES=file.tsv DOCS=file.jsonl.gz ROUNDS=20 OUT=folder
make bench-growth
```

Without `QUERIES` and `DOCS` the queries and documents are those that lie beside the project, and
without them the corpus and `tests/benchmarks/bench/queries.tsv`. `docs/benchmarks.json` has the
same figures, and those of every query.

## Plain queries

Every engine has the same words: the text's syllables as our analysis normalises them, with a blank
between them, in one field with positions. For each query it gives the exact number of documents,
how many of them each category, level and year has, and the stored titles of the best {BEST} by
BM25. Category, level and year are dealt to the documents by a seeded rule. One thread; each engine
in a process of its own, which times itself; they take turns query by query, in an order that
changes with every round, after rounds to warm up. In its turn an engine is asked once to wake it,
since others had the processor's caches before (`first_p50_ms` in the JSON file says what that
takes), and then timed twice. Slow ones are timed once, in fewer rounds. Classes that begin
with "or" ask for any of the words, "phrase" for all in a row, the others for all of them.

- ours: `WhooshEngine.search`, from words to titles, without a cache; ours_numpy: the same without
  numba. Their index holds no compounds, which no query here asks for; the title is kept in the
  listing alone.
- tantivy: one segment; terms aggregations over numbers as fast fields, then its search. The total
  is read off a facet, which is quicker than counting apart.
- xapian: compacted; match spies on value slots, every document checked. sqlite_fts5: contentless,
  optimised; facets in a table beside it. whoosh: 2.7.4 as it comes.
- bm25s knows neither conditions nor phrases: it stands beside single words and alternatives only.
"""
_ABOUT_LIMITS = """
The least that an answer must read: document numbers (2 bytes) and frequencies (2) of its words'
postings, their positions (4) in a phrase, and length (4), category (2), level (2) and day (4) of
each document found, over the measured speed of memory. Less is read where a short list spares a
long one; what is in a processor's cache comes faster.
"""
_ABOUT_GROWTH = """
Our engine alone. The exponent is that of p95 over the number of documents (a line through the
logarithms): 1 means as fast as the collection grows, 0 not at all. The largest collection is where
p95 reaches 300 ms on this machine; beyond what was measured, times are taken to grow at least as
fast as the collection.
"""


def write_page(out: Path, figures: Figures) -> list[Path]:
    """Write both files, what was measured before and is not anew among them; return their names."""
    out.mkdir(parents=True, exist_ok=True)
    page, data = out / f"{NAME}.md", out / f"{NAME}.json"
    whole = {**read_figures(out), **figures}
    data.write_text(json.dumps(whole, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    page.write_text("\n".join(compose_page(whole)) + "\n", encoding="utf-8")
    return [page, data]


def read_figures(out: Path) -> dict[str, Any]:
    """Return what was measured before, or nothing."""
    data = out / f"{NAME}.json"
    if not data.is_file():
        return {}
    figures: dict[str, Any] = json.loads(data.read_text(encoding="utf-8"))
    return figures


def compose_page(figures: Figures) -> Iterator[str]:
    """Yield the lines of the page."""
    yield _INTRODUCTION.rstrip()
    yield from compose_tables(figures)


def compose_tables(figures: Figures) -> Iterator[str]:
    """Yield the lines of what was measured."""
    if "classes" in figures:
        yield from compose_comparison(figures)
        yield from _compose_limits(figures)
    if "product" in figures:
        yield from compose_product(figures["product"])
    if "growth" in figures:
        yield from _compose_growth(figures["growth"])


def compose_comparison(figures: Figures) -> Iterator[str]:
    """Yield the tables of the plain classes."""
    classes, versions = figures["classes"], figures["versions"]
    engines = list(versions)
    yield f"\n{figures['documents']:,} documents, {figures['rounds']} rounds."
    yield "Milliseconds, median / 95 of 100 within:\n"
    rows = (
        (name, *(_cell(of_class.get(engine)) for engine in engines), _hits(of_class))
        for name, of_class in classes.items()
    )
    yield from table_lines(("class", *engines, "documents found"), rows)
    yield "\nHow it compares (medians / 95 of 100):\n"
    heads = ("class", "ours : tantivy", "ours_numpy : tantivy", "whoosh : ours")
    pairs = (("ours", "tantivy"), ("ours_numpy", "tantivy"), ("whoosh", "ours"))
    ratios = (
        (name, *(_ratio(of_class, *pair) for pair in pairs)) for name, of_class in classes.items()
    )
    yield from table_lines(heads, ratios)
    yield "\nIndexes:\n"
    indexes = figures["indexes"]
    yield from table_lines(
        ("engine", "version", "MB", "written in (s)"),
        (
            (name, versions[name], f"{index['bytes'] / 1e6:.0f}", str(index["seconds"]))
            for name, index in indexes.items()
        ),
    )
    yield f"\n{figures['machine']['sentence']} Measured on {figures['measured_on']}."
    yield from _compose_disagreements(figures["disagreements"])


def _compose_disagreements(disagreements: list[str]) -> Iterator[str]:
    if not disagreements:
        yield "All engines found the same number of documents and the same facets."
        return
    yield "\nEngines that disagree:\n"
    for sentence in disagreements:
        yield f"- {sentence}"


def _cell(measured: Mapping[str, float] | None) -> str:
    if measured is None:
        return "-"
    return f"{_short(measured['p50_ms'])} / {_short(measured['p95_ms'])}"


def _hits(of_class: Mapping[str, Mapping[str, int]]) -> str:
    return f"{of_class['ours']['hits']:,}"


def _ratio(of_class: Mapping[str, Mapping[str, float]], one: str, other: str) -> str:
    if one not in of_class or other not in of_class:
        return "-"
    shares = (of_class[one][key] / of_class[other][key] for key in ("p50_ms", "p95_ms"))
    return " / ".join(map(_short, shares))


def _short(value: float) -> str:
    """Return a figure with two or three digits that say something.

    >>> _short(0.0213), _short(0.34), _short(1.26), _short(858.4)
    ('0.021', '0.34', '1.3', '858')
    """
    if value >= 10:
        return f"{value:.0f}"
    return f"{value:.1f}" if value >= 1 else f"{value:.2g}"


def _compose_limits(figures: Figures) -> Iterator[str]:
    yield "\n### The physical limit"
    yield _ABOUT_LIMITS
    rows = (
        (name, f"{limit['bytes'] / 1000:,.0f}", f"{limit['ms']:.4f}", f"{limit['times']:g}")
        for name, limit in figures["limits"].items()
    )
    heads = ("class", "kB a query (mean)", "ms at the speed of memory", "our median, times that")
    yield from table_lines(heads, rows)


def _compose_growth(growth: Figures) -> Iterator[str]:
    yield "\n## Growth"
    yield _ABOUT_GROWTH
    sizes = growth["sizes"]
    heads = ("class", *(f"{size:,} documents" for size in sizes), "exponent", "largest collection")
    rows = (
        (
            name,
            *(_cell(at_size) for at_size in of_class["measured"]),
            f"{of_class['exponent']:.2f}",
            f"{of_class['largest']:,}",
        )
        for name, of_class in growth["classes"].items()
    )
    yield from table_lines(heads, rows)
    yield f"\n{growth['machine']['sentence']} Measured on {growth['measured_on']}."
