"""Blocks become an index: its shards, its segments and what lives in them agree."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np
import pytest
from whoosh.filedb.filestore import FileStorage
from whoosh.index import FileIndex

from indexer.errors import DamagedIndexError
from indexer.store.array_file import map_arrays
from indexer.store.engine.shard import open_shards
from indexer.store.engine.shard_files import SHARDS, read_live, read_shards, write_shards
from indexer.store.engine.shard_tiers import Limits
from indexer.store.engine.whoosh_writer import create_index, publish_segments, write_segment
from indexer.store.index_fields import INDEX_NAME
from indexer.writing import index_row

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path
    from typing import Any

    from indexer.records import CouncilDocument

_NOTHING: frozenset[str] = frozenset()
SMALL = Limits(shard=8, joined=6, compact=3, segment=4)


@pytest.fixture
def add(tmp_path: Path, make_document: Callable[..., CouncilDocument]) -> Callable[..., None]:
    """Give a function that adds a block of documents to an index, and drops some."""
    create_index(tmp_path)

    def add_documents(
        ids: Iterable[str], *, dropped: Iterable[str] = (), limits: Limits = SMALL
    ) -> None:
        documents = [make_document(f"học phí {id_}", id=id_) for id_ in ids]
        block = write_segment(tmp_path, [index_row(d.id, d) for d in documents])
        publish_segments(tmp_path, [block], dropped=frozenset(dropped), limits=limits)

    return add_documents


def ids_in_shards(directory: Path) -> list[str]:
    """Return the ids of the living documents, in the order of the shards."""
    shards, live = open_shards(directory)
    listed = [shard.listing(n).id for shard in shards for n in range(shard.size)]
    return [id_ for id_, lives in zip(listed, live.tolist(), strict=True) if lives]


def ids_in_whoosh(directory: Path) -> list[str]:
    """Return what Whoosh says of the same."""
    reader = FileIndex(FileStorage(str(directory)), indexname=INDEX_NAME).reader()
    ids = [stored["hit"]["id"] for _number, stored in reader.iter_docs()]
    reader.close()
    return ids


def numbers_agree(directory: Path) -> bool:
    """Tell whether each document's number is the same on both sides, deleted ones included."""
    shards, live = open_shards(directory)
    reader = FileIndex(FileStorage(str(directory)), indexname=INDEX_NAME).reader()
    ours = [shard.listing(n).id for shard in shards for n in range(shard.size)]
    theirs = [reader.stored_fields(n)["hit"]["id"] for n in range(reader.doc_count_all())]
    dead = [reader.is_deleted(n) for n in range(reader.doc_count_all())]
    reader.close()
    return ours == theirs and dead == (~live).tolist()


def test_shards_and_segments_number_documents_alike(
    tmp_path: Path, add: Callable[..., None]
) -> None:
    """Whatever was added, changed, dropped, joined or compacted before."""
    living: dict[str, None] = {}
    for step in range(12):
        new = [f"{step} {n}" for n in range(1 + step * 5 % 8)]
        dropped = [id_ for at, id_ in enumerate(living) if (at + step) % 4 == 0]
        add(new, dropped=dropped)
        living = {id_: None for id_ in [*living, *new] if id_ not in dropped}
        assert ids_in_shards(tmp_path) == ids_in_whoosh(tmp_path) == list(living)
        assert numbers_agree(tmp_path)
        rows = read_shards(tmp_path)
        assert max(row.documents for row in rows) <= SMALL.shard
        names = {path.name.split(".")[0] for path in tmp_path.glob(f"{INDEX_NAME}_*")}
        assert names == {f"{INDEX_NAME}_{id_}" for row in rows for id_ in row.segments}
        assert {p.name for p in tmp_path.glob("*.shard")} == {row.file for row in rows}
    assert len(read_shards(tmp_path)) > 1


def test_a_shard_leaves_with_its_last_document(tmp_path: Path, add: Callable[..., None]) -> None:
    """An index of which all documents are gone has no shard and no segment."""
    add(["a", "b"])
    publish_segments(tmp_path, [], dropped=frozenset({"a", "b"}))
    assert read_shards(tmp_path) == ()
    assert ids_in_whoosh(tmp_path) == []
    add(["c"])
    assert ids_in_shards(tmp_path) == ids_in_whoosh(tmp_path) == ["c"]


