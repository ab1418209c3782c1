"""The door to pyvi: its own model, run by ourselves, with pyvi as the referee."""

from __future__ import annotations

import gzip
import json
import logging
import time
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.language import crf_model, segmentation, word_joiner
from indexer.language.analysis import split_runs
from indexer.language.crf_model import WordModel, read_word_model
from indexer.language.segmentation import (
    agrees_with_pyvi,
    join_pieces_with_pyvi,
    join_syllables,
    join_with_pyvi,
    read_recorded_words,
    segment,
)
from indexer.language.text import clean_text
from indexer.language.word_joiner import WordJoiner

if TYPE_CHECKING:
    from collections.abc import Iterator

SHARED = Path(__file__).parents[3] / "shared" / "data" / "docs.jsonl.gz"
COMMON = (
    "hội đồng nhân dân thành phố uỷ ban quyết định nghị học phí kinh tế xã khoa nhà văn hoá "
    "cây ăn quả 12 2024 3g hđnd x ǆ ² louis 𝐇𝐝 𝐏"
)
SYLLABLES = st.lists(st.sampled_from(COMMON.split()), min_size=1, max_size=24)


@pytest.fixture
def own_joiner() -> Iterator[None]:
    """Load the joiner anew before and after the test."""
    segmentation._load_joiner.cache_clear()
    yield
    segmentation._load_joiner.cache_clear()


@pytest.fixture(scope="module")
def model() -> WordModel:
    """Give the model of the installed pyvi."""
    model = read_word_model()
    assert model is not None
    return model


@given(SYLLABLES.map(" ".join))
def test_words_are_those_of_pyvi(run: str) -> None:
    """Whatever stands beside what, the labels are pyvi's own."""
    assert segment(run) == join_with_pyvi(run)


@pytest.mark.parametrize(
    "run",
    [
        "nhiệm địa cây trận học uỷ tỷ",
        "đề làm nhà quản thảo toạ ngoại",
        "quản hạ đa phản lệ thống đã",
        "báo nghệ hoạt phủ trách tổ đến",
    ],
)
def test_neighbours_in_doubt_are_settled_as_by_pyvi(run: str) -> None:
    """Where two weights in a row decide nothing alone, the whole chain decides."""
    assert segment(run) == join_with_pyvi(run)


@settings(max_examples=50)
@given(st.text(max_size=40))
def test_words_of_any_script_are_those_of_pyvi(raw: str) -> None:
    """Letters that no Vietnamese text holds come out as pyvi has them."""
    for run in split_runs(clean_text(raw)):
        assert join_syllables(run) == join_with_pyvi(" ".join(run))


@given(st.lists(SYLLABLES, max_size=5))
def test_many_runs_at_once_are_each_run_alone(runs: list[list[str]]) -> None:
    """An empty syllable parts two runs as if each had been asked about on its own."""
    together = join_syllables([syllable for run in runs for syllable in (*run, "")])
    assert together == [word for run in runs for word in join_syllables(run)]


def test_words_of_the_corpus_are_those_of_pyvi() -> None:
    """Real sentences, run by run."""
    corpus = Path(__file__).parents[2] / "corpus" / "documents"
    texts = [path.read_text(encoding="utf-8") for path in sorted(corpus.glob("*/seed.txt"))]
    runs = [" ".join(run) for text in texts for run in split_runs(clean_text(text))]
    assert len(runs) > 80
    for run in runs:
        assert segment(run) == join_with_pyvi(run)


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.exists(), reason="needs ../shared/data/docs.jsonl.gz")
def test_words_of_many_real_texts_are_those_of_pyvi() -> None:
    """No run of every five-hundredth of 54,583 documents differs, however long."""
    with gzip.open(SHARED, "rt", encoding="utf-8") as lines:
        texts = [json.loads(line).get("text") or "" for line in islice(lines, 0, None, 500)]
    runs = [" ".join(run) for text in texts for run in split_runs(clean_text(text))]
    assert len(runs) > 5000
    assert [run for run in runs if segment(run) != join_with_pyvi(run)] == []


@given(st.lists(st.sampled_from(["hội", "đồng", "x" * 300, "12", "học", "phí"]), max_size=120))
def test_segmentation_keeps_every_letter_in_order(syllables: list[str]) -> None:
    """However long the run, its letters come back in order."""
    assert "".join(segment(" ".join(syllables))).replace("_", "") == "".join(syllables)


