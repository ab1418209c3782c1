"""Compiles what searching runs on, so that nobody waits for it later; kept on disk."""

from __future__ import annotations

from indexer.store.engine import kernels, word_places


def compile_kernels() -> bool:
    """Compile what is not yet compiled on this machine; return whether anything can be.

    About 20 s of processor time the first time, half a second later. Without numba there is nothing
    to compile. MissingKernelsError where it is asked for by name and missing.
    """
    if kernels.warm_up():
        word_places.warm_up()
        return True
    return False
