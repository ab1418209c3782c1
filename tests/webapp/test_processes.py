"""Several processes answer, one that dies is replaced, and all of them stop when told to."""

from __future__ import annotations

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

from tests.processes import LONGEST_WAIT, children_of, is_alive, run_alone, wait_for
from webapp.answering import answer_until
from webapp.processes import MEMBER_STOPS, STOPS, Crew

if TYPE_CHECKING:
    from collections.abc import Iterator

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
        with urllib.request.urlopen(self.url + SEARCH, timeout=LONGEST_WAIT) as answer:  # noqa: S310
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


def test_a_process_that_is_killed_is_replaced(export_index: Path) -> None:
    """The service goes on answering, and soon as many answer as before."""
    with serve(export_index, "--workers", "2") as served:
        assert wait_for(lambda: len(children_of(served.server.pid)) == 2)
        first, second = children_of(served.server.pid)
        os.kill(first, signal.SIGKILL)
        # What it takes on while it dies is lost.
        assert wait_for(lambda: not is_alive(first))
        assert [served.ask() for _ in range(10)] == [200] * 10
        assert wait_for(lambda: len(set(children_of(served.server.pid)) - {first}) == 2)
        assert second in children_of(served.server.pid)
        served.server.terminate()
        assert served.server.wait(timeout=LONGEST_WAIT) == 0


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_stop_is_clean(export_index: Path, how: signal.Signals, workers: str) -> None:
    """Nobody is left behind, and the exit code is 0."""
    with serve(export_index, "--workers", workers) as served:
        assert served.ask() == 200
        assert wait_for(lambda: len(children_of(served.server.pid)) == (2 if workers == "2" else 0))
        made = children_of(served.server.pid)
        served.server.send_signal(how)
        assert served.server.wait(timeout=LONGEST_WAIT) == 0
        assert not [each for each in made if Path(f"/proc/{each}").exists()]


def test_nobody_answers_on_when_the_one_that_watches_is_gone(export_index: Path) -> None:
    """A port that is still taken would keep the next start from succeeding."""
    with serve(export_index, "--workers", "2") as served:
        assert wait_for(lambda: len(children_of(served.server.pid)) == 2)
        made = children_of(served.server.pid)
        served.server.kill()
        assert wait_for(lambda: not any(is_alive(each) for each in made))


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

    def keep_trying() -> None:
        started = time.monotonic()
        Crew(fail, 1).run()
        assert time.monotonic() - started >= 1.0

    run_alone(keep_trying, STOPS)
    assert len(tries.read_text()) == 3
    assert capfd.readouterr().err.count("no work today") == 2


def test_who_does_not_stop_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits for ever for a process that no longer listens."""
    monkeypatch.setattr("webapp.processes._STOP_SECONDS", 0.2)
    mine = tmp_path / "mine"

    def hang() -> None:
        mine.write_text(str(os.getpid()))
        os.kill(os.getppid(), signal.SIGINT)
        time.sleep(300)

    def end() -> None:
        started = time.monotonic()
        Crew(hang, 1).run()
        assert time.monotonic() - started >= 0.2

    run_alone(end, STOPS)
    assert not is_alive(int(mine.read_text()))


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

    run_alone(lambda: Crew(work, 1).run(), STOPS)
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

    def stop_when_asked() -> None:
        assert asked.wait(LONGEST_WAIT)
        os.kill(os.getpid(), signal.SIGTERM)

    def serve_and_ask() -> None:
        with socket.create_server(("127.0.0.1", 0)) as listener:
            url = f"http://127.0.0.1:{listener.getsockname()[1]}/slow"

            def ask() -> None:
                with urllib.request.urlopen(url, timeout=LONGEST_WAIT) as answer:
                    answers.append(answer.read())

            asking = threading.Thread(target=ask)
            asking.start()
            threading.Thread(target=stop_when_asked).start()
            answer_until(STOPS, listener, app)
            asking.join(LONGEST_WAIT)
        assert [len(each) for each in answers] == [size]

    run_alone(serve_and_ask, STOPS)


def test_a_server_that_fails_ends_the_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """One that answers nothing any more must not look alive."""

    def fail(_server: object) -> None:
        message = "the loop broke"
        raise OSError(message)

    monkeypatch.setattr("waitress.server.TcpWSGIServer.run", fail)
    app = Flask("broken")
    app.extensions["hdnd-search"] = SimpleNamespace(touch_pages=lambda: None)

    def serve_in_vain() -> None:
        with (
            socket.create_server(("127.0.0.1", 0)) as listener,
            pytest.raises(OSError, match="the loop broke"),
        ):
            answer_until(STOPS, listener, app)

    run_alone(serve_in_vain, STOPS)


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
