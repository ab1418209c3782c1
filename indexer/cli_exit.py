"""Every outcome becomes an exit code, and every error one line without a traceback.

::

    0    done
    1    done, but some files failed (build, update); the file can't be read (inspect)
    2    usage: a wrong option, query, facet value, id, source, setting or file of judgements
    3    locked: another process is writing to the index
    4    index: missing, of another schema version, or damaged
    5    the machine refused: disk full, no permission, a process killed for want of memory
    70   a fault of the program: please report its traceback
    130  interrupted

Errors go to stderr as `error: …`; with `--json`, stdout gets `{"error": {…}}` as well.
"""

from __future__ import annotations

import sqlite3
import sys
import traceback
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

import click

from indexer.cli_output import prepare_streams, show_json
from indexer.errors import (
    HdndError,
    IndexStateError,
    LockedIndexError,
    SkippedSourceError,
    UnreadableSourceError,
    WorkerLostError,
)
from indexer.operations import verify_index

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

DONE = 0
SOME_FAILED = 1
USAGE = 2
LOCKED = 3
INDEX = 4
MACHINE = 5
FAULT = 70
INTERRUPTED = 130

# The first class that fits decides, so the narrow ones come first.
_CODES: tuple[tuple[type[BaseException], int], ...] = (
    (LockedIndexError, LOCKED),
    (IndexStateError, INDEX),
    (UnreadableSourceError, SOME_FAILED),
    (SkippedSourceError, SOME_FAILED),
    (WorkerLostError, MACHINE),
    (HdndError, USAGE),
    (click.ClickException, USAGE),
    (click.Abort, INTERRUPTED),
    (OSError, MACHINE),
    # The library's way to say that the disk is full or the file can't be written.
    (sqlite3.OperationalError, MACHINE),
)


@contextmanager
def blame_damage(index: Path) -> Iterator[None]:
    """Raise DamagedIndexError for a fault that comes from files that changed since the build.

    Checking them before every search would cost more than the search.
    """
    try:
        yield
    except HdndError:
        raise
    except Exception:
        verify_index(index)
        raise


class CommandLine(click.Group):
    """A group of verbs, each of which returns its exit code."""

    def main(self, args: Sequence[str] | None = None, *more: Any, **options: Any) -> Any:
        """Run one verb and leave the process with its exit code."""
        words = sys.argv[1:] if args is None else list(args)
        prepare_streams()
        try:
            code = super().main(words, *more, **{**options, "standalone_mode": False})
        except Exception as error:  # noqa: BLE001 - a fault must not exit with 1, which means done
            code = report_error(error, as_json=_asks_json(words))
        sys.exit(code)


def _asks_json(words: Sequence[str]) -> bool:
    """Say whether `--json` is among the options; what follows `--` is none.

    >>> _asks_json(["search", "phí", "--json"]), _asks_json(["search", "--", "--json"])
    (True, False)
    """
    end = words.index("--") if "--" in words else len(words)
    return "--json" in words[:end]


def report_error(error: Exception, *, as_json: bool) -> int:
    """Write the error as one line (and as JSON if asked), and return its exit code."""
    code = next((code for kind, code in _CODES if isinstance(error, kind)), FAULT)
    if code == FAULT:
        traceback.print_exception(error)
    message = describe_error(error)
    # Whoever closed stderr must still get the exit code.
    with suppress(OSError):
        click.echo(f"error: {message}", file=sys.stderr)
    if as_json:
        details = vars(error) if isinstance(error, HdndError) else {}
        shown = {"type": type(error).__name__, "message": message, "exit_code": code, **details}
        show_json({"error": shown})
    return code


def describe_error(error: Exception) -> str:
    """Return what happened on one line, with the next step where the error knows one.

    >>> describe_error(FileNotFoundError(2, "No such file or directory", "a.tsv"))
    'No such file or directory: a.tsv'
    >>> describe_error(OSError(28, "No space left on device"))
    'No space left on device'
    """
    text = str(error)
    if isinstance(error, click.ClickException):
        text = error.format_message()
    if isinstance(error, click.UsageError) and error.ctx:
        text = f"{text.rstrip('.')}; see {error.ctx.command_path} --help"
    if isinstance(error, click.Abort):
        text = "interrupted; the index in use stays as it was"
    if isinstance(error, OSError) and error.strerror:
        text = f"{error.strerror}: {error.filename}" if error.filename else error.strerror
    return " ".join(text.split()) or type(error).__name__
