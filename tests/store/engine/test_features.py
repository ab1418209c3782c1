"""Facts about what the second stage sees of each candidate."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer.language.text import fold
from indexer.query_records import And, Expansion, Not, Phrase, Plain, Word
from indexer.store.engine.asked import Asked, read_asked
from indexer.store.engine.columns import load_columns
from indexer.store.engine.features import FEATURES, FeatureReader
from indexer.store.engine.scoring import Bm25
from indexer.store.engine.shard import open_shards
from indexer.store.engine.term_source import TermLookup
from tests.store.shard_directory import write_shard_directory

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from indexer.records import CouncilDocument
    from indexer.store.engine.shard import Shard

# What the documents are about, in the order of their numbers.
TEXTS = (
    ("Mức thu học phí năm học mới", "Học phí mầm non do xã quy định. Mức thu như sau."),
    ("Báo cáo chung", "Mức học tập tốt. " + "Nội dung khác. " * 40 + "Phí bến bãi và khoản thu."),
    ("Thông báo", "Bảo hiểm y tế cho người cao tuổi."),
    ("Công văn", "Thẻ BHYT của hộ nghèo. Quy trình cấp."),
    ("Quỹ xã", "Quỹ vì người nghèo và quỷ kế."),
)

WORDS = ("học", "phí", "mức", "thu", "hoc", "phi", "quy", "y", "tế", "bhyt", "☃", "\ud800", "x")


class Reader:
    """Measures the documents of one generation."""

    def __init__(self, directory: Path) -> None:
        self._shards: Sequence[Shard]
        self._shards, live = open_shards(directory)
        columns = load_columns(self._shards, live)
        self._features = FeatureReader(Bm25(columns.lengths, len(live)), columns.lengths)

    def measure(self, asked: Asked, candidates: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return a row for each candidate."""
        return self._features.measure(TermLookup(self._shards), asked, candidates)


def write(directory: Path, make_document: Callable[..., CouncilDocument], *parts: slice) -> Reader:
    """Write the documents above, a shard for each part of them, and open them."""
    documents = [
        make_document(text, id=f"d{n}", title=title) for n, (title, text) in enumerate(TEXTS)
    ]
    return Reader(write_shard_directory(directory, [documents[part] for part in parts]))


@pytest.fixture
def reader(tmp_path: Path, make_document: Callable[..., CouncilDocument]) -> Reader:
    """Give what measures the five documents above."""
    return write(tmp_path / "one", make_document, slice(None))


def ask(words: str, *, bigrams: tuple[str, ...] = (), compounds: tuple[str, ...] = ()) -> Asked:
    """Return what words ask for; those typed without accents are bare."""
    typed = tuple(Word(word, accented=fold(word) != word) for word in words.split())
    return Asked(typed, bigrams, compounds)


def measure(reader: Reader, asked: Asked, *documents: int) -> dict[str, list[float]]:
    """Return the candidates' features by name; of all documents where none are named."""
    candidates = np.array(documents or range(len(TEXTS)), np.int64)
    rows = reader.measure(asked, candidates)
    return dict(zip(FEATURES, rows.T.tolist(), strict=True))


def test_every_feature_has_one_column_and_one_name(reader: Reader) -> None:
    """A row has as many numbers as there are names, and no name is there twice."""
    rows = reader.measure(ask("học phí"), np.arange(len(TEXTS)))
    assert rows.shape == (len(TEXTS), len(FEATURES))
    assert rows.dtype == np.float32
    assert len(set(FEATURES)) == len(FEATURES)


def test_the_act_itself_leads_in_every_share_of_the_best(reader: Reader) -> None:
    """The document about the words has 1 where features compare the candidates."""
    asked = ask("mức thu học phí", bigrams=("muc_thu", "hoc_phi"), compounds=("học_phí",))
    measured = measure(reader, asked)
    for name in FEATURES:
        if name.endswith("share of the best") and "density" not in name:
            assert measured[name][0] == pytest.approx(1), name
    assert measured["words alone: place among the candidates"][0] == 0
    assert measured["text: words held"][0] == pytest.approx(1)
    assert measured["text: words held, each counted alike"][0] == 1


def test_words_near_each_other_differ_from_words_far_apart(reader: Reader) -> None:
    """Two documents hold the same words; in one of them they stand together."""
    measured = measure(reader, ask("mức học phí thu"), 0, 1)
    assert measured["text: words held"] == pytest.approx([1, 1])
    near, far = measured["text: words within 12 syllables"]
    assert near == pytest.approx(1)
    assert far < 0.8
    near, far = measured["text: words within 120 syllables"]
    assert near == pytest.approx(1)


def test_neighbours_in_order_make_chains(reader: Reader) -> None:
    """Words that follow each other as they were asked for are pairs, triples and chains."""
    measured = measure(reader, ask("mức thu học phí"), 0, 1)
    assert measured["title: words side by side"] == pytest.approx([1, 0])
    assert measured["title: three words in a row"] == pytest.approx([1, 0])
    assert measured["title: longest chain of words"] == pytest.approx([1, 0])
    assert measured["text: longest chain of words"][1] == 0


def test_pairs_count_as_near_with_a_word_between(reader: Reader) -> None:
    """Words of the query with another one between them are no pair side by side, but a near one."""
    measured = measure(reader, ask("phí non"), 0)
    assert measured["text: words side by side"] == [0]
    assert measured["text: words in order, near each other"] == pytest.approx([1])
    backwards = measure(reader, ask("non phí"), 0)
    assert backwards["text: words in order, near each other"] == [0]