@pytest.mark.parametrize(
    "unit", ["học phí ", "x", "x ", "7", "7 ", "khoa ", "hội đồng nhân dân ", "12 học "]
)
def test_time_grows_no_faster_than_the_run(unit: str) -> None:
    """Eight times as long a run takes about eight times as long, not sixty-four times."""
    seconds = []
    for size in (50_000, 400_000):
        run = unit * (size // len(unit))
        started = time.process_time()
        words = segment(run)
        seconds.append(time.process_time() - started)
        assert sum(len(word.replace("_", "")) for word in words) == len(run.replace(" ", ""))
    assert seconds[1] < 30 * seconds[0] + 0.5


def test_a_text_full_of_unknown_words_is_not_kept(
    model: WordModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Numbers and typing errors come without end: only so many are remembered, and no long one."""
    monkeypatch.setattr(word_joiner, "_MEMORY", 10)
    joiner = WordJoiner(model)
    before = len(joiner._table)
    unknown = [f"q{number}w" for number in range(50)]
    assert joiner.join(["z" * 1000, *unknown]) == ["z" * 1000, *unknown]
    # The empty one that parts runs is counted before it is there.
    assert before < len(joiner._table) <= before + 10
    assert "z" * 1000 not in joiner._table


def test_nothing_gives_nothing() -> None:
    """An empty run has no words."""
    assert segment("") == []
    assert join_pieces_with_pyvi([]) == []


def test_the_first_syllable_begins_a_word_whatever_its_label() -> None:
    """The model has "khoa" go on with a word, though there is none before it."""
    assert segment("khoa ngôn ngữ và văn hoá quốc tế")[0] == "khoa"


def test_the_recorded_sentences_are_what_pyvi_says_today() -> None:
    """The file that is compared at every start is the work of the installed pyvi."""
    recorded = read_recorded_words()
    assert len(recorded) > 40
    for words in recorded:
        assert join_with_pyvi(" ".join(words).replace("_", " ")) == words


@pytest.mark.parametrize(
    "name",
    [
        "bias",
        "+1:word.bi_gram()",
        "-1:word.bi_gram()",
        "+2:word.tri_gram()",
        "-2:word.tri_gram()",
    ],
)
def test_a_weight_gone_wrong_is_noticed_at_the_start(model: WordModel, name: str) -> None:
    """Turning any kind of weight round changes some recorded sentence."""
    assert agrees_with_pyvi(WordJoiner(model).join)
    begin, on = model.states[name]
    turned = model._replace(states=model.states | {name: (on, begin)})
    assert not agrees_with_pyvi(WordJoiner(turned).join)


@pytest.mark.parametrize("feature", ["word.lower():", "-1:word.lower():", "+1:word.lower():"])
def test_a_lost_kind_of_weight_is_noticed_at_the_start(model: WordModel, feature: str) -> None:
    """Syllables and their neighbours on either side matter to the recorded sentences."""
    left = {name: weight for name, weight in model.states.items() if not name.startswith(feature)}
    assert 0 < len(left) < len(model.states)
    assert not agrees_with_pyvi(WordJoiner(model._replace(states=left)).join)


def test_steps_gone_wrong_are_noticed_at_the_start(model: WordModel) -> None:
    """What going from label to label costs matters to the recorded sentences."""
    assert not agrees_with_pyvi(WordJoiner(model._replace(steps=model.steps[::-1])).join)


def test_a_dictionary_gone_wrong_is_noticed_at_the_start(model: WordModel) -> None:
    """Neither the entries of two syllables nor those of three can be missing."""
    for poorer in (model._replace(pairs=frozenset()), model._replace(triples=frozenset())):
        assert not agrees_with_pyvi(WordJoiner(poorer).join)


@pytest.mark.usefixtures("own_joiner")
def test_an_unknown_model_leaves_the_work_to_pyvi(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Another pyvi may ask for other features; guessing would change the index silently."""
    monkeypatch.setattr(crf_model, "KNOWN_MODEL", "another")
    assert read_word_model() is None
    with caplog.at_level(logging.WARNING):
        assert segment("hội đồng") == ["hội_đồng"]
        assert segment("học phí") == ["học_phí"]
    assert segmentation._load_joiner() is join_pieces_with_pyvi
    assert ["another model" in record.message for record in caplog.records] == [True]


@pytest.mark.usefixtures("own_joiner")
def test_words_that_differ_from_the_recorded_leave_the_work_to_pyvi(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """When our own way errs, pyvi does the work, and the log says so once."""
    monkeypatch.setattr(WordJoiner, "join", lambda _self, syllables: list(syllables))
    with caplog.at_level(logging.WARNING):
        assert segment("hội đồng") == ["hội_đồng"]
        assert segment("học phí") == ["học_phí"]
    assert ["recorded sentences" in record.message for record in caplog.records] == [True]


@given(st.lists(st.sampled_from([*COMMON.split(), "", "x" * 300]), max_size=80))
def test_pyvi_gets_pieces_it_can_bear(syllables: list[str]) -> None:
    """Its time grows faster than its input: no piece is longer than 256 characters and a word."""
    pieces = list(segmentation._cut_pieces(syllables))
    assert [s for piece in pieces for s in piece] == [s for s in syllables if s]
    assert all(len(" ".join(piece)) <= 256 for piece in pieces if len(piece) > 1)


def test_pyvi_keeps_runs_apart() -> None:
    """Where pyvi does the work an empty syllable ends a run, too."""
    assert join_pieces_with_pyvi(["học", "", "phí", "đại", "học"]) == ["học", "phí", "đại_học"]


@pytest.mark.usefixtures("own_joiner")
def test_no_pyvi_at_all_is_no_model(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the package there is nothing to read."""
    monkeypatch.setattr(crf_model, "find_spec", lambda _name: None)
    assert read_word_model() is None


def test_the_known_model_is_the_one_installed(model: WordModel) -> None:
    """The fast way is the way that is taken."""
    assert "hội đồng" in model.pairs
    assert WordJoiner(model).join(["học", "phí"]) == ["học_phí"]
    assert isinstance(getattr(segmentation._load_joiner(), "__self__", None), WordJoiner)
