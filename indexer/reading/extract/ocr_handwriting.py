"""Digits that an office wrote into the blanks of a letterhead, read by a network for writing.

Tesseract knows print only: it takes the flagged 1 of a Vietnamese hand for 4 or Ä. PP-OCRv6, whose
weights come with RapidOCR, knows both.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PIL import Image
    from rapidocr import RapidOCR

# A point or a colon before a number was printed there.
_PRINTED = " .,:;"
_DIGITS = re.compile(r"[0-9]+")
_LEAST_SIDE = 8


class Reading(NamedTuple):
    """Digits as read; "" when there are none."""

    digits: str
    confidence: float
    """From 0 to 1."""


def read_handwriting(cuttings: Iterable[Image.Image]) -> Reading:
    """Return the digits that the gray cuttings of one place are read as, as sure as on average.

    A glyph that is easily mistaken comes out otherwise in each: these count as not sure at all.
    """
    readings = [_read_cutting(cutting) for cutting in cuttings]
    sums: defaultdict[str, float] = defaultdict(float)
    for reading in readings:
        sums[reading.digits] += reading.confidence
    digits, total = max(sums.items(), key=lambda item: item[1], default=("", 0.0))
    return Reading(digits, total / len(readings)) if total else Reading("", 0.0)


def _read_cutting(cutting: Image.Image) -> Reading:
    if min(cutting.size) < _LEAST_SIDE:
        return Reading("", 0.0)
    colours = np.asarray(cutting.convert("RGB"))
    found: Any = _load_recogniser()(colours, use_det=False, use_cls=False, use_rec=True)
    text, confidence = str(found.txts[0]).strip(_PRINTED), float(found.scores[0])
    return Reading(text, confidence) if _DIGITS.fullmatch(text) else Reading("", 0.0)


@lru_cache(maxsize=1)
def _load_recogniser() -> RapidOCR:
    """Return the network, loaded only where there is a blank to read: 1 s and 500 MiB to map."""
    from rapidocr import RapidOCR  # noqa: PLC0415

    return RapidOCR(
        params={
            "Global.log_level": "critical",
            # Pages are read beside each other, and threads do not survive a fork.
            "EngineConfig.onnxruntime.intra_op_num_threads": 1,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        }
    )
