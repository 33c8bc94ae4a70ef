"""Orders to stop are held back, not lost."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(not hasattr(signal, "pthread_sigmask"), reason="this system masks no signals")

# processes of their own: where there are other threads, the system may hand an order to one of those
_HEAD = """
import os, signal, sys, threading, time
from dateline.errors import Stopped
from dateline.stop_signals import forget, held_back, obey
signal.signal(signal.SIGINT, obey)

def work():
    until = time.monotonic() + 60
    while time.monotonic() < until:
        pass
"""


def said(script: str, cwd: Path | None = None) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-c", _HEAD + script], capture_output=True, text=True, check=True, cwd=cwd
    )
    return done.stdout.split()


def test_an_order_is_obeyed_where_the_program_is() -> None:
    script = """
try:
    os.kill(os.getpid(), signal.SIGINT)
    work()
except Stopped as stop:
    print("heard", stop.status)
"""
    assert said(script) == ["heard", "130"]


def test_an_order_that_is_held_back_is_heard_afterwards() -> None:
    script = """
try:
    with held_back():
        os.kill(os.getpid(), signal.SIGINT)
        print("inside")
    work()
except Stopped:
    print("heard")
"""
    assert said(script) == ["inside", "heard"]


def test_one_that_another_thread_was_given_is_held_back_too() -> None:
    script = """
other = threading.Thread(target=time.sleep, args=(60,), daemon=True)
other.start()
try:
    with held_back():
        signal.pthread_kill(other.ident, signal.SIGINT)
        time.sleep(0.2)
        print("inside")
    work()
except Stopped:
    print("heard")
"""
    assert said(script) == ["inside", "heard"]


def test_an_order_that_comes_while_a_library_is_loaded_is_heard_once_it_is(tmp_path: Path) -> None:
    library = """
import os, signal
try:
    os.kill(os.getpid(), signal.SIGINT)
    for _ in range(1000):
        pass
except BaseException:
    print("lost")
print("loaded")
"""
    (tmp_path / "library.py").write_text(library, encoding="utf-8")
    script = """
sys.path.insert(0, os.getcwd())
try:
    import library
    work()
except Stopped:
    print("heard")
"""
    assert said(script, tmp_path) == ["loaded", "heard"]


def test_an_order_that_was_put_off_is_forgotten_once_all_is_done() -> None:
    script = """
signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGALRM])
import dateline.stop_signals
dateline.stop_signals._held = 1
signal.raise_signal(signal.SIGINT)
forget()
dateline.stop_signals._held = 0
signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGALRM])
time.sleep(0.1)
print("through")
"""
    assert said(script) == ["through"]


def test_an_order_that_comes_when_all_is_done_does_not_take_the_status() -> None:
    script = """
import os, signal
import dateline.__main__ as command

class Late:
    def __del__(self, kill=os.kill, order=signal.SIGTERM, pid=os.getpid()):
        kill(pid, order)

late = Late()
command.run = lambda: None
command.main()
"""
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
