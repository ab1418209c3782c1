"""The documents that every engine indexes: their syllables, and facets dealt by a seeded rule."""

from __future__ import annotations

import hashlib
import json
import random
from itertools import islice, repeat
from typing import TYPE_CHECKING, NamedTuple

from indexer.language.analysis import find_syllables
from indexer.language.text import clean_text
from indexer.operations import build_index
from indexer.reading.export import read_export
from indexer.records import LEVELS, SourceEntry
from indexer.store.generation_files import checksum_file
from indexer.store.generations import LIBRARY, current_generation
from indexer.store.library import Library
from tests.benchmarks.bench.work import Record, write_record

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

SEED = 20_261_123
CATEGORIES = ("Nghị quyết", "Giám sát", "Tiếp xúc cử tri", "Kỳ họp", "Ngân sách", "Tin tức")
# Some values are common and some are rare, as in any collection.
_CATEGORY_SHARES = (30, 10, 8, 20, 7, 25)
_LEVEL_SHARES = (10, 40, 20, 25, 5)
_YEARS = range(2004, 2027)
_RULE = 1
"""Rises when the rule changes, so that documents prepared before are prepared again."""


class Text(NamedTuple):
    """One document as it comes."""

    id: str
    title: str
    text: str


class Dealt(NamedTuple):
    """The facets of one document."""

    category: str
    level: str
    year: int


def deal() -> Iterator[Dealt]:
    """Yield the facets of the first document, the second one …: always the same.

    >>> from itertools import islice
    >>> first, second = islice(deal(), 2)
    >>> [first, second] == list(islice(deal(), 2))
    True
    """
    chance = random.Random(SEED)  # noqa: S311 (a game, no secret)
    while True:
        yield Dealt(
            chance.choices(CATEGORIES, _CATEGORY_SHARES)[0],
            chance.choices(LEVELS, _LEVEL_SHARES)[0],
            chance.choice(_YEARS),
        )


def read_texts(export: Path) -> Iterator[Text]:
    """Yield the documents of a .jsonl(.gz) file; lines that are no documents are left out."""
    for entry in read_export(export):
        if isinstance(entry, SourceEntry):
            yield Text(entry.id, entry.title, entry.text)


def read_folder(folder: Path, aside: Path) -> Iterator[Text]:
    """Yield the documents that our own build reads from a folder; `aside` holds its library."""
    index = aside / "folder"
    build_index(folder, index)
    name = current_generation(index).name
    with Library(index / LIBRARY, writable=False) as library:
        for member in library.members(name):
            document = library.get_document(member.key)
            yield Text(document.id, document.title, document.text)


def take(texts: Iterable[Text], most: int | None) -> Iterator[Text]:
    """Yield the first `most` documents; all of them for None."""
    return islice(texts, most)


def repeat_texts(texts: Iterable[Text], times: int) -> Iterator[Text]:
    """Yield the documents so many times over, with another id each time.

    >>> [text.id for text in repeat_texts([Text("a", "", ""), Text("b", "", "")], 2)]
    ['a', 'b', 'a (2)', 'b (2)']
    """
    kept = []
    for text in texts:
        kept.append(text)
        yield text
    for time, again in enumerate(repeat(kept, times - 1), 2):
        for text in again:
            yield text._replace(id=f"{text.id} ({time})")


def split_words(text: str) -> list[str]:
    """Return the normalised syllables of a text, as the index has them.

    >>> split_words("Ủy ban: 12/NQ")
    ['uỷ', 'ban', '12', 'nq']
    """
    return [syllable.normal for syllable in find_syllables(clean_text(text))]


def prepare(texts: Iterable[Text], records: Path, export: Path) -> int:
    """Write the documents as the engines take them, and as our own build does; return how many.

    `records` holds work.Record lines; `export` is a .jsonl file with the text as it was.
    """
    count = 0
    with records.open("w", encoding="utf-8") as plain, export.open("w", encoding="utf-8") as full:
        for text, dealt in zip(texts, deal(), strict=False):
            words = " ".join(split_words(text.text))
            plain.write(write_record(Record(text.id, text.title, words, *dealt)))
            full.write(json.dumps(_as_entry(text, dealt), ensure_ascii=False) + "\n")
            count += 1
    return count


def _as_entry(text: Text, dealt: Dealt) -> dict[str, str]:
    return {
        **text._asdict(),
        "category": dealt.category,
        "level": dealt.level,
        "issued_on": f"{dealt.year}-07-01",
    }


def digest_file(source: Path) -> str:
    """Return what tells some documents, prepared by this rule, from others."""
    digest = hashlib.sha256(f"{_RULE} {SEED}".encode())
    files = sorted(source.rglob("*")) if source.is_dir() else [source]
    for path in files:
        if path.is_file():
            digest.update(checksum_file(path).encode())
    return digest.hexdigest()
