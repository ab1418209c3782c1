"""Which kernels are used, and what numba needs for it."""

from __future__ import annotations

import importlib.util
import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from indexer.errors import HdndError, MissingKernelsError
from indexer.store.engine import kernels
from indexer.store.engine.kernels import plain

if TYPE_CHECKING:
    from types import ModuleType

_PACKAGE = "indexer.store.engine.kernels"


@pytest.fixture(name="native")
def compiled_kernels() -> ModuleType:
    """Give the compiled kernels."""
    pytest.importorskip("numba", reason="numba is not installed: compiled kernels can't be tested")
    return import_module(f"{_PACKAGE}.native")


def test_the_two_forms_have_the_same_kernels(native: ModuleType) -> None:
    """Each of them is handed on under its name."""
    assert native.__all__ == plain.__all__
    assert set(plain.__all__) | {"NATIVE", "warm_up"} == set(kernels.__all__)


def test_the_fastest_kernels_are_taken(native: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    """Those of numba where it is installed."""
    monkeypatch.delenv("HDND_KERNELS", raising=False)
    kernels = _choose_anew()
    assert kernels.warm_up()
    assert kernels.mark is native.mark


def test_numpy_can_be_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """Then nothing is compiled."""
    monkeypatch.setenv("HDND_KERNELS", "numpy")
    kernels = _choose_anew()
    assert kernels.mark is plain.mark
    assert not kernels.NATIVE
    assert not kernels.warm_up()


def test_without_numba_numpy_serves(monkeypatch: pytest.MonkeyPatch) -> None:
    """Unless numba was asked for: then the error says that it is missing."""
    _remove_numba(monkeypatch)
    monkeypatch.delenv("HDND_KERNELS", raising=False)
    kernels = _choose_anew()
    assert kernels.mark is plain.mark
    monkeypatch.setenv("HDND_KERNELS", "numba")
    with pytest.raises(MissingKernelsError, match=r"HDND_KERNELS=numba, but .*numba.*; install"):
        _choose_anew().warm_up()


def test_an_unknown_choice_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """The message says what may be chosen."""
    monkeypatch.setenv("HDND_KERNELS", "fortran")
    with pytest.raises(HdndError, match="'fortran' is not known; write numba or numpy, or unset"):
        _choose_anew().warm_up()


def test_there_are_no_other_kernels() -> None:
    """A name that is none of them is an error like any other module's."""
    with pytest.raises(AttributeError, match="no attribute 'sort'"):
        _ = _choose_anew().sort


@pytest.mark.usefixtures("native")
def test_code_that_can_not_be_kept_is_not_compiled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Compiling at each start would take longer than it saves."""
    compiled = import_module(f"{_PACKAGE}.compiled")

    def refuse(**_: Any) -> Any:
        raise RuntimeError("no locator available")

    monkeypatch.setattr(compiled, "_compile", refuse)
    with pytest.raises(MissingKernelsError, match=r"no locator.*NUMBA_CACHE_DIR"):
        compiled.kernel(())(len)


def test_arrays_of_any_kind_need_no_code_of_their_own(native: ModuleType) -> None:
    """Writable arrays, parts of arrays and numpy's numbers run what read-only ones run."""
    known = len(native.intersect_runs.signatures)
    docs = np.arange(40, dtype=np.uint16)
    runs = np.array([[1, 20], [3, 25]], np.int64)
    assert native.intersect_runs(docs[10:], *runs, np.uint32(4)).tolist() == []
    assert native.expand(docs[10:], np.uint32(1), 3, np.int32(4)).tolist() == [15, 16]
    assert len(native.intersect_runs.signatures) == known


def _choose_anew() -> Any:
    """Return the package as it is before any kernel was asked for; the one in use stays."""
    spec = importlib.util.find_spec(_PACKAGE)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _remove_numba(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "numba", None)
    for name in ("compiled", "native", "native_places", "native_seeks", "native_walks"):
        monkeypatch.delitem(sys.modules, f"{_PACKAGE}.{name}", raising=False)
