"""What there is to complete to: titles, numbers, phrases, units and kinds of one index."""

from __future__ import annotations

import math
from collections import Counter
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from indexer.language.analysis import split_runs
from indexer.language.text import clean_text
from indexer.reading.metadata.kinds import kind_labels, read_kinds
from indexer.reading.metadata.units import list_units
from indexer.records import CleanText
from indexer.store.completion import write_completions
from indexer.store.completion_entry import CompletionEntry, read_listings
from indexer.store.completion_phrases import weigh_phrases

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    from indexer.reading.metadata.units import Entry
    from indexer.store.engine.protocol import HitRecord

_LONGEST_TITLE = 200
# Papers of the last three years are asked for about as often as all before them.
_HALF_LIFE_DAYS = 3 * 365
_TIER_WEIGHTS = {"tỉnh": 0.5, "huyện": 0.3, "xã": 0.2}
_BEFORE = "trước 01/7/2025"


def build_completions(directory: Path) -> None:
    """Write the completions of a finished Whoosh index into its directory."""
    write_completions(directory, gather_entries(directory))


def gather_entries(directory: Path) -> list[CompletionEntry]:
    """Return all entries of a finished Whoosh index; deleted documents give none."""
    hits, compounds = read_listings(directory)
    titles = list(_title_entries(hits))
    names = [*_unit_entries(hits), *_issuer_entries(hits), *_kind_entries(hits)]
    named = {entry.text.lower() for entry in names}
    phrases = weigh_phrases((entry.text for entry in titles), compounds)
    return [
        *(
            CompletionEntry("phrase", CleanText(text), weight)
            for text, weight in phrases.items()
            if text not in named
        ),
        *titles,
        *_number_entries(hits),
        *names,
    ]


def _title_entries(hits: list[HitRecord]) -> Iterator[CompletionEntry]:
    """Yield each title once: with its document, or with how many documents bear it."""
    weigh = _weigher(hits)
    alike: dict[str, list[HitRecord]] = {}
    for hit in hits:
        if reading := _reading(hit.title):
            alike.setdefault(reading, []).append(hit)
    for bearers in alike.values():
        first = max(bearers, key=weigh)
        only = len(bearers) == 1
        detail = _join(first.number, first.issuer) if only else _documents(len(bearers))
        text = _shorten(CleanText(first.title))
        yield CompletionEntry("title", text, weigh(first), detail, first.id if only else None)


def _number_entries(hits: list[HitRecord]) -> Iterator[CompletionEntry]:
    """Yield each number once per issuer and day, under its kind and issuer as well."""
    weigh = _weigher(hits)
    numbered: dict[tuple[str, str | None, str | None], HitRecord] = {}
    for hit in sorted(hits, key=weigh, reverse=True):
        if hit.number:
            key = (_reading(hit.number), hit.issuer, hit.issued_on)
            numbered.setdefault(key, hit)
    for hit in numbered.values():
        number = CleanText(hit.number or "")
        detail = _join(hit.issuer or kind_labels().get(hit.kind), _day(hit.issued_on))
        also = clean_text(f"{hit.kind} {hit.issuer or ''}")
        yield CompletionEntry("number", number, weigh(hit), detail, hit.id, also)


def _unit_entries(hits: list[HitRecord]) -> Iterator[CompletionEntry]:
    """Yield each unit's label once, however many provinces have one of that name."""
    named = _count_units(hits)
    most = math.log1p(max(named.values(), default=1))
    for label, entries in _units_by_label().items():
        tier = max(_TIER_WEIGHTS[entry.tier] for entry in entries)
        weight = tier + 0.5 * math.log1p(named[label.lower()]) / most
        weight -= 0.1 * _is_former(entries)
        yield CompletionEntry("unit", CleanText(label), weight, _where(label, entries))


@lru_cache(maxsize=1)
def _units_by_label() -> Mapping[str, list[Entry]]:
    bearers: dict[str, list[Entry]] = {}
    for entry in list_units():
        label = f"{entry.unit.kind} {entry.alias or entry.unit.name}"
        bearers.setdefault(label, []).append(entry)
    return bearers


def _issuer_entries(hits: list[HitRecord]) -> Iterator[CompletionEntry]:
    counts = Counter(CleanText(hit.issuer) for hit in hits if hit.issuer)
    most = math.log1p(max(counts.values(), default=1))
    for issuer, count in counts.items():
        weight = 0.5 + 0.5 * math.log1p(count) / most
        yield CompletionEntry("unit", issuer, weight, _documents(count))


def _kind_entries(hits: list[HitRecord]) -> Iterator[CompletionEntry]:
    """Yield the kinds that the index has, under their signs as well: "nq" finds Nghị quyết."""
    counts = Counter(hit.kind for hit in hits)
    signs = {kind.value: " ".join(kind.prefixes) for kind in read_kinds()}
    for kind, label in kind_labels().items():
        if counts[kind] and kind != "không rõ":
            weight = math.log1p(counts[kind]) / math.log1p(len(hits))
            detail, also = _documents(counts[kind]), CleanText(signs[kind])
            yield CompletionEntry("kind", CleanText(label), weight, detail, also=also)


def _weigher(hits: Iterable[HitRecord]) -> Callable[[HitRecord], float]:
    """Return the weight of documents: new ones first, and resolutions before other papers."""
    newest = max((_ordinal(hit.issued_on) for hit in hits), default=0)
    places = {kind: place / len(kind_labels()) for place, kind in enumerate(kind_labels())}

    def weigh(hit: HitRecord) -> float:
        age = newest - _ordinal(hit.issued_on)
        return 0.6 * math.pow(0.5, age / _HALF_LIFE_DAYS) + 0.4 * (1 - places.get(hit.kind, 1.0))

    return weigh


def _count_units(hits: Iterable[HitRecord]) -> Counter[str]:
    """Return how many documents come from each unit, by its label in lower case."""
    counts: Counter[str] = Counter()
    for hit in hits:
        words = (hit.issuer or hit.publisher or "").lower().split()
        counts.update({" ".join(words[first:]) for first in range(len(words))})
    return counts


def _where(label: str, entries: list[Entry]) -> str:
    """Return what tells a unit from its namesakes: its province, and whether it is gone."""
    provinces = {entry.province.label for entry in entries if entry.province.label != label}
    place = f"{len(provinces)} tỉnh, thành phố" if len(provinces) > 1 else "".join(provinces)
    return _join(place, _BEFORE if _is_former(entries) else "")


def _is_former(entries: Iterable[Entry]) -> bool:
    return all(entry.era == "before" for entry in entries)


def _reading(text: str) -> str:
    """Return a text as it reads, whatever its capitals, tone style and punctuation."""
    return " ".join(word for run in split_runs(CleanText(text)) for word in run)


def _shorten(title: CleanText) -> CleanText:
    if len(title) <= _LONGEST_TITLE:
        return title
    cut = title.rfind(" ", 0, _LONGEST_TITLE)
    return CleanText(title[: cut if cut > 0 else _LONGEST_TITLE])


def _documents(count: int) -> str:
    return f"{count:,} văn bản".replace(",", ".")


def _join(*parts: str | None) -> str:
    return " · ".join(part for part in parts if part)


def _ordinal(day: str | None) -> int:
    return date.fromisoformat(day).toordinal() if day else 0


def _day(day: str | None) -> str:
    return f"{date.fromisoformat(day):%d/%m/%Y}" if day else ""
