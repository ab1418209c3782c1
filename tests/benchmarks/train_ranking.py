"""Train the second stage of the ranking, and tell what each part of it is good for.

    python -m pip install lightgbm scikit-learn   # in an environment of its own
    python -m tests.benchmarks.train_ranking --index DIR --queries TSV --judgements TSV

Reads an index and judged questions (as `evaluate` does), writes indexer/data/ranking_model.json and
prints a table of nDCG@10 and recall@100: of the first stage, of the linear part as groups of
features come in, and of the trees. Each question is asked in three ways, since readers type them
all: as it is written, without accents, and as the five words of it that weigh most. Every figure
is of questions that its model was not trained on: five folds by question, mean over the seeds.
--cross-validate-only leaves the model as it is.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from indexer.answers.evaluation import (
    measure_ndcg,
    measure_recall,
    read_judgements,
    read_queries,
)
from indexer.answers.query.language import parse_query
from indexer.answers.query.plain import read_plain
from indexer.answers.ranking import WEIGHTS
from indexer.answers.reordering import read_model
from indexer.language.text import clean_text, fold
from indexer.store.engine.asked import read_asked
from indexer.store.engine.columns import load_columns
from indexer.store.engine.features import FEATURES, FeatureReader
from indexer.store.engine.leaf_sums import LeafSums
from indexer.store.engine.leaves import find_leaves
from indexer.store.engine.scoring import Bm25
from indexer.store.engine.shard import open_shards
from indexer.store.engine.term_source import TermLookup
from indexer.store.generations import current_generation, generation_path
from tests.benchmarks.fit_ranking import (
    DEPTH,
    HEAD,
    Judged,
    as_stored,
    fit_linear,
    fit_trees,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from indexer.store.engine.shard import Shard

    Floats = NDArray[Any]

MODEL = Path(__file__).parents[2] / "indexer" / "data" / "ranking_model.json"

FOLDS = 5
SHORT = 5
# The parts of the ladder, each by how its features' names begin.
_LADDER: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("scores of the fields", ("words alone", "text: BM25", "title: BM25", "neighbours: BM25")),
    ("compounds", ("compounds",)),
    ("weight held", ("text: words held", "title: words held", "text: rarest", "neighbours: held")),
    ("share of the title", ("title: how m",)),
    (
        "order and nearness",
        ("text: words in", "text: words s", "title: words in", "title: words s"),
    ),
    ("chains", ("text: three", "text: longest", "title: three", "title: longest")),
    ("passages", ("text: words within", "beginning")),
    ("length and density", ("text: length", "title: length", "text: density")),
)


@dataclass(frozen=True)
class Index:
    """What the features need of one generation."""

    shards: Sequence[Shard]
    bm25: Bm25
    lengths: Mapping[str, Floats]
    ids: Sequence[str]


def open_index(index: Path) -> Index:
    """Return the current generation of an index, ready to be measured."""
    directory = generation_path(index, current_generation(index).name)
    shards, live = open_shards(directory)
    lengths = load_columns(shards, live).lengths
    ids = [shard.listing(number).id for shard in shards for number in range(shard.size)]
    return Index(shards, Bm25(lengths, len(ids)), lengths, ids)


def judge(
    index: Index,
    queries: Mapping[str, str],
    judgements: Mapping[str, Mapping[str, int]],
    rewrite: Callable[[str], str] = str,
) -> Judged:
    """Return the features of what the first stage finds for each question that is judged."""
    sums = LeafSums(index.shards, index.bm25, len(index.ids))
    reader = FeatureReader(index.bm25, index.lengths)
    judged = Judged([], [], [], [])
    everything = np.arange(len(index.ids), dtype=np.int32)
    for query, grades in judgements.items():
        wanted = {document for document, grade in grades.items() if grade > 0}
        tree = parse_query(rewrite(queries.get(query, ""))).root
        if tree is None or not wanted:
            continue
        lookup = TermLookup(index.shards)
        scores = sums.add_up(find_leaves(tree, lookup, WEIGHTS, index.bm25), everything)
        candidates = np.sort(np.argsort(-scores, kind="stable")[:DEPTH])
        judged.features.append(reader.measure(lookup, read_asked(tree), candidates))
        judged.relevant.append(np.array([index.ids[n] in wanted for n in candidates.tolist()]))
        judged.first.append(scores[candidates])
        judged.wanted.append(len(wanted))
    return judged


def shorten(index: Index, question: str) -> str:
    """Return the SHORT neighbouring words of a question that weigh most together."""
    plain = read_plain(clean_text(question), counted=True)
    words = [word for word in plain.words if word not in plain.weak] if plain else []
    lookup = TermLookup(index.shards)
    found = (lookup.word_postings(word).found for word in words)
    weights = np.array([index.bm25.idf(each) if each else 0.0 for each in found])
    starts = range(max(len(words) - SHORT, 0) + 1)
    best = max(starts, key=lambda start: float(weights[start : start + SHORT].sum()))
    return " ".join(word.syllable for word in words[best : best + SHORT])


def measure(judged: Judged, scores: Sequence[Floats]) -> tuple[float, float]:
    """Return nDCG@10 and recall@100, means over the questions."""
    figures = []
    for relevant, each, wanted in zip(judged.relevant, scores, judged.wanted, strict=True):
        order = np.argsort(-each, kind="stable").tolist()
        grades = {str(place): 1 for place in np.flatnonzero(relevant).tolist()}
        grades |= {f"missed {n}": 1 for n in range(wanted - len(grades))}
        ranked = [str(place) for place in order]
        figures.append((measure_ndcg(ranked, grades, 10), measure_recall(ranked, grades, 100)))
    ndcg, recall = np.mean(figures, axis=0)
    return float(ndcg), float(recall)


def cross_validate(
    judged: Sequence[Judged],
    fit: Callable[[Sequence[int], int], Callable[[Floats], Floats]],
    seeds: Sequence[int],
) -> list[tuple[float, float]]:
    """Return the measures of each way of asking, on questions left out, mean over the seeds."""
    count = len(judged[0].features)
    measured = []
    for seed in seeds:
        places = np.random.default_rng(seed).permutation(count)
        scores: list[list[Floats]] = [[np.empty(0)] * count for _ in judged]
        for part in range(FOLDS):
            left_out = places[part::FOLDS].tolist()
            score = fit(sorted(set(range(count)) - set(left_out)), seed)
            for mine, j in zip(scores, judged, strict=True):
                for q in left_out:
                    mine[q] = score(j.features[q])
        measured.append([measure(j, mine) for j, mine in zip(judged, scores, strict=True)])
    return [(float(ndcg), float(recall)) for ndcg, recall in np.mean(measured, axis=0)]


def ladder(
    judged: Sequence[Judged], seeds: Sequence[int]
) -> Iterator[tuple[str, list[tuple[float, float]]]]:
    """Yield the name of each part and what the ranking reaches with it and those before it."""
    yield "first stage", [measure(j, j.first) for j in judged]
    columns: list[int] = []
    for name, beginnings in _LADDER:
        columns += [at for at, feature in enumerate(FEATURES) if feature.startswith(beginnings)]
        chosen = sorted(set(columns))

        def fit(
            questions: Sequence[int], _seed: int, chosen: list[int] = chosen
        ) -> Callable[[Floats], Floats]:
            return fit_linear(judged, questions, chosen).score

        yield f"linear: + {name}", cross_validate(judged, fit, seeds)
    yield f"+ trees for its first {HEAD}", cross_validate(judged, model_fitter(judged), seeds)


def model_fitter(
    judged: Sequence[Judged],
) -> Callable[[Sequence[int], int], Callable[[Floats], Floats]]:
    """Return what fits the whole model on some of the questions."""

    def fit(questions: Sequence[int], seed: int) -> Callable[[Floats], Floats]:
        linear = fit_linear(judged, questions, range(len(FEATURES)))
        return read_model(as_stored(linear, fit_trees(judged, questions, linear, seed))).score

    return fit


def main() -> None:
    """Print the ladder, then train on all questions and write the model."""
    arguments = _read_arguments()
    index = open_index(arguments.index)
    queries = read_queries(arguments.queries)
    judgements = read_judgements(arguments.judgements)
    ways = (str, fold, partial(shorten, index))
    judged = [judge(index, queries, judgements, rewrite) for rewrite in ways]
    train(judged, range(arguments.seeds), None if arguments.cross_validate_only else MODEL)


def train(judged: Sequence[Judged], seeds: Sequence[int], model: Path | None) -> None:
    """Print the ladder, train on all questions, and write the model where one is wanted."""
    write = sys.stdout.write
    write(f"| part {'| nDCG@10 | recall@100 ' * len(judged)}|\n")
    write(f"| --- {'| --- | --- ' * len(judged)}|\n")
    figures: list[tuple[float, float]] = []
    for name, figures in ladder(judged, seeds):
        cells = " | ".join(f"{figure:.4f}" for pair in figures for figure in pair)
        write(f"| {name} | {cells} |\n")
        sys.stdout.flush()
    if model is None:
        return
    questions = range(len(judged[0].features))
    linear = fit_linear(judged, questions, range(len(FEATURES)))
    stored = as_stored(
        linear,
        fit_trees(judged, questions, linear, 0),
        questions=len(questions),
        ndcg_at_10=[round(ndcg, 4) for ndcg, _ in figures],
        recall_at_100=[round(recall, 4) for _, recall in figures],
    )
    model.write_text(json.dumps(stored, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--index", type=Path, required=True)
    parser.add_argument("--queries", type=Path, required=True)
    parser.add_argument("--judgements", type=Path, required=True)
    parser.add_argument("--seeds", type=int, default=3, help="shuffles of the questions")
    parser.add_argument("--cross-validate-only", action="store_true")
    return parser.parse_args()


if __name__ == "__main__":
    main()
