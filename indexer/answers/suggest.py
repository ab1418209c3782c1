"""Did you mean: a query's words as they were most likely meant, by the index's own vocabulary.

A noisy channel: of all ways to read the words, the one wins whose words stand together most often
in the documents, less what the slips of typing cost that lead from it to what was typed. Typing
right costs nothing, and every change must pay for itself. Queries without accents are normal and
stay so; only wrong accents are a fault.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from indexer.answers.suggest_candidates import (
    CHANGE,
    Candidate,
    TypedAs,
    other_readings,
    read_as_typed,
)
from indexer.answers.suggest_slots import find_slots
from indexer.language.text import clean_text, fold
from indexer.language.typing_methods import decode_keystrokes
from indexer.search_records import Fragment, Suggestion
from indexer.settings import QUERY_CHARACTERS, QUERY_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from indexer.answers.suggest_slots import Slot
    from indexer.store.vocabulary import Vocabulary

# How likely a word is by its own frequency, next to how likely it follows the word before.
_BY_CHANCE = 0.02
# A word of few documents says little about what follows it.
_FEW_DOCUMENTS = 20.0
# Documents of a word that none holds: of two such words neither is likelier.
_UNSEEN = 0.1
_VOWEL = re.compile("[aeiouy]")


def suggest_query(text: str, vocabulary: Vocabulary) -> Suggestion | None:
    """Return the query as it was more likely meant; None when it is best as it stands.

    Quotes, operators, fields, numbers and abbreviations in capitals stay as typed. The result is
    cleaned text; what was put in is in lower case and marked.
    """
    if len(text) > QUERY_CHARACTERS:
        return None
    typed = clean_text(clean_text(text).replace("\n", " "))
    slots = list(find_slots(typed))
    if not 0 < len(slots) <= QUERY_WORDS:
        return None
    readings = _read_slots(typed, slots, vocabulary)
    if all(len(reading) == 1 for reading in readings):
        return None
    best = _best_path(slots, readings, vocabulary)
    changed = {
        slot: candidate.text
        for slot, candidate, known in zip(
            slots, best, _known_in_company(slots, best, vocabulary), strict=True
        )
        if candidate.cost and (known or candidate.text in decode_keystrokes(slot.word))
    }
    if not changed:
        return None
    fragments = tuple(_fragments(typed, changed))
    return Suggestion("".join(fragment.text for fragment in fragments), fragments)


def _is_abbreviation(typed: Candidate) -> bool:
    """Tell whether the documents know a word without vowels, and it is no đ in Telex either."""
    known = bool(typed.documents) and not _VOWEL.search(fold(typed.text))
    return known and not decode_keystrokes(typed.text)


def _read_slots(text: str, slots: Sequence[Slot], vocabulary: Vocabulary) -> list[list[Candidate]]:
    """Return the readings of every slot, the word as typed first."""
    typed_as = TypedAs(
        accents=any(not slot.word.isascii() for slot in slots),
        # "quý 1" may be typed "quy1": one word with a digit among others is no VNI.
        digits=sum(not slot.word.isalpha() for slot in slots) > 1 or text == slots[0].word,
    )
    typed = [read_as_typed(slot.word, vocabulary) for slot in slots]
    doubts = _doubts(slots, typed, vocabulary)
    # No word is likelier than certain: where even that gains too little, nothing is looked up.
    return [
        [word]
        if doubt <= CHANGE or _is_abbreviation(word)
        else [word, *other_readings(word.text, vocabulary, typed_as, most=doubt)]
        for word, doubt in zip(typed, doubts, strict=True)
    ]


def _doubts(
    slots: Sequence[Slot], typed: Sequence[Candidate], vocabulary: Vocabulary
) -> list[float]:
    """Return how unlikely each word is where it stands, in nats, with what it does to the next."""
    words = _table(typed)
    follows = np.array([slot.follows for slot in slots])
    behind = _follow(words.head, words.tail, vocabulary)
    steps = -_chance(words, vocabulary)
    steps[1:] = np.where(follows[1:], -behind, steps[1:])
    after = np.append(np.where(follows[1:], -behind, 0.0), 0.0)
    doubts: list[float] = (steps + after).tolist()
    return doubts


def _best_path(
    slots: Sequence[Slot], readings: Sequence[Sequence[Candidate]], vocabulary: Vocabulary
) -> list[Candidate]:
    """Return the likeliest reading of every slot (Viterbi): linear in the number of slots."""
    tables = [_table(reading) for reading in readings]
    scores = _chance(tables[0], vocabulary) - tables[0].costs
    steps: list[NDArray[np.int64]] = []
    for slot, left, right in zip(slots[1:], tables, tables[1:], strict=False):
        ways = scores[:, None] + (
            _follow(left.upright, right, vocabulary) if slot.follows else _chance(right, vocabulary)
        )
        steps.append(ways.argmax(axis=0))
        scores = ways.max(axis=0) - right.costs
    place = int(scores.argmax())
    path = [readings[-1][place]]
    for step, reading in zip(reversed(steps), reversed(readings[:-1]), strict=True):
        place = int(step[place])
        path.append(reading[place])
    return path[::-1]


def _known_in_company(
    slots: Sequence[Slot], best: Sequence[Candidate], vocabulary: Vocabulary
) -> list[bool]:
    """Return which words have no neighbour, or stand beside one of them in some document.

    Names that no document holds look like slips; what would be put in does not fit in there.
    """
    words = _table(best)
    follows = np.array([slot.follows for slot in slots])[1:]
    together = vocabulary.pair_frequencies(words.forms[:-1], words.forms[1:]).documents > 0
    alone = ~_either_side(follows)
    known: list[bool] = (alone | _either_side(follows & together)).tolist()
    return known


def _either_side(between: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return for each word what holds between it and the one before, or the next one."""
    none = np.zeros(1, bool)
    sides: NDArray[np.bool_] = np.concatenate((none, between)) | np.concatenate((between, none))
    return sides


