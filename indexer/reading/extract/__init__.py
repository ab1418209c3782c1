"""One file per format: bytes of a source become page texts.

`extract_file` is the only door from outside; it reads each file in limited child processes.
"""

from indexer.reading.extract.extraction import (
    EXTRACTION_VERSION,
    Extraction,
    extract_file,
    preload,
)

__all__ = ["EXTRACTION_VERSION", "Extraction", "extract_file", "preload"]
