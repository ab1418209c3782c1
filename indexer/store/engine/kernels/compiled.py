"""How a kernel is compiled: once for each stated type of its arguments, and kept on disk."""

from __future__ import annotations

import sys
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Any, TypeVar

from numba import njit, types

from indexer.errors import MissingKernelsError

if TYPE_CHECKING:
    from collections.abc import Callable

_Function = TypeVar("_Function", bound="Callable[..., Any]")

_compile: Any = partial(njit, nogil=True, boundscheck=False, error_model="numpy")
_BLAS = "scipy.linalg.cython_blas"


def read_only(kind: Any, dimensions: int = 1) -> Any:
    """Return the type of an array that is only read: mapped ones fit, and any other."""
    return types.Array(kind, dimensions, "C", readonly=True)


DOCS = read_only(types.uint16)
FREQS = (read_only(types.uint16), read_only(types.uint32))
NUMBERS = read_only(types.int32)
RUNS = read_only(types.int64)
MASK = read_only(types.boolean)
SCORES = read_only(types.float32)
WORDS = read_only(types.uint32)
BYTES = read_only(types.uint8)
STRING = types.Bytes(types.uint8, 1, "C")
INT = types.int64
FLOAT = types.float64


def kernel(*arguments: tuple[Any, ...]) -> Callable[[_Function], _Function]:
    """Compile a function for these types of arguments and no other.

    Types that were left to the first call would be compiled anew, half a second in the middle of
    a question, for each number that happens to be a numpy scalar and each array to be writable.
    MissingKernelsError when there is no place for the code: compiling it at each start takes
    longer than it saves.
    """

    def compile_it(function: _Function) -> _Function:
        try:
            compiled: Any = _compile(cache=True)(function)
            for types_of_one in arguments:
                compiled.compile(types_of_one)
        except (OSError, RuntimeError) as error:
            raise MissingKernelsError(
                f"compiled code can't be kept ({error}); name a folder in NUMBA_CACHE_DIR"
            ) from error
        compiled.disable_compile()
        ready: _Function = compiled
        return ready

    return compile_it


def part(function: _Function) -> _Function:
    """Compile a function that kernels of the same file are made of, and are kept with.

    A kernel is compiled anew when its own file changes, so no part comes from another one.
    """
    compiled: _Function = _compile(function)
    return compiled


def _load_without_blas() -> None:
    # Numba looks for scipy's linear algebra, 0.2 s and 20 MB, which no kernel uses.
    known = _BLAS in sys.modules
    sys.modules.setdefault(_BLAS, None)  # type: ignore[arg-type]
    try:
        import_module("numba.np.arraymath")
    finally:
        if not known:
            del sys.modules[_BLAS]


_load_without_blas()
