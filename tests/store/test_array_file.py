"""Arrays in one file: what was written comes back, and what is broken is named."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from indexer.errors import DamagedIndexError
from indexer.store.array_file import map_arrays, pack_strings, unpack_string, write_arrays

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray


def test_arrays_come_back_under_their_names(tmp_path: Path) -> None:
    """Types, order and empty arrays survive; nothing can be written into what was mapped."""
    arrays: dict[str, NDArray[Any]] = {
        "days": np.array([738_000, 0, -3], np.int64),
        "none": np.empty(0, np.float32),
        "letters": np.frombuffer("phí".encode(), np.uint8),
        "last": np.empty(0, np.uint8),
    }
    write_arrays(tmp_path / "some.arrays", arrays)
    mapped = map_arrays(tmp_path / "some.arrays")
    assert list(mapped) == list(arrays)
    for name, array in arrays.items():
        assert mapped[name].dtype == array.dtype
        assert mapped[name].tolist() == array.tolist()
        assert not mapped[name].flags.writeable
    assert [path.name for path in tmp_path.iterdir()] == ["some.arrays"]


def test_a_linked_file_is_replaced_and_not_overwritten(tmp_path: Path) -> None:
    """The generation before shares the file by a hard link, and keeps its own content."""
    before, now = tmp_path / "before", tmp_path / "now"
    write_arrays(before, {"n": np.array([1])})
    now.hardlink_to(before)
    write_arrays(now, {"n": np.array([2])})
    assert map_arrays(before)["n"].tolist() == [1]
    assert map_arrays(now)["n"].tolist() == [2]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"something else that is no file of arrays",
        b"HDNDARR1",
        b"HDNDARR1" + (900).to_bytes(8, "little") + b'{"n": [',
        b"HDNDARR1" + (2).to_bytes(8, "little") + b"[]",
        b"HDNDARR1" + (19).to_bytes(8, "little") + b'{"n": ["<i8", 3, 0]}',
        b"HDNDARR1" + (20).to_bytes(8, "little") + b'{"n": ["<i8", 3, 0]} too few',
        b"HDNDARR1" + (20).to_bytes(8, "little") + b'{"n": ["<x8", 0, 0]}',
    ],
)
def test_a_broken_file_is_named(tmp_path: Path, content: bytes) -> None:
    """Whatever is wrong inside, the error says which file and what to do."""
    path = tmp_path / "broken.arrays"
    path.write_bytes(content)
    with pytest.raises(DamagedIndexError, match=r"broken\.arrays: can't be read .* rollback"):
        map_arrays(path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    """A generation without its sidecar is damaged."""
    with pytest.raises(DamagedIndexError, match=r"gone\.arrays"):
        map_arrays(tmp_path / "gone.arrays")


def test_strings_are_packed_and_unpacked() -> None:
    """Empty strings and lone surrogates come back as they were."""
    texts = ["học phí", "", "\ud800 lạ", "🏫"]
    blob, starts = pack_strings(texts)
    assert [unpack_string(blob, starts, n) for n in range(len(texts))] == texts
    blob, starts = pack_strings([])
    assert (len(blob), starts.tolist()) == (0, [0])
