"""A child takes on its limits before it does its job."""

from __future__ import annotations

import contextlib
import json
import os
import resource
import signal
import socket
import subprocess
import sys
import time
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from indexer.errors import SkippedSourceError, UnreadableSourceError
from indexer.reading.extract import sandbox_child
from indexer.reading.extract.isolation import cut_network
from indexer.reading.extract.sandbox import run_job
from indexer.reading.extract.sandbox_child import JobLimits

if TYPE_CHECKING:
    from collections.abc import Callable

MIB = 2**20
_NOBODY = 65_534
LIMITS = JobLimits(10, 10, 512 * MIB, 8 * MIB)


def ask_child(question: Callable[[], object]) -> Any:
    """Return what a child answers."""
    with run_job(lambda: [question()], LIMITS) as child:
        return next(iter(child))


def test_a_child_can_not_write_much() -> None:
    """A file may grow to its limit."""
    with pytest.raises(UnreadableSourceError, match="File too large"):
        ask_child(lambda: Path("big").write_bytes(bytes(9 * MIB)))


def test_a_child_can_not_open_many_files() -> None:
    """Handles are counted."""
    with pytest.raises(UnreadableSourceError, match="Too many open files"):
        ask_child(lambda: [os.open(os.devnull, os.O_RDONLY) for _ in range(300)])


def test_a_child_can_not_start_many_processes() -> None:
    """Where it has users of its own, the kernel counts them; for the superuser it never does."""

    def multiply() -> int:
        started = 0
        with contextlib.suppress(BlockingIOError):
            while started < 200:
                if os.fork() == 0:
                    time.sleep(60)
                    os._exit(0)
                started += 1
        return started

    def ask() -> None:
        if os.getuid() == 0:
            os.setgid(_NOBODY)
            os.setuid(_NOBODY)
        started = ask_child(multiply)
        os.write(writing, json.dumps([started, cut_network()]).encode())

    reading, writing = os.pipe()
    asker = get_context("fork").Process(target=ask)
    asker.start()
    asker.join()
    os.close(writing)
    with os.fdopen(reading) as answer:
        count, way = json.load(answer)
    if way != "namespace":
        pytest.skip("this system lets nobody make namespaces")
    assert 0 < count < 64


def test_a_child_reaches_no_network() -> None:
    """Neither Python nor a program that it starts gets anywhere, not even to this machine."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        connect = f"import socket; socket.create_connection(('127.0.0.1', {port}), 5)"

        def run_program() -> int:
            return subprocess.run(
                [sys.executable, "-c", connect], check=False, capture_output=True
            ).returncode

        assert run_program() == 0
        assert ask_child(run_program) == 1
        with pytest.raises(
            UnreadableSourceError, match=r"broken \((OSError|Permission|Connection)"
        ):
            ask_child(lambda: str(socket.create_connection(("127.0.0.1", port), 5)))


def test_a_child_has_no_input_and_no_output(capfd: pytest.CaptureFixture[str]) -> None:
    """A library that asks or talks meets nobody."""

    def talk() -> bool:
        os.write(1, b"out")
        os.write(2, b"err")
        return os.read(0, 1) == b""

    assert ask_child(talk) is True
    assert capfd.readouterr() == ("", "")


def test_a_child_handles_signals_as_a_new_program_does() -> None:
    """What the parent made of them is not its own."""
    kept = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        assert ask_child(lambda: signal.getsignal(signal.SIGINT) is signal.SIG_DFL) is True
    finally:
        signal.signal(signal.SIGINT, kept)


def test_a_child_writes_files_of_its_own_user() -> None:
    """Programs that look up who they are find a name."""
    assert ask_child(lambda: [os.getuid(), os.getgid()]) == [os.getuid(), os.getgid()]


def test_a_child_whose_parent_has_died_does_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """It may have died before the kernel was asked to tell."""
    monkeypatch.setattr(os, "getppid", lambda: -1)
    with pytest.raises(UnreadableSourceError, match="exit code 1"):
        ask_child(lambda: 1)


def test_limits_of_the_operator_are_never_raised(monkeypatch: pytest.MonkeyPatch) -> None:
    """A lower hard limit of the whole program stays."""
    asked: list[tuple[int, int]] = []
    monkeypatch.setattr(resource, "getrlimit", lambda _: (50, 100))
    monkeypatch.setattr(resource, "setrlimit", lambda _, pair: asked.append(pair))
    sandbox_child._lower(0, 500, 600)
    sandbox_child._lower(0, 5, 6)
    assert asked == [(100, 100), (5, 6)]


def test_memory_is_counted_from_what_is_mapped(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the system does not tell, all of it counts."""
    assert sandbox_child._mapped_bytes() > MIB

    def fail(_: object) -> bytes:
        raise FileNotFoundError(2, "No such file")

    monkeypatch.setattr("pathlib.Path.read_bytes", fail)
    assert sandbox_child._mapped_bytes() == 0


def raise_error(error: Exception) -> Callable[[], list[Any]]:
    """Return a job that raises this."""

    def job() -> list[Any]:
        raise error

    return job


ANSWERS = [
    (lambda: ["a", "b"], [{"result": "a"}, {"result": "b"}, {"done": True}]),
    (raise_error(SkippedSourceError("a table")), [{"skipped": "a table"}]),
    (raise_error(UnreadableSourceError("locked")), [{"unreadable": "locked"}]),
    (raise_error(KeyError("Root\nx")), [{"unreadable": "broken (KeyError: 'Root\\nx')"}]),
    (raise_error(MemoryError()), [{"unreadable": "needed more than 512 MiB"}]),
    (raise_error(RecursionError()), [{"unreadable": "nested too deeply"}]),
    (lambda: ["x" * 9 * MIB], [{"unreadable": "gave more than 8 MiB of text"}]),
]


@pytest.mark.parametrize(("job", "expected"), ANSWERS)
def test_an_answer_is_plain_data_of_one_line_each(
    tmp_path: Path, job: Callable[[], list[Any]], expected: list[dict[str, Any]]
) -> None:
    """Nothing that the child says can become code, and the last line says how it ended."""
    with (tmp_path / "answer").open("w+b") as pipe:
        sandbox_child._answer(job, LIMITS, pipe.fileno())
        pipe.seek(0)
        answers = [json.loads(line) for line in pipe]
    for answer in answers:
        if "unreadable" in answer:
            answer["unreadable"] = answer["unreadable"].split(";")[0]
    assert answers == expected
