"""NumPy's products of matrices on one core.

Ours are small, and the threads that a library of linear algebra shares them out to wait for the next one at full speed: on two cores an
article cost 2.4 times the processor time, and two processes side by side were hardly faster than one.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any


@contextmanager
def one_thread() -> Iterator[None]:
    """NumPy computes on one core inside, and on as many as before outside. Of several threads the first one sets it for all."""
    with _libraries().limit(limits=1, user_api="blas"):
        yield


@cache
def _libraries() -> Any:
    """What is loaded by now, with NumPy: finding it takes a hundred times as long as setting it."""
    import numpy  # noqa: F401 - loads them
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController()
