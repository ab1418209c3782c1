"""What touches every posting: compiled by numba where it can be used, else numpy.

Nothing is loaded before the first kernel is asked for: numba takes half a second, which a command
that searches nothing should not wait for.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from indexer.errors import MissingKernelsError
from indexer.settings import read_settings

if TYPE_CHECKING:
    from types import ModuleType

    from indexer.store.engine.kernels.plain import (
        add_scores,
        add_scores_to,
        best_first,
        count_codes,
        expand,
        find_marked,
        find_near,
        find_phrase,
        find_term,
        frequencies_of,
        hold,
        hold_marked,
        intersect_runs,
        keep_marked,
        lower_bound,
        mark,
        pool_runs,
        take_scores,
    )

    NATIVE: bool
    """Whether they are compiled."""

__all__ = [
    "NATIVE",
    "add_scores",
    "add_scores_to",
    "best_first",
    "count_codes",
    "expand",
    "find_marked",
    "find_near",
    "find_phrase",
    "find_term",
    "frequencies_of",
    "hold",
    "hold_marked",
    "intersect_runs",
    "keep_marked",
    "lower_bound",
    "mark",
    "pool_runs",
    "take_scores",
    "warm_up",
]


def warm_up() -> bool:
    """Compile every kernel that is not yet kept on disk; return whether they are compiled at all.

    Takes about 10 s the first time and 0.3 s later; MissingKernelsError as for any kernel.
    """
    return bool(__getattr__("NATIVE"))


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    chosen, native = _choose(read_settings().kernels)
    globals().update({kernel: getattr(chosen, kernel) for kernel in chosen.__all__})
    globals()["NATIVE"] = native
    return globals()[name]


def _choose(wanted: str) -> tuple[ModuleType, bool]:
    """Return the module of kernels to use, and whether it is the compiled one."""
    if wanted != "numpy":
        try:
            return import_module(f"{__name__}.native"), True
        except (ImportError, MissingKernelsError) as error:
            if wanted == "numba":
                raise MissingKernelsError(
                    f"HDND_KERNELS=numba, but {error}; install numba, or unset it to use numpy"
                ) from error
    return import_module(f"{__name__}.plain"), False
