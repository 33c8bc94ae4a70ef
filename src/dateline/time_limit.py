"""A bound of time: work that computes for longer is ended from within, so that what comes after it goes on.

What counts is what this process computes, not what a clock shows, so that a busy machine or one that was asleep reads no less. An alarm
of the system does it, in the main thread alone and not on Windows; elsewhere there is no bound. A library's call is ended when it
comes back.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

_RINGS_AGAIN = 1.0


class OutOfTime(BaseException):
    """Work has computed for longer than its bound. Like KeyboardInterrupt it passes `except Exception`: nobody on its way takes it for his own."""


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """End the work inside with OutOfTime once it has computed for `seconds`; 0 or less is no bound."""
    if (
        seconds <= 0
        or not hasattr(signal, "setitimer")
        or threading.current_thread() is not threading.main_thread()
    ):
        yield
        return

    def ring(_order: int, _frame: FrameType | None) -> None:
        raise OutOfTime

    handler = signal.signal(signal.SIGPROF, ring)
    # it rings on: what is raised in a destructor is lost
    signal.setitimer(signal.ITIMER_PROF, seconds, _RINGS_AGAIN)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, handler)
