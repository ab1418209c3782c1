"""One generation is open at a time, each thread reads through its own connection."""

from __future__ import annotations

import queue
import threading
from typing import TYPE_CHECKING

import pytest

from indexer.answers.opened import OpenIndex
from indexer.errors import DamagedIndexError
from indexer.store.engine.whoosh_engine import WhooshEngine

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from indexer.records import CouncilDocument
    from indexer.store.library import Library


def test_a_generation_is_opened_once(
    make_document: Callable[..., CouncilDocument], make_index: Callable[..., Path]
) -> None:
    """Until another one serves: then that one is, and the library with it."""
    index = make_index([make_document("phí", id="old")])
    open_index = OpenIndex(index)
    first = open_index.current()
    assert open_index.current() is first
    library = open_index.library(first.name)
    assert open_index.library(first.name) is library
    make_index([make_document("phí", id="new")])
    second = open_index.current()
    assert second.name != first.name
    assert second.engine.find("new") is not None
    assert open_index.library(second.name) is not library
    open_index.close()


def test_pages_are_made_ready_behind_the_answers(
    make_document: Callable[..., CouncilDocument],
    make_index: Callable[..., Path],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Of the generation that serves when it is asked for, and of each one after it."""
    touched: queue.Queue[WhooshEngine] = queue.Queue()

    def note(engine: WhooshEngine) -> None:
        touched.put(engine)

    monkeypatch.setattr(WhooshEngine, "touch_pages", note)
    index = make_index([make_document("phí", id="old")])
    open_index = OpenIndex(index)
    first = open_index.current().engine
    assert touched.empty()
    open_index.touch_pages()
    assert touched.get(timeout=60) is first
    make_index([make_document("phí", id="new")])
    second = open_index.current().engine
    assert touched.get(timeout=60) is second
    open_index.close()


def test_threads_share_no_connection(
    make_document: Callable[..., CouncilDocument], make_index: Callable[..., Path]
) -> None:
    """SQLite's connections belong to the thread that opened them."""
    open_index = OpenIndex(make_index([make_document("phí")]))
    name = open_index.current().name
    others: list[Library] = []
    thread = threading.Thread(target=lambda: others.append(open_index.library(name)))
    thread.start()
    thread.join()
    assert others[0] is not open_index.library(name)
    open_index.close()


def test_threads_that_ask_at_once_open_it_once(
    make_document: Callable[..., CouncilDocument], make_index: Callable[..., Path]
) -> None:
    """Opening maps every array of the index; doing it eight times would show."""
    open_index = OpenIndex(make_index([make_document("phí")]))
    together = threading.Barrier(8)
    found: list[int] = []

    def ask() -> None:
        together.wait()
        found.append(id(open_index.current()))

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8
    assert len(set(found)) == 1
    open_index.close()


def test_an_index_that_was_never_asked_closes_too(tmp_path: Path) -> None:
    """There is nothing to let go of, and nothing is made on the way."""
    OpenIndex(tmp_path / "none").close()
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize("lost", [".words", "completion"])
def test_a_missing_sidecar_is_damage(
    make_document: Callable[..., CouncilDocument], make_index: Callable[..., Path], lost: str
) -> None:
    """Suggestions and completion are part of an index, and the error names the file."""
    index = make_index([make_document("phí")])
    [sidecar] = index.glob(f"generations/*/*{lost}*")
    sidecar.unlink()
    with pytest.raises(DamagedIndexError, match=sidecar.name):
        OpenIndex(index).current()
