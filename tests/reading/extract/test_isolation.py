"""Each way to cut the network cuts it, and the best one is taken."""

from __future__ import annotations

import ctypes
import platform
import signal
import socket
import subprocess
import sys

import pytest

from indexer.reading.extract import isolation

CONNECT = """
import socket, subprocess, sys
from indexer.reading.extract import isolation
{setup}
print(isolation.cut_network())
connect = "import socket; socket.create_connection(('127.0.0.1', {port}), 5)"
try:
    exec(connect)
    print("reached")
except OSError as error:
    print("refused")
print(subprocess.run([sys.executable, "-c", connect], capture_output=True).returncode)
"""
NO_NAMESPACE = "isolation._enter_empty_namespace = lambda: False"
NO_FILTER = "; isolation._filter_socket_calls = lambda: False"


def try_network(setup: str) -> list[str]:
    """Return the way taken, what became of a connection, and of one by another program."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        code = CONNECT.format(setup=setup, port=server.getsockname()[1])
        ran = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)
    return ran.stdout.decode().split()


def test_the_best_way_is_taken_and_cuts_the_network() -> None:
    """Programs started later are cut off as well."""
    way, *tries = try_network("")
    assert way in {"namespace", "filter"}
    assert tries == ["refused", "1"]


@pytest.mark.skipif(
    platform.machine() not in isolation._SOCKET_CALLS, reason="no filter is known for this machine"
)
def test_a_filter_does_it_where_namespaces_are_refused() -> None:
    """As in most containers."""
    assert try_network(NO_NAMESPACE) == ["filter", "refused", "1"]


def test_a_hook_does_it_where_the_kernel_can_not() -> None:
    """It binds Python alone: other programs still reach the network, and we say so."""
    assert try_network(NO_NAMESPACE + NO_FILTER) == ["hook", "refused", "0"]


def test_sockets_within_the_machine_are_left(monkeypatch: pytest.MonkeyPatch) -> None:
    """Programs talk to parts of themselves through them."""
    code = f"from indexer.reading.extract import isolation; {NO_NAMESPACE}; isolation.cut_network()"
    talk = "; import socket; a, b = socket.socketpair(); a.send(b'a')"
    subprocess.run([sys.executable, "-c", code + talk], check=True)
    monkeypatch.setattr(platform, "machine", lambda: "toaster")
    assert not isolation._filter_socket_calls()


@pytest.mark.parametrize("event", ["socket.__new__", "open"])
def test_the_hook_refuses_sockets_only(event: str) -> None:
    """Everything else goes on."""
    if event == "open":
        isolation._refuse_sockets(event, ())
        return
    with pytest.raises(PermissionError, match="no network"):
        isolation._refuse_sockets(event, ())


def test_ways_are_tried_from_the_best_to_the_worst(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a kernel refuses is no error."""
    hooks: list[object] = []
    monkeypatch.setattr(sys, "addaudithook", hooks.append)
    monkeypatch.setattr(isolation, "_call_kernel", lambda *_: False)
    assert isolation.cut_network() == "hook"
    assert hooks == [isolation._refuse_sockets]
    monkeypatch.setattr(isolation, "_filter_socket_calls", lambda: True)
    assert isolation.cut_network() == "filter"


def test_names_of_users_are_kept_where_they_can_be(monkeypatch: pytest.MonkeyPatch) -> None:
    """A kernel that won't map them still gives the empty network."""
    written: list[bytes] = []

    def write(_: object, data: bytes) -> None:
        written.append(data)
        if len(written) > 1:
            raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(isolation, "_call_kernel", lambda *_: True)
    monkeypatch.setattr("pathlib.Path.write_bytes", write)
    assert isolation.cut_network() == "namespace"
    assert written[0] == b"deny"
    assert len(written) == 2


def test_a_system_without_the_call_grants_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Other systems have neither namespaces nor a signal for orphans."""
    monkeypatch.setattr(ctypes, "CDLL", lambda _: object())
    assert not isolation._call_kernel("unshare", 0)
    isolation.end_with_parent(signal.SIGKILL)
