"""What there is to complete to: titles, numbers, phrases, units and kinds of one index."""

from __future__ import annotations

import math
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from indexer.completion_listings import on_one_line, read_listings, write_listings
from indexer.reading.metadata.kinds import kind_labels, read_kinds
from indexer.reading.metadata.units import list_units
from indexer.records import CleanText
from indexer.store.completion_entry import COMPLETION_KINDS, SEPARATOR, CompletionEntry
from indexer.store.completion_phrases import count_compounds, weigh_phrases
from indexer.store.completion_rows import Rows, entry_rows, write_completions
from indexer.store.engine.lexicon import find_changes
from indexer.store.engine.shard import open_shards
from indexer.store.ragged import Ragged, join_ragged

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from indexer.completion_listings import Listings, Offers
    from indexer.reading.metadata.units import Entry
    from indexer.store.completion_entry import CompletionKind
    from indexer.store.engine.shard import Shard

# Papers of the last three years are asked for about as often as all before them.
_HALF_LIFE_DAYS = 3 * 365
_TIER_WEIGHTS = {"tỉnh": 0.5, "huyện": 0.3, "xã": 0.2}
_BEFORE = "trước 01/7/2025"


class _Collection(NamedTuple):
    """All documents of a generation."""

    shards: tuple[Shard, ...]
    live: NDArray[np.bool_]
    listings: list[Listings]
    weights: NDArray[np.float64]


class _Chosen(NamedTuple):
    """The documents that stand for those alike, by their numbers, which rise."""

    documents: NDArray[np.int64]
    alike: NDArray[np.int64]
    """How many living documents each stands for."""


def build_completions(directory: Path) -> None:
    """Write the completions of a generation into its directory."""
    write_listings(directory)
    write_completions(directory, gather_rows(directory))


def gather_rows(directory: Path) -> list[Rows]:
    """Return all entries of a generation's living documents; its listings have been written."""
    shards, live = open_shards(directory)
    listings = read_listings(directory)
    collection = _Collection(shards, live, listings, _weigh(shards, live))
    titles = _choose(collection, [each.titles.keys for each in listings])
    numbers = _choose(collection, [each.numbers.keys for each in listings])
    names = list(_name_entries(collection))
    named = {entry.text.lower() for entry in names}
    phrases = [
        CompletionEntry("phrase", CleanText(text), weight)
        for text, weight in _find_phrases(collection, titles).items()
        if text not in named
    ]
    return [
        *_rows(collection, "title", [each.titles for each in listings], titles),
        *_rows(collection, "number", [each.numbers for each in listings], numbers),
        entry_rows([*phrases, *names]),
    ]


