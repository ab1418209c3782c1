"""Facts about the second stage's model."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.answers.reordering import MODEL_VERSION, RankingModel, load_model, read_model
from indexer.errors import RankingModelError
from indexer.store.engine.features import FEATURES

COUNT = len(FEATURES)


def stored(**changed: Any) -> dict[str, Any]:
    """Return a model of one weight, on the second feature, and one tree, on the first two."""
    tree = {
        "features": [0, 1, 1, 0, 0, 0, 0],
        "limits": [0.5, 0.5, 0.25, 9.0, 9.0, 9.0, 9.0],
        "values": [0.25, 0.0, 1.0, -1.0, 1.0, 0.5, 3.0, -1, -1, 1, 1, 0.5, 0.5, 3, 3],
    }
    return {
        "version": MODEL_VERSION,
        "trained": {"questions": 1},
        "depth": 10,
        "head": 2,
        "features": list(FEATURES),
        "weights": [0.0, 2.0, *[0.0] * (COUNT - 2)],
        "trees": [tree],
        **changed,
    }


def rows(*firsts: tuple[float, float]) -> np.ndarray[Any, np.dtype[np.float32]]:
    """Return rows of features that are 0 but for the first two."""
    whole = np.zeros((len(firsts), COUNT), np.float32)
    whole[:, :2] = np.array(firsts).reshape(-1, 2)
    return whole


def test_trees_add_to_the_linear_part() -> None:
    """The score is the weights' sum and the answer of each tree."""
    model = read_model(stored())
    # Over the first limit and over the second: 3; over the first alone: 0.5.
    assert model.score(rows((0.75, 1.0), (0.75, 0.0))).tolist() == [5.0, 0.5]
    # On the limit it goes on at the left.
    assert model.score(rows((0.5, 0.5))).tolist() == [0.0]


def test_only_the_head_is_shown_to_the_trees() -> None:
    """Below the best ones the linear part alone orders, and nothing of it rises into them."""
    model = read_model(stored(weights=[0.0, 1.0, *[0.0] * (COUNT - 2)]))
    scores = model.score(rows((1, 0.2), (0, 0.4), (1, 0.1), (0, 0.3)))
    # In the head the trees take 1 from both; all of it is lifted to where the rest begins.
    assert np.argsort(-scores, kind="stable").tolist() == [1, 3, 0, 2]
    assert scores[1] - scores[3] == pytest.approx(0.1)
    assert scores[3] == pytest.approx(0.21)


def test_contributions_add_up_to_the_score() -> None:
    """But for what the trees give to everyone, which no feature brings about."""
    model = read_model(stored())
    row = rows((0.75, 1.0))
    parts = model.contributions(row[0])
    assert [(part.name, part.value) for part in parts] == [(FEATURES[1], 1.0), (FEATURES[0], 0.75)]
    # 2 by the weight and 2 by the second question; 0.75 by the first question.
    assert [part.score for part in parts] == [4.0, 0.75]
    assert sum(part.score for part in parts) + 0.25 == model.score(row)[0]


def test_a_model_without_trees_is_a_linear_one() -> None:
    """Trees may be left out."""
    model = read_model(stored(trees=[]))
    assert model.score(rows((1, 0.5), (0, 1))).tolist() == [1.0, 2.0]
    assert [part.score for part in model.contributions(rows((1, 0.5))[0])] == [1.0]


def test_nobody_to_score_is_no_fault() -> None:
    """Without candidates there are no scores."""
    assert read_model(stored()).score(rows()).shape == (0,)


@pytest.mark.parametrize(
    "changed", [{"features": list(reversed(FEATURES))}, {"features": None}, {"version": 0}]
)
def test_a_model_of_other_features_is_refused(changed: dict[str, Any]) -> None:
    """A model must not score what it was not trained on."""
    with pytest.raises(RankingModelError, match="train it again"):
        read_model(stored(**changed))


def test_the_model_that_ships_fits_the_code() -> None:
    """It has the features of the code, says how it was trained, and is small."""
    model = load_model()
    assert model is load_model()
    assert model.weights.shape == (COUNT,)
    assert model.head <= model.depth
    assert len(model.values) <= 200


def test_the_model_that_ships_prefers_more_of_every_kind() -> None:
    """A candidate that has all that can be had of each share comes before one that has none."""
    lengths = [at for at, name in enumerate(FEATURES) if "length by" in name or "place" in name]
    best = np.ones((1, COUNT), np.float32)
    best[:, lengths] = 0
    scores = load_model().score(np.concatenate([np.zeros_like(best), best]))
    assert scores[1] > scores[0]


@given(st.lists(st.lists(st.floats(-100, 100, width=32), min_size=3, max_size=3), max_size=150))
def test_scores_are_finite_and_explained_for_any_features(values: list[list[float]]) -> None:
    """Whatever was measured, every score is a number, and its parts are that of its row."""
    model = load_model()
    whole = np.zeros((len(values), COUNT), np.float32)
    whole[:, [0, 7, 20]] = np.array(values, np.float32).reshape(-1, 3)
    scores = model.score(whole)
    assert np.isfinite(scores).all()
    for row in whole[:3]:
        parts = sum(part.score for part in model.contributions(row))
        alone = float(model.score(row[None])[0])
        assert alone - parts == pytest.approx(float(model.values[:, 0].sum()), abs=0.1, rel=1e-3)


def test_the_file_is_readable_json_of_plain_numbers() -> None:
    """A stored model survives being written and read."""
    model = read_model(json.loads(json.dumps(stored())))
    assert isinstance(model, RankingModel)
    assert model.limits.dtype == np.float32
