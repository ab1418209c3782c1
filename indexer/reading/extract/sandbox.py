"""Files are read in a forked child that can't hang, eat the memory or flood the disk.

The child hands its result back through a pipe, as JSON: what a hostile file makes of the child
must not become code here. The parent reads with a deadline and a size limit, then kills the
child's whole process group. One child serves one file, about 20 ms each.
"""

from __future__ import annotations

import contextlib
import gc
import hashlib
import json
import math
import os
import resource
import select
import shutil
import signal
import sys
import tempfile
import time
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn

from indexer.errors import SkippedSourceError, UnreadableSourceError
from indexer.records import ExtractedText

if TYPE_CHECKING:
    from indexer.records import SourceFile
    from indexer.settings import ExtractLimits

EXTRACTION_VERSION = 1
"""Raised when the same bytes may give another text: what was read before is read anew."""

_LARGEST_FILE = 512 * 2**20
_ENVELOPE = 4096
_CHUNK = 2**16
_OUT_OF_MEMORY = 71
_MIB = 2**20


def preload() -> None:
    """Import the format libraries now, so that no child has to."""
    # Kept out of the module's head: `search` and the site never extract.
    from indexer.reading.extract import formats  # noqa: F401, PLC0415


def extract_file(source: SourceFile, limits: ExtractLimits) -> ExtractedText:
    """Return the text of the file, read by a child process within the limits.

    UnreadableSourceError when the file can't be read, breaks a limit or is no longer the one
    that was listed; SkippedSourceError when its type is not read. Reasons name no path.
    """
    data = _read_bytes(source.location)
    if hashlib.sha256(data).hexdigest() != source.sha256:
        raise UnreadableSourceError("changed while being read; run the command again")
    preload()
    folder = tempfile.mkdtemp(prefix="hdnd-extract-")
    try:
        return _unpack(_run_child(_Task(data, source.path, limits, folder)), limits)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _read_bytes(location: Path) -> bytes:
    try:
        # Without O_NONBLOCK a pipe put in the file's place would wait for ever.
        handle = os.open(location, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        with os.fdopen(handle, "rb") as file:
            data = file.read(_LARGEST_FILE + 1)
    except OSError as error:
        raise UnreadableSourceError(f"can't be opened ({error.strerror}); check it") from error
    if len(data) > _LARGEST_FILE:
        size = _LARGEST_FILE // _MIB
        raise UnreadableSourceError(f"larger than {size} MiB; split it or leave out its pictures")
    return data


class _Task(NamedTuple):
    data: bytes
    path: str
    limits: ExtractLimits
    folder: str
    """Where the child may write; removed afterwards."""


def _run_child(task: _Task) -> bytes:
    """Return what the child wrote; UnreadableSourceError when it broke a limit or died."""
    reading, writing = os.pipe()
    sys.stdout.flush()
    sys.stderr.flush()
    with warnings.catch_warnings():
        # Python 3.12 warns of threads. Those of numeric libraries sleep, and the child uses none.
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if child == 0:
        _be_child(task, reading, writing)
    os.close(writing)
    try:
        _lead_own_group(child)
        return _await_result(child, reading, task.limits)
    finally:
        os.close(reading)


def _lead_own_group(child: int) -> None:
    """Make the child lead a group; both sides do, since either may come first."""
    with contextlib.suppress(OSError):
        os.setpgid(child, child)


def _await_result(child: int, reading: int, limits: ExtractLimits) -> bytes:
    try:
        answer = _read_answer(reading, limits)
    finally:
        status = _end_group(child)
    if not answer:
        raise UnreadableSourceError(_explain_death(status, limits))
    return answer


def _read_answer(reading: int, limits: ExtractLimits) -> bytes:
    """Return all bytes up to the end; UnreadableSourceError past the deadline or the size."""
    deadline = time.monotonic() + limits.seconds
    chunks: list[bytes] = []
    size = 0
    while True:
        remaining = deadline - time.monotonic()
        if remaining <= 0 or not select.select([reading], [], [], remaining)[0]:
            raise UnreadableSourceError(_too_slow(limits))
        chunk = os.read(reading, _CHUNK)
        if not chunk:
            return b"".join(chunks)
        chunks.append(chunk)
        size += len(chunk)
        if size > limits.output_bytes + _ENVELOPE:
            raise UnreadableSourceError(_too_much_text(limits))


def _end_group(child: int) -> int:
    """Kill the child with everything it started; return its exit status."""
    # Gone already, or (macOS) only the dead child is left in the group.
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(child, signal.SIGKILL)
    return os.waitpid(child, 0)[1]


def _explain_death(status: int, limits: ExtractLimits) -> str:
    code = os.waitstatus_to_exitcode(status)
    if code == _OUT_OF_MEMORY:
        return _too_much_memory(limits)
    if code == -signal.SIGXCPU:
        return _too_slow(limits)
    what = signal.Signals(-code).name if code < 0 else f"exit code {code}"
    return f"broke its reader ({what}); open it and save it anew, as PDF or .docx"


def _too_slow(limits: ExtractLimits) -> str:
    return (
        f"gave no text within {limits.seconds:g} s; open it and save it anew, "
        "or raise HDND_EXTRACT_SECONDS"
    )


def _too_much_memory(limits: ExtractLimits) -> str:
    return (
        f"needed more than {limits.memory_bytes // _MIB} MiB; open it and save it anew, "
        "or raise HDND_EXTRACT_MEMORY_MB"
    )


def _too_much_text(limits: ExtractLimits) -> str:
    return (
        f"gave more than {limits.output_bytes / _MIB:g} MiB of text; split it, "
        "or raise HDND_EXTRACT_OUTPUT_MB"
    )


def _unpack(answer: bytes, limits: ExtractLimits) -> ExtractedText:
    try:
        fields: dict[str, Any] = json.loads(answer)
    except ValueError as error:
        raise UnreadableSourceError(_explain_death(0, limits)) from error
    if "skipped" in fields:
        raise SkippedSourceError(fields["skipped"])
    if "unreadable" in fields:
        raise UnreadableSourceError(fields["unreadable"])
    return ExtractedText(**{**fields, "pages": tuple(fields["pages"])})


def _be_child(task: _Task, reading: int, writing: int) -> NoReturn:
    """Extract and write the answer; never returns, whatever happens."""
    code = 1
    try:
        os.close(reading)
        _settle(task.limits, task.folder)
        _write_all(writing, answer_for(task.data, task.path, task.limits))
        code = 0
    except MemoryError:
        code = _OUT_OF_MEMORY
    finally:
        try:
            os._exit(code)
        finally:
            # A child that outlives its exit would run the parent's code a second time.
            os.kill(os.getpid(), signal.SIGKILL)


def _settle(limits: ExtractLimits, folder: str) -> None:
    """Leave the parent's group, terminal and signals behind and take on the limits."""
    os.setpgid(0, 0)
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGALRM, signal.SIGCHLD):
        signal.signal(number, signal.SIG_DFL)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(nowhere, standard)
    os.chdir(folder)
    tempfile.tempdir = folder
    os.environ["TMPDIR"] = folder
    # Collecting touches every object and so copies the parent's pages into the child.
    gc.freeze()
    _set_limits(limits)


