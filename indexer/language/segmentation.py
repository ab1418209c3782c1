"""The only door to pyvi: which syllables make one word.

pyvi's own model, run on its own: the same labels as pyvi gives in a fifth of its time, and without
the 0.8 s and 125 MB of its import. A pyvi whose model we don't know does the work itself.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from indexer.language.crf_model import read_word_model

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from indexer.language.crf_model import WordModel

# pyvi's time grows faster than its input: 10 MB in one call take 18 minutes and 5.4 GB.
_LONGEST_CALL = 256
# Names and typing errors come without end; a table this large holds every common syllable.
_MEMORY = 50_000


def segment(run: str) -> list[str]:
    """Return the words of a run of lower-case syllables, their syllables joined by underscores.

    A run longer than 256 characters is cut at a space, so that a word may break there.

    >>> segment("hội đồng nhân dân thành phố")
    ['hội_đồng', 'nhân_dân', 'thành_phố']
    """
    join = _load_joiner()
    return [word for piece in _pieces(run) for word in join(piece)]


def join_with_pyvi(run: str) -> list[str]:
    """Return what pyvi itself makes of a run: the referee of `WordJoiner`."""
    from pyvi import ViTokenizer  # noqa: PLC0415 (it takes 0.8 s)

    words: list[str] = ViTokenizer.tokenize(run).split()
    return words


@lru_cache(maxsize=1)
def _load_joiner() -> Callable[[str], list[str]]:
    model = read_word_model()
    return WordJoiner(model).join if model else join_with_pyvi


class WordJoiner:
    """Finds the best labels of a run by Viterbi's algorithm on pyvi's model.

    With two labels it is enough to know by how much "goes on with a word" beats "begins one": each
    weight is the difference of the two, and so is the score that runs along the syllables.
    """

    def __init__(self, model: WordModel) -> None:
        self._weights = {name: on - begin for name, (begin, on) in model.states.items()}
        self._steps = model.steps
        self._pairs, self._triples = model.pairs, model.triples
        self._own = lru_cache(_MEMORY)(self._weigh_own)
        self._left = lru_cache(_MEMORY)(lambda word: self._weigh_neighbour("-1:", word))
        self._right = lru_cache(_MEMORY)(lambda word: self._weigh_neighbour("+1:", word))

    def join(self, run: str) -> list[str]:
        """Return the words of a run, their syllables joined by underscores."""
        syllables = run.split()
        words: list[str] = []
        before = ""
        for syllable, goes_on in zip(syllables, self._label(syllables), strict=True):
            # pyvi never joins what begins with a digit, whatever the model says.
            if goes_on and words and not (syllable[0].isdigit() or before[0].isdigit()):
                words[-1] = f"{words[-1]}_{syllable}"
            else:
                words.append(syllable)
            before = syllable
        return words

    def _label(self, syllables: list[str]) -> list[bool]:
        """Return which syllables go on with the word before them."""
        (begin_begin, begin_on), (on_begin, on_on) = self._steps
        lead, came_from = 0.0, []
        for place, weight in enumerate(self._weigh(syllables)):
            if place:
                from_on = (lead + on_begin > begin_begin, lead + on_on > begin_on)
                came_from.append(from_on)
                lead = max(begin_on, lead + on_on) - max(begin_begin, lead + on_begin)
            lead += weight
        labels = [lead > 0]
        for from_on in reversed(came_from):
            labels.append(from_on[labels[-1]])
        return labels[::-1][: len(syllables)]

    def _weigh(self, syllables: list[str]) -> Iterator[float]:
        """Yield, for each syllable, by how much the model would have it go on with a word."""
        weights = [self._own(syllable) for syllable in syllables]
        for i in range(len(syllables) - 1):
            weights[i] += self._right(syllables[i + 1])
            weights[i + 1] += self._left(syllables[i])
            if f"{syllables[i]} {syllables[i + 1]}" in self._pairs:
                weights[i] += self._weights["+1:word.bi_gram()"]
                weights[i + 1] += self._weights["-1:word.bi_gram()"]
            if " ".join(syllables[i : i + 3]) in self._triples:
                weights[i] += self._weights["+2:word.tri_gram()"]
                weights[i + 2] += self._weights["-2:word.tri_gram()"]
        yield from weights

    def _weigh_own(self, word: str) -> float:
        weight = self._weights["bias"] + self._weights.get(f"word.lower():{word}", 0.0)
        if word.isdigit():
            weight += self._weights["word.isdigit()"]
        return weight

    def _weigh_neighbour(self, side: str, word: str) -> float:
        return self._weights.get(f"{side}word.lower():{word}", 0.0)


def _pieces(run: str) -> Iterator[str]:
    while len(run) > _LONGEST_CALL:
        cut = run.rfind(" ", 0, _LONGEST_CALL + 1)
        cut = cut if cut > 0 else _LONGEST_CALL
        yield run[:cut]
        run = run[cut:].lstrip()
    if run:
        yield run
