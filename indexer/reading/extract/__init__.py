"""One file per format: bytes of a source become page texts."""
