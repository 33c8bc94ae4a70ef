"""Orders to stop (Ctrl-C, SIGTERM), held back where they would be lost."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from dateline.errors import Stopped

STOPS = (signal.SIGINT, signal.SIGTERM)
_AGAIN = 0.02  # seconds until an order that was put off is looked at again
_LOADER = "<frozen importlib._bootstrap>"
_held = 0


def obey(order: int, frame: FrameType | None) -> None:
    """The handler of an order: raises Stopped where the program is, once it is neither `held_back` nor loading a library.

    A library that is being loaded takes the order for its own failure, or passes over it: several written in C do.
    """
    if not hasattr(signal, "setitimer") or not (_held or _is_loading(frame)):
        raise Stopped(128 + order)
    signal.signal(signal.SIGALRM, lambda *_: signal.raise_signal(order))
    signal.setitimer(signal.ITIMER_REAL, _AGAIN)


def forget() -> None:
    """Of an order that was put off nothing comes any more: the program is through."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, 0)


def _is_loading(frame: FrameType | None) -> bool:
    while frame is not None:
        if frame.f_code.co_filename == _LOADER:
            return True
        frame = frame.f_back
    return False


@contextmanager
def held_back() -> Iterator[None]:
    """Orders to stop that come meanwhile are heard when this is through, also by processes that are started inside: those know by then
    what to do with one.

    Without effect where the system has no such mask (Windows).
    """
    global _held
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, STOPS)
    # the system may give one to another thread, whose mask is its own
    _held += 1
    try:
        yield
    finally:
        _held -= 1
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
