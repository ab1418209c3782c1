"""What each document of a shard would be offered as, worked out once and kept beside the shard.

Deleted documents are in it as well; which entries there are is seen when shards come together.
The arrays of a sidecar (n documents; strings and lists are Ragged: `….values` and `….starts`)::

    titles.keys, numbers.keys        uint64[n]: which are alike; 0 where there is none
    titles.lines, numbers.lines      n strings: the entry's line, were it the only one of its key
    titles.words, numbers.words      n lists: what finds it, as places in
    titles.vocabulary, numbers.…     strings
    runs                             n lists: the title as title_phrases.py takes it
    syllables                        strings that they are made of
    senders, sender                  strings: who issued or published, in lower case; uint32[n]
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from indexer.language.analysis import split_runs
from indexer.language.text import clean_text
from indexer.reading.metadata.kinds import kind_labels
from indexer.records import CleanText
from indexer.store.completion_entry import CompletionEntry
from indexer.store.completion_phrases import title_codes
from indexer.store.completion_rows import entry_rows
from indexer.store.engine.lexicon import number_word
from indexer.store.ragged import Ragged
from indexer.store.shard_sidecars import map_sidecars, write_sidecars

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from indexer.store.engine.protocol import HitRecord
    from indexer.store.engine.shard import Shard

    Arrays = dict[str, NDArray[Any]]

ENDING = ".offers"
_LONGEST_TITLE = 200


class Offers(NamedTuple):
    """One entry for each document of a shard."""

    keys: NDArray[np.uint64]
    """Documents with the same one share an entry; 0 has none."""
    vocabulary: list[str]
    words: Ragged
    lines: list[bytes]


class Listings(NamedTuple):
    """What the documents of a shard are offered as."""

    titles: Offers
    numbers: Offers
    runs: Ragged
    syllables: list[str]
    senders: list[str]
    sender: NDArray[np.uint32]


def write_listings(directory: Path) -> None:
    """Write the sidecars of a generation's shards that are still to be written."""
    write_sidecars(directory, ENDING, _gather)


def read_listings(directory: Path) -> list[Listings]:
    """Return what the documents of each shard are offered as; DamagedIndexError."""
    return [_unpack(arrays) for arrays in map_sidecars(directory, ENDING)]


def on_one_line(text: str) -> CleanText:
    """Return a listed text as entries show it."""
    return CleanText(clean_text(text).replace("\n", " ")) if text else CleanText("")


def _gather(shard: Shard) -> Arrays:
    hits = [_on_one_line(shard.listing(number)) for number in range(shard.size)]
    titles = [_title_entry(hit) for hit in hits]
    numbers = [_number_entry(hit) for hit in hits]
    places: dict[str, int] = {}
    runs = [title_codes(entry.text, places) for entry in titles]
    senders: dict[str, int] = {}
    sender = [
        senders.setdefault((hit.issuer or hit.publisher or "").lower(), len(senders))
        for hit in hits
    ]
    return {
        **_pack_offers("titles", [_title_key(hit) for hit in hits], titles),
        **_pack_offers("numbers", [_number_key(hit) for hit in hits], numbers),
        **_pack("runs", Ragged.of(runs, np.uint32)),
        **_pack("syllables", Ragged.of_texts(list(places))),
        **_pack("senders", Ragged.of_texts(list(senders))),
        "sender": np.array(sender, np.uint32),
    }


def _on_one_line(hit: HitRecord) -> HitRecord:
    return hit._replace(
        title=on_one_line(hit.title or ""),
        number=on_one_line(hit.number or ""),
        issuer=on_one_line(hit.issuer or ""),
    )


def _title_entry(hit: HitRecord) -> CompletionEntry:
    return CompletionEntry(
        "title", _shorten(CleanText(hit.title)), 0.0, _join(hit.number, hit.issuer), hit.id
    )


def _number_entry(hit: HitRecord) -> CompletionEntry:
    """Return a number's entry, which its kind and issuer find as well; an empty one without it."""
    if not hit.number:
        return CompletionEntry("number", CleanText(""), 0.0)
    detail = _join(hit.issuer or kind_labels().get(hit.kind), _day(hit.issued_on))
    also = clean_text(f"{hit.kind} {hit.issuer or ''}")
    return CompletionEntry("number", CleanText(hit.number), 0.0, detail, hit.id, also)


def _title_key(hit: HitRecord) -> int:
    reading = _reading(hit.title)
    return number_word(reading) if reading else 0


def _number_key(hit: HitRecord) -> int:
    """Return the same for one number of an issuer and day, however it is spelled."""
    if not hit.number:
        return 0
    return number_word("\n".join((_reading(hit.number), hit.issuer or "", hit.issued_on or "")))


def _reading(text: str) -> str:
    """Return a text as it reads, whatever its capitals, tone style and punctuation."""
    return " ".join(word for run in split_runs(CleanText(text)) for word in run)


def _shorten(title: CleanText) -> CleanText:
    if len(title) <= _LONGEST_TITLE:
        return title
    cut = title.rfind(" ", 0, _LONGEST_TITLE)
    return CleanText(title[: cut if cut > 0 else _LONGEST_TITLE])


def _join(*parts: str | None) -> str:
    return " · ".join(part for part in parts if part)


def _day(day: str | None) -> str:
    return f"{date.fromisoformat(day):%d/%m/%Y}" if day else ""


def _pack_offers(name: str, keys: Sequence[int], entries: Sequence[CompletionEntry]) -> Arrays:
    rows = entry_rows(entries)
    return {
        f"{name}.keys": np.array(keys, np.uint64),
        **_pack(f"{name}.vocabulary", Ragged.of_texts(rows.vocabulary)),
        **_pack(f"{name}.words", rows.words),
        **_pack(f"{name}.lines", Ragged.of_parts(rows.lines)),
    }


def _pack(name: str, lists: Ragged) -> Arrays:
    return {f"{name}.values": lists.values, f"{name}.starts": lists.starts.astype(np.uint32)}


def _unpack(arrays: Mapping[str, NDArray[Any]]) -> Listings:
    return Listings(
        _unpack_offers(arrays, "titles"),
        _unpack_offers(arrays, "numbers"),
        _lists(arrays, "runs"),
        _lists(arrays, "syllables").texts(),
        _lists(arrays, "senders").texts(),
        arrays["sender"],
    )


def _unpack_offers(arrays: Mapping[str, NDArray[Any]], name: str) -> Offers:
    return Offers(
        arrays[f"{name}.keys"],
        _lists(arrays, f"{name}.vocabulary").texts(),
        _lists(arrays, f"{name}.words"),
        _lists(arrays, f"{name}.lines").parts(),
    )


def _lists(arrays: Mapping[str, NDArray[Any]], name: str) -> Ragged:
    return Ragged(arrays[f"{name}.values"], arrays[f"{name}.starts"].astype(np.int64))
