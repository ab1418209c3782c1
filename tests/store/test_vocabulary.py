"""The sidecar of spelling: words, their neighbours in spelling and in the text."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.errors import DamagedIndexError
from indexer.store.generations import current_generation, generation_path
from indexer.store.vocabulary import ENDING, Vocabulary, is_one_edit, write_vocabulary
from indexer.store.vocabulary_arrays import pair_keys
from tests.store.shard_directory import write_shard_directory

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from indexer.records import CouncilDocument

TEXTS = (
    "Nghị quyết về mức thu học phí năm học 2024-2025",
    "Nghị quyết hỗ trợ học phí; bảng giá đất",
    "Hội đồng nhân dân xã họp về giá đất, đạt nhiều kết quả",
    "Người dân đặt câu hỏi về đất",
)


@pytest.fixture
def vocabulary(
    make_document: Callable[..., CouncilDocument], make_index: Callable[..., Path]
) -> Vocabulary:
    """Give the vocabulary of four documents in two segments."""
    return open_vocabulary(make_document, make_index, TEXTS)


def open_vocabulary(
    make_document: Callable[..., CouncilDocument],
    make_index: Callable[..., Path],
    texts: Sequence[str],
) -> Vocabulary:
    """Return the vocabulary of an index of these texts."""
    index = make_index([make_document(text, id=str(n)) for n, text in enumerate(texts)], segments=2)
    directory = generation_path(index, current_generation(index).name)
    write_vocabulary(directory)
    return Vocabulary.open(directory)


def test_a_word_is_counted_by_documents(vocabulary: Vocabulary) -> None:
    """However often a document says it."""
    assert vocabulary.frequency("học") == 2
    assert vocabulary.frequency("đất") == 3
    assert vocabulary.frequency("hoc") == 0
    assert vocabulary.frequency("ngân") == 0


def test_a_form_has_all_its_spellings_most_frequent_first(vocabulary: Vocabulary) -> None:
    """Đất, đạt and đặt are written alike without accents."""
    spelled = vocabulary.spellings("dat")
    assert [word.text for word in spelled] == ["đất", "đạt", "đặt"]
    form = vocabulary.form("dat")
    assert form is not None
    assert form.documents == 3
    assert {word.form for word in spelled} == {form.number}
    assert vocabulary.spellings("khong") == ()


def test_forms_one_edit_away_are_found(vocabulary: Vocabulary) -> None:
    """One letter more, less, changed or swapped, but not the form itself."""
    found = {
        typed: [form.text for form in vocabulary.within_one_edit(typed)]
        for typed in ("quyt", "quyeet", "quyat", "qyuet", "quyet", "hocs")
    }
    assert found == {
        "quyt": ["quyet"],
        "quyeet": ["quyet"],
        "quyat": ["quyet"],
        "qyuet": ["quyet"],
        "quyet": [],
        "hocs": ["hoc"],
    }


def test_very_short_and_very_long_words_have_no_neighbours(vocabulary: Vocabulary) -> None:
    """Two letters are one edit from everything; the longest word of the text is no syllable."""
    assert vocabulary.within_one_edit("v") == ()
    assert vocabulary.within_one_edit("h" * 40) == ()


def test_neighbours_are_counted_without_accents(vocabulary: Vocabulary) -> None:
    """Words beside each other in two documents, across punctuation in none."""

    def count(left: str, right: str) -> int:
        forms = vocabulary.form(left), vocabulary.form(right)
        numbers = [np.array([form.number if form else -1]) for form in forms]
        return int(vocabulary.pair_frequencies(*numbers).documents[0])

    assert count("gia", "dat") == 2
    assert count("phi", "bang") == 0
    assert count("dat", "gia") == 0
    assert count("dat", "khong") == 0


def test_compounds_are_told_from_chance_neighbours(vocabulary: Vocabulary) -> None:
    """Nghị quyết is a compound wherever it stands; thu học is none."""
    forms = [vocabulary.form(text) for text in ("nghi", "quyet", "thu", "hoc")]
    words = [vocabulary.spelling(text) for text in ("nghị", "quyết", "thu", "học")]
    numbers = [form.number for form in forms if form]
    spellings = [word.number for word in words if word]
    assert len(numbers) == len(spellings) == 4
    as_arrays = np.array
    pairs = vocabulary.pair_frequencies(as_arrays(numbers[::2]), as_arrays(numbers[1::2]))
    assert pairs.documents.tolist() == [2, 1]
    assert pairs.loose.tolist() == [0, 1]
    joints = vocabulary.joint_frequencies(as_arrays(spellings[::2]), as_arrays(spellings[1::2]))
    assert joints.tolist() == [2, 0]


def test_an_index_without_documents_has_an_empty_vocabulary(
    make_document: Callable[..., CouncilDocument], make_index: Callable[..., Path]
) -> None:
    """Every question has the answer of nothing."""
    vocabulary = open_vocabulary(make_document, make_index, [])
    assert vocabulary.frequency("học") == 0
    assert vocabulary.within_one_edit("hoc") == ()
    none = np.array([-1])
    assert vocabulary.pair_frequencies(none, none).documents.tolist() == [0]
    assert vocabulary.joint_frequencies(none, none).tolist() == [0]


WORDS = "phí thu chi phi phì đất đạt quyết quyét nghị nghỉ hội xã thuế".split()  # noqa: SIM905


def in_shards(
    directory: Path, make_document: Callable[..., CouncilDocument], sizes: Sequence[int]
) -> Vocabulary:
    """Return the vocabulary of the same sixty random documents in shards of these sizes."""
    draw = random.Random(3)  # noqa: S311 (the same documents every time)
    texts = [" ".join(draw.choices(WORDS[n // 12 :], k=draw.randint(1, 9))) for n in range(60)]
    documents = iter([make_document(text, id=str(n)) for n, text in enumerate(texts)])
    write_shard_directory(directory, [[next(documents) for _ in range(size)] for size in sizes])
    write_vocabulary(directory)
    return Vocabulary.open(directory)


def test_shards_answer_together_as_one_does(
    tmp_path: Path, make_document: Callable[..., CouncilDocument]
) -> None:
    """However the documents are dealt to shards, even where a shard's commonest word is rare."""
    whole = in_shards(tmp_path / "one", make_document, [60])
    parted = in_shards(tmp_path / "four", make_document, [12, 30, 1, 17])
    assert parted.documents == whole.documents
    folded = sorted({form for word in WORDS for form in [word, "phi", "dat", "quyet", "nghi"]})
    for form in folded:
        assert parted.form(form) == whole.form(form)
        assert parted.spellings(form) == whole.spellings(form)
        assert parted.within_one_edit(form) == whole.within_one_edit(form)
    forms = np.array([known.number for known in map(whole.form, folded) if known])
    spelled = np.array([known.number for known in map(whole.spelling, WORDS) if known])
    assert len(forms) >= 5
    for left, right in zip(
        parted.pair_frequencies(forms[:, None], forms),
        whole.pair_frequencies(forms[:, None], forms),
        strict=True,
    ):
        assert left.tolist() == right.tolist()
    found = parted.joint_frequencies(spelled[:, None], spelled)
    assert found.tolist() == whole.joint_frequencies(spelled[:, None], spelled).tolist()


