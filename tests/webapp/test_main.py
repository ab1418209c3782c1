"""Starting and stopping the server."""

from __future__ import annotations

import gc
import resource
import socket
import subprocess
import sys
import urllib.request
from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from waitress.adjustments import Adjustments

from tests.processes import LONGEST_WAIT
from webapp.__main__ import AddressError, address, main, open_listener
from webapp.raw_address import Channel

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def serve(index: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Give a started server and the address it printed; whatever happens, it ends."""
    command = [sys.executable, "-m", "webapp", "--port", "0", "--index", str(index)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        try:
            yield server, server.stdout.readline().strip()
        finally:
            server.kill()


def test_it_prints_its_address_once_it_answers(export_index: Path) -> None:
    """The printed address serves at once, for seconds of work, and a stop is clean."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    with serve(export_index) as (server, url):
        address = f"{url}/static/site.css"
        with urllib.request.urlopen(address, timeout=LONGEST_WAIT) as answer:  # noqa: S310
            assert answer.status == 200
        server.terminate()
        assert server.wait(timeout=LONGEST_WAIT) == 0
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert url.startswith("http://127.0.0.1:")
    # Of the processors' time: how long it waits for them says nothing of the start.
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < 10


def ask(url: str, target: str) -> str:
    """Return the whole answer to a GET whose address is sent as raw UTF-8."""
    place = urlsplit(url)
    with socket.create_connection(
        (place.hostname, place.port or 80), timeout=LONGEST_WAIT
    ) as connection:
        head = f"GET {target} HTTP/1.1\r\nHost: {place.netloc}\r\nConnection: close\r\n\r\n"
        connection.sendall(head.encode("utf-8", "surrogateescape"))
        with connection.makefile("rb") as answer:
            return answer.read().decode()


def test_addresses_may_hold_raw_accents(export_index: Path) -> None:
    """`curl "…/api/search?q=học"` sends them so, in the query as in the path."""
    with serve(export_index) as (_server, url):
        found = ask(url, "/api/search?q=học&level=xã")
        unknown = ask(url, "/api/documents/thư%20mời")
        broken = ask(url, "/api/search?q=h\udcff")
    assert '"query":"học"' in found
    assert '"value":"thư mời"' in unknown
    assert broken.startswith("HTTP/1.1 200 ")


def test_only_the_address_of_a_request_is_encoded() -> None:
    """Headers arrive as they were sent: a proxy's raw bytes are none of our business."""
    parser = Channel.parser_class(Adjustments())
    parser.received("GET /tim-kiem?q=phí HTTP/1.1\r\nHost: a\r\nX-Name: phí\r\n\r\n".encode())
    assert parser.error is None
    assert (parser.path, parser.query) == ("/tim-kiem", "q=ph%C3%AD")
    assert parser.headers["X_NAME"].encode("latin-1").decode() == "phí"


def test_a_taken_port_is_said_with_the_next_step(capsys: pytest.CaptureFixture[str]) -> None:
    """One line names the port and how to choose another."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert main(["--port", str(port)]) == 1
    assert capsys.readouterr().err == (
        f"port {port} is taken; choose another one: PORT={port + 1} make run\n"
    )


def test_the_last_port_has_no_next_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """Past 65535 the advice starts over."""

    def refuse(*_: object, **__: object) -> None:
        raise OSError(98, "Address already in use")

    monkeypatch.setattr("webapp.__main__.socket.create_server", refuse)
    monkeypatch.setattr("webapp.__main__.errno.EADDRINUSE", 98)
    with pytest.raises(AddressError, match="PORT=8001"):
        open_listener("127.0.0.1", 65535)


def test_an_address_of_another_machine_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    """The message names host and port."""
    assert main(["--host", "192.0.2.1", "--port", "0"]) == 1
    assert capsys.readouterr().err.startswith("can't listen on 192.0.2.1 port 0: ")


@pytest.mark.parametrize("port", ["-1", "65536", "abc", "٣"])
def test_a_port_that_is_none_is_a_usage_error(
    port: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit code 2, and the value is named."""
    with pytest.raises(SystemExit) as stopped:
        main([f"--port={port}"])
    assert stopped.value.code == 2
    assert f"'{port}' is not a port" in capsys.readouterr().err


@pytest.mark.parametrize("workers", ["0", "257", "two", "٣"])
def test_a_number_of_processes_that_is_none_is_a_usage_error(
    workers: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit code 2, and the value is named."""
    with pytest.raises(SystemExit) as stopped:
        main([f"--workers={workers}"])
    assert stopped.value.code == 2
    assert f"'{workers}' is no number from 1 to 256" in capsys.readouterr().err


def test_wrong_settings_stop_the_start(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A variable that is no number is named before anything is served."""
    monkeypatch.setenv("HDND_EXTRACT_SECONDS", "soon")
    assert main(["--port", "0"]) == 2
    assert "HDND_EXTRACT_SECONDS" in capsys.readouterr().err


def test_a_table_of_synonyms_that_is_wrong_stops_the_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its line is named, without a traceback."""
    table = tmp_path / "own.tsv"
    table.write_text("way\tweight\twords\n?\n", encoding="utf-8")
    monkeypatch.setenv("HDND_SYNONYMS", str(table))
    assert main(["--port", "0"]) == 2
    assert f"{table}:2: " in capsys.readouterr().err
    # Whoever goes on after that must not go on without the collector.
    assert gc.isenabled()


def test_an_ipv6_address_is_written_in_brackets() -> None:
    """Browsers need the brackets."""
    try:
        listener = open_listener("::1", 0)
    except AddressError as error:
        pytest.skip(f"no IPv6 here: {error}")
    with listener:
        assert address(listener).startswith("http://[::1]:")
