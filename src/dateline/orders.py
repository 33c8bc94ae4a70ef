"""Orders to stop (Ctrl-C, SIGTERM), held back where they would be lost."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager

STOPS = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def held_back() -> Iterator[None]:
    """Orders to stop that come to this thread meanwhile are heard when it is through: processes that are started inside hear none until they
    know what to do with it, and a library that is being loaded does not take one for its own failure.

    Without effect where the system has no such mask (Windows).
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, STOPS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
