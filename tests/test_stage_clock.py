"""Each stage's time is told."""

from __future__ import annotations

from indexer.stage_clock import StageClock


def test_stages_that_are_told_again_keep_their_beginning() -> None:
    """A stage lasts from its first word to the next stage's; every word is passed on."""
    told: list[tuple[str, int, int]] = []
    times = iter([0.0, 3.0, 4.5])
    clock = StageClock(lambda *step: told.append(step), lambda: next(times))
    clock("read", 0, 2)
    clock("read", 2, 2)
    clock("write", 0, 1)
    assert clock.seconds() == {"read": 3.0, "write": 1.5}
    assert told == [("read", 0, 2), ("read", 2, 2), ("write", 0, 1)]


def test_work_without_stages_has_none() -> None:
    """An update that finds nothing to do may tell nothing."""
    assert StageClock(lambda *_step: None).seconds() == {}
