"""A build that was killed is taken up again; one that failed leaves nothing."""

from __future__ import annotations

import errno
import json
import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from indexer import writing
from indexer.answers.search import SearchService
from indexer.errors import WorkerLostError
from indexer.operations import build_index, verify_index
from indexer.search_records import SearchRequest
from indexer.store.blocks import BlockFolder
from indexer.store.engine.whoosh_writer import Block, write_segment
from indexer.store.generations import BLOCKS, current_name, write_lock

if TYPE_CHECKING:
    from pathlib import Path

_DOCUMENTS = 300
_BLOCK = 10
_WHOLE_BLOCKS = 7
_SCRIPT = f"""
import os, signal, sys
from pathlib import Path
from indexer import writing
from indexer.operations import build_index

write = writing.write_segment
written = []

def write_and_die(directory, rows):
    written.append(write(directory, rows))
    if len(written) > {_WHOLE_BLOCKS}:
        os.kill(os.getpid(), signal.SIGKILL)
    return written[-1]

writing.write_segment = write_and_die
build_index(Path(sys.argv[1]), Path(sys.argv[2]), block_documents={_BLOCK})
"""


@pytest.fixture
def export(tmp_path: Path) -> Path:
    """Give an export of documents that take their time."""
    path = tmp_path / "export.jsonl"
    lines = [
        {"id": str(n), "title": f"Nghị quyết {n}", "text": f"Học phí {n} đồng. " * 150}
        for n in range(_DOCUMENTS)
    ]
    path.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    return path


def finished_blocks(index: Path) -> list[Path]:
    """Return the folders of the blocks that are whole."""
    folder = index / BLOCKS
    return [path for path in folder.glob("*") if path.suffix != ".new"]


def kill_while_writing(export: Path, index: Path) -> None:
    """Build in a process of its own, which is killed in the middle of the block after a few."""
    command = [sys.executable, "-c", _SCRIPT, str(export), str(index)]
    assert subprocess.run(command, check=False).returncode == -signal.SIGKILL


def found(index: Path, words: str) -> list[tuple[str, float]]:
    """Return ids and scores of a search."""
    answer = SearchService(index).search(SearchRequest(q=words))
    return [(hit.id, round(hit.score, 5)) for hit in answer.hits]


def test_a_killed_build_is_taken_up_where_it_stood(
    export: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The next one writes only the blocks that were not finished, and answers as if alone."""
    index, fresh = tmp_path / "index", tmp_path / "fresh"
    kill_while_writing(export, index)
    kept = len(finished_blocks(index))
    assert kept == _WHOLE_BLOCKS
    assert len(list((index / BLOCKS).glob("*.new"))) == 1
    written: list[int] = []

    def count(directory: Path, rows: object) -> Block:
        block = write_segment(directory, rows)  # type: ignore[arg-type]
        written.append(block.documents)
        return block

    monkeypatch.setattr(writing, "write_segment", count)
    told: list[tuple[str, int, int]] = []
    build_index(export, index, block_documents=_BLOCK, progress=lambda *step: told.append(step))
    assert len(written) == _DOCUMENTS // _BLOCK - kept
    assert ("index", _DOCUMENTS, _DOCUMENTS) in told
    verify_index(index)
    assert not (index / BLOCKS).exists()
    build_index(export, fresh)
    for words in ("học phí", "phí 77 đồng", '"phí 5 đồng"'):
        assert found(index, words) == found(fresh, words) != []


def test_a_block_that_lost_its_end_is_written_again(tmp_path: Path) -> None:
    """After a power cut a file may be shorter than it was."""
    folder = BlockFolder(tmp_path / BLOCKS)

    def write(directory: Path) -> Block:
        (directory / "a.shard").write_text("whole")
        return Block("a.shard", 3)

    assert folder.find("one") is None
    assert folder.write("one", write) == Block("a.shard", 3) == folder.find("one")
    (tmp_path / BLOCKS / "one" / "a.shard").write_text("half")
    assert folder.find("one") is None
    assert folder.write("one", write) == folder.find("one")
    (tmp_path / "generation").mkdir()
    folder.link("one", tmp_path / "generation")
    assert [path.name for path in (tmp_path / "generation").iterdir()] == ["a.shard"]


@pytest.mark.parametrize(
    ("error", "kept"),
    [(KeyboardInterrupt(), True), (WorkerLostError("killed"), True), (OSError("full"), False)],
)
def test_blocks_outlive_an_interruption_and_no_fault(
    tmp_path: Path, error: BaseException, *, kept: bool
) -> None:
    """Whoever stops a build may go on; a full disk gets its space back. Half blocks always go."""

    def build() -> None:
        with write_lock(tmp_path):
            (tmp_path / BLOCKS / "whole").mkdir(parents=True)
            (tmp_path / BLOCKS / "half.new").mkdir()
            raise error

    with pytest.raises(type(error)):
        build()
    assert [path.name for path in (tmp_path / BLOCKS).glob("*")] == ["whole"] * kept


@pytest.mark.parametrize("block", [_DOCUMENTS, _BLOCK])
def test_a_full_disk_leaves_the_index_as_it_was(export: Path, tmp_path: Path, block: int) -> None:
    """Whether a block or the shard of all finds no room: what served serves, the space is back."""
    index = tmp_path / "index"
    before = build_index(export, index).generation
    largest = max(path.stat().st_size for path in index.glob("generations/*/*.shard"))
    script = (
        "import resource, signal, sys; from pathlib import Path\n"
        "from indexer.operations import build_index\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({largest // 2}, {largest // 2}))\n"
        f"build_index(Path(sys.argv[1]), Path(sys.argv[2]), block_documents={block})\n"
    )
    failed = subprocess.run(
        [sys.executable, "-c", script, str(export), str(index)],
        capture_output=True,
        check=False,
        text=True,
    )
    assert failed.returncode == 1
    assert f"OSError: [Errno {errno.EFBIG}] {os.strerror(errno.EFBIG)}" in failed.stderr
    assert current_name(index) == before
    verify_index(index)
    assert not (index / BLOCKS).exists()
    assert [path.name for path in (index / "generations").iterdir()] == [before]
    assert found(index, "học phí")
