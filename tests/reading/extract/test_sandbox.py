"""Hostile jobs become reasons in time, and the parent lives on."""

from __future__ import annotations

import gc
import json
import os
import resource
import signal
import subprocess
import sys
import tempfile
import threading
import time
from multiprocessing import get_context
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from indexer.errors import SkippedSourceError, UnreadableSourceError
from indexer.reading.extract import sandbox_child
from indexer.reading.extract.sandbox import Child, run_job
from indexer.reading.extract.sandbox_child import JobLimits
from tests.processes import LONGEST_WAIT, SOON, children_of, is_alive, wait_for

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

MIB = 2**20
# Only what hangs meets these limits, however much else the machine has to do.
LIMITS = JobLimits(60, 60, 512 * MIB, 8 * MIB)
SHORT = LIMITS._replace(seconds=0.5)


def results_of(job: Callable[[], Iterable[Any]], limits: JobLimits = LIMITS) -> list[Any]:
    """Return all that a job gives."""
    with run_job(job, limits) as child:
        return list(child)


def do(action: Callable[[], object]) -> Callable[[], Iterator[Any]]:
    """Return a job that does this and then gives one result."""

    def job() -> Iterator[Any]:
        action()
        yield "done"

    return job


def test_results_come_one_by_one(tmp_path: Path) -> None:
    """The first can be used before the second is there."""
    is_used = tmp_path / "the first is used"

    def job() -> Iterator[Any]:
        yield {"pages": 3}
        wait_for(is_used.exists)
        yield ["Nghị quyết", None]

    with run_job(job, LIMITS) as child:
        results = iter(child)
        assert next(results) == {"pages": 3}
        is_used.touch()
        assert list(results) == [["Nghị quyết", None]]


def exhaust_stack() -> None:
    """Call itself until Python gives up."""
    exhaust_stack()


def raise_error(error: BaseException) -> Callable[[], None]:
    """Return what raises this."""

    def act() -> None:
        raise error

    return act


DEATHS = [
    (lambda: os.kill(os.getpid(), signal.SIGKILL), r"broke its reader \(SIGKILL\)"),
    (lambda: os.kill(os.getpid(), signal.SIGXCPU), "gave no text within 60 s"),
    (lambda: os._exit(3), r"broke its reader \(exit code 3\)"),
    (lambda: os._exit(0), r"broke its reader \(exit code 0\)"),
    (lambda: os._exit(71), "needed more than 512 MiB"),
    (raise_error(SystemExit(0)), r"broke its reader \(exit code 1\)"),
    (lambda: bytearray(2**31), "needed more than 512 MiB"),
    (raise_error(MemoryError()), "needed more than 512 MiB"),
    (exhaust_stack, "nested too deeply"),
    (lambda: json.loads("{}")["Root"], r"broken \(KeyError: 'Root'\); open it"),
    (raise_error(UnreadableSourceError("locked\n\x1b[31m")), r"^locked \[31m$"),
]


@pytest.mark.parametrize(("action", "reason"), DEATHS)
def test_whatever_happens_to_the_child_becomes_a_reason(
    action: Callable[[], object], reason: str
) -> None:
    """A signal, an exit and any exception are told in a sentence on one line."""
    with pytest.raises(UnreadableSourceError, match=reason) as raised:
        results_of(do(action))
    assert str(raised.value).isprintable()


def test_a_reason_to_skip_stays_one() -> None:
    """The child's word comes through."""
    with pytest.raises(SkippedSourceError, match="not read"):
        results_of(do(raise_error(SkippedSourceError("a table, which is not read"))))


