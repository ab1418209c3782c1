"""Phrases worth offering while somebody types: frequent compounds, and what titles say often.

A title is cut into words by the compounds of the index itself, longest first: that takes a tenth
of a model's time, and a phrase needs no more than that its ends cut no compound in two.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from typing import TYPE_CHECKING, Any

from indexer.language.analysis import split_runs
from indexer.records import CleanText
from indexer.store.engine.lexicon import add_terms

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
# A compound in fewer documents is a name or a fault of the segmentation more often than a word.
_LEAST_DOCUMENTS = 3
_LEAST_TITLES = 2
_MOST_SYLLABLES = 5
# A longer phrase that stands nearly wherever the shorter one does says what the shorter one means.
_SAME = 0.8
# What a title says of itself counts for more than what a text mentions.
_TITLE_WEIGHT = 20
# They join words: a phrase neither begins nor ends with one.
_FUNCTION_WORDS = """
và của các cho về theo với trong được là có ở tại từ đến để những một này khi trên dưới ngoài hoặc
hay thì mà như do bởi bằng cùng vào ra đối việc số tới đã đang sẽ phải không cũng nhưng nếu vì nên
rằng thứ mỗi mọi khác đó cả sau trước giữa qua lên xuống lại còn chỉ rất tuy kể gồm căn cứ"""
_JOINING = frozenset(_FUNCTION_WORDS.split())
# "…/NQ-HĐND quy định" is no phrase: a number's signs belong to it.
_NUMBER = re.compile(r"(?<!\S)[^\s/-]*\d[^\s/-]*[/-]\S+")
_TONED_GLIDE = re.compile(r"(?<!q)(?:o[àáảãạèéẻẽẹ]|u[ỳýỷỹỵ])(?![^\W_])")
_NEW_STYLE = "oà oá oả oã oạ oè oé oẻ oẽ oẹ uỳ uý uỷ uỹ uỵ"
_OLD_STYLE = "òa óa ỏa õa ọa òe óe ỏe õe ọe ùy úy ủy ũy ụy"
_GLIDE_TONED = dict(zip(_NEW_STYLE.split(), _OLD_STYLE.split(), strict=True))


def count_compounds(leaves: Iterable[tuple[Any, int]]) -> dict[str, int]:
    """Return how many living documents hold each frequent compound: {"học_phí": 12}.

    Where documents were deleted, a count may be too high by as many; that at least
    three living ones hold it is sure.
    """
    counts: Counter[bytes] = Counter()
    sure: Counter[bytes] = Counter()
    for reader, _base in leaves:
        held: Counter[bytes] = Counter()
        add_terms(reader, "compounds", held)
        counts.update(held)
        deleted = reader.doc_count_all() - reader.doc_count()
        sure.update({term: max(0, count - deleted) for term, count in held.items()})
    return {
        term.decode(): counts[term] for term, least in sure.items() if least >= _LEAST_DOCUMENTS
    }


def weigh_phrases(titles: Iterable[CleanText], compounds: Mapping[str, int]) -> dict[str, float]:
    """Return phrases of two to five syllables with weights from 0.0 to 1.0.

    >>> from indexer.language.text import clean_text
    >>> titles = map(clean_text, ["Về mức thu học phí năm 2024", "Quy định mức thu học phí"])
    >>> weigh_phrases(titles, {"học_phí": 3, "quy_định": 4})
    {'mức thu học phí': 1.0, 'học phí': 0.3733, 'quy định': 0.4334}
    """
    said = _count_in_titles(titles, compounds)
    points = {words: _TITLE_WEIGHT * count for words, count in said.items()}
    for compound, count in compounds.items():
        if _says_something(compound):
            points[compound] = points.get(compound, 0) + count
    most = math.log1p(max(points.values(), default=1))
    return {_spell(words): round(math.log1p(n) / most, 4) for words, n in points.items()}


def _count_in_titles(titles: Iterable[CleanText], compounds: Mapping[str, int]) -> dict[str, int]:
    """Return the phrases that several different titles say, none that a longer one covers."""
    counts: Counter[str] = Counter()
    for title in titles:
        counts.update(
            {
                phrase
                for run in split_runs(CleanText(_NUMBER.sub(";", title)))
                for phrase in _phrases(_join_compounds(run, compounds))
            }
        )
    said = {phrase: count for phrase, count in counts.items() if count >= _LEAST_TITLES}
    covered = {
        part
        for phrase, count in said.items()
        for part in _parts(phrase)
        if count >= _SAME * said.get(part, math.inf)
    }
    return {phrase: count for phrase, count in said.items() if phrase not in covered}


def _join_compounds(run: list[str], compounds: Mapping[str, int]) -> list[str]:
    """Return the run as words, the longest compound that begins at each syllable first."""
    words, place = [], 0
    while place < len(run):
        for length in range(min(4, len(run) - place), 0, -1):
            word = "_".join(run[place : place + length])
            if length == 1 or word in compounds:
                words.append(word)
                place += length
                break
    return words


def _phrases(words: list[str]) -> Iterator[str]:
    sizes = [word.count("_") + 1 for word in words]
    begins = [_is_content(word.partition("_")[0]) for word in words]
    ends = [_is_content(word.rpartition("_")[2]) for word in words]
    for first in (place for place, says in enumerate(begins) if says):
        syllables = 0
        for last in range(first, len(words)):
            syllables += sizes[last]
            if syllables > _MOST_SYLLABLES:
                break
            if syllables > 1 and ends[last]:
                yield " ".join(words[first : last + 1])


def _says_something(compound: str) -> bool:
    """Tell whether a compound begins and ends with no joining word."""
    first, _, rest = compound.partition("_")
    return _is_content(first) and _is_content(rest.rpartition("_")[2])


def _is_content(syllable: str) -> bool:
    return len(syllable) > 1 and syllable.isalpha() and syllable not in _JOINING


def _parts(phrase: str) -> Iterator[str]:
    words = phrase.split()
    for first in range(len(words)):
        for last in range(first + 1, len(words) + 1):
            if last - first < len(words):
                yield " ".join(words[first:last])


def _spell(words: str) -> str:
    """Return a phrase as offices spell it: the index writes "uỷ_ban", readers "ủy ban"."""
    return _TONED_GLIDE.sub(lambda pair: _GLIDE_TONED[pair.group()], words.replace("_", " "))
