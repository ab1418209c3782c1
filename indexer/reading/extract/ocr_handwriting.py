"""Digits that an office wrote into the blanks of a letterhead, read by a small network.

Tesseract knows print only: it takes the flagged 1 of a Vietnamese hand for 4 or Ä. The network
(two layers over stroke directions, after N. Dalal and B. Triggs, 2005) was trained on the MNIST
digits and on digits drawn in the shapes taught here: see tests/benchmarks/train_digits.py.
"""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from PIL import Image

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    Mask = NDArray[np.bool_]
    Vector = NDArray[np.float32]

_WEIGHTS = "handwritten_digits.npz"
_DARK = 128
_CELL, _SIDE, _INK_SIDE = 4, 28, 24
_DIRECTIONS = 8
# In heights of a printed word: what is lower is a speck, a rule or a dot.
_LEAST_HEIGHT = 0.5
# A glyph wider than its height holds two digits that touch.
_TOUCHING, _SURELY_TWO, _WIDEST_PAIR = 1.0, 1.3, 2.0
_RIVAL = 0.8
_SLANTS = (0.0, 0.2, 0.4)
_THIN = 0.35
_MOST_GLYPHS = 5


class Reading(NamedTuple):
    """Digits as read; "" when there are none."""

    digits: str
    confidence: float
    """From 0 to 1, that of the least sure digit."""


class _Glyph(NamedTuple):
    left: int
    mask: Mask


def read_handwriting(picture: Image.Image, height: float) -> Reading:
    """Return the digits on a gray cutting that holds them and nothing else but specks.

    `height` is that of a printed word nearby, in pixels.
    """
    glyphs = _find_glyphs(np.asarray(picture) < _DARK, height)
    cut_off = any(g.left == 0 or g.left + g.mask.shape[1] == picture.width for g in glyphs)
    if cut_off or not 0 < len(glyphs) <= _MOST_GLYPHS:
        return Reading("", 0.0)
    readings = [_read_glyph(glyph.mask) for glyph in glyphs]
    digits = "".join(reading.digits for reading in readings)
    return Reading(digits, min(reading.confidence for reading in readings))


def _find_glyphs(ink: Mask, height: float) -> list[_Glyph]:
    """Return the connected runs of ink that are as high as a digit, from left to right."""
    rows = ink.shape[0]
    glyphs = []
    for top, left, mask in _components(ink):
        bottom = top + mask.shape[0]
        central = top < 2 * rows / 3 and bottom > rows / 3
        if mask.shape[0] >= _LEAST_HEIGHT * height and central and mask.shape[1] < 6 * height:
            glyphs.append(_Glyph(left, mask))
    return sorted(glyphs, key=lambda glyph: glyph.left)


def _components(ink: Mask) -> Iterator[tuple[int, int, Mask]]:
    """Yield the top, the left and the shape of each run of ink connected in 8 directions."""
    waiting = {(int(y), int(x)) for y, x in np.argwhere(ink)}
    while waiting:
        edge = [waiting.pop()]
        found = list(edge)
        while edge:
            y, x = edge.pop()
            near = {(y + dy, x + dx) for dy in (-1, 0, 1) for dx in (-1, 0, 1)} & waiting
            waiting -= near
            edge += near
            found += near
        places = np.array(found)
        top, left = places.min(axis=0)
        mask = np.zeros(places.max(axis=0) - (top, left) + 1, dtype=bool)
        mask[tuple((places - (top, left)).T)] = True
        yield int(top), int(left), mask


def _read_glyph(mask: Mask) -> Reading:
    """Return the digit, or the two that touch; half as sure where it may be read otherwise."""
    height, width = mask.shape
    if width <= _TOUCHING * height:
        return _read_digit(mask)
    if width > _WIDEST_PAIR * height:
        return Reading("?", 0.0)
    readings = list(_read_parted(mask))
    if width <= _SURELY_TWO * height:
        readings.append(_read_digit(mask))
    best = max(readings, key=lambda reading: reading.confidence, default=Reading("?", 0.0))
    rivals = [r.confidence for r in readings if r.digits != best.digits]
    doubt = max(rivals, default=0.0) > _RIVAL * best.confidence
    return best._replace(confidence=best.confidence * (0.5 if doubt else 1.0))


