"""What the kernel takes from a process that reads strangers' files: the network, and orphans.

Three ways to cut the network, the best that the system allows: an empty network namespace (Linux,
where users may make namespaces), a filter of system calls (Linux elsewhere, as in most
containers), or a hook in the interpreter. The first two also bind the programs that the process
starts; the hook binds only Python itself.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import platform
import struct
import sys
from pathlib import Path
from typing import Literal

Isolation = Literal["namespace", "filter", "hook"]

_NEW_USER, _NEW_NETWORK = 0x10000000, 0x40000000
_DEATH_SIGNAL, _FILTER_CALLS, _NO_NEW_PRIVILEGES, _BY_PROGRAM = 1, 22, 38, 2

# Of each machine: its mark among system calls, and the number of its socket call.
_SOCKET_CALLS = {"x86_64": (0xC000003E, 41), "aarch64": (0xC00000B7, 198)}
_RING_SETUP = 425
"""Of io_uring, which opens sockets without a call of its own; the same on every machine."""
_OTHER_CALLS = 0x40000000
"""From here on x86_64 has a second set of the same calls."""
_UNIX_SOCKET = 1
# Steps of the filter's little machine (linux/bpf_common.h, linux/seccomp.h).
_LOAD, _IF_EQUAL, _IF_AT_LEAST, _ANSWER = 0x20, 0x15, 0x35, 0x06
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050000 | 13
_CALL, _MACHINE, _FIRST_ARGUMENT = 0, 4, 16


def cut_network() -> Isolation:
    """Leave the network for good, with every process started later; return what was done.

    Only a process with a single thread can get a namespace, and so should call this.
    """
    if _enter_empty_namespace():
        return "namespace"
    if _filter_socket_calls():
        return "filter"
    sys.addaudithook(_refuse_sockets)
    return "hook"


def end_with_parent(number: int) -> None:
    """Ask the kernel to send this process the signal when its parent dies; Linux only."""
    _call_kernel("prctl", _DEATH_SIGNAL, number)


def _call_kernel(name: str, *arguments: int) -> bool:
    """Return whether the C library has the call and the kernel granted it."""
    function = getattr(ctypes.CDLL(None), name, None)
    return function is not None and function(*map(ctypes.c_ulong, arguments)) == 0


def _enter_empty_namespace() -> bool:
    """Enter namespaces of one's own: a network without devices, users with the same names."""
    user, group = os.geteuid(), os.getegid()
    if not _call_kernel("unshare", _NEW_USER | _NEW_NETWORK):
        return False
    # Unmapped, every file would seem to be nobody's. That does no harm to us, only to programs.
    with contextlib.suppress(OSError):
        Path("/proc/self/setgroups").write_bytes(b"deny")
        Path("/proc/self/uid_map").write_bytes(b"%d %d 1" % (user, user))
        Path("/proc/self/gid_map").write_bytes(b"%d %d 1" % (group, group))
    return True


def _filter_socket_calls() -> bool:
    """Refuse sockets other than those between processes of one machine."""
    if platform.machine() not in _SOCKET_CALLS or sys.maxsize < 2**32:
        return False
    machine, socket_call = _SOCKET_CALLS[platform.machine()]
    steps = [
        (_LOAD, 0, 0, _MACHINE),
        (_IF_EQUAL, 0, 7, machine),
        (_LOAD, 0, 0, _CALL),
        (_IF_AT_LEAST, 5, 0, _OTHER_CALLS),
        (_IF_EQUAL, 4, 0, _RING_SETUP),
        (_IF_EQUAL, 0, 2, socket_call),
        (_LOAD, 0, 0, _FIRST_ARGUMENT),
        (_IF_EQUAL, 0, 1, _UNIX_SOCKET),
        (_ANSWER, 0, 0, _ALLOW),
        (_ANSWER, 0, 0, _REFUSE),
    ]
    code = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *step) for step in steps))
    program = ctypes.create_string_buffer(
        struct.pack("HxxxxxxP", len(steps), ctypes.addressof(code))
    )
    return _call_kernel("prctl", _NO_NEW_PRIVILEGES, 1, 0, 0, 0) and _call_kernel(
        "prctl", _FILTER_CALLS, _BY_PROGRAM, ctypes.addressof(program), 0, 0
    )


def _refuse_sockets(event: str, _arguments: tuple[object, ...]) -> None:
    if event == "socket.__new__":
        raise PermissionError("no network while a file is read")
