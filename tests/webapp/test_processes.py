"""Several processes answer, one that dies is replaced, and all of them stop when told to."""

from __future__ import annotations

import gc
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, NamedTuple

import pytest
from flask import Flask

from webapp.answering import answer_until
from webapp.processes import MEMBER_STOPS, STOPS, Crew

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SEARCH = "/api/search?q=h%E1%BB%8Dc+ph%C3%AD"
pytestmark = pytest.mark.skipif(
    not Path("/proc/self/task").exists(), reason="needs Linux to see which processes there are"
)


class Served(NamedTuple):
    """A site that is served."""

    server: subprocess.Popen[str]
    url: str

    def ask(self) -> int:
        """Return the status of an answer."""
        with urllib.request.urlopen(self.url + SEARCH, timeout=20) as answer:  # noqa: S310
            answer.read()
            return int(answer.status)


@contextmanager
def serve(index: Path, *more: str) -> Iterator[Served]:
    """Give a site that is served by the real command."""
    command = [sys.executable, "-m", "webapp", "--port", "0", "--index", str(index), *more]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        try:
            yield Served(server, server.stdout.readline().strip())
        finally:
            server.kill()


def children(process: int) -> list[int]:
    """Return the processes that a process made."""
    listed = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii")
    return [int(each) for each in listed.split()]


def wait_for(holds: Callable[[], bool]) -> bool:
    """Tell whether something comes to hold within some seconds."""
    limit = time.monotonic() + 10
    while not holds() and time.monotonic() < limit:
        time.sleep(0.05)
    return holds()


def test_a_process_that_is_killed_is_replaced(export_index: Path) -> None:
    """The service goes on answering, and soon as many answer as before."""
    with serve(export_index, "--workers", "2") as served:
        assert wait_for(lambda: len(children(served.server.pid)) == 2)
        first, second = children(served.server.pid)
        os.kill(first, signal.SIGKILL)
        assert [served.ask() for _ in range(10)] == [200] * 10
        assert wait_for(lambda: len(set(children(served.server.pid)) - {first}) == 2)
        assert second in children(served.server.pid)
        served.server.terminate()
        assert served.server.wait(timeout=20) == 0


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_stop_is_clean(export_index: Path, how: signal.Signals, workers: str) -> None:
    """Nobody is left behind, and the exit code is 0."""
    with serve(export_index, "--workers", workers) as served:
        assert served.ask() == 200
        assert wait_for(lambda: len(children(served.server.pid)) == (2 if workers == "2" else 0))
        made = children(served.server.pid)
        served.server.send_signal(how)
        assert served.server.wait(timeout=20) == 0
        assert not [each for each in made if Path(f"/proc/{each}").exists()]


def test_nobody_answers_on_when_the_one_that_watches_is_gone(export_index: Path) -> None:
    """A port that is still taken would keep the next start from succeeding."""
    with serve(export_index, "--workers", "2") as served:
        assert wait_for(lambda: len(children(served.server.pid)) == 2)
        made = children(served.server.pid)
        served.server.kill()
        assert wait_for(lambda: not any(is_alive(each) for each in made))


def is_alive(process: int) -> bool:
    """Tell whether a process runs; one that only waits to be counted does not."""
    try:
        state = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2]
    except OSError:
        return False
    return state.split()[0] != "Z"


@pytest.fixture
def blocked_signals() -> Iterator[None]:
    """Block what the command blocks, and give back what was there."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, STOPS)
    handler = signal.getsignal(signal.SIGCHLD)
    yield
    gc.unfreeze()
    signal.signal(signal.SIGCHLD, handler)
    signal.pthread_sigmask(signal.SIG_SETMASK, before)


@pytest.mark.usefixtures("blocked_signals")
def test_work_that_fails_at_once_is_not_tried_without_a_pause(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """What ended it is told each time; a stop still ends it."""
    tries = tmp_path / "tries"

    def fail() -> None:
        with tries.open("a") as file:
            file.write(".")
        if len(tries.read_text()) > 2:
            os.kill(os.getppid(), signal.SIGTERM)
            signal.sigwait(MEMBER_STOPS)
            return
        message = "no work today"
        raise ValueError(message)

    started = time.monotonic()
    Crew(fail, 1).run()
    assert time.monotonic() - started >= 1.0
    assert len(tries.read_text()) == 3
    assert capfd.readouterr().err.count("no work today") == 2


@pytest.mark.usefixtures("blocked_signals")
def test_who_does_not_stop_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits for ever for a process that no longer listens."""
    monkeypatch.setattr("webapp.processes._STOP_SECONDS", 0.2)
    mine = tmp_path / "mine"

    def hang() -> None:
        mine.write_text(str(os.getpid()))
        os.kill(os.getppid(), signal.SIGINT)
        time.sleep(20)

    started = time.monotonic()
    Crew(hang, 1).run()
    assert 0.2 <= time.monotonic() - started < 10
    assert not is_alive(int(mine.read_text()))


