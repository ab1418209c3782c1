"""Arrays in one file: what was written comes back, and what is broken is named."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from indexer.errors import DamagedIndexError
from indexer.store.array_file import (
    map_arrays,
    pack_strings,
    stream_arrays,
    unpack_string,
    write_arrays,
)

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


def test_arrays_come_in_parts(tmp_path: Path) -> None:
    """One part follows the other in the type that was asked for, however many there are."""
    path = tmp_path / "some.arrays"
    with stream_arrays(path) as stream:
        stream.write("numbers", np.uint16, (np.arange(n) for n in range(4)))
        stream.write("none", np.int32, [])
        assert not path.exists()
    mapped = map_arrays(path)
    assert mapped["numbers"].tolist() == [0, 0, 1, 0, 1, 2]
    assert mapped["numbers"].dtype == np.uint16
    assert mapped["none"].tolist() == []


def test_a_file_that_could_not_be_finished_leaves_nothing(tmp_path: Path) -> None:
    """What stood under the name stays, and the space is given back."""
    path = tmp_path / "some.arrays"
    write_arrays(path, {"n": np.array([1])})

    def fail() -> None:
        with stream_arrays(path) as stream:
            stream.write("n", np.int64, [np.arange(1000)])
            raise OSError("no space")

    with pytest.raises(OSError, match="no space"):
        fail()
    assert [each.name for each in tmp_path.iterdir()] == ["some.arrays"]
    assert map_arrays(path)["n"].tolist() == [1]


def test_a_file_cut_short_is_refused(tmp_path: Path) -> None:
    """Wherever the end is missing."""
    path = tmp_path / "some.arrays"
    write_arrays(path, {"n": np.arange(100), "m": np.arange(7)})
    whole = path.read_bytes()
    for size in range(0, len(whole), 37):
        path.write_bytes(whole[:size])
        with pytest.raises(DamagedIndexError, match="rollback"):
            map_arrays(path)


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
        b"HDNDARR2",
        b"HDNDARR1" + b"{}" + (2).to_bytes(8, "little"),
        b"HDNDARR2" + b'{"n": [' + (7).to_bytes(8, "little"),
        b"HDNDARR2" + b'{"n": [' + (900).to_bytes(8, "little"),
        b"HDNDARR2" + b"[]" + (2).to_bytes(8, "little"),
        b"HDNDARR2" + b'{"n": ["<i8", 3, 8]}' + (20).to_bytes(8, "little"),
        b"HDNDARR2" + b'{"n": ["<x8", 0, 8]}' + (20).to_bytes(8, "little"),
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