def test_a_child_out_of_memory_in_its_last_words_is_told_as_such(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Its exit code says what it could not."""
    monkeypatch.setattr(sandbox_child, "_pack", raise_error_of_memory)
    with pytest.raises(UnreadableSourceError, match="needed more than 512 MiB"):
        results_of(do(str))


def raise_error_of_memory(_: object) -> bytes:
    """Do as a packer does that finds no memory."""
    raise MemoryError


def test_a_child_that_hangs_is_killed() -> None:
    """Wall time counts, not only the processor's."""
    started = time.monotonic()
    with pytest.raises(UnreadableSourceError, match=r"gave no text within 0\.5 s"):
        results_of(do(lambda: time.sleep(300)), SHORT)
    assert time.monotonic() - started < SOON


def test_the_time_of_the_processor_is_limited_too() -> None:
    """The kernel counts it, for programs that the child starts as well."""

    def start_program() -> Iterator[Any]:
        program = "import resource; print(*resource.getrlimit(resource.RLIMIT_CPU))"
        yield subprocess.run(
            [sys.executable, "-c", program], check=True, capture_output=True
        ).stdout.decode()

    assert results_of(start_program, LIMITS._replace(longest=90)) == ["60 91\n"]


def test_a_child_may_be_given_more_time(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The new deadline counts from then on, and is named when it has passed."""
    clock = SimpleNamespace(now=0.0)
    monkeypatch.setattr(
        "indexer.reading.extract.sandbox.time", SimpleNamespace(monotonic=lambda: clock.now)
    )
    is_late = tmp_path / "the first deadline has passed"

    def job() -> Iterator[Any]:
        yield 1
        wait_for(is_late.exists)
        yield 2
        time.sleep(300)

    limits = LIMITS._replace(setting="HDND_OCR_SECONDS")
    with run_job(job, limits) as child:
        results = iter(child)
        assert next(results) == 1
        clock.now = limits.seconds + 1
        child.allow(60)
        is_late.touch()
        assert next(results) == 2
        child.allow(0.2)
        with pytest.raises(UnreadableSourceError, match=r"within 0.2 s; .* HDND_OCR_SECONDS"):
            next(results)


def test_more_time_is_more_time_of_the_processor() -> None:
    """Where the system lets us, the kernel's limit follows; never past the longest."""

    def job() -> Iterator[Any]:
        yield resource.getrlimit(resource.RLIMIT_CPU)[0]
        wait_for(lambda: resource.getrlimit(resource.RLIMIT_CPU)[0] > 20)
        yield resource.getrlimit(resource.RLIMIT_CPU)

    with run_job(job, LIMITS._replace(seconds=20)) as child:
        results = iter(child)
        assert next(results) == 20
        child.allow(100)
        assert next(results) == [61, 61]


def test_no_more_is_said_of_the_processor_where_the_system_can_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """There, the child starts with the longest it may ever have."""
    monkeypatch.delattr(resource, "prlimit")
    with run_job(lambda: [resource.getrlimit(resource.RLIMIT_CPU)[0]], LIMITS) as child:
        child.allow(20)
        assert list(child) == [61]


def test_a_result_over_the_limit_is_none() -> None:
    """The child itself stops before it floods the pipe."""
    limits = LIMITS._replace(output_bytes=MIB)
    with pytest.raises(UnreadableSourceError, match="gave more than 1 MiB of text"):
        results_of(lambda: ["x" * (2 * MIB)], limits)


@pytest.fixture
def say(monkeypatch: pytest.MonkeyPatch) -> Callable[[bytes], Callable[[], Iterator[Any]]]:
    """Return what makes a job whose child says just these bytes, and ends."""

    def make(said: bytes) -> Callable[[], Iterator[Any]]:
        def job() -> Iterator[Any]:
            yield "is replaced by what is to be said"
            os._exit(0)

        monkeypatch.setattr(sandbox_child, "_pack_result", lambda *_: said)
        return job

    return make


def test_a_child_that_floods_the_pipe_is_stopped(
    say: Callable[[bytes], Callable[[], Iterator[Any]]],
) -> None:
    """The parent counts for itself."""
    limits = LIMITS._replace(output_bytes=MIB)
    with pytest.raises(UnreadableSourceError, match="more than 1 MiB"):
        results_of(say(b"x" * (3 * MIB)), limits)


@pytest.mark.parametrize("answer", [b"{\n", b"[1]\n", b"[" * 10**5 + b"\n", b"\xff\n"])
def test_an_answer_that_no_job_of_ours_gives_is_a_failure(
    say: Callable[[bytes], Callable[[], Iterator[Any]]], answer: bytes
) -> None:
    """Whatever a child was made to say, it is data that does not fit."""
    with pytest.raises(UnreadableSourceError, match="an odd answer"):
        results_of(say(answer))


def test_an_answer_that_breaks_off_is_a_failure(
    say: Callable[[bytes], Callable[[], Iterator[Any]]],
) -> None:
    """Half a text is no text."""
    with pytest.raises(UnreadableSourceError, match="broke its reader"):
        results_of(say(b'{"result": "a'))


def test_half_letters_do_not_break_the_answer() -> None:
    """They can't be stored later either."""
    assert results_of(lambda: ["a\ud800"]) == ["a?"]


def test_a_child_leaves_nothing_behind(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Its temporary folder goes, and so does every process that it started."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))

    def misbehave() -> Iterator[Any]:
        Path("left-over").write_text("x", encoding="utf-8")
        Path(os.environ["HOME"], "settings").write_text("x", encoding="utf-8")
        grandchild = os.fork()
        if grandchild == 0:
            time.sleep(300)
            os._exit(0)
        yield [grandchild, str(Path.cwd()), tempfile.gettempdir()]

    grandchild, *folders = results_of(misbehave)[0]
    assert folders[0] == folders[1]
    assert folders[0].startswith(str(tmp_path / "hdnd-extract-"))
    assert list(tmp_path.iterdir()) == []
    assert wait_for(lambda: not is_alive(grandchild))


def test_a_folder_goes_after_a_kill_as_well(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The parent removes it, since a killed child can't."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))

    def die() -> None:
        Path("a/b").mkdir(parents=True)
        Path("a/b/left-over").write_text("x", encoding="utf-8")
        os.kill(os.getpid(), signal.SIGKILL)

    with pytest.raises(UnreadableSourceError):
        results_of(do(die))
    assert list(tmp_path.iterdir()) == []


def test_a_job_given_up_is_killed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Whoever needs no more results leaves no process behind."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))

    def job() -> Iterator[Any]:
        yield os.getpid()
        time.sleep(60)

    with run_job(job, LIMITS) as child:
        process = next(iter(child))
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_to_the_parent_ends_the_child(tmp_path: Path, number: int) -> None:
    """It takes the child, what that started and its folder along, and dies of the signal."""
    code = f"""
import os, sys, time, tempfile
tempfile.tempdir = {str(tmp_path)!r}
from indexer.reading.extract import sandbox_child
from indexer.reading.extract.sandbox import run_job
from indexer.reading.extract.sandbox_child import JobLimits
def job():
    grandchild = os.fork()
    if grandchild == 0:
        time.sleep(300)
    yield [os.getpid(), grandchild]
    time.sleep(300)
with run_job(job, JobLimits{tuple(LIMITS)!r}) as child:
    for result in child:
        print(*result, flush=True)
"""
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        processes = list(map(int, parent.stdout.readline().split()))
        parent.send_signal(number)
        assert parent.wait(LONGEST_WAIT) == -number
    assert len(processes) == 2
    assert wait_for(lambda: not any(map(is_alive, processes)))
    assert list(tmp_path.iterdir()) == []


def test_a_child_dies_with_its_parent() -> None:
    """Even when the parent had no time to do anything about it."""
    code = f"""
import os, time
from indexer.reading.extract import sandbox_child
from indexer.reading.extract.sandbox import run_job
from indexer.reading.extract.sandbox_child import JobLimits
def job():
    yield os.getpid()
    time.sleep(300)
with run_job(job, JobLimits{tuple(LIMITS)!r}) as child:
    print(next(iter(child)), flush=True)
    time.sleep(300)
"""
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        process = int(parent.stdout.readline())
        parent.kill()
    assert wait_for(lambda: not is_alive(process))


def test_signals_that_someone_handles_are_left_to_them() -> None:
    """A server that ends in its own way goes on doing so; ours are given back at the end."""
    kept = signal.signal(signal.SIGTERM, lambda *_: None)
    try:
        handler = signal.getsignal(signal.SIGTERM)
        with run_job(lambda: [1], LIMITS):
            assert signal.getsignal(signal.SIGTERM) is handler
            assert signal.getsignal(signal.SIGHUP) is not signal.SIG_DFL
        assert signal.getsignal(signal.SIGHUP) is signal.SIG_DFL
    finally:
        signal.signal(signal.SIGTERM, kept)


def test_a_job_may_be_run_from_any_thread() -> None:
    """Only the main one may handle signals, and the others need not."""
    found: list[Any] = []
    thread = threading.Thread(target=lambda: found.extend(results_of(lambda: [1, 2])))
    thread.start()
    thread.join()
    assert found == [1, 2]


def test_jobs_are_run_from_a_worker_of_a_pool() -> None:
    """A pool's worker may start children of its own."""
    with get_context("fork").Pool(2) as pool:
        assert pool.map(double, range(4)) == [[0], [2], [4], [6]]


def double(number: int) -> list[Any]:
    """Return twice the number, computed in a sandbox."""
    return results_of(lambda: [2 * number])


def find_handles() -> set[str]:
    """Return the numbers of all files, pipes and sockets that this process holds open."""
    # What other tests left to be let go of at some time is let go of now.
    gc.collect()
    return {path.name for path in Path("/proc/self/fd").iterdir()}


def find_children() -> set[int]:
    """Return the ids of this process's children, the dead that nobody waited for included."""
    # Other tests of the same run may have helpers of their own.
    return set(children_of(os.getpid()))


def test_no_handle_and_no_child_is_left() -> None:
    """Forty jobs, good and bad, leave no open file and no child that was not there."""
    before, children = find_handles(), find_children()
    for at in range(20):
        results_of(lambda: [1])
        with pytest.raises(UnreadableSourceError):
            results_of(do(raise_error(KeyError(at))))
    assert find_handles() <= before
    assert find_children() <= children


def test_ending_twice_does_no_harm() -> None:
    """A signal may come while the child is being ended anyway."""
    children = find_children()
    child = Child(LIMITS)
    child.end()
    child.start(lambda: [1])
    assert find_children() - children
    child.end()
    child.end()
    assert find_children() <= children


def test_a_child_that_keeps_talking_gains_no_time() -> None:
    """Each piece that comes must not start the time anew."""

    def chatter() -> Iterator[Any]:
        while True:
            yield 1
            time.sleep(0.05)

    started = time.monotonic()
    with pytest.raises(UnreadableSourceError, match=r"within 0\.5 s"):
        results_of(chatter, SHORT)
    assert time.monotonic() - started < SOON
