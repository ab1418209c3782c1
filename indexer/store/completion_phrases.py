"""Phrases worth offering while somebody types: frequent compounds, and what titles say often."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

import numpy as np

from indexer.language.analysis import split_runs
from indexer.records import CleanText
from indexer.store.engine.lexicon import add_up, pick_terms, read_lexicon
from indexer.store.title_phrases import RUN_END, count_title_phrases

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from indexer.store.engine.lexicon import Lexicon
    from indexer.store.engine.shard import Shard
    from indexer.store.ragged import Ragged

# A compound in fewer documents is a name or a fault of the segmentation more often than a word.
_LEAST_DOCUMENTS = 3
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


def count_compounds(shards: Sequence[Shard], live: NDArray[np.bool_]) -> dict[str, int]:
    """Return how many living documents hold each frequent compound: {"học_phí": 12}."""
    lexicons = [_read_living(shard, live) for shard in shards]
    places, documents = add_up(lexicons)
    frequent = documents >= _LEAST_DOCUMENTS
    terms = pick_terms(lexicons, places[frequent])
    return dict(zip(map(bytes.decode, terms), documents[frequent].tolist(), strict=True))


def _read_living(shard: Shard, live: NDArray[np.bool_]) -> Lexicon:
    """Return the compounds of a shard and how many living documents hold each."""
    lexicon = read_lexicon(shard, "compounds")
    alive = live[shard.base : shard.base + shard.size]
    if alive.all():
        return lexicon
    _blob, _starts, first = shard.terms("compounds")
    held = alive[shard.documents[first[0] : first[-1]]]
    before = np.concatenate((np.zeros(1, np.int64), np.cumsum(held)))
    return lexicon._replace(documents=np.diff(before[first.astype(np.int64) - int(first[0])]))


def title_codes(title: CleanText, places: dict[str, int]) -> list[int]:
    """Return the runs of a title as count_title_phrases takes them; new syllables are numbered."""
    codes = []
    for run in split_runs(CleanText(_NUMBER.sub(";", title))):
        codes += [places.setdefault(syllable, len(places)) + 1 for syllable in run]
        codes.append(RUN_END)
    return codes


def weigh_phrases(
    titles: Ragged, syllables: Sequence[str], compounds: Mapping[str, int]
) -> dict[str, float]:
    """Return phrases of two to five syllables with weights from 0.0 to 1.0.

    >>> from indexer.language.text import clean_text
    >>> from indexer.store.ragged import Ragged
    >>> places = {}
    >>> said = ["Về mức thu học phí năm 2024", "Quy định mức thu học phí"]
    >>> titles = Ragged.of([title_codes(clean_text(title), places) for title in said], "u4")
    >>> weigh_phrases(titles, list(places), {"học_phí": 3, "quy_định": 4})
    {'mức thu học phí': 1.0, 'học phí': 0.3733, 'quy định': 0.4334}
    """
    said = count_title_phrases(titles, syllables, compounds, _is_content)
    points = {words: _TITLE_WEIGHT * said[words] for words in sorted(said)}
    for compound, count in compounds.items():
        if _says_something(compound):
            points[compound] = points.get(compound, 0) + count
    most = math.log1p(max(points.values(), default=1))
    weights = [round(math.log1p(n) / most, 4) for n in points.values()]
    return dict(zip(_spell(points), weights, strict=True))


def _says_something(compound: str) -> bool:
    """Tell whether a compound begins and ends with no joining word."""
    first, _, rest = compound.partition("_")
    return _is_content(first) and _is_content(rest.rpartition("_")[2])


def _is_content(syllable: str) -> bool:
    return len(syllable) > 1 and syllable.isalpha() and syllable not in _JOINING


def _spell(phrases: Iterable[str]) -> list[str]:
    """Return phrases as offices spell them: the index writes "uỷ_ban", readers "ủy ban"."""
    spelled = "\n".join(phrases).replace("_", " ")
    return _TONED_GLIDE.sub(lambda pair: _GLIDE_TONED[pair.group()], spelled).splitlines()