def test_documents_without_words_have_no_vocabulary(
    tmp_path: Path, make_document: Callable[..., CouncilDocument]
) -> None:
    """A shard of theirs beside another changes nothing."""
    documents = [make_document("", id="trống"), make_document("thu phí", id="phí")]
    write_vocabulary(write_shard_directory(tmp_path, [documents[:1], documents[1:]]))
    vocabulary = Vocabulary.open(tmp_path)
    assert vocabulary.documents == 1
    assert [word.text for word in vocabulary.spellings("phi")] == ["phí"]
    numbers = [np.array([form.number]) for form in map(vocabulary.form, ("thu", "phi")) if form]
    assert vocabulary.pair_frequencies(*numbers).documents.tolist() == [1]


def test_rare_words_of_a_large_collection_are_nobodys_intention(
    make_document: Callable[..., CouncilDocument],
    make_index: Callable[..., Path],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Large collections have their own typing errors: one more document for every so many."""
    monkeypatch.setattr("indexer.store.vocabulary._DOCUMENTS_A_FAULT", 3)
    texts = ["thu phí đò", "thu phí đê", "thu phí đò", "thu thuê đò"]
    vocabulary = open_vocabulary(make_document, make_index, texts)
    assert [form.text for form in vocabulary.within_one_edit("phj")] == ["phi"]
    assert vocabulary.within_one_edit("thues") == ()


def test_an_update_writes_the_words_of_its_own_shard_alone(
    tmp_path: Path, make_document: Callable[..., CouncilDocument]
) -> None:
    """What was written before stays the same file, which generations share."""
    in_shards(tmp_path, make_document, [60])
    before = {path.name: path.stat().st_ino for path in tmp_path.glob(f"*{ENDING}")}
    write_vocabulary(tmp_path)
    assert {path.name: path.stat().st_ino for path in tmp_path.glob(f"*{ENDING}")} == before
    assert len(before) == 1


def test_a_missing_sidecar_is_a_damaged_index(
    tmp_path: Path, make_document: Callable[..., CouncilDocument]
) -> None:
    """The error names the file."""
    in_shards(tmp_path, make_document, [60])
    [path] = tmp_path.glob(f"*{ENDING}")
    path.unlink()
    with pytest.raises(DamagedIndexError, match=path.name):
        Vocabulary.open(tmp_path)


def test_the_keys_of_pairs_tell_left_from_right() -> None:
    """Among a thousand words behind one, and one behind a thousand, no two pairs are alike."""
    draw = np.random.default_rng(5)
    words = draw.integers(0, 1 << 63, 1000, np.uint64)
    keys = pair_keys(words[:, None], words).ravel()
    assert len(set(keys.tolist())) == len(keys)
    assert len(set((keys.reshape(1000, 1000) >> np.uint64(48))[7].tolist())) == 1


_WORDS = st.text("abc", max_size=6)


@given(_WORDS, _WORDS)
def test_one_edit_is_the_same_seen_from_either_side(left: str, right: str) -> None:
    """It agrees with trying every edit."""
    letters = "abc"
    edits = {left[:i] + left[i + 1 :] for i in range(len(left))}
    edits |= {left[:i] + a + left[i:] for i in range(len(left) + 1) for a in letters}
    edits |= {left[:i] + a + left[i + 1 :] for i in range(len(left)) for a in letters}
    edits |= {left[:i] + left[i + 1] + left[i] + left[i + 2 :] for i in range(len(left) - 1)}
    expected = right in edits - {left}
    assert is_one_edit(left, right) == is_one_edit(right, left) == expected
