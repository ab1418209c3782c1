"""What is looked up on the arrays is what Whoosh's own readers and plain loops give."""

from __future__ import annotations

import random
from itertools import product
from typing import TYPE_CHECKING

import numpy as np
import pytest
from whoosh.filedb.filestore import FileStorage
from whoosh.index import FileIndex

from indexer.store.engine.postings import (
    NO_POSTINGS,
    Postings,
    documents_of,
    documents_of_all,
    frequencies_in,
    near_postings,
    phrase_postings,
    pool_postings,
    term_postings,
)
from indexer.store.engine.shard import open_shards
from indexer.writing import index_row
from tests.store.engine.conftest import write_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path
    from typing import Any

    from indexer.records import CouncilDocument
    from indexer.store.engine.shard import Shard

WORDS = "học phí đất giá hội đồng nhân dân thu chi phi phì quỹ xã".split()  # noqa: SIM905
PLACED = ("text", "text_folded", "title", "title_folded")

Body = list[str]


def random_bodies(count: int) -> list[Body]:
    """Make texts of random words, the same each time."""
    draw = random.Random(7)  # noqa: S311 (a repeatable draw, no secret)
    return [draw.choices(WORDS, k=draw.randint(1, 60)) for _ in range(count)]


@pytest.fixture(params=[1, 3], ids=["one shard", "three shards"])
def written(
    request: pytest.FixtureRequest,
    tmp_path: Path,
    make_document: Callable[..., CouncilDocument],
) -> tuple[Path, Sequence[Shard], list[Body]]:
    """Give an index's directory, its shards, and what its documents say, in their order."""
    bodies = random_bodies(60)
    documents = [
        make_document(" ".join(body), id=f"d{n}", title="sông") for n, body in enumerate(bodies)
    ]
    directory = write_rows(tmp_path, [index_row(d.id, d) for d in documents], request.param, ())
    shards, _live = open_shards(directory)
    assert len(shards) == request.param
    return directory, shards, bodies


def counts_of(postings: Postings) -> dict[int, int]:
    """Return each document's frequency."""
    documents = documents_of(postings)
    assert documents.tolist() == sorted(set(documents.tolist()))
    assert len(documents) == postings.found
    frequencies = [run.frequencies[run.start : run.end] for run in postings.runs]
    together = np.concatenate([np.empty(0, np.uint16), *frequencies])
    return dict(zip(documents.tolist(), together.tolist(), strict=True))


def rows_in(words: Sequence[str], body: Body) -> int:
    """Return how often the words stand in a row."""
    ends = range(len(body) - len(words) + 1)
    return sum(body[at : at + len(words)] == list(words) for at in ends)


def test_arrays_hold_what_whooshs_own_matchers_give(
    written: tuple[Path, Sequence[Shard], list[Body]],
) -> None:
    """Documents, frequencies and positions equal those of stock Whoosh, term by term."""
    directory, shards, _bodies = written
    reader: Any = FileIndex(FileStorage(str(directory)), indexname="MAIN").reader()
    for field in (*PLACED, "bigrams", "compounds", "id"):
        for term in reader.lexicon(field):
            matcher, stock, places = reader.postings(field, term), {}, []
            while matcher.is_active():
                stock[matcher.id()] = matcher.weight()
                if field in PLACED:
                    places += matcher.value_as("positions")
                matcher.next()
            postings = term_postings(shards, field, term.decode())
            assert counts_of(postings) == stock
            if field in PLACED:
                assert [p for run in postings.runs for p in positions_of(shards, run)] == places
    reader.close()


def positions_of(shards: Sequence[Shard], run: Any) -> list[int]:
    """Return the places of a run, found through the marks."""
    shard = shards[run.shard]
    starts = [
        int(shard.marks[at >> 6]) + int(shard.frequencies[at & ~63 : at].sum())
        for at in range(run.start, run.end)
    ]
    counts = shard.frequencies[run.start : run.end].tolist()
    return [
        place
        for start, count in zip(starts, counts, strict=True)
        for place in shard.positions[start : start + count].tolist()
    ]


@pytest.mark.parametrize("field", ["text", "id", "facts"])
@pytest.mark.parametrize("term", ["", "nowhere", "zzz", "\ud800", "a", "xãz"])
def test_a_term_that_nobody_wrote_has_no_postings(
    written: tuple[Path, Sequence[Shard], list[Body]], field: str, term: str
) -> None:
    """Whatever stands in place of letters."""
    assert term_postings(written[1], field, term) is NO_POSTINGS


def test_phrases_and_stretches_are_found_as_by_reading(
    written: tuple[Path, Sequence[Shard], list[Body]],
) -> None:
    """Every pair of words, in a row and near each other, and some threes."""
    _directory, shards, bodies = written
    threes = [("học", "phí", "đất"), ("xã", "xã", "xã"), ("phí", "phi", "phí")]
    for words in [*product(WORDS[:6], WORDS[:6]), *threes]:
        postings = [term_postings(shards, "text", word) for word in words]
        rows = {n: rows_in(words, body) for n, body in enumerate(bodies)}
        assert counts_of(phrase_postings(shards, postings)) == {n: c for n, c in rows.items() if c}
        distinct = [term_postings(shards, "text", word) for word in dict.fromkeys(words)]
        stretches = {
            n
            for n, body in enumerate(bodies)
            if any(set(words) <= set(body[at : at + 4]) for at in range(len(body)))
        }
        assert set(counts_of(near_postings(shards, distinct, 4))) == stretches


def test_a_phrase_of_a_word_that_nobody_wrote_is_nowhere(
    written: tuple[Path, Sequence[Shard], list[Body]],
) -> None:
    """Nothing is looked at then."""
    shards = written[1]
    postings = [term_postings(shards, "text", word) for word in ("phí", "nowhere")]
    assert phrase_postings(shards, postings) is NO_POSTINGS


def test_documents_of_all_hold_every_term(
    written: tuple[Path, Sequence[Shard], list[Body]],
) -> None:
    """Whatever the number of terms."""
    _directory, shards, bodies = written
    for words in (("phí",), ("phí", "đất"), ("phí", "đất", "xã"), ("phí", "nowhere")):
        postings = [term_postings(shards, "text", word) for word in words]
        expected = [n for n, body in enumerate(bodies) if set(words) <= set(body)]
        assert documents_of_all(shards, postings).tolist() == expected


def test_pooled_postings_keep_the_highest_frequency(
    written: tuple[Path, Sequence[Shard], list[Body]],
) -> None:
    """Of several ways to name one thing, a document counts by the one it uses most."""
    _directory, shards, bodies = written
    terms = [term_postings(shards, "text", word) for word in ("phí", "đất", "nowhere")]
    phrase = phrase_postings(shards, [term_postings(shards, "text", w) for w in ("học", "xã")])
    highest = {
        n: max(body.count("phí"), body.count("đất"), rows_in(("học", "xã"), body))
        for n, body in enumerate(bodies)
    }
    expected = {n: count for n, count in highest.items() if count}
    assert counts_of(pool_postings(shards, [*terms, phrase])) == expected
    assert pool_postings(shards, terms[:1]) is terms[0]
    assert pool_postings(shards, []) is NO_POSTINGS


def test_frequencies_are_told_for_any_documents(
    written: tuple[Path, Sequence[Shard], list[Body]],
) -> None:
    """0 for those that hold none."""
    _directory, shards, bodies = written
    asked = np.arange(0, len(bodies), 3, dtype=np.int32)
    told = frequencies_in(term_postings(shards, "text", "phí"), asked)
    assert told.tolist() == [bodies[n].count("phí") for n in asked.tolist()]
