"""One file per format: bytes of a source become page texts.

`extract_file` is the only door from outside; it reads each file in a limited child process.
"""

from indexer.reading.extract.sandbox import EXTRACTION_VERSION, extract_file, preload

__all__ = ["EXTRACTION_VERSION", "extract_file", "preload"]