def _set_limits(limits: ExtractLimits) -> None:
    seconds = math.ceil(limits.seconds)
    _lower(resource.RLIMIT_CPU, seconds, seconds + 1)
    _lower(resource.RLIMIT_CORE, 0, 0)
    _lower(resource.RLIMIT_FSIZE, limits.output_bytes, limits.output_bytes)
    memory = _mapped_bytes() + limits.memory_bytes
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
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    except OSError:
        return 0
    return pages * resource.getpagesize()


def answer_for(data: bytes, path: str, limits: ExtractLimits) -> bytes:
    """Return the answer to hand through the pipe: the extracted text, or the reason against."""
    from indexer.reading.extract.formats import extract_bytes  # noqa: PLC0415 - see preload

    try:
        packed = _pack(_fields(extract_bytes(data, path)))
    except SkippedSourceError as reason:
        return _pack({"skipped": str(reason)})
    except Exception as error:  # noqa: BLE001 - broken files raise whatever their library does
        return _pack({"unreadable": _explain_error(error, limits)})
    if len(packed) > limits.output_bytes:
        return _pack({"unreadable": _too_much_text(limits)})
    return packed


def _explain_error(error: Exception, limits: ExtractLimits) -> str:
    if isinstance(error, UnreadableSourceError):
        return str(error)
    if isinstance(error, MemoryError):
        return _too_much_memory(limits)
    if isinstance(error, RecursionError):
        return "nested too deeply; open it and save it anew"
    what = " ".join(f"{type(error).__name__}: {error}".split())[:160]
    return f"broken ({what}); open it and save it anew"


def _fields(extracted: ExtractedText) -> dict[str, Any]:
    return {
        "pages": extracted.pages,
        "media_type": extracted.media_type,
        "method": extracted.method,
        "title": extracted.title,
        "boilerplate": extracted.boilerplate,
        "hints": dict(extracted.hints),
    }


def _pack(answer: dict[str, Any]) -> bytes:
    # Half a surrogate pair can't be stored anywhere later; a question mark can.
    return json.dumps(answer, ensure_ascii=False).encode("utf-8", "replace")


def _write_all(writing: int, answer: bytes) -> None:
    view = memoryview(answer)
    while view:
        view = view[os.write(writing, view) :]
