"""How long something takes, told so that a loaded machine and a large test process do not change the answer much."""

from __future__ import annotations

import gc
from collections.abc import Callable
from time import monotonic, process_time, sleep

FLOOR = 0.05
"""Seconds below which a time is the clock's grain and the machine's mood, not the work."""


PATIENCE = 300.0
"""Seconds after which a test gives up on another process or thread: far beyond what a loaded machine takes, and no measure of speed."""


def wait_for(what: Callable[[], object], never: str, every: float = 0.02) -> None:
    """Wait until `what()` is true; AssertionError, saying what never came, where it does not become so."""
    until = monotonic() + PATIENCE
    while not what():
        assert monotonic() < until, f"{never}, in {PATIENCE:.0f} seconds"
        sleep(every)


def seconds(work: Callable[[], object], runs: int = 3) -> float:
    """Processor seconds of `work`, the best of some runs, while garbage is not collected: it would be that of other tests."""
    return min(_once(work) for _ in range(runs))


def grows_with_the_size(work: Callable[[int], object], small: int, large: int) -> bool:
    """Whether the time for `large` is far from what a cost that grows with the square would give.

    A linear cost grows by large/small, a quadratic one by its square; the line is drawn between the two.
    """
    ratio = large / small
    return seconds(lambda: work(large)) < ratio**1.7 * max(seconds(lambda: work(small)), FLOOR)


def _once(work: Callable[[], object]) -> float:
    was_on = gc.isenabled()
    gc.disable()
    try:
        started = process_time()
        work()
        return process_time() - started
    finally:
        if was_on:
            gc.enable()
