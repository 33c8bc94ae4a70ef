"""Orders to stop are held back, not lost."""

from __future__ import annotations

import os
import signal

import pytest

from dateline.orders import held_back


@pytest.mark.skipif(not hasattr(signal, "pthread_sigmask"), reason="this system masks no signals")
def test_an_order_that_comes_meanwhile_is_heard_afterwards() -> None:
    done: list[str] = []

    def ordered() -> None:
        with held_back():
            os.kill(os.getpid(), signal.SIGINT)
            done.append("inside")
        # it is delivered as the mask is lifted, or at a next step
        for _ in range(1000):
            pass

    with pytest.raises(KeyboardInterrupt):
        ordered()
    assert done == ["inside"]
    assert signal.SIGINT not in signal.pthread_sigmask(signal.SIG_BLOCK, ())
