"""One writer at a time: a lock that says who holds it and ends with the process that does.

A file's stands beside it and is the operating system's (flock, or a locked byte on Windows), so a process that is killed leaves none
behind; the file that bears it may stay, and is taken over.
"""

from __future__ import annotations

import os
import socket
import time
from abc import ABC, abstractmethod
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime

from dateline.errors import NotebookError, NotebookInUse

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

WAIT = 600.0
"""Seconds that a writer waits for another one, unless told."""
_LOOK_EVERY = 0.1
_HOLDER_SIZE = 200

Notice = Callable[[str], None]


class WriterLock(ABC):
    """The right to write to the notebook called `name`; taken again inside itself it counts."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._taken = 0

    def take(self, wait: float = WAIT, waiting: Notice | None = None) -> None:
        """Take it, waiting for whoever holds it at most `wait` seconds; `waiting` is told once who that is.

        Raises NotebookInUse where that was not enough, NotebookError where no file can be made beside the notebook.
        """
        if self._taken == 0:
            self._wait(wait, waiting)
        self._taken += 1

    def _wait(self, wait: float, waiting: Notice | None) -> None:
        until = time.monotonic() + wait
        told = waiting is None
        while not self._try():
            holder = self._holder()
            if time.monotonic() >= until:
                raise NotebookInUse(
                    f"{self._name}: {holder} is writing to this notebook; wait for it to finish, and run the command again"
                )
            if waiting is not None and not told:
                waiting(
                    f"{self._name}: {holder} is writing to this notebook; waiting for it, {wait:.0f} seconds at the most"
                )
                told = True
            time.sleep(_LOOK_EVERY)

    def release(self) -> None:
        """Give it back, once for each time it was taken."""
        self._taken -= 1
        if self._taken == 0:
            self._give_back()

    @property
    def is_taken(self) -> bool:
        """True while it is held here."""
        return self._taken > 0

    @abstractmethod
    def _try(self) -> bool:
        """Take it if nobody holds it."""

    @abstractmethod
    def _give_back(self) -> None:
        """Let others take it."""

    @abstractmethod
    def _holder(self) -> str:
        """Who holds it."""


class FileLock(WriterLock):
    """The right to write to the notebook file called `name`."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self._path = name + "-lock"
        self._file: int | None = None

    def _try(self) -> bool:
        if self._name == ":memory:":
            return True
        try:
            file = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o666)
        except OSError as error:
            raise NotebookError(
                f"{self._name}: the notebook cannot be written here ({error.strerror}); "
                "give a file in a folder you can write to with --notebook"
            ) from error
        if not _lock(file):
            os.close(file)
            return False
        with suppress(OSError):
            # whoever held it before may have taken the file away in between
            if os.path.samestat(os.fstat(file), os.stat(self._path)):
                os.ftruncate(file, 0)
                # on a full disk the lock holds without a name
                with suppress(OSError):
                    os.write(file, myself().encode())
                self._file = file
                return True
        os.close(file)
        return False

    def _holder(self) -> str:
        try:
            with open(self._path, encoding="utf-8", errors="replace") as file:
                return file.read(_HOLDER_SIZE).strip() or "another process"
        except OSError:
            return "another process"

    def _give_back(self) -> None:
        if self._file is not None:
            # taken away while it is still held, so that nobody takes away another's
            with suppress(OSError):
                os.unlink(self._path)
            os.close(self._file)
            self._file = None


def myself() -> str:
    """This process, as another one is told who writes."""
    return f"process {os.getpid()} on {socket.gethostname()}, since {datetime.now():%Y-%m-%d %H:%M:%S},"


def _lock(file: int) -> bool:
    try:
        if fcntl is not None:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        else:
            _lock_byte(file)
    except OSError:
        return False
    return True


def _lock_byte(file: int) -> None:
    """On Windows, where a locked byte cannot be read by others: one far behind the text that says who holds it."""
    import msvcrt

    os.lseek(file, 1 << 20, os.SEEK_SET)
    msvcrt.locking(file, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
    os.lseek(file, 0, os.SEEK_SET)
