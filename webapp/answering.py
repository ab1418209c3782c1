"""One process answers on the listening socket until it is told to stop.

Signals are waited for, not handled: an exception thrown into whatever runs just then could be
swallowed there, or interrupt the clean-up of a stop that came before.
"""

from __future__ import annotations

import logging
import os
import signal
import threading
import time
from typing import TYPE_CHECKING

from waitress.server import create_server

from webapp.raw_address import Channel
from webapp.service import touch_pages

if TYPE_CHECKING:
    import socket
    from collections.abc import Collection

    from flask import Flask
    from waitress.server import BaseWSGIServer

# Of each process; they take turns, so that a slow answer holds nobody up.
THREADS = 4
# A client that no longer reads is not waited for longer than this.
_SEND_SECONDS = 5.0
_LOOK_SECONDS = 0.01


def answer_until(stops: Collection[signal.Signals], listener: socket.socket, app: Flask) -> None:
    """Answer until one of these signals, which must be blocked; finish what is under way.

    What the server itself fails with is raised.
    """
    touch_pages(app)
    # That a request waits for another one is no fault to tell the operator of.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    server = create_server(app, sockets=[listener], threads=THREADS, ident=None)
    server.channel_class = Channel
    failures: list[Exception] = []
    loop = threading.Thread(target=_run, args=(server, failures), daemon=True)
    loop.start()
    signal.sigwait(stops)
    _finish(server)
    if failures:
        _close(server)
        raise failures[0]
    # The loop ends when it has nothing left to look after.
    server.trigger.pull_trigger(lambda: _close(server))
    loop.join(_SEND_SECONDS)


def _run(server: BaseWSGIServer, failures: list[Exception]) -> None:
    try:
        server.run()
    except Exception as failure:  # noqa: BLE001 (the waiting thread raises it)
        failures.append(failure)
        os.kill(os.getpid(), signal.SIGTERM)


def _finish(server: BaseWSGIServer) -> None:
    """Answer what has been asked, take nothing new, and send what is left of the answers."""
    server.accepting = False
    # The loop waits for whoever it waited for before until something wakes it.
    server.pull_trigger()
    server.task_dispatcher.shutdown()
    limit = time.monotonic() + _SEND_SECONDS
    while _is_sending(server) and time.monotonic() < limit:
        time.sleep(_LOOK_SECONDS)


def _is_sending(server: BaseWSGIServer) -> bool:
    return any(channel.total_outbufs_len for channel in list(server.active_channels.values()))


def _close(server: BaseWSGIServer) -> None:
    """Close the connections, what wakes the loop and the listening socket."""
    for channel in list(server.active_channels.values()):
        channel.handle_close()
    server.close()
