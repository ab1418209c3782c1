"""Random collections for the comparison with stock Whoosh: blocks, then updates of them."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from indexer.language.analysis import KeySpan
from indexer.language.text import clean_text
from indexer.records import LEVELS, CouncilDocument, Evidence
from indexer.store.engine.protocol import IndexRow
from indexer.store.engine.shard_tiers import Limits
from indexer.store.engine.whoosh_writer import create_index, publish_segments, write_segment

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

WORDS = (
    *("học", "hoc", "hóc", "phí", "phi", "phòng", "đất", "dat", "quỹ", "xã", "hội", "đồng"),
    *("nhân", "dân", "HỌC", "Phí", "hoà", "hòa", "uỷ", "ủy", "thuỷ", "thủy", "12", "2024"),
)
"""As documents spell them: in capitals too, and in both styles of tone marks; the first often."""
OFTENNESS = tuple(1 / (place + 2) for place in range(len(WORDS)))
SIGNS = (" ", " ", " ", " ", ", ", ". ", "\n\n", " - ")
NUMBERS = ("1/nq", "2/nq", "3/nq")
FACTS = ("unit:xã a", "unit:xã b", "session:1")
MENTIONS = ("number:1/nq", "number:2/nq", "date:2024-01-02")
KINDS = ("Nghị quyết", "Tin tức", "tờ trình")
CATEGORIES = ("Văn bản", "Tin")
ISSUERS = ("", *(f"HĐND xã {name}" for name in "ABCDEFGHIKLMNOPQRSTUVXY"))
"""More values than a page shows; documents without an issuer have an empty one."""
DAYS = tuple(date(2023, 11, 30) + timedelta(step * 31) for step in range(14))
LIMITS = (
    Limits(),
    Limits(shard=14, joined=10, compact=4, segment=5),
    Limits(shard=40, joined=60, compact=20, segment=7),
)
"""As it is, and with many shards of several segments for few documents."""
OFTEN = 70_000
"""More often than two bytes can count."""
OFTEN_WORD = "luật"


@dataclass(frozen=True)
class Update:
    """What one generation adds to the one before."""

    blocks: tuple[tuple[IndexRow, ...], ...]
    dropped: frozenset[str] = frozenset()
    """Ids of documents that are gone, or written anew."""


def make_updates(seed: int) -> list[Update]:
    """Make a collection: several blocks, then updates that delete and replace documents."""
    draw = random.Random(seed)  # noqa: S311 (a repeatable draw, no secret)
    if seed == 0:
        return [Update(())]
    if seed == 1:
        return [Update(((_make_row(draw, "only", 3),),))]
    rows = [_make_row(draw, f"d{number}", _length(draw)) for number in range(30 + seed * 8 % 50)]
    if seed % 3 == 2:
        rows[draw.randrange(len(rows))] = _make_long_row(draw)
    updates = [Update(_cut(draw, rows))]
    for turn in range(draw.randint(0, 3)):
        known = sorted({row.document.id for update in updates for row in _rows(update)})
        dropped = draw.sample(known, draw.randint(0, len(known) // 3))
        again = draw.sample(dropped, len(dropped) // 2)
        names = [*again, *(f"u{turn}.{number}" for number in range(draw.randint(0, 6)))]
        new = [_make_row(draw, name, _length(draw)) for name in names]
        updates.append(Update(_cut(draw, new), frozenset(dropped)))
    return updates


def write_updates(directory: Path, updates: Sequence[Update], limits: Limits) -> Path:
    """Write the collection with the project's own writer and return its directory."""
    create_index(directory)
    for update in updates:
        written = [write_segment(directory, rows) for rows in update.blocks]
        publish_segments(directory, written, dropped=update.dropped, limits=limits)
    return directory


def _rows(update: Update) -> list[IndexRow]:
    return [row for block in update.blocks for row in block]


def _cut(draw: random.Random, rows: Sequence[IndexRow]) -> tuple[tuple[IndexRow, ...], ...]:
    """Return the rows as blocks of any size."""
    blocks, at = [], 0
    while at < len(rows):
        size = draw.choice((1, 2, 7, 20))
        blocks.append(tuple(rows[at : at + size]))
        at += size
    return tuple(blocks)


def _length(draw: random.Random) -> int:
    return draw.choice((0, 1, 2, 5, 12, 30, 30, 60, 60, 400))


def _make_row(draw: random.Random, name: str, length: int) -> IndexRow:
    words = draw.choices(WORDS, OFTENNESS, k=length)
    return _row(draw, name, "".join(word + draw.choice(SIGNS) for word in words))


def _make_long_row(draw: random.Random) -> IndexRow:
    # Signs between them: words in a row would be segmented, which takes its time.
    words = " ".join(draw.choices(WORDS, k=40))
    return _row(draw, "often", f"{OFTEN_WORD}, " * OFTEN + "phí, " * 300 + words)


def _row(draw: random.Random, name: str, text: str) -> IndexRow:
    mentions = draw.choices(MENTIONS, k=draw.randint(0, 4))
    # Spans that cut nothing: empty stretches at the start of the text.
    spans = tuple(KeySpan(0, 0, (key,)) for key in mentions)
    numbers = draw.sample(NUMBERS, draw.randint(0, 2))
    day = draw.choice(DAYS) if draw.random() < 0.8 else None
    document = CouncilDocument(
        id=name,
        path=name,
        sha256="",
        title=_name(draw, longest=6) or "",
        text=clean_text(text),
        kind=draw.choice(KINDS),
        category=draw.choice(CATEGORIES),
        level=draw.choice(LEVELS),
        media_type="text/plain",
        issued_on=day,
        evidence={"issued_on": Evidence("stated")} if day else {},
        issuer=draw.choice((draw.choice(ISSUERS), _name(draw))) or None,
        signer=_name(draw),
        publisher=_name(draw),
    )
    return IndexRow(
        key=f"key {name}",
        document=document,
        number_keys={number: draw.randint(1, 3) for number in numbers},
        facts=tuple(draw.sample(FACTS, draw.randint(0, 2))),
        text_spans=spans,
    )


def _name(draw: random.Random, longest: int = 3) -> str | None:
    return " ".join(draw.choices(WORDS, OFTENNESS, k=draw.randint(0, longest))) or None