class _Words(NamedTuple):
    """Candidates as columns."""

    costs: NDArray[Any]
    documents: NDArray[Any]
    spellings: NDArray[Any]
    forms: NDArray[Any]
    form_documents: NDArray[Any]
    any_accents: NDArray[Any]

    @property
    def upright(self) -> _Words:
        """The same as the rows of a matrix."""
        return _Words(*(column[:, None] for column in self))

    @property
    def tail(self) -> _Words:
        """All but the first."""
        return _Words(*(column[1:] for column in self))

    @property
    def head(self) -> _Words:
        """All but the last."""
        return _Words(*(column[:-1] for column in self))


def _table(reading: Sequence[Candidate]) -> _Words:
    _texts, *columns = zip(*reading, strict=True)
    return _Words(*map(np.array, columns))


def _chance(words: _Words, vocabulary: Vocabulary) -> NDArray[np.float64]:
    """Return the logarithm of each word's likelihood by itself."""
    chance: NDArray[np.float64] = np.log((words.documents + _UNSEEN) / vocabulary.documents)
    return chance


def _follow(left: _Words, right: _Words, vocabulary: Vocabulary) -> NDArray[np.float64]:
    """Return the logarithm of each right word's likelihood behind its left one.

    Compounds are known with their accents. What else stands together is known without, and shared
    out among the spellings by how common they are.
    """
    pairs = vocabulary.pair_frequencies(left.forms, right.forms)
    joined = vocabulary.joint_frequencies(left.spellings, right.spellings)
    shares = right.documents / np.maximum(right.form_documents, 1)
    before = left.form_documents + _FEW_DOCUMENTS
    likely = np.where(
        left.any_accents | right.any_accents,
        pairs.documents * shares / before,
        pairs.loose * shares / before + joined / (left.documents + _FEW_DOCUMENTS),
    )
    chance = (right.documents + _UNSEEN) / vocabulary.documents
    logarithm: NDArray[np.float64] = np.log(
        (1 - _BY_CHANCE) * np.minimum(likely, 1) + _BY_CHANCE * chance
    )
    return logarithm


def _fragments(typed: str, changed: dict[Slot, str]) -> Iterator[Fragment]:
    place = 0
    for slot, word in changed.items():
        if slot.start > place:
            yield Fragment(typed[place : slot.start])
        yield Fragment(word, marked=True)
        place = slot.end
    if place < len(typed):
        yield Fragment(typed[place:])
