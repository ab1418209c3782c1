"""The kernels in every form: numpy's, the compiled ones, and what is compiled run by Python."""

from __future__ import annotations

import importlib.util
from importlib import import_module
from types import ModuleType, SimpleNamespace
from typing import Any
from unittest import mock

import pytest

from indexer.store.engine.kernels import plain

_PACKAGE = "indexer.store.engine.kernels"


@pytest.fixture(scope="module", params=["numpy", "numba", "interpreted"])
def kernels(request: pytest.FixtureRequest) -> Any:
    """Give the kernels in one form; coverage sees the lines of compiled ones in the last only."""
    if request.param == "numpy":
        return plain
    pytest.importorskip("numba", reason="numba is not installed: compiled kernels can't be tested")
    native = import_module(f"{_PACKAGE}.native")
    return native if request.param == "numba" else _interpret(native)


def _interpret(native: ModuleType) -> SimpleNamespace:
    compiled = import_module(f"{_PACKAGE}.compiled")
    with mock.patch.multiple(compiled, kernel=lambda *_: _as_it_is, part=_as_it_is):
        walks, seeks, order = map(_load_again, ("native_walks", "native_seeks", "native_order"))
        with mock.patch.object(
            import_module(seeks.__name__), "intersect_runs", seeks.intersect_runs
        ):
            places = _load_again("native_places")
    found = vars(walks) | vars(seeks) | vars(order) | vars(places)
    return SimpleNamespace(**{name: found[name] for name in native.__all__})


def _as_it_is(function: Any) -> Any:
    return function


def _load_again(name: str) -> ModuleType:
    spec = importlib.util.find_spec(f"{_PACKAGE}.{name}")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
