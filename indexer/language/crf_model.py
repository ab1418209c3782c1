"""pyvi's own word model, read from its package without importing it.

pyvi keeps a CRFsuite model inside a pickle of scikit-learn objects; importing those takes 0.8 s and
125 MB. The model itself is a list of weights: the format is that of CRFsuite's crf1d_model.c and
cqdb.c.
"""

from __future__ import annotations

import codecs
import hashlib
import io
import pickle
import struct
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

# Of the model and the dictionary of pyvi 0.1.1. Another model may ask for other features; then pyvi
# itself is used.
KNOWN_MODEL = "f682ce5afd973bc9bc1f49ddc5fd3bd13ca8af436a8692cc2774c5795d23c890"

_HEADER = struct.Struct("<4sI4s9I")
_CHUNK = struct.Struct("<4sII")
_FEATURE = struct.Struct("<IIId")
_DATABASE = struct.Struct("<4s5I")
_RECORD = struct.Struct("<II")
_NUMBER = struct.Struct("<I")

Scores = tuple[float, float]
"""One number for each label: the syllable begins a word, or goes on with one."""


class WordModel(NamedTuple):
    """Weights of the two-label chain, and the syllable groups that pyvi's dictionary has."""

    states: dict[str, Scores]
    """What an attribute adds to each label: {"word.lower():học": (0.3, -0.3)}."""
    steps: tuple[Scores, Scores]
    """What going from one label to another adds: steps[before][after]."""
    pairs: frozenset[str]
    triples: frozenset[str]


def read_word_model() -> WordModel | None:
    """Return pyvi's model, or None when the installed pyvi has another one than we know."""
    folder = _find_models()
    packed = (folder / "pyvi3.pkl").read_bytes() if folder else b""
    words = (folder / "words.txt").read_bytes() if folder else b""
    if hashlib.sha256(packed + words).hexdigest() != KNOWN_MODEL:
        return None
    states, steps = read_weights(_unwrap(packed))
    entries = words.decode("utf-8").split("\n")
    sizes = [(entry, entry.count(" ")) for entry in entries]
    return WordModel(
        states,
        steps,
        frozenset([entry for entry, spaces in sizes if spaces == 1]),
        frozenset([entry for entry, spaces in sizes if spaces == 2]),  # noqa: PLR2004
    )


def read_weights(model: bytes) -> tuple[dict[str, Scores], tuple[Scores, Scores]]:
    """Return the state and transition weights of a CRFsuite model with the labels B_W and I_W."""
    header = _HEADER.unpack_from(model)
    features, labels, attributes = header[7], header[8], header[9]
    first = _read_strings(model, labels).index("B_W")
    names = _read_strings(model, attributes)
    states: dict[str, list[float]] = {}
    steps = [[0.0, 0.0], [0.0, 0.0]]
    count = _CHUNK.unpack_from(model, features)[2]
    for number in range(count):
        place = features + _CHUNK.size + number * _FEATURE.size
        kind, source, target, weight = _FEATURE.unpack_from(model, place)
        row = steps[source ^ first] if kind else states.setdefault(names[source], [0.0, 0.0])
        row[target ^ first] = weight
    return (
        {name: (row[0], row[1]) for name, row in states.items()},
        ((steps[0][0], steps[0][1]), (steps[1][0], steps[1][1])),
    )


def _read_strings(model: bytes, start: int) -> list[str]:
    """Return the strings of a CQDB table by their numbers."""
    _chunk, _size, _flag, _order, count, backward = _DATABASE.unpack_from(model, start)
    strings = []
    for number in range(count):
        (offset,) = _NUMBER.unpack_from(model, start + backward + number * _NUMBER.size)
        _id, size = _RECORD.unpack_from(model, start + offset)
        begin = start + offset + _RECORD.size
        strings.append(model[begin : begin + size - 1].decode("utf-8"))
    return strings


def _find_models() -> Path | None:
    spec = find_spec("pyvi")
    folders = spec.submodule_search_locations if spec else None
    return Path(folders[0]) / "models" if folders else None


class _Hollow:
    """Stands for every class of the pickle; keeps the state it is given."""

    def __init__(self, *_arguments: Any) -> None:
        self.state: dict[str, Any] = {}

    def __setstate__(self, state: Any) -> None:
        self.state = state


class _Unwrapper(pickle.Unpickler):
    """Opens the pickle without any of the classes it names."""

    def find_class(self, module: str, name: str) -> Any:
        return codecs.encode if (module, name) == ("_codecs", "encode") else _Hollow


def _unwrap(packed: bytes) -> bytes:
    crf = _Unwrapper(io.BytesIO(packed)).load()
    model: bytes = crf.state["modelfile"].state["__FILE_RESOURCE_DATA__"]
    return model
