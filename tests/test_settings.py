"""What an operator sets in the environment."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.errors import HdndError
from indexer.settings import Settings, read_settings

NAMES = (
    "HDND_INDEX",
    "HDND_EXTRACT_SECONDS",
    "HDND_EXTRACT_MEMORY_MB",
    "HDND_EXTRACT_OUTPUT_MB",
    "HDND_OCR_SECONDS",
    "HDND_KERNELS",
    "HDND_WORKERS",
    "HDND_CACHE",
)


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)


def test_nothing_set_means_the_defaults() -> None:
    """The defaults stand in one place."""
    assert read_settings() == Settings()


def test_a_variable_set_to_nothing_counts_as_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty HDND_INDEX must not scatter an index over the current folder."""
    for name in NAMES:
        monkeypatch.setenv(name, "")
    assert read_settings() == Settings()


def test_every_limit_can_be_set(monkeypatch: pytest.MonkeyPatch) -> None:
    """Seconds may be broken; memory and output are MiB."""
    monkeypatch.setenv("HDND_INDEX", "elsewhere")
    monkeypatch.setenv("HDND_EXTRACT_SECONDS", "2.5")
    monkeypatch.setenv("HDND_EXTRACT_MEMORY_MB", "256")
    monkeypatch.setenv("HDND_EXTRACT_OUTPUT_MB", "0.5")
    monkeypatch.setenv("HDND_OCR_SECONDS", "90")
    settings = read_settings()
    assert settings.extract.ocr_seconds == 90
    assert settings.index == Path("elsewhere")
    assert settings.extract.seconds == 2.5
    assert settings.extract.memory_bytes == 256 * 2**20
    assert settings.extract.output_bytes == 2**19


@pytest.mark.parametrize("value", ["many", "0", "-1", "inf", "nan"])
def test_an_impossible_limit_is_named(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    """The message says which variable holds what."""
    monkeypatch.setenv("HDND_EXTRACT_SECONDS", value)
    with pytest.raises(HdndError, match=f"HDND_EXTRACT_SECONDS='{value}'"):
        read_settings()


def test_serving_can_be_tuned(monkeypatch: pytest.MonkeyPatch) -> None:
    """How many processes answer, and how many MiB of answers each keeps; 0 keeps none."""
    monkeypatch.setenv("HDND_WORKERS", "3")
    monkeypatch.setenv("HDND_CACHE", "0")
    assert (read_settings().workers, read_settings().cache_bytes) == (3, 0)
    monkeypatch.setenv("HDND_CACHE", "1.5")
    assert read_settings().cache_bytes == 3 * 2**19


@pytest.mark.parametrize("value", ["0", "257", "two", "-1", "1.5"])
def test_an_impossible_number_of_processes_is_named(
    monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    """The message says which variable holds what."""
    monkeypatch.setenv("HDND_WORKERS", value)
    with pytest.raises(HdndError, match=f"HDND_WORKERS='{value}'"):
        read_settings()


def test_the_kernels_can_be_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only those there are; the message says which."""
    monkeypatch.setenv("HDND_KERNELS", "numpy")
    assert read_settings().kernels == "numpy"
    monkeypatch.setenv("HDND_KERNELS", "fortran")
    with pytest.raises(HdndError, match="HDND_KERNELS='fortran' is not known; write numba or"):
        read_settings()
