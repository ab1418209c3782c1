"""Fit the two parts of the second stage to judged questions: weights, and small trees on top."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any

import numpy as np

from indexer.answers.reordering import MODEL_VERSION
from indexer.store.engine.features import FEATURES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    Floats = NDArray[Any]

DEPTH = 400
HEAD = 100
_PULL = 0.15
_STEPS = 80
_EVERY = 3
_RATE = 0.1
_TREES = 160
_TREE_SETTINGS = {
    "objective": "lambdarank",
    "metric": "None",
    "learning_rate": 0.05,
    "max_depth": 3,
    "num_leaves": 8,
    "min_data_in_leaf": 50,
    "feature_fraction": 0.5,
    "bagging_fraction": 0.8,
    "bagging_freq": 1,
    "lambda_l2": 5,
    "lambdarank_truncation_level": 10,
    "max_bin": 127,
    "num_threads": 2,
    "deterministic": True,
    "verbose": -1,
}


@dataclass(frozen=True)
class Judged:
    """One way of asking all questions: the features of each question's candidates."""

    features: list[Floats]
    relevant: list[NDArray[np.bool_]]
    """Of each question, which of its candidates are."""
    first: list[Floats]
    """The first stage's scores of them."""
    wanted: list[int]
    """How many relevant documents each question has, candidates or not."""


@dataclass(frozen=True)
class Linear:
    """The linear part: a weight for each feature."""

    weights: Floats

    def score(self, features: Floats) -> Floats:
        """Return the linear part's score of each row."""
        scores: Floats = features @ self.weights
        return scores


def fit_linear(
    judged: Sequence[Judged], questions: Sequence[int], columns: Sequence[int]
) -> Linear:
    """Return the weights that put relevant candidates first: a softmax over each question's.

    Plain descent with Adam's steps (Kingma & Ba, 2015); the pull towards 0 keeps weights small,
    so that many features that say the same share what they say.
    """
    pairs = [(j, q, _pick_rows(j, q)) for j in judged for q in questions if j.relevant[q].any()]
    features = np.concatenate([j.features[q][rows][:, columns] for j, q, rows in pairs])
    relevant = np.concatenate(
        [(j.relevant[q][rows] / j.relevant[q].sum()).astype(np.float32) for j, q, rows in pairs]
    )
    sizes = np.array([len(rows) for _, _, rows in pairs])
    spread = features.std(0) + 1e-6
    features = features / spread
    weights = np.zeros(len(columns), np.float32)
    speed, square = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, _STEPS + 1):
        chances = _softmax(features @ weights, sizes)
        slope = (chances - relevant) @ features / len(sizes) + _PULL * weights
        speed = 0.9 * speed + 0.1 * slope
        square = 0.99 * square + 0.01 * slope * slope
        rate = _RATE * (1 - 0.9 * step / _STEPS)
        weights -= rate * (speed / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.99**step)) + 1e-8)
    whole = np.zeros(len(FEATURES), np.float32)
    whole[list(columns)] = weights / spread
    return Linear(whole)


def _pick_rows(judged: Judged, question: int) -> NDArray[np.int64]:
    """Return the candidates that teach the linear part: the first ones, some others, all relevant.

    Most of the rest are alike; without them training is four times as fast.
    """
    order = np.argsort(-judged.first[question], kind="stable")
    relevant = np.flatnonzero(judged.relevant[question])
    return np.unique(np.concatenate([order[:HEAD], order[HEAD::_EVERY], relevant]))


def _softmax(scores: Floats, sizes: NDArray[np.int64]) -> Floats:
    begins = np.cumsum(sizes) - sizes
    scores = np.exp(scores - np.repeat(np.maximum.reduceat(scores, begins), sizes))
    chances: Floats = scores / np.repeat(np.add.reduceat(scores, begins), sizes)
    return chances


def fit_trees(
    judged: Sequence[Judged], questions: Sequence[int], linear: Linear, seed: int
) -> list[dict[str, list[Any]]]:
    """Return trees that add to the linear part among its first HEAD candidates."""
    lightgbm = import_module("lightgbm")
    rows, labels, starts = [], [], []
    for j in judged:
        for q in questions:
            scores = linear.score(j.features[q])
            head = np.argsort(-scores, kind="stable")[:HEAD]
            rows.append(j.features[q][head])
            labels.append(j.relevant[q][head])
            starts.append(scores[head])
    data = lightgbm.Dataset(
        np.concatenate(rows),
        np.concatenate(labels).astype(int),
        group=[len(each) for each in labels],
        init_score=np.concatenate(starts),
    )
    booster = lightgbm.train({**_TREE_SETTINGS, "seed": seed}, data, _TREES)
    return [_whole_tree(tree["tree_structure"]) for tree in booster.dump_model()["tree_info"]]


def _whole_tree(root: Mapping[str, Any]) -> dict[str, list[Any]]:
    """Return a tree of three questions on every way, row by row, padded where it asks fewer."""
    features, limits, values = [], [], []
    level = [root]
    for depth in range(4):
        values += [
            node["internal_value" if "left_child" in node else "leaf_value"] for node in level
        ]
        if depth < 3:
            features += [int(node.get("split_feature", 0)) for node in level]
            limits += [_round_down(node.get("threshold", 0.0)) for node in level]
            level = [
                node.get(side, node) for node in level for side in ("left_child", "right_child")
            ]
    return {"features": features, "limits": limits, "values": [round(v, 6) for v in values]}


def _round_down(limit: float) -> float:
    # Features are 32-bit: the greatest such number that is not above the limit decides the same.
    rounded = np.float32(limit)
    return float(rounded if float(rounded) <= limit else np.nextafter(rounded, np.float32("-inf")))


def as_stored(linear: Linear, trees: list[dict[str, list[Any]]], **figures: Any) -> dict[str, Any]:
    """Return a model as `reordering.read_model` reads it."""
    return {
        "version": MODEL_VERSION,
        "trained": figures,
        "depth": DEPTH,
        "head": HEAD,
        "features": list(FEATURES),
        "weights": [round(float(weight), 6) for weight in linear.weights],
        "trees": trees,
    }
