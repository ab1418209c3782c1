"""Times become figures."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

MILLISECONDS_ALLOWED = 300.0


class Spread(NamedTuple):
    """The median of times, and what 95 of 100 are within; in milliseconds."""

    p50: float
    p95: float


class Growth(NamedTuple):
    """How a time grows with the number of documents: as that number to the power `exponent`."""

    exponent: float
    largest: int
    """The largest collection that keeps within the time allowed, in documents."""


def spread_of(times: Sequence[float]) -> Spread:
    """Return the spread of some times.

    >>> spread_of([1.0, 2.0, 3.0])
    Spread(p50=2.0, p95=2.9)
    """
    p50, p95 = np.percentile(times, [50, 95])
    return Spread(round(float(p50), 5), round(float(p95), 5))


def fit_growth(
    sizes: Sequence[int], times: Sequence[float], allowed: float = MILLISECONDS_ALLOWED
) -> Growth:
    """Return the straight line through the logarithms of sizes and times, by least squares.

    Beyond what was measured, times are taken to grow by that exponent, but never slower than the
    number of documents does: what is constant at first is so no longer where arrays leave caches.

    >>> fit_growth([1_000, 10_000], [1.0, 10.0])
    Growth(exponent=1.0, largest=300000)
    """
    exponent, _ = np.polyfit(np.log(sizes), np.log(times), 1)
    exponent = round(float(exponent), 3)
    largest = sizes[-1] * math.exp(math.log(allowed / times[-1]) / max(exponent, 1.0))
    return Growth(exponent, int(round(largest, -3)))
