"""The second stage: what the features of a candidate add up to, as a trained model has it.

A linear part orders all candidates; small trees add to it for those that it puts first. Each tree
asks three questions one after the other, each about one feature. Both were trained on judged
questions by tests/benchmarks/train_ranking.py, which writes `indexer/data/ranking_model.json`.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import numpy as np

from indexer.errors import RankingModelError
from indexer.search_records import ScorePart
from indexer.store.engine.features import FEATURES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    Scores = NDArray[np.float32]

MODEL_VERSION = 1
_NAME = "ranking_model.json"
_DEPTH = 3
# Keeps the last one of the head above the best one below it; scores differ by far more.
_STEP = 0.01
_QUESTIONS = 2**_DEPTH - 1


@dataclass(frozen=True)
class RankingModel:
    """What ranks candidates by their features. Safe between threads."""

    depth: int
    """How many candidates it was trained to order."""
    head: int
    """How many of them, the best by the linear part, the trees see."""
    weights: Scores
    """[features]: what one unit of each feature adds."""
    features: NDArray[np.intp]
    """[trees, 7]: which feature each question asks about, from the root down, row by row."""
    limits: Scores
    """[trees, 7]: up to this, it goes on at the left."""
    values: Scores
    """[trees, 15]: what is expected at each question and then at each answer."""

    def score(self, features: Scores) -> Scores:
        """Return a score for each row of `features.FEATURES`; higher is better.

        Whatever the trees say, nothing from below the head rises into it.
        """
        scores: Scores = features @ self.weights
        first = np.argsort(-scores, kind="stable")
        head, rest = first[: self.head], first[self.head :]
        scores[head] += self._ask_trees(features[head])
        if len(rest):
            scores[head] += max(0.0, float(scores[rest[0]] - scores[head].min()) + _STEP)
        return scores

    def contributions(self, row: Scores) -> tuple[ScorePart, ...]:
        """Return what each feature of a row adds, the largest first, by absolute value.

        Of the linear part, its weight times its value. Of a tree, how far each answer moves what
        is expected (Saabas, "Interpreting random forests", 2014); what the trees give to everyone
        is left out. The parts add up to the score of a row in the head, but for that.
        """
        adds = row * self.weights
        nodes = np.zeros(len(self.values), np.intp)
        trees = np.arange(len(self.values))
        for _ in range(_DEPTH):
            asked = self.features[trees, nodes]
            follow = self._follow(row[asked], trees, nodes)
            np.add.at(adds, asked, self.values[trees, follow] - self.values[trees, nodes])
            nodes = follow
        order = np.argsort(-np.abs(adds), kind="stable")
        return tuple(
            ScorePart(FEATURES[at], float(row[at]), float(adds[at])) for at in order if adds[at]
        )

    def _ask_trees(self, features: Scores) -> Scores:
        trees = np.arange(len(self.values))
        rows = np.arange(len(features))[:, None]
        nodes = np.zeros((len(features), len(trees)), np.intp)
        for _ in range(_DEPTH):
            nodes = self._follow(features[rows, self.features[trees, nodes]], trees, nodes)
        added: Scores = self.values[trees, nodes].sum(axis=1)
        return added

    def _follow(
        self, values: Scores, trees: NDArray[np.intp], nodes: NDArray[np.intp]
    ) -> NDArray[np.intp]:
        """Return the nodes that come after these, given what each of them asks for."""
        return 2 * nodes + 1 + (values > self.limits[trees, nodes])


@lru_cache(maxsize=1)
def load_model() -> RankingModel:
    """Return the model that ships with the program; RankingModelError when it does not fit."""
    written = (files("indexer") / "data" / _NAME).read_text(encoding="utf-8")
    return read_model(json.loads(written))


def read_model(stored: Mapping[str, Any]) -> RankingModel:
    """Return a stored model; RankingModelError when it was trained on other features."""
    version, names = stored.get("version"), stored.get("features")
    if version != MODEL_VERSION or names != list(FEATURES):
        raise RankingModelError(
            f"{_NAME}: made for version {version} and other features than the "
            f"{len(FEATURES)} of version {MODEL_VERSION}; train it again with "
            "tests/benchmarks/train_ranking.py"
        )
    trees = stored["trees"]
    return RankingModel(
        depth=stored["depth"],
        head=stored["head"],
        weights=np.array(stored["weights"], np.float32),
        features=np.array([t["features"] for t in trees], np.intp).reshape(-1, _QUESTIONS),
        limits=np.array([t["limits"] for t in trees], np.float32).reshape(-1, _QUESTIONS),
        values=np.array([t["values"] for t in trees], np.float32).reshape(-1, 2 * _QUESTIONS + 1),
    )
