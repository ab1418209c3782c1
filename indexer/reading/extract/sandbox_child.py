"""The side of the sandbox that works: a forked process takes on its limits and does a job."""

from __future__ import annotations

import gc
import json
import math
import os
import resource
import signal
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn

from indexer.errors import SkippedSourceError, UnreadableSourceError
from indexer.reading.extract.isolation import cut_network, end_with_parent

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

OUT_OF_MEMORY = 71
"""The exit code of a child that had no memory left to say so."""

_MIB = 2**20
_MOST_PROCESSES = 64
_MOST_FILES = 256


class JobLimits(NamedTuple):
    """What a job may cost, in seconds and bytes."""

    seconds: float
    """Wall time to the first result, and to the end unless the parent allows more."""
    longest: float
    """What no process of the job may exceed in processor time, whatever the parent allows."""
    memory_bytes: int
    """Address space of each process, beyond what the parent has."""
    output_bytes: int
    """Of each result as JSON, and of each file that the job writes."""
    data_bytes: int = 0
    """Of what the job works on: it comes on top of memory and of files written."""
    setting: str = "HDND_EXTRACT_SECONDS"
    """What an operator turns to give the job more time."""


class Place(NamedTuple):
    """Where a child finds itself."""

    folder: str
    """Where it may write; removed afterwards."""
    writing: int
    parent: int


def be_child(job: Callable[[], Iterable[Any]], limits: JobLimits, place: Place) -> NoReturn:
    """Do the job and write its results; never return, whatever happens."""
    code = 1
    try:
        _settle(place, limits)
        _answer(job, limits, place.writing)
        code = 0
    except MemoryError:
        code = OUT_OF_MEMORY
    finally:
        try:
            os._exit(code)
        finally:
            # A child that outlives its exit would run the parent's code a second time.
            os.kill(os.getpid(), signal.SIGKILL)


def _settle(place: Place, limits: JobLimits) -> None:
    """Leave the parent's group, terminal, signals and network behind and take on the limits."""
    os.setpgid(0, 0)
    end_with_parent(signal.SIGKILL)
    if os.getppid() != place.parent:
        os._exit(1)  # The parent died before the kernel could be asked.
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGALRM, signal.SIGCHLD):
        signal.signal(number, signal.SIG_DFL)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(nowhere, standard)
    os.chdir(place.folder)
    tempfile.tempdir = place.folder
    os.environ.update(TMPDIR=place.folder, HOME=place.folder)
    # Collecting touches every object and so copies the parent's pages into the child.
    gc.freeze()
    if cut_network() == "namespace":
        # Only among users of its own does the limit count the job's processes alone.
        _lower(resource.RLIMIT_NPROC, _MOST_PROCESSES, _MOST_PROCESSES)
    _set_limits(limits)


def _set_limits(limits: JobLimits) -> None:
    longest = math.ceil(limits.longest) + 1
    soft = math.ceil(limits.seconds) if hasattr(resource, "prlimit") else longest
    _lower(resource.RLIMIT_CPU, soft, longest)
    _lower(resource.RLIMIT_CORE, 0, 0)
    largest = limits.output_bytes + limits.data_bytes
    _lower(resource.RLIMIT_FSIZE, largest, largest)
    _lower(resource.RLIMIT_NOFILE, _MOST_FILES, _MOST_FILES)
    memory = _mapped_bytes() + limits.memory_bytes + limits.data_bytes
    _lower(resource.RLIMIT_AS, memory, memory)


def _lower(what: int, soft: int, hard: int) -> None:
    """Set a limit, but never above the one the operator gave the whole program."""
    ceiling = resource.getrlimit(what)[1]
    if ceiling != resource.RLIM_INFINITY:
        soft, hard = min(soft, ceiling), min(hard, ceiling)
    resource.setrlimit(what, (soft, hard))


def _mapped_bytes() -> int:
    """Return how much address space the parent's libraries hold already; 0 where none tells."""
    try:
        pages = int(Path("/proc/self/statm").read_bytes().split()[0])
    except OSError:
        return 0
    return pages * resource.getpagesize()


def _answer(job: Callable[[], Iterable[Any]], limits: JobLimits, writing: int) -> None:
    """Write the job's results to the pipe, then that it is done or the reason why not."""
    try:
        for result in job():
            _write_all(writing, _pack_result(result, limits))
        last = _pack({"done": True})
    except SkippedSourceError as reason:
        last = _pack({"skipped": str(reason)})
    except Exception as error:  # noqa: BLE001 - broken files raise whatever their library does
        last = _pack({"unreadable": _explain_error(error, limits)})
    _write_all(writing, last)


def _explain_error(error: Exception, limits: JobLimits) -> str:
    if isinstance(error, UnreadableSourceError):
        return str(error)
    if isinstance(error, MemoryError):
        return too_much_memory(limits)
    if isinstance(error, RecursionError):
        return "nested too deeply; open it and save it anew"
    what = " ".join(f"{type(error).__name__}: {error}".split())[:160]
    return f"broken ({what}); open it and save it anew"


def too_much_memory(limits: JobLimits) -> str:
    """Return the reason against a file that needs more memory than it may have."""
    return (
        f"needed more than {limits.memory_bytes // _MIB} MiB; open it and save it anew, "
        "or raise HDND_EXTRACT_MEMORY_MB"
    )


def too_much_text(limits: JobLimits) -> str:
    """Return the reason against a file that yields more than it may."""
    return (
        f"gave more than {limits.output_bytes / _MIB:g} MiB of text; split it, "
        "or raise HDND_EXTRACT_OUTPUT_MB"
    )


def _pack_result(result: Any, limits: JobLimits) -> bytes:
    line = _pack({"result": result})
    if len(line) > limits.output_bytes:
        raise UnreadableSourceError(too_much_text(limits))
    return line


def _pack(answer: dict[str, Any]) -> bytes:
    # Half a surrogate pair can't be stored anywhere later; a question mark can.
    return json.dumps(answer, ensure_ascii=False).encode("utf-8", "replace") + b"\n"


def _write_all(writing: int, answer: bytes) -> None:
    view = memoryview(answer)
    while view:
        view = view[os.write(writing, view) :]