def _read_parted(mask: Mask) -> Iterator[Reading]:
    """Yield the readings of a glyph cut in two wherever little ink is cut."""
    for slant in _SLANTS:
        upright = _shear(mask, slant)
        height, width = upright.shape
        ink = upright.sum(axis=0)
        for cut in range(width // 5, width - width // 5):
            if ink[cut] > _THIN * height or ink[cut] > ink[max(cut - 3, 0) : cut + 4].min():
                continue
            parts = [_largest(upright[:, :cut]), _largest(upright[:, cut:])]
            if all(part is not None and part.shape[0] >= height / 2 for part in parts):
                first, second = (_read_digit(part) for part in parts if part is not None)
                confidence = min(first.confidence, second.confidence)
                yield Reading(first.digits + second.digits, confidence)


def _shear(mask: Mask, slant: float) -> Mask:
    """Return writing that leans to the right set upright."""
    height, width = mask.shape
    upright = np.zeros((height, width + int(slant * height) + 1), dtype=bool)
    for row in range(height):
        start = int(slant * row)
        upright[row, start : start + width] = mask[row]
    return upright


def _largest(ink: Mask) -> Mask | None:
    shapes = [mask for _, _, mask in _components(ink)]
    return max(shapes, key=lambda mask: int(mask.sum()), default=None)


def _read_digit(mask: Mask) -> Reading:
    """Return the digit that all networks agree on; half as sure where they differ."""
    vector = describe_digit(mask)
    chances = np.array([_run(vector, layers) for layers in _load_networks()])
    mean = chances.mean(axis=0)
    digit = int(mean.argmax())
    agree = bool((chances.argmax(axis=1) == digit).all())
    return Reading(str(digit), float(mean[digit]) * (1.0 if agree else 0.5))


def describe_digit(mask: Mask) -> Vector:
    """Return what the network sees of a shape: its strokes by place and direction, and its ink.

    588 numbers: 8 directions in 7 x 7 cells, then the ink in 14 x 14 cells.
    """
    image = _centre(mask)
    down, right = np.gradient(image)
    strength = np.hypot(right, down)
    turn = np.arctan2(down, right) % (2 * np.pi) / (2 * np.pi) * _DIRECTIONS
    lower = np.floor(turn).astype(int) % _DIRECTIONS
    rest = turn - np.floor(turn)
    planes = [
        strength * ((lower == at) * (1 - rest) + ((lower + 1) % _DIRECTIONS == at) * rest)
        for at in range(_DIRECTIONS)
    ]
    cells = _SIDE // _CELL
    strokes = np.array(planes).reshape(_DIRECTIONS, cells, _CELL, cells, _CELL).sum((2, 4)).ravel()
    strokes = np.sqrt(strokes)
    strokes *= _CELL / (np.linalg.norm(strokes) + 1e-6)
    ink = image.reshape(_SIDE // 2, 2, _SIDE // 2, 2).mean((1, 3)).ravel()
    return np.concatenate([strokes, ink]).astype(np.float32)


def _centre(mask: Mask) -> Vector:
    """Return the shape at its usual size in the middle of a square, ink as 1."""
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    mask = mask[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    scale = _INK_SIDE / max(mask.shape)
    size = (max(round(mask.shape[1] * scale), 1), max(round(mask.shape[0] * scale), 1))
    way = Image.Resampling.BOX if scale < 1 else Image.Resampling.BILINEAR
    small = np.asarray(Image.fromarray(mask.astype(np.uint8) * 255).resize(size, way))
    square = np.zeros((_SIDE, _SIDE), np.float32)
    top, left = (_SIDE - size[1]) // 2, (_SIDE - size[0]) // 2
    square[top : top + size[1], left : left + size[0]] = small.astype(np.float32) / 255
    return square


def _run(vector: Vector, layers: Sequence[Vector]) -> Vector:
    """Return the chance of each digit."""
    first, first_bias, last, last_bias = layers
    # Not by BLAS, whose threads do not survive the fork of a limited child.
    hidden = np.maximum(np.einsum("i,ij->j", vector, first) + first_bias, 0)
    scores = np.einsum("i,ij->j", hidden, last) + last_bias
    chances = np.exp(scores - scores.max())
    shares: Vector = chances / chances.sum()
    return shares


@lru_cache(maxsize=1)
def _load_networks() -> tuple[tuple[Vector, ...], ...]:
    """Return the weights and biases of both layers of each network."""
    with (files("indexer") / "data" / _WEIGHTS).open("rb") as file, np.load(file) as stored:
        names = ("first", "first_bias", "last", "last_bias")
        count = sum(name.startswith("first_bias") for name in stored.files)
        return tuple(
            tuple(stored[f"{name}_{at}"].astype(np.float32) for name in names)
            for at in range(count)
        )