@pytest.mark.usefixtures("blocked_signals")
def test_being_told_twice_to_stop_is_being_told_once(tmp_path: Path) -> None:
    """Whoever stops a whole group tells each process, and then the one that watches does.

    The second signal once came while a process was ending, and hung it there.
    """
    ends = tmp_path / "ends"

    def work() -> None:
        os.kill(os.getpid(), signal.SIGTERM)
        assert signal.sigwait(MEMBER_STOPS) == signal.SIGTERM
        os.kill(os.getppid(), signal.SIGTERM)
        time.sleep(0.3)
        ends.write_text("in order")

    Crew(work, 1).run()
    assert ends.read_text() == "in order"


class EndedError(Exception):
    """A process ended with an exit code."""


@pytest.mark.parametrize(("work", "code"), [("done", 0), ("fail", 1)])
def test_a_process_ends_with_a_code_that_says_how(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], work: str, code: int
) -> None:
    """A stop is none of its faults; what it failed at is told."""

    def do() -> None:
        assert work != "fail"

    def end(exit_code: int) -> None:
        raise EndedError(exit_code)

    monkeypatch.setattr("webapp.processes.os._exit", end)
    monkeypatch.setattr("webapp.processes.threading.Thread.start", lambda _thread: None)
    with pytest.raises(EndedError, match=str(code)):
        Crew(do, 1)._be_member()
    assert ("AssertionError" in capfd.readouterr().err) == (work == "fail")


def test_a_process_that_is_left_alone_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pipe that only the watching process holds is closed when that is gone."""
    told: list[tuple[int, int]] = []
    monkeypatch.setattr("webapp.processes.os.kill", lambda *what: told.append(what))
    crew = Crew(lambda: None, 1)
    os.close(crew._own_end)
    crew._end_when_alone()
    assert told == [(os.getpid(), signal.SIGTERM)]


@pytest.mark.usefixtures("blocked_signals")
def test_what_has_been_asked_is_answered_before_the_end() -> None:
    """A slow answer under way when the stop comes arrives whole, however long it is."""
    app = Flask("slow")
    asked = threading.Event()
    size = 3_000_000

    @app.get("/slow")
    def slow() -> str:
        asked.set()
        time.sleep(0.5)
        return "x" * size

    app.extensions["hdnd-search"] = SimpleNamespace(touch_pages=lambda: None)
    answers: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as listener:
        url = f"http://127.0.0.1:{listener.getsockname()[1]}/slow"

        def ask() -> None:
            with urllib.request.urlopen(url, timeout=20) as answer:
                answers.append(answer.read())

        def stop_when_asked() -> None:
            assert asked.wait(20)
            os.kill(os.getpid(), signal.SIGTERM)

        asking = threading.Thread(target=ask)
        asking.start()
        threading.Thread(target=stop_when_asked).start()
        answer_until(STOPS, listener, app)
        asking.join(20)
    assert [len(each) for each in answers] == [size]


@pytest.mark.usefixtures("blocked_signals")
def test_a_server_that_fails_ends_the_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """One that answers nothing any more must not look alive."""

    def fail(_server: object) -> None:
        message = "the loop broke"
        raise OSError(message)

    monkeypatch.setattr("waitress.server.TcpWSGIServer.run", fail)
    app = Flask("broken")
    app.extensions["hdnd-search"] = SimpleNamespace(touch_pages=lambda: None)
    with (
        socket.create_server(("127.0.0.1", 0)) as listener,
        pytest.raises(OSError, match="the loop broke"),
    ):
        answer_until(STOPS, listener, app)


def test_serving_imports_nothing_that_only_reading_needs(export_index: Path) -> None:
    """A start takes a second; pyvi alone would take another one, and 125 MB."""
    script = (
        "import sys; from pathlib import Path; from indexer.settings import Settings\n"
        "from webapp import create_app; from webapp.service import prepare\n"
        "app = create_app(Settings(index=Path(sys.argv[1]))); prepare(app)\n"
        "client = app.test_client()\n"
        "pages = ['/', '/tim-kiem?q=hoc+phi', '/api/search?q=hoc', '/api/complete?q=ho']\n"
        "assert all(client.get(page).status_code == 200 for page in pages)\n"
        "print(' '.join(sys.modules))\n"
    )
    command = [sys.executable, "-c", script, str(export_index)]
    loaded = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    assert "flask" in loaded
    # Of scipy, numba looks at the version.
    needless = [
        "pyvi",
        "sklearn",
        "scipy.linalg",
        "whoosh",
        "pdfminer",
        "lxml",
        "docx",
        "onnxruntime",
    ]
    found = {*needless, "PIL", "rapidocr", "pypdfium2"} & set(loaded)
    assert found == set()
