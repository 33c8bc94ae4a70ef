"""Orders to stop are held back, not lost."""

from __future__ import annotations

import signal
import subprocess
import sys

import pytest

# a process of its own: where there are other threads, the system may hand an order to one of those
_SCRIPT = """
import os, signal
from dateline.orders import held_back
try:
    with held_back():
        os.kill(os.getpid(), signal.SIGINT)
        print("inside")
    for _ in range(1000):
        pass
except KeyboardInterrupt:
    print("heard")
"""


@pytest.mark.skipif(not hasattr(signal, "pthread_sigmask"), reason="this system masks no signals")
def test_an_order_that_comes_meanwhile_is_heard_afterwards() -> None:
    done = subprocess.run([sys.executable, "-c", _SCRIPT], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["inside", "heard"]
