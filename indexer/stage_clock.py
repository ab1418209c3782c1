"""How long each stage of long work took."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from indexer.reports import Progress


class StageClock:
    """A Progress that notes when stages begin, and tells another one."""

    def __init__(self, told: Progress, clock: Callable[[], float] = time.monotonic) -> None:
        self._told = told
        self._clock = clock
        self._began: dict[str, float] = {}

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Note the stage, which lasts until the next one begins."""
        if stage not in self._began:
            self._began[stage] = self._clock()
        self._told(stage, done, total)

    def seconds(self) -> dict[str, float]:
        """Return how long each stage took, the last one up to now, in their order.

        >>> times = iter([0.0, 0.5, 2.0])
        >>> clock = StageClock(lambda *_: None, lambda: next(times))
        >>> clock("read", 0, 1), clock("write", 0, 1)
        (None, None)
        >>> clock.seconds()
        {'read': 0.5, 'write': 1.5}
        """
        ends = [*list(self._began.values())[1:], self._clock()]
        return {
            stage: round(end - began, 3)
            for (stage, began), end in zip(self._began.items(), ends, strict=False)
        }
