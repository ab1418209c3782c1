"""Paths and limits, read once from the environment (prefix HDND_).

::

    HDND_INDEX              index directory                            var/index
    HDND_EXTRACT_SECONDS    wall and CPU time to read one file         30 (and 0.5 a page)
    HDND_EXTRACT_MEMORY_MB  address space to read one file, in MiB     1024
    HDND_EXTRACT_OUTPUT_MB  text one file may yield, in MiB            64
    HDND_OCR_SECONDS        wall and CPU time to recognise one page    60
    HDND_SYNONYMS           table of synonyms to use instead of ours   none
    HDND_KERNELS            numba or numpy: what searches the index    numba where it can be used
    HDND_WORKERS            processes that serve the site              one for each core
    HDND_CACHE              answers that each keeps, in MiB; 0: none   16
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from indexer.errors import HdndError

# A reader's question: real ones have at most 164 characters and 36 words.
QUERY_CHARACTERS = 500
QUERY_WORDS = 64

# The page window: past it nobody reads, and sorting more costs more.
RESULT_WINDOW = 10_000
PAGE_SIZE = 20
PAGE_SIZES = (10, 20, 50, 100)

KEPT_GENERATIONS = 3

KERNELS = ("", "numba", "numpy")
"""What may search the index; "" for numba where it can be used, else numpy."""
MOST_WORKERS = 256


@dataclass(frozen=True, slots=True)
class ExtractLimits:
    """What reading one file may cost."""

    seconds: float = 30.0
    page_seconds: float = 0.5
    """Added for each page that the file has."""
    ocr_seconds: float = 60.0
    """For each page that is a picture."""
    memory_bytes: int = 1024 * 2**20
    output_bytes: int = 64 * 2**20


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything an operator can turn."""

    index: Path = Path("var/index")
    extract: ExtractLimits = ExtractLimits()
    synonyms: Path | None = None
    """An operator's own table; None for the one that ships with the project."""
    kernels: str = ""
    """One of KERNELS."""
    workers: int | None = None
    """Processes that serve the site; None for one for each core."""
    cache_bytes: int = 16 * 2**20
    """What answers that were given may take, in each process; 0 keeps none."""


def read_settings() -> Settings:
    """Return the settings of this environment; HdndError names a variable that can't be read."""
    known = Settings()
    return Settings(
        # Set but empty, as scripts leave it, means not set: "" would be the current folder.
        index=Path(os.environ.get("HDND_INDEX") or known.index),
        synonyms=Path(own) if (own := os.environ.get("HDND_SYNONYMS")) else None,
        workers=_count("HDND_WORKERS"),
        cache_bytes=_mebibytes("HDND_CACHE", known.cache_bytes, least=0),
        kernels=_choice("HDND_KERNELS", KERNELS),
        extract=ExtractLimits(
            seconds=_number("HDND_EXTRACT_SECONDS", known.extract.seconds),
            ocr_seconds=_number("HDND_OCR_SECONDS", known.extract.ocr_seconds),
            memory_bytes=_mebibytes("HDND_EXTRACT_MEMORY_MB", known.extract.memory_bytes),
            output_bytes=_mebibytes("HDND_EXTRACT_OUTPUT_MB", known.extract.output_bytes),
        ),
    )


def _count(name: str) -> int | None:
    value = os.environ.get(name, "")
    if value and not (value.isascii() and value.isdigit() and 0 < int(value[:9]) <= MOST_WORKERS):
        raise HdndError(f"{name}={value!r} is no number from 1 to {MOST_WORKERS}; unset it")
    return int(value) if value else None


def _choice(name: str, known: tuple[str, ...]) -> str:
    value = os.environ.get(name, "")
    if value not in known:
        names = " or ".join(filter(None, known))
        raise HdndError(f"{name}={value!r} is not known; write {names}, or unset it")
    return value


def _mebibytes(name: str, default: int, *, least: float | None = None) -> int:
    return int(_number(name, default / 2**20, least=least) * 2**20)


def _number(name: str, default: float, *, least: float | None = None) -> float:
    value = os.environ.get(name, "")
    try:
        number = float(value) if value else default
    except ValueError as error:
        raise HdndError(f"{name}={value!r} is not a number; unset it or write one") from error
    if number != least and not 0 < number < float("inf"):
        raise HdndError(f"{name}={value!r} must be above 0")
    return number