def test_the_share_of_a_title_that_was_asked_for(reader: Reader) -> None:
    """Four of seven syllables of the title stand in the query, and three of its six pairs."""
    measured = measure(reader, ask("mức thu học phí"), 0)
    # The title says "học" twice.
    assert measured["title: how much of it was asked for"] == pytest.approx([5 / 7])
    assert measured["title: how many of its pairs were asked for"] == pytest.approx([3 / 6])


def test_bare_words_find_any_accents(reader: Reader) -> None:
    """A query without accents sees the same words as one with them."""
    bare, exact = measure(reader, ask("muc thu")), measure(reader, ask("mức thu"))
    assert bare["text: words held"][0] == exact["text: words held"][0] == pytest.approx(1)
    assert bare["title: words side by side"][0] == pytest.approx(1)


def test_a_bare_word_among_accented_ones_is_itself_where_it_is_often_spelled_so(
    reader: Reader,
) -> None:
    """Bare "quy" beside accents is not "quỹ"; a spelling unknown to the index is any."""
    measured = measure(reader, ask("quy định"))
    assert measured["text: words held"][4] == 0
    measured = measure(reader, ask("hoc tập"))
    assert measured["text: words held"][1] == pytest.approx(1)


def test_an_expansion_counts_as_the_words_it_stands_for(reader: Reader) -> None:
    """Who asks for "BHYT" is shown as well what says it in full, neighbours included."""
    bhyt = Word("bhyt", accented=False)
    phrase = Phrase(tuple(Word(w, accented=True) for w in ("bảo", "hiểm")) + ask("y tế").words)
    asked = Asked((bhyt,), expansions=(Expansion((bhyt,), (phrase,)),))
    assert measure(reader, asked)["text: words held"] == [0, 0, 1, 1, 0]
    back = Asked(phrase.words, expansions=(Expansion(phrase.words, (Phrase((bhyt,)),)),))
    assert measure(reader, back)["text: words held"] == pytest.approx([0, 0, 1, 1, 0])


def test_nothing_asked_and_nobody_to_measure_give_zeros(reader: Reader) -> None:
    """Without words every feature is 0; without candidates there are no rows."""
    assert not reader.measure(Asked(), np.array([0, 1])).any()
    assert reader.measure(ask("học"), np.empty(0, np.int64)).shape == (0, len(FEATURES))


def test_weak_words_and_what_is_shut_out_are_not_asked_for() -> None:
    """Question words, and words under NOT, play no part in the second stage."""
    plain = Plain(ask("phí là gì").words, ("phi_la",), ("học_phí",), weak=ask("là gì").words)
    tree = And((plain, Phrase(ask("mầm non").words), Not(Plain(ask("báo").words))))
    asked = read_asked(tree)
    assert [word.syllable for word in asked.words] == ["phí", "mầm", "non"]
    assert asked.bigrams == ("phi_la",)
    assert asked.compounds == ("học_phí",)
    assert read_asked(None) == Asked()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(
    words=st.lists(
        st.sampled_from(WORDS),
        max_size=80,
    ),
    documents=st.lists(st.integers(0, len(TEXTS) - 1), unique=True),
)
def test_features_are_finite_for_any_query(
    reader: Reader, words: list[str], documents: list[int]
) -> None:
    """No query and no choice of candidates gives infinity or what is no number."""
    typed = tuple(dict.fromkeys(Word(w, accented=fold(w) != w) for w in words))
    bigrams = tuple(f"{fold(left)}_{fold(right)}" for left, right in pairwise(words))
    asked = read_asked(Plain(typed, bigrams, tuple(words)))
    rows = reader.measure(asked, np.array(sorted(documents), np.int64))
    assert np.isfinite(rows).all()
    shares = [at for at, name in enumerate(FEATURES) if "held" in name or "words" in name[:14]]
    assert rows[:, shares].max(initial=0) <= 1.00001


def test_shards_make_no_difference(
    tmp_path: Path, reader: Reader, make_document: Callable[..., CouncilDocument]
) -> None:
    """Documents measure the same in one shard and in three, in whatever order they are given."""
    several = write(tmp_path / "three", make_document, slice(2), slice(2, 3), slice(3, None))
    bhyt = ask("bhyt").words
    phrase = Phrase(ask("bảo hiểm y tế").words)
    asked = ask(
        "mức thu học phí bhyt nghèo", bigrams=("hoc_phi", "muc_thu"), compounds=("học_phí",)
    )
    asked = asked._replace(expansions=(Expansion(bhyt, (phrase,)),))
    candidates = np.array([3, 0, 4, 2, 1])
    rows = several.measure(asked, candidates)
    assert rows == pytest.approx(reader.measure(asked, candidates), rel=1e-6)
    back = np.argsort(candidates)
    assert rows[back] == pytest.approx(reader.measure(asked, np.arange(5)), rel=1e-6)
    some = several.measure(asked, np.array([4]))
    assert (
        some[0, FEATURES.index("text: words held")] == rows[2, FEATURES.index("text: words held")]
    )


def test_of_equal_candidates_the_first_given_stands_first(reader: Reader) -> None:
    """Places follow the order of the candidates, which is that of the first stage."""
    measured = measure(reader, ask("tập"), 4, 3, 1)
    places = np.expm1(-np.array(measured["words alone: place among the candidates"]))
    assert places.round().tolist() == [1, 2, 0]


def test_pairs_said_in_other_words_count_as_neighbours(reader: Reader) -> None:
    """Who asks for "y tế" holds its pair of neighbours where the abbreviation stands."""
    words = ask("y tế").words
    expansion = Expansion(words, (Phrase(ask("bhyt").words),))
    asked = Asked(words, ("y_te",), expansions=(expansion,))
    assert measure(reader, asked)["neighbours: held"] == pytest.approx([0, 0, 1, 1, 0])
