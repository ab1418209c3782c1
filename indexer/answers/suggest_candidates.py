"""What a typed word may have meant: words of the index within one slip, or Telex and VNI keys."""

from __future__ import annotations

import heapq
import math
from typing import TYPE_CHECKING, NamedTuple

from indexer.language.spelling import LEAST_LETTER_COST, accent_cost, confusable, letter_cost
from indexer.language.text import fold
from indexer.language.typing_methods import decode_keystrokes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from indexer.store.vocabulary import Form, Spelling, Vocabulary

# The price of any change at all: how much likelier a reading must be than what was typed.
CHANGE = 1.5
# Keys that no input method turned into letters come in whole queries, and rarely by chance.
_KEYSTROKES = 1.0
_MOST_CANDIDATES = 20
_NEAR_FORMS = 10
_NEAR_SPELLINGS = 6


class Candidate(NamedTuple):
    """One way to read a typed word."""

    text: str
    cost: float
    """In nats; 0.0 for the word as typed."""
    documents: int
    spelling: int = -1
    """The spelling's number in the vocabulary; -1 where none has it."""
    form: int = -1
    """The folded form's number; -1 where none has it."""
    form_documents: int = 0
    any_accents: bool = False
    """Typed without accents: it stands for every spelling of its form."""


class TypedAs(NamedTuple):
    """How the whole query was typed."""

    accents: bool
    """Some of its words have accents, so a word without them may mean just that."""
    digits: bool
    """A digit behind a word may be a VNI key."""


def read_as_typed(word: str, vocabulary: Vocabulary) -> Candidate:
    """Return the normalised word itself; one without accents stands for every spelling of it."""
    form = vocabulary.form(fold(word))
    if form is None:
        return Candidate(word, 0.0, 0, any_accents=word.isascii())
    if word.isascii():
        return _of_form(form, 0.0)
    spelled = vocabulary.spelling(word)
    if spelled is None:
        return Candidate(word, 0.0, 0, -1, form.number, form.documents)
    return _of_spelling(spelled, form, 0.0)


def other_readings(
    word: str, vocabulary: Vocabulary, typed_as: TypedAs, *, most: float = math.inf
) -> list[Candidate]:
    """Return up to 19 other words that the normalised one may mean, the likeliest first.

    None costs more than `most`.
    """
    others = _others(word, vocabulary, typed_as, most)
    found = {c.text: c for c in others if c.text != word and c.cost <= most}
    return heapq.nlargest(
        _MOST_CANDIDATES - 1, found.values(), key=lambda c: math.log(c.documents) - c.cost
    )


def _others(
    word: str, vocabulary: Vocabulary, typed_as: TypedAs, most: float
) -> Iterator[Candidate]:
    if word.isalpha() or typed_as.digits:
        decoded = list(_decoded(word, vocabulary))
        yield from decoded
        if decoded:
            return
    if word.isalpha():
        yield from _other_accents(word, vocabulary)
        if most > CHANGE + LEAST_LETTER_COST:
            yield from _slips(word, vocabulary, typed_as)


def _decoded(word: str, vocabulary: Vocabulary) -> Iterator[Candidate]:
    for syllable in decode_keystrokes(word):
        form, spelled = vocabulary.form(fold(syllable)), vocabulary.spelling(syllable)
        if form and spelled:
            yield _of_spelling(spelled, form, CHANGE + _KEYSTROKES)


def _other_accents(word: str, vocabulary: Vocabulary) -> Iterator[Candidate]:
    folded = fold(word)
    own = vocabulary.form(folded)
    if own and not word.isascii():
        for spelled in vocabulary.spellings(folded)[:_MOST_CANDIDATES]:
            yield _of_spelling(spelled, own, CHANGE + accent_cost(word, spelled.text))


def _slips(word: str, vocabulary: Vocabulary, typed_as: TypedAs) -> Iterator[Candidate]:
    bare = word.isascii()
    for form, cost in _near_forms(fold(word), vocabulary):
        if bare and not typed_as.accents:
            yield _of_form(form, CHANGE + cost)
            continue
        for spelled in vocabulary.spellings(form.text)[:_NEAR_SPELLINGS]:
            # A slip in a word without accents says nothing of what accents it would have had.
            accents = 0.0 if bare else accent_cost(word, spelled.text)
            yield _of_spelling(spelled, form, CHANGE + cost + accents)


def _near_forms(folded: str, vocabulary: Vocabulary) -> list[tuple[Form, float]]:
    forms = {form.text: form for form in vocabulary.within_one_edit(folded)}
    for text in confusable(folded):
        form = vocabulary.form(text)
        if form:
            forms[text] = form
    priced = [(form, letter_cost(folded, form.text)) for form in forms.values()]
    return heapq.nlargest(
        _NEAR_FORMS,
        [(form, cost) for form, cost in priced if cost is not None],
        key=lambda pair: math.log(pair[0].documents) - pair[1],
    )


def _of_form(form: Form, cost: float) -> Candidate:
    return Candidate(
        form.text, cost, form.documents, -1, form.number, form.documents, any_accents=True
    )


def _of_spelling(spelled: Spelling, form: Form, cost: float) -> Candidate:
    return Candidate(
        spelled.text, cost, spelled.documents, spelled.number, form.number, form.documents
    )
