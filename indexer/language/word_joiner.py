"""Syllables become words by pyvi's own model, in a tenth of pyvi's time.

With two labels it is enough to know by how much "goes on with a word" beats "begins one": each
weight is the difference of the two, and so is the score that runs along the syllables. Nearly every
weight decides alone; where it doesn't, Viterbi's algorithm (1967) does. The features are those of
pyvi's `word2features`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from indexer.language.crf_model import WordModel

# What a syllable says of itself and of its neighbours, fixed by the model: its weight for the one
# before it, for itself, and for the one after it; the syllables with which it begins an entry of
# the dictionary; whether it may refuse to be joined. (A plain tuple is unpacked fastest.)
_Link = tuple[float, float, frozenset[str]]
_Entry = tuple[float, float, float, dict[str, _Link], bool]

_NO_FOLLOWERS: dict[str, _Link] = {}
_NOTHING: frozenset[str] = frozenset()

# Syllables that the model doesn't know (numbers, names, typing errors) come without end, and may
# be as long as the text: so many are kept, and none that is longer than that.
_MEMORY = 20_000
_LONGEST_KEPT = 32

# Marks that stand before a syllable: it begins a word, goes on with one, or Viterbi must say.
_BEGINS, _GOES_ON, _IN_DOUBT = " ", "_", "?"

_NEVER = -1e300
"""Less than any sum of weights, and still a number that can be added to."""


class WordJoiner:
    """Finds the best labels of a run. The time is linear in its length, whatever it holds."""

    def __init__(self, model: WordModel) -> None:
        weights = {name: on - begin for name, (begin, on) in model.states.items()}
        self._triple = weights["+2:word.tri_gram()"], weights["-2:word.tri_gram()"]
        self._steps = (begin_begin, begin_on), (on_begin, on_on) = model.steps
        # The score above which a syllable goes on, by the label of the one after it; and what a
        # syllable hands on to the score of the next, by its own label when nothing can change it.
        self._limits = {_BEGINS: begin_begin - on_begin, _GOES_ON: begin_on - on_on}
        self._handed = {_BEGINS: begin_on - begin_begin, _GOES_ON: on_on - on_begin}
        limits, handed = self._limits.values(), self._handed.values()
        self._surely_on = max(limits) - min(handed)
        self._surely_begin = min(limits) - max(handed)
        self._table = _SyllableTable(weights, _find_followers(model, weights))
        # What stands between two runs begins a word for certain. It makes up for the two steps that
        # pyvi doesn't take: to the first syllable of a run, and from the last.
        at_end, at_start = self._limits[_BEGINS], -self._handed[_BEGINS]
        self._table[""] = (at_end, _NEVER, at_start, _NO_FOLLOWERS, False)

    def join(self, syllables: list[str]) -> list[str]:
        """Return the words of the syllables, joined by underscores; an empty one ends a run."""
        syllables = ["", *syllables, ""]
        weights, stiff = self._weigh(syllables)
        on, begin = self._surely_on, self._surely_begin
        marks = [_GOES_ON if w > on else _BEGINS if w <= begin else _IN_DOUBT for w in weights]
        if _IN_DOUBT in marks:
            self._settle(marks, weights)
        for place in stiff:
            _part_stiff(marks, syllables, place)
            _part_stiff(marks, syllables, place + 1)
        woven = marks + syllables
        woven[::2], woven[1::2] = marks, syllables
        # The first syllable of a run may be labelled as going on; pyvi doesn't ask for its label.
        return "".join(woven).replace(" _", " ").split()

    def _weigh(self, syllables: list[str]) -> tuple[list[float], list[int]]:
        """Return by how much the model would have each go on with a word, and the stiff ones."""
        table = self._table
        first_of_three, last_of_three = self._triple
        weights: list[float] = []
        stiff: list[int] = []
        add = weights.append
        before = from_left = 0.0
        followers, thirds = _NO_FOLLOWERS, _NOTHING
        for syllable in syllables:
            to_left, weight, to_right, next_followers, is_stiff = table[syllable]
            before += to_left
            weight += from_left
            if is_stiff:
                stiff.append(len(weights))
            if thirds and syllable in thirds:
                weights[-1] += first_of_three
                weight += last_of_three
            if syllable in followers:
                first_of_two, last_of_two, thirds = followers[syllable]
                before += first_of_two
                weight += last_of_two
            else:
                thirds = _NOTHING
            add(before)
            before, from_left, followers = weight, to_right, next_followers
        add(before)
        # The first was added before there was a syllable.
        del weights[0]
        return weights, stiff

    def _settle(self, marks: list[str], weights: list[float]) -> None:
        """Fill in the marks in doubt by Viterbi's algorithm."""
        (begin_begin, begin_on), (on_begin, on_on) = self._steps
        doubts = [place for place, mark in enumerate(marks) if mark == _IN_DOUBT]
        lead, leads = 0.0, []
        for place in doubts:
            handed = self._handed.get(marks[place - 1])
            if handed is None:
                handed = max(begin_on, lead + on_on) - max(begin_begin, lead + on_begin)
            lead = handed + weights[place]
            leads.append(lead)
        for place, lead in zip(reversed(doubts), reversed(leads), strict=True):
            marks[place] = _GOES_ON if lead > self._limits[marks[place + 1]] else _BEGINS


