"""The kind of document in a query: "nq học phí", "tờ trình về đầu tư công"."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from indexer.answers.ranking import PREFER
from indexer.answers.understanding.meanings import Meaning, name_meaning
from indexer.language.text import fold
from indexer.query_records import FacetChoice, Preference
from indexer.reading.metadata.kinds import headings_longest_first, kind_labels, read_kinds
from indexer.reading.metadata.letters import lower_letters
from indexer.reading.metadata.loose_letters import accept_bare
from indexer.reading.metadata.tables import read_table

if TYPE_CHECKING:
    from collections.abc import Mapping

    from indexer.answers.understanding.meanings import Asked

# Words that name nothing but a kind of document. All others are doings too ("quyết định thu
# hồi đất", "báo cáo tài chính"), and only plainly mean the kind where no object follows.
_ONLY_KINDS = frozenset(
    (
        *("nghị quyết", "nghị quyết liên tịch", "nghị định", "thông tư", "thông tư liên tịch"),
        *("tờ trình", "công văn", "chỉ thị", "biên bản", "báo cáo thẩm tra", "báo cáo giám sát"),
        *("văn bản hợp nhất", "pháp lệnh"),
    )
)
# What a citizen asks is in the answers, too, and "quy định về ..." asks for what is laid down
# anywhere: never a condition.
_NEVER = frozenset(
    (
        *("kiến nghị cử tri", "trả lời kiến nghị", "tin tức", "lệnh", "luật", "quy định"),
        *("hướng dẫn", "phương án"),
    )
)
_SURE_SIGNS = frozenset(("nq", "qđ", "qd", "ttr", "nđ", "nqlt", "ttlt", "vbhn"))
_FOLLOWED_BY = re.compile(
    rf"\s*(?:$|;|{'|'.join(map(accept_bare, ('về việc', 'về', 'của', 'số', 'ngày')))}(?![^\W_]))"
)
_LINK = re.compile(rf"\s{{1,2}}{accept_bare('(?:về việc|về|của)')}(?![^\W_])")


class _Kind(NamedTuple):
    value: str
    end: int
    is_sign: bool


def find_kind(asked: Asked) -> list[Meaning]:
    """Return the kind that the words begin with, or end with.

    At the beginning of a short query it is a condition where it plainly is one: "nghị quyết học
    phí", "nq học phí", "quyết định về học phí". "Báo cáo tài chính" only favours reports.
    """
    if asked.is_question:
        return []
    start = len(asked.open) - len(asked.open.lstrip(" ;"))
    if found := _kind_at(asked, start):
        return [_begins(asked, start, found)]
    for match in re.finditer(r"(?<![^\W_])[^\W_]+", asked.open):
        found = _kind_at(asked, match.start())
        if found and not found.is_sign and not asked.open[found.end :].strip(" ;"):
            return [_prefer(asked, (match.start(), found.end), found.value)]
    return []


def _kind_at(asked: Asked, start: int) -> _Kind | None:
    if match := _heading().match(asked.open, start):
        return _Kind(_values()[fold(match.group())], match.end(), is_sign=False)
    match = _sign().match(asked.open, start)
    if match is None:
        return None
    typed = asked.text[match.start() : match.end()]
    ambiguous = fold(match.group()) not in map(fold, _SURE_SIGNS)
    # "TB" is a sign in capitals only, and not where everything is in capitals.
    if ambiguous and (not typed.isupper() or asked.text.isupper() or typed in _unclear()):
        return None
    return _Kind(_signs()[fold(match.group())], match.end(), is_sign=True)


def _begins(asked: Asked, start: int, found: _Kind) -> Meaning:
    place = (start, found.end)
    sure = found.value in _ONLY_KINDS or bool(_FOLLOWED_BY.match(asked.open, found.end))
    if found.is_sign:
        sure = fold(asked.open[start : found.end]) in map(fold, _SURE_SIGNS)
    if not sure or found.value in _NEVER:
        return _prefer(asked, place, found.value)
    if link := _LINK.match(asked.open, found.end):
        place = (start, link.end())
    choice = FacetChoice("kind", _with_narrower(found.value))
    label = kind_labels()[found.value]
    facet = ("kind", found.value)
    return Meaning(name_meaning(asked, place, "kind", label, "filters", facet=facet), place, choice)


def _prefer(asked: Asked, place: tuple[int, int], value: str) -> Meaning:
    label = kind_labels()[value]
    choice = FacetChoice("kind", _with_narrower(value))
    return Meaning(
        name_meaning(asked, place, "kind", label, "prefers", facet=("kind", value)),
        place,
        preferences=(Preference(choice, PREFER.kind, label),),
        keeps_words=True,
    )


def _with_narrower(value: str) -> tuple[str, ...]:
    """Return a kind with those that refine it: a report of supervision is a report."""
    longer = (kind.value for kind in read_kinds() if kind.value.startswith(f"{value} "))
    narrower = (kind.value for kind in read_kinds() if value in kind.refines)
    return tuple(dict.fromkeys((value, *narrower, *longer)))


@lru_cache(maxsize=1)
def _heading() -> re.Pattern[str]:
    headings = sorted((*headings_longest_first(), *_short_headings()), key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(map(accept_bare, headings))})(?![^\W_])")


@lru_cache(maxsize=1)
def _values() -> Mapping[str, str]:
    named = {name: kind.value for kind in read_kinds() for name in kind.headings}
    return {fold(name): value for name, value in (*named.items(), *_short_headings().items())}


@lru_cache(maxsize=1)
def _short_headings() -> Mapping[str, str]:
    """Return the kinds by headings that begin with a sign: "bc thẩm tra", "tb kết luận"."""
    signs = {
        name: kind.prefixes[0] for kind in read_kinds() for name in kind.headings if kind.prefixes
    }
    return {
        lower_letters(f"{sign} {name.removeprefix(base).strip()}"): kind.value
        for kind in read_kinds()
        for name in kind.headings
        for base, sign in signs.items()
        if name.startswith(f"{base} ")
    }


@lru_cache(maxsize=1)
def _signs() -> Mapping[str, str]:
    """Return the kinds by their signs without accents; QĐ before QyĐ, HĐ before HD."""
    pairs = [(sign, kind.value) for kind in read_kinds() for sign in kind.prefixes]
    return {fold(lower_letters(sign)): value for sign, value in reversed(pairs) if len(sign) > 1}


@lru_cache(maxsize=1)
def _unclear() -> frozenset[str]:
    """Return the signs that are short for something else as well: "CT" for a programme."""
    meanings = Counter(short for short, _, _ in read_table("abbreviations.tsv"))
    return frozenset(short for short, count in meanings.items() if count > 1)


@lru_cache(maxsize=1)
def _sign() -> re.Pattern[str]:
    signs = (accept_bare(lower_letters(s)) for kind in read_kinds() for s in kind.prefixes if s[1:])
    return re.compile(rf"(?:{'|'.join(sorted(signs, key=len, reverse=True))})(?![^\W_])")
