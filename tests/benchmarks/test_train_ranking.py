"""Facts about how the second stage is trained and measured; its trees need lightgbm."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from indexer.answers.reordering import read_model
from indexer.store.engine.features import FEATURES
from tests.benchmarks import fit_ranking, train_ranking
from tests.benchmarks.fit_ranking import Judged, Linear

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from indexer.records import CouncilDocument


def make_judged(questions: int = 20, candidates: int = 30) -> Judged:
    """Return questions whose one relevant candidate has the most of the third feature."""
    draw = np.random.default_rng(5)
    judged = Judged([], [], [], [])
    for _ in range(questions):
        features = draw.random((candidates, len(FEATURES))).astype(np.float32)
        judged.features.append(features)
        judged.relevant.append(features[:, 2] == features[:, 2].max())
        judged.first.append(features[:, 0])
        judged.wanted.append(1)
    return judged


def test_the_linear_part_finds_the_feature_that_tells() -> None:
    """The weight of what decides is the largest, and unseen questions are answered by it."""
    judged = make_judged()
    linear = fit_ranking.fit_linear([judged], range(15), range(len(FEATURES)))
    assert int(np.argmax(linear.weights)) == 2
    unseen = [linear.score(features) for features in judged.features]
    ndcg, recall = train_ranking.measure(judged, unseen)
    assert ndcg > 0.8
    assert recall == 1


def test_features_left_out_weigh_nothing() -> None:
    """A rung of the ladder sees its own features alone."""
    linear = fit_ranking.fit_linear([make_judged()], range(20), [0, 2])
    assert set(np.flatnonzero(linear.weights)) == {0, 2}


def test_every_question_is_measured_by_a_model_that_did_not_see_it() -> None:
    """No question is among those that its model was fitted to."""
    judged = make_judged()
    asked = []

    def fit(questions: Any, seed: int) -> Callable[[Any], Any]:
        def score(features: Any) -> Any:
            mine = next(q for q in range(20) if judged.features[q] is features)
            asked.append((seed, mine))
            assert mine not in questions
            return features[:, 2]

        return score

    [(ndcg, recall)] = train_ranking.cross_validate([judged], fit, [0, 1])
    assert (ndcg, recall) == (1, 1)
    assert sorted(asked) == [(seed, q) for seed in (0, 1) for q in range(20)]


def test_what_the_first_stage_missed_lowers_the_measures() -> None:
    """A relevant document that is no candidate counts as not found."""
    judged = make_judged(questions=1)
    missed = Judged(judged.features, judged.relevant, judged.first, [2])
    assert train_ranking.measure(missed, [judged.features[0][:, 2]])[1] == 0.5


def test_the_ladder_names_every_feature_once_and_all_of_them() -> None:
    """No feature comes in with two rungs, and none stays out."""
    rungs = [
        [feature for feature in FEATURES if feature.startswith(beginnings)]
        for _name, beginnings in train_ranking._LADDER
    ]
    assert sorted(feature for rung in rungs for feature in rung) == sorted(FEATURES)


def test_a_tree_that_asks_less_is_padded() -> None:
    """Every way through a stored tree has three questions; padding changes no answer."""
    leaf = {"leaf_value": -1.0}
    root = {
        "split_feature": 1,
        "threshold": 0.1,
        "internal_value": 0.5,
        "left_child": leaf,
        "right_child": {
            "split_feature": 0,
            "threshold": 0.7,
            "internal_value": 1.0,
            "left_child": {"leaf_value": 2.0},
            "right_child": {"leaf_value": 3.0},
        },
    }
    linear = Linear(np.zeros(len(FEATURES), np.float32))
    stored = fit_ranking.as_stored(linear, [fit_ranking._whole_tree(root)])
    model = read_model(json.loads(json.dumps(stored)))
    rows = np.zeros((3, len(FEATURES)), np.float32)
    rows[:, :2] = [(0, np.float32(0.1)), (0.5, 0.5), (0.9, 0.5)]
    # As a 32-bit number 0.1 lies above the limit of 64 bits.
    assert model.score(rows).tolist() == [2.0, 2.0, 3.0]
    rows[0, 1] = 0.05
    assert model.score(rows).tolist() == [-1.0, 2.0, 3.0]


def test_judging_reads_an_index(
    make_index: Callable[..., Path], make_document: Callable[..., CouncilDocument]
) -> None:
    """Each judged question gives its candidates' features; others give nothing."""
    texts = ("Mức thu học phí của trường mầm non", "Giá đất ở đô thị", "Phí bến bãi")
    documents = [make_document(text, id=f"d{n}", title=text) for n, text in enumerate(texts)]
    index = train_ranking.open_index(make_index(documents))
    queries = {"a": "mức thu học phí", "b": "giá đất"}
    judgements = {"a": {"d0": 1, "gone": 1}, "b": {"d1": 0}, "nobody asked": {"d2": 1}}
    judged = train_ranking.judge(index, queries, judgements)
    assert [each.tolist() for each in judged.relevant] == [[True, False, False]]
    assert judged.wanted == [2]
    assert judged.features[0].shape == (3, len(FEATURES))


def test_a_short_question_keeps_the_words_that_weigh_most(
    make_index: Callable[..., Path], make_document: Callable[..., CouncilDocument]
) -> None:
    """Question words and what every document holds are left out first."""
    texts = ("thu phí bến bãi đò ngang", "thu phí học", "thu phí chợ")
    documents = [make_document(text, id=f"d{n}") for n, text in enumerate(texts)]
    index = train_ranking.open_index(make_index(documents))
    asked = "thu phí bến bãi đò ngang là gì"
    assert train_ranking.shorten(index, asked) == "phí bến bãi đò ngang"
    assert train_ranking.shorten(index, "phí") == "phí"
    assert train_ranking.shorten(index, "") == ""


def test_training_writes_a_model_that_loads(tmp_path: Path, capsys: Any) -> None:
    """The table is printed, and the file is one that the second stage accepts."""
    pytest.importorskip("lightgbm", reason="lightgbm is only installed for training")
    train_ranking.train([make_judged()], [0], tmp_path / "model.json")
    assert "trees" in capsys.readouterr().out
    model = read_model(json.loads((tmp_path / "model.json").read_text(encoding="utf-8")))
    assert len(model.values) == 160