class _SyllableTable(dict[str, _Entry]):
    """Every syllable's entry: those of the model from the start, others as they turn up."""

    def __init__(self, weights: dict[str, float], followers: dict[str, dict[str, _Link]]) -> None:
        super().__init__()
        self._weights, self._followers = weights, followers
        known = {name.partition("word.lower():")[2] for name in weights}
        for syllable in (known | followers.keys()) - {""}:
            self[syllable] = self._weigh(syllable)
        self._most = len(self) + _MEMORY

    def __missing__(self, syllable: str) -> _Entry:
        entry = self._weigh(syllable)
        if len(self) < self._most and len(syllable) <= _LONGEST_KEPT:
            self[syllable] = entry
        return entry

    def _weigh(self, syllable: str) -> _Entry:
        weigh = self._weights.get
        to_left = weigh(f"+1:word.lower():{syllable}", 0.0)
        own = weigh("bias", 0.0) + weigh(f"word.lower():{syllable}", 0.0)
        to_right = weigh(f"-1:word.lower():{syllable}", 0.0)
        if syllable.isdigit():
            own += weigh("word.isdigit()", 0.0)
        # Letters such as 𝐇 are capitals for good.
        for holds, feature in (
            (syllable.isupper(), "word.isupper()"),
            (syllable.istitle(), "word.istitle()"),
        ):
            if holds:
                to_left += weigh(f"+1:{feature}", 0.0)
                own += weigh(feature, 0.0)
                to_right += weigh(f"-1:{feature}", 0.0)
        stiff = syllable[0].isdigit() or syllable[0].istitle()
        return to_left, own, to_right, self._followers.get(syllable, _NO_FOLLOWERS), stiff


def _find_followers(model: WordModel, weights: dict[str, float]) -> dict[str, dict[str, _Link]]:
    """Return the dictionary's entries of two and three by their first and second syllables."""
    followers: dict[str, dict[str, _Link]] = {}
    two = weights["+1:word.bi_gram()"], weights["-1:word.bi_gram()"]
    for entry in model.pairs:
        first, second = entry.split(" ")
        followers.setdefault(first, {})[second] = (*two, _NOTHING)
    for entry in model.triples:
        first, second, third = entry.split(" ")
        links = followers.setdefault(first, {})
        first_weight, second_weight, thirds = links.get(second, (0.0, 0.0, _NOTHING))
        links[second] = (first_weight, second_weight, thirds | {third})
    return followers


def _part_stiff(marks: list[str], syllables: list[str], place: int) -> None:
    """Take out a joint that pyvi never makes, whatever the model says."""
    left, right = syllables[place - 1][:1], syllables[place][:1]
    if left.isdigit() or right.isdigit() or (right.istitle() and not left.istitle()):
        marks[place] = _BEGINS