def test_an_index_without_documents_can_be_opened(tmp_path: Path) -> None:
    """Neither an empty list of blocks nor an empty block makes a shard."""
    create_index(tmp_path)
    publish_segments(tmp_path, [], dropped=_NOTHING)
    publish_segments(tmp_path, [write_segment(tmp_path, [])], dropped=_NOTHING)
    assert open_shards(tmp_path)[0] == ()
    assert ids_in_whoosh(tmp_path) == []
    assert list(tmp_path.glob("*.shard")) == []


def test_ids_may_hold_half_a_surrogate_pair(tmp_path: Path, add: Callable[..., None]) -> None:
    """They are found, listed and dropped like any other."""
    add(["\ud800", "b\x00c"])
    assert ids_in_shards(tmp_path) == ids_in_whoosh(tmp_path) == ["\ud800", "b\x00c"]
    publish_segments(tmp_path, [], dropped=frozenset({"\ud800"}))
    assert ids_in_shards(tmp_path) == ["b\x00c"]


def test_frequencies_beyond_two_bytes_are_kept(
    tmp_path: Path, make_document: Callable[..., CouncilDocument]
) -> None:
    """A document of 70,000 times the same word stands beside a short one."""
    create_index(tmp_path)
    texts = {"long": "phí " * 70_000, "short": "học phí"}
    for id_, text in texts.items():
        row = index_row(id_, make_document(text, id=id_))
        publish_segments(tmp_path, [write_segment(tmp_path, [row])], dropped=_NOTHING)
    ((shard,), _live) = open_shards(tmp_path)
    assert shard.frequencies.dtype == np.uint32
    begin, end = shard.find("text", "phí".encode())
    assert shard.documents[begin:end].tolist() == [0, 1]
    assert shard.frequencies[begin:end].tolist() == [70_000, 1]
    assert shard.lengths("text").tolist()[0] > 60_000


def test_thousands_of_facet_values_are_kept(
    tmp_path: Path, make_document: Callable[..., CouncilDocument]
) -> None:
    """Each document has an issuer of its own."""
    create_index(tmp_path)
    rows = [
        index_row(str(n), make_document("phí", id=str(n), issuer=f"Uỷ ban {n}"))
        for n in range(5000)
    ]
    blocks = [write_segment(tmp_path, rows[n : n + 1700]) for n in range(0, 5000, 1700)]
    publish_segments(tmp_path, blocks, dropped=_NOTHING)
    ((shard,), _live) = open_shards(tmp_path)
    values, codes = shard.facet("issuer")
    assert [values[code] for code in codes] == [f"Uỷ ban {n}" for n in range(5000)]


@pytest.mark.parametrize(
    "damage",
    [
        lambda path: path.unlink(),
        lambda path: path.write_text("{"),
        lambda path: path.write_text(json.dumps({"shards": [{"file": "a"}]})),
    ],
)
def test_a_list_of_shards_that_cannot_be_read_is_damage(
    tmp_path: Path, add: Callable[..., None], damage: Callable[[Path], Any]
) -> None:
    """The error names the file and the way out."""
    add(["a"])
    damage(tmp_path / SHARDS)
    with pytest.raises(DamagedIndexError, match=r"shards\.json: can't be read .* rollback"):
        read_shards(tmp_path)


def test_a_mark_is_needed_for_every_document(tmp_path: Path, add: Callable[..., None]) -> None:
    """A live.arrays of another generation is found out."""
    add(["a", "b"])
    rows = read_shards(tmp_path)
    write_shards(tmp_path, rows, np.ones(1, np.uint8))
    with pytest.raises(DamagedIndexError, match="1 documents instead of 2"):
        read_live(tmp_path, rows)


def test_a_shard_knows_its_name(tmp_path: Path, add: Callable[..., None]) -> None:
    """A file that was renamed is not taken for another."""
    add(["a"])
    (row,) = read_shards(tmp_path)
    assert map_arrays(tmp_path / row.file)["name"].tobytes().decode() == row.file