def _weigh(shards: Iterable[Shard], live: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Return the weight of documents: new ones first, and resolutions before other papers."""
    labels = {kind: 1 - place / len(kind_labels()) for place, kind in enumerate(kind_labels())}
    days, kinds = [np.empty(0, np.int32)], [np.empty(0)]
    for shard in shards:
        values, codes = shard.facet("kind")
        days.append(shard.days)
        kinds.append(np.array([labels.get(value, 0.0) for value in values])[codes])
    day = np.concatenate(days)
    age = day[live].max(initial=0) - day
    weights: NDArray[np.float64] = 0.5 ** (age / _HALF_LIFE_DAYS) * 0.6
    return weights + 0.4 * np.concatenate(kinds)


def _choose(collection: _Collection, keys: Sequence[NDArray[np.uint64]]) -> _Chosen:
    """Return the heaviest document of each key, the first of those that weigh the same."""
    key = np.concatenate([np.empty(0, np.uint64), *keys])
    living = np.flatnonzero(collection.live & (key != 0))
    order = living[np.lexsort((-collection.weights[living], key[living]))]
    begins = find_changes(key[order])
    alike = np.diff(np.append(begins, len(order)))
    rising = np.argsort(order[begins])
    return _Chosen(order[begins][rising], alike[rising])


def _rows(
    collection: _Collection, kind: CompletionKind, offers: Sequence[Offers], chosen: _Chosen
) -> Iterator[Rows]:
    """Yield, shard by shard, what the chosen documents are offered as."""
    for shard, offer in zip(collection.shards, offers, strict=True):
        own = _own(shard, chosen)
        documents = chosen.documents[own]
        places = documents - shard.base
        lines = [offer.lines[place] for place in places.tolist()]
        if kind == "title":
            _say_how_many(lines, chosen.alike[own])
        yield Rows(
            offer.vocabulary,
            offer.words.take(places),
            lines,
            np.full(len(documents), COMPLETION_KINDS.index(kind), np.uint8),
            collection.weights[documents].astype(np.float32),
        )


def _own(shard: Shard, chosen: _Chosen) -> slice:
    """Return which of the chosen documents are the shard's."""
    first, end = np.searchsorted(chosen.documents, (shard.base, shard.base + shard.size)).tolist()
    return slice(first, end)


def _say_how_many(lines: list[bytes], alike: NDArray[np.int64]) -> None:
    """Make the lines of titles that several documents bear say of how many, and name none."""
    for place in np.flatnonzero(alike > 1).tolist():
        text = lines[place].split(SEPARATOR.encode(), 1)[0]
        lines[place] = text + (SEPARATOR + _documents(int(alike[place]))).encode()


def _find_phrases(collection: _Collection, titles: _Chosen) -> dict[str, float]:
    places: dict[str, int] = {}
    runs = [Ragged.of([], np.uint32)]
    for shard, listing in zip(collection.shards, collection.listings, strict=True):
        own = listing.runs.take(titles.documents[_own(shard, titles)] - shard.base)
        codes = [0, *(places.setdefault(word, len(places)) + 1 for word in listing.syllables)]
        runs.append(Ragged(np.array(codes, np.uint32)[own.values], own.starts))
    compounds = count_compounds(collection.shards, collection.live)
    return weigh_phrases(join_ragged(runs), list(places), compounds)


def _name_entries(collection: _Collection) -> Iterator[CompletionEntry]:
    counts = {name: _count_values(collection, name) for name in ("kind", "issuer")}
    yield from _unit_entries(_count_units(collection))
    yield from _issuer_entries(counts["issuer"])
    yield from _kind_entries(counts["kind"], int(collection.live.sum()))


def _count_values(collection: _Collection, facet: str) -> Counter[str]:
    """Return how many living documents have each value of a facet."""
    counts: Counter[str] = Counter()
    for shard in collection.shards:
        values, codes = shard.facet(facet)
        counts.update(_count_living(collection, shard, values, codes))
    return counts


def _count_living(
    collection: _Collection, shard: Shard, values: Sequence[str], codes: NDArray[np.unsignedinteger]
) -> dict[str, int]:
    living = collection.live[shard.base : shard.base + shard.size]
    counts = np.bincount(codes[living], minlength=len(values)).tolist()
    return {value: count for value, count in zip(values, counts, strict=True) if count}


def _unit_entries(named: Counter[str]) -> Iterator[CompletionEntry]:
    """Yield each unit's label once, however many provinces have one of that name."""
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


def _issuer_entries(counts: Mapping[str, int]) -> Iterator[CompletionEntry]:
    issuers: Counter[CleanText] = Counter()
    for issuer, count in counts.items():
        issuers[on_one_line(issuer)] += count
    del issuers[CleanText("")]
    most = math.log1p(max(issuers.values(), default=1))
    for issuer, count in issuers.items():
        weight = 0.5 + 0.5 * math.log1p(count) / most
        yield CompletionEntry("unit", issuer, weight, _documents(count))


def _kind_entries(counts: Counter[str], documents: int) -> Iterator[CompletionEntry]:
    """Yield the kinds that the index has, under their signs as well: "nq" finds Nghị quyết."""
    signs = {kind.value: " ".join(kind.prefixes) for kind in read_kinds()}
    for kind, label in kind_labels().items():
        if counts[kind] and kind != "không rõ":
            weight = math.log1p(counts[kind]) / math.log1p(documents)
            detail, also = _documents(counts[kind]), CleanText(signs[kind])
            yield CompletionEntry("kind", CleanText(label), weight, detail, also=also)


def _count_units(collection: _Collection) -> Counter[str]:
    """Return how many living documents come from each unit, by its label in lower case."""
    counts: Counter[str] = Counter()
    for shard, listing in zip(collection.shards, collection.listings, strict=True):
        sent = _count_living(collection, shard, listing.senders, listing.sender)
        for sender, count in sent.items():
            words = sender.split()
            for name in {" ".join(words[first:]) for first in range(len(words))}:
                counts[name] += count
    return counts


def _where(label: str, entries: list[Entry]) -> str:
    """Return what tells a unit from its namesakes: its province, and whether it is gone."""
    provinces = {entry.province.label for entry in entries} - {label}
    place = f"{len(provinces)} tỉnh, thành phố" if len(provinces) > 1 else "".join(provinces)
    return " · ".join(filter(None, (place, _BEFORE if _is_former(entries) else "")))


def _is_former(entries: Iterable[Entry]) -> bool:
    return all(entry.era == "before" for entry in entries)


def _documents(count: int) -> str:
    return f"{count:,} văn bản".replace(",", ".")
