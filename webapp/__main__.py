"""`python -m webapp`: serve the site with waitress, in several processes, until it is stopped.

Exit codes: 0 stopped on request, 1 the address can't be used, 2 wrong arguments or settings.
"""

from __future__ import annotations

import argparse
import errno
import gc
import os
import signal
import socket
import sys
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from indexer.errors import HdndError
from indexer.settings import MOST_WORKERS, read_settings
from webapp.processes import MEMBER_STOPS, STOPS, Crew

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from indexer.settings import Settings

HOST = "127.0.0.1"
PORT = 8000
LAST_PORT = 65535


class AddressError(HdndError):
    """The host or port can't be listened on; the message says what to do."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve until interrupted, the address printed once it listens; return the exit code."""
    options = _parser().parse_args(arguments)
    try:
        settings = read_settings()
    except HdndError as error:
        return _complain(error, 2)
    settings = replace(
        settings,
        index=options.index or settings.index,
        workers=options.workers or settings.workers,
    )
    try:
        listener = open_listener(options.host, options.port)
    except AddressError as error:
        return _complain(error, 1)
    with listener:
        try:
            _serve(listener, settings)
        except HdndError as error:
            return _complain(error, 2)
    return 0


def open_listener(host: str, port: int) -> socket.socket:
    """Return a listening socket; AddressError says why not. Port 0 takes any free one."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            other = port + 1 if port < LAST_PORT else PORT + 1
            reason = f"port {port} is taken; choose another one: PORT={other} make run"
        else:
            reason = f"can't listen on {host} port {port}: {error.strerror or error}"
        raise AddressError(reason) from error


def address(listener: socket.socket) -> str:
    """Return the web address of a listening socket."""
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _serve(listener: socket.socket, settings: Settings) -> None:
    # Whole processes share the cores. Threads of the linear algebra would not outlive a fork, and
    # would take a stop that is not meant for them.
    os.environ["OPENBLAS_NUM_THREADS"] = "1"
    with _keep_everything():
        # Imported only now: `--help` and a taken port answer without loading the site's libraries.
        from webapp import create_app  # noqa: PLC0415
        from webapp.answering import answer_until  # noqa: PLC0415
        from webapp.service import prepare  # noqa: PLC0415

        app = create_app(settings)
        prepare(app)
    workers = settings.workers or len(os.sched_getaffinity(0))
    # From here on they are waited for, so that a stop is clean whenever it comes.
    signal.pthread_sigmask(signal.SIG_BLOCK, STOPS)
    sys.stdout.write(f"{address(listener)}\n")
    sys.stdout.flush()
    if workers > 1:
        Crew(lambda: answer_until(MEMBER_STOPS, listener, app), workers).run()
    else:
        answer_until(STOPS, listener, app)


@contextmanager
def _keep_everything() -> Iterator[None]:
    """Look for no garbage, then or later, in what is made meanwhile.

    What a server loads it keeps: looking through it again and again took a fifth of the start, and
    would give each process pages of its own that all can share.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m webapp", description="Serve the site.")
    parser.add_argument("--host", default=HOST, help="address to listen on (%(default)s)")
    parser.add_argument(
        "--port", type=_port, default=PORT, help="port to listen on (%(default)s; 0: any free one)"
    )
    parser.add_argument(
        "--index", type=Path, metavar="DIR", help="index directory (HDND_INDEX, else var/index)"
    )
    parser.add_argument(
        "--workers",
        type=_workers,
        metavar="N",
        help="processes that answer (HDND_WORKERS, else one for each core)",
    )
    return parser


def _workers(written: str) -> int:
    if written.isascii() and written.isdigit() and 1 <= int(written[:9]) <= MOST_WORKERS:
        return int(written)
    raise argparse.ArgumentTypeError(f"{written!r} is no number from 1 to {MOST_WORKERS}")


def _port(written: str) -> int:
    if written.isascii() and written.isdigit() and int(written) <= LAST_PORT:
        return int(written)
    raise argparse.ArgumentTypeError(f"{written!r} is not a port; write 0 to {LAST_PORT}")


def _complain(error: HdndError, code: int) -> int:
    sys.stderr.write(f"{error}\n")
    return code


if __name__ == "__main__":
    sys.exit(main())
